"""The plans by which a unit is rated: its own, else what the office above has given it.

What is due of them by the month goes by its own phased plans, else by the months in which it
exists, else by those of the office above, in proportion.
"""

from collections.abc import Mapping
from decimal import Decimal

from danvan_xl.reading.records import Unit
from danvan_xl.rollup.lives import Life, life_of
from danvan_xl.rollup.open_units import AssignedPlans
from danvan_xl.rollup.phases import due_by_phases, due_in_part
from danvan_xl.rollup.tally import Scope, UnitFigure, rated
from danvan_xl.rollup.unit_totals import UnitEntry
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import Direction, MonthRule
from danvan_xl.schema.plans import Plan, is_easier
from danvan_xl.vietnamese.periods import YEAR_END
from danvan_xl.vietnamese.text import match_key


class UnitPlans:
    """Puts the plans that count in the place of those that units have typed or left blank."""

    def __init__(self, assigned: AssignedPlans, scope: Scope) -> None:
        self._assigned, self._scope = assigned, scope
        self._units = {unit for _, unit in assigned}
        self._shares = _shares_due(scope)

    def concerns(self, unit: Unit) -> bool:
        """Whether anything is said of the plans of a unit but what it says itself."""
        is_given = match_key(unit.code) in self._units
        return is_given or bool(self._shares) or self._life(unit).is_part

    def of(self, entry: UnitEntry) -> UnitEntry:
        """The entry with the plans that count, and what is due of them."""
        unit, life = match_key(entry.unit.code), self._life(entry.unit)
        changed: dict[str, UnitFigure] = {}
        for key, figure in entry.figures.items():
            plan = self._assigned.get((key, unit))
            if figure.not_applicable and not is_declined(figure, plan):
                continue
            definition = self._scope.definitions[key]
            is_given = plan is not None and takes_given(figure.planned, plan, definition.direction)
            found = _given(figure, plan) if plan is not None and is_given else figure
            found = self._with_due(found, definition, life)
            if found is not figure:
                changed[key] = rated(found, self._scope)
        return entry._replace(figures={**entry.figures, **changed}) if changed else entry

    def _with_due(self, figure: UnitFigure, definition: Indicator, life: Life) -> UnitFigure:
        """The figure with what is due of its plan, where it does not say so itself."""
        if figure.plan is None or figure.edge.due is not None or self._scope.month == YEAR_END:
            return figure
        if life.is_part and definition.month_rule is MonthRule.SUM:
            due = due_in_part(figure.plan, life, self._scope.month)
        elif (share := self._shares.get(figure.code)) is not None:
            due = figure.plan * share[0] / share[1]
        else:
            return figure
        return figure._replace(edge=figure.edge._replace(due=due))

    def _life(self, unit: Unit) -> Life:
        return life_of(unit, self._scope.year, on_14th=self._scope.on_14th)


def is_declined(figure: UnitFigure, given: Plan | None) -> bool:
    """Whether a unit says "-" of what it was given: it has to report all the same."""
    return figure.declined and given is not None and given.value is not None


def takes_given(own: Plan, given: Plan, direction: Direction) -> bool:
    """Whether a unit is rated by the plan it was given and not by its own."""
    if own.value is None:
        return given.value is not None or not own.is_given
    return is_easier(own, given, direction)


def _shares_due(scope: Scope) -> Mapping[str, tuple[Decimal, Decimal]]:
    """What the phased plans of the office above ask for by the month, and its plans, by key."""
    shares: dict[str, tuple[Decimal, Decimal]] = {}
    for key, definition in scope.definitions.items():
        plan = definition.plan
        due = due_by_phases(plan, definition.phased, scope.month, definition.month_rule)
        if plan and due is not None:
            shares[key] = due, plan
    return shares


def _given(figure: UnitFigure, plan: Plan) -> UnitFigure:
    """The figure with the plan it was given; what is due by its own goes along in proportion."""
    due, own = figure.edge.due, figure.plan
    if due is not None:
        due = due * plan.value / own if own and plan.value is not None else None
    edge = figure.edge._replace(kind=plan.kind, due=due)
    is_left_out = figure.not_applicable and not figure.declined
    return figure._replace(plan=plan.value, edge=edge, not_applicable=is_left_out)
