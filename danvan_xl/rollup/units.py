"""What the units below bring to one indicator: worked out for some of them, or for all."""

from collections.abc import Iterable, Iterator, Sequence, Set
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from danvan_xl.reading.figure import Figure
from danvan_xl.reading.records import Unit
from danvan_xl.rollup.open_units import AssignedPlans, ConcernedUnit, open_rooms, plan_of_unit
from danvan_xl.rollup.parts import Coverage, Parts, covered, summed_months
from danvan_xl.rollup.rules import combine_units
from danvan_xl.rollup.tally import Scope, UnitFigure, written_in
from danvan_xl.rollup.terms import Term
from danvan_xl.rollup.timing import NO_TIMING, Timing, timing_of
from danvan_xl.rollup.unit_parts import parts_of, terms_of
from danvan_xl.rollup.unit_rules import (
    Apart,
    Method,
    apart,
    bound_of,
    does_count,
    is_count_of_its_own,
    is_unplanned,
    method_of,
    open_denominators,
)
from danvan_xl.rollup.unit_totals import NO_UNIT_FIGURE, UnitEntry, bound_of_units
from danvan_xl.rollup.units_behind import Behind, reasons_in
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import MonthRule, UnitRule
from danvan_xl.vietnamese.measures import is_share
from danvan_xl.vietnamese.numbers import Bound
from danvan_xl.vietnamese.text import match_key

if TYPE_CHECKING:  # few need none of it
    from danvan_xl.rollup.packed import Joined

_ValueT = TypeVar("_ValueT")
MOST_SHARES = 40  # tell what is usual
STATED = (UnitRule.SUM, UnitRule.LARGEST, UnitRule.SMALLEST)


class Below(NamedTuple):
    """The units' side of a line.

    `reported` of `expected` units have a figure; `missing` have none. `total` is what their figures
    come to where these say it, `parts` what it takes otherwise; `near` and `deep` are the coverage
    of these units and of those below them. `units_plan` is Σ of all plans (None: not known),
    `last_year` what last year's come to (of a mean the sum; None: not all known). `bound`,
    `registers` and `months` are of the figures that count. `values` and `plans` are two different
    ones, if there are two, of the `value_count` figures, to see whether all are the same. `rows`
    units have a row of it. `addends` are the figures that Cộng would add, `unadded` the units whose
    months it would add though they do not add. `factor` is what the quotient of a ratio's sums is
    multiplied by (None: their ĐVT do not fit), `apart` what the total does not say of its units,
    `open_denominators` are, for each unit missing in a ratio, its last denominator (None: not
    known). `timing` tells which months the figures are from, `behind` are the units behind, `terms`
    what was added up. The figures stand in so many `cells`; estimates among them may lie `under`
    and `over` what they say, taken together. Of a % row `shares` are the first figures, to see what
    is usual, and `tiny` counts those, and their plans, that may be kept as fractions.
    """

    expected: int = 0
    reported: int = 0
    missing: tuple[Unit, ...] = ()
    total: Decimal | None = None
    parts: Parts = Parts()
    near: tuple[Coverage, ...] = ()
    deep: tuple[Coverage, ...] = ()
    units_plan: Decimal | None = None
    last_year: Decimal | None = None
    bound: Bound = Bound.EXACT
    registers: frozenset[str] = frozenset()
    months: tuple[Figure, ...] = ()
    values: frozenset[Decimal] = frozenset()
    value_count: int = 0
    plans: frozenset[Decimal | None] = frozenset()
    cells: int = 0
    under: Decimal = Decimal(0)
    over: Decimal = Decimal(0)
    shares: tuple[Decimal, ...] = ()
    tiny: int = 0
    rows: int = 0
    addends: int = 0
    unadded: int = 0
    factor: Decimal | None = None
    apart: Apart = Apart()
    open_denominators: tuple[Decimal | None, ...] = ()
    timing: Timing = NO_TIMING
    behind: Sequence[Behind] = ()
    terms: "tuple[Term, ...] | Joined[Term]" = ()

    @property
    def is_part_of_whole(self) -> bool:
        """Whether a ratio's numerator is a part of its denominator in every unit that has both."""
        return self.apart.is_part


def below_of(
    key: str, scope: Scope, entries: Sequence[UnitEntry], assigned: AssignedPlans
) -> Below:
    """What some units bring to the indicator with this key."""
    method = method_of(key, scope)
    units = _told_apart(method, scope, entries, assigned)
    below = _of_concerned(method, units)._replace(
        rows=sum(key in entry.figures for entry in entries),
        factor=None if method.ratio is None else method.ratio.factor,
        apart=apart(method, units.concerned, entries, units.unplanned),
    )
    figures = [
        entry.figures[key] for entry in entries if entry.is_expected and key in entry.figures
    ]
    return _with_counted(_with_written(below, method, figures), method, scope, units)


