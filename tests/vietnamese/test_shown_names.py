"""Names of files from outside, as they are shown."""

import json

import pytest

from danvan_xl.vietnamese.shown_names import can_be_named, shortened, shown_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Sổ thôn 1 (2).xlsx", "Sổ thôn 1 (2).xlsx"),
        ("dấu\u00a0cách.xlsx", "dấu\u00a0cách.xlsx"),
        ("👨‍👩‍👧.xlsx", "👨‍👩‍👧.xlsx"),
        ("th\udcf4n.xlsx", "th�n.xlsx"),
        ("a\n\x1b[2J\u202exslx.exe", "a��[2J�xslx.exe"),
        ("a\u200b.xlsx", "a�.xlsx"),
        ("a\u2028.xlsx", "a�.xlsx"),
    ],
)
def test_what_nobody_could_see_is_shown_as_such(name, shown):
    assert shown_name(name) == shown
    assert json.dumps(shown, ensure_ascii=False).encode()
    assert can_be_named(name) == (name == shown)


def test_a_long_name_keeps_its_beginning_and_its_end():
    assert shortened("a" * 240) == "a" * 240
    cut = shortened("d/" * 1_500 + "thon-1.xlsx")
    assert (len(cut), cut[:4], cut[-12:]) == (240, "d/d/", "/thon-1.xlsx")
