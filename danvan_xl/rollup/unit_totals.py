"""What the figures of several units come to by the rule of an indicator, and what of."""

from collections.abc import Mapping, Sequence, Set
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.reading.records import Unit
from danvan_xl.rollup.rules import combine_units
from danvan_xl.rollup.tally import UnitFigure
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import UnitRule
from danvan_xl.vietnamese.numbers import Bound, joint_bound

FEWEST_ALIKE = 4  # fewer that are alike, or that rise, happen by chance

NO_UNIT_FIGURE = UnitFigure("")


class UnitEntry(NamedTuple):
    """A unit and its figures by indicator key; none when it has not reported at all.

    A unit that ended before the period closes is not expected, but what flowed until then counts.
    """

    unit: Unit
    figures: Mapping[str, UnitFigure]
    is_expected: bool = True


class Addends(NamedTuple):
    """Figures that Cộng adds: months of the unit itself, units, and units whose months do not add.

    `months` are those that do not add; 0 where they do.
    """

    months: int = 0
    units: int = 0
    units_by_month: int = 0


def bound_of_units(definition: Indicator, figures: Sequence[tuple[Decimal | None, Bound]]) -> Bound:
    """How sure a total of figures is; of the largest or smallest one, what is said of that one.

    How many units reach their plan is no estimate: at a plan the word of one decides.
    """
    rule = definition.unit_rule
    if rule is UnitRule.COUNT_MET:
        return Bound.EXACT
    if rule in (UnitRule.LARGEST, UnitRule.SMALLEST):
        total = combine_units(rule, [value for value, _ in figures if value is not None])
        return joint_bound(bound for value, bound in figures if value == total)
    return joint_bound(bound for _, bound in figures)


def copied_figure(
    values: Set[Decimal], count: int, plans: Set[Decimal | None]
) -> tuple[Decimal, int] | None:
    """The one figure that all of many units have, and how many they are.

    `values` and `plans` are the different ones there are, of `count` figures. They have more often
    copied it than reached it; where all were given the same, or have one thing each, it is no
    wonder (None).
    """
    if count < FEWEST_ALIKE or len(values) > 1 or len(plans) < 2 or values <= {0, 1}:
        return None
    return next(iter(values)), count
