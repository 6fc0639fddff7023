"""Days as people type them, and what is none."""

import datetime as dt

import pytest

from danvan_xl.vietnamese.days import parse_day

FIFTH = dt.date(2026, 2, 5)


@pytest.mark.parametrize(
    "typed",
    [
        "5/2/2026",
        "05/02/2026",
        "5-2-2026",
        "5.2.2026",
        "5.2.2026.",
        "5 / 2 / 2026",
        "5/2/26",
        "5.2.26",
        "'5/2/2026",
        "ngày 5 tháng 2 năm 2026",
        "Ngày 05/02/2026",
        "05/02/2026 08:00",
        "05/02/2026  8:00:30",
        "05/02/2026 8h30",
        "5/2/2026 lúc 14 giờ 30",
        "8h00 ngày 5/2/2026",
        "Sáng 5/2/2026",
        "5/2/2026 (chiều)",
        "Thứ năm, 5/2/2026",
        "T5 5/2/26",
        "2026-02-05",
        "2026/02/05",
        "2026-02-05T08:00:00",
        "2026-02-05 08:00",
        "\u00a05/2/2026 ",
    ],
)
def test_a_day_is_read_however_it_is_written(typed: str) -> None:
    assert parse_day(typed) == FIFTH


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "5/2",
        "tháng 2",
        "2/25/2026",
        "31/2/2026",
        "5/2/026",
        "5/2/2026-7/2/2026",
        "5/2/2026 và 7/2/2026",
        "05022026",
        "1.507",
        "12.5",
        "5/2/2026 họp thôn",
    ],
)
def test_what_could_be_another_day_or_is_none_is_left_to_ask(typed: str) -> None:
    assert parse_day(typed) is None


def test_a_year_of_two_digits_is_of_this_century_but_for_the_last_of_the_one_before() -> None:
    assert parse_day("20.6.26") == dt.date(2026, 6, 20)
    assert parse_day("1/1/69") == dt.date(2069, 1, 1)
    assert parse_day("1/1/98") == dt.date(1998, 1, 1)
