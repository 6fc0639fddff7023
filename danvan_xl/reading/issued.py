"""To whom the office above gave a workbook out: the hidden sheet tells, whatever is typed since."""

from collections.abc import Sequence
from typing import NamedTuple

from danvan_xl.files.grid import Grid
from danvan_xl.reading.headers import text_of
from danvan_xl.schema.sheets import ISSUED_LABEL, ISSUED_ROW, MARKER_SHEET


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
