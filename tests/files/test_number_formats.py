"""Number formats: whether the one of a cell shows its value as a percentage."""

import pytest

from danvan_xl.files.number_formats import has_percent, is_percent_for


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
