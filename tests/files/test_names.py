"""Names of files made of words from outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_xl.files.names import LONGEST_NAME, safe_name, safe_stem


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Thôn Hòa Bình", "Thôn Hòa Bình"),
        ("Thôn Ho\u0300a Bi\u0300nh", "Thôn Hòa Bình"),
        ("PP.01/2", "PP.01-2"),
        (r"..\..\windows\a", "-..-windows-a"),
        ('a:b*c?"d"<e>|f', "a-b-c-d-e-f"),
        ("báo cáo.  ", "báo cáo"),
        ("dòng\nhai\tba", "dòng hai ba"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("COM1", "_COM1"),
        ("LPT¹", "_LPT¹"),
        ("COM10", "COM10"),
        ("console", "console"),
        ("a\u202exslx.exe", "axslx.exe"),
        ("a\x00b\x07c\u200b", "abc"),
        ("thon-\udcff", "thon-"),
        ("...", "khong-ten"),
        ("", "khong-ten"),
    ],
)
def test_words_become_a_name_windows_takes(text, name):
    assert safe_name(text) == name


@given(st.text(max_size=300))
def test_every_name_is_safe_and_stays_what_it_is(text):
    name = safe_name(text)

    assert name
    assert len(name) <= LONGEST_NAME + 1
    assert len(name.encode()) <= 201
    assert name == name.strip(" .")
    assert not set(name) & set('\\/:*?"<>|')
    assert all(char.isprintable() or char == " " for char in name)
    assert safe_name(name) == name


def test_a_long_name_is_cut():
    assert safe_name("ế" * 300) == "ế" * 66
    assert safe_name("a" * 300, 10) == "a" * 10


@pytest.mark.parametrize(
    ("file", "stem"),
    [
        ("thon-1.xlsx", "thon-1"),
        ("T6/đợt 2/thon-1.xlsx", "T6_đợt 2_thon-1"),
        ("../../thon-1.xlsx", "thon-1"),
        ("con/thon-1.xlsx", "con_thon-1"),
        ("x" * 90 + "/thon-1.xlsx", "x" * 73 + "_thon-1"),
    ],
)
def test_a_file_in_folders_gets_one_flat_name(file, stem):
    assert safe_stem(file) == stem
