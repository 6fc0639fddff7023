"""Figures taken from a register by column Nguồn: what `register_formulas` says, worked out here."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.files.grid import is_blank
from danvan_xl.reading.figure import NO_FIGURE, Figure
from danvan_xl.reading.headers import text_of
from danvan_xl.reading.records import Target
from danvan_xl.reading.register_table import RegisterRows
from danvan_xl.schema.columns import Kind
from danvan_xl.schema.criteria import CRITERION, criterion_number, rank_of
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import MonthRule
from danvan_xl.schema.registers import GIVEN_COLUMNS, Condition
from danvan_xl.schema.sheets import REGISTER_OF
from danvan_xl.schema.sources import FromRegister, register_source
from danvan_xl.vietnamese.measures import factor_into
from danvan_xl.vietnamese.numbers import Bound, State, exact, holds, joint_bound, parse_typed
from danvan_xl.vietnamese.periods import YEAR_END, Calendar
from danvan_xl.vietnamese.text import match_key

_ONE = Decimal(1)
_FIRST_YEAR = 1900
_FIGURES = (Kind.NUMBER, Kind.COUNT)


class Derived(NamedTuple):
    """The figure of an indicator as its register has it.

    `months` are T1 to T12: each month's own figure, or, where the register is not kept by months
    (`is_monthly` is false), the figure as it stands in the last month that counts. `cells` is the
    block of rows it comes from. `excluded` are rows left out because their ĐVT is not `measure`.
    """

    source: FromRegister
    measure: str
    table: RegisterRows
    months: tuple[Figure, ...]
    is_monthly: bool
    cells: str
    excluded: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()

    @property
    def counted_months(self) -> tuple[Figure, ...]:
        """The months that make up a total; all blank where the total is not known."""
        return (NO_FIGURE,) * YEAR_END if self.unknown else self.months

    def figure_at(self, month: int) -> Figure:
        """The figure a month's cell (0-based) has to show; a stock is the same in all."""
        if self.is_monthly:
            return self.months[month]
        return next((figure for figure in self.months if figure.value is not None), NO_FIGURE)


def derive(
    indicator: Indicator, tables: Sequence[RegisterRows], calendar: Calendar
) -> Derived | None:
    """The figure an indicator takes from a register; None when it is typed by hand.

    It is typed by hand too as long as the register has no row: nothing entered is not zero.
    """
    source = register_source(indicator.source)
    if source is None:
        return None
    table = next((item for item in tables if item.register == source.register), None)
    if table is None or not table.rows or not can_be_had(source, indicator):
        return None
    met = list(matching(table, source.conditions))
    rows = [row for row in met if _factor(table, source, row, indicator) is not None]
    others = tuple(
        row for row in met if row not in set(rows) and _measure(table, source, row)
    )  # a blank ĐVT is told by itself
    addends = [_addend(table, source, position, indicator) for position in rows]
    if is_monthly(source, indicator.month_rule):
        months = _by_month(table, source, calendar, rows, addends)
    else:
        months = _as_it_stands(table, source, calendar, rows, addends)
    monthly, cells = is_monthly(source, indicator.month_rule), table.cells(rows)
    unknown = _without_figures(table, source, calendar, rows, addends, rule=indicator.month_rule)
    return Derived(
        source=source,
        measure=indicator.measure,
        table=table,
        months=months,
        is_monthly=monthly,
        cells=cells,
        excluded=others,
        unknown=unknown,
    )


def can_be_had(source: FromRegister, indicator: Indicator) -> bool:
    """Whether the figures of a column with a fixed ĐVT can be had in that of the indicator."""
    if not source.column:
        return True
    fixed = REGISTER_OF[source.register].column(source.column).measure
    return not fixed or factor_into(fixed, indicator.measure) is not None


def differing_months(target: Target, derived: Derived) -> list[int]:
    """The months (0-based) whose cells show another figure than the register gives.

    An estimate that was typed agrees with what it allows: "trên 30" with 31.
    """
    return [
        month
        for month, figure in enumerate(target.months)
        if figure.value is not None and not _agree(figure, derived.figure_at(month))
    ]


def _agree(written: Figure, right: Figure) -> bool:
    if written.value is None or right.value is None:
        return written.value == right.value
    return holds(written.value, written.bound, right.value)


def is_monthly(source: FromRegister, rule: MonthRule) -> bool:
    """Whether each month has its own figure: not a stock, and not without a day to go by."""
    return bool(source.by) and rule is not MonthRule.LAST


def matching(table: RegisterRows, conditions: Iterable[Condition]) -> Iterator[int]:
    """The positions of the rows that meet every condition; a code counts once."""
    positions: Iterable[int] = first_of_each_key(table)
    if part := table.form.parts:
        positions = [
            row for row in positions if rank_of(table.text(part, row)) == CRITERION
        ]  # 7.1 is a part of 7
    for condition in conditions:
        positions = _meeting(table, condition, positions)
    yield from positions


def first_of_each_key(table: RegisterRows) -> Iterable[int]:
    """The positions of the rows without those whose code stood further up already."""
    keys = row_keys(table)
    if not keys:
        return range(len(table.rows))
    seen: set[str] = set()
    positions: list[int] = []
    for position, key in enumerate(keys):
        if key not in seen:
            positions.append(position)
        if key:
            seen.add(key)
    return positions


