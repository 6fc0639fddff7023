"""The neutral grid in front of the core: a closed file and a live sheet look the same."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from danvan_xl.schema.issues import Place

# A header further down than this is not looked for.
HEAD_ROWS = 25


class ShownAsPercent(float):
    """The value of a cell whose format shows it as a percentage: 0.925 is seen as 92,5 %."""

    __slots__ = ()


# What a cell may hold; "" and None are blank.
Cell = str | float | int | bool | dt.date | dt.time | dt.timedelta | None
CellRows = Sequence[Sequence[Cell]]


class Uncomputed(NamedTuple):
    """The cells of formulas in a sheet that say nothing, as row and column from 0.

    `zeros` hold a 0 that nobody worked out, `empty` an empty text.
    """

    zeros: frozenset[tuple[int, int]] = frozenset()
    empty: frozenset[tuple[int, int]] = frozenset()

    @property
    def blanks(self) -> frozenset[tuple[int, int]]:
        """All of them: they are read as blank."""
        return self.zeros | self.empty


ALL_COMPUTED = Uncomputed()


class Grid(NamedTuple):
    """One sheet: `rows[0]` is Excel's row 1 and `rows[0][0]` its cell A1; rows may be ragged.

    `file` and `unit_name` are given by who reads the workbook. `uncomputed` are the cells of
    formulas, by row and column from 0, whose result nobody knows: they are blank.
    """

    title: str
    rows: Sequence[Sequence[Cell]]
    hidden: bool = False
    file: str = ""
    unit_name: str = ""
    uncomputed: frozenset[tuple[int, int]] = frozenset()

    def within(self, book: Place) -> "Grid":
        """The same sheet as one of a workbook, and of a unit."""
        return self._replace(file=book.file, unit_name=book.unit_name)

    def place(self, cell: str = "") -> Place:
        """The place of one of its cells; of the sheet itself for ""."""
        return Place(self.file, self.title, cell, self.unit_name)


def column_letter(index: int) -> str:
    """The letters Excel shows for a 0-based column index (0 → A, 26 → AA)."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The 0-based index of the column with these letters."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def cell_name(row: int, column: int) -> str:
    """The A1 name of a cell from its 1-based row and 0-based column."""
    return f"{column_letter(column)}{row}"


def position_of(name: str) -> tuple[int, int]:
    """The 1-based row and 0-based column of a cell from its A1 name; 0 and -1 for another text."""
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(name[len(letters) :] or 0), column - 1


def is_blank(cell: Cell) -> bool:
    """Whether a cell shows nothing: empty, or only white space."""
    return cell is None or cell == "" or (type(cell) is str and cell.isspace())
