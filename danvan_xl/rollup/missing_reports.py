"""Chưa đủ báo cáo: where a whole figure can lie while reports are missing, and its rating then.

If every figure of that span is rated in one class (reached, unmet, open), what is missing cannot
change it and the figure is rated as it stands. Two things are taken for granted: what cannot be
below 0 is not, and of what should be much nobody brings more than his plan.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from danvan_xl.rollup.parts import Parts
from danvan_xl.rollup.rating import Edge, Rating, due, has_pace, rate, reaches
from danvan_xl.rollup.ratios import ratio_source
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import Direction, MonthRule, PlanKind, UnitRule
from danvan_xl.vietnamese.limits_of_figures import can_be_negative
from danvan_xl.vietnamese.numbers import Bound
from danvan_xl.vietnamese.ratio_measures import ratio_factor

_ZERO, _ONE = Decimal(0), Decimal(1)


class Span(NamedTuple):
    """Where a figure can lie, both ends included; None: without end."""

    low: Decimal | None
    high: Decimal | None


class Rules(NamedTuple):
    """By which Chiều and which Cộng kỳ a figure is rated."""

    direction: Direction
    month_rule: MonthRule


ANYWHERE = Span(None, None)


def rating_within(
    span: Span,
    actual: Decimal | None,
    plan: Decimal | None,
    month: int,
    definition: Indicator,
    *,
    parts: Parts | None = None,
    edge: Edge,
) -> Rating:
    """The rating of a figure that is not whole; the whole of it lies within `span`."""
    rules = rules_of(definition, parts)
    rating = rate(actual, plan, month, *rules, edge=edge)
    if actual is None or plan is None or not rating.is_judged or span == Span(actual, actual):
        return rating
    figures = _Figures(actual, plan, month)
    is_settled = _is_settled(span, figures, rules, edge)
    if is_settled and definition.unit_rule in _OF_ONE_UNIT:  # its pace is not that of the total
        without_pace = Rules(rules.direction, MonthRule.LAST)
        is_settled = _is_settled(span, figures, without_pace, edge._replace(due=None))
    return rating if is_settled else Rating.INCOMPLETE


def rules_of(definition: Indicator, parts: Parts | None) -> Rules:
    """The rules a figure is rated by.

    A count of units that reach their plan is better the more there are, and keeps no pace.
    """
    if definition.unit_rule is UnitRule.COUNT_MET and parts is not None and parts.met is not None:
        return Rules(Direction.MORE, MonthRule.LAST)
    return Rules(definition.direction, definition.month_rule)


def span_of_total(
    definition: Indicator, actual: Decimal | None, parts: Parts, open_whole: Decimal | None = None
) -> Span:
    """Where the total of units lies of which `parts.missing` have not reported all.

    `open_whole` is what the denominators of the missing ones come to, of a share of a whole; None
    where they are not known, or the ratio is no such share.
    """
    if actual is None or not parts.missing:
        return Span(actual, actual)
    room, rule = parts.missing_plan, definition.unit_rule
    span = ANYWHERE
    if rule is UnitRule.SUM:
        span = _span_of_sum(definition, actual, room)
    elif rule is UnitRule.COUNT_MET:
        span = Span(_ZERO if room is None else actual, actual + parts.missing)
    elif rule is UnitRule.LARGEST:
        span = Span(actual, None)
    elif rule is UnitRule.SMALLEST and room is not None:
        span = Span(None if is_signed(definition) else _ZERO, actual)
    elif definition.direction is Direction.EQUAL:
        pass  # what is not whole is not yet equal, nor unequal
    elif rule is UnitRule.RATIO and parts.ratio is not None and open_whole is not None:
        span = _span_of_share(definition, parts.ratio, open_whole)
    return span


def span_of(
    definition: Indicator,
    actual: Decimal | None,
    plan: Decimal | None,
    parts: Parts | None,
    ends_early: int = 0,
) -> Span:
    """Where the whole of a unit's figure lies; what was rolled up tells itself what is missing."""
    if ends_early and not (parts and parts.missing):
        is_ratio = ratio_source(definition) is not None
        return ANYWHERE if is_ratio else span_of_one(definition, actual, plan)
    return span_of_total(definition, actual, parts or Parts())


def joint_missing(parts: Parts, others: Sequence[Parts]) -> Parts:
    """The parts of a total that is the sum of others: what is missing in these is in it too."""
    room = joint_room([other.missing_plan for other in others if other.missing])
    missing = max((other.missing for other in others), default=0)
    return parts._replace(missing=missing, missing_plan=room)