def row_keys(table: RegisterRows) -> Sequence[str]:
    """Under which key each row counts once, "" where it has none; () without such a rule.

    It is the row's code or, in a list of official criteria, its number in its set.
    """
    form = table.form
    if form.key:
        return [match_key(text_of(value)) for value in table.columns[form.key]]
    if not form.reference:
        return ()
    pairs = zip(*(table.columns[name] for name in GIVEN_COLUMNS[:2]), strict=True)
    return [
        ""
        if is_blank(number)
        else match_key(f"{text_of(name)}/{criterion_number(text_of(number))}")
        for name, number in pairs
    ]


def _meeting(table: RegisterRows, condition: Condition, positions: Iterable[int]) -> list[int]:
    column = table.form.column(condition.column)
    values = table.columns[condition.column]
    if column.kind in _FIGURES:
        numbers = {
            float(number)
            for value in condition.values
            if (number := parse_typed(value).value) is not None
        }
        return [position for position in positions if values[position] in numbers]
    wanted = set(map(match_key, condition.values))
    return [
        position
        for position in positions
        if values[position] is not None
        and match_key(table.text(condition.column, position)) in wanted
    ]


def _measure(table: RegisterRows, source: FromRegister, position: int) -> str:
    """The ĐVT of the figure that is added up; "" for a count of rows or of things."""
    if not source.column:
        return ""
    column = table.form.column(source.column)
    return table.text(column.measure_column, position) if column.measure_column else column.measure


def _factor(
    table: RegisterRows, source: FromRegister, position: int, indicator: Indicator
) -> Decimal | None:
    """What a row's figure is multiplied with; None when it is not to be added."""
    column = table.form.column(source.column) if source.column else None
    if column is None or not (column.measure or column.measure_column):
        return _ONE
    return factor_into(_measure(table, source, position), indicator.measure)


def _addend(
    table: RegisterRows, source: FromRegister, position: int, indicator: Indicator
) -> Figure:
    """What a row adds: 1 when rows are counted, else its figure in the indicator's ĐVT."""
    if not source.column:
        return Figure(_ONE, State.NUMBER)
    written = table.columns[source.column][position]
    value = exact(written) if isinstance(written, float) else None
    if value is None:
        return NO_FIGURE
    value *= _factor(table, source, position, indicator) or _ONE
    bound = table.bounds.get(source.column, {}).get(position, Bound.EXACT)
    return Figure(value, State.NUMBER, bound)


def _by_month(
    table: RegisterRows,
    source: FromRegister,
    calendar: Calendar,
    rows: Sequence[int],
    addends: Sequence[Figure],
) -> tuple[Figure, ...]:
    """Each month's figure: blank from the month on in which the register has no day yet."""
    month_at = _months(table, source.by, calendar)
    kept = [*month_at, *_months(table, table.form.date or source.by, calendar)]
    last = max((month for month in kept if month is not None), default=0)
    parts: dict[int, list[Figure]] = {month: [] for month in range(1, YEAR_END + 1)}
    for position, addend in zip(rows, addends, strict=True):
        month = month_at[position]
        if month in parts:
            parts[month].append(addend)
    return tuple(_sum(parts[month]) if month <= last else NO_FIGURE for month in parts)


def _without_figures(
    table: RegisterRows,
    source: FromRegister,
    calendar: Calendar,
    rows: Sequence[int],
    addends: Sequence[Figure],
    *,
    rule: MonthRule,
) -> tuple[int, ...]:
    """The rows up to the period's end where none of them has a figure; () where one has."""
    if is_monthly(source, rule):
        months = _months(table, source.by, calendar)
        come = {row for row in rows if 1 <= (months[row] or 0) <= calendar.month}
    else:
        come = {row for row in rows if not source.by or _has_come(table, source, calendar, row)}
    counted = [pair for pair in zip(rows, addends, strict=True) if pair[0] in come]
    if any(addend.value is not None for _, addend in counted):
        return ()
    return tuple(row for row, _ in counted)


def _months(table: RegisterRows, name: str, calendar: Calendar) -> list[int | None]:
    """The month of every row's day."""
    days = table.columns[name]
    return [calendar.month_of(day) if isinstance(day, dt.date) else None for day in days]


def _as_it_stands(
    table: RegisterRows,
    source: FromRegister,
    calendar: Calendar,
    rows: Sequence[int],
    addends: Sequence[Figure],
) -> tuple[Figure, ...]:
    """One figure, in the last month that counts: rows dated later do not count yet."""
    counted = [
        addend
        for position, addend in zip(rows, addends, strict=True)
        if not source.by or _has_come(table, source, calendar, position)
    ]
    months = [NO_FIGURE] * YEAR_END
    months[calendar.month - 1] = _sum(counted)
    return tuple(months)


def _has_come(table: RegisterRows, source: FromRegister, calendar: Calendar, position: int) -> bool:
    day = table.columns[source.by][position]
    return not isinstance(day, dt.date) or calendar.month_of(day) <= calendar.month


def _sum(addends: Sequence[Figure]) -> Figure:
    """The sum; 0 where no row was to be added, blank where none of them has a figure."""
    figures = [figure for figure in addends if figure.value is not None]
    if addends and not figures:
        return NO_FIGURE
    total = sum((figure.value for figure in figures if figure.value is not None), Decimal(0))
    return Figure(total, State.NUMBER, joint_bound(figure.bound for figure in figures))
