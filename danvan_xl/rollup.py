"""How the figures of many units become one line of the summary, with coverage and sources."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.indicators import Indicator
from danvan_xl.numbers import Bound, joint_bound
from danvan_xl.rating import Direction, MonthRule, Rating, completion, due, rate, reaches
from danvan_xl.records import NOTHING, Unit
from danvan_xl.rules import UnitRule, combine_units
from danvan_xl.tally import Scope, Term, UnitFigure, rated, ratio_of, ratio_source, ratio_terms
from danvan_xl.text import match_key, sort_key

NO_UNIT_FIGURE = UnitFigure("")


class Entry(NamedTuple):
    """A unit and its figures by indicator key; none when it has not reported at all.

    A unit that ended before the period closes is not expected, but what flowed until then counts.
    """

    unit: Unit
    figures: Mapping[str, UnitFigure]
    is_expected: bool = True


class Line(NamedTuple):
    """One indicator of the summary.

    `actual` is the unit's own figure when `is_typed` (typed, or from its register), else the
    roll-up; `units_total` is that of the units either way. `reported` of `expected` units have a
    figure; `missing` have none. `unmet` are the units behind, worst first, with their figures.
    """

    definition: Indicator
    plan: Decimal | None
    actual: Decimal | None
    last_year: Decimal | None
    bound: Bound
    completion: Decimal | None
    rating: Rating
    is_typed: bool
    units_total: Decimal | None
    reported: int
    expected: int
    missing: tuple[Unit, ...]
    unmet: tuple[tuple[Unit, UnitFigure], ...]
    terms: tuple[Term, ...]
    units_plan: Decimal | None


def with_assigned_plans(
    entry: Entry, assigned: Mapping[tuple[str, str], Decimal], scope: Scope
) -> Entry:
    """Return the entry with plans it left blank taken from sheet Giao chỉ tiêu."""
    unit = match_key(entry.unit.code)
    figures = dict(entry.figures)
    for key, figure in entry.figures.items():
        plan = assigned.get((key, unit))
        if figure.plan is None and plan is not None and not figure.not_applicable:
            figures[key] = rated(figure._replace(plan=plan), scope)
    return entry._replace(figures=figures)


def roll_up(
    scope: Scope,
    own: Mapping[str, UnitFigure],
    entries: Sequence[Entry],
    assigned: Mapping[tuple[str, str], Decimal],
    repeated: Mapping[str, Decimal] = NOTHING,
) -> dict[str, Line]:
    """Return the lines of the summary by indicator key, in the order they are defined.

    `repeated` is by how much the figures of an indicator count things more than once.
    """
    lines = {
        key: _line(key, scope, own.get(key, UnitFigure(key)), entries, assigned, repeated.get(key))
        for key in scope.definitions
    }
    for key, line in lines.items():
        if line.actual is None and (ratio := ratio_source(line.definition)):
            top, bottom = lines.get(ratio.numerator), lines.get(ratio.denominator)
            if top and bottom:
                value = ratio_of(top.actual, bottom.actual, line.definition)
                lines[key] = _with_actual(line, value, scope)
    return lines


def as_unit_figure(key: str, line: Line) -> UnitFigure:
    """Return a line as the figure of the unit that rolled it up, for the level above."""
    return UnitFigure(
        key,
        line.plan,
        line.actual,
        line.last_year,
        line.bound,
        terms=line.terms,
        rating=line.rating,
        completion=line.completion,
    )


def _line(
    key: str,
    scope: Scope,
    own: UnitFigure,
    entries: Sequence[Entry],
    assigned: Mapping[tuple[str, str], Decimal],
    repeated: Decimal | None = None,
) -> Line:
    definition = scope.definitions[key]
    concerned = _concerned(key, definition, entries)
    reporting = [(unit, figure) for unit, figure in concerned if figure.actual is not None]
    counted = [*reporting, *_former(key, definition, entries)]
    missing = tuple(unit for unit, figure in concerned if figure.actual is None)
    total = _total(definition, entries, counted)
    is_part = _is_part(own, definition, counted)
    is_typed = own.actual is not None and not is_part
    actual, bound, terms = own.actual, own.bound, own.terms
    if not is_typed:
        taken_off = _taken_off(repeated, counted)
        actual = _sum_of(own.actual, total, *(term.value for term in taken_off))
        bound = joint_bound([own.bound, *(figure.bound for _, figure in counted)])
        terms = (*own.terms, *_terms(definition, entries, counted), *taken_off)
    line = Line(
        definition,
        own.plan,
        actual,
        _last_year(definition, own, concerned),
        bound,
        completion(actual, own.plan, definition.direction),
        rate(actual, own.plan, scope.month, definition.direction, definition.month_rule),
        is_typed,
        total,
        len(reporting),
        len(concerned),
        missing,
        _worst_first(concerned),
        terms,
        _units_plan(key, definition, concerned, assigned),
    )
    return line if is_typed else _if_incomplete(line, key, scope, entries, assigned)


def _is_part(
    own: UnitFigure, definition: Indicator, counted: Sequence[tuple[Unit, UnitFigure]]
) -> bool:
    """Whether the unit's own figure is one more part of the sum, not a statement of the whole.

    It is when it comes from a register and a unit below keeps that register too: then each notes
    what it did itself. Where all units typed theirs, they may be parts of what the register has.
    """
    if not own.register or definition.unit_rule is not UnitRule.SUM:
        return False
    return any(figure.register == own.register for _, figure in counted)


def _sum_of(*parts: Decimal | None) -> Decimal | None:
    """Return the sum of the parts there are, None when there is none."""
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if known else None


def _taken_off(
    repeated: Decimal | None, counted: Sequence[tuple[Unit, UnitFigure]]
) -> tuple[Term, ...]:
    """Return the term that takes off what several units reported under one code.

    Of figures that somebody typed nobody knows what is in them: nothing is taken off.
    """
    if not repeated or not all(figure.register for _, figure in counted):
        return ()
    return (Term("Trùng mã, tính một lần", "", -repeated, "", ""),)


def _concerned(
    key: str, definition: Indicator, entries: Sequence[Entry]
) -> list[tuple[Unit, UnitFigure]]:
    """Return the units that have to report on an indicator, each with its figure or a blank one."""
    if definition.unit_rule is UnitRule.NONE:
        return []
    pairs = (
        (entry.unit, entry.figures.get(key, NO_UNIT_FIGURE))
        for entry in entries
        if entry.is_expected
    )
    return [(unit, figure) for unit, figure in pairs if not figure.not_applicable]


def _former(
    key: str, definition: Indicator, entries: Sequence[Entry]
) -> list[tuple[Unit, UnitFigure]]:
    """Return the flows of units that have ended; a stock of theirs is somebody else's by now."""
    if (definition.unit_rule, definition.month_rule) != (UnitRule.SUM, MonthRule.SUM):
        return []
    pairs = (
        (entry.unit, entry.figures.get(key, NO_UNIT_FIGURE))
        for entry in entries
        if not entry.is_expected
    )
    return [(unit, figure) for unit, figure in pairs if figure.actual is not None]


