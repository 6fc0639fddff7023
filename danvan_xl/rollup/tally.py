"""From one sheet of targets to the unit's figures: cumulative, completion, rating, cells."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.reading.entries import Entry
from danvan_xl.reading.figure import NO_FIGURE, NOTHING, Figure
from danvan_xl.reading.known_rows import NO_ROWS, KnownRows
from danvan_xl.reading.records import Target, TargetSheet
from danvan_xl.reading.register_table import RegisterRows, latest_year
from danvan_xl.rollup.counts import is_count_of_units
from danvan_xl.rollup.from_registers import Derived
from danvan_xl.rollup.lives import Life
from danvan_xl.rollup.missing_reports import rating_within, rules_of, span_of
from danvan_xl.rollup.parts import Parts
from danvan_xl.rollup.phases import due_by_phases
from danvan_xl.rollup.rating import PLAIN, Edge, Rating, completion, rate
from danvan_xl.rollup.ratios import (
    RatioRule,
    can_be,
    quotient,
    ratio_bound,
    ratio_rules,
    typed_share,
)
from danvan_xl.rollup.rules import combine_months
from danvan_xl.rollup.terms import Term, ratio_terms, term_of
from danvan_xl.rollup.tolerance import Written, cumulative_written, written
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import MonthRule, PlanKind
from danvan_xl.schema.plans import Plan
from danvan_xl.vietnamese.measures import measures_clash
from danvan_xl.vietnamese.numbers import Bound, State, joint_bound
from danvan_xl.vietnamese.periods import Calendar
from danvan_xl.vietnamese.text import match_key

HUNDRED = Decimal(100)


class Scope(NamedTuple):
    """What is being consolidated: indicators by match key of their code, year, month, last day.

    `on_14th` tells that months close on the 14th (Chốt số liệu). `monthly` keeps the figures of the
    single months, which a sending to the level above needs. `given` are the keys of the indicators
    that sheet Giao chỉ tiêu gives to some unit, `lives` those of units that do not exist all the
    year. `known` are the indicators as their names tell them from each other.
    """

    definitions: Mapping[str, Indicator]
    month: int
    year: int | None = None
    period_label: str = ""
    last_day: dt.date | None = None
    on_14th: bool = False
    monthly: bool = False
    given: frozenset[str] = frozenset()
    lives: Mapping[str, Life] = NOTHING
    known: KnownRows = NO_ROWS

    def calendar_for(self, tables: Sequence[RegisterRows]) -> Calendar:
        """The year and months by which registers count; without a year, that of their days.

        A workbook that does not say its year is told so elsewhere.
        """
        year = self.year or latest_year(tables) or 2000
        return Calendar(year, self.month, self.on_14th)


class UnitFigure(NamedTuple):
    """What one unit has to show for one indicator at the end of the period.

    `actual` is the cumulative figure, None when nothing was reported; a unit to which the
    indicator does not apply leaves the count of expected units. `place` is the (sheet, cell) to
    name in messages: the cumulative cell, or the plan's. `register` is the name of the register
    the figure was taken from, "" where it was typed. `parts` is what a figure that was rolled up is
    made of; `months` are its months where the scope asks for them; `further` is what stands in
    columns that no rule knows by name. `unadded` is how many months have figures that Cộng would
    add though they do not add: there is no actual figure then. `plan_cell` is that of the plan, on
    the sheet of `place`. `as_of` is the month (1 to 12) of a stock that was typed, of a roll-up
    that of its oldest part; `ends_early` the month after which a flow lacks figures that are due
    (0: none). `written` is the figure as far as its cells tell it, None where one cell does;
    `is_blank` tells that nothing at all is written in its months, `has_blank_plan` in its plan,
    `declined` that its plan says "-";
    `from_parts` that it is the sum of its parts, as nothing was written. `stated` is what was typed
    where the figure is worked out from others, and is not what they come to; `stated_term` is its
    cell.
    """

    code: str
    plan: Decimal | None = None
    actual: Decimal | None = None
    last_year: Decimal | None = None
    bound: Bound = Bound.EXACT
    not_applicable: bool = False
    terms: tuple[Term, ...] = ()
    rating: Rating = Rating.NOT_ASSIGNED
    completion: Decimal | None = None
    place: tuple[str, str] = ("", "")
    register: str = ""
    parts: Parts | None = None
    months: tuple[Figure, ...] = ()
    further: Mapping[str, Entry] = NOTHING
    edge: Edge = PLAIN
    stated: Decimal | None = None
    as_of: int = 0
    ends_early: int = 0
    unadded: int = 0
    written: Written | None = None
    is_blank: bool = True
    has_blank_plan: bool = True
    declined: bool = False
    from_parts: bool = False
    plan_cell: str = ""
    stated_term: Term | None = None

    @property
    def planned(self) -> Plan:
        """The plan as it is meant."""
        return Plan(self.plan, self.edge.kind)


def written_in(figure: UnitFigure) -> Written | None:
    """A unit's figure as far as its cells tell it, None where there is none."""
    known, actual = figure.written, figure.actual
    if known is None or actual is None:
        return None if actual is None else written(actual, figure.bound)
    is_of_it = known.low <= actual <= known.high
    return known if is_of_it else written(actual, figure.bound, cells=0)  # it was worked out since


