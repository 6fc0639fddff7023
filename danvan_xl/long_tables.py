"""Tables too long to be read on a sheet: what stands on the sheet, and the file that has the rest.

Above these numbers of rows nobody reads a sheet, and Excel takes long to open it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice

from danvan_xl.report import Beside, Cells, Row, Table
from danvan_xl.show import vietnamese_number
from danvan_xl.text import bare_key

MOST_UNITS = 1_000
MOST_UNMET = 3_000
MOST_ISSUES = 5_000
MOST_SOURCES = 10_000


def cut(
    table: Table,
    whole: Callable[[], Iterable[Cells]],
    count: int,
    stem: str,
    which: str = "",
) -> Table:
    """Return a table that shows fewer rows than there are (`count`), saying where the rest is.

    `table` has the rows to be shown, `whole` makes the cells of all, `which` tells how they were
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
    beside = Beside(file, table.columns, whole)
    return replace(table, notes=(*table.notes, note), beside=beside)


def first(rows: Iterable[Cells], most: int | None = None) -> tuple[Row, ...]:
    """Return so many rows, all for None."""
    return tuple(map(Row, islice(rows, most)))


def shown_terms(counts: Sequence[int], most: int = MOST_SOURCES) -> int:
    """Return how many addends of each total are shown, when there are so many of each."""
    if sum(counts) <= most:
        return max(counts, default=0)
    return max(1, most // len(counts))
