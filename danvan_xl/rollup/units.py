"""What the units below bring to one indicator: worked out for some of them, or for all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from danvan_xl.reading.figure import Figure
from danvan_xl.reading.records import Unit
from danvan_xl.rollup.missing_reports import is_missing, room_of
from danvan_xl.rollup.parts import Coverage, Parts, covered, summed_months
from danvan_xl.rollup.rating import PLAIN, Edge, Rating
from danvan_xl.rollup.rules import combine_units
from danvan_xl.rollup.tally import (
    Scope,
    Term,
    UnitFigure,
    counted_once,
    ratio_of,
    reasons_in,
    written_in,
)
from danvan_xl.rollup.timing import NO_TIMING, Timing, timing_of
from danvan_xl.rollup.tolerance import ENDLESS, Written, half_of
from danvan_xl.rollup.unit_totals import (
    NO_UNIT_FIGURE,
    Pairs,
    UnitEntry,
    bound_of_units,
    parts_of,
    terms_of,
)
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import MonthRule, PlanKind, UnitRule
from danvan_xl.schema.plans import NO_PLAN, Plan
from danvan_xl.vietnamese.measures import is_share
from danvan_xl.vietnamese.numbers import Bound
from danvan_xl.vietnamese.text import match_key, sort_key

if TYPE_CHECKING:  # few need none of it
    from danvan_xl.rollup.packed import Joined

_ValueT = TypeVar("_ValueT")
_Rated = TypeVar("_Rated", bound="_IsRated")
MOST_SHARES = 40  # tell what is usual
STATED = (UnitRule.SUM, UnitRule.LARGEST, UnitRule.SMALLEST)
# What each unit was given, by match keys of the indicator's and the unit's code.
AssignedPlans = Mapping[tuple[str, str], Plan]


class _IsRated(Protocol):
    """What can be sorted by how far it is behind."""

    @property
    def unit_name(self) -> str: ...

    @property
    def completion(self) -> Decimal | None: ...

    @property
    def rating(self) -> Rating: ...


class Behind(NamedTuple):
    """A unit that is behind with an indicator: how far, why, and what it will do."""

    unit_name: str
    plan: Decimal | None
    actual: Decimal | None
    completion: Decimal | None
    rating: Rating
    edge: Edge = PLAIN
    cause: str = ""
    solution: str = ""


class Below(NamedTuple):
    """The units' side of a line.

    `reported` of `expected` units have a figure; `missing` have none. `total` is what their figures
    come to where these say it, `parts` what it takes otherwise; `near` and `deep` are the coverage
    of these units and of those below them. `units_plan` is Σ of all plans (None: not known),
    `last_year` what last year's come to (of a mean the sum; None: not all known). `bound`,
    `registers` and `months` are of the figures that count. `values` and `plans` are two different
    ones, if there are two, of the `value_count` figures, to see whether all are the same. `rows`
    units have a row of it. `addends` are the figures that Cộng would add, `unadded` the units whose
    months it would add though they do not add. `timing` tells which months the figures are from,
    `behind` are the units behind, `terms` what was added up. The figures stand in so many `cells`;
    estimates among them may lie `under` and `over` what they say, taken together. Of a % row
    `shares` are the first figures, to see what is usual, and `tiny` counts those that may be kept
    as fractions.
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
    timing: Timing = NO_TIMING
    behind: Sequence[Behind] = ()
    terms: "tuple[Term, ...] | Joined[Term]" = ()


def below_of(
    key: str, scope: Scope, entries: Sequence[UnitEntry], assigned: AssignedPlans
) -> Below:
    """What some units bring to the indicator with this key."""
    definition = scope.definitions[key]
    concerned = _concerned(key, scope, entries, assigned)
    reporting = [(unit, figure) for unit, figure in concerned if figure.actual is not None]
    silent = [unit for unit, figure in concerned if not _is_counted(figure, definition)]
    asked = frozenset(unit.code for unit, _ in concerned)
    counted = [*reporting, *_beside(key, definition, entries, asked)]
    plans = [_plan(key, unit, figure, assigned) for unit, figure in concerned]
    missing = list(_rooms(definition, concerned, plans))
    actuals = [figure.actual for _, figure in counted if figure.actual is not None]
    found = [e.figures[key] for e in entries if e.is_expected and key in e.figures]
    values = [figure.actual for figure in found if figure.actual is not None]
    unadded = sum(figure.unadded > 0 for figure in found)
    below = [figure.parts.coverage for _, figure in concerned if figure.parts is not None]
    under, over = _slack(counted)
    shares = values if is_share(definition.measure) else []
    return Below(
        expected=len(concerned),
        reported=len(concerned) - len(silent),
        missing=tuple(silent),
        total=combine_units(definition.unit_rule, actuals)
        if definition.unit_rule in STATED
        else None,
        parts=parts_of(definition, entries, counted, missing),
        near=covered(
            Coverage(unit.level, int(_is_counted(figure, definition)), 1)
            for unit, figure in concerned
        ),
        deep=covered(item for coverage in below for item in coverage),
        units_plan=plan_of_units(definition, [plan.value for plan in plans]),
        last_year=last_year_of_units(definition, [figure.last_year for _, figure in concerned]),
        bound=bound_of_units(definition, [(figure.actual, figure.bound) for _, figure in counted]),
        registers=frozenset(figure.register for _, figure in counted),
        months=_months(definition, scope, counted),
        values=first_two(values),
        value_count=len(values),
        plans=first_two(figure.plan for figure in found),
        rows=sum(key in entry.figures for entry in entries),
        addends=len(counted) + unadded,
        unadded=unadded,
        behind=_behind(concerned),
        terms=terms_of(definition, entries, counted),
        cells=sum(1 if item.written is None else item.written.cells for _, item in counted),
        under=under,
        over=over,
        shares=tuple(shares[:MOST_SHARES]),
        tiny=sum(0 < share <= 1 for share in shares),
        timing=timing_of(counted, scope.month),
    )


