"""What can be below 0, and what cannot be above 100 %, is known by its words."""

import pytest

from danvan_xl.vietnamese.limits_of_figures import can_be_negative, is_of_a_whole


@pytest.mark.parametrize(
    ("measure", "name", "can_be"),
    [
        ("%", "Tăng trưởng giá trị sản xuất", True),
        ("‰", "Mức giảm tỷ suất sinh", True),
        ("điểm %", "Tỷ lệ hộ nghèo so với năm trước", True),
        ("triệu đồng", "Chênh lệch thu chi", True),
        ("triệu đồng", "Cân đối thu, chi quỹ", True),
        ("tỷ đồng", "CÂN ĐỐI ngân sách", True),
        ("người", "Tăng, giảm dân số", True),
        ("người", "Chênh lệch dân số đến và đi", True),
        ("hộ", "Số hộ nghèo giảm trong năm", True),
        ("hộ", "Số hộ tăng thêm", True),
        ("hộ", "Giảm hộ nghèo", True),
        ("triệu đồng", "Mức tăng thu quỹ so với năm trước", True),
        ("tốc độ", "Kinh tế", True),
        ("hộ", "Hộ nghèo", False),
        ("hộ", "Hộ thoát nghèo", False),
        ("buổi", "Buổi truyền thông giảm tảo hôn", False),
        ("cuộc", "Giảm nghèo bền vững: hội nghị", False),
        ("triệu đồng", "Kinh phí giảm nghèo", False),
        ("cuộc", "Tăng cường tuần tra", False),
        ("mô hình", "Mô hình tăng gia sản xuất", False),
        ("triệu đồng", "Thu ngân sách", False),
        ("", "", False),
    ],
)
def test_what_can_be_negative(measure, name, can_be):
    assert can_be_negative(measure, name) is can_be


@pytest.mark.parametrize(
    ("name", "is_whole"),
    [
        ("Tỷ lệ hộ nghèo", True),
        ("Tỉ lệ gia đình văn hoá", True),
        ("TỶ LỆ chi bộ sinh hoạt đúng kỳ", True),
        ("Cơ cấu nông nghiệp", True),
        ("Tỷ trọng dịch vụ", True),
        ("Tỷ lệ hộ tham gia (so với tổng số)", True),
        ("Tỷ lệ thu quỹ so với cùng kỳ", False),
        ("Tỷ lệ tăng dân số", False),
        ("Tỷ lệ tuyển quân đạt kế hoạch", False),
        ("Tỷ lệ thu ngân sách", False),
        ("Tỷ lệ hoàn thành chỉ tiêu giao", False),
        ("Thu ngân sách", False),
        ("Tốc độ tăng trưởng", False),
    ],
)
def test_what_is_a_share_of_a_whole(name, is_whole):
    assert is_of_a_whole(name) is is_whole
