"""Days as people type them: 05/7/2026, 5-7-2026, ngày 5 tháng 7 năm 2026, 2026-07-05."""

import datetime as dt
import re

from danvan_xl.vietnamese.text import tidy

_DAY = re.compile(
    r"(?:ngày )?(?P<day>\d{1,2})(?:[/.-]| tháng )(?P<month>\d{1,2})(?:[/.-]| năm )(?P<year>\d{4})"
    r"|(?P<iso_year>\d{4})-(?P<iso_month>\d{1,2})-(?P<iso_day>\d{1,2})",
    re.IGNORECASE,
)


def parse_day(text: str) -> dt.date | None:
    """The day a text says, None when it says none."""
    match = _DAY.fullmatch(tidy(text))
    if match is None:
        return None
    numbers = {
        name.removeprefix("iso_"): int(said) for name, said in match.groupdict("").items() if said
    }
    try:
        return dt.date(**numbers)
    except ValueError:
        return None
