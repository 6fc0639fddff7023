"""Ratios that a unit states in a workbook in which it has rolled up the two rows."""

from collections.abc import Mapping

from danvan_xl.rollup.ratios import closeness, quotient, ratio_bound, ratio_rule
from danvan_xl.rollup.tally import Scope, UnitFigure, rated, ratio_terms


def with_ratios(figures: Mapping[str, UnitFigure], scope: Scope) -> dict[str, UnitFigure]:
    """The figures of a unit that rolled some up: a ratio it stated stands beside its two rows."""
    found = dict(figures)
    for key, figure in figures.items():
        is_typed = figure.parts is None and figure.actual is not None
        rule = ratio_rule(scope.definitions[key], scope.definitions) if is_typed else None
        if rule is None or rule.numerator not in found or rule.denominator not in found:
            continue
        top, bottom = found[rule.numerator], found[rule.denominator]
        value = quotient(top.actual, bottom.actual, rule.factor)
        if value is not None:
            bound = ratio_bound(top.bound, bottom.bound)
            typed = figure.stated
            is_told = typed is None or closeness(typed, value).is_rounded
            found[key] = rated(
                figure._replace(
                    actual=value,
                    bound=bound,
                    terms=ratio_terms(top, bottom),
                    stated=None if is_told else typed,
                ),
                scope,
            )
    return found
