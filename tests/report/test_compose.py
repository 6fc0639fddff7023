"""The report as a whole: which sheets in which order, and what it is called."""

from dataclasses import replace

from openpyxl import load_workbook

from danvan_xl.report.compose import MAKERS, compose, what_was_done
from danvan_xl.schema.output_sheets import OUTPUT_SHEETS
from danvan_xl.writing.summary.workbook import write_summary
from tests.register_sheets import kept
from tests.report.xa import xa
from tests.sheets import consolidated, grid

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


UNMET = """
    | Mã | Chỉ tiêu | ĐVT   | Chiều | Cộng kỳ | Kế hoạch | T1 |
    | A  | Chậm     | triệu | Tăng  | Cộng    | 60       | 4  |
    | B  | Chậm nữa | triệu | Tăng  | Cộng    | 60       | 3  |
    | C  | Nguy cơ  | triệu | Giảm  | Cộng    | 60       | 6  |
    | D  | Quá      | triệu | Giảm  | Cộng    | 60       | 61 |
    | E  | Mở       | triệu | Tăng  | Cuối kỳ | 60       | 5  |
"""


def test_what_is_unmet_is_told_apart_in_one_sentence():
    result = consolidated(grid(UNMET), period="Tháng 1")
    clean = consolidated(grid(UNMET.replace("60 ", "1  ").replace("Giảm", "Tăng")))

    assert what_was_done(result) == (
        "Đã tổng hợp 5 chỉ tiêu: 1 chưa đạt, 2 chậm tiến độ, 1 có nguy cơ vượt; 0 lỗi số liệu."
    )
    assert what_was_done(clean) == "Đã tổng hợp 5 chỉ tiêu: 0 chưa đạt; 0 lỗi số liệu."
