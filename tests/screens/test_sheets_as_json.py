"""The sheets of a report as other programs get them."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from danvan_xl.report.tables import (
    CellsOf,
    Estimate,
    Link,
    PlaceLink,
    ReportCell,
    Share,
    SmallTable,
    Table,
    TableRow,
    TrackedRegister,
)
from danvan_xl.rollup.rating import Rating
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.schema.output_sheets import OutputSheet
from danvan_xl.screens.sheets_as_json import registers_as_json, sheets_as_json
from danvan_xl.vietnamese.numbers import Bound
from tests.reports import FULL, report, with_registers
from tests.tracked import REGISTERS, UNIT, by_field

COLUMNS = (Column("name", "Tên"), Column("actual", "Thực hiện"), Column("rating", "Đánh giá"))
OWN = OutputSheet("own", "Riêng", COLUMNS, ("name",))
_cells = CellsOf(COLUMNS)


def figure(cell: ReportCell) -> SmallTable:
    columns = (UNIT, Column("figure", "Số", Kind.NUMBER))
    return SmallTable("Bảng", columns, (TableRow(("Thôn An", cell)),))


def test_other_programs_get_the_rows_by_their_headers():
    made = registers_as_json((TrackedRegister("Nhiệm vụ", (by_field("Theo lĩnh vực", "Số"),)),))

    (table,) = made[0]["tables"]
    assert (made[0]["title"], table["title"]) == ("Nhiệm vụ", "Theo lĩnh vực")
    assert table["columns"] == ["Lĩnh vực", "Số", "Tỷ lệ đã xong"]
    assert table["rows"][0] == {"Lĩnh vực": "Kinh tế", "Số": 0, "Tỷ lệ đã xong": 0.15}
    assert table["rows"][4]["total"] is True


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (Estimate(Decimal(2000), Bound.AT_LEAST), {"value": 2000, "bound": "≥"}),
        (Share(None), None),
        (Decimal("12.5"), 12.5),
        (dt.date(2026, 7, 5), "2026-07-05"),
        (PlaceLink("Nhiệm vụ!B8", "a.xlsx"), "Nhiệm vụ!B8"),
        (None, None),
    ],
)
def test_other_programs_get_plain_values(cell, read):
    made = registers_as_json((TrackedRegister("Sổ", (figure(cell),)),))

    value = json.loads(json.dumps(made))[0]["tables"][0]["rows"][0]["Số"]
    assert value == read


def test_a_table_with_no_name_of_its_own_is_told_row_by_row():
    link = Link(Decimal("12.5"), "sources", 3)
    rows = (
        _cells.heading(name="Kinh tế"),
        TableRow(_cells(name="Thu quỹ", actual=link, rating=Rating.REACHED)),
    )

    made = json.loads(json.dumps(sheets_as_json(report(Table(OWN, COLUMNS, rows)))))

    assert made == [
        {
            "name": "own",
            "title": "Riêng",
            "columns": ["Tên", "Thực hiện", "Đánh giá"],
            "rows": [
                {"Tên": "Kinh tế", "Thực hiện": "", "Đánh giá": "", "heading": True},
                {"Tên": "Thu quỹ", "Thực hiện": 12.5, "Đánh giá": "Đạt"},
            ],
        }
    ]


def test_what_is_told_under_a_name_of_its_own_is_not_told_twice():
    assert sheets_as_json(with_registers(FULL, *REGISTERS)) == []
