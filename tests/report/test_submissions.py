"""Sheet Tình hình nộp: the state of every unit's report."""

from dataclasses import replace

from danvan_xl.consolidation.punctuality import Punctuality
from danvan_xl.report.tables import PlaceLink
from tests.register_sheets import lines, printed
from tests.report.xa import table, thon, xa


def test_every_unit_has_its_state_its_file_and_how_many_findings():
    faulty = thon(3, "Thôn Ba", "7 | nhiều lắm", "8 | 8")

    assert printed(table("submissions", xa(faulty))) == lines("""
| STT | Mã  | Đơn vị | Trạng thái | Tệp | Ngày lập | Số lỗi | Số cảnh báo |
| 1 | A.1 | Thôn Một | Đã nộp | so.xlsx (Thôn Một) | | 0 | 0 |
| 2 | A.2 | Thôn Hai | Đã nộp | so.xlsx (Thôn Hai) | | 0 | 0 |
| 3 | A.3 | Thôn Ba  | Có lỗi | so.xlsx (Thôn Ba)  | | 1 | 0 |
    """)


def test_of_a_unit_that_has_not_reported_nothing_is_counted():
    assert table("submissions").rows[2].cells == (3, "A.3", "Thôn Ba", "Chưa nộp", "", *[None] * 3)


def test_a_file_leads_to_the_sheet_that_was_read():
    assert table("submissions").rows[0].cells[4] == PlaceLink(
        "so.xlsx (Thôn Một)", "so.xlsx", "Thôn Một"
    )


def test_filed_by_period_a_unit_also_has_its_year():
    year = {
        "a.1": Punctuality(6, 5, 4),
        "a.2": Punctuality(6, 3, None),
        "a.3": Punctuality(6, 0, 0),
    }

    shown = table("submissions", replace(xa(), punctuality=year))

    assert [column.header for column in shown.columns[-2:]] == ["Kỳ đã nộp", "Đúng hạn"]
    assert [row.cells[-2:] for row in shown.rows] == [("5/6", "4/5"), ("3/6", ""), ("0/6", "")]
    assert shown.notes == ("Trong năm đã nộp 8/18 (44,44%) lượt báo cáo.",)
