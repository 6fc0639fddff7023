"""Totals against their parts, in one unit's sheet and in the lines of all: actuals and plans."""

from collections.abc import Callable, Iterator, Mapping, Set
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.checks.months import lacks_columns
from danvan_xl.reading.records import Target, TargetSheet
from danvan_xl.rollup.dotted import Fault, PartList, fault_in, is_whole, part_lists
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.rollup.tally import Scope, UnitFigure, written_in
from danvan_xl.rollup.tolerance import Written, written
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import NOWHERE, Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import UnitRule
from danvan_xl.vietnamese.limits_of_figures import can_be_negative
from danvan_xl.vietnamese.measures import is_counted, measures_clash
from danvan_xl.vietnamese.numbers import Bound, State
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.vietnamese.privacy import Attributed, Ours
from danvan_xl.vietnamese.text import match_key

_ZERO = Decimal(0)
_ACTUAL, _PLAN = "thực hiện", "kế hoạch"


class _Shown(NamedTuple):
    """A figure as it is printed, and as far as its cells tell it."""

    value: Decimal
    bound: Bound
    written: Written


class _Side(NamedTuple):
    """Actuals or plans: what stands in which row, and where."""

    field: str
    definitions: Mapping[str, Indicator]
    shown: Callable[[str], _Shown | None]
    place: Callable[[str], Place]


def parts_in_sheet(
    sheet: TargetSheet, figures: Mapping[str, UnitFigure], scope: Scope, derived: frozenset[str]
) -> Iterator[Issue]:
    """Where one unit's totals contradict their parts, or are made of them.

    What is `derived` from a register is held by the register's own rules.
    """
    lists = part_lists(scope.definitions)
    if not lists:
        return
    actuals, plans = _sides_of_sheet(sheet, figures, scope)
    for found in lists:
        yield from _contradiction(found, plans)
        if is_whole(found) and found.total in figures and figures[found.total].from_parts:
            yield _made_of_parts(found, actuals)
        elif not derived.issuperset((found.total, *found.parts)):
            yield from _contradiction(found, actuals)


def parts_in_sending(
    sheet: TargetSheet, figures: Mapping[str, UnitFigure], scope: Scope, derived: frozenset[str]
) -> Iterator[Issue]:
    """Where the totals of a sending contradict their parts: errors of two sendings may offset.

    Only counted things are held, and only what is whole: a roll-up was rounded unit by unit.
    """
    whole = {
        key: figure
        for key, figure in figures.items()
        if is_counted(scope.definitions[key].measure)
        and not figure.ends_early
        and not (figure.parts and figure.parts.missing)
    }
    for found in parts_in_sheet(sheet, whole, scope, derived):
        if found.code is not Code.TOTAL_FROM_PARTS:
            yield found


def _sides_of_sheet(
    sheet: TargetSheet, figures: Mapping[str, UnitFigure], scope: Scope
) -> tuple[_Side, _Side]:
    """The actuals and the plans of one unit, as far as they are known.

    What is in a measure that clashes is not, nor what has a fault in a month.
    """
    targets = {match_key(target.indicator.code): target for target in sheet.targets}
    usable = {
        key: figure
        for key, figure in figures.items()
        if key not in targets
        or not measures_clash(targets[key].indicator.measure, scope.definitions[key].measure)
    }

    faulty = _faulty_rows(sheet, scope)

    def place(*columns: str) -> Callable[[str], Place]:
        def at(key: str) -> Place:
            cells = (sheet.cell(name, targets[key]) for name in columns if key in targets)
            return sheet.at(next(filter(None, cells), ""))

        return at

    def plan(key: str) -> _Shown | None:
        return _plan_shown(usable[key].plan) if key in usable else None

    def actual(key: str) -> _Shown | None:
        return None if key in faulty else _actual_shown(usable.get(key))

    return (
        _Side(
            _ACTUAL,
            scope.definitions,
            actual,
            place("cumulative", "plan"),
        ),
        _Side(_PLAN, scope.definitions, plan, place("plan")),
    )


def _faulty_rows(sheet: TargetSheet, scope: Scope) -> frozenset[str]:
    """The keys of rows of which a month is told to be wrong, so that no sum is held against them.

    Its column is lost, its cell unreadable, or it is below 0 and cannot be.
    """
    is_cut = lacks_columns(sheet, scope.month)
    return frozenset(
        match_key(target.indicator.code)
        for target in sheet.targets
        if is_cut or _has_fault(target, scope.month)
    )


def _has_fault(target: Target, month: int) -> bool:
    indicator = target.indicator
    for figure in target.months[:month]:
        if figure.state is State.UNREADABLE:
            return True
        if figure.value is not None and figure.value < 0:
            return not can_be_negative(indicator.measure, indicator.indicator)
    return False


def _actual_shown(figure: UnitFigure | None) -> _Shown | None:
    """A unit's figure; what does not apply to it adds nothing."""
    if figure is None:
        return None
    if figure.not_applicable:
        return _Shown(_ZERO, Bound.EXACT, written(_ZERO, cells=0))
    known = written_in(figure)
    if figure.actual is None or known is None:
        return None
    return _Shown(figure.actual, figure.bound, known)


