"""A register as read: its rows column by column, cleaned, with the row numbers Excel shows.

Columns, not rows, are worked on: most hold nothing but plain dates, numbers or known choices, and
are taken over in one step.
"""

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from danvan_xl.files.grid import Cell, Grid, column_letter, is_blank
from danvan_xl.reading.headers import (
    NUMBERED_WITHIN,
    TOTAL_WORDS,
    Header,
    date_of,
    numbered_columns,
    text_of,
)
from danvan_xl.reading.register_choices import read_choices
from danvan_xl.reading.register_table import RegisterRows, RegisterValue
from danvan_xl.reading.row_figures import ColumnHabits, read_row
from danvan_xl.reading.stated_shares import pairs_are_right
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.registers import Register, telling_columns
from danvan_xl.vietnamese.numbering_rows import NumberedColumns, is_numbering_row
from danvan_xl.vietnamese.numbers import Bound, CellRole
from danvan_xl.vietnamese.privacy import Ours, Typed, has_personal_number
from danvan_xl.vietnamese.text import match_key

_FIGURES = (Kind.NUMBER, Kind.COUNT)
# Findings on a cell that is taken for blank.
_UNREAD = frozenset(
    (
        Code.NUMBER_UNREADABLE,
        Code.NOT_ONE_NUMBER,
        Code.NUMBER_IS_DATE,
        Code.NUMBER_IS_DITTO,
        Code.NUMBER_IS_ERROR,
        Code.LETTER_IN_NUMBER,
        Code.PAIR_NOT_SHARE,
        Code.MEASURE_IN_CELL,
        Code.PERCENT_NOT_FIGURE,
        Code.DATE_UNREADABLE,
        Code.REGISTER_DAY_UNREADABLE,
        Code.PERSONAL_NUMBER,
    )
)
_BLANKS = ("", None)
# The word of a row of totals stands in one of the first columns and is short.
_FIRST_COLUMNS, _TOTAL_LENGTH = 3, 40
# "Cộng", "Tổng cộng: 3 mô hình", "Tổng tháng 2"; not "Tổng vệ sinh đường thôn".
_TOTAL = re.compile(
    f"(?:{'|'.join(sorted(TOTAL_WORDS, key=len, reverse=True))})"
    rf"(?:$|\d|{'|'.join(map(match_key, ('tháng', 'quý', 'năm', 'cả năm')))})"
)
_TOTAL_STARTS = frozenset("cCtT")
_TOTAL_LETTERS = frozenset("oôổộOÔỔỘ")  # behind the C of Cộng, the T of Tổng


class ReadRegister(NamedTuple):
    """A register and everything that has to be said about reading it."""

    table: RegisterRows
    issues: tuple[Issue, ...]


def read_register(
    grid: Grid, header: Header, register: Register, unit_code: str = ""
) -> ReadRegister:
    """The rows below the header of a register; `unit_code` is that of the unit they belong to.

    A row counts when one of its required cells is filled in; a row of totals does not.
    """
    body = grid.rows[header.row :]
    numbers, rows, issues = _filled_rows(grid, header, register, body)
    table = RegisterRows(
        register=register.name,
        title=grid.title,
        unit_code=unit_code,
        unit_name=grid.unit_name,
        letters=header.letters(),
        rows=numbers,
        columns={},
        file=grid.file,
    )
    raw = _by_column(header, rows)
    columns: dict[str, Sequence[RegisterValue]] = {}
    bounds: dict[str, Mapping[int, Bound]] = {}
    for column in register.sheet.columns:
        cells = raw.get(column.name)
        if cells is None:
            columns[column.name] = [None] * len(rows)
            continue
        if column.kind in _FIGURES:
            context = _Context(table, column, header.columns[column.name], rows)
            read = _figures(context, cells, raw.get(column.measure_column))
            columns[column.name], bounds[column.name] = read.values, read.bounds
            issues += read.issues
        elif column.kind is Kind.DATE:
            columns[column.name] = _days(cells)
            issues += _unreadable_days(table, column, cells)
        elif column.kind is Kind.CHOICE:
            chosen = read_choices(column, cells, partial(table.place, column.name))
            columns[column.name] = chosen.values
            issues += chosen.issues
        else:
            columns[column.name] = cells
    issues += _missing_columns(table, header)
    found = tuple(map(Issue.without_numbers_of_people, issues))
    unread = frozenset(item.place.cell for item in found if item.code in _UNREAD)
    return ReadRegister(table._replace(columns=columns, bounds=bounds, unread=unread), found)


