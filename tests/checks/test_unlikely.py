"""What is possible but unlikely is asked about in a warning, and counts as it is."""

import pytest

from danvan_xl.schema.messages import Code, Severity
from tests.sheets import consolidated, found, grid, sub_sheet, units

HEADER = (
    "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Chiều | Cộng kỳ | Năm trước | Kế hoạch "
    "| T1 | T2 | T3 | T4 | T5 | T6 |"
)
UNLIKELY = (
    Code.FIGURE_FAR_BELOW,
    Code.FIGURE_FAR_OFF,
    Code.FIGURE_OFF_SCALE,
    Code.RUNNING_TOTAL,
    Code.SAME_EVERY_MONTH,
    Code.STOCK_AS_FLOW,
    Code.STOCK_FALLS,
    Code.UNITS_ALIKE,
)


def told(row: str, measure: str = "cái") -> dict[Code, list[str]]:
    """Return the cells of each unlikely figure of one row, by half a year."""
    result = consolidated(
        grid(f"{HEADER}\n| K | Kinh tế | Chỉ tiêu | {measure} | {row}"), period="6 tháng"
    )
    assert all(item.severity is not Severity.ERROR for item in result.issues)
    cells = {code: found(result.issues, code) for code in UNLIKELY}
    return {code: places for code, places in cells.items() if places}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Tăng | Cộng | | 100 | 400 | 500 | 200 | 30 | 10 | 90 |", {Code.FIGURE_FAR_OFF: ["H2"]}),
        ("Tăng | Cộng | 12 | 900 | 40 | 50 | 20 | 3 | 1 | 9 |", {Code.FIGURE_FAR_OFF: ["G2"]}),
        ("Tăng | Cộng | | 100 | 5 | 9 | 14 | 20 | 26 | 31 |", {Code.RUNNING_TOTAL: ["N2"]}),
        ("Tăng | Cộng | | 100 | 5 | 9 | 14 | | 26 | 31 |", {Code.RUNNING_TOTAL: ["N2"]}),
        ("Tăng | Cộng | | 100 | 7 | 7 | 7 | 7 | 7 | 7 |", {Code.SAME_EVERY_MONTH: ["N2"]}),
        ("Tăng | Cộng | | 500 | 500 | 500 | 501 | | | |", {Code.STOCK_AS_FLOW: ["K2"]}),
        ("Tăng | Cộng | 490 | | | | 500 | | | 501 |", {Code.STOCK_AS_FLOW: ["N2"]}),
        ("Tăng | Cộng | 10 | 100 | 99 | 99 | 99 | 99 | 99 | 99 |", {Code.STOCK_AS_FLOW: ["N2"]}),
        ("Tăng | Cuối kỳ | | 60 | 40 | 42 | 41 | 45 | | 46 |", {Code.STOCK_FALLS: ["K2"]}),
    ],
)
def test_an_unlikely_figure_is_asked_about_at_its_cell(row, expected):
    assert told(row) == expected


@pytest.mark.parametrize(
    "row",
    [
        "Tăng | Cộng | 50 | 100 | 9 | 12 | 3 | 14 | 8 | 11 |",
        "Tăng | Cộng | | 100 | 8 | 8 | 8 | 8 | 8 | 9 |",  # a year spread over its months
        "Tăng | Cộng | | 100 | KPS | KPS | KPS | KPS | KPS | 90 |",  # all at the end
        "Tăng | Cuối kỳ | | 500 | 500 | 500 | 501 | 501 | 501 | 501 |",
        "Tăng | Cộng | | 500 | | | 500 | | | 1 |",
        "Tăng | Cộng | | 12 | 1 | 1 | 1 | 1 | 1 | 1 |",  # one a month, as planned
        "Tăng | Cộng | | 100 | KPS | KPS | KPS | KPS | KPS | KPS |",
        "Giảm | Cuối kỳ | | 60 | 90 | 80 | 75 | 70 | 66 | 61 |",
        "Tăng | Cộng | 0 | 0 | 9 | 3 | 3 | 1 | 2 | 4 |",
    ],
)
def test_what_may_well_be_is_left_alone(row):
    assert told(row) == {}


