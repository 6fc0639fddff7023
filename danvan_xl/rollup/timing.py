"""Which months the figures of units are from: flows that end early, stocks that are old."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from danvan_xl.reading.records import Unit
from danvan_xl.rollup.tally import UnitFigure

_OLD = 3  # months; what is older is told


class Timing(NamedTuple):
    """Which months the figures of one indicator are from.

    `short` units have a flow that ends early, the first of them after month `ends_early`. Of a
    stock `as_of` is the month of the oldest figure and `newest` that of the newest (0: not known);
    `old` units have one that is older than three months, `oldest` is the unit with the oldest.
    """

    short: int = 0
    ends_early: int = 0
    as_of: int = 0
    newest: int = 0
    old: int = 0
    oldest: str = ""


NO_TIMING = Timing()


def timing_of(counted: Sequence[tuple[Unit, UnitFigure]], month: int) -> Timing:
    """The timing of figures that are held against a period's month."""
    if not any(figure.as_of or figure.ends_early for _, figure in counted):
        return NO_TIMING
    return joint_timing(_of_one(unit, figure, month) for unit, figure in counted)


def joint_timing(timings: Iterable[Timing]) -> Timing:
    """The timing of several units together; of equally old figures the first is named."""
    found = [timing for timing in timings if timing != NO_TIMING]
    oldest = min((item for item in found if item.as_of), key=_as_of, default=NO_TIMING)
    return Timing(
        short=sum(item.short for item in found),
        ends_early=min((item.ends_early for item in found if item.ends_early), default=0),
        as_of=oldest.as_of,
        newest=max((item.newest for item in found), default=0),
        old=sum(item.old for item in found),
        oldest=oldest.oldest,
    )


def timing_of_parts(timings: Iterable[Timing]) -> Timing:
    """The timing of a total that is the sum of other lines: the same units stand in each.

    How old they are is told of the parts.
    """
    parts = list(timings)
    short = max((part.short for part in parts), default=0)
    return joint_timing(parts)._replace(short=short, old=0)


def timing_of_ratio(own: Timing, sides: Iterable[Timing]) -> Timing:
    """The timing of a ratio: it ends as early as its two rows, whose stocks are told of them."""
    ends = timing_of_parts(sides)
    return own._replace(short=ends.short, ends_early=ends.ends_early)


def is_old(as_of: int, month: int) -> bool:
    """Whether a stock is older than three months at the end of `month`."""
    return 0 < as_of < month - _OLD


def old_words(timing: Timing, reported: int, month: int) -> str:
    """The text "9/14 đơn vị dùng số trước T8, cũ nhất T1: Thôn 1", "" where none is old."""
    if not timing.old:
        return ""
    if not timing.oldest:
        return f"số của T{timing.as_of}"
    counts = f"{timing.old}/{reported} đơn vị dùng số trước T{month - _OLD}"
    return f"{counts}, cũ nhất T{timing.as_of}: {timing.oldest}"


def own_timing(figure: UnitFigure, month: int) -> Timing:
    """The timing of a figure that a unit states itself, as a whole."""
    return _of_one(None, figure, month)._replace(short=0, ends_early=0)


def _of_one(unit: Unit | None, figure: UnitFigure, month: int) -> Timing:
    return Timing(
        short=int(figure.ends_early > 0),
        ends_early=figure.ends_early,
        as_of=figure.as_of,
        newest=figure.as_of,
        old=int(is_old(figure.as_of, month)),
        oldest=unit.name if unit is not None and figure.as_of else "",
    )


def _as_of(timing: Timing) -> int:
    return timing.as_of
