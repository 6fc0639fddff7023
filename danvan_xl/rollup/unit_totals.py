"""What the figures of several units come to by the rule of an indicator, and what of."""

from collections.abc import Mapping, Sequence, Set
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.reading.records import Unit
from danvan_xl.rollup.missing_reports import joint_room
from danvan_xl.rollup.parts import Parts
from danvan_xl.rollup.rating import reaches
from danvan_xl.rollup.rules import combine_units
from danvan_xl.rollup.tally import Term, UnitFigure, ratio_source, ratio_terms
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import UnitRule
from danvan_xl.vietnamese.numbers import Bound, joint_bound
from danvan_xl.vietnamese.text import match_key

FEWEST_ALIKE = 4  # fewer that are alike, or that rise, happen by chance

NO_UNIT_FIGURE = UnitFigure("")
# Units with their figures for one indicator.
Pairs = Sequence[tuple[Unit, UnitFigure]]


class UnitEntry(NamedTuple):
    """A unit and its figures by indicator key; none when it has not reported at all.

    A unit that ended before the period closes is not expected, but what flowed until then counts.
    """

    unit: Unit
    figures: Mapping[str, UnitFigure]
    is_expected: bool = True


class Addends(NamedTuple):
    """Figures that Cộng adds: months of the unit itself, units, and units whose months do not add.

    `months` are those that do not add; 0 where they do.
    """

    months: int = 0
    units: int = 0
    units_by_month: int = 0


def parts_of(
    definition: Indicator,
    entries: Sequence[UnitEntry],
    counted: Pairs,
    missing: Sequence[Decimal | None],
) -> Parts:
    """What a roll-up is made of, without the coverage.

    `counted` are the units whose figures count; `missing` has for each that has not reported all
    what it can still bring (None: not known).
    """
    rule = definition.unit_rule
    reported = [figure.parts for _, figure in counted if figure.parts is not None]
    rooms = [*missing, *(part.missing_plan for part in reported if part.missing)]
    return Parts(
        ratio=_ratio_sums(definition, entries) if rule is UnitRule.RATIO else None,
        mean=_mean(counted) if rule is UnitRule.MEAN else None,
        met=_met(definition, counted) if rule is UnitRule.COUNT_MET else None,
        coverage=(),
        missing=len(missing) + sum(part.missing for part in reported),
        missing_plan=joint_room(rooms),
    )


def bound_of_units(definition: Indicator, figures: Sequence[tuple[Decimal | None, Bound]]) -> Bound:
    """How sure a total of figures is; of the largest or smallest one, what is said of that one.

    How many units reach their plan is no estimate: at a plan the word of one decides.
    """
    rule = definition.unit_rule
    if rule is UnitRule.COUNT_MET:
        return Bound.EXACT
    if rule in (UnitRule.LARGEST, UnitRule.SMALLEST):
        total = combine_units(rule, [value for value, _ in figures if value is not None])
        return joint_bound(bound for value, bound in figures if value == total)
    return joint_bound(bound for _, bound in figures)


def terms_of(
    definition: Indicator, entries: Sequence[UnitEntry], counted: Pairs
) -> tuple[Term, ...]:
    """What was added up: a ratio's parts; one for each unit that reaches its plan."""
    if definition.unit_rule is UnitRule.RATIO:
        return tuple(
            term
            for top, bottom in _ratio_figures(definition, entries)
            for term in ratio_terms(top, bottom)
        )
    if definition.unit_rule is not UnitRule.COUNT_MET:
        return tuple(term for _, figure in counted for term in figure.terms)
    return tuple(
        term if _stated(figure) is not None else term._replace(value=_reaching(figure, definition))
        for _, figure in counted
        for term in figure.terms
    )


def _mean(counted: Pairs) -> tuple[Decimal, int] | None:
    """The sum and the number of all figures, those of the units' own units among them."""
    sums, count = Decimal(0), 0
    for _, figure in counted:
        if figure.parts is not None and figure.parts.mean is not None:
            sums, count = sums + figure.parts.mean[0], count + figure.parts.mean[1]
        elif figure.actual is not None:
            sums, count = sums + figure.actual, count + 1
    return (sums, count) if count else None


def _met(definition: Indicator, counted: Pairs) -> Decimal | None:
    """How many units reach their plan, at the lowest level that is counted."""
    if not counted:
        return None
    counts = (_stated(figure) or _reaching(figure, definition) for _, figure in counted)
    return sum(counts, Decimal(0))


def _stated(figure: UnitFigure) -> Decimal | None:
    """The count of its own units that a unit's figure is; None when it is no count."""
    return figure.parts.met if figure.parts is not None else None


def _reaching(figure: UnitFigure, definition: Indicator) -> Decimal:
    if _stated(figure) is not None or figure.actual is None or figure.plan is None:
        return Decimal(0)
    edge = figure.edge._replace(bound=figure.bound)
    return Decimal(reaches(figure.actual, figure.plan, definition.direction, edge))


def _ratio_sums(
    definition: Indicator, entries: Sequence[UnitEntry]
) -> tuple[Decimal, Decimal] | None:
    """Σ numerator and Σ denominator over the units that have both; None without any.

    A ratio is rolled up from these, never as a mean of shares.
    """
    key = match_key(definition.code)
    sums: list[tuple[Decimal, Decimal]] = []
    for entry in entries:
        parts = entry.figures.get(key, NO_UNIT_FIGURE).parts
        if entry.is_expected and parts is not None and parts.ratio is not None:
            sums.append(parts.ratio)
        else:
            sums += [
                (top.actual or Decimal(0), bottom.actual or Decimal(0))
                for top, bottom in _ratio_figures(definition, [entry])
            ]
    if not sums:
        return None
    tops, bottoms = zip(*sums, strict=True)
    return sum(tops, Decimal(0)), sum(bottoms, Decimal(0))


def _ratio_figures(
    definition: Indicator, entries: Sequence[UnitEntry]
) -> list[tuple[UnitFigure, UnitFigure]]:
    """The numerator and the denominator of every expected unit that reported both."""
    ratio = ratio_source(definition)
    if ratio is None:
        return []
    pairs = (
        (
            entry.figures.get(ratio.numerator, NO_UNIT_FIGURE),
            entry.figures.get(ratio.denominator, NO_UNIT_FIGURE),
        )
        for entry in entries
        if entry.is_expected
    )
    return [pair for pair in pairs if pair[0].actual is not None and pair[1].actual is not None]


def copied_figure(
    values: Set[Decimal], count: int, plans: Set[Decimal | None]
) -> tuple[Decimal, int] | None:
    """The one figure that all of many units have, and how many they are.

    `values` and `plans` are the different ones there are, of `count` figures. They have more often
    copied it than reached it; where all were given the same, or have one thing each, it is no
    wonder (None).
    """
    if count < FEWEST_ALIKE or len(values) > 1 or len(plans) < 2 or values <= {0, 1}:
        return None
    return next(iter(values)), count