def _slack(counted: Pairs) -> tuple[Decimal, Decimal]:
    """How far the true figures, taken together, may lie under and over those that are written."""
    under = over = Decimal(0)
    for _, figure in counted:
        if figure.bound and figure.actual is not None and (known := written_in(figure)):
            under, over = under + figure.actual - known.low, over + known.high - figure.actual
    return under, over


def units_written(definition: Indicator, below: Below) -> Written | None:
    """The roll-up of the units as far as their cells tell it."""
    total, rule = units_total(definition, below), definition.unit_rule
    if total is None:
        return None
    if rule is UnitRule.RATIO and below.bound:
        return Written(-ENDLESS, ENDLESS)
    if rule in (UnitRule.RATIO, UnitRule.COUNT_MET):
        return Written(total, total)
    if rule is UnitRule.MEAN and below.parts.mean is not None:
        sums, count = below.parts.mean
        half, cells = half_of(sums), min(below.cells, 1)
        return Written(total - below.under / count, total + below.over / count, half, cells)
    cells = below.cells if rule is UnitRule.SUM else min(below.cells, 1)
    half = half_of(total) if cells else Decimal(0)
    return Written(total - below.under, total + below.over, half, cells)


def units_total(definition: Indicator, below: Below) -> Decimal | None:
    """The roll-up of the units that have a figure; None when none has."""
    parts = below.parts
    if definition.unit_rule is UnitRule.RATIO:
        return None if parts.ratio is None else ratio_of(*parts.ratio, definition)
    if definition.unit_rule is UnitRule.COUNT_MET:
        return parts.met
    if definition.unit_rule is UnitRule.MEAN:
        return None if parts.mean is None else parts.mean[0] / parts.mean[1]
    return None if is_refused(definition, below.addends) else below.total


def is_refused(definition: Indicator, addends: int) -> bool:
    """Whether Cộng would add up several units' figures that do not add: there is no total then."""
    return definition.unit_rule is UnitRule.SUM and addends > 1 and not definition.adds


def is_part(own: UnitFigure, definition: Indicator, below: Below) -> bool:
    """Whether the unit's own figure is one more part of the sum, not a statement of the whole.

    It is when it comes from a register and a unit below keeps that register too: then each notes
    what it did itself. Where all units typed theirs, they may be parts of what the register has.
    """
    is_sum = definition.unit_rule is UnitRule.SUM
    return bool(own.register) and is_sum and own.register in below.registers


def terms_taken_off(repeated: Decimal | None, below: Below) -> tuple[Term, ...]:
    """The term that takes off what several units reported under one code.

    Of figures that somebody typed nobody knows what is in them: nothing is taken off.
    """
    if not repeated or "" in below.registers:
        return ()
    return (counted_once(repeated),)


def units_last_year(definition: Indicator, below: Below) -> Decimal | None:
    """Last year's figures rolled up, None unless every unit has one."""
    if below.last_year is not None and definition.unit_rule is UnitRule.MEAN:
        return below.last_year / below.expected
    return None if is_refused(definition, below.expected) else below.last_year


def worst_key(share: Decimal | None, name: str) -> tuple[object, ...]:
    """A key that sorts the least complete first, then by name in Vietnamese order."""
    return (share is not None, share if share is not None else Decimal(0), sort_key(name))


def worst_first(items: Iterable[_Rated]) -> list[_Rated]:
    """Items sorted: those not reached before those merely behind, each by `worst_key`.

    Of equals the first given comes first. There may be many: names, shares and ratings are sorted
    one after the other, and each name is looked at once.
    """
    found = list(items)
    keys = {name: sort_key(name) for name in {item.unit_name for item in found}}
    at = {key: rank for rank, key in enumerate(sorted({*keys.values()}))}
    ranks = {name: at[key] for name, key in keys.items()}
    by_name = sorted(found, key=lambda item: ranks[item.unit_name])
    unknown = [item for item in by_name if item.completion is None]
    known = [item for item in by_name if item.completion is not None]
    by_share = unknown + sorted(known, key=lambda item: item.completion or Decimal(0))
    return sorted(by_share, key=lambda item: item.rating is not Rating.MISSED)


