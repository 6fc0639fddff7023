"""Figures that are possible but unlikely, and formulas that are not what they were."""

from functools import partial
from pathlib import Path

import xlsxwriter

from danvan_xl.jobs.consolidate import consolidate_files
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.legacy_fonts import OldFont
from danvan_xl.vietnamese.periods import parse_period
from danvan_xl.vietnamese.printed import vietnamese_number
from tests.cases.case import Case, Section, told
from tests.old_text import old
from tests.sheets import consolidated, grid, sub_sheet, units

_HEADER = (
    "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Chiều | Cộng kỳ | Năm trước | Kế hoạch "
    "| T1 | T2 | T3 | T4 | T5 | T6 |"
)
_SHORT = "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Kế hoạch | T1 |"
_NOT_ABOUT_IT = (Code.MONTH_BLANK, Code.PLAN_MISSING, Code.PLANS_DO_NOT_ADD)


def _row(cells: str, _folder: Path) -> str:
    """Return what is said of one row by half a year."""
    table = grid(f"{_HEADER}\n| K | Kinh tế | Chỉ tiêu K | cái | {cells}")
    result = consolidated(table, period="6 tháng")
    actual = result.lines["k"].actual
    assert actual is not None
    return f"{vietnamese_number(actual)}<br>{told(result.issues, _NOT_ABOUT_IT)}"


def _units_alike(_folder: Path) -> str:
    row = "| K | Kinh tế | Chỉ tiêu K | cái | {} | {} |"
    sheets = [
        sub_sheet(f"A.{number}", f"{_SHORT}\n{row.format(10 * number, 12)}", f"Thôn {number}")
        for number in range(1, 5)
    ]
    names = units(*(f"Thôn {number}" for number in range(1, 5)))
    own = grid(f"{_SHORT}\n{row.format(100, '')}")
    result = consolidated(own, names, *sheets, period="Tháng 1")
    return f"{result.lines['k'].actual}<br>{told(result.issues, _NOT_ABOUT_IT)}"


def _in_font(font: OldFont, _folder: Path) -> str:
    table = grid(f"{_SHORT}\n| K | Văn hóa - xã hội | Hộ nghèo giảm | hộ | 5 | trên 2 |")
    result = consolidated(old(table, font), period="Tháng 1")
    definition = result.lines["k"].definition
    read = f"'{definition.indicator}', lĩnh vực '{definition.work_field}'"
    return f"{read}<br>{told(result.issues, _NOT_ABOUT_IT)}"


def _formulas(folder: Path) -> str:
    """Return what is said of a formula with an error, and of one typed over."""
    path = folder / "so.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Chỉ tiêu")
        sheet.write_row(0, 0, ["Mã", "Chỉ tiêu", "ĐVT", "Kế hoạch", "T1", "T2", "Lũy kế"])
        sheet.write_row(1, 0, ["K", "Chỉ tiêu K", "hộ", 10])
        sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 6, "=SUM(E2:F2)", None, 0)
        sheet.write_row(2, 0, ["L", "Chỉ tiêu L", "hộ", 10, 4, 5, 9])
    result = consolidate_files(path, period=parse_period("Tháng 2")).result
    told_codes = (Code.NUMBER_IS_ERROR, Code.FORMULA_OVERWRITTEN)
    return told(item for item in result.issues if item.code in told_codes)


SECTION = Section(
    "Số đáng ngờ, công thức hỏng, phông cũ",
    "Số vẫn được tính như đã ghi; chương trình chỉ hỏi lại.",
    [
        Case(
            "Gấp hơn 10 lần kế hoạch",
            partial(_row, "Tăng | Cộng | | 100 | 400 | 500 | 200 | 30 | 10 | 90 |"),
        ),
        Case(
            "Gấp hơn 10 lần năm trước",
            partial(_row, "Tăng | Cộng | 12 | 900 | 40 | 50 | 20 | 3 | 1 | 9 |"),
        ),
        Case(
            "Tháng nào cũng bằng hoặc hơn tháng trước",
            partial(_row, "Tăng | Cộng | | 100 | 5 | 9 | 14 | 20 | 26 | 31 |"),
        ),
        Case(
            "Tháng nào cũng như nhau",
            partial(_row, "Tăng | Cộng | | 100 | 7 | 7 | 7 | 7 | 7 | 7 |"),
        ),
        Case(
            "Số tồn cuối kỳ giảm",
            partial(_row, "Tăng | Cuối kỳ | | 60 | 40 | 42 | 41 | 45 | | 46 |"),
        ),
        Case("Mọi đơn vị báo cùng một số", _units_alike),
        Case("Ô công thức báo lỗi, ô công thức bị gõ đè", _formulas),
        *(Case(f"Trang gõ bằng phông {font.value}", partial(_in_font, font)) for font in OldFont),
    ],
)
