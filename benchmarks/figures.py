"""Made-up figures of one unit, and the totals that must come out when many are added up."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from benchmarks.catalogue import DECIMAL_MEASURES, INDICATORS
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import MonthRule, UnitRule

MONTHS = 9
PARENT_CODE = "25123"
PARTS = {
    indicator.code: tuple(indicator.source.removeprefix("tỷ số ").split("/"))
    for indicator in INDICATORS
    if indicator.source
}
_HUNDRED = Decimal(100)
_RATIO_PLAN = Decimal(80)


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of one unit: last year, plan, and the months from January on."""

    indicator: Indicator
    last_year: Decimal
    plan: Decimal
    months: tuple[Decimal, ...]

    @property
    def cumulative(self) -> Decimal:
        """The figure up to the last month; that of a ratio is worked out elsewhere."""
        if self.indicator.month_rule is MonthRule.LAST:
            return self.months[-1]
        return sum(self.months, Decimal(0))


def unit_code(number: int) -> str:
    """The code of the unit with this number, from 1: "25123.001"."""
    return f"{PARENT_CODE}.{number:03d}"


def unit_rows(number: int, seed: int) -> dict[str, Row]:
    """The figures of one unit by indicator code; equal numbers and seeds give equal ones."""
    rng = random.Random(f"{seed}/{number}/figures")
    rows = {item.code: _row(rng, item) for item in INDICATORS if item.code not in PARTS}
    for top, bottom in PARTS.values():
        rows[top] = _part_of(rng, rows[top], rows[bottom])
    ratios = {item.code: _ratio_row(rng, item, rows) for item in INDICATORS if item.code in PARTS}
    return {item.code: (rows | ratios)[item.code] for item in INDICATORS}


def unit_cumulative(code: str, rows: dict[str, Row]) -> Decimal:
    """The cumulative figure of one indicator of a unit, ratios from their parts."""
    if code not in PARTS:
        return rows[code].cumulative
    top, bottom = (rows[part].cumulative for part in PARTS[code])
    return top / bottom * _HUNDRED


def expected_plans(units: Sequence[dict[str, Row]]) -> dict[str, Decimal]:
    """The plans of the superior unit: sums, but a ratio's or a mean's stays what it is."""
    plans = {}
    for item in INDICATORS:
        own = [rows[item.code].plan for rows in units]
        is_sum = item.unit_rule is UnitRule.SUM
        plans[item.code] = sum(own, Decimal(0)) if is_sum else _mean(own)
    return plans


def expected_totals(units: Sequence[dict[str, Row]]) -> dict[str, Decimal]:
    """The totals of the units by indicator code, unrounded."""
    totals = {}
    for item in INDICATORS:
        if item.code in PARTS:
            continue
        own = [rows[item.code].cumulative for rows in units]
        totals[item.code] = _mean(own) if item.unit_rule is UnitRule.MEAN else sum(own, Decimal(0))
    for code, (top, bottom) in PARTS.items():
        totals[code] = totals[top] / totals[bottom] * _HUNDRED
    return {item.code: totals[item.code] for item in INDICATORS}


def _row(rng: random.Random, indicator: Indicator) -> Row:
    step = Decimal("0.1") if indicator.measure in DECIMAL_MEASURES else Decimal(1)
    plan = Decimal(rng.randint(36, 900))
    level = plan / 12 if indicator.month_rule is MonthRule.SUM else plan
    months = tuple(_rounded(level, rng.uniform(0.6, 1.5), step) for _ in range(MONTHS))
    return Row(indicator, _rounded(plan, rng.uniform(0.8, 1.1), step), plan, months)


def _part_of(rng: random.Random, row: Row, whole: Row) -> Row:
    """The row with figures that are a part of another's, as what is settled of what came."""
    share = Decimal(rng.randint(60, 95)) / _HUNDRED
    months = tuple((value * share).quantize(Decimal(1), ROUND_HALF_UP) for value in whole.months)
    return replace(row, plan=(whole.plan * share).quantize(Decimal(1)), months=months)


def _ratio_row(rng: random.Random, indicator: Indicator, rows: dict[str, Row]) -> Row:
    top, bottom = (rows[part].months for part in PARTS[indicator.code])
    months = tuple(a / b * _HUNDRED for a, b in zip(top, bottom, strict=True))
    return Row(indicator, Decimal(rng.randint(60, 95)), _RATIO_PLAN, months)


def _rounded(base: Decimal, factor: float, step: Decimal) -> Decimal:
    return (base * Decimal(str(round(factor, 3)))).quantize(step, ROUND_HALF_UP)


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)