def _concerned(
    key: str, scope: Scope, entries: Sequence[UnitEntry], assigned: AssignedPlans
) -> list[tuple[Unit, UnitFigure]]:
    """The units that have to report on an indicator, each with its figure or a blank one.

    Where sheet Giao chỉ tiêu gives it to some, those are the ones, and who has a plan of its own.
    """
    if scope.definitions[key].unit_rule is UnitRule.NONE:
        return []
    pairs = (
        (entry.unit, entry.figures.get(key, NO_UNIT_FIGURE))
        for entry in entries
        if entry.is_expected
    )
    return [
        (unit, figure)
        for unit, figure in pairs
        if not figure.not_applicable
        and (key not in scope.given or _has_plan(figure) or (key, match_key(unit.code)) in assigned)
    ]


def _has_plan(figure: UnitFigure) -> bool:
    """Whether a unit's own row says something of a plan."""
    return figure.plan is not None or figure.edge.kind is PlanKind.UNKNOWN


def _is_counted(figure: UnitFigure, definition: Indicator) -> bool:
    """Whether a unit has reported: where nothing is added up, months that do not add are enough."""
    no_sum = definition.unit_rule is UnitRule.SUM and figure.unadded > 0
    return figure.actual is not None or no_sum


def _beside(
    key: str, definition: Indicator, entries: Sequence[UnitEntry], asked: Set[str]
) -> list[tuple[Unit, UnitFigure]]:
    """The figures of units that do not have to report: they are added, nobody waits for them.

    Of units that have ended the flows: a stock of theirs is somebody else's by now. Of others what
    they report though it was not given to them; `asked` are the codes of those that have to.
    """
    if definition.unit_rule is UnitRule.NONE:
        return []
    is_flow = (definition.unit_rule, definition.month_rule) == (UnitRule.SUM, MonthRule.SUM)
    pairs = (
        (entry.unit, entry.figures.get(key, NO_UNIT_FIGURE))
        for entry in entries
        if (entry.unit.code not in asked if entry.is_expected else is_flow)
    )
    return [(unit, figure) for unit, figure in pairs if figure.actual is not None]


def _plan(key: str, unit: Unit, figure: UnitFigure, assigned: AssignedPlans) -> Plan:
    """The plan of a unit: its own, else what it was given."""
    if figure.plan is not None or figure.edge.kind is PlanKind.UNKNOWN:
        return Plan(figure.plan, figure.edge.kind)
    return assigned.get((key, match_key(unit.code)), NO_PLAN)


def _rooms(
    definition: Indicator, concerned: Pairs, plans: Sequence[Plan]
) -> Iterator[Decimal | None]:
    """What each unit can still bring that has no figure, or one whose months end early.

    What is missing in a figure that was rolled up stands in its parts.
    """
    for (_, figure), plan in zip(concerned, plans, strict=True):
        is_whole = not figure.ends_early or (figure.parts is not None and figure.parts.missing)
        if figure.actual is not None and is_whole:
            continue
        edge = figure.edge._replace(kind=plan.kind, bound=figure.bound)
        if figure.actual is None or is_missing(definition, figure.actual, plan.value, edge):
            yield room_of(definition, figure.actual, plan.value, edge)


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


def _months(definition: Indicator, scope: Scope, counted: Pairs) -> tuple[Figure, ...]:
    """The sums of the units' months where they add up and the scope asks for them."""
    adds_up = (definition.unit_rule, definition.month_rule) == (UnitRule.SUM, MonthRule.SUM)
    if not scope.monthly or not adds_up or not counted:
        return ()
    return summed_months([figure.months for _, figure in counted], Decimal(0), scope.month)


def _behind(concerned: Pairs) -> tuple[Behind, ...]:
    behind: list[Behind] = []
    for unit, figure in concerned:
        if figure.rating.is_unmet:
            cause, solution = reasons_in(figure.further)
            behind.append(
                Behind(
                    unit_name=unit.name,
                    plan=figure.plan,
                    actual=figure.actual,
                    completion=figure.completion,
                    rating=figure.rating,
                    edge=figure.edge,
                    cause=cause,
                    solution=solution,
                )
            )
    return tuple(behind)


def first_two(values: Iterable[_ValueT]) -> frozenset[_ValueT]:
    """Two different ones of some values, if there are two."""
    return frozenset(islice(set(values), 2))


def sum_of(values: Iterable[Decimal]) -> Decimal:
    """The sum of exact figures."""
    return sum(values, Decimal(0))
