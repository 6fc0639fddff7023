"""What units bring to an indicator: rule by rule, and the same in portions as at once."""

import re
from decimal import Decimal

import pytest

from danvan_xl.reading.figure import NO_FIGURE, Figure
from danvan_xl.rollup.joining import join_portions
from danvan_xl.rollup.parts import Coverage, Parts
from danvan_xl.rollup.total_of_units import units_last_year, units_total
from danvan_xl.rollup.unit_totals import copied_figure
from danvan_xl.rollup.units import below_of
from danvan_xl.rollup.units_behind import worst_first
from danvan_xl.schema.options import Direction, MonthRule, UnitRule
from danvan_xl.schema.plans import Plan
from danvan_xl.vietnamese.numbers import Bound, State
from tests.unit_rows import entries, scope_of

D = Decimal
PLANS = """
    | Đơn vị | Kế hoạch | Lũy kế |
    | Thôn 1 | 2        | 2      |
    | Thôn 2 | 9        | 3      |
    | Thôn 3 | 5        | 7      |
"""


def below(sheet, rule=UnitRule.SUM, parts=None, assigned=None, **about):
    """Return what the units of a sheet bring, gone through at once."""
    scope = scope_of(rule, **about)
    return below_of("k", scope, entries(sheet, scope, parts or {}), assigned or {})


def in_portions(sheet, rule=UnitRule.SUM, parts=None, **about):
    """Return what the units of a sheet bring, gone through one by one and joined."""
    scope = scope_of(rule, **about)
    units = entries(sheet, scope, parts or {})
    portions = [below_of("k", scope, [unit], {}) for unit in units]
    return join_portions(scope.definitions["k"], portions, scope.month)


@pytest.mark.parametrize("gathered", [below, in_portions])
@pytest.mark.parametrize(
    ("rule", "total"),
    [
        (UnitRule.SUM, 12),
        (UnitRule.MEAN, 4),
        (UnitRule.LARGEST, 7),
        (UnitRule.SMALLEST, 2),
        (UnitRule.COUNT_MET, 2),
        (UnitRule.RATIO, None),
        (UnitRule.NONE, None),
    ],
)
def test_units_come_to_one_figure_by_the_rule(gathered, rule, total):
    found = gathered(PLANS, rule)

    assert units_total(scope_of(rule).definitions["k"], found) == total
    assert found.expected == (0 if rule is UnitRule.NONE else 3)


@pytest.mark.parametrize("gathered", [below, in_portions])
def test_a_unit_without_a_figure_is_missing_one_the_indicator_is_not_for_is_not(gathered):
    found = gathered("""
        | Đơn vị | Kế hoạch | Lũy kế   |
        | Thôn 1 | 2        | 0        |
        | Thôn 2 | 9        |          |
        | Thôn 3 | 5        | KAD      |
        | Thôn 4 |          | không có |
    """)

    assert (found.reported, found.expected, found.total) == (1, 3, 0)
    assert [unit.name for unit in found.missing] == ["Thôn 2", "Thôn 4"]
    assert (found.parts.missing, found.parts.missing_plan) == (2, None)


@pytest.mark.parametrize("gathered", [below, in_portions])
def test_nobody_with_a_figure_is_no_total(gathered):
    found = gathered("| Đơn vị | Kế hoạch | Lũy kế |\n| Thôn 1 | 2 | |")

    assert (found.total, found.value_count, tuple(found.terms)) == (None, 0, ())


@pytest.mark.parametrize(
    ("rule", "months", "total"),
    [
        (UnitRule.SUM, MonthRule.SUM, 13),
        (UnitRule.SUM, MonthRule.LAST, 7),
        (UnitRule.SUM, MonthRule.LARGEST, 7),
        (UnitRule.LARGEST, MonthRule.SUM, 7),
    ],
)
def test_of_a_unit_that_ended_only_what_flowed_counts(rule, months, total):
    sheet = """
        | Đơn vị   | Kế hoạch | Lũy kế | Đã hết |
        | Thôn cũ  | 10       | 6      | x      |
        | Thôn mới | 10       | 7      |        |
        | Thôn xưa | 10       |        | x      |
    """
    found = below(sheet, rule, months=months)

    assert (found.total, found.reported, found.expected) == (total, 1, 1)
    assert found.units_plan == (10 if rule is UnitRule.SUM else None)
    assert in_portions(sheet, rule, months=months).total == total


