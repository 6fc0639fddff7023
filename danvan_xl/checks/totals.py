"""Checks on what was rolled up: a parent against its units, a total against its parts."""

from collections.abc import Iterable, Iterator, Mapping, Set
from decimal import Decimal

from danvan_xl.checks.adding import what_does_not_add
from danvan_xl.checks.fractions import own_plans, plans_given
from danvan_xl.checks.parts_of_totals import parts_in_lines, spoken
from danvan_xl.checks.ratios import check_lines
from danvan_xl.reading.records import Book
from danvan_xl.reading.unit_lookup import UnitIndex
from danvan_xl.reading.unread_cells import measure_said
from danvan_xl.rollup.ratios import ratio_source
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.rollup.tally import Scope, UnitFigure
from danvan_xl.rollup.tolerance import Written, half_of, is_far
from danvan_xl.rollup.tolerance import written as written_as
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import NOWHERE, Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import MonthRule, UnitRule
from danvan_xl.vietnamese.limits_of_figures import can_be_negative, is_of_a_mean
from danvan_xl.vietnamese.measures import is_counted, is_share
from danvan_xl.vietnamese.numbers import is_beyond_cells
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import did_you_mean, match_key

_MOST_DECIMALS = 6  # of what people type
_OF_PARTS = (Code.PARTS_DIFFER, Code.PART_ABOVE_TOTAL, Code.PARTS_ABOVE_TOTAL)


def check_totals(
    book: Book,
    scope: Scope,
    own: Mapping[str, UnitFigure],
    lines: Mapping[str, SummaryLine],
    told: Iterable[Issue] = (),
    faulty: Set[str] = frozenset(),
) -> Iterator[Issue]:
    """What does not add up, each at its place in the consolidating workbook.

    `told` is what the sheets of the units say already; `faulty` are the keys of indicators of which
    some sheet has a fault in a month, so that no sum is held.
    """
    places = {key: book.place(*figure.place) for key, figure in own.items()}
    plan_places = _plan_places(book)
    whole = {key: line for key, line in lines.items() if key not in faulty}
    yield from own_figures_agree_with_units(whole, places)
    yield from plans_add_up(lines, plan_places, _plans_away(book, scope))
    codes = {dict(item.values)["code"] for item in told if item.code in _OF_PARTS}
    yield from parts_in_lines(lines, places, plan_places, codes, faulty)
    yield from totals_fit_cells(lines, places)
    yield from ratios_are_defined(lines, places)
    yield from check_lines(lines, places, scope)
    if book.own is not None:
        yield from what_does_not_add(lines, book.own)
        yield from own_plans(book.own, own, lines)
    yield from check_assignment(book, scope.definitions)


def totals_fit_cells(
    lines: Mapping[str, SummaryLine], places: Mapping[str, Place]
) -> Iterator[Issue]:
    """A fault where a sum has more digits than a cell keeps, though none of its terms has."""
    for key, line in lines.items():
        code = Ours(line.definition.code)
        for what, value in (("Kế hoạch", line.plan), ("Thực hiện", line.actual)):
            if value is not None and _is_too_large(value):
                said = {"what": Ours(what), "code": code}
                at = places.get(key, NOWHERE)
                yield issue(Code.TOTAL_TOO_LARGE, at, **said, value=value)


def _is_too_large(total: Decimal) -> bool:
    """Whether a total would be rounded; decimals nobody types are of a mean or a share."""
    is_worked_out = int(total.as_tuple().exponent) < -_MOST_DECIMALS
    return is_beyond_cells(total.to_integral_value() if is_worked_out else total)


def check_assignment(book: Book, definitions: Mapping[str, Indicator]) -> Iterator[Issue]:
    """Where sheet Giao chỉ tiêu does not fit the units, the indicators or the plans.

    `definitions` are the indicators of sheet Chỉ tiêu by match key of their code.
    """
    yield from assignments_add_up(book, definitions)
    yield from assignments_are_known(book, definitions)
    yield from assignments_are_the_plan(book, definitions)
    yield from assignments_are_possible(book, definitions)
    yield from plans_given(book, definitions)