class _Units(NamedTuple):
    """The units of an indicator told apart.

    `concerned` have to report on it, `beside` need not but count; `unplanned` are the names of
    those that are not counted for want of a plan.
    """

    concerned: Sequence[ConcernedUnit]
    beside: Sequence[UnitEntry]
    unplanned: Sequence[str]

    def open_rooms(self, method: Method) -> list[Decimal | None]:
        """What each unit of which something is missing can still bring."""
        ended = [
            ConcernedUnit(entry, figure, figure.planned, counts=True)
            for entry in self.beside
            if (figure := entry.figures.get(method.key, NO_UNIT_FIGURE)).ends_early
        ]
        return list(open_rooms(method.definition, [*self.concerned, *ended]))


def _told_apart(
    method: Method, scope: Scope, entries: Sequence[UnitEntry], assigned: AssignedPlans
) -> _Units:
    concerned: list[ConcernedUnit] = []
    unplanned: list[str] = []
    for entry, figure in _concerned(method, scope, entries, assigned):
        plan = plan_of_unit(method.key, entry.unit, figure, assigned)
        if is_unplanned(method, figure, plan.value):
            unplanned.append(entry.unit.name)
        else:
            counts = does_count(method, entry, figure, plan.value)
            concerned.append(ConcernedUnit(entry, figure, plan, counts))
    asked = frozenset(item.entry.unit.code for item in concerned)
    return _Units(concerned, list(_beside(method, entries, asked)), unplanned)


def _of_concerned(method: Method, units: _Units) -> Below:
    """What is said of the units that have to report on an indicator."""
    definition, concerned = method.definition, units.concerned
    told = [item.counts or _is_told(item.figure, definition) for item in concerned]
    below = [item.figure.parts.coverage for item in concerned if item.figure.parts is not None]
    return Below(
        expected=len(concerned),
        reported=sum(told),
        missing=tuple(
            item.entry.unit for item, is_told in zip(concerned, told, strict=True) if not is_told
        ),
        near=covered(
            Coverage(item.entry.unit.level, int(is_told), 1)
            for item, is_told in zip(concerned, told, strict=True)
        ),
        deep=covered(item for coverage in below for item in coverage),
        units_plan=plan_of_units(definition, [item.plan.value for item in concerned]),
        last_year=_last_year(method, [item.figure.last_year for item in concerned]),
        open_denominators=open_denominators(method, concerned),
        behind=_behind(concerned),
    )


def _with_written(below: Below, method: Method, figures: Sequence[UnitFigure]) -> Below:
    """With what is told of all figures that are written, whether they count or not."""
    values = [figure.actual for figure in figures if figure.actual is not None]
    shares = values if is_share(method.definition.measure) else []
    planned = [figure.plan for figure in figures if figure.plan is not None] if shares else []
    return below._replace(
        unadded=sum(figure.unadded > 0 for figure in figures),
        values=first_two(values),
        value_count=len(values),
        plans=first_two(figure.plan for figure in figures),
        shares=tuple(shares[:MOST_SHARES]),
        tiny=sum(0 < share <= 1 for share in (*shares, *planned)),
    )


def _with_counted(below: Below, method: Method, scope: Scope, units: _Units) -> Below:
    """With what the units that count come to."""
    key, definition = method.key, method.definition
    entries = [*(item.entry for item in units.concerned if item.counts), *units.beside]
    counted = [(entry, entry.figures.get(key, NO_UNIT_FIGURE)) for entry in entries]
    figures = [figure for _, figure in counted]
    actuals = [figure.actual for figure in figures if figure.actual is not None]
    under, over = _slack(figures)
    bounds = [(figure.actual, bound_of(method, entry, figure)) for entry, figure in counted]
    rule = definition.unit_rule
    return below._replace(
        total=combine_units(rule, actuals) if rule in STATED else None,
        parts=parts_of(method, entries, units.open_rooms(method)),
        bound=bound_of_units(definition, bounds),
        registers=frozenset(figure.register for figure in figures),
        months=_months(definition, scope, figures),
        addends=len(entries) + below.unadded,
        terms=terms_of(method, entries),
        cells=sum(1 if figure.written is None else figure.written.cells for figure in figures),
        under=under,
        over=over,
        timing=timing_of([(entry.unit, figure) for entry, figure in counted], scope.month),
    )


