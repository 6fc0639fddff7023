"""The neutral report behind the core: what is to be shown, not how. Every writer renders this.

What a report has thousands of are named tuples: they are made and compared several times faster.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from danvan_xl.rollup.rating import Rating
from danvan_xl.schema.columns import Column, Kind, Sheet
from danvan_xl.schema.options import Direction
from danvan_xl.vietnamese.numbers import Bound

# The file a link leads to when it is the one the report is written into.
HERE = "#"
# Turns the name of a read file into the path a link in the report has to use.
Locate = Callable[[str], str]
_WORDS = (Kind.TEXT, Kind.CODE, Kind.CHOICE)


class Comparison(StrEnum):
    """What a share compares, which decides the native formula that shows it."""

    PLAN = "plan"
    LAST_YEAR = "last_year"


class Share(NamedTuple):
    """A share worked out from other cells of its row; `value` is already rounded as printed.

    `rating` is how it is judged, for the tables that have no column of their own for that.
    """

    value: Decimal | None
    comparison: Comparison = Comparison.PLAN
    direction: Direction = Direction.MORE
    rating: Rating | None = None


class Link(NamedTuple):
    """A value that leads to a row of another table of the report (`row` is 0-based there)."""

    value: "ShownValue"
    table: str
    row: int


class Estimate(NamedTuple):
    """A figure that is not exact; `bound` (≥, ≤ or ≈) is shown before it."""

    value: Decimal
    bound: Bound


class PlaceLink(NamedTuple):
    """A text that leads to a cell of a workbook on disk; `file` is relative to the report."""

    text: str
    file: str
    sheet: str = ""
    cell: str = ""


ShownValue = str | int | Decimal | dt.date | None
ReportCell = ShownValue | Share | Link | PlaceLink | Estimate | Rating


Cells = tuple[ReportCell, ...]


class TableRow(NamedTuple):
    """One row of a table; a heading row groups those below it."""

    cells: Cells
    is_heading: bool = False


class Beside(NamedTuple):
    """The whole of a table that is too long for a sheet: its `file` beside the summary.

    `lines` makes the lines of its rows when they are written, some at a time.
    """

    file: str
    columns: tuple[Column, ...]
    lines: Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """One output sheet: `sheet` declares it, `columns` are the ones it has this time.

    `beside` has all its rows, where the sheet shows but some.
    """

    sheet: Sheet
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    when_empty: str = ""
    measure_line: str = ""
    notes: tuple[str, ...] = ()
    beside: Beside | None = None


class Chart(NamedTuple):
    """A bar chart over named bars; shares are printed as percents, counts as numbers."""

    title: str
    label: str
    bars: tuple[tuple[str, Decimal | int], ...]
    is_share: bool = False


class TrackedTable(NamedTuple):
    """A small table of sheet Sổ theo dõi; a row that is a heading is the total of those above."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...] = ()
    chart: Chart | None = None

    @property
    def group_width(self) -> int:
        """How many columns on the left say what a row is about."""
        words = (column.kind in _WORDS for column in self.columns)
        return next((i for i, is_word in enumerate(words) if not is_word), 1)


class TrackedRegister(NamedTuple):
    """What sheet Sổ theo dõi shows of one register."""

    title: str
    tables: tuple[TrackedTable, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title block of a printed sheet and the signature under it."""

    parent_name: str
    unit_name: str
    locality: str
    date: dt.date | None
    period_line: str
    signer_title: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a summary shows; `message` says it in one sentence."""

    heading: Heading
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...]
    message: str
    created: dt.datetime = field(default_factory=lambda: dt.datetime(2000, 1, 1))
    registers: tuple[TrackedRegister, ...] = ()

    def table(self, name: str) -> Table:
        """The table of the sheet called `name`; KeyError if the report has none."""
        for table in self.tables:
            if table.sheet.name == name:
                return table
        raise KeyError(name)
