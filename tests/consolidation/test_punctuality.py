"""How many periods of the year each unit reported, and how many of them in time."""

import datetime as dt

import pytest

from danvan_xl.consolidation.punctuality import Punctuality, punctuality_of
from danvan_xl.inbox.journal import JournalEntry
from danvan_xl.reading.records import Book, Info, Unit
from danvan_xl.rollup.tally import Scope
from danvan_xl.vietnamese.periods import parse_period

JUNE = Scope({}, 6, 2026, "Tháng 6", dt.date(2026, 6, 30))
UNITS = (
    Unit("A.1", "Thôn 1", 2),
    Unit("A.2", "Thôn 2", 3),
    Unit("A.3", "Thôn mới", 4, since=dt.date(2026, 6, 1)),
)


def entry(code: str, slug: str, day: dt.date | None, **more) -> JournalEntry:
    """Return what the journal says of one file."""
    path = f"2026/{slug}/{code}/{len(more)}.xlsx"
    return JournalEntry(path, "", path, code, "", 2026, slug, arrived_on=day, **more)


def counted(*entries: JournalEntry, deadline: dt.date | None = dt.date(2026, 7, 5)):
    """Return what is found of each unit; reports are due five days after a month has closed."""
    info = Info("A", "Xã A", year=2026, period=parse_period("Tháng 6"), deadline=deadline)
    return punctuality_of(Book("xa.xlsx", "", info, UNITS), JUNE, entries)


def test_each_period_has_its_deadline_as_long_after_its_close():
    found = counted(
        entry("A.1", "T05", dt.date(2026, 6, 5)),
        entry("a.1", "T06", dt.date(2026, 7, 6)),
        entry("A.2", "T06", None),
        entry("A.3", "T06", dt.date(2026, 7, 5)),
    )

    assert found == {
        "a.1": Punctuality(2, 2, 1),
        "a.2": Punctuality(2, 1, 1),  # a day that is not known is not called late
        "a.3": Punctuality(1, 1, 1),  # there was no such unit in May
    }


@pytest.mark.parametrize("more", [{"is_empty": True}, {"is_refused": True}, {"sent_for": 2027}])
def test_what_holds_nothing_or_is_refused_is_no_report(more):
    found = counted(
        entry("A.1", "T06", dt.date(2026, 7, 1), **more), entry("A.2", "T06", dt.date(2026, 7, 1))
    )

    assert found["a.1"] == Punctuality(1, 0, 0)
    assert found["a.2"] == Punctuality(1, 1, 1)


def test_of_several_reports_the_first_tells():
    late = entry("A.1", "T06", dt.date(2026, 8, 1))

    assert counted(late, entry("A.1", "T06", dt.date(2026, 7, 1)))["a.1"].on_time == 1


def test_without_a_deadline_nothing_is_said_of_time_and_without_a_journal_nothing_at_all():
    assert counted(entry("A.1", "T06", None), deadline=None)["a.1"] == Punctuality(1, 1, None)
    assert counted() == {}
