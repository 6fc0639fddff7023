"""Ratios that a unit states in a workbook in which it has rolled up the two rows."""

from collections.abc import Mapping

from danvan_xl.rollup.missing_reports import joint_missing
from danvan_xl.rollup.parts import Parts
from danvan_xl.rollup.ratios import closeness, quotient, ratio_rule
from danvan_xl.rollup.tally import Scope, UnitFigure, as_quotient, rated


def with_ratios(figures: Mapping[str, UnitFigure], scope: Scope) -> dict[str, UnitFigure]:
    """The figures of a unit that rolled some up: a ratio it stated stands beside its two rows.

    As much is missing in the ratio as in the rows.
    """
    found = dict(figures)
    for key, figure in figures.items():
        is_typed = figure.parts is None and figure.actual is not None
        rule = ratio_rule(scope.definitions[key], scope.definitions) if is_typed else None
        if rule is None or rule.numerator not in found or rule.denominator not in found:
            continue
        top, bottom = found[rule.numerator], found[rule.denominator]
        value = quotient(top.actual, bottom.actual, rule.factor)
        if value is not None:
            stated = figure.stated
            is_told = stated is None or closeness(stated, value).is_rounded
            below = [side.parts for side in (top, bottom) if side.parts is not None]
            ratio = as_quotient(figure, value, top, bottom)._replace(
                stated=None if is_told else stated,
                parts=joint_missing(Parts(), below) if below else None,
            )
            found[key] = rated(ratio, scope)
    return found