def own_figures_agree_with_units(
    lines: Mapping[str, SummaryLine], places: Mapping[str, Place]
) -> Iterator[Issue]:
    """A figure the parent typed is held against the sum of its units.

    While units are missing it is told only where no report of theirs can bring the two together.
    """
    for key, line in lines.items():
        if not line.is_typed or line.units_total is None or line.actual is None:
            continue
        units, measure = _possible(line), line.definition.measure
        if units is None or line.written is None:
            continue
        if not is_far(line.written, units, counted=is_counted(measure)):
            continue
        yield issue(
            Code.OWN_DIFFERS,
            places.get(key, NOWHERE),
            code=Ours(line.definition.code),
            value=spoken(line.actual, line.bound),
            total=line.units_total,
            reported=Ours(f"{line.reported}/{line.expected}"),
        )


def _possible(line: SummaryLine) -> Written | None:
    """What the units come to, with those that are missing; None where it may be anything."""
    definition, units = line.definition, line.units_written
    if units is None or line.reported >= line.expected:
        return units
    if can_be_negative(definition.measure, definition.indicator) and not is_share(
        definition.measure
    ):
        return None
    if definition.unit_rule in (UnitRule.SUM, UnitRule.LARGEST, UnitRule.COUNT_MET):
        return units.at_least()
    return units.at_most() if definition.unit_rule is UnitRule.SMALLEST else None


def plans_add_up(
    lines: Mapping[str, SummaryLine],
    places: Mapping[str, Place],
    away: Mapping[str, Decimal | None],
) -> Iterator[Issue]:
    """The plans given to the units add up to the parent's plan.

    Units that do not exist at the end of the period may be planned for all the same: `away` is what
    they were given, by indicator key (None: not known).
    """
    for key, line in lines.items():
        if line.plan is None or line.units_plan is None:
            continue
        others = away.get(key, Decimal(0))
        sums = [line.units_plan] if not others else [line.units_plan, line.units_plan + others]
        if others is None or any(
            _agree(line.plan, total, line.expected, line.definition) for total in sums
        ):
            continue
        yield issue(
            Code.PLANS_DO_NOT_ADD,
            places.get(key, NOWHERE),
            code=Ours(line.definition.code),
            value=line.plan,
            total=sums[-1],
            difference=abs(line.plan - sums[-1]),
        )


def _plans_away(book: Book, scope: Scope) -> dict[str, Decimal | None]:
    """What was given to units of the year that do not exist at the end of the period."""
    year = scope.year
    away = [
        match_key(unit.code)
        for unit in book.units
        if not unit.is_expected(scope.last_day) and year is not None and unit.exists_in(year)
    ]
    if not away:
        return {}
    given = book.assignment.plans
    rows = {key for key, _ in given}
    found: dict[str, Decimal | None] = {}
    for key in scope.definitions:
        plans = [plan for unit in away if (plan := given.get((key, unit))) is not None]
        known = [plan.value for plan in plans if plan.value is not None]
        is_known = key in rows and len(known) == len(plans)
        found[key] = sum(known, Decimal(0)) if is_known else None
    return found


def _agree(stated: Decimal, total: Decimal, count: int, definition: Indicator | None) -> bool:
    """Whether a stated plan and the sum of so many plans are one, as they are written."""
    parts = Written(total, total, half_of(total), count)
    counted = definition is not None and is_counted(definition.measure)
    return not is_far(written_as(stated), parts, counted=counted)


def ratios_are_defined(
    lines: Mapping[str, SummaryLine], places: Mapping[str, Place]
) -> Iterator[Issue]:
    """A ratio whose denominator is 0 has no value; say why it is blank."""
    for key, line in lines.items():
        ratio = ratio_source(line.definition)
        if ratio is None or line.actual is not None:
            continue
        bottom = lines.get(ratio.denominator)
        if bottom is not None and bottom.actual == 0:
            place = places.get(key, NOWHERE)
            values = {"code": Ours(line.definition.code)}
            values["divisor"] = Ours(bottom.definition.code)
            yield issue(Code.RATIO_UNDEFINED, place, **values)


