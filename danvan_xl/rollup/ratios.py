"""Rows that are worked out from others: ratios, and the weights of means.

A ratio is Σ numerator over Σ denominator, scaled into its own measure. What a unit typed into the
row of a ratio is held against that, and counts only where the two parts are not known.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from danvan_xl.reading.figure import NO_FIGURE, Figure
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import UnitRule
from danvan_xl.schema.sources import Ratio, Weighted, parse_source
from danvan_xl.vietnamese.limits_of_figures import can_pass_a_whole
from danvan_xl.vietnamese.measures import is_share
from danvan_xl.vietnamese.numbers import Bound, joint_bound
from danvan_xl.vietnamese.ratio_measures import is_per_whole, ratio_factor
from danvan_xl.vietnamese.text import match_key

Definitions = Mapping[str, Indicator]
TOP, BOTTOM, WEIGHT, COUNT = "tử số", "mẫu số", "trọng số", "trọng số (số đơn vị)"
_MOST_DIGITS = 12  # more are the noise of a formula's binary fractions
_NOISE, _FORMULA_NOISE = Decimal("1e-12"), Decimal("1e-9")
_ONE, _HUNDRED = Decimal(1), Decimal(100)
_WIDE = Context(prec=400)
_FLIPPED = {Bound.AT_LEAST: Bound.AT_MOST, Bound.AT_MOST: Bound.AT_LEAST}
# Tổng hợp of a ratio that would be a sum, or a mean, of shares.
_NOT_OF_RATIOS = (UnitRule.SUM, UnitRule.MEAN)


class RatioRule(NamedTuple):
    """How a row is worked out: keys of its parts; `factor` is None where their ĐVT do not fit."""

    numerator: str
    denominator: str
    factor: Decimal | None


def ratio_source(definition: Indicator) -> Ratio | None:
    """The indicator's ratio with match keys for codes, None when it is not one."""
    source = parse_source(definition.source)
    if not isinstance(source, Ratio):
        return None
    return Ratio(match_key(source.numerator), match_key(source.denominator))


def ratio_rule(definition: Indicator, definitions: Definitions) -> RatioRule | None:
    """How an indicator is worked out from two others; None when it is not, or one is unknown."""
    if not definition.source or (ratio := ratio_source(definition)) is None:
        return None
    top, bottom = definitions.get(ratio.numerator), definitions.get(ratio.denominator)
    if top is None or bottom is None:
        return None
    return RatioRule(*ratio, ratio_factor(top.measure, bottom.measure, definition.measure))


def ratio_rules(definitions: Definitions) -> dict[str, RatioRule]:
    """How each indicator is worked out that comes from two others, by its key."""
    found = ((key, ratio_rule(row, definitions)) for key, row in definitions.items())
    return {key: rule for key, rule in found if rule is not None}


def weight_key(definition: Indicator) -> str | None:
    """The key of the indicator that weighs the units in a mean; None where they weigh the same."""
    if definition.unit_rule is not UnitRule.MEAN or not definition.source:
        return None
    source = parse_source(definition.source)
    return match_key(source.weight) if isinstance(source, Weighted) else None


def rule_by_source(definition: Indicator) -> UnitRule:
    """How units combine, by what Nguồn says: shares are never added, nor averaged; means are."""
    rule, source = definition.unit_rule, parse_source(definition.source)
    if isinstance(source, Ratio) and rule in _NOT_OF_RATIOS:
        return UnitRule.RATIO
    is_mean = isinstance(source, Weighted) and rule in (UnitRule.SUM, UnitRule.RATIO)
    return UnitRule.MEAN if is_mean else rule


def as_it_combines(definition: Indicator) -> Indicator:
    """The indicator with the rule by which its units combine."""
    rule = rule_by_source(definition)
    return definition if rule is definition.unit_rule else definition._replace(unit_rule=rule)


def quotient(top: Decimal | None, bottom: Decimal | None, factor: Decimal | None) -> Decimal | None:
    """What two figures come to in the measure of their ratio; None where there is no figure."""
    if top is None or not bottom or factor is None:
        return None
    return top * factor / bottom


def ratio_bound(top: Bound, bottom: Bound) -> Bound:
    """How sure a ratio is: more of the denominator makes less of it."""
    return joint_bound((top, _FLIPPED.get(bottom, bottom)))


def is_part_of_whole(definition: Indicator, rule: RatioRule, top: Decimal, bottom: Decimal) -> bool:
    """Whether a unit's numerator may be a part of its denominator, which bounds their share."""
    is_share = is_per_whole(definition.measure) and not can_pass_a_whole(definition.indicator)
    # Two rows of one measure, whose quotient is only turned into percents.
    return (
        is_share and rule.factor == ratio_factor("", "", definition.measure) and 0 <= top <= bottom
    )


class Closeness(NamedTuple):
    """How a stated share stands to what it comes to: the same when rounded, or when cut."""

    is_rounded: bool
    is_cut: bool


def closeness(stated: Decimal, value: Decimal) -> Closeness:
    """How a stated share agrees with a value, at the digits in which it is stated."""
    exponent = stated.normalize(_WIDE).as_tuple().exponent
    assert isinstance(exponent, int)  # figures are finite
    if abs(stated - value) <= _NOISE * max(abs(value), Decimal(1)):
        return Closeness(is_rounded=True, is_cut=False)
    last = Decimal(1).scaleb(max(min(exponent, 0), -_MOST_DIGITS))
    is_rounded = value.quantize(last, ROUND_HALF_UP, _WIDE) == stated
    return Closeness(is_rounded, value.quantize(last, ROUND_DOWN, _WIDE) == stated)


def can_be(typed: Figure, found: Figure) -> bool:
    """Whether a typed share, or an estimate, can be what exact or estimated figures come to."""
    stated, value = typed.value, found.value
    said, bound = typed.bound, found.bound
    if stated is None or value is None:
        return False
    if not said and not bound:
        return closeness(stated, value).is_rounded
    if Bound.ABOUT in (said, bound) or said is bound:
        return True
    above = said is Bound.AT_MOST or bound is Bound.AT_LEAST
    return stated >= value if above else stated <= value


def typed_share(
    months: Sequence[Figure],
    parts: tuple[Sequence[Figure], Sequence[Figure]],
    factor: Decimal | None,
    measure: str,
) -> Figure:
    """What was typed last into the row of a ratio; what its formulas show of a month is not.

    `parts` are the months of the two rows. Older formulas only know that percents are
    multiplied by 100.
    """
    at = next((at for at in reversed(range(len(months))) if months[at].value is not None), None)
    if at is None:
        return NO_FIGURE
    typed, (tops, bottoms) = months[at], parts
    if at >= len(tops) or at >= len(bottoms) or typed.value is None or typed.bound:
        return typed
    pair = tops[at].value, bottoms[at].value
    shown = quotient(*pair, factor)
    if shown is not None and closeness(typed.value, shown).is_rounded:
        return NO_FIGURE
    older = quotient(*pair, _HUNDRED if is_share(measure) else _ONE)
    if older is not None and abs(typed.value - older) <= abs(older) * _FORMULA_NOISE:
        return NO_FIGURE
    return typed
