"""What the level above would say of a workbook: what its consolidation says of that file alone."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from danvan_xl.consolidation.consolidation import (
    CannotConsolidateError,
    book_in,
    period_of,
    scope_of,
)
from danvan_xl.consolidation.matching import match_submissions
from danvan_xl.consolidation.submissions import Submission
from danvan_xl.consolidation.unit_reports import report_units
from danvan_xl.files.apart import open_book, why_not_opened
from danvan_xl.files.endings import Loss
from danvan_xl.files.workers import Team
from danvan_xl.inbox.received import Received
from danvan_xl.reading.records import Book
from danvan_xl.rollup.tally import Scope
from danvan_xl.schema.issues import Issue
from danvan_xl.vietnamese.periods import Period

# Of what a workbook says by itself, what no level above has another rule for: the rest it judges.
_OF_ITS_OWN = ("CF", "TD", "TH")


class LevelAbove(NamedTuple):
    """The workbook of the level above, what it asks for, and what is said of its period.

    What is checked was received by `today`.
    """

    path: Path
    book: Book
    scope: Scope
    today: dt.date
    issues: tuple[Issue, ...]


def level_above(
    path: Path, files: Sequence[Received], period: Period | None, today: dt.date
) -> LevelAbove:
    """The superior whose workbook stands at a path, when it receives these files.

    Raises CannotConsolidateError, with a sentence for the officer, when it cannot be read or names
    no units.
    """
    opened = open_book(path)
    if isinstance(opened, Issue):
        raise CannotConsolidateError(why_not_opened(path, opened))
    book = book_in(opened)
    if not book.units:
        raise CannotConsolidateError(
            f"{path}: trang Đơn vị chưa có đơn vị nào nên không biết sổ nào của ai. "
            "Chọn sổ của đơn vị cấp trên, hoặc bỏ --so."
        )
    chosen, issues = period_of(book, files, period, _read_apart)
    return LevelAbove(path, book, scope_of(book, chosen), today, tuple(issues))


def _read_apart(
    function: Callable[[Any], object],
    items: Sequence[Any],
    lost: Callable[[Any, Loss], object],
) -> Iterator[object]:
    with Team(function, lost) as team:
        yield from team.map(items)


def told_above(
    above: LevelAbove, submission: Submission, own: Sequence[Issue]
) -> tuple[Issue, ...]:
    """The findings on what one file brings, as the superior's consolidation has them.

    Where it counts there, what the workbook finds by itself (`own`) comes with them as far as the
    superior does not judge it.
    """
    book, scope = above.book, above.scope
    matched = match_submissions(book, scope, [submission], above.today)
    offers = [offer for offer in matched.offers if offer.submission is not None]
    reported = report_units(offers, book, scope)
    told = (*matched.issues, *reported.issues)
    return (*told, *_further(told, own)) if offers else told


def _further(told: Sequence[Issue], own: Sequence[Issue]) -> Iterator[Issue]:
    places = {(item.code, item.place.sheet, item.place.cell) for item in told}
    for item in own:
        is_told = (item.code, item.place.sheet, item.place.cell) in places
        if item.code.label.startswith(_OF_ITS_OWN) and not is_told:
            yield item
