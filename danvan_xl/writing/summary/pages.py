"""A page of a report that is no table: blocks one below the other, fitted to one sheet of A4."""

from danvan_xl.report.tables import BigNumbers, Page, PageBlock, Sentences, SmallTable
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.writing.styles import TEXT_ROW_HEIGHT, set_up_page, write_heading, write_signature
from danvan_xl.writing.summary.small_table_cells import SmallTablePen
from danvan_xl.writing.summary.small_table_layout import (
    FIRST_WIDTH,
    UNIT_WIDTH,
    Fit,
    last_column,
    plan_table,
)
from danvan_xl.writing.summary.small_tables import Desk, write_small_table
from danvan_xl.writing.summary.tables import SummaryBook
from danvan_xl.writing.tones import Tone
from danvan_xl.writing.wrapping import line_count, row_height

_BIG: Tone = {"bold": True, "font_size": 22}
_BIG_HEIGHT = 34
_BIG_COLUMN = Column("figure", "", Kind.COUNT)
_SIGNATURE_ROWS = 6


def write_page(book: SummaryBook, page: Page) -> None:
    """Write a page, each block over the whole width."""
    sheet = book.add_sheet(page.sheet.title)
    last = last_column([block for block in page.blocks if isinstance(block, SmallTable)])
    set_up_page(sheet, 0, page.sheet.title, is_upright=page.sheet.is_upright)
    sheet.repeat_row_range = ""
    sheet.fit_to_pages(1, 1)
    sheet.set_column(0, 0, FIRST_WIDTH)
    sheet.set_column(1, last, UNIT_WIDTH)
    row = write_heading(sheet, book.styles, book.heading, page.sheet.heading, last)
    desk = Desk(book, sheet, SmallTablePen(sheet, book.styles), last, page.sheet.title)
    for block in page.blocks:
        row = _write_block(desk, row, block)
    if page.sheet.is_signed:
        write_signature(sheet, book.styles, row, book.heading, last)
        row += _SIGNATURE_ROWS
    sheet.print_area(0, 0, row, last)


def _write_block(desk: Desk, row: int, block: PageBlock) -> int:
    """Write a block from `row` down; return the row below it."""
    if isinstance(block, Sentences):
        return _write_sentences(desk, row + 1, block)
    if isinstance(block, BigNumbers):
        return _write_numbers(desk, row + 1, block)
    plan = plan_table(block, desk.last)
    write_small_table(desk, row, plan)
    return row + len(plan.lines)


def _write_sentences(desk: Desk, row: int, block: Sentences) -> int:
    fit = Fit(0, desk.last)
    desk.pen.text(row, fit, block.title, desk.book.styles(bold=True))
    style = desk.book.styles(text_wrap=True)
    for below, sentence in enumerate(block.sentences, start=row + 1):
        desk.pen.text(below, fit, sentence, style)
        desk.sheet.set_row(below, row_height(line_count(sentence, fit.width)))
    return row + 1 + len(block.sentences)


def _write_numbers(desk: Desk, row: int, block: BigNumbers) -> int:
    """Write figures side by side, what they are of below each."""
    label = desk.book.styles.cell(align="center", text_wrap=True)
    count = len(block.numbers)
    bounds = [(desk.last + 1) * number // count for number in range(count + 1)]
    lines = 1
    for number, first, end in zip(block.numbers, bounds, bounds[1:], strict=False):
        fit = Fit(first, end - 1)
        desk.pen.value(row, fit, number.value, _BIG_COLUMN, _BIG)
        desk.pen.text(row + 1, fit, number.label, label)
        lines = max(lines, line_count(number.label, fit.width))
    desk.sheet.set_row(row, _BIG_HEIGHT)
    desk.sheet.set_row(row + 1, max(row_height(lines), TEXT_ROW_HEIGHT))
    return row + 2
