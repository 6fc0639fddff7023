"""How far a total may stand from the sum of its parts when every figure is written as it should be.

A figure is rounded where it is written: half a unit of its last digit may be missing in it. An
estimate is a band: "trên 30" is 30 to 40. Counted things are whole, so that nothing is missing.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.reading.figure import Figure
from danvan_xl.schema.options import MonthRule
from danvan_xl.vietnamese.numbers import Bound, band_of

_ZERO, _ONE, _HALF, _SPREAD = Decimal(0), Decimal(1), Decimal("0.5"), Decimal(3)
ENDLESS = Decimal("Infinity")


class Written(NamedTuple):
    """A figure as far as its cells tell it: it lies between `low` and `high`.

    `half` is half a unit of the last digit written in its `cells`: one that was typed, several
    whose sum it is; a figure that was worked out has none of its own.
    """

    low: Decimal
    high: Decimal
    half: Decimal = _ZERO
    cells: int = 0

    def at_least(self) -> "Written":
        """The figure while more may come: it can only rise."""
        return self._replace(high=ENDLESS)

    def at_most(self) -> "Written":
        """The figure while it may still fall."""
        return self._replace(low=-ENDLESS)


def written(value: Decimal, bound: Bound = Bound.EXACT, cells: int = 1) -> Written:
    """A figure as it stands in so many cells; 0: it was worked out."""
    low, high = band_of(value, bound)
    return Written(low, high, half_of(value) if cells else _ZERO, cells)


def half_of(value: Decimal) -> Decimal:
    """Half a unit of the last digit that is written in a number: of 12,3 five hundredths."""
    if value.same_quantum(_ONE):  # whole, as most are
        return _HALF
    return _HALF.scaleb(min(_exponent(value), 0))


def sum_written(parts: Iterable[Written]) -> Written:
    """Several figures as their sum: bands are added, the finest last digit counts."""
    items = list(parts)
    halves = [item.half for item in items if item.cells]
    return Written(
        sum((item.low for item in items), _ZERO),
        sum((item.high for item in items), _ZERO),
        min(halves, default=_ZERO),
        sum(item.cells for item in items),
    )


def cumulative_written(
    rule: MonthRule, actual: Decimal | None, bound: Bound, counted: Sequence[Figure], cells: int
) -> Written | None:
    """The figure of some months as far as its cells tell it; None where one cell does, or none.

    `bound` is that of all months together; `cells` is 0 where they were worked out.
    """
    if actual is None or cells == 1:
        return None
    if not cells:
        return written(actual, bound, cells=0)
    if rule is not MonthRule.MEAN and not bound:
        return Written(actual, actual, half_of(actual), cells)  # most are: quick
    months = [written(item.value, item.bound) for item in counted if item.value is not None]
    whole = sum_written(months)
    if rule is not MonthRule.MEAN:
        return whole
    return Written(whole.low / cells, whole.high / cells, whole.half, 1)


def is_far(total: Written, parts: Written, *, counted: bool) -> bool:
    """Whether a total and the sum of its parts stand apart by more than writing them explains."""
    gap = max(parts.low - total.high, total.low - parts.high)
    return gap > 0 and (counted or _is_beyond(gap, total, parts))


def is_above(part: Written, total: Written, *, counted: bool) -> bool:
    """Whether a part, or the sum of some, is greater than its total."""
    gap = part.low - total.high
    return gap > 0 and (counted or _is_beyond(gap, total, part))


def _is_beyond(gap: Decimal, total: Written, parts: Written) -> bool:
    """Whether rounding does not explain a gap: not all at its worst, nor likely together."""
    most = total.cells * total.half + parts.cells * parts.half
    squares = total.cells * total.half**2 + parts.cells * parts.half**2
    return gap > most or gap * gap > _SPREAD * squares


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
