"""`giao` on disk: one workbook per unit, never over figures somebody has typed."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from danvan_xl.files.apart import open_book, why_not_opened
from danvan_xl.files.cells_xml import embedded_things
from danvan_xl.files.faults import reason_of
from danvan_xl.files.folder_lock import folder_lock
from danvan_xl.files.opening import OpenedBook, open_unguarded
from danvan_xl.files.workers import Progress
from danvan_xl.inbox.received import find_lock
from danvan_xl.outgoing.assigning import CannotAssignError, UnitPlan, plan_units
from danvan_xl.outgoing.carried_cells import Loose
from danvan_xl.outgoing.carrying import TypedContent, typed_in
from danvan_xl.outgoing.contents import Contents, TargetRow, UnitRow, UnitSheet
from danvan_xl.outgoing.updating import Change, Update, update
from danvan_xl.reading.records import Book
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.columns import WORK_FIELDS
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code, Severity
from danvan_xl.schema.sheets import REGISTERS
from danvan_xl.vietnamese.printed import listed
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import match_key, sort_key
from danvan_xl.writing.template.workbook import write_workbook

_UPDATE = "_cap-nhat"
_MOST_NAMED = 10


class Fate(StrEnum):
    """What became of a unit's workbook."""

    NEW = "mới"
    REPLACED = "thay"
    UPDATED = "cập nhật"
    UNCHANGED = "không đổi"
    NOT_WRITTEN = "không ghi"


class Outcome(NamedTuple):
    """One unit: its newest workbook, what became of it, and what is different in it."""

    plan: UnitPlan
    file: str
    state: Fate
    changes: tuple[Change, ...] = ()
    issues: tuple[Issue, ...] = ()


