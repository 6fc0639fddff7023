"""Number formats: whether the one of a cell shows its value as a percentage."""

import pytest

from danvan_xl.files.number_formats import (
    has_percent,
    is_misleading_for,
    is_percent_for,
    may_mislead,
)


@pytest.mark.parametrize(
    ("code", "value", "is_percent"),
    [
        ("0%", 0.92, True),
        ("0.00%", 0.92, True),
        ("#,##0.0 %", 0.92, True),
        ("[$-409]0%", 0.92, True),
        ('0.0"%"', 92, False),
        ("0\\%", 92, False),
        ("0_%", 92, False),
        ('0.0" %";-0%', 92, False),
        ('0.0" %";-0%', -0.5, True),
        ("0%;-0%;0", 0, False),
        ("0%;-0%;0", 0.5, True),
        ("[<=1]0%;0.0", 0.92, True),
        ("[<=1]0%;0.0", 92, False),
        ("[>1]0.0;[<=1]0%", 0.5, True),
        ("General", 0.92, False),
        ("", 0.92, False),
        ('"a;b%"0', 1, False),
    ],
)
def test_the_section_that_applies_decides(code, value, is_percent):
    assert is_percent_for(code, value) is is_percent


def test_a_format_without_a_percent_sign_of_its_own_shows_none():
    assert has_percent("0;-0%")
    assert not has_percent('0"%";\\%')


@pytest.mark.parametrize(
    ("code", "value", "misleads"),
    [
        ('"11"', 1100, True),
        (r"\1\1", 1100, True),
        ('0"00"', 11, True),
        ("0100", 3, True),
        ("0,", 1100, True),
        ('0.0,,"tr"', 5e6, True),
        (";;;", 5, True),
        ("0;;", -3, True),
        ('[>=1000]0,"K";0', 5000, True),
        ('[>=1000]0,"K";0', 5, False),
        ("0;-0;;@", 0, False),  # zeros are often hidden
        ('_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', 0, False),
        ("#,##0.##", 5, False),
        ('0" m2"', 5, False),
        ("# ?/8", 5, False),
        ("0.00E+00", 5, False),
        ("[$-42A]#,##0 [$₫-42A]", 5, False),
        ("dd/mm/yyyy", 5, False),
        ("General", 5, False),
        ("", 5, False),
    ],
)
def test_a_format_that_shows_another_figure_or_none_is_told(code, value, misleads):
    assert (may_mislead(code) and is_misleading_for(code, value)) is misleads
