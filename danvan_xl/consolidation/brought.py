"""What there is to consolidate: in the workbook itself, and in the files that were received."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from danvan_xl.checks.formulas import check_formulas
from danvan_xl.checks.months import MonthsSeen, check_months, lacks_columns
from danvan_xl.checks.sources import check_sources
from danvan_xl.checks.targets import CheckedTargets, check_sheet
from danvan_xl.consolidation.choosing import Circumstances, choose_submission
from danvan_xl.consolidation.row_identity import rows_as_issued
from danvan_xl.consolidation.submissions import (
    Submission,
    register_findings,
    registers_of_unit,
    sheet_submissions,
)
from danvan_xl.consolidation.unit_months import rhythm_in
from danvan_xl.reading.records import Book, TargetSheet, last_month
from danvan_xl.rollup.derived_figures import derive_figures
from danvan_xl.rollup.lives import WHOLE_YEAR
from danvan_xl.rollup.register_reports import RegistersOfUnit, report_registers
from danvan_xl.rollup.tally import Scope, UnitFigure, tally
from danvan_xl.schema.issues import Issue
from danvan_xl.vietnamese.text import match_key

Hold = Callable[[Iterable[Submission]], list[Submission]]


class Brought(NamedTuple):
    """What the consolidating unit has itself, what was handed in, and the findings on the first."""

    own: Mapping[str, UnitFigure]
    registers: RegistersOfUnit
    submissions: Sequence[Submission]
    issues: Sequence[Issue]


def bring_together(
    book: Book, received: Iterable[object], scope: Scope, hold: Hold, *, is_past: bool
) -> Brought:
    """What there is to consolidate: received, and in the workbook itself.

    `hold` takes the submissions of the workbook's own sheets as those of files are held.
    """
    assert book.own is not None
    same_month = _shown_month(book) == scope.month
    submissions = hold(sheet_submissions(book, scope, same_month=same_month, thorough=True))
    for submission in received:
        assert isinstance(submission, Submission)  # who reads keeps the reader's type
        submissions.append(submission)
    if is_past:  # what its own blank sheet lacks is no finding
        submissions, past = _own_of(submissions, book, scope)
        figures = dict((past.figures or {}).items())
        return Brought(figures, past.registers, submissions, past.issues)
    own, issues = _own_figures(book, book.own, scope, same_month=same_month)
    registers = report_registers(registers_of_unit(book.own, book, scope), scope)
    return Brought(own, registers, submissions, issues)


def _own_of(
    submissions: Sequence[Submission], book: Book, scope: Scope
) -> tuple[list[Submission], Submission]:
    """The units' submissions, and the newest of the unit's own (a blank one without any).

    What is said of several of its own is among the findings of the newest.
    """
    key = match_key(book.info.unit_code)
    own = [
        item
        for item in submissions
        if key and match_key(item.unit_code) == key and item.year in (None, scope.year)
    ]
    units = [item for item in submissions if item not in own]
    newest, found = choose_submission(book.info.unit_name, own, Circumstances(scope.month))
    if newest is None:
        return units, Submission(book.file)
    return units, newest._replace(issues=(*newest.issues, *found))


def _own_figures(
    book: Book, own: TargetSheet, scope: Scope, *, same_month: bool
) -> tuple[dict[str, UnitFigure], list[Issue]]:
    """The consolidating unit's own figures and the findings on its sheet and registers."""
    sheet = own._replace(unit_name=book.info.unit_name or own.unit_name)
    tables = registers_of_unit(own, book, scope)
    derived = derive_figures(sheet, scope, tables)
    figures = tally(sheet, scope, book.file, book.sha256, derived)
    checked = CheckedTargets(own, figures, scope, derived, book.formulas_of)
    is_shown = same_month and not lacks_columns(own, scope.month)
    issues = list(rows_as_issued(sheet, book.given_names))
    issues += check_sheet(checked, is_own=True, same_month=is_shown)
    rhythm = rhythm_in(own, book, scope, WHOLE_YEAR, derived)
    issues += check_months(MonthsSeen(own, scope, derived, rhythm))
    issues += check_formulas(own, book.formulas_of(own.title))
    issues += check_sources(own, derived, book.formulas_of, thorough=True)
    for table in tables:
        issues += register_findings(table, book, scope, thorough=True)
    return figures, issues


def _shown_month(book: Book) -> int | None:
    """The month to which the workbook's own formulas count, by the rule of the template."""
    if book.info.period is not None:
        return book.info.period.month
    return last_month([book.own])
