"""Headings above or below the month columns: each month may have a column KH and one TH."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from danvan_xl.files.grid import Cell, Grid, cell_name, is_blank
from danvan_xl.reading.header_words import year_in
from danvan_xl.reading.headers import Header
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import MONTH_NAMES, TARGETS
from danvan_xl.vietnamese.privacy import Ours
from danvan_xl.vietnamese.text import bare_key
from danvan_xl.vietnamese.word_lists import word_lists

_FILE = "dau-cot.toml"
_NAMES = ("code", "indicator", "measure")
_LONGEST = 40


def with_bands(grid: Grid, header: Header) -> Header:
    """The header with each month where the headings around it say its actual figures stand.

    A month of which no column says so, or of the columns below it several do, is left out.
    """
    months = {name: at for name, at in header.columns.items() if name in MONTH_NAMES}
    if header.sheet is not TARGETS or not months:
        return header
    if header.row > 1 and (others := _under_others(grid.rows[header.row - 2], header, months)):
        found = _not_among(others, header, months)
        doubled = tuple(
            (name, at) for name, at in header.repeated if at not in {*others, *found.values()}
        )
        return replace(_with_months(header, months, found), repeated=doubled)
    below = grid.rows[header.row] if header.row < len(grid.rows) else ()
    if _is_heading(below, header, months):
        found = {name: _place_under(header, below, at) for name, at in months.items()}
        return replace(_with_months(header, months, found), sub_rows=1)
    return header


def _with_months(header: Header, months: Mapping[str, int], found: Mapping[str, int]) -> Header:
    columns = {name: at for name, at in header.columns.items() if name not in months}
    columns |= {name: at for name, at in found.items() if at >= 0}
    return replace(header, columns=columns, months_headed=months)


def band_issues(grid: Grid, header: Header) -> Iterator[Issue]:
    """What is said of months that have columns of several kinds."""
    read = {
        name: header.columns[name]
        for name, at in header.months_headed.items()
        if header.columns.get(name, at) != at
    }
    if read:
        yield _said(Code.MONTHS_IN_BANDS, grid, header, read)
    lost = {name: at for name, at in header.months_headed.items() if name not in header.columns}
    if lost:
        yield _said(Code.MONTHS_UNCLEAR, grid, header, lost)


def _said(code: Code, grid: Grid, header: Header, months: Mapping[str, int]) -> Issue:
    cells = [cell_name(header.row, at) for at in months.values()]
    words = [TARGETS[name].header for name in months]
    values = {"cells": Ours(", ".join(cells)), "months": Ours(", ".join(words))}
    return issue(code, grid.place(cells[0]), **values)


def _under_others(row: Sequence[Cell], header: Header, months: Mapping[str, int]) -> frozenset[int]:
    """The columns of months under a heading, in the row above, of plans or of another year."""
    first = min(months.values())
    headings = {at: cell for at, cell in enumerate(row) if at >= first and not is_blank(cell)}
    found: set[int] = set()
    for name, at in (*months.items(), *header.repeated):
        over = max((start for start in headings if start <= at), default=-1)
        heading = headings.get(over)
        if name in months and isinstance(heading, str) and _is_of_others(heading, header.year):
            found.add(at)
    return frozenset(found)


def _is_of_others(heading: str, year: int | None) -> bool:
    key = bare_key(heading, " ")
    if len(heading) > _LONGEST:
        return False
    if _starts("ke_hoach").match(key):
        return _starts("ket_qua").search(key) is None  # "Kế hoạch và kết quả" is a title
    is_of_year = _starts("nhom").match(key) is not None or _starts("nam").match(key) is not None
    return is_of_year and year is not None and year_in(heading) not in (None, year)


def _not_among(
    others: Collection[int], header: Header, months: Mapping[str, int]
) -> dict[str, int]:
    """The first column of each month that is not one of `others`; -1 where all are."""
    found = dict.fromkeys(months, -1)
    for name, at in (*reversed(header.repeated), *months.items()):
        if name in months and at not in others:
            found[name] = at
    return found


def _is_heading(row: Sequence[Cell], header: Header, months: Mapping[str, int]) -> bool:
    """Whether a row holds nothing but words, some of which are headings below a month."""
    if any(not is_blank(_cell(row, header.columns.get(name, -1))) for name in _NAMES):
        return False
    if not all(isinstance(cell, str) or cell is None for cell in row):
        return False
    spans = [at for start in months.values() for at in _span(header, start)]
    return any(_is_known(_cell(row, at)) for at in spans)


def _place_under(header: Header, row: Sequence[Cell], start: int) -> int:
    """The column under a month for its actual figures; -1 where that is not told."""
    filled = [at for at in _span(header, start) if not is_blank(_cell(row, at))]
    actual = [at for at in filled if bare_key(str(row[at]), " ") in _actual()]
    if len(actual) == 1:
        return actual[0]
    is_plain = not filled or (filled == [start] and not _is_known(row[start]))
    return start if is_plain else -1


def _span(header: Header, start: int) -> range:
    """The columns from a heading on over which nothing else stands."""
    rest = (at for at in range(start + 1, len(header.texts)) if header.texts[at])
    return range(start, next(rest, len(header.texts)))


def _is_known(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return False
    key = bare_key(cell, " ")
    return key in _actual() or "%" in cell or _starts("khac").match(key) is not None


@lru_cache(maxsize=1)
def _actual() -> frozenset[str]:
    return frozenset(word_lists(_FILE)["thuc_hien"])


@lru_cache(maxsize=8)
def _starts(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(word_lists(_FILE)[name])})\b")


def _cell(row: Sequence[Cell], at: int) -> Cell:
    return row[at] if 0 <= at < len(row) else None
