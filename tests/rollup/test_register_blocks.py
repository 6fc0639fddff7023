"""Registers counted and added up; the figures beside each sheet are counted by hand.

Registers of things that are due: test_register_blocks_deadlines.py.
"""

import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan_xl.rollup.register_blocks import exact_total
from danvan_xl.rollup.register_merging import _as_kept, _sum_of_two
from danvan_xl.schema.criteria import criteria_sets
from danvan_xl.schema.messages import Code
from tests.register_sheets import TARGETS, kept, lines, of_unit, printed, tables, turned
from tests.sheets import consolidated, found, grid, units

ON_THE_14TH = {"period": "Tháng 6", "own": {"Chốt_số_liệu": "Ngày 14"}}

MODELS = """
    | Mã mô hình | Tên mô hình | Lĩnh vực | Loại | Trạng thái | Số hộ tham gia | Kinh phí |
    | M1 | Camera an ninh | Quốc phòng - an ninh | Mô hình            | Hiệu quả       | 40 | 12.5 |
    | M2 | Đường hoa      | Văn hóa - xã hội     | Mô hình            | Được công nhận | 35 |      |
    | M3 | Heo đất        | Văn hóa - xã hội     | Mô hình            | Đăng ký        |    | 3    |
    | M4 | Ngày chủ nhật  | Văn hóa - xã hội     | Mô hình            | Nhân rộng      | 80 |      |
    | M5 | Hũ gạo         | Văn hóa - xã hội     | Mô hình            | Dừng           |    |      |
    | C1 | Tổ hòa giải 3  | Văn hóa - xã hội     | Điển hình tập thể  | Hiệu quả       |    |      |
    | C2 | Chi hội trưởng | Kinh tế              | Điển hình cá nhân  | Đang thực hiện |    |      |
"""


def test_models_are_counted_by_field_and_state_apart_from_persons_and_groups():
    table = tables(kept("Dân vận khéo", MODELS))["Mô hình theo lĩnh vực và trạng thái"]

    assert turned(table) == lines("""
        | Lĩnh vực            | Văn hóa - xã hội | Quốc phòng - an ninh | Tổng cộng |
        | Tổng số             | 4                | 1                    | 5         |
        | Đăng ký             | 1                | 0                    | 1         |
        | Đang thực hiện      | 0                | 0                    | 0         |
        | Hiệu quả            | 0                | 1                    | 1         |
        | Được công nhận      | 1                | 0                    | 1         |
        | Nhân rộng           | 1                | 0                    | 1         |
        | Dừng                | 1                | 0                    | 1         |
        | Có hiệu quả trở lên | 2                | 1                    | 3         |
        | Tỷ lệ có hiệu quả   | 50,00%           | 100,00%              | 60,00%    |
    """)


def test_model_persons_and_groups_are_counted_together_apart_from_models():
    table = tables(kept("Dân vận khéo", MODELS))["Điển hình theo lĩnh vực và trạng thái"]

    assert turned(table) == lines("""
        | Lĩnh vực            | Kinh tế | Văn hóa - xã hội | Tổng cộng |
        | Tổng số             | 1       | 1                | 2         |
        | Đăng ký             | 0       | 0                | 0         |
        | Đang thực hiện      | 1       | 0                | 1         |
        | Hiệu quả            | 0       | 1                | 1         |
        | Được công nhận      | 0       | 0                | 0         |
        | Nhân rộng           | 0       | 0                | 0         |
        | Dừng                | 0       | 0                | 0         |
        | Có hiệu quả trở lên | 0       | 1                | 1         |
        | Tỷ lệ có hiệu quả   | 0,00%   | 100,00%          | 50,00%    |
    """)


def test_households_and_money_of_models_are_added_up_by_kind():
    table = tables(kept("Dân vận khéo", MODELS))["Hộ tham gia và kinh phí theo loại"]

    assert printed(table) == lines("""
        | Loại              | Số lượng | Số hộ tham gia | Kinh phí (triệu đồng) |
        | Mô hình           | 5        | 155            | 15.5                  |
        | Điển hình tập thể | 1        |                |                       |
        | Điển hình cá nhân | 1        |                |                       |
        | Tổng cộng         | 7        | 155            | 15.5                  |
    """)