def tally(
    sheet: TargetSheet,
    scope: Scope,
    file: str = "",
    sha256: str = "",
    derived: Mapping[str, Derived] = NOTHING,
    *,
    complete: Callable[[dict[str, UnitFigure], Scope], None] | None = None,
) -> dict[str, UnitFigure]:
    """The unit's figures by match key of the indicator code, without unknown codes.

    `file` and `sha256` tell where the sheet stands; every term carries them. `derived` are figures
    that come from the unit's registers. `complete` fills what follows from the rest, before ratios.
    """
    figures: dict[str, UnitFigure] = {}
    for target in sheet.targets:
        key = match_key(target.indicator.code)
        definition = scope.definitions.get(key)
        if definition is None or measures_clash(target.indicator.measure, definition.measure):
            continue
        source = file, sha256
        figures[key] = _figure(
            sheet=sheet,
            target=target,
            definition=definition,
            scope=scope,
            source=source,
            derived=derived.get(key),
        )
    for key, found in derived.items():
        if key not in figures:
            figures[key] = _from_register_alone(sheet, key, scope, found, (file, sha256))
    if complete is not None:
        complete(figures, scope)
    rules = ratio_rules(scope.definitions)
    if rules:
        months = {match_key(row.indicator.code): row.months[: scope.month] for row in sheet.targets}
        for key, rule in rules.items():
            _work_out(key, rule, figures, scope, months)
    return figures


def rated(figure: UnitFigure, scope: Scope) -> UnitFigure:
    """The figure with its completion and rating worked out.

    While months of it are missing, or units it was rolled up from, it may be Chưa đủ báo cáo.
    """
    definition = scope.definitions[figure.code]
    rules = rules_of(definition, figure.parts)
    plan, edge = goal_of(figure, definition)
    rating = rating_within(
        span_of(definition, figure.actual, plan, figure.parts, figure.ends_early),
        figure.actual,
        plan,
        scope.month,
        definition,
        parts=figure.parts,
        edge=edge,
    )
    share = completion(figure.actual, plan, rules.direction)
    return figure._replace(rating=rating, completion=share)


def goal_of(figure: UnitFigure, definition: Indicator) -> tuple[Decimal | None, Edge]:
    """The plan a figure is held against, and what decides beside it.

    A number of units that is held against anything but a number of units says nothing.
    """
    plan, edge, parts = figure.plan, figure.edge._replace(bound=figure.bound), figure.parts
    if plan is None or parts is None or parts.met is None:
        return plan, edge
    is_of_units = is_count_of_units(plan, definition.measure, parts.units)
    return (plan, edge) if is_of_units else (None, edge._replace(kind=PlanKind.UNKNOWN))


def as_quotient(
    figure: UnitFigure, value: Decimal, top: UnitFigure, bottom: UnitFigure
) -> UnitFigure:
    """A figure worked out from two others; it ends as early as they do, and is not rated yet."""
    return figure._replace(
        actual=value,
        bound=ratio_bound(top.bound, bottom.bound),
        terms=ratio_terms(top.terms, bottom.terms),
        unadded=0,
        as_of=0,
        ends_early=min(filter(None, (top.ends_early, bottom.ends_early)), default=0),
    )


