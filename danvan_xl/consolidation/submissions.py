"""One unit's contribution, from a received file or from a sheet inside the parent's workbook."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from danvan_xl.checks.follow_ups import about_the_file, without_follow_ups
from danvan_xl.checks.formulas import check_formulas, check_register_formulas, is_suspect
from danvan_xl.checks.months import MonthsSeen, check_months, lacks_columns, outside_life
from danvan_xl.checks.parts_of_totals import parts_in_sending
from danvan_xl.checks.ratios import check_ratios
from danvan_xl.checks.registers import check_register
from danvan_xl.checks.sources import check_sources
from danvan_xl.checks.targets import CheckedTargets, check_sheet
from danvan_xl.consolidation.row_identity import identify
from danvan_xl.consolidation.unit_months import (
    completing,
    life_of_sheet,
    most_short,
    registers_within,
    rhythm_in,
)
from danvan_xl.files.apart import why_lost
from danvan_xl.files.endings import Loss
from danvan_xl.files.opening import OpenedBook, open_unguarded
from danvan_xl.inbox.received import Received
from danvan_xl.reading.accounts import account
from danvan_xl.reading.leading_out import about_leading_out
from danvan_xl.reading.manifests import Sealed
from danvan_xl.reading.records import Book, TargetSheet
from danvan_xl.reading.register_table import RegisterRows
from danvan_xl.reading.senders import Claim, claim_in, year_of_days
from danvan_xl.reading.sendings import sending_trouble
from danvan_xl.reading.workbook import read_book
from danvan_xl.rollup.derived_figures import derive_figures
from danvan_xl.rollup.lines import roll_up
from danvan_xl.rollup.lives import targets_within
from danvan_xl.rollup.register_reports import RegisterReport, RegistersOfUnit, report_registers
from danvan_xl.rollup.registers import combine, join_reports
from danvan_xl.rollup.sent_parts import Sent, read_parts, with_parts
from danvan_xl.rollup.stated_ratios import with_ratios
from danvan_xl.rollup.summary_line import as_unit_figure
from danvan_xl.rollup.tally import Scope, UnitFigure, tally
from danvan_xl.rollup.unit_totals import UnitEntry
from danvan_xl.schema.issues import NOWHERE, Issue, Place, issue, without_endless
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import CUTOFFS
from danvan_xl.vietnamese.measures import measures_clash
from danvan_xl.vietnamese.periods import Period
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import match_key

# Of a sending only what its form lacks is told: its sender was told the rest when it was made.
_ABOUT_THE_FORM = ("CT", "KH")
# What its months come to is told all the same: by it the sender's state is judged.
_ABOUT_MONTHS = (Code.UNIT_SHORT, Code.FLOW_STOPS, Code.MONTH_OUTSIDE_LIFE)
# And what is counted otherwise here than there.
_ABOUT_RATIOS = (Code.RATIO_PARTS_MISSING, Code.RATIO_STATED_DIFFERS, Code.WEIGHT_MISSING)


class Submission(NamedTuple):
    """What one file (or one sheet, named by `sheet`) brings: whose, when, figures, findings.

    `claim` is what it says of its unit beside code and name; `dated_in` is the year of all its own
    days, where it says another than is asked for.

    `sending` is its manifest where it is a sending; `refused` tells why it cannot count, whoever's
    it is; `arrived_on` is the day of the mail that brought it, where that is known. `has_figures`
    tells that some indicator has a figure, or does not apply. `short_at` is the last month of most
    flows of a unit that is Thiếu tháng, 0 of one that is not. `received_at` is when it came, or was
    filed; `prepared_place` the cell of Ngày lập.
    """

    file: str
    sheet: str = ""
    sha256: str = ""
    unit_code: str = ""
    unit_name: str = ""
    claim: Claim = Claim()
    year: int | None = None
    dated_in: int | None = None
    period: Period | None = None
    prepared_on: dt.date | None = None
    figures: Mapping[str, UnitFigure] | None = None
    issues: tuple[Issue, ...] = ()
    registers: RegistersOfUnit = RegisterReport()
    sending: Sealed | None = None
    refused: Issue | None = None
    arrived_on: dt.date | None = None
    has_figures: bool = False
    short_at: int = 0
    received_at: dt.datetime | None = None
    prepared_place: Place = NOWHERE

    @property
    def place(self) -> Place:
        """Where it stands, under the name its unit gives itself."""
        return Place(self.file, self.sheet, unit_name=self.unit_name)

    @property
    def handed_in_on(self) -> dt.date | None:
        """The day it was handed in: of the mail, else of the packing, else Ngày lập."""
        if self.arrived_on is None and self.sending is not None:
            return self.sending.manifest.sent_on.date()
        return self.arrived_on or self.prepared_on

    @property
    def is_empty(self) -> bool:
        """Whether it was handed in without a single figure, and without a row of a register."""
        return not self.has_figures and self.registers.is_empty

    def as_received(self, received: Received) -> "Submission":
        """The submission with when its file came."""
        return self._replace(arrived_on=received.arrived_on, received_at=received.received_at)

    def with_figures(self, figures: Mapping[str, UnitFigure]) -> "Submission":
        """The submission with other figures."""
        return self._replace(figures=figures)


@dataclass(frozen=True, slots=True)
class SubmissionReader:
    """Reads received files in one scope; a class, so that it can go to another process."""

    scope: Scope

    def __call__(self, received: Received) -> Submission:
        """What one file brings, with every problem as an issue."""
        opened = open_unguarded(received.path, received.name)
        if isinstance(opened, Issue):
            return Submission(received.name, issues=(received.told(opened),))
        return submission_in(opened, self.scope).as_received(received)


def lost_submission(received: Received, loss: Loss) -> Submission:
    """What stands for a workbook whose reading was given up."""
    return Submission(received.name, issues=(why_lost(received.name, loss),))


def submission_in(opened: OpenedBook, scope: Scope) -> Submission:
    """What an opened workbook brings, with every problem as an issue."""
    book = read_book(opened, scope.known)
    nothing = Submission(book.file, sha256=book.sha256)
    if book.own is None and (trouble := sending_trouble(book, opened)):
        return nothing._replace(issues=(trouble,))
    if book.is_summary or book.is_marked_copy:
        why = Code.FILE_IS_SUMMARY if book.is_summary else Code.FILE_IS_MARKED_COPY
        found = issue(why, book.place())
        return nothing._replace(issues=(found, *about_leading_out(book.issues)))
    if book.own is None:
        missing = issue(Code.FILE_WITHOUT_TARGETS, book.place())
        told = (missing, *about_the_file(book.issues), *account(opened.grids, book))
        return nothing._replace(issues=tuple(without_follow_ups(told)))
    known = nothing._replace(
        unit_code=book.info.unit_code or book.own.unit_code,
        unit_name=book.info.unit_name,
        claim=claim_in(book),
        year=book.info.year,
        dated_in=None if book.info.year in (None, scope.year) else year_of_days(book),
        period=book.info.period,
        prepared_on=book.info.prepared_on,
        prepared_place=book.info.prepared_place,
    )
    if book.sending is not None:
        return _read_sending(known, book, opened, scope)
    same_month = book.info.period is not None and book.info.period.month == scope.month
    read = book_figures(book, scope, same_month=same_month)
    findings = (*book.issues, *read.issues, *_cutoff_differs(book, scope))
    return known._replace(
        figures=read.figures,
        issues=tuple(without_endless(without_follow_ups(findings))),
        registers=read.registers,
        has_figures=_says_something(read.figures),
        short_at=read.short_at,
    )


def _read_sending(known: Submission, book: Book, opened: OpenedBook, scope: Scope) -> Submission:
    """What a sending brings; one that was edited after it was packed counts for nothing."""
    sealed, place = book.sending, book.place()
    nothing = known._replace(figures={}, issues=about_leading_out(book.issues))
    if isinstance(sealed, Sealed):
        nothing = nothing._replace(sending=sealed._replace(parts=""))
    if trouble := sending_trouble(book, opened):
        return nothing._replace(refused=trouble)
    assert isinstance(sealed, Sealed)  # else it was refused
    try:
        sent = read_parts(sealed.parts)
    except ValueError:
        broken = issue(Code.SENDING_UNREADABLE, place, reason=Ours("phần gộp hỏng"))
        return nothing._replace(refused=broken)
    return _with_sent(nothing, book, sent, scope)


def _with_sent(nothing: Submission, book: Book, sent: Sent, scope: Scope) -> Submission:
    """The figures of a sending with what they are made of, and its registers."""
    assert nothing.sending is not None
    assert book.own is not None
    month = nothing.sending.manifest.month
    computed = {key for key, found in sent.figures.items() if found.register}
    read = sheet_figures(book.own, book, scope, same_month=month == scope.month, computed=computed)
    figures = dict(read.figures)
    for key, found in sent.figures.items():
        if key in figures and scope.month >= month:
            figures[key] = with_parts(figures, key, found, scope, month=month)
    report = report_registers(registers_of_unit(book.own, book, scope), scope)
    issues = [
        item
        for item in (*book.issues, *read.issues)
        if item.code.label.startswith(_ABOUT_THE_FORM) or item.code in _ABOUT_MONTHS
    ]
    ratios = check_ratios(book.own, figures, scope)
    issues += (item for item in ratios if item.code in _ABOUT_RATIOS)
    issues += parts_in_sending(book.own, figures, scope, frozenset(computed))
    if sent.left_out:
        registers = Typed("; ".join(sent.left_out))
        issues.append(issue(Code.REGISTERS_LEFT_OUT, book.place(), registers=registers))
    return nothing._replace(
        figures=figures,
        issues=tuple(without_endless((*nothing.issues, *issues))),
        registers=report._replace(figures=sent.registers),
        has_figures=_says_something(figures),
        short_at=read.short_at,
    )


def _says_something(figures: Mapping[str, UnitFigure]) -> bool:
    """Whether an indicator has a figure, or does not apply."""
    return any(item.actual is not None or item.not_applicable for item in figures.values())


def _cutoff_differs(book: Book, scope: Scope) -> Iterator[Issue]:
    """A warning where a unit closes its months by another rule and keeps registers."""
    written, ours = book.info.cutoff, CUTOFFS[scope.on_14th]
    if written and book.registers and match_key(written) != match_key(ours):
        values = {"value": Typed(written), "expected": Ours(ours)}
        yield issue(Code.CUTOFF_DIFFERS, book.place(), **values)


class ReadFigures(NamedTuple):
    """The figures of a sheet, or of a workbook; `short_at` as of a `Submission`."""

    figures: Mapping[str, UnitFigure]
    issues: Sequence[Issue]
    registers: RegisterReport = RegisterReport()
    short_at: int = 0


def book_figures(book: Book, scope: Scope, *, same_month: bool) -> ReadFigures:
    """A workbook's figures: its own, and roll-ups of its sheets where it typed none.

    With them come the findings, and what its registers come to.
    """
    if book.own is None:
        return ReadFigures({}, ())
    read = sheet_figures(book.own, book, scope, same_month=same_month)
    own, issues, short_at = dict(read.figures), list(read.issues), read.short_at
    registers = report_registers(registers_of_unit(book.own, book, scope), scope)
    submissions = list(sheet_submissions(book, scope, same_month=same_month))
    if submissions:
        entries: list[UnitEntry] = []
        reports = [item.registers for item in submissions]
        tracking = combine(registers, reports, scope)
        registers = join_reports(registers, reports, scope)
        for submission in submissions:
            issues += submission.issues
            unit = next(
                unit
                for unit in book.units
                if match_key(unit.code) == match_key(submission.unit_code)
            )
            entries.append(UnitEntry(unit, submission.figures or {}))
        typed = {key: figure for key, figure in own.items() if not figure.from_parts}
        lines = roll_up(scope, typed, entries, {}, tracking.repeated)
        own = {
            key: as_unit_figure(key, line)
            if line.from_parts or (line.units_total is not None and not line.is_typed)
            else own[key]
            for key, line in lines.items()
            if key in own or line.from_parts or line.units_total is not None
        }
        own = with_ratios(own, scope)
        ends = [item.short_at for item in submissions if item.short_at]
        short_at = short_at or most_short(ends, sum(item.has_figures for item in submissions))
    return ReadFigures(own, issues, registers, short_at)


def sheet_submissions(
    book: Book, scope: Scope, *, same_month: bool, thorough: bool = False
) -> Iterator[Submission]:
    """The sub-units' sheets of a workbook as submissions of their own."""
    for sheet in (*book.sub_sheets, *_register_sheets(book)):
        read = sheet_figures(sheet, book, scope, same_month=same_month, thorough=thorough)
        own = [found for found in book.issues if found.place.sheet == sheet.title]
        yield Submission(
            file=book.file,
            sheet=sheet.title,
            sha256=book.sha256,
            unit_code=sheet.unit_code,
            unit_name=sheet.unit_name,
            year=book.info.year,
            period=book.info.period,
            prepared_on=None,
            figures=read.figures,
            issues=tuple(without_follow_ups((*own, *read.issues))),
            registers=report_registers(registers_of_unit(sheet, book, scope), scope),
            has_figures=_says_something(read.figures),
            short_at=read.short_at,
        )