OUTREACH = """
    | Ngày       | Hình thức               | Nội dung | Số cuộc | Lượt người |
    | 05/03/2026 | Loa truyền thanh        | NTM      | 30      |            |
    | 05/04/2026 | Hội nghị                | NTM      | 2       | 90         |
    | 14/06/2026 | Hội nghị                | PCCC     | 1       | trên 40    |
    | 15/06/2026 | Hội nghị                | PCCC     | 100     | 1000       |
    | 20/12/2025 | Vận động cá biệt        | GPMB     | 3       | 3          |
    | 10/12/2025 | Vận động cá biệt        | GPMB     | 100     | 1000       |
    |            | Vận động cá biệt        | GPMB     | 100     | 1000       |
"""


def test_outreach_is_added_up_by_means_within_the_year_to_the_reporting_date():
    result = kept("Tuyên truyền", OUTREACH, **ON_THE_14TH)

    assert printed(tables(result)["Tuyên truyền, vận động theo hình thức"]) == lines("""
        | Hình thức        | Số cuộc | Lượt người |
        | Hội nghị         | 3       | ≥ 130      |
        | Loa truyền thanh | 30      |            |
        | Vận động cá biệt | 3       | 3          |
        | Tổng cộng        | 36      | ≥ 133      |
    """)
    assert found(result.issues, Code.ROWS_AFTER_PERIOD) == ["A5"]
    assert found(result.issues, Code.ROWS_OUT_OF_YEAR) == ["A7"]
    assert found(result.issues, Code.REGISTER_UNDATED) == ["A8"]


CONTRIBUTIONS = """
    | Ngày | Nội dung | Loại | ĐVT | Kế hoạch | Kết quả | Số hộ | Giá trị (triệu đồng) |
    | 05/01/2026 | Nhà văn hóa | Tiền     | tỷ đồng    | 0.5  | 0.25       | 10 | 250   |
    | 05/02/2026 | nhà  văn hóa | Tiền    | triệu đồng | 100  | 80.5       | 20 | 80.5  |
    | 05/03/2026 | Đường thôn  | Tiền     | đồng       |      | 7897797496 | 5  |       |
    | 05/03/2026 | Đường thôn  | Hiến đất | m²         | 1500 | trên 2.000 | 35 | 400   |
    | 05/04/2026 | Đường thôn  | Hiến đất | m2         | 500  | 100        |    |       |
    | 05/04/2026 | Đường thôn  | Hiến đất | ha         |      | 0.2        |    |       |
    | 05/04/2026 | Đường thôn  | Ngày công | ngày công |      | gần 120    |    | ước 36 |
    | 05/07/2026 | Đường thôn  | Ngày công | ngày công |      | 900        |    |       |
"""


def test_contributions_are_added_up_by_kind_and_never_across_measures():
    result = kept("Huy động", CONTRIBUTIONS, period="6 tháng")

    assert printed(tables(result)["Kết quả huy động theo loại và ĐVT"]) == lines("""
        | Loại      | ĐVT        | Số khoản | Kế hoạch | Kết quả     |
        | Tiền      | triệu đồng | 3        | 600      | 8228.297496 |
        | Hiến đất  | ha         | 1        |          | 0.2         |
        | Hiến đất  | m²         | 2        | 2000     | ≥ 2100      |
        | Ngày công | ngày công  | 1        |          | ≤ 120       |
    """)


def test_contributions_are_added_up_by_what_they_are_for():
    result = kept("Huy động", CONTRIBUTIONS, period="6 tháng")

    assert printed(tables(result)["Kết quả huy động theo nội dung"]) == lines("""
        | Nội dung    | Loại      | ĐVT        | Kế hoạch | Kết quả     | Tỷ lệ   |
        | Đường thôn  | Tiền      | triệu đồng |          | 7897.797496 |         |
        | Đường thôn  | Hiến đất  | ha         |          | 0.2         |         |
        | Đường thôn  | Hiến đất  | m²         | 2000     | ≥ 2100      | 105,00% |
        | Đường thôn  | Ngày công | ngày công  |          | ≤ 120       |         |
        | Nhà văn hóa | Tiền      | triệu đồng | 600      | 330.5       | 55,08%  |
    """)


def test_households_and_value_are_added_up_and_an_estimate_stays_one():
    result = kept("Huy động", CONTRIBUTIONS, period="6 tháng")

    assert printed(tables(result)["Hộ tham gia và giá trị quy ra tiền"]) == lines("""
        | Loại      | Số khoản | Số hộ | Giá trị (triệu đồng) |
        | Tiền      | 3        | 35    | 330.5                |
        | Hiến đất  | 3        | 35    | 400                  |
        | Ngày công | 1        |       | ≈ 36                 |
        | Tổng cộng | 7        | 70    | ≈ 766.5              |
    """)


