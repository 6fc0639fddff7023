"""`kiem-tra`: every workbook by itself, checked as its own unit would consolidate it."""

import datetime as dt
from collections.abc import Sequence
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
from danvan_xl.files.opening import OpenedBook, open_unguarded
from danvan_xl.files.workers import Team
from danvan_xl.inbox.received import Received, find_lock, list_inbox
from danvan_xl.reading.leading_out import about_leading_out
from danvan_xl.reading.records import Info
from danvan_xl.reading.workbook import read_book
from danvan_xl.rollup.tally import Scope
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Severity
from danvan_xl.vietnamese.periods import Period
from danvan_xl.vietnamese.shown_names import shown_name


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A workbook, where it is, what it says of itself, and its findings, worst first.

    `period` is the one it was checked to, "" when it could not be checked.
    """

    file: str
    path: Path
    info: Info
    period: str
    issues: tuple[Issue, ...]

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
            files.append(Received(path, shown_name(path.name), is_asked_for=True))
            if lock := find_lock(path):
                others.append(lock)
        else:
            raise CannotConsolidateError(f"Không thấy '{path}'. Kiểm tra lại đường dẫn.")
    today = today or dt.date.today()
    superior = None if above is None else level_above(above, files, period, today)
    scope = superior.scope if superior else None
    with Team(_Checker(period, today, scope), _lost) as team:
        read = list(team.map(files))
    if superior is None:
        return CheckedFiles(tuple(item.file for item in read), tuple(others))
    checked = tuple(_seen_from_above(item, superior) for item in read)
    return CheckedFiles(checked, (*others, *superior.issues), superior)


def _seen_from_above(read: "_Read", superior: LevelAbove) -> CheckedFile:
    """A checked file with what the superior finds; its own workbook is not sent to itself."""
    file, brought = read
    if brought is None or file.path.resolve() == superior.path.resolve():
        return file
    return replace(file, issues=in_order(told_above(superior, brought, file.issues)))


class _Read(NamedTuple):
    """A workbook checked by itself, and what it brings to its superior where that is asked."""

    file: CheckedFile
    brought: Submission | None = None


def _lost(received: Received, loss: Loss) -> _Read:
    """What stands for a workbook whose checking was given up."""
    found = (why_lost(received.name, loss),)
    return _Read(CheckedFile(received.name, _on_disk(received), Info(), "", found))


def _on_disk(received: Received) -> Path:
    assert isinstance(received.path, Path)  # what is checked was named, or listed in a folder
    return received.path


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
        return _Read(file, None if self.above is None else submission_in(opened, self.above))

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
