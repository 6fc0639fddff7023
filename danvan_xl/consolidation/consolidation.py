"""The main job: one workbook and what its units sent, read, checked, rolled up and rated."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from danvan_xl.checks.among_units import fractions_among_units
from danvan_xl.checks.follow_ups import faulty_indicators, without_follow_ups
from danvan_xl.checks.months import stocks_are_recent
from danvan_xl.checks.totals import check_totals
from danvan_xl.consolidation.many import HERE, Means, is_many
from danvan_xl.consolidation.matching import match_submissions
from danvan_xl.consolidation.plain_way import PLAIN
from danvan_xl.consolidation.punctuality import Punctuality, punctuality_of
from danvan_xl.consolidation.row_identity import told_together, units_that_differ
from danvan_xl.consolidation.unit_reports import Reported, UnitReport, report_units
from danvan_xl.consolidation.ways import Contributions, Way
from danvan_xl.files.endings import Loss
from danvan_xl.files.opening import OpenedBook, open_unguarded
from danvan_xl.files.workers import ReadAll
from danvan_xl.inbox.received import Inbox, Received
from danvan_xl.inbox.superseded import about_future_day
from danvan_xl.inbox.versions import Version, links_among
from danvan_xl.reading.accounts import account
from danvan_xl.reading.figure import NOTHING
from danvan_xl.reading.records import Book, last_month
from danvan_xl.reading.senders import issued_trouble
from danvan_xl.reading.targets import known_rows
from danvan_xl.reading.workbook import read_book
from danvan_xl.rollup.lines import summary_lines, units_alike
from danvan_xl.rollup.lives import lives_of
from danvan_xl.rollup.ratios import as_it_combines
from danvan_xl.rollup.registers import Tracking
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.rollup.tally import Scope, UnitFigure
from danvan_xl.rollup.terms import Term
from danvan_xl.rollup.unit_totals import UnitEntry
from danvan_xl.schema.issues import Issue, issue, without_endless
from danvan_xl.schema.messages import Code, Severity
from danvan_xl.schema.sheets import CUTOFFS
from danvan_xl.vietnamese.periods import PERIODS, Period, last_day, month_period
from danvan_xl.vietnamese.privacy import Ours
from danvan_xl.vietnamese.text import match_key, sort_key

# Why there are no targets in a table of them.
_WITHOUT_CODES = (Code.CODES_LOST, Code.NAMES_ALIKE)


class CannotConsolidateError(Exception):
    """The job cannot be done at all; the text says in Vietnamese what, where and what to do.

    `found` is the same as a finding about the workbook, where there is one; `account` tells of
    each sheet what it was taken for.
    """

    def __init__(
        self, text: str, found: Issue | None = None, account: tuple[Issue, ...] = ()
    ) -> None:
        sheets = (f"- Trang '{at.place.sheet}': {at.message} {at.remedy}" for at in account)
        super().__init__("\n".join((text, *sheets)))
        self.found, self.account = found, account


class LastYear(NamedTuple):
    """Where Năm trước was worked out from: the folder's name, how many of its workbooks counted.

    `coverage` are, by indicator key, the units that had a figure and those that should have had.
    """

    year: int
    folder: str
    file_count: int
    coverage: Mapping[str, tuple[int, int]] = NOTHING


@dataclass(frozen=True, slots=True)
class Consolidation:
    """The result: lines by indicator key, units in order, every finding, every source.

    `reported_keys` are the keys of the indicators that any of the units has; `own` and `entries`
    are the figures the lines were rolled up from. `last_year` tells where Năm trước comes from, if
    not from the workbook; `by_year` has the lines of the single years of several. `is_many` tells
    that what units brought is held small. `renamed` are the units that call an indicator by another
    name, with that name, by its key.
    """

    book: Book
    scope: Scope
    period: Period
    lines: Mapping[str, SummaryLine]
    units: tuple[UnitReport, ...]
    issues: tuple[Issue, ...]
    tracking: Tracking
    punctuality: Mapping[str, Punctuality]
    reported_keys: frozenset[str]
    own: Mapping[str, UnitFigure]
    entries: tuple[UnitEntry, ...]
    last_year: LastYear | None = None
    by_year: Mapping[int, Mapping[str, SummaryLine]] = field(default_factory=dict)
    is_many: bool = False
    renamed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def has_errors(self) -> bool:
        """Whether any finding is a Lỗi, which may make a total wrong."""
        return any(item.severity is Severity.ERROR for item in self.issues)

    @property
    def reported(self) -> int:
        """How many of the expected units brought at least one figure."""
        return sum(unit.has_actual for unit in self.units)

    def terms(self) -> Iterator[tuple[str, Term]]:
        """The indicator code and the addend for every addend of every total."""
        for line in self.lines.values():
            for term in line.terms:
                yield line.definition.code, term


def consolidate_book(
    opened: OpenedBook,
    received: Sequence[Received],
    found: Sequence[Issue] = (),
    period: Period | None = None,
    means: Means = HERE,
    *,
    monthly: bool = False,
    today: dt.date | None = None,
) -> Consolidation:
    """The consolidation of a workbook with its sub-unit sheets and received files.

    `found` are findings made while listing the files. `period` overrides Kỳ báo cáo. `means` read
    the files. `monthly` keeps the figures of single months, for a sending. What there is was there
    by `today`.
    Raises CannotConsolidateError when the workbook has no targets of its own.
    """
    book = book_in(opened)
    inbox = Inbox(tuple(received), tuple(found), today=today)
    return consolidate_read(book, inbox, period, means, monthly=monthly)


def book_in(opened: OpenedBook) -> Book:
    """What a workbook says; CannotConsolidateError where it has no targets of its own."""
    book = read_book(opened)
    if book.own is None or not book.own.targets:
        raise _not_a_workbook(book, opened)
    return book


def consolidate_read(
    book: Book,
    inbox: Inbox,
    period: Period | None = None,
    means: Means = HERE,
    *,
    monthly: bool = False,
    is_past: bool = False,
    keeps_registers: bool = False,
) -> Consolidation:
    """The consolidation of a workbook that was read, and of an inbox that was listed.

    `is_past` tells a year of which the workbook itself has no figures: the unit's own stand in a
    received workbook that bears its own code. `keeps_registers` keeps those of single units, also
    of very many; so does `monthly`.
    """
    assert book.own is not None
    chosen, issues = period_of(book, inbox.files, period, means.read_all)
    scope = scope_of(book, chosen)._replace(monthly=monthly)
    files = _of_period(inbox.files, scope)
    many = is_many(len(files)) if means.is_many is None else means.is_many
    way = _way(packed=many)
    brought = way.bring(book, files, scope, means, is_past=is_past)
    own = brought.own
    links = links_among(entry.version for entry in inbox.journal if entry.seal)
    matched = match_submissions(book, scope, brought.submissions, inbox.today, links)
    reported = report_units(matched.offers, book, scope, way.report_of)
    units = tuple(report for report in reported.units if report.is_expected)
    entries = tuple(UnitEntry(item.unit, item.figures, item.is_expected) for item in reported.units)
    issues = [*inbox.issues, *book.issues, *issued_trouble(book), *issues, *brought.issues]
    own_version = Version(book.file, prepared_on=book.info.prepared_on)
    issues += about_future_day(book.info.prepared_place, own_version, inbox.today)
    renamed = units_that_differ(_of_counted(reported))
    issues += told_together(matched.issues, renamed)
    issues += reported.issues
    collected = Contributions(brought.registers, matched.offers, entries)
    del brought, matched  # of thousands of units much is needed no longer
    below, tracking = way.add_up(collected, book.assignment.plans, scope, means.gather)
    if many and not (monthly or keeps_registers):
        tracking = tracking._replace(reports=())
    issues += tracking.issues
    file_of = {item.unit.code: item.submission.file for item in reported.units if item.submission}
    issues += fractions_among_units(scope, below, entries, file_of)
    lines = summary_lines(scope, own, below, tracking.repeated)
    sheets = ((file_of.get(item.unit.code, ""), item.figures) for item in entries)
    faulty = faulty_indicators(issues, ((book.file, own), *sheets))
    issues += list(check_totals(book, scope, own, lines, told=issues, faulty=faulty))
    places = {key: book.place(*figure.place) for key, figure in own.items()}
    issues += units_alike(lines, places)
    issues += stocks_are_recent(lines, places, scope.month)
    ordered = in_order(_named(item, book) for item in issues)
    kept_time = punctuality_of(book, scope, inbox.journal)
    return Consolidation(
        book=book,
        scope=scope,
        period=chosen,
        lines=lines,
        units=units,
        issues=ordered,
        tracking=tracking,
        punctuality=kept_time,
        reported_keys=reported.keys,
        own=own,
        entries=entries,
        is_many=many,
        renamed=renamed,
    )


def _of_counted(reported: Reported) -> list[Issue]:
    """The findings on what counts of the units."""
    return [
        item
        for report in reported.units
        if report.submission is not None and report.figures
        for item in report.submission.issues
    ]


def _way(*, packed: bool) -> Way:
    if packed:
        from danvan_xl.consolidation.packed_way import PACKED  # few need none of it

        return PACKED
    return PLAIN


def _not_a_workbook(book: Book, opened: OpenedBook) -> CannotConsolidateError:
    """The error for a workbook that has no targets of its own."""
    place = book.place()
    if book.is_summary:
        found = issue(Code.FILE_IS_SUMMARY, place)
        return CannotConsolidateError(f"{book.file}: {found.message} Chọn sổ số liệu.", found)
    if book.is_marked_copy:
        found = issue(Code.FILE_IS_MARKED_COPY, place)
        return CannotConsolidateError(f"{book.file}: {found.message} {found.remedy}", found)
    lost = next((item for item in book.issues if item.code in _WITHOUT_CODES), None)
    if lost is not None:
        return CannotConsolidateError(f"{book.file}: {lost.message} {lost.remedy}", lost)
    return CannotConsolidateError(
        f"Không tìm thấy bảng chỉ tiêu trong {book.file}: cần một trang có hàng tiêu đề gồm "
        "'Mã', 'Chỉ tiêu', 'Kế hoạch', 'T1'… 'T12' và ít nhất một dòng chỉ tiêu. "
        "Tạo sổ đúng mẫu bằng lệnh: danvan-xl mau -o SỔ.xlsx",
        issue(Code.FILE_WITHOUT_TARGETS, place),
        account(opened.grids, book),
    )


def period_of(
    book: Book, received: Sequence[Received], period: Period | None, read_all: ReadAll
) -> tuple[Period, list[Issue]]:
    """The period asked for, else the workbook's, else the last month that has figures."""
    if period is not None:
        return period, []
    if book.info.period is not None:
        return book.info.period, []
    month = last_month([book.own, *book.sub_sheets])
    if month is None:
        loose = [item for item in received if item.filed is None]
        months = [
            found
            for found in read_all(last_month_of_file, loose, _nothing)
            if isinstance(found, int)
        ]
        years = (None, book.info.year)
        months += [item.filed.month for item in received if item.filed and item.filed.year in years]
        month = max(months, default=None)
    if month is None:  # an empty workbook: nothing was worked out to any month
        return PERIODS[-1], []
    used = month_period(month)
    return used, [issue(Code.PERIOD_MISSING, book.place(), used=Ours(used.label))]


