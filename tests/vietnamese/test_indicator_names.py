"""When two names are of one indicator, and when they are not."""

import pytest

from danvan_xl.vietnamese.indicator_names import is_one_name, is_one_off


@pytest.mark.parametrize(
    ("written", "known"),
    [
        # case, punctuation, brackets, numbering, years
        ("HỘ NGHÈO", "Hộ nghèo"),
        ("- Hộ nghèo:", "Hộ nghèo"),
        ("Hộ nghèo (theo chuẩn mới)", "Hộ nghèo"),
        ("Tỉ lệ hộ nghèo (%)", "Tỷ lệ hộ nghèo"),
        ("1.2. Thu ngân sách", "Thu ngân sách"),
        ("a) Thu ngân sách", "Thu ngân sách"),
        ("Thu ngân sách năm 2026", "Thu ngân sách 2025"),
        ("Kinh tế-xã hội", "Kinh tế - xã hội"),
        # words that say nothing
        ("Tổng số các hộ nghèo hiện có trên địa bàn", "Hộ nghèo"),
        ("Mô hình đã được công nhận trong năm 2026", "Số mô hình công nhận"),
        ("Dân số toàn xã cuối kỳ", "Dân số của xã"),
        ("So ho ngheo", "Số hộ nghèo"),
        ("so hộ nghèo tren dia ban", "Hộ nghèo"),
        ("Tổng số", "tổng số"),
        # spelling
        ("Hoà giải ở cơ sở", "Hòa giải ở cơ sở"),
        ("Kĩ thuật viên", "Kỹ thuật viên"),
        ("Công ti, qui mô", "Quy mô công ty"),
        # any order
        ("Lúa: diện tích", "Diện tích lúa"),
        # a word without its marks; one letter wrong, missing, added; two swapped
        ("Ho ngheo", "Hộ nghèo"),
        ("Hộ ngheo", "Hộ nghèo"),
        ("Hộ nghẻo", "Hộ nghèo"),
        ("Hộ ngèo", "Hộ nghèo"),
        ("Hộ nghèoo", "Hộ nghèo"),
        ("Hộ ngehò", "Hộ nghèo"),
        ("Ho hien dat", "Hộ hiến đất"),
        # initials
        ("Xã đạt chuẩn NTM", "Xã đạt chuẩn nông thôn mới"),
        ("Mô hình dvk", 'Mô hình "Dân vận khéo"'),
        ("Mô hình dân vận khéo", "Mô hình DVK"),
        ("Số người tham gia BHYT", "Người tham gia bảo hiểm y tế"),
        ("BHXH, BHYT", "Bảo hiểm y tế, bảo hiểm xã hội"),
    ],
)
def test_names_that_are_one(written, known):
    assert is_one_name(written, known)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Hộ nghèo", "Hộ cận nghèo"),
        ("Hộ thoát nghèo", "Hộ nghèo"),
        ("Thu ngân sách", "Chi ngân sách"),
        ("Đảng viên nam", "Đảng viên nữ"),
        ("Sản lượng lúa", "Sản lượng ngô"),
        ("Diện tích", "Diện tích lúa"),
        ("Hộ nghèo đầu năm", "Hộ nghèo cuối năm"),
        ("6 tháng", "9 tháng"),
        ("Vụ 1", "Vụ 2"),
        ("Bò lai", "Bê lai"),  # words of two letters
        ("Diện tích cấy", "Diện tích cây"),  # three
        ("Cân bò", "Cần bò"),
        ("Mô hình KT", "Mô hình dân vận khéo"),
        ("NTM", "Nông thôn"),
        ("", "Hộ nghèo"),
    ],
)
def test_names_that_are_not_one(written, known):
    assert not is_one_name(written, known)


@pytest.mark.parametrize(
    ("written", "known", "is_so"),
    [
        ("kt0l", "kt01", True),
        ("kt1", "kt01", True),
        ("kt001", "kt01", True),
        ("k0t1", "kt01", True),
        ("kt01", "kt01", False),
        ("kt10", "kt02", False),
        ("0kt1", "kt01", False),
        ("k1t0", "kt01", False),
    ],
)
def test_one_character_off(written, known, is_so):
    assert is_one_off(written, known) is is_so