class AssignedFiles(NamedTuple):
    """The units' workbooks in a folder, and the findings on what was assigned."""

    workbook: Path
    folder: Path
    outcomes: tuple[Outcome, ...]
    found: tuple[Issue, ...]

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Every finding: on the plan, then unit by unit."""
        return (*self.found, *(item for outcome in self.outcomes for item in outcome.issues))

    @property
    def has_errors(self) -> bool:
        """Whether any finding is a Lỗi."""
        return any(item.severity is Severity.ERROR for item in self.issues)

    def count(self, state: Fate) -> int:
        """How many workbooks ended in a state."""
        return sum(outcome.state is state for outcome in self.outcomes)


def assign_files(
    workbook: Path,
    folder: Path,
    email: str = "",
    *,
    allow_difference: bool = False,
    progress: Progress | None = None,
    opened: OpenedBook | None = None,
) -> AssignedFiles:
    """Write one workbook into `folder` for every unit of a workbook, and say what is different.

    Raises CannotAssignError where nothing can be written at all (see `plan_units`), and
    FolderBusyError where another run writes there. The folder is
    made when the one it stands in exists. `progress` is told (done, all). `opened` is the workbook
    as it stands open in a spreadsheet program, saved or not.
    """
    read = opened or open_book(workbook)
    if isinstance(read, Issue):
        raise CannotAssignError(why_not_opened(workbook, read))
    plans = plan_units(read_book(read), email, allow_difference=allow_difference)
    lock = None if opened else find_lock(workbook)
    _prepare(folder)
    outcomes: list[Outcome] = []
    with folder_lock(folder):
        for done, plan in enumerate(plans.units, start=1):
            outcomes.append(_assign(plan, folder))
            if progress is not None:
                progress(done, len(plans.units))
    if all(outcome.state is Fate.NOT_WRITTEN for outcome in outcomes):
        first = outcomes[0].issues[0]
        raise CannotAssignError(
            f"Không ghi được sổ nào vào '{folder}'. {outcomes[0].file}: "
            f"{first.message} {first.remedy}"
        )
    found = (*([lock] if lock else []), *plans.issues)
    return AssignedFiles(workbook, folder, tuple(outcomes), found)


def _prepare(folder: Path) -> None:
    """Make the folder where there is none yet."""
    if folder.exists() and not folder.is_dir():
        raise CannotAssignError(f"'{folder}' là tệp; ghi tên một thư mục sau -o.")
    if not folder.exists() and not folder.parent.is_dir():
        raise CannotAssignError(
            f"Không có thư mục '{folder.parent}'. Tạo thư mục trước hoặc sửa đường dẫn sau -o."
        )
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise CannotAssignError(
            f"Không tạo được thư mục '{folder}' ({reason_of(error)}). Chọn thư mục khác sau -o."
        ) from error


def _assign(plan: UnitPlan, folder: Path) -> Outcome:
    """Write the workbook of one unit, or the next version of the one that stands there."""
    versions = _versions(folder, plan.file)
    if not versions:
        return _written(Outcome(plan, plan.file, Fate.NEW), folder, plan.contents)
    base = versions[-1]
    opened = open_book(base)
    if isinstance(opened, Issue):
        return _kept(plan, base, opened.message[:1].lower() + opened.message[1:].rstrip("."))
    book = read_book(opened)
    if why := _why_not_ours(book, plan):
        return _kept(plan, base, why)
    return _renewed(plan, folder, versions, typed_in(opened, book))


def _renewed(
    plan: UnitPlan, folder: Path, versions: Sequence[Path], typed: TypedContent
) -> Outcome:
    """Write the new plan with what was typed: in place where that is nothing, else beside it."""
    base = versions[-1]
    place = Place(base.name, unit_name=plan.unit.name)
    updated = update(plan.contents, typed, place)
    if not updated.changes:
        return Outcome(plan, base.name, Fate.UNCHANGED)
    left = list(_left_behind(base, typed, updated, plan.unit.name))
    if not (updated.is_filled or left):
        if find_lock(base):
            return _kept(plan, base, "đang mở trong Excel")
        outcome = Outcome(plan, base.name, Fate.REPLACED, updated.changes)
        return _written(outcome, folder, updated.contents)
    issues = (*updated.issues, *left, *_remarks(base, versions, typed, plan.unit.name))
    name = _next_name(plan.file, versions)
    outcome = Outcome(plan, name, Fate.UPDATED, updated.changes, issues)
    return _written(outcome, folder, updated.contents)


def _versions(folder: Path, name: str) -> list[Path]:
    """The workbooks of a unit that stand in the folder, the newest version last."""
    stem = re.escape(Path(name).stem)
    pattern = re.compile(rf"{stem}(?:{_UPDATE}(?:-(\d+))?)?\.xlsx", re.IGNORECASE)
    found = (path for path in folder.iterdir() if pattern.fullmatch(path.name))
    return sorted(found, key=_number)


def _number(path: Path) -> int:
    """Which version a file is: 0 for the first, 1 for "_cap-nhat", 2 for "_cap-nhat-2"."""
    _, mark, number = path.stem.lower().rpartition(_UPDATE)
    return int(number.removeprefix("-") or 1) if mark else 0


def _next_name(name: str, versions: Sequence[Path]) -> str:
    number = _number(versions[-1]) + 1
    ending = f"-{number}" if number > 1 else ""
    return f"{Path(name).stem}{_UPDATE}{ending}.xlsx"


def _why_not_ours(book: Book, plan: UnitPlan) -> str:
    """Why a file is not this unit's workbook of this year, "" when it is."""
    code, year = plan.unit.code, plan.contents.info["year"]
    if book.own is None:
        return "không phải sổ số liệu"
    if match_key(book.info.unit_code) != match_key(code):
        return f"là sổ của đơn vị mã '{book.info.unit_code or 'chưa ghi'}'"
    if book.info.year is not None and book.info.year != year:
        return f"là sổ của năm {book.info.year}"
    if not book.formulas_of(book.own.title).is_known:
        return "không phải tệp .xlsx nên không biết ô nào là công thức"
    return ""


def _kept(plan: UnitPlan, base: Path, reason: str) -> Outcome:
    """The outcome of a file that is left as it is."""
    place = Place(base.name, unit_name=plan.unit.name)
    found = issue(Code.WORKBOOK_KEPT, place, reason=Typed(reason))
    return Outcome(plan, base.name, Fate.NOT_WRITTEN, issues=(found,))


