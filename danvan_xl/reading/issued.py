"""What the office above wrote on the hidden sheet: to whom it gave the workbook, and what."""

from collections.abc import Sequence
from typing import NamedTuple

from danvan_xl.files.grid import Cell, Grid
from danvan_xl.reading.headers import text_of
from danvan_xl.reading.known_rows import KnownRow, KnownRows
from danvan_xl.schema.sheets import (
    GIVEN_HEADING,
    ISSUED_HEADINGS,
    ISSUED_LABEL,
    ISSUED_ROW,
    MARKER_SHEET,
)
from danvan_xl.vietnamese.text import match_key


class Issued(NamedTuple):
    """The unit a workbook was given out to, and for which year (None: not said)."""

    code: str
    name: str
    year: int | None = None


def read_issued(grids: Sequence[Grid]) -> Issued | None:
    """Whom a workbook was given out to; None for one that no office gave out."""
    for grid in grids:
        if grid.title != MARKER_SHEET or len(grid.rows) < ISSUED_ROW:
            continue
        label, *said = (text_of(cell) for cell in grid.rows[ISSUED_ROW - 1][:4])
        code, name, year = (*said, "", "", "")[:3]
        if label == ISSUED_LABEL and code:
            return Issued(code, name, int(year) if year.isdecimal() else None)
    return None


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
