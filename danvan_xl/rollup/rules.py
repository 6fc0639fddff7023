"""How the figures of several months, and of several units, become one."""

from collections.abc import Sequence
from decimal import Decimal

from danvan_xl.schema.options import MonthRule, UnitRule


def combine_months(rule: MonthRule, figures: Sequence[Decimal]) -> Decimal | None:
    """The cumulative figure of the months that have one, in order; None when none has."""
    if not figures:
        return None
    if rule is MonthRule.SUM:
        return sum(figures, Decimal(0))
    if rule is MonthRule.LAST:
        return figures[-1]
    if rule is MonthRule.LARGEST:
        return max(figures)
    return sum(figures, Decimal(0)) / len(figures)


def combine_units(rule: UnitRule, figures: Sequence[Decimal]) -> Decimal | None:
    """The total over the units that have a figure; None when none has.

    None also by a rule that needs more than the figures themselves: a mean, a ratio and a count of
    units are worked out from their parts.
    """
    if not figures:
        return None
    if rule is UnitRule.SUM:
        return sum(figures, Decimal(0))
    if rule is UnitRule.LARGEST:
        return max(figures)
    return min(figures) if rule is UnitRule.SMALLEST else None
