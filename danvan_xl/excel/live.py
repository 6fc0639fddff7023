"""A workbook open in a spreadsheet program as the core knows it: neutral grids, read in blocks."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from danvan_xl.cells_xml import NO_FORMULAS, SheetFormulas
from danvan_xl.excel.areas import is_output
from danvan_xl.grid import Cell, Grid, cell_name
from danvan_xl.manifests import content_hash
from danvan_xl.openers import OpenedBook

# Error values, as Excel prints them.
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!")


def read_live(book: Any) -> OpenedBook:
    """Return an open workbook, saved or not; sheets the program has written are left out.

    Its SHA-256 is that of what its cells say, since there may be no file.
    """
    sheets = [sheet for sheet in book.sheets if not is_output(book, sheet.name)]
    grids = tuple(map(_grid, sheets))
    by_title = {sheet.name: sheet for sheet in sheets}

    def formulas_of(title: str) -> SheetFormulas:
        sheet = by_title.get(title)
        return NO_FORMULAS if sheet is None else _formulas(sheet)

    return OpenedBook(book.name, content_hash(grids, ""), grids, formulas_of)


def folder_of(book: Any) -> Path | None:
    """Return the folder an open workbook lies in; None when it was never saved, or lies online."""
    try:
        path = Path(book.fullname)
    except Exception:  # noqa: BLE001 - xlwings raises one of its own where OneDrive has no folder
        return None
    return path.parent if path.is_absolute() and path.exists() else None


def whole(sheet: Any) -> Any:
    """Return the cells of a sheet from A1 to the last one in use: row numbers stay true."""
    return sheet.range((1, 1), sheet.used_range.last_cell)


def _grid(sheet: Any) -> Grid:
    values = whole(sheet).options(ndim=2, err_to_str=True).value
    return Grid(sheet.name, [list(map(_cell, row)) for row in values], hidden=not sheet.visible)


def _cell(value: Cell) -> Cell:
    return "" if value is None or value in _ERRORS else value


def _formulas(sheet: Any) -> SheetFormulas:
    """Return the cells that hold formulas, and those that show errors."""
    cells = whole(sheet)
    texts = _as_rows(cells.formula)
    formulas = frozenset(
        cell_name(row, column)
        for row, line in enumerate(texts, start=1)
        for column, text in enumerate(line)
        if isinstance(text, str) and text.startswith("=")
    )
    errors = {
        cell_name(row, column): value
        for row, line in enumerate(cells.options(ndim=2, err_to_str=True).value, start=1)
        for column, value in enumerate(line)
        if value in _ERRORS
    }
    return SheetFormulas(formulas, frozenset(), errors, is_known=True)


def _as_rows(formulas: Any) -> Sequence[Sequence[Any]]:
    """Return formulas row by row: a single cell gives but its text."""
    return ((formulas,),) if isinstance(formulas, str) else formulas
