"""What registers add up to, built by hand, for the tests of sheet "Sổ theo dõi"."""

import datetime as dt
from decimal import Decimal

from danvan_xl.report.tables import (
    Chart,
    Estimate,
    PlaceLink,
    Share,
    SmallTable,
    TableRow,
    TrackedRegister,
)
from danvan_xl.schema.columns import WORK_FIELDS, Column, Kind
from danvan_xl.vietnamese.numbers import Bound

FIELD = Column("work_field", "Lĩnh vực", Kind.CHOICE)
UNIT = Column("unit", "Đơn vị")
PLACE = Column("place", "Nơi ghi")
STATES = ("Xong đúng hạn", "Xong chậm", "Xong, không ghi hạn", "Đang thực hiện", "Quá hạn")
LONG_TASK = "Tuyên truyền, vận động nhân dân bàn giao mặt bằng dự án đường tránh phía Tây " * 3


def counts(*headers: str) -> tuple[Column, ...]:
    return tuple(Column(header, header, Kind.COUNT) for header in headers)


def by_field(title: str, *headers: str, share: str = "Tỷ lệ đã xong") -> SmallTable:
    """A table of counts by work field with a share, a total and a chart of the share."""
    columns = (FIELD, *counts(*headers), Column(share, share, Kind.SHARE))
    shares = [Decimal(f"0.{number}5") for number in range(1, 5)]
    rows = [
        TableRow((name, *range(len(headers)), Share(value)))
        for name, value in zip(WORK_FIELDS, shares, strict=True)
    ]
    total = TableRow(
        ("Cộng", *range(10, 10 + len(headers)), Share(Decimal("0.5"))), is_heading=True
    )
    chart = Chart(title, share, tuple(zip(WORK_FIELDS, shares, strict=True)), is_share=True)
    return SmallTable(title, columns, (*rows, total), ("Tính đến ngày chốt số liệu.",), chart)


def overdue(count: int) -> SmallTable:
    columns = (
        UNIT,
        Column("task", "Nhiệm vụ"),
        Column("due_on", "Hạn", Kind.DATE),
        Column("overdue_days", "Số ngày quá hạn", Kind.COUNT),
        PLACE,
    )
    rows = (
        TableRow(
            (
                "Thôn Nghĩa Thắng Thượng",
                LONG_TASK if number == 0 else f"Rà soát, củng cố tổ dân vận, đợt {number}",
                dt.date(2026, 3, 1),
                number,
                PlaceLink(f"Nhiệm vụ!B{number + 8}", "Nhan/a 1.xlsx", "Nhiệm vụ", f"B{number + 8}"),
            )
        )
        for number in range(count)
    )
    return SmallTable("Nhiệm vụ quá hạn", columns, tuple(rows))


CONTRIBUTIONS = SmallTable(
    "Kết quả huy động theo loại và ĐVT",
    (
        Column("kind", "Loại", Kind.CHOICE),
        Column("measure", "ĐVT"),
        Column("plan", "Kế hoạch", Kind.NUMBER),
        Column("result", "Kết quả", Kind.NUMBER),
    ),
    (
        TableRow(("Hiến đất", "m²", Decimal(1500), Estimate(Decimal(2000), Bound.AT_LEAST))),
        TableRow(("Tiền", "triệu đồng", None, Estimate(Decimal("12.5"), Bound.ABOUT))),
    ),
)
REGISTERS = (
    TrackedRegister(
        "Nhiệm vụ", (by_field("Nhiệm vụ theo lĩnh vực", "Tổng số", *STATES, "Đã xong"), overdue(60))
    ),
    TrackedRegister("Huy động", (CONTRIBUTIONS,)),
    TrackedRegister(
        "Tổ dân vận",
        (by_field("Tổ theo loại", "Số tổ", *(f"TC{n}" for n in range(1, 10)), "Đạt cả 9"),),
    ),
    TrackedRegister(
        "Văn bản",
        (
            by_field("Văn bản theo cơ quan", "Tổng số"),
            SmallTable("Văn bản quá hạn", (UNIT, PLACE), ()),
        ),
    ),
)
