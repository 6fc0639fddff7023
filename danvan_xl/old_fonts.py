"""Sheets typed in the fonts of before Unicode, read as if they had been typed in Unicode."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from danvan_xl.grid import HEAD_ROWS, Cell, Grid
from danvan_xl.legacy_fonts import Font, font_of, to_unicode, usual_font

Rows = Sequence[Sequence[Cell]]


class Decoded(NamedTuple):
    """A sheet in Unicode; `font` is the one most of it was typed in, None where nothing changed.

    `changed` is how many cells were changed.
    """

    grid: Grid
    font: Font | None = None
    changed: int = 0


def decoded_by_head(grid: Grid) -> Decoded:
    """Return a sheet in Unicode if its first rows show an old font; the rest is not looked at."""
    head = grid.rows[:HEAD_ROWS]
    return decoded(grid) if any(map(font_of, _texts(head))) else Decoded(grid)


def decoded(grid: Grid) -> Decoded:
    """Return a sheet in Unicode, every cell of it."""
    font = usual_font(_texts(grid.rows))
    if font is None:
        return Decoded(grid)
    rows = [[_in_unicode(cell, font) for cell in row] for row in grid.rows]
    pairs = zip(_texts(grid.rows), _texts(rows), strict=True)
    return Decoded(grid._replace(rows=rows), font, sum(old != new for old, new in pairs))


def _texts(rows: Rows) -> Iterator[str]:
    """Yield the texts that are not plain ASCII."""
    return (cell for row in rows for cell in row if isinstance(cell, str) and not cell.isascii())


def _in_unicode(cell: Cell, font: Font) -> Cell:
    return to_unicode(cell, font) if isinstance(cell, str) else cell