def test_sums_of_several_units_keep_measures_apart_and_estimates_marked():
    head = "| Ngày | Nội dung | Loại | ĐVT | Kết quả |"
    money = "| 05/01/2026 | a | Tiền | Tỷ đồng | 1.5 |"
    goods = "| 05/01/2026 | b | Hiện vật | bao | 5 |"
    result = kept(
        "Huy động",
        f"{head}\n{money}\n{goods}",
        units("Thôn Một", "Thôn Hai"),
        *of_unit(1, "Huy động", f"{head}\n| 05/01/2026 | a | Tiền | triệu | trên 30 |"),
        *of_unit(2, "Huy động", f"{head}\n| 05/01/2026 | b | Hiện vật | tấn | 2 |"),
    )

    assert printed(tables(result)["Kết quả huy động theo loại và ĐVT"]) == lines("""
        | Loại     | ĐVT        | Số khoản | Kế hoạch | Kết quả |
        | Tiền     | triệu đồng | 2        |          | ≥ 1530  |
        | Hiện vật | bao        | 1        |          | 5       |
        | Hiện vật | tấn        | 1        |          | 2       |
    """)


PROJECTS = """
    | Dự án       | Hạng mục | ĐVT | Tổng số | Đã hoàn thành | Vướng mắc        |
    | Đường tránh | Kiểm kê  | hộ  | 40      | 30            | Chưa rõ nguồn gốc đất |
    | Đường tránh | Kiểm kê  | thửa | 60     | 60            |                  |
    | Đường tránh | Chi trả  | hộ  | 40      |               | Chờ phương án giá |
    | Kè sông     |          | km  | 1.5     | 0             |                  |
"""


def test_projects_are_shown_with_the_share_that_is_done():
    table = tables(kept("Dự án", PROJECTS))["Tiến độ dự án"]

    assert printed(table) == lines("""
        | Dự án       | Hạng mục   | ĐVT  | Tổng số | Đã hoàn thành | Tỷ lệ   |
        | Đường tránh | Chi trả    | hộ   | 40      |               |         |
        | Đường tránh | Kiểm kê    | hộ   | 40      | 30            | 75,00%  |
        | Đường tránh | Kiểm kê    | thửa | 60      | 60            | 100,00% |
        | Kè sông     | (chưa ghi) | km   | 1.5     | 0             | 0,00%   |
    """)


def test_what_holds_projects_up_is_listed():
    table = tables(kept("Dự án", PROJECTS))["Vướng mắc (2)"]

    assert printed(table) == lines("""
        | Đơn vị | Dự án       | Hạng mục | Vướng mắc             | Nơi ghi  |
        | Xã A   | Đường tránh | Kiểm kê  | Chưa rõ nguồn gốc đất | Dự án!A2 |
        | Xã A   | Đường tránh | Chi trả  | Chờ phương án giá     | Dự án!A4 |
    """)


CRITERIA = "| Bộ tiêu chí | Số | Tên tiêu chí | Kế hoạch đạt (năm) | Kết quả | Ngày đạt |"
SIZES = {
    "Nông thôn mới 2016-2020": 19,
    "Nông thôn mới 2021-2025": 19,
    "Nông thôn mới 2026-2030 (nhóm 1)": 10,
    "Nông thôn mới 2026-2030 (nhóm 2)": 10,
    "Nông thôn mới 2026-2030 (nhóm 3)": 10,
    "Đô thị văn minh": 9,
}


def test_every_set_of_criteria_is_known_here():
    assert [item.name for item in criteria_sets()] == list(SIZES)


@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_criteria_reached_are_held_against_the_size_of_their_set(name, size):
    sheet = f"""
        {CRITERIA}
        | {name} | 1 | Quy hoạch  |      | Đạt      | 05/01/2026 |
        | {name} | 2 | Giao thông |      | Đạt      | 05/03/2026 |
        | {name} | 4 | Điện       | 2027 | Chưa đạt |            |
        | {name} | 3 | Thủy lợi   | 2026 |          |            |
    """
    found_tables = tables(kept("Tiêu chí", sheet))

    assert turned(found_tables["Tiêu chí đạt theo bộ"]) == lines(f"""
        | Đơn vị       | Xã A       |
        | Bộ tiêu chí  | {name}     |
        | Cấp          | Tiêu chí   |
        | Số của bộ    | {size}     |
        | Đã đạt       | 2          |
        | Chưa đạt     | {size - 2} |
        | Tỷ lệ        | {f"{200 / size:.2f}".replace(".", ",")}% |
        | Đạt gần nhất | 05/03/2026 |
    """)
    assert printed(found_tables["Tiêu chí ghi Chưa đạt (1)"]) == lines(f"""
        | Đơn vị | Bộ tiêu chí | Số | Tên tiêu chí | Kế hoạch đạt (năm) | Nơi ghi |
        | Xã A | {name} | 4 | Điện | 2027 | Tiêu chí!B4 |
    """)


