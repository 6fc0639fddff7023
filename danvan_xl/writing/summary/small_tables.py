"""A small table on the grid of its sheet, with its notes and its chart."""

from decimal import Decimal
from typing import NamedTuple

from danvan_xl.report.tables import Chart, Estimate, ReportCell, Share
from danvan_xl.writing.lean import LeanSheet
from danvan_xl.writing.styles import GREY, GROUP_FILL
from danvan_xl.writing.summary.charts import CellRange, bar_chart
from danvan_xl.writing.summary.small_table_cells import SmallTablePen
from danvan_xl.writing.summary.small_table_layout import (
    FIRST_LINE,
    HEADER_LINE,
    MOST_BARS,
    TITLE_LINE,
    Fit,
    TablePlan,
)
from danvan_xl.writing.summary.tables import SummaryBook
from danvan_xl.writing.tones import PLAIN, Tone

_WHEN_EMPTY = "Không có."
_TOTAL_LOOK: Tone = {"bold": True, "bg_color": GROUP_FILL}


class Desk(NamedTuple):
    """What the parts of a sheet are written with; `last` is the last column of its grid."""

    book: SummaryBook
    sheet: LeanSheet
    pen: SmallTablePen
    last: int
    title: str


class _Drawn(NamedTuple):
    """The figures of a chart: their column of the grid, and how many rows from the first."""

    column: int
    row_count: int


def write_small_table(desk: Desk, top: int, plan: TablePlan) -> None:
    """Write a table from row `top` down, its notes and its chart."""
    styles, table = desk.book.styles, plan.table
    for row, line in enumerate(plan.lines, top):
        desk.sheet.set_row(row, line.height)
    desk.pen.text(top + TITLE_LINE, Fit(0, desk.last), table.title, styles(bold=True))
    for column, fit in zip(table.columns, plan.fits, strict=True):
        desk.pen.text(top + HEADER_LINE, fit, column.header, styles.header())
    below = _write_rows(desk, top + FIRST_LINE, plan)
    style = styles(italic=True, font_color=GREY, font_size=11, text_wrap=True, valign="top")
    for row, note in enumerate(table.notes, below):
        desk.pen.text(row, plan.note_fit, note, style)
    _insert_chart(desk, top, plan)


def _write_rows(desk: Desk, row: int, plan: TablePlan) -> int:
    """Write the rows of a table, or that it has none; return the row below them."""
    table = plan.table
    if not table.rows:
        style = desk.book.styles.cell(italic=True, align="center")
        desk.pen.text(row, Fit(0, plan.fits[-1].last), _WHEN_EMPTY, style)
        return row + 1
    for record in table.rows:
        for cell, column, fit in zip(record.cells, table.columns, plan.fits, strict=True):
            desk.pen.value(row, fit, cell, column, _TOTAL_LOOK if record.is_heading else PLAIN)
        row += 1
    return row


def _insert_chart(desk: Desk, top: int, plan: TablePlan) -> None:
    """Put the chart of a table in its frame; it draws the cells of the table itself."""
    chart, frame = plan.table.chart, plan.frame
    if chart is None or frame is None:
        return
    chart = _within_frame(chart)
    first = top + FIRST_LINE
    drawn = _drawn_cells(plan, chart)
    if drawn is None:
        names, figures = _write_beyond_the_page(desk, first, chart)
    else:
        names = _down(desk, first, 0, drawn.row_count)
        figures = _down(desk, first, drawn.column, drawn.row_count)
    native = bar_chart(desk.book, chart, names, figures)
    native.set_size({"width": frame.width, "height": int(frame.height * 4 / 3)})
    place = {"object_position": 1, "x_offset": frame.left}
    desk.sheet.insert_chart(top + frame.line, frame.column, native, place)


def _within_frame(chart: Chart) -> Chart:
    """A chart of no more bars than its frame can show, saying so in its title."""
    count = len(chart.bars)
    if count <= MOST_BARS:
        return chart
    title = f"{chart.title} ({MOST_BARS} dòng đầu trong {count} dòng)"
    return chart._replace(title=title, bars=chart.bars[:MOST_BARS])


def _drawn_cells(plan: TablePlan, chart: Chart) -> _Drawn | None:
    """The cells that hold the bars of a chart, in order; None if the table has no such."""
    headers = [column.header for column in plan.table.columns]
    if chart.label not in headers:
        return None
    position = headers.index(chart.label)
    figures = ((row.cells[0], _figure(row.cells[position])) for row in plan.table.rows)
    # A blank cell draws nothing.
    known = [(count, bar) for count, bar in enumerate(figures, 1) if bar[1] is not None]
    first = known[: len(chart.bars)]
    if tuple(bar for _count, bar in first) != chart.bars:
        return None
    return _Drawn(plan.fits[position].first, first[-1][0])


def _figure(cell: ReportCell) -> Decimal | int | None:
    value = cell.value if isinstance(cell, (Share, Estimate)) else cell
    return value if isinstance(value, (int, Decimal)) else None


def _write_beyond_the_page(desk: Desk, row: int, chart: Chart) -> tuple[CellRange, CellRange]:
    """Write the bars right of what is printed, for a chart that draws no column of its table."""
    style, column = desk.book.styles(font_color=GREY), desk.last + 2
    desk.pen.text(row - 1, Fit(column, column), f"Số liệu của biểu đồ: {chart.title}", style)
    for number, (name, figure) in enumerate(chart.bars):
        desk.pen.text(row + number, Fit(column, column), name, style)
        desk.sheet.write_number(row + number, column + 1, float(figure), style)
    count = len(chart.bars)
    return _down(desk, row, column, count), _down(desk, row, column + 1, count)


def _down(desk: Desk, row: int, column: int, count: int) -> CellRange:
    return desk.title, row, column, row + count - 1, column
