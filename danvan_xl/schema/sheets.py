"""Every form of the workbook, declared once: template, reader, checks and writers follow from here.

To add a column or a sheet, add it here. The words are those of docs/thuat-ngu.md.
"""

from danvan_xl.schema.columns import WORK_FIELDS, Column, Kind, Sheet
from danvan_xl.schema.options import Direction, MonthRule, UnitRule
from danvan_xl.schema.registers import load_registers
from danvan_xl.schema.usual_headers import (
    INDICATOR_HEADERS,
    LAST_YEAR_HEADERS,
    PLAN_HEADERS,
    month_headers,
)
from danvan_xl.vietnamese.periods import YEAR_END

TEMPLATE_VERSION = "1.1"
MARKER_SHEET = "_danvan"
# There, the words above the codes that the office above has given.
GIVEN_HEADING = "Đã giao"

LEVELS = ("Thôn", "Xã", "Huyện", "Tỉnh", "Trung ương", "Khối/Đoàn thể")
CUTOFFS = ("Cuối tháng", "Ngày 14")
SECRECY = ("Thường", "Mật")
UNITS_TITLE = "Đơn vị"

UNITS = Sheet(
    name="units",
    title=UNITS_TITLE,
    heading="DANH SÁCH ĐƠN VỊ TRỰC THUỘC",
    help="Các đơn vị cấp dưới một bậc phải báo cáo; không có cấp dưới thì để trống.",
    signature=("code", "unit_name"),
    columns=(
        Column(
            "code", "Mã", Kind.CODE, also_called=("Mã đơn vị",), width=12, help="Không trùng nhau."
        ),
        Column("unit_name", "Tên đơn vị", also_called=("Đơn vị",), width=34),
        Column("level", "Cấp", Kind.CHOICE, choices=LEVELS, width=14),
        Column("email", "Email", width=28, help="Hộp thư của đơn vị, không ghi hộp thư cá nhân."),
        Column("since", "Từ ngày", Kind.DATE, width=12, help="Để trống nếu có từ trước."),
        Column("until", "Đến ngày", Kind.DATE, width=12, help="Ghi khi đơn vị sáp nhập, giải thể."),
        Column("note", "Ghi chú", width=30),
        Column(
            "public_key",
            "Khóa công khai",
            also_called=("Khóa ký số",),
            optional=True,
            width=48,
            help="Khóa đơn vị gửi khi bắt đầu ký số; bản gửi không đúng chữ ký thì không tính.",
        ),
    ),
)

# What only the unit itself reads: nothing is made of it, and it is kept.
REMARKS = "note"
MONTH_NAMES = tuple(f"t{month}" for month in range(1, YEAR_END + 1))

TARGETS = Sheet(
    name="targets",
    title="Chỉ tiêu",
    heading="KẾ HOẠCH VÀ KẾT QUẢ THỰC HIỆN CHỈ TIÊU",
    help="Mỗi dòng một chỉ tiêu; ghi số của từng tháng vào T1 đến T12.",
    signature=("indicator", "t1"),
    columns=(
        Column(
            "code",
            "Mã",
            Kind.CODE,
            also_called=("Mã chỉ tiêu", "Mã số"),
            width=8,
            help="Không sửa mã đã giao.",
            goes_down=True,
        ),
        Column(
            "work_field",
            "Lĩnh vực",
            Kind.CHOICE,
            choices=WORK_FIELDS,
            width=13,
            technical=True,
            goes_down=True,
        ),
        Column("indicator", "Chỉ tiêu", also_called=INDICATOR_HEADERS, width=34, goes_down=True),
        Column(
            "measure",
            "ĐVT",
            also_called=("Đơn vị tính",),
            width=9,
            help="Đơn vị tính.",
            goes_down=True,
        ),
        Column(
            "direction",
            "Chiều",
            Kind.CHOICE,
            choices=tuple(Direction),
            default=Direction.MORE,
            width=7,
            technical=True,
            help="Tăng: càng nhiều càng tốt. Giảm: càng ít càng tốt. Bằng: đúng bằng kế hoạch.",
            goes_down=True,
        ),
        Column(
            "month_rule",
            "Cộng kỳ",
            Kind.CHOICE,
            choices=tuple(MonthRule),
            default=MonthRule.SUM,
            width=8.5,
            technical=True,
            help="Cộng: cộng các tháng. Cuối kỳ: số tháng cuối. Lớn nhất, Bình quân: các tháng.",
            goes_down=True,
        ),
        Column(
            "unit_rule",
            "Tổng hợp",
            Kind.CHOICE,
            choices=tuple(UnitRule),
            default=UnitRule.SUM,
            width=8.5,
            technical=True,
            help="Cách gộp số của các đơn vị. Đếm đạt: đếm đơn vị đạt kế hoạch. Không: không gộp.",
            goes_down=True,
        ),
        Column(
            "source",
            "Nguồn",
            width=18,
            technical=True,
            help="Để trống: gõ tay. tỷ số <mã>/<mã>: từ hai chỉ tiêu khác. "
            "đếm <sổ> [<cột> = <giá trị>] hoặc tổng <sổ>.<cột>: tự lấy từ sổ theo dõi.",
            goes_down=True,
        ),
        Column(
            "last_year",
            "Năm trước",
            Kind.NUMBER,
            also_called=LAST_YEAR_HEADERS,
            width=10.5,
            help="Kết quả cả năm trước.",
        ),
        Column("plan", "Kế hoạch", Kind.NUMBER, also_called=PLAN_HEADERS, width=10.5),
        *(
            Column(
                name,
                f"T{month}",
                Kind.NUMBER,
                also_called=month_headers(month),
                width=7.5,
                help=f"Số của riêng tháng {month}. Không có: ghi KPS; không áp dụng: ghi KAD.",
            )
            for month, name in enumerate(MONTH_NAMES, start=1)
        ),
        Column(
            "cumulative",
            "Lũy kế",
            Kind.NUMBER,
            width=10.5,
            computed=True,
            help="Tự tính đến kỳ báo cáo.",
        ),
        Column(
            "completion",
            "Tỷ lệ",
            Kind.SHARE,
            width=9,
            computed=True,
            help="Lũy kế so với kế hoạch.",
        ),
        Column("rating", "Đánh giá", width=12.5, computed=True, help="Tự đánh giá theo tiến độ."),
        Column("note", "Ghi chú", width=16),
    ),
)

