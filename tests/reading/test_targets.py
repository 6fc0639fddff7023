"""Sheet Chỉ tiêu as officers leave it."""

import datetime as dt
from decimal import Decimal

import pytest

from danvan_xl.consolidation.consolidation import consolidate_book
from danvan_xl.files.grid import Grid
from danvan_xl.schema.messages import Code
from danvan_xl.schema.plans import Plan
from tests.sheets import book, consolidated, found, grid, sub_sheet, units

HEADER = (
    "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Chiều | Cộng kỳ | Tổng hợp | Nguồn "
    "| Kế hoạch | T1 | T2 | T3 |"
)


def targets(rows: str, period: str = "Năm"):
    return consolidated(grid(HEADER + "\n" + rows), period=period)


def actual(result, code="kt01"):
    return result.lines[code].actual


def test_a_field_heading_gives_its_field_to_the_rows_below():
    result = targets("""
        | I | | Kinh tế | | | | | | | | | |
        | KT01 | | Thu ngân sách | tỷ đồng | | | | | 10 | 1 | 2 | 3 |
        | II | | Quốc phòng – an ninh | | | | | | | | | |
        | QA01 | | Tuyển quân | thanh niên | | | | | 4 | | | 4 |
    """)

    assert [line.definition.work_field for line in result.lines.values()] == [
        "Kinh tế",
        "Quốc phòng - an ninh",
    ]


def test_an_indicator_without_dvt_and_figures_is_no_heading_of_its_field():
    result = targets("""
        | I | Kinh tế | Phát triển | | | | | | | | | |
        | DT | Kinh tế | Diện tích | | | | | | | | | |
        | KT01 | | Thu ngân sách | tỷ đồng | | | | | 10 | 1 | 2 | 3 |
    """)

    assert list(result.lines) == ["dt", "kt01"]
    assert result.lines["kt01"].definition.work_field == "Kinh tế"


def test_an_index_row_notes_and_signatures_are_no_data():
    result = targets("""
        | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 |
        | KT01 | Kinh tế | Thu | tỷ đồng | | | | | 10 | 1 | 2 | 3 |
        | | | Ghi chú: số liệu đến 15/3 | | | | | | | | | |
        | | | NGƯỜI LẬP BIỂU | | | | | | | | | |
    """)

    assert list(result.lines) == ["kt01"]
    assert actual(result) == 6


def test_scratch_cells_beside_and_below_do_not_count():
    result = targets("""
        | KT01 | Kinh tế | Thu | tỷ đồng | | | | | 10 | 1 | 2 | 3 | | 999 |
        | | | | | | | | | | | | | 888 | |
    """)

    assert actual(result) == 6


def test_a_totals_row_is_named_and_not_counted():
    result = targets("""
        | KT01 | Kinh tế | Thu | tỷ đồng | | | | | 10 | 1 | 2 | 3 |
        | | | Tổng cộng | | | | | | 10 | 1 | 2 | 3 |
    """)

    assert list(result.lines) == ["kt01"]
    assert found(result.issues, Code.TOTAL_ROW) == ["C3"]


def test_a_row_that_lost_its_code_is_an_error():
    result = targets("""
        | KT01 | Kinh tế | Thu | tỷ đồng | | | | | 10 | 1 | | |
        | | Kinh tế | Chi ngân sách | tỷ đồng | | | | | 10 | 1 | | |
    """)

    assert found(result.issues, Code.CODE_MISSING) == ["A3"]


def test_a_code_that_comes_twice_counts_once():
    result = targets("""
        | KT01 | Kinh tế | Thu | tỷ đồng | | | | | 10 | 1 | | |
        | kt01 | Kinh tế | Chi | tỷ đồng | | | | | 10 | 5 | | |
    """)

    assert actual(result) == 1
    assert found(result.issues, Code.CODE_REPEATED) == ["A3"]


def test_months_combine_by_the_rule_of_the_row():
    result = targets("""
        | S | Kinh tế | a | hộ | | Cộng | | | 1 | 1 | 2 | 6 |
        | L | Kinh tế | b | hộ | | Cuối kỳ | | | 1 | 1 | 9 | |
        | M | Kinh tế | c | hộ | | Lớn nhất | | | 1 | 1 | 9 | 6 |
        | A | Kinh tế | d | hộ | | Bình quân | | | 1 | 1 | | 6 |
    """)

    assert [actual(result, key) for key in "slma"] == [9, 9, 9, Decimal("3.5")]


