"""The rating table, row by row (docs/thuat-ngu.md)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_xl.rollup.rating import Rating, completion, due, gap, rate, reaches, shown
from danvan_xl.schema.options import Direction, MonthRule

D = Decimal
SUM, LAST = MonthRule.SUM, MonthRule.LAST
MORE, LESS, EQUAL = Direction.MORE, Direction.LESS, Direction.EQUAL


@pytest.mark.parametrize(
    ("direction", "rule", "month", "actual", "rating"),
    [
        (MORE, SUM, 6, 121, "Vượt"),
        (MORE, SUM, 6, 120, "Đạt"),
        (MORE, SUM, 6, 60, "Đúng tiến độ"),
        (MORE, SUM, 6, 59, "Chậm tiến độ"),
        (MORE, SUM, 12, 121, "Vượt"),
        (MORE, SUM, 12, 120, "Đạt"),
        (MORE, SUM, 12, 119, "Chưa đạt"),
        (MORE, LAST, 6, 121, "Vượt"),
        (MORE, LAST, 6, 120, "Đạt"),
        (MORE, LAST, 6, 119, "Đang thực hiện"),
        (MORE, LAST, 12, 119, "Chưa đạt"),
        (LESS, SUM, 6, 121, "Chưa đạt"),
        (LESS, SUM, 6, 120, "Có nguy cơ vượt"),
        (LESS, SUM, 6, 61, "Có nguy cơ vượt"),
        (LESS, SUM, 6, 60, "Trong mức"),
        (LESS, SUM, 12, 119, "Vượt"),
        (LESS, SUM, 12, 120, "Đạt"),
        (LESS, SUM, 12, 121, "Chưa đạt"),
        (LESS, LAST, 6, 119, "Vượt"),
        (LESS, LAST, 6, 120, "Đạt"),
        (LESS, LAST, 6, 121, "Đang thực hiện"),
        (LESS, LAST, 12, 121, "Chưa đạt"),
        (EQUAL, SUM, 6, 120, "Đạt"),
        (EQUAL, SUM, 6, 119, "Đang thực hiện"),
        (EQUAL, SUM, 12, 121, "Chưa đạt"),
        (EQUAL, LAST, 12, 120, "Đạt"),
        (EQUAL, SUM, 6, -120, "Đang thực hiện"),
        (EQUAL, LAST, 12, -120, "Chưa đạt"),
    ],
)
def test_every_row_of_the_rating_table(direction, rule, month, actual, rating):
    assert rate(Decimal(actual), Decimal(120), month, direction, rule) == rating


def test_no_plan_comes_before_no_figure():
    assert rate(None, None, 6) is Rating.NOT_ASSIGNED
    assert rate(None, Decimal(5), 6) is Rating.NOT_REPORTED
    assert rate(Decimal(5), None, 6) is Rating.NOT_ASSIGNED


def test_a_plan_below_nothing_is_rated_like_any_other():
    assert rate(D(-4), D(-5), 12) is Rating.EXCEEDED
    assert rate(D(-6), D(-5), 12) is Rating.MISSED
    assert rate(D(-5), D(-5), 12, EQUAL, LAST) is Rating.REACHED
    assert rate(D(-6), D(-5), 12, EQUAL, LAST) is Rating.MISSED
    assert rate(D(-6), D(-5), 12, LESS, LAST) is Rating.EXCEEDED


@pytest.mark.parametrize(
    ("direction", "rule", "month", "wanted"),
    [
        (MORE, SUM, 6, 5),
        (LESS, SUM, 3, D("2.5")),
        (MORE, SUM, 12, 10),
        (MORE, LAST, 6, 10),
        (EQUAL, SUM, 6, 10),
    ],
)
def test_of_a_flow_a_share_of_the_year_is_due_of_anything_else_the_plan(
    direction, rule, month, wanted
):
    assert due(D(10), month, direction, rule) == wanted


@pytest.mark.parametrize(
    ("direction", "figure", "is_reached"),
    [(MORE, 9, False), (MORE, 10, True), (LESS, 10, True), (LESS, 11, False), (EQUAL, 11, False)],
)
def test_a_unit_reaches_its_plan_from_its_side(direction, figure, is_reached):
    assert reaches(D(figure), D(10), direction) is is_reached
    assert reaches(D(10), D(10), direction)


def test_zero_is_a_figure():
    assert rate(Decimal(0), Decimal(5), 12) is Rating.MISSED
    assert rate(Decimal(0), Decimal(0), 12) is Rating.REACHED


def test_a_tie_is_exact_where_floats_are_not():
    total = Decimal("0.1") + Decimal("0.2")

    assert rate(total, Decimal("0.3"), 12) is Rating.REACHED


def test_the_due_share_of_a_third_is_compared_exactly():
    assert rate(Decimal(10), Decimal(120), 1) is Rating.ON_TRACK
    assert rate(Decimal(100), Decimal(300), 4) is Rating.ON_TRACK


@pytest.mark.parametrize(
    ("direction", "actual", "plan", "text"),
    [
        (MORE, 25, 24, "1.0417"),
        (MORE, 7, 6, "1.1667"),
        (LESS, 5, 10, "2.0000"),
        (EQUAL, 8, 10, "0.8000"),
        (EQUAL, 10, 8, "0.8000"),
        (EQUAL, 0, 0, "1.0000"),
        (EQUAL, -5, -10, "0.5000"),  # the smaller over the larger, whatever their sign
        (EQUAL, -10, -5, "0.5000"),
        (EQUAL, -20, 10, "-0.5000"),
        (EQUAL, 10, -20, "-0.5000"),
        (EQUAL, -5, -5, "1.0000"),
    ],
)
def test_completion_is_shown_half_up_and_uncapped(direction, actual, plan, text):
    assert shown(completion(Decimal(actual), Decimal(plan), direction)) == Decimal(text)


def test_half_a_hundredth_rounds_up():
    assert shown(Decimal("0.00005")) == Decimal("0.0001")
    assert shown(Decimal("1.00025")) == Decimal("1.0003")


def test_a_share_of_absurd_size_is_shown_as_it_is():
    share = completion(Decimal("1.5e129"), Decimal("3e-267"))

    assert shown(share) == Decimal("5e395")
    assert shown(Decimal("1e299")) == Decimal("1e299")


@pytest.mark.parametrize(
    ("direction", "actual", "plan"), [(MORE, 5, 0), (LESS, 0, 5), (MORE, 0, 0)]
)
def test_there_is_no_percentage_where_the_divisor_is_zero(direction, actual, plan):
    assert completion(Decimal(actual), Decimal(plan), direction) is None


@pytest.mark.parametrize(
    ("direction", "actual", "plan", "expected"),
    [
        (MORE, 7, 10, 3),
        (MORE, 12, 10, 0),
        (LESS, 12, 10, 2),
        (LESS, 7, 10, 0),  # behind in the middle of a year, but not yet too much
        (EQUAL, 7, 10, 3),
        (EQUAL, 12, 10, 2),
    ],
)
def test_what_is_missing_is_never_less_than_nothing(direction, actual, plan, expected):
    assert gap(Decimal(actual), Decimal(plan), direction) == expected
    assert gap(None, Decimal(plan), direction) is None
    assert gap(Decimal(actual), None, direction) is None


@given(st.decimals(0, 10**9, places=3), st.decimals(0, 10**9, places=3), st.integers(1, 11))
def test_a_flow_on_track_has_reached_what_is_due(actual, plan, month):
    rating = rate(actual, plan, month)

    assert rating.is_unmet == (actual * 12 < plan * month)
    assert reaches(actual * 12, due(plan, month, MORE, SUM) * 12, MORE) or rating.is_unmet


@given(
    st.decimals(0, 10**9, places=3),
    st.decimals(0, 10**9, places=3),
    st.sampled_from(list(Direction)),
)
def test_at_year_end_only_what_is_not_reached_is_unmet(actual, plan, direction):
    for rule in MonthRule:
        assert rate(actual, plan, 12, direction, rule).is_unmet != reaches(actual, plan, direction)
