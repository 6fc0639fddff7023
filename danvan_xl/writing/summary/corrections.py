"""The first sheet of a marked copy: every finding, worst first, with a link to its cell."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink

from danvan_xl.files.grid import column_letter
from danvan_xl.reading.marked_copies import CORRECTIONS_HEADING, CORRECTIONS_TITLE
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Severity
from danvan_xl.schema.output_sheets import ISSUES
from danvan_xl.writing import styles
from danvan_xl.writing.styles import FONT
from danvan_xl.writing.summary.edited_cells import put_text
from danvan_xl.writing.wrapping import line_count, row_height

ERROR_FILL, WARNING_FILL = "FF8080", "FFD966"
_FILLS = {
    Severity.ERROR: ERROR_FILL,
    Severity.WARNING: WARNING_FILL,
    Severity.NOTE: styles.MUTE_FILL.removeprefix("#"),
}
_COLUMNS = tuple(
    ISSUES[name] for name in ("severity", "sheet", "cell", "message", "remedy", "issue_code")
)
_CELL_COLUMN = _COLUMNS.index(ISSUES["cell"])
_CENTRED = ("severity", "cell", "issue_code")
_WIDTH = sum(column.width for column in _COLUMNS)
_SIZE = 12
_LINK_INK, _TAB_COLOUR = "0563C1", "C00000"
_LINE = Side(style="thin", color=styles.LINE.removeprefix("#"))
_BORDER = Border(_LINE, _LINE, _LINE, _LINE)

_IN_THE_ORIGINAL = (
    "Sửa số liệu trong sổ gốc của đơn vị rồi gửi lại sổ gốc. Không sửa số liệu trong bản này; "
    "bản này gửi về sẽ không được tính."
)
_HOW_MARKED = (
    "Nền đỏ: lỗi, phải sửa. Nền vàng: cảnh báo, cần xem lại. Ghi nhận chỉ liệt kê ở bảng dưới. "
    "Đưa chuột lên ô được đánh dấu để đọc lời ghi; bấm vào cột Ô để tới ô đó."
)
_WHAT_IS_LOST = (
    "Ô công thức chỉ hiện số khi Excel đã tính lại: nếu thấy dòng Protected View, bấm Enable "
    "Editing. Biểu đồ, hình ảnh, macro của sổ gốc có thể không có trong bản này."
)
_LIST_ALONE = "Bản này chỉ có danh sách, không có các trang của sổ gốc: {why}."


class Corrections(NamedTuple):
    """What a marked copy is about: the file, whose and of when it is, and its findings."""

    file: str
    about: str
    issues: tuple[Issue, ...]


PlaceOf = Callable[[Issue], str]


def write_corrections(sheet: Any, found: Corrections, locate: PlaceOf, why_not_marked: str) -> None:
    """Fill a sheet with the findings; `locate` gives the cell a finding links to, "" for none."""
    _set_up_page(sheet)
    row = 1 + _write_heading(sheet, found, why_not_marked)
    for position, column in enumerate(_COLUMNS, start=1):
        cell = sheet.cell(row, position)
        put_text(cell, column.header)
        _look(cell, bold=True, fill=styles.HEADER_FILL.removeprefix("#"), centred=True)
    sheet.row_dimensions[row].height = styles.TITLE_ROW_HEIGHT
    sheet.print_title_rows = f"{row}:{row}"
    for number, item in enumerate(found.issues, start=row + 1):
        _write_issue(sheet, number, item, locate(item))
    last = f"{column_letter(len(_COLUMNS) - 1)}{row + len(found.issues)}"
    sheet.auto_filter.ref = f"A{row}:{last}"
    sheet.print_area = f"A1:{last}"


def _set_up_page(sheet: Any) -> None:
    """Print on A4 landscape, one page wide, page numbers below."""
    for position, column in enumerate(_COLUMNS):
        sheet.column_dimensions[column_letter(position)].width = column.width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_properties.tabColor = _TAB_COLOUR
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 0.6, 0.4, 0.6, 0.6
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = CORRECTIONS_TITLE, "Trang &P/&N"
    for part in (sheet.oddFooter.left, sheet.oddFooter.right):
        part.font, part.size = FONT, 9
    sheet.sheet_view.showGridLines = False
    sheet.sheet_format.defaultRowHeight = styles.TEXT_ROW_HEIGHT
    sheet.sheet_format.customHeight = True


def _write_heading(sheet: Any, found: Corrections, why_not_marked: str) -> int:
    """Write title and explanation, each across the table; return how many rows they take."""
    title = sheet.cell(1, 1)
    put_text(title, CORRECTIONS_HEADING)
    title.font = Font(FONT, 15, bold=True, color=styles.BAD_INK.removeprefix("#"))
    title.alignment = Alignment("center", "center")
    sheet.row_dimensions[1].height = styles.TITLE_ROW_HEIGHT + 4
    lines = list(_explained(found, why_not_marked))
    for row, (text, bold) in enumerate(lines, start=2):
        cell = sheet.cell(row, 1)
        put_text(cell, text)
        cell.font = Font(FONT, _SIZE, bold=bold)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        height = row_height(line_count(text, _WIDTH, _SIZE, bold))
        sheet.row_dimensions[row].height = max(height, styles.TEXT_ROW_HEIGHT)
    for row in range(1, len(lines) + 2):
        sheet.merge_cells(None, row, 1, row, len(_COLUMNS))
    return len(lines) + 2  # a blank one before the table


def _explained(found: Corrections, why_not_marked: str) -> Iterator[tuple[str, bool]]:
    """The lines below the title, and whether they are bold."""
    about = f" ({found.about})" if found.about else ""
    yield f"Bản sao của tệp: {found.file}{about}. {_counts(found)}", True
    yield _IN_THE_ORIGINAL, True
    if why_not_marked:
        yield _LIST_ALONE.format(why=why_not_marked), False
    else:
        yield _HOW_MARKED, False
        yield _WHAT_IS_LOST, False


def _counts(found: Corrections) -> str:
    severities = [item.severity for item in found.issues]
    counts = (f"{severities.count(severity)} {severity.value.lower()}" for severity in Severity)
    return f"{', '.join(counts)}."


def _write_issue(sheet: Any, row: int, item: Issue, location: str) -> None:
    texts = (
        item.severity.value,
        item.place.sheet,
        item.place.cell,
        item.message,
        item.remedy,
        item.code.label,
    )
    for position, (column, text) in enumerate(zip(_COLUMNS, texts, strict=True), start=1):
        cell = sheet.cell(row, position)
        put_text(cell, text)
        fill = _FILLS[item.severity] if position == 1 else ""
        _look(cell, bold=bool(fill), fill=fill, centred=column.name in _CENTRED)
    if location:
        cell = sheet.cell(row, _CELL_COLUMN + 1)
        cell.hyperlink = Hyperlink(ref="", location=location)
        cell.font = Font(FONT, _SIZE, color=_LINK_INK, underline="single")
    lines = max(
        line_count(text, column.width, _SIZE) for column, text in zip(_COLUMNS, texts, strict=True)
    )
    sheet.row_dimensions[row].height = max(row_height(lines), styles.TEXT_ROW_HEIGHT)


def _look(cell: Any, *, bold: bool = False, fill: str = "", centred: bool = False) -> None:
    """Give a cell of the table its font, lines and colour."""
    cell.font = Font(FONT, _SIZE, bold=bold)
    cell.border = _BORDER
    cell.alignment = Alignment("center" if centred else None, "center", wrap_text=True)
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
