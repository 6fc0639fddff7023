"""Sheet Chưa đạt: whose plan is not reached, by how much, why; worst first."""

from decimal import Decimal

import pytest

from danvan_xl.report.tables import Goal, Points
from danvan_xl.rollup.rating import Edge
from danvan_xl.schema.options import PlanKind
from danvan_xl.schema.output_sheets import UNMET
from tests.register_sheets import lines, printed
from tests.report.xa import OWN, table, thon
from tests.sheets import consolidated, grid, units


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
    assert shown.when_empty == "Không có chỉ tiêu nào chưa đạt, chậm tiến độ hoặc có nguy cơ vượt."


REASONS = """
    | Mã | Chỉ tiêu  | ĐVT   | Chiều | Cộng kỳ | Kế hoạch | T1 | T6 | Nguyên nhân | Giải pháp |
    | K  | Thu quỹ   | triệu | Tăng  | Cộng    | 120      | 10 | 20 | Mưa lũ      | Bù quý III |
    | V  | Vi phạm   | vụ    | Giảm  | Cộng    | 12       | 5  | 4  |             |            |
    | W  | Tai nạn   | vụ    | Giảm  | Cộng    | 5        | 5  | 4  | Đường trơn  |            |
    | S  | Đảng viên | người | Tăng  | Cuối kỳ | 100      |    | 60 |             |            |
    | B  | Bằng      | việc  | Bằng  | Cộng    | 9        | 1  | 4  |             |            |
"""


def rows_of(shown, *names: str) -> list[tuple[object, ...]]:
    places = [UNMET.position(name) for name in names]
    return [tuple(row.cells[at] for at in places) for row in shown.rows]


def test_what_is_not_reached_stands_before_what_is_behind_with_what_is_due_and_why():
    shown = table("unmet", consolidated(grid(REASONS), period="6 tháng"))

    names = ("number", "code", "due", "rating", "cause", "solution")
    assert rows_of(shown, *names) == [
        (1, "W", Decimal("2.5"), "Chưa đạt", "Đường trơn", ""),
        (2, "K", 60, "Chậm tiến độ", "Mưa lũ", "Bù quý III"),
        (3, "V", 6, "Có nguy cơ vượt", "", ""),
    ]
    assert shown.notes == ("Tỷ lệ: thực hiện/kế hoạch; chỉ tiêu Giảm: kế hoạch/thực hiện.",)


@pytest.mark.parametrize(
    ("rule", "period", "due"),
    [
        ("Cộng", "6 tháng", 60),
        ("Cộng", "Quý I", 30),
        ("Cộng", "Năm", 120),
        ("Cuối kỳ", "Năm", 120),
    ],
)
def test_what_is_due_is_a_share_of_a_flow_and_the_plan_at_the_end_of_the_year(rule, period, due):
    sheet = grid(f"""
        | Mã | Chỉ tiêu | ĐVT   | Cộng kỳ | Kế hoạch | T1 |
        | K  | Thu quỹ  | triệu | {rule}  | 120      | 10 |
    """)

    assert rows_of(table("unmet", consolidated(sheet, period=period)), "due") == [(due,)]


def test_of_a_stock_nothing_is_due_before_the_year_ends_but_its_phased_plan():
    from danvan_xl.rollup.rating import due_before_end
    from danvan_xl.schema.options import Direction, MonthRule

    hundred, forty = Decimal(100), Decimal(40)
    rules = Direction.MORE, MonthRule.LAST
    assert due_before_end(hundred, 6, *rules) is None
    assert due_before_end(hundred, 6, *rules, Edge(due=forty)) == forty
    assert due_before_end(hundred, 12, *rules, Edge(due=forty)) == hundred
    assert due_before_end(hundred, 6, Direction.EQUAL, MonthRule.SUM) is None
    assert due_before_end(None, 6, Direction.MORE, MonthRule.SUM) is None


def test_the_units_say_why_in_their_own_rows():
    own = grid("| Mã | Chỉ tiêu | ĐVT | Kế hoạch | T1 |\n| K | Thu quỹ | triệu | 100 | |")
    unit = thon_says("Mưa lũ", "Thu bù trước 30/9")

    shown = table("unmet", consolidated(own, units("Thôn Một"), unit))

    assert rows_of(shown, "unit_name", "cause", "solution") == [
        ("Thôn Một", "Mưa lũ", "Thu bù trước 30/9"),
        ("Xã A", "", ""),
    ]


def thon_says(cause: str, solution: str):
    from tests.sheets import sub_sheet

    rows = f"""
        | Mã | Chỉ tiêu | ĐVT   | Kế hoạch | T1 | Nguyên nhân | Giải pháp  |
        | K  | Thu quỹ  | triệu | 100      | 40 | {cause}     | {solution} |
    """
    return sub_sheet("A.1", rows, "Thôn Một")


def test_of_a_percentage_points_are_missing():
    sheet = grid("""
        | Mã | Chỉ tiêu     | ĐVT | Chiều | Cộng kỳ | Kế hoạch | T1   |
        | R  | Tỷ lệ BHYT   | %   | Tăng  | Cuối kỳ | 95       | 92.5 |
        | P  | Tỷ lệ nghèo  | %   | Giảm  | Cuối kỳ | 2        | 3.5  |
        | K  | Thu quỹ      | hộ  | Tăng  | Cuối kỳ | 10       | 9    |
    """)

    found = dict(rows_of(table("unmet", consolidated(sheet)), "code", "gap"))

    assert found == {"R": Points(Decimal("2.5")), "P": Points(Decimal("1.5")), "K": 1}


def test_a_strict_plan_keeps_its_mark():
    sheet = grid("| Mã | Chỉ tiêu | ĐVT | Kế hoạch | T1 |\n| K | Thu quỹ | triệu | 95 | 40 |")
    result = consolidated(sheet)
    line = result.lines["k"]
    result.lines["k"] = line._replace(edge=Edge(PlanKind.ABOVE))  # type: ignore[index]

    assert rows_of(table("unmet", result), "plan") == [(Goal(Decimal(95), PlanKind.ABOVE),)]
    (_, row) = table("totals", result).rows
    assert Goal(Decimal(95), PlanKind.ABOVE) in row.cells


def test_ratings_that_rest_on_an_estimate_are_named():
    sheet = grid("""
        | Mã | Chỉ tiêu  | ĐVT   | Kế hoạch | T1      |
        | K  | Thu quỹ   | triệu | 95       | gần 95  |
        | L  | Thu phí   | triệu | 95       | 40      |
        | M  | Thu khác  | triệu | 1500     | trên 1200 |
        | N  | Thu thêm  | triệu | 95       | trên 95 |
    """)

    assert table("unmet", consolidated(sheet)).notes == (
        "Đánh giá theo số ước: Xã A M (≥ 1.200); Xã A K (≤ 95).",
    )
