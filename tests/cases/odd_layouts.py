"""Sheets laid out otherwise than the template."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from danvan_xl.consolidation.consolidation import CannotConsolidateError
from danvan_xl.jobs.consolidate import consolidate_files
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.periods import parse_period
from danvan_xl.vietnamese.printed import vietnamese_number
from tests.cases.case import Case, Section, told

Rows = Sequence[Sequence[object]]
_HEADER = ("STT", "Mã", "Lĩnh vực", "Chỉ tiêu", "ĐVT", "Kế hoạch", "T1", "T2")
_ONE = (1, "K", "Kinh tế", "Chỉ tiêu K", "hộ", 10, 4, 3)
_TWO = (2, "L", "Kinh tế", "Chỉ tiêu L", "hộ", 20, 5, 6)
_NOT_ABOUT_IT = (Code.PLAN_MISSING, Code.ACTUAL_WITHOUT_PLAN, Code.MONTH_BLANK)


def _made(folder: Path, build: Callable[[Workbook], object]) -> str:
    """Return the figures of a workbook, and what is said of it."""
    path = folder / "so.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        info = workbook.add_worksheet("Thông tin")
        for row, pair in enumerate((("Mã đơn vị", "A"), ("Tên đơn vị", "Xã A"), ("Năm", 2026))):
            info.write_row(row, 0, pair)
        build(workbook)
    try:
        result = consolidate_files(path, period=parse_period("Tháng 2")).result
    except CannotConsolidateError as error:
        return str(error).replace(str(folder), "").replace("\n", "<br>")
    figures = (
        f"{line.definition.code} = {vietnamese_number(line.actual)}"
        for line in result.lines.values()
        if line.actual is not None
    )
    return f"{', '.join(figures) or 'không có số'}<br>{told(result.issues, _NOT_ABOUT_IT)}"


def _table(rows: Rows, folder: Path, *, first: int = 0, title: str = "Chỉ tiêu") -> str:
    def build(workbook: Workbook) -> None:
        _write(workbook.add_worksheet(title), rows, first)

    return _made(folder, build)


def _write(sheet: Worksheet, rows: Rows, first: int = 0) -> None:
    for number, row in enumerate(rows, start=first):
        sheet.write_row(number, 0, row)


def _headed(sheet: Worksheet, groups: Sequence[str], rows: Rows) -> None:
    """Write a table from row 3 whose months stand under merged groups, one below the other."""
    last = 2 + len(groups)
    for column, header in enumerate(_HEADER[:6]):
        sheet.merge_range(2, column, last, column, header)
    for row, group in enumerate(groups, start=2):
        sheet.merge_range(row, 6, row, 7, group)
    sheet.write_row(last, 6, _HEADER[6:])
    _write(sheet, rows, last + 1)


def _merged(groups: Sequence[str], folder: Path) -> str:
    def build(workbook: Workbook) -> None:
        _headed(workbook.add_worksheet("Chỉ tiêu"), groups, (_ONE, _TWO))

    return _made(folder, build)


def _sub_sheet(folder: Path) -> str:
    """Return the answer to a normal sheet and a unit's one with a header of two rows."""

    def build(workbook: Workbook) -> None:
        _write(workbook.add_worksheet("Đơn vị"), (("Mã", "Tên đơn vị"), ("A.1", "Thôn 1")))
        _write(workbook.add_worksheet("Chỉ tiêu"), (_HEADER, _ONE[:6]))
        sheet = workbook.add_worksheet("Thôn 1")
        sheet.write_row(0, 0, ("Mã đơn vị:", "A.1"))
        _headed(sheet, ("Thực hiện các tháng",), (_ONE,))

    return _made(folder, build)


