"""Checks on one unit's sheet against the indicators it reports on. Each check is a generator."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.checks.adding import choices_by_name
from danvan_xl.checks.cells import listed_cells
from danvan_xl.checks.fractions import bases_of, is_held_against_parts, told
from danvan_xl.checks.parts_of_totals import parts_in_sheet
from danvan_xl.checks.plans import check_plans
from danvan_xl.checks.ratios import check_ratios, check_rules
from danvan_xl.checks.unlikely import unlikely_figures
from danvan_xl.files.cells_xml import SheetFormulas
from danvan_xl.reading.figure import NOTHING
from danvan_xl.reading.records import Target, TargetSheet, no_formulas
from danvan_xl.reading.unread_cells import measure_said
from danvan_xl.rollup.from_registers import Derived, can_be_had, differing_months
from danvan_xl.rollup.part_sums import plans_from_parts
from danvan_xl.rollup.rating import SEE_SUMMARY, Rating, shown
from danvan_xl.rollup.ratios import ratio_source
from danvan_xl.rollup.tally import HUNDRED, Scope, UnitFigure
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import MonthRule, PlanKind, UnitRule
from danvan_xl.schema.sheets import MONTH_NAMES, PHASED_NAMES, REGISTER_OF, TARGETS
from danvan_xl.schema.sources import FromRegister, SourceError, parse_source
from danvan_xl.vietnamese.limits_of_figures import can_be_negative, is_of_a_mean, is_of_a_whole
from danvan_xl.vietnamese.measures import (
    Likeness,
    compare_measures,
    is_counted,
    is_share,
    measures_clash,
)
from danvan_xl.vietnamese.numbers import State, exact
from danvan_xl.vietnamese.printed import show_share, vietnamese_number
from danvan_xl.vietnamese.privacy import Attributed, Ours, Typed
from danvan_xl.vietnamese.text import match_key

_FIGURE_NAMES = ("last_year", "plan", *PHASED_NAMES, *MONTH_NAMES)
_TOLERANCE = 1e-6


class CheckedTargets(NamedTuple):
    """What a check looks at: one unit's sheet, the figures it gives, and what is asked for."""

    sheet: TargetSheet
    figures: Mapping[str, UnitFigure]
    scope: Scope
    derived: Mapping[str, Derived] = NOTHING
    formulas_of: Callable[[str], SheetFormulas] = no_formulas

    def is_formula(self, cell: str) -> bool:
        """Whether a cell of the sheet holds a formula; only for the few that are suspect."""
        return cell in self.formulas_of(self.sheet.title).cells

    def is_derived(self, target: Target) -> bool:
        """Whether the figures of a row come from a register: its month cells are formulas."""
        return match_key(target.indicator.code) in self.derived


def check_sheet(checked: CheckedTargets, *, is_own: bool, same_month: bool) -> Iterator[Issue]:
    """Every finding about a sheet.

    `is_own` adds what only the defining workbook answers for; `same_month` tells that the sheet's
    own results are worked out to the month of the scope, so that the two can be compared.
    """
    checks = ALWAYS + (OWN_ONLY if is_own else SUB_ONLY) + (SAME_MONTH if same_month else ())
    for check in checks:
        yield from check(checked)


def figures_are_possible(checked: CheckedTargets) -> Iterator[Issue]:
    """No count is negative or broken, no share of a whole above 100 %, no percent a fraction."""
    sheet = checked.sheet
    for target in sheet.targets:
        figures = (target.last_year, target.plan, *target.phased, *target.months)
        measure = target.indicator.measure
        if _are_plain([item.value for item in figures if item.value is not None], measure):
            continue
        percent = is_share(measure)
        for name, figure in zip(_FIGURE_NAMES, figures, strict=True):
            value = figure.value
            if value is None or (value >= 0 and not percent and _is_whole(value)):
                continue
            place = sheet.place(name, target)
            yield from _impossible(checked, target, name, value, place)