def span_of_one(definition: Indicator, actual: Decimal | None, plan: Decimal | None) -> Span:
    """Where the figure of one unit lies whose months are not all in."""
    return ANYWHERE if actual is None else _span_of_sum(definition, actual, _room(actual, plan))


def is_missing(
    definition: Indicator, actual: Decimal | None, plan: Decimal | None, edge: Edge
) -> bool:
    """Whether a flow whose months end early can still change a total; what flows only rises."""
    if definition.unit_rule is not UnitRule.COUNT_MET or actual is None or plan is None:
        return True
    if definition.direction is Direction.EQUAL:
        return actual <= plan
    return reaches(actual, plan, definition.direction, edge) is (
        definition.direction is Direction.LESS
    )


def room_of(
    definition: Indicator, actual: Decimal | None, plan: Decimal | None, edge: Edge
) -> Decimal | None:
    """What a unit that has not reported all of an indicator can still bring; None: not known.

    Of a smallest figure, of a count of units: None where what is in may change too.
    """
    if definition.unit_rule is UnitRule.SMALLEST:
        return _ZERO if actual is None else None
    if definition.unit_rule is UnitRule.COUNT_MET:
        if actual is None or plan is None:
            return _ZERO
        return None if reaches(actual, plan, definition.direction, edge) else _ZERO
    # Who is to bring more than so many may well do so.
    return None if edge.kind is PlanKind.ABOVE else _room(actual, plan)


def joint_room(open_rooms: Sequence[Decimal | None]) -> Decimal | None:
    """What several can still bring together; None where that of one is not known."""
    known = [room for room in open_rooms if room is not None]
    return sum(known, _ZERO) if len(known) == len(open_rooms) else None


def is_signed(definition: Indicator) -> bool:
    """Whether a figure of the indicator may be below 0."""
    return can_be_negative(definition.measure, definition.indicator)


def _room(actual: Decimal | None, plan: Decimal | None) -> Decimal | None:
    return None if plan is None else max(_ZERO, plan - (actual or _ZERO))


def _span_of_sum(definition: Indicator, actual: Decimal, room: Decimal | None) -> Span:
    month_rule = definition.month_rule
    if month_rule is MonthRule.MEAN or is_signed(definition):
        return ANYWHERE
    is_bounded = definition.direction is Direction.MORE and month_rule is not MonthRule.LARGEST
    return Span(actual, actual + room if is_bounded and room is not None else None)


def _span_of_share(
    definition: Indicator, sums: tuple[Decimal, Decimal], open_whole: Decimal
) -> Span:
    """From nothing of what is open to all of it."""
    part, whole = sums
    if not whole + open_whole:
        return ANYWHERE
    times = ratio_factor("", "", definition.measure) or _ONE
    ends = part / (whole + open_whole), (part + open_whole) / (whole + open_whole)
    return Span(ends[0] * times, ends[1] * times)


class _Figures(NamedTuple):
    """What is in by the end of a month, and what is planned for the year."""

    actual: Decimal
    plan: Decimal
    month: int


def _is_settled(span: Span, figures: _Figures, rules: Rules, edge: Edge) -> bool:
    """Whether all figures of the span are rated in one class.

    A rating changes at the plan and at what is due alone: one figure at each and between any two
    speaks for all.
    """
    actual, plan, month = figures
    marks = {plan, actual}
    if has_pace(rules.month_rule, edge):
        marks.add(due(plan, month, *rules, edge=edge))
    classes = set()
    for figure in _samples(span, marks):
        # What is missing need not be an estimate, where what is in is one.
        bounds = {edge.bound} if figure == actual else {edge.bound, Bound.EXACT}
        for bound in bounds:
            rating = rate(figure, plan, month, *rules, edge=edge._replace(bound=bound))
            classes.add((rating.is_on_course, rating.is_unmet))
    return len(classes) == 1


def _samples(span: Span, marks: set[Decimal]) -> Iterator[Decimal]:
    """Figures that stand for all of a span in which something may change at some marks."""
    low = min(marks) - 1 if span.low is None else span.low
    high = max(*marks, low) + 1 if span.high is None else span.high
    inside = sorted({low, high, *(mark for mark in marks if low <= mark <= high)})
    yield from inside
    for before, after in pairwise(inside):
        yield (before + after) / 2


_OF_ONE_UNIT = (UnitRule.LARGEST, UnitRule.SMALLEST)
