"""Figures in print: Vietnamese marks, exact, rounded half-up."""

import datetime as dt
from decimal import Decimal

import pytest

from danvan_xl.vietnamese.printed import show_date, show_share, vietnamese_number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1507, "1.507"),
        (-1507, "-1.507"),
        (7_897_797_496, "7.897.797.496"),
        (Decimal("1234.5"), "1.234,5"),
        (Decimal("1234.50"), "1.234,5"),
        (Decimal("1507.00"), "1.507"),
        (Decimal("1E+3"), "1.000"),
        (Decimal("0.12345"), "0,1235"),
        (Decimal("0.00005"), "0,0001"),
        (Decimal("-0.00001"), "0"),
        (Decimal("-0.5"), "-0,5"),
        (Decimal("99.99999"), "100"),
    ],
)
def test_a_number_is_printed_with_vietnamese_marks_and_no_idle_decimals(value, text):
    assert vietnamese_number(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        ("1.0417", "104,17%"),
        ("0", "0,00%"),
        ("1", "100,00%"),
        ("0.99995", "100,00%"),
        ("0.00005", "0,01%"),
        ("0.000049", "0,00%"),
        ("-0.00001", "0,00%"),
        ("12345.6789", "1.234.567,89%"),
    ],
)
def test_a_share_is_printed_as_a_percent_with_two_decimals_rounded_half_up(share, text):
    assert show_share(Decimal(share)) == text


@pytest.mark.parametrize("value", ["1E+400", "NaN", "Infinity"])
def test_a_figure_of_absurd_size_is_still_printed(value):
    assert vietnamese_number(Decimal(value)) == value
    assert show_share(Decimal(value)) == value


def test_more_digits_than_a_context_holds_are_all_printed():
    assert vietnamese_number(Decimal("9" * 40 + ".5")) == ".".join(["9", *["999"] * 13]) + ",5"


def test_a_day_is_printed_as_day_month_year():
    assert show_date(dt.date(2026, 7, 5)) == "05/07/2026"
