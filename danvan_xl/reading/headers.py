"""From a neutral grid to a declared sheet: the header row is found wherever it stands."""

import datetime as dt
import math
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from danvan_xl.files.grid import HEAD_ROWS, Cell, Grid, cell_name, column_letter, is_blank
from danvan_xl.reading.header_words import labels_of, loose_name
from danvan_xl.reading.month_headers import MonthOfYear, months_by_date, months_by_number
from danvan_xl.schema.columns import Column, Form, Kind, Sheet
from danvan_xl.vietnamese.days import parse_day
from danvan_xl.vietnamese.numbering_rows import NumberedColumns, is_numbering_row, may_number
from danvan_xl.vietnamese.text import bare_key, match_key, tidy

# No label of a form is longer.
_LABEL_LENGTH = 40
_FEWEST_LABELS = 2
_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(36526, 73051)  # the days of 2000 to 2099, where a date was made a number
_LABEL_COLUMNS = 6
TOTAL_WORDS = frozenset(map(match_key, ("Cộng", "Tổng", "Tổng cộng", "Tổng số", "Cộng chung")))
NUMBERED_WITHIN = 5  # rows below a header in which any row may number its columns
_NAMES = ("indicator", "unit_name")


@dataclass(frozen=True, slots=True)
class Header:
    """Where a sheet's header row stands (`row` as Excel numbers it) and its columns (0-based).

    `extras` are header cells the form does not know, by position: other columns, or unit codes.
    `repeated` are cells whose header was already taken by a column further left; `loosely` are
    columns whose header is not written as in the form, but means one column without doubt;
    `texts` are all its cells, with what stands above them where it has several rows; `year` is the
    workbook's, where it is known and headers may name it. `dated` are month columns headed by a
    day, of any year, and `numbered` those headed by a number. `months_headed` are the columns
    that say the months, where headings around them tell in which columns the figures stand; the
    data begin `sub_rows` lower.
    """

    sheet: Sheet
    row: int
    columns: dict[str, int]
    extras: dict[int, str] = field(default_factory=dict)
    repeated: tuple[tuple[str, int], ...] = ()
    loosely: tuple[tuple[str, int], ...] = ()
    texts: tuple[str, ...] = ()
    year: int | None = None
    dated: tuple[MonthOfYear, ...] = ()
    numbered: Mapping[str, int] = field(default_factory=dict)
    months_headed: Mapping[str, int] = field(default_factory=dict)
    sub_rows: int = 0

    def letters(self) -> dict[str, str]:
        """The column letters by column name."""
        return {name: column_letter(index) for name, index in self.columns.items()}


class LabelledValue(NamedTuple):
    """The value beside a label, and where it stands; `label` is one that was read loosely.

    `at` is the row Excel shows and the 0-based column.
    """

    value: Cell
    cell: str
    label: str = ""
    at: tuple[int, int] = (0, 0)


def find_header(grid: Grid, sheets: Sequence[Sheet], rows: int = HEAD_ROWS) -> Header | None:
    """The first of `rows` rows that is a header, as that of the sheet it fits best."""
    known = _known_labels(tuple(sheets))
    for number, row in enumerate(grid.rows[:rows], start=1):
        present = known.intersection(map(match_key, _words(row)))
        if len(present) < _FEWEST_LABELS:
            continue
        fitting = (sheet for sheet in sheets if _has_signature(sheet, present))
        headers = (_header(sheet, number, row, grid.rows[: number - 1]) for sheet in fitting)
        found = [header for header in headers if has_one_of(header.sheet, header.columns)]
        if found:
            return max(found, key=_known_by_words)
    return None


def _known_by_words(header: Header) -> int:
    """How many columns are headed as in the form: units may be numbered as months are."""
    return len(header.columns) - len({month.name for month in header.dated}) - len(header.numbered)


def find_loose_header(grid: Grid, sheet: Sheet, rows: int = HEAD_ROWS) -> Header | None:
    """The first row that means all a sheet is known by, however it is written."""
    meant = [{loose_name(sheet, word) for word in _words(row)} for row in grid.rows[:rows]]
    for number in range(1, len(meant) + 1):
        near = set(chain.from_iterable(meant[max(number - 3, 0) : number]))
        if not near.issuperset(sheet.signature):
            continue
        for row in _with_rows_above(grid, number):
            names = {loose_name(sheet, word) for word in _words(row)}
            if names.issuperset(sheet.signature):
                header = _header(sheet, number, row, grid.rows[: number - 1])
                if has_one_of(sheet, header.columns):
                    return header
    return None


