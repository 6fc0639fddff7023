"""Several years consolidated as one, for `tong-hop --giai-doan 2021-2023`.

Every year is consolidated by itself; then each unit's figures of the years are combined by the
rule its months are combined by, and rolled up again. So flows add up, of a stock the last year
counts, and a ratio is worked out from what its parts come to.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from danvan_xl.consolidation import (
    CannotConsolidateError,
    Consolidation,
    ReadAll,
    consolidate_read,
    in_order,
    scope_of,
)
from danvan_xl.issues import Issue, Place, issue
from danvan_xl.messages import Code
from danvan_xl.numbers import Bound, joint_bound
from danvan_xl.packed import opened
from danvan_xl.past import WHOLE_YEAR, book_of, by_year
from danvan_xl.periods import YEAR_END, Period
from danvan_xl.rating import MonthRule, Rating, completion, rate
from danvan_xl.received import Inbox
from danvan_xl.records import Book, Unit
from danvan_xl.rollup import Line, roll_up
from danvan_xl.rules import combine_months
from danvan_xl.tally import Scope, UnitFigure, rated, ratio_of, ratio_source
from danvan_xl.tracking import Tracking, combine
from danvan_xl.unit_reports import Status, UnitReport
from danvan_xl.unit_totals import Entry

MOST_YEARS = 20
_RANGE = re.compile(r"\s*(\d{4})\s*[-–]\s*(\d{4})\s*")
_OF_ONE_UNIT = (Code.MODEL_REPORTED_TWICE, Code.MODEL_STATES_DIFFER)
Figures = Mapping[str, UnitFigure]


def parse_years(text: str) -> range | None:
    """Return the years meant by "2021-2023"; None for anything else, or too many."""
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    years = range(int(match[1]), int(match[2]) + 1)
    return years if 2 <= len(years) <= MOST_YEARS else None


def consolidate_years(book: Book, inbox: Inbox, years: range, read_all: ReadAll) -> Consolidation:
    """Return the consolidation of several years as one; `by_year` has the single ones.

    Raises CannotConsolidateError when none of the years has a workbook or figures of its own.
    """
    own_year = book.info.year
    usual = own_year if own_year is not None and own_year in years else years[-1]
    files = by_year(inbox.files, usual, read_all)
    results = {
        year: consolidate_read(
            book._replace(info=book.info._replace(period=WHOLE_YEAR))
            if year == own_year
            else book_of(book, year),
            Inbox(tuple(files.get(year, ())), ()),
            WHOLE_YEAR,
            read_all,
            is_past=year != own_year,
            keeps_registers=True,
        )
        for year in years
    }
    label = f"Giai đoạn {years[0]}-{years[-1]}"
    empty = [year for year, result in results.items() if not _has_figures(result)]
    if len(empty) == len(years):
        raise CannotConsolidateError(
            f"{label}: không có sổ nào của các năm này. Kiểm tra thư mục nhận và Năm trong sổ."
        )
    return _combined(book, results, inbox, Period(label, YEAR_END), empty)


def _has_figures(result: Consolidation) -> bool:
    return any(line.actual is not None for line in result.lines.values())


def _combined(
    book: Book,
    results: Mapping[int, Consolidation],
    inbox: Inbox,
    period: Period,
    empty: Sequence[int],
) -> Consolidation:
    last_year = max(results)
    last = results[last_year]
    scope = scope_of(book, period)._replace(year=last_year, last_day=last.scope.last_day)
    entries = tuple(_entries(results, scope))
    stated = {
        year: {key: _stated(result, key) for key in result.lines}
        for year, result in results.items()
    }
    tracking = _tracking(results, scope)
    lines = {
        key: _line(line, {year: of_year[key] for year, of_year in stated.items()}, scope)
        for key, line in roll_up(scope, {}, entries, {}).items()
    }
    for key, repeated in _counted_again(results, tracking).items():
        lines[key] = _judged(lines[key], _less(lines[key].actual, repeated), scope)
    for key, line in lines.items():
        if ratio := ratio_source(line.definition):
            top, bottom = lines[ratio.numerator], lines[ratio.denominator]
            share = ratio_of(top.actual, bottom.actual, line.definition)
            lines[key] = line if share is None else _judged(line, share, scope)
    units = tuple(_reports(entries, results))
    found = [
        *inbox.issues,
        *(item for result in results.values() for item in result.issues),
        *tracking.issues,
        *(issue(Code.YEAR_WITHOUT_FIGURES, Place(book.file), year=year) for year in empty),
        *_missing_years(units, results, empty),
    ]
    return replace(
        last,
        book=book,
        scope=scope,
        period=period,
        lines=lines,
        units=units,
        issues=in_order(found),
        tracking=tracking,
        punctuality={},
        reported_keys=frozenset().union(*(result.reported_keys for result in results.values())),
        entries=entries,
        by_year=stated,
    )


def _stated(result: Consolidation, key: str) -> Line:
    """Return one year's line with its plan: as stated, else of the units, all or that reported."""
    line = result.lines[key]
    if line.plan is not None or line.is_typed:
        return line
    figures = (entry.figures.get(key) for entry in result.entries)
    plans = [figure.plan for figure in figures if figure and figure.actual is not None]
    known = [plan for plan in plans if plan is not None]
    reported = sum(known, Decimal(0)) if known and len(known) == len(plans) else None
    plan = line.units_plan if line.units_plan is not None else reported
    return line if plan is None else _judged(line._replace(plan=plan), line.actual, result.scope)


