"""A xã with two thôn and the tỉnh above it, as workbooks on disk; and the program run on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl import Workbook

from danvan_xl.outgoing.contents import Contents, TargetRow, UnitRow
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import Direction, MonthRule

D = Decimal
INDICATORS = (
    Indicator("K", "Kinh tế", "Thu quỹ", "cái", plan=D(100)),
    Indicator(
        "H",
        "Kinh tế",
        "Hộ nghèo",
        "hộ",
        plan=D(30),
        direction=Direction.LESS,
        month_rule=MonthRule.LAST,
    ),
)
ABOUT = {"year": 2026, "secrecy": "Thường", "period": "6 tháng", "preparer_title": "Văn phòng"}
OFFICE = Contents(
    {"unit_code": "21433", "unit_name": "Xã Lân Phong", "level": "Xã", **ABOUT},
    tuple(map(TargetRow, INDICATORS)),
    (UnitRow("21433.1", "Thôn 1", "Thôn"), UnitRow("21433.2", "Thôn 2", "Thôn")),
    assignment={
        "K": {"21433.1": D(60), "21433.2": D(40)},
        "H": {"21433.1": D(10), "21433.2": D(20)},
    },
)
PROVINCE = Contents(
    {"unit_code": "51", "unit_name": "Tỉnh Quảng Ngãi", "level": "Tỉnh", **ABOUT},
    tuple(TargetRow(item._replace(plan=D(300))) for item in INDICATORS),
    (UnitRow("21433", "Xã Lân Phong", "Xã"), UnitRow("21439", "Xã Khác", "Xã")),
)


@contextmanager
def edited(path: Path) -> Iterator[Workbook]:
    """Yield a workbook to type into, saved when the block ends, as its officer does."""
    book = openpyxl.load_workbook(path)
    yield book
    book.save(path)


def fill(path: Path, **figures: float | str) -> None:
    """Type figures under their indicators: of January ("K"), or of another month ("K_T2")."""
    with edited(path) as book:
        rows = list(book["Chỉ tiêu"].iter_rows())
        (header,) = [row for row in rows if row[0].value == "Mã"]
        columns = {cell.value: cell.column - 1 for cell in header}
        for name, value in figures.items():
            code, _, month = name.partition("_")
            (line,) = [row for row in rows if row[0].value == code]
            line[columns[month or "T1"]].value = value


def say_about(path: Path, **fields: object) -> None:
    """Type into the fields of sheet Thông tin by label ("Kỳ_báo_cáo")."""
    with edited(path) as book:
        for row in book["Thông tin"].iter_rows():
            label = str(row[0].value).replace(" ", "_")
            if label in fields:
                row[1].value = fields[label]