def assignments_add_up(book: Book, definitions: Mapping[str, Indicator]) -> Iterator[Issue]:
    """Column Cộng of Giao chỉ tiêu is the sum of its unit columns."""
    assignment = book.assignment
    for key, (stated, cell) in assignment.totals.items():
        total, definition = assignment.total_of(key), definitions.get(key)
        is_no_sum = definition is not None and not definition.adds
        if total is None or is_no_sum or stated == assignment.total_in_numbers(key):
            continue
        if _agree(stated, total, assignment.count_of(key), definition):
            continue
        yield issue(
            Code.ASSIGNMENT_DOES_NOT_ADD,
            book.place(assignment.title, cell),
            code=Ours(definition.code) if definition else Typed(key.upper()),
            value=stated,
            total=total,
        )


def assignments_are_known(book: Book, definitions: Mapping[str, Indicator]) -> Iterator[Issue]:
    """Every row of Giao chỉ tiêu is an indicator, every column with plans a unit of Đơn vị."""
    assignment = book.assignment
    units = {match_key(unit.code) for unit in book.units}
    given = {unit for _, unit in assignment.plans}
    for key, (written, cell) in assignment.unit_codes.items():
        if key not in units and key in given:
            place = book.place(assignment.title, cell)
            values = {"value": Typed(written), "hint": Ours(UnitIndex(book.units).hint(written))}
            yield issue(Code.ASSIGNMENT_UNIT_UNKNOWN, place, **values)
    with_plans = {code for code, _ in assignment.plans}
    known = [definition.code for definition in definitions.values()]
    for key, (written, cell) in assignment.codes.items():
        if key not in definitions and key in with_plans:
            place = book.place(assignment.title, cell)
            values = {"value": Typed(written), "hint": Ours(did_you_mean(written, known))}
            yield issue(Code.ASSIGNMENT_CODE_UNKNOWN, place, **values)


def assignments_are_the_plan(book: Book, definitions: Mapping[str, Indicator]) -> Iterator[Issue]:
    """What is given to the units adds up to the plan of an indicator that is a sum."""
    assignment = book.assignment
    for key, definition in definitions.items():
        total = assignment.total_of(key)
        is_sum = definition.unit_rule is UnitRule.SUM and definition.adds
        if total is None or not is_sum or definition.plan is None:
            continue
        if _agree(definition.plan, total, assignment.count_of(key), definition):
            continue
        yield issue(
            Code.ASSIGNMENT_NOT_THE_PLAN,
            book.place(assignment.title, assignment.codes[key][1]),
            code=Ours(definition.code),
            value=definition.plan,
            total=total,
            difference=abs(definition.plan - total),
        )


def assignments_are_possible(book: Book, definitions: Mapping[str, Indicator]) -> Iterator[Issue]:
    """No unit is given less than nothing of what is counted, or a broken number that was typed."""
    assignment = book.assignment
    for (key, unit), plan in assignment.plans.items():
        value, definition = plan.value, definitions.get(key)
        if value is None or definition is None or (value >= 0 and value == int(value)):
            continue
        cell, measure = assignment.cell(key, unit), measure_said(definition.measure)
        at = book.place(assignment.title, cell)
        if value < 0:
            if not can_be_negative(definition.measure, definition.indicator):
                yield issue(Code.NEGATIVE, at, value=value, measure=measure)
        elif _must_be_whole(definition) and cell not in book.formulas_of(assignment.title).cells:
            yield issue(Code.NOT_WHOLE, at, value=value, measure=measure)


def _must_be_whole(definition: Indicator) -> bool:
    """Whether the figures of an indicator come in whole ones: counted things, and no mean."""
    is_mean = definition.month_rule is MonthRule.MEAN or definition.unit_rule is UnitRule.MEAN
    is_mean = is_mean or is_of_a_mean(definition.indicator)
    return is_counted(definition.measure) and not is_mean


def _plan_places(book: Book) -> dict[str, Place]:
    if book.own is None:
        return {}
    return {
        match_key(target.indicator.code): book.place(book.own.title, book.own.cell("plan", target))
        for target in book.own.targets
    }
