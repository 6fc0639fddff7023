"""Which indicator a row is: names that are and are not one, lost and changed codes, own rows."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from danvan_xl.files.grid import Cell, Grid
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.printed import vietnamese_number
from tests.cases.case import Case, Section, told
from tests.sheets import consolidated, units

_HEADER = ("Mã", "Chỉ tiêu", "ĐVT", "Kế hoạch", "T1")
_NOT_ABOUT_IT = (
    Code.PLAN_MISSING,
    Code.ACTUAL_WITHOUT_PLAN,
    Code.PLANS_DO_NOT_ADD,
    Code.WORK_FIELD_MISSING,
)
_LIST = (
    ("KT01", "Thu ngân sách trên địa bàn"),
    ("VH01", "Hộ nghèo"),
    ("VH02", "Hộ cận nghèo"),
    ("1-1", "Hộ kinh doanh"),
    ("1.10", "Mô hình dân vận khéo"),
    ("A1", "Lúa"),
    ("A1.1", "- Diện tích"),
    ("A2", "Ngô"),
    ("A2.1", "- Diện tích"),
)


def _of(rows: Sequence[tuple[Cell, str, Cell]], _folder: Path, *, column: bool = True) -> str:
    """Return what comes out of a thôn's rows: Mã, Chỉ tiêu and the figure of T1."""
    own = [(code, name, "hộ", None, None) for code, name in _LIST]
    sent = [(code, name, "hộ", None, figure) for code, name, figure in rows]
    first = 0 if column else 1
    table = [row[first:] for row in (_HEADER, *sent)]
    result = consolidated(
        Grid("Chỉ tiêu", [_HEADER, *own]),
        units("Thôn 1"),
        Grid("Thôn 1", [["Mã đơn vị:", "A.1"], [], *table]),
        period="Tháng 1",
    )
    figures = [
        f"{line.definition.code}: {vietnamese_number(line.actual)}"
        for line in result.lines.values()
        if line.actual is not None
    ]
    sheet = [item for item in result.issues if item.place.sheet == "Thôn 1"]
    return "<br>".join([", ".join(figures) or "không có số nào", told(sheet, _NOT_ABOUT_IT)])


def _one(what: str, code: Cell, name: str) -> Case:
    return Case(what, partial(_of, [(code, name, 5.0)]))


_ALIKE = [("", "Lúa", None), ("", "- Diện tích", 3.0), ("", "Ngô", None), ("", "- Diện tích", 4.0)]
_NEW_YEAR = dt.date(2026, 1, 1)

SECTION = Section(
    "Dòng nào là chỉ tiêu nào",
    "Sổ xã có KT01 Thu ngân sách trên địa bàn, VH01 Hộ nghèo, VH02 Hộ cận nghèo, "
    "1-1 Hộ kinh doanh, 1.10 Mô hình dân vận khéo, A1 Lúa, A1.1 và A2.1 '- Diện tích', A2 Ngô; "
    "thôn ghi 5 nếu không nói khác.",
    [
        _one("mã VH01, tên 'Tổng số hộ ngèo hiện có'", "VH01", "Tổng số hộ ngèo hiện có"),
        _one("mã VH01, tên để trống", "VH01", ""),
        _one("mã VH01, tên 'Hộ khá'", "VH01", "Hộ khá"),
        _one("mã VH01, tên 'Hộ cận nghèo'", "VH01", "Hộ cận nghèo"),
        _one("mã VH09 không có, tên 'Số hộ nghèo'", "VH09", "Số hộ nghèo"),
        _one("mã VHO1 (chữ O), tên để trống", "VHO1", ""),
        _one("mã R1 không có, tên 'Hộ trồng sen'", "R1", "Hộ trồng sen"),
        _one("mã 1-1 thành ngày 01/01/2026, tên đúng", _NEW_YEAR, "Số hộ kinh doanh"),
        _one("mã 1-1 thành ngày 01/01/2026, tên khác", _NEW_YEAR, "Hộ khá"),
        _one("mã 1.10 thành số 1,1, tên đúng", 1.1, "Mô hình DVK"),
        _one("mất mã, tên 'So ho ngheo'", "", "So ho ngheo"),
        Case("mất mã, hai dòng '- Diện tích' dưới Lúa (3) và Ngô (4)", partial(_of, _ALIKE)),
        Case(
            "mất mã, hai dòng '- Diện tích' (3, 4) không có gì ở trên",
            partial(_of, [("VH01", "Hộ nghèo", 5.0), _ALIKE[1], _ALIKE[3]]),
        ),
        Case(
            "xóa cột Mã: Thu ngân sách 1, Hộ nghèo 2",
            partial(_of, [("", "Thu ngân sách", 1.0), ("", "Hộ nghèo", 2.0)], column=False),
        ),
        Case(
            "xóa cột Mã: Thu ngân sách 1, Hộ khá 2",
            partial(_of, [("", "Thu ngân sách", 1.0), ("", "Hộ khá", 2.0)], column=False),
        ),
    ],
)