def parts_in_lines(
    lines: Mapping[str, SummaryLine],
    places: Mapping[str, Place],
    plan_places: Mapping[str, Place],
    told: Set[str],
    faulty: Set[str] = frozenset(),
) -> Iterator[Issue]:
    """Where the totals of all contradict their parts, or are made of them.

    Totals and parts of which all were rolled up are held by the units' own sheets; here only counts
    are, in which nothing is rounded. `told` are the codes of which a unit's sheet says it; `faulty`
    the keys of indicators of which some sheet has a fault in a month.
    """
    definitions = {key: line.definition for key, line in lines.items()}

    def place(key: str) -> Place:
        return places.get(key) or plan_places.get(key, NOWHERE)

    def actual(key: str) -> _Shown | None:
        line = lines[key]
        if line.actual is None or line.written is None or key in faulty:
            return None
        is_open = not line.is_typed and line.reported < line.expected
        known = line.written.at_least() if is_open else line.written
        return _Shown(line.actual, line.bound, known)

    actuals = _Side(_ACTUAL, definitions, actual, place)
    plans = _Side(
        _PLAN,
        definitions,
        lambda key: _plan_shown(lines[key].plan),
        lambda key: plan_places.get(key, NOWHERE),
    )
    for found in part_lists(definitions):
        total, members = lines[found.total], [lines[key] for key in (found.total, *found.parts)]
        if is_whole(found) and total.plan_from_parts:
            yield _made_of_parts(found, plans)
        else:
            yield from _contradiction(found, plans)
        if is_whole(found) and total.from_parts and total.actual is not None:
            yield _made_of_parts(found, actuals)
        elif _can_be_held(found, members, told):
            yield from _contradiction(found, actuals)


def _can_be_held(found: PartList, members: list[SummaryLine], told: Set[str]) -> bool:
    """Whether the figures of a total and its parts can be held against each other."""
    rolled_up = [line for line in members if not line.is_typed and line.actual is not None]
    registers = {line.register for line in members if line.actual is not None}
    if "" not in registers and len(registers) == 1:
        return False  # one register gives them all
    if any(line.definition.unit_rule is not UnitRule.SUM for line in rolled_up):
        return False
    is_open = any(line.reported < line.expected for line in rolled_up)
    if is_open and found.can_be_negative:
        return False
    if len(rolled_up) < len(members):
        return True
    return found.is_counted and not is_open and members[0].definition.code not in told


def _plan_shown(plan: Decimal | None) -> _Shown | None:
    return None if plan is None else _Shown(plan, Bound.EXACT, written(plan))


def _contradiction(found: PartList, side: _Side) -> Iterator[Issue]:
    """What is wrong between a total and its parts, at the one's place or at the other's."""

    def figure(key: str) -> Written | None:
        shown = side.shown(key)
        return None if shown is None else shown.written

    fault = fault_in(found, figure)
    total = side.shown(found.total)
    if fault is not None and total is not None:
        yield _said(found, fault, total, side)


def _said(found: PartList, fault: Fault, total: _Shown, side: _Side) -> Issue:
    code, field = Ours(side.definitions[found.total].code), Ours(side.field)
    if fault.part:
        part = side.shown(fault.part)
        assert part is not None
        return issue(
            Code.PART_ABOVE_TOTAL,
            side.place(fault.part),
            part=Ours(side.definitions[fault.part].code),
            code=code,
            field=field,
            value=spoken(part.value, part.bound),
            total=spoken(total.value, total.bound),
        )
    shown = [part for key in found.parts if (part := side.shown(key)) is not None]
    joint = sum((part.value for part in shown), Decimal(0))
    place, value = side.place(found.total), spoken(total.value, total.bound)
    values: dict[str, Attributed | Decimal] = {
        "code": code,
        "value": value,
        "parts": _listed(shown),
        "total": joint,
    }
    if not fault.is_sum:
        return issue(Code.PARTS_ABOVE_TOTAL, place, field=field, **values)
    differs = Code.PLAN_PARTS_DIFFER if side.field == _PLAN else Code.PARTS_DIFFER
    return issue(differs, place, **values, difference=abs(total.value - joint))


def _made_of_parts(found: PartList, side: _Side) -> Issue:
    """The note that a blank total is the sum of its parts."""
    shown = [part for key in found.parts if (part := side.shown(key)) is not None]
    return issue(
        Code.TOTAL_FROM_PARTS,
        side.place(found.total),
        code=Ours(side.definitions[found.total].code),
        field=Ours(side.field),
        parts=_listed(shown),
        total=sum((part.value for part in shown), Decimal(0)),
    )


def _listed(shown: list[_Shown]) -> Ours:
    return Ours(" + ".join(_text(part.value, part.bound) for part in shown))


def spoken(value: Decimal, bound: Bound) -> Ours:
    """A figure with the mark of its estimate, as it is printed."""
    return Ours(_text(value, bound))


def _text(value: Decimal, bound: Bound) -> str:
    return f"{bound} {vietnamese_number(value)}".strip()
