"""Running totals typed as months: each way of knowing one, and its borders."""

from decimal import Decimal

import pytest

from danvan_xl.checks.running_totals import due_of, looks_like_running_total, looks_like_stock


def months(text: str) -> list[Decimal | None]:
    """Return months from a text in which "." is a blank one."""
    return [None if cell == "." else Decimal(cell) for cell in text.split()]


def is_told(text: str, plan: str = "", phased: str = "") -> bool:
    """Return whether months look like a running total of a plan."""
    planned = Decimal(plan) if plan else None
    due = due_of(planned, len(months(text)), Decimal(phased) if phased else None)
    return looks_like_running_total(months(text), planned, due)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 22 35", True),
        ("10 22 35 50 61 75", True),
        ("10 22 . 50 61 75", True),  # a gap is counted by its months
        (". . 35 . . 75 . . 110", True),  # by quarters
        ("10 22", False),  # three figures
        ("10 22 21", False),  # one falls
        ("12 12 12", False),
        ("3 6 9", False),  # below 10
        ("3 6 10", True),
        ("10 30 40", True),  # rises 10, 20, 10: a factor of two
        ("10 31 41", False),
        ("20 20 40", False),  # it stands still
        ("20 30 40", True),  # 40 is at least half of 3 × 20
        ("0 10 20", False),  # the first rise is none
        ("40 41 42 43", False),  # too slow
    ],
)
def test_a_its_rises_are_steady_counted_from_nothing(text, expected):
    assert is_told(text) is expected


@pytest.mark.parametrize(
    ("text", "plan", "phased", "expected"),
    [
        (". . 35 . . 75", "150", "", True),  # 110 against 75 due, and 75 itself
        (". . 29 . . 75", "150", "", False),  # 104 is less than 1,4 times
        (". . 30 . . 75", "150", "", True),  # 105 is just that
        (". . 30 . . 82.5", "150", "", True),
        (". . 30 . . 83", "150", "", False),  # above 1,1 times what is due
        (". . 30 . . 75", "", "", False),  # without a plan nothing is due
        (". . 30 . . 75", "150", "40", False),  # a phased plan says what is due
        (". . 8 . . 40", "150", "30", False),
        (". . 10 . . 33", "150", "30", True),
        (". . . . . 75", "150", "", False),  # one figure
        (". . 0 . . 0", "0", "", False),
    ],
)
def test_b_its_last_is_what_is_due_and_its_sum_far_above(text, plan, phased, expected):
    assert is_told(text, plan, phased) is expected


@pytest.mark.parametrize(
    ("text", "plan", "expected"),
    [
        ("40 41 42 43 44 45", "50", True),
        ("40 41 42 43", "150", True),  # 166 is above 165
        ("40 41 42 42", "150", False),  # 165 is not
        ("40 41 42", "100", False),  # four figures
        ("40 41 42 101", "100", False),  # the last is above the plan
        ("40 41 42 100", "100", True),
        ("40 41 42 43", "", False),
    ],
)
def test_c_its_last_is_within_the_plan_and_its_sum_above(text, plan, expected):
    assert is_told(text, plan, phased="1") is expected


@pytest.mark.parametrize(
    "text",
    ["9 12 3 14 8 11", "20 22 25 120", ". . 20 . . 22 . . 25 . . 30", "0 0 0 0 0 90", "5 5 5 20"],
)
def test_a_months_own_figures_are_left_alone(text):
    assert not is_told(text, "100")


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("500 500 501", "500", True),
        ("500 . . 501", "500", True),
        ("8 8", "10", True),
        ("12 12", "10", True),
        ("7 8", "10", False),  # below 0,8 of the year
        ("12 13", "10", False),
        ("9 10", "10", True),  # a tenth apart
        ("89 100", "100", False),
        ("500", "500", False),  # once a year
        ("9 9", "9", False),  # so few come by chance
        ("500 500 0", "500", False),  # what there is does not go away
        ("500 500", "", False),
        (". .", "500", False),
        ("250 250", "500", False),
    ],
)
def test_what_there_is_by_each_months_end_is_told_from_what_a_month_brings(text, year, expected):
    assert looks_like_stock(months(text), Decimal(year) if year else None) is expected
