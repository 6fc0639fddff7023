"""What helps an officer type the right thing: dropdowns, checks, help on headers, protection."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from danvan_xl.files.grid import column_letter
from danvan_xl.outgoing.formulas import NONE_OCCURRED, NOT_APPLICABLE
from danvan_xl.schema.columns import FIGURE_KINDS, CellEntry, Column, Kind
from danvan_xl.writing.styles import (
    DATE_FORMAT,
    FONT,
    INTEGER_FORMAT,
    SHARE_FORMAT,
    TEXT_ROW_HEIGHT,
    Styles,
)

# First row, first column, last row, last column; 0-based.
Area = tuple[int, int, int, int]

# Sheets are protected without a password, against slips only; what is typed and its looks are free.
CHANGES_ALLOWED = {
    "objects": True,
    "scenarios": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}
# Where rows come and go, as in a register.
ROWS_CHANGE = {**CHANGES_ALLOWED, "insert_rows": True, "delete_rows": True}
_A4 = 9
# What Excel's own dialog allows for the words of a data validation.
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 225
_YEAR = re.compile(r"\bnăm\b", re.IGNORECASE)


def add_choices(sheet: Worksheet, area: Area, column: Column, cells: str = "") -> None:
    """Give cells a dropdown of the column's choices; anything else is refused.

    `cells` hold the choices where they are too long for a list of their own.
    """
    sheet.data_validation(
        *area,
        {
            "validate": "list",
            "source": f"={cells}" if cells else list(column.choices),
            **_said_before(column),
            "error_title": "Chọn trong danh sách",
            "error_message": _cut(f"Chọn một trong: {'; '.join(column.choices)}."),
        },
    )


def add_date(sheet: Worksheet, area: Area, column: Column) -> None:
    """Let cells take days from the year 2000 on."""
    sheet.data_validation(
        *area,
        {
            "validate": "date",
            "criteria": ">=",
            "value": "=DATE(2000,1,1)",
            **_said_before(column),
            "error_title": "Ghi theo dạng ngày",
            "error_message": "Ghi ngày/tháng/năm, ví dụ 05/07/2026.",
        },
    )


def add_year(sheet: Worksheet, area: Area, column: Column) -> None:
    """Let cells take a year."""
    sheet.data_validation(
        *area,
        {
            "validate": "integer",
            "criteria": "between",
            "minimum": 2000,
            "maximum": 2099,
            **_said_before(column),
            "error_title": "Ghi năm",
            "error_message": "Ghi năm bằng bốn chữ số, ví dụ 2026.",
        },
    )


def add_unique_code(sheet: Worksheet, area: Area, cell: str, cells: str) -> None:
    """Warn when a code stands twice in `cells`; `cell` is the first of the area."""
    sheet.data_validation(
        *area,
        {
            "validate": "custom",
            "value": f"=COUNTIF({cells},{cell})=1",
            "error_type": "warning",
            "error_title": "Mã bị trùng",
            "error_message": "Mã này đã có ở dòng khác. Mỗi dòng một mã riêng.",
        },
    )


def add_figure(sheet: Worksheet, area: Area, cell: str, marks: bool = False) -> None:
    """Warn about anything but a number; KPS, "-" and KAD are as good as a number.

    With `marks` that is said. An estimate ("trên 30") may stay: the officer is told what the
    formulas make of it.
    """
    words = (*NONE_OCCURRED, *NOT_APPLICABLE)
    marked = ",".join(f'{cell}="{word}"' for word in words)
    message = "Ô này cần một con số, ví dụ 1.234,5."
    if marks:
        message = (
            "Ô này cần một con số (1.234,5), KPS (không phát sinh) hoặc KAD (không áp dụng). "
            "Số ước như 'trên 30' vẫn được nhận, nhưng Lũy kế để trống, Đánh giá ghi Xem tổng hợp. "
            "Vẫn giữ?"
        )
    sheet.data_validation(
        *area,
        {
            "validate": "custom",
            "value": f"=OR(ISNUMBER({cell}),{marked})",
            "error_type": "warning",
            "error_title": "Không phải là số",
            "error_message": message,
        },
    )


def add_amount(sheet: Worksheet, area: Area, cell: str, column: Column) -> None:
    """Warn about anything but a number of the column's kind and size; an estimate may stay."""
    tests, number = [], "một con số, ví dụ 1.234,5"
    if column.kind is Kind.COUNT:
        tests = [f"{cell}>=0", f"{cell}=INT({cell})"]
        number = "một số nguyên từ 0 trở lên, ví dụ 25"
    if column.most is not None:
        tests = [*tests, f"{cell}>=0", f"{cell}<={column.most}"]
        number = f"một con số từ 0 đến {column.most}"
    holds = f"AND({','.join(dict.fromkeys(tests))})" if tests else "TRUE"
    sheet.data_validation(
        *area,
        {
            "validate": "custom",
            "value": f"=IF(ISNUMBER({cell}),{holds},FALSE)",
            "error_type": "warning",
            "error_title": "Kiểm tra lại con số",
            "error_message": f"Ô này cần {number}. Số ước như 'trên 2.000' vẫn được nhận. Vẫn giữ?",
        },
    )


