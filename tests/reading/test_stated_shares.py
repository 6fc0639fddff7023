"""Percentages said beside figures, held against what the figures come to."""

from decimal import Decimal

import pytest

from danvan_xl.schema.messages import Code, Severity
from danvan_xl.vietnamese.stated_shares import Agreement, agreement
from tests.sheets import consolidated, grid

HEAD = "| Mã | Chỉ tiêu | ĐVT | Chiều | Cộng kỳ | Kế hoạch | T1 | T2 |\n"
SHARES = (Code.SHARE_IN_CELL_DIFFERS, Code.SHARE_CUT_OFF, Code.SHARE_WITHOUT_PLAN)


def said(cell, plan="24", measure="thanh niên", direction="", rule="", second=""):
    """Return the figure of a row, and the kinds of findings on the share in its cell."""
    row = f"| A | a | {measure} | {direction} | {rule} | {plan} | {cell} | {second} |"
    result = consolidated(grid(HEAD + row))
    codes = [item.code for item in result.issues if item.code in SHARES]
    return result.lines["a"].actual, codes


DIFFERS, CUT, NO_PLAN = ([code] for code in SHARES)


@pytest.mark.parametrize(
    ("cell", "plan", "actual", "codes"),
    [
        ("25/24, đạt 104%", "24", 25, []),
        ("25/24, đạt 104,2%", "24", 25, []),
        ("25/24 (104,17%)", "24", 25, []),
        ("25/24, đạt 104,1%", "24", 25, CUT),
        ("28/24, đạt 116%", "24", 28, CUT),
        ("28/24, đạt 117%", "24", 28, []),
        ("25/24, đạt 105%", "24", 25, DIFFERS),
        ("25/24, đạt 98%", "24", 25, DIFFERS),
        ("25, đạt 104%", "24", 25, []),
        ("25, đạt 114%", "24", 25, DIFFERS),
        ("28, bằng 116% kế hoạch", "24", 28, CUT),
        ("25, bằng 98% so với cùng kỳ", "24", 25, []),
        ("25, tăng 40%", "24", 25, []),
        ("25, đạt 104%", "", 25, NO_PLAN),
        ("trên 30, đạt 100%", "30", 30, []),
        ("trên 30, đạt 133%", "30", 30, []),
        ("trên 30, đạt 90%", "30", 30, DIFFERS),
        ("gần 30, đạt 99%", "30", 30, []),
        ("gần 30, đạt 101%", "30", 30, DIFFERS),
        ("khoảng 30, đạt 110%", "30", 30, []),
    ],
)
def test_a_share_is_held_at_its_own_digits(cell, plan, actual, codes):
    assert said(cell, plan) == (actual, codes)


def test_money_with_its_share_is_read_in_the_measure_of_its_row():
    assert said("595,6 tỷ, đạt 101,6%", "586000", "triệu đồng") == (595600, [])
    assert said("595,6 tỷ, đạt 101,6%", "500000", "triệu đồng") == (595600, DIFFERS)


def test_the_share_may_be_one_of_all_months_so_far():
    assert said("6", "24", second="6, đạt 50%") == (12, [])
    assert said("6", "24", second="6, đạt 25%") == (12, [])
    assert said("6", "24", second="6, đạt 75%") == (12, DIFFERS)


def test_what_should_be_little_may_be_said_as_plan_over_actual():
    assert said("58/62, đạt 106,9%", "62", "hộ", "Giảm", "Cuối kỳ") == (58, [])
    assert said("58/62, đạt 106,9%", "62", "hộ", "Tăng", "Cuối kỳ") == (58, DIFFERS)


def test_in_a_row_of_percent_the_share_is_the_figure_and_held_against_its_pair():
    assert said("95% (19/20)", "95", "%", rule="Cuối kỳ") == (95, [])
    assert said("96% (19/20)", "95", "%", rule="Cuối kỳ") == (96, DIFFERS)


@pytest.mark.parametrize(
    ("cell", "measure", "read"),
    [("19/20, đạt 94%", "%", "94"), ("25/24, đạt 105%", "hộ", "25")],
)
def test_a_share_that_differs_is_told_with_the_figure_that_counts(cell, measure, read):
    result = consolidated(grid(f"{HEAD}| A | a | {measure} | | Cuối kỳ | 24 | {cell} | |"))

    told = [dict(item.values) for item in result.issues if item.code is DIFFERS[0]]
    assert [values["read"] for values in told] == [read]
    assert str(result.lines["a"].actual) == read


def test_what_is_cut_off_is_a_note_and_what_differs_a_warning():
    assert Code.SHARE_CUT_OFF.severity is Severity.NOTE
    assert Code.SHARE_IN_CELL_DIFFERS.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("stated", "share", "wanted"),
    [
        ("116.7", "116.6666", Agreement.SAME),
        ("116.6", "116.6666", Agreement.CUT),
        ("116.66", "116.6666", Agreement.CUT),
        ("0.5", "0.45", Agreement.SAME),
        ("-4", "-4.2", Agreement.SAME),
        ("100", "99.4", Agreement.DIFFERENT),
    ],
)
def test_digits_that_are_not_said_are_rounded_or_cut(stated, share, wanted):
    assert agreement(Decimal(stated), Decimal(share), Decimal(share)) is wanted
