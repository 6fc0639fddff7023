"""One line of the summary: an indicator's figure, its plan and how it is rated."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.reading.entries import Entry
from danvan_xl.reading.figure import NOTHING, Figure
from danvan_xl.reading.records import Unit
from danvan_xl.rollup.counts import UNITS, counts_units, is_count_of_units, line_direction
from danvan_xl.rollup.missing_reports import rating_within, rules_of, span_of_total
from danvan_xl.rollup.parts import Coverage, Parts
from danvan_xl.rollup.rating import PLAIN, Edge, Rating, completion
from danvan_xl.rollup.tally import Scope, UnitFigure
from danvan_xl.rollup.terms import Term
from danvan_xl.rollup.timing import NO_TIMING, Timing
from danvan_xl.rollup.tolerance import Written
from danvan_xl.rollup.unit_rules import Apart
from danvan_xl.rollup.unit_totals import Addends
from danvan_xl.rollup.units_behind import Behind, worst_first
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import Direction, PlanKind
from danvan_xl.vietnamese.numbers import Bound


class SummaryLine(NamedTuple):
    """One indicator of the summary.

    `actual` is the unit's own figure when `is_typed` (typed, or from its register), else the
    roll-up; `units_total` is that of the units either way. `reported` of `expected` units have a
    figure; `missing` have none, `behind` are those behind with it.
    `edge` is what decides the rating beside the two figures, `addends` what Cộng adds; `timing`
    tells which months the figures are from.
    `parts`, `months` and `register` (that all figures come from, "" where some were typed) are for
    the level above. `written` and `units_written` are `actual` and `units_total` as far as their
    cells tell them; `from_parts`, `plan_from_parts` tell that nothing was written: it is the sum of
    its parts. `copied` is the one figure that so many units have. `further` is what the unit
    itself says in columns that no rule knows by name. `apart` is what the total does not say of its
    units, `each_plan` is the plan all of them have, if it is the same; `open_whole` is what the
    denominators of those missing in a share of a whole come to (None: not known).
    """

    definition: Indicator
    plan: Decimal | None
    actual: Decimal | None
    last_year: Decimal | None
    bound: Bound
    completion: Decimal | None
    rating: Rating
    is_typed: bool
    units_total: Decimal | None
    reported: int
    expected: int
    missing: tuple[Unit, ...]
    behind: Sequence[Behind]
    terms: Sequence[Term]
    units_plan: Decimal | None
    parts: Parts = Parts()
    months: tuple[Figure, ...] = ()
    register: str = ""
    copied: tuple[Decimal, int] | None = None
    further: Mapping[str, Entry] = NOTHING
    edge: Edge = PLAIN
    written: Written | None = None
    units_written: Written | None = None
    from_parts: bool = False
    plan_from_parts: bool = False
    addends: Addends = Addends()
    timing: Timing = NO_TIMING
    apart: Apart = Apart()
    each_plan: Decimal | None = None
    open_whole: Decimal | None = None

    @property
    def is_count(self) -> bool:
        """Whether the figure is a number of units (Đếm đạt)."""
        return counts_units(self.definition) and (not self.is_typed or self.parts.met is not None)

    @property
    def measure(self) -> str:
        """ĐVT of the figure."""
        return UNITS if self.is_count else self.definition.measure

    @property
    def direction(self) -> Direction:
        """Which way the figure is better: more units are, whatever Chiều says of theirs."""
        return line_direction(self.definition, is_count=self.is_count)

    @property
    def goal(self) -> Decimal | None:
        """The plan the figure is held against; None where it is no number of units."""
        if self.plan is None or self.actual is None or not self.is_count:
            return self.plan
        units = max(self.parts.units, self.expected + len(self.apart.unplanned))
        measure = self.definition.measure
        is_of_units = is_count_of_units(self.plan, measure, units, self.each_plan)
        return self.plan if is_of_units else None

    @property
    def unmet(self) -> list[Behind]:
        """The units behind, worst first."""
        return worst_first(self.behind)

    @property
    def has_figures(self) -> bool:
        """Whether anybody has a figure, though they may not come to one."""
        return self.actual is not None or self.addends != Addends()

    @property
    def ends_early(self) -> int:
        """After which month what units have not reported can still change it, 0: none."""
        return self.timing.ends_early if self.parts.missing else 0

    @property
    def covered_below(self) -> tuple[Coverage, ...]:
        """The coverage of every level, the nearest first, where there is more than the nearest."""
        units = sum(item.expected for item in self.parts.coverage)
        return self.parts.coverage if units > self.expected else ()


def as_unit_figure(key: str, line: SummaryLine) -> UnitFigure:
    """A line as the figure of the unit that rolled it up, for the level above."""
    return UnitFigure(
        key,
        line.plan,
        line.actual,
        line.last_year,
        line.bound,
        terms=tuple(line.terms),
        rating=line.rating,
        completion=line.completion,
        register=line.register,
        parts=line.parts,
        months=line.months,
        further=line.further,
        edge=line.edge,
        written=line.written,
        from_parts=line.from_parts,
        as_of=line.timing.as_of,
        ends_early=line.ends_early,
    )


def rated_again(line: SummaryLine, actual: Decimal | None, scope: Scope) -> SummaryLine:
    """A line with another figure or plan, rated anew.

    What the unit states itself is whole, whatever is missing below it.
    """
    line = line._replace(actual=actual)
    definition, parts, goal, edge = line.definition, line.parts, line.goal, line.edge
    if goal is None and line.plan is not None:
        edge = edge._replace(kind=PlanKind.UNKNOWN)
    rating = rating_within(
        span_of_total(definition, actual, Parts() if line.is_typed else parts, line.open_whole),
        actual,
        goal,
        scope.month,
        definition,
        parts=parts,
        edge=edge,
    )
    share = completion(actual, goal, rules_of(definition, parts).direction)
    return line._replace(rating=rating, completion=share)