def test_units_that_all_say_the_same_are_asked_about():
    short = "| Mã | Chỉ tiêu | ĐVT | Kế hoạch | T1 |"

    def result(plans: list[int], value: int):
        sheets = [
            sub_sheet(
                f"A.{number}",
                f"{short}\n| K | Chỉ tiêu | cái | {plan} | {value} |",
                f"Thôn {number}",
            )
            for number, plan in enumerate(plans, start=1)
        ]
        names = [f"Thôn {number}" for number in range(1, len(plans) + 1)]
        own = grid(f"{HEADER}\n| K | Kinh tế | Chỉ tiêu | cái | Tăng | Cộng | | 90 |")
        return consolidated(own, units(*names), *sheets).issues

    assert len(found(result([20, 25, 30, 15], 12), Code.UNITS_ALIKE)) == 1
    assert found(result([20, 20, 20, 20], 12), Code.UNITS_ALIKE) == []
    assert found(result([20, 25, 30, 15], 1), Code.UNITS_ALIKE) == []
    assert found(result([20, 25, 30], 12), Code.UNITS_ALIKE) == []


def test_a_plan_of_next_to_nothing_is_asked_about_too():
    assert told("Tăng | Cộng | | 1e-200 | 1 | | | | | |") == {Code.FIGURE_FAR_OFF: ["H2"]}


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("Tăng | Cộng | | 2600 | 200000000 | 150000000 | 9 | | | |", "I2"),  # full đồng
        ("Tăng | Cộng | | 2600 | 200 | 150000 | 190 | | | |", "J2"),  # one month in nghìn
        ("Tăng | Cộng | 2400 | | 200000000 | | | | | |", "I2"),
        ("Tăng | Cộng | | 2600000000 | 200 | 150 | | | | |", "H2"),  # the plan in full
        ("Tăng | Cộng | 2400 | 2600000 | | | | | | |", "H2"),
        ("Tăng | Cộng | 2400000000 | 2600 | 200 | | | | | |", "G2"),
    ],
)
def test_money_in_another_measure_is_told_at_its_cell_in_one_message(row, cell):
    assert told(row, "triệu đồng") == {Code.FIGURE_OFF_SCALE: [cell]}


@pytest.mark.parametrize(
    ("measure", "row"),
    [
        ("triệu đồng", "Tăng | Cộng | 2400 | 2600 | 200 | 150 | 310 | 190 | 400 | 280 |"),
        ("triệu đồng", "Tăng | Cộng | | 2600 | 0.5 | | | | | |"),  # next to nothing so far
        ("triệu đồng", "Tăng | Cộng | 90 | 400 | 20 | 15 | 31 | 19 | 40 | 28 |"),
        ("đồng", "Tăng | Cộng | 2400 | 2600000 | | | | | | |"),  # nothing is smaller than đồng
    ],
)
def test_money_that_may_well_be_is_left_alone(measure, row):
    assert told(row, measure) == {}


def test_money_beyond_its_plan_by_no_factor_of_measures_is_as_far_off_as_anything():
    row = "Tăng | Cộng | | 100 | 600 | 500 | 200 | 30 | 10 | 90 |"

    assert told(row, "triệu đồng") == {Code.FIGURE_FAR_OFF: ["H2"]}


HALF = "Tăng | {rule} | {last} | {plan} | {months} |"


