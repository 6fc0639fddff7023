"""The title block and the signature of a sheet, following sheet Thông tin."""

from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from danvan_xl.outgoing.contents import Contents
from danvan_xl.schema.info_form import INFO
from danvan_xl.writing.styles import INPUT_FILL, TITLE_ROW_HEIGHT, Styles
from danvan_xl.writing.template.linked import (
    Linked,
    linked_date_line,
    parent_name,
    plain,
    span_linked,
    title,
    unit_name,
)

PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
# Rows of the block, 0-based; the header of the table stands below it.
_OFFICE_ROW, _UNIT_ROW, _TITLE_ROW, _PERIOD_ROW, CODE_ROW = range(5)
HEADER_ROW = 5
_CODE_LABEL = f"{INFO['unit_code'].header}:"


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """The words above a table, and the columns (0-based) they are spread over.

    `left_end` is the last column of the left half, `right_start` the first of the right half.
    """

    parent_name: Linked
    unit_name: Linked
    date_line: Linked
    title: Linked
    period_line: Linked
    left_end: int
    right_start: int
    last_column: int


def heading_of(
    contents: Contents, heading: str, line: Linked, columns: tuple[int, int, int]
) -> HeadingBlock:
    """The words above a sheet of the workbook's own unit.

    `line` stands under the title; `columns` are the last of the left half, the first of the right
    half and the last of the table.
    """
    left_end, right_start, last_column = columns
    return HeadingBlock(
        parent_name=parent_name(contents),
        unit_name=unit_name(contents),
        date_line=linked_date_line(contents),
        title=title(contents, heading),
        period_line=line,
        left_end=left_end,
        right_start=right_start,
        last_column=last_column,
    )


def write_heading_block(sheet: Worksheet, styles: Styles, block: HeadingBlock) -> None:
    """Write the title block of a Vietnamese office into the first rows."""
    centre = styles(align="center", text_wrap=True)
    bold = styles(align="center", bold=True, text_wrap=True)
    italic = styles(align="center", italic=True)
    left, right = (0, block.left_end), (block.right_start, block.last_column)
    whole = (0, block.last_column)
    span_linked(sheet, _OFFICE_ROW, left, block.parent_name, centre)
    span_linked(sheet, _OFFICE_ROW, right, plain(PARTY), bold)
    span_linked(sheet, _UNIT_ROW, left, block.unit_name, bold)
    span_linked(sheet, _UNIT_ROW, right, block.date_line, italic)
    large = styles(align="center", bold=True, font_size=16)
    span_linked(sheet, _TITLE_ROW, whole, block.title, large)
    span_linked(sheet, _PERIOD_ROW, whole, block.period_line, italic)
    for row in (_OFFICE_ROW, _UNIT_ROW):
        sheet.set_row(row, 20)
    sheet.set_row(_TITLE_ROW, TITLE_ROW_HEIGHT + 6)
    sheet.set_row(_PERIOD_ROW, 20)


def write_unit_code(
    sheet: Worksheet, styles: Styles, label_column: int, columns: tuple[int, int], code: Linked
) -> None:
    """Write "Mã đơn vị:" and the code beside it; a code that follows nothing may be typed."""
    label = styles(bold=True, align="right")
    sheet.write_string(CODE_ROW, label_column, _CODE_LABEL, label)
    look: dict[str, object] = {"bold": True, "align": "left"}
    if not code.formula:
        look |= {"locked": False, "bg_color": INPUT_FILL, "num_format": "@"}
    span_linked(sheet, CODE_ROW, columns, code, styles.cell(**look))
    sheet.set_row(CODE_ROW, 21)


def write_signature_block(
    sheet: Worksheet, styles: Styles, row: int, columns: tuple[int, int], signer: Linked
) -> int:
    """Write the signature block from `row` on and return the last row it takes up.

    Its columns are none of those for figures, so no reader takes it for data.
    """
    bold = styles(align="center", bold=True, text_wrap=True)
    span_linked(sheet, row + 1, columns, signer, bold)
    hint = styles(align="center", italic=True)
    span_linked(sheet, row + 2, columns, plain("(Ký, ghi rõ họ tên)"), hint)
    return row + 6
