"""Sheets typed in the fonts of before Unicode, read as if they had been typed in Unicode."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from danvan_xl.grid import HEAD_ROWS, Cell, Grid
from danvan_xl.legacy_fonts import Font, doubtful_lines, font_of, habit_of

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
    return decoded(grid) if _is_old(grid.rows[:HEAD_ROWS]) else Decoded(grid)


def decoded(grid: Grid) -> Decoded:
    """Return a sheet in Unicode, every cell of it."""
    if not _is_old(grid.rows):
        return Decoded(grid)
    habit = habit_of(_texts(grid.rows))
    rows = [
        [habit.to_unicode(cell) if isinstance(cell, str) else cell for cell in row]
        for row in grid.rows
    ]
    pairs = zip(grid.rows, rows, strict=True)
    changed = sum(
        old != new for before, after in pairs for old, new in zip(before, after, strict=True)
    )
    return Decoded(grid._replace(rows=rows), habit.font, changed)


def _is_old(rows: Rows) -> bool:
    """Whether a text shows an old font; each is looked at once, as a workbook has few."""
    cells = set(chain.from_iterable(rows))
    texts = [cell for cell in cells if type(cell) is str and not cell.isascii()]
    return any(map(font_of, doubtful_lines(texts))) and any(map(font_of, texts))


def _texts(rows: Rows) -> Iterator[str]:
    """Yield the texts that are not plain ASCII."""
    return (cell for row in rows for cell in row if isinstance(cell, str) and not cell.isascii())
