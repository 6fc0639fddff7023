"""Names of units are compared without the words of level and office, numbers as numbers."""

import pytest

from danvan_xl.vietnamese.unit_names import bare_unit_key, unit_key

ONE = (
    ("Thôn 1", "thôn 01", "Thôn số 1", "Thôn I", "THÔN MỘT", "Chi bộ thôn Một", "TDP số 1"),
    ("Thôn Mười hai", "Tổ dân phố số 12", "tdp 12", "Thôn XII"),
    ("Khu phố Hai mươi mốt", "Khu phố 21"),
    ("Xã An Lâm", "UBND xã An Lâm", "Uỷ ban nhân dân xã An Lâm", "Đảng uỷ xã An  Lâm"),
    ("Thôn 1A", "Thôn 01a"),
    ("Ban công tác Mặt trận thôn Đồng Mít", "Bản Đồng Mít"),
)


@pytest.mark.parametrize("names", ONE, ids=lambda names: names[0])
def test_one_unit_is_one_however_it_is_called(names):
    assert len(set(map(unit_key, names))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thôn 1", "Thôn 10"),
        ("Thôn 1", "Thôn 1A"),
        ("Thôn 1-2", "Thôn 12"),
        ("Thôn Ba Đình", "Thôn 3 Đình"),
        ("Thôn Vi", "Thôn 6"),  # a name; numbers are written in capitals
        ("Thôn", "Bản"),
        ("Thôn Hòa", "Thôn Hóa"),
    ],
)
def test_two_units_are_two(one, other):
    assert unit_key(one) != unit_key(other)


def test_a_name_typed_without_marks_goes_by_its_letters():
    assert bare_unit_key("Thon An Lam") == bare_unit_key("Thôn An Lâm")
    assert unit_key("") == ""