def _total(
    definition: Indicator,
    entries: Sequence[Entry],
    counted: Sequence[tuple[Unit, UnitFigure]],
) -> Decimal | None:
    """Return the roll-up of the units that have a figure."""
    if definition.unit_rule is UnitRule.RATIO:
        return _ratio_total(definition, entries)
    if definition.unit_rule is UnitRule.COUNT_MET:
        met = sum(_reaches(figure, definition) for _, figure in counted)
        return Decimal(met) if counted else None
    figures = [figure.actual for _, figure in counted if figure.actual is not None]
    return combine_units(definition.unit_rule, figures)


def _ratio_total(definition: Indicator, entries: Sequence[Entry]) -> Decimal | None:
    """Return Σ numerator / Σ denominator over the units that have both; never a mean of shares."""
    both = _ratio_parts(definition, entries)
    if not both:
        return None
    tops, bottoms = zip(*both, strict=True)
    return ratio_of(_sum(tops), _sum(bottoms), definition)


def _sum(figures: Sequence[UnitFigure]) -> Decimal:
    return sum((figure.actual for figure in figures if figure.actual is not None), Decimal(0))


def _ratio_parts(
    definition: Indicator, entries: Sequence[Entry]
) -> list[tuple[UnitFigure, UnitFigure]]:
    """Return the numerator and the denominator of every expected unit that reported both."""
    ratio = ratio_source(definition)
    if ratio is None:
        return []
    pairs = (
        (
            entry.figures.get(ratio.numerator, NO_UNIT_FIGURE),
            entry.figures.get(ratio.denominator, NO_UNIT_FIGURE),
        )
        for entry in entries
        if entry.is_expected
    )
    return [pair for pair in pairs if pair[0].actual is not None and pair[1].actual is not None]


def _reaches(figure: UnitFigure, definition: Indicator) -> bool:
    if figure.actual is None or figure.plan is None:
        return False
    return reaches(figure.actual, figure.plan, definition.direction)


