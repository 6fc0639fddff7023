"""How the figures of many units become one line of the summary, with coverage and sources."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.reading.figure import NOTHING, Figure
from danvan_xl.rollup.dotted import part_lists, sums_of_parts
from danvan_xl.rollup.missing_reports import joint_missing
from danvan_xl.rollup.months_up import months_going_up
from danvan_xl.rollup.open_units import AssignedPlans
from danvan_xl.rollup.part_sums import summed
from danvan_xl.rollup.parts import Parts, covered, single_month
from danvan_xl.rollup.rating import Rating
from danvan_xl.rollup.ratio_lines import Quotient, quotient_of, side_of
from danvan_xl.rollup.ratios import RatioRule, quotient, ratio_rule
from danvan_xl.rollup.summary_line import SummaryLine, as_unit_figure, rated_again
from danvan_xl.rollup.tally import Scope, UnitFigure, written_in
from danvan_xl.rollup.terms import Term
from danvan_xl.rollup.timing import (
    NO_TIMING,
    Timing,
    joint_timing,
    own_timing,
    timing_of_parts,
    timing_of_ratio,
)
from danvan_xl.rollup.tolerance import ENDLESS, Written, sum_written
from danvan_xl.rollup.total_of_units import (
    is_part,
    is_refused,
    terms_taken_off,
    units_last_year,
    units_total,
    units_written,
)
from danvan_xl.rollup.unit_totals import Addends, UnitEntry, copied_figure
from danvan_xl.rollup.units import Below, below_of, sum_of
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import NOWHERE, Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import UnitRule
from danvan_xl.vietnamese.numbers import Bound, State, joint_bound
from danvan_xl.vietnamese.privacy import Ours

# Of these a row with two others as its Nguồn is what the two printed come to.
_OF_RATIOS = (UnitRule.RATIO, UnitRule.NONE)


def roll_up(
    scope: Scope,
    own: Mapping[str, UnitFigure],
    entries: Sequence[UnitEntry],
    assigned: AssignedPlans,
    repeated: Mapping[str, Decimal] = NOTHING,
) -> dict[str, SummaryLine]:
    """The lines of the summary by indicator key, in the order they are defined.

    `repeated` is by how much the figures of an indicator count things more than once.
    """
    return summary_lines(scope, own, below_each(scope, entries, assigned), repeated)


def below_each(
    scope: Scope, entries: Sequence[UnitEntry], assigned: AssignedPlans
) -> dict[str, Below]:
    """What units bring to each indicator, by its key."""
    return {key: below_of(key, scope, entries, assigned) for key in scope.definitions}


def summary_lines(
    scope: Scope,
    own: Mapping[str, UnitFigure],
    below: Mapping[str, Below],
    repeated: Mapping[str, Decimal] = NOTHING,
) -> dict[str, SummaryLine]:
    """The lines of the summary from the unit's own figures and what those below bring."""
    # Who has heard of some indicators and not of others was not given the others.
    is_heard = bool(scope.given) or any(item.rows for item in below.values())
    asked = {
        key: item if item.rows or key in scope.given or not is_heard else _not_given(item)
        for key, item in below.items()
    }
    lines = {
        key: _line(scope, own.get(key, UnitFigure(key)), item, repeated.get(key))
        for key, item in asked.items()
    }
    _sum_parts(lines, own, scope)
    for key, line in lines.items():
        rule = ratio_rule(line.definition, scope.definitions)
        if rule is not None and line.definition.unit_rule in _OF_RATIOS:
            pair = lines[rule.numerator], lines[rule.denominator]
            found = quotient_of(
                side_of(pair[0], own.get(rule.numerator)),
                side_of(pair[1], own.get(rule.denominator)),
                below[key],
            )
            lines[key] = _with_ratio(line, found, rule, pair, scope)
    return lines


def _not_given(below: Below) -> Below:
    """The units' side of an indicator that none of them was given: nobody waits for them."""
    parts = below.parts._replace(missing=0, missing_plan=Decimal(0))
    return below._replace(expected=0, missing=(), parts=parts, near=())


