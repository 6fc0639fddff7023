"""The rating table, row by row (docs/thuat-ngu.md)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_xl.rollup.rating import Edge, Rating, completion, due, gap, rate, reaches, shown
from danvan_xl.schema.options import Direction, MonthRule, PlanKind
from danvan_xl.vietnamese.numbers import Bound

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


EXACT, TREN, GAN, KHOANG = Bound.EXACT, Bound.AT_LEAST, Bound.AT_MOST, Bound.ABOUT


@pytest.mark.parametrize(
    ("direction", "rule", "month", "exact", "above", "below"),
    [
        # The plan is 120; beside each other the rating of 120, of "trên 120" and of "gần 120".
        (MORE, SUM, 6, "Đạt", "Đạt", "Đúng tiến độ"),
        (MORE, SUM, 12, "Đạt", "Đạt", "Chưa đạt"),
        (MORE, LAST, 6, "Đạt", "Đạt", "Đang thực hiện"),
        (MORE, LAST, 12, "Đạt", "Đạt", "Chưa đạt"),
        (LESS, SUM, 6, "Có nguy cơ vượt", "Chưa đạt", "Có nguy cơ vượt"),
        (LESS, SUM, 12, "Đạt", "Chưa đạt", "Đạt"),
        (LESS, LAST, 6, "Đạt", "Đang thực hiện", "Đạt"),
        (LESS, LAST, 12, "Đạt", "Chưa đạt", "Đạt"),
        (EQUAL, SUM, 6, "Đạt", "Đang thực hiện", "Đang thực hiện"),
        (EQUAL, LAST, 12, "Đạt", "Chưa đạt", "Chưa đạt"),
    ],
)
def test_the_word_of_an_estimate_decides_where_its_number_is_the_plan(
    direction, rule, month, exact, above, below
):
    def rating(figure, bound):
        return rate(D(figure), D(120), month, direction, rule, edge=Edge(bound=bound))

    assert [rating(120, bound) for bound in (EXACT, KHOANG)] == [exact, exact]
    assert [rating(120, bound) for bound in (TREN, GAN)] == [above, below]
    for figure in (59, 61, 119, 121):  # anywhere else the number does
        assert len({rating(figure, bound) for bound in Bound}) == 1


@pytest.mark.parametrize(
    ("direction", "bound", "rating"),
    [
        (MORE, EXACT, "Đúng tiến độ"),
        (MORE, TREN, "Đúng tiến độ"),
        (MORE, GAN, "Chậm tiến độ"),
        (MORE, KHOANG, "Đúng tiến độ"),
        (LESS, EXACT, "Trong mức"),
        (LESS, TREN, "Có nguy cơ vượt"),
        (LESS, GAN, "Trong mức"),
        (LESS, KHOANG, "Trong mức"),
    ],
)
def test_the_word_of_an_estimate_decides_where_its_number_is_what_is_due(direction, bound, rating):
    assert rate(D(60), D(120), 6, direction, edge=Edge(bound=bound)) == rating


@pytest.mark.parametrize(
    ("direction", "rule", "month", "at", "beyond"),
    [
        # "trên 120" for Tăng and Bằng, "dưới 120" for Giảm: 120 itself, and one beyond it.
        (MORE, SUM, 12, "Chưa đạt", "Vượt"),
        (MORE, LAST, 12, "Chưa đạt", "Vượt"),
        (MORE, LAST, 6, "Đang thực hiện", "Vượt"),
        (LESS, SUM, 12, "Chưa đạt", "Vượt"),
        (LESS, LAST, 12, "Chưa đạt", "Vượt"),
        (LESS, LAST, 6, "Đang thực hiện", "Vượt"),
        (EQUAL, LAST, 6, "Đang thực hiện", "Đang thực hiện"),
        (EQUAL, LAST, 12, "Chưa đạt", "Chưa đạt"),
        # A flow has a pace: 119 keeps it, and 120 cannot be rated lower than 119.
        (MORE, SUM, 6, "Đúng tiến độ", "Vượt"),
        # It only rises: what is at "dưới 120" can never be under it again.
        (LESS, SUM, 6, "Chưa đạt", "Có nguy cơ vượt"),
    ],
)
def test_a_strict_plan_is_not_reached_by_its_own_number(direction, rule, month, at, beyond):
    edge = Edge(PlanKind.BELOW if direction is LESS else PlanKind.ABOVE)
    further = 119 if direction is LESS else 121

    assert rate(D(120), D(120), month, direction, rule, edge=edge) == at
    assert rate(D(further), D(120), month, direction, rule, edge=edge) == beyond


@pytest.mark.parametrize(
    ("direction", "kind", "bound", "rating"),
    [
        (MORE, PlanKind.ABOVE, TREN, "Đạt"),
        (MORE, PlanKind.ABOVE, GAN, "Chưa đạt"),
        (MORE, PlanKind.ABOVE, KHOANG, "Chưa đạt"),
        (LESS, PlanKind.BELOW, GAN, "Đạt"),
        (LESS, PlanKind.BELOW, TREN, "Chưa đạt"),
        (LESS, PlanKind.BELOW, KHOANG, "Chưa đạt"),
    ],
)
def test_an_estimate_at_a_strict_plan(direction, kind, bound, rating):
    assert rate(D(95), D(95), 12, direction, LAST, edge=Edge(kind, bound=bound)) == rating


def test_a_strict_plan_is_not_strict_on_the_way_to_it():
    edge = Edge(PlanKind.ABOVE)

    assert rate(D(60), D(120), 6, edge=edge) is Rating.ON_TRACK
    assert rate(D(40), D(120), 6, edge=edge._replace(due=D(40))) is Rating.ON_TRACK


@pytest.mark.parametrize(
    ("direction", "rule", "month", "actual", "rating"),
    [
        # Of 120, 40 are due by now.
        (MORE, SUM, 6, 40, "Đúng tiến độ"),
        (MORE, SUM, 6, 39, "Chậm tiến độ"),
        (MORE, SUM, 6, 120, "Đạt"),
        (MORE, SUM, 12, 119, "Chưa đạt"),
        (LESS, SUM, 6, 40, "Trong mức"),
        (LESS, SUM, 6, 41, "Có nguy cơ vượt"),
        (LESS, SUM, 6, 121, "Chưa đạt"),
        # A stock has a pace where a phased plan names exactly this period.
        (MORE, LAST, 6, 40, "Đúng tiến độ"),
        (MORE, LAST, 6, 39, "Chậm tiến độ"),
        (MORE, LAST, 6, 120, "Đạt"),
        (MORE, LAST, 12, 119, "Chưa đạt"),
        (EQUAL, SUM, 6, 40, "Đang thực hiện"),
        (EQUAL, LAST, 6, 40, "Đang thực hiện"),
    ],
)
def test_a_phased_plan_says_what_is_due(direction, rule, month, actual, rating):
    assert rate(D(actual), D(120), month, direction, rule, edge=Edge(due=D(40))) == rating


@pytest.mark.parametrize(
    ("actual", "rating"),
    [
        (119, "Vượt"),
        (120, "Đạt"),
        (121, "Trong mức"),
        (150, "Trong mức"),
        (151, "Có nguy cơ vượt"),
    ],
)
def test_a_stock_of_less_may_come_down_to_its_plan_step_by_step(actual, rating):
    assert rate(D(actual), D(120), 6, LESS, LAST, edge=Edge(due=D(150))) == rating


def test_a_plan_nobody_knows_is_another_thing_than_none():
    unknown = Edge(PlanKind.UNKNOWN)

    assert rate(D(5), None, 6, edge=unknown) is Rating.PLAN_UNKNOWN
    assert rate(None, None, 6, edge=unknown) is Rating.PLAN_UNKNOWN
    assert rate(D(5), None, 6) is Rating.NOT_ASSIGNED


def test_every_rating_is_reached_unmet_open_or_says_why_there_is_none():
    assert [rating for rating in Rating if rating.is_unmet] == ["Có nguy cơ vượt", *LATE]
    assert [rating for rating in Rating if rating.is_on_course] == [
        *("Vượt", "Đạt", "Đúng tiến độ", "Trong mức")
    ]
    assert [rating for rating in Rating if not rating.is_judged] == [
        *("Chưa đủ báo cáo", "Chưa báo cáo", "Không rõ kế hoạch", "Không giao")
    ]


LATE = ("Chậm tiến độ", "Chưa đạt")


@given(
    st.decimals(0, 50, places=1),
    st.decimals(0, 50, places=1),
    st.integers(1, 12),
    st.sampled_from([SUM, LAST]),
    st.sampled_from(list(PlanKind)[:3]),
)
def test_more_of_what_should_be_much_is_never_rated_lower(one, other, month, rule, kind):
    less, more = sorted((one, other))
    ranks = [rate(each, D(25), month, MORE, rule, edge=Edge(kind)) for each in (less, more)]

    order = ["Chưa đạt", "Chậm tiến độ", "Đang thực hiện", "Đúng tiến độ", "Đạt", "Vượt"]
    assert order.index(ranks[0]) <= order.index(ranks[1])


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
    ("direction", "actual", "plan"),
    [
        (MORE, 5, 0),
        (MORE, 0, 0),
        (LESS, 0, 5),
        (LESS, 0, 0),
        # A share of what is below 0 says nothing.
        (MORE, -4, -3),
        (MORE, -4, 3),
        (MORE, 4, -3),
        (LESS, -4, -3),
        (LESS, -4, 3),
        (EQUAL, -5, -5),
        (EQUAL, -20, 10),
        (EQUAL, 10, -20),
    ],
)
def test_there_is_no_percentage_where_the_divisor_is_zero_or_a_figure_below_it(
    direction, actual, plan
):
    assert completion(Decimal(actual), Decimal(plan), direction) is None


def test_there_is_no_percentage_of_what_is_not_known():
    assert completion(None, D(5)) is None
    assert completion(D(5), None) is None


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
