"""Sheet Theo năm: each indicator in each of several years."""

from dataclasses import replace

from danvan_xl.report.compose import compose
from tests.register_sheets import lines, printed
from tests.report.xa import OWN, table, thon, xa
from tests.sheets import consolidated, units


def test_an_indicator_has_a_row_for_each_year():
    now = xa()
    before = consolidated(OWN, units("Thôn Một"), thon(1, "Thôn Một", "60 | 75", "10 | 16"))
    both = replace(now, by_year={2025: before.lines, 2026: now.lines})

    assert printed(table("by_year", both)) == lines("""
| Mã | Chỉ tiêu | ĐVT | Năm số liệu | Kế hoạch | Thực hiện | Tỷ lệ | Đánh giá | Báo cáo |
| K | Thu quỹ  | triệu | 2025 | 100 | 75  | 75,00%  | Chưa đạt | 1/1 |
| K | Thu quỹ  | triệu | 2026 | 100 | 110 | 110,00% | Vượt     | 2/3 |
| H | Hộ nghèo | hộ    | 2025 | 20  | 16  | 125,00% | Vượt     | 1/1 |
| H | Hộ nghèo | hộ    | 2026 | 20  | 33  | 60,61%  | Chưa đạt | 2/3 |
    """)


def test_one_year_alone_has_no_such_sheet():
    assert "by_year" not in [item.sheet.name for item in compose(xa()).sheets]
