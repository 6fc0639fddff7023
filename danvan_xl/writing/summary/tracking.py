"""The sheet "Sổ theo dõi": what the registers add up to, each under its own heading."""

from collections.abc import Sequence

from danvan_xl.report.tables import Heading, TrackedRegister, TrackedSheet
from danvan_xl.schema.output_sheets import OutputSheet
from danvan_xl.writing.styles import (
    HEADER_FILL,
    TEXT_ROW_HEIGHT,
    TITLE_ROW_HEIGHT,
    set_up_page,
    write_heading,
    write_signature,
)
from danvan_xl.writing.summary.small_table_cells import SmallTablePen
from danvan_xl.writing.summary.small_table_layout import (
    FIRST_WIDTH,
    UNIT_WIDTH,
    Fit,
    SheetLine,
    last_column,
    page_breaks,
    page_height,
    plan_pages,
    print_scale,
)
from danvan_xl.writing.summary.small_tables import Desk, write_small_table
from danvan_xl.writing.summary.tables import SummaryBook
from danvan_xl.writing.wrapping import line_count, row_height

_CONTENTS_ROW = 6
_OFFICE_ROW_HEIGHT = 20
_MOST_BREAKS = 1023  # Excel's limit for one sheet
_BAND = {"bold": True, "font_size": 13, "bg_color": HEADER_FILL}
# Under the last table: a blank row, who signs, how, and room to do so.
_SIGNATURE = (SheetLine(TEXT_ROW_HEIGHT),) * 6


def write_tracking(book: SummaryBook, tracked: TrackedSheet) -> None:
    """Write the sheet of all registers, no small table torn by the end of a page."""
    registers = tracked.registers
    sheet = book.add_sheet(tracked.sheet.title)
    last = last_column([table for register in registers for table in register.tables])
    desk = Desk(book, sheet, SmallTablePen(sheet, book.styles), last, tracked.sheet.title)
    lines = _write_top(desk, tracked.sheet, len(registers))
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


def _write_top(desk: Desk, output: OutputSheet, register_count: int) -> list[SheetLine]:
    """Write the title block; return its lines and those of the contents below it."""
    sheet, styles, heading = desk.sheet, desk.book.styles, desk.book.heading
    set_up_page(sheet, 0, output.title)
    sheet.repeat_row_range = ""
    sheet.set_print_scale(print_scale(desk.last))
    sheet.set_column(0, 0, FIRST_WIDTH)
    sheet.set_column(1, desk.last, UNIT_WIDTH)
    write_heading(sheet, styles, heading, output.heading, desk.last)
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
    desk: Desk, registers: Sequence[TrackedRegister], starts: Sequence[int]
) -> None:
    """Write a line of links to the headings of the registers, where there are several."""
    if len(registers) < 2:
        return
    desk.pen.text(_CONTENTS_ROW, Fit(0, 0), "Các sổ (bấm để xem):", desk.book.styles(italic=True))
    for number, (register, start) in enumerate(zip(registers, starts, strict=True)):
        row, column = divmod(number, desk.last)
        location = f"'{desk.title}'!A{start + 2}"
        fit = Fit(column + 1, column + 1)
        desk.pen.inner_link(_CONTENTS_ROW + row, fit, register.title, location)


def _write_register(desk: Desk, row: int, title: str, register: TrackedRegister) -> list[SheetLine]:
    """Write a register from `row` down; return its lines."""
    lines = [SheetLine(TEXT_ROW_HEIGHT, stays=False), SheetLine(TITLE_ROW_HEIGHT)]
    desk.sheet.set_row(row + 1, TITLE_ROW_HEIGHT)
    desk.pen.text(row + 1, Fit(0, desk.last), title, desk.book.styles(**_BAND))
    plans = (plan for table in register.tables for plan in plan_pages(table, desk.last))
    for number, plan in enumerate(plans):
        write_small_table(desk, row + len(lines), plan)
        first, *others = plan.lines
        # A heading never stands alone at the foot of a page.
        lines += [first._replace(stays=number == 0), *others]
    return lines
