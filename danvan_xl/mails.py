"""The files attached to a mail: .eml, a mailbox (.mbox), or Outlook's .msg (extra `msg`)."""

import datetime as dt
import email
import mailbox
from collections.abc import Iterator
from email.message import Message
from email.policy import default
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from danvan_xl.messages import Code
from danvan_xl.parcel_limits import LARGEST_FILE, MOST_MEMBERS, RefusedError, too_large

_BROKEN = (LookupError, ValueError, TypeError, AttributeError, RecursionError, OSError)
_HOW_TO_INSTALL = 'pip install "danvan_xl[msg]"'


class Letter(NamedTuple):
    """The files attached to one mail, and the day it was sent (None: not said)."""

    sent_on: dt.date | None
    attachments: tuple[tuple[str, bytes], ...]


def read_mail(data: bytes) -> Letter:
    """Return what is attached to a mail, also to mails forwarded in it; RefusedError if it cannot.

    Of a mail with too many attachments nothing is opened.
    """
    try:
        message = email.message_from_bytes(data, policy=default)
        parts = [part for part in message.walk() if part.get_filename()]
        _check_count(len(parts))
        return Letter(_sent_on(message), tuple(map(_attachment, parts)))
    except _BROKEN as error:
        raise _unreadable("thư hỏng") from error


def read_mailbox(path: Path) -> Iterator[tuple[str, bytes] | RefusedError]:
    """Yield each mail of a mailbox file, with a name of its own; the file is only read."""
    try:
        box = mailbox.mbox(path, create=False)
        try:
            for number, key in enumerate(box.iterkeys(), start=1):
                name = f"thư {number}"
                with box.get_file(key) as stream:
                    data = stream.read(LARGEST_FILE + 1)
                yield (name, data) if len(data) <= LARGEST_FILE else too_large(name, LARGEST_FILE)
        finally:
            box.close()
    except (mailbox.Error, OSError) as error:
        raise _unreadable("hộp thư hỏng") from error


def read_outlook_mail(data: bytes) -> Letter:
    """Return what is attached to a mail Outlook saved; RefusedError if it cannot be read."""
    if find_spec("oxmsg") is None:
        raise RefusedError(Code.PARCEL_NEEDS_LIBRARY, command=_HOW_TO_INSTALL)
    from oxmsg import Message as OutlookMessage

    try:
        message = OutlookMessage.load(data)
        found = [item for item in message.attachments if item.file_bytes is not None]
        _check_count(len(found))
        sent = message.sent_date
        attachments = ((item.file_name or "", item.file_bytes or b"") for item in found)
        return Letter(sent.date() if sent else None, tuple(attachments))
    except _BROKEN as error:
        raise _unreadable("thư Outlook hỏng") from error


def _attachment(part: Message) -> tuple[str, bytes]:
    payload = part.get_payload(decode=True)
    return str(part.get_filename()), payload if isinstance(payload, bytes) else b""


def _sent_on(message: Message) -> dt.date | None:
    moment = getattr(message["Date"], "datetime", None)
    return moment.date() if isinstance(moment, dt.datetime) else None


def _check_count(count: int) -> None:
    if count > MOST_MEMBERS:
        raise RefusedError(Code.PARCEL_TOO_MANY, count=count, most=MOST_MEMBERS)


def _unreadable(reason: str) -> RefusedError:
    return RefusedError(Code.PARCEL_UNREADABLE, reason=reason)