@pytest.mark.parametrize(
    ("own", "given", "plan"), [("4", D(7), 4), ("", D(7), 7), ("", None, None), ("0", D(7), 0)]
)
def test_the_plan_of_a_unit_is_its_own_else_what_it_was_given(own, given, plan):
    assigned = {} if given is None else {("k", "a.1"): Plan(given)}
    found = below(f"| Đơn vị | Kế hoạch | Lũy kế |\n| Thôn 1 | {own} | |", assigned=assigned)

    assert (found.parts.missing_plan, found.units_plan) == (plan, plan)


@pytest.mark.parametrize("gathered", [below, in_portions])
@pytest.mark.parametrize(
    ("rule", "last_plan", "joint"),
    [
        (UnitRule.SUM, "5", 16),
        (UnitRule.SUM, "0", 11),
        (UnitRule.SUM, "", None),
        (UnitRule.MEAN, "5", None),
        (UnitRule.COUNT_MET, "5", None),
    ],
)
def test_plans_add_up_for_a_sum_when_every_unit_has_one(gathered, rule, last_plan, joint):
    assert gathered(PLANS.replace("| 5 ", f"| {last_plan} "), rule).units_plan == joint


@pytest.mark.parametrize("gathered", [below, in_portions])
@pytest.mark.parametrize(
    ("rule", "before", "together"),
    [
        (UnitRule.SUM, "8", 14),
        (UnitRule.MEAN, "8", 7),
        (UnitRule.LARGEST, "8", 8),
        (UnitRule.SMALLEST, "8", 6),
        (UnitRule.RATIO, "8", None),
        (UnitRule.COUNT_MET, "8", None),
        (UnitRule.SUM, "", None),
        (UnitRule.MEAN, "", None),
        (UnitRule.MEAN, "0", 3),
    ],
)
def test_last_year_comes_to_one_figure_by_the_same_rule_when_every_unit_has_one(
    gathered, rule, before, together
):
    found = gathered(
        f"""
        | Đơn vị | Năm trước | Kế hoạch | Lũy kế |
        | Thôn 1 | 6         | 9        | 3      |
        | Thôn 2 | {before}  | 9        |        |
        """,
        rule,
    )

    assert units_last_year(scope_of(rule).definitions["k"], found) == together


@pytest.mark.parametrize("gathered", [below, in_portions])
def test_coverage_is_told_level_by_level_the_nearest_first(gathered):
    parts = {
        "Xã 1": Parts(coverage=(Coverage("Thôn", 20, 24), Coverage("Tổ", 3, 5))),
        "Xã 3": Parts(coverage=(Coverage("Thôn", 4, 4),)),
    }
    found = gathered(
        """
        | Đơn vị   | Cấp    | Lũy kế |
        | Xã 1     | Xã     | 5      |
        | Phường 2 | Phường |        |
        | Xã 3     | Xã     | 6      |
        | Khối 4   |        | 6      |
        """,
        parts=parts,
    )

    assert found.near == (
        Coverage("Xã", 2, 2),
        Coverage("Phường", 0, 1),
        Coverage("đơn vị", 1, 1),
    )
    assert found.deep == (Coverage("Thôn", 24, 28), Coverage("Tổ", 3, 5))


@pytest.mark.parametrize("gathered", [below, in_portions])
@pytest.mark.parametrize(("plan", "room"), [("4", 13), ("0", 9), ("-4", 9), ("", None)])
def test_what_missing_units_can_still_bring_is_that_of_every_level(gathered, plan, room):
    found = gathered(
        f"""
        | Đơn vị | Kế hoạch | Lũy kế |
        | Thôn 1 | {plan}   |        |
        | Xã 2   | 20       | 11     |
        """,
        parts={"Xã 2": Parts(missing=2, missing_plan=D(9))},
    )

    assert (found.parts.missing, found.parts.missing_plan) == (3, room)


