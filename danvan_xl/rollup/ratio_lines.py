"""The ratio that is printed: of the two figures printed, where they cover the same units.

Else it is of the units that gave both; a figure the unit itself states covers all of them.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.rollup.parts import Parts
from danvan_xl.rollup.ratios import RatioRule, quotient, ratio_bound
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.rollup.tally import UnitFigure
from danvan_xl.rollup.terms import Term, ratio_terms
from danvan_xl.rollup.units import Below
from danvan_xl.schema.options import UnitRule
from danvan_xl.vietnamese.numbers import Bound


class Side(NamedTuple):
    """One of the two rows of a ratio as printed.

    `is_stated` tells that the unit itself states the whole, `is_whole` that no unit is missing;
    `has_own_part` that a figure of the unit itself is one more part of the sum.
    """

    actual: Decimal | None
    bound: Bound
    terms: Sequence[Term]
    rule: UnitRule
    is_stated: bool
    is_whole: bool
    has_own_part: bool


def side_of(line: SummaryLine, own: UnitFigure | None) -> Side:
    """A row of a ratio as printed; `own` is the unit's own figure."""
    return Side(
        actual=line.actual,
        bound=line.bound,
        terms=line.terms,
        rule=line.definition.unit_rule,
        is_stated=line.is_typed,
        is_whole=line.reported == line.expected > 0 and not line.parts.missing,
        has_own_part=not line.is_typed and own is not None and own.actual is not None,
    )


class Quotient(NamedTuple):
    """What a ratio comes to: its two sums, which are those printed where `is_of_printed`.

    So many units are `missing` in it; `open_whole` is what their denominators come to, where it is
    a share of a whole (None: not known). `covering` is the row (0, 1) whose units it
    is of, where the other is stated as a whole.
    """

    sums: tuple[Decimal, Decimal] | None
    bound: Bound
    terms: Sequence[Term]
    is_of_printed: bool
    is_stated: bool = False
    covering: int | None = None
    missing: int = 0
    open_whole: Decimal | None = None

    def value(self, rule: RatioRule) -> Decimal | None:
        """The ratio in its own measure."""
        return None if self.sums is None else quotient(*self.sums, rule.factor)

    def parts(self, parts: Parts) -> Parts:
        """What the level above needs of it, with the rest of the parts of a line."""
        return parts._replace(
            ratio=self.sums, is_uneven=self.sums is None and not self.is_of_printed
        )


def printed_quotient(line: SummaryLine, rule: RatioRule) -> Decimal | None:
    """What the two sums of a line come to; it is not its figure where the unit states another."""
    return None if line.parts.ratio is None else quotient(*line.parts.ratio, rule.factor)


def quotient_of(top: Side, bottom: Side, below: Below) -> Quotient:
    """What a ratio comes to, from its two rows as printed and what units bring to it."""
    if not _cover_the_same(top, bottom, below):
        adds = top.rule is UnitRule.SUM and bottom.rule is UnitRule.SUM
        return Quotient(
            sums=below.parts.ratio if adds else None,
            bound=below.bound,
            terms=below.terms,
            is_of_printed=False,
            missing=below.parts.missing,
            open_whole=_open_whole(below),
        )
    if top.actual is None or bottom.actual is None:
        return Quotient(None, Bound.EXACT, (), is_of_printed=True)
    sums = top.actual, bottom.actual
    is_stated = top.is_stated and bottom.is_stated
    plainly = not (top.is_stated or bottom.is_stated or top.has_own_part)
    return Quotient(
        sums=sums,
        bound=ratio_bound(top.bound, bottom.bound),
        terms=(
            below.terms
            if plainly and sums == below.parts.ratio
            else ratio_terms(top.terms, bottom.terms)
        ),
        is_of_printed=True,
        is_stated=is_stated,
        missing=0 if is_stated or top.is_stated or bottom.is_stated else below.parts.missing,
        open_whole=_open_whole(below),
        covering=None if top.is_stated is bottom.is_stated else int(top.is_stated),
    )


def _open_whole(below: Below) -> Decimal | None:
    """What the denominators of all units missing in a share of a whole come to."""
    known = [whole for whole in below.open_denominators if whole is not None]
    is_known = len(known) == len(below.open_denominators) == below.parts.missing
    return sum(known, Decimal(0)) if is_known and below.is_part_of_whole else None


def _cover_the_same(top: Side, bottom: Side, below: Below) -> bool:
    """Whether two rows are of the same units; a stated figure is of all of them."""
    if top.is_stated and bottom.is_stated:
        return True
    if top.is_stated or bottom.is_stated:
        return bottom.is_whole if top.is_stated else top.is_whole
    return below.apart.is_even and top.has_own_part is bottom.has_own_part
