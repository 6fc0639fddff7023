"""Checks on one register of one unit. Each check is a generator; which apply is in its form."""

import datetime as dt
import math
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from danvan_xl.reading.headers import text_of
from danvan_xl.reading.register_table import RegisterRows, RegisterValue
from danvan_xl.reading.registers import has_blank
from danvan_xl.rollup.from_registers import row_keys
from danvan_xl.rollup.tally import Scope
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.schema.criteria import CRITERION, criterion_number, find_set, rank_of
from danvan_xl.schema.issues import Issue, Said, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.measures import is_counted
from danvan_xl.vietnamese.numbers import exact
from danvan_xl.vietnamese.periods import YEAR_END
from danvan_xl.vietnamese.printed import show_date
from danvan_xl.vietnamese.privacy import (
    Ours,
    Typed,
    any_personal_number,
    has_personal_number,
    is_personal_number,
)

_NAMED_CELLS = 8
_FIGURES = (Kind.NUMBER, Kind.COUNT)


class CheckedRegister(NamedTuple):
    """What a check looks at: a register, and the period it is asked for."""

    table: RegisterRows
    scope: Scope


def check_register(table: RegisterRows, scope: Scope) -> Iterator[Issue]:
    """Every finding about the rows of a register."""
    checked = CheckedRegister(table, scope)
    for check in CHECKS:
        yield from check(checked)


def required_cells_are_filled(checked: CheckedRegister) -> Iterator[Issue]:
    """What every row must say, it says; without its day a row goes to no month."""
    table = checked.table
    for column in table.form.sheet.columns:
        if not column.required or column.name not in table.letters:
            continue
        values = table.columns[column.name]
        if not has_blank(values):
            continue
        blank = [
            row
            for row, value in enumerate(values)
            if _is_blank(value) and table.place(column.name, row).cell not in table.unread
        ]
        if not blank:
            continue
        code = Code.REGISTER_CELLS_BLANK
        if column.name == table.form.date:
            code = Code.REGISTER_UNDATED
        elif column.kind in _FIGURES:
            code = Code.REGISTER_FIGURES_BLANK
        yield _about_rows(code, table, column.name, blank)


def codes_are_unique(checked: CheckedRegister) -> Iterator[Issue]:
    """A code stands once; the first row with it is the one that counts."""
    table = checked.table
    key = table.form.key or "number"
    first: dict[str, int] = {}
    for position, written in enumerate(row_keys(table)):
        if written and first.setdefault(written, position) != position:
            row = table.rows[first[written]]
            place, code = table.place(key, position), Typed(table.text(key, position))
            yield issue(Code.REGISTER_CODE_REPEATED, place, value=code, first=row)


def days_are_in_order(checked: CheckedRegister) -> Iterator[Issue]:
    """Nothing is due, done or resolved before it began."""
    table = checked.table
    for later, earlier in table.form.in_order:
        pairs = zip(table.columns[later], table.columns[earlier], strict=True)
        for position, (after, before) in enumerate(pairs):
            if after is None or before is None:
                continue
            if after < before:  # type: ignore[operator]  # columns of days
                yield issue(
                    Code.DAYS_OUT_OF_ORDER,
                    table.place(later, position),
                    later=Ours(table.form.column(later).header),
                    value=Ours(show_date(after)),  # type: ignore[arg-type]
                    earlier=Ours(table.form.column(earlier).header),
                    other=Ours(show_date(before)),  # type: ignore[arg-type]
                )


def days_are_of_the_year(checked: CheckedRegister) -> Iterator[Issue]:
    """Days that decide whether a row counts are of the year, and not after the period."""
    table, scope = checked.table, checked.scope
    form = table.form
    end = scope.last_day
    if end is None or scope.year is None:
        return
    first_day = scope.calendar_for((table,)).first_day
    year_end = scope._replace(month=YEAR_END).calendar_for((table,)).last_day
    begins = form.begins
    if _are_within(table, first_day, min(end, year_end)):
        return
    if begins and (late := _rows_where(table, begins, lambda day: end < day <= year_end)):
        yield _about_rows(Code.ROWS_AFTER_PERIOD, table, begins, late, day=Ours(show_date(end)))
    calendar_end = dt.date(scope.year, YEAR_END, 31)
    late = _rows_where(table, begins, lambda day: year_end < day <= calendar_end) if begins else []
    if late:  # months that close on the 14th leave the rest of December to January
        yield _about_rows(Code.ROWS_OF_NEXT_JANUARY, table, begins, late, year=scope.year)
    spans = {form.begins: (dt.date.min, calendar_end)}  # what began earlier may linger
    spans |= {form.ends: (first_day, calendar_end if form.ends == form.begins else dt.date.max)}
    for name, (first, last) in spans.items():
        if name and (strange := _rows_where(table, name, _is_outside(first, last))):
            yield _about_rows(Code.ROWS_OUT_OF_YEAR, table, name, strange, year=scope.year)


def _are_within(table: RegisterRows, first: dt.date, last: dt.date) -> bool:
    """Whether no day by which rows count lies outside others; quick, as mostly none does."""
    return all(
        first <= day <= last
        for name in {table.form.begins, table.form.ends} - {""}
        for day in {*table.columns[name]}
        if isinstance(day, dt.date)
    )


def _is_outside(first: dt.date, last: dt.date) -> Callable[[dt.date], bool]:
    return lambda day: not first <= day <= last


def _rows_where(table: RegisterRows, name: str, is_met: Callable[[dt.date], bool]) -> list[int]:
    """The rows whose day in a column meets a condition; alike days are asked about once."""
    days = table.columns[name]
    wanted = {day for day in {*days} if isinstance(day, dt.date) and is_met(day)}
    return [row for row, day in enumerate(days) if day in wanted] if wanted else []


