"""Names of reporting periods."""

import pytest

from danvan_xl.vietnamese.periods import parse_period


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("Tháng 1", 1),
        ("tháng 12", 12),
        ("T6", 6),
        ("6", 6),
        ("Quý I", 3),
        ("Quý 2", 6),
        ("quý IV", 12),
        ("6 tháng", 6),
        ("6 tháng đầu năm", 6),
        ("9 tháng", 9),
        ("Năm", 12),
        ("cả năm", 12),
        ("Tháng 6/2026", 6),
    ],
)
def test_a_period_is_known_by_its_usual_names(written, month):
    period = parse_period(written)

    assert period is not None
    assert period.month == month


@pytest.mark.parametrize("written", ["", "Tháng 13", "Quý V", "tuần 3", "0", "8 tháng"])
def test_what_is_no_period_is_none(written):
    assert parse_period(written) is None
