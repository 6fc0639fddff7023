"""What the units that count come to, and the rows from which that can be worked out again."""

from decimal import Decimal

import pytest

from danvan_xl.rollup.parts import Parts
from danvan_xl.rollup.tally import Scope, UnitFigure
from danvan_xl.rollup.terms import Term
from danvan_xl.rollup.unit_parts import parts_of, terms_of
from danvan_xl.rollup.unit_rules import does_count, method_of
from danvan_xl.rollup.unit_totals import NO_UNIT_FIGURE, UnitEntry
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import Direction, MonthRule, UnitRule
from tests.unit_rows import entries, scope_of

D = Decimal
MEAN, COUNT, RATIO = UnitRule.MEAN, UnitRule.COUNT_MET, UnitRule.RATIO
MORE, LESS, EQUAL = Direction.MORE, Direction.LESS, Direction.EQUAL

MEANS = """
    | Đơn vị | Kế hoạch | Lũy kế |
    | Thôn 1 | 5        | 4      |
    | Xã 2   | 5        | 8      |
    | Thôn 3 | 5        |        |
"""


def counted_in(method, units):
    """Return the units that count by a method."""
    figures = [(entry, entry.figures.get(method.key, NO_UNIT_FIGURE)) for entry in units]
    return [e for e, figure in figures if does_count(method, e, figure, figure.plan)]


def test_a_mean_is_of_all_figures_those_of_the_units_own_units_among_them():
    scope = scope_of(MEAN)
    units = entries(MEANS, scope, {"Xã 2": Parts(mean=(D(24), 3))})

    method = method_of("k", scope)

    parts = parts_of(method, counted_in(method, units), [D(5)])

    assert parts == Parts(mean=(D(28), 4), missing=1, missing_plan=D(5))
    assert parts_of(method, [], []).mean is None


def test_what_is_missing_below_a_unit_that_reported_is_missing_too():
    below = {"Xã 2": Parts(missing=2, missing_plan=D(7)), "Thôn 1": Parts(missing_plan=D(99))}
    units, method = entries(MEANS, scope_of(), below), method_of("k", scope_of())

    parts = parts_of(method, counted_in(method, units), [D(5)])
    unknown = parts_of(method, counted_in(method, units), [None])

    assert (parts.missing, parts.missing_plan) == (3, 12)
    assert (unknown.missing, unknown.missing_plan) == (3, None)


COUNTS = """
    | Đơn vị | Kế hoạch | Lũy kế |
    | Thôn 1 | 5        | 5      |
    | Thôn 2 | 5        | 4      |
    | Thôn 3 | 5        | 6      |
    | Thôn 4 |          | 9      |
    | Xã 5   | 5        | 3      |
"""


@pytest.mark.parametrize(("direction", "met"), [(MORE, 4), (LESS, 4), (EQUAL, 3)])
def test_units_that_reach_their_plan_are_counted_at_the_lowest_level(direction, met):
    scope = scope_of(COUNT, direction=direction)
    units = entries(COUNTS, scope, {"Xã 5": Parts(met=D(2))})
    method = method_of("k", scope)

    parts = parts_of(method, counted_in(method, units), [])
    terms = terms_of(method, counted_in(method, units))

    assert parts.met == met
    assert {term.unit_name: term.value for term in terms}["Thôn 1"] == 1
    assert "Thôn 4" not in {term.unit_name for term in terms}  # it has no plan
    assert {term.unit_name: term.value for term in terms}["Xã 5"] == 3  # its own count, as sent
    assert parts_of(method, [], []).met is None


def test_no_unit_of_a_unit_reaching_its_plan_is_a_count_of_nought():
    scope = scope_of(COUNT)
    units = entries("| Đơn vị | Kế hoạch | Lũy kế |\n| Xã 1 | 2 | 2 |", scope)
    (unit,) = units
    stated = unit.figures["k"]._replace(parts=Parts(met=D(0)), plan=None)
    method = method_of("k", scope)

    counted = counted_in(method, [unit._replace(figures={"k": stated})])

    assert parts_of(method, counted, []).met == 0


def test_of_anything_else_the_terms_are_those_of_the_units():
    units, method = entries(MEANS, scope_of()), method_of("k", scope_of())

    terms = terms_of(method, counted_in(method, units))

    assert [(term.unit_name, term.value) for term in terms] == [("Thôn 1", 4), ("Xã 2", 8)]


STOCKS = {
    "n": Indicator("N", "", "Hộ nghèo", "hộ", MORE, MonthRule.LAST),
    "h": Indicator("H", "", "Số hộ", "hộ", MORE, MonthRule.LAST),
    "r": Indicator("R", "", "Tỷ lệ", "%", MORE, MonthRule.LAST, RATIO, "tỷ số N/H"),
}
R = method_of("r", Scope(STOCKS, 12, 2026))


def of_ratio(top=None, bottom=None, *, parts=None, actual=None, is_expected=True):
    """Return a unit with the two figures of a ratio (None: not reported)."""
    figures = {
        key: UnitFigure(key, actual=D(value), terms=(Term("u", "T1", D(value), "s", "K1"),))
        for key, value in (("n", top), ("h", bottom))
        if value is not None
    }
    if parts is not None or actual is not None:
        figures["r"] = UnitFigure("r", actual=actual, parts=parts)
    (unit,) = entries("| Đơn vị | Lũy kế |\n| Thôn 1 | không có |", Scope({}, 12))
    return UnitEntry(unit.unit, figures, is_expected)


@pytest.mark.parametrize(
    ("units", "sums"),
    [
        ([of_ratio(50, 100), of_ratio(90, 900)], (140, 1000)),
        ([of_ratio(50, 100), of_ratio(90, None), of_ratio(None, 900)], (50, 100)),
        ([of_ratio(0, 100), of_ratio(5, 0)], (5, 100)),
        ([of_ratio(50, 100), of_ratio(90, 900, is_expected=False)], (50, 100)),
        # A unit that rolled up a ratio itself sends its sums; they go before its own two figures.
        ([of_ratio(1, 2, parts=Parts(ratio=(D(30), D(40)))), of_ratio(1, 1)], (31, 41)),
        ([of_ratio(50, 100, parts=Parts(ratio=(D(3), D(4))), is_expected=False)], None),
        ([of_ratio(50, 100, parts=Parts(missing=1))], (50, 100)),
        ([of_ratio(actual=D(80))], None),  # a share that was typed says not of how many
        ([], None),
    ],
)
def test_a_ratio_is_of_the_units_that_have_both_of_its_figures(units, sums):
    parts = parts_of(R, counted_in(R, [e for e in units if e.is_expected]), [])

    assert parts.ratio == sums


def test_a_ratio_is_followed_to_the_figures_of_units_that_have_both():
    terms = terms_of(R, counted_in(R, [of_ratio(50, 100), of_ratio(90)]))

    assert [(term.period, term.value) for term in terms] == [("tử số T1", 50), ("mẫu số T1", 100)]


def test_a_rule_without_a_source_that_is_a_ratio_has_no_parts():
    plain = {**STOCKS, "r": STOCKS["r"]._replace(source="")}
    method = method_of("r", Scope(plain, 12, 2026))

    assert parts_of(method, [of_ratio(50, 100)], []).ratio is None