def something_is_dated(checked: CheckedRegister) -> Iterator[Issue]:
    """Where one of several days will do, one of them is there."""
    table = checked.table
    columns = [table.columns[name] for name in table.form.either]
    if not columns:
        return
    blank = [row for row, days in enumerate(zip(*columns, strict=True)) if not any(days)]
    if blank:
        yield _about_rows(Code.REGISTER_UNDATED, table, table.form.either[0], blank)


def register_figures_are_possible(checked: CheckedRegister) -> Iterator[Issue]:
    """No figure is negative or above its limit; a part is not larger than the whole."""
    table = checked.table
    for column in table.form.sheet.columns:
        if column.kind not in _FIGURES:
            continue
        figures = [value for value in table.columns[column.name] if type(value) is float]
        most = math.inf if column.most is None else column.most
        if not figures or 0 <= min(figures) <= max(figures) <= most:
            continue
        allowed = Ours("từ 0 trở lên" if column.most is None else f"từ 0 đến {column.most}")
        for position, value in enumerate(table.columns[column.name]):
            if type(value) is float and not 0 <= value <= most:
                place = table.place(column.name, position)
                values = {"field": Ours(column.header), "range": allowed}
                yield issue(Code.FIGURE_OUT_OF_RANGE, place, **values, value=_spoken(value))
    yield from _counts_are_whole(table)
    yield from _parts_fit(table)


def _counts_are_whole(table: RegisterRows) -> Iterator[Issue]:
    """What is counted, by its column or by the ĐVT of its row, comes in whole ones."""
    for column in table.form.sheet.columns:
        if column.kind not in _FIGURES or column.computed:
            continue
        broken = [
            position
            for position, value in enumerate(table.columns[column.name])
            if type(value) is float and value % 1 and value > 0
        ]
        counted = _counted_of(table, column, broken)
        if counted:
            yield _about_rows(Code.ROWS_NOT_WHOLE, table, column.name, counted)


def _counted_of(table: RegisterRows, column: Column, rows: list[int]) -> list[int]:
    """Those of the rows whose figure counts things: those of the column, or of the row's ĐVT."""
    if column.kind is Kind.COUNT:
        return rows
    if not column.measure_column:
        return []
    measures = table.columns[column.measure_column]
    counted = {measure for measure in {*measures} if is_counted(text_of(measure))}
    return [row for row in rows if measures[row] in counted]


def _parts_fit(table: RegisterRows) -> Iterator[Issue]:
    for part, whole in table.form.not_more:
        pairs = zip(table.columns[part], table.columns[whole], strict=True)
        for position, (value, total) in enumerate(pairs):
            if type(value) is not float or type(total) is not float or value <= total:
                continue
            yield issue(
                Code.PART_OVER_WHOLE,
                table.place(part, position),
                part=Ours(table.form.column(part).header),
                value=_spoken(value),
                whole=Ours(table.form.column(whole).header),
                total=_spoken(total),
            )


def _spoken(value: float) -> Decimal:
    return exact(value) or Decimal(0)


def texts_name_nobody(checked: CheckedRegister) -> Iterator[Issue]:
    """No text holds digits like a citizen's number or telephone; the finding does not repeat it."""
    table = checked.table
    columns = [
        (column, table.columns[column.name])
        for column in table.form.sheet.columns
        if column.kind is Kind.TEXT and column.name in table.letters
    ]
    cells = list(chain.from_iterable(values for _, values in columns))
    if {*map(type, cells)} <= {str} and not any_personal_number(cells):  # type: ignore[arg-type]
        return
    for column, values in columns:
        for position, value in enumerate(values):
            if _is_personal(value):
                place = table.place(column.name, position)
                yield issue(Code.PERSONAL_NUMBER, place, field=Ours(column.header))


def _is_personal(value: RegisterValue) -> bool:
    if isinstance(value, float):
        return is_personal_number(value)
    return isinstance(value, str) and has_personal_number(value)


def criteria_are_of_their_set(checked: CheckedRegister) -> Iterator[Issue]:
    """A criterion's number is one of the set it is said to belong to."""
    table = checked.table
    if not table.form.reference:
        return
    for position, name in enumerate(table.columns["criteria_set"]):
        known = find_set(str(name)) if name is not None else None
        number = criterion_number(table.text("number", position))
        if known is None or not number or rank_of(number) != CRITERION:
            continue
        numbers = [item.number for item in known.criteria]
        if number not in numbers:
            place = table.place("number", position)
            values = {"name": Ours(known.name), "value": Typed(number), "last": Ours(numbers[-1])}
            yield issue(Code.CRITERION_UNKNOWN, place, **values)


def _about_rows(
    code: Code, table: RegisterRows, name: str, rows: Sequence[int], **values: Said
) -> Issue:
    """One finding about a column of several rows, at the first of them."""
    letter = table.letters.get(name, "A")
    cells = ", ".join(f"{letter}{table.rows[row]}" for row in rows[:_NAMED_CELLS])
    if len(rows) > _NAMED_CELLS:
        cells += ", …"
    field = Ours(table.form.column(name).header)
    place = table.place(name, rows[0])
    return issue(code, place, field=field, count=len(rows), cells=Ours(cells), **values)


def _is_blank(value: RegisterValue) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


CHECKS: tuple[Callable[[CheckedRegister], Iterator[Issue]], ...] = (
    required_cells_are_filled,
    something_is_dated,
    codes_are_unique,
    days_are_in_order,
    days_are_of_the_year,
    register_figures_are_possible,
    texts_name_nobody,
    criteria_are_of_their_set,
)
