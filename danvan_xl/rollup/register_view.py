"""The rows of a register that count in a period, with what is worked out row by row."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence, Set
from decimal import Decimal
from functools import cached_property, lru_cache

from danvan_xl.reading.register_table import RegisterRows, RegisterValue
from danvan_xl.rollup.from_registers import first_of_each_key
from danvan_xl.rollup.tally import Scope
from danvan_xl.schema.columns import Kind
from danvan_xl.schema.criteria import rank_of
from danvan_xl.schema.registers import Extra
from danvan_xl.vietnamese.measures import factor_into, is_money
from danvan_xl.vietnamese.privacy import HIDDEN, is_personal_number, without_personal_numbers

# In this ĐVT sums of money of different scale are brought together.
MONEY = "triệu đồng"
_ONE = Decimal(1)


class View:
    """The rows of a register that count in a period, with the columns worked out row by row."""

    def __init__(self, table: RegisterRows, scope: Scope) -> None:
        self.table, self.scope = table, scope
        self.form = table.form
        self._columns: dict[str, Sequence[RegisterValue]] = {}
        self._labels: dict[str, Sequence[str]] = {}

    @cached_property
    def positions(self) -> list[int]:
        """The rows that had begun by the period's end, and had not ended before the year."""
        positions = first_of_each_key(self.table)
        day, begins, ends = self.scope.last_day, self.form.begins, self.form.ends
        if day is None or not (begins or ends):
            return list(positions)
        first_day = self.scope.calendar_for((self.table,)).first_day
        blank = [None] * len(self.table.rows)
        begun = self.table.columns[begins] if begins else blank
        # Without its day a row belongs to no year; a sheet without the column is told, not dropped.
        is_dated = begins in self.table.letters and self.form.column(begins).required
        ended = self.table.columns[ends] if ends else blank
        span = first_day, day
        if either := [self.table.columns[name] for name in self.form.either]:
            positions = [row for row in positions if any(days[row] is not None for days in either)]
        return [
            position
            for position in positions
            if not _is_out(begun[position], ended[position], span, is_dated)
        ]

    def column(self, name: str) -> Sequence[RegisterValue]:
        """The values of a column of the sheet, or of one worked out row by row."""
        if name not in self._columns:
            self._columns[name] = self._worked_out(name)
        return self._columns[name]

    def labels(self, name: str) -> Sequence[str]:
        """What a column says as groups are called; sums of money go by one ĐVT."""
        if name not in self._labels:
            self._labels[name] = self._called(name)
        return self._labels[name]

    def _called(self, name: str) -> Sequence[str]:
        texts = {value: label_of(value) for value in set(self.column(name))}
        if any(column.measure_column == name for column in self.form.sheet.columns):
            texts = {key: MONEY if is_money(text) else text for key, text in texts.items()}
        return [texts[value] for value in self.column(name)]

    def factors(self, name: str) -> Sequence[Decimal] | None:
        """What the figures of a column are multiplied with; None where all are as they are.

        Only sums of money are: those of different scale are brought to one.
        """
        measure_column = self.form.column(name).measure_column
        if not measure_column:
            return None
        measures = self.column(measure_column)
        known = {value: _money_factor(label_of(value)) for value in set(measures)}
        if set(known.values()) <= {_ONE}:
            return None
        return [known[value] for value in measures]

    @cached_property
    def days(self) -> list[int | None]:
        """How many days each thing took from its beginning, None where it is not done."""
        deadline = self.form.deadline
        if deadline is None or not self.form.begins:
            return [None] * len(self.table.rows)
        pairs = zip(
            self.table.columns[self.form.begins], self.table.columns[deadline.done], strict=True
        )
        return [self._duration(begun, done) for begun, done in pairs]

    def _duration(self, begun: RegisterValue, done: RegisterValue) -> int | None:
        if not isinstance(begun, dt.date) or not isinstance(done, dt.date) or done < begun:
            return None
        return (done - begun).days if not _after(done, self.scope.last_day) else None

    def _worked_out(self, name: str) -> Sequence[RegisterValue]:
        makers: dict[str, Callable[[], Sequence[RegisterValue]]] = {
            Extra.UNIT: self._units,
            Extra.RANK: self._ranks,
            Extra.STATUS: lambda: [self._status(*pair) for pair in self._deadlines()],
            Extra.OVERDUE: lambda: [self._overdue(due) for due, _ in self._deadlines()],
            Extra.CARRIED: self._carried,
        }
        if name in makers:
            return makers[name]()
        values = self.table.columns[name]
        if self.form.column(name).kind is Kind.TEXT:
            return [label_of(value) if type(value) is float else value for value in values]
        return values

    def _units(self) -> Sequence[RegisterValue]:
        return [self.table.unit_name or self.table.unit_code] * len(self.table.rows)

    def _ranks(self) -> Sequence[RegisterValue]:
        numbers = self.table.columns["number"]
        return [rank_of(label_of(number)) for number in numbers]

    def figures(self, name: str) -> Sequence[RegisterValue]:
        """The figures of a column, without those of things that have not happened yet."""
        values = self.column(name)
        if not self._days_to_come:
            return values
        days = self.table.columns[self.form.date]
        return [
            None if day in self._days_to_come else value
            for value, day in zip(values, days, strict=True)
        ]

    @cached_property
    def _days_to_come(self) -> Set[RegisterValue]:
        """The days of things that have not happened yet at the end of the period."""
        days = self.table.columns[self.form.date] if self.form.date else ()
        return {day for day in {*days} if _after(day, self.scope.last_day)}

    def _carried(self) -> Sequence[RegisterValue]:
        """The text "có" for what began before the year, None for the rest."""
        if not self.form.begins:
            return [None] * len(self.table.rows)
        first_day = self.scope.calendar_for((self.table,)).first_day
        return [
            "có" if _after(first_day, day) else "" for day in self.table.columns[self.form.begins]
        ]

    def _deadlines(self) -> Iterable[tuple[RegisterValue, RegisterValue]]:
        deadline = self.form.deadline
        if deadline is None:
            return [(None, None)] * len(self.table.rows)
        columns = self.table.columns
        return zip(columns[deadline.due], columns[deadline.done], strict=True)

    def _status(self, due: RegisterValue, done: RegisterValue) -> str | None:
        """How a thing stands on the last day of the period, in the register's own words."""
        if self.form.deadline is None:
            return None
        on_time, late, undated, open_, overdue = self.form.deadline.labels
        day = self.scope.last_day
        if isinstance(done, dt.date) and not _after(done, day):
            if not isinstance(due, dt.date):
                return undated
            return on_time if done <= due else late
        return overdue if _after(day, due) else open_

    def _overdue(self, due: RegisterValue) -> RegisterValue:
        day = self.scope.last_day
        return (day - due).days if day is not None and isinstance(due, dt.date) else None


