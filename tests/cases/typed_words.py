"""Headers, choices and names that are not written as in the template."""

import unicodedata
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from danvan_xl.consolidation.consolidation import consolidate_book
from danvan_xl.files.grid import Cell, Grid
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.printed import vietnamese_number
from tests.cases.case import Case, Section, told
from tests.sheets import book, consolidated, sub_sheet, units

_HEADER = ("Mã", "Lĩnh vực", "Chỉ tiêu", "ĐVT", "Kế hoạch", "T1")
_ROW: Sequence[Cell] = ("K", "Kinh tế", "Chỉ tiêu K", "hộ", 10.0, 4.0)
_NOT_ABOUT_IT = (Code.PLAN_MISSING, Code.ACTUAL_WITHOUT_PLAN, Code.MONTH_BLANK)


def _read(header: Sequence[Cell], _folder: Path, *, row: Sequence[Cell] = _ROW) -> str:
    """Return the plan and the figure of a table with this header, and what is said of it."""
    result = consolidated(Grid("Chỉ tiêu", [header, row]), period="Tháng 1")
    line = result.lines["k"]
    figures = ("kế hoạch", line.plan), ("thực hiện", line.actual), ("năm trước", line.last_year)
    known = [f"{name} {vietnamese_number(value)}" for name, value in figures if value is not None]
    return f"{', '.join(known) or 'không có số'}<br>{told(result.issues, _NOT_ABOUT_IT)}"


def _with(position: int, header: str, folder: Path) -> str:
    cells: list[Cell] = [*_HEADER]
    cells[position] = header
    return _read(cells, folder)


def _measured(header: str, measure: str, folder: Path) -> str:
    row: Sequence[Cell] = [*_ROW[:3], measure, *_ROW[4:]]
    return _read([*_HEADER[:4], header, "T1"], folder, row=row)


def _beside(headers: Sequence[str], cells: Sequence[Cell], folder: Path) -> str:
    """Return the answer to a table with further columns before that of T1."""
    header = [*_HEADER[:4], *headers, "T1"]
    return _read(header, folder, row=[*_ROW[:4], *cells, 4.0])


def _field(written: str, folder: Path) -> str:
    return _read(_HEADER, folder, row=["K", written, *_ROW[2:]])


def _unit(written: str, _folder: Path) -> str:
    """Return how a sheet is taken whose title block names its unit in this way."""
    table = "| Mã | Chỉ tiêu | ĐVT | Kế hoạch | T1 |\n| K | Chỉ tiêu K | hộ | 10 | {} |"
    own = Grid("Chỉ tiêu", [_HEADER, [*_ROW[:5], None]])
    sheet = sub_sheet(written, table.format(4), "Sheet2")
    result = consolidated(own, units("Thôn Hùng Nghĩa"), sheet, period="Tháng 1")
    total = result.lines["k"].actual
    shown = "không có số" if total is None else f"tổng {vietnamese_number(total)}"
    return f"{shown}<br>{told(result.issues, _NOT_ABOUT_IT)}"


def _rule(written: str, _folder: Path) -> str:
    """Return what months of 5 and 7 come to by a Cộng kỳ written in this way."""
    header = ("Mã", "Lĩnh vực", "Chỉ tiêu", "ĐVT", "Cộng kỳ", "Kế hoạch", "T1", "T2")
    row = ("K", "Kinh tế", "Chỉ tiêu K", "hộ", written, 10.0, 5.0, 7.0)
    result = consolidated(Grid("Chỉ tiêu", [header, row]), period="Tháng 2")
    total = result.lines["k"].actual or 0
    return f"5 rồi 7 thành {vietnamese_number(total)}<br>{told(result.issues)}"


def _without_marks(_folder: Path) -> str:
    """Return how a workbook is taken whose sheets are typed without marks throughout."""
    about = [["Ma don vi", "A"], ["Ten don vi", "Xã A"], ["Nam", 2026.0], ["Ky bao cao", "Thang 1"]]
    units_below = [["Ma", "Ten don vi"], ["A.1", "Thôn 1"]]
    outreach = [
        ["Ngay", "Hinh thuc", "Noi dung", "So cuoc", "Luot nguoi"],
        ["05/01/2026", "Hoi nghi", "Họp thôn", 1.0, 20.0],
    ]
    sheets = (("Thong tin", about), ("Don vi", units_below), ("Tuyen truyen", outreach))
    targets = Grid("Chi tieu", [_HEADER, _ROW])
    result = consolidate_book(book(*(Grid(title, rows) for title, rows in sheets), targets), ())
    known = result.book
    counts = f"{len(known.units)} đơn vị, {len(known.registers)} sổ theo dõi có dòng"
    return f"{result.period.label}, năm {known.info.year}, {counts}<br>{told(result.issues)}"


