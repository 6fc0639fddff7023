"""Days as people type them: 05/7/2026, 5.7.26, ngày 5 tháng 7 năm 2026, 5/7/2026 08:00."""

import datetime as dt
import re

from danvan_xl.vietnamese.text import tidy

_CLOCK = r"\d{1,2}(?:\s?(?:h|giờ|g)\s?(?:\d{1,2}(?:\s?(?:phút|p|'))?)?|:\d{2}(?::\d{2}(?:\.\d+)?)?)"
_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|t[2-7]|cn)"
_PART_OF_DAY = r"(?:sáng|trưa|chiều|tối)"
_BEFORE = rf"(?:(?:lúc )?{_CLOCK}|{_PART_OF_DAY}|{_WEEKDAY})"
_AFTER = rf"(?:(?:lúc )?{_CLOCK}|\(?{_PART_OF_DAY}\)?|z)"
# A year of two digits is of this century, but for those that are still remembered of the last.
_FIRST_OF_LAST_CENTURY = 70
_DAY = re.compile(
    rf"'?(?:{_BEFORE}[ ,;]+)*(?:ngày )?(?:"
    r"(?P<day>\d{1,2})(?:[/.-]| tháng )(?P<month>\d{1,2})(?:[/.-]| năm )(?P<year>\d{4}|\d{2})"
    r"|(?P<iso_year>\d{4})[-/.](?P<iso_month>\d{1,2})[-/.](?P<iso_day>\d{1,2})"
    rf")(?:[ ,;t]+{_AFTER})*",
    re.IGNORECASE,
)
_SPACES_AROUND_MARK = re.compile(r"(?<=\d) ?([/.-]) ?(?=\d)")


def parse_day(text: str) -> dt.date | None:
    """The day a text says, None when it says none."""
    match = _DAY.fullmatch(_SPACES_AROUND_MARK.sub(r"\1", tidy(text).rstrip(" .,;")))
    if match is None:
        return None
    numbers = {
        name.removeprefix("iso_"): int(said) for name, said in match.groupdict("").items() if said
    }
    if len(match["year"] or "") == 2:
        numbers["year"] += 1900 if numbers["year"] >= _FIRST_OF_LAST_CENTURY else 2000
    try:
        return dt.date(**numbers)
    except ValueError:
        return None
