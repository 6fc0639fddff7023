"""Năm trước worked out from last year's workbooks, for `tong-hop --nam-truoc`."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from danvan_xl.consolidation import (
    CannotConsolidateError,
    Consolidation,
    LastYear,
    consolidate_read,
    in_order,
)
from danvan_xl.issues import Issue, Place, issue
from danvan_xl.messages import Code, Severity
from danvan_xl.past import NO_YEAR, WHOLE_YEAR, book_of, by_year
from danvan_xl.received import Inbox
from danvan_xl.records import TargetSheet
from danvan_xl.rollup import Line
from danvan_xl.rules import UnitRule
from danvan_xl.show import vietnamese_number
from danvan_xl.text import match_key
from danvan_xl.workers import ReadAll


def with_last_year(
    result: Consolidation, inbox: Inbox, folder: str, read_all: ReadAll
) -> Consolidation:
    """Return the consolidation with last year's figures where the workbook has none typed.

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
    files = by_year(inbox.files, year, read_all)
    # In a folder that is said to be last year's, what does not say its year is of it.
    of_year = (*files.get(year, ()), *files.get(NO_YEAR, ()))
    mine = Inbox(of_year, inbox.issues, inbox.journal)
    before = consolidate_read(book_of(book, year), mine, WHOLE_YEAR, read_all, is_past=True)
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
    named = [item.within(book.file, book.info.unit_name) for item in found]
    issues = in_order([*result.issues, *named])
    return replace(result, lines=filled, last_year=told, issues=issues)


def _worked_out(told: LastYear, before: Consolidation, others: int) -> Issue:
    """Return the note on where Năm trước comes from; `others` are workbooks of other years."""
    return issue(
        Code.LAST_YEAR_WORKED_OUT,
        Place(before.book.file),
        year=told.year,
        folder=told.folder,
        count=told.file_count,
        others=others,
        reported=before.reported,
        expected=len(before.units),
        errors=sum(item.severity is Severity.ERROR for item in before.issues),
    )


def _filled(line: Line, before: Line) -> Line:
    """Return a line with last year's figure; what the workbook itself says stays."""
    if line.definition.last_year is not None or before.actual is None:
        return line
    return line._replace(last_year=before.actual)


def _differing(result: Consolidation, before: Consolidation) -> Iterator[Issue]:
    """Yield where what is typed is not what last year's workbooks come to."""
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
        place = Place(sheet=sheet.title, cell=sheet.cell("last_year", target))
        values = {"value": vietnamese_number(typed), "found": vietnamese_number(line.actual)}
        yield issue(Code.LAST_YEAR_DIFFERS, place, **values, year=before.book.info.year)


def _agree(typed: Decimal, found: Decimal) -> bool:
    """Whether a typed figure is the one found, as far as its decimals go."""
    exponent = typed.as_tuple().exponent
    assert isinstance(exponent, int)  # figures are finite
    return abs(typed - found) <= Decimal(5).scaleb(min(exponent, 0) - 1)


def _unreadable(before: Consolidation, folder: str) -> Iterator[Issue]:
    """Yield the findings on files of last year's folder that could not be read at all."""
    for item in before.issues:
        place = item.place
        if item.severity is Severity.ERROR and place.file and not place.sheet:
            yield item._replace(place=place._replace(file=f"{folder}/{place.file}"))
