"""The expected units of a consolidation: the state of each, and what it brought."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from danvan_xl.consolidation.matching import Offer
from danvan_xl.consolidation.submissions import Submission
from danvan_xl.reading.records import Book, Unit
from danvan_xl.rollup.lines import with_assigned_plans
from danvan_xl.rollup.packed import opened
from danvan_xl.rollup.packed_figures import PackedFigures, achieved
from danvan_xl.rollup.register_reports import PackedReport
from danvan_xl.rollup.tally import Scope, UnitFigure
from danvan_xl.rollup.unit_totals import UnitEntry
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code, Severity
from danvan_xl.vietnamese.text import match_key

# Figures that are held as they are, some 900 bytes each; where there are more, all stay packed.
MOST_OPEN = 10_000


class Status(StrEnum):
    """Trạng thái of an expected unit's report."""

    SUBMITTED = "Đã nộp"
    LATE = "Nộp chậm"
    EMPTY = "Nộp trống"
    FAULTY = "Có lỗi"
    NOT_SUBMITTED = "Chưa nộp"


@dataclass(frozen=True, slots=True)
class UnitReport:
    """A unit, its state, and what it brought (`submission` None: nothing).

    `met` and `unmet` are how many plans it has reached, and with how many it is behind;
    `has_actual` whether it has reported at least one figure.
    """

    unit: Unit
    status: Status
    submission: Submission | None
    figures: Mapping[str, UnitFigure]
    is_expected: bool = True
    met: int = 0
    unmet: int = 0
    has_actual: bool = False

    def count(self, severity: Severity) -> int:
        """How many findings of a severity its submission has."""
        issues = self.submission.issues if self.submission else ()
        return sum(item.severity is severity for item in issues)


class Reported(NamedTuple):
    """Every unit with an offer, `keys` of the indicators any of them has, and findings.

    `is_many` tells that their figures are packed, and their registers left out.
    """

    units: tuple[UnitReport, ...]
    keys: frozenset[str]
    issues: tuple[Issue, ...]
    is_many: bool = False


def report_units(offers: Sequence[Offer], book: Book, scope: Scope) -> Reported:
    """The state of every unit, with the plans it was given where it left them blank."""
    is_many = len(offers) * len(scope.definitions) > MOST_OPEN
    assigned = {unit for _, unit in book.assignment.plans}
    reports: list[UnitReport] = []
    keys: set[str] = set()
    issues: list[Issue] = []
    for offer in offers:
        submission = offer.submission
        if submission is None:
            status = Status.FAULTY if offer.turned_down else Status.NOT_SUBMITTED
            expected = offer.is_expected
            reports.append(UnitReport(offer.unit, status, offer.turned_down, {}, expected))
            continue
        figures = submission.figures or {}
        if not is_many or match_key(offer.unit.code) in assigned:
            entry = UnitEntry(offer.unit, opened(figures))
            figures = with_assigned_plans(entry, book.assignment.plans, scope).figures
            if offer.is_expected:
                issues += _assignments_kept(offer.unit, submission, figures, book)
        if offer.is_expected:
            keys.update(figures)
        if is_many and not isinstance(figures, PackedFigures):
            figures = PackedFigures(figures)
        met, unmet, has_actual = achieved(figures)
        reports.append(
            UnitReport(
                unit=offer.unit,
                status=_status(submission, offer, book),
                submission=submission._replace(registers=PackedReport()) if is_many else submission,
                figures=figures,
                is_expected=offer.is_expected,
                met=met,
                unmet=unmet,
                has_actual=has_actual,
            )
        )
    return Reported(tuple(reports), frozenset(keys), tuple(issues), is_many)


def _status(submission: Submission, offer: Offer, book: Book) -> Status:
    if any(item.severity is Severity.ERROR for item in submission.issues):
        return Status.FAULTY
    if submission.is_empty:
        return Status.EMPTY
    deadline, day = book.info.deadline, offer.handed_in_on
    late = deadline is not None and day is not None and day > deadline
    return Status.LATE if late else Status.SUBMITTED


def _assignments_kept(
    unit: Unit, submission: Submission, figures: Mapping[str, UnitFigure], book: Book
) -> Iterator[Issue]:
    """Where a unit's workbook has another plan than it was given."""
    code = match_key(unit.code)
    for key, figure in figures.items():
        given = book.assignment.plans.get((key, code))
        if given is None or figure.plan is None or given == figure.plan:
            continue
        place = Place(submission.file, *figure.place, unit.name)
        values = {"value": figure.plan, "expected": given}
        yield issue(Code.PLAN_NOT_AS_ASSIGNED, place, **values)