@pytest.mark.parametrize(
    ("last", "plan", "months", "expected"),
    [
        ("", "10", "99 | | | | |", {}),
        ("", "10", "100 | | | | |", {Code.FIGURE_FAR_OFF: ["H2"]}),
        ("9", "1000", "90 | | | | |", {Code.FIGURE_FAR_OFF: ["G2"]}),
        ("9.1", "1000", "90 | | | | |", {}),
        ("1", "1", "90 | | | | |", {Code.FIGURE_FAR_OFF: ["H2"]}),  # said once, of the plan
        ("0", "0", "90 | | | | |", {}),
        # Four months in a row are needed to see anything in them.
        ("", "900", "5 | 9 | 14 | | |", {}),
        ("", "900", "5 | 9 | 14 | 20 | |", {}),  # of six months two have not come
    ],
)
def test_the_borders_of_ten_times_the_plan(last, plan, months, expected):
    row = HALF.format(rule="Cuối kỳ", last=last, plan=plan, months=months)

    assert told(row) == expected


@pytest.mark.parametrize(
    ("months", "period", "expected"),
    [
        ("5 | 9 | 14 | | | ", "Quý I", {Code.RUNNING_TOTAL: ["K2"]}),
        ("5 | 9 | 14 | 20 | | ", "Tháng 4", {Code.RUNNING_TOTAL: ["L2"]}),
        ("5 | 9 | 14 | 13 | | ", "Tháng 4", {}),  # a total never falls
        ("5 | 5 | 5 | 20 | | ", "Tháng 4", {}),  # nor does it stand still most of the time
        ("5 | 5 | 9 | 20 | | ", "Tháng 4", {}),  # nor rises by nothing, then by much
        ("8 | 9 | 12 | 16 | | ", "Tháng 4", {}),
        ("7 | 7 | 7 | 7 | | ", "Tháng 4", {Code.SAME_EVERY_MONTH: ["L2"]}),
        ("7 | 7 | 7 | 7 | 9 | 1 ", "Tháng 4", {Code.SAME_EVERY_MONTH: ["L2"]}),
        ("KPS | KPS | KPS | KPS | | ", "Tháng 4", {}),
    ],
)
def test_the_borders_of_months_that_are_copied_or_added_up(months, period, expected):
    row = HALF.format(rule="Cộng", last="", plan="900", months=months)
    result = consolidated(grid(f"{HEADER}\n| K | Kinh tế | Chỉ tiêu | cái | {row}"), period=period)

    cells = {code: found(result.issues, code) for code in UNLIKELY}
    assert {code: places for code, places in cells.items() if places} == expected


def values(row: str, code: Code, measure: str = "cái") -> dict[str, str]:
    """Return what is said of one row under a code."""
    sheet = grid(f"{HEADER}\n| K | Kinh tế | Chỉ tiêu | {measure} | {row}")
    (one,) = [i for i in consolidated(sheet, period="6 tháng").issues if i.code is code]
    return dict(one.values)


def test_what_is_unlikely_is_said_in_figures():
    far = HALF.format(rule="Cộng", last="", plan="100", months="400 | 500 | 200 | 30 | 10 | 90")
    copied = HALF.format(rule="Cộng", last="", plan="100", months="7 | 7 | 7 | 7 | 7 | 7")
    total = HALF.format(rule="Cộng", last="", plan="100", months="5 | 9 | 14 | 20 | 26 | 31")
    falls = HALF.format(rule="Cuối kỳ", last="", plan="60", months="40 | 42 | | 41 | 45 | 46")

    assert values(far, Code.FIGURE_FAR_OFF) == {
        "value": "1.230",
        "times": "12",
        "base": "kế hoạch",
        "other": "100",
    }
    before = HALF.format(rule="Cuối kỳ", last="4", plan="900", months="40 | | | | |")
    assert values(before, Code.FIGURE_FAR_OFF) == {
        "value": "40",
        "times": "10",
        "base": "năm trước",
        "other": "4",
    }
    assert values(copied, Code.SAME_EVERY_MONTH) == {"months": "T1 đến T6", "value": "7"}
    assert values(total, Code.RUNNING_TOTAL) == {"months": "T1 đến T6"}
    assert values(falls, Code.STOCK_FALLS) == {"value": "41", "other": "42", "month": "T2"}


