"""Rows that only number the columns of a table: 1 2 3 4=3/2, A B 1 2, (1) (2) (3)=(2)/(1)."""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from danvan_xl.vietnamese.text import tidy

_FEWEST = 3  # cells; fewer only where they are all there is
_MANY = 8  # cells that nothing but numbers stands in by chance
_LONGEST, _SHORT = 30, 4  # letters
_MOST = 60  # columns that anybody numbers
_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_ROMAN = {"i": 1, "v": 5, "x": 10}
_MARK = r"(?:\d{1,2}|[a-zđ])"
_SIGN = r"[-+*/:x×÷]"
# 3/2, (4)=(3)/(2)*100%, c=b/a
_FORMULA = rf"[(\[]*{_MARK}[)\]]*(?:\s*{_SIGN}\s*[(\[]*(?:{_MARK}|100\s*%?)[)\]]*)+\s*%?"
_TOKEN = re.compile(
    rf"(?:cột\s*)?(?P<open>[(\[]?)\s*(?P<mark>\d{{1,2}}|[a-zđ]|[ivx]{{1,5}})\s*(?P<close>[)\].]?)"
    rf"\s*(?P<formula>=\s*{_FORMULA})?",
    re.IGNORECASE,
)
_FORMULA_ALONE = re.compile(rf"=?\s*{_FORMULA}", re.IGNORECASE)


class _Token(NamedTuple):
    """What a cell may number a column with, kind by kind; a formula numbers none.

    `is_bare` tells a plain number, which may be a figure as well.
    """

    places: tuple[tuple[str, int], ...]
    is_bare: bool = False


class NumberedColumns(NamedTuple):
    """What a header tells a row of numbers from figures by, as columns from 0.

    A bare number or letter in one of `wordy` is never data, least of all in `named`, -1 for none;
    `coded` are those of codes, which may be numbers; `width` is how many columns have a header.
    """

    named: int
    wordy: Collection[int]
    coded: Collection[int]
    width: int


def may_number(row: Sequence[object], columns: NumberedColumns) -> bool:
    """Whether a row is worth a closer look: what should be a name is as short as a number."""
    cell = row[columns.named] if 0 <= columns.named < len(row) else ""
    return 0 < len(cell) <= _SHORT if isinstance(cell, str) else cell is not None


def is_numbering_row(row: Sequence[object], columns: NumberedColumns) -> bool:
    """Whether the cells of a row say nothing but which column is which.

    Where none stands in a column for words, they must be one after another in half of the columns,
    or in many.
    """
    tokens: dict[int, _Token] = {}
    for at, cell in enumerate(row):
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            continue
        if (token := _token(cell)) is None:
            return False
        tokens[at] = token
    if len(tokens) < min(_FEWEST, columns.width) or len(tokens) < 2:
        return False
    marks = [token.places for token in tokens.values() if token.places]
    if any(at in tokens and tokens[at].places for at in columns.wordy):
        return len(marks) > 1 and _rises(marks, most=_MOST)
    is_figures = all(token.is_bare for token in tokens.values())
    if is_figures and any(at in tokens for at in columns.coded):
        return False
    return len(tokens) >= min(_MANY, columns.width / 2) and _rises(marks, most=1)


def _token(cell: object) -> _Token | None:
    """What a cell may number a column with; None for any other cell."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, float | int):  # (3) becomes -3 where it is typed
        is_place = 0 < abs(cell) <= _MOST and cell == int(cell)
        return _Token((("number", abs(int(cell))),), is_bare=cell > 0) if is_place else None
    if isinstance(cell, dt.date):  # 3/2, which Excel made a day
        return _Token(())
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return None
    text = tidy(cell)
    if match := _TOKEN.fullmatch(text):
        is_bare = text.isdecimal()
        return _Token(tuple(_places(match["mark"].casefold())), is_bare)
    return _Token(()) if _FORMULA_ALONE.fullmatch(text) else None


def _places(mark: str) -> Iterator[tuple[str, int]]:
    """The places a mark may stand for, by its kind: "c" the third letter, "v" the fifth numeral."""
    if mark.isdecimal():
        yield "number", int(mark)
        return
    if len(mark) == 1:
        yield "letter", _LETTERS.index(mark) + 1
    if set(mark) <= _ROMAN.keys():
        values = [_ROMAN[letter] for letter in mark]
        following = (*values[1:], 0)
        signed = (
            -value if value < after else value
            for value, after in zip(values, following, strict=True)
        )
        yield "roman", sum(signed)


def _rises(marks: Sequence[Sequence[tuple[str, int]]], most: int) -> bool:
    """Whether each mark comes after the one before it, or begins anew with 1 or A.

    `most` is how far apart two may be. A letter does not come after a number.
    """
    reached: set[tuple[str, int]] = set()
    for number, places in enumerate(marks):
        is_first = number == 0
        reached = {
            place
            for place in places
            if (is_first and (place[1] == 1 or most > 1))
            or any(_follows(place, before, most) for before in reached)
        }
        if not reached:
            return False
    return True


def _follows(place: tuple[str, int], before: tuple[str, int], most: int) -> bool:
    (kind, number), (earlier_kind, earlier) = place, before
    if kind == earlier_kind:
        step = most + 1 if kind == "letter" else most  # đ may be left out
        return 0 < number - earlier <= step or (number == 1 and earlier > 1)
    return number == 1 and earlier_kind != "number"
