"""How an inbox is laid out: `<năm>/<kỳ>/<mã>/…`, and a folder for what nobody could place."""

from typing import NamedTuple

from danvan_xl.files.names import safe_name
from danvan_xl.vietnamese.periods import BY_SLUG, Period

UNPLACED = "chưa rõ"
REASONS_NAME = "ly-do.txt"
_DEPTH = 4  # year, period, unit, file


class Filed(NamedTuple):
    """The year and the month (1 to 12) a file was filed under."""

    year: int
    month: int


def folder_of(year: int, period: Period, code: str) -> str:
    """The folder for the files of a unit, relative to the inbox, in posix form."""
    return f"{year}/{period.slug}/{safe_name(code)}"


def filed_under(name: str) -> Filed | None:
    """What a file's place in the inbox says; None for one that merely lies there."""
    parts = name.split("/")
    if len(parts) < _DEPTH or not (parts[0].isdecimal() and len(parts[0]) == 4):
        return None
    period = BY_SLUG.get(parts[1])
    return Filed(int(parts[0]), period.month) if period else None


def is_unplaced(name: str) -> bool:
    """Whether a file lies among those nobody could place."""
    return name.partition("/")[0] == UNPLACED
