"""The native formulas that take a figure from a register, as text without the leading "=".

They say what column Nguồn says: rows counted, or a column added up, over the rows that meet its
conditions. Alternatives stand in array constants, which every spreadsheet adds up in SUMPRODUCT;
dates are compared with the table of months on the hidden sheet. A register in which nothing is
written shows nothing, never 0; so does a sum that meets text ("trên 2.000"), which only the core
reads.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from danvan_xl.files.grid import column_letter
from danvan_xl.schema.columns import Kind
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import MonthRule
from danvan_xl.schema.registers import Register, telling_columns
from danvan_xl.schema.sheets import MARKER_SHEET
from danvan_xl.schema.sources import FromRegister, register_source
from danvan_xl.vietnamese.measures import factor_into, measure_spellings
from danvan_xl.vietnamese.numbers import parse_typed
from danvan_xl.vietnamese.periods import YEAR_END
from danvan_xl.vietnamese.text import match_key

# Rows of a register as Excel numbers them: below its header, with room for what officers add.
FIRST_ROW, LAST_ROW = 7, 1006
# The table of months on the hidden sheet: a month's first day, and the day after its last.
FIRST_DAY, DAY_AFTER = "E", "F"
MONTHS_ROW = 6


class Derivation(NamedTuple):
    """How the figures of one row of Chỉ tiêu come from a register of the same workbook."""

    source: FromRegister
    register: Register
    measure: str
    month_rule: MonthRule

    @property
    def is_monthly(self) -> bool:
        """Whether the months are worked out; otherwise only the cumulative figure is."""
        return bool(self.source.by) and self.month_rule is not MonthRule.LAST


def derivation_of(indicator: Indicator, registers: Iterable[Register]) -> Derivation | None:
    """How an indicator comes from one of these registers.

    None when it is typed by hand: it names no register, none of these, or a column whose figures
    cannot be had in its measure.
    """
    source = register_source(indicator.source)
    if source is None:
        return None
    register = next((item for item in registers if item.name == source.register), None)
    if register is None or _fixed_factor(source, register, indicator.measure) is None:
        return None
    return Derivation(source, register, indicator.measure, indicator.month_rule)


class _RangeCondition(NamedTuple):
    """A range and what its cells must be, as formula text: one of `values`."""

    cells: str
    values: tuple[str, ...]


def month_bounds_cells(month: int) -> tuple[str, str]:
    """The cells that hold the first day of a month and the day after its last."""
    row = MONTHS_ROW + month - 1
    return f"{MARKER_SHEET}!${FIRST_DAY}${row}", f"{MARKER_SHEET}!${DAY_AFTER}${row}"


def register_cells(register: Register, name: str) -> str:
    """The absolute reference of all rows of a column."""
    letter = column_letter(register.sheet.position(name))
    return f"'{register.title}'!${letter}${FIRST_ROW}:${letter}${LAST_ROW}"


def month_formula(
    source: FromRegister, register: Register, month: int, measure_cell: str, measure: str
) -> str:
    """The figure of one month; "" while the register has no later or equal date.

    "" too while a day is typed as text, which only the core can read.
    """
    first_day, day_after = month_bounds_cells(month)
    dates = register_cells(register, source.by)
    within = (
        _RangeCondition(dates, (f'">="&{first_day}',)),
        _RangeCondition(dates, (f'"<"&{day_after}',)),
    )
    rows = (*_conditions(source, register), *within)
    usual = register_cells(register, register.date or source.by)
    kept = dates if usual == dates else f"{dates},{usual}"
    unknown = [
        f"MAX({kept})<{first_day}",
        _typed_days(source, register),
        *_unknown(source, register, rows, measure),
    ]
    return f'IF({_any(unknown)},"",{_figure(source, register, rows, (measure_cell, measure))})'


def empty_formula(register: Register) -> str:
    """Whether nothing is written in the register."""
    return f"COUNTA({_always_filled(register)})=0"


def total_formula(
    source: FromRegister, register: Register, measure_cell: str, measure: str, month_name: str
) -> str:
    """The figure at the end of the period, of a register in which something is written.

    `month_name` is the defined name of the period's last month. Rows without a date count.
    """
    rows = tuple(_conditions(source, register))
    unknown: list[str] = []
    figure = _figure(source, register, rows, (measure_cell, measure))
    if source.by:
        day_after = _period_end(month_name)
        unknown += (f'{day_after}=""', _typed_days(source, register))
        later = _RangeCondition(register_cells(register, source.by), (f'">="&{day_after}',))
        after = _figure(source, register, (*rows, later), (measure_cell, measure))
        figure += f"-({after})" if "+" in after else f"-{after}"
    unknown += _unknown(source, register, rows, measure)
    return f'IF({_any(unknown)},"",{figure})' if unknown else figure


def words_formula(
    source: FromRegister, register: Register, is_monthly: bool, measure: str, month_name: str
) -> tuple[str, str]:
    """Whether there is what only the core can read; whether what is added up is not known.

    The one is a day or a figure typed as text, the other also that there are rows but none has a
    figure; "" where there can be none. Of a monthly figure the rows up to the end of the period are
    looked at, else all.
    """
    rows = tuple(_conditions(source, register))
    if is_monthly:
        dates = register_cells(register, source.by)
        first_day, _ = month_bounds_cells(1)
        rows = (
            *rows,
            _RangeCondition(dates, (f'">="&{first_day}',)),
            _RangeCondition(dates, (f'"<"&{_period_end(month_name)}',)),
        )
    days = [_typed_days(source, register)] if source.by else []
    unknown = list(_unknown(source, register, rows, measure))
    return _any([*days, *unknown[:1]]), _any([*days, *unknown])


def _typed_days(source: FromRegister, register: Register) -> str:
    """Whether a day of the register is typed as text."""
    dates = register_cells(register, source.by)
    return f"COUNTA({dates})>COUNT({dates})"


def _period_end(month_name: str) -> str:
    """The day after the last day of the period."""
    last = MONTHS_ROW + YEAR_END - 1
    return f"INDEX({MARKER_SHEET}!${DAY_AFTER}${MONTHS_ROW}:${DAY_AFTER}${last},{month_name})"


def _figure(
    source: FromRegister,
    register: Register,
    rows: Sequence[_RangeCondition],
    measure: tuple[str, str],
) -> str:
    """The rows counted, or their figures added up in the measure of the indicator.

    `measure` are the cell that says it and what it says.
    """
    if not source.column:
        return _counted(register, rows)
    values = register_cells(register, source.column)
    head = f"SUMIFS({values},"
    measure_column = register.sheet[source.column].measure_column
    if not measure_column:
        factor = _fixed_factor(source, register, measure[1]) or Decimal(1)
        times = "" if factor == 1 else f"*{_number(factor)}"
        return (_over(head, rows) if rows else f"SUM({values})") + times
    measures = register_cells(register, measure_column)
    own = _over(head, (_RangeCondition(measures, (measure[0],)), *rows))
    others = "+".join(_other_spellings(head, measures, rows, measure))
    return f"{own}+({measure[0]}={_text(measure[1])})*({others})" if others else own


def _fixed_factor(source: FromRegister, register: Register, measure: str) -> Decimal | None:
    """What turns a column's figures into a measure; 1 where the column has no fixed one."""
    fixed = register.sheet[source.column].measure if source.column else ""
    return factor_into(fixed, measure) if fixed else Decimal(1)


