"""What stands in a cell for a figure, and what it is read as."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from danvan_xl.files.grid import Cell, Grid
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.printed import vietnamese_number
from tests.cases.case import Case, Section, told
from tests.sheets import consolidated

_HEADER = ["Mã", "Lĩnh vực", "Chỉ tiêu", "ĐVT", "Kế hoạch", "T1"]

_NOT_ABOUT_IT = (Code.PLAN_MISSING, Code.ACTUAL_WITHOUT_PLAN, Code.MONTH_BLANK)


def read(
    cell: Cell,
    _folder: Path,
    *,
    measure: str = "hộ",
    plan: Cell = None,
    column: Sequence[Cell] = (),
    above: str = "",
    last_year: Cell = None,
) -> str:
    """Return what a cell in T1 is read as, and what is said of it.

    `column` are other cells of T1, in rows of their own; `above` is a line above the table.
    """
    rows: list[Sequence[Cell]] = [[above], [*_HEADER, "Năm trước"]]
    rows.append(["K", "Kinh tế", "Chỉ tiêu K", measure, plan, cell, last_year])
    rows += [
        [f"L{n}", "Kinh tế", f"Khác {n}", measure, None, other] for n, other in enumerate(column)
    ]
    result = consolidated(Grid("Chỉ tiêu", rows), period="Tháng 1")
    line = result.lines["k"]
    figure = "không có số" if line.actual is None else vietnamese_number(line.actual)
    if line.plan is not None and plan is None:
        figure += f", kế hoạch {vietnamese_number(line.plan)}"
    found = (
        item for item in result.issues if item.place.cell.endswith("3") or item.place.cell == ""
    )
    return f"{figure}<br>{told(found, _NOT_ABOUT_IT)}"


_NOT_A_NUMBER = float("nan")
_NAMES: dict[Cell, str] = {
    "": "(ô trống)",
    "   ": "(ba dấu cách)",
    "1\u00a0507": "'1 507' với dấu cách cứng",
    True: "ô logic ĐÚNG",
    False: "ô logic SAI",
    dt.date(2026, 2, 1): "ô ngày 01/02/2026",
    dt.date(2026, 4, 3): "ô ngày 03/04/2026",
    dt.date(2024, 10, 1): "ô ngày 01/10/2024 (gõ 10/24)",
    dt.date(1900, 1, 25): "ô định dạng ngày, gõ 25",
    dt.time(1, 30): "ô giờ 01:30",
    dt.timedelta(hours=26): "ô giờ 26:00",
    1507.0: "ô số 1507",
    float("inf"): "ô số vô cùng lớn",
    _NOT_A_NUMBER: "ô số không xác định",
}


def _cells(*cells: Cell) -> list[Case]:
    return [Case(_NAMES.get(cell, f"'{cell}'"), partial(read, cell)) for cell in cells]


SECTION = Section(
    "Số gõ trong ô",
    "Ô T1 của một chỉ tiêu tính bằng 'hộ', nếu không nói khác.",
    [
        *_cells(
            1507.0,
            "1507",
            "1.507",
            "1.507,5",
            "7.897.797.496",
            "1,507.50",
            "13513,03",
            "12,5",
            "12.5",
        ),
        *_cells("1 507", "1\u00a0507", "  24  ", "04", "0", "-3", "(3)", "−3"),
        *_cells("25/24", "02 mô hình", "15 hộ", "24hộ", "104%"),
        *_cells(
            "trên 30",
            "hơn 30",
            "gần 30",
            "khoảng 30",
            "> 30",
            "~30",
            "30 trở lên",
            "từ 30 đến 40",
            "30-40",
        ),
        *_cells("KPS", "không phát sinh", "không", "Không có", "KAD", "x", "-"),
        *_cells("", "   ", "...", "…", "—", "--", ".", "chưa có", "chưa báo cáo"),
        *_cells('"', "〃", "''", "nt", "như trên", "- nt -"),
        *_cells("#N/A", "#DIV/0!", "#REF!", True, False, dt.date(2026, 2, 1), dt.date(2026, 4, 3)),
        *_cells(dt.date(2024, 10, 1), dt.date(1900, 1, 25), dt.time(1, 30), dt.timedelta(hours=26)),
        *_cells("inf", "nan", float("inf"), _NOT_A_NUMBER, "1e5", "một trăm", "nhiều"),
        *_cells("2 tỷ", "2,5 triệu", "3 nghìn", "1,2 nghìn hộ", "5k", "5 trăm"),
        *_cells("25/24 (104%)", "25/24, đạt 104%", "140% (25/24)", "đạt 30", "30?", "3-", "2+3"),
        *_cells("1O", "l2", "O", "02 mô hình, 03 điển hình", "03 hội nghị/150 lượt người"),
        Case(
            "'1.507' khi cột ghi số lẻ (3,5; 4,25)",
            partial(read, "1.507", column=[3.5, 4.25, 1.75]),
        ),
        Case(
            "'1.507' khi cột ghi dấu chấm thập phân (1,200.50)",
            partial(read, "1.507", column=["1,200.50", "2,300.75"]),
        ),
        Case(
            "'12.5' khi cột ghi dấu phẩy thập phân (3,5)",
            partial(read, "12.5", column=["3,5", "4,25"]),
        ),
        Case("'1,507' khi cột ghi số nguyên", partial(read, "1,507", column=[1200.0, 1800.0])),
        Case("'2 tỷ', ĐVT tỷ đồng", partial(read, "2 tỷ", measure="tỷ đồng")),
        Case("'2 tỷ', ĐVT triệu đồng", partial(read, "2 tỷ", measure="triệu đồng")),
        Case("'500 triệu', ĐVT triệu đồng", partial(read, "500 triệu", measure="triệu đồng")),
        Case("'850tr', ĐVT triệu đồng", partial(read, "850tr", measure="triệu đồng")),
        Case(
            "'1 tỷ 500 triệu', ĐVT triệu đồng",
            partial(read, "1 tỷ 500 triệu", measure="triệu đồng"),
        ),
        Case("'95%', ĐVT %", partial(read, "95%", measure="%")),
        Case("'95% (19/20)', ĐVT %", partial(read, "95% (19/20)", measure="%")),
        Case("'59% (19/20)', ĐVT %", partial(read, "59% (19/20)", measure="%")),
        Case("'19/20', ĐVT %", partial(read, "19/20", measure="%")),
        Case("0.95, ĐVT %, kế hoạch 95", partial(read, 0.95, measure="%", plan=95.0)),
        Case("'25/24', cột Kế hoạch ghi 20", partial(read, "25/24", plan=20.0)),
        Case(
            "2500000000 (đồng) khi ĐVT triệu đồng, kế hoạch 2600",
            partial(read, 2500000000.0, measure="triệu đồng", plan=2600.0),
        ),
        Case(
            "2500000 (nghìn) khi ĐVT tỷ đồng, năm trước 2,4",
            partial(read, 2500000.0, measure="tỷ đồng", last_year=2.4),
        ),
        Case(
            "200000000 (đồng) khi ĐVT triệu đồng, kế hoạch cả năm 2600",
            partial(read, 200000000.0, measure="triệu đồng", plan=2600.0),
        ),
        Case(
            "Kế hoạch ghi 2600000000 (đồng), T1 ghi 200, ĐVT triệu đồng",
            partial(read, 200.0, measure="triệu đồng", plan=2600000000.0),
        ),
        Case(
            "Kế hoạch ghi 2600000 (nghìn), năm trước 2400, ĐVT triệu đồng",
            partial(read, 200.0, measure="triệu đồng", plan=2600000.0, last_year=2400.0),
        ),
        Case(
            "Dòng 'ĐVT: triệu đồng' phía trên, ô ghi đủ đồng 2500000000, kế hoạch 2600",
            partial(read, 2500000000.0, measure="", plan=2600.0, above="ĐVT: triệu đồng"),
        ),
        Case(
            "Dòng 'ĐVT: triệu đồng' phía trên, ô ghi 2500",
            partial(read, 2500.0, measure="", plan=2600.0, above="ĐVT: triệu đồng"),
        ),
    ],
)
