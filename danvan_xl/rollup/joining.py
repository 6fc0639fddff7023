"""What portions of thousands of units bring to one indicator, joined for all of them.

Joined, it is what it would be worked out at once; so units are gone through portion by portion, in
several processes, and a portion in which nothing changed need not be gone through again.
"""

from collections.abc import Sequence
from decimal import Decimal

from danvan_xl.reading.figure import Figure
from danvan_xl.rollup.missing_reports import joint_room
from danvan_xl.rollup.packed import Joined, parts_of_joined
from danvan_xl.rollup.parts import Parts, covered, summed_months
from danvan_xl.rollup.rules import combine_units
from danvan_xl.rollup.timing import joint_timing
from danvan_xl.rollup.unit_rules import Apart
from danvan_xl.rollup.unit_totals import bound_of_units
from danvan_xl.rollup.units import (
    MOST_SHARES,
    STATED,
    Below,
    first_two,
    last_year_of_units,
    plan_of_units,
    sum_of,
)
from danvan_xl.schema.indicators import Indicator


def join_portions(definition: Indicator, portions: Sequence[Below], month: int) -> Below:
    """What all units bring, from what portions of them do, in order."""
    rule = definition.unit_rule
    concerned = [item for item in portions if item.expected]
    totals = [item.total for item in portions if item.total is not None]
    return Below(
        expected=sum(item.expected for item in portions),
        reported=sum(item.reported for item in portions),
        missing=tuple(unit for item in portions for unit in item.missing),
        total=combine_units(rule, totals) if rule in STATED else None,
        parts=_joint_parts([item.parts for item in portions]),
        near=covered(level for item in portions for level in item.near),
        deep=covered(level for item in portions for level in item.deep),
        units_plan=plan_of_units(definition, [item.units_plan for item in concerned]),
        last_year=last_year_of_units(definition, [item.last_year for item in concerned]),
        bound=bound_of_units(definition, [(item.total, item.bound) for item in portions]),
        registers=frozenset[str]().union(*(item.registers for item in portions)),
        months=_joint_months([item.months for item in portions if item.months], month),
        values=first_two(value for item in portions for value in item.values),
        value_count=sum(item.value_count for item in portions),
        plans=first_two(plan for item in portions for plan in item.plans),
        rows=sum(item.rows for item in portions),
        addends=sum(item.addends for item in portions),
        unadded=sum(item.unadded for item in portions),
        factor=portions[0].factor if portions else None,
        apart=_joint_apart([item.apart for item in portions]),
        open_denominators=tuple(b for item in portions for b in item.open_denominators),
        behind=Joined([item.behind for item in portions if item.behind]),
        terms=Joined([part for item in portions for part in parts_of_joined(item.terms)]),
        cells=sum(item.cells for item in portions),
        under=sum_of(item.under for item in portions),
        over=sum_of(item.over for item in portions),
        shares=tuple(share for item in portions for share in item.shares)[:MOST_SHARES],
        tiny=sum(item.tiny for item in portions),
        timing=joint_timing(item.timing for item in portions),
    )


def _joint_parts(parts: Sequence[Parts]) -> Parts:
    ratios = [part.ratio for part in parts if part.ratio is not None]
    means = [part.mean for part in parts if part.mean is not None]
    weighted = [part.weighted for part in parts if part.weighted is not None]
    met = [part.met for part in parts if part.met is not None]
    return Parts(
        ratio=(sum_of(top for top, _ in ratios), sum_of(bottom for _, bottom in ratios))
        if ratios
        else None,
        mean=(sum_of(value for value, _ in means), sum(count for _, count in means))
        if means
        else None,
        weighted=(
            sum_of(value for value, _, _ in weighted),
            sum_of(weight for _, weight, _ in weighted),
            weighted[0][2],
        )
        if weighted
        else None,
        met=sum_of(met) if met else None,
        coverage=(),
        missing=sum(part.missing for part in parts),
        missing_plan=joint_room([part.missing_plan for part in parts if part.missing]),
    )


def _joint_apart(items: Sequence[Apart]) -> Apart:
    return Apart(
        lacking=tuple(pair for item in items for pair in item.lacking),
        stated=tuple(pair for item in items for pair in item.stated),
        unplanned=tuple(name for item in items for name in item.unplanned),
        is_even=all(item.is_even for item in items),
        is_part=bool(items) and all(item.is_part for item in items),
    )


def _joint_months(rows: Sequence[tuple[Figure, ...]], month: int) -> tuple[Figure, ...]:
    return summed_months(rows, Decimal(0), month) if rows else ()