def help_column(
    sheet: Worksheet, styles: Styles, area: Area, column: Column, choices_at: str = ""
) -> None:
    """Give the cells of a column the dropdown or the check of its kind.

    `choices_at` are the cells that hold its choices, where they are too long for a list.
    """
    cell = f"{column_letter(area[1])}{area[0] + 1}"
    if column.kind is Kind.CHOICE:
        add_choices(sheet, area, column, choices_at)
    elif column.kind is Kind.DATE:
        add_date(sheet, area, column)
    elif column.kind in (Kind.NUMBER, Kind.COUNT):
        add_amount(sheet, area, cell, column)
    if column.kind is Kind.NUMBER:
        show_decimals(sheet, styles, area)


def explain_headers(sheet: Worksheet, row: int, columns: Sequence[Column]) -> None:
    """Hang each column's help on its header cell."""
    for position, column in enumerate(columns):
        if column.help:
            sheet.write_comment(
                row,
                position,
                column.help,
                {
                    "author": "danvan_xl",
                    "font_name": FONT,
                    "font_size": 11,
                    "width": 220,
                    "height": 20 + 18 * (1 + len(column.help) // 32),
                },
            )


def write_day(sheet: Worksheet, row: int, column: int, day: dt.date, look: Format) -> None:
    """Write a day, so that the spreadsheet knows it as one."""
    sheet.write_datetime(row, column, dt.datetime.combine(day, dt.time()), look)


def write_entry(sheet: Worksheet, row: int, column: int, entry: CellEntry, look: Format) -> None:
    """Write what a cell is to say: a day, a figure, words, or nothing."""
    if isinstance(entry, dt.date):
        write_day(sheet, row, column, entry, look)
    elif isinstance(entry, Decimal | int):
        sheet.write_number(row, column, float(entry), look)
    elif entry:
        sheet.write_string(row, column, entry, look)
    else:
        sheet.write_blank(row, column, None, look)


def look_of_kind(column: Column) -> dict[str, object]:
    """How cells look that no rule knows by name: by the kind of their column."""
    look: dict[str, object] = {}
    if column.kind in FIGURE_KINDS:
        look |= {"align": "right", "shrink": True, "num_format": figure_format(column)}
    elif column.kind is Kind.DATE:
        look |= {"align": "center", "num_format": DATE_FORMAT}
    else:
        look["text_wrap"] = True
    if column.kind in (Kind.CODE, Kind.CHOICE):
        look["align"] = "center"
    if column.kind is Kind.CODE:
        look["num_format"] = "@"
    return look


def figure_format(column: Column) -> str:
    """The format of a figure: a year has no thousands."""
    if column.kind is Kind.SHARE:
        return SHARE_FORMAT
    is_year = column.kind is Kind.COUNT and _YEAR.search(column.header)
    return "0" if is_year else INTEGER_FORMAT


def show_when(
    sheet: Worksheet, area: Area, condition: str, look: Format, stop: bool = False
) -> None:
    """Lay a format over the cells for which a condition holds; it is written for the first cell."""
    rule = {"type": "formula", "criteria": f"={condition}", "format": look, "stop_if_true": stop}
    sheet.conditional_format(*area, rule)


def show_decimals(sheet: Worksheet, styles: Styles, area: Area, places: int = 4) -> None:
    """Show up to `places` decimals where a figure has some.

    One format for both would show a whole number with a dangling decimal mark.
    """
    cell = f"{column_letter(area[1])}{area[0] + 1}"
    rule = f"IF(ISNUMBER({cell}),ROUND({cell},{places})<>ROUND({cell},0),FALSE)"
    look = styles.tone(num_format=f"#,##0.{'#' * places}")
    show_when(sheet, area, rule, look, stop=True)


def print_on_a4(sheet: Worksheet, title: str, landscape: bool = True) -> None:
    """Print on A4, one page wide, centred, with page numbers and without grid lines."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.3, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer(f'&L&"{FONT},Italic"&9{title}&R&"{FONT},Regular"&9Trang &P/&N')
    sheet.hide_gridlines(2)
    sheet.set_default_row(TEXT_ROW_HEIGHT)


def _said_before(column: Column) -> dict[str, str]:
    """The message shown when the cell is selected."""
    return {
        "input_title": column.header[:_LONGEST_TITLE],
        "input_message": _cut(column.help or "Chọn trong danh sách."),
    }


def _cut(message: str) -> str:
    return message if len(message) <= _LONGEST_MESSAGE else message[: _LONGEST_MESSAGE - 1] + "…"
