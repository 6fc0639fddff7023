"""Which units count in the total of an indicator, and with what: by its rule and its Nguồn."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.rollup.open_units import ConcernedUnit
from danvan_xl.rollup.ratios import (
    BOTTOM,
    TOP,
    WEIGHT,
    RatioRule,
    is_part_of_whole,
    ratio_bound,
    ratio_rule,
    weight_key,
)
from danvan_xl.rollup.tally import Scope, UnitFigure
from danvan_xl.rollup.unit_totals import NO_UNIT_FIGURE, UnitEntry
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import MonthRule, UnitRule
from danvan_xl.vietnamese.numbers import Bound, joint_bound
from danvan_xl.vietnamese.ratio_measures import is_per_whole

_FLOW = UnitRule.SUM, MonthRule.SUM


class Method(NamedTuple):
    """How units come to the total of an indicator.

    `ratio` is how it is worked out from two others, whatever the rule; `weight` the key of what
    weighs the units in a mean. `former` tells of the row, or the two rows of the ratio, that what
    flowed until a unit ended counts.
    """

    key: str
    definition: Indicator
    ratio: RatioRule | None = None
    weight: str | None = None
    former: tuple[bool, ...] = (False,)

    @property
    def counts_former(self) -> bool:
        """Whether units that have ended count."""
        return all(self.former)

    @property
    def rule(self) -> UnitRule:
        """Tổng hợp."""
        return self.definition.unit_rule

    @property
    def is_ratio(self) -> bool:
        """Whether the total is a quotient of two sums."""
        return self.ratio is not None and self.rule is UnitRule.RATIO


class Apart(NamedTuple):
    """What units said that a total does not say.

    `lacking` are what units with some of the figures lack, and their names; `stated` the shares
    typed beside what they come to; `unplanned` the units not counted for want of a plan. `is_even`
    tells of a ratio that the two rows cover the same units; `is_part` that its numerator is a part
    of its denominator in every unit.
    """

    lacking: tuple[tuple[str, str], ...] = ()
    stated: tuple[tuple[str, Decimal], ...] = ()
    unplanned: tuple[str, ...] = ()
    is_even: bool = True
    is_part: bool = False


def method_of(key: str, scope: Scope) -> Method:
    """How units come to the total of the indicator with this key."""
    definition = scope.definitions[key]
    ratio = ratio_rule(definition, scope.definitions)
    if ratio is None:
        return Method(key, definition, None, weight_key(definition), (_is_flow(definition),))
    parts = (scope.definitions[code] for code in ratio[:2])
    return Method(key, definition, ratio, None, tuple(map(_is_flow, parts)))


def _is_flow(definition: Indicator) -> bool:
    return (definition.unit_rule, definition.month_rule) == _FLOW


def pair_of(method: Method, entry: UnitEntry) -> tuple[Decimal, Decimal] | None:
    """The numerator and denominator of a unit's ratio; or its figure times its weight, and that.

    What it rolled up itself goes before its figures. None where one is missing.
    """
    figure = entry.figures.get(method.key, NO_UNIT_FIGURE)
    parts = figure.parts
    if method.weight is not None:
        return _weighted(method.weight, figure, entry)
    if method.ratio is None:
        return None
    if parts is not None and (parts.ratio is not None or parts.is_uneven):
        return parts.ratio
    top, bottom = ratio_figures(method.ratio, entry)
    if top.actual is None or bottom.actual is None:
        return None
    return top.actual, bottom.actual


def _weighted(key: str, figure: UnitFigure, entry: UnitEntry) -> tuple[Decimal, Decimal] | None:
    """A unit's figure times its weight, and the weight."""
    if figure.parts is not None and figure.parts.weighted is not None:
        return figure.parts.weighted[:2]
    weight = entry.figures.get(key, NO_UNIT_FIGURE).actual
    if figure.actual is None or weight is None or weight < 0:
        return None
    return figure.actual * weight, weight


def ratio_figures(ratio: RatioRule, entry: UnitEntry) -> tuple[UnitFigure, UnitFigure]:
    """A unit's numerator and denominator."""
    top = entry.figures.get(ratio.numerator, NO_UNIT_FIGURE)
    return top, entry.figures.get(ratio.denominator, NO_UNIT_FIGURE)


