"""Matching and sorting Vietnamese text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_xl.vietnamese.text import match_key, sort_key, tidy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("Văn hoá - xã hội", "VĂN HÓA – XÃ HỘI"),
        ("Kế hoạch", "kế\nhoạch"),
        ("Kế hoạch", unicodedata.normalize("NFD", "Kế hoạch")),
        ("Lũy kế", "Luỹ kế"),
        ("Mã đơn vị", "Mã đơn vị:"),
        ("ĐVT", "đvt"),
        ("Ghi\u00a0chú", "Ghi chú"),
        ('mô hình "Dân vận khéo"', "mô hình “Dân vận khéo”"),
        ("T 1", "T1"),
    ],
)
def test_two_spellings_of_one_label_match(one, other):
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Kế hoạch", "Ke hoach"), ("đạt", "dat"), ("má", "mà"), ("T1", "T11")]
)
def test_different_words_do_not_match(one, other):
    assert match_key(one) != match_key(other)


@given(st.text(alphabet="aăâđêôơưáàảãạếựỗĐẾ xyz01-\n"))
def test_composed_and_decomposed_text_match(text):
    assert match_key(unicodedata.normalize("NFD", text)) == match_key(text)


@given(st.text())
def test_matching_never_fails(text):
    assert "\u00a0" not in match_key(text)


@given(st.text())
def test_tidy_text_has_no_double_space_and_is_nfc(text):
    result = tidy(text)

    assert result == unicodedata.normalize("NFC", result)
    assert "  " not in result


def test_names_sort_as_in_a_vietnamese_dictionary():
    names = ["Thôn Đông", "Thôn Ấp", "Thôn Dưới", "Thôn An", "Thôn Ân", "Thôn Ăn", "Thôn Bến"]

    assert sorted(names, key=sort_key) == [
        "Thôn An",
        "Thôn Ăn",
        "Thôn Ân",
        "Thôn Ấp",
        "Thôn Bến",
        "Thôn Dưới",
        "Thôn Đông",
    ]


def test_numbers_in_names_sort_by_value():
    assert sorted(["Tổ 10", "Tổ 2", "Tổ 1"], key=sort_key) == ["Tổ 1", "Tổ 2", "Tổ 10"]


def test_tones_decide_only_between_words_of_the_same_letters():
    assert sorted(["má b", "ma c", "mà a"], key=sort_key) == ["mà a", "má b", "ma c"]


def test_a_small_raised_digit_sorts_as_a_letter():
    assert sorted(["m³", "m²", "²", "m 2"], key=sort_key)
