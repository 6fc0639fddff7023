"""The sheet "Sổ theo dõi": what the registers add up to, each under its own heading."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.report.tables import Chart, Estimate, Heading, ReportCell, Share, TrackedRegister
from danvan_xl.schema.sheets import TRACKING_HEADING, TRACKING_TITLE
from danvan_xl.writing.lean import LeanSheet
from danvan_xl.writing.styles import (
    GREY,
    HEADER_FILL,
    TEXT_ROW_HEIGHT,
    TITLE_ROW_HEIGHT,
    set_up_page,
    write_heading,
    write_signature,
)
from danvan_xl.writing.summary.charts import CellRange, bar_chart
from danvan_xl.writing.summary.tables import SummaryBook
from danvan_xl.writing.summary.tracking_cells import TrackingPen
from danvan_xl.writing.summary.tracking_layout import (
    FIRST_LINE,
    FIRST_WIDTH,
    HEADER_LINE,
    MOST_BARS,
    TITLE_LINE,
    UNIT_WIDTH,
    Fit,
    SheetLine,
    TablePlan,
    last_column,
    page_breaks,
    page_height,
    plan_pages,
    print_scale,
)
from danvan_xl.writing.wrapping import line_count, row_height

_CONTENTS_ROW = 6
_OFFICE_ROW_HEIGHT = 20
_MOST_BREAKS = 1023  # Excel's limit for one sheet
_WHEN_EMPTY = "Không có."
_BAND = {"bold": True, "font_size": 13, "bg_color": HEADER_FILL}
# Under the last table: a blank row, who signs, how, and room to do so.
_SIGNATURE = (SheetLine(TEXT_ROW_HEIGHT),) * 6


class _Desk(NamedTuple):
    """What the parts of the sheet are written with; `last` is the last column of the grid."""

    book: SummaryBook
    sheet: LeanSheet
    pen: TrackingPen
    last: int


class _Drawn(NamedTuple):
    """The figures of a chart: their column of the grid, and how many rows from the first."""

    column: int
    row_count: int


def write_tracking(book: SummaryBook, registers: Sequence[TrackedRegister]) -> None:
    """Write the sheet of all registers, no small table torn by the end of a page."""
    sheet = book.add_sheet(TRACKING_TITLE)
    last = last_column(registers)
    desk = _Desk(book, sheet, TrackingPen(sheet, book.styles), last)
    lines = _write_top(desk, len(registers))
    starts = []
    for number, register in enumerate(registers, 1):
        starts.append(len(lines))
        lines += _write_register(desk, len(lines), f"{number}. {register.title}", register)
    _write_contents(desk, registers, starts)
    write_signature(sheet, book.styles, len(lines), book.heading, last)
    lines += _SIGNATURE
    sheet.print_area(0, 0, len(lines) - 1, last)
    sheet.set_h_pagebreaks(page_breaks(lines, page_height(last))[:_MOST_BREAKS])
    # A code such as 7.1 is a text, and meant to be one.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(lines)}"})


def _write_top(desk: _Desk, register_count: int) -> list[SheetLine]:
    """Write the title block; return its lines and those of the contents below it."""
    sheet, styles, heading = desk.sheet, desk.book.styles, desk.book.heading
    set_up_page(sheet, 0, TRACKING_TITLE)
    sheet.repeat_row_range = ""
    sheet.set_print_scale(print_scale(desk.last))
    sheet.set_column(0, 0, FIRST_WIDTH)
    sheet.set_column(1, desk.last, UNIT_WIDTH)
    write_heading(sheet, styles, heading, TRACKING_HEADING, desk.last)
    offices = _office_heights(heading, Fit(0, desk.last // 2).width)
    for row, height in enumerate(offices):
        sheet.set_row(row, height)
    heights = [*offices, TEXT_ROW_HEIGHT, TITLE_ROW_HEIGHT, TEXT_ROW_HEIGHT, TEXT_ROW_HEIGHT]
    contents = -(-register_count // desk.last) if register_count > 1 else 0
    return [SheetLine(height) for height in (*heights, *[TEXT_ROW_HEIGHT] * contents)]


def _office_heights(heading: Heading, width: float) -> list[float]:
    """The heights of the rows of the offices' names, long ones taking several lines."""
    names = (heading.parent_name.upper(), heading.unit_name.upper())
    counts = [line_count(name, width, bold=True) for name in names]
    return [row_height(count) if count > 1 else _OFFICE_ROW_HEIGHT for count in counts]


def _write_contents(
    desk: _Desk, registers: Sequence[TrackedRegister], starts: Sequence[int]
) -> None:
    """Write a line of links to the headings of the registers, where there are several."""
    if len(registers) < 2:
        return
    desk.pen.text(_CONTENTS_ROW, Fit(0, 0), "Các sổ (bấm để xem):", desk.book.styles(italic=True))
    for number, (register, start) in enumerate(zip(registers, starts, strict=True)):
        row, column = divmod(number, desk.last)
        location = f"'{TRACKING_TITLE}'!A{start + 2}"
        fit = Fit(column + 1, column + 1)
        desk.pen.inner_link(_CONTENTS_ROW + row, fit, register.title, location)


def _write_register(
    desk: _Desk, row: int, title: str, register: TrackedRegister
) -> list[SheetLine]:
    """Write a register from `row` down; return its lines."""
    lines = [SheetLine(TEXT_ROW_HEIGHT, stays=False), SheetLine(TITLE_ROW_HEIGHT)]
    desk.sheet.set_row(row + 1, TITLE_ROW_HEIGHT)
    desk.pen.text(row + 1, Fit(0, desk.last), title, desk.book.styles(**_BAND))
    plans = (plan for table in register.tables for plan in plan_pages(table, desk.last))
    for number, plan in enumerate(plans):
        _write_table(desk, row + len(lines), plan)
        first, *others = plan.lines
        # A heading never stands alone at the foot of a page.
        lines += [first._replace(stays=number == 0), *others]
    return lines


def _write_table(desk: _Desk, top: int, plan: TablePlan) -> None:
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


def _write_rows(desk: _Desk, row: int, plan: TablePlan) -> int:
    """Write the rows of a table, or that it has none; return the row below them."""
    table = plan.table
    if not table.rows:
        style = desk.book.styles.cell(italic=True, align="center")
        desk.pen.text(row, Fit(0, plan.fits[-1].last), _WHEN_EMPTY, style)
        return row + 1
    for record in table.rows:
        for cell, column, fit in zip(record.cells, table.columns, plan.fits, strict=True):
            desk.pen.value(row, fit, cell, column, record.is_heading)
        row += 1
    return row


def _insert_chart(desk: _Desk, top: int, plan: TablePlan) -> None:
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
        names, figures = (_down(first, column, drawn.row_count) for column in (0, drawn.column))
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


def _write_beyond_the_page(desk: _Desk, row: int, chart: Chart) -> tuple[CellRange, CellRange]:
    """Write the bars right of what is printed, for a chart that draws no column of its table."""
    style, column = desk.book.styles(font_color=GREY), desk.last + 2
    desk.pen.text(row - 1, Fit(column, column), f"Số liệu của biểu đồ: {chart.title}", style)
    for number, (name, figure) in enumerate(chart.bars):
        desk.pen.text(row + number, Fit(column, column), name, style)
        desk.sheet.write_number(row + number, column + 1, float(figure), style)
    count = len(chart.bars)
    return _down(row, column, count), _down(row, column + 1, count)


def _down(row: int, column: int, count: int) -> CellRange:
    return TRACKING_TITLE, row, column, row + count - 1, column