def _counted(register: Register, rows: Sequence[_RangeCondition]) -> str:
    return _over("COUNTIFS(", rows) if rows else f"COUNTA({_always_filled(register)})"


def _other_spellings(
    head: str, measures: str, rows: Sequence[_RangeCondition], measure: tuple[str, str]
) -> Iterator[str]:
    """The sums of rows whose measure is written otherwise, converted.

    Excel may take m² and m2 for the same text: such a pair is added only where it tells them apart.
    """
    cell, own = measure
    apart: dict[str, Decimal] = {}
    taken = {_plain(own): cell}
    for spelling, factor in measure_spellings(own):
        if spelling.casefold() == own.casefold():
            continue
        like = taken.setdefault(_plain(spelling), _text(spelling))
        if like == _text(spelling):
            apart[spelling] = factor
        else:
            one = _over(head, (_RangeCondition(measures, (_criterion(spelling),)), *rows))
            yield f"({like}<>{_text(spelling)})*{_number(factor)}*{one}"
    if apart:
        factors = tuple(map(_number, apart.values()))
        weights = f"{{{','.join(factors)}}}" if len(factors) > 1 else factors[0]
        written = _RangeCondition(measures, tuple(map(_criterion, apart)))
        yield _over(head, (written, *rows), weights)


def _over(head: str, rows: Sequence[_RangeCondition], weights: str = "") -> str:
    """The function for every combination of values, added up.

    `weights` go with the values of the first criterion. Two criteria may have several values each,
    one across and one down; any other is written out.
    """
    several = [item for item in rows if len(item.values) > 1]
    marks = dict(zip(several[:2], ",;", strict=False))
    written_out = several[2:]
    terms = []
    for values in product(*(item.values for item in written_out)):
        chosen = dict(zip(written_out, values, strict=True))
        parts = (
            f"{{{marks[item].join(item.values)}}}"
            if item in marks
            else chosen.get(item, item.values[0])
            for item in rows
        )
        pairs = (f"{item.cells},{part}" for item, part in zip(rows, parts, strict=True))
        terms.append(f"{head}{','.join(pairs)})")
    joined = "+".join(terms) if len(terms) == 1 else f"({'+'.join(terms)})"
    if weights:
        joined = f"{joined}*{weights}"
    return f"SUMPRODUCT({joined})" if marks else joined


