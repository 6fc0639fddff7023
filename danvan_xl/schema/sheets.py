"""Every form people fill in, declared once: template, reader, checks and writers follow from here.

To add a column or a sheet, add it here; what the program writes of it is in output_sheets. The
words are those of docs/thuat-ngu.md.
"""

from danvan_xl.schema.columns import WORK_FIELDS, Column, Kind, Sheet
from danvan_xl.schema.options import Direction, MonthRule, UnitRule
from danvan_xl.schema.output_sheets import OUTPUT_TABLES
from danvan_xl.schema.registers import load_registers
from danvan_xl.schema.usual_headers import (
    CAUSE_HEADERS,
    INDICATOR_HEADERS,
    LAST_YEAR_HEADERS,
    PLAN_HEADERS,
    SOLUTION_HEADERS,
    month_headers,
    phased_headers,
)
from danvan_xl.vietnamese.periods import YEAR_END

TEMPLATE_VERSION = "1.2"
MARKER_SHEET = "_danvan"
# There, the words above the codes that the office above has given.
GIVEN_HEADING = "Đã giao"
# And the row (1-based) that tells which unit it gave the workbook out to: code, name, year.
ISSUED_ROW = 5
ISSUED_LABEL = "Giao cho"
# And above the codes of all that was given once, with the names under which it was.
ISSUED_HEADINGS = ("Mã đã giao", "Tên đã giao")

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
# The months by which the three phased plans of a year are due.
PHASED_NAMES = {"plan_q1": 3, "plan_6m": 6, "plan_9m": 9}
# The columns that say a plan, in words or as a number.
PLAN_NAMES = ("plan", *PHASED_NAMES)
_PHASED_HELP = "Chỉ ghi khi kế hoạch có phân kỳ: số phải đạt, tính từ đầu năm đến {}."

TARGETS = Sheet(
    name="targets",
    title="Chỉ tiêu",
    heading="KẾ HOẠCH VÀ KẾT QUẢ THỰC HIỆN CHỈ TIÊU",
    help="Mỗi dòng một chỉ tiêu; ghi số của từng tháng vào T1 đến T12.",
    signature=("indicator",),
    one_of=MONTH_NAMES,
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
            "bình quân theo <mã>: gõ tay, gộp các đơn vị theo trọng số là chỉ tiêu kia. "
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
        Column(
            "plan",
            "Kế hoạch",
            Kind.NUMBER,
            also_called=PLAN_HEADERS,
            width=10.5,
            help="Kế hoạch cả năm. Có phân kỳ thì ghi thêm ở ba cột KH quý I, KH 6 tháng, KH 9 "
            "tháng đang ẩn bên phải: chọn hai cột Kế hoạch và T1, bấm chuột phải, chọn Bỏ ẩn "
            "(Unhide).",
        ),
        *(
            Column(
                name,
                header,
                Kind.NUMBER,
                also_called=phased_headers(month),
                width=8.5,
                help=_PHASED_HELP.format(f"hết tháng {month}"),
                optional=True,
                goes_up=True,
            )
            for (name, month), header in zip(
                PHASED_NAMES.items(), ("KH quý I", "KH 6 tháng", "KH 9 tháng"), strict=True
            )
        ),
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
        Column(
            "cause",
            "Nguyên nhân",
            also_called=CAUSE_HEADERS,
            width=17,
            help="Vì sao chưa đạt, chậm tiến độ. Gửi lên cấp trên.",
            goes_up=True,
        ),
        Column(
            "solution",
            "Giải pháp",
            also_called=SOLUTION_HEADERS,
            width=17,
            help="Sẽ làm gì, xong khi nào. Gửi lên cấp trên.",
            goes_up=True,
        ),
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
        Column(
            "total",
            "Cộng",
            Kind.NUMBER,
            also_called=("Tổng cộng", "Tổng", "Tổng số", "Cộng chung", "Tổng giao"),
            width=12,
            computed=True,
        ),
        Column("difference", "Chênh lệch", Kind.NUMBER, width=12, computed=True),
    ),
)
# The unit columns of ASSIGNMENT stand between these two.
ASSIGNMENT_UNITS_AFTER = "plan"

REGISTERS = load_registers()
REGISTER_OF = {register.name: register for register in REGISTERS}

INPUT_SHEETS = (UNITS, TARGETS, ASSIGNMENT, *(register.sheet for register in REGISTERS))
SHEETS = INPUT_SHEETS + OUTPUT_TABLES
