"""The expected units of a consolidation: the state of each, and what it brought."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from danvan_xl.consolidation.matching import Offer
from danvan_xl.consolidation.submissions import Submission
from danvan_xl.reading.records import Book, Unit
from danvan_xl.rollup.achieved import NONE_UNMET, UnmetCounts, achieved, share_text, shares_of
from danvan_xl.rollup.rating import Rating
from danvan_xl.rollup.ratios import ratio_source
from danvan_xl.rollup.tally import Scope, UnitFigure
from danvan_xl.rollup.unit_plans import UnitPlans, takes_given
from danvan_xl.rollup.unit_totals import UnitEntry
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code, Severity
from danvan_xl.vietnamese.printed import listed, vietnamese_number
from danvan_xl.vietnamese.privacy import Ours
from danvan_xl.vietnamese.text import match_key

_MOST_NAMED = 8


class Status(StrEnum):
    """Trạng thái of an expected unit's report."""

    SUBMITTED = "Đã nộp"
    LATE = "Nộp chậm"
    EMPTY = "Nộp trống"
    SHORT = "Thiếu tháng"
    FAULTY = "Có lỗi"
    NOT_SUBMITTED = "Chưa nộp"


@dataclass(frozen=True, slots=True)
class UnitReport:
    """A unit, its state, and what it brought (`submission` None: nothing).

    `met` and `unmet_counts` are how many plans it has reached, and how many it has not;
    `has_actual` whether it has reported at least one figure.
    """

    unit: Unit
    status: Status
    submission: Submission | None
    figures: Mapping[str, UnitFigure]
    is_expected: bool = True
    met: int = 0
    unmet_counts: UnmetCounts = NONE_UNMET
    has_actual: bool = False

    @property
    def unmet(self) -> int:
        """How many plans it has not reached, of whatever kind."""
        return self.unmet_counts.total

    def count(self, severity: Severity) -> int:
        """How many findings of a severity its submission has."""
        issues = self.submission.issues if self.submission else ()
        return sum(item.severity is severity for item in issues)

    def shares(self) -> dict[str, tuple[Decimal | None, Rating]]:
        """For each indicator the completion as it is printed, and the rating."""
        return shares_of(self.figures)

    def share_texts(self) -> dict[str, str]:
        """For each indicator the completion as it is printed, "" without any."""
        return {key: share_text(share) for key, (share, _) in self.shares().items()}


# Makes the report of an offer's unit from its state, what it brought and its figures.
ReportOf = Callable[[Offer, Status, Submission | None, Mapping[str, UnitFigure]], UnitReport]


def plain_report(
    offer: Offer, status: Status, brought: Submission | None, figures: Mapping[str, UnitFigure]
) -> UnitReport:
    """The report of a unit, its figures as they are."""
    found = achieved(figures)
    return UnitReport(
        unit=offer.unit,
        status=status,
        submission=brought,
        figures=figures,
        is_expected=offer.is_expected,
        met=found.met,
        unmet_counts=found.unmet,
        has_actual=found.has_actual,
    )


class Reported(NamedTuple):
    """Every unit with an offer, `keys` of the indicators any of them has, and findings."""

    units: tuple[UnitReport, ...]
    keys: frozenset[str]
    issues: tuple[Issue, ...]


def report_units(
    offers: Sequence[Offer], book: Book, scope: Scope, report_of: ReportOf = plain_report
) -> Reported:
    """The state of every unit, with the plans it was given where it left them blank.

    `report_of` makes the report of each, in the way they are held.
    """
    plans = UnitPlans(book.assignment.plans, scope)
    reports: list[UnitReport] = []
    keys: set[str] = set()
    issues: list[Issue] = []
    for offer in offers:
        submission = offer.submission
        if submission is None:
            status = Status.FAULTY if offer.turned_down else Status.NOT_SUBMITTED
            reports.append(report_of(offer, status, offer.turned_down, {}))
            continue
        figures = submission.figures or {}
        if offer.is_expected:
            keys.update(figures)
            if scope.given:
                issues += _not_given(offer.unit, figures, submission, book, scope)
        if plans.concerns(offer.unit):
            entry = UnitEntry(offer.unit, dict(figures.items()))
            if offer.is_expected:
                issues += _assignments_kept(entry, submission, book, scope)
            figures = plans.of(entry).figures
        reports.append(report_of(offer, _status(submission, offer, book), submission, figures))
    return Reported(tuple(reports), frozenset(keys), tuple(issues))


def _status(submission: Submission, offer: Offer, book: Book) -> Status:
    if any(item.severity is Severity.ERROR for item in submission.issues):
        return Status.FAULTY
    if submission.is_empty:
        return Status.EMPTY
    if submission.short_at:
        return Status.SHORT
    deadline, day = book.info.deadline, offer.handed_in_on
    late = deadline is not None and day is not None and day > deadline
    return Status.LATE if late else Status.SUBMITTED


def _assignments_kept(
    entry: UnitEntry, submission: Submission, book: Book, scope: Scope
) -> Iterator[Issue]:
    """Where a unit's workbook has another plan than it was given, and by which it is rated."""
    code = match_key(entry.unit.code)
    for key, figure in entry.figures.items():
        given, own = book.assignment.plans.get((key, code)), figure.planned
        if given is None or given.value is None:
            continue
        sheet, cell = figure.place
        place = Place(submission.file, sheet, figure.plan_cell or cell, entry.unit.name)
        expected, named = Ours(given.words), Ours(scope.definitions[key].code)
        if figure.declined:
            yield issue(Code.GIVEN_DECLINED, place, expected=expected)
        elif figure.not_applicable:
            if not _follows(key, entry.figures, scope):
                yield issue(Code.GIVEN_NOT_APPLICABLE, place, expected=expected)
        elif not own.is_given:
            continue
        elif own.value is None:
            yield issue(Code.PLAN_OF_UNIT_UNKNOWN, place, expected=expected, code=named)
        elif own[:2] != given[:2]:
            is_given = takes_given(own, given, scope.definitions[key].direction)
            found = Code.PLAN_LOWERED if is_given else Code.PLAN_NOT_AS_ASSIGNED
            yield issue(found, place, value=Ours(own.words), expected=expected, code=named)


def _not_given(
    unit: Unit,
    figures: Mapping[str, UnitFigure],
    submission: Submission,
    book: Book,
    scope: Scope,
) -> Iterator[Issue]:
    """One note on the figures of a unit for what it was not given, nor plans itself."""
    code, plans = match_key(unit.code), book.assignment.plans
    found = [
        figure
        for key, figure in figures.items()
        if key in scope.given
        and (key, code) not in plans
        and figure.actual
        and not figure.planned.is_given
        and ratio_source(scope.definitions[key]) is None
    ]
    if found:
        said = [
            f"{definition.code}: {vietnamese_number(figure.actual)} {definition.measure}".rstrip()
            for figure in found
            for definition in (scope.definitions[figure.code],)
            if figure.actual
        ]
        place = Place(submission.file, *found[0].place, unit.name)
        rows = Ours(listed(said, _MOST_NAMED, "chỉ tiêu"))
        yield issue(Code.NOT_GIVEN_REPORTED, place, count=len(found), rows=rows)


def _follows(key: str, figures: Mapping[str, UnitFigure], scope: Scope) -> bool:
    """Whether an indicator does not apply because a part of its ratio does not."""
    ratio = ratio_source(scope.definitions[key])
    parts = () if ratio is None else (ratio.numerator, ratio.denominator)
    return any(part in figures and figures[part].not_applicable for part in parts)