def sheet_figures(
    sheet: TargetSheet,
    book: Book,
    scope: Scope,
    *,
    same_month: bool,
    thorough: bool = False,
    computed: Iterable[str] = (),
) -> ReadFigures:
    """One unit's figures and the findings on its sheet; clashing measures do not count.

    `same_month` tells that the sheet's own results are worked out to the month of the scope;
    `thorough` looks at the formulas even when the results are right. `computed` are the keys of
    figures that nobody typed, beside those that come from registers.
    """
    identified = identify(sheet, scope, book.given_names)
    sheet = identified.sheet
    life = life_of_sheet(sheet, book, scope)
    kept = _registers_kept(sheet, book)
    issues = [*identified.issues, *outside_life(sheet, kept, life, scope)]
    sheet, tables = targets_within(sheet, life), registers_within(kept, life, scope)
    derived = derive_figures(sheet, scope, tables)
    rhythm = rhythm_in(sheet, book, scope, life, {*derived, *computed})
    complete = completing(rhythm)
    figures = tally(sheet, scope, book.file, book.sha256, derived, complete=complete)
    checked = CheckedTargets(sheet, figures, scope, derived, book.formulas_of)
    is_shown = same_month and not lacks_columns(sheet, scope.month)
    issues += check_sheet(checked, is_own=False, same_month=is_shown)
    issues += check_months(MonthsSeen(sheet, scope, derived, rhythm, life))
    issues += check_sources(sheet, derived, book.formulas_of, thorough=thorough)
    for table in tables:
        issues += register_findings(table, book, scope, thorough=thorough)
    if thorough or not same_month or is_suspect(sheet, issues):
        issues += check_formulas(sheet, book.formulas_of(sheet.title))
    for target in sheet.targets:
        key = match_key(target.indicator.code)
        definition = scope.definitions.get(key)
        if definition and measures_clash(target.indicator.measure, definition.measure):
            figures.pop(key, None)
    return ReadFigures(figures, issues, short_at=rhythm.short_at)


