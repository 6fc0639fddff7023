"""Sheets typed in the fonts of before Unicode, read as if they had been typed in Unicode."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from danvan_xl.files.grid import Cell, CellRows, Grid
from danvan_xl.vietnamese.legacy_fonts import OldFont, doubtful_lines, font_habit_of, font_of


class Decoded(NamedTuple):
    """A sheet in Unicode; `font` is the one most of it was typed in, None where nothing changed.

    `changed` is how many cells were changed.
    """

    grid: Grid
    font: OldFont | None = None
    changed: int = 0


def decoded(grids: Sequence[Grid], rows: int | None = None) -> list[Decoded]:
    """Sheets in Unicode, each whole where it shows an old font; in its first `rows`, if so.

    As hardly any workbook does, all are looked at together first.
    """
    heads = [grid.rows[:rows] for grid in grids]
    if not _is_old(chain.from_iterable(heads)):
        return list(map(Decoded, grids))
    pairs = zip(grids, heads, strict=True)
    return [_decoded(grid) if _is_old(head) else Decoded(grid) for grid, head in pairs]


def _decoded(grid: Grid) -> Decoded:
    habit = font_habit_of(_texts(grid.rows))
    rows = [
        [habit.to_unicode(cell) if isinstance(cell, str) else cell for cell in row]
        for row in grid.rows
    ]
    pairs = zip(grid.rows, rows, strict=True)
    changed = sum(
        old != new for before, after in pairs for old, new in zip(before, after, strict=True)
    )
    return Decoded(grid._replace(rows=rows), habit.font, changed)


def _is_old(rows: Iterable[Sequence[Cell]]) -> bool:
    """Whether a text shows an old font; each is looked at once, as a workbook has few."""
    cells = set(chain.from_iterable(rows))
    texts = [cell for cell in cells if type(cell) is str and not cell.isascii()]
    return any(map(font_of, doubtful_lines(texts))) and any(map(font_of, texts))


def _texts(rows: CellRows) -> Iterator[str]:
    """The texts that are not plain ASCII."""
    return (cell for row in rows for cell in row if isinstance(cell, str) and not cell.isascii())
