"""Units that have not reported all of an indicator: what they were given, what they may bring."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.reading.records import Unit
from danvan_xl.rollup.missing_reports import is_missing, room_of
from danvan_xl.rollup.tally import UnitFigure
from danvan_xl.rollup.unit_totals import UnitEntry
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.plans import NO_PLAN, Plan
from danvan_xl.vietnamese.text import match_key

# What each unit was given, by match keys of the indicator's and the unit's code.
AssignedPlans = Mapping[tuple[str, str], Plan]


class ConcernedUnit(NamedTuple):
    """A unit that has to report on an indicator, its figure or a blank one, and its plan."""

    entry: UnitEntry
    figure: UnitFigure
    plan: Plan
    counts: bool


def plan_of_unit(key: str, unit: Unit, figure: UnitFigure, assigned: AssignedPlans) -> Plan:
    """The plan of a unit: its own, else what it was given."""
    if (own := figure.planned).is_given:
        return own
    return assigned.get((key, match_key(unit.code)), NO_PLAN)


def open_rooms(
    definition: Indicator, concerned: Sequence[ConcernedUnit]
) -> Iterator[Decimal | None]:
    """What each unit can still bring that does not count, or whose months end early.

    What is missing in a figure that was rolled up stands in its parts.
    """
    for item in concerned:
        figure, plan = item.figure, item.plan
        is_whole = not figure.ends_early or (figure.parts is not None and figure.parts.missing)
        if item.counts and is_whole:
            continue
        actual = figure.actual if item.counts else None
        edge = figure.edge._replace(kind=plan.kind, bound=figure.bound)
        if actual is None or is_missing(definition, actual, plan.value, edge):
            yield room_of(definition, actual, plan.value, edge)
