"""One cell read by nothing but the kind of its column, for columns that no rule knows by name."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.files.grid import Cell, cell_name, is_blank
from danvan_xl.reading.figure import Figure
from danvan_xl.reading.headers import Header, date_of, text_of
from danvan_xl.reading.row_figures import ColumnHabits, RowFigures, read_row
from danvan_xl.reading.unread_cells import quoted
from danvan_xl.schema.choices import loose_choice
from danvan_xl.schema.columns import FIGURE_KINDS, Column, Kind
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.numbers import CellRole, exact
from danvan_xl.vietnamese.privacy import (
    Ours,
    Typed,
    has_personal_number,
    is_personal_number,
    without_personal_numbers,
)
from danvan_xl.vietnamese.text import match_key

# What a cell says: words, a figure with what is known of it, a day.
Entry = str | Figure | dt.date
_BLANK = "trống"


class Spot(NamedTuple):
    """A cell in its row: the sheet, the row Excel shows, all cells of the row, its column."""

    sheet: Place
    row: int
    cells: Sequence[Cell]
    column: int

    @property
    def cell(self) -> Cell:
        """What stands in it; None beyond the end of the row."""
        return self.cells[self.column] if self.column < len(self.cells) else None

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.sheet.at(cell_name(self.row, self.column))


class ReadEntry(NamedTuple):
    """What a cell says, None for nothing, and what is to be said about it."""

    entry: Entry | None
    issues: tuple[Issue, ...] = ()


def read_entry(column: Column, spot: Spot, habits: ColumnHabits) -> ReadEntry:
    """What a cell says by the kind of its column; `habits` are those of the table's columns."""
    if is_blank(spot.cell):
        return ReadEntry(None)
    if column.kind in FIGURE_KINDS:
        place = spot.sheet, spot.row
        read = read_row(
            spot.cells, (spot.column,), place, column.measure, habits, role=CellRole.REGISTER
        )
        found = figure_in(column, read, spot)
        return found._replace(issues=(*read.issues, *found.issues))
    return _READERS.get(column.kind, _code)(column, spot)


def further_in(header: Header, columns: Iterable[Column]) -> tuple[tuple[Column, int], ...]:
    """Those of the columns that a sheet has, each with its position."""
    places = header.columns
    return tuple((column, places[column.name]) for column in columns if column.name in places)


def read_entries(
    columns: Iterable[tuple[Column, int]],
    row: tuple[Place, int, Sequence[Cell]],
    habits: ColumnHabits,
) -> tuple[dict[str, Entry], list[Issue]]:
    """What a row says in columns, by their names, each with its position; blanks are left out."""
    entries: dict[str, Entry] = {}
    issues: list[Issue] = []
    for column, position in columns:
        read = read_entry(column, Spot(*row, position), habits)
        issues += read.issues
        if read.entry is not None:
            entries[column.name] = read.entry
    return entries, issues


def figure_in(column: Column, read: RowFigures, spot: Spot) -> ReadEntry:
    """The figure of a column among those read of a row; one number, within its range."""
    figure = read.figures[spot.column]
    if spot.column in read.planned:
        return ReadEntry(
            None, (issue(Code.NUMBER_UNREADABLE, spot.place, value=Typed(quoted(spot.cell))),)
        )
    if is_blank(spot.cell):
        return ReadEntry(None)
    return ReadEntry(figure, tuple(_out_of_range(column, figure.value, spot.place)))


def plain_entry(entry: Entry | None) -> Decimal | str | dt.date | None:
    """An entry as a plain value: the number of a figure."""
    return entry.value if isinstance(entry, Figure) else entry


def _out_of_range(column: Column, value: Decimal | None, at: Place) -> Iterator[Issue]:
    """That a count is no whole number from 0 on, or a figure above what the column allows."""
    if value is None or (column.kind is not Kind.COUNT and column.most is None):
        return
    most = column.most
    is_whole = column.kind is not Kind.COUNT or value == value.to_integral_value()
    if value >= 0 and is_whole and (most is None or value <= most):
        return
    whole = "là số nguyên " if column.kind is Kind.COUNT else ""
    allowed = "từ 0 trở lên" if most is None else f"từ 0 đến {most}"
    values = {"field": Ours(column.header), "range": Ours(whole + allowed)}
    yield issue(Code.FIGURE_OUT_OF_RANGE, at, **values, value=value)


def _day(column: Column, spot: Spot) -> ReadEntry:
    day = date_of(spot.cell)
    if day is not None:
        return ReadEntry(day)
    values = {"value": Typed(text_of(spot.cell)), "field": Ours(column.header)}
    return ReadEntry(None, (issue(Code.DATE_UNREADABLE, spot.place, **values),))


def _chosen(column: Column, spot: Spot) -> ReadEntry:
    """The choice as the form spells it; the default, and a warning, for one that is none."""
    text = text_of(spot.cell)
    by_key = {match_key(choice): choice for choice in column.choices}
    if known := by_key.get(match_key(text)):
        return ReadEntry(known)
    said = {"value": Typed(text), "field": Ours(column.header)}
    if meant := loose_choice(text, column.choices):
        return ReadEntry(meant, (issue(Code.CHOICE_LOOSELY, spot.place, **said, used=Ours(meant)),))
    said |= {"used": Ours(column.default or _BLANK), "choices": Ours("; ".join(column.choices))}
    return ReadEntry(column.default or None, (issue(Code.CHOICE_UNKNOWN, spot.place, **said),))


def _words(column: Column, spot: Spot) -> ReadEntry:
    """The words of a cell without digits like a citizen's number, which are pointed out."""
    cell, text = spot.cell, text_of(spot.cell)
    is_number = isinstance(cell, float) and exact(cell) is not None and is_personal_number(cell)
    if not is_number and not has_personal_number(text):
        return ReadEntry(text)
    found = issue(Code.PERSONAL_NUMBER, spot.place, field=Ours(column.header))
    return ReadEntry(None if is_number else without_personal_numbers(text), (found,))


def _code(_column: Column, spot: Spot) -> ReadEntry:
    return ReadEntry(text_of(spot.cell))


_READERS: Mapping[Kind, Callable[[Column, Spot], ReadEntry]] = {
    Kind.DATE: _day,
    Kind.CHOICE: _chosen,
    Kind.TEXT: _words,
}
