"""Which columns of sheet Chỉ tiêu are read how: all of it follows from their declaration."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from danvan_xl.files.grid import Cell, is_blank
from danvan_xl.reading.entries import Entry, ReadEntry, Spot, figure_in, plain_entry, read_entry
from danvan_xl.reading.figure import NO_FIGURE, NOTHING, Figure
from danvan_xl.reading.row_figures import ColumnHabits, RowFigures
from danvan_xl.schema.adding import default_choice
from danvan_xl.schema.columns import CellEntry, Column, Kind
from danvan_xl.schema.indicators import DEFINITION, FURTHER_COLUMNS
from danvan_xl.schema.issues import Issue, Place
from danvan_xl.schema.sheets import MONTH_NAMES, PHASED_NAMES, TARGETS
from danvan_xl.vietnamese.numbers import CellRole, State

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
_PLANNED_NAMES = ("last_year", "plan", *MONTH_NAMES)
_NOT_PHASED = (NO_FIGURE, NO_FIGURE, NO_FIGURE)


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
) -> Further:
    """What stands in such `columns` of a row, by their position; `read` are its FIGURE_NAMES."""
    entries: dict[str, Entry] = {}
    definition: dict[str, CellEntry] = {}
    issues: list[Issue] = []
    for column, position in columns:
        spot = Spot(*row, position)
        if column.name in PHASED_NAMES:
            found = _phased_entry(read, spot)
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


def phased_of(read: RowFigures, columns: Mapping[str, int]) -> tuple[Figure, Figure, Figure]:
    """The phased plans of a row: as written; 12 where one says "10/12"."""
    if not any(name in columns for name in PHASED_NAMES):
        return _NOT_PHASED
    first, second, third = (_phased(read, columns.get(name, -1)) for name in PHASED_NAMES)
    return first, second, third


def _phased(read: RowFigures, position: int) -> Figure:
    in_cell = read.planned.get(position)
    if in_cell is not None:
        return Figure(in_cell[0], State.NUMBER)
    return read.figures.get(position, NO_FIGURE)


def _phased_entry(read: RowFigures, spot: Spot) -> ReadEntry:
    """A phased plan as it goes up; None for a blank."""
    return ReadEntry(None if is_blank(spot.cell) else _phased(read, spot.column))


def default_of(text: Mapping[str, str], measure: str, name: str) -> str:
    """What a choice is where nothing is chosen in a row of these words."""
    return default_choice(name, measure, text["indicator"], text["source"])


def plan_of(read: RowFigures, columns: Mapping[str, int], written: Figure) -> Figure:
    """The plan: as written; 24 where it says "25/24"; when blank, what the months say."""
    in_cell = read.planned.get(columns.get("plan", -1))
    if in_cell is not None:
        return Figure(in_cell[0], State.NUMBER)
    cells = {columns[name] for name in _PLANNED_NAMES if name in columns}
    told = {planned for column, (planned, _) in read.planned.items() if column in cells}
    if written.state is State.BLANK and len(told) == 1:
        return Figure(told.pop(), State.NUMBER)
    return written