def _line(line: Line, of_year: Mapping[int, Line], scope: Scope) -> Line:
    """Return a line of several years: what the single years state, the units being `line`'s."""
    rule = line.definition.month_rule
    is_flow = rule is MonthRule.SUM
    known = {year: item for year, item in of_year.items() if item.actual is not None}
    counted = dict(list(known.items())[-1:]) if rule is MonthRule.LAST else known
    values = [item.actual for item in known.values() if item.actual is not None]
    actual = combine_months(rule, values)
    bounds = [item.bound for item in counted.values()]
    if is_flow and 0 < len(known) < len(of_year):
        bounds.append(Bound.AT_LEAST)
    whole = line._replace(
        plan=_plan([item.plan for item in of_year.values()], is_flow=is_flow),
        bound=joint_bound(bounds),
        is_typed=any(item.is_typed for item in counted.values()),
        terms=[
            term._replace(period=f"{year}: {term.period}")
            for year, item in counted.items()
            for term in item.terms
        ],
        last_year=None,
    )
    return _judged(whole, actual, scope)


def _plan(plans: Sequence[Decimal | None], *, is_flow: bool) -> Decimal | None:
    """Return the plan of several years: of a flow their sum, when all are known; else the last."""
    known = [plan for plan in plans if plan is not None]
    if is_flow:
        return sum(known, Decimal(0)) if known and len(known) == len(plans) else None
    return known[-1] if known else None


def _judged(line: Line, actual: Decimal | None, scope: Scope) -> Line:
    """Return a line with a figure, rated as at the end of a year."""
    definition = line.definition
    rating = rate(actual, line.plan, scope.month, definition.direction, definition.month_rule)
    if rating.is_unmet and line.bound is Bound.AT_LEAST:
        rating = Rating.INCOMPLETE
    share = completion(actual, line.plan, definition.direction)
    return line._replace(actual=actual, rating=rating, completion=share)


def _counted_again(results: Mapping[int, Consolidation], tracking: Tracking) -> dict[str, Decimal]:
    """Return by how much flows count things with a code in more than one year."""
    amounts: dict[str, Decimal] = {}
    for key, repeated in tracking.repeated.items():
        lines = [result.lines[key] for result in results.values()]
        within = sum(
            (result.tracking.repeated.get(key, Decimal(0)) for result in results.values()),
            Decimal(0),
        )
        is_flow = lines[0].definition.month_rule is MonthRule.SUM
        if is_flow and repeated > within and all(line.register for line in lines if line.terms):
            amounts[key] = repeated - within
    return amounts


def _less(actual: Decimal | None, repeated: Decimal) -> Decimal | None:
    return None if actual is None else actual - repeated


def _entries(results: Mapping[int, Consolidation], scope: Scope) -> Iterator[Entry]:
    """Yield every unit with its figures of all years; it is expected if it was in one of them."""
    units: dict[str, Unit] = {}
    figures: dict[str, dict[int, Figures]] = {}
    expected: set[str] = set()
    for year, result in results.items():
        for entry in result.entries:
            code = entry.unit.code
            units[code] = entry.unit
            figures.setdefault(code, {})[year] = opened(entry.figures)
            if entry.is_expected:
                expected.add(code)
    for code, unit in units.items():
        yield Entry(unit, _together(figures[code], scope), code in expected)


