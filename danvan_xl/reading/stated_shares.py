"""Percentages said beside figures, held against what the figures come to of their plan."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from danvan_xl.files.grid import cell_name
from danvan_xl.reading.figure import Figure
from danvan_xl.reading.row_figures import StatedShare
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import Direction, MonthRule
from danvan_xl.vietnamese.numbers import band_of
from danvan_xl.vietnamese.printed import show_share, vietnamese_number
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.stated_shares import Agreement, agreement, share_of

_HUNDRED = Decimal(100)
_CLOSENESS = (Agreement.SAME, Agreement.CUT, Agreement.DIFFERENT)


def shares_of_row(
    shares: Mapping[int, StatedShare],
    place: tuple[Place, int],
    indicator: Indicator,
    months: tuple[Sequence[int], Sequence[Figure]],
) -> Iterator[Issue]:
    """What is wrong with the shares in a row of targets; `months` are its columns and figures."""
    yield from pairs_are_right(shares, place, indicator.direction)
    is_flow = indicator.month_rule is MonthRule.SUM
    values = [figure.value if is_flow else None for figure in months[1]]
    by_column = list(zip(months[0], values, strict=True))
    yield from shares_are_right(shares, by_column, (indicator.plan, indicator.direction), place)


def pairs_are_right(
    shares: Mapping[int, StatedShare],
    place: tuple[Place, int],
    direction: Direction = Direction.MORE,
) -> Iterator[Issue]:
    """What is wrong with the share beside "25/24"; `place` is the sheet and the row's number."""
    for column, said in shares.items():
        if said.planned is not None:
            at = place[0].at(cell_name(place[1], column))
            words = Ours("hai số chia ra")
            yield from _held(said, (said.value,), (said.planned, direction), words, at)


def shares_are_right(
    shares: Mapping[int, StatedShare],
    months: Sequence[tuple[int, Decimal | None]],
    plan: tuple[Decimal | None, Direction],
    place: tuple[Place, int],
) -> Iterator[Issue]:
    """What is wrong with shares that months say of the plan of their row.

    `months` are the columns of months with their figures. Such a share is one of the month's own
    figure, or of all figures so far.
    """
    so_far = Decimal(0)
    for column, value in months:
        so_far += value or 0
        said = shares.get(column)
        if said is None or said.planned is not None:
            continue
        at = place[0].at(cell_name(place[1], column))
        if plan[0] is None:
            share = Ours(f"{said.share}".replace(".", ","))
            yield issue(Code.SHARE_WITHOUT_PLAN, at, value=Typed(said.raw), share=share)
            continue
        words = Ours(f"so với kế hoạch {vietnamese_number(plan[0])}")
        yield from _held(said, (said.value, so_far), (plan[0], plan[1]), words, at)


def _held(
    said: StatedShare,
    values: Sequence[Decimal],
    plan: tuple[Decimal, Direction],
    words: Ours,
    at: Place,
) -> Iterator[Issue]:
    """What is said of a share that none of the figures comes to."""
    goal, direction = plan
    found = [
        agreement(said.share, *shares)
        for value in dict.fromkeys(values)
        for shares in _bounds(value, said, goal, direction)
    ]
    if not found:
        return
    best = min(found, key=_CLOSENESS.index)
    values_said = {"value": Typed(said.raw), "right": Ours(show_share(said.value / goal))}
    if best is Agreement.CUT:
        yield issue(Code.SHARE_CUT_OFF, at, **values_said)
    elif best is Agreement.DIFFERENT:
        read = said.value if said.read is None else said.read
        yield issue(Code.SHARE_IN_CELL_DIFFERS, at, **values_said, said=words, read=read)


def _bounds(
    value: Decimal, said: StatedShare, goal: Decimal, direction: Direction
) -> Iterator[tuple[Decimal, Decimal]]:
    """Between which shares of the plan a figure lies; what should be little also plan over it."""
    low, high = band_of(value, said.bound)
    if not goal:
        return
    yield share_of(low, goal), share_of(high, goal)
    if direction is not Direction.MORE and low > 0:
        yield goal / high * _HUNDRED, goal / low * _HUNDRED