def test_months_after_the_period_are_not_counted_and_named():
    result = targets("| KT01 | Kinh tế | Thu | hộ | | | | | 10 | 1 | 2 | 3 |", period="Tháng 2")

    assert actual(result) == 3
    assert found(result.issues, Code.MONTH_AFTER_PERIOD) == ["L2"]


def test_all_blank_stays_blank_and_zero_is_a_figure():
    result = targets("""
        | KT01 | Kinh tế | Thu | hộ | | | | | 10 | | | |
        | KT02 | Kinh tế | Chi | hộ | | | | | 10 | 0 | | |
        | KT03 | Kinh tế | Vay | hộ | | | | | 10 | KPS | | |
    """)

    assert [line.actual for line in result.lines.values()] == [None, 0, 0]
    assert [line.rating for line in result.lines.values()] == [
        "Chưa báo cáo",
        "Chưa đạt",
        "Chưa đạt",
    ]
    assert found(result.issues, Code.NONE_OCCURRED) == ["J4"]


def test_text_where_a_number_belongs_is_an_error_at_its_cell():
    result = targets("| KT01 | Kinh tế | Thu | hộ | | | | | 10 | nhiều | 2 | |")

    assert found(result.issues, Code.NUMBER_UNREADABLE) == ["J2"]
    assert actual(result) == 2


def test_an_estimate_counts_and_is_marked():
    result = targets("| KT01 | Kinh tế | Hội nghị | cuộc | | | | | | trên 30 | | |")

    assert actual(result) == 30
    assert result.lines["kt01"].bound == "≥"
    assert found(result.issues, Code.NUMBER_ESTIMATED) == ["J2"]


def test_actual_over_plan_is_read_and_held_against_the_plan():
    result = targets("""
        | QA01 | Kinh tế | Tuyển quân | thanh niên | | | | | 24 | 25/24 | | |
        | QA02 | Kinh tế | Trúng tuyển | thanh niên | | | | | 30 | 25/24 | | |
    """)

    assert actual(result, "qa01") == 25
    assert found(result.issues, Code.PLAN_IN_CELL) == ["J3"]


def test_a_blank_plan_is_taken_from_a_cell_that_tells_it():
    result = targets("""
        | QA01 | Kinh tế | Tuyển quân | thanh niên | | | | | | 25/24 | | |
        | QA02 | Kinh tế | Trúng tuyển | thanh niên | | | | | 24/24 | 20 | | |
    """)

    assert [line.plan for line in result.lines.values()] == [24, 24]
    assert found(result.issues, Code.PLAN_FROM_CELL) == ["J2"]


def test_a_header_far_down_is_found():
    blank = "\n".join(["| | |"] * 40)
    result = consolidated(
        grid(f"{blank}\n{HEADER}\n| K | Kinh tế | Thu | hộ | | | | | 10 | 4 | | |")
    )

    assert actual(result, "k") == 4


def test_a_column_of_whole_numbers_decides_for_thousands():
    result = targets("""
        | A | Kinh tế | a | hộ | | | | | 12 | "1.507" | | |
        | B | Kinh tế | b | hộ | | | | | 100 | 35 | | |
        | C | Kinh tế | c | hộ | | | | | 1000 | 300 | | |
    """)

    assert actual(result, "a") == 1507
    assert found(result.issues, Code.NUMBER_DOUBTFUL) == ["J2"]


def test_a_magnitude_behind_a_count_is_asked_about():
    result = targets("| A | Kinh tế | a | hộ | | | | | 12 | 2 triệu | | |")

    assert found(result.issues, Code.MEASURE_IN_CELL) == ["J2"]


def test_a_percent_is_no_count():
    result = targets("""
        | QA01 | Kinh tế | Tuyển quân | thanh niên | | | | | 24 | 104% | | |
        | VX01 | Kinh tế | Tỷ lệ hộ nghèo | % | | Cuối kỳ | | | 10 | 9,78% | | |
    """)

    assert found(result.issues, Code.PERCENT_NOT_FIGURE) == ["J2"]
    assert actual(result, "vx01") == Decimal("9.78")


def test_another_scale_of_money_in_the_cell_is_read_and_said():
    result = targets("""
        | KT01 | Kinh tế | Thu | triệu đồng | | | | | 10 | 2,5 tỷ | | |
        | KT02 | Kinh tế | Thu | tỷ đồng | | | | | 10 | 2,5 tỷ | | |
        | KT03 | Kinh tế | Mô hình | mô hình | | | | | 10 | 02 mô hình | | |
    """)

    assert found(result.issues, Code.FIGURE_CONVERTED) == ["J2"]
    assert [line.actual for line in result.lines.values()] == [2500, Decimal("2.5"), 2]


