"""What adds by its ĐVT and name, and which way is better by the name alone."""

import unicodedata

import pytest

from danvan_xl.schema.adding import adds, default_choice, named_direction, row_adds
from danvan_xl.schema.options import Direction


def listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.split(";"))


NEVER = listed(
    """
    %; ‰; điểm %; điểm phần trăm; phần nghìn; %/năm; ％; tạ/ha; ta/ha; tạ / ha; tấn/ha/năm;
    tạ/vụ/ha; kg/sào; triệu đồng/ha; trđ/ha; tạ/1ha; triệu đồng/người; triệu đồng/người/năm;
    trđ/người; đồng/khẩu; đ/người; nghìn đồng/lao động; nghìn đồng/m²; nghìn đồng/m2; m²/người;
    m2/người; m² sàn/người; lít/con; kg/con; m³/hộ; người/km²; người/km2; NGƯỜI/KM²; người/hộ;
    kg/đầu người; triệu đồng/hộ gia đình; bác sĩ/vạn dân; giường/10.000 dân; ca/100.000 dân;
    người/1.000 dân; bác sĩ/1 vạn dân; tỷ lệ; tr/người; trđ/ng
    """
)
ALWAYS = listed(
    """
    hộ; người; cuộc; mô hình; lượt người; thôn; tiêu chí; sản phẩm; vụ; con; lượt/người;
    hộ/người; con/hộ; tổ/nhóm; thôn/bản; km/người; buổi/hộ; triệu đồng; tấn; ha; km; ngày công;
    giờ; m²; tỷ đồng; nghìn con; ; triệu đồng/năm
    """
)
BY_NAME = [
    ("", "Tỷ lệ hộ nghèo", False),
    ("", "TỈ LỆ HỘ NGHÈO", False),
    ("", "ty le ho ngheo", False),
    ("", unicodedata.normalize("NFD", "Tỷ lệ hộ nghèo"), False),
    ("", "1. Tỷ lệ hộ nghèo", False),
    ("", "- Tỷ trọng nông nghiệp", False),
    ("", "a) Cơ cấu kinh tế", False),
    ("tạ", "Năng suất lúa", False),
    ("người", "Mật độ dân số", True),
    ("", "Tốc độ tăng giá trị sản xuất", False),
    ("điểm", "Chỉ số hài lòng", False),
    ("lần", "Hệ số sử dụng đất", False),
    ("lần", "Số lần tuyên truyền", True),
    ("triệu đồng", "Thu nhập bình quân đầu người", False),
    ("triệu đồng", "THU NHẬP BÌNH QUÂN ĐẦU NGƯỜI", False),
    ("triệu đồng", "Thu nhap binh quan", False),
    ("triệu đồng", "Thu nhập BQ", False),
    ("triệu đồng", "Thu nhập bq/người", False),
    ("triệu đồng", "TNBQ", False),
    ("triệu đồng", "TNBQĐN của hộ trồng cam", False),
    ("kg", "Lương thực đầu người", False),
    ("tuổi", "Tuổi thọ trung bình", False),
    ("triệu đồng", "Thu của BQL chợ", True),
    ("triệu đồng", "Thu ngân sách", True),
    ("thôn", "Số thôn có tỷ lệ hộ nghèo dưới 5 %", True),
    ("thôn", "Tỷ lệ hộ nghèo dưới 5 %", True),
    ("hộ", "Hộ có thu nhập bình quân trên 50 triệu", True),
    ("", "Số hộ có tỷ lệ cao", True),
]
LESS = listed(
    """
    Hộ nghèo; Số hộ nghèo; Tổng số hộ nghèo; Tỷ lệ hộ nghèo; Tỉ lệ hộ nghèo; HỘ NGHÈO; ho ngheo;
    Tỷ lệ hộ nghèo đa chiều; Hộ cận nghèo; Số hộ cận nghèo; Hộ tái nghèo; 1.1. Số hộ nghèo; Tai
    nạn giao thông; Số vụ tai nạn giao thông; Vụ phạm pháp hình sự; Số vụ vi phạm pháp luật; Cặp
    tảo hôn; Trường hợp sinh con thứ ba trở lên; Trường hợp sinh con thứ 3; Tỷ lệ thất nghiệp;
    Vụ cháy; Người nghiện ma túy; Tỷ lệ trẻ suy dinh dưỡng; Số vụ bạo lực gia đình; Ca nghiện
    mới; Tội phạm về ma tuý; Số vụ tội phạm; so vu vi pham; Hộ nghèo và cận nghèo; Tỷ lệ nghèo
    """
)
ASKED_MORE = listed(
    """
    Quỹ Vì người nghèo vận động được; Nhà đại đoàn kết cho hộ nghèo; Hộ nghèo được hỗ trợ vay
    vốn; Số hộ thoát nghèo; Giảm hộ nghèo; Giảm tỷ lệ hộ nghèo; Mức giảm tỷ lệ hộ nghèo; Hộ cận
    nghèo có thẻ bảo hiểm y tế; Vụ vi phạm được xử lý; Vụ vi phạm đã xử lí; Xã không có tảo hôn;
    Tỷ lệ điều tra, khám phá tội phạm; Tin báo tố giác tội phạm được giải quyết; Mô hình phòng
    chống tội phạm; Buổi tuyên truyền phòng, chống tai nạn giao thông; Tập huấn phòng chống tảo
    hôn; Người thất nghiệp được giới thiệu việc làm; Số người chết do tai nạn; Đơn thư vượt cấp;
    Hộ nghèo được hỗ trợ nhà ở; Quy vi nguoi ngheo
    """
)
NOT_ASKED = ("Thu ngân sách", "Tỷ suất sinh", "Số thôn văn hóa", "", "Chạy việt dã", "Nghề mới")


