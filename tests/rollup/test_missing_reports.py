"""Chưa đủ báo cáo, row by row, counted by hand; and what holds whatever the figures are."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_xl.rollup.lines import roll_up
from danvan_xl.rollup.missing_reports import ANYWHERE, Span, span_of_total
from danvan_xl.rollup.parts import Parts
from danvan_xl.rollup.rating import PLAIN, Edge, Rating
from danvan_xl.rollup.tally import Scope, UnitFigure, rated
from danvan_xl.rollup.unit_totals import UnitEntry
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import Direction, MonthRule, PlanKind, UnitRule
from danvan_xl.vietnamese.numbers import Bound
from tests.unit_rows import entries, scope_of

D = Decimal
MORE, LESS, EQUAL = Direction.MORE, Direction.LESS, Direction.EQUAL
SUM, LAST, HIGHEST, MEAN = MonthRule.SUM, MonthRule.LAST, MonthRule.LARGEST, MonthRule.MEAN
OPEN = "Chưa đủ báo cáo"


def rating(plan, units, rule=UnitRule.SUM, *, edge=None, **about):
    """Return the rating of a total; `units` are "plan actual", "." for what is not known."""
    scope = scope_of(rule, **about)
    figures = [_figure(text, scope) for text in units]
    named = entries("| Đơn vị | Lũy kế |\n" + "| Thôn | không có |\n" * len(units), scope)
    below = [unit._replace(figures={"k": f}) for unit, f in zip(named, figures, strict=True)]
    own = rated(UnitFigure("k", plan=D(plan), edge=edge or Edge()), scope)
    return roll_up(scope, {"k": own}, below, {})["k"].rating


def _figure(text, scope):
    plan, actual, *early = text.split()
    known = [None if word == "." else D(word) for word in (plan, actual)]
    return rated(UnitFigure("k", *known, ends_early=3 if early else 0), scope)


@pytest.mark.parametrize(
    ("direction", "month", "ratings"),
    [
        # What is in: 0, 6, 7, 12, 13 of a plan of 12 (6 are due by 6 tháng). The silent unit's
        # own plan is 3.
        (MORE, 6, ["Chậm tiến độ", "Đúng tiến độ", "Đúng tiến độ", "Đạt", "Vượt"]),
        (LESS, 6, [OPEN, OPEN, "Có nguy cơ vượt", "Có nguy cơ vượt", "Chưa đạt"]),
        (EQUAL, 6, [OPEN, OPEN, OPEN, OPEN, "Đang thực hiện"]),
        (MORE, 12, ["Chưa đạt", "Chưa đạt", "Chưa đạt", "Đạt", "Vượt"]),
        (LESS, 12, [OPEN, OPEN, OPEN, OPEN, "Chưa đạt"]),
        (EQUAL, 12, [OPEN, OPEN, OPEN, OPEN, "Chưa đạt"]),
    ],
)
def test_row_1_a_flow_that_is_added_up(direction, month, ratings):
    found = [
        rating(12, [f"5 {figure}", "3 ."], direction=direction, month=month)
        for figure in (0, 6, 7, 12, 13)
    ]

    assert found == ratings


@pytest.mark.parametrize(
    ("direction", "month", "ratings"),
    [
        # What is in: 0, 8, 9, 12, 13 of 12; the silent unit's own plan is 3.
        (MORE, 6, ["Đang thực hiện", "Đang thực hiện", OPEN, "Đạt", "Vượt"]),
        (LESS, 6, [OPEN, OPEN, OPEN, OPEN, "Đang thực hiện"]),
        (EQUAL, 6, [OPEN, OPEN, OPEN, OPEN, "Đang thực hiện"]),
        (MORE, 12, ["Chưa đạt", "Chưa đạt", OPEN, "Đạt", "Vượt"]),
        (LESS, 12, [OPEN, OPEN, OPEN, OPEN, "Chưa đạt"]),
        (EQUAL, 12, [OPEN, OPEN, OPEN, OPEN, "Chưa đạt"]),
    ],
)
def test_row_2_a_stock_that_is_added_up(direction, month, ratings):
    found = [
        rating(12, [f"5 {figure}", "3 ."], direction=direction, month=month, months=LAST)
        for figure in (0, 8, 9, 12, 13)
    ]

    assert found == ratings


@pytest.mark.parametrize("months", [SUM, LAST])
@pytest.mark.parametrize(
    ("rule", "direction", "month", "ratings"),
    [
        # The largest, the smallest so far is 11, 12, 13 of 12; nobody knows the silent unit's.
        (UnitRule.LARGEST, MORE, 12, [OPEN, "Đạt", "Vượt"]),
        (UnitRule.LARGEST, LESS, 12, [OPEN, OPEN, "Chưa đạt"]),
        (UnitRule.LARGEST, EQUAL, 12, [OPEN, OPEN, "Chưa đạt"]),
        (UnitRule.LARGEST, MORE, 6, [OPEN, "Đạt", "Vượt"]),
        (UnitRule.LARGEST, EQUAL, 6, [OPEN, OPEN, "Đang thực hiện"]),
        (UnitRule.SMALLEST, MORE, 12, ["Chưa đạt", OPEN, OPEN]),
        (UnitRule.SMALLEST, LESS, 12, ["Vượt", "Đạt", OPEN]),
        (UnitRule.SMALLEST, EQUAL, 12, ["Chưa đạt", OPEN, OPEN]),
        (UnitRule.SMALLEST, EQUAL, 6, ["Đang thực hiện", OPEN, OPEN]),
    ],
)
def test_rows_3_and_4_the_largest_and_the_smallest(rule, months, direction, month, ratings):
    found = [
        rating(12, [f"5 {figure}", "3 ."], rule, direction=direction, month=month, months=months)
        for figure in (11, 12, 13)
    ]

    assert found == ratings


@pytest.mark.parametrize(
    ("rule", "direction", "months", "ratings"),
    [
        # 5, 6, 7, 11, 12, 13 of 12 in the middle of a year.
        (
            UnitRule.LARGEST,
            LESS,
            LAST,
            [OPEN, OPEN, OPEN, OPEN, OPEN, "Đang thực hiện"],
        ),
        (UnitRule.LARGEST, LESS, SUM, [OPEN, OPEN, OPEN, OPEN, OPEN, "Chưa đạt"]),
        (
            UnitRule.SMALLEST,
            MORE,
            LAST,
            ["Đang thực hiện", *["Đang thực hiện"] * 3, OPEN, OPEN],
        ),
        (UnitRule.SMALLEST, LESS, LAST, ["Vượt", "Vượt", "Vượt", "Vượt", "Đạt", OPEN]),
        # What keeps pace may still be pulled under it by a unit that brings less.
        (UnitRule.SMALLEST, MORE, SUM, ["Chậm tiến độ", OPEN, OPEN, OPEN, OPEN, OPEN]),
        (UnitRule.SMALLEST, LESS, SUM, ["Trong mức", "Trong mức", OPEN, OPEN, OPEN, OPEN]),
    ],
)
def test_rows_3_and_4_before_the_year_ends(rule, direction, months, ratings):
    found = [
        rating(12, [f"5 {figure}", "3 ."], rule, direction=direction, month=6, months=months)
        for figure in (5, 6, 7, 11, 12, 13)
    ]

    assert found == ratings


@pytest.mark.parametrize("months", list(MonthRule))
@pytest.mark.parametrize(("direction", "reaching"), [(MORE, "5 6"), (LESS, "5 4"), (EQUAL, "5 5")])
@pytest.mark.parametrize(
    ("month", "ratings"),
    [
        # Two units reach their plan, one does not, two are silent: 2 to 4 of 1, 2, 3, 4, 5.
        (6, ["Vượt", "Đạt", OPEN, OPEN, "Đang thực hiện"]),
        (12, ["Vượt", "Đạt", OPEN, OPEN, "Chưa đạt"]),
    ],
)
def test_row_5_units_that_reach_their_plan(direction, reaching, months, month, ratings):
    other = {MORE: "5 4", LESS: "5 6", EQUAL: "5 6"}[direction]
    units = [reaching, reaching, other, "5 .", ". ."]

    found = [
        rating(plan, units, UnitRule.COUNT_MET, direction=direction, month=month, months=months)
        for plan in (1, 2, 3, 4, 5)
    ]

    assert found == ratings


def test_row_6_a_share_lies_between_nothing_and_all_of_what_is_missing():
    share = Indicator("R", "", "Tỷ lệ", "%", unit_rule=UnitRule.RATIO, source="tỷ số N/H")
    parts = Parts(ratio=(D(40), D(50)), missing=1)

    assert span_of_total(share, D(80), parts, D(50)) == Span(D(40), D(90))
    assert span_of_total(share, D(80), parts, None) == ANYWHERE
    assert span_of_total(share, D(80), parts._replace(ratio=None), D(50)) == ANYWHERE
    assert span_of_total(share, D(80), Parts(ratio=(D(0), D(0)), missing=1), D(0)) == ANYWHERE
    assert span_of_total(share, D(80), parts._replace(missing=0), None) == Span(D(80), D(80))
    per_head = share._replace(measure="m2/người")
    assert span_of_total(per_head, D("0.8"), parts, D(50)) == Span(D("0.4"), D("0.9"))


@pytest.mark.parametrize(
    ("plan", "open_unit", "about", "expected"),
    [
        # 45 of 50 are in; of the unit that is open 10 are the whole: 75 to 91,67 %.
        (70, ". 10", {}, "Vượt"),
        (80, ". 10", {}, OPEN),
        (95, ". 10", {}, "Chưa đạt"),
        (95, ". 10", {"direction": LESS}, "Vượt"),
        (99, ". 10", {"direction": EQUAL}, OPEN),
        (70, ". .", {}, OPEN),
        # What can be above its whole has no end, whatever it was so far.
        (95, ". 10", {"name": "Thu so với dự toán"}, OPEN),
        (95, ". 10", {"name": "Trẻ em được tiêm chủng"}, "Chưa đạt"),
        # A row of a unit that counts ends early: 45 may become any number.
        (95, ". 10", {"direction": LESS, "early": "n"}, OPEN),
        (70, ". 10", {"early": "h"}, OPEN),
    ],
)
def test_row_6_from_the_figures_of_units(plan, open_unit, about, expected):
    name, early = about.get("name", "Tỷ lệ hộ"), about.get("early")
    direction = about.get("direction", MORE)
    definitions = {
        "n": Indicator("N", "", "Hộ đạt", "hộ"),
        "h": Indicator("H", "", "Số hộ", "hộ"),
        "r": Indicator("R", "", name, "%", direction, LAST, UnitRule.RATIO, "tỷ số N/H"),
    }
    scope = Scope(definitions, 12, 2026)

    def figures(text, early=None):
        pairs = zip("nh", text.split(), strict=True)
        known = {key: None if word == "." else D(word) for key, word in pairs}
        return {
            key: rated(UnitFigure(key, None, value, ends_early=3 * (key == early)), scope)
            for key, value in known.items()
        }

    named = entries("| Đơn vị | Lũy kế |\n" + "| Thôn | không có |\n" * 3, scope)
    texts = zip(named, ("40 44", open_unit, "5 6"), (early, None, None), strict=True)
    below = [unit._replace(figures=figures(text, short)) for unit, text, short in texts]
    own = rated(UnitFigure("r", plan=D(plan)), scope)

    line = roll_up(scope, {"r": own}, below, {})["r"]

    assert (line.actual, line.rating) == (90, expected)
    assert line.timing.short == bool(early)


@pytest.mark.parametrize("rule", [UnitRule.RATIO, UnitRule.MEAN])
def test_rows_6_and_7_a_mean_may_become_anything(rule):
    for direction, month, figure in product(Direction, (6, 12), (1, 12, 99)):
        found = rating(12, [f"5 {figure}", "3 ."], rule, direction=direction, month=month)
        assert found == (OPEN if rule is UnitRule.MEAN else "Chưa báo cáo")


def test_row_7_months_that_are_a_mean_may_become_anything():
    for direction, month, figure in product(Direction, (6, 12), (1, 12, 99)):
        units = [f"5 {figure}", "3 ."]
        assert rating(12, units, direction=direction, month=month, months=MEAN) == OPEN


def test_row_8_what_is_not_rolled_up_has_no_figure_but_its_own():
    assert rating(12, ["5 9", "3 ."], UnitRule.NONE) == "Chưa báo cáo"


@pytest.mark.parametrize(
    ("direction", "ratings"),
    [
        # The largest month of each of the units: 8, 12, 13; nobody knows how high others get.
        (MORE, [OPEN, "Đạt", "Vượt"]),
        (LESS, [OPEN, OPEN, "Chưa đạt"]),
        (EQUAL, [OPEN, OPEN, "Chưa đạt"]),
    ],
)
def test_months_of_which_the_largest_counts_can_only_rise(direction, ratings):
    found = [
        rating(12, [f"5 {figure}", "3 ."], direction=direction, months=HIGHEST)
        for figure in (8, 12, 13)
    ]

    assert found == ratings


@pytest.mark.parametrize(
    ("plan", "units", "about", "expected"),
    [
        # p = 12, m = 6 (d = 6), Giảm, one unit silent.
        (12, ["6 0", "6 ."], (LESS, 6), OPEN),
        (12, ["6 6", "6 ."], (LESS, 6), OPEN),
        (12, ["6 7", "6 ."], (LESS, 6), "Có nguy cơ vượt"),
        (12, ["6 12", "6 ."], (LESS, 6), "Có nguy cơ vượt"),
        (12, ["6 13", "6 ."], (LESS, 6), "Chưa đạt"),
        # Tăng, 14 of 30, d = 15, the plan of the third is not known.
        (30, ["10 8", "10 6", ". ."], (MORE, 6), OPEN),
        # 45 of 50 at the year's end.
        (50, ["45 45", "5 ."], (MORE, 12), OPEN),
        (50, ["45 45", "4 ."], (MORE, 12), "Chưa đạt"),
        # One of three has sent, at the year's end, of what should be little.
        (12, ["4 1", "4 .", "4 ."], (LESS, 12), OPEN),
        # Without any figure there is nothing to say of it.
        (12, ["4 .", "4 ."], (LESS, 12), "Chưa báo cáo"),
    ],
)
def test_counted_by_hand(plan, units, about, expected):
    direction, month = about

    assert rating(plan, units, direction=direction, month=month) == expected


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        # 6 tháng, 60 of 120 are due; the first unit's months end in March.
        (["60 15 sớm", "60 30"], OPEN),
        (["60 30 sớm", "60 30"], "Đúng tiến độ"),
        (["20 15 sớm", "60 30"], "Chậm tiến độ"),  # 5 more make 50
        (["30 15 sớm", "60 30"], OPEN),  # 15 more make 60
        ([". 15 sớm", "60 30"], OPEN),
        (["10 15 sớm", "60 30"], "Chậm tiến độ"),  # it is past its plan
    ],
)
def test_a_flow_whose_months_end_early_is_missing_with_what_it_has_in(units, expected):
    assert rating(120, units, month=6) == expected


@pytest.mark.parametrize(
    ("direction", "ratings"),
    [
        # A unit's own figure 5, 6, 7, 12, 13 of 12 by 6 tháng, its months ending in March.
        (MORE, [OPEN, "Đúng tiến độ", "Đúng tiến độ", "Đạt", "Vượt"]),
        (LESS, [OPEN, OPEN, "Có nguy cơ vượt", "Có nguy cơ vượt", "Chưa đạt"]),
        (EQUAL, [OPEN, OPEN, OPEN, OPEN, "Đang thực hiện"]),
    ],
)
def test_a_unit_whose_months_end_early_is_not_called_behind(direction, ratings):
    scope = scope_of(direction=direction, month=6)

    found = [_figure(f"12 {figure} sớm", scope).rating for figure in (5, 6, 7, 12, 13)]

    assert found == ratings


@pytest.mark.parametrize(
    ("measure", "name", "expected"),
    [
        ("triệu đồng", "Thu ngân sách", "Đạt"),
        ("triệu đồng", "Chênh lệch thu chi", OPEN),
        ("triệu đồng", "Cân đối ngân sách", OPEN),
        ("điểm %", "Mức thay đổi", OPEN),
        ("‰", "Mức sinh", OPEN),
        ("buổi", "Buổi truyền thông giảm tảo hôn", "Đạt"),  # what is counted is never below 0
    ],
)
def test_a_sum_that_can_fall_may_become_anything(measure, name, expected):
    scope = scope_of()
    definition = scope.definitions["k"]._replace(measure=measure, indicator=name)

    span = span_of_total(definition, D(12), Parts(missing=1, missing_plan=D(3)))

    assert span == (ANYWHERE if expected == OPEN else Span(D(12), D(15)))


@pytest.mark.parametrize(
    ("direction", "kind", "units", "expected"),
    [
        # A plan of "trên 50": 45 in, and a unit that is to bring 5, cannot pass it.
        (MORE, PlanKind.ABOVE, ["45 45", "5 ."], "Chưa đạt"),
        (MORE, PlanKind.ABOVE, ["45 45", "6 ."], OPEN),
        (MORE, PlanKind.ABOVE, ["45 50", "6 ."], OPEN),
        (MORE, PlanKind.ABOVE, ["45 50", "0 ."], "Chưa đạt"),
        (MORE, PlanKind.ABOVE, ["45 51", "0 ."], "Vượt"),
        # "dưới 50": 50 is too much already.
        (LESS, PlanKind.BELOW, ["45 49", "5 ."], OPEN),
        (LESS, PlanKind.BELOW, ["45 50", "5 ."], "Chưa đạt"),
        (EQUAL, PlanKind.UNKNOWN, ["45 50", "5 ."], "Không rõ kế hoạch"),
    ],
)
def test_a_strict_plan_is_strict_for_what_is_missing_too(direction, kind, units, expected):
    assert rating(50, units, direction=direction, edge=Edge(kind)) == expected


def test_a_unit_that_is_to_bring_more_than_its_plan_may_bring_any_more():
    scope = scope_of()
    silent = rated(UnitFigure("k", D(5), edge=Edge(PlanKind.ABOVE)), scope)
    names = entries("| Đơn vị | Lũy kế |\n| A | không có |\n| B | không có |", scope)
    reported = rated(UnitFigure("k", D(45), D(45)), scope)
    units = [
        unit._replace(figures={"k": figure})
        for unit, figure in zip(names, (reported, silent), strict=True)
    ]

    own = {"k": UnitFigure("k", D(60))}

    assert roll_up(scope, own, units, {})["k"].rating is Rating.INCOMPLETE


@pytest.mark.parametrize(
    ("direction", "bound", "room", "expected"),
    [
        (MORE, Bound.AT_LEAST, "0", "Đạt"),
        (MORE, Bound.AT_MOST, "0", "Chưa đạt"),
        (MORE, Bound.AT_MOST, "1", OPEN),
        (LESS, Bound.AT_LEAST, "1", "Chưa đạt"),
        (LESS, Bound.AT_MOST, "1", OPEN),
    ],
)
def test_the_word_of_an_estimate_decides_at_the_end_of_the_span(direction, bound, room, expected):
    word = {Bound.AT_LEAST: "trên", Bound.AT_MOST: "gần"}[bound]
    scope = scope_of(direction=direction)
    sheet = f"""
        | Đơn vị | Kế hoạch | Lũy kế    |
        | Thôn 1 | 12       | {word} 12 |
        | Thôn 2 | {room}   |           |
    """

    own = {"k": UnitFigure("k", D(12))}

    assert roll_up(scope, own, entries(sheet, scope), {})["k"].rating == expected


def test_what_is_stated_is_whole_and_without_a_figure_nothing_is_incomplete():
    scope = scope_of(direction=LESS)
    silent = entries("| Đơn vị | Kế hoạch | Lũy kế |\n| Thôn 1 | 3 | |", scope)
    stated = {"k": rated(UnitFigure("k", D(12), D(9)), scope)}

    assert roll_up(scope, stated, silent, {})["k"].rating is Rating.EXCEEDED
    assert roll_up(scope, {}, silent, {})["k"].rating is Rating.NOT_ASSIGNED


def test_what_is_missing_below_a_unit_leaves_its_own_rating_open_too():
    scope = scope_of(direction=LESS)
    figure = UnitFigure("k", D(12), D(9), parts=Parts(missing=1, missing_plan=D(0)))

    assert rated(figure, scope).rating is Rating.INCOMPLETE
    assert rated(figure._replace(parts=Parts()), scope).rating is Rating.EXCEEDED


@pytest.mark.parametrize(
    ("stated", "expected"), [((), Rating.INCOMPLETE), (("n", "h"), Rating.EXCEEDED)]
)
def test_a_ratio_of_two_lines_is_as_whole_as_they_are(stated, expected):
    definitions = {
        "n": Indicator("N", "", "Hộ nghèo", "hộ", unit_rule=UnitRule.SUM),
        "h": Indicator("H", "", "Số hộ", "hộ"),
        "r": Indicator("R", "", "Tỷ lệ", "%", unit_rule=UnitRule.NONE, source="tỷ số N/H"),
    }
    scope = Scope(definitions, 12, 2026)
    figures = {"n": UnitFigure("n", actual=D(3)), "h": UnitFigure("h", actual=D(12))}
    first, second = entries("| Đơn vị | Lũy kế |\n| A | không có |\n| B | không có |", scope)
    own = {"r": UnitFigure("r", D(20)), **{key: figures[key] for key in stated}}

    lines = roll_up(scope, own, [first._replace(figures=figures), second], {})

    assert (lines["r"].actual, lines["r"].rating) == (25, expected)


# What holds whatever the figures are.

FIGURES = st.integers(0, 30).map(D)
PLANS = st.one_of(st.none(), FIGURES)
UNITS = st.lists(st.tuples(PLANS, FIGURES), min_size=1, max_size=4)


def rolled_up(scope, plan, units, edge=PLAIN, times=1):
    """Return the rating of the total of units, each (plan, figure)."""
    name = entries("| Đơn vị | Lũy kế |\n| Thôn | không có |", scope)[0].unit
    below = [UnitEntry(name, {"k": _unit(each, scope, times)}) for each in units]
    due = None if edge.due is None else edge.due * times
    is_count = scope.definitions["k"].unit_rule is UnitRule.COUNT_MET
    of_total = UnitFigure("k", plan if is_count else plan * times, edge=edge._replace(due=due))
    return roll_up(scope, {"k": of_total}, below, {})["k"].rating


def _unit(pair, scope, times):
    plan, actual = (None if value is None else value * times for value in pair)
    return rated(UnitFigure("k", plan, actual), scope)


def the_class(found):
    return found.is_on_course, found.is_unmet


SCOPES = st.builds(
    scope_of,
    st.sampled_from(
        [UnitRule.SUM, UnitRule.LARGEST, UnitRule.SMALLEST, UnitRule.COUNT_MET, UnitRule.MEAN]
    ),
    direction=st.sampled_from(list(Direction)),
    months=st.sampled_from(list(MonthRule)),
    month=st.integers(1, 12),
)
EDGES = st.builds(
    Edge,
    st.sampled_from([PlanKind.PLAIN, PlanKind.ABOVE, PlanKind.BELOW]),
    st.one_of(st.none(), FIGURES),
)


@given(SCOPES, FIGURES, UNITS, UNITS, EDGES)
def test_a_class_that_is_told_stays_whatever_the_missing_units_bring(
    scope, plan, units, silent, edge
):
    """Of what should be much they bring no more than their plans, as is taken for granted."""
    told = rolled_up(scope, plan, [*units, *((planned, None) for planned, _ in silent)], edge)
    is_kept = scope.definitions["k"].direction is MORE
    brought = [
        (planned, min(figure, planned) if is_kept and planned is not None else figure)
        for planned, figure in silent
    ]

    whole = rolled_up(scope, plan, [*units, *brought], edge)

    # Who turns out to have no plan is not counted: a number of units may be none any more.
    is_unknown = Rating.PLAN_UNKNOWN in (told, whole)
    is_open = is_unknown or told in (Rating.INCOMPLETE, Rating.NOT_REPORTED)
    assert is_open or the_class(told) == the_class(whole)


@given(SCOPES, FIGURES, UNITS, UNITS)
def test_units_in_another_order_and_another_measure_change_no_rating(scope, plan, units, silent):
    everyone = [*units, *((planned, None) for planned, _ in silent)]
    as_it_is = rolled_up(scope, plan, everyone)

    assert rolled_up(scope, plan, everyone[::-1]) is as_it_is
    # What every unit is to do is no number of units; that may hold in one measure alone.
    enlarged = rolled_up(scope, plan, everyone, times=1000)
    assert enlarged is as_it_is or Rating.PLAN_UNKNOWN in (enlarged, as_it_is)


@given(SCOPES, FIGURES, UNITS, PLANS)
def test_a_silent_unit_never_makes_a_rating_better(scope, plan, units, planned):
    without = rolled_up(scope, plan, units)
    with_silent = rolled_up(scope, plan, [*units, (planned, None)])

    # With one unit more a plan may be a number of units that was none before.
    assert with_silent in (without, Rating.INCOMPLETE) or without is Rating.PLAN_UNKNOWN


@given(SCOPES, FIGURES, st.lists(st.tuples(FIGURES, FIGURES), min_size=1, max_size=3))
def test_months_that_end_early_may_bring_what_they_like(scope, plan, pairs):
    """Each unit has some of its months in, and brings the rest later, up to its plan."""
    definition = scope.definitions["k"]._replace(month_rule=SUM)  # only what flows ends early
    scope = scope._replace(definitions={"k": definition})
    early = [(planned, min(planned, figure)) for planned, figure in pairs]
    name = entries("| Đơn vị | Lũy kế |\n| Thôn | không có |", scope)[0].unit
    figures = [rated(UnitFigure("k", *each, ends_early=1), scope) for each in early]
    own = {"k": UnitFigure("k", plan)}

    told = roll_up(scope, own, [UnitEntry(name, {"k": each}) for each in figures], {})["k"].rating

    for whole in ([(planned, planned) for planned, _ in early], early):
        later = rolled_up(scope, plan, whole)
        assert told is Rating.INCOMPLETE or the_class(told) == the_class(later)