def _hidden(what: str, folder: Path) -> str:
    def build(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet("Chỉ tiêu")
        _write(sheet, (_HEADER, _ONE, _TWO))
        if what == "row":
            sheet.set_row(2, None, None, {"hidden": True})
        elif what == "column":
            sheet.set_column(7, 7, None, None, {"hidden": True})
        elif what == "sheet":
            sheet.hide()
        elif what == "filter":
            sheet.autofilter(0, 0, 2, 7)
            sheet.filter_column(1, "x == K")
            sheet.set_row(2, None, None, {"hidden": True})
        else:
            sheet.protect("x")

    return _made(folder, build)


def _copied(folder: Path, *, hides_first: bool = False) -> str:
    def build(workbook: Workbook) -> None:
        first = workbook.add_worksheet("Chỉ tiêu")
        _write(first, (_HEADER, _ONE))
        _write(workbook.add_worksheet("Chỉ tiêu (2)"), (_HEADER, (*_ONE[:6], 400, 300)))
        if hides_first:
            first.hide()

    return _made(folder, build)


def _picture(folder: Path) -> str:
    def build(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet("Chỉ tiêu")
        sheet.insert_textbox(1, 1, "ảnh chụp bảng chỉ tiêu")

    return _made(folder, build)


def _total(words: str, total: Sequence[object], folder: Path) -> str:
    return _table((_HEADER, _ONE, _TWO, ("", "", "", words, "hộ", *total)), folder)


SECTION = Section(
    "Bảng bố trí khác mẫu",
    "Sổ của xã A, kỳ Tháng 2 năm 2026; hai chỉ tiêu K = 4 + 3 và L = 5 + 6 nếu không nói khác.",
    [
        Case("Tiêu đề ở hàng 12", partial(_table, (_HEADER, _ONE, _TWO), first=11)),
        Case("Tiêu đề hai hàng có ô gộp", partial(_merged, ("Thực hiện các tháng",))),
        Case("Tiêu đề ba hàng có ô gộp", partial(_merged, ("Thực hiện", "Quý I"))),
        Case(
            "Hàng đánh số cột 'A B C D 1 2 3=2/1' dưới tiêu đề",
            partial(_table, (_HEADER, ("", "A", "B", "C", "D", 1, 2, "3=2/1"), _ONE, _TWO)),
        ),
        Case(
            "Dưới mỗi tháng có cột KH và TH",
            partial(
                _table,
                (
                    (*_HEADER[:6], "Tháng 1", "", "Tháng 2", ""),
                    ("", "", "", "", "", "", "KH", "TH", "KH", "TH"),
                    (*_ONE[:6], 5, 4, 5, 3),
                    (*_TWO[:6], 9, 5, 9, 6),
                ),
            ),
        ),
        Case(
            "Nhóm cột 'Kế hoạch' và 'Thực hiện', mỗi nhóm có T1, T2",
            partial(
                _table,
                (
                    (*_HEADER[:6], "Kế hoạch", "", "Thực hiện", ""),
                    ("", "", "", "", "", "", "T1", "T2", "T1", "T2"),
                    (*_ONE[:6], 5, 5, 4, 3),
                    (*_TWO[:6], 9, 9, 5, 6),
                ),
            ),
        ),
        Case("Trang của thôn trong sổ có tiêu đề hai hàng", _sub_sheet),
        Case(
            "Hai bảng trên một trang",
            partial(_table, (_HEADER, _ONE, [], ("Bảng 2",), _HEADER, _TWO)),
        ),
        Case(
            "Đơn vị là cột, chỉ tiêu là hàng",
            partial(
                _table,
                (("Mã", "Chỉ tiêu", "ĐVT", "Thôn 1", "Thôn 2"), ("K", "Chỉ tiêu K", "hộ", 4, 3)),
                title="Số liệu thôn",
            ),
        ),
        Case("Hàng ẩn", partial(_hidden, "row")),
        Case("Cột ẩn", partial(_hidden, "column")),
        Case("Trang ẩn", partial(_hidden, "sheet")),
        Case("Hàng bị lọc", partial(_hidden, "filter")),
        Case("Trang khóa (bảo vệ)", partial(_hidden, "protected")),
        Case("Dòng 'Cộng' đúng bằng tổng", partial(_total, "Cộng", (30, 9, 9))),
        Case("Dòng 'Tổng số' khác tổng", partial(_total, "Tổng số", (30, 10, 9))),
        Case(
            "Dòng 'Tổng cộng lĩnh vực I' ",
            partial(_total, "Tổng cộng lĩnh vực I", (30, 9, 9)),
        ),
        Case(
            "STT kiểu I, 1.1, a), R-100",
            partial(
                _table,
                (
                    _HEADER,
                    ("I", "", "", "Kinh tế", "", "", "", ""),
                    ("1.1", *_ONE[1:]),
                    ("a)", *_TWO[1:]),
                    ("R-100", "M", "Kinh tế", "Chỉ tiêu M", "hộ", 1, 1, ""),
                ),
            ),
        ),
        Case("Trang chép thêm 'Chỉ tiêu (2)'", _copied),
        Case(
            "Trang chép thêm 'Chỉ tiêu (2)', trang gốc ẩn đi",
            partial(_copied, hides_first=True),
        ),
        Case("Đổi tên trang", partial(_table, (_HEADER, _ONE, _TWO), title="Sheet1 moi")),
        Case("Cả trang là ảnh, không có ô nào", _picture),
        Case(
            "Sổ của nơi khác, không phải mẫu",
            partial(
                _table,
                (
                    ("TT", "Nội dung", "Đơn vị tính", "Kế hoạch", "Kết quả thực hiện"),
                    (1, "Hộ nghèo giảm", "hộ", 20, 18),
                ),
                title="Bieu 1",
            ),
        ),
    ],
)
