"""What the look of a sheet changes: cells shown as percentages, areas merged into one cell."""

from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from string import digits
from typing import NamedTuple, TypeGuard

from danvan_xl.files.cells_xml import SheetLooks
from danvan_xl.files.grid import (
    Cell,
    Grid,
    ShownAsPercent,
    cell_name,
    column_letter,
    is_blank,
    position_of,
)
from danvan_xl.files.number_formats import is_misleading_for, is_percent_for
from danvan_xl.reading.headers import Header
from danvan_xl.reading.records import Assignment, TargetSheet
from danvan_xl.reading.target_columns import FIGURE_NAMES
from danvan_xl.reading.unread_cells import quoted
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import ASSIGNMENT, MONTH_NAMES, PHASED_NAMES
from danvan_xl.vietnamese.measures import is_share
from danvan_xl.vietnamese.numbers import State, exact, parse_typed
from danvan_xl.vietnamese.printed import listed, vietnamese_number
from danvan_xl.vietnamese.privacy import Ours, Typed

_MOST_NAMED = 12
_SAYING = (State.NUMBER, State.NONE_OCCURRED, State.NOT_APPLICABLE)
_ONE, _HUNDRED = Decimal(1), Decimal(100)


class LookedOver(NamedTuple):
    """A sheet as people see it, and what is to be said about that.

    Numbers shown as percentages say so; values that a merge covers are left out: these are
    `covered`, by cell.
    """

    grid: Grid
    issues: tuple[Issue, ...] = ()
    covered: tuple[tuple[str, str], ...] = ()


class _Spot(NamedTuple):
    """A cell: the row Excel shows, the column from 0, what stands in it."""

    row: int
    column: int
    cell: Cell

    @property
    def name(self) -> str:
        return cell_name(self.row, self.column)


_Changes = dict[tuple[int, int], Cell]  # by row as Excel shows it and column from 0


def looked_over(grid: Grid, header: Header, looks: SheetLooks) -> LookedOver:
    """A sheet with a table as people see it."""
    if not looks.percents and not looks.merged and not looks.misleading:
        return LookedOver(grid)
    table = _Table(grid, header)
    changes: _Changes = {}
    issues: list[Issue] = []
    covered: dict[str, str] = {}
    for area in looks.merged:
        spots = table.spots_in(area)
        if len(spots) > 1:
            issues += _of_merged(table, area, spots, _shown(spots[0], looks))
            for spot in _covered(area, spots):
                changes[spot.row, spot.column] = ""
                covered[spot.name] = _text(spot.cell)
    letters = table.letters()
    for name, code in looks.percents.items():
        if name.rstrip(digits) not in letters:
            continue
        found = table.spot(*position_of(name))
        if found is not None and _is_shown_as_percent(found.cell, code):
            changes.setdefault((found.row, found.column), ShownAsPercent(found.cell))
    issues += _of_misleading(table, looks.misleading)
    return LookedOver(_with_changes(grid, changes), tuple(issues), tuple(covered.items()))


def percents_unknown(sheet: TargetSheet, looks: SheetLooks) -> Iterator[Issue]:
    """A warning on figures of 1 and less in rows of %, where a file does not tell how they look."""
    if looks.is_known:
        return
    cells = [
        sheet.cell(name, target)
        for target in sheet.targets
        if is_share(target.indicator.measure)
        for name, figure in zip(
            ("last_year", "plan", *PHASED_NAMES, *MONTH_NAMES),
            (target.last_year, target.plan, *target.phased, *target.months),
            strict=True,
        )
        if _may_be_fraction(figure.value)
    ]
    yield from _unknown(cells, sheet.at(""))


def given_percents_unknown(
    assignment: Assignment, shares: Container[str], looks: SheetLooks, sheet: Place
) -> Iterator[Issue]:
    """The same of sheet Giao chỉ tiêu; `shares` are the keys of the indicators in %."""
    if looks.is_known:
        return
    cells = [
        assignment.cell(code, unit)
        for (code, unit), plan in assignment.plans.items()
        if code in shares and _may_be_fraction(plan.value)
    ]
    yield from _unknown(cells, sheet)


def _may_be_fraction(value: Decimal | None) -> bool:
    return value is not None and 0 < abs(value) <= _ONE


def _unknown(cells: Sequence[str], sheet: Place) -> Iterator[Issue]:
    if cells:
        named = Ours(listed(cells, _MOST_NAMED, "ô"))
        yield issue(Code.PERCENT_FORMAT_UNKNOWN, sheet.at(cells[0]), cells=named)