def _impossible(
    checked: CheckedTargets, target: Target, name: str, value: Decimal, place: Place
) -> Iterator[Issue]:
    """What is impossible, or hardly possible, about one figure."""
    measure, indicator = target.indicator.measure, target.indicator.indicator
    if value < 0 and not _may_be_below_nothing(checked, target):
        yield issue(Code.NEGATIVE, place, value=value, measure=measure_said(measure))
    elif is_share(measure):
        if is_held_against_parts(checked.figures, target, name):
            return
        if (
            value > HUNDRED
            and is_of_a_whole(indicator)
            and not _is_worked_out(checked, target, name)
        ):
            yield issue(Code.SHARE_OVER_100, place, value=value)
        else:
            key = match_key(target.indicator.code)
            definition, figure = checked.scope.definitions.get(key), checked.figures.get(key)
            yield from told(value, bases_of(name, target, definition, figure), place)
    elif not _is_whole(value) and not _may_be_broken(checked, target, name):
        yield issue(Code.NOT_WHOLE, place, value=value, measure=measure_said(measure))


def _are_plain(values: Sequence[Decimal], measure: str) -> bool:
    """Whether nothing can be amiss with figures; quick, as with most there is not."""
    if not values:
        return True
    least = min(values)
    if is_share(measure):
        return least > 1 and max(values) <= HUNDRED
    return least >= 0 and (not is_counted(measure) or not any(value % 1 for value in values))


def _may_be_below_nothing(checked: CheckedTargets, target: Target) -> bool:
    """Whether a row, or a total that it is a part of ("Dân số tăng": "Nam"), can be negative."""
    key, rows = match_key(target.indicator.code), [target.indicator]
    while "." in key:
        key = key.rpartition(".")[0]
        rows += [checked.scope.definitions[key]] if key in checked.scope.definitions else []
    return any(can_be_negative(row.measure, row.indicator) for row in rows)


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def _may_be_broken(checked: CheckedTargets, target: Target, name: str) -> bool:
    """Whether a figure need not be whole: nothing counted, a mean, or worked out by a formula."""
    indicator = target.indicator
    if not is_counted(indicator.measure) or is_of_a_mean(indicator.indicator):
        return True
    if name in PHASED_NAMES:  # a part of the plan, as `giao` works it out
        return True
    definition = checked.scope.definitions.get(match_key(indicator.code), indicator)
    is_mean = any(
        item.month_rule is MonthRule.MEAN or item.unit_rule is UnitRule.MEAN
        for item in (indicator, definition)
    )
    if is_mean:
        return True
    if name in MONTH_NAMES and (checked.is_derived(target) or ratio_source(definition)):
        return True
    return checked.is_formula(checked.sheet.cell(name, target))


def _is_worked_out(checked: CheckedTargets, target: Target, name: str) -> bool:
    """Whether a formula gives a month of a ratio: what it comes to is told of its parts."""
    is_ratio = name in MONTH_NAMES and ratio_source(target.indicator) is not None
    return is_ratio and checked.is_formula(checked.sheet.cell(name, target))


def shown_results_are_right(checked: CheckedTargets) -> Iterator[Issue]:
    """What the sheet's own formulas show is what the figures give."""
    sheet = checked.sheet
    for target in sheet.targets:
        figure = checked.figures.get(match_key(target.indicator.code))
        if figure is None or not target.shown or _is_told(checked, target):
            continue
        if figure.from_parts or figure.unadded:
            continue
        derived = checked.derived.get(match_key(target.indicator.code))
        for name, right in _right_results(figure, target):
            value = target.shown.get(name)
            if value in (None, SEE_SUMMARY) or _agrees(value, right):
                continue
            if _is_shown_otherwise(value, right, target):
                continue
            place = sheet.place(name, target)
            if derived is not None and name == "cumulative":
                yield issue(
                    Code.SOURCE_DIFFERS,
                    place,
                    register=Ours(derived.table.form.title),
                    value=_spoken(value, name),
                    read=Ours(_spoken(right, name)),
                    cells=Ours(place.cell),
                )
                break
            yield issue(
                Code.FORMULA_ALTERED,
                place,
                field=Ours(TARGETS[name].header),
                value=_spoken(value, name),
                read=Ours(_spoken(right, name)),
            )