def _with_rows_above(grid: Grid, number: int) -> Iterator[Sequence[Cell]]:
    """A row, then the same with the blanks filled from one and two rows above it.

    The value of merged cells stands in the uppermost of them.
    """
    row = list(grid.rows[number - 1])
    yield row
    for above in (number - 1, number - 2):
        if above < 1:
            return
        upper = grid.rows[above - 1]
        row += [None] * (len(upper) - len(row))
        filled = [
            upper[index] if is_blank(cell) and index < len(upper) else cell
            for index, cell in enumerate(row)
        ]
        row = filled
        yield row


def find_likely_header(grid: Grid, needed: Mapping[Sheet, int], rows: int) -> Header | None:
    """The first row with as many headers of a sheet as it `needed`; None without one."""
    known = _known_labels(tuple(needed))
    for number, row in enumerate(grid.rows[:rows], start=1):
        present = known.intersection(map(match_key, _words(row)))
        if len(present) < _FEWEST_LABELS:
            continue
        for sheet, count in needed.items():
            labels = _header_labels(sheet)
            if len({labels[key] for key in present if key in labels}) >= count:
                return _header(sheet, number, row)
    return None


def _words(row: Sequence[Cell]) -> list[str]:
    """The cells of a row that may be labels."""
    return [cell for cell in row if type(cell) is str and 0 < len(cell) <= _LABEL_LENGTH]


def read_form(grid: Grid, form: Form, *, loosely: bool = False) -> dict[str, LabelledValue]:
    """The values that stand beside the labels of a form, by field name; first label wins.

    `loosely` takes labels without their marks.
    """
    labels = _form_labels(form, loosely=loosely)
    entries: dict[str, LabelledValue] = {}
    for number, row in enumerate(grid.rows[:HEAD_ROWS], start=1):
        for index, cell in enumerate(row[:_LABEL_COLUMNS]):
            if not isinstance(cell, str) or len(cell) > _LABEL_LENGTH:
                continue
            name = labels.get(bare_key(cell) if loosely else match_key(cell))
            if name is not None and name not in entries:
                value = row[index + 1] if index + 1 < len(row) else None
                label = tidy(cell) if loosely else ""
                at = number, index + 1
                entries[name] = LabelledValue(value, cell_name(*at), label, at)
    return entries


def data_rows(grid: Grid, header: Header) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows below a header that hold something, with the number Excel shows for each.

    Those that only number the columns are none.
    """
    columns = numbered_columns(header)
    near = header.row + NUMBERED_WITHIN
    first = header.row + header.sub_rows
    for number, row in enumerate(grid.rows[first:], start=first + 1):
        if all(map(is_blank, row)):
            continue
        if (number <= near or may_number(row, columns)) and is_numbering_row(row, columns):
            continue
        yield number, row


def numbered_columns(header: Header) -> NumberedColumns:
    """What tells a row of numbers under a header from one of figures."""
    kinds = {at: header.sheet[name] for name, at in header.columns.items()}
    named = next((at for at, column in kinds.items() if column.name in _NAMES), -1)
    wordy = {at for at, column in kinds.items() if column.kind in (Kind.CHOICE, Kind.DATE)}
    coded = {at for at, column in kinds.items() if column.kind is Kind.CODE}
    width = sum(map(bool, header.texts))
    return NumberedColumns(named, wordy | {named}, coded, width)


def text_of(cell: Cell) -> str:
    """What a cell says as tidy text; whole numbers without a decimal part (12.0 → "12")."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.date):
        return cell.strftime("%d/%m/%Y")
    return tidy(str(cell))


def is_code_cut(cell: Cell) -> bool:
    """Whether a code was typed as a number with decimals, which takes zeros off its end."""
    return isinstance(cell, float) and not cell.is_integer()


