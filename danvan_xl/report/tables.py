"""The neutral report behind the core: what is to be shown, not how. Every writer renders this.

What a report has thousands of are named tuples: they are made and compared several times faster.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from danvan_xl.rollup.rating import Rating
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.schema.options import STRICT, Direction, PlanKind
from danvan_xl.schema.output_sheets import OutputSheet
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


class Goal(NamedTuple):
    """A plan that is not reached by its number alone; `kind` (> or <) is shown before it."""

    value: Decimal
    kind: PlanKind


class Points(NamedTuple):
    """By how many points one percentage differs from another.

    One that `is_signed` says which way, one that is not how much is short.
    """

    value: Decimal
    is_signed: bool = False


class PlaceLink(NamedTuple):
    """A text that leads to a cell of a workbook on disk; `file` is relative to the report."""

    text: str
    file: str
    sheet: str = ""
    cell: str = ""


ShownValue = str | int | Decimal | dt.date | None
ReportCell = ShownValue | Share | Link | PlaceLink | Estimate | Goal | Points | Rating
POINTS = "điểm %"


Cells = tuple[ReportCell, ...]


def plan_cell(plan: Decimal | None, kind: PlanKind) -> Decimal | Goal | None:
    """A plan as columns Kế hoạch show it: a strict one with its mark, "> 95"."""
    return Goal(plan, kind) if plan is not None and kind in STRICT else plan


class TableRow(NamedTuple):
    """One row of a table; a heading row groups those below it."""

    cells: Cells
    is_heading: bool = False


class CellsOf:
    """Puts the cells of a row, given by the names of their columns, in the columns' order."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._names = tuple(column.name for column in columns)
        self._known = frozenset(self._names)

    def __call__(self, **named: ReportCell) -> Cells:
        """The cells of a row; TypeError for a column that is not given, or that there is not."""
        if named.keys() != self._known:
            missing, unknown = self._known - named.keys(), named.keys() - self._known
            raise TypeError(f"columns missing: {sorted(missing)}, unknown: {sorted(unknown)}")
        return tuple([named[name] for name in self._names])

    def heading(self, **named: ReportCell) -> TableRow:
        """A row that groups those below it, blank but for these columns."""
        return TableRow(self(**{**dict.fromkeys(self._names, ""), **named}), is_heading=True)


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

    sheet: OutputSheet
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


class SmallTable(NamedTuple):
    """One of several tables on a sheet; a row that is a heading is the total of those above.

    Its `chart` is drawn beside it, where charts can be.
    """

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
    tables: tuple[SmallTable, ...]


@dataclass(frozen=True, slots=True)
class TrackedSheet:
    """The output sheet of the registers, each with tables of its own."""

    sheet: OutputSheet
    registers: tuple[TrackedRegister, ...]


@dataclass(frozen=True, slots=True)
class ChartSheet:
    """The output sheet of charts."""

    sheet: OutputSheet
    charts: tuple[Chart, ...]


class Sentences(NamedTuple):
    """A block of a page: whole sentences under a title."""

    title: str
    sentences: tuple[str, ...]


class BigNumber(NamedTuple):
    """A figure to be seen first, and the few words that say of what."""

    label: str
    value: ShownValue


class BigNumbers(NamedTuple):
    """A block of a page: figures side by side."""

    numbers: tuple[BigNumber, ...]


PageBlock = Sentences | BigNumbers | SmallTable


@dataclass(frozen=True, slots=True)
class Page:
    """An output sheet that is no table: blocks one below the other, on one page of A4."""

    sheet: OutputSheet
    blocks: tuple[PageBlock, ...]


ReportSheet = Table | TrackedSheet | ChartSheet | Page


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
    """Everything a summary shows, sheet after sheet; `message` says it in one sentence.

    `title` is what the document as a whole is called.
    """

    heading: Heading
    title: str
    sheets: tuple[ReportSheet, ...]
    message: str
    created: dt.datetime = field(default_factory=lambda: dt.datetime(2000, 1, 1))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The sheets that are one table each."""
        return tuple(item for item in self.sheets if isinstance(item, Table))

    def table(self, name: str) -> Table:
        """The table of the sheet called `name`; KeyError if the report has none."""
        for table in self.tables:
            if table.sheet.name == name:
                return table
        raise KeyError(name)
