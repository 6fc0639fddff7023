"""The rhythm of a unit: what is asked of it, and what happens too rarely to be asked about."""

import pytest

from danvan_xl.reading.figure import NO_FIGURE, Figure
from danvan_xl.rollup.rhythm import Rhythm, filled_months, is_regular, rhythm_of
from danvan_xl.vietnamese.numbers import State


def flows(**months: str) -> dict[str, tuple[int, ...]]:
    """Return flows from texts: "1-3 6" are figures of T1, T2, T3 and T6."""
    return {key: tuple(_months(text)) for key, text in months.items()}


def _months(text: str):
    for part in text.split():
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ("1-3", True),
        ("1-2", False),  # two figures happen once or twice a year
        ("4 6 7", True),  # three of four
        ("1 3 5", False),  # three of five
        ("1 3 4", True),
        ("1 2 4 6", True),  # four of six: just two thirds
        ("1 2 5 6 7 11", False),
    ],
)
def test_a_flow_is_regular_that_fills_two_thirds_of_the_time_it_runs(months, expected):
    assert is_regular(flows(k=months)["k"]) is expected


@pytest.mark.parametrize(
    ("found", "month", "expected"),
    [
        # Half of the regular flows end before the period's month.
        ({"a": "1-3"}, 6, Rhythm(3, {"a": 3})),
        ({"a": "1-3", "b": "1-6"}, 6, Rhythm(3, {"a": 3})),
        ({"a": "1-3", "b": "1-6", "c": "1-6"}, 6, Rhythm(0, {"a": 3})),  # one stopped
        ({"a": "1-5", "b": "1-6", "c": "1-6"}, 6, Rhythm()),  # one month is no stop
        ({"a": "1-6", "b": "1-6"}, 6, Rhythm()),
        # The last month of most of them; of as many the later.
        ({"a": "1-3", "b": "1-4", "c": "1-4"}, 6, Rhythm(4, {"a": 3, "b": 4, "c": 4})),
        ({"a": "1-3", "b": "1-4"}, 6, Rhythm(4, {"a": 3, "b": 4})),
        # A flow that is not regular is never asked about.
        ({"a": "1-6", "b": "2"}, 6, Rhythm()),
        ({"a": "2", "b": "4"}, 6, Rhythm()),
        ({"a": "1-3", "b": "2"}, 6, Rhythm(3, {"a": 3})),
        # With a gap it may pause once more.
        ({"a": "1 2 4", "b": "1-6", "c": "1-6"}, 6, Rhythm()),
        # While nothing is regular, up to T3, none of the period's month is one too few.
        ({"a": "1", "b": "1"}, 2, Rhythm(1, {"a": 1, "b": 1})),
        ({"a": "1", "b": "1-2"}, 2, Rhythm()),
        ({"a": "1-2"}, 3, Rhythm(2, {"a": 2})),
        ({"a": "1-2"}, 4, Rhythm()),
        ({"a": "7"}, 8, Rhythm()),
        ({"a": ""}, 2, Rhythm()),
        ({}, 2, Rhythm()),
    ],
)
def test_where_the_flows_of_a_unit_end(found, month, expected):
    assert rhythm_of(flows(**found), month) == expected


@pytest.mark.parametrize(
    ("found", "month", "says_quarter", "expected"),
    [
        ({"a": "3 6", "b": "3 6"}, 6, False, Rhythm()),
        ({"a": "3 6", "b": "6"}, 8, False, Rhythm()),  # judged at quarter ends
        ({"a": "3 6 9", "b": "3"}, 11, False, Rhythm()),
        ({"a": "3 6 9", "b": "3 6 9"}, 12, False, Rhythm(9, {"a": 9, "b": 9})),
        ({"a": "3 6 9", "b": "3 6 9 12"}, 12, False, Rhythm(9, {"a": 9})),
        ({"a": "3 6 9", "b": "3 6 9 12", "c": "3 6 9 12"}, 12, False, Rhythm()),
        ({"a": "3"}, 6, False, Rhythm()),  # it may be what happens once a year
        ({"a": "3", "b": "3"}, 6, True, Rhythm(3, {"a": 3, "b": 3})),
        ({"a": "2", "b": "3"}, 5, True, Rhythm()),
        ({"a": "2", "b": "5"}, 6, True, Rhythm()),
        ({"a": "1-6"}, 6, True, Rhythm()),  # it says quarter, and fills every month
        ({"a": "1-4"}, 6, True, Rhythm(4, {"a": 4})),
    ],
)
def test_who_reports_by_quarters_is_judged_at_their_ends(found, month, says_quarter, expected):
    rhythm = rhythm_of(flows(**found), month, by_quarter=says_quarter)

    assert rhythm == expected._replace(by_quarter=rhythm.by_quarter)
    assert rhythm.by_quarter is ("1-" not in str(found))


def test_0_and_kps_are_figures_a_blank_is_none_and_kad_says_that_no_more_comes():
    states = (State.NUMBER, State.NONE_OCCURRED, State.BLANK, State.NOT_APPLICABLE)
    months = [NO_FIGURE._replace(state=state) for state in states]

    assert filled_months([*months, Figure(None, State.UNREADABLE)], 12) == (1, 2, 4, 5)
    assert filled_months(months, 1) == (1,)
    assert filled_months(months[2:], 12) == ()
