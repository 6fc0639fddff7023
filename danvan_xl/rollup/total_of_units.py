"""What the units' side of a line comes to, beside the figure of the unit itself."""

from decimal import Decimal

from danvan_xl.rollup.parts import Parts
from danvan_xl.rollup.ratios import quotient
from danvan_xl.rollup.tally import UnitFigure
from danvan_xl.rollup.terms import Term, counted_once
from danvan_xl.rollup.tolerance import ENDLESS, Written, half_of
from danvan_xl.rollup.units import Below
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import UnitRule


def units_written(definition: Indicator, below: Below) -> Written | None:
    """The roll-up of the units as far as their cells tell it."""
    total, rule = units_total(definition, below), definition.unit_rule
    if total is None:
        return None
    if rule is UnitRule.RATIO and below.bound:
        return Written(-ENDLESS, ENDLESS)
    if rule in (UnitRule.RATIO, UnitRule.COUNT_MET):
        return Written(total, total)
    if below.parts.weighted is not None:
        return Written(-ENDLESS, ENDLESS) if below.bound else Written(total, total)
    if rule is UnitRule.MEAN and below.parts.mean is not None:
        sums, count = below.parts.mean
        half, cells = half_of(sums), min(below.cells, 1)
        return Written(total - below.under / count, total + below.over / count, half, cells)
    cells = below.cells if rule is UnitRule.SUM else min(below.cells, 1)
    half = half_of(total) if cells else Decimal(0)
    return Written(total - below.under, total + below.over, half, cells)


def units_total(definition: Indicator, below: Below) -> Decimal | None:
    """The roll-up of the units that have a figure; None when none has."""
    parts = below.parts
    if definition.unit_rule is UnitRule.RATIO:
        return None if parts.ratio is None else quotient(*parts.ratio, below.factor)
    if definition.unit_rule is UnitRule.COUNT_MET:
        return parts.met
    if definition.unit_rule is UnitRule.MEAN:
        return mean_of(parts)
    return None if is_refused(definition, below.addends) else below.total


def is_refused(definition: Indicator, addends: int) -> bool:
    """Whether Cộng would add up several units' figures that do not add: there is no total then."""
    return definition.unit_rule is UnitRule.SUM and addends > 1 and not definition.adds


def is_part(own: UnitFigure, definition: Indicator, below: Below) -> bool:
    """Whether the unit's own figure is one more part of the sum, not a statement of the whole.

    It is when it comes from a register and a unit below keeps that register too: then each notes
    what it did itself. Where all units typed theirs, they may be parts of what the register has.
    """
    is_sum = definition.unit_rule is UnitRule.SUM
    return bool(own.register) and is_sum and own.register in below.registers


def terms_taken_off(repeated: Decimal | None, below: Below) -> tuple[Term, ...]:
    """The term that takes off what several units reported under one code.

    Of figures that somebody typed nobody knows what is in them: nothing is taken off.
    """
    if not repeated or "" in below.registers:
        return ()
    return (counted_once(repeated),)


def units_last_year(definition: Indicator, below: Below) -> Decimal | None:
    """Last year's figures rolled up, None unless every unit has one."""
    if below.last_year is not None and definition.unit_rule is UnitRule.MEAN:
        return below.last_year / below.expected
    return None if is_refused(definition, below.expected) else below.last_year


def mean_of(parts: Parts) -> Decimal | None:
    """The mean that parts come to; None without any, or where nothing weighs anything."""
    if parts.weighted is not None:
        return parts.weighted[0] / parts.weighted[1] if parts.weighted[1] else None
    return None if parts.mean is None else parts.mean[0] / parts.mean[1]