def _with_ratio(
    line: SummaryLine,
    found: Quotient,
    rule: RatioRule,
    pair: tuple[SummaryLine, SummaryLine],
    scope: Scope,
) -> SummaryLine:
    """A line with the ratio of its two rows; one the unit states stays, and is told beside them.

    As much is missing in it as in them.
    """
    last_year = line.last_year
    if last_year is None:
        last_year = quotient(pair[0].last_year, pair[1].last_year, rule.factor)
    line = line._replace(last_year=last_year, parts=found.parts(line.parts))
    if line.is_typed:
        return line
    value = found.value(rule)
    months = single_month(value, Figure(value, State.NUMBER, found.bound), scope.month)
    missing = max(found.missing, *(side.parts.missing for side in pair))
    line = line._replace(
        bound=found.bound if value is not None else Bound.EXACT,
        terms=found.terms if value is not None else (),
        months=months if scope.monthly else line.months,
        edge=line.edge._replace(bound=found.bound),
        written=_worked_out(value, found.bound),
        parts=line.parts._replace(missing=missing),
        open_whole=found.open_whole if missing == found.missing else None,
        timing=timing_of_ratio(line.timing, [side.timing for side in pair]),
    )
    if found.covering is not None:
        covering = pair[found.covering]
        line = line._replace(
            reported=covering.reported,
            expected=covering.expected,
            missing=covering.missing,
            parts=line.parts._replace(coverage=covering.parts.coverage),
        )
    return rated_again(line, value, scope)


def _worked_out(value: Decimal | None, bound: Bound) -> Written | None:
    """A figure no cell has, as far as cells tell it; of estimates nobody knows how far."""
    if value is None:
        return None
    return Written(-ENDLESS, ENDLESS) if bound else Written(value, value)


def units_alike(lines: Mapping[str, SummaryLine], places: Mapping[str, Place]) -> Iterator[Issue]:
    """A warning for each indicator of which all units have one and the same figure."""
    for key, line in lines.items():
        if line.copied is not None:
            value, count = line.copied
            place, code = places.get(key, NOWHERE), Ours(line.definition.code)
            yield issue(Code.UNITS_ALIKE, place, code=code, count=count, value=value)


class _Whole(NamedTuple):
    """The figure of a line: stated by the unit itself, or rolled up."""

    actual: Decimal | None
    bound: Bound
    terms: Sequence[Term]
    months: tuple[Figure, ...]
    register: str
    timing: Timing = NO_TIMING


def _line(scope: Scope, own: UnitFigure, below: Below, repeated: Decimal | None) -> SummaryLine:
    definition = scope.definitions[own.code]
    parts = below.parts._replace(coverage=covered([*below.near, *below.deep]))
    if definition.unit_rule in _OF_RATIOS and ratio_rule(definition, scope.definitions):
        own = _as_stated(own)
    is_typed = own.actual is not None and not is_part(own, definition, below)
    if is_typed:
        whole = _Whole(
            actual=own.actual,
            bound=own.bound,
            terms=own.terms,
            months=own.months,
            register=own.register,
            timing=own_timing(own, scope.month),
        )
        parts = _stated_parts(parts, definition, own)
    elif own.unadded or is_refused(definition, below.addends):
        whole = _Whole(None, Bound.EXACT, terms=(), months=own.months, register=own.register)
    else:
        whole = _rolled_up(definition, scope, own, below, terms_taken_off(repeated, below))
    last_year = units_last_year(definition, below) if own.last_year is None else own.last_year
    line = SummaryLine(
        definition=definition,
        plan=own.plan,
        actual=whole.actual,
        last_year=last_year,
        bound=whole.bound,
        completion=None,
        rating=Rating.NOT_ASSIGNED,
        is_typed=is_typed,
        units_total=units_total(definition, below),
        reported=below.reported,
        expected=below.expected,
        missing=below.missing,
        behind=below.behind,
        terms=whole.terms,
        units_plan=below.units_plan,
        parts=parts,
        months=whole.months,
        register=whole.register,
        copied=copied_figure(below.values, below.value_count, below.plans),
        further=own.further,
        edge=own.edge._replace(bound=whole.bound),
        written=written_in(own) if is_typed else _written(whole, own, below, definition),
        units_written=units_written(definition, below),
        addends=Addends(own.unadded, below.addends, below.unadded),
        timing=whole.timing,
        apart=below.apart,
        each_plan=next(iter(below.plans)) if len(below.plans) == 1 else None,
    )
    return rated_again(line, whole.actual, scope)


