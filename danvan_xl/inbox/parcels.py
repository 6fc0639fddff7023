"""The workbooks in what was received: folders, archives, mails and mailboxes, opened in memory."""

import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from danvan_xl.files.endings import Loss
from danvan_xl.files.faults import reason_of
from danvan_xl.files.mark_of_the_web import FROM_MAIL
from danvan_xl.files.workers import Team
from danvan_xl.inbox.archives import archive_members, check_workbook
from danvan_xl.inbox.file_kinds import FileKind, kind_of
from danvan_xl.inbox.mails import Letter, read_mail, read_mailbox, read_outlook_mail
from danvan_xl.inbox.parcel_limits import LARGEST_FILE, RefusedError, too_large
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours, Typed

_MOST_PACKINGS = 3  # a mailbox, a mail in it, an archive attached to that
_ONE_IN_ANOTHER = " › "
_VIETNAM = dt.timezone(dt.timedelta(hours=7))


class FoundWorkbook(NamedTuple):
    """A workbook that was found: its own name and bytes, and the way it came.

    `way` names every packing around it; `mailed_at` is when the mail that brought it was sent;
    `mark` is the Mark of the Web it gets, none where it came from this office.
    """

    way: str
    name: str
    data: bytes
    mailed_at: dt.datetime | None = None
    mark: bytes = b""

    @property
    def arrived_on(self) -> dt.date | None:
        """The day of the mail that brought it."""
        return self.mailed_at.date() if self.mailed_at else None

    def received_at(self, now: dt.datetime) -> dt.datetime:
        """The moment of the mail by the clock of Việt Nam, else of receiving it."""
        moment = self.mailed_at or now
        if moment.tzinfo is not None:
            moment = moment.astimezone(_VIETNAM).replace(tzinfo=None)
        return moment.replace(microsecond=0)


# Reads a mail in another process: some take longer than anybody waits.
_MailTeam = Team[tuple[FileKind, bytes], Letter | RefusedError]


class _Piece(NamedTuple):
    """A file on disk or in a packing, and the kinds of packing it lies in."""

    way: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    letters: _MailTeam
    packed_in: tuple[FileKind, ...] = ()
    path: Path | None = None
    mailed_at: dt.datetime | None = None
    mark: bytes = b""

    @property
    def name(self) -> str:
        """Its own name, without folders."""
        last = self.way.rpartition(_ONE_IN_ANOTHER)[2]
        return PurePosixPath(last.replace("\\", "/")).name

    def whole(self) -> bytes:
        """Its bytes; RefusedError when they are too many."""
        with self.open() as stream:
            data = stream.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            raise too_large(self.name, LARGEST_FILE)
        return data


def list_sources(sources: Iterable[Path]) -> list[tuple[Path, str]]:
    """The files in files and folders, by name, each with the way to it.

    Raises OSError when a folder cannot be listed.
    """
    found: list[tuple[Path, str]] = []
    for source in sources:
        if source.is_dir():
            paths = (path for path in sorted(source.rglob("*")) if path.is_file())
            found += ((path, path.relative_to(source).as_posix()) for path in paths)
        else:
            found.append((source, source.name))
    return found


def open_parcel(path: Path, way: str, mark: bytes = b"") -> Iterator[FoundWorkbook | Issue]:
    """Every workbook in a file on disk, and what has to be said about whatever else is there.

    Workbooks, archives and mails are told by their bytes. The file is only read; what is in it
    gets the `mark` it has, what came by mail that of a mail.
    """
    with Team(_read_letter, _lost_letter) as letters:
        yield from _open(_Piece(way, lambda: path.open("rb"), letters, path=path, mark=mark))


def _open(piece: _Piece) -> Iterator[FoundWorkbook | Issue]:
    """What is in one file, packed or not."""
    place = Place(file=piece.way)
    try:
        with piece.open() as stream:
            kind = kind_of(piece.name, stream)
        yield from _READERS[kind](piece)
    except RefusedError as refused:
        yield issue(refused.code, place, **refused.values)
    except OSError as error:
        yield issue(Code.FILE_UNREADABLE, place, reason=Ours(reason_of(error)))


def _workbook(piece: _Piece) -> Iterator[FoundWorkbook | Issue]:
    data = piece.whole()
    check_workbook(data, piece.name)
    yield FoundWorkbook(piece.way, piece.name, data, piece.mailed_at, piece.mark)


