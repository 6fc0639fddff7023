"""How regularly units have reported over the year, as the journal of received files tells."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from danvan_xl.inbox.journal import JournalEntry
from danvan_xl.reading.figure import NOTHING
from danvan_xl.reading.records import Book, Unit
from danvan_xl.rollup.tally import Scope
from danvan_xl.vietnamese.periods import last_day
from danvan_xl.vietnamese.text import match_key


class Punctuality(NamedTuple):
    """In how many of the periods so far a unit had to report, did, and did on time.

    `on_time` is None where no deadline is known.
    """

    expected: int
    submitted: int
    on_time: int | None


def punctuality_of(
    book: Book, scope: Scope, journal: Sequence[JournalEntry]
) -> Mapping[str, Punctuality]:
    """How regularly each unit has reported, by the match key of its code.

    Reporting periods are those for which any unit has sent something, and that of the scope. What
    holds no figure, or was refused, is no report. Empty without a journal.
    """
    year = scope.year
    if year is None:
        return NOTHING
    entries = [item for item in journal if item.year == year and item.of.month <= scope.month]
    if not entries:
        return NOTHING
    days: dict[tuple[str, int], list[dt.date | None]] = {}
    for item in entries:
        if not (item.is_empty or item.is_refused or item.sent_for):
            key = match_key(item.unit_code), item.of.month
            days.setdefault(key, []).append(item.handed_in_on)
    months = sorted({item.of.month for item in entries} | {scope.month})
    deadlines = {month: _deadline(book, scope, year, month) for month in months}
    return {match_key(unit.code): _of_unit(unit, deadlines, days, scope) for unit in book.units}


def _deadline(book: Book, scope: Scope, year: int, month: int) -> dt.date | None:
    """By when a month had to be reported: as long after its close as Hạn nộp is now."""
    deadline = book.info.deadline
    if deadline is None:
        return None
    stated = book.info.period.month if book.info.period else scope.month
    grace = deadline - last_day(year, stated, on_14th=scope.on_14th)
    return last_day(year, month, on_14th=scope.on_14th) + grace


def _of_unit(
    unit: Unit,
    deadlines: Mapping[int, dt.date | None],
    days: Mapping[tuple[str, int], Sequence[dt.date | None]],
    scope: Scope,
) -> Punctuality:
    key, year = match_key(unit.code), scope.year
    assert year is not None  # without a year there is nothing to look at
    due = [
        month
        for month in deadlines
        if unit.is_expected(last_day(year, month, on_14th=scope.on_14th))
    ]
    submitted = [month for month in due if (key, month) in days]
    if None in deadlines.values():
        return Punctuality(len(due), len(submitted), None)
    on_time = sum(_is_on_time(days[key, month], deadlines[month]) for month in submitted)
    return Punctuality(len(due), len(submitted), on_time)


def _is_on_time(days: Sequence[dt.date | None], deadline: dt.date | None) -> bool:
    """Whether the first report came in time; one whose day is not known is not called late."""
    return deadline is None or any(day is None or day <= deadline for day in days)
