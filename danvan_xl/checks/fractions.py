"""Percents that seem to be kept as fractions: typed as 95 % into a cell, kept by Excel as 0,95."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.reading.records import Book, Target, TargetSheet
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.rollup.tally import UnitFigure
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import MONTH_NAMES, PHASED_NAMES
from danvan_xl.vietnamese.measures import is_share
from danvan_xl.vietnamese.privacy import Ours
from danvan_xl.vietnamese.text import match_key

_LEAST_BASE = 10  # percent; what is usual in a row of small shares tells nothing
_FRACTION = 20  # times a percent that may be kept as a fraction
_HUNDRED = Decimal(100)


class Base(NamedTuple):
    """What a percent should resemble: the words that name it, and its figure."""

    words: str
    value: Decimal | None


def usual_of(values: Sequence[Decimal]) -> Decimal:
    """The figure in the middle of some, the lower of two."""
    return sorted(values)[(len(values) - 1) // 2]


def is_fraction_of(value: Decimal, base: Decimal) -> bool:
    """Whether a percent up to 1 may be a fraction: what it should resemble is 20 times it."""
    return base > _LEAST_BASE and value * _FRACTION < base


def is_held_against_parts(figures: Mapping[str, UnitFigure], target: Target, name: str) -> bool:
    """Whether a typed ratio is told anyway, beside what its parts come to."""
    figure = figures.get(match_key(target.indicator.code))
    if name not in MONTH_NAMES or figure is None or figure.stated is None:
        return False
    return figure.stated != figure.actual


def told(value: Decimal | None, bases: Iterator[Base], place: Place) -> Iterator[Issue]:
    """The question whether a percent is a fraction, by the first base that it is far below."""
    if value is None or not 0 < value <= 1:
        return
    for words, base in bases:
        if base is not None and is_fraction_of(value, base):
            values = {"value": value, "plan": base, "guess": value * _HUNDRED}
            yield issue(Code.SHARE_TOO_SMALL, place, **values, base=Ours(words))
            return


def bases_of(
    name: str, target: Target, definition: Indicator | None, figure: UnitFigure | None
) -> Iterator[Base]:
    """What a figure in column `name` of a row should resemble.

    A month is held against the year's figures; these, and what is planned of it, also against what
    the row comes to.
    """
    if name != "plan":
        yield Base("kế hoạch", target.plan.value)
    if definition is not None:
        is_own = target.plan.value is None
        words = "kế hoạch" if is_own else "kế hoạch của đơn vị tổng hợp"
        yield Base(words, definition.plan)
    if name != "last_year":
        yield Base("năm trước", target.last_year.value)
        yield Base("năm trước", None if definition is None else definition.last_year)
    if name not in MONTH_NAMES and figure is not None:
        yield Base("thực hiện", figure.actual)


def own_plans(
    sheet: TargetSheet, own: Mapping[str, UnitFigure], lines: Mapping[str, SummaryLine]
) -> Iterator[Issue]:
    """Percents in the plans of who consolidates that only what its units come to shows to be odd.

    What its own figures show is told on its sheet.
    """
    for target in sheet.targets:
        indicator = target.indicator
        key = match_key(indicator.code)
        line = lines.get(key)
        if line is None or line.is_typed or line.actual is None or not is_share(indicator.measure):
            continue
        figures = (target.last_year, target.plan, *target.phased)
        for name, figure in zip(("last_year", "plan", *PHASED_NAMES), figures, strict=True):
            place = sheet.place(name, target)
            if any(told(figure.value, bases_of(name, target, None, own.get(key)), place)):
                continue
            base = Base("các đơn vị tổng hợp lại", line.actual)
            yield from told(figure.value, iter((base,)), place)


def plans_given(book: Book, definitions: Mapping[str, Indicator]) -> Iterator[Issue]:
    """Percents on sheet Giao chỉ tiêu that are far below the plan, or what others are given."""
    assignment = book.assignment
    shares = {key for key, item in definitions.items() if is_share(item.measure)}
    for (key, unit), plan in assignment.plans.items():
        if key not in shares or plan.value is None or not 0 < plan.value <= 1:
            continue
        definition = definitions[key]
        others = [
            other.value
            for (code, whose), other in assignment.plans.items()
            if code == key and whose != unit and other.value is not None
        ]
        bases = (
            Base("kế hoạch", definition.plan),
            Base("năm trước", definition.last_year),
            Base("giao cho các đơn vị khác thường", usual_of(others) if others else None),
        )
        place = book.place(assignment.title, assignment.cell(key, unit))
        yield from told(plan.value, iter(bases), place)
