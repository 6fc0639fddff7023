"""What a workbook says on its hidden sheet of the indicators the office above has given."""

from collections.abc import Sequence

from danvan_xl.files.grid import Cell, Grid
from danvan_xl.reading.headers import text_of
from danvan_xl.reading.known_rows import KnownRow, KnownRows
from danvan_xl.schema.sheets import GIVEN_HEADING, ISSUED_HEADINGS, MARKER_SHEET
from danvan_xl.vietnamese.text import match_key


def given_codes(grids: Sequence[Grid]) -> frozenset[str] | None:
    """The match keys of the codes that were given; None where the workbook does not tell."""
    column = _column(grids, GIVEN_HEADING)
    return None if column is None else frozenset(match_key(code) for code in column if code)


def issued_rows(grids: Sequence[Grid]) -> KnownRows:
    """The indicators under the names they were given by, also those no longer given."""
    codes, names = (_column(grids, heading) for heading in ISSUED_HEADINGS)
    pairs = zip(codes or (), names or (), strict=False)
    return KnownRows(tuple(KnownRow(code, name) for code, name in pairs if code and name))


def _column(grids: Sequence[Grid], heading: str) -> list[str] | None:
    """What stands below a heading of the hidden sheet; None without it."""
    for grid in grids:
        if grid.title != MARKER_SHEET or not grid.rows:
            continue
        heads = [text_of(cell) for cell in grid.rows[0]]
        if heading in heads:
            at = heads.index(heading)
            return [text_of(_cell(row, at)) for row in grid.rows[1:]]
    return None


def _cell(row: Sequence[Cell], at: int) -> Cell:
    return row[at] if at < len(row) else None
