"""The sixty indicators and the phrases from which the made-up workbooks are put together."""

from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import Direction, MonthRule, UnitRule

_NAMES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "Kinh tế": (
        "KT",
        (
            ("Thu ngân sách trên địa bàn", "triệu đồng"),
            ("Sản lượng lương thực có hạt", "tấn"),
            ("Diện tích gieo trồng lúa", "ha"),
            ("Diện tích rau an toàn trồng mới", "ha"),
            ("Trồng rừng tập trung", "ha"),
            ("Đàn gia súc", "con"),
            ("Hộ đăng ký kinh doanh mới", "hộ"),
            ("Hợp tác xã, tổ hợp tác thành lập mới", "tổ"),
            ("Đường giao thông nông thôn được bê tông hóa", "km"),
            ("Kênh mương được kiên cố hóa", "km"),
            ("Đất nhân dân hiến làm đường", "m2"),
            ("Ngày công nhân dân đóng góp", "công"),
            ("Tiền nhân dân đóng góp xây dựng nông thôn mới", "triệu đồng"),
            ("Vốn vay ưu đãi giải ngân", "triệu đồng"),
            ("Sản phẩm được công nhận OCOP", "sản phẩm"),
        ),
    ),
    "Văn hóa - xã hội": (
        "VX",
        (
            ("Hộ thoát nghèo trong năm", "hộ"),
            ("Nhà tạm, nhà dột nát được xóa", "nhà"),
            ("Lao động được giải quyết việc làm", "người"),
            ("Lao động đi làm việc ở nước ngoài", "người"),
            ("Người tham gia bảo hiểm y tế", "người"),
            ("Người tham gia bảo hiểm xã hội tự nguyện", "người"),
            ("Trẻ em dưới một tuổi tiêm đủ vắc xin", "trẻ"),
            ("Hộ đạt danh hiệu Gia đình văn hóa", "hộ"),
            ("Buổi sinh hoạt nhà văn hóa", "buổi"),
            ("Cuộc tuyên truyền, vận động", "cuộc"),
            ("Lượt người được tuyên truyền", "lượt"),
            ("Suất quà tặng gia đình chính sách", "suất"),
            ("Cây xanh trồng ở nơi công cộng", "cây"),
            ("Hộ phân loại rác tại nguồn", "hộ"),
            ("Học sinh được tặng học bổng", "học sinh"),
        ),
    ),
    "Quốc phòng - an ninh": (
        "QA",
        (
            ("Thanh niên lên đường nhập ngũ", "người"),
            ("Dân quân được huấn luyện", "người"),
            ("Mô hình tự quản về an ninh trật tự", "mô hình"),
            ("Camera an ninh do nhân dân đóng góp", "mắt"),
            ("Tin báo có giá trị của quần chúng", "tin"),
            ("Vụ việc hòa giải thành ở cơ sở", "vụ"),
            ("Vụ phạm pháp hình sự", "vụ"),
            ("Vụ tai nạn giao thông", "vụ"),
            ("Vụ cháy", "vụ"),
            ("Đơn thư khiếu nại vượt cấp", "đơn"),
            ("Buổi tuyên truyền pháp luật", "buổi"),
            ("Hộ ký cam kết không vi phạm pháp luật", "hộ"),
            ("Người cai nghiện được giúp đỡ tái hòa nhập", "người"),
            ("Vũ khí, vật liệu nổ vận động giao nộp", "khẩu"),
            ("Tổ liên gia an toàn phòng cháy", "tổ"),
        ),
    ),
    "Xây dựng Đảng và hệ thống chính trị": (
        "XD",
        (
            ("Đảng viên mới kết nạp", "đảng viên"),
            ("Quần chúng ưu tú dự lớp nhận thức về Đảng", "người"),
            ("Hội nghị đối thoại với nhân dân", "cuộc"),
            ("Ý kiến, kiến nghị được tiếp nhận", "ý kiến"),
            ("Ý kiến, kiến nghị được giải quyết", "ý kiến"),
            ("Tỷ lệ ý kiến, kiến nghị được giải quyết", "%"),
            ("Mô hình Dân vận khéo đăng ký", "mô hình"),
            ("Mô hình Dân vận khéo được công nhận", "mô hình"),
            ("Tỷ lệ mô hình được công nhận", "%"),
            ("Đoàn viên, hội viên phát triển mới", "người"),
            ("Cuộc giám sát, phản biện xã hội", "cuộc"),
            ("Cán bộ được bồi dưỡng công tác dân vận", "người"),
            ("Tổ dân vận hoạt động hiệu quả", "tổ"),
            ("Chỉ số hài lòng của người dân", "điểm"),
            ("Tin, bài về công tác dân vận", "tin"),
        ),
    ),
}