def _register_sheets(book: Book) -> Iterator[TargetSheet]:
    """A sheet without targets for each sub-unit that has but registers in the workbook."""
    with_sheets = {match_key(book.info.unit_code)}
    with_sheets |= {match_key(sheet.unit_code) for sheet in book.sub_sheets}
    for table in book.registers:
        if match_key(table.unit_code) not in with_sheets:
            with_sheets.add(match_key(table.unit_code))
            yield TargetSheet(
                title=table.title,
                unit_code=table.unit_code,
                unit_name=table.unit_name,
                letters={},
                header_row=0,
                targets=(),
                file=table.file,
            )


def register_findings(
    table: RegisterRows, book: Book, scope: Scope, *, thorough: bool
) -> list[Issue]:
    """The findings on a register; its formulas are looked at where cells are missing."""
    issues = list(check_register(table, scope))
    missing = (
        Code.REGISTER_UNDATED,
        Code.REGISTER_CELLS_BLANK,
        Code.REGISTER_FIGURES_BLANK,
    )
    if thorough or any(item.code in missing for item in issues):
        issues += check_register_formulas(table, book.formulas_of(table.title))
    return issues


def registers_of_unit(sheet: TargetSheet, book: Book, scope: Scope) -> list[RegisterRows]:
    """The registers of the unit whose targets a sheet holds, within its life."""
    kept = _registers_kept(sheet, book)
    return registers_within(kept, life_of_sheet(sheet, book, scope), scope) if kept else kept


def _registers_kept(sheet: TargetSheet, book: Book) -> list[RegisterRows]:
    """The registers of a unit as it keeps them."""
    code = match_key(sheet.unit_code or book.info.unit_code)
    return [table for table in book.registers if match_key(table.unit_code) == code]
