"""The workbooks in what was received: folders, archives, mails and mailboxes, opened in memory."""

import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from danvan_xl.files.endings import Loss
from danvan_xl.files.faults import reason_of
from danvan_xl.files.folders import EntryKind, FolderEntry, kind_at, list_folder
from danvan_xl.files.mark_of_the_web import FROM_MAIL
from danvan_xl.files.other_files import HEAD_SIZE, told_by_head
from danvan_xl.files.workers import Team
from danvan_xl.inbox.archives import archive_members, check_workbook
from danvan_xl.inbox.budgets import PARCEL, SOURCE, Budget
from danvan_xl.inbox.file_kinds import FileKind, kind_of
from danvan_xl.inbox.left_aside import SortedOut, sort_out
from danvan_xl.inbox.mails import Letter, read_mail, read_mailbox, read_outlook_mail
from danvan_xl.inbox.parcel_limits import LARGEST_FILE, RefusedError, too_large
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.shown_names import shortened, shown_name

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
            try:
                moment = moment.astimezone(_VIETNAM).replace(tzinfo=None)
            except OverflowError:  # no such day there: a mail can say anything
                moment = now
        return moment.replace(microsecond=0)


# Reads a mail in another process: some take longer than anybody waits.
_MailTeam = Team[tuple[FileKind, bytes], Letter | RefusedError]


class _Piece(NamedTuple):
    """A file on disk or in a packing, what may be spent on it, the kinds of packing it lies in."""

    way: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    letters: _MailTeam
    parcel: Budget
    source: Budget
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


def list_sources(sources: Iterable[Path]) -> SortedOut:
    """The files in files and folders, by name, each with the way to it; and what else lies there.

    Raises OSError when a folder cannot be listed.
    """
    files: list[FolderEntry] = []
    issues: list[Issue] = []
    for source in sources:
        if source.is_dir():
            sorted_out = sort_out(list_folder(source))
        else:
            named = FolderEntry(shown_name(source.name), source, kind_at(source))
            is_special = named.kind is EntryKind.SPECIAL
            sorted_out = sort_out([named]) if is_special else SortedOut([named], [])
        files += sorted_out.files
        issues += sorted_out.issues
    return SortedOut(files, issues)


def open_parcel(
    path: Path, way: str, source: Budget | None = None, mark: bytes = b""
) -> Iterator[FoundWorkbook | Issue]:
    """Every workbook in a file on disk, and what has to be said about whatever else is there.

    Workbooks, archives and mails are told by their bytes. The file is only read; what is in it
    gets the `mark` it has, what came by mail that of a mail. `source` is what may be spent on all
    that comes with it (None: on a source of itself).
    """
    source = source or Budget(SOURCE, way)
    parcel = Budget(PARCEL, way, within=source)
    parcel.spend()
    with Team(_read_letter, _lost_letter) as letters:
        piece = _Piece(way, lambda: path.open("rb"), letters, parcel, source, path=path, mark=mark)
        yield from _open(piece)
    yield from parcel.given_up()


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
        if isinstance(error, PermissionError):
            yield issue(Code.FILE_NOT_ALLOWED, place)
            return
        yield issue(Code.FILE_UNREADABLE, place, reason=Ours(reason_of(error)))


def _workbook(piece: _Piece) -> Iterator[FoundWorkbook | Issue]:
    data = piece.whole()
    check_workbook(data, piece.name)
    yield FoundWorkbook(piece.way, piece.name, data, piece.mailed_at, piece.mark)


def _archive(piece: _Piece) -> Iterator[FoundWorkbook | Issue]:
    _check_packing(piece, FileKind.ARCHIVE)
    with piece.open() as stream:
        yield from _inside(piece, FileKind.ARCHIVE, archive_members(stream, piece.parcel))


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
    yield from _mails_of(piece, read_mailbox(piece.path, piece.source))


def _inside(
    piece: _Piece, kind: FileKind, members: Iterable[tuple[str, bytes] | RefusedError]
) -> Iterator[FoundWorkbook | Issue]:
    """What is in the files of a packing; one that is refused does not stop the others."""
    for member in members:
        if isinstance(member, RefusedError):
            yield issue(member.code, Place(file=piece.way), **member.values)
        elif not piece.parcel.leaves(member[0]):
            yield from _open(_within(piece, kind, *member))


def _mails_of(
    piece: _Piece, mails: Iterable[tuple[str, bytes] | RefusedError]
) -> Iterator[FoundWorkbook | Issue]:
    """What is in the mails of a mailbox, which have no names that tell what they are."""
    for mail in mails:
        if isinstance(mail, RefusedError):
            yield issue(mail.code, Place(file=piece.way), **mail.values)
            continue
        name, data = mail
        way = f"{piece.way}{_ONE_IN_ANOTHER}{shortened(shown_name(name))}"
        parcel = Budget(PARCEL, way, within=piece.source)
        inner = _within(piece._replace(parcel=parcel), FileKind.MAILBOX, name, data)
        try:
            yield from _mail(inner)
        except RefusedError as refused:
            yield issue(refused.code, Place(file=inner.way), **refused.values)
        yield from parcel.given_up()


def _within(piece: _Piece, kind: FileKind, name: str, data: bytes) -> _Piece:
    """A file in a packing of a kind."""
    piece.parcel.spend(len(data))
    return piece._replace(
        way=f"{piece.way}{_ONE_IN_ANOTHER}{shortened(shown_name(name))}",
        open=_in_memory(data),
        packed_in=(*piece.packed_in, kind),
        path=None,
    )


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
    with piece.open() as stream:
        found = told_by_head(Place(file=piece.way), piece.name, stream.read(HEAD_SIZE))
    yield found or issue(Code.FILE_SKIPPED, Place(file=piece.way))


_READERS: dict[FileKind, Callable[[_Piece], Iterator[FoundWorkbook | Issue]]] = {
    FileKind.WORKBOOK: _workbook,
    FileKind.ARCHIVE: _archive,
    FileKind.MAIL: _mail,
    FileKind.MAILBOX: _mailbox,
    FileKind.OUTLOOK_MAIL: _outlook_mail,
    FileKind.UNOPENED: _unopened,
    FileKind.OTHER: _other,
}