def test_a_magnitude_before_the_thing_counted_is_worked_out_and_said():
    result = targets("""
        | A | Kinh tế | a | lượt | | | | | 12 | 1,2 nghìn lượt | | |
        | B | Kinh tế | b | triệu đồng | | | | | 12 | 1,5 tỷ | 3tr | |
        | C | Kinh tế | c | nghìn lượt | | | | | 12 | 1,2 nghìn lượt | | |
    """)

    said = [item.message for item in result.issues if item.code is Code.FIGURE_CONVERTED]
    assert found(result.issues, Code.FIGURE_CONVERTED) == ["J2", "J3"]
    pairs = zip(said, ("1.200 lượt", "1.500 triệu đồng"), strict=True)
    assert all(f"đọc là {figure}" in message for message, figure in pairs)
    assert [line.actual for line in result.lines.values()] == [1200, 1503, Decimal("1.2")]


def test_a_share_in_a_row_of_percent_is_the_one_said_never_one_of_the_two_numbers():
    result = targets("""
        | A | Kinh tế | a | % | | Cuối kỳ | | | 95 | 95% (19/20) | | |
        | B | Kinh tế | b | % | | Cuối kỳ | | | 95 | 19/20 | | |
        | C | Kinh tế | c | % | | Cuối kỳ | | | | 59% (19/20) | | |
        | D | Kinh tế | d | % | | Cuối kỳ | | | | 19/20 | | |
    """)

    assert [line.actual for line in result.lines.values()] == [95, None, 59, None]
    assert [line.plan for line in result.lines.values()] == [95, 95, None, None]
    assert found(result.issues, Code.PAIR_NOT_SHARE) == ["J3", "J5"]
    assert found(result.issues, Code.SHARE_IN_CELL_DIFFERS) == ["J4"]


def test_a_share_that_is_not_what_its_numbers_come_to_is_asked_about():
    result = targets("""
        | A | Kinh tế | a | hộ | | | | | 24 | 25/24 (104%) | | |
        | B | Kinh tế | b | hộ | | | | | 24 | 140% (25/24) | | |
    """)

    assert [line.actual for line in result.lines.values()] == [25, 25]
    assert found(result.issues, Code.SHARE_IN_CELL_DIFFERS) == ["J3"]


def test_a_letter_among_digits_is_asked_about():
    result = targets("| A | Kinh tế | a | hộ | | | | | 30 | 1O | l2 | O |")

    assert found(result.issues, Code.LETTER_IN_NUMBER) == ["J2", "K2", "L2"]
    assert actual(result, "a") is None


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (dt.date(2026, 2, 1), "tự đổi 1/2, 1-2, 2/1 hoặc 2/26 thành ngày"),
        (dt.datetime(2026, 4, 3), "tự đổi 3/4, 3-4 hoặc 4/3 thành ngày"),
        (dt.date(2026, 3, 3), "tự đổi 3/3 hoặc 3-3 thành ngày"),
        (dt.date(2026, 7, 25), "tự đổi 25/7 hoặc 25-7 thành ngày"),
        (dt.date(1900, 1, 25), "số 25 trong ô"),
        (dt.date(1900, 2, 28), "số 59 trong ô"),
        (dt.date(1900, 3, 1), "số 61 trong ô"),
        (dt.date(1904, 2, 15), "số 1.507 trong ô"),
        (dt.time(1, 30), "giờ 01:30, không phải số;"),
        (dt.timedelta(hours=26), "giờ 26:00, không phải số;"),
    ],
)
def test_a_day_is_no_figure_and_what_was_probably_typed_is_said(cell, meant):
    sheet = Grid("Chỉ tiêu", [["Mã", "Chỉ tiêu", "T1"], ["K", "Chỉ tiêu K", cell]])
    result = consolidated(sheet)

    assert found(result.issues, Code.NUMBER_IS_DATE) == ["C2"]
    assert meant in next(i.message for i in result.issues if i.code is Code.NUMBER_IS_DATE)


def test_a_message_repeats_a_cell_of_several_lines_on_one():
    sheet = Grid("Chỉ tiêu", [["Mã", "Chỉ tiêu", "T1"], ["K", "Chỉ tiêu K", "30\n(có danh sách)"]])
    result = consolidated(sheet)

    said = next(item.message for item in result.issues if item.code is Code.NUMBER_AS_TEXT)
    assert "'30 (có danh sách)' = 30" in said


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("QP-AN", "Quốc phòng - an ninh"),
        ("vhxh", "Văn hóa - xã hội"),
        ("Xay dung Dang", "Xây dựng Đảng và hệ thống chính trị"),
        ("Xây dựng Đảng, hệ thống chính trị", "Xây dựng Đảng và hệ thống chính trị"),
    ],
)
def test_a_field_in_its_usual_short_form_is_read_with_a_note(written, field):
    row = f"| A | {written} | a | hộ | | | | | 30 | 5 | | |"
    heading = "| | | II. " + written + " | | | | | | | | | |\n| A | | a | hộ | | | | | 30 | 5 | | |"

    assert targets(row).lines["a"].definition.work_field == field
    assert found(targets(row).issues, Code.CHOICE_LOOSELY) == ["B2"]
    assert targets(heading).lines["a"].definition.work_field == field


