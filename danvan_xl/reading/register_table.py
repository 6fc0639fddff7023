"""The rows of one register on one sheet, column by column."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from danvan_xl.reading.figure import NOTHING
from danvan_xl.reading.headers import text_of
from danvan_xl.schema.issues import Place
from danvan_xl.schema.registers import Register
from danvan_xl.schema.sheets import REGISTER_OF
from danvan_xl.vietnamese.numbers import Bound

# What a cleaned cell holds: dates and figures, or text as it was typed; None where it is blank.
RegisterValue = str | float | bool | dt.date | dt.time | dt.timedelta | None

_FIRST_YEAR = 1900


class RegisterRows(NamedTuple):
    """The rows of one register on one sheet.

    `columns` holds for each column of the form one value for every row of `rows` (numbers Excel
    shows); a column the sheet lacks is blank throughout. Figures are floats as a spreadsheet keeps
    them (`exact` makes them Decimals), days are dates, a known choice is spelled as the form spells
    it; text is as typed. `unread` are cells in which something stands that is none of these; they
    are told where they are read. `bounds` tells which figures
    are estimates, by column and position.
    """

    register: str
    title: str
    unit_code: str
    unit_name: str
    letters: Mapping[str, str]
    rows: tuple[int, ...]
    columns: Mapping[str, Sequence[RegisterValue]]
    bounds: Mapping[str, Mapping[int, Bound]] = NOTHING
    unread: frozenset[str] = frozenset()
    file: str = ""
    sha256: str = ""

    @property
    def form(self) -> Register:
        """The register as declared."""
        return REGISTER_OF[self.register]

    def place(self, name: str, position: int) -> Place:
        """The place of a cell; that of column A where the sheet has no such column."""
        return self.at(f"{self.letters.get(name, 'A')}{self.rows[position]}")

    def at(self, cell: str) -> Place:
        """The place of a cell by its A1 name; of the sheet itself for ""."""
        return Place(self.file, self.title, cell, self.unit_name)

    def cells(self, positions: Sequence[int]) -> str:
        """The block of cells that holds these rows, "" for none."""
        if not positions:
            return ""
        letters = sorted(self.letters.values(), key=lambda letter: (len(letter), letter))
        first, last = self.rows[positions[0]], self.rows[positions[-1]]
        return f"{letters[0]}{first}:{letters[-1]}{last}"

    def text(self, name: str, position: int) -> str:
        """What a cell says as tidy text."""
        return text_of(self.columns[name][position])

    def take(self, positions: Sequence[int]) -> "RegisterRows":
        """The same register with these rows only, in this order."""
        where = {old: new for new, old in enumerate(positions)}
        bounds = {
            name: {where[old]: bound for old, bound in marks.items() if old in where}
            for name, marks in self.bounds.items()
        }
        columns = {name: [cells[i] for i in positions] for name, cells in self.columns.items()}
        return self._replace(
            rows=tuple(self.rows[i] for i in positions), columns=columns, bounds=bounds
        )


def latest_year(tables: Sequence[RegisterRows]) -> int | None:
    """The year of the latest day of any register; None when none has a day.

    A day before 1900, the first that Excel knows, is a slip and says nothing of the year.
    """
    return max((year for table in tables for year in years_in(table)), default=None)


def years_in(table: RegisterRows) -> set[int]:
    """The years of the days of a register."""
    days = table.columns[table.form.date] if table.form.date else ()
    years = {day.year for day in days if isinstance(day, dt.date)}
    return {year for year in years if year >= _FIRST_YEAR}
