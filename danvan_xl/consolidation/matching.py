"""Whose each submission is, which of several counts, and why another does not."""

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from danvan_xl.checks.follow_ups import about_the_file
from danvan_xl.consolidation.choosing import Circumstances, choose_submission
from danvan_xl.consolidation.submissions import Submission
from danvan_xl.inbox.versions import NO_LINKS, Links
from danvan_xl.reading.records import Book, Unit
from danvan_xl.reading.senders import Senders, superior_in, year_trouble
from danvan_xl.reading.sendings import Signed, shared_keys
from danvan_xl.reading.signing import signature_trouble
from danvan_xl.rollup.tally import Scope, UnitFigure
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code, Severity
from danvan_xl.vietnamese.privacy import Ours


class Offer(NamedTuple):
    """What is there for one unit: the submission that counts, else one that was turned down.

    `is_expected` tells a unit that exists at the end of the period from one that ended before.
    `handed_in_on` is the day the first good report with figures came: to correct is not to be late.
    """

    unit: Unit
    submission: Submission | None = None
    turned_down: Submission | None = None
    is_expected: bool = True
    handed_in_on: dt.date | None = None


class Matched(NamedTuple):
    """Every unit with what is there for it, and the findings of every submission."""

    offers: tuple[Offer, ...]
    issues: tuple[Issue, ...]


class _PlacedSubmission(NamedTuple):
    """A submission with its unit, whether it counts, and what has to be said.

    `units` are those to whom it is told: its unit, or those that a contradictory one names.
    """

    submission: Submission
    units: tuple[Unit, ...]
    counts: bool
    issues: tuple[Issue, ...]


def match_submissions(
    book: Book,
    scope: Scope,
    submissions: Iterable[Submission],
    today: dt.date | None = None,
    links: Links = NO_LINKS,
) -> Matched:
    """The units in their order, each with the newest submission that is good for it.

    What lies there was received by `today`; `links` are those of other files of the journal.
    """
    given = Circumstances(scope.month, today, links)
    senders = Senders(superior_in(book))
    placed = [_short_of_cells(_place(submission, senders, scope)) for submission in submissions]
    placed_of: dict[int, list[_PlacedSubmission]] = {}
    for found in placed:
        for unit in found.units:
            placed_of.setdefault(unit.row, []).append(found)
    issues = [item for found in placed if not found.counts for item in found.issues]
    issues += shared_keys(_signed(placed), is_list_told=True)
    offers: list[Offer] = []
    for unit in book.units:
        mine = placed_of.get(unit.row, [])
        good = [found.submission for found in mine if found.counts]
        expected = unit.is_expected(scope.last_day)
        if not expected and not good:
            continue
        chosen, found_of = choose_submission(unit.name, good, given)
        for one in good:
            issues += one.issues if one is chosen else about_the_file(one.issues)
        issues += found_of
        bad = [found.submission for found in mine if not found.counts]
        turned_down = bad[-1] if bad else None
        offers.append(Offer(unit, chosen, turned_down, expected, _first_day(good)))
    return Matched(tuple(offers), tuple(issues))


def _signed(placed: Iterable[_PlacedSubmission]) -> Iterator[Signed]:
    """The keys of the signed sendings, each with its unit."""
    for found in placed:
        sending = found.submission.sending
        if sending is not None and sending.signature and len(found.units) == 1:
            yield Signed(sending.public_key, found.units[0], found.submission.place)


def _short_of_cells(found: _PlacedSubmission) -> _PlacedSubmission:
    """Of what does not count, the findings on the file alone."""
    if found.counts:
        return found
    issues = about_the_file(found.issues)
    return found._replace(issues=issues, submission=found.submission._replace(issues=issues))


def _first_day(good: Sequence[Submission]) -> dt.date | None:
    """The day of the first report that is not empty; None when one has no day."""
    days = [found.handed_in_on for found in good if not found.is_empty]
    known = [day for day in days if day is not None]
    return min(known, default=None) if len(known) == len(days) else None


def _place(submission: Submission, senders: Senders, scope: Scope) -> _PlacedSubmission:
    """A submission with its unit, and its findings under the name the parent knows."""
    if submission.figures is None:
        return _PlacedSubmission(submission, (), False, submission.issues)
    claim = submission.claim._replace(code=submission.unit_code, name=submission.unit_name)
    sender = senders.sender(claim, submission.place)
    unit = sender.unit
    refusal = _refusal(submission, unit, scope) if unit else submission.refused
    found = [*sender.issues, *([refusal] if refusal else _remarks(submission, unit, scope))]
    name = unit.name if unit else submission.unit_name
    own = {"", submission.unit_name}
    named = tuple(
        item.of_unit(name) if item.unit_name in own and item.unit_name != name else item
        for item in (*submission.issues, *found)
    )
    known = submission._replace(issues=named)
    if name != submission.unit_name:
        figures = submission.figures.items()
        known = known.with_figures({key: _renamed(item, own, name) for key, item in figures})
    told = sender.mixed_up if unit is None else (unit,)
    return _PlacedSubmission(known, told, unit is not None and refusal is None, named)


def _renamed(figure: UnitFigure, own: Container[str], name: str) -> UnitFigure:
    """A figure whose terms bear the name by which the parent knows their unit."""
    terms = (
        term._replace(unit_name=name) if term.unit_name in own else term for term in figure.terms
    )
    return figure._replace(terms=tuple(terms))


def _refusal(submission: Submission, unit: Unit, scope: Scope) -> Issue | None:
    """Why a known unit's submission cannot count, None when it can."""
    place = submission.place
    if submission.refused is not None:
        return submission.refused
    trouble = None if submission.sheet else signature_trouble(unit, submission.sending, place)
    if trouble is not None and trouble.severity is Severity.ERROR:
        return trouble
    if scope.year and submission.year and submission.year != scope.year:
        return year_trouble(submission.year, submission.dated_in, scope.year, place)
    if not unit.is_expected(scope.last_day) and not _has_ended(unit, scope):
        return issue(Code.UNIT_NOT_EXPECTED, place, name=Ours(unit.name))
    return None


def _remarks(submission: Submission, unit: Unit | None, scope: Scope) -> Iterator[Issue]:
    """What has to be said about a submission that counts."""
    if unit is None:
        return
    place = submission.place
    if not submission.sheet and (found := signature_trouble(unit, submission.sending, place)):
        yield found
    if not unit.is_expected(scope.last_day):
        yield issue(Code.UNIT_ENDED, place, name=Ours(unit.name))
    elif submission.period and submission.period.month != scope.month and not submission.sheet:
        value, expected = Ours(submission.period.label), Ours(scope.period_label)
        yield issue(Code.PERIOD_DIFFERS, place, value=value, expected=expected)


def _has_ended(unit: Unit, scope: Scope) -> bool:
    """Whether a unit existed for a part of the year and ended before the period closes."""
    day = scope.last_day
    if day is None or unit.until is None:
        return False
    return dt.date(day.year, 1, 1) <= unit.until < day