def date_of(cell: Cell) -> dt.date | None:
    """The date a cell holds, typed as a date or as day/month/year; None if it is none."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, float):
        serial = math.floor(cell) if math.isfinite(cell) else 0  # what is behind it is the hour
        return _EPOCH + dt.timedelta(serial) if serial in _SERIALS else None
    return parse_day(cell) if isinstance(cell, str) else None


@lru_cache(maxsize=64)
def _header_labels(sheet: Sheet) -> dict[str, str]:
    return _labels(sheet.columns)


@lru_cache(maxsize=8)
def _known_labels(sheets: tuple[Sheet, ...]) -> frozenset[str]:
    """Every label of every sheet: rows without two of them are passed over quickly."""
    return frozenset(label for sheet in sheets for label in _header_labels(sheet))


@lru_cache(maxsize=8)
def _form_labels(form: Form, *, loosely: bool) -> dict[str, str]:
    labels = _labels(form.fields)
    return {bare_key(label): name for label, name in labels.items()} if loosely else labels


def _labels(columns: Sequence[Column]) -> dict[str, str]:
    """The column names by the match key of every header they go by."""
    return {match_key(label): name for label, name in labels_of(columns)}


def _has_signature(sheet: Sheet, present: frozenset[str]) -> bool:
    """Whether the labels of a row hold all that must be there for it to be the sheet's header."""
    return not any(map(present.isdisjoint, _signature_labels(sheet)))


@lru_cache(maxsize=64)
def _signature_labels(sheet: Sheet) -> tuple[frozenset[str], ...]:
    """The labels each column of the signature goes by."""
    labels = _header_labels(sheet).items()
    return tuple(frozenset(key for key, name in labels if name == of) for of in sheet.signature)


def has_one_of(sheet: Sheet, names: Container[str | None]) -> bool:
    """Whether one of the columns is there of which a sheet needs one."""
    return not sheet.one_of or any(name in names for name in sheet.one_of)


def _header(
    sheet: Sheet, number: int, row: Sequence[Cell], above: Sequence[Sequence[Cell]] = ()
) -> Header:
    """What a row is as the header of `sheet`; `above` are the rows that stand above it."""
    labels = _header_labels(sheet)
    columns: dict[str, int] = {}
    repeated: list[tuple[str, int]] = []
    extras: dict[int, str] = {}
    for index, cell in enumerate(row):
        if is_blank(cell):
            continue
        name = labels.get(match_key(cell)) if isinstance(cell, str) else None
        if name is None:
            extras[index] = text_of(cell)
        elif name in columns:
            repeated.append((name, index))
        else:
            columns[name] = index
    loosely = _loosely(sheet, columns, extras)
    columns |= dict(loosely)
    dated, numbered = _other_months(sheet, columns, row, above)
    columns |= {month.name: month.column for month in reversed(dated)} | numbered
    taken = {index for _, index in loosely} | set(columns.values())
    rest = {index: text for index, text in extras.items() if index not in taken}
    texts = tuple(map(text_of, row))
    return Header(
        sheet=sheet,
        row=number,
        columns=columns,
        extras=rest,
        repeated=tuple(repeated),
        loosely=loosely,
        texts=texts,
        dated=dated,
        numbered=numbered,
    )


def _other_months(
    sheet: Sheet,
    columns: Mapping[str, int],
    row: Sequence[Cell],
    above: Sequence[Sequence[Cell]],
) -> tuple[tuple[MonthOfYear, ...], dict[str, int]]:
    """The months headed by days, and where there are no others, those headed by numbers."""
    if not sheet.one_of or all(name in columns for name in sheet.one_of):
        return (), {}
    dated = tuple(month for month in months_by_date(sheet, row) if month.name not in columns)
    if dated or has_one_of(sheet, columns):
        return dated, {}
    return (), months_by_number(sheet, row, above)


def _loosely(
    sheet: Sheet, columns: Mapping[str, int], extras: Mapping[int, str]
) -> tuple[tuple[str, int], ...]:
    """The columns that are missing, and that just one of the other headers means."""
    found: dict[str, list[int]] = {}
    for index, text in extras.items():
        name = loose_name(sheet, text) if len(text) <= _LABEL_LENGTH else None
        if name is not None and name not in columns:
            found.setdefault(name, []).append(index)
    return tuple((name, indexes[0]) for name, indexes in found.items() if len(indexes) == 1)
