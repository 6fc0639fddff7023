"""A workbook open in a spreadsheet program as the core knows it: neutral grids, read in blocks."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from danvan_xl.excel.areas import is_output
from danvan_xl.excel.host import formula_positions
from danvan_xl.excel.live_looks import live_looks
from danvan_xl.files.cells_xml import NO_FORMULAS, PLAIN_LOOKS, SheetFormulas, SheetLooks
from danvan_xl.files.grid import Cell, Grid, cell_name
from danvan_xl.files.opening import OpenedBook
from danvan_xl.reading.manifests import content_hash

# Error values, as Excel prints them.
_ERRORS = frozenset(
    ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!")
)
_BLANKS = frozenset((None, *_ERRORS))


class _Read(NamedTuple):
    """A sheet as it was read: its cells from A1 on, and what they hold."""

    sheet: Any
    cells: Any
    values: Sequence[Sequence[Cell]]

    @property
    def grid(self) -> Grid:
        """The neutral grid; an error value is a blank, as in a closed file."""
        rows = [["" if cell in _BLANKS else cell for cell in row] for row in self.values]
        return Grid(self.sheet.name, rows, hidden=not self.sheet.visible)


def read_live(book: Any) -> OpenedBook:
    """An open workbook, saved or not; sheets the program has written are left out.

    Its SHA-256 is that of what its cells say, since there may be no file.
    """
    read = [_read(sheet) for sheet in book.sheets if not is_output(sheet)]
    grids = tuple(item.grid for item in read)
    by_title = {item.sheet.name: item for item in read}

    def formulas_of(title: str) -> SheetFormulas:
        found = by_title.get(title)
        return NO_FORMULAS if found is None else _formulas(found)

    def looks_of(title: str) -> SheetLooks:
        found = by_title.get(title)
        return PLAIN_LOOKS if found is None else live_looks(found.cells, found.values)

    digest = content_hash(grids, "")
    return OpenedBook(book.name, digest, grids, formulas_of, looks_of=looks_of)


def folder_of_book(book: Any) -> Path | None:
    """The folder an open workbook lies in; None when it was never saved, or lies online."""
    try:
        path = Path(book.fullname)
    except Exception:  # noqa: BLE001 - xlwings raises one of its own where OneDrive has no folder
        return None
    return path.parent if path.is_absolute() and path.exists() else None


def whole(sheet: Any) -> Any:
    """The cells of a sheet from A1 to the last one in use: row numbers stay true."""
    return sheet.range((1, 1), sheet.used_range.last_cell)


def _read(sheet: Any) -> _Read:
    cells = whole(sheet)
    return _Read(sheet, cells, cells.options(ndim=2, err_to_str=True).value)


def _formulas(read: _Read) -> SheetFormulas:
    """The cells that hold formulas, and those that show errors."""
    formulas = frozenset(
        cell_name(row + 1, column) for row, column in formula_positions(read.cells)
    )
    errors = {
        cell_name(row, column): str(value)
        for row, line in enumerate(read.values, start=1)
        for column, value in enumerate(line)
        if value in _ERRORS
    }
    return SheetFormulas(formulas, frozenset(), errors, is_known=True)