@pytest.mark.parametrize("gathered", [below, in_portions])
@pytest.mark.parametrize(
    ("rule", "direction", "missing", "room"),
    [
        (UnitRule.SUM, Direction.MORE, 3, 5),  # of 8 with 3 in; the others are past theirs
        (UnitRule.SUM, Direction.LESS, 3, 5),
        # Who has reached more stays so; who is still below may yet pass it.
        (UnitRule.COUNT_MET, Direction.MORE, 1, 0),
        (UnitRule.COUNT_MET, Direction.LESS, 2, None),
        (UnitRule.COUNT_MET, Direction.EQUAL, 2, None),
        (UnitRule.SMALLEST, Direction.MORE, 3, None),
        (UnitRule.LARGEST, Direction.MORE, 3, 5),
    ],
)
def test_a_flow_whose_months_end_early_is_missing_with_what_is_not_in(
    gathered, rule, direction, missing, room
):
    sheet = PLANS.replace("| 9        | 3 ", "| 8        | 3 ").replace(
        "Lũy kế |", "Lũy kế | Sớm |"
    )
    found = gathered(re.sub(r"(\| Thôn .*)", r"\1 3 |", sheet), rule, direction=direction)

    assert (found.reported, found.missing) == (3, ())
    assert (found.parts.missing, found.parts.missing_plan) == (missing, room)


@pytest.mark.parametrize("gathered", [below, in_portions])
def test_months_that_end_early_below_a_unit_are_missing_once(gathered):
    sheet = "| Đơn vị | Kế hoạch | Lũy kế | Sớm |\n| Xã 1 | 20 | 11 | 3 |"

    found = gathered(sheet, parts={"Xã 1": Parts(missing=1, missing_plan=D(4))})

    assert (found.parts.missing, found.parts.missing_plan) == (1, 4)


@pytest.mark.parametrize("gathered", [below, in_portions])
@pytest.mark.parametrize(
    ("rule", "bound"),
    [
        (UnitRule.SUM, Bound.AT_LEAST),
        (UnitRule.LARGEST, Bound.EXACT),  # 30, not the estimate of 5
        (UnitRule.SMALLEST, Bound.AT_LEAST),
        (UnitRule.COUNT_MET, Bound.EXACT),
    ],
)
def test_a_total_is_an_estimate_where_a_figure_that_decides_it_is(gathered, rule, bound):
    sheet = "| Đơn vị | Kế hoạch | Lũy kế |\n| Thôn 1 | 5 | trên 5 |\n| Thôn 2 | 5 | 30 |"

    assert gathered(sheet, rule).bound is bound


@pytest.mark.parametrize("gathered", [below, in_portions])
def test_one_estimate_makes_the_total_one_and_every_register_is_named(gathered):
    found = gathered("""
        | Đơn vị | Lũy kế  | Sổ       |
        | Thôn 1 | 5       | gifts    |
        | Thôn 2 | trên 30 |          |
        | Thôn 3 |         | outreach |
    """)

    assert (found.total, found.bound) == (35, Bound.AT_LEAST)
    assert found.registers == {"gifts", ""}


MONTHS = """
    | Đơn vị | Lũy kế | T1 | T2 | T3 |
    | Thôn 1 | 3      | 1  |    | 2  |
    | Thôn 2 | 5      | 5  |    |    |
    | Thôn 3 |        |    |    |    |
"""


@pytest.mark.parametrize("gathered", [below, in_portions])
def test_months_add_up_where_both_the_months_and_the_units_do(gathered):
    def number(value):
        return Figure(D(value), State.NUMBER)

    asked = {"month": 3, "monthly": True}

    assert gathered(MONTHS, **asked).months == (number(6), NO_FIGURE, number(2))
    assert gathered(MONTHS, month=2, monthly=True).months == (number(6), NO_FIGURE)
    assert gathered(MONTHS, month=3).months == ()
    assert gathered(MONTHS, months=MonthRule.LAST, **asked).months == ()
    assert gathered(MONTHS, UnitRule.LARGEST, **asked).months == ()
    assert gathered("| Đơn vị | Lũy kế | T1 |\n| Thôn 1 | | |", **asked).months == ()


@pytest.mark.parametrize("gathered", [below, in_portions])
def test_units_behind_are_the_worst_first_then_by_name(gathered):
    found = gathered("""
        | Đơn vị  | Kế hoạch | Lũy kế |
        | Thôn 10 | 10       | 5      |
        | Thôn 2  | 10       | 5      |
        | Thôn 3  | 10       | 10     |
        | Thôn 4  | 10       | 1      |
        | Thôn 5  |          | 1      |
        | Thôn 6  | 10       |        |
    """)

    assert [(item.unit_name, item.actual) for item in worst_first(found.behind)] == [
        ("Thôn 4", 1),
        ("Thôn 2", 5),
        ("Thôn 10", 5),
    ]