def _together(figures: Mapping[int, Figures], scope: Scope) -> dict[str, UnitFigure]:
    """Return the figures of several years, by year, as one for each indicator."""
    keys = dict.fromkeys(key for of_year in figures.values() for key in of_year)
    combined = {
        key: _one(key, {year: items[key] for year, items in figures.items() if key in items}, scope)
        for key in keys
        if key in scope.definitions
    }
    for key, figure in combined.items():
        if ratio := ratio_source(scope.definitions[key]):
            top, bottom = combined.get(ratio.numerator), combined.get(ratio.denominator)
            if top is not None and bottom is not None:
                share = ratio_of(top.actual, bottom.actual, scope.definitions[key])
                if share is not None:
                    combined[key] = rated(figure._replace(actual=share), scope)
    return combined


def _one(key: str, figures: Mapping[int, UnitFigure], scope: Scope) -> UnitFigure:
    """Return one indicator of several years; a flow of which a year is missing is "at least"."""
    rule = scope.definitions[key].month_rule
    known = [figure for figure in figures.values() if figure.actual is not None]
    is_flow = rule is MonthRule.SUM
    counted = known if is_flow else known[-1:] if rule is MonthRule.LAST else known
    bounds = [figure.bound for figure in counted]
    if is_flow and 0 < len(known) < len(figures):
        bounds.append(Bound.AT_LEAST)
    latest = list(figures.values())[-1]
    combined = latest._replace(
        plan=_plan([figure.plan for figure in figures.values()], is_flow=is_flow),
        actual=combine_months(rule, [item.actual for item in known if item.actual is not None]),
        last_year=None,
        bound=joint_bound(bounds),
        not_applicable=all(figure.not_applicable for figure in figures.values()),
        terms=tuple(
            term._replace(period=f"{year}: {term.period}")
            for year, figure in figures.items()
            if figure in counted
            for term in figure.terms
        ),
        parts=None,
        months=(),
    )
    return rated(combined, scope)


def _tracking(results: Mapping[int, Consolidation], scope: Scope) -> Tracking:
    """Return the registers of all years: the newest first, whose word on a mô hình counts."""
    newest_first = [results[year] for year in sorted(results, reverse=True)]
    reports = [report for result in newest_first for report in result.tracking.reports]
    scopes = [result.scope for result in newest_first for _ in result.tracking.reports]
    tracking = combine(reports[0], reports[1:], scope, scopes)
    # That a unit has a mô hình for years, and that its state changes, is as it should be.
    issues = tuple(item for item in tracking.issues if not _is_of_one_unit(item))
    return tracking._replace(issues=issues)


def _is_of_one_unit(found: Issue) -> bool:
    values = dict(found.values)
    if found.code is Code.MODEL_REPORTED_TWICE:
        return "," not in values["units"]
    return found.code in _OF_ONE_UNIT and values["unit"] == values["other_unit"]


def _reports(
    entries: Sequence[Entry], results: Mapping[int, Consolidation]
) -> Iterator[UnitReport]:
    """Yield each unit with the state of its newest report."""
    newest: dict[str, UnitReport] = {}
    for result in results.values():
        for report in result.units:
            if report.submission is not None or report.unit.code not in newest:
                newest[report.unit.code] = report
    for entry in entries:
        if not entry.is_expected or entry.unit.code not in newest:
            continue
        ratings = [figure.rating for figure in entry.figures.values()]
        yield replace(
            newest[entry.unit.code],
            figures=entry.figures,
            met=sum(rating.is_met for rating in ratings),
            unmet=sum(rating.is_unmet for rating in ratings),
            has_actual=any(figure.actual is not None for figure in entry.figures.values()),
        )


def _missing_years(
    units: Sequence[UnitReport], results: Mapping[int, Consolidation], empty: Sequence[int]
) -> Iterator[Issue]:
    """Yield for each unit the years in which it should have reported and did not."""
    states = {
        year: {report.unit.code: report.status for report in result.units}
        for year, result in results.items()
        if year not in empty
    }
    for unit in units:
        missing = [
            str(year)
            for year, of_year in states.items()
            if of_year.get(unit.unit.code) is Status.NOT_SUBMITTED
        ]
        if missing:
            name = unit.unit.name
            found = issue(Code.UNIT_WITHOUT_YEARS, Place(), name=name, years=", ".join(missing))
            yield found.within("", name)