def _figure(
    sheet: TargetSheet,
    target: Target,
    definition: Indicator,
    scope: Scope,
    source: tuple[str, str],
    derived: Derived | None,
) -> UnitFigure:
    """One row's figure, before ratios are worked out from their parts."""
    month = scope.month
    direction, rule = definition.direction, definition.month_rule
    plan, kind, _ = target.plan_by(direction)
    months = target.months if derived is None else derived.counted_months
    counted = _counted(months[:month], rule)
    figures = [figure for _, figure in counted]
    values = [figure.value for figure in figures if figure.value is not None]
    unadded = 0
    if rule is MonthRule.SUM and len(values) > 1 and derived is None and not definition.adds:
        unadded = len(values)
    actual = None if unadded else combine_months(rule, values)
    terms: tuple[Term, ...] = ()
    if actual is not None:
        span = counted[0][0], counted[-1][0]
        terms = (term_of(sheet, target, span, actual, source),)
        if derived is not None:
            terms = (terms[0]._replace(sheet=derived.table.title, cells=derived.cells),)
    is_excluded = not values and _is_excluded(target, month)
    kept = _kept(months[:month], is_excluded=is_excluded) if scope.monthly else ()
    bound = joint_bound(figure.bound for figure in figures)
    due = due_by_phases(plan, target.phased_by(direction), month, rule)
    is_plain = due is None and bound is Bound.EXACT and kind is PlanKind.PLAIN
    edge = PLAIN if is_plain else Edge(kind, due, bound)
    is_stock = rule is MonthRule.LAST and derived is None
    cells = 0 if derived is not None else len(counted)
    return UnitFigure(
        code=match_key(definition.code),
        plan=plan,
        actual=actual,
        last_year=target.last_year.value,
        bound=bound,
        not_applicable=is_excluded,
        terms=terms,
        rating=rate(actual, plan, month, direction, rule, edge=edge),
        completion=completion(actual, plan, direction),
        place=(sheet.title, sheet.cell("cumulative", target) or sheet.cell("plan", target)),
        register=derived.table.register if derived else "",
        parts=None,
        months=kept,
        further=target.further,
        edge=edge,
        written=cumulative_written(rule, actual, bound, figures, cells),
        is_blank=actual is None and all(item.state is State.BLANK for item in months[:month]),
        has_blank_plan=target.plan.state is State.BLANK,
        declined=target.plan.state is State.NOT_GIVEN,
        unadded=unadded,
        plan_cell=sheet.cell("plan", target),
        as_of=counted[-1][0] + 1 if counted and is_stock else 0,
    )


def _kept(months: tuple[Figure, ...], *, is_excluded: bool) -> tuple[Figure, ...]:
    """The months as they go upward; the plan's cell alone may say "does not apply"."""
    if not is_excluded:
        return months
    return (*months[:-1], Figure(None, State.NOT_APPLICABLE))


def _from_register_alone(
    sheet: TargetSheet, key: str, scope: Scope, derived: Derived, source: tuple[str, str]
) -> UnitFigure:
    """The figure of an indicator that the sheet has no row for, but the register has."""
    blank = Target(0, scope.definitions[key], NO_FIGURE, NO_FIGURE, derived.months)
    figure = _figure(
        sheet=sheet,
        target=blank,
        definition=scope.definitions[key],
        scope=scope,
        source=source,
        derived=derived,
    )
    return figure._replace(place=(derived.table.title, ""))


def _is_excluded(target: Target, month: int) -> bool:
    """Whether a row without a figure says that the indicator does not apply, or was not given."""
    if target.plan.state is State.NOT_GIVEN:
        return True
    cells = (target.plan, *target.months[:month])
    return any(figure.state is State.NOT_APPLICABLE for figure in cells)


def _counted(months: tuple[Figure, ...], rule: MonthRule) -> list[tuple[int, Figure]]:
    """The months (0-based) whose figures make up the cumulative one."""
    filled = [
        (position, figure) for position, figure in enumerate(months) if figure.value is not None
    ]
    if rule is MonthRule.LAST:
        return filled[-1:]
    if rule is MonthRule.LARGEST:
        return sorted(filled, key=lambda item: item[1].value or 0)[-1:]
    return filled


def _work_out(
    key: str,
    rule: RatioRule,
    figures: dict[str, UnitFigure],
    scope: Scope,
    months: Mapping[str, tuple[Figure, ...]],
) -> None:
    """Put a ratio worked out from its parts in place; as typed where a part is not reported."""
    top, bottom = figures.get(rule.numerator), figures.get(rule.denominator)
    figure = figures.get(key)
    shares, tops, bottoms = (months.get(code, ()) for code in (key, *rule[:2]))
    typed = typed_share(shares, (tops, bottoms), rule.factor, scope.definitions[key].measure)
    value = top and bottom and quotient(top.actual, bottom.actual, rule.factor)
    if value is not None and top is not None and bottom is not None:
        figure = figure or UnitFigure(key)
        found = as_quotient(figure, value, top, bottom)
        if typed.value is not None and not can_be(typed, Figure(value, State.NUMBER, found.bound)):
            term = next(iter(figure.terms), None)
            found = found._replace(stated=typed.value, stated_term=term)
        figures[key] = rated(found, scope)
    elif figure is not None and typed.value is not None:
        term = next(iter(figure.terms), None)
        stated = figure._replace(stated=typed.value, stated_term=term)
        figures[key] = rated(stated._replace(actual=typed.value, unadded=0), scope)
    elif figure is not None:
        excluded = any(part is not None and part.not_applicable for part in (top, bottom))
        excluded = excluded or figure.not_applicable
        blank = figure._replace(actual=None, bound=Bound.EXACT, terms=(), unadded=0)
        figures[key] = rated(blank._replace(not_applicable=excluded), scope)
