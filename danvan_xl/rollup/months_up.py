"""The months of a roll-up as they go upward: so far as they add up, and else in one month."""

from decimal import Decimal

from danvan_xl.reading.figure import Figure
from danvan_xl.rollup.parts import single_month, summed_months
from danvan_xl.rollup.tally import Scope
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import MonthRule, UnitRule


def months_going_up(
    definition: Indicator,
    scope: Scope,
    rows: tuple[tuple[Figure, ...], ...],
    total: Figure,
    newest: int,
) -> tuple[Figure, ...]:
    """The months of a roll-up: those of the units together where they add up.

    `rows` are the unit's own months, then the sums of its units'. What does not add up (a mean, a
    state, a count of units) stands in one month alone: of a stock in that of its newest part.
    """
    if not scope.monthly or total.value is None:
        return rows[0]
    if (definition.unit_rule, definition.month_rule) == (UnitRule.SUM, MonthRule.SUM):
        values = (figure.value for row in rows for figure in row if figure.value is not None)
        taken_off = sum(values, Decimal(0)) - total.value
        if taken_off >= 0:
            return summed_months(rows, taken_off, scope.month)
    return single_month(total.value, total, newest or scope.month)
