"""Checks on what was rolled up: a parent against its units, a total against its parts."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from danvan_xl.reading.records import Book
from danvan_xl.reading.unit_lookup import find_unit
from danvan_xl.rollup.lines import SummaryLine
from danvan_xl.rollup.tally import Scope, UnitFigure, ratio_source
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import NOWHERE, Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import UnitRule
from danvan_xl.vietnamese.measures import Likeness, compare_measures
from danvan_xl.vietnamese.numbers import Bound, holds
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import did_you_mean, match_key


def check_totals(
    book: Book, scope: Scope, own: Mapping[str, UnitFigure], lines: Mapping[str, SummaryLine]
) -> Iterator[Issue]:
    """What does not add up, each at its place in the consolidating workbook."""
    places = {key: book.place(*figure.place) for key, figure in own.items()}
    plan_places = _plan_places(book)
    yield from own_figures_agree_with_units(lines, places)
    yield from plans_add_up(lines, plan_places)
    yield from totals_agree_with_parts(lines, places)
    yield from ratios_are_defined(lines, places)
    yield from check_assignment(book, scope.definitions)


def check_assignment(book: Book, definitions: Mapping[str, Indicator]) -> Iterator[Issue]:
    """Where sheet Giao chỉ tiêu does not fit the units, the indicators or the plans.

    `definitions` are the indicators of sheet Chỉ tiêu by match key of their code.
    """
    yield from assignments_add_up(book, definitions)
    yield from assignments_are_known(book, definitions)
    yield from assignments_are_the_plan(book, definitions)


def own_figures_agree_with_units(
    lines: Mapping[str, SummaryLine], places: Mapping[str, Place]
) -> Iterator[Issue]:
    """A figure the parent typed is held against the sum of its units."""
    for key, line in lines.items():
        if not line.is_typed or line.units_total is None or line.actual is None:
            continue
        if holds(line.actual, line.bound, line.units_total):
            continue
        yield issue(
            Code.OWN_DIFFERS,
            places.get(key, NOWHERE),
            code=Ours(line.definition.code),
            value=_spoken(line.actual, line.bound),
            total=line.units_total,
            reported=Ours(f"{line.reported}/{line.expected}"),
        )


def plans_add_up(lines: Mapping[str, SummaryLine], places: Mapping[str, Place]) -> Iterator[Issue]:
    """The plans given to the units add up to the parent's plan."""
    for key, line in lines.items():
        if line.plan is None or line.units_plan is None or line.plan == line.units_plan:
            continue
        yield issue(
            Code.PLANS_DO_NOT_ADD,
            places.get(key, NOWHERE),
            code=Ours(line.definition.code),
            value=line.plan,
            total=line.units_plan,
            difference=abs(line.plan - line.units_plan),
        )


def totals_agree_with_parts(
    lines: Mapping[str, SummaryLine], places: Mapping[str, Place]
) -> Iterator[Issue]:
    """A total "XD05" is held against its parts "XD05.1", "XD05.2"…; an estimate may be passed."""
    for key, line in lines.items():
        parts = [part for code, part in lines.items() if _is_part(code, key)]
        figures = [part.actual for part in parts if part.actual is not None]
        measures = {
            compare_measures(part.definition.measure, line.definition.measure) for part in parts
        }
        if line.actual is None or len(figures) < len(parts) or measures != {Likeness.SAME}:
            continue
        total = sum(figures, Decimal(0))
        if holds(line.actual, line.bound, total):
            continue
        yield issue(
            Code.PARTS_DIFFER,
            places.get(key, NOWHERE),
            code=Ours(line.definition.code),
            value=_spoken(line.actual, line.bound),
            parts=Ours(" + ".join(map(vietnamese_number, figures))),
            total=total,
            difference=abs(line.actual - total),
        )


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
        plans = [plan for (code, _), plan in assignment.plans.items() if code == key]
        total = sum(plans, Decimal(0))
        if not plans or total == stated:
            continue
        definition = definitions.get(key)
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
            values = {"value": Typed(written), "hint": Ours(find_unit(book.units, written).hint)}
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
        plans = [plan for (code, _), plan in assignment.plans.items() if code == key]
        total = sum(plans, Decimal(0))
        is_sum = definition.unit_rule is UnitRule.SUM
        if not plans or not is_sum or definition.plan is None or total == definition.plan:
            continue
        yield issue(
            Code.ASSIGNMENT_NOT_THE_PLAN,
            book.place(assignment.title, assignment.codes[key][1]),
            code=Ours(definition.code),
            value=definition.plan,
            total=total,
            difference=abs(definition.plan - total),
        )


def _spoken(value: Decimal, bound: Bound) -> Ours:
    return Ours(f"{bound} {vietnamese_number(value)}".strip())


def _is_part(code: str, total: str) -> bool:
    """Whether `code` is a direct part of `total`: one more level behind a dot."""
    head, dot, tail = code.rpartition(".")
    return bool(dot) and head == total and tail != ""


def _plan_places(book: Book) -> dict[str, Place]:
    if book.own is None:
        return {}
    return {
        match_key(target.indicator.code): book.place(book.own.title, book.own.cell("plan", target))
        for target in book.own.targets
    }
