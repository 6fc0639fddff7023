"""The figures of several years as one: what each indicator's single years come to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.reading.figure import NOTHING
from danvan_xl.rollup.missing_reports import (
    ANYWHERE,
    Span,
    rating_within,
    span_of,
    span_of_one,
)
from danvan_xl.rollup.parts import Parts
from danvan_xl.rollup.rating import Edge
from danvan_xl.rollup.ratios import RatioRule, quotient, ratio_rule
from danvan_xl.rollup.rules import combine_months
from danvan_xl.rollup.tally import Scope, UnitFigure, goal_of, rated
from danvan_xl.rollup.terms import Term, counted_once
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import MonthRule, PlanKind, UnitRule
from danvan_xl.schema.plans import NO_PLAN, Plan
from danvan_xl.schema.registers import Register
from danvan_xl.schema.sheets import REGISTER_OF
from danvan_xl.schema.sources import register_source
from danvan_xl.vietnamese.measures import is_share
from danvan_xl.vietnamese.numbers import joint_bound

FiguresOfYear = Mapping[str, UnitFigure]
OfYears = Mapping[int, UnitFigure]
_GROWING = (MonthRule.SUM, MonthRule.LARGEST)


def combine_years(
    figures: Mapping[int, FiguresOfYear], scope: Scope, repeated: Mapping[str, Decimal] = NOTHING
) -> dict[str, UnitFigure]:
    """The figures of several years as one for each indicator.

    `figures` has every year, oldest first, in which there should be some. `repeated` is by how much
    registers have things in more than one year: it is taken off what came from them. What is not
    reached while a figure is missing is rated Chưa đủ báo cáo; so is what is reached without the
    plan of a missing year.
    """
    keys = dict.fromkeys(key for of_year in figures.values() for key in of_year)
    combined: dict[str, UnitFigure] = {}
    for key in keys:
        if (definition := scope.definitions.get(key)) is not None:
            years = {year: items.get(key, UnitFigure(key)) for year, items in figures.items()}
            worked_out = _ratio_of_years(definition, years, figures, scope, repeated)
            counted = worked_out or _of_years(definition, years, repeated.get(key))
            combined[key] = _together(definition, years, counted, scope, repeated.get(key))
    return combined


def rule_over_years(definition: Indicator) -> MonthRule:
    """How the years of an indicator combine: as its months do.

    But of what does not add, and of things that stand in a register year after year, the last
    counts.
    """
    if definition.month_rule is not MonthRule.SUM:
        return definition.month_rule
    source = register_source(definition.source)
    is_standing = source is not None and stands(REGISTER_OF[source.register])
    no_sum = is_standing or is_share(definition.measure) or not definition.adds
    return MonthRule.LAST if no_sum else MonthRule.SUM


def _rule_of(definition: Indicator, years: Iterable[UnitFigure]) -> MonthRule:
    """How the figures of an indicator combine over years, as the sheet of registers has them.

    Things with a code of their own are all of the years', each counted once, though at a year's end
    only those count that are there; where a year's figure was typed nobody knows which they are.
    """
    rule = rule_over_years(definition)
    if rule is MonthRule.LAST and _is_listed(definition, years):
        return MonthRule.SUM
    return rule


def _counts_things_once(
    definition: Indicator, years: Sequence[UnitFigure], repeated: Decimal | None
) -> bool:
    """Whether a figure is of things that count once, though the plan of each year has them."""
    if sum(figure.actual is not None for figure in years) < 2:
        return False
    has_them = bool(repeated) or rule_over_years(definition) is MonthRule.LAST
    return has_them and _is_listed(definition, years)


def _is_listed(definition: Indicator, years: Iterable[UnitFigure]) -> bool:
    """Whether all figures are of things with a code of their own in registers."""
    source = register_source(definition.source)
    is_coded = source is not None and bool(REGISTER_OF[source.register].key)
    if not is_coded or definition.unit_rule is not UnitRule.SUM:
        return False
    return all(item.register for item in years if item.actual is not None)


def stands(register: Register) -> bool:
    """Whether a register lists what there is, without days or codes: it does so every year anew."""
    return not register.key and not register.ends


def plan_of_years(
    definition: Indicator, years: Sequence[UnitFigure], repeated: Decimal | None = None
) -> Plan:
    """The plan of several years: of a flow their sum, of anything else the last.

    A year of which nothing is said is left out; one with a figure and without a plan leaves none,
    one whose plan is not known a plan that is not known. Of things that count once over the years
    nobody knows how many of one year's plan are those of another's; `repeated` are as many as are
    known to be.
    """
    plans = [figure.planned for figure in years if figure.planned.is_given]
    if _counts_things_once(definition, years, repeated):
        is_one = len(plans) == 1
        return plans[0] if is_one else Plan(None, PlanKind.UNKNOWN) if plans else NO_PLAN
    if rule_over_years(definition) is not MonthRule.SUM:
        return plans[-1] if plans else NO_PLAN
    is_said = all(figure.planned.is_given for figure in years if figure.actual is not None)
    values = [plan.value for plan in plans if plan.value is not None]
    if len(values) < len(plans):
        return Plan(None, PlanKind.UNKNOWN)
    if not plans or not is_said:
        return NO_PLAN
    strict = (plan.kind for plan in plans if plan.kind is not PlanKind.PLAIN)
    return Plan(sum(values, Decimal(0)), next(strict, PlanKind.PLAIN))


class _CountingYears(NamedTuple):
    """The years that count, by which rule, what they come to and what was taken off."""

    rule: MonthRule
    years: Sequence[int]
    actual: Decimal | None
    taken_off: tuple[Term, ...] = ()


def _of_years(definition: Indicator, years: OfYears, repeated: Decimal | None) -> _CountingYears:
    rule = _rule_of(definition, years.values())
    if any(item.parts is not None and item.parts.met is not None for item in years.values()):
        rule = MonthRule.LAST  # a number of units is not one of other units in another year
    known = {year: item.actual for year, item in years.items() if item.actual is not None}
    counted = list(known)[-1:] if rule is MonthRule.LAST else list(known)
    actual = combine_months(rule, [known[year] for year in counted])
    from_registers = all(years[year].register for year in counted)
    if not repeated or actual is None or rule is not MonthRule.SUM or not from_registers:
        return _CountingYears(rule, counted, actual)
    return _CountingYears(rule, counted, actual - repeated, (counted_once(repeated),))


def _ratio_of_years(
    definition: Indicator,
    years: OfYears,
    figures: Mapping[int, FiguresOfYear],
    scope: Scope,
    repeated: Mapping[str, Decimal],
) -> _CountingYears | None:
    """A ratio worked out from its parts; None where those of a year are not known."""
    ratio = ratio_rule(definition, scope.definitions)
    if ratio is None:
        return None
    sums = {year: _ratio_sums(years[year], ratio, figures[year]) for year in years}
    known = {year: pair for year, pair in sums.items() if pair is not None}
    typed = [year for year in years if year not in known and years[year].actual is not None]
    if typed or not known:
        return None
    tops, bottoms = zip(*known.values(), strict=True)
    rules: list[MonthRule] = []
    sides: list[Decimal | None] = []
    for key, values in ((ratio.numerator, tops), (ratio.denominator, bottoms)):
        of_years = [items[key] for items in figures.values() if key in items]
        part = scope.definitions.get(key)
        rules.append(MonthRule.SUM if part is None else _rule_of(part, of_years))
        sides.append(combine_months(rules[-1], values))
        if rules[-1] is MonthRule.SUM and all(item.register for item in of_years):
            sides[-1] = (sides[-1] or Decimal(0)) - repeated.get(key, Decimal(0))
    top, bottom = sides
    rule = MonthRule.LAST if set(rules) == {MonthRule.LAST} else MonthRule.MEAN
    counted = list(known)[-1:] if rule is MonthRule.LAST else list(known)
    return _CountingYears(rule, counted, quotient(top, bottom, ratio.factor))


def _ratio_sums(
    figure: UnitFigure, ratio: RatioRule, figures: FiguresOfYear
) -> tuple[Decimal, Decimal] | None:
    """What a year's ratio was worked out from; None where it was typed, or has no parts."""
    if figure.stated is not None:
        return None
    if figure.parts is not None and (figure.parts.ratio is not None or figure.parts.is_uneven):
        return figure.parts.ratio
    nothing = UnitFigure("")
    top = figures.get(ratio.numerator, nothing).actual
    bottom = figures.get(ratio.denominator, nothing).actual
    if top is None or bottom is None:
        return None
    is_worked_out = figure.actual in (None, quotient(top, bottom, ratio.factor))
    return (top, bottom) if is_worked_out else None


