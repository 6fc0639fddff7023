"""Năm trước worked out from last year's workbooks, for `tong-hop --nam-truoc`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from danvan_xl.consolidation.consolidation import (
    CannotConsolidateError,
    Consolidation,
    LastYear,
    consolidate_read,
    in_order,
)
from danvan_xl.consolidation.many import Means
from danvan_xl.files.endings import Loss
from danvan_xl.files.opening import open_unguarded
from danvan_xl.files.workers import ReadAll
from danvan_xl.inbox.received import Inbox, Received
from danvan_xl.reading.figure import NO_FIGURE
from danvan_xl.reading.info import read_info
from danvan_xl.reading.records import Assignment, Book, Target, TargetSheet
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code, Severity
from danvan_xl.schema.options import UnitRule
from danvan_xl.vietnamese.periods import PERIODS, YEAR_END
from danvan_xl.vietnamese.privacy import Typed
from danvan_xl.vietnamese.text import match_key

WHOLE_YEAR = PERIODS[-1]
NO_YEAR = 0


def book_of(book: Book, year: int) -> Book:
    """The workbook as that of another year: its plans and months are those of its own."""
    assert book.own is not None
    own = book.own._replace(targets=tuple(map(_without_figures, book.own.targets)))
    info = book.info._replace(year=year, period=WHOLE_YEAR, deadline=None)
    return book._replace(
        info=info, own=own, sub_sheets=(), registers=(), assignment=Assignment(), issues=()
    )


def _without_figures(target: Target) -> Target:
    return target._replace(
        indicator=target.indicator._replace(last_year=None, plan=None),
        last_year=NO_FIGURE,
        plan=NO_FIGURE,
        months=(NO_FIGURE,) * YEAR_END,
        shown={},
    )


def by_year(files: Sequence[Received], usual: int, read_all: ReadAll) -> dict[int, list[Received]]:
    """The files of each year, as they were filed, else as they say.

    Those that do not say theirs are of NO_YEAR; those that cannot be read of the `usual` one.
    Of files that were filed those of a unit's last period of the year count: its figures run from
    January on.
    """
    found: dict[int, list[Received]] = {}
    loose = [item for item in files if item.filed is None]
    years = _told(read_all(year_of_file, loose, _no_year))
    for item, year in zip(loose, years, strict=True):
        found.setdefault(usual if year is None else year, []).append(item)
    last: dict[tuple[int, str], int] = {}
    for item in files:
        if item.filed is not None:
            group = item.filed.year, _unit_folder(item)
            last[group] = max(item.filed.month, last.get(group, 0))
    for item in files:
        if item.filed and item.filed.month == last[item.filed.year, _unit_folder(item)]:
            # As if it lay there: it need not be of the whole year.
            found.setdefault(item.filed.year, []).append(item._replace(filed=None))
    return found


def _unit_folder(item: Received) -> str:
    return item.name.split("/")[2]


def _told(years: Iterable[object]) -> list[int | None]:
    return [year if isinstance(year, int) else None for year in years]


def year_of_file(received: Received) -> int | None:
    """The year a received workbook says it is of, NO_YEAR; None when it cannot be read."""
    opened = open_unguarded(received.path, received.name)
    return None if isinstance(opened, Issue) else read_info(opened.grids)[0].year or NO_YEAR


def _no_year(_received: Received, _loss: Loss) -> None:
    """The year of a file that was lost."""


def with_last_year(result: Consolidation, inbox: Inbox, folder: str, means: Means) -> Consolidation:
    """The consolidation with last year's figures where the workbook has none typed.

    `inbox` are last year's workbooks, `folder` what their folder is called. They are the whole
    year's, rolled up by this year's indicators. What is typed stays; where it differs it is told.
    Raises CannotConsolidateError when the workbook does not say its year.
    """
    book = result.book
    if book.info.year is None:
        raise CannotConsolidateError(
            f"{book.file}: chưa ghi Năm ở trang Thông tin nên không biết năm trước là năm nào."
        )
    year = book.info.year - 1
    files = by_year(inbox.files, year, means.read_all)
    # In a folder that is said to be last year's, what does not say its year is of it.
    of_year = (*files.get(year, ()), *files.get(NO_YEAR, ()))
    mine = inbox._replace(files=of_year)
    before = consolidate_read(book_of(book, year), mine, WHOLE_YEAR, means, is_past=True)
    coverage = {
        key: (line.reported, line.expected) for key, line in before.lines.items() if line.expected
    }
    filled = {key: _filled(line, before.lines[key]) for key, line in result.lines.items()}
    others = sum(map(len, files.values())) - len(mine.files)
    told = LastYear(year, folder, len(mine.files), coverage)
    found = [
        _worked_out(told, before, others),
        *_differing(result, before),
        *_unreadable(before, folder),
    ]
    issues = in_order([*result.issues, *found])
    return replace(result, lines=filled, last_year=told, issues=issues)


def _worked_out(told: LastYear, before: Consolidation, others: int) -> Issue:
    """The note on where Năm trước comes from; `others` are workbooks of other years."""
    return issue(
        Code.LAST_YEAR_WORKED_OUT,
        before.book.place(),
        year=told.year,
        folder=Typed(told.folder),
        count=told.file_count,
        others=others,
        reported=before.reported,
        expected=len(before.units),
        errors=sum(item.severity is Severity.ERROR for item in before.issues),
    )


def _filled(line: SummaryLine, before: SummaryLine) -> SummaryLine:
    """A line with last year's figure; what the workbook itself says stays."""
    if line.definition.last_year is not None or before.actual is None:
        return line
    return line._replace(last_year=before.actual)


def _differing(result: Consolidation, before: Consolidation) -> Iterator[Issue]:
    """Where what is typed is not what last year's workbooks come to."""
    sheet = result.book.own
    assert isinstance(sheet, TargetSheet)
    for target in sheet.targets:
        line = before.lines.get(match_key(target.indicator.code))
        typed = target.last_year.value
        if typed is None or line is None or line.actual is None or _agree(typed, line.actual):
            continue
        is_whole = line.is_typed or line.reported == line.expected
        only_grows = line.definition.unit_rule is UnitRule.SUM
        if not is_whole and not (only_grows and line.actual > typed):
            continue  # what is missing of last year may be the difference
        place = sheet.place("last_year", target)
        values = {"value": typed, "found": line.actual}
        yield issue(Code.LAST_YEAR_DIFFERS, place, **values, year=before.book.info.year or 0)


def _agree(typed: Decimal, found: Decimal) -> bool:
    """Whether a typed figure is the one found, as far as its decimals go."""
    exponent = typed.as_tuple().exponent
    assert isinstance(exponent, int)  # figures are finite
    return abs(typed - found) <= Decimal(5).scaleb(min(exponent, 0) - 1)


def _unreadable(before: Consolidation, folder: str) -> Iterator[Issue]:
    """The findings on files of last year's folder that could not be read at all."""
    for item in before.issues:
        place = item.place
        if item.severity is Severity.ERROR and place.file and not place.sheet:
            yield item._replace(place=place._replace(file=f"{folder}/{place.file}"))
