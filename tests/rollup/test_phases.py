"""What is due of a plan by a month, counted by hand."""

import datetime as dt
from decimal import Decimal

import pytest

from danvan_xl.reading.records import Unit
from danvan_xl.rollup.lives import Life, life_of
from danvan_xl.rollup.phases import due_by_phases, due_in_part, falls, phases_in_part
from danvan_xl.schema.options import MonthRule

D = Decimal
N = None


@pytest.mark.parametrize(
    ("phased", "month", "due"),
    [
        ((10, 30, 60), 3, "10"),
        ((10, 30, 60), 1, "3.33"),
        ((10, 30, 60), 4, "16.67"),
        ((10, 30, 60), 6, "30"),
        ((10, 30, 60), 7, "40"),
        ((10, 30, 60), 9, "60"),
        ((10, 30, 60), 10, "73.33"),
        ((10, 30, 60), 11, "86.67"),
        ((N, 30, N), 3, "15"),
        ((N, 30, N), 6, "30"),
        ((N, 30, N), 9, "65"),
        ((0, N, N), 3, "0"),
        ((0, N, N), 6, "33.33"),
        ((N, N, 90), 6, "60"),
        ((N, N, 90), 10, "93.33"),
        ((N, N, N), 6, N),
    ],
)
def test_a_flow_is_due_along_straight_lines_to_its_plan_of_100(phased, month, due):
    points = [N if value is None else D(value) for value in phased]

    found = due_by_phases(D(100), points, month, MonthRule.SUM)

    assert (found if found is None else round(found, 2)) == (due if due is None else D(due))


@pytest.mark.parametrize(
    ("month", "due"), [(1, N), (3, N), (5, N), (6, 88), (7, N), (9, 90), (10, N), (12, N)]
)
def test_of_a_stock_only_the_phased_plan_of_this_very_period_counts(month, due):
    phased = (N, D(88), D(90))

    assert due_by_phases(D(95), phased, month, MonthRule.LAST) == due


@pytest.mark.parametrize(
    ("plan", "phased", "told"),
    [
        (100, (10, 30, 60), []),
        (100, (10, 120, N), [(6, 120, 12, 100)]),
        (100, (50, 30, 60), [(3, 50, 6, 30)]),
        (100, (N, 30, 20), [(6, 30, 9, 20)]),
        (100, (0, 0, 0), []),
        (N, (10, 5, N), [(3, 10, 6, 5)]),
    ],
)
def test_phased_plans_that_fall_are_told(plan, phased, told):
    points = [N if value is None else D(value) for value in phased]

    assert [tuple(fall) for fall in falls(plan and D(plan), points)] == told


@pytest.mark.parametrize(
    ("since", "until", "on_14th", "months"),
    [
        ("2026-07-01", N, False, (7, 12)),
        ("2026-06-30", N, False, (6, 12)),
        ("2026-06-15", N, True, (7, 12)),
        ("2026-06-14", N, True, (6, 12)),
        ("2025-06-15", N, False, (1, 12)),
        (N, "2026-06-30", False, (1, 6)),
        (N, "2026-07-01", False, (1, 7)),
        (N, "2027-01-01", False, (1, 12)),
        ("2026-03-10", "2026-10-05", False, (3, 10)),
        (N, N, False, (1, 12)),
    ],
)
def test_a_month_counts_when_one_day_of_it_lies_inside(since, until, on_14th, months):
    days = (day and dt.date.fromisoformat(day) for day in (since, until))
    unit = Unit("A.1", "Thôn 1", 2, "", *days)

    assert life_of(unit, 2026, on_14th=on_14th)[:2] == months


@pytest.mark.parametrize(
    ("months", "phases"),
    [
        ((7, 12), ("0", "0", "20")),
        ((5, 12), ("0", "10", "25")),
        ((4, 12), ("0", "13.33", "26.67")),
        ((2, 12), ("7.27", "18.18", "29.09")),
        ((10, 12), ("0", "0", "0")),
        ((1, 6), ("20", "40", "40")),
        ((1, 10), ("12", "24", "36")),
        ((3, 10), ("5", "20", "35")),
    ],
)
def test_a_plan_of_40_over_the_months_a_unit_exists(months, phases):
    assert phases_in_part(D(40), Life(*months)) == tuple(map(D, phases))


def test_what_is_due_of_a_unit_that_exists_from_july():
    half = Life(7, 12)

    due = [due_in_part(D(30), half, month) for month in range(5, 13)]

    assert due == [0, 0, 5, 10, 15, 20, 25, 30]
    assert due_in_part(D(30), Life(1, 6), 9) == 30


def test_phased_plans_are_written_as_people_write_numbers():
    """200 is not 2E+2, in a cell or in a sentence."""
    assert list(map(str, phases_in_part(D(400), Life(7, 12)))) == ["0", "0", "200"]
    assert str(phases_in_part(D(5), Life(7, 12))[2]) == "2.5"