def test_a_field_that_may_be_two_is_asked_about():
    result = targets("| A | Kinh tế - xã hội | a | hộ | | | | | 30 | 5 | | |")

    assert found(result.issues, Code.CHOICE_UNKNOWN) == ["B2"]
    assert result.lines["a"].definition.work_field == ""


def test_a_choice_with_i_for_y_is_read_with_a_note():
    result = targets("| A | Kinh tế | a | hộ | Giam | cuối kì | | | 30 | 5 | 7 | |")

    assert actual(result, "a") == 7
    assert found(result.issues, Code.CHOICE_LOOSELY) == ["E2", "F2"]


def test_sheets_typed_without_any_marks_are_read_with_notes():
    about = Grid(
        "Thong tin",
        [["Ma don vi", "A"], ["Ten don vi", "Xã A"], ["Nam", 2026.0], ["Ky bao cao", "Quy I"]],
    )
    below = Grid("Don vi", [["Ma", "Ten don vi"], ["A.1", "Thôn 1"]])
    given = grid(
        "| Ma | Chi tieu | DVT | Ke hoach | Thon 1 | Cong |\n| A | a | hộ | 30 | 30 | 30 |",
        "Giao chi tieu",
    )
    sheet = grid(HEADER + "\n| A | Kinh tế | a | hộ | | | | | 30 | 5 | | |")
    result = consolidate_book(book(about, below, given, sheet), ())

    assert (result.book.info.unit_code, result.period.label) == ("A", "Quý I")
    assert [unit.name for unit in result.book.units] == ["Thôn 1"]
    assert result.book.assignment.plans == {("a", "a.1"): Plan(30)}
    assert found(result.issues, Code.LABEL_LOOSELY) == ["B1", "B2", "B3", "B4"]
    assert found(result.issues, Code.COLUMN_LOOSELY) == ["A1", "B1", "A1", "B1", "C1", "D1", "F1"]


def headed(*headers: str, row: str):
    """Return the consolidation of a row below Mã, Chỉ tiêu, ĐVT and these headers, by June."""
    header = " | ".join(("Mã", "Chỉ tiêu", "ĐVT", *headers))
    return consolidated(grid(f"| {header} |\n| K | Chỉ tiêu K | {row} |"), period="6 tháng")


@pytest.mark.parametrize("words", ["T6 (lũy kế)", "Tháng 6 (cộng dồn)", "Lũy kế T6", "TH T1-T6"])
def test_a_running_total_is_no_month_whatever_it_is_called(words):
    result = headed("Kế hoạch", "T1", words, row="hộ | 30 | 5 | 21")

    assert found(result.issues, Code.COLUMN_RUNNING_TOTAL) == ["F1"]
    assert actual(result, "k") == 5


def test_a_plan_of_half_a_year_is_not_the_plan_of_the_year():
    result = headed("Kế hoạch (6 tháng)", "T1", row="hộ | 30 | 5")

    assert result.lines["k"].plan is None
    assert found(result.issues, Code.COLUMN_UNREAD) == ["D1"]


def test_a_second_column_that_means_the_same_is_named_and_not_read():
    result = headed("Kế hoạch", "Kế hoạch năm 2026", "T1", "T2/2025", row="hộ | 30 | 40 | 5 | 6")

    assert (result.lines["k"].plan, actual(result, "k")) == (30, 5)
    assert found(result.issues, Code.COLUMN_UNREAD) == ["E1"]
    assert found(result.issues, Code.MONTHS_OF_OTHER_YEARS) == ["G1"]


def test_a_measure_in_the_header_is_held_against_that_of_the_row():
    headers = ("Kế hoạch (tỷ đồng)", "T1 (triệu đồng)", "T2 (%)")
    result = headed(*headers, row="triệu đồng | 30 | 5 | 6")
    same = headed(*headers[:2], row="| 30 | 5")

    assert found(result.issues, Code.MEASURE_IN_HEADER) == ["D2"]
    assert (result.lines["k"].plan, actual(result, "k")) == (None, 5)
    assert found(same.issues, Code.MEASURE_IN_HEADER) == ["D2"]
    assert same.lines["k"].definition.measure == "triệu đồng"


