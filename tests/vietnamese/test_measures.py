"""Units of measure: which are the same, which differ by a known factor, which are counted."""

from decimal import Decimal

import pytest

from danvan_xl.vietnamese.measures import factor_of, is_counted


@pytest.mark.parametrize(
    "measure",
    [
        *("người", "Hộ", "khẩu", "thôn", "tổ", "cuộc", "buổi", "lớp", "lượt", "vụ", "ca", "con"),
        *("nhà", "hồ sơ", "đơn", "mô hình", "tiêu chí", "sản phẩm", "đảng viên", "hội viên"),
        *("chi bộ", "văn bản", "dự án", "Hộ gia đình", "lượt người", "sản phẩm OCOP", "người dân"),
        *("thôn/bản", "thôn, bản", "xã/phường", "cán bộ, đảng viên", "hộ (hộ nghèo)", "đ/c"),
        *("nguoi", "mo hinh", "NGƯỜI ", "tổ dân phố", "vụ việc", "đơn vị", "buổi.", "lượt\nngười"),
        *("công trình", "Công trình thủy lợi", "cong trinh", "công dân", "công nhân", "cống"),
    ],
)
def test_things_that_are_counted_are_whole(measure):
    assert is_counted(measure)


@pytest.mark.parametrize(
    "measure",
    [
        *("", "%", "‰", "điểm %", "% hộ", "điểm", "giờ", "ngày", "ngày công", "công", "ca máy"),
        *("triệu đồng", "tỷ", "đồng", "nghìn người", "triệu lượt", "1.000 người", "vạn con", "ha"),
        *("m2", "nhà (m2)", "kg", "tấn", "tạ/ha", "người/hộ", "con/hộ", "người/km2", "cuộc/thôn"),
        *("bác sĩ/vạn dân", "cây số", "km", "người-ngày", "hộ, %", "triệu đồng/người", "m³"),
    ],
)
def test_what_is_measured_and_what_is_one_thing_per_another_is_not(measure):
    assert not is_counted(measure)


@pytest.mark.parametrize(
    ("words", "measure", "factor"),
    [
        ("tỷ", "triệu đồng", "1000"),
        ("ty dong", "trieu dong", "1000"),
        ("trăm triệu", "triệu đồng", "100"),
        ("đ", "1000đ", "0.001"),
        ("trăm", "người", "100"),
        ("vạn", "người", "10000"),
        ("nghìn hộ", "hộ", "1000"),
        ("nghìn", "nghìn lượt", "1"),
        ("triệu", "triệu lượt", "1"),
        ("triệu đồng/người/năm", "triệu đồng", "1"),
        ("thanh niên", "người", "1"),
        ("", "người", "1"),
        # What is not certain, or another measure.
        ("trăm", "triệu đồng", None),
        ("triệu", "người", None),
        ("tỷ rưỡi", "triệu đồng", None),
        ("hộ", "người", None),
        ("nghìn hộ", "người", None),
        ("km", "người", None),
        ("tạ/ha", "tấn", None),
        ("tỷ", "", None),
        ("hộ", "%", None),
    ],
)
def test_words_behind_a_figure_scale_it_where_they_leave_no_doubt(words, measure, factor):
    assert factor_of(words, measure) == (None if factor is None else Decimal(factor))
