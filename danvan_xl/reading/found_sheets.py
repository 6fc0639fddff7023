"""Which sheets of a workbook hold what: found by their header rows, wherever these stand."""

from collections.abc import Sequence
from typing import NamedTuple

from danvan_xl.files.grid import HEAD_ROWS, Cell, Grid
from danvan_xl.reading.headers import (
    Header,
    find_header,
    find_likely_header,
    find_loose_header,
    text_of,
)
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.sheets import (
    ASSIGNMENT,
    INPUT_SHEETS,
    MARKER_SHEET,
    MONTH_NAMES,
    REGISTERS,
    SHEETS,
    TARGETS,
)
from danvan_xl.vietnamese.text import bare_key, match_key

_CODE_LABEL = match_key(INFO["unit_code"].header)
_FAR_DOWN = 300
_BY_TAB = {bare_key(sheet.title): sheet for sheet in INPUT_SHEETS}


class FoundSheet(NamedTuple):
    """A grid with the header that tells which sheet it is."""

    grid: Grid
    header: Header


def find_sheets(grids: tuple[Grid, ...]) -> list[FoundSheet]:
    """The sheets with a header; far down as well when no sheet of targets has one on top.

    A sheet of targets is also known by a header of several rows, or without marks.
    """
    for rows in (HEAD_ROWS, _FAR_DOWN):
        found = [
            FoundSheet(grid, header)
            for grid in grids
            if grid.title != MARKER_SHEET
            and (header := find_header(grid, SHEETS, rows) or _by_tab_or_most(grid, rows))
        ]
        if sheets_of(found, TARGETS.name):
            break
    known = {item.grid.title for item in found} | {MARKER_SHEET}
    others = _loosely_headed([grid for grid in grids if grid.title not in known])
    return _fuller_tables(found + others)


def _fuller_tables(found: list[FoundSheet]) -> list[FoundSheet]:
    """The sheets without tables of a few months beside one of the same unit that begins with T1.

    What stands there was worked out from the other, or belongs to something else. No sheet gives
    way to a hidden one that is not hidden itself.
    """
    tables = sheets_of(found, TARGETS.name)
    if len(tables) < 2:
        return found
    codes = [match_key(titled_code(item) or "") for item in tables]
    full = {
        (code, item.grid.hidden)
        for code, item in zip(codes, tables, strict=True)
        if _begins_the_year(item.header)
    }
    lesser = [
        item
        for code, item in zip(codes, tables, strict=True)
        if not _begins_the_year(item.header)
        and ((code, False) in full or (code, item.grid.hidden) in full)
    ]
    return [item for item in found if not any(item is other for other in lesser)]


def _begins_the_year(header: Header) -> bool:
    first = MONTH_NAMES[0]
    others = {*(month.name for month in header.dated), *header.numbered}
    return first in header.columns and first not in others


def _loosely_headed(grids: Sequence[Grid]) -> list[FoundSheet]:
    """Sheets whose header is not as in the form: as the tab says, or of targets."""
    sheets = ((grid, _BY_TAB.get(bare_key(grid.title), TARGETS)) for grid in grids)
    return [
        FoundSheet(grid, header)
        for grid, sheet in sheets
        if (header := find_loose_header(grid, sheet)) is not None
    ]


def _by_tab_or_most(grid: Grid, rows: int) -> Header | None:
    """The header of a sheet that lacks a column it should be known by."""
    if bare_key(grid.title) == bare_key(ASSIGNMENT.title):
        return find_likely_header(grid, {ASSIGNMENT: 2}, rows)
    return _register_header(grid, rows)


def _register_header(grid: Grid, rows: int) -> Header | None:
    """The header of a register that lacks a column it should be known by.

    It is known by its tab and two of its headers, or by most of its headers.
    """
    title = match_key(grid.title)
    needed = {
        register.sheet: 2
        if title == match_key(register.title)
        else max(4, round(len(register.sheet.columns) * 0.7))
        for register in REGISTERS
    }
    return find_likely_header(grid, needed, rows)


def titled_cell(item: FoundSheet) -> Cell:
    """The cell with the code the title block names, "" when it names none, None without label.

    None as well where the code is a formula that nobody worked out.
    """
    for number, row in enumerate(item.grid.rows[: item.header.row - 1]):
        for index, cell in enumerate(row):
            label, _, behind = cell.partition(":") if isinstance(cell, str) else ("", "", "")
            if label and match_key(label) == _CODE_LABEL:
                beside = (behind, *row[index + 1 :])
                is_lost = any((number, at) in item.grid.uncomputed for at in range(index, len(row)))
                return next((cell for cell in beside if text_of(cell)), None if is_lost else "")
    return None


def titled_code(item: FoundSheet) -> str | None:
    """The same as text."""
    cell = titled_cell(item)
    return None if cell is None else text_of(cell)


def assignment_sheets(found: Sequence[FoundSheet]) -> list[FoundSheet]:
    """The sheets Giao chỉ tiêu, a hidden one behind those that are seen: the first counts."""
    return sorted(sheets_of(found, ASSIGNMENT.name), key=lambda item: item.grid.hidden)


def sheets_of(found: Sequence[FoundSheet], name: str) -> list[FoundSheet]:
    """Those of the sheets that are of one declared kind."""
    return [item for item in found if item.header.sheet.name == name]
