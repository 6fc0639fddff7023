"""Reporting periods: their names, and the month up to which figures accumulate."""

import calendar
import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from danvan_xl.vietnamese.text import bare_key, match_key, tidy

YEAR_END = 12
_CLOSING_DAY = 14
_QUARTERS = ("I", "II", "III", "IV")


class Period(NamedTuple):
    """A reporting period of one year; figures count from January to `month` (1 to 12)."""

    label: str
    month: int

    @property
    def is_year_end(self) -> bool:
        """Whether the whole year is covered, so that a target is reached or not."""
        return self.month == YEAR_END

    @property
    def slug(self) -> str:
        """The period as a part of a file name: T06, Q2, 6T, CN (cả năm)."""
        if self.label.startswith("Tháng"):
            return f"T{self.month:02d}"
        if self.label.startswith("Quý"):
            return f"Q{self.month // 3}"
        return "CN" if self.is_year_end else f"{self.month}T"


class Calendar(NamedTuple):
    """The year figures belong to, the last month that counts, and when its months close."""

    year: int
    month: int
    on_14th: bool = False

    def month_of(self, day: dt.date) -> int:
        """The month (1 to 12) a day's figures go to; less before the year, more after it.

        Figures close at the month's end or on the 14th (NĐ 09/2019/NĐ-CP).
        """
        month = (day.year - self.year) * YEAR_END + day.month
        return month + 1 if self.on_14th and day.day > _CLOSING_DAY else month

    @property
    def first_day(self) -> dt.date:
        """The first day of the year's figures: 1 January, or 15 December before it."""
        if self.on_14th:
            return dt.date(self.year - 1, YEAR_END, _CLOSING_DAY + 1)
        return dt.date(self.year, 1, 1)

    @property
    def last_day(self) -> dt.date:
        """The day on which the figures of the last month that counts close."""
        return last_day(self.year, self.month, on_14th=self.on_14th)


def last_day(year: int, month: int, *, on_14th: bool = False) -> dt.date:
    """The day on which a month's figures close: its last, or the 14th (NĐ 09/2019/NĐ-CP)."""
    day = _CLOSING_DAY if on_14th else calendar.monthrange(year, month)[1]
    return dt.date(year, month, day)


def month_period(month: int) -> Period:
    """The period "Tháng N"."""
    return Period(f"Tháng {month}", month)


PERIODS: tuple[Period, ...] = (
    *(month_period(month) for month in range(1, YEAR_END + 1)),
    *(Period(f"Quý {name}", 3 * number) for number, name in enumerate(_QUARTERS, start=1)),
    Period("6 tháng", 6),
    Period("9 tháng", 9),
    Period("Năm", YEAR_END),
)
BY_SLUG = {period.slug: period for period in PERIODS}
_BY_KEY = {match_key(period.label): period for period in PERIODS}
_BY_BARE_KEY = {bare_key(period.label): period for period in PERIODS}
_MONTH = re.compile(r"(?:t|tháng)?\s*0?(\d{1,2})(?:\s*/\s*\d{4})?")
_QUARTER = re.compile(r"quý\s*([1-4])")
_MONTHS = re.compile(r"(6|9|sáu|chín) tháng(?: đầu năm)?")


@lru_cache(maxsize=256)
def parse_period(text: str) -> Period | None:
    """The period meant by "Tháng 6", "T6", "6", "Quý 2", "cả năm"; None if unclear."""
    known = _BY_KEY.get(match_key(text)) or _BY_BARE_KEY.get(bare_key(text))
    if known is not None:
        return known
    plain = tidy(text).casefold()
    if plain in ("cả năm", "năm nay") or re.fullmatch(r"năm \d{4}", plain):
        return PERIODS[-1]
    if match := _QUARTER.fullmatch(plain):
        return PERIODS[YEAR_END + int(match[1]) - 1]
    if match := _MONTHS.fullmatch(plain):
        return _BY_KEY[match_key("6 tháng" if match[1] in ("6", "sáu") else "9 tháng")]
    if (match := _MONTH.fullmatch(plain)) and 1 <= int(match[1]) <= YEAR_END:
        return month_period(int(match[1]))
    return None
