"""Which indicator a row is that has lost its code, or whose code a spreadsheet has changed."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from danvan_xl.files.grid import Cell
from danvan_xl.reading.headers import date_of, text_of
from danvan_xl.reading.known_rows import (
    KnownRow,
    KnownRows,
    headings_of,
    level_of,
    name_is_among,
)
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import TARGETS
from danvan_xl.vietnamese.indicator_names import is_one_name, name_key
from danvan_xl.vietnamese.printed import listed, show_date
from danvan_xl.vietnamese.privacy import Attributed, Ours, Typed
from danvan_xl.vietnamese.text import match_key

_MOST_NAMED = 12
_DAY = re.compile(r"\d{1,2}/\d{1,2}/(?:19|20)\d\d")


class NamedRow(NamedTuple):
    """A row below the header as far as it tells which indicator it is.

    `code` is the cell as it is kept; `at` the place of that cell, `work_field` what the row or the
    heading above it says. `has_figures` tells that something stands where figures belong,
    `is_field` that it is the heading of a field.
    """

    number: int
    code: Cell
    name: str
    at: Place
    has_figures: bool = False
    work_field: str = ""
    is_field: bool = False

    @property
    def text(self) -> str:
        """What the cell of the code says."""
        return text_of(self.code)


class RowCodes(NamedTuple):
    """The codes of rows by their number, "" of those that do not count; the rest is as written."""

    codes: Mapping[int, str]
    issues: tuple[Issue, ...] = ()


AS_WRITTEN = RowCodes({})


def codes_of_rows(rows: Sequence[NamedRow], known: KnownRows, *, has_column: bool) -> RowCodes:
    """The codes of the rows of a sheet that do not have their own any more.

    `has_column` tells that the sheet has a column for codes; one without any in it has none.
    """
    coded = [row for row in rows if row.text and not row.is_field and not is_day(row.code)]
    written = {match_key(row.text): row.number for row in reversed(coded)}
    codes: dict[int, str] = {}
    issues: list[Issue] = []
    for row in rows:
        if _is_as_typed(row) or row.text == "" or not row.has_figures:
            continue
        found = _changed(row, known, written)
        issues += found.issues
        codes |= found.codes
    bare = [row for row in rows if row.name and row.text == "" and row.has_figures]
    lost = _Lost(rows, known, written)
    named = lost.found(bare)
    codes |= dict.fromkeys((row.number for row in bare), "")
    codes |= named.codes
    issues += named.issues
    told = {number for number in named.codes if not named.codes[number]}
    unknown = [row for row in bare if row.number not in named.codes]
    taken = {row.number: named.codes[row.number] for row in bare if row.number in named.codes}
    if not has_column or (len(bare) > 1 and not written):
        issues += _one_account(bare, taken, unknown, told)
        return RowCodes(codes, tuple(issues))
    for row in bare:
        if row in unknown:
            issues.append(issue(Code.CODE_MISSING, row.at, value=Typed(row.name)))
        elif code := taken[row.number]:
            values = {"value": Typed(row.name), "code": Typed(code)}
            issues.append(issue(Code.CODE_BY_NAME, row.at, **values))
    return RowCodes(codes, tuple(issues))


def _is_as_typed(row: NamedRow) -> bool:
    """Whether a code is as somebody typed it: text, and none that says a day."""
    return type(row.code) is str and not is_day(row.code)


def is_day(cell: Cell) -> bool:
    """Whether a code is a day with its year, also one that became text."""
    return isinstance(cell, dt.date) or (type(cell) is str and _DAY.fullmatch(cell) is not None)


def _one_account(
    bare: Sequence[NamedRow],
    taken: Mapping[int, str],
    unknown: Sequence[NamedRow],
    told: set[int],
) -> Iterator[Issue]:
    """One finding for a column that is gone: which rows its indicators stand in by their names."""
    found = [f"dòng {row.number} là {taken[row.number]}" for row in bare if taken.get(row.number)]
    column = Ours(TARGETS["code"].header)
    if lost := [row for row in unknown if row.number not in told]:
        names = [f"dòng {row.number} '{row.name}'" for row in lost]
        said = f" Nhận ra theo tên: {listed(found, _MOST_NAMED, 'dòng')}." if found else ""
        values: dict[str, Attributed] = {"rows": Typed(listed(names, _MOST_NAMED, "dòng"))}
        yield issue(
            Code.CODES_LOST,
            lost[0].at,
            column=column,
            count=len(lost),
            hint=Typed(said),
            **values,
        )
    elif found:
        rows = Typed(listed(found, _MOST_NAMED, "dòng"))
        yield issue(Code.CODES_BY_NAME, bare[0].at, column=column, rows=rows)


def _changed(row: NamedRow, known: KnownRows, written: Mapping[str, int]) -> RowCodes:
    """The code of a row that a spreadsheet has kept as a day or as a number."""
    cell = row.code
    day = _day_of(cell, known)
    if day is not None:
        if known.coded(row.text) is not None:  # changed in the list itself, which is told there
            return AS_WRITTEN
        meant = known.of_day(day)
        return _restored(row, meant, known, written, became=f"ngày {show_date(day)}", day=day)
    if not isinstance(cell, float):
        return AS_WRITTEN
    meant = known.of_number(cell)
    exact = known.coded(row.text)
    if not meant or meant == (exact,):
        return AS_WRITTEN
    if exact is not None and _is_that_row(row.name, exact, meant):
        return AS_WRITTEN
    return _restored(row, meant, known, written, became=f"số {row.text}")


def _is_that_row(name: str, exact: KnownRow, meant: Sequence[KnownRow]) -> bool:
    """Whether the name says which of the rows that are one number it is: the one it shows."""
    named = [row for row in meant if name and is_one_name(name, row.name)]
    return named == [exact]


def _day_of(cell: Cell, known: KnownRows) -> dt.date | None:
    """The day a code has become; a number of the calendar only where it is no known code."""
    if is_day(cell):
        return date_of(cell)
    if isinstance(cell, float) and known.rows and not known.of_number(cell):
        day = date_of(cell)
        return day if day is not None and known.of_day(day) else None
    return None


def _restored(
    row: NamedRow,
    meant: Sequence[KnownRow],
    known: KnownRows,
    written: Mapping[str, int],
    *,
    became: str,
    day: dt.date | None = None,
) -> RowCodes:
    """What a changed code was: counted where nothing else can be meant and the name agrees."""
    free = [item for item in meant if item.key not in written]
    named = [item for item in free if row.name and is_one_name(row.name, item.name)]
    if len(meant) == 1 and named:
        values = {"code": Typed(meant[0].code), "became": Ours(became)}
        found = issue(Code.CODE_RESTORED, row.at, **values)
        return RowCodes({row.number: meant[0].code}, (found,))
    likely = (named if len(named) == 1 else free) or known.called(row.name)
    hint = " hoặc ".join(f"'{item.code}'" for item in likely)
    typed = likely[0].code if len(free) == 1 or len(named) == 1 else "mã"
    if day is not None and not free:
        typed = f"mã dạng {day.day}-{day.month}"
    values = {"code": Typed(typed), "became": Ours(became)}
    values["hint"] = Typed(f" Có phải {hint}?" if hint else "")
    # A day is no known code, and so counts for nothing; a number may be that of another row.
    codes = {} if day is not None else {row.number: ""}
    return RowCodes(codes, (issue(Code.CODE_CHANGED, row.at, **values),))


class _Lost:
    """Rows without a code among all rows of their sheet, and what their names tell."""

    def __init__(
        self, rows: Sequence[NamedRow], known: KnownRows, written: Mapping[str, int]
    ) -> None:
        self._rows, self._known, self._written = rows, known, written

    def found(self, bare: Sequence[NamedRow]) -> RowCodes:
        """The codes by name; "" for rows of one name that nothing tells apart."""
        alike: dict[tuple[KnownRow, ...], list[NamedRow]] = {}
        for row in bare:
            if meant := self._known.called(row.name):
                alike.setdefault(meant, []).append(row)
        codes: dict[int, str] = {}
        issues: list[Issue] = []
        for meant, rows in alike.items():
            told = self._told_apart(rows, meant)
            if told is None:
                codes |= dict.fromkeys((row.number for row in rows), "")
                issues.append(_not_told_apart(rows, meant))
                continue
            for number, code in told.items():
                codes[number] = code
                if (first := self._written.get(match_key(code))) is not None:
                    at = next(row.at for row in rows if row.number == number)
                    issues.append(issue(Code.CODE_REPEATED, at, value=Typed(code), first=first))
                    codes[number] = ""
        return RowCodes(codes, tuple(issues))

    def _told_apart(
        self, rows: Sequence[NamedRow], meant: Sequence[KnownRow]
    ) -> dict[int, str] | None:
        """The code of each row of one name, None where that is not certain of all of them."""
        if len(rows) == len(meant) == 1:
            return {rows[0].number: meant[0].code}
        found = {row.number: self._by_headings(row, meant) for row in rows}
        known = [code for code in found.values() if code]
        if len(set(known)) < len(known) or not known:
            return None
        if len(known) < len(rows) and len(meant) > 1:
            return None
        return {number: code for number, code in found.items() if code}

    def _by_headings(self, row: NamedRow, meant: Sequence[KnownRow]) -> str:
        """The code of the row whose heading stands above, "" where none is."""
        heads = {item.code: headings_of(item, self._known) for item in meant}
        above = [other for other in self._rows if other.number < row.number and other.name]
        level, key = level_of(row.name), name_key(row.name)
        for other in reversed(above):
            if other.is_field or name_key(other.name) == key:
                break
            if level > 0 and level_of(other.name) >= level:
                continue
            under = [code for code, names in heads.items() if name_is_among(other.name, names)]
            if len(under) == 1:
                return under[0]
            is_row = level == 0 and other.has_figures and self._known.called(other.name)
            if not under and not is_row:
                return ""
            level = min(level, level_of(other.name))
        return self._by_field(row, meant)

    def _by_field(self, row: NamedRow, meant: Sequence[KnownRow]) -> str:
        """The code of the only row of its Lĩnh vực, where no heading stands between."""
        same = [item for item in meant if item.work_field and item.work_field == row.work_field]
        return same[0].code if len(same) == 1 else ""


def _not_told_apart(rows: Sequence[NamedRow], meant: Sequence[KnownRow]) -> Issue:
    cells = listed([row.at.cell for row in rows], _MOST_NAMED, "ô")
    codes = listed([item.code for item in meant], _MOST_NAMED, "mã")
    values = {"value": Typed(rows[0].name), "codes": Typed(codes), "cells": Ours(cells)}
    return issue(Code.NAMES_ALIKE, rows[0].at, **values)
