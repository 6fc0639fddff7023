"""The output sheets in an open workbook, refreshed in place.

The report is written by the one writer of summaries to a file of its own, from which the
spreadsheet program takes the sheets: a new one whole, one that is there cell over cell. So the
officer's charts and formulas go on pointing at the same cells, what stands beside the table stays,
and widths and notes are left as they are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from danvan_xl.excel.areas import AREA_NAME, area_of, remember
from danvan_xl.excel.live import whole
from danvan_xl.files.zips import open_zip
from danvan_xl.report.tables import Page, Report, ReportSheet, SmallTable, TrackedSheet
from danvan_xl.schema.output_sheets import OUTPUT_TABLES
from danvan_xl.writing.summary.tables import HEADER_ROW
from danvan_xl.writing.summary.workbook import write_summary

_TABLES = frozenset(sheet.title for sheet in OUTPUT_TABLES)
_FILE = "danvan-tong-hop.xlsx"
_ROW = re.compile(rb'<row r="(\d+)"[^>]*? ht="([\d.]+)"')
_PART = re.compile(r"xl/worksheets/sheet(\d+)\.xml")


class _Heights(NamedTuple):
    """Rows of one height in points, from and to."""

    first: int
    last: int
    points: float

    def holds_any(self, numbers: Sequence[int]) -> bool:
        """Whether one of these rows is among them."""
        return any(self.first <= number <= self.last for number in numbers)


def refresh(book: Any, report: Report) -> bool:
    """Write a report into an open workbook; False when everything already said the same."""
    with TemporaryDirectory(prefix="danvan-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / _FILE
        write_summary(path, _live(report), AREA_NAME)
        heights = _row_heights(path)
        made = book.app.books.open(str(path), update_links=False, read_only=True)
        try:
            titles = [sheet.name for sheet in made.sheets]
            pairs = zip(made.sheets, heights, strict=True)
            done = [_put(book, sheet, rows, titles) for sheet, rows in pairs]
        finally:
            made.close()
            book.activate()
    return any(done)


def live_titles(report: Report) -> list[str]:
    """The sheets of a report that an open workbook has."""
    return [item.sheet.title for item in report.sheets if item.sheet.is_live]


def _live(report: Report) -> Report:
    """The report as tables: charts of a changing table would be made anew every time."""
    sheets = tuple(_without_charts(item) for item in report.sheets if item.sheet.is_live)
    return replace(report, sheets=sheets)


def _without_charts(item: ReportSheet) -> ReportSheet:
    if isinstance(item, TrackedSheet):
        registers = tuple(
            register._replace(tables=tuple(table._replace(chart=None) for table in register.tables))
            for register in item.registers
        )
        return replace(item, registers=registers)
    if isinstance(item, Page):
        blocks = tuple(
            block._replace(chart=None) if isinstance(block, SmallTable) else block
            for block in item.blocks
        )
        return replace(item, blocks=blocks)
    return item


def _put(book: Any, source: Any, heights: list[_Heights], titles: Sequence[str]) -> bool:
    """Bring one sheet up to date; False when there was nothing to do.

    `titles` are those of all sheets of the report, in order.
    """
    if source.name not in [sheet.name for sheet in book.sheets]:
        source.copy(**_place(book, source.name, titles))  # the name of its cells comes with it
        return True
    cells, target = area_of(source), book.sheets[source.name]
    assert cells is not None  # so it was written
    before = area_of(target)
    if before is not None and source.name in _TABLES and _make_columns(target, before, cells):
        before = area_of(target)
    if before is None or before.address != cells.address:
        _overwrite(target, before or whole(target), cells, heights)
        return True
    changed = [
        number
        for number, pair in enumerate(zip(before.formula, cells.formula, strict=True), start=1)
        if pair[0] != pair[1]
    ]
    if changed:
        _overwrite(target, before, cells, [rows for rows in heights if rows.holds_any(changed)])
        _show_filled_columns(target, cells)
    return bool(changed)


def _place(book: Any, title: str, titles: Sequence[str]) -> dict[str, Any]:
    """Where a new sheet goes: beside its neighbour in the report, else behind all."""
    there = {sheet.name: sheet for sheet in book.sheets}
    position = titles.index(title)
    for name in reversed(titles[:position]):
        if name in there:
            return {"after": there[name]}
    for name in titles[position + 1 :]:
        if name in there:
            return {"before": there[name]}
    return {"after": book.sheets[-1]}


def _overwrite(target: Any, before: Any, cells: Any, heights: list[_Heights]) -> None:
    """Write cells over those of the last time; what stands below is moved down to make room."""
    kept = [(note.location.address, note.text) for note in target.notes]
    is_resized = before.address != cells.address
    if is_resized:
        _make_room(target, before.last_cell.row, cells.last_cell.row)
    before.unmerge()
    before.clear()
    cells.copy(target.range("A1"))
    _set_heights(target, heights)
    here = {note.location.address for note in target.notes} if kept else set()
    for address, text in kept:
        if address not in here:
            target.range(address).add_note(text)
    if is_resized:
        remember(target.range(cells.address))


def _make_columns(target: Any, before: Any, cells: Any) -> bool:
    """Make room for the columns a table has now and had not before; False where there are none.

    What points at the others, and what stands beside the table, goes along.
    """
    old, new = _headers(before), _headers(cells)
    places = _new_places(old, new)
    if not places:
        return False
    before.unmerge()
    last = target.used_range.last_cell.row
    for place in places:
        target.range((1, place), (last, place)).insert("right")
    remember(target.range((1, 1), (before.last_cell.row, len(new))))
    for column in range(1, len(new) + 1):
        width = cells.sheet.range((1, column)).column_width
        target.range((1, column)).column_width = width
    return True


def _headers(cells: Any) -> list[Any]:
    """The header row of a table; nothing where it is too short for one."""
    if cells.last_cell.row <= HEADER_ROW:
        return []
    sheet, last = cells.sheet, cells.last_cell.column
    return list(sheet.range((HEADER_ROW + 1, 1), (HEADER_ROW + 1, last)).options(ndim=1).value)


def _new_places(old: Sequence[Any], new: Sequence[Any]) -> list[int]:
    """Where new headers stand among old ones, from 1; nothing where the old are not all there."""
    places: list[int] = []
    rest = list(old)
    for place, header in enumerate(new, start=1):
        if rest and header == rest[0]:
            rest.pop(0)
        else:
            places.append(place)
    return places if old and not rest else []


def _show_filled_columns(target: Any, cells: Any) -> None:
    """Show the columns that were hidden while nothing stood in them."""
    for column in range(1, cells.last_cell.column + 1):
        width = cells.sheet.range((1, column)).column_width
        if width and not target.range((1, column)).column_width:
            target.range((1, column)).column_width = width


def _set_heights(target: Any, heights: list[_Heights]) -> None:
    for rows in heights:
        target.range((rows.first, 1), (rows.last, 1)).row_height = rows.points


def _make_room(target: Any, last_before: int, last_now: int) -> None:
    """Insert rows below the old table when the new one is longer and something stands there."""
    if last_now <= last_before or target.used_range.last_cell.row <= last_before:
        return
    width = target.used_range.last_cell.column
    target.range((last_before + 1, 1), (last_now, width)).insert("down")


def _row_heights(path: Path) -> list[list[_Heights]]:
    """The rows' heights of each sheet, in the order of the tabs; copying leaves them out."""
    with path.open("rb") as stream, open_zip(stream) as parts:
        numbers = sorted(int(match[1]) for name in parts.namelist() if (match := _PART.match(name)))
        return [list(_runs(parts.read(f"xl/worksheets/sheet{number}.xml"))) for number in numbers]


def _runs(xml: bytes) -> Iterator[_Heights]:
    """Rows that follow one another and are of one height."""
    rows = [(int(number), float(points)) for number, points in _ROW.findall(xml)]
    for (_, points), group in groupby(enumerate(rows), key=_run):
        found = [row for _, (row, _) in group]
        yield _Heights(found[0], found[-1], points)


def _run(item: tuple[int, tuple[int, float]]) -> tuple[int, float]:
    """What is the same for all rows of a run: how far they are off, and their height."""
    index, (row, points) = item
    return row - index, points
