"""The output sheets in an open workbook, refreshed in place.

The report is written by the one writer of summaries to a file of its own, from which the
spreadsheet program takes the sheets: a new one whole, one that is there cell over cell. So the
officer's charts and formulas go on pointing at the same cells, what stands beside the table stays,
and widths and notes are left as they are.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from danvan_xl.excel.areas import area_of, remember
from danvan_xl.excel.live import whole
from danvan_xl.report import Report
from danvan_xl.writing.summary import write_summary

_FILE = "danvan-tong-hop.xlsx"
_ROW = re.compile(rb'<row r="(\d+)"[^>]*? ht="([\d.]+)"')
_PART = re.compile(r"xl/worksheets/sheet(\d+)\.xml")


class _Heights(NamedTuple):
    """Rows of one height in points, from and to."""

    first: int
    last: int
    points: float


def refresh(book: Any, report: Report) -> bool:
    """Write a report into an open workbook; False when everything already said the same."""
    with TemporaryDirectory(prefix="danvan-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / _FILE
        write_summary(path, _without_charts(report))
        heights = _row_heights(path)
        made = book.app.books.open(str(path), update_links=False, read_only=True)
        try:
            pairs = zip(made.sheets, heights, strict=True)
            done = [_put(book, sheet, rows) for sheet, rows in pairs]
        finally:
            made.close()
            book.activate()
    return any(done)


def _without_charts(report: Report) -> Report:
    """Return the report as tables: charts of a changing table would be made anew every time."""
    registers = tuple(
        register._replace(tables=tuple(table._replace(chart=None) for table in register.tables))
        for register in report.registers
    )
    return replace(report, charts=(), registers=registers)


def _put(book: Any, source: Any, heights: list[_Heights]) -> bool:
    """Bring one sheet up to date; False when there was nothing to do."""
    cells = whole(source)
    if source.name not in [sheet.name for sheet in book.sheets]:
        source.copy(after=book.sheets[-1])
        remember(book, book.sheets[source.name].range(cells.address))
        return True
    target = book.sheets[source.name]
    if area_of(book, source.name) is not None and _says_the_same(target, cells):
        return False
    _overwrite(book, target, cells, heights)
    return True


def _says_the_same(target: Any, cells: Any) -> bool:
    area = area_of(target.book, target.name)
    assert area is not None  # its name was asked for before
    same_place = area.address == cells.address
    return bool(same_place and area.formula == cells.formula)


def _overwrite(book: Any, target: Any, cells: Any, heights: list[_Heights]) -> None:
    """Write cells over those of the last time; what stands below is moved down to make room."""
    before = area_of(book, target.name) or whole(target)
    kept = [(note.location.address, note.text) for note in target.notes]
    _make_room(target, before.last_cell.row, cells.last_cell.row)
    before.unmerge()
    before.clear()
    cells.copy(target.range("A1"))
    for rows in heights:
        target.range((rows.first, 1), (rows.last, 1)).row_height = rows.points
    here = {note.location.address for note in target.notes}
    for address, text in kept:
        if address not in here:
            target.range(address).add_note(text)
    remember(book, target.range(cells.address))


def _make_room(target: Any, last_before: int, last_now: int) -> None:
    """Insert rows below the old table when the new one is longer and something stands there."""
    if last_now <= last_before or target.used_range.last_cell.row <= last_before:
        return
    width = target.used_range.last_cell.column
    target.range((last_before + 1, 1), (last_now, width)).insert("down")


def _row_heights(path: Path) -> list[list[_Heights]]:
    """Return the rows' heights of each sheet, in the order of the tabs; copying leaves them out."""
    with zipfile.ZipFile(path) as parts:
        numbers = sorted(int(match[1]) for name in parts.namelist() if (match := _PART.match(name)))
        return [list(_runs(parts.read(f"xl/worksheets/sheet{number}.xml"))) for number in numbers]


def _runs(xml: bytes) -> Iterator[_Heights]:
    """Yield rows that follow one another and are of one height."""
    rows = [(int(number), float(points)) for number, points in _ROW.findall(xml)]
    for (_, points), group in groupby(enumerate(rows), key=_run):
        found = [row for _, (row, _) in group]
        yield _Heights(found[0], found[-1], points)


def _run(item: tuple[int, tuple[int, float]]) -> tuple[int, float]:
    """Return what is the same for all rows of a run: how far they are off, and their height."""
    index, (row, points) = item
    return row - index, points
