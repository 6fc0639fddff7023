"""`kiem-tra`: every workbook by itself, checked as its own unit would consolidate it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from danvan_xl.checks.follow_ups import about_the_file, without_follow_ups
from danvan_xl.consolidation.against_superior import LevelAbove, level_above, told_above
from danvan_xl.consolidation.consolidation import (
    CannotConsolidateError,
    consolidate_book,
    in_order,
)
from danvan_xl.consolidation.submissions import Submission, submission_in
from danvan_xl.files.apart import why_lost
from danvan_xl.files.endings import Loss
from danvan_xl.files.opening import OpenedBook, PackedFile, open_unguarded
from danvan_xl.files.workers import Team
from danvan_xl.inbox.parcels import open_parcel
from danvan_xl.inbox.received import Received, find_lock, list_inbox
from danvan_xl.reading.leading_out import about_leading_out
from danvan_xl.reading.manifests import Sealed, is_sending
from danvan_xl.reading.records import Book, Info, Unit
from danvan_xl.reading.senders import Senders, claim_in, superior_in
from danvan_xl.reading.sendings import (
    SealCheck,
    Signed,
    check_sending,
    sending_trouble,
    shared_keys,
    signed_by,
)
from danvan_xl.reading.signing import signature_trouble
from danvan_xl.reading.workbook import read_book
from danvan_xl.rollup.tally import Scope
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Severity
from danvan_xl.vietnamese.periods import Period
from danvan_xl.vietnamese.shown_names import shown_name

_PACKED = (".zip", ".eml", ".mbox", ".msg")  # what is looked into for workbooks


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A workbook, where it is, what it says of itself, and its findings, worst first.

    `period` is the one it was checked to, "" when it could not be checked. `path` is None where it
    came packed; `seal` is what seal and signature of a sending were found to be.
    """

    file: str
    path: Path | None
    info: Info
    period: str
    issues: tuple[Issue, ...]
    seal: SealCheck | None = None

    @property
    def unit_name(self) -> str:
        """The name of its unit, "" when not known."""
        return self.info.unit_name


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """What was checked, and what was said about files that are no workbooks.

    `above` is the level whose view it is, if any.
    """

    files: tuple[CheckedFile, ...]
    others: tuple[Issue, ...] = ()
    above: LevelAbove | None = None

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Every finding, file by file."""
        return (*(item for file in self.files for item in file.issues), *self.others)

    @property
    def has_errors(self) -> bool:
        """Whether any finding is a Lỗi."""
        return any(item.severity is Severity.ERROR for item in self.issues)


def check_paths(
    paths: Sequence[Path],
    period: Period | None = None,
    above: Path | None = None,
    today: dt.date | None = None,
) -> CheckedFiles:
    """The findings of every workbook named, or found in the folders named.

    `above` is the superior's workbook: of each file it is told what consolidating there would say.
    `today` is the day on which it is done (None: by the clock). Raises CannotConsolidateError for a
    path that does not exist, or a superior's workbook that cannot be used.
    """
    files: list[Received] = []
    others: list[Issue] = []
    for path in paths:
        if path.is_dir():
            inbox = list_inbox(path)
            files += inbox.files
            others += inbox.issues
        elif path.exists():
            for found in _in_file(path):
                files.append(found) if isinstance(found, Received) else others.append(found)
        else:
            raise CannotConsolidateError(f"Không thấy '{path}'. Kiểm tra lại đường dẫn.")
    today = today or dt.date.today()
    superior = None if above is None else level_above(above, files, period, today)
    scope = superior.scope if superior else None
    with Team(_Checker(period, today, scope), _lost) as team:
        read = list(team.map(files))
    others += shared_keys(item.signed for item in read if item.signed)
    if superior is None:
        return CheckedFiles(tuple(item.file for item in read), tuple(others))
    checked = tuple(_seen_from_above(item, superior) for item in read)
    return CheckedFiles(checked, (*others, *superior.issues), superior)


def _in_file(path: Path) -> Iterator[Received | Issue]:
    """The workbook that a file is, or those packed in it, and what is said of the rest."""
    if path.suffix.lower() not in _PACKED or not path.is_file():
        yield Received(path, shown_name(path.name), is_asked_for=True)
        if lock := find_lock(path):
            yield lock
        return
    for found in open_parcel(path, shown_name(path.name)):
        if isinstance(found, Issue):
            yield found
        else:
            yield Received(PackedFile(found.data, found.name), found.way)


def _seen_from_above(read: "_Read", superior: LevelAbove) -> CheckedFile:
    """A checked file with what the superior finds; its own workbook is not sent to itself."""
    file, brought, _ = read
    is_own = file.path is not None and file.path.resolve() == superior.path.resolve()
    if brought is None or is_own:
        return file
    seal = file.seal
    if seal is not None and brought.sending is not None:
        unit = Senders(superior_in(superior.book)).sender(brought.claim, brought.place).unit
        seal = SealCheck(seal.seal, *signed_by(brought.sending, unit))
    issues = in_order(told_above(superior, brought, file.issues))
    return replace(file, issues=issues, seal=seal)


class _Read(NamedTuple):
    """A workbook checked by itself, and what it brings to its superior where that is asked.

    `signed` is the key of a sending that is signed.
    """

    file: CheckedFile
    brought: Submission | None = None
    signed: Signed | None = None


def _lost(received: Received, loss: Loss) -> _Read:
    """What stands for a workbook whose checking was given up."""
    found = (why_lost(received.name, loss),)
    return _Read(CheckedFile(received.name, _on_disk(received), Info(), "", found))


def _on_disk(received: Received) -> Path | None:
    return received.path if isinstance(received.path, Path) else None


@dataclass(frozen=True, slots=True)
class _Checker:
    """Checks one workbook; a class, so that it can go to another process.

    `above` is what the superior asks for.
    """

    period: Period | None
    today: dt.date
    above: Scope | None = None

    def __call__(self, received: Received) -> _Read:
        opened = open_unguarded(received.path, received.name)
        if isinstance(opened, Issue):
            told = (received.told(opened),)
            return _Read(CheckedFile(received.name, _on_disk(received), Info(), "", told))
        opened = opened.looked_through()
        file = self._checked(received, opened)
        brought = None if self.above is None else submission_in(opened, self.above)
        book = read_book(opened) if is_sending(opened.grids) else None
        return _Read(file, brought) if book is None else _sealed(file, brought, book, opened)

    def _checked(self, received: Received, opened: OpenedBook) -> CheckedFile:
        try:
            came = received.received_at
            day = came.date() if came else self.today
            result = consolidate_book(opened, (), period=self.period, today=day)
        except CannotConsolidateError as error:
            book = read_book(opened)
            of_file = about_the_file(book.issues)
            of_file = of_file if error.account else about_leading_out(of_file)
            found = [*([error.found] if error.found else []), *of_file, *error.account]
            issues = tuple(without_follow_ups(found))
            return CheckedFile(received.name, _on_disk(received), book.info, "", issues)
        info, period = result.book.info, result.period.label
        return CheckedFile(received.name, _on_disk(received), info, period, result.issues)


def _sealed(file: CheckedFile, brought: Submission | None, book: Book, opened: OpenedBook) -> _Read:
    """A sending with what its seal, its manifest and its signature come to."""
    claim = claim_in(book)
    unit = Unit(claim.code, claim.name, 0)
    place = book.place()
    trouble = sending_trouble(book, opened) or signature_trouble(unit, book.sending, place)
    issues = in_order((*file.issues, *([trouble] if trouble else ())))
    checked = replace(file, issues=issues, seal=check_sending(book, opened))
    if not isinstance(book.sending, Sealed) or not book.sending.signature:
        return _Read(checked, brought)
    return _Read(checked, brought, Signed(book.sending.public_key, unit, place))
