"""Several years consolidated as one, for `tong-hop --giai-doan 2021-2023`.

Every year is consolidated by itself; then each unit's figures of the years are combined by the
rule its months are combined by, and rolled up again. So flows add up, of a stock the last year
counts, and a ratio is worked out from what its parts come to.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from danvan_xl.consolidation.consolidation import (
    CannotConsolidateError,
    Consolidation,
    consolidate_read,
    in_order,
    scope_of,
)
from danvan_xl.consolidation.last_year import NO_YEAR, WHOLE_YEAR, book_of, by_year
from danvan_xl.consolidation.many import Means, is_many
from danvan_xl.consolidation.unit_reports import Status, UnitReport
from danvan_xl.inbox.received import Inbox
from danvan_xl.reading.records import Book, Unit
from danvan_xl.rollup.achieved import achieved
from danvan_xl.rollup.lines import roll_up
from danvan_xl.rollup.rating import Rating
from danvan_xl.rollup.register_reports import RegistersOfUnit
from danvan_xl.rollup.registers import Tracking, combine
from danvan_xl.rollup.summary_line import SummaryLine, as_unit_figure, rated_again
from danvan_xl.rollup.tally import Scope, UnitFigure
from danvan_xl.rollup.unit_totals import UnitEntry
from danvan_xl.rollup.years import FiguresOfYear, combine_years, rule_over_years, stands
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import MonthRule, PlanKind, UnitRule
from danvan_xl.schema.plans import Plan
from danvan_xl.schema.sheets import REGISTER_OF, UNITS
from danvan_xl.vietnamese.periods import YEAR_END, Period
from danvan_xl.vietnamese.privacy import Ours

MOST_YEARS = 20
_RANGE = re.compile(r"\s*(\d{4})\s*[-–]\s*(\d{4})\s*")
_OF_ONE_UNIT = (Code.MODEL_REPORTED_TWICE, Code.MODEL_STATES_DIFFER)


def parse_years(text: str) -> range | None:
    """The years meant by "2021-2023"; None for anything else, or too many."""
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    years = range(int(match[1]), int(match[2]) + 1)
    return years if 2 <= len(years) <= MOST_YEARS else None


def consolidate_years(book: Book, inbox: Inbox, years: range, means: Means) -> Consolidation:
    """The consolidation of several years as one; `by_year` has the single ones.

    Raises CannotConsolidateError when none of the years has a workbook or figures of its own.
    """
    own_year = book.info.year
    files = by_year(inbox.files, years[-1], means.read_all)
    means = means._replace(is_many=is_many(sum(len(files.get(year, ())) for year in years)))
    unsaid = [issue(Code.FILE_WITHOUT_YEAR, Place(item.name)) for item in files.get(NO_YEAR, ())]
    inbox = inbox._replace(issues=(*inbox.issues, *unsaid))
    results = {
        year: consolidate_read(
            book._replace(info=book.info._replace(period=WHOLE_YEAR))
            if year == own_year
            else book_of(book, year),
            Inbox(tuple(files.get(year, ())), (), today=inbox.today),
            WHOLE_YEAR,
            means,
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
    return any(line.has_figures for line in result.lines.values())


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
    stated = {year: _stated(result) for year, result in results.items()}
    tracking = _tracking(results, scope)
    lines = _lines(stated, entries, scope, _counted_again(results, tracking))
    units = tuple(_reports(entries, results))
    found = [
        *inbox.issues,
        *(item for result in results.values() for item in result.issues),
        *tracking.issues,
        *_missing_years(book, units, results, empty),
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
        renamed={key: said for item in results.values() for key, said in item.renamed.items()},
    )


def _stated(result: Consolidation) -> dict[str, SummaryLine]:
    """One year's lines with their plans: as stated, else of the units, all or that reported.

    Each unit's figures are opened once.
    """
    plans: dict[str, list[Plan]] = {}
    for entry in result.entries:
        for key, figure in entry.figures.items():
            if figure.actual is not None:
                plans.setdefault(key, []).append(figure.planned)
    return {
        key: _with_plan(line, plans.get(key, ()), result.scope)
        for key, line in result.lines.items()
    }


def _with_plan(line: SummaryLine, plans: Sequence[Plan], scope: Scope) -> SummaryLine:
    """A line with its plan; `plans` are those of the units that reported."""
    is_said = line.plan is not None or line.edge.kind is PlanKind.UNKNOWN
    no_sum = line.definition.unit_rule is not UnitRule.SUM or not line.definition.adds
    if is_said or line.is_typed or no_sum:
        return line
    if any(plan.kind is PlanKind.UNKNOWN for plan in plans):
        unknown = line._replace(edge=line.edge._replace(kind=PlanKind.UNKNOWN))
        return rated_again(unknown, line.actual, scope)
    known = [plan.value for plan in plans if plan.value is not None]
    reported = sum(known, Decimal(0)) if known and len(known) == len(plans) else None
    plan = line.units_plan if line.units_plan is not None else reported
    if plan is None:
        return line
    stated = rated_again(line._replace(plan=plan, plan_from_parts=True), line.actual, scope)
    is_open = _lacks_plans(stated) and stated.rating.is_judged
    return stated._replace(rating=Rating.INCOMPLETE) if is_open else stated


def _lacks_plans(line: SummaryLine) -> bool:
    """Whether the plan is of those that reported: nobody knows what the others are to bring."""
    return line.plan_from_parts and bool(line.missing) and line.units_plan is None


def _lines(
    stated: Mapping[int, Mapping[str, SummaryLine]],
    entries: Sequence[UnitEntry],
    scope: Scope,
    repeated: Mapping[str, Decimal],
) -> dict[str, SummaryLine]:
    """The lines of all years from what the single ones state."""
    figures = combine_years(
        {
            year: {key: as_unit_figure(key, line) for key, line in of_year.items()}
            for year, of_year in stated.items()
        },
        scope,
        repeated,
    )
    return {
        key: _line(line, figures[key], [of_year[key] for of_year in stated.values()])
        for key, line in roll_up(scope, {}, entries, {}).items()
    }


def _line(line: SummaryLine, figure: UnitFigure, of_year: Sequence[SummaryLine]) -> SummaryLine:
    """A line of several years: what the single years state, the units being `line`'s.

    Where a year's plan is not that of all units, the plan of all years is not either.
    """
    is_sum = rule_over_years(line.definition) is MonthRule.SUM
    is_open = is_sum and any(
        item.rating is Rating.INCOMPLETE and _lacks_plans(item) for item in of_year
    )
    return line._replace(
        plan=figure.plan,
        actual=figure.actual,
        last_year=None,
        bound=figure.bound,
        completion=figure.completion,
        rating=Rating.INCOMPLETE if is_open and figure.rating.is_judged else figure.rating,
        edge=figure.edge,
        is_typed=any(item.is_typed for item in of_year),
        terms=figure.terms,
    )


def _counted_again(results: Mapping[int, Consolidation], tracking: Tracking) -> dict[str, Decimal]:
    """By how much registers have things with a code in more than one year."""
    within = [result.tracking.repeated for result in results.values()]
    return {
        key: repeated - sum((of_year.get(key, Decimal(0)) for of_year in within), Decimal(0))
        for key, repeated in tracking.repeated.items()
    }


def _entries(results: Mapping[int, Consolidation], scope: Scope) -> Iterator[UnitEntry]:
    """Every unit with its figures of all years; it is expected if it was in one of them."""
    units: dict[str, Unit] = {}
    figures: dict[str, dict[int, FiguresOfYear]] = {}
    expected: set[str] = set()
    for year, result in results.items():
        for entry in result.entries:
            code = entry.unit.code
            units[code] = entry.unit
            figures.setdefault(code, {})[year] = dict(entry.figures.items())
            if entry.is_expected:
                expected.add(code)
    repeated = _repeated_by_units(results, scope)
    for code, unit in units.items():
        together = combine_years(figures[code], scope, repeated.get(code, {}))
        yield UnitEntry(unit, together, code in expected)


def _repeated_by_units(
    results: Mapping[int, Consolidation], scope: Scope
) -> dict[str, Mapping[str, Decimal]]:
    """What each unit's registers have in more than one year, by its code."""
    reports: dict[str, list[tuple[RegistersOfUnit, Scope]]] = {}
    for result in _newest_first(results):
        _own, *of_units = result.tracking.reports
        for entry, report in zip(result.entries, of_units, strict=True):
            if report.names:
                reports.setdefault(entry.unit.code, []).append((report, result.scope))
    return {
        code: combine(found[0][0], [report for report, _ in found[1:]], scope, scopes).repeated
        for code, found in reports.items()
        if len(found) > 1
        for scopes in ([item for _, item in found],)
    }


