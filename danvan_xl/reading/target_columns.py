"""Which columns of sheet Chỉ tiêu are read how: all of it follows from their declaration."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from danvan_xl.files.grid import Cell, cell_name, is_blank
from danvan_xl.reading.entries import Entry, ReadEntry, Spot, figure_in, plain_entry, read_entry
from danvan_xl.reading.figure import NO_FIGURE, NOTHING, Figure
from danvan_xl.reading.records import NOT_PHASED
from danvan_xl.reading.row_figures import ColumnHabits, RowFigures
from danvan_xl.reading.unread_cells import quoted
from danvan_xl.schema.adding import default_choice
from danvan_xl.schema.columns import CellEntry, Column, Kind
from danvan_xl.schema.indicators import DEFINITION, FURTHER_COLUMNS
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import Direction, PlanKind
from danvan_xl.schema.plans import Plan, StatedPlan
from danvan_xl.schema.sheets import MONTH_NAMES, PHASED_NAMES, PLAN_NAMES, TARGETS
from danvan_xl.vietnamese.numbers import CellRole, State
from danvan_xl.vietnamese.privacy import Ours, Typed

# Figures in the ĐVT of their row, and what the sheet's own formulas show.
FIGURE_NAMES = tuple(
    column.name
    for column in TARGETS.columns
    if column.kind is Kind.NUMBER and not column.computed and not column.measure
)
SHOWN_NAMES = tuple(column.name for column in TARGETS.columns if column.computed)
# The words that say what an indicator is.
TEXT_NAMES = tuple(column.name for column in DEFINITION if column not in FURTHER_COLUMNS)
# What the cells of a column are asked for; "-" is 0 in a month, and no plan in Kế hoạch.
_ROLES = {
    **dict.fromkeys(("plan", *PHASED_NAMES), CellRole.PLAN),
    **dict.fromkeys(MONTH_NAMES, CellRole.MONTH),
}
# In these cells "25/24" is a figure and the plan it is held against.
_PLANNED_NAMES = ("last_year", *MONTH_NAMES)


def roles_of(columns: Mapping[str, int]) -> dict[int, CellRole]:
    """What the columns of figures are asked for, by their position."""
    return {
        columns[name]: _ROLES.get(name, CellRole.LAST_YEAR)
        for name in FIGURE_NAMES
        if name in columns
    }


class Further(NamedTuple):
    """What a row says in columns that no rule knows by name, and in those handed down alone."""

    entries: Mapping[str, Entry] = NOTHING
    definition: Mapping[str, CellEntry] = NOTHING
    issues: tuple[Issue, ...] = ()


NOTHING_FURTHER = Further()


def read_further(
    columns: Iterable[tuple[Column, int]],
    row: tuple[Place, int, Sequence[Cell]],
    read: RowFigures,
    habits: ColumnHabits,
    direction: Direction,
) -> Further:
    """What stands in such `columns` of a row, by their position.

    `read` are its FIGURE_NAMES, `direction` is its Chiều.
    """
    entries: dict[str, Entry] = {}
    definition: dict[str, CellEntry] = {}
    issues: list[Issue] = []
    for column, position in columns:
        spot = Spot(*row, position)
        if column.name in PHASED_NAMES:
            found = _phased_entry(read, spot, direction)
        elif position in read.figures:
            found = figure_in(column, read, spot)
        else:
            found = read_entry(column, spot, habits)
        issues += found.issues
        if found.entry is None:
            continue
        entries[column.name] = found.entry
        if column.goes_down and (plain := plain_entry(found.entry)) is not None:
            definition[column.name] = plain
    return Further(entries, definition, tuple(issues))


def phased_of(
    read: RowFigures, columns: Mapping[str, int], direction: Direction
) -> tuple[Figure, Figure, Figure]:
    """The phased plans of a row by its own Chiều."""
    if not any(name in columns for name in PHASED_NAMES):
        return NOT_PHASED
    places = (columns.get(name, -1) for name in PHASED_NAMES)
    first, second, third = (_phased(read, position, direction) for position in places)
    found = first, second, third
    return NOT_PHASED if found == NOT_PHASED else found


def _phased(read: RowFigures, position: int, direction: Direction) -> Figure:
    if (stated := read.stated.get(position)) is None:
        return read.figures.get(position, NO_FIGURE)
    value = stated.by(direction).value
    return Figure(value, State.UNREADABLE if value is None else State.NUMBER)


def _phased_entry(read: RowFigures, spot: Spot, direction: Direction) -> ReadEntry:
    """A phased plan as it goes up; None for a blank."""
    return ReadEntry(None if is_blank(spot.cell) else _phased(read, spot.column, direction))


def default_of(text: Mapping[str, str], measure: str, name: str) -> str:
    """What a choice is where nothing is chosen in a row of these words."""
    return default_choice(name, measure, text["indicator"], text["source"])


class PlanRead(NamedTuple):
    """A row's plan by its own Chiều; `text` is what is written where it is not known.

    `stated` are its plans, by column name, that say more than one number; `is_blank` tells that its
    cell is.
    """

    figure: Figure
    kind: PlanKind
    text: str
    stated: Mapping[str, StatedPlan]
    is_blank: bool = False


def plan_of(
    read: RowFigures, columns: Mapping[str, int], direction: Direction, cell: Cell
) -> PlanRead:
    """The plan in its `cell`; when that is blank, what the months say: 24 for "25/24"."""
    at = columns.get("plan", -1)
    written = read.figures.get(at, NO_FIGURE)
    if written.state is State.BLANK and read.planned:
        written = _from_months(read, columns)
    if not read.stated and written.state is not State.UNREADABLE:
        return PlanRead(written, PlanKind.PLAIN, "", NOTHING, is_blank(cell))
    stated = {
        name: read.stated[columns[name]]
        for name in PLAN_NAMES
        if columns.get(name, -1) in read.stated
    }
    text = quoted(cell) if isinstance(cell, str) else ""
    plan = stated["plan"].by(direction) if "plan" in stated else Plan(written.value)
    if plan.value is None and (written.state is State.UNREADABLE or "plan" in stated):
        return PlanRead(Figure(None, State.UNREADABLE), PlanKind.UNKNOWN, text, stated)
    return PlanRead(written._replace(value=plan.value), plan.kind, "", stated)


def _from_months(read: RowFigures, columns: Mapping[str, int]) -> Figure:
    """The one plan that the other cells of a row are held against; no figure without one."""
    cells = {columns[name] for name in _PLANNED_NAMES if name in columns}
    told = {planned for column, (planned, _) in read.planned.items() if column in cells}
    return Figure(told.pop(), State.NUMBER) if len(told) == 1 else NO_FIGURE


def plans_in_months(
    read: RowFigures, columns: Mapping[str, int], plan: PlanRead, row: tuple[Place, int]
) -> Iterator[Issue]:
    """A warning where a month says "25/24" and the plan column does not say 24."""
    if not read.planned:
        return
    months = {columns[name] for name in MONTH_NAMES if name in columns}
    value = plan.figure.value
    for column, (planned, raw) in read.planned.items():
        if column not in months or (value == planned and not plan.is_blank):
            continue
        place = row[0].at(cell_name(row[1], column))
        if value == planned:
            yield issue(Code.PLAN_FROM_CELL, place, value=Typed(raw), read=planned)
            continue
        is_unknown = plan.kind is PlanKind.UNKNOWN
        blank = Ours("không rõ" if is_unknown else "trống")
        values = {"plan": blank if value is None else value, "read": planned}
        yield issue(Code.PLAN_IN_CELL, place, value=Typed(raw), **values)
