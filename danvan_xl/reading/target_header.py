"""The header of a sheet of targets: which columns are of the year, and what is said of the rest."""

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import replace

from danvan_xl.files.cells_xml import Hidden
from danvan_xl.files.grid import Cell, Grid, column_letter
from danvan_xl.reading.header_words import loose_name, words_in_brackets, year_in
from danvan_xl.reading.headers import Header, has_one_of, text_of
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import TARGETS
from danvan_xl.vietnamese.measures import Likeness, compare_measures, is_measure
from danvan_xl.vietnamese.printed import listed
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import bare_key, closest, tidy

# Columns without which a table still counts but the officer should know.
_WANTED = ("code", "measure", "plan")
_MOST_HIDDEN = 12
_RESULT_OF_YEAR = re.compile(r"(th|thuc hien|ket qua|kq)( thuc hien)?( ca)?( nam)? ?(19|20)\d\d")
_MEASURE_LINE = re.compile(
    r"\(?(?:ĐVT|Đơn vị tính)\s*:\s*(?P<measure>[^:()]{1,30}?)\s*\)?", re.IGNORECASE
)
_RUNNING_TOTAL = re.compile(
    r"(th|thuc hien|ket qua|kq|ket qua thuc hien|uoc thuc hien|luy ke|cong don)"
    r"( (den|tu dau nam|[369] thang|quy|ca nam|trong nam|nam).*)?"
    r"|(?!ty le|so sanh).*\b(luy ke|cong don|tu dau nam|t ?\d+ (den )?t ?\d+)\b.*"
    r"|((tong|cong) )?\d+ thang( dau nam)?"
)


def for_year(header: Header, year: int | None) -> Header:
    """The header without columns of other years, and with last year's result as such."""
    texts = header.texts
    kept = [pair for pair in header.loosely if year_in(texts[pair[1]]) in (None, year)]
    turned_down = {index for name, index in header.loosely if (name, index) not in kept}
    said = (0, _year_of(header, year))
    turned_down |= {month.column for month in header.dated if month.year not in said}
    known = {name: at for name, at in header.columns.items() if at not in turned_down}
    known |= {month.name: month.column for month in header.dated if month.year in said}
    extras = header.extras | {index: texts[index] for index in turned_down}
    meant: dict[str, list[int]] = {}
    for index, text in extras.items():
        if (name := _of_year(text, year)) is not None and name not in known:
            meant.setdefault(name, []).append(index)
    kept += [(name, found[0]) for name, found in meant.items() if len(found) == 1]
    columns = known | dict(kept)
    taken = set(columns.values())
    rest = {index: text for index, text in extras.items() if index not in taken}
    return replace(header, columns=columns, extras=rest, loosely=tuple(kept), year=year)


def _year_of(header: Header, year: int | None) -> int | None:
    """The year of days that head months: the workbook's, else the only one they have."""
    years = {month.year for month in header.dated} - {0}
    return next(iter(years)) if year is None and len(years) == 1 else year


def _of_year(text: str, year: int | None) -> str | None:
    """The column that a header with a year means in a workbook of `year`."""
    written = year_in(text)
    if written is None or year is None:
        return None
    if written == year - 1 and _RESULT_OF_YEAR.fullmatch(_plain(text)):
        return "last_year"
    return loose_name(TARGETS, text) if written == year else None


def meant_in_year(text: str, year: int) -> str:
    """The column that a header means in a list for a year; "" where it means none."""
    if year_in(text) is None:
        return loose_name(TARGETS, text) or ""
    return _of_year(text, year) or ""


def header_issues(grid: Grid, header: Header, without: Container[str] = ()) -> Iterator[Issue]:
    """What is wrong with the header row itself, and how columns were understood.

    Nothing is said of columns that are missing and told `without`.
    """
    for name in _WANTED:
        if name not in header.columns and name not in without:
            place = grid.place(f"A{header.row}")
            yield issue(Code.COLUMN_MISSING, place, value=Ours(TARGETS[name].header))
    for name, index in header.repeated:
        value = Ours(TARGETS[name].header)
        yield issue(Code.COLUMN_REPEATED, _at(grid, header, index), value=value)
    yield from loose_columns(grid, header)
    yield from _other_months(grid, header)
    of_others = _months_of_other_years(header)
    if of_others:
        yield _other_years(grid, header, of_others)
    for index, text in header.extras.items():
        if index in of_others:
            continue
        if _RUNNING_TOTAL.fullmatch(_plain(text)):
            yield issue(Code.COLUMN_RUNNING_TOTAL, _at(grid, header, index), value=Typed(text))
        elif (meant := _meant(text, header)) is not None:
            values = {"value": Typed(text), "meant": Ours(meant)}
            yield issue(Code.COLUMN_UNREAD, _at(grid, header, index), **values)


def _other_months(grid: Grid, header: Header) -> Iterator[Issue]:
    """A note on the columns that were taken for months, though they are not headed as such."""
    for code, names in (
        (Code.MONTHS_BY_DATE, {month.name for month in header.dated}),
        (Code.MONTHS_BY_NUMBER, header.numbered),
    ):
        read = [name for name in TARGETS.one_of if name in names and name in header.columns]
        if read:
            places = [_at(grid, header, header.columns[name]) for name in read]
            cells = Ours(", ".join(place.cell for place in places))
            months = Ours(", ".join(TARGETS[name].header for name in read))
            yield issue(code, places[0], cells=cells, months=months)


