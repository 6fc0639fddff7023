"""What is due of a plan by a month: phased plans are points, with straight lines between them."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import NamedTuple

from danvan_xl.rollup.lives import Life
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import Direction, MonthRule
from danvan_xl.vietnamese.periods import YEAR_END

PHASE_MONTHS = (3, 6, 9)  # by whose end KH quý I, KH 6 tháng, KH 9 tháng are due
Phased = Sequence[Decimal | None]
_CENT = Decimal("0.01")


class Fall(NamedTuple):
    """A phased plan that is above what is due later: the months of both, and their figures."""

    month: int
    value: Decimal
    later: int
    less: Decimal


def due_by_phases(
    plan: Decimal | None, phased: Phased, month: int, month_rule: MonthRule
) -> Decimal | None:
    """What phased plans ask for by a month; None where they say nothing of it.

    Of a flow they are points: 0 at the start, the plan at the end, straight lines between. Of
    anything else only the one of exactly this month counts.
    """
    if plan is None or month == YEAR_END or phased.count(None) == len(phased):
        return None
    if month_rule is not MonthRule.SUM:
        return phased[PHASE_MONTHS.index(month)] if month in PHASE_MONTHS else None
    points = [(0, Decimal(0)), *_points(phased), (YEAR_END, plan)]
    later = next(at for at, (reached, _) in enumerate(points) if reached >= month)
    (start, low), (end, high) = points[later - 1], points[later]
    return (low * (end - month) + high * (month - start)) / (end - start)


def has_phases(definition: Indicator) -> bool:
    """Whether what is due of an indicator grows with the months of the year."""
    is_flow = definition.month_rule is MonthRule.SUM
    return is_flow and definition.direction is not Direction.EQUAL


def due_in_part(plan: Decimal, life: Life, month: int) -> Decimal:
    """What is due by a month of a unit that exists in some months, the same in each of them."""
    passed = min(month, life.last) - life.first + 1
    return plan * max(passed, 0) / (life.last - life.first + 1)


def phases_in_part(plan: Decimal, life: Life) -> tuple[Decimal, Decimal, Decimal]:
    """The phased plans of a unit that exists in some months, as they are written."""
    first, second, third = (_written(due_in_part(plan, life, month)) for month in PHASE_MONTHS)
    return first, second, third


def falls(plan: Decimal | None, phased: Phased) -> Iterator[Fall]:
    """Where what is due of a flow would fall: it is added up, and cannot."""
    points = [*_points(phased), *([] if plan is None else [(YEAR_END, plan)])]
    for (month, value), (later, less) in pairwise(points):
        if less < value:
            yield Fall(month, value, later, less)


def _points(phased: Phased) -> list[tuple[int, Decimal]]:
    pairs = zip(PHASE_MONTHS, phased, strict=True)
    return [(month, value) for month, value in pairs if value is not None]


def _written(value: Decimal) -> Decimal:
    """A share of a plan as it is written: to 2 decimals, without zeros that say nothing."""
    rounded = value.quantize(_CENT, ROUND_HALF_UP)
    whole = rounded.to_integral_value()
    return whole if whole == rounded else rounded.normalize()