# What templates before 1.2 said of what should be little.
_FORMER_WORDS = {Rating.WITHIN: Rating.ON_TRACK, Rating.AT_RISK: Rating.BEHIND}


def _is_shown_otherwise(value: object, right: object, target: Target) -> bool:
    """Whether a value is right in its own way: in former words, or as a share that shows as one."""
    if isinstance(right, str):
        return value == _FORMER_WORDS.get(Rating(right))
    if not isinstance(value, float) or not is_share(target.indicator.measure):
        return False
    return _agrees(value * 100, right)


def _is_told(checked: CheckedTargets, target: Target) -> bool:
    """Whether the months themselves differ from the register, which is told elsewhere."""
    derived = checked.derived.get(match_key(target.indicator.code))
    return derived is not None and bool(differing_months(target, derived))


def targets_have_plans(checked: CheckedTargets) -> Iterator[Issue]:
    """Each indicator has a plan; an actual figure without one cannot be rated.

    A total's plan that follows from those of its parts is told elsewhere.
    """
    sheet, follows = checked.sheet, plans_from_parts(checked.figures, checked.scope)
    without: dict[Code, list[Target]] = {}
    for target in sheet.targets:
        key = match_key(target.indicator.code)
        figure = checked.figures.get(key)
        if figure is None or figure.plan is not None or figure.not_applicable or key in follows:
            continue
        if target.plan.state is not State.BLANK:  # "-" and KAD say that none was given
            continue
        is_blank = figure.actual is None and not figure.unadded
        code = Code.PLAN_MISSING if is_blank else Code.ACTUAL_WITHOUT_PLAN
        without.setdefault(code, []).append(target)
    for code, targets in without.items():
        cells = [sheet.cell("plan", target) or f"dòng {target.row}" for target in targets]
        place = sheet.place("plan", targets[0])
        yield issue(code, place, count=len(targets), cells=Ours(listed_cells(cells)))


def plans_say_a_number(checked: CheckedTargets) -> Iterator[Issue]:
    """What a plan says in words is one number, and fits its Chiều; phased plans rise."""
    yield from check_plans(checked.sheet, checked.scope.definitions)


def sources_are_understood(checked: CheckedTargets) -> Iterator[Issue]:
    """What column Nguồn says means something, and gives figures in the indicator's ĐVT."""
    sheet = checked.sheet
    for target in sheet.targets:
        indicator = target.indicator
        source = parse_source(indicator.source)
        if source is None:
            continue
        place = sheet.place("source", target)
        if isinstance(source, SourceError):
            values = {"reason": Typed(source.reason), "possible": Ours(source.possible)}
            yield issue(Code.SOURCE_UNREADABLE, place, value=Typed(indicator.source), **values)
        elif isinstance(source, FromRegister) and not can_be_had(source, indicator):
            column = REGISTER_OF[source.register].column(source.column)
            reason = Ours(f"cột '{column.header}' tính bằng '{column.measure}'")
            values = {"value": Typed(indicator.source), "reason": reason}
            possible = Ours(f"Ghi ĐVT của chỉ tiêu là '{column.measure}'.")
            yield issue(Code.SOURCE_UNREADABLE, place, **values, possible=possible)


def definitions_are_complete(checked: CheckedTargets) -> Iterator[Issue]:
    """Every indicator has its field."""
    sheet = checked.sheet
    for target in sheet.targets:
        indicator = target.indicator
        if not indicator.work_field:
            place = sheet.place("indicator", target)
            yield issue(Code.WORK_FIELD_MISSING, place)


def indicators_are_as_defined(checked: CheckedTargets) -> Iterator[Issue]:
    """Each row is in the measure and manner of the indicator that the consolidating unit has."""
    sheet, scope = checked.sheet, checked.scope
    for target in sheet.targets:
        indicator = target.indicator
        definition = scope.definitions.get(match_key(indicator.code))
        if definition is None:  # told when the row was identified
            continue
        if measures_clash(indicator.measure, definition.measure):
            place = sheet.place("measure", target)
            values = _both_measures(indicator, definition)
            yield issue(Code.MEASURE_INCOMPATIBLE, place, **values)
        elif _measures_differ(indicator.measure, definition.measure):
            place = sheet.place("measure", target)
            values = _both_measures(indicator, definition)
            yield issue(Code.MEASURE_DIFFERS, place, **values)
        for name in ("direction", "month_rule"):
            ours, theirs = getattr(definition, name), getattr(indicator, name)
            if ours is not theirs and name not in target.left_blank:
                place = sheet.place(name, target)
                values = {"field": Ours(TARGETS[name].header), "value": Ours(theirs)}
                values["expected"] = Ours(ours)
                yield issue(Code.DEFINITION_DIFFERS, place, **values)


