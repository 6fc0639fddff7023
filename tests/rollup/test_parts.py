"""What a rolled-up figure is made of: coverage, months."""

from decimal import Decimal

import pytest

from danvan_xl.reading.figure import NO_FIGURE, Figure
from danvan_xl.rollup.parts import Coverage, covered, single_month, summed_months
from danvan_xl.vietnamese.numbers import Bound, State

D = Decimal


def months(text: str) -> tuple[Figure, ...]:
    """Return months from "1 . ≥3": a dot is a blank month, ≥ an estimate."""
    return tuple(map(_month, text.split()))


def _month(text: str) -> Figure:
    if text == ".":
        return NO_FIGURE
    bound = Bound.AT_LEAST if text[0] == "≥" else Bound.EXACT
    return Figure(D(text.lstrip("≥")), State.NUMBER, bound)


def test_coverage_of_a_level_is_added_up_in_the_order_of_the_levels():
    found = covered(
        [
            Coverage("Xã", 1, 2),
            Coverage("Thôn", 5, 9),
            Coverage("Xã", 3, 3),
            Coverage("", 1, 1),
            Coverage("Thôn", 1, 1),
        ]
    )

    assert found == (Coverage("Xã", 4, 5), Coverage("Thôn", 6, 10), Coverage("đơn vị", 1, 1))
    assert covered([]) == ()


@pytest.mark.parametrize(
    ("rows", "taken_off", "month", "sums"),
    [
        (("1 2 3", "4 . 6"), 0, 3, "5 2 9"),
        (("1 2 3", "4 . 6"), 0, 2, "5 2"),
        (("1", "4 . 6"), 0, 3, "5 . 6"),  # a row may end early
        ((". .", ". ."), 0, 2, ". ."),
        (("0 .",), 0, 2, "0 ."),
        (("1 ≥2", "4 1"), 0, 2, "5 ≥3"),
        # What was counted twice is taken off the latest months, none of which goes below nothing.
        (("5 2 9",), 4, 3, "5 2 5"),
        (("5 2 9",), 9, 3, "5 2 0"),
        (("5 2 9",), 12, 3, "4 0 0"),
        (("5 . 9",), 12, 3, "2 . 0"),
        (("5 -2 9",), 12, 3, "2 -2 0"),
        (("5 2 9",), 99, 3, "0 0 0"),
    ],
)
def test_months_of_units_add_up_less_what_was_counted_twice(rows, taken_off, month, sums):
    assert summed_months([months(row) for row in rows], D(taken_off), month) == months(sums)


def test_what_cannot_be_told_by_month_stands_in_the_last():
    total = Figure(D(9), State.NUMBER, Bound.AT_LEAST)

    assert single_month(D(7), total, 3) == months(". . ≥7")
    assert single_month(D(0), total, 1) == months("≥0")
    assert single_month(None, total, 3) == ()