@pytest.mark.parametrize("gathered", [below, in_portions])
def test_a_share_that_is_not_known_stands_before_the_worst(gathered):
    found = gathered(
        """
        | Đơn vị | Kế hoạch | Lũy kế |
        | Thôn 1 | 1        | 9      |
        | Thôn 2 | 0        | 0      |
        | Thôn 3 | 0        | 2      |
        """,
        direction=Direction.EQUAL,
    )

    assert [item.unit_name for item in worst_first(found.behind)] == ["Thôn 3", "Thôn 1"]
    less = gathered(
        """
        | Đơn vị | Kế hoạch | Lũy kế |
        | Thôn 1 | 1        | 9      |
        | Thôn 2 | -1       | 0      |
        """,
        direction=Direction.LESS,
    )
    assert [item.unit_name for item in worst_first(less.behind)] == ["Thôn 2", "Thôn 1"]


ALIKE = """
    | Đơn vị | Kế hoạch | Lũy kế | Đã hết |
    | Thôn 1 | 10       | 5      |        |
    | Thôn 2 | 20       | 5      |        |
    | Thôn 3 | 30       | 5      |        |
    | Thôn 4 | 40       | 5      |        |
    | Thôn 5 | 50       |        |        |
    | Thôn 6 | 60       | 8      | x      |
"""


@pytest.mark.parametrize("gathered", [below, in_portions])
def test_one_figure_in_all_units_is_seen_however_they_are_gone_through(gathered):
    found = gathered(ALIKE)

    assert (found.values, found.value_count, len(found.plans)) == ({5}, 4, 2)
    assert copied_figure(found.values, found.value_count, found.plans) == (5, 4)


@pytest.mark.parametrize("gathered", [below, in_portions])
def test_two_different_figures_are_enough_to_know_that_they_are_not_copied(gathered):
    found = gathered(ALIKE.replace("| 20       | 5 ", "| 20       | 6 "))

    assert (found.values, found.value_count) == ({5, 6}, 4)


@pytest.mark.parametrize("gathered", [below, in_portions])
def test_every_figure_that_counts_is_a_term(gathered):
    found = gathered("""
        | Đơn vị | Lũy kế | Đã hết |
        | Thôn 1 | 5      |        |
        | Thôn 2 |        |        |
        | Thôn 3 | 8      | x      |
    """)

    assert sorted((term.unit_name, term.value) for term in found.terms) == [
        ("Thôn 1", 5),
        ("Thôn 3", 8),
    ]


@pytest.mark.parametrize("gathered", [below, in_portions])
@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        (UnitRule.MEAN, Parts(mean=(D(29), 4), missing=2, missing_plan=D(3))),
        (UnitRule.COUNT_MET, Parts(met=D(2), missing=2, missing_plan=D(3))),
        (UnitRule.SUM, Parts(missing=2, missing_plan=D(3))),
    ],
)
def test_what_a_figure_is_made_of_goes_on_to_the_level_above(gathered, rule, parts):
    below_xa = Parts((D(7), D(9)), (D(24), 3), D(2), missing=2, missing_plan=D(3))
    found = gathered(
        """
        | Đơn vị | Kế hoạch | Lũy kế |
        | Thôn 1 | 6        | 5      |
        | Xã 2   | 6        | 8      |
        """,
        rule,
        {"Xã 2": below_xa},
    )

    assert found.parts == parts


def test_portions_without_any_unit_that_has_to_report_leave_the_plan_known():
    scope = scope_of()
    units = entries(
        """
        | Đơn vị | Năm trước | Kế hoạch | Lũy kế |
        | Thôn 1 | 3         | 2        | 1      |
        | Thôn 2 |           |          | KAD    |
        """,
        scope,
    )
    portions = [below_of("k", scope, [unit], {}) for unit in units]

    joined = join_portions(scope.definitions["k"], portions, 12)

    assert (joined.units_plan, joined.last_year, joined.expected) == (2, 3, 1)
    assert join_portions(scope.definitions["k"], [], 12).expected == 0
