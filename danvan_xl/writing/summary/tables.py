"""One table of a report as a printed sheet: header, rows, notes, signature."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import repeat
from typing import NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from danvan_xl.files.grid import column_letter
from danvan_xl.report.tables import Heading, ReportCell, Share, Table, TableRow
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.writing.lean import LeanSheet
from danvan_xl.writing.links import TablePlace
from danvan_xl.writing.styles import (
    GREY,
    GROUP_FILL,
    PARTY_LINE,
    TEXT_ROW_HEIGHT,
    Styles,
    date_line,
    set_up_page,
    write_heading,
    write_signature,
)
from danvan_xl.writing.summary.cell_writers import (
    SHARES,
    ColumnWriters,
    Look,
    Pen,
    Remembered,
    speaks_for_itself,
)
from danvan_xl.writing.summary.layout import (
    CODE_SIZE,
    ColumnFit,
    code_share_format,
    first_code_column,
    fit_columns,
    frozen_columns,
    header_height,
    row_heights,
)
from danvan_xl.writing.tones import PLAIN, Tone
from danvan_xl.writing.wrapping import line_count, row_height

# Other programs find the table here.
MEASURE_ROW = 5
HEADER_ROW = 6
FIRST_ROW = HEADER_ROW + 1

MOST_ROWS = 1_048_000  # what Excel's sheet leaves between the header and the notes
MOST_COLUMNS = 16_384

# The cells of a table, column by column.
Columns = Sequence[Sequence[ReportCell]]

_HEADING_LOOK: Tone = {"bold": True, "bg_color": GROUP_FILL}
_RATING_KEY = (
    "Nền xanh: đạt, vượt, đúng tiến độ, trong mức; nền đỏ, chữ đậm: chưa đạt, chậm tiến độ, "
    "có nguy cơ vượt; nền vàng: chưa đủ báo cáo, không rõ kế hoạch; nền xám: đang thực hiện."
)
_SHARE_KEY = (
    "Nền xanh: từ 100% kế hoạch trở lên; nền xám: từ 50% đến dưới 100%; nền đỏ, chữ đậm: dưới 50%."
)


class SummaryBook(NamedTuple):
    """The summary being written: its workbook, styles, title block and where each table stands."""

    workbook: Workbook
    styles: Styles
    heading: Heading
    places: Mapping[str, TablePlace]

    def add_sheet(self, title: str) -> LeanSheet:
        """A new sheet of the workbook."""
        sheet = self.workbook.add_worksheet(title, LeanSheet)
        assert isinstance(sheet, LeanSheet)
        return sheet


def table_place(table: Table) -> TablePlace:
    """Where the rows of a table will stand."""
    return TablePlace(table.sheet.title, FIRST_ROW + 1, min(len(table.rows), MOST_ROWS))


def write_table(book: SummaryBook, table: Table) -> None:
    """Write one table of the report on a sheet of its own."""
    table = _within_limits(table)
    sheet = book.add_sheet(table.sheet.title)
    last = len(table.columns) - 1
    by_column: Columns = tuple(zip(*(row.cells for row in table.rows), strict=True))
    fits = fit_columns(table, by_column or ((),) * len(table.columns))
    set_up_page(sheet, HEADER_ROW, table.sheet.title, is_upright=table.sheet.is_upright)
    for position, fit in enumerate(fits):
        width = table.columns[position].width if fit.is_hidden else fit.width
        sheet.set_column(position, position, width, None, {"hidden": fit.is_hidden})
    write_heading(sheet, book.styles, book.heading, table.sheet.heading, last)
    _give_offices_room(sheet, book.heading, fits)
    _write_measure_line(sheet, book.styles, table.measure_line, last)
    _write_header(sheet, book.styles, table, fits)
    below = _write_body(sheet, book, table, by_column, fits)
    below = _write_notes(sheet, book.styles, below, _all_notes(table), fits)
    if table.sheet.is_signed:
        write_signature(sheet, book.styles, below, book.heading, last)
    sheet.freeze_panes(FIRST_ROW, frozen_columns(table))


def _within_limits(table: Table) -> Table:
    """The part of a table that one sheet of Excel can hold, saying what is left out."""
    if len(table.columns) > MOST_COLUMNS:
        kept = tuple(row._replace(cells=row.cells[:MOST_COLUMNS]) for row in table.rows)
        table = replace(table, columns=table.columns[:MOST_COLUMNS], rows=kept)
    if len(table.rows) <= MOST_ROWS:
        return table
    hidden = vietnamese_number(len(table.rows) - MOST_ROWS)
    text = f"Còn {hidden} dòng nữa không ghi ở đây vì vượt số dòng của một trang tính."
    blanks = (None,) * (len(table.columns) - 1)
    return replace(
        table, rows=(*table.rows[:MOST_ROWS], TableRow((text, *blanks), is_heading=True))
    )


def _give_offices_room(sheet: LeanSheet, heading: Heading, fits: Sequence[ColumnFit]) -> None:
    """Raise the first two rows where their words take more than a line of their half."""
    middle = (len(fits) - 1) // 2 + 1
    left, right = (sum(fit.width for fit in half) for half in (fits[:middle], fits[middle:]))
    rows = ((heading.parent_name, PARTY_LINE), (heading.unit_name, date_line(heading)))
    for row, (name, words) in enumerate(rows):
        sides = line_count(name.upper(), left, bold=True), line_count(words, right, bold=True)
        if max(sides) > 1:
            sheet.set_row(row, row_height(max(sides)))


def _write_measure_line(sheet: LeanSheet, styles: Styles, text: str, last: int) -> None:
    """Write the "ĐVT" line above the right end of the header."""
    if text:
        style = styles(italic=True, align="right")
        write_across(
            sheet=sheet, row=MEASURE_ROW, first=last // 2 + 1, last=last, text=text, style=style
        )


def _write_header(
    sheet: LeanSheet, styles: Styles, table: Table, fits: Sequence[ColumnFit]
) -> None:
    """Write the header row; an indicator's code stands upright, its name in a note on it."""
    upright = styles.header(rotation=90, font_size=CODE_SIZE)
    first_code = first_code_column(table)
    sheet.set_row(HEADER_ROW, header_height(table, fits))
    for position, column in enumerate(table.columns):
        is_code = position >= first_code
        style = upright if is_code else styles.header()
        sheet.write_string(HEADER_ROW, position, column.header, style)
        if is_code and column.help:
            sheet.write_comment(HEADER_ROW, position, column.help, _NOTE_BOX)


