"""Tables too long to be read on a sheet: what stands on the sheet, and the file that has the rest.

Above these numbers of rows nobody reads a sheet, and Excel takes long to open it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from danvan_xl.report.tables import Beside, Cells, Table, TableRow
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.vietnamese.text import bare_key


class Room(NamedTuple):
    """How many rows a sheet has, whole; and how many are shown of more, with a file beside it."""

    most: int
    otherwise: int

    def rows(self, count: int, stem: str) -> int:
        """How many of so many rows are shown; "" is the stem where no file is written."""
        if count <= self.most:
            return count
        return self.otherwise if stem else self.most


ROOM_FOR_UNITS = Room(1_000, 300)
ROOM_FOR_UNMET = Room(3_000, 1_000)
ROOM_FOR_ISSUES = Room(5_000, 1_000)
ROOM_FOR_SOURCES = Room(10_000, 2_400)


def cut(
    table: Table,
    lines: Callable[[], Iterable[str]],
    count: int,
    stem: str,
    which: str = "",
) -> Table:
    """A table that shows fewer rows than there are (`count`), saying where the rest is.

    `table` has the rows to be shown, `lines` makes the lines of all, `which` tells how they were
    chosen. Without a `stem` no file is written beside, and the note says so.
    """
    if len(table.rows) >= count:
        return table
    shown, all_rows = vietnamese_number(len(table.rows)), vietnamese_number(count)
    note = f"Trang này ghi {shown} trong {all_rows} dòng{which}"
    if not stem:
        note = f"{note}; các dòng khác xem ở sổ của từng đơn vị."
        return replace(table, notes=(*table.notes, note))
    name = table.sheet.title
    file = f"{stem}.{bare_key(name, '-')}.csv"
    note = f"{note}; toàn bộ bảng {name} ở tệp '{file}' cùng thư mục."
    beside = Beside(file, table.columns, lines)
    return replace(table, notes=(*table.notes, note), beside=beside)


def first(rows: Iterable[Cells], most: int | None = None) -> tuple[TableRow, ...]:
    """So many rows, all for None."""
    return tuple(map(TableRow, islice(rows, most)))


def shown_terms(counts: Sequence[int], room: Room, stem: str) -> int:
    """How many addends of each total are shown, when there are so many of each."""
    shown = room.rows(sum(counts), stem)
    return max(counts, default=0) if shown == sum(counts) else max(1, shown // len(counts))