_LESS = frozenset(
    ("Vụ phạm pháp hình sự", "Vụ tai nạn giao thông", "Vụ cháy", "Đơn thư khiếu nại vượt cấp")
)
_STOCKS = frozenset(
    (
        "Đàn gia súc",
        "Người tham gia bảo hiểm y tế",
        "Người tham gia bảo hiểm xã hội tự nguyện",
        "Hộ phân loại rác tại nguồn",
        "Tổ dân vận hoạt động hiệu quả",
    )
)
_MEANS = frozenset(("Chỉ số hài lòng của người dân",))
_RATIOS = {
    "Tỷ lệ ý kiến, kiến nghị được giải quyết": "tỷ số XD05/XD04",
    "Tỷ lệ mô hình được công nhận": "tỷ số XD08/XD07",
}
# Figures of these measures have one decimal, the others are whole.
DECIMAL_MEASURES = frozenset(("triệu đồng", "tấn", "ha", "km", "điểm"))


def _indicator(code: str, work_field: str, name: str, measure: str) -> Indicator:
    month_rule, unit_rule = MonthRule.SUM, UnitRule.SUM
    if name in _RATIOS:
        month_rule, unit_rule = MonthRule.LAST, UnitRule.RATIO
    elif name in _MEANS:
        month_rule, unit_rule = MonthRule.LAST, UnitRule.MEAN
    elif name in _STOCKS:
        month_rule = MonthRule.LAST
    direction = Direction.LESS if name in _LESS else Direction.MORE
    source = _RATIOS.get(name, "")
    return Indicator(code, work_field, name, measure, direction, month_rule, unit_rule, source)


INDICATORS: tuple[Indicator, ...] = tuple(
    _indicator(f"{prefix}{number:02d}", work_field, name, measure)
    for work_field, (prefix, names) in _NAMES.items()
    for number, (name, measure) in enumerate(names, start=1)
)

DEEDS = (
    "Vận động nhân dân hiến đất mở rộng đường liên thôn",
    "Tuyên truyền phân loại rác thải tại nguồn",
    "Tổ chức ra quân ngày Chủ nhật xanh",
    "Giúp hộ nghèo sửa chữa nhà ở trước mùa mưa bão",
    "Phối hợp tổ chức tiếp xúc, đối thoại với nhân dân",
    "Vận động tham gia bảo hiểm y tế hộ gia đình",
    "Hướng dẫn nhân dân sử dụng dịch vụ công trực tuyến",
    "Tuyên truyền phòng, chống lừa đảo trên mạng",
    "Xây dựng mô hình Camera an ninh",
    "Giám sát việc thực hiện quy chế dân chủ ở cơ sở",
    "Tuyên truyền sắp xếp đơn vị hành chính",
    "Vận động thanh niên thực hiện nghĩa vụ quân sự",
    "Nắm tình hình, tâm trạng nhân dân vùng dự án",
    "Tặng quà gia đình chính sách nhân ngày 27/7",
)
PLACES = (
    "tại nhà văn hóa thôn",
    "ở khu dân cư ven sông",
    "trên tuyến đường trung tâm xã",
    "tại các tổ tự quản",
    "trong đồng bào vùng cao",
    "ở khu tái định cư mới",
    "tại trường học và trạm y tế",
    "dọc kênh chính",
)
PARTNERS = (
    "với Mặt trận Tổ quốc và các đoàn thể",
    "cùng Hội Phụ nữ, Hội Nông dân",
    "cùng Đoàn Thanh niên và Hội Cựu chiến binh",
    "với lực lượng công an, quân sự xã",
    "với Ban công tác Mặt trận các thôn",
    "do Khối dân vận chủ trì",
)
OUTCOMES = (
    "đạt kế hoạch",
    "được nhân dân đồng tình hưởng ứng",
    "còn chậm do thời tiết",
    "đang tiếp tục vận động",
    "hoàn thành trước hạn",
    "cần bổ sung kinh phí",
)
OFFICES = (
    "Khối dân vận xã",
    "Ủy ban MTTQ Việt Nam xã",
    "Hội Liên hiệp Phụ nữ xã",
    "Hội Nông dân xã",
    "Hội Cựu chiến binh xã",
    "Đoàn TNCS Hồ Chí Minh xã",
    "Ủy ban nhân dân xã",
    "Công an xã",
)
