"""Figures as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_xl.vietnamese.numbers import (
    Bound,
    CellRole,
    NumberHabit,
    State,
    Writing,
    band_of,
    exact,
    is_beyond_cells,
    parse_typed,
    settle,
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1507", "1507"),
        ("1.507", "1507"),
        ("1.507,5", "1507.5"),
        ("7.897.797.496", "7897797496"),
        ("1,507.50", "1507.50"),
        ("13513,03", "13513.03"),
        ("25/24", "25"),
        ("104% (25/24 thanh niên)", "25"),
        ("02 mô hình", "2"),
        (" 30 \u00a0", "30"),
        ("1 507", "1507"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("trên 1.000", "1000"),
        ("653,5 m3", "653.5"),
        ("0.567", "0.567"),
        ("KPS", "0"),
        ("Không phát sinh", "0"),
    ],
)
def test_a_certain_number_is_read(typed, value):
    assert parse_typed(typed).value == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "bound"),
    [
        ("trên 30", Bound.AT_LEAST),
        ("hơn 30", Bound.AT_LEAST),
        (">30", Bound.AT_LEAST),
        ("gần 90%", Bound.AT_MOST),
        ("khoảng 30", Bound.ABOUT),
        ("~30", Bound.ABOUT),
        ("30", Bound.EXACT),
    ],
)
def test_an_estimate_is_read_and_marked(typed, bound):
    assert parse_typed(typed).bound is bound


@pytest.mark.parametrize("typed", ["KAD", "không áp dụng", "x", "X", "K.A.D", "khong ap dung"])
def test_not_applicable_is_no_number(typed):
    assert parse_typed(typed).state is State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("typed", "month", "plan", "last_year", "register"),
    [
        ("-", State.NONE_OCCURRED, State.NOT_GIVEN, State.BLANK, State.BLANK),
        ("–", State.NONE_OCCURRED, State.NOT_GIVEN, State.BLANK, State.BLANK),
        (" — ", State.NONE_OCCURRED, State.NOT_GIVEN, State.BLANK, State.BLANK),
        ("KPS", *[State.NONE_OCCURRED] * 4),
        ("Ko phát sinh", *[State.NONE_OCCURRED] * 4),
        ("khong ps", *[State.NONE_OCCURRED] * 4),
        ("không", State.NONE_OCCURRED, State.UNREADABLE, *[State.NONE_OCCURRED] * 2),
        ("không giao", State.UNREADABLE, State.NOT_GIVEN, *[State.UNREADABLE] * 2),
        ("KAD", *[State.NOT_APPLICABLE] * 4),
        ("…", *[State.BLANK] * 4),
        ("---", *[State.BLANK] * 4),
        ("chưa có", *[State.BLANK] * 4),
        ("Chưa báo cáo", *[State.BLANK] * 4),
    ],
)
def test_the_same_words_mean_different_things_by_what_a_cell_is_asked_for(
    typed, month, plan, last_year, register
):
    wanted = dict(zip(CellRole, (month, plan, last_year, register), strict=True))

    assert {role: parse_typed(typed, role).state for role in CellRole} == wanted


@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [
        ("25 tỷ 941 triệu", "25.941", "tỷ"),
        ("khoảng 25 tỷ 941 triệu", "25.941", "tỷ"),
        ("1 tỷ 200 triệu đồng", "1.2", "tỷ đồng"),
        ("1 tỷ, 5 triệu", "1.005", "tỷ"),
        ("1 nghìn 200 hộ", "1.2", "nghìn hộ"),
        ("2 trăm triệu", "2", "trăm triệu"),
        ("1000đ", "1000", "đ"),
        ("62 triệu đồng/người", "62", "triệu đồng/người"),
    ],
)
def test_measures_that_follow_each_other_are_one_figure(typed, value, unit):
    read = parse_typed(typed)

    assert (read.value, read.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "2 tỷ 5",
            "941 triệu 25 tỷ",
            "1 tỷ 2000 triệu",
            "3 hộ 5 khẩu",
            "25 hộ/80 khẩu",
            "25 rưỡi",
        ),
        *("20-30", "20 - 30%", "3-5 triệu", "hàng chục", "vài hộ", "3 đến 5", "25, 4%"),
    ],
)
def test_what_is_several_numbers_or_none_is_not_one(typed):
    assert parse_typed(typed).state is State.UNREADABLE


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0", "\u200b"])
def test_blank_is_not_zero(typed):
    assert parse_typed(typed).state is State.BLANK
    assert parse_typed(typed).value is None


@pytest.mark.parametrize(
    "typed",
    [
        *("abc", "1.2.3", "12/5/2022", "1,50,000", "nhiều 30", "25//24", "1..5", "3 4"),
        *("1O", "5-", "3 / ", "25, 4%", "25/24, 4%", '"', "nt", "1" * 201),
    ],
)
def test_what_is_no_number_is_not_guessed(typed):
    assert parse_typed(typed).state is State.UNREADABLE


def test_actual_over_plan_keeps_both():
    typed = parse_typed("25/24 thanh niên")

    assert (typed.value, typed.planned, typed.unit) == (Decimal(25), Decimal(24), "thanh niên")


@pytest.mark.parametrize(
    "typed",
    [
        *("104% (25/24)", "104% (25/24 thanh niên)", "25/24 (104%)", "25/24 (đạt 104%)"),
        *("25/24 thanh niên, đạt 104%", "25/24 = 104%", "25/24 Đạt 104 %"),
    ],
)
def test_a_percentage_beside_actual_over_plan_is_kept_apart(typed):
    read = parse_typed(typed)

    assert (read.value, read.planned, read.share) == (25, 24, 104)
    assert not read.percent


@pytest.mark.parametrize(
    ("typed", "value", "share"),
    [
        ("595,6 tỷ, đạt 101,6%", "595.6", "101.6"),
        ("101,6% (595,6 tỷ)", "595.6", "101.6"),
        ("trên 30, đạt 100%", "30", "100"),
        ("25; 104%", "25", "104"),
        ("25 hộ, bằng 104,2% kế hoạch năm 2026", "25", "104.2"),
        ("25 (đạt 104% KH, bằng 98% so với cùng kỳ)", "25", "104"),
        ("595,6 tỷ/586 tỷ, đạt 101,6%", "595.6", "101.6"),
        ("25, bằng 98% so với cùng kỳ", "25", None),
        ("25, bằng 98%", "25", None),
        ("25, đạt 98% kế hoạch quý", "25", None),
        ("25 (tăng 5%)", "25", None),
        ("25 hộ, tăng 5% so với năm 2025", "25", None),
    ],
)
def test_only_a_share_of_the_plan_is_kept_beside_a_figure(typed, value, share):
    read = parse_typed(typed)

    assert (read.value, read.share) == (Decimal(value), share and Decimal(share))


@pytest.mark.parametrize(
    ("value", "bound", "band"),
    [
        ("30", Bound.EXACT, ("30", "30")),
        ("30", Bound.AT_LEAST, ("30", "40")),
        ("30", Bound.AT_MOST, ("20", "30")),
        ("30", Bound.ABOUT, ("25", "35")),
        ("1014", Bound.AT_LEAST, ("1014", "1015")),
        ("2.50", Bound.AT_LEAST, ("2.5", "2.6")),
        ("0", Bound.AT_LEAST, ("0", "1")),
    ],
)
def test_an_estimate_lies_in_a_band_of_its_last_digit(value, bound, band):
    assert band_of(Decimal(value), bound) == tuple(map(Decimal, band))


def test_one_point_and_three_digits_is_a_thousand_in_a_vietnamese_column():
    settled = settle(parse_typed("1.507"), [], NumberHabit(Writing.COMMA))

    assert (settled.value, settled.doubtful) == (Decimal(1507), False)


def test_one_point_and_three_digits_is_a_decimal_where_the_column_writes_points():
    settled = settle(parse_typed("1.507"), [], NumberHabit(Writing.POINT))

    assert (settled.value, settled.doubtful) == (Decimal("1.507"), True)


def test_one_point_and_three_digits_is_a_decimal_in_a_column_of_decimals():
    settled = settle(parse_typed("1.507"), [], NumberHabit(decimals=True))

    assert (settled.value, settled.doubtful) == (Decimal("1.507"), True)


def test_the_row_speaks_before_the_column_which_may_doubt_it():
    small = settle(parse_typed("1.507"), [Decimal("1.6")], NumberHabit(decimals=False))
    large = settle(parse_typed("1.507"), [Decimal(1600)], NumberHabit(decimals=True))

    assert (small.value, small.doubtful) == (Decimal("1.507"), True)
    assert (large.value, large.doubtful) == (Decimal(1507), True)


def test_what_is_counted_is_whole_whatever_the_column_and_doubted_where_the_row_is_far():
    alone = settle(parse_typed("1.507"), [], NumberHabit(), is_whole=True)
    decimals = settle(
        parse_typed("1.507"), [Decimal(1500)], NumberHabit(decimals=True), is_whole=True
    )
    comma = settle(parse_typed("1,507"), [], NumberHabit(), is_whole=True)
    far = settle(parse_typed("1.507"), [Decimal(2)], NumberHabit(), is_whole=True)

    assert [read.value for read in (alone, decimals, comma, far)] == [1507] * 4
    assert [read.doubtful for read in (alone, decimals, comma, far)] == [False, True, True, True]


def test_the_row_speaks_where_the_column_is_silent():
    settled = settle(parse_typed("1.507"), [Decimal("1.6")], NumberHabit())

    assert (settled.value, settled.doubtful) == (Decimal("1.507"), True)


@pytest.mark.parametrize(
    ("typed", "bound"), [("12 (ước)", Bound.ABOUT), ("30+", Bound.AT_LEAST), ("30?", Bound.ABOUT)]
)
def test_an_estimate_may_be_marked_behind_the_number(typed, bound):
    assert parse_typed(typed).bound is bound


def test_a_decimal_point_is_read_and_doubted():
    typed = parse_typed("12.5")

    assert (typed.value, typed.doubtful) == (Decimal("12.5"), True)


def test_a_comma_and_three_digits_is_a_decimal_that_is_doubted():
    settled = settle(parse_typed("1,507"), [], NumberHabit())

    assert (settled.value, settled.doubtful) == (Decimal("1.507"), True)


@given(st.text(max_size=30))
def test_reading_never_fails(text):
    typed = parse_typed(text)

    assert (typed.value is None) == (
        typed.state in (State.BLANK, State.UNREADABLE, State.NOT_APPLICABLE)
    )


@given(st.integers(-(10**14), 10**14), st.sampled_from(["", "trên ", "khoảng "]))
def test_vietnamese_thousands_are_read_back(number, word):
    written = f"{number:,}".replace(",", ".")

    assert parse_typed(f"{word}{written}").value == number


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_vietnamese_decimals_are_read_back(number):
    written = f"{number:,.2f}".translate(str.maketrans(",.", ".,"))

    assert parse_typed(written).value == number


_GROUPS = st.sampled_from([".", " ", "\u00a0", "\u202f"])


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=2),
    _GROUPS,
    st.sampled_from(["", "trên ", "Khoảng ", "đạt ", "\u00a0"]),
    st.sampled_from(["", " hộ", "\u00a0triệu đồng", " (có danh sách)", " \n"]),
)
def test_a_number_is_read_back_whatever_stands_around_it(number, mark, before, behind):
    written = f"{number:,.2f}".replace(".", "#").replace(",", mark).replace("#", ",")

    assert parse_typed(f"{before}{written}{behind}").value == number


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.sampled_from(["/", " / ", "/ "]))
def test_two_numbers_are_read_back_as_actual_and_plan(actual, plan, mark):
    typed = parse_typed(f"{actual:02d}{mark}{plan:02d}")

    assert (typed.value, typed.planned) == (actual, plan)


def test_a_float_is_the_number_excel_shows():
    assert exact(0.1 + 0.2) == Decimal("0.3")
    assert exact(7897797496.0) == Decimal(7897797496)


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan")])
def test_a_float_that_is_no_number_is_none(number):
    assert exact(number) is None


@pytest.mark.parametrize(
    ("number", "is_beyond"),
    [
        ("999999999999999", False),
        ("1E+15", True),
        ("-1E+15", True),
        ("9.9E+307", True),
        ("1234567890.12345", False),
        ("1234567890.123456", True),
        ("94330.34666666666666666666663", False),  # of a mean, worked out to 28 digits
        ("1234567890123456.333333333333", True),
    ],
)
def test_a_figure_a_cell_would_round_is_told(number, is_beyond):
    assert is_beyond_cells(Decimal(number)) is is_beyond