def _as_stated(own: UnitFigure) -> UnitFigure:
    """What a unit states itself of a ratio; what its two rows come to is no statement."""
    if own.stated is None:
        return own._replace(actual=None, bound=Bound.EXACT, terms=(), months=(), unadded=0)
    terms = () if own.stated_term is None else (own.stated_term,)
    bound = own.bound if own.stated == own.actual else Bound.EXACT
    return own._replace(actual=own.stated, bound=bound, terms=terms)


def _written(whole: _Whole, own: UnitFigure, below: Below, definition: Indicator) -> Written | None:
    """A rolled-up figure as far as the cells of the units, and of the unit itself, tell it."""
    if whole.actual is None:
        return None
    known = [units_written(definition, below), written_in(own)]
    joint = sum_written(item for item in known if item is not None)
    taken_off = sum_of(item for item in (own.actual, units_total(definition, below)) if item)
    taken_off -= whole.actual
    return joint._replace(low=joint.low - taken_off, high=joint.high - taken_off)


def _sum_parts(lines: dict[str, SummaryLine], own: Mapping[str, UnitFigure], scope: Scope) -> None:
    """Put the sums of their parts in the places of totals, and of plans, that are blank."""
    lists = part_lists(scope.definitions)
    nothing = UnitFigure("")

    def is_blank(key: str) -> bool:
        figure = own.get(key, nothing)
        return lines[key].actual is None and figure.is_blank and not figure.not_applicable

    def is_known(key: str) -> bool:
        line = lines[key]
        if line.actual is None:
            return own.get(key, nothing).not_applicable and not line.expected
        return line.is_typed or line.reported == line.expected

    def is_without_plan(key: str) -> bool:
        figure = own.get(key, nothing)
        return lines[key].plan is None and figure.has_blank_plan and not figure.not_applicable

    def has_plan(key: str) -> bool:
        return lines[key].plan is not None

    for found in sums_of_parts(lists, is_without_plan, has_plan):
        plan = sum_of(item for key in found.parts if (item := lines[key].plan) is not None)
        line = lines[found.total]._replace(plan=plan, plan_from_parts=True)
        lines[found.total] = rated_again(line, line.actual, scope)
    for found in sums_of_parts(lists, is_blank, is_known):
        parts = [lines[key] for key in found.parts]
        if all(part.actual is None for part in parts):
            continue
        pairs = zip(found.parts, parts, strict=True)
        total = UnitFigure(found.total, plan=lines[found.total].plan)
        whole = summed(total, [as_unit_figure(key, part) for key, part in pairs], scope)
        line = lines[found.total]._replace(
            bound=whole.bound,
            is_typed=all(part.is_typed or part.actual is None for part in parts),
            terms=whole.terms,
            months=whole.months,
            register=whole.register,
            edge=lines[found.total].edge._replace(bound=whole.bound),
            parts=joint_missing(lines[found.total].parts, [part.parts for part in parts]),
            written=whole.written,
            from_parts=True,
            timing=timing_of_parts(part.timing for part in parts),
        )
        lines[found.total] = rated_again(line, whole.actual, scope)


def _rolled_up(
    definition: Indicator, scope: Scope, own: UnitFigure, below: Below, taken_off: tuple[Term, ...]
) -> _Whole:
    """The figure of the units together, with the unit's own where that is one more part."""
    total = units_total(definition, below)
    actual = _sum_of(own.actual, total, *(term.value for term in taken_off))
    bound = joint_bound((own.bound, below.bound))
    registers = below.registers if own.actual is None else below.registers | {own.register}
    whole = Figure(actual, State.NUMBER, bound)
    timing = joint_timing((own_timing(own, scope.month), below.timing))
    return _Whole(
        actual=actual,
        bound=bound,
        terms=own.terms + below.terms + taken_off,
        months=months_going_up(definition, scope, (own.months, below.months), whole, timing.newest),
        register=next(iter(registers)) if len(registers) == 1 else "",
        timing=timing,
    )


def _stated_parts(parts: Parts, definition: Indicator, own: UnitFigure) -> Parts:
    """The parts of a figure the unit states itself: of those below, only the coverage."""
    met = own.actual if definition.unit_rule is UnitRule.COUNT_MET and parts.coverage else None
    return Parts(met=met, coverage=parts.coverage)


def _sum_of(*parts: Decimal | None) -> Decimal | None:
    """The sum of the parts there are, None when there is none."""
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if known else None