def _months_of_other_years(header: Header) -> dict[int, int]:
    """The columns of months of another year, by their year; none where the sheet's own are there.

    Those of last year may well stand beside them.
    """
    headed = {**header.columns, **header.months_headed}
    dated = {month.column: (month.name, month.year) for month in header.dated if month.year}
    written = {
        at: (name, of)
        for at, text in header.extras.items()
        if (of := year_in(text)) is not None and (name := loose_name(TARGETS, text)) is not None
    }
    others = {
        at: (name, of)
        for at, (name, of) in sorted((written | dated).items())
        if name in TARGETS.one_of and headed.get(name) != at
    }
    if any(name in headed for name, _ in others.values()):
        return {}
    return {at: of for at, (_, of) in others.items()}


def _other_years(grid: Grid, header: Header, others: Mapping[int, int]) -> Issue:
    """The warning that months of other years are not read."""
    places = [_at(grid, header, at) for at in others]
    values = {
        "cells": Ours(", ".join(place.cell for place in places)),
        "years": Ours(", ".join(str(of) for of in sorted(set(others.values())))),
        "year": Ours(header.year or "chưa ghi"),
    }
    return issue(Code.MONTHS_OF_OTHER_YEARS, places[0], **values)


def loose_columns(grid: Grid, header: Header) -> Iterator[Issue]:
    """A note on each column whose header is not written as in the form, but was read."""
    for name, index in header.loosely:
        values = {"value": Typed(header.texts[index]), "used": Ours(header.sheet[name].header)}
        yield issue(Code.COLUMN_LOOSELY, _at(grid, header, index), **values)


def _meant(text: str, header: Header) -> str | None:
    """The column a header may mean: by its words without a year, or a missing one."""
    if (name := loose_name(TARGETS, text)) is not None:
        is_other_year = name in header.columns and year_in(text) not in (None, header.year)
        return None if is_other_year else TARGETS[name].header
    # Columns that most forms lack are meant only where they are named.
    missing = [
        column.header
        for column in TARGETS.columns
        if column.name not in header.columns and not column.goes_up
    ]
    by_key = {bare_key(label): label for label in missing if len(label) > 2}
    found = closest(bare_key(text), by_key)
    return None if found is None else by_key[found]


def measure_above(grid: Grid, header: Header) -> str:
    """The measure that a line above the table gives to all its rows, "" where none does."""
    for row in grid.rows[: header.row - 1]:
        for cell in row:
            if isinstance(cell, str) and (match := _MEASURE_LINE.fullmatch(tidy(cell))):
                return match["measure"]
    return ""


def measures_in(header: Header) -> dict[int, str]:
    """The measures that headers say in brackets, as in "Kế hoạch (triệu đồng)"."""
    said = {index: words_in_brackets(header.texts[index]) for _, index in header.loosely}
    return {index: words for index, words in said.items() if is_measure(words)}


def other_measures(said: Mapping[int, str], measure: str) -> dict[int, str]:
    """Those columns whose header says another measure than a row has."""
    return {
        index: words
        for index, words in said.items()
        if measure and compare_measures(words, measure) is Likeness.DIFFERENT_SCALE
    }


def _plain(text: str) -> str:
    return bare_key(text, " ")


def _at(grid: Grid, header: Header, index: int) -> Place:
    return grid.place(f"{column_letter(index)}{header.row}")


def header_repeats(header: Header) -> Callable[[Sequence[Cell]], bool | None]:
    """What tells of a row whether it is the header once more, of a table below.

    It answers False when its columns differ, None when it is none.
    """
    others = {*(month.name for month in header.dated), *header.numbered}
    words = (name for name in TARGETS.one_of if name not in others)
    marks = (header.columns.get(name) for name in (*words, "indicator"))
    mark = next((header.texts[at] for at in marks if at is not None), "")  # none of another year
    return lambda row: _again(row, header) if mark and mark in row else None


def _again(row: Sequence[Cell], header: Header) -> bool | None:
    names = {index: loose_name(TARGETS, text_of(cell)) for index, cell in enumerate(row) if cell}
    if not set(TARGETS.signature) <= set(names.values()):
        return None
    if not header.dated and not header.numbered and not has_one_of(TARGETS, set(names.values())):
        return None
    return all(
        names.get(index) == name or text_of(row[index]) == header.texts[index]
        for name, index in header.columns.items()
        if index < len(row)
    )


def hidden_words(header: Header, hidden: Hidden) -> str:
    """What is hidden of a table in words, "" when nothing; the form hides some itself."""
    by_form = {
        header.letters().get(column.name)
        for column in TARGETS.columns
        if column.technical or column.optional
    }
    columns = [letter for letter in hidden.columns if letter not in by_form]
    parts = ("hàng", hidden.rows), ("cột", columns)
    lists = ((word, listed(names, _MOST_HIDDEN, "chỗ")) for word, names in parts if names)
    return "; ".join(f"{word} {names}" for word, names in lists)
