"""The look shared by every workbook we write: fonts, colours, title block, page, signature."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from danvan_xl.report.tables import Heading

FONT = "Times New Roman"
GREY = "#595959"
LINE = "#7F7F7F"
HEADER_FILL = "#D9E2F3"
GROUP_FILL = "#F2F2F2"
INPUT_FILL = "#FFF9E5"
# Dark enough to read on a black-and-white print; the words beside carry the meaning.
GOOD_FILL, GOOD_INK = "#E2EFDA", "#1E5B1E"
BAD_FILL, BAD_INK = "#F8CBAD", "#9C0006"
WAIT_FILL, WAIT_INK = "#FFE699", "#7F6000"
MUTE_FILL, MUTE_INK = "#EDEDED", "#595959"

# Stacked capital diacritics (Ế, Ộ) are clipped in lower rows.
TITLE_ROW_HEIGHT = 26
TEXT_ROW_HEIGHT = 18

PARTY_LINE = "ĐẢNG CỘNG SẢN VIỆT NAM"

INTEGER_FORMAT = "#,##0"
DECIMAL_FORMAT = "#,##0.##"
FINE_FORMAT = "#,##0.00##"
SHARE_FORMAT = "0.00%"
DATE_FORMAT = "dd/mm/yyyy"


class Styles:
    """Formats of one workbook, made once for each set of properties."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def __call__(self, **properties: object) -> Format:
        """The format with these XlsxWriter properties on top of the house font."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base: dict[str, Any] = {"font_name": FONT, "font_size": 12, "valign": "vcenter"}
            self._made[key] = self._workbook.add_format(base | properties)
        return self._made[key]

    def tone(self, **properties: object) -> Format:
        """A format of these properties alone, to be laid over a cell by a condition."""
        key = (("tone", True), *sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    def cell(self, **properties: object) -> Format:
        """The format of a bordered table cell."""
        return self(border=1, border_color=LINE, **properties)

    def group(self, **properties: object) -> Format:
        """The format of a row that heads a group: no lines between its cells."""
        lines = {"top": 1, "bottom": 1, "top_color": LINE, "bottom_color": LINE}
        return self(bold=True, bg_color=GROUP_FILL, **lines, **properties)

    def header(self, **properties: object) -> Format:
        """The format of a table's header cell."""
        look: Mapping[str, object] = {
            "bold": True,
            "bg_color": HEADER_FILL,
            "align": "center",
            "text_wrap": True,
        }
        return self.cell(**{**look, **properties})


class FinalStyles(Styles):
    """The formats of sheets nobody fills in any more: no cell looks, or is, open for typing."""

    def cell(self, **properties: object) -> Format:
        """The format of a table's cell, locked and without the colour of an input."""
        kept = {
            name: value
            for name, value in properties.items()
            if name != "locked" and (name, value) != ("bg_color", INPUT_FILL)
        }
        return super().cell(**kept)


def number_format(value: Decimal | int) -> str:
    """The Excel format that shows a figure without a dangling decimal mark."""
    if value == int(value):
        return INTEGER_FORMAT
    # 5.001 would be shown as "5." by a format that may leave out both decimals.
    return FINE_FORMAT if round(float(value), 2).is_integer() else DECIMAL_FORMAT


def set_up_page(sheet: Worksheet, header_row: int, title: str, *, is_upright: bool = False) -> None:
    """Print on A4 lying, or upright, one page wide, the header repeated, page numbers below."""
    if is_upright:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header_row)
    sheet.set_footer(f'&L&"{FONT},Italic"&9{title}&R&"{FONT},Regular"&9Trang &P/&N')
    sheet.hide_gridlines(2)
    sheet.set_default_row(TEXT_ROW_HEIGHT)


def write_heading(
    sheet: Worksheet, styles: Styles, heading: Heading, title: str, last_column: int
) -> int:
    """Write the title block of a Vietnamese office over columns 0 to `last_column`.

    Returns the 0-based row of the first free line below it.
    """
    middle = last_column // 2
    left = styles(align="center", text_wrap=True)
    bold = styles(align="center", bold=True, text_wrap=True)
    _span(sheet=sheet, row=0, first=0, last=middle, text=heading.parent_name.upper(), style=left)
    _span(sheet=sheet, row=0, first=middle + 1, last=last_column, text=PARTY_LINE, style=bold)
    _span(sheet=sheet, row=1, first=0, last=middle, text=heading.unit_name.upper(), style=bold)
    italic = styles(align="center", italic=True, text_wrap=True)
    _span(
        sheet=sheet,
        row=1,
        first=middle + 1,
        last=last_column,
        text=date_line(heading),
        style=italic,
    )
    sheet.set_row(0, 20)
    sheet.set_row(1, 20)
    _span(
        sheet=sheet,
        row=3,
        first=0,
        last=last_column,
        text=title,
        style=styles(align="center", bold=True, font_size=15),
    )
    sheet.set_row(3, TITLE_ROW_HEIGHT)
    _span(
        sheet=sheet,
        row=4,
        first=0,
        last=last_column,
        text=heading.period_line,
        style=styles(align="center", italic=True),
    )
    return 5


def write_signature(
    sheet: Worksheet, styles: Styles, row: int, heading: Heading, last_column: int
) -> None:
    """Write the signature block, right half of the page, below a table that ends above `row`."""
    left = last_column // 2 + 1
    signer = (heading.signer_title or "NGƯỜI LẬP BIỂU").upper()
    _span(
        sheet=sheet,
        row=row + 1,
        first=left,
        last=last_column,
        text=signer,
        style=styles(align="center", bold=True),
    )
    _span(
        sheet=sheet,
        row=row + 2,
        first=left,
        last=last_column,
        text="(Ký, ghi rõ họ tên)",
        style=styles(align="center", italic=True),
    )


def date_line(heading: Heading) -> str:
    """The text "Phổ Phong, ngày 05 tháng 7 năm 2026", with dots where the date is not known."""
    if heading.date is None:
        day = "ngày …… tháng …… năm ………"
    else:
        day = f"ngày {heading.date.day:02d} tháng {heading.date.month} năm {heading.date.year}"
    return f"{heading.locality}, {day}" if heading.locality else day.capitalize()


def _span(sheet: Worksheet, row: int, first: int, last: int, text: str, style: Format) -> None:
    """Write text over several columns of one row; a merge of one cell is not allowed."""
    if last > first:
        sheet.merge_range(row, first, row, last, "", style)
    sheet.write_string(row, first, text, style)