def test_the_indicators_a_criterion_is_made_of_are_counted_apart():
    name = "Nông thôn mới 2026-2030 (nhóm 2)"
    sheet = f"""
        {CRITERIA}
        | {name} | 7   | a |  | Đạt | |
        | {name} | 7.1 | b |  | Đạt | |
        | {name} | 7.2 | c |  | Đạt | |
        | Bộ khác | 1  | d |  | Đạt | |
    """
    result = kept("Tiêu chí", sheet)

    assert turned(tables(result)["Tiêu chí đạt theo bộ"]) == lines(f"""
        | Đơn vị       | Xã A     | Xã A     | Xã A     |
        | Bộ tiêu chí  | {name}   | {name}   | Bộ khác  |
        | Cấp          | Chỉ tiêu | Tiêu chí | Tiêu chí |
        | Số của bộ    | 47       | 10       |          |
        | Đã đạt       | 2        | 1        | 1        |
        | Chưa đạt     | 45       | 9        |          |
        | Tỷ lệ        | 4,26%    | 10,00%   |          |
        | Đạt gần nhất |          |          |          |
    """)
    assert found(result.issues, Code.REGISTER_CHOICE_UNKNOWN) == ["A5"]


def test_a_criterion_reached_after_the_reporting_date_is_not_reached_yet():
    name = "Nông thôn mới 2026-2030 (nhóm 1)"
    sheet = f"""
        {CRITERIA}
        | {name} | 1 | Quy hoạch |      | Đạt | 14/06/2026 |
        | {name} | 2 | Hạ tầng   |      | Đạt | 15/06/2026 |
    """
    target = "| Mã | Chỉ tiêu | ĐVT | Cộng kỳ | Nguồn | T1 |"
    source = "| K | Tiêu chí đạt | tiêu chí | Cuối kỳ | đếm Tiêu chí [Kết quả = Đạt] | |"
    result = consolidated(grid(f"{target}\n{source}"), grid(sheet, "Tiêu chí"), **ON_THE_14TH)

    assert result.lines["k"].actual == 1
    table = turned(tables(result)["Tiêu chí đạt theo bộ"])
    assert "| Đã đạt | 1 |" in table
    assert "| Đạt gần nhất | 14/06/2026 |" in table


TEAMS = """
    | Tên tổ | Loại | Số thành viên |TC1|TC2|TC3|TC4|TC5|TC6|TC7|TC8|TC9| Xếp loại |
    | Tổ 1 | Tổ dân vận | 5 | Đạt | Đạt | Đạt | Đạt | Đạt | Đạt | Đạt | Đạt | Đạt | Tốt |
    | Tổ 2 | Tổ dân vận | 6 | Đạt | đạt | Đạt | Đạt | Đạt | Đạt | Đạt | Đạt | Không | Khá |
    | Tổ 3 | Tổ dân vận |   | Đạt | Không |  |   |     |     |     |     |       |     |
    | Tổ 4 | Tổ tự quản | 9 | ĐẠT | Đạt | Đạt | Đạt | Đạt | Đạt | Đạt | Đạt | Đạt | tốt |
"""


def test_teams_are_counted_with_the_criteria_they_reach_and_those_that_reach_all_nine():
    table = tables(kept("Tổ dân vận", TEAMS))["Tổ theo loại và số tổ đạt từng tiêu chí"]

    assert turned(table) == lines("""
        | Loại          | Tổ dân vận | Tổ tự quản | Tổng cộng |
        | Số tổ         | 3          | 1          | 4         |
        | Số thành viên | 11         | 9          | 20        |
        | TC1           | 3          | 1          | 4         |
        | TC2           | 2          | 1          | 3         |
        | TC3           | 2          | 1          | 3         |
        | TC4           | 2          | 1          | 3         |
        | TC5           | 2          | 1          | 3         |
        | TC6           | 2          | 1          | 3         |
        | TC7           | 2          | 1          | 3         |
        | TC8           | 2          | 1          | 3         |
        | TC9           | 1          | 1          | 2         |
        | Đạt cả 9      | 1          | 1          | 2         |
    """)


