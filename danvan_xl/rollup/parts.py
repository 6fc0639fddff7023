"""What a rolled-up figure is made of, as far as the level above needs it to add up exactly.

A mean, a ratio or a count of units cannot be rolled up from its value alone: the level above needs
the sum and the number, the two sums, or the count itself.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.reading.figure import NO_FIGURE, Figure
from danvan_xl.vietnamese.numbers import State, joint_bound

_UNITS = "đơn vị"
_ZERO = Decimal(0)


class Coverage(NamedTuple):
    """How many units of one level have a figure, of how many that have to."""

    level: str
    reported: int
    expected: int


class Parts(NamedTuple):
    """What the figure of a unit is made of; None where the figure itself says it.

    `ratio` is Σ numerator and Σ denominator over the units that have both, none of them where the
    two rows are not of the same units and `is_uneven` tells that they make no ratio. `mean` are the
    sum and the number of figures, `weighted` Σ figure·weight and Σ weight over the units that have
    both and the key of what weighs them, `met` how many units reach their plan. `coverage` is that
    of the levels below, the nearest first. `missing` counts the units below that have not reported
    all of it, `missing_plan` is what they can still bring up to their plans (None: not known).
    """

    ratio: tuple[Decimal, Decimal] | None = None
    mean: tuple[Decimal, int] | None = None
    met: Decimal | None = None
    coverage: tuple[Coverage, ...] = ()
    missing: int = 0
    missing_plan: Decimal | None = _ZERO
    weighted: tuple[Decimal, Decimal, str] | None = None
    is_uneven: bool = False

    @property
    def units(self) -> int:
        """How many units there are at the level that has most: the lowest."""
        return max((item.expected for item in self.coverage), default=0)


def covered(items: Iterable[Coverage]) -> tuple[Coverage, ...]:
    """The coverage of each level, in the order in which they first come."""
    levels: dict[str, tuple[int, int]] = {}
    for level, reported, expected in items:
        known = levels.get(level, (0, 0))
        levels[level] = known[0] + reported, known[1] + expected
    return tuple(Coverage(level or _UNITS, *counts) for level, counts in levels.items())


def summed_months(
    rows: Sequence[Sequence[Figure]], taken_off: Decimal, month: int
) -> tuple[Figure, ...]:
    """The sums of several units' months up to `month`, less what was counted twice.

    It is taken off the latest months, none of which it makes less than nothing.
    """
    sums = [_sum([row[at] for row in rows if at < len(row)]) for at in range(month)]
    for at in reversed(range(month)):
        value = sums[at].value
        if taken_off and value is not None:
            part = min(taken_off, max(value, _ZERO))
            sums[at] = sums[at]._replace(value=value - part)
            taken_off -= part
    return tuple(sums)


def single_month(actual: Decimal | None, figure: Figure, month: int) -> tuple[Figure, ...]:
    """Months up to `month`, which alone has a figure: what cannot be told month by month."""
    if actual is None:
        return ()
    return (*[NO_FIGURE] * (month - 1), figure._replace(value=actual))


def _sum(figures: Sequence[Figure]) -> Figure:
    known = [figure for figure in figures if figure.value is not None]
    if not known:
        return NO_FIGURE
    total = sum((figure.value for figure in known if figure.value is not None), _ZERO)
    return Figure(total, State.NUMBER, joint_bound(figure.bound for figure in known))