def _missing_columns(table: RegisterRows, header: Header) -> Iterator[Issue]:
    """A warning for each column that figures are made of and the sheet has not."""
    needed = table.form.needed_columns
    for column in table.form.sheet.columns:
        if column.name in needed and column.name not in header.columns and table.rows:
            place = table.at(f"A{header.row}")
            yield issue(Code.COLUMN_MISSING, place, value=Ours(column.header))


def _filled_rows(
    grid: Grid, header: Header, register: Register, body: Sequence[Sequence[Cell]]
) -> tuple[tuple[int, ...], list[Sequence[Cell]], list[Issue]]:
    """The numbers and the cells of the rows that count, and what is said about others."""
    places = [header.columns[name] for name in telling_columns(register) if name in header.columns]
    numbers: list[int] = []
    rows: list[Sequence[Cell]] = []
    issues: list[Issue] = []
    numbered = numbered_columns(header)
    if _is_plain(body, places, numbered):
        return tuple(range(header.row + 1, header.row + 1 + len(body))), list(body), issues
    is_below = False  # a text alone below a gap, and what follows it, is a note or a signature
    for number, row in enumerate(body, start=header.row + 1):
        width = len(row)
        filled = [cell for cell in row if not is_blank(cell)]
        if not filled:
            is_below = True
            continue
        is_below = is_below and len(filled) == 1 and _is_note(filled[0])
        if is_below:
            continue
        if number <= header.row + NUMBERED_WITHIN and is_numbering_row(row, numbered):
            continue
        if _is_total(row):
            at = grid.place(f"A{number}")
            issues.append(issue(Code.REGISTER_TOTAL_ROW, at))
            continue
        if all(place >= width or is_blank(row[place]) for place in places):
            if _has_figures(row, header) and not register.reference:
                at = grid.place(f"{column_letter(places[0])}{number}")
                names = Ours("; ".join(c.header for c in register.sheet.columns if c.required))
                issues.append(issue(Code.REGISTER_ROW_IGNORED, at, fields=names))
            continue
        numbers.append(number)
        rows.append(row)
    return tuple(numbers), rows, issues


def _is_plain(
    body: Sequence[Sequence[Cell]], places: Sequence[int], numbered: NumberedColumns
) -> bool:
    """Whether every row says what it must and none is one of totals: no row needs a look."""
    if not body or len(set(map(len, body))) > 1:
        return False
    if any(is_numbering_row(row, numbered) for row in body[:NUMBERED_WITHIN]):
        return False
    columns = list(zip(*body, strict=True))
    if any(place >= len(columns) for place in places):
        return False
    if any(has_blank(columns[place]) for place in places):
        return False
    return not any(
        _says_total(word)
        for column in columns[:_FIRST_COLUMNS]
        for word in column
        if type(word) is str
        and word[1:2] in _TOTAL_LETTERS
        and (word[0] in _TOTAL_STARTS or not word[0].isascii())  # there are full-width letters
        and len(word) < _TOTAL_LENGTH
    )


def has_blank(cells: Sequence[RegisterValue]) -> bool:
    """Whether one of many cells shows nothing; quick where none does."""
    texts = [cell for cell in cells if type(cell) is str]
    return "" in texts or None in cells or any(map(str.isspace, texts))


def _is_note(cell: Cell) -> bool:
    """Whether a cell that stands alone holds words, not a day."""
    return isinstance(cell, str) and date_of(cell) is None


def _has_figures(row: Sequence[Cell], header: Header) -> bool:
    """Whether a row that names nothing holds a number or a day all the same."""
    return any(
        place < len(row) and not is_blank(row[place]) and not isinstance(row[place], str)
        for place in header.columns.values()
    )


def _is_total(row: Sequence[Cell]) -> bool:
    words = (cell for cell in row[:_FIRST_COLUMNS] if isinstance(cell, str))
    return any(len(word) < _TOTAL_LENGTH and _says_total(word) for word in words)