class _Table:
    """The cells for figures of a sheet's table; those of rows that name something."""

    def __init__(self, grid: Grid, header: Header) -> None:
        columns = header.columns
        self.grid, self._first = grid, header.row + 1
        self.labels = {columns[name]: name.upper() for name in FIGURE_NAMES if name in columns}
        self.labels |= {at: header.sheet[name].header for name, at in columns.items()}
        wanted = {columns[name] for name in (*FIGURE_NAMES, "total") if name in columns}
        if header.sheet is ASSIGNMENT:
            self.labels |= header.extras
            wanted |= header.extras.keys()
        self._columns = sorted(wanted)
        self._words = [columns[name] for name in ("code", "indicator") if name in columns]

    def letters(self) -> frozenset[str]:
        """The columns for figures, as Excel names them."""
        return frozenset(map(column_letter, self._columns))

    def spot(self, row: int, column: int) -> _Spot | None:
        """A cell for a figure; None for any other."""
        if column not in self._columns or not self._is_row(row):
            return None
        cells = self.grid.rows[row - 1]
        return _Spot(row, column, cells[column] if column < len(cells) else None)

    def spots_in(self, area: str) -> list[_Spot]:
        """The cells for figures in an area, row by row."""
        first, _, last = area.partition(":")
        (top, left), (bottom, right) = position_of(first), position_of(last)
        columns = [column for column in self._columns if left <= column <= right]
        if not columns:
            return []
        rows = range(max(top, self._first), min(bottom, len(self.grid.rows)) + 1)
        found = (self.spot(row, column) for row in rows for column in columns)
        return [spot for spot in found if spot is not None]

    def _is_row(self, row: int) -> bool:
        if not self._first <= row <= len(self.grid.rows):
            return False
        cells = self.grid.rows[row - 1]
        return any(at < len(cells) and not is_blank(cells[at]) for at in self._words)

    def at(self, spot: _Spot) -> Place:
        """The place of a cell."""
        return self.grid.place(spot.name)


def _of_merged(
    table: _Table, area: str, spots: Sequence[_Spot], shown: str = ""
) -> Iterator[Issue]:
    """What is said of an area that is one cell: whose its figure is, what it covers.

    `shown` is how its figure looks, "" where it looks as it is kept.
    """
    first, covered = spots[0], _covered(area, spots)
    labels = [table.labels.get(spot.column, "") for spot in (first, spots[-1])]
    said = Ours(f"{area} ({labels[0]}:{labels[1]})" if labels[0] != labels[1] else area)
    if first.name == area.partition(":")[0] and _says_something(first.cell):
        many = any(spot.row != first.row for spot in spots)
        used = Ours(f"{labels[0]} của hàng {first.row}" if many else labels[0])
        value = Ours(shown) if shown else _value(first.cell)
        yield issue(Code.MERGED_MONTHS, table.at(first), area=said, value=value, used=used)
    if covered:
        cells = [f"{spot.name} = {_text(spot.cell)}" for spot in covered]
        values = {"area": said, "cells": Typed(listed(cells, _MOST_NAMED, "ô"))}
        yield issue(Code.HIDDEN_UNDER_MERGE, table.at(covered[0]), **values)


def _of_misleading(table: _Table, formats: Mapping[str, str]) -> Iterator[Issue]:
    """A warning on the cells that show another figure than they hold, or none."""
    letters = table.letters()
    spots = (
        (table.spot(*position_of(name)), code)
        for name, code in formats.items()
        if name.rstrip(digits) in letters
    )
    cells = {
        spot.name: f"{spot.name} = {_text(spot.cell)} (định dạng {code})"
        for spot, code in spots
        if spot is not None and _is_number(spot.cell) and is_misleading_for(code, spot.cell)
    }
    if cells:
        said = Typed(listed(list(cells.values()), _MOST_NAMED, "ô"))
        yield issue(Code.FORMAT_MISLEADS, table.grid.place(next(iter(cells))), cells=said)


def _shown(spot: _Spot, looks: SheetLooks) -> str:
    """A figure that its cell shows as a percentage, as it looks there."""
    if not _is_shown_as_percent(spot.cell, looks.percents.get(spot.name, "")):
        return ""
    value = exact(float(spot.cell))
    return "" if value is None else f"{vietnamese_number(value * _HUNDRED)}%"


def _covered(area: str, spots: Sequence[_Spot]) -> list[_Spot]:
    """The cells of a merged area that hold something nobody sees."""
    shown = area.partition(":")[0]
    return [spot for spot in spots if spot.name != shown and not is_blank(spot.cell)]


def _says_something(cell: Cell) -> bool:
    if isinstance(cell, str):
        return parse_typed(cell).state in _SAYING
    return not is_blank(cell)


def _value(cell: Cell) -> Typed | Decimal:
    """What a merged cell says, as a message repeats it."""
    number = exact(cell) if type(cell) is float else None
    return Typed(quoted(cell)) if number is None else number


def _text(cell: Cell) -> str:
    number = exact(cell) if type(cell) is float else None
    return quoted(cell) if number is None else vietnamese_number(number)


def _is_shown_as_percent(cell: Cell, code: str) -> TypeGuard[float]:
    return _is_number(cell) and is_percent_for(code, float(cell))


def _is_number(cell: Cell) -> TypeGuard[float]:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _with_changes(grid: Grid, changes: Mapping[tuple[int, int], Cell]) -> Grid:
    """The grid with some cells replaced; rows that nothing is done to are not copied."""
    if not changes:
        return grid
    rows: list[Sequence[Cell]] = list(grid.rows)
    copied: dict[int, list[Cell]] = {}
    for (row, column), cell in changes.items():
        copied.setdefault(row - 1, list(rows[row - 1]))[column] = cell
    for at, cells in copied.items():
        rows[at] = cells
    return grid._replace(rows=rows)