def _newest_first(results: Mapping[int, Consolidation]) -> list[Consolidation]:
    return [results[year] for year in sorted(results, reverse=True)]


def _tracking(results: Mapping[int, Consolidation], scope: Scope) -> Tracking:
    """The registers of all years: the newest first, whose word on a mô hình counts."""
    newest_first = _newest_first(results)
    reports = list(_with_standing_once(newest_first))
    scopes = [result.scope for result in newest_first for _ in result.tracking.reports]
    tracking = combine(reports[0], reports[1:], scope, scopes)
    # That a unit has a mô hình for years, and that its state changes, is as it should be.
    issues = tuple(item for item in tracking.issues if not _is_of_one_unit(item))
    return tracking._replace(issues=issues)


def _with_standing_once(newest_first: Sequence[Consolidation]) -> Iterator[RegistersOfUnit]:
    """The registers of every year; those of what stands year after year of the newest."""
    known: set[str] = set()
    for result in newest_first:
        yield from (report.without(known) for report in result.tracking.reports)
        known |= {name for name in result.tracking.figures if stands(REGISTER_OF[name])}


def _is_of_one_unit(found: Issue) -> bool:
    values = dict(found.values)
    if found.code is Code.MODEL_REPORTED_TWICE:
        return "," not in values["units"]
    return found.code in _OF_ONE_UNIT and values["unit"] == values["other_unit"]


def _reports(
    entries: Sequence[UnitEntry], results: Mapping[int, Consolidation]
) -> Iterator[UnitReport]:
    """Each unit with the state of its newest report."""
    newest: dict[str, UnitReport] = {}
    for result in results.values():
        for report in result.units:
            if report.submission is not None or report.unit.code not in newest:
                newest[report.unit.code] = report
    for entry in entries:
        if not entry.is_expected or entry.unit.code not in newest:
            continue
        report, found = newest[entry.unit.code], achieved(entry.figures)
        yield UnitReport(
            unit=report.unit,
            status=report.status,
            submission=report.submission,
            figures=entry.figures,
            is_expected=report.is_expected,
            met=found.met,
            unmet_counts=found.unmet,
            has_actual=found.has_actual,
        )


def _missing_years(
    book: Book,
    units: Sequence[UnitReport],
    results: Mapping[int, Consolidation],
    empty: Sequence[int],
) -> Iterator[Issue]:
    """The `empty` years, and for each unit those in which it alone did not report."""
    for year in empty:
        yield issue(Code.YEAR_WITHOUT_FIGURES, book.place(), year=year)
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
            values = {"name": Ours(name), "years": Ours(", ".join(missing))}
            place = Place(book.file, UNITS.title, f"A{unit.unit.row}", name)
            yield issue(Code.UNIT_WITHOUT_YEARS, place, **values)