def _slack(counted: Sequence[UnitFigure]) -> tuple[Decimal, Decimal]:
    """How far the true figures, taken together, may lie under and over those that are written."""
    under = over = Decimal(0)
    for figure in counted:
        if figure.bound and figure.actual is not None and (known := written_in(figure)):
            under, over = under + figure.actual - known.low, over + known.high - figure.actual
    return under, over


def _concerned(
    method: Method, scope: Scope, entries: Sequence[UnitEntry], assigned: AssignedPlans
) -> Iterator[tuple[UnitEntry, UnitFigure]]:
    """The units that have to report on an indicator, each with its figure or a blank one.

    Where sheet Giao chỉ tiêu gives it to some, those are the ones, and who has a plan of its own.
    """
    key = method.key
    if method.rule is UnitRule.NONE:
        return
    for entry in entries:
        figure = entry.figures.get(key, NO_UNIT_FIGURE)
        is_given = key not in scope.given or figure.planned.is_given
        is_given = is_given or (key, match_key(entry.unit.code)) in assigned
        if entry.is_expected and not figure.not_applicable and is_given:
            yield entry, figure


def _is_told(figure: UnitFigure, definition: Indicator) -> bool:
    """Whether a unit has reported though it does not count: months that do not add, of a sum."""
    return definition.unit_rule is UnitRule.SUM and figure.unadded > 0


def _beside(method: Method, entries: Sequence[UnitEntry], asked: Set[str]) -> Iterator[UnitEntry]:
    """The figures of units that do not have to report: they are added, nobody waits for them.

    Of units that have ended the flows: a stock of theirs is somebody else's by now. Of others what
    they report though it was not given to them; `asked` are the codes of those that have to.
    """
    if method.rule is UnitRule.NONE:
        return
    counts_former = method.counts_former and (method.ratio is None or method.is_ratio)
    for entry in entries:
        figure = entry.figures.get(method.key, NO_UNIT_FIGURE)
        is_beside = entry.unit.code not in asked if entry.is_expected else counts_former
        is_beside = is_beside and not figure.not_applicable
        if is_beside and does_count(method, entry, figure, figure.plan):
            yield entry


def plan_of_units(definition: Indicator, plans: Sequence[Decimal | None]) -> Decimal | None:
    """Σ of the units' plans, None unless they add and every unit's plan is known."""
    if definition.unit_rule is not UnitRule.SUM or not plans or not definition.adds:
        return None
    known = [plan for plan in plans if plan is not None]
    return sum_of(known) if len(known) == len(plans) else None


def last_year_of_units(definition: Indicator, figures: Sequence[Decimal | None]) -> Decimal | None:
    """Last year's figures together (of a mean their sum), None unless all are known."""
    known = [figure for figure in figures if figure is not None]
    if len(known) < len(figures):
        return None
    rule = UnitRule.SUM if definition.unit_rule is UnitRule.MEAN else definition.unit_rule
    return combine_units(rule, known)


def _months(
    definition: Indicator, scope: Scope, counted: Sequence[UnitFigure]
) -> tuple[Figure, ...]:
    """The sums of the units' months where they add up and the scope asks for them."""
    adds_up = (definition.unit_rule, definition.month_rule) == (UnitRule.SUM, MonthRule.SUM)
    if not scope.monthly or not adds_up or not counted:
        return ()
    return summed_months([figure.months for figure in counted], Decimal(0), scope.month)


def _behind(concerned: Sequence[ConcernedUnit]) -> tuple[Behind, ...]:
    behind: list[Behind] = []
    for entry, figure, *_ in concerned:
        if figure.rating.is_unmet:
            cause, solution = reasons_in(figure.further)
            behind.append(
                Behind(
                    unit_name=entry.unit.name,
                    plan=figure.plan,
                    actual=figure.actual,
                    completion=figure.completion,
                    rating=figure.rating,
                    edge=figure.edge,
                    cause=cause,
                    solution=solution,
                    is_count=is_count_of_its_own(figure),
                )
            )
    return tuple(behind)


def _last_year(method: Method, figures: Sequence[Decimal | None]) -> Decimal | None:
    """Last year's figures together; of what weighed them then nothing is known."""
    return None if method.weight is not None else last_year_of_units(method.definition, figures)


def first_two(values: Iterable[_ValueT]) -> frozenset[_ValueT]:
    """Two different ones of some values, if there are two."""
    return frozenset(islice(set(values), 2))


def sum_of(values: Iterable[Decimal]) -> Decimal:
    """The sum of exact figures."""
    return sum(values, Decimal(0))
