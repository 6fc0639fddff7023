"""Form Thông tin: what a unit says of itself, of its year and of the report it makes."""

from danvan_xl.schema.columns import Column, Form, Kind
from danvan_xl.schema.sheets import CUTOFFS, LEVELS, SECRECY, TEMPLATE_VERSION
from danvan_xl.vietnamese.periods import PERIODS

# The defined name under which every sheet finds the last month of the reporting period.
MONTH = "DV_THANG"
INFO = Form(
    name="info",
    title="Thông tin",
    heading="THÔNG TIN ĐƠN VỊ LẬP SỔ",
    help="Ghi một lần đầu năm; mỗi kỳ báo cáo chỉ đổi Kỳ báo cáo và Ngày lập.",
    fields=(
        Column(
            "unit_code",
            "Mã đơn vị",
            Kind.CODE,
            help="Mã cấp trên đã cấp; thôn ghi <mã xã>.<số>.",
            goes_up=True,
        ),
        Column("unit_name", "Tên đơn vị", help="Ví dụ: Xã Phổ Phong.", goes_up=True),
        Column(
            "level", "Cấp", Kind.CHOICE, choices=LEVELS, help="Chọn trong danh sách.", goes_up=True
        ),
        Column(
            "parent_code",
            "Mã đơn vị cấp trên",
            Kind.CODE,
            help="Để trống nếu không có.",
            goes_up=True,
        ),
        Column(
            "parent_name",
            "Tên đơn vị cấp trên",
            help="In ở góc trái trên của các biểu.",
            goes_up=True,
        ),
        Column(
            "year",
            "Năm",
            Kind.COUNT,
            also_called=("Năm kế hoạch",),
            help="Năm của kế hoạch.",
            goes_up=True,
        ),
        Column(
            "period",
            "Kỳ báo cáo",
            Kind.CHOICE,
            choices=tuple(period.label for period in PERIODS),
            also_called=("Kỳ",),
            help="Số liệu cộng từ tháng 1 đến hết kỳ này.",
            goes_up=True,
        ),
        Column(
            "cutoff",
            "Chốt số liệu",
            Kind.CHOICE,
            choices=CUTOFFS,
            default=CUTOFFS[0],
            help="Ngày 14: tháng tính từ ngày 15 tháng trước đến ngày 14 (NĐ 09/2019/NĐ-CP).",
            goes_down=True,
            goes_up=True,
        ),
        Column(
            "deadline",
            "Hạn nộp",
            Kind.DATE,
            help="Ngày cuối cùng đơn vị cấp dưới phải gửi.",
            goes_up=True,
        ),
        Column(
            "prepared_on",
            "Ngày lập",
            Kind.DATE,
            help="Ngày hoàn thành số liệu của kỳ này.",
            goes_up=True,
        ),
        Column(
            "preparer_title",
            "Chức vụ người lập",
            help="Chỉ ghi chức vụ, không ghi họ tên.",
            goes_up=True,
        ),
        Column("recipient_email", "Nơi nhận (email)", help="Hộp thư của cơ quan cấp trên."),
        Column("inbox", "Thư mục nhận", default="Nhan", help="Nơi để tệp các đơn vị gửi về."),
        Column(
            "secrecy",
            "Độ mật",
            Kind.CHOICE,
            choices=SECRECY,
            default=SECRECY[0],
            help="Chỉ số liệu Thường mới được gửi bằng tệp này.",
            goes_down=True,
            goes_up=True,
        ),
        Column(
            "template_version",
            "Phiên bản mẫu",
            default=TEMPLATE_VERSION,
            computed=True,
            help="Do chương trình ghi, không sửa.",
            goes_up=True,
        ),
    ),
)
