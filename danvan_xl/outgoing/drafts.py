"""E-mail drafts: an .eml file that a mail program opens, for a person to look at and send.

Nothing is ever sent from here.
"""

import re
from email.message import EmailMessage
from email.policy import SMTP
from typing import NamedTuple

from danvan_xl.vietnamese.text import tidy

_XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_SEPARATORS = re.compile(r"[;,\s]+")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


class Attachment(NamedTuple):
    """A workbook that goes with a draft, under the name the receiver sees."""

    name: str
    content: bytes


class Draft(NamedTuple):
    """A mail ready to be looked at; without an address the officer fills one in."""

    to: tuple[str, ...]
    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()


class Addresses(NamedTuple):
    """The addresses in a text, and the words in it that are none."""

    known: tuple[str, ...]
    wrong: tuple[str, ...]


def parse_addresses(text: str) -> Addresses:
    """The mail addresses somebody wrote one after the other."""
    words = [word for word in _SEPARATORS.split(text.strip()) if word]
    known = tuple(dict.fromkeys(word for word in words if _ADDRESS.fullmatch(word)))
    return Addresses(known, tuple(word for word in words if not _ADDRESS.fullmatch(word)))


def draft_as_eml(draft: Draft) -> bytes:
    """The bytes of an .eml file that opens as a mail not sent yet (X-Unsent)."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if draft.to:
        message["To"] = ", ".join(draft.to)
    message["Subject"] = tidy(draft.subject)
    message.set_content(draft.body, charset="utf-8")
    for attachment in draft.attachments:
        maintype, subtype = _XLSX
        message.add_attachment(
            attachment.content, maintype=maintype, subtype=subtype, filename=attachment.name
        )
    return message.as_bytes()
