"""Month columns that are not headed T1 … T12: by a day of the month, or by its bare number."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from danvan_xl.files.grid import Cell
from danvan_xl.schema.columns import Sheet
from danvan_xl.vietnamese.days import parse_day
from danvan_xl.vietnamese.periods import YEAR_END
from danvan_xl.vietnamese.text import bare_key, tidy

FEWEST_NUMBERS = 3  # in a row; fewer may be anything
_MONTH_AND_YEAR = re.compile(r"(?P<month>0?[1-9]|1[0-2])\s*[/.-]\s*(?P<year>20\d\d)")
_NUMBER = re.compile(r"0?[1-9]|1[0-2]")
_MONTH_WORD = re.compile(r"\bthang\b")


def months_by_date(sheet: Sheet, row: Sequence[Cell]) -> dict[str, tuple[int, int]]:
    """The columns (0-based) headed by a day, or as 3/2026, and its year, by name of the month.

    Two days of one month are no month columns.
    """
    days = {index: day for index, cell in enumerate(row) if (day := _day_of(cell)) is not None}
    times = Counter((day.year, day.month) for day in days.values())
    return {
        sheet.one_of[day.month - 1]: (index, day.year)
        for index, day in days.items()
        if times[day.year, day.month] == 1 and day.month <= len(sheet.one_of)
    }


def months_by_number(
    sheet: Sheet, row: Sequence[Cell], above: Sequence[Sequence[Cell]]
) -> dict[str, int]:
    """The columns headed 1 to 12, or fewer under the word "tháng", by name of the month."""
    numbers = numbers_in(row)
    if not numbers or (len(numbers) < YEAR_END and not _under_months(numbers, above)):
        return {}
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


def _day_of(cell: Cell) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if not isinstance(cell, str) or not cell[:1].isdigit():
        return None
    if match := _MONTH_AND_YEAR.fullmatch(tidy(cell)):
        return dt.date(int(match["year"]), int(match["month"]), 1)
    return parse_day(cell)


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