def _money_factor(measure: str) -> Decimal:
    return (factor_into(measure, MONEY) or _ONE) if is_money(measure) else _ONE


def _is_out(
    begun: RegisterValue, ended: RegisterValue, span: tuple[dt.date, dt.date], is_dated: bool
) -> bool:
    """Whether a thing began after the span of days or ended before it; or has no day it needs."""
    if isinstance(begun, dt.date):
        if begun > span[1]:
            return True
    elif is_dated:
        return True
    return isinstance(ended, dt.date) and ended < span[0]


def _after(one: RegisterValue, other: RegisterValue) -> bool:
    """Whether both are days and the first is the later one."""
    return isinstance(one, dt.date) and isinstance(other, dt.date) and one > other


def label_of(value: RegisterValue) -> str:
    """A cell as groups are called: tidy, without digits that name a citizen."""
    if isinstance(value, str):
        return _tidy_label(value)
    if isinstance(value, float) and value.is_integer():
        return HIDDEN if is_personal_number(value) else str(int(value))
    return "" if value is None else str(value)


@lru_cache(maxsize=4096)  # the same few texts are asked for by one block after the other
def _tidy_label(text: str) -> str:
    return without_personal_numbers(" ".join(text.split()))


def is_filled(value: RegisterValue) -> bool:
    """Whether a cell says anything."""
    return value is not None and bool(label_of(value))
