"""Words that may go upward: those of lists, however they are written; a name never is."""

import pytest

from danvan_xl.vietnamese.privacy import HIDDEN
from danvan_xl.vietnamese.public_words import OTHER, PublicList, public_typed, public_word
from danvan_xl.vietnamese.text import match_key

TITLES = {match_key(name): name for name in ("Xã An Lâm", "Thôn 1")}


@pytest.mark.parametrize(
    ("which", "typed", "told"),
    [
        ("bodies", "UBND", "UBND"),
        ("bodies", "ủy ban nhân dân xã", "UBND xã"),
        ("bodies", "UY BAN NHAN DAN XA", "UBND xã"),
        ("bodies", "Công an xã An Lâm", "Công an xã"),
        ("bodies", "Hội ND, hội phụ nữ", "Hội Nông dân, Hội Liên hiệp Phụ nữ"),
        ("bodies", "Mặt trận và các đoàn thể", "Các đoàn thể"),
        ("bodies", "thôn 1", "Thôn 1"),
        ("bodies", "khác", "khác"),
        ("bodies", "", ""),
        ("bodies", "Nguyễn Văn A", OTHER),
        ("bodies", "UBND xã (đ/c Nguyễn Văn A)", OTHER),
        ("bodies", "Công an xã Nguyễn Văn A", OTHER),
        ("bodies", "Hội Nông dân, Nguyễn Văn A", OTHER),
        ("bodies", "đoàn", "Đoàn Thanh niên"),
        ("bodies", "ông Đoàn", OTHER),
        ("grades", "xuat sac", "Xuất sắc"),
        ("grades", "như ông A nói", OTHER),
        ("measures", "lượt người", "lượt người"),
        ("measures", "công trình/năm", "công trình/năm"),
        ("measures", "ngay cong", "ngay cong"),
        ("measures", "hộ của ông A", OTHER),
        ("measures", "Hùng", OTHER),
        ("numbers", "7.1", "7.1"),
        ("numbers", "7 ông A", OTHER),
        ("numbers", "079123456789", OTHER),
    ],
)
def test_a_word_of_a_list_goes_up_by_its_name(which, typed, told):
    assert public_word(PublicList(which), typed, TITLES) == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("12,5", "12,5"),
        ("-", "-"),
        ("05/02/2026", "05/02/2026"),
        ("Tháng 6", "Tháng 6"),
        ("550 tấn/ha", "550 tấn/ha"),
        ("Thôn 1, Xã An Lâm", "Thôn 1, Xã An Lâm"),
        ("#DIV/0!", "#DIV/0!"),
        ("0912 345 678", HIDDEN),
        ("Hùng 5", HIDDEN),
        ("Thôn 1, Hùng", HIDDEN),
        ("nhờ ông Hùng", HIDDEN),
    ],
)
def test_a_message_repeats_figures_and_known_words(typed, told):
    assert public_typed(typed, frozenset(TITLES)) == told