def _both_measures(indicator: Indicator, definition: Indicator) -> dict[str, Attributed]:
    return {"value": measure_said(indicator.measure), "expected": Ours(definition.measure)}


def _measures_differ(reported: str, defined: str) -> bool:
    if not reported or not defined:
        return False
    return compare_measures(reported, defined) is Likeness.UNKNOWN


def _right_results(figure: UnitFigure, target: Target) -> Iterator[tuple[str, object]]:
    """What each computed column of a row has to show, by the sheet's own plan in numbers."""
    yield "cumulative", figure.actual
    if target.plan_kind is PlanKind.PLAIN and "plan" not in target.stated:
        yield "completion", shown(figure.completion)
        if not figure.ends_early:  # of that the formulas know nothing
            yield "rating", figure.rating.value


def _agrees(value: object, right: object) -> bool:
    """Whether a shown value is the right one, to the precision a sheet shows."""
    if isinstance(right, Decimal):
        if not isinstance(value, float | int) or isinstance(value, bool):
            return False
        return math.isclose(value, right, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)
    if right is None:  # an empty text that a formula gives comes out of an .xls as 0
        return value == 0 or (isinstance(value, str) and not value.strip())
    return value == right or (isinstance(value, str) and match_key(value) == match_key(str(right)))


def _spoken(value: object, name: str) -> Attributed:
    """A shown or right value as an officer reads it."""
    if value is None:
        return Ours("trống")
    number = exact(value) if isinstance(value, float) else value
    if not isinstance(number, Decimal):
        return Typed(f"'{value}'")
    return Ours(show_share(number) if name == "completion" else vietnamese_number(number))


def figures_are_likely(checked: CheckedTargets) -> Iterator[Issue]:
    """What is possible but unlikely is asked about."""
    scope = checked.scope
    yield from unlikely_figures(checked.sheet, checked.figures, scope.definitions, scope.month)


def totals_agree_with_parts(checked: CheckedTargets) -> Iterator[Issue]:
    """A total that the unit wrote is what its parts come to; units' errors do not offset."""
    derived = frozenset(checked.derived)
    yield from parts_in_sheet(checked.sheet, checked.figures, checked.scope, derived)


def choices_are_made(checked: CheckedTargets) -> Iterator[Issue]:
    """Chiều, Cộng kỳ and Tổng hợp are chosen where the row's words are no matter of course."""
    yield from choices_by_name(checked.sheet)


def ratios_are_as_stated(checked: CheckedTargets) -> Iterator[Issue]:
    """What was typed where a figure is worked out is what it comes to, and has what it needs."""
    yield from check_ratios(checked.sheet, checked.figures, checked.scope)


def rules_fit_sources(checked: CheckedTargets) -> Iterator[Issue]:
    """What column Nguồn says fits how units combine, and the ĐVT of what it names."""
    yield from check_rules(checked.sheet, checked.scope)


Check = Callable[[CheckedTargets], Iterator[Issue]]
ALWAYS: tuple[Check, ...] = (
    sources_are_understood,
    plans_say_a_number,
    figures_are_possible,
    figures_are_likely,
)
SAME_MONTH: tuple[Check, ...] = (shown_results_are_right,)
OWN_ONLY: tuple[Check, ...] = (
    definitions_are_complete,
    rules_fit_sources,
    targets_have_plans,
    choices_are_made,
)
SUB_ONLY: tuple[Check, ...] = (
    indicators_are_as_defined,
    ratios_are_as_stated,
    totals_agree_with_parts,
)