def _says_total(text: str) -> bool:
    """Whether a text is "Cộng", "Tổng tháng 2" or "Tổng cộng: 3 mô hình"."""
    return _TOTAL.match(match_key(re.split("[:(]", text)[0])) is not None


def _by_column(header: Header, rows: Sequence[Sequence[Cell]]) -> dict[str, Sequence[Cell]]:
    """The cells of every known column, "" where a row is shorter."""
    if len(set(map(len, rows))) <= 1 and rows:
        columns = list(zip(*rows, strict=True))
        return {
            name: columns[place] if place < len(columns) else ("",) * len(rows)
            for name, place in header.columns.items()
        }
    return {
        name: [row[place] if place < len(row) else "" for row in rows]
        for name, place in header.columns.items()
    }


class _Context(NamedTuple):
    """A column of figures: its register, its form, where it stands, and the rows around it."""

    table: RegisterRows
    column: Column
    at: int
    rows: Sequence[Sequence[Cell]]


class _ReadFigures(NamedTuple):
    values: list[RegisterValue]
    bounds: dict[int, Bound]
    issues: list[Issue]


def _figures(
    context: _Context, cells: Sequence[Cell], measures: Sequence[Cell] | None
) -> _ReadFigures:
    """The figures of a column; only cells that are no plain number are looked at closely."""
    if (plain := _plain_figures(cells)) is not None:
        return _ReadFigures(plain, {}, [])
    read = _ReadFigures([], {}, [])
    habits = ColumnHabits(context.rows)
    table, column = context.table, context.column
    for position, cell in enumerate(cells):
        if cell in _BLANKS:
            read.values.append(None)
            continue
        if type(cell) is float and math.isfinite(cell):
            read.values.append(cell)
            continue
        if isinstance(cell, str) and _is_telephone(cell):
            read.values.append(None)
            place = table.place(column.name, position)
            read.issues.append(issue(Code.PERSONAL_NUMBER, place, field=Ours(column.header)))
            continue
        measure = column.measure or (text_of(measures[position]) if measures else "")
        at = (table.at(""), table.rows[position])
        row = read_row(
            context.rows[position], (context.at,), at, measure, habits, role=CellRole.REGISTER
        )
        figure = row.figures[context.at]
        read.issues.extend((*row.issues, *pairs_are_right(row.shares, at)))
        read.values.append(None if figure.value is None else float(figure.value))
        if figure.bound:
            read.bounds[position] = figure.bound
    return read


def _is_telephone(text: str) -> bool:
    """Whether digits where a figure belongs begin with 0 or +84 and are that many."""
    return text.strip().lstrip("('").startswith(("0", "+84")) and has_personal_number(text)


def _plain_figures(cells: Sequence[Cell]) -> list[RegisterValue] | None:
    """The figures of a column of plain numbers and blanks, None when there is more to it."""
    if not set(map(type, cells)) <= {float, str}:
        return None
    figures = [cell for cell in cells if type(cell) is float]
    if len(figures) + cells.count("") < len(cells) or not math.isfinite(sum(figures)):
        return None
    return [None if cell == "" else cell for cell in cells]


def _days(cells: Sequence[Cell]) -> list[RegisterValue]:
    if set(map(type, cells)) == {dt.date}:  # mostly
        return list(cells)
    return [
        cell if type(cell) is dt.date else None if cell in _BLANKS else date_of(cell)
        for cell in cells
    ]


def _unreadable_days(table: RegisterRows, column: Column, cells: Sequence[Cell]) -> Iterator[Issue]:
    if all(type(cell) is dt.date or cell == "" for cell in {*cells}):
        return
    form = table.form
    is_counted_by = column.name in (form.date, form.begins, form.ends)
    code = Code.REGISTER_DAY_UNREADABLE if is_counted_by else Code.DATE_UNREADABLE
    for position, cell in enumerate(cells):
        if type(cell) is dt.date or is_blank(cell) or date_of(cell) is not None:
            continue
        place = table.place(column.name, position)
        values = {"value": Typed(text_of(cell)), "field": Ours(column.header)}
        yield issue(code, place, **values)
