"""What the units that count come to by the rule of an indicator, and what was added up."""

from collections.abc import Sequence
from decimal import Decimal

from danvan_xl.rollup.missing_reports import joint_room
from danvan_xl.rollup.parts import Parts
from danvan_xl.rollup.rating import reaches
from danvan_xl.rollup.ratios import TOP, WEIGHT
from danvan_xl.rollup.tally import UnitFigure
from danvan_xl.rollup.terms import Term, ratio_terms
from danvan_xl.rollup.unit_rules import Method, is_count_of_its_own, pair_of, ratio_figures
from danvan_xl.rollup.unit_totals import NO_UNIT_FIGURE, UnitEntry
from danvan_xl.schema.options import UnitRule

Pair = tuple[Decimal, Decimal]


def parts_of(
    method: Method, counted: Sequence[UnitEntry], missing: Sequence[Decimal | None]
) -> Parts:
    """What a roll-up is made of, without the coverage.

    `counted` are the units whose figures count; `missing` has for each that has not reported all
    what it can still bring (None: not known).
    """
    figures = [_figure(method, entry) for entry in counted]
    reported = [figure.parts for figure in figures if figure.parts is not None]
    rooms = [*missing, *(part.missing_plan for part in reported if part.missing)]
    is_weighted = method.weight is not None
    sums = _sums(method, counted) if method.is_ratio or is_weighted else None
    is_mean = method.rule is UnitRule.MEAN and not is_weighted
    return Parts(
        ratio=sums if method.is_ratio else None,
        mean=_mean(figures) if is_mean else None,
        weighted=(*sums, method.weight) if sums and method.weight is not None else None,
        met=_met(method, figures) if method.rule is UnitRule.COUNT_MET else None,
        coverage=(),
        missing=len(missing) + sum(part.missing for part in reported),
        missing_plan=joint_room(rooms),
    )


def terms_of(method: Method, counted: Sequence[UnitEntry]) -> tuple[Term, ...]:
    """What was added up: a ratio's parts, a figure and its weight, one for each unit that counts.

    From these rows alone each total can be worked out again.
    """
    if method.is_ratio:
        return tuple(term for entry in counted for term in _ratio_terms(method, entry))
    if method.weight is not None:
        return tuple(term for entry in counted for term in _weighted_terms(method, entry))
    figures = [_figure(method, entry) for entry in counted]
    if method.rule is not UnitRule.COUNT_MET:
        return tuple(term for figure in figures for term in figure.terms)
    return tuple(term for figure in figures for term in _counting_terms(method, figure))


def _counting_terms(method: Method, figure: UnitFigure) -> tuple[Term, ...]:
    """One term for a unit, 1 where it reaches its plan; of a unit that counted all of its own."""
    if is_count_of_its_own(figure):
        return figure.terms
    value = _reaching(figure, method)
    return tuple(
        term._replace(value=value, period=term.period.removeprefix(f"{TOP} "))
        for term in figure.terms[:1]
    )


def _figure(method: Method, entry: UnitEntry) -> UnitFigure:
    return entry.figures.get(method.key, NO_UNIT_FIGURE)


def _sums(method: Method, counted: Sequence[UnitEntry]) -> Pair | None:
    """Σ numerator and Σ denominator, or Σ figure times weight and Σ weight; None without any."""
    pairs = [pair for entry in counted if (pair := pair_of(method, entry)) is not None]
    if not pairs:
        return None
    tops, bottoms = zip(*pairs, strict=True)
    return sum(tops, Decimal(0)), sum(bottoms, Decimal(0))


def _mean(figures: Sequence[UnitFigure]) -> tuple[Decimal, int] | None:
    """The sum and the number of all figures, those of the units' own units among them."""
    sums, count = Decimal(0), 0
    for figure in figures:
        if figure.parts is not None and figure.parts.mean is not None:
            sums, count = sums + figure.parts.mean[0], count + figure.parts.mean[1]
        elif figure.actual is not None:
            sums, count = sums + figure.actual, count + 1
    return (sums, count) if count else None


def _met(method: Method, figures: Sequence[UnitFigure]) -> Decimal | None:
    """How many units reach their plan, at the lowest level that is counted."""
    if not figures:
        return None
    counts = (_own_count(figure) or _reaching(figure, method) for figure in figures)
    return sum(counts, Decimal(0))


def _own_count(figure: UnitFigure) -> Decimal | None:
    """The count of its own units that a unit's figure is; None when it is no count."""
    return figure.parts.met if figure.parts is not None else None


def _reaching(figure: UnitFigure, method: Method) -> Decimal:
    if is_count_of_its_own(figure) or figure.actual is None or figure.plan is None:
        return Decimal(0)
    edge = figure.edge._replace(bound=figure.bound)
    return Decimal(reaches(figure.actual, figure.plan, method.definition.direction, edge))


def _ratio_terms(method: Method, entry: UnitEntry) -> tuple[Term, ...]:
    """The terms of a unit's two figures; what it rolled up itself has them already."""
    figure = _figure(method, entry)
    if method.ratio is None or (figure.parts is not None and figure.parts.ratio is not None):
        return figure.terms
    top, bottom = ratio_figures(method.ratio, entry)
    return ratio_terms(top.terms, bottom.terms)


def _weighted_terms(method: Method, entry: UnitEntry) -> tuple[Term, ...]:
    """The terms of a unit's figure, then those of its weight; what it rolled up has them."""
    figure = _figure(method, entry)
    if method.weight is None or (figure.parts is not None and figure.parts.weighted is not None):
        return figure.terms
    weight = entry.figures.get(method.weight, NO_UNIT_FIGURE)
    weights = (term._replace(period=f"{WEIGHT} {term.period}") for term in weight.terms)
    return (*figure.terms, *weights)
