"""Figures too large for a cell, cells that show another figure, texts that look like formulas."""

from functools import partial
from pathlib import Path

import xlsxwriter

from danvan_xl.files.grid import Cell, Grid
from danvan_xl.jobs.consolidate import consolidate_files
from danvan_xl.report.csv_text import LINE_END, csv_lines
from danvan_xl.schema.columns import Column
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.periods import parse_period
from danvan_xl.vietnamese.printed import vietnamese_number
from tests.cases.case import Case, Section, told
from tests.sheets import consolidated

_HEADER = ["Mã", "Lĩnh vực", "Chỉ tiêu", "ĐVT", "Kế hoạch", "T1", "T2"]
_NOT_ABOUT_IT = (Code.PLAN_MISSING, Code.ACTUAL_WITHOUT_PLAN, Code.MONTH_BLANK)
_SIGNS = {"\u200b": "(dấu cách không bề rộng)", "\xa0": "(dấu cách cứng)", "\t": "(dấu Tab)"}


def _read(cells: tuple[Cell, Cell, Cell], _folder: Path) -> str:
    """Return what a plan and two months come to, and what is said of them."""
    row = ["K", "Kinh tế", "Thu ngân sách", "triệu đồng", *cells]
    result = consolidated(Grid("Chỉ tiêu", [_HEADER, row]), period="Tháng 2")
    line = result.lines["k"]
    shown = "không có số" if line.actual is None else vietnamese_number(line.actual)
    return f"{shown}<br>{told(result.issues, (*_NOT_ABOUT_IT, Code.NUMBER_AS_TEXT))}"


def _shown_as(value: float, code: str, folder: Path) -> str:
    """Return what T1 with a number format is read as, and what is said of it."""
    path = folder / "so.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        info = workbook.add_worksheet("Thông tin")
        for row, pair in enumerate((("Mã đơn vị", "A"), ("Tên đơn vị", "Xã A"), ("Năm", 2026))):
            info.write_row(row, 0, pair)
        sheet = workbook.add_worksheet("Chỉ tiêu")
        sheet.write_row(0, 0, _HEADER)
        sheet.write_row(1, 0, ["K", "Kinh tế", "Số hộ K", "hộ", 1200])
        sheet.write_number("F2", value, workbook.add_format({"num_format": code}))
    result = consolidate_files(path, period=parse_period("Tháng 1")).result
    shown = vietnamese_number(result.lines["k"].actual)
    return f"{shown}<br>{told(result.issues, _NOT_ABOUT_IT)}"


def _in_csv(text: str, _folder: Path) -> str:
    """Return a text as it stands in a CSV file."""
    (line,) = csv_lines([Column("note", "Ghi chú")], [(text,)])
    return f"`{_spelled(line.removesuffix(LINE_END))}`"


def _spelled(text: str) -> str:
    return "".join(_SIGNS.get(sign, sign) for sign in text)


def _format_case(value: float, code: str, seen: str) -> Case:
    what = f"Ô chứa {vietnamese_number(value)}, định dạng `{code}`, đang hiện {seen}"
    return Case(what.replace("|", "/"), partial(_shown_as, value, code))


def _csv_case(text: str) -> Case:
    return Case(f"Chữ `{_spelled(text)}` trong tệp .csv", partial(_in_csv, text))


SECTION = Section(
    "Số quá lớn, ô hiện khác số, chữ giống công thức",
    "Dòng Thu ngân sách (triệu đồng); ô có định dạng là T1 của dòng Số hộ K.",
    [
        Case("T1 là số 999.999.999.999.999", partial(_read, ("", 999999999999999.0, ""))),
        Case("T1 là số 1E+15", partial(_read, ("", 1e15, ""))),
        Case("T1 là số 9,9E+307", partial(_read, ("", 9.9e307, ""))),
        Case("T1 là chữ '1234567890123456'", partial(_read, ("", "1234567890123456", ""))),
        Case(
            "T1 là chữ '1.234.567.890,1234567'", partial(_read, ("", "1.234.567.890,1234567", ""))
        ),
        Case(
            "T1 là chữ '1000000000000000 đồng'", partial(_read, ("", "1000000000000000 đồng", ""))
        ),
        Case("Kế hoạch là số 2E+15", partial(_read, (2e15, 5.0, ""))),
        Case(
            "Kế hoạch ghi 'từ 2000000000000001 trở lên'",
            partial(_read, ("từ 2000000000000001 trở lên", 5.0, "")),
        ),
        Case("T1, T2 đều vừa ô, cộng lại thì không", partial(_read, ("", 9e14, 9e14))),
        _format_case(1100, '"11"', "11"),
        _format_case(1100, "0,", "1"),
        _format_case(1100, "#,##0,,", "0"),
        _format_case(1100, ";;;", "trống"),
        _format_case(11, '0"00"', "1100"),
        _format_case(0, "0;-0;;@", "trống"),
        _format_case(1100, "#,##0", "1.100"),
        _format_case(12, '0" m2"', "12 m2"),
        _csv_case("=1+1"),
        _csv_case("＝1+1"),
        _csv_case("＠A1"),
        _csv_case("\u200b=1+1"),
        _csv_case("\xa0 +84"),
        _csv_case("-4"),
        _csv_case("−4"),
        _csv_case("-4+1"),
    ],
)
