"""`kiem-tra`: every workbook by itself, checked as its own unit would consolidate it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from danvan_xl.consolidation.consolidation import CannotConsolidateError, consolidate_book
from danvan_xl.files.apart import why_lost
from danvan_xl.files.endings import Loss
from danvan_xl.files.opening import open_unguarded
from danvan_xl.files.workers import Team
from danvan_xl.inbox.received import Received, find_lock, list_inbox
from danvan_xl.reading.records import Info
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Severity
from danvan_xl.vietnamese.periods import Period


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
    """What was checked, and what was said about files that are no workbooks."""

    files: tuple[CheckedFile, ...]
    others: tuple[Issue, ...] = ()

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Every finding, file by file."""
        return (*(item for file in self.files for item in file.issues), *self.others)

    @property
    def has_errors(self) -> bool:
        """Whether any finding is a Lỗi."""
        return any(item.severity is Severity.ERROR for item in self.issues)


def check_paths(
    paths: Sequence[Path], period: Period | None = None, today: dt.date | None = None
) -> CheckedFiles:
    """The findings of every workbook named, or found in the folders named.

    `today` is the day on which it is done (None: by the clock). Raises CannotConsolidateError for a
    path that does not exist.
    """
    files: list[Received] = []
    others: list[Issue] = []
    for path in paths:
        if path.is_dir():
            inbox = list_inbox(path)
            files += inbox.files
            others += inbox.issues
        elif path.is_file():
            files.append(Received(path, path.name))
            if lock := find_lock(path):
                others.append(lock)
        else:
            raise CannotConsolidateError(f"Không thấy '{path}'. Kiểm tra lại đường dẫn.")
    with Team(_Checker(period, today or dt.date.today()), _lost) as team:
        return CheckedFiles(tuple(team.map(files)), tuple(others))


def _lost(received: Received, loss: Loss) -> CheckedFile:
    """What stands for a workbook whose checking was given up."""
    found = (why_lost(received.name, loss),)
    return CheckedFile(received.name, _on_disk(received), Info(), "", found)


def _on_disk(received: Received) -> Path:
    assert isinstance(received.path, Path)  # what is checked was named, or listed in a folder
    return received.path


@dataclass(frozen=True, slots=True)
class _Checker:
    """Checks one workbook; a class, so that it can go to another process."""

    period: Period | None
    today: dt.date

    def __call__(self, received: Received) -> CheckedFile:
        opened = open_unguarded(received.path, received.name)
        if isinstance(opened, Issue):
            return CheckedFile(received.name, _on_disk(received), Info(), "", (opened,))
        try:
            came = received.received_at
            day = came.date() if came else self.today
            result = consolidate_book(opened, (), period=self.period, today=day)
        except CannotConsolidateError as error:
            found = (*([error.found] if error.found else []), *error.account)
            info = read_book(opened).info
            return CheckedFile(received.name, _on_disk(received), info, "", found)
        info, period = result.book.info, result.period.label
        return CheckedFile(received.name, _on_disk(received), info, period, result.issues)