def _written(outcome: Outcome, folder: Path, contents: Contents) -> Outcome:
    """Write a workbook; return its outcome, which is another when it cannot be written."""
    try:
        write_workbook(folder / outcome.file, contents)
    except OSError as error:
        reason = Ours(reason_of(error))
        place = Place(outcome.file, unit_name=outcome.plan.unit.name)
        found = issue(Code.WORKBOOK_NOT_WRITTEN, place, reason=reason)
        return Outcome(outcome.plan, outcome.file, Fate.NOT_WRITTEN, issues=(found,))
    return outcome


def _remarks(
    base: Path, versions: Sequence[Path], typed: TypedContent, unit_name: str
) -> Iterator[Issue]:
    """What has to be known about the workbook the figures were taken from."""
    if lock := find_lock(base, unit_name):
        yield lock
    saved = base.stat().st_mtime
    for older in versions[:-1]:
        if older.stat().st_mtime > saved:
            place = Place(base.name, unit_name=unit_name)
            yield issue(Code.OLDER_VERSION_USED, place, value=Typed(older.name))
    for title, places in _by_sheet(typed.as_values):
        cells = Ours(listed([place.cell for place in places], _MOST_NAMED, "ô"))
        place = Place(base.name, title, places[0].cell, unit_name)
        yield issue(Code.CARRIED_AS_VALUES, place, count=len(places), cells=cells)


def _left_behind(
    base: Path, typed: TypedContent, updated: Update, unit_name: str
) -> Iterator[Issue]:
    """What stands in a workbook and has no place in a new one."""
    words, titles = _template(updated.contents.level)
    titles |= {unit.title for unit in updated.contents.unit_sheets}
    loose = [item for item in typed.loose if match_key(item.text) not in words]
    for title, places in _by_sheet([item.place for item in loose]):
        if title in titles:
            said = [_quoted(item) for item in loose if item.place.sheet == title]
            what = f"ô {listed(said, _MOST_NAMED, 'ô')}"
        else:
            what = f"cả trang '{title}' ({len(places)} ô)"
        place = Place(base.name, title, places[0].cell, unit_name)
        yield issue(Code.NOT_CARRIED_OVER, place, what=Typed(what))
    things = [f"{count} {word}" for word, count in embedded_things(base).items()]
    for what in (*things, *updated.lost):
        place = Place(base.name, unit_name=unit_name)
        yield issue(Code.NOT_CARRIED_OVER, place, what=Typed(what))


def _quoted(item: Loose) -> str:
    return f"{item.place.cell} '{item.text}'"


def _by_sheet(places: Sequence[Place]) -> Iterator[tuple[str, list[Place]]]:
    titles = sorted({place.sheet for place in places}, key=lambda title: (sort_key(title), title))
    for title in titles:
        yield title, [place for place in places if place.sheet == title]


@cache
def _template(level: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words (as match keys) and the tabs that a workbook of a level has of itself."""
    words: set[str] = set()
    titles: set[str] = set()
    with TemporaryDirectory() as folder:
        for is_given in (False, True):
            path = Path(folder) / f"{is_given}.xlsx"
            write_workbook(path, _sample(level, is_given=is_given))
            opened = open_unguarded(path)
            assert isinstance(opened, OpenedBook)  # our own workbook can be read
            for grid in opened.grids:
                titles.add(grid.title)
                cells = (cell for row in grid.rows for cell in row if isinstance(cell, str))
                words.update(map(match_key, cells))
    return frozenset(words), frozenset(titles)


def _sample(level: str, *, is_given: bool) -> Contents:
    """A workbook in which every kind of sheet stands, and next to nothing else."""
    rows = tuple(
        TargetRow(Indicator(name, name, name, ""), is_given=is_given) for name in WORK_FIELDS
    )
    units = (UnitRow("x", "x"),)
    sheets = (UnitSheet("x", "x", "x", rows),)
    registers = {item.name: ({item.sheet.signature[0]: "x"},) for item in REGISTERS}
    return Contents({"level": level}, rows, units, sheets, registers=registers)
