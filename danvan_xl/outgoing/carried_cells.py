"""The cells of a workbook one by one: which have been taken over, and which are left."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.files.cells_xml import SheetFormulas
from danvan_xl.files.grid import Cell, Grid, ShownAsPercent, cell_name, is_blank
from danvan_xl.files.opening import OpenedBook
from danvan_xl.outgoing.contents import TypedValue
from danvan_xl.reading.found_sheets import FoundSheet
from danvan_xl.reading.headers import text_of
from danvan_xl.schema.columns import FIGURE_KINDS, CellEntry, Kind
from danvan_xl.schema.issues import Place
from danvan_xl.schema.sheets import MARKER_SHEET
from danvan_xl.vietnamese.numbers import exact


class Loose(NamedTuple):
    """A cell that no table of the workbook takes in, and what it says."""

    place: Place
    text: str


class Ledger:
    """Gives out the cells of a workbook as they were typed, and keeps account of them.

    `as_values` are the cells of which only what they show is kept: formulas, days among figures.
    """

    def __init__(self, opened: OpenedBook) -> None:
        self.as_values: list[Place] = []
        self._opened = opened
        self._formulas: dict[str, SheetFormulas] = {}
        self._used: dict[str, set[str]] = {}
        self._lost: list[Loose] = []

    def cell(self, grid: Grid, row: int, column: int) -> Cell:
        """A cell by the row Excel shows and its 0-based column, without taking it."""
        cells = grid.rows[row - 1]
        return cells[column] if column < len(cells) else None

    def take(self, grid: Grid, row: int, column: int) -> Cell:
        """A cell, which is taken over with that."""
        self.use(grid, cell_name(row, column))
        return self.cell(grid, row, column)

    def use(self, grid: Grid, name: str) -> None:
        """Count a cell as taken over."""
        self._used.setdefault(grid.title, set()).add(name)

    def lose(self, grid: Grid, name: str, text: str) -> None:
        """Count a cell as not taken over though it stands in a table."""
        self._lost.append(Loose(self._place(grid, name), text))

    def is_formula(self, grid: Grid, row: int, column: int) -> bool:
        """Whether a cell holds a formula."""
        return cell_name(row, column) in self._formulas_of(grid).cells

    def entry(self, grid: Grid, row: int, column: int) -> TypedValue:
        """Take what a cell for a figure says; words as they were typed."""
        if isinstance(shown := self.cell(grid, row, column), ShownAsPercent):
            self.use(grid, cell_name(row, column))
            return _as_shown(exact(shown) or Decimal(0))
        entry = self.day_or_entry(grid, row, column)
        if isinstance(entry, dt.date):
            self.as_values.append(self._place(grid, cell_name(row, column)))
            return text_of(entry)
        return Decimal(entry) if isinstance(entry, int) else entry

    def day_or_entry(self, grid: Grid, row: int, column: int) -> CellEntry:
        """Take what a cell of a list says, where a day stays a day."""
        cell, name = self.take(grid, row, column), cell_name(row, column)
        if is_blank(cell):
            if name in self._formulas_of(grid).cells:
                shown = self._formulas_of(grid).errors.get(name, "công thức")
                self._lost.append(Loose(self._place(grid, name), shown))
            return None
        if name in self._formulas_of(grid).cells:
            self.as_values.append(self._place(grid, name))
        if isinstance(cell, dt.datetime):
            return cell.date()
        if isinstance(cell, dt.date) or type(cell) is str:
            return cell
        if isinstance(cell, float) and (value := exact(cell)) is not None:
            return value
        self.as_values.append(self._place(grid, name))
        return text_of(cell)

    def entry_of_kind(self, kind: Kind, grid: Grid, row: int, column: int) -> CellEntry:
        """Take what a cell says in a column of some kind."""
        if kind in FIGURE_KINDS:
            return self.entry(grid, row, column)
        if kind is Kind.DATE:
            return self.day_or_entry(grid, row, column)
        return self.text(grid, row, column)

    def text(self, grid: Grid, row: int, column: int) -> str:
        """Take the words of a cell, line breaks and all."""
        entry = self.entry(grid, row, column)
        return entry if isinstance(entry, str) else "" if entry is None else f"{entry:f}"

    def loose(self, found: Sequence[FoundSheet]) -> tuple[Loose, ...]:
        """What is not taken over; formulas only where the template has no table."""
        tables = {item.grid.title: item for item in found}
        loose = list(self._lost)
        for grid in self._opened.grids:
            if grid.title != MARKER_SHEET:
                loose += self._loose_of(grid, tables.get(grid.title))
        return tuple(loose)

    def _loose_of(self, grid: Grid, table: FoundSheet | None) -> list[Loose]:
        used, formulas = self._used.get(grid.title, set()), self._formulas_of(grid).cells
        loose: list[Loose] = []
        for number, row in enumerate(grid.rows, start=1):
            for index, cell in enumerate(row):
                if is_blank(cell) or (name := cell_name(number, index)) in used:
                    continue
                if name in formulas and table is not None and _is_of(table, number, index):
                    continue
                loose.append(Loose(self._place(grid, name), text_of(cell)))
        return loose

    def _formulas_of(self, grid: Grid) -> SheetFormulas:
        if grid.title not in self._formulas:
            self._formulas[grid.title] = self._opened.formulas_of(grid.title)
        return self._formulas[grid.title]

    def _place(self, grid: Grid, name: str) -> Place:
        return Place(self._opened.file, grid.title, name)


def _as_shown(share: Decimal) -> str:
    """A share as its cell shows it: "92,5%", every digit kept, that can be read in one way only."""
    whole, _, digits = f"{(100 * share).normalize():f}".partition(".")
    if len(digits) == 3:
        digits += "0"
    return f"{whole},{digits}%" if digits else f"{whole}%"


def _is_of(table: FoundSheet, row: int, column: int) -> bool:
    """Whether the template may have a formula in a cell: above its table, or in its columns."""
    return row < table.header.row or column in table.header.columns.values()