def _together(
    definition: Indicator,
    years: OfYears,
    counted: _CountingYears,
    scope: Scope,
    repeated: Decimal | None,
) -> UnitFigure:
    """An indicator's figures as one, rated as at the end of a year."""
    newest = counted.years[-1] if counted.years else max(years)
    plan = plan_of_years(definition, tuple(years.values()), repeated)
    together = rated(
        years[newest]._replace(
            plan=plan.value,
            edge=Edge(kind=plan.kind),
            actual=counted.actual,
            last_year=None,
            bound=joint_bound(years[year].bound for year in counted.years),
            not_applicable=all(figure.not_applicable for figure in years.values()),
            terms=(*_terms(years, counted.years), *counted.taken_off),
            months=(),
            ends_early=0,
            parts=_without_missing(years[newest].parts, counted.actual),
        ),
        scope,
    )
    goal, edge = goal_of(together, definition)
    rating = rating_within(
        _span(definition, counted, years),
        together.actual,
        goal,
        scope.month,
        definition,
        parts=together.parts,
        edge=edge,
    )
    return together._replace(rating=rating, parts=None)


def _without_missing(parts: Parts | None, actual: Decimal | None) -> Parts | None:
    """What a figure is made of as if nothing were missing in it: that is asked year by year."""
    if parts is None:
        return None
    met = actual if parts.met is not None else None
    return parts._replace(met=met, missing=0, missing_plan=Decimal(0))


