"""Sheet Chưa đạt: whose plan is not reached, by how much, worst first."""

from tests.register_sheets import lines, printed
from tests.report.xa import OWN, table, thon
from tests.sheets import consolidated, units


def test_plans_that_are_not_reached_stand_worst_first_with_what_is_short():
    assert printed(table("unmet")) == lines("""
| STT | Đơn vị | Mã | Chỉ tiêu | ĐVT | Kế hoạch | Phải đạt đến kỳ | Thực hiện | Còn thiếu \
| Tỷ lệ | Đánh giá | Nguyên nhân | Giải pháp |
| 1 | Thôn Hai | H | Hộ nghèo | hộ    | 10 | 10 | 25 | 15 | 40,00% | Chưa đạt | | |
| 2 | Thôn Hai | K | Thu quỹ  | triệu | 40 | 40 | 20 | 20 | 50,00% | Chưa đạt | | |
| 3 | Xã A     | H | Hộ nghèo | hộ    | 20 | 20 | 33 | 13 | 60,61% | Chưa đạt | | |
    """)


def test_where_everything_is_reached_the_sheet_says_so():
    ahead = thon(1, "Thôn Một", "60 | 190", "10 | 8")

    shown = table("unmet", consolidated(OWN, units("Thôn Một"), ahead))

    assert shown.rows == ()
    assert shown.when_empty == "Không có chỉ tiêu nào chưa đạt hoặc chậm tiến độ."