def last_month_of_file(received: Received) -> int | None:
    """The last month with a figure in a received workbook; None when it has none."""
    opened = open_unguarded(received.path, received.name)
    if isinstance(opened, Issue):
        return None
    book = read_book(opened)
    return last_month([book.own, *book.sub_sheets])


def _nothing(_received: Received, _loss: Loss) -> None:
    """The last month of a file that was lost."""


def scope_of(book: Book, period: Period) -> Scope:
    """What is asked of every unit: the workbook's own indicators, to the period's end."""
    targets = book.own.targets if book.own else ()
    definitions = {
        match_key(target.indicator.code): as_it_combines(target.indicator) for target in targets
    }
    on_14th = match_key(book.info.cutoff) == match_key(CUTOFFS[1])
    year = book.info.year
    day = None if year is None else last_day(year, period.month, on_14th=on_14th)
    return Scope(
        definitions=definitions,
        month=period.month,
        year=year,
        period_label=period.label,
        last_day=day,
        on_14th=on_14th,
        given=frozenset(key for key, _ in (*book.assignment.plans, *book.assignment.exempt)),
        lives=lives_of(book.units, year, on_14th=on_14th),
        known=known_rows(book.own),
    )


def _of_period(received: Sequence[Received], scope: Scope) -> list[Received]:
    """The files to read: of those filed by period only that of the scope."""
    wanted = (scope.year, scope.month)
    return [item for item in received if item.filed is None or item.filed == wanted]


def _named(found: Issue, book: Book) -> Issue:
    """A finding on the whole, or one made before the workbook was read, at the workbook itself."""
    place = found.place
    is_given = place.sheet or place.unit_name or place.file not in ("", book.file)
    return found if is_given else found._replace(place=book.place())


_SEVERITIES = {severity: rank for rank, severity in enumerate(Severity)}


def in_order(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """The findings once each, without follow-ups: errors first, then by file, sheet and unit."""
    once = without_follow_ups(dict.fromkeys(issues))
    return tuple(
        sorted(
            without_endless(once),
            key=lambda item: _order(
                item.severity, item.unit_name, item.place.file, item.place.sheet
            ),
        )
    )


@lru_cache(maxsize=2**14)  # most findings are one of many on a sheet
def _order(severity: Severity, unit_name: str, file: str, sheet: str) -> tuple[object, ...]:
    at = sort_key(file), file, sort_key(sheet), sheet
    return _SEVERITIES[severity], sort_key(unit_name), *at