def _terms(years: OfYears, counted: Sequence[int]) -> Iterator[Term]:
    for year in counted:
        for term in years[year].terms:
            yield term._replace(period=f"{year}: {term.period}")


def _span(definition: Indicator, counted: _CountingYears, years: OfYears) -> Span:
    """Where the whole of several years lies."""
    actual, rule = counted.actual, counted.rule
    due = [years[max(years)]] if rule is MonthRule.LAST else list(years.values())
    if actual is None or all(map(_is_whole, due)):
        return Span(actual, actual)
    if rule is MonthRule.MEAN or (rule is MonthRule.LAST and due[0].actual is None):
        return ANYWHERE
    rises = [_rise(definition, figure) for figure in due]
    lows, highs = zip(*rises, strict=True)
    if None in lows:
        return ANYWHERE
    if rule is MonthRule.LARGEST:
        return Span(actual, None) if min(lows) >= 0 else ANYWHERE
    high = None if None in highs else sum(highs, actual)
    return Span(sum(lows, actual), high)


def _rise(definition: Indicator, figure: UnitFigure) -> Span:
    """By how much the figure of a year can still change.

    Without the plan of a silent year that of all years is not whole either.
    """
    actual = figure.actual
    if _is_whole(figure):
        return Span(Decimal(0), Decimal(0))
    if actual is None:
        has_plan = figure.plan is not None and definition.month_rule in _GROWING
        return span_of_one(definition, Decimal(0), figure.plan) if has_plan else ANYWHERE
    span = span_of(definition, actual, figure.plan, figure.parts, figure.ends_early)
    return Span(*(None if end is None else end - actual for end in span))


def _is_whole(figure: UnitFigure) -> bool:
    """Whether nothing is missing in a year's figure."""
    if figure.actual is None:
        return figure.not_applicable
    return not figure.ends_early and (figure.parts is None or not figure.parts.missing)
