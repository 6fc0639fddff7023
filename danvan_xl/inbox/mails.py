"""The files attached to a mail: .eml, a mailbox (.mbox), or Outlook's .msg (extra `msg`)."""

import datetime as dt
import email
from collections.abc import Iterable, Iterator
from email.message import EmailMessage, Message
from email.policy import Policy, default
from importlib.util import find_spec
from itertools import chain, pairwise
from pathlib import Path
from typing import BinaryIO, NamedTuple

from danvan_xl.inbox.budgets import Budget
from danvan_xl.inbox.parcel_limits import LARGEST_FILE, MOST_MEMBERS, RefusedError, too_large
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours

_BROKEN = (LookupError, ValueError, TypeError, AttributeError, RecursionError, OSError)
_MOST_PARTS = 10 * MOST_MEMBERS  # texts, pictures, forwarded mails and their parts
_NEXT_MAIL, _BLOCK = b"\nFrom ", 2**20
_HOW_TO_INSTALL = 'pip install "danvan_xl[msg]"'


class Letter(NamedTuple):
    """The files attached to one mail, and when it was sent (None: not said)."""

    sent_at: dt.datetime | None
    attachments: tuple[tuple[str, bytes], ...]


def read_mail(data: bytes) -> Letter:
    """What is attached to a mail, also to mails forwarded in it; RefusedError if it cannot.

    A mail with too many attachments is given up at the first one too many, before the rest is read.
    """
    try:
        parts = _MailParts()
        message = email.message_from_bytes(data, policy=default.clone(message_factory=parts.make))
        return Letter(_sent_at(message), _attachments(parts.with_files()))
    except _BROKEN as error:
        raise _unreadable("thư hỏng") from error


def read_mailbox(path: Path, budget: Budget) -> Iterator[tuple[str, bytes] | RefusedError]:
    """Each mail of a mailbox file, with a name of its own; the file is only read.

    A list of all its mails, which may be millions, is never made. Once the budget is spent, those
    left are but counted.
    """
    try:
        with path.open("rb") as stream:
            size = path.stat().st_size
            starts = _starts_of_mails(stream)
            for number, (start, end) in enumerate(pairwise(chain(starts, (size,))), start=1):
                name = f"thư {number}"
                left = f"{path.name} › {name}"
                if budget.leaves(left):
                    budget.leaves(left, _mails_after(stream, start))
                    return
                yield _mail_at(stream, start, end, name)
    except OSError as error:
        raise _unreadable("hộp thư hỏng") from error


def _mail_at(stream: BinaryIO, start: int, end: int, name: str) -> tuple[str, bytes] | RefusedError:
    if end - start > LARGEST_FILE:
        return too_large(name, LARGEST_FILE)
    stream.seek(start)
    return name, stream.read(end - start).partition(b"\n")[2]  # without the line of the mailbox


def _starts_of_mails(stream: BinaryIO) -> Iterator[int]:
    """Where each mail of a mailbox begins; who asks may read elsewhere in between."""
    for at, text in _blocks(stream, 0):
        found = text.find(_NEXT_MAIL)
        while found >= 0:
            yield at + found + 1
            found = text.find(_NEXT_MAIL, found + 1)


def _mails_after(stream: BinaryIO, start: int) -> int:
    """How many mails of a mailbox begin behind a place."""
    return sum(text.count(_NEXT_MAIL) for _, text in _blocks(stream, start + 1))


def _blocks(stream: BinaryIO, at: int) -> Iterator[tuple[int, bytes]]:
    """A file piece by piece, each with where it begins and the end of the one before."""
    last = b"\n" if at == 0 else b""
    while stream.seek(at) >= 0 and (block := stream.read(_BLOCK)):
        yield at - len(last), last + block
        at += len(block)
        last = (last + block)[1 - len(_NEXT_MAIL) :]


def read_outlook_mail(data: bytes) -> Letter:
    """What is attached to a mail Outlook saved; RefusedError if it cannot be read."""
    if find_spec("oxmsg") is None:
        raise RefusedError(Code.PARCEL_NEEDS_LIBRARY, command=Ours(_HOW_TO_INSTALL))
    from oxmsg import Message as OutlookMessage

    try:
        message = OutlookMessage.load(data)
        found = [item for item in message.attachments if item.file_bytes is not None]
        if len(found) > MOST_MEMBERS:
            raise _too_many(len(found))
        if sum(len(item.file_bytes or b"") for item in found) > LARGEST_FILE:
            raise too_large("thư", LARGEST_FILE)  # several may be the same bytes of the file
        sent = message.sent_date
        attachments = ((item.file_name or "", item.file_bytes or b"") for item in found)
        return Letter(sent or None, _each_named(attachments))
    except _BROKEN as error:
        raise _unreadable("thư Outlook hỏng") from error


class _MailParts:
    """The parts of a mail, as the parser comes to them."""

    def __init__(self) -> None:
        self._count = 0
        self._files: list[EmailMessage] = []
        self._last: EmailMessage | None = None  # whose headers are not read yet

    def make(self, policy: Policy) -> EmailMessage:
        """An empty part for the parser to fill."""
        self._keep_last()
        self._count += 1
        if self._count > _MOST_PARTS:
            raise _unreadable("thư có quá nhiều phần")
        self._last = EmailMessage(policy)
        return self._last

    def with_files(self) -> list[EmailMessage]:
        """The parts that are files, once all are read."""
        self._keep_last()
        return self._files

    def _keep_last(self) -> None:
        if self._last is not None and _is_file(self._last):
            self._files.append(self._last)
            if len(self._files) > MOST_MEMBERS:
                raise _too_many(f"hơn {MOST_MEMBERS}")


def _is_file(part: Message) -> bool:
    """Whether a part is a file: it has a name, or is neither text nor made of other parts."""
    try:
        is_attached = part.get_content_disposition() == "attachment"
    except _BROKEN:
        is_attached = True
    has_text = part.get_content_maintype() in ("text", "multipart", "message")
    return is_attached or not has_text or bool(_name(part))


def _name(part: Message) -> str:
    """The name a part states, "" where it states none, or none that can be made out."""
    try:
        return str(part.get_filename() or "")
    except _BROKEN:
        return ""


def _attachments(parts: Iterable[Message]) -> tuple[tuple[str, bytes], ...]:
    found = ((_name(part), part.get_payload(decode=True)) for part in parts)
    return _each_named((name, data if isinstance(data, bytes) else b"") for name, data in found)


def _each_named(files: Iterable[tuple[str, bytes]]) -> tuple[tuple[str, bytes], ...]:
    """The files of a mail; one without a name is called by its place among them."""
    return tuple(
        (name or f"tệp không tên {number}", data)
        for number, (name, data) in enumerate(files, start=1)
    )


def _sent_at(message: Message) -> dt.datetime | None:
    moment = getattr(message["Date"], "datetime", None)
    return moment if isinstance(moment, dt.datetime) else None


def _too_many(count: int | str) -> RefusedError:
    return RefusedError(Code.PARCEL_TOO_MANY, count=Ours(count), most=MOST_MEMBERS)


def _unreadable(reason: str) -> RefusedError:
    return RefusedError(Code.PARCEL_UNREADABLE, reason=Ours(reason))
