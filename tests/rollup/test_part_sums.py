"""A blank total as the sum of its parts, and how far its cells tell a figure."""

from decimal import Decimal

import pytest

from danvan_xl.reading.figure import Figure
from danvan_xl.rollup.part_sums import summed
from danvan_xl.rollup.rating import PLAIN
from danvan_xl.rollup.tally import Scope, UnitFigure, goal_of, written_in
from danvan_xl.rollup.tolerance import Written
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import MonthRule
from danvan_xl.vietnamese.numbers import Bound, State

D = Decimal


def scope(rule=MonthRule.SUM, month=6):
    return Scope({"t": Indicator("T", "", "T", "cái", month_rule=rule)}, month, monthly=True)


def part(*months, bound=Bound.EXACT):
    """Return a figure of a part with these months, None for those without."""
    known = [value for value in months if value is not None]
    cells = tuple(
        Figure(None if value is None else D(value), State.BLANK if value is None else State.NUMBER)
        for value in months
    )
    return UnitFigure("p", actual=D(sum(known)), months=cells, bound=bound)


def test_a_total_is_as_sure_as_its_parts():
    found = summed(UnitFigure("t"), [part(1, bound=Bound.AT_LEAST), part(2)], scope())

    assert (found.actual, found.bound, found.from_parts) == (3, Bound.AT_LEAST, True)


@pytest.mark.parametrize(
    ("rule", "months"),
    [(MonthRule.SUM, [5, 2, 4]), (MonthRule.LAST, [None, None, 11])],
)
def test_its_months_are_those_of_its_parts(rule, months):
    found = summed(UnitFigure("t"), [part(1, 2), part(4, None, 4)], scope(rule, 3))

    assert [item.value for item in found.months[:3]] == months


@pytest.mark.parametrize(
    ("actual", "cells"),
    [(D(30), 1), (D(40), 1), (D(35), 1), (D(41), 0), (D(29), 0)],
)
def test_a_figure_is_that_of_its_cells_while_it_lies_in_what_they_tell(actual, cells):
    known = Written(D(30), D(40), D("0.5"), 1)

    found = written_in(UnitFigure("p", actual=actual, written=known))

    assert found is not None
    assert found.cells == cells
    assert (found == known) is (cells == 1)


def test_what_a_figure_is_held_against_knows_how_sure_it_is():
    figure = UnitFigure("t", plan=D(9), actual=D(8), bound=Bound.ABOUT, edge=PLAIN)

    plan, edge = goal_of(figure, scope().definitions["t"])

    assert (plan, edge.bound) == (9, Bound.ABOUT)
