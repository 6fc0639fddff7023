"""How the figures of many units become one line of the summary, with coverage and sources."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.indicators import Indicator
from danvan_xl.issues import Issue, Place, issue
from danvan_xl.messages import Code
from danvan_xl.numbers import Bound, State, joint_bound
from danvan_xl.outliers import copied_figure
from danvan_xl.packed import PackedMapping, held
from danvan_xl.parts import Coverage, Parts, missing_plans, single_month, summed_months
from danvan_xl.rating import MonthRule, Rating, completion, due, rate, reaches
from danvan_xl.records import NOTHING, Figure, Unit
from danvan_xl.rules import UnitRule, combine_units
from danvan_xl.show import vietnamese_number
from danvan_xl.tally import (
    Scope,
    Term,
    UnitFigure,
    counted_once,
    rated,
    ratio_of,
    ratio_source,
)
from danvan_xl.text import match_key, sort_key
from danvan_xl.unit_totals import (
    NO_UNIT_FIGURE,
    Entry,
    Pairs,
    can_close,
    parts_of,
    terms_of,
    total_of,
)

# Figures of units that are opened at once, some 1,500 bytes each.
_OPENED = 20_000


class Line(NamedTuple):
    """One indicator of the summary.

    `actual` is the unit's own figure when `is_typed` (typed, or from its register), else the
    roll-up; `units_total` is that of the units either way. `reported` of `expected` units have a
    figure; `missing` have none. `unmet` are the units behind, worst first, with their figures
    (without sources).
    `parts`, `months` and `register` (that all figures come from, "" where some were typed) are for
    the level above. `copied` is the one figure that so many units have.
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
    unmet: Sequence[tuple[Unit, UnitFigure]]
    terms: Sequence[Term]
    units_plan: Decimal | None
    parts: Parts = Parts()
    months: tuple[Figure, ...] = ()
    register: str = ""
    copied: tuple[Decimal, int] | None = None

    @property
    def covered_below(self) -> tuple[Coverage, ...]:
        """The coverage of every level, the nearest first, where there is more than the nearest."""
        units = sum(item.expected for item in self.parts.coverage)
        return self.parts.coverage if units > self.expected else ()


def with_assigned_plans(
    entry: Entry, assigned: Mapping[tuple[str, str], Decimal], scope: Scope
) -> Entry:
    """Return the entry with plans it left blank taken from sheet Giao chỉ tiêu."""
    unit = match_key(entry.unit.code)
    given = {
        key: rated(figure._replace(plan=plan), scope)
        for key, figure in entry.figures.items()
        if figure.plan is None
        and (plan := assigned.get((key, unit))) is not None
        and not figure.not_applicable
    }
    return entry._replace(figures={**entry.figures, **given}) if given else entry


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
    lines: dict[str, Line] = {}
    for keys, opened_entries in _portions(scope, entries):
        for key in keys:
            figure = own.get(key, UnitFigure(key))
            lines[key] = _line(key, scope, figure, opened_entries, assigned, repeated.get(key))
    for key, line in lines.items():
        if line.actual is None and (ratio := ratio_source(line.definition)):
            top, bottom = lines.get(ratio.numerator), lines.get(ratio.denominator)
            if top and bottom:
                value = ratio_of(top.actual, bottom.actual, line.definition)
                lines[key] = rated_again(line, value, scope)
    return lines


