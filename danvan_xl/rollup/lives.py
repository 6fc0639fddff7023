"""The months of the year in which units exist: what is reported outside them does not count.

A month counts when one day of it lies between Từ ngày and Đến ngày, by the rule of Chốt số liệu.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from danvan_xl.reading.figure import NO_FIGURE, NOTHING
from danvan_xl.reading.records import TargetSheet, Unit
from danvan_xl.reading.register_table import RegisterRows
from danvan_xl.vietnamese.periods import YEAR_END, Calendar
from danvan_xl.vietnamese.printed import show_date
from danvan_xl.vietnamese.text import match_key


class Life(NamedTuple):
    """The first and the last month (1 to 12) of a unit in a year, and its days in words."""

    first: int = 1
    last: int = YEAR_END
    words: str = ""

    @property
    def is_part(self) -> bool:
        """Whether the unit does not exist the whole year, but in some of it."""
        return self != WHOLE_YEAR and self.first <= self.last

    def holds(self, month: int) -> bool:
        """Whether a day of the month lies inside."""
        return self.first <= month <= self.last


WHOLE_YEAR = Life()


def life_of(unit: Unit, year: int | None, *, on_14th: bool) -> Life:
    """The life of a unit in a year; the whole of it where no day, or no year, is known."""
    if year is None or (unit.since is None and unit.until is None):
        return WHOLE_YEAR
    calendar = Calendar(year, YEAR_END, on_14th)
    first = 1 if unit.since is None else max(1, calendar.month_of(unit.since))
    last = YEAR_END if unit.until is None else min(YEAR_END, calendar.month_of(unit.until))
    if (first, last) == (WHOLE_YEAR.first, WHOLE_YEAR.last):
        return WHOLE_YEAR
    since = "" if unit.since is None else f"từ {show_date(unit.since)}"
    until = "" if unit.until is None else f"đến {show_date(unit.until)}"
    return Life(first, last, f"{since} {until}".strip())


def lives_of(units: Sequence[Unit], year: int | None, *, on_14th: bool) -> Mapping[str, Life]:
    """The lives of units that do not exist all the year, by match key of code and of name.

    A name that several units have tells none of them.
    """
    lives = [(unit, life_of(unit, year, on_14th=on_14th)) for unit in units]
    limited = [(unit, life) for unit, life in lives if life != WHOLE_YEAR]
    if not limited:
        return NOTHING
    names = Counter(match_key(unit.name) for unit in units)
    by_name = {
        match_key(unit.name): life for unit, life in limited if names[match_key(unit.name)] == 1
    }
    return by_name | {match_key(unit.code): life for unit, life in limited}


def life_in(lives: Mapping[str, Life], code: str, name: str = "") -> Life:
    """The life of the unit a code, else a name, belongs to; the whole year without one."""
    if not lives:
        return WHOLE_YEAR
    return lives.get(match_key(code)) or lives.get(match_key(name)) or WHOLE_YEAR


def figures_outside(sheet: TargetSheet, life: Life) -> dict[int, tuple[int, ...]]:
    """The months outside a life that have a figure which is not 0, by row of the sheet."""
    found = {
        target.row: tuple(
            month
            for month, figure in enumerate(target.months, start=1)
            if figure.value and not life.holds(month)
        )
        for target in sheet.targets
    }
    return {row: months for row, months in found.items() if months}


def targets_within(sheet: TargetSheet, life: Life) -> TargetSheet:
    """The sheet without the months outside a life.

    Where a figure is left out, what the sheet's own formulas show is another figure.
    """
    if life == WHOLE_YEAR:
        return sheet
    outside = figures_outside(sheet, life)
    return sheet._replace(
        targets=tuple(
            target._replace(
                months=tuple(
                    figure if life.holds(month) else NO_FIGURE
                    for month, figure in enumerate(target.months, start=1)
                ),
                shown=NOTHING if target.row in outside else target.shown,
            )
            for target in sheet.targets
        )
    )


def rows_outside(table: RegisterRows, life: Life, calendar: Calendar) -> list[int]:
    """The positions of a register's rows whose day lies in the year, and outside a life."""
    if life == WHOLE_YEAR or not table.form.date:
        return []
    months = (
        (position, calendar.month_of(day))
        for position, day in enumerate(table.columns[table.form.date])
        if isinstance(day, dt.date)
    )
    return [at for at, month in months if 1 <= month <= YEAR_END and not life.holds(month)]


def rows_within(table: RegisterRows, life: Life, calendar: Calendar) -> RegisterRows:
    """The register without rows outside a life."""
    outside = set(rows_outside(table, life, calendar))
    if not outside:
        return table
    return table.take([at for at in range(len(table.rows)) if at not in outside])
