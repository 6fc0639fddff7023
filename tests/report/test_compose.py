"""The report as a whole: which sheets in which order, and what it is called."""

from dataclasses import replace

from openpyxl import load_workbook

from danvan_xl.report.compose import MAKERS, compose
from danvan_xl.schema.output_sheets import OUTPUT_SHEETS
from danvan_xl.writing.summary.workbook import write_summary
from tests.register_sheets import kept
from tests.report.xa import xa

TASKS = """
    | Nhiệm vụ  | Lĩnh vực | Đơn vị chủ trì | Bắt đầu | Hạn |
    | Ra quân   | Kinh tế  | Mặt trận       |         |     |
"""


def test_every_declared_sheet_has_a_maker():
    assert list(MAKERS) == list(OUTPUT_SHEETS)


def test_sheets_stand_in_the_declared_order_those_with_nothing_to_show_left_out():
    titles = [item.sheet.title for item in compose(kept("Nhiệm vụ", TASKS)).sheets]
    declared = [sheet.title for sheet in OUTPUT_SHEETS if sheet.title in titles]

    assert titles == declared
    assert titles[:2] == ["Tổng hợp", "Chưa đạt"]
    assert titles[-2:] == ["Sổ theo dõi", "Biểu đồ"]


def test_the_summary_file_is_called_what_the_report_is_called_whichever_sheet_comes_first(tmp_path):
    report = compose(xa())
    turned = replace(report, sheets=report.sheets[::-1])

    write_summary(tmp_path / "a.xlsx", turned)

    told = load_workbook(tmp_path / "a.xlsx").properties
    assert told.title == "TỔNG HỢP KẾT QUẢ THỰC HIỆN CHỈ TIÊU"
    assert told.creator == "Xã A"