@pytest.mark.parametrize(
    ("direction", "rule", "expected"),
    [
        ("Tăng", "Cuối kỳ", {Code.STOCK_FALLS: ["L2"]}),  # said once, where it falls first
        ("Giảm", "Cuối kỳ", {}),
        ("Tăng", "Cộng", {}),
        ("Tăng", "Lớn nhất", {}),
    ],
)
def test_only_of_what_should_grow_it_is_odd_that_there_is_less(direction, rule, expected):
    assert told(f"{direction} | {rule} | | 900 | 40 | 42 | 42 | 41 | 30 | 46 |") == expected


@pytest.mark.parametrize(
    ("measure", "row", "period", "is_told"),
    [
        ("tấn", "Tăng | Cộng | 1000 | 1000 | 69.3 | | | | | |", "Năm", True),
        ("tấn", "Tăng | Cộng | 1000 | 1000 | 100 | | | | | |", "Năm", True),  # a tenth
        ("tấn", "Tăng | Cộng | 1000 | 1000 | 100.1 | | | | | |", "Năm", False),
        ("tấn", "Tăng | Cộng | 1000 | 1000 | 69.3 | | | | | |", "6 tháng", False),  # a flow goes on
        ("tấn", "Tăng | Cuối kỳ | 1000 | 1000 | 69.3 | | | | | |", "6 tháng", True),
        ("tấn", "Tăng | Cuối kỳ | 1000 | 100 | 69.3 | | | | | |", "Năm", False),  # of both
        ("tấn", "Tăng | Cuối kỳ | 100 | 1000 | 69.3 | | | | | |", "Năm", False),
        ("tấn", "Tăng | Cuối kỳ | | 1000 | 69.3 | | | | | |", "Năm", False),
        ("tấn", "Tăng | Cuối kỳ | 1000 | 1000 | 0 | | | | | |", "Năm", False),
        ("hộ", "Giảm | Cuối kỳ | 1000 | 1000 | 9 | | | | | |", "Năm", False),  # counted
        ("%", "Tăng | Cuối kỳ | 90 | 95 | 9 | | | | | |", "Năm", True),
        ("%", "Tăng | Cuối kỳ | 90 | 95 | 0.93 | | | | | |", "Năm", False),  # SO09 asks
    ],
)
def test_a_tenth_of_the_plan_and_of_last_year_is_asked_about(measure, row, period, is_told):
    result = consolidated(
        grid(f"{HEADER}\n| K | Kinh tế | Sản lượng | {measure} | {row}"), period=period
    )

    assert bool(found(result.issues, Code.FIGURE_FAR_BELOW)) is is_told


RATIO = """
    | Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Chiều | Cộng kỳ | Tổng hợp | Nguồn | Kế hoạch | T1 | T2 |
    | B  | Kinh tế | Đến hạn | hồ sơ | Tăng | Cộng | Cộng |  | 9 | 10 | 10 |
    | A  | Kinh tế | Đúng hạn | hồ sơ | Tăng | Cộng | Cộng |  | 9 | 10 | 9 |
    | R  | Kinh tế | Tỷ lệ đúng hạn | % | Tăng | Cuối kỳ | {} | {} | 99 | 100 | 90 |
"""


@pytest.mark.parametrize(
    ("rule", "source", "cells"), [("Tỷ số", "tỷ số A/B", []), ("Không", "", ["K4"])]
)
def test_a_ratio_that_is_worked_out_may_fall(rule, source, cells):
    result = consolidated(grid(RATIO.format(rule, source)), period="6 tháng")

    assert found(result.issues, Code.STOCK_FALLS) == cells


def test_a_plan_that_may_be_a_fraction_is_asked_about_once():
    row = "Tăng | Cuối kỳ | 94 | 0.95 | 96 | | | | | |"

    assert told(row, "%") == {}  # SO09 asks at the plan
    assert told(row.replace("94", ""), "%") == {}  # by the row's own figures