def does_count(method: Method, entry: UnitEntry, figure: UnitFigure, plan: Decimal | None) -> bool:
    """Whether a unit's figure is in the total; `plan` is its own, or what it was given."""
    if method.is_ratio or method.weight is not None:
        return pair_of(method, entry) is not None
    if figure.actual is None:
        return False
    if is_count_of_its_own(figure):
        return True
    if method.ratio is not None and figure.stated is not None:
        return pair_of(method, entry) is not None
    return method.rule is not UnitRule.COUNT_MET or plan is not None


def is_count_of_its_own(figure: UnitFigure) -> bool:
    """Whether a unit's figure is a count of its own units."""
    return figure.parts is not None and figure.parts.met is not None


def is_unplanned(method: Method, figure: UnitFigure, plan: Decimal | None) -> bool:
    """Whether a unit is left out of a count for want of a plan, though it has a figure."""
    if method.rule is not UnitRule.COUNT_MET or plan is not None or figure.actual is None:
        return False
    return not is_count_of_its_own(figure)


def bound_of(method: Method, entry: UnitEntry, figure: UnitFigure) -> Bound:
    """How sure what a unit brings to the total is."""
    if method.weight is not None and not (figure.parts and figure.parts.weighted):
        weight = entry.figures.get(method.weight, NO_UNIT_FIGURE).bound
        return joint_bound((figure.bound, Bound.ABOUT)) if weight else figure.bound
    if not method.is_ratio or method.ratio is None or (figure.parts and figure.parts.ratio):
        return figure.bound
    top, bottom = ratio_figures(method.ratio, entry)
    return ratio_bound(top.bound, bottom.bound)


def apart(
    method: Method,
    concerned: Sequence[ConcernedUnit],
    entries: Sequence[UnitEntry],
    unplanned: Sequence[str],
) -> Apart:
    """What the total of an indicator does not say of its units."""
    if method.ratio is None:
        if method.weight is None:
            return Apart(unplanned=tuple(unplanned))
        without = (
            entry.unit.name
            for entry, figure, _, counts in concerned
            if not counts and figure.actual is not None
        )
        return Apart(lacking=tuple((WEIGHT, name) for name in without))
    lacking = (
        (what, entry.unit.name)
        for entry, figure, _, counts in concerned
        if not counts and (what := _what_lacks(method.ratio, entry, figure))
    )
    stated = (
        (entry.unit.name, figure.stated)
        for entry, figure, _, counts in concerned
        if counts and figure.stated is not None
    )
    is_part = is_per_whole(method.definition.measure) and all(
        is_part_of_whole(method.definition, method.ratio, *pair)
        for entry, _, _, counts in concerned
        if counts and (pair := pair_of(method, entry)) is not None
    )
    return Apart(
        lacking=tuple(lacking),
        stated=tuple(stated),
        unplanned=tuple(unplanned),
        is_even=_is_even(method, entries),
        is_part=is_part,
    )


def _what_lacks(ratio: RatioRule, entry: UnitEntry, figure: UnitFigure) -> str:
    """What a unit with some of a ratio's figures lacks, "" where it has none of them."""
    top, bottom = ratio_figures(ratio, entry)
    missing = [name for name, part in ((TOP, top), (BOTTOM, bottom)) if part.actual is None]
    has_some = len(missing) == 1 or figure.actual is not None
    return ", ".join(missing) if has_some else ""


def _is_even(method: Method, entries: Sequence[UnitEntry]) -> bool:
    """Whether the two rows of a ratio have the figures of just the units that have both."""
    assert method.ratio is not None
    for entry in entries:
        figures = zip(ratio_figures(method.ratio, entry), method.former, strict=True)
        pair = tuple(
            part.actual if entry.is_expected or counts_former else None
            for part, counts_former in figures
        )
        if pair == (None, None):
            continue
        left_out = entry.figures.get(method.key, NO_UNIT_FIGURE).not_applicable
        if left_out or pair_of(method, entry) != pair:
            return False
    return True


def open_denominators(
    method: Method, concerned: Sequence[ConcernedUnit]
) -> tuple[Decimal | None, ...]:
    """For each unit missing in a ratio its denominator: of this year, else the last; else None.

    None too for one that counts with a row whose months end early: it may change without bounds.
    """
    if not method.is_ratio or method.ratio is None:
        return ()
    found: list[Decimal | None] = []
    for entry, figure, _, counts in concerned:
        top, bottom = ratio_figures(method.ratio, entry)
        if counts:
            found += [None] * (figure.parts.missing if figure.parts is not None else 0)
            found += [None] * bool(top.ends_early or bottom.ends_early)
            continue
        found.append(bottom.last_year if bottom.actual is None else bottom.actual)
    return tuple(found)
