"""Money written in another measure than its row's: full đồng where triệu đồng belongs."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.reading.records import Target, TargetSheet
from danvan_xl.reading.unread_cells import measure_said
from danvan_xl.rollup.tally import UnitFigure
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import MONTH_NAMES
from danvan_xl.vietnamese.measures import is_money, smaller_money
from danvan_xl.vietnamese.privacy import Ours

_FACTORS = (Decimal(1_000), Decimal(1_000_000), Decimal(1_000_000_000))
_LIKE = 5  # how far two figures of a year stand apart
_PART = 30  # how small a part of the year's figure a month's may be


class _Said(NamedTuple):
    """A figure of a row: what it is called, its value, the name of its column."""

    words: str
    value: Decimal
    column: str


def off_scale(sheet: TargetSheet, target: Target, figure: UnitFigure) -> Iterator[Issue]:
    """At most one warning on figures of money that stand a thousand times apart or more.

    It names the cell that is too large: a month's, else the plan's or last year's.
    """
    measure = target.indicator.measure
    if not is_money(measure) or _are_near(target, figure):
        return
    year = [
        _Said(words, value, column)
        for words, value, column in (
            ("Kế hoạch", figure.plan, "plan"),
            ("Năm trước", figure.last_year, "last_year"),
        )
        if value is not None and value > 0
    ]
    pairs = [*_months_and_year(_months(target), year), *_within_year(year, figure.actual)]
    for large, small, factor in pairs:
        written = smaller_money(measure, factor)
        if written is None:
            continue
        place = sheet.place(large.column, target)
        times = (large.value / small.value).to_integral_value()
        yield issue(
            Code.FIGURE_OFF_SCALE,
            place,
            what=Ours(large.words),
            value=large.value,
            times=times,
            base=Ours(small.words.lower()),
            other=small.value,
            written=measure_said(written),
            measure=measure_said(measure),
        )
        return


def _are_near(target: Target, figure: UnitFigure) -> bool:
    """Whether nothing in a row is so large that it needs a closer look; quick, as most are."""
    typed = [item.value for item in target.months if item.value is not None]
    known = [figure.plan, figure.last_year, figure.actual, max(typed, default=None)]
    sizes = [value for value in known if value is not None and value > 0]
    return not sizes or max(sizes) * _PART < min(sizes) * _FACTORS[0]


def _months(target: Target) -> list[_Said]:
    return [
        _Said(name.upper(), item.value, name)
        for name, item in zip(MONTH_NAMES, target.months, strict=True)
        if item.value is not None and item.value > 0
    ]


_Pair = tuple[_Said, _Said, Decimal]


def _months_and_year(months: Sequence[_Said], year: Sequence[_Said]) -> Iterator[_Pair]:
    """The months that are far too large for a figure of the year."""
    for whole in year:
        for month in months:
            if factor := _factor(month.value / whole.value, _PART, _LIKE):
                yield month, whole, factor


def _within_year(year: Sequence[_Said], actual: Decimal | None) -> Iterator[_Pair]:
    """The figures of the year that are far too large for each other, or for the result.

    A result may be small, so that a factor of a thousand tells nothing there.
    """
    if len(year) > 1:
        for large, small in (year, year[::-1]):
            if factor := _factor(large.value / small.value, _LIKE, _LIKE):
                yield large, small, factor
    if actual is not None and actual > 0:
        for whole in year:
            factor = _factor(whole.value / actual, _LIKE, _PART)
            if factor is not None and factor > _FACTORS[0]:
                yield whole, _Said("Lũy kế", actual, ""), factor


def _factor(times: Decimal, down: int, up: int) -> Decimal | None:
    """The factor between two measures of money that explains a ratio, None without one.

    The ratio may be that many times smaller or larger.
    """
    return next((one for one in _FACTORS if one / down <= times <= one * up), None)
