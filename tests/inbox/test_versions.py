"""Which of several files of one unit is the newest, rule by rule."""

import datetime as dt

import pytest

from danvan_xl.inbox.versions import version_of

JULY_4, JULY_5 = dt.date(2026, 7, 4), dt.date(2026, 7, 5)
MORNING, EVENING = dt.datetime(2026, 7, 5, 8), dt.datetime(2026, 7, 5, 20)


def workbook(day, order="", *, is_file=True):
    return version_of(day, None, 0, (order,), is_file=is_file)


def sending(moment, sequence=1, order=""):
    return version_of(None, moment, sequence, (order,))


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        # The day goes before all else; no day before any.
        (workbook(JULY_4, "b"), workbook(JULY_5, "a")),
        (workbook(None, "b"), workbook(JULY_4, "a")),
        (workbook(JULY_4), workbook(JULY_5, is_file=False)),
        (sending(dt.datetime(2026, 7, 4, 23)), workbook(JULY_5)),
        (sending(dt.datetime(2026, 7, 4, 23), 9), sending(MORNING, 1)),
        # Of one day: a sending, then a file, then a sheet in the superior's own workbook.
        (workbook(JULY_5, "b"), sending(MORNING, order="a")),
        (workbook(JULY_5, "b", is_file=False), workbook(JULY_5, "a")),
        (workbook(None, "b", is_file=False), workbook(None, "a")),
        # Of the sendings of one day: by the clock, then by their number, then by their names.
        (sending(MORNING, 2, "b"), sending(EVENING, 1, "a")),
        (sending(MORNING, 1, "b"), sending(MORNING, 2, "a")),
        (sending(MORNING, 1, "a"), sending(MORNING, 1, "b")),
        (workbook(JULY_5, "a"), workbook(JULY_5, "b")),
    ],
)
def test_the_newest_of_two_is_the_greatest(older, newer):
    assert older < newer
    assert max(newer, older) == newer