def test_a_measure_in_the_header_that_is_the_rows_is_no_matter():
    result = headed("Kế hoạch (triệu đồng)", "T1 (tr.đ)", row="triệu đồng | 30 | 5")

    assert found(result.issues, Code.MEASURE_IN_HEADER) == []
    assert (result.lines["k"].plan, actual(result, "k")) == (30, 5)


def test_a_doubtful_number_follows_its_row_and_warns():
    result = targets('| KT01 | Kinh tế | Sản lượng | tấn | | | | | 3.5 | "1.507" | | |')

    assert actual(result) == Decimal("1.507")
    assert found(result.issues, Code.NUMBER_DOUBTFUL) == ["J2"]


def test_a_doubtful_number_follows_its_column_where_the_row_is_silent():
    result = targets("""
        | KT01 | Kinh tế | a | tấn | | | | | | "1.507" | | |
        | KT02 | Kinh tế | b | tấn | | | | | | 2.25 | | |
        | KT03 | Kinh tế | c | tấn | | | | | | 0.75 | | |
    """)

    assert actual(result) == Decimal("1.507")
    assert "J2" in found(result.issues, Code.NUMBER_DOUBTFUL)


def test_a_choice_outside_its_list_takes_the_default_and_warns():
    result = targets("| KT01 | Kinh tế | Thu | hộ | Lên | | | | 10 | 1 | | |")

    assert found(result.issues, Code.CHOICE_UNKNOWN) == ["E2"]


def test_negative_counts_and_impossible_shares_are_errors():
    result = targets("""
        | KT01 | Kinh tế | Thu | hộ | | | | | 10 | -1 | | |
        | VX01 | Kinh tế | Tỷ lệ hộ nghèo | % | | Cuối kỳ | | | 10 | 104 | | |
        | VX02 | Kinh tế | Tỷ lệ so với dự toán | % | | Cuối kỳ | | | 10 | 104 | | |
        | VX03 | Kinh tế | Tỷ lệ che phủ rừng | % | | Cuối kỳ | | | 42 | 0,41 | | |
    """)

    assert found(result.issues, Code.NEGATIVE) == ["J2"]
    assert found(result.issues, Code.SHARE_OVER_100) == ["J3"]
    assert found(result.issues, Code.SHARE_TOO_SMALL) == ["J5"]


def test_plans_that_are_missing_are_named():
    result = targets("""
        | KT01 | Kinh tế | Thu | hộ | | | | | | | | |
        | KT02 | Kinh tế | Chi | hộ | | | | | | 5 | | |
    """)

    assert found(result.issues, Code.PLAN_MISSING) == ["I2"]
    assert found(result.issues, Code.ACTUAL_WITHOUT_PLAN) == ["I3"]


def test_a_source_that_is_not_understood_names_its_part():
    result = targets("""
        | KT01 | Kinh tế | Thu | hộ | | | | đoán mò | 10 | 1 | | |
        | KT02 | Kinh tế | Tỷ lệ | % | | Cuối kỳ | Tỷ số | tỷ số KT01/KT09 | 10 | 1 | | |
        | KT03 | Kinh tế | Tỷ lệ | % | | Cuối kỳ | Tỷ số | | 10 | 1 | | |
    """)

    assert found(result.issues, Code.SOURCE_UNREADABLE) == ["H2", "H3"]
    assert found(result.issues, Code.RATIO_WITHOUT_PARTS) == ["H4"]


def test_a_ratio_is_worked_out_from_its_parts():
    result = targets("""
        | VX01 | Kinh tế | Số hộ | hộ | | Cuối kỳ | | | | 1585 | | |
        | VX02 | Kinh tế | Hộ nghèo | hộ | Giảm | Cuối kỳ | | | | 155 | | |
        | VX03 | Kinh tế | Hộ nghèo | % | Giảm | Cuối kỳ | Tỷ số | tỷ số VX02/VX01 | 10 | | | |
    """)

    assert round(actual(result, "vx03"), 2) == Decimal("9.78")


def test_the_months_of_a_sub_unit_follow_the_rule_of_the_parent():
    result = consolidated(
        grid(HEADER + "\n| KT01 | Kinh tế | Đàn bò | con | | Cuối kỳ | | | 10 | | | |"),
        units("Thôn Một"),
        sub_sheet("A.1", "| Mã | Chỉ tiêu | T1 | T2 |\n| KT01 | Đàn bò | 4 | 5 |", "Một"),
    )

    assert actual(result) == 5