ASSIGNMENT = Sheet(
    name="assignment",
    title="Giao chỉ tiêu",
    heading="PHÂN BỔ CHỈ TIÊU CHO CÁC ĐƠN VỊ",
    help="Mỗi đơn vị một cột, đầu cột là mã đơn vị; ghi kế hoạch giao cho đơn vị đó.",
    signature=("code", "plan", "total"),
    columns=(
        Column("code", "Mã", Kind.CODE, also_called=("Mã chỉ tiêu",), width=8),
        Column("indicator", "Chỉ tiêu", also_called=("Tên chỉ tiêu",), width=40),
        Column("measure", "ĐVT", also_called=("Đơn vị tính",), width=10),
        Column("plan", "Kế hoạch", Kind.NUMBER, also_called=("KH",), width=12, computed=True),
        Column("total", "Cộng", Kind.NUMBER, also_called=("Tổng cộng",), width=12, computed=True),
        Column("difference", "Chênh lệch", Kind.NUMBER, width=12, computed=True),
    ),
)
# The unit columns of ASSIGNMENT stand between these two.
ASSIGNMENT_UNITS_AFTER = "plan"

_NUMBERING = Column("number", "STT", Kind.COUNT, width=5)
_CODE = Column("code", "Mã", Kind.CODE, width=8)
_UNIT = Column("unit_name", "Đơn vị", width=26)
_INDICATOR = Column("indicator", "Chỉ tiêu", width=38)
_MEASURE = Column("measure", "ĐVT", width=10)
_PLAN = Column("plan", "Kế hoạch", Kind.NUMBER, width=12)
_ACTUAL = Column("actual", "Thực hiện", Kind.NUMBER, width=12)
_COMPLETION = Column("completion", "Tỷ lệ", Kind.SHARE, width=10)
_RATING = Column("rating", "Đánh giá", width=14)
_NOTE = Column("note", "Ghi chú", width=30)
_FILE = Column("file", "Tệp", width=28)
_SHEET = Column("sheet", "Trang", width=14)
_CELL = Column("cell", "Ô", width=9)

TOTALS = Sheet(
    name="totals",
    title="Tổng hợp",
    heading="TỔNG HỢP KẾT QUẢ THỰC HIỆN CHỈ TIÊU",
    signature=("number", "code", "indicator", "actual", "reported"),
    output=True,
    columns=(
        _NUMBERING,
        _CODE,
        _INDICATOR,
        _MEASURE,
        Column("last_year", "Năm trước", Kind.NUMBER, width=12),
        _PLAN,
        _ACTUAL,
        _COMPLETION,
        Column("growth", "So năm trước", Kind.SHARE, width=10),
        _RATING,
        Column("reported", "Báo cáo", width=11),
        Column("unmet", "Chưa đạt", width=30),
        _NOTE,
    ),
)