def _write_body(
    sheet: LeanSheet, book: SummaryBook, table: Table, by_column: Columns, fits: Sequence[ColumnFit]
) -> int:
    """Write the rows, or the sentence of an empty table; return the row below them."""
    last = len(table.columns) - 1
    if not table.rows:
        style = book.styles.cell(italic=True, align="center", text_wrap=True)
        write_across(
            sheet=sheet, row=FIRST_ROW, first=0, last=last, text=table.when_empty, style=style
        )
        sheet.set_row(FIRST_ROW, 2 * TEXT_ROW_HEIGHT)
        return FIRST_ROW + 1
    has_headings = any(row.is_heading for row in table.rows)
    pen = Pen(sheet, book.styles, table, book.places, has_headings)
    rows = list(_row_xml(pen, by_column, row_heights(table, by_column, fits)))
    sheet.set_body(FIRST_ROW, rows, last)
    below = FIRST_ROW + len(rows)
    sheet.ignore_errors({"number_stored_as_text": f"A{FIRST_ROW + 1}:XFD{below}"})
    # Sorting would tear the rows away from the headings above them.
    if not has_headings:
        sheet.autofilter(HEADER_ROW, 0, below - 1, last)
    return below


def _row_xml(pen: Pen, by_column: Columns, heights: Sequence[float]) -> Iterator[str]:
    """The XML of every row of a table, joined from what its columns give."""
    numbers = [str(number) for number in range(FIRST_ROW + 1, FIRST_ROW + 1 + len(heights))]
    start_of = {height: f'" ht="{height:g}" customHeight="1">' for height in set(heights)}
    starts = (start_of[height] for height in heights)
    memory_of = cache(lambda position: Remembered(_writers(pen, position)))
    pieces: list[Iterable[str]] = [repeat('<row r="'), numbers, starts]
    for position, cells in enumerate(by_column):
        name = f'<c r="{column_letter(position)}'
        pieces += (repeat(name), numbers, _column_xml(pen, position, cells, memory_of))
    pieces.append(repeat("</row>"))
    return map("".join, zip(*pieces, strict=False))


def _column_xml(
    pen: Pen,
    position: int,
    cells: Sequence[ReportCell],
    memory_of: Callable[[int], Remembered],
) -> Iterable[str]:
    """The XML of the cells of a column, each without its name."""
    kinds = set(map(type, cells))
    if speaks_for_itself(pen, kinds):
        # Shares under indicator codes look alike, whichever the indicator.
        first_code = first_code_column(pen.table)
        alike = min(position, first_code) if kinds <= SHARES else position
        return map(memory_of(alike).__getitem__, cells)
    plain, heading = _writers(pen, position), _writers(pen, position, _HEADING_LOOK)
    return (
        (heading if row.is_heading else plain)[cell.__class__](cell, number, row.cells)
        for number, (cell, row) in enumerate(zip(cells, pen.table.rows, strict=True), FIRST_ROW + 1)
    )


def _writers(pen: Pen, position: int, base: Tone = PLAIN) -> ColumnWriters:
    """The writers of one column."""
    look = Look(base)
    if position >= first_code_column(pen.table):
        code_base = {**base, "font_size": CODE_SIZE}
        look = Look(code_base, code_share_format(pen.table), shares_toned=True)
    return ColumnWriters(pen, position, look)


def _all_notes(table: Table) -> tuple[str, ...]:
    """The notes of a table and, under indicator codes, what colours and codes mean."""
    codes = table.columns[first_code_column(table) :]
    if not codes or not table.rows:
        return table.notes
    shares = (cell for row in table.rows for cell in row.cells if isinstance(cell, Share))
    key = _RATING_KEY if any(share.rating for share in shares) else _SHARE_KEY
    names = "; ".join(f"{column.header}: {column.help}" for column in codes if column.help)
    return (*table.notes, key, *((f"{names}.",) if names else ()))


def _write_notes(
    sheet: LeanSheet, styles: Styles, row: int, notes: Sequence[str], fits: Sequence[ColumnFit]
) -> int:
    """Write notes below the table, each across its whole width; return the row below them."""
    style = styles(italic=True, font_color=GREY, font_size=11, text_wrap=True, valign="top")
    last, width = len(fits) - 1, sum(fit.width for fit in fits)
    for note in notes:
        write_across(sheet=sheet, row=row, first=0, last=last, text=note, style=style)
        sheet.set_row(row, row_height(line_count(note, width, 11)))
        row += 1
    return row


def write_across(
    sheet: Worksheet, row: int, first: int, last: int, text: str, style: Format
) -> None:
    """Write a text over several columns of one row; a merge of one cell is not allowed."""
    if last > first:
        sheet.merge_range(row, first, row, last, "", style)
    sheet.write_string(row, first, text, style)


_NOTE_BOX = {"font_name": "Times New Roman", "font_size": 11, "x_scale": 1.6, "author": ""}
