"""From one sheet of targets to the unit's figures: cumulative, completion, rating, cells."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.forms import MONTH_NAMES
from danvan_xl.indicators import Indicator
from danvan_xl.measures import is_share
from danvan_xl.numbers import Bound, State
from danvan_xl.rating import MonthRule, Rating, completion, rate
from danvan_xl.records import Figure, Target, TargetSheet
from danvan_xl.rules import combine_months
from danvan_xl.sources import Ratio, parse_source
from danvan_xl.text import match_key

HUNDRED = Decimal(100)


class Scope(NamedTuple):
    """What is being consolidated: indicators by match key of their code, year, month, last day."""

    definitions: Mapping[str, Indicator]
    month: int
    year: int | None = None
    period_label: str = ""
    last_day: dt.date | None = None


class Term(NamedTuple):
    """One addend of a total: whose, for which months, from which cells of which sheet."""

    unit_name: str
    period: str
    value: Decimal
    sheet: str
    cells: str
    file: str = ""
    sha256: str = ""


class UnitFigure(NamedTuple):
    """What one unit has to show for one indicator at the end of the period.

    `actual` is the cumulative figure, None when nothing was reported; a unit to which the
    indicator does not apply leaves the count of expected units. `place` is the (sheet, cell) to
    name in messages: the cumulative cell, or the plan's.
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


def tally(
    sheet: TargetSheet, scope: Scope, file: str = "", sha256: str = ""
) -> dict[str, UnitFigure]:
    """Return the unit's figures by match key of the indicator code, without unknown codes.

    `file` and `sha256` tell where the sheet stands; every term carries them.
    """
    figures: dict[str, UnitFigure] = {}
    for target in sheet.targets:
        key = match_key(target.indicator.code)
        definition = scope.definitions.get(key)
        if definition is not None:
            figures[key] = _figure(sheet, target, definition, scope.month, (file, sha256))
    for key, definition in scope.definitions.items():
        if ratio := ratio_source(definition):
            _work_out(key, ratio, figures, scope)
    return figures


def rated(figure: UnitFigure, scope: Scope) -> UnitFigure:
    """Return the figure with its completion and rating worked out."""
    definition = scope.definitions[figure.code]
    args = (figure.actual, figure.plan)
    rating = rate(*args, scope.month, definition.direction, definition.month_rule)
    share = completion(*args, definition.direction)
    return figure._replace(rating=rating, completion=share)


def ratio_of(
    numerator: Decimal | None, denominator: Decimal | None, definition: Indicator
) -> Decimal | None:
    """Return numerator over denominator, times 100 where the indicator is measured in %."""
    if numerator is None or not denominator:
        return None
    return numerator / denominator * (HUNDRED if is_share(definition.measure) else 1)


def ratio_source(definition: Indicator) -> Ratio | None:
    """Return the indicator's ratio with match keys for codes, None when it is not one."""
    source = parse_source(definition.source)
    if not isinstance(source, Ratio):
        return None
    return Ratio(match_key(source.numerator), match_key(source.denominator))


def ratio_terms(top: UnitFigure, bottom: UnitFigure) -> tuple[Term, ...]:
    """Return what a ratio is made of: the terms of its numerator, then of its denominator."""
    return tuple(
        term._replace(period=f"{part} {term.period}")
        for part, figure in (("tử số", top), ("mẫu số", bottom))
        for term in figure.terms
    )


def _figure(
    sheet: TargetSheet,
    target: Target,
    definition: Indicator,
    month: int,
    source: tuple[str, str],
) -> UnitFigure:
    """Return one row's figure, before ratios are worked out from their parts."""
    direction, rule, plan = definition.direction, definition.month_rule, target.plan.value
    counted = _counted(target.months[:month], rule)
    values = [figure.value for _, figure in counted if figure.value is not None]
    actual = combine_months(rule, values)
    terms: tuple[Term, ...] = ()
    if actual is not None:
        terms = (_term(sheet, target, counted[0][0], counted[-1][0], actual, source),)
    return UnitFigure(
        match_key(definition.code),
        plan,
        actual,
        target.last_year.value,
        _joint_bound([figure for _, figure in counted]),
        actual is None and _is_excluded(target, month),
        terms,
        rate(actual, plan, month, direction, rule),
        completion(actual, plan, direction),
        (sheet.title, sheet.cell("cumulative", target) or sheet.cell("plan", target)),
    )


def _is_excluded(target: Target, month: int) -> bool:
    """Whether a row without a figure says that the indicator does not apply."""
    cells = (target.plan, *target.months[:month])
    return any(figure.state is State.NOT_APPLICABLE for figure in cells)


def _counted(months: tuple[Figure, ...], rule: MonthRule) -> list[tuple[int, Figure]]:
    """Return the months (0-based) whose figures make up the cumulative one."""
    filled = [
        (position, figure) for position, figure in enumerate(months) if figure.value is not None
    ]
    if rule is MonthRule.LAST:
        return filled[-1:]
    if rule is MonthRule.LARGEST:
        return sorted(filled, key=lambda item: item[1].value or 0)[-1:]
    return filled


def _term(
    sheet: TargetSheet,
    target: Target,
    first: int,
    last: int,
    value: Decimal,
    source: tuple[str, str],
) -> Term:
    cells = sheet.cell(MONTH_NAMES[first], target)
    period = f"T{first + 1}"
    if last != first:
        cells += f":{sheet.cell(MONTH_NAMES[last], target)}"
        period += f"-T{last + 1}"
    return Term(sheet.unit_name, period, value, sheet.title, cells, *source)


def _joint_bound(figures: list[Figure]) -> Bound:
    """Return how sure a sum is whose addends are these: estimates of one kind stay of that kind."""
    bounds = {figure.bound for figure in figures if figure.bound}
    if not bounds:
        return Bound.EXACT
    return bounds.pop() if len(bounds) == 1 else Bound.ABOUT


def _work_out(key: str, ratio: Ratio, figures: dict[str, UnitFigure], scope: Scope) -> None:
    """Put a ratio worked out from its parts in place; as typed where a part is not reported."""
    top, bottom = figures.get(ratio.numerator), figures.get(ratio.denominator)
    if top is None or bottom is None:
        return
    value = ratio_of(top.actual, bottom.actual, scope.definitions[key])
    if value is not None:
        figure = figures.get(key, UnitFigure(key))
        worked_out = figure._replace(actual=value, terms=ratio_terms(top, bottom))
        figures[key] = rated(worked_out, scope)