def test_teams_nobody_scored_reach_no_number_of_criteria_not_even_none():
    result = kept(
        "Tổ dân vận",
        """
        | Tên tổ | Loại       | TC1   |
        | a      | Tổ dân vận |       |
        | b      | Tổ tự quản | Không |
        """,
    )
    table = turned(tables(result)["Tổ theo loại và số tổ đạt từng tiêu chí"])

    assert "| TC1 |  | 0 | 0 |" in table
    assert "| Đạt cả 9 |  | 0 | 0 |" in table


def test_teams_are_counted_by_grade():
    assert printed(tables(kept("Tổ dân vận", TEAMS))["Tổ theo xếp loại"]) == lines("""
        | Loại       | Xếp loại   | Số tổ |
        | Tổ dân vận | Khá        | 1     |
        | Tổ dân vận | Tốt        | 1     |
        | Tổ tự quản | tốt        | 1     |
    """)


FIELDS = ["Kinh tế", "Văn hóa - xã hội", "Quốc phòng - an ninh"]
STATES = ["Đăng ký", "Đang thực hiện", "Hiệu quả", "Được công nhận", "Nhân rộng", "Dừng"]
FIGURES = ["", "0", "7", "12.5", "trên 30", "gần 20"]
MODEL_ROWS = st.tuples(
    st.sampled_from(FIELDS),
    st.sampled_from(["Mô hình", "Điển hình tập thể", "Điển hình cá nhân"]),
    st.sampled_from(STATES),
    st.sampled_from(FIGURES),
)
OUTREACH_ROWS = st.tuples(
    st.sampled_from(["05/01/2026", "14/06/2026", "15/06/2026", "20/12/2025", "01/12/2025", ""]),
    st.sampled_from(["Hội nghị", "Loa truyền thanh", "Khác", "Văn nghệ"]),
    st.sampled_from(FIGURES),
    st.sampled_from(FIGURES),
)
SHARED_OUT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def shared_out(title, head, rows):
    """Return the tables of a register kept by xã and thôn together; a row tells whose it is."""
    sheets = [grid("\n".join([head, *(row for owner, row in rows if owner == 0)]), title)]
    for number in (1, 2):
        theirs = [row for owner, row in rows if owner == number]
        sheets += of_unit(number, title, "\n".join([head, *theirs]))
    result = consolidated(TARGETS, units("Thôn Một", "Thôn Hai"), *sheets, **ON_THE_14TH)
    return {
        name: printed(table) for name, table in tables(result).items() if "gần giống" not in name
    }


@SHARED_OUT
@given(st.lists(st.tuples(st.integers(0, 2), MODEL_ROWS), max_size=12))
def test_models_shared_out_over_units_come_to_what_one_register_would(drawn):
    head = "| Mã mô hình | Tên mô hình | Lĩnh vực | Loại | Trạng thái | Số hộ tham gia |"
    rows = [
        (owner, f"| M{number} | Tên {number} | {' | '.join(cells)} |")
        for number, (owner, cells) in enumerate(drawn)
    ]

    together = shared_out("Dân vận khéo", head, [(0, row) for _, row in rows])
    assert shared_out("Dân vận khéo", head, rows) == together


@SHARED_OUT
@given(st.lists(st.tuples(st.integers(0, 2), OUTREACH_ROWS), max_size=12))
def test_outreach_shared_out_over_units_comes_to_what_one_register_would(drawn):
    head = "| Ngày | Hình thức | Số cuộc | Lượt người | Nội dung |"
    rows = [(owner, f"| {' | '.join(cells)} | a |") for owner, cells in drawn]

    together = shared_out("Tuyên truyền", head, [(0, row) for _, row in rows])
    assert shared_out("Tuyên truyền", head, rows) == together


def test_a_sum_larger_than_any_number_of_a_cell_stays_the_largest_there_is():
    assert exact_total([1e308, 1e308]) == sys.float_info.max
    assert exact_total([-1e308, -1e308, 1e308]) == -1e308
    assert _as_kept(_sum_of_two(1.7e308, 1.7e308)) == sys.float_info.max