@pytest.mark.parametrize("measure", NEVER)
def test_a_share_and_one_thing_per_another_never_add(measure: str) -> None:
    assert not adds(measure, "Chỉ tiêu")


@pytest.mark.parametrize("measure", ALWAYS)
def test_what_is_counted_or_measured_adds(measure: str) -> None:
    assert adds(measure, "Chỉ tiêu")


@pytest.mark.parametrize(("measure", "name", "wanted"), BY_NAME)
def test_the_name_decides_where_the_measure_is_nothing_counted(
    measure: str, name: str, wanted: bool
) -> None:
    assert adds(measure, name) is wanted


def test_what_a_register_counts_adds_and_a_ratio_does_not() -> None:
    assert row_adds("", "Tỷ lệ", "đếm Kiến nghị")
    assert not row_adds("cái", "Việc", "tỷ số A/B")
    assert not row_adds("cái", "Việc", "bình quân theo A")
    assert row_adds("cái", "Việc", "cái gì đó")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("cái", "Việc", ""), ("Tăng", "Cộng", "Cộng")),
        (("%", "Tỷ lệ hộ nghèo", ""), ("Giảm", "Cuối kỳ", "Không")),
        (("%", "Tỷ lệ hộ nghèo", "tỷ số A/B"), ("Giảm", "Cuối kỳ", "Tỷ số")),
        (("triệu đồng", "Thu nhập BQ", "bình quân theo A"), ("Tăng", "Cuối kỳ", "Bình quân")),
        (("hộ", "Hộ nghèo", ""), ("Giảm", "Cộng", "Cộng")),
    ],
)
def test_a_blank_choice_follows_from_the_words_of_its_row(words, wanted) -> None:
    columns = ("direction", "month_rule", "unit_rule")
    assert tuple(str(default_choice(column, *words)) for column in columns) == wanted


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", LESS)
def test_what_begins_with_what_should_be_little_is_giam(name: str, form) -> None:
    found = named_direction(unicodedata.normalize(form, name))
    assert found == (Direction.LESS, True)


@pytest.mark.parametrize("name", ASKED_MORE)
def test_what_is_done_about_it_stays_tang_and_is_asked_about(name: str) -> None:
    assert named_direction(name) == (Direction.MORE, True)


@pytest.mark.parametrize("name", NOT_ASKED)
def test_other_names_are_tang_without_a_word(name: str) -> None:
    assert named_direction(name) == (Direction.MORE, False)