UNMET = Sheet(
    name="unmet",
    title="Chưa đạt",
    heading="CHỈ TIÊU CHƯA ĐẠT, CHẬM TIẾN ĐỘ",
    signature=("number", "unit_name", "code", "gap"),
    output=True,
    columns=(
        _NUMBERING,
        _UNIT,
        _CODE,
        _INDICATOR,
        _MEASURE,
        _PLAN,
        _ACTUAL,
        Column("gap", "Còn thiếu", Kind.NUMBER, width=12),
        _COMPLETION,
        _RATING,
    ),
)

# One more column for every indicator code.
BY_UNIT = Sheet(
    name="by_unit",
    title="Theo đơn vị",
    heading="TỶ LỆ HOÀN THÀNH CHỈ TIÊU CỦA TỪNG ĐƠN VỊ",
    signature=("number", "code", "unit_name", "met_count"),
    output=True,
    columns=(
        _NUMBERING,
        Column("code", "Mã", Kind.CODE, width=10),
        _UNIT,
        Column("met_count", "Số đạt", Kind.COUNT, width=7),
        Column("unmet_count", "Số chưa đạt", Kind.COUNT, width=8),
    ),
)

# Only where several years are consolidated as one.
BY_YEAR = Sheet(
    name="by_year",
    title="Theo năm",
    heading="KẾT QUẢ TỪNG NĂM",
    signature=("code", "year", "plan", "actual"),
    output=True,
    columns=(
        *(_CODE, _INDICATOR, _MEASURE, Column("year", "Năm số liệu", Kind.CODE, width=9)),
        *(_PLAN, _ACTUAL, _COMPLETION, _RATING, Column("reported", "Báo cáo", width=11)),
    ),
)

SUBMISSIONS = Sheet(
    name="submissions",
    title="Tình hình nộp",
    heading="TÌNH HÌNH NỘP BÁO CÁO",
    signature=("number", "code", "unit_name", "status"),
    output=True,
    columns=(
        _NUMBERING,
        Column("code", "Mã", Kind.CODE, width=12),
        Column("unit_name", "Đơn vị", width=34),
        Column("status", "Trạng thái", width=13),
        Column("file", "Tệp", width=36),
        Column("prepared_on", "Ngày lập", Kind.DATE, width=12),
        Column("error_count", "Số lỗi", Kind.COUNT, width=9),
        Column("warning_count", "Số cảnh báo", Kind.COUNT, width=11),
    ),
)

# Added to Tình hình nộp where received files are filed by period.
YEAR_COLUMNS = (
    Column("submitted", "Kỳ đã nộp", Kind.CODE, width=10, help="Số kỳ đã nộp/số kỳ phải nộp."),
    Column("on_time", "Đúng hạn", Kind.CODE, width=10, help="Số kỳ đúng hạn/số kỳ đã nộp."),
)

ISSUES = Sheet(
    name="issues",
    title="Lỗi số liệu",
    heading="LỖI VÀ CẢNH BÁO VỀ SỐ LIỆU",
    signature=("severity", "message", "remedy"),
    output=True,
    columns=(
        Column("severity", "Mức", width=11),
        Column("unit_name", "Đơn vị", width=20),
        Column("file", "Tệp", width=22),
        _SHEET,
        _CELL,
        Column("message", "Nội dung", width=48),
        Column("remedy", "Cách sửa", width=42),
        Column("issue_code", "Mã lỗi", width=9),
    ),
)

SOURCES = Sheet(
    name="sources",
    title="Nguồn số liệu",
    heading="NGUỒN CỦA TỪNG SỐ TỔNG HỢP",
    signature=("code", "unit_name", "value", "sha256"),
    output=True,
    columns=(
        _CODE,
        _UNIT,
        Column("period", "Kỳ", width=9),
        Column("value", "Giá trị", Kind.NUMBER, width=14),
        _FILE,
        _SHEET,
        Column("cell", "Ô", width=10),
        Column("sha256", "SHA-256", width=20),
    ),
)

REGISTERS = load_registers()
REGISTER_OF = {register.name: register for register in REGISTERS}
# The sheet of the summary on which every register has its blocks.
TRACKING_TITLE, TRACKING_HEADING = "Sổ theo dõi", "SỐ LIỆU TỪ CÁC SỔ THEO DÕI"

INPUT_SHEETS = (UNITS, TARGETS, ASSIGNMENT, *(register.sheet for register in REGISTERS))
CHARTS_TITLE = "Biểu đồ"
OUTPUT_SHEETS = (TOTALS, UNMET, BY_UNIT, BY_YEAR, SUBMISSIONS, ISSUES, SOURCES)
SHEETS = INPUT_SHEETS + OUTPUT_SHEETS