def _portions(
    scope: Scope, entries: Sequence[Entry]
) -> Iterator[tuple[Sequence[str], Sequence[Entry]]]:
    """Yield indicators with the units' figures for them, no more at a time than memory is for."""
    keys = tuple(scope.definitions)
    if not any(isinstance(entry.figures, PackedMapping) for entry in entries):
        yield keys, entries
        return
    size = max(1, _OPENED // len(entries) // PackedMapping.SLICE) * PackedMapping.SLICE
    for start in range(0, len(keys), size):
        portion = keys[start : start + size]
        ratios = filter(None, (ratio_source(scope.definitions[key]) for key in portion))
        wanted = {*portion, *(part for ratio in ratios for part in ratio)}
        yield portion, [_only(entry, wanted) for entry in entries]


def _only(entry: Entry, wanted: set[str]) -> Entry:
    figures = entry.figures
    return (
        entry._replace(figures=figures.some(wanted))
        if isinstance(figures, PackedMapping)
        else entry
    )


def units_alike(lines: Mapping[str, Line], places: Mapping[str, Place]) -> Iterator[Issue]:
    """Yield a warning for each indicator of which all units have one and the same figure."""
    for key, line in lines.items():
        if line.copied is not None:
            value, count = line.copied
            values = {"code": line.definition.code, "count": count}
            place = places.get(key, Place())
            yield issue(Code.UNITS_ALIKE, place, **values, value=vietnamese_number(value))


def as_unit_figure(key: str, line: Line) -> UnitFigure:
    """Return a line as the figure of the unit that rolled it up, for the level above."""
    return UnitFigure(
        key,
        line.plan,
        line.actual,
        line.last_year,
        line.bound,
        terms=tuple(line.terms),
        rating=line.rating,
        completion=line.completion,
        register=line.register,
        parts=line.parts,
        months=line.months,
    )


def rated_again(line: Line, actual: Decimal | None, scope: Scope) -> Line:
    """Return a line with another figure or plan, rated anew."""
    definition = line.definition
    rating = rate(actual, line.plan, scope.month, definition.direction, definition.month_rule)
    share = completion(actual, line.plan, definition.direction)
    return line._replace(actual=actual, rating=rating, completion=share)


class _Whole(NamedTuple):
    """The figure of a line: stated by the unit itself, or rolled up."""

    actual: Decimal | None
    bound: Bound
    terms: tuple[Term, ...]
    months: tuple[Figure, ...]
    register: str


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
    plans = _missing_plans(key, concerned, assigned)
    parts = parts_of(definition, entries, counted, concerned, plans)
    total = total_of(definition, entries, counted)
    is_typed = own.actual is not None and not _is_part(own, definition, counted)
    if is_typed:
        whole, parts = _stated(own), _stated_parts(parts, definition, own)
    else:
        taken_off = _taken_off(repeated, counted)
        whole = _rolled_up(definition, scope, own, entries, counted, total, taken_off)
    line = Line(
        definition,
        own.plan,
        whole.actual,
        _last_year(definition, own, concerned),
        whole.bound,
        completion(whole.actual, own.plan, definition.direction),
        rate(whole.actual, own.plan, scope.month, definition.direction, definition.month_rule),
        is_typed,
        total,
        len(reporting),
        len(concerned),
        tuple(unit for unit, figure in concerned if figure.actual is None),
        held(_worst_first(concerned)),
        held(whole.terms),
        _units_plan(key, definition, concerned, assigned),
        parts,
        whole.months,
        whole.register,
        copied_figure([e.figures[key] for e in entries if e.is_expected and key in e.figures]),
    )
    if is_typed:
        return line
    return _if_incomplete(line, scope, [*plans, *_missing_below(definition, reporting)])


def _stated(own: UnitFigure) -> _Whole:
    return _Whole(own.actual, own.bound, own.terms, own.months, own.register)


def _missing_below(definition: Indicator, reporting: Pairs) -> Iterator[Decimal | None]:
    """Yield the plans of units that are missing in what others rolled up."""
    is_sum = definition.unit_rule is UnitRule.SUM
    for _, figure in reporting:
        yield from missing_plans(figure.parts, is_sum=is_sum)


def _rolled_up(
    definition: Indicator,
    scope: Scope,
    own: UnitFigure,
    entries: Sequence[Entry],
    counted: Pairs,
    total: Decimal | None,
    taken_off: tuple[Term, ...],
) -> _Whole:
    """Return the figure of the units together, with the unit's own where that is one more part."""
    actual = _sum_of(own.actual, total, *(term.value for term in taken_off))
    figures = [own, *(figure for _, figure in counted)]
    bound = joint_bound(figure.bound for figure in figures)
    terms = (*own.terms, *terms_of(definition, entries, counted), *taken_off)
    months = _months(definition, scope, figures, Figure(actual, State.NUMBER, bound))
    registers = {figure.register for figure in figures if figure.actual is not None}
    register = registers.pop() if len(registers) == 1 else ""
    return _Whole(actual, bound, terms, months, register)


def _missing_plans(
    key: str, concerned: Pairs, assigned: Mapping[tuple[str, str], Decimal]
) -> list[Decimal | None]:
    """Return the plan (None: not known) of every unit that has no figure."""
    return [
        figure.plan if figure.plan is not None else assigned.get((key, match_key(unit.code)))
        for unit, figure in concerned
        if figure.actual is None
    ]


def _stated_parts(parts: Parts, definition: Indicator, own: UnitFigure) -> Parts:
    """Return the parts of a figure the unit states itself: of those below, only the coverage."""
    met = own.actual if definition.unit_rule is UnitRule.COUNT_MET and parts.coverage else None
    return Parts(met=met, coverage=parts.coverage)


def _months(
    definition: Indicator, scope: Scope, figures: Sequence[UnitFigure], total: Figure
) -> tuple[Figure, ...]:
    """Return the months of a roll-up: those of the units together where they add up.

    `figures` are the unit's own, then those of the units. What does not add up (a mean, a state, a
    count of units) stands in the last month alone.
    """
    if not scope.monthly or total.value is None:
        return figures[0].months
    if (definition.unit_rule, definition.month_rule) == (UnitRule.SUM, MonthRule.SUM):
        rows = [figure.months for figure in figures]
        values = (figure.value for row in rows for figure in row if figure.value is not None)
        taken_off = sum(values, Decimal(0)) - total.value
        if taken_off >= 0:
            return summed_months(rows, taken_off, scope.month)
    return single_month(total.value, total, scope.month)


def _is_part(own: UnitFigure, definition: Indicator, counted: Pairs) -> bool:
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


def _taken_off(repeated: Decimal | None, counted: Pairs) -> tuple[Term, ...]:
    """Return the term that takes off what several units reported under one code.

    Of figures that somebody typed nobody knows what is in them: nothing is taken off.
    """
    if not repeated or not all(figure.register for _, figure in counted):
        return ()
    return (counted_once(repeated),)


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


def _last_year(definition: Indicator, own: UnitFigure, concerned: Pairs) -> Decimal | None:
    """Return last year's figure: as typed, else rolled up when every unit has one."""
    if own.last_year is not None:
        return own.last_year
    figures = [figure.last_year for _, figure in concerned if figure.last_year is not None]
    return combine_units(definition.unit_rule, figures) if len(figures) == len(concerned) else None


def _units_plan(
    key: str,
    definition: Indicator,
    concerned: Pairs,
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
    concerned: Pairs,
) -> tuple[tuple[Unit, UnitFigure], ...]:
    behind = [
        (unit, figure._replace(terms=(), place=("", ""), months=(), parts=None))
        for unit, figure in concerned
        if figure.rating.is_unmet
    ]
    return tuple(sorted(behind, key=lambda pair: worst_key(pair[1].completion, pair[0].name)))


def worst_key(share: Decimal | None, name: str) -> tuple[object, ...]:
    """Return a key that sorts the least complete first, then by name in Vietnamese order."""
    return (share is not None, share if share is not None else Decimal(0), sort_key(name))


def _if_incomplete(line: Line, scope: Scope, plans: Sequence[Decimal | None]) -> Line:
    """Return the line rated Chưa đủ báo cáo when the missing units could still close its gap."""
    definition, actual, plan = line.definition, line.actual, line.plan
    if actual is None or plan is None or not plans:
        return line
    wanted = due(plan, scope.month, definition.direction, definition.month_rule)
    if reaches(actual, wanted, definition.direction):
        return line
    if can_close(definition, wanted - actual, wanted, plans):
        return line._replace(rating=Rating.INCOMPLETE)
    return line
