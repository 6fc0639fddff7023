"""Running totals, and what there is by a month's end, where a month's own figures belong."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from danvan_xl.vietnamese.periods import YEAR_END

_LEAST = 10  # smaller figures rise by chance
_STEADY = 2  # the greatest rise a month over the smallest
_OF_THE_FIRST = 2  # the last figure is at least this part of as many first ones
_FEWEST_STEADY, _FEWEST_DUE, _FEWEST_PLAN = 3, 2, 4
_ABOVE = Decimal("1.1")
_FAR_ABOVE = Decimal("1.4")
_LIKE_A_YEAR = Decimal("0.8"), Decimal("1.2")  # times what a whole year comes to
_APART = 10  # figures of what there is differ by at most this part of the largest


def looks_like_running_total(
    months: Sequence[Decimal | None], plan: Decimal | None, due: Decimal | None
) -> bool:
    """Whether the months of a flow look like figures from the year's beginning on.

    `due` is what of the `plan` should be done by the end of the last month; months may be blank.
    """
    values = [value for value in months if value is not None]
    if len(values) < _FEWEST_DUE or values[-1] < _LEAST or values[-1] < values[0]:
        return False
    if len(set(values)) == 1 or any(later < earlier for earlier, later in pairwise(values)):
        return False
    known = [(at, value) for at, value in enumerate(months, start=1) if value is not None]
    return (
        _rises_steadily(known) or _is_what_is_due(values, due) or _is_within_the_plan(values, plan)
    )


def looks_like_stock(months: Sequence[Decimal | None], year: Decimal | None) -> bool:
    """Whether each month of a flow has about what a whole year comes to, and all about the same.

    `year` is the plan, or what there was last year; months may be blank.
    """
    if year is None or year < _LEAST:
        return False
    values = [value for value in months if value is not None]
    if len(values) < _FEWEST_DUE:
        return False
    low, high = (year * times for times in _LIKE_A_YEAR)
    least, most = min(values), max(values)
    return low <= least and most <= high and (most - least) * _APART <= most


def due_of(plan: Decimal | None, month: int, phased: Decimal | None) -> Decimal | None:
    """What of a plan is due by a month: of a phased plan what it says, else an even part."""
    if phased is not None or plan is None:
        return phased
    return plan * month / YEAR_END


def _rises_steadily(known: Sequence[tuple[int, Decimal]]) -> bool:
    """Counted from 0, the rises per month are about the same, as those of a sum are."""
    last = known[-1][1]
    if len(known) < _FEWEST_STEADY or last * _OF_THE_FIRST < known[0][1] * len(known):
        return False
    pairs = pairwise([(0, Decimal(0)), *known])
    rises = [(value - before) / (at - start) for (start, before), (at, value) in pairs]
    return 0 < max(rises) <= min(rises) * _STEADY


def _is_what_is_due(values: Sequence[Decimal], due: Decimal | None) -> bool:
    """The last figure alone is what is due, and all together are far above it."""
    if due is None or due <= 0:
        return False
    return sum(values) >= due * _FAR_ABOVE and values[-1] <= due * _ABOVE


def _is_within_the_plan(values: Sequence[Decimal], plan: Decimal | None) -> bool:
    """The last figure is within the plan, and all together are above it."""
    if plan is None or len(values) < _FEWEST_PLAN:
        return False
    return sum(values) > plan * _ABOVE and values[-1] <= plan