def _unknown(
    source: FromRegister, register: Register, rows: Sequence[_RangeCondition], measure: str
) -> Iterator[str]:
    """When a sum is not known: a row holds text, or there are rows but none has a figure.

    No more than two lists of alternatives are looked at.
    """
    if not source.column:
        return
    several = [item for item in rows if len(item.values) > 1]
    measure_column = register.sheet[source.column].measure_column
    if measure_column:
        spellings = dict.fromkeys((measure, *(name for name, _ in measure_spellings(measure))))
        cells = register_cells(register, measure_column)
        several.insert(0, _RangeCondition(cells, tuple(map(_criterion, spellings))))
    looked_at = (*(item for item in rows if len(item.values) == 1), *several[:2])
    values = register_cells(register, source.column)
    filled, figures = (
        _over("COUNTIFS(", (_RangeCondition(values, (wanted,)), *looked_at))
        for wanted in ('"<>"', _ANY_NUMBER)
    )
    yield f"{filled}>{figures}"
    yield f"AND({_counted(register, looked_at)}>0,{figures}=0)"


# A pattern of wildcards would find text alone in Excel, but numbers as well in LibreOffice.
_ANY_NUMBER = '">-1E+99"'


def _conditions(source: FromRegister, register: Register) -> Iterator[_RangeCondition]:
    for condition in source.conditions:
        is_figure = register.sheet[condition.column].kind in (Kind.NUMBER, Kind.COUNT)
        values = {match_key(value): value for value in condition.values}.values()
        criteria = tuple(_criterion(value, is_figure) for value in values) or ('"<>"',)
        yield _RangeCondition(register_cells(register, condition.column), criteria)
    if register.parts:  # 7.1 is a part of 7; a row that says nothing more is none either
        yield _RangeCondition(register_cells(register, register.parts), ('"<>*.*"',))
        yield _RangeCondition(_always_filled(register), ('"<>"',))


def _always_filled(register: Register) -> str:
    """The rows of a column that every row of the register fills in."""
    names = telling_columns(register)
    return register_cells(
        register, next((name for name in names if name != register.key), names[0])
    )


def _any(tests: Sequence[str]) -> str:
    """Whether one of some tests is met; "" without any."""
    return f"OR({','.join(tests)})" if len(tests) > 1 else "".join(tests)


def _criterion(value: str, is_figure: bool = False) -> str:
    """The criterion that finds exactly this value: no wildcard, no comparison."""
    number = parse_typed(value).value if is_figure else None
    if number is not None:
        return _number(number)
    exact = "".join(f"~{char}" if char in "~*?" else char for char in value)
    return _text(f"={exact}" if value[:1] in ("=", "<", ">") else exact)


def _text(value: str) -> str:
    doubled = value.replace('"', '""')
    return f'"{doubled}"'


def _plain(text: str) -> str:
    """The form under which a spreadsheet may take two texts for the same."""
    return unicodedata.normalize("NFKC", text).casefold()


def _number(factor: Decimal) -> str:
    text = f"{factor:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
