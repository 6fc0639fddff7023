"""Month columns that are not headed T1 … T12: by a day of the month, or by its bare number."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from danvan_xl.files.grid import Cell, is_blank
from danvan_xl.schema.columns import Sheet
from danvan_xl.vietnamese.days import parse_day
from danvan_xl.vietnamese.periods import YEAR_END
from danvan_xl.vietnamese.text import bare_key, tidy

_LONGEST, _CENTURY = 40, 2000
_FIRST_MONTH, _LAST_MONTH = 200001, 209912  # as numbers: 202601
FEWEST_NUMBERS = 3  # in a row; fewer may be anything
_MONTH, _YEAR = r"(?P<month>0?[1-9]|1[0-2])", r"(?P<year>20\d\d)"
_ENGLISH = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_ENGLISH_NAME = "|".join(("sept", *_ENGLISH, *(name[:3] for name in _ENGLISH)))
_MONTHS_OF_YEARS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s*[/.-]\s*{_YEAR}",
        rf"{_YEAR}\s*[/.-]\s*{_MONTH}",
        r"(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])",
        rf"{_MONTH}\s*/\s*'?(?P<short>[23]\d)",
        rf"(?:t|th|thg|tháng)\.?\s*{_MONTH}\s*[/.-]\s*'?(?P<short>[23]\d)",
        rf"(?:t|th|thg|tháng)\.?\s*{_MONTH}(?:[\s/(.,-]|năm)*{_YEAR}\)?",
        rf"(?P<english>{_ENGLISH_NAME})\.?(?:[\s/,.-]*(?:{_YEAR}|'?(?P<short>[23]\d)))?",
    )
)
_NUMBER = re.compile(r"0?[1-9]|1[0-2]")
_MONTH_WORD = re.compile(r"\bthang\b")


class MonthOfYear(NamedTuple):
    """A column, from 0, with the name of the month that heads it; the year is 0 where none does."""

    name: str
    column: int
    year: int


def months_by_date(sheet: Sheet, row: Sequence[Cell]) -> list[MonthOfYear]:
    """The columns headed by a day, or as 3/2026.

    Two days of one month are no month columns; only an English name says no year.
    """
    found = {index: time for index, cell in enumerate(row) if (time := _time_of(cell)) is not None}
    if sum(not year for year, _ in found.values()) == 1:  # "May" alone is a word
        found = {index: time for index, time in found.items() if time[0]}
    times = Counter(found.values())
    return [
        MonthOfYear(sheet.one_of[month - 1], index, year)
        for index, (year, month) in found.items()
        if times[year, month] == 1 and month <= len(sheet.one_of)
    ]


def months_by_number(
    sheet: Sheet, row: Sequence[Cell], above: Sequence[Sequence[Cell]]
) -> dict[str, int]:
    """The columns headed 1 to 12, or fewer under the word "tháng", by name of the month."""
    numbers = numbers_in(row)
    if not numbers or (len(numbers) < YEAR_END and not _under_months(numbers, above)):
        return {}
    headed = [cell for index, cell in enumerate(above[-1] if above else ()) if index in numbers]
    if 2 * sum(not is_blank(cell) for cell in headed) > len(numbers):
        return {}  # they number columns that have headings
    return {sheet.one_of[number - 1]: index for index, number in numbers.items()}


def numbers_in(row: Sequence[Cell]) -> Mapping[int, int]:
    """The numbers from 1 on that head one column after another, by their column; {} for none."""
    found = [(index, int(text)) for index, cell in enumerate(row) if (text := _number(cell))]
    is_run = all(
        (later[0] - earlier[0], later[1] - earlier[1]) == (1, 1)
        for earlier, later in pairwise(found)
    )
    if len(found) < FEWEST_NUMBERS or not is_run or found[0][1] != 1:
        return {}
    return dict(found)


def _time_of(cell: Cell) -> tuple[int, int] | None:
    """The year and the month that a header says; the year is 0 where it says none."""
    if isinstance(cell, dt.date):
        return cell.year, cell.month
    if isinstance(cell, float) and _FIRST_MONTH <= cell <= _LAST_MONTH:
        cell = str(int(cell))
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return None
    text = tidy(cell)
    for form in _MONTHS_OF_YEARS:
        if match := form.fullmatch(text):
            return _time_in(match.groupdict(""))
    day = parse_day(text) if text[:1].isdigit() else None
    return None if day is None else (day.year, day.month)


def _time_in(said: Mapping[str, str]) -> tuple[int, int]:
    year = int(said.get("year") or 0)
    if said.get("short"):
        year = _CENTURY + int(said["short"])
    if english := said.get("english", "").casefold():
        return year, [name[:3] for name in _ENGLISH].index(english[:3]) + 1
    return year, int(said["month"])


def _number(cell: Cell) -> str:
    if isinstance(cell, bool):
        return ""
    if isinstance(cell, float | int):
        cell = str(int(cell)) if cell == int(cell) else ""
    return cell.strip() if isinstance(cell, str) and _NUMBER.fullmatch(cell.strip()) else ""


def _under_months(numbers: Mapping[int, int], above: Sequence[Sequence[Cell]]) -> bool:
    """Whether a heading over the numbers says that they are months."""
    return any(
        index in numbers and isinstance(cell, str) and _MONTH_WORD.search(bare_key(cell, " "))
        for row in above[-2:]
        for index, cell in enumerate(row)
    )
