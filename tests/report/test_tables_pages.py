"""A page that is no table: drawn in the summary and in an open workbook, told on a screen."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from danvan_xl.excel.output import refresh
from danvan_xl.report.compose import compose
from danvan_xl.report.tables import (
    BigNumber,
    BigNumbers,
    Chart,
    Page,
    Report,
    Sentences,
    SmallTable,
    TableRow,
)
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.schema.output_sheets import OutputSheet
from danvan_xl.screens.consolidated import render_summary
from danvan_xl.screens.consolidated_as_json import result_as_json
from danvan_xl.writing.summary.workbook import write_summary
from tests.live import contents
from tests.report.xa import xa
from tests.spreadsheet import validate

LEADERS = OutputSheet("leaders", "Lãnh đạo", (), (), heading="TRANG LÃNH ĐẠO")
COLUMNS = (Column("unit", "Đơn vị"), Column("behind", "Chưa đạt", Kind.COUNT))
ROWS = (TableRow(("Thôn Hai", 2)), TableRow(("Thôn Một", 1)))
PAGE = Page(
    LEADERS,
    (
        BigNumbers(
            (BigNumber("Đạt", 1), BigNumber("Chưa đạt", Decimal("2.5")), BigNumber("Kỳ", "T6"))
        ),
        Sentences("Cần chỉ đạo", ("Thôn Hai chậm nộp.", "=1+1 không phải công thức.")),
        SmallTable(
            "Đơn vị chậm nhất",
            COLUMNS,
            ROWS,
            chart=Chart("Chậm nhất", "Chưa đạt", (("Thôn Hai", 2), ("Thôn Một", 1))),
        ),
    ),
)


@pytest.fixture
def report() -> Report:
    """The report of the small xã with the page first."""
    made = compose(xa())
    return replace(made, sheets=(PAGE, *made.sheets))


def said(rows: list[list[object]]) -> list[list[object]]:
    """What stands in the rows below the title block, without blanks."""
    return [kept for row in rows[5:] if (kept := [cell for cell in row if cell not in (None, "")])]


BELOW_THE_TITLE = [
    [1, 2.5, "T6"],
    ["Đạt", "Chưa đạt", "Kỳ"],
    ["Cần chỉ đạo"],
    ["Thôn Hai chậm nộp."],
    ["=1+1 không phải công thức."],
    ["Đơn vị chậm nhất"],
    ["Đơn vị", "Chưa đạt"],
    ["Thôn Hai", 2],
    ["Thôn Một", 1],
    ["NGƯỜI LẬP BIỂU"],
    ["(Ký, ghi rõ họ tên)"],
]


def test_the_summary_has_the_page_at_its_place_on_one_sheet_of_paper(report, tmp_path):
    path = tmp_path / "a.xlsx"

    write_summary(path, report)

    book = load_workbook(path)
    sheet = book["Lãnh đạo"]
    assert book.sheetnames[:2] == ["Lãnh đạo", "Tổng hợp"]
    assert sheet["A4"].value == "TRANG LÃNH ĐẠO"
    assert said([[cell.value for cell in row] for row in sheet.iter_rows()]) == BELOW_THE_TITLE
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight in (None, 1)  # 0 would be as many as needed
    assert sheet.page_setup.orientation == "landscape"
    assert len(sheet._charts) == 1
    validate(path)


def test_a_page_may_stand_upright_and_unsigned(report, tmp_path):
    form = replace(LEADERS, is_upright=True, is_signed=False)
    write_summary(tmp_path / "a.xlsx", replace(report, sheets=(replace(PAGE, sheet=form),)))

    sheet = load_workbook(tmp_path / "a.xlsx")["Lãnh đạo"]
    assert sheet.page_setup.orientation == "portrait"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert said(rows) == BELOW_THE_TITLE[:-2]


def test_an_open_workbook_gets_the_page_at_its_place_without_charts(office, report):
    book = office.books.add()
    (own,) = book.sheets
    own["A1"].value = "của tôi"
    refresh(book, replace(report, sheets=report.sheets[1:]))

    assert refresh(book, report)
    assert not refresh(book, report)

    titles = [sheet.name for sheet in book.sheets]
    assert titles[:3] == [own.name, "Lãnh đạo", "Tổng hợp"]
    assert "Biểu đồ" not in titles
    page = book.sheets["Lãnh đạo"]
    shown = [[str(cell) for cell in row] for row in said(contents(page))]
    assert shown[0] == ["1", "2.5", "T6"]
    assert shown[5:9] == [[str(cell) for cell in row] for row in BELOW_THE_TITLE[5:9]]
    assert len(page.api.Charts) == 0
    book.close()


def test_a_screen_prints_the_page_before_the_indicators(report):
    text = render_summary(xa(), report, Path("a.xlsx"), 80)

    assert text.splitlines()[:12] == [
        "TRANG LÃNH ĐẠO",
        "Đạt: 1",
        "Chưa đạt: 2,5",
        "Kỳ: T6",
        "Cần chỉ đạo",
        "- Thôn Hai chậm nộp.",
        "- =1+1 không phải công thức.",
        "Đơn vị chậm nhất",
        "Đơn vị    Chưa đạt",
        "────────  ────────",
        "Thôn Hai         2",
        "Thôn Một         1",
    ]
    assert text.splitlines()[13] == "TỔNG HỢP KẾT QUẢ THỰC HIỆN CHỈ TIÊU"


def test_json_has_the_blocks_of_the_page(report):
    (page,) = json.loads(json.dumps(result_as_json(xa(), report, Path("a.xlsx"))))["sheets"]

    assert page == {
        "name": "leaders",
        "title": "Lãnh đạo",
        "blocks": [
            {"numbers": {"Đạt": 1, "Chưa đạt": 2.5, "Kỳ": "T6"}},
            {
                "title": "Cần chỉ đạo",
                "sentences": ["Thôn Hai chậm nộp.", "=1+1 không phải công thức."],
            },
            {
                "title": "Đơn vị chậm nhất",
                "columns": ["Đơn vị", "Chưa đạt"],
                "rows": [
                    {"Đơn vị": "Thôn Hai", "Chưa đạt": 2},
                    {"Đơn vị": "Thôn Một", "Chưa đạt": 1},
                ],
            },
        ],
    }