def _terms(
    definition: Indicator, entries: Sequence[Entry], counted: Sequence[tuple[Unit, UnitFigure]]
) -> tuple[Term, ...]:
    """Return what was added up: a ratio's parts; one for each unit that reaches its plan."""
    if definition.unit_rule is UnitRule.RATIO:
        return tuple(
            term
            for top, bottom in _ratio_parts(definition, entries)
            for term in ratio_terms(top, bottom)
        )
    if definition.unit_rule is not UnitRule.COUNT_MET:
        return tuple(term for _, figure in counted for term in figure.terms)
    return tuple(
        term._replace(value=Decimal(_reaches(figure, definition)))
        for _, figure in counted
        for term in figure.terms
    )


def _last_year(
    definition: Indicator, own: UnitFigure, concerned: Sequence[tuple[Unit, UnitFigure]]
) -> Decimal | None:
    """Return last year's figure: as typed, else rolled up when every unit has one."""
    if own.last_year is not None:
        return own.last_year
    figures = [figure.last_year for _, figure in concerned if figure.last_year is not None]
    return combine_units(definition.unit_rule, figures) if len(figures) == len(concerned) else None


def _units_plan(
    key: str,
    definition: Indicator,
    concerned: Sequence[tuple[Unit, UnitFigure]],
    assigned: Mapping[tuple[str, str], Decimal],
) -> Decimal | None:
    """Return Σ of the units' plans, None unless it is a sum and every unit's plan is known."""
    if definition.unit_rule is not UnitRule.SUM or not concerned:
        return None
    plans = [
        figure.plan if figure.plan is not None else assigned.get((key, match_key(unit.code)))
        for unit, figure in concerned
    ]
    known = [plan for plan in plans if plan is not None]
    return sum(known, Decimal(0)) if len(known) == len(plans) else None


def _worst_first(
    concerned: Sequence[tuple[Unit, UnitFigure]],
) -> tuple[tuple[Unit, UnitFigure], ...]:
    behind = [(unit, figure) for unit, figure in concerned if figure.rating.is_unmet]
    return tuple(sorted(behind, key=lambda pair: worst_key(pair[1].completion, pair[0].name)))


def worst_key(share: Decimal | None, name: str) -> tuple[object, ...]:
    """Return a key that sorts the least complete first, then by name in Vietnamese order."""
    return (share is not None, share if share is not None else Decimal(0), sort_key(name))


def _with_actual(line: Line, actual: Decimal | None, scope: Scope) -> Line:
    definition = line.definition
    rating = rate(actual, line.plan, scope.month, definition.direction, definition.month_rule)
    share = completion(actual, line.plan, definition.direction)
    return line._replace(actual=actual, rating=rating, completion=share)


def _if_incomplete(
    line: Line,
    key: str,
    scope: Scope,
    entries: Sequence[Entry],
    assigned: Mapping[tuple[str, str], Decimal],
) -> Line:
    """Return the line rated Chưa đủ báo cáo when the missing units could still close its gap."""
    definition, actual, plan = line.definition, line.actual, line.plan
    if actual is None or plan is None or not line.missing:
        return line
    wanted = due(plan, scope.month, definition.direction, definition.month_rule)
    if reaches(actual, wanted, definition.direction):
        return line
    figures = {match_key(entry.unit.code): entry.figures.get(key) for entry in entries}
    plans: list[Decimal | None] = []
    for unit in line.missing:
        figure = figures.get(match_key(unit.code))
        known = figure.plan if figure is not None else None
        plans.append(known if known is not None else assigned.get((key, match_key(unit.code))))
    if _can_close(definition, wanted - actual, wanted, plans):
        return line._replace(rating=Rating.INCOMPLETE)
    return line


def _can_close(
    definition: Indicator, gap: Decimal, wanted: Decimal, plans: Sequence[Decimal | None]
) -> bool:
    """Whether units with these plans (None: not known) could bring the total to what is wanted."""
    rule, direction = definition.unit_rule, definition.direction
    if rule in (UnitRule.SUM, UnitRule.COUNT_MET):
        if gap < 0:  # more reports can only add to a total that is already too high
            return False
        if rule is UnitRule.COUNT_MET:
            return len(plans) >= gap
        known = [plan for plan in plans if plan is not None]
        return len(known) < len(plans) or sum(known, Decimal(0)) >= gap
    if (rule, direction) in (
        (UnitRule.SMALLEST, Direction.MORE),
        (UnitRule.LARGEST, Direction.LESS),
    ):
        return False
    if rule in (UnitRule.SMALLEST, UnitRule.LARGEST):
        return any(plan is None or reaches(plan, wanted, direction) for plan in plans)
    return True