def _no_marks(_folder: Path) -> str:
    header = ("Ma", "Linh vuc", "Chi tieu", "DVT", "Ke hoach", "T1")
    return _read(header, _folder)


SECTION = Section(
    "Chữ gõ khác mẫu",
    "Một bảng chỉ tiêu của năm 2026 với đầu cột, lĩnh vực hoặc tên đơn vị viết khác mẫu.",
    [
        *(
            Case(f"Cột kế hoạch ghi '{text}'", partial(_with, 4, text))
            for text in (
                *("KẾ  HOẠCH", "Kế\nhoạch", "kế hoạch:", "KH năm 2026", "Kế hoạch giao"),
                *("Kế hoạch năm 2026", "KH 2026 (hộ)", "Ke hoach", "Kế hoạch năm 2025", "Kế hoạh"),
            )
        ),
        Case(
            "Cột kế hoạch ghi bằng Unicode tổ hợp",
            partial(_with, 4, unicodedata.normalize("NFD", "Kế hoạch")),
        ),
        *(
            Case(f"Cột tháng 1 ghi '{text}'", partial(_with, 5, text))
            for text in ("Tháng 1", "Tháng 01/2026", "Tháng 1/2025", "Th.1", "Thực hiện T1", "T01")
        ),
        Case("Cả hàng tiêu đề không dấu", _no_marks),
        Case("Cả sổ không dấu: tên trang, nhãn, tiêu đề, lựa chọn", _without_marks),
        *(
            Case(f"Cộng kỳ ghi '{text}'", partial(_rule, text))
            for text in ("Cuoi ky", "cuối kì", "CUỐI KỲ", "cuối quý")
        ),
        Case(
            "Có cả 'Kế hoạch năm 2025' và 'Kế hoạch năm 2026'",
            partial(_beside, ("Kế hoạch năm 2025", "Kế hoạch năm 2026"), (8.0, 10.0)),
        ),
        Case(
            "Có cột 'Thực hiện năm 2025'",
            partial(_beside, ("Thực hiện năm 2025", "Kế hoạch"), (8.0, 10.0)),
        ),
        *(
            Case(f"Có cột '{text}'", partial(_beside, ("Kế hoạch", text), (10.0, 7.0)))
            for text in (
                *("TH đến 30/6", "Kết quả thực hiện", "T6 (lũy kế)", "Lũy kế T6", "TH T1-T6"),
                *("6 tháng", "Từ đầu năm đến T6", "Tháng 2 năm 2025", "Kế hoạch năm 2026"),
                *("Kế hoạch tháng 1", "Tỷ lệ TH/KH", "Người phụ trách"),
            )
        ),
        *(
            Case(
                f"Dòng tính bằng triệu đồng, cột kế hoạch ghi '{text}'",
                partial(_measured, text, "triệu đồng"),
            )
            for text in ("Kế hoạch (tỷ đồng)", "Kế hoạch (triệu đồng)", "Kế hoạch (6 tháng)")
        ),
        Case("Dòng đếm hộ, cột ghi 'Kế hoạch (%)'", partial(_measured, "Kế hoạch (%)", "hộ")),
        Case(
            "Cột 'Mã số', 'Chỉ tiêu chủ yếu'",
            partial(_read, ("Mã số", "Lĩnh vực", "Chỉ tiêu chủ yếu", *_HEADER[3:])),
        ),
        *(
            Case(f"Lĩnh vực ghi '{text}'", partial(_field, text))
            for text in (
                *("Quoc phong an ninh", "QUỐC PHÒNG – AN NINH", "Văn hoá - xã hội", "Y tế"),
                *("QP-AN", "VH-XH", "Xây dựng Đảng", "Kinh tế - xã hội"),
            )
        ),
        *(
            Case(f"Mã đơn vị ghi '{text}'", partial(_unit, text))
            for text in ("a.1", "Thôn Hùng Nghĩa", "Thon Hung Nghia", "Thôn Hùng Nghỉa", "A.7")
        ),
    ],
)
