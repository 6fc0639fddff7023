"""The factor of a ratio between two measures and the one it is wanted in."""

from decimal import Decimal

import pytest

from danvan_xl.vietnamese.ratio_measures import is_per_whole, ratio_factor


@pytest.mark.parametrize(
    ("numerator", "denominator", "wanted", "factor"),
    [
        # shares: of things counted, and blank, no pair is needed
        ("hộ", "hộ", "%", "100"),
        ("", "", "%", "100"),
        ("đảng viên", "người", "%", "100"),
        ("nghìn người", "người", "%", "100000"),
        ("người", "1.000 người", "%", "0.1"),
        ("km", "km", "%", "100"),
        ("km", "", "%", "100"),
        ("m", "km", "%", "0.1"),
        ("m²", "ha", "%", "0.01"),
        ("triệu đồng", "tỷ đồng", "phần trăm", "0.1"),
        ("ha rừng", "ha", "%", "100"),
        ("trẻ", "trẻ", "‰", "1000"),
        ("người", "người", "‰ dân số", "1000"),
        ("tấn", "ha", "%", None),
        ("km", "hộ", "%", None),
        ("nghìn hộ", "", "%", None),
        # no measure
        ("người", "hộ", "", "1"),
        ("tạ", "tấn", "lần", "0.1"),
        ("tấn", "ha", "lần", None),
        # X/Y
        ("tấn", "ha", "tạ/ha", "10"),
        ("tấn", "", "tạ/ha", "10"),
        ("tấn", "ha", "Tạ / ha", "10"),
        ("tấn thóc", "ha", "tạ/ha/vụ", "10"),
        ("kg", "m2", "tấn/ha", "10"),
        ("tấn", "sào", "tạ/ha", None),
        ("", "ha", "tạ/ha", None),
        ("tấn", "người", "tạ/ha", None),
        ("tỷ đồng", "người", "triệu đồng/người", "1000"),
        ("tỷ đồng", "nhân khẩu", "triệu đồng/người/năm", "1000"),
        ("tỷ đồng", "nghìn người", "triệu đồng/người", "1"),
        ("tỷ đồng", "hộ", "triệu đồng/người", None),
        ("tỷ đồng", "người", "triệu đồng/người/tháng", None),
        ("triệu đồng", "km", "tỷ đồng/km", "0.001"),
        ("triệu đồng", "m", "tỷ đồng/km", "1"),
        ("người", "km2", "người/km²", "1"),
        ("người", "ha", "người/km²", "100"),
        ("km", "km²", "km/km2", "1"),
        ("triệu kWh", "người", "kWh/người", "1000000"),
        ("nghìn m3", "người", "lít/người", "1000000"),
        ("hộ nghèo", "hộ", "người/hộ", None),
        # per N people
        ("bác sĩ", "người", "bác sĩ/vạn dân", "10000"),
        ("người", "người", "bác sĩ/10.000 dân", "10000"),
        ("giường bệnh", "nghìn người", "giường/1 vạn dân", "10"),
        ("ca", "", "ca/1.000 dân", "1000"),
        ("ca", "người", "1.000 dân", "1000"),
        ("vụ", "khẩu", "số vụ trên 100.000 dân", "100000"),
        ("trẻ", "trẻ", "/1000 trẻ đẻ sống", "1000"),
        ("ca", "hộ", "ca/1.000 dân", None),
        # X alone
        ("tỷ đồng", "người", "triệu đồng", "1000"),
        ("tỷ đồng", "", "triệu đồng", "1000"),
        ("tỷ đồng", "nghìn người", "triệu đồng", "1"),
        ("tấn", "ha", "tạ", "10"),
        ("triệu đồng", "tỷ đồng", "triệu đồng", None),
        ("tấn", "người", "triệu đồng", None),
        ("người", "hộ", "người", "1"),
        ("hộ", "thôn", "người", None),
    ],
)
def test_a_quotient_of_two_measures_comes_to_a_third(
    numerator: str, denominator: str, wanted: str, factor: str | None
) -> None:
    found = ratio_factor(numerator, denominator, wanted)

    assert found == (None if factor is None else Decimal(factor))


@pytest.mark.parametrize(
    ("measure", "is_part"),
    [("%", True), ("‰", True), ("điểm %", True), ("tạ/ha", False), ("", False)],
)
def test_percent_and_per_mille_are_parts_of_a_whole(measure: str, is_part: bool) -> None:
    assert is_per_whole(measure) is is_part
