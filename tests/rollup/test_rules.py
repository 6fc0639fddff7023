"""How months become one figure, and units become one: every rule on its own."""

from decimal import Decimal

import pytest

from danvan_xl.rollup.rules import combine_months, combine_units
from danvan_xl.schema.options import MonthRule, UnitRule

FIGURES = [Decimal(text) for text in ("4", "9", "2.5", "0.5")]


@pytest.mark.parametrize(
    ("rule", "figure"),
    [
        (MonthRule.SUM, "16"),
        (MonthRule.LAST, "0.5"),
        (MonthRule.LARGEST, "9"),
        (MonthRule.MEAN, "4"),
    ],
)
def test_months_become_one_figure_by_their_rule(rule, figure):
    assert combine_months(rule, FIGURES) == Decimal(figure)
    assert combine_months(rule, FIGURES[:1]) == 4
    assert combine_months(rule, []) is None


@pytest.mark.parametrize(
    ("rule", "figure"),
    [
        (UnitRule.SUM, "16"),
        (UnitRule.LARGEST, "9"),
        (UnitRule.SMALLEST, "0.5"),
    ],
)
def test_units_become_one_figure_by_their_rule(rule, figure):
    assert combine_units(rule, FIGURES) == Decimal(figure)
    assert combine_units(rule, FIGURES[:1]) == 4
    assert combine_units(rule, []) is None


@pytest.mark.parametrize("rule", [UnitRule.MEAN, UnitRule.RATIO, UnitRule.COUNT_MET, UnitRule.NONE])
def test_what_needs_more_than_the_figures_is_not_made_of_them(rule):
    assert combine_units(rule, FIGURES) is None


def test_sums_and_means_are_exact():
    tenths = [Decimal("0.1"), Decimal("0.2")]

    assert str(combine_months(MonthRule.SUM, tenths)) == "0.3"
    assert str(combine_units(UnitRule.SUM, tenths)) == "0.3"
    assert str(combine_months(MonthRule.MEAN, tenths)) == "0.15"
