"""Figures that are possible but unlikely: each is asked about in a warning, and counts as it is."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from danvan_xl.checks.fractions import is_fraction_of
from danvan_xl.checks.running_totals import (
    due_of,
    looks_like_running_total,
    looks_like_stock,
)
from danvan_xl.checks.scales import off_scale
from danvan_xl.reading.records import Target, TargetSheet
from danvan_xl.rollup.ratios import ratio_source
from danvan_xl.rollup.tally import UnitFigure
from danvan_xl.rollup.unit_totals import FEWEST_ALIKE
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import Direction, MonthRule
from danvan_xl.schema.sheets import MONTH_NAMES
from danvan_xl.vietnamese.measures import is_counted, is_share
from danvan_xl.vietnamese.periods import YEAR_END
from danvan_xl.vietnamese.privacy import Ours
from danvan_xl.vietnamese.text import match_key

_FAR = 10  # times the plan, or last year


def unlikely_figures(
    sheet: TargetSheet,
    figures: Mapping[str, UnitFigure],
    definitions: Mapping[str, Indicator],
    month: int,
) -> Iterator[Issue]:
    """What is unlikely about the figures somebody typed, up to a month (1 to 12)."""
    for target in sheet.targets:
        key = match_key(target.indicator.code)
        definition, figure = definitions.get(key), figures.get(key)
        if definition is None or figure is None:
            continue
        typed = [item.value for item in target.months[:month]]
        is_flow = _is_typed_flow(definition, figure)
        if is_flow and looks_like_stock(typed, _year_of(figure)):
            yield _stock_as_flow(sheet, target, typed, figure)
            continue
        yield from list(off_scale(sheet, target, figure)) or _far_off(sheet, target, figure)
        if month == YEAR_END or definition.month_rule is not MonthRule.SUM:
            yield from _far_below(sheet, target, figure)
        if is_flow:
            yield from _unlikely_flow(sheet, target, typed, figure)
        elif definition.month_rule is MonthRule.LAST and definition.direction is Direction.MORE:
            if ratio_source(definition) or ratio_source(target.indicator):
                continue  # nobody wrote it: it goes up and down with its parts
            yield from _falling_stock(sheet, target, typed)


def _is_typed_flow(definition: Indicator, figure: UnitFigure) -> bool:
    """Whether months that somebody typed were added up."""
    if definition.month_rule is not MonthRule.SUM or figure.unadded or figure.register:
        return False
    return not definition.source or ratio_source(definition) is None


def _year_of(figure: UnitFigure) -> Decimal | None:
    """About what a year should come to: the plan, else what last year was."""
    return figure.last_year if figure.plan is None else figure.plan


def _stock_as_flow(
    sheet: TargetSheet, target: Target, typed: Sequence[Decimal | None], figure: UnitFigure
) -> Issue:
    """What there is by the end of each month was added up as if each month had brought it."""
    filled = [at for at, value in enumerate(typed, start=1) if value is not None]
    base = "số năm trước" if figure.plan is None else "kế hoạch cả năm"
    values = {"months": _named(filled), "base": Ours(base)}
    place = sheet.place(MONTH_NAMES[filled[-1] - 1], target)
    total = sum(value for value in typed if value is not None)
    return issue(
        Code.STOCK_AS_FLOW, place, **values, other=_year_of(figure) or Decimal(0), total=total
    )


def _far_off(sheet: TargetSheet, target: Target, figure: UnitFigure) -> Iterator[Issue]:
    """Ten times what was planned, or what there was last year, is more often a slip of the hand."""
    if figure.actual is None:
        return
    for words, base, column in (
        ("kế hoạch", figure.plan, "plan"),
        ("năm trước", figure.last_year, "last_year"),
    ):
        if base is not None and base > 0 and figure.actual >= base * _FAR:
            known = (figure.plan, figure.last_year, figure.actual)
            others = [item for item in known if item is not None]
            is_share_told = is_share(target.indicator.measure) and base <= 1
            if is_share_told and is_fraction_of(base, max(others)):
                continue  # it is asked whether the base itself is a fraction
            place = sheet.place(column, target)
            times = (figure.actual / base).to_integral_value()
            values = {"value": figure.actual, "times": times, "other": base}
            yield issue(Code.FIGURE_FAR_OFF, place, **values, base=Ours(words))
            return


def _far_below(sheet: TargetSheet, target: Target, figure: UnitFigure) -> Iterator[Issue]:
    """A tenth of what was planned and of last year's, of a thing that is measured, is as odd."""
    actual, plan, last_year = figure.actual, figure.plan, figure.last_year
    if actual is None or plan is None or last_year is None or actual <= 0:
        return
    if actual * _FAR > min(plan, last_year) or is_counted(target.indicator.measure):
        return
    is_told = is_share(target.indicator.measure) and actual <= 1 and is_fraction_of(actual, plan)
    if not is_told:
        values = {"value": actual, "plan": plan, "last_year": last_year}
        yield issue(Code.FIGURE_FAR_BELOW, sheet.at(figure.place[1]), **values)


def _unlikely_flow(
    sheet: TargetSheet, target: Target, typed: Sequence[Decimal | None], figure: UnitFigure
) -> Iterator[Issue]:
    """A month's own figures go up and down; running totals only rise, and copies stay the same."""
    filled = [at for at, value in enumerate(typed, start=1) if value is not None]
    if not filled:
        return
    due = due_of(figure.plan, len(typed), figure.edge.due)
    if looks_like_running_total(typed, figure.plan, due):
        place = sheet.place(MONTH_NAMES[filled[-1] - 1], target)
        yield issue(Code.RUNNING_TOTAL, place, months=_named(filled))
        return
    known = [value for value in typed if value is not None]
    if len(known) < FEWEST_ALIKE or len(known) < len(typed) or not known[-1] or len(set(known)) > 1:
        return
    if figure.plan == known[0] * YEAR_END:  # one a month, as planned
        return
    place = sheet.place(MONTH_NAMES[filled[-1] - 1], target)
    yield issue(Code.SAME_EVERY_MONTH, place, months=_named(filled), value=known[0])


def _named(months: Sequence[int]) -> Ours:
    """Months as "T1 đến T6" where none is left out, else one by one."""
    first, last = months[0], months[-1]
    if last - first + 1 == len(months) > 1:
        return Ours(f"T{first} đến T{last}")
    return Ours(", ".join(f"T{month}" for month in months))


def _falling_stock(
    sheet: TargetSheet, target: Target, typed: Sequence[Decimal | None]
) -> Iterator[Issue]:
    """What there is by a month's end, and should grow, seldom becomes less."""
    before: tuple[int, Decimal] | None = None
    for position, value in enumerate(typed):
        if value is None:
            continue
        if before is not None and value < before[1]:
            place = sheet.place(MONTH_NAMES[position], target)
            values = {"value": value, "other": before[1]}
            yield issue(Code.STOCK_FALLS, place, **values, month=Ours(f"T{before[0] + 1}"))
            return
        before = position, value
