"""How far a total may stand from its parts, worked out by hand; and on any figures rounded well."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_xl.reading.figure import Figure
from danvan_xl.rollup.tolerance import (
    Written,
    cumulative_written,
    half_of,
    is_above,
    is_far,
    sum_written,
    written,
)
from danvan_xl.schema.options import MonthRule
from danvan_xl.vietnamese.numbers import Bound, State, band_of

D = Decimal


@pytest.mark.parametrize(
    ("value", "bound", "low", "high"),
    [
        ("30", Bound.AT_LEAST, "30", "40"),
        ("1000", Bound.AT_LEAST, "1000", "2000"),
        ("6640", Bound.AT_LEAST, "6640", "6650"),
        ("2.5", Bound.AT_LEAST, "2.5", "2.6"),
        ("3.0", Bound.AT_LEAST, "3", "4"),
        ("90", Bound.AT_MOST, "80", "90"),
        ("95", Bound.AT_MOST, "94", "95"),
        ("79", Bound.ABOUT, "78.5", "79.5"),
        ("500", Bound.ABOUT, "450", "550"),
        ("0", Bound.AT_LEAST, "0", "1"),
        ("12.30", Bound.EXACT, "12.3", "12.3"),
    ],
)
def test_an_estimate_is_a_band_of_its_last_digit_that_is_not_zero(value, bound, low, high):
    assert band_of(D(value), bound) == (D(low), D(high))


@pytest.mark.parametrize(
    ("value", "half"),
    [("12", "0.5"), ("1500", "0.5"), ("12.3", "0.05"), ("3.0", "0.05"), ("1E+16", "0.5")],
)
def test_half_a_unit_of_the_last_digit_may_be_missing(value, half):
    assert half_of(D(value)) == D(half)


@pytest.mark.parametrize(
    ("total", "parts", "counted", "far"),
    [
        ("101", ["26", "36", "4", "32"], True, True),
        ("98", ["26", "36", "4", "32"], True, False),
        ("99", ["26", "36", "4", "32"], True, True),  # things are whole
        ("101", ["26", "36", "4", "32"], False, True),  # 3 > sqrt(3) * sqrt(5/4) = 1,94
        ("99", ["26", "36", "4", "32"], False, False),  # 1
        ("100", ["26", "36", "4", "32"], False, True),  # 2
        ("187.6", ["93.81", "93.81"], False, False),  # 0,02 of 0,06
        ("187.6", ["93.84", "93.83"], False, True),  # 0,07
        ("1507", ["56.6", "650", "800.4"], False, False),
        ("10", ["5.0", "4.4"], False, False),  # 0,6 of 0,6
        ("10", ["5.0", "4.3"], False, True),  # 0,7
        ("10", ["5", "4.4"], False, False),  # the finest digit of the parts counts
        ("2.50", ["1.25", "1.26"], False, False),  # 0,01 of 0,0122
        ("2.50", ["1.25", "1.27"], False, True),  # 0,02
    ],
)
def test_a_total_is_held_by_how_it_is_written(total, parts, counted, far):
    joint = sum_written(written(D(part)) for part in parts)

    assert is_far(written(D(total)), joint, counted=counted) is far


def test_what_was_worked_out_is_not_rounded():
    parts = sum_written([written(D("33.333"), cells=0), written(D("66.667"), cells=0)])

    assert not is_far(written(D("100"), cells=0), parts, counted=False)
    assert is_far(written(D("100.1"), cells=0), parts, counted=False)
    assert not is_far(written(D("100.0")), parts._replace(low=D("100.05")), counted=False)


@pytest.mark.parametrize(
    ("total", "bounds", "far"),
    [
        ("7000", [("3100", Bound.AT_LEAST), ("3800", Bound.AT_LEAST)], False),  # 6900 to 7100
        ("7200", [("3100", Bound.AT_LEAST), ("3800", Bound.AT_LEAST)], True),
        ("6800", [("3100", Bound.AT_LEAST), ("3800", Bound.AT_LEAST)], True),
        ("85", [("90", Bound.AT_MOST)], False),
        ("79", [("90", Bound.AT_MOST)], True),
    ],
)
def test_bands_are_added(total, bounds, far):
    joint = sum_written(written(D(value), bound) for value, bound in bounds)

    assert is_far(written(D(total)), joint, counted=True) is far


def test_a_part_is_above_its_total_by_more_than_rounding():
    assert is_above(written(D("11")), written(D("10")), counted=True)
    assert not is_above(written(D("10.4")), written(D("10")), counted=False)
    assert is_above(written(D("10.6")), written(D("10")), counted=False)
    assert not is_above(written(D("10"), Bound.AT_LEAST), written(D("10")), counted=True)


def test_what_may_still_rise_or_fall_contradicts_one_way_only():
    total, units = written(D(90)), written(D(80))

    assert not is_far(total, units.at_least(), counted=True)
    assert is_far(written(D(70)), units.at_least(), counted=True)
    assert is_far(total, units.at_most(), counted=True)
    assert not is_far(written(D(70)), units.at_most(), counted=True)


def test_the_months_of_a_flow_are_rounded_each():
    months = [Figure(D("1.5"), State.NUMBER), Figure(D("2"), State.NUMBER, Bound.AT_LEAST)]

    flow = cumulative_written(MonthRule.SUM, D("3.5"), Bound.AT_LEAST, months, 2)

    assert flow == Written(D("3.5"), D("4.5"), D("0.05"), 2)
    assert cumulative_written(MonthRule.SUM, D("3.5"), Bound.EXACT, months[:1], 1) is None
    assert cumulative_written(MonthRule.LAST, None, Bound.EXACT, [], 0) is None
    assert cumulative_written(MonthRule.SUM, D(3), Bound.EXACT, months[:1], 0) == Written(
        D(3), D(3)
    )
    mean = cumulative_written(MonthRule.MEAN, D("1.75"), Bound.AT_LEAST, months, 2)
    assert mean == Written(D("1.75"), D("2.25"), D("0.05"), 1)


ADDENDS = st.lists(st.integers(0, 10**7).map(lambda n: D(n).scaleb(-4)), min_size=2, max_size=12)


def rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(D(1).scaleb(-digits), rounding=ROUND_HALF_UP)


@given(ADDENDS, st.integers(0, 3))
def test_parts_rounded_alike_with_an_exact_total_stay_within_what_all_could_miss(parts, digits):
    """The whole tolerance is the smaller of the two: no more than all at their worst."""
    total = rounded(sum(parts, D(0)), digits)
    joint = sum_written(written(rounded(part, digits)) for part in parts)
    gap = abs(total - joint.low)

    told = is_far(written(total), joint, counted=False)

    half, count = half_of(total), len(parts)
    allowed = gap <= half * (1 + count) and gap**2 <= 3 * half**2 * (1 + count)
    assert told is not allowed


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 3))
def test_two_parts_and_their_total_each_rounded_are_never_told(first, second, digits):
    parts = [D(first).scaleb(-4), D(second).scaleb(-4)]
    joint = sum_written(written(rounded(part, digits)) for part in parts)

    assert not is_far(written(rounded(sum(parts, D(0)), digits)), joint, counted=False)


@given(ADDENDS, st.integers(0, 3), st.integers(1, 9))
def test_a_digit_changed_ahead_of_what_is_rounded_is_told(parts, digits, slip):
    exact = [rounded(part, digits) for part in parts]
    joint = sum_written(map(written, exact))
    changed = sum(exact, D(0)) + D(slip * 10).scaleb(-digits)

    assert is_far(written(changed), joint, counted=False)