def _archive(piece: _Piece) -> Iterator[FoundWorkbook | Issue]:
    _check_packing(piece, FileKind.ARCHIVE)
    with piece.open() as stream:
        yield from _inside(piece, FileKind.ARCHIVE, archive_members(stream))


def _mail(piece: _Piece, kind: FileKind = FileKind.MAIL) -> Iterator[FoundWorkbook | Issue]:
    _check_packing(piece, kind)
    letter = piece.letters.do((kind, piece.whole()))
    if isinstance(letter, RefusedError):
        raise letter
    if not letter.attachments:
        yield issue(Code.MAIL_WITHOUT_FILES, Place(file=piece.way))
    mailed = piece._replace(mailed_at=letter.sent_at or piece.mailed_at, mark=FROM_MAIL)
    yield from _inside(mailed, FileKind.MAIL, letter.attachments)


def _outlook_mail(piece: _Piece) -> Iterator[FoundWorkbook | Issue]:
    yield from _mail(piece, FileKind.OUTLOOK_MAIL)


def _read_letter(asked: tuple[FileKind, bytes]) -> Letter | RefusedError:
    kind, data = asked
    try:
        return read_outlook_mail(data) if kind is FileKind.OUTLOOK_MAIL else read_mail(data)
    except RefusedError as refused:
        return refused


def _lost_letter(_asked: tuple[FileKind, bytes], loss: Loss) -> RefusedError:
    reason = Ours("đọc quá lâu" if loss is Loss.TIME else "thư hỏng hoặc quá lớn")
    return RefusedError(Code.PARCEL_UNREADABLE, reason=reason)


def _mailbox(piece: _Piece) -> Iterator[FoundWorkbook | Issue]:
    if piece.path is None:
        raise RefusedError(Code.PARCEL_NESTED, name=Typed(piece.name))
    yield from _inside(piece, FileKind.MAILBOX, read_mailbox(piece.path))


def _inside(
    piece: _Piece, kind: FileKind, members: Iterable[tuple[str, bytes] | RefusedError]
) -> Iterator[FoundWorkbook | Issue]:
    """What is in the files of a packing; one that is refused does not stop the others."""
    for member in members:
        if isinstance(member, RefusedError):
            yield issue(member.code, Place(file=piece.way), **member.values)
            continue
        name, data = member
        way = f"{piece.way}{_ONE_IN_ANOTHER}{name}"
        packed_in = (*piece.packed_in, kind)
        inner = piece._replace(way=way, open=_in_memory(data), packed_in=packed_in, path=None)
        yield from _open(inner) if kind is not FileKind.MAILBOX else _open_mail(inner)


def _open_mail(piece: _Piece) -> Iterator[FoundWorkbook | Issue]:
    """What is in a mail of a mailbox, which has no name that tells it is one."""
    try:
        yield from _mail(piece)
    except RefusedError as refused:
        yield issue(refused.code, Place(file=piece.way), **refused.values)


def _in_memory(data: bytes) -> Callable[[], AbstractContextManager[BinaryIO]]:
    return lambda: io.BytesIO(data)


def _check_packing(piece: _Piece, kind: FileKind) -> None:
    """Refuse an archive in an archive, and packings one in another without end."""
    is_nested = kind is FileKind.ARCHIVE and FileKind.ARCHIVE in piece.packed_in
    if is_nested or len(piece.packed_in) >= _MOST_PACKINGS:
        raise RefusedError(Code.PARCEL_NESTED, name=Typed(piece.name))


def _unopened(piece: _Piece) -> Iterator[FoundWorkbook | Issue]:
    yield issue(Code.PARCEL_UNOPENED, Place(file=piece.way))


def _other(piece: _Piece) -> Iterator[FoundWorkbook | Issue]:
    yield issue(Code.FILE_SKIPPED, Place(file=piece.way))


_READERS: dict[FileKind, Callable[[_Piece], Iterator[FoundWorkbook | Issue]]] = {
    FileKind.WORKBOOK: _workbook,
    FileKind.ARCHIVE: _archive,
    FileKind.MAIL: _mail,
    FileKind.MAILBOX: _mailbox,
    FileKind.OUTLOOK_MAIL: _outlook_mail,
    FileKind.UNOPENED: _unopened,
    FileKind.OTHER: _other,
}
