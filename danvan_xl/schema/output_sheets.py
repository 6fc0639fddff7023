"""Every sheet the program writes into the summary, declared once, in the order of its tabs.

To add one, declare it here and name the function that makes it in report/compose.py.
"""

from dataclasses import dataclass

from danvan_xl.schema.columns import Column, Kind, Sheet


@dataclass(frozen=True, slots=True, eq=False)
class OutputSheet(Sheet):
    """A sheet written by the program alone; one that is no table has no columns.

    `has_codes` says that one more column for each indicator follows, headed by its code.
    `is_signed` puts who signs below, `is_upright` prints on A4 standing. `is_live` sheets are also
    written into an open workbook.
    """

    has_codes: bool = False
    is_signed: bool = True
    is_upright: bool = False
    is_live: bool = True


_NUMBERING = Column("number", "STT", Kind.COUNT, width=5)
_CODE = Column("code", "Mã", Kind.CODE, width=8)
_UNIT = Column("unit_name", "Đơn vị", width=26)
_INDICATOR = Column("indicator", "Chỉ tiêu", width=38)
_CAUSE = Column("cause", "Nguyên nhân", width=28)
_SOLUTION = Column("solution", "Giải pháp", width=28)
_MEASURE = Column("measure", "ĐVT", width=10)
_PLAN = Column("plan", "Kế hoạch", Kind.NUMBER, width=12)
_ACTUAL = Column("actual", "Thực hiện", Kind.NUMBER, width=12)
_COMPLETION = Column("completion", "Tỷ lệ", Kind.SHARE, width=10)
_RATING = Column("rating", "Đánh giá", width=14)
_NOTE = Column("note", "Ghi chú", width=30)
_FILE = Column("file", "Tệp", width=28)
_SHEET = Column("sheet", "Trang", width=14)
_CELL = Column("cell", "Ô", width=9)

TOTALS = OutputSheet(
    name="totals",
    title="Tổng hợp",
    heading="TỔNG HỢP KẾT QUẢ THỰC HIỆN CHỈ TIÊU",
    signature=("number", "code", "indicator", "actual", "reported"),
    columns=(
        _NUMBERING,
        _CODE,
        _INDICATOR,
        _MEASURE,
        Column("last_year", "Năm trước", Kind.NUMBER, width=12),
        Column("same_period", "Cùng kỳ", Kind.NUMBER, width=12, optional=True),
        _PLAN,
        _ACTUAL,
        _COMPLETION,
        Column("growth", "So năm trước", Kind.SHARE, width=11),
        Column("period_growth", "So cùng kỳ", Kind.SHARE, width=11, optional=True),
        _RATING,
        Column("forecast", "Dự kiến năm", Kind.NUMBER, width=12, optional=True),
        Column("reported", "Báo cáo", width=11),
        Column("unmet", "Chưa đạt", width=30),
        _NOTE,
    ),
)

UNMET = OutputSheet(
    name="unmet",
    title="Chưa đạt",
    heading="CHỈ TIÊU CHƯA ĐẠT, CHẬM TIẾN ĐỘ, CÓ NGUY CƠ VƯỢT",
    signature=("number", "unit_name", "code", "gap"),
    columns=(
        _NUMBERING,
        _UNIT,
        _CODE,
        _INDICATOR,
        _MEASURE,
        _PLAN,
        Column("due", "Phải đạt đến kỳ", Kind.NUMBER, width=12),
        _ACTUAL,
        Column("gap", "Còn thiếu", Kind.NUMBER, width=12),
        _COMPLETION,
        _RATING,
        _CAUSE,
        _SOLUTION,
    ),
)

BY_UNIT = OutputSheet(
    name="by_unit",
    title="Theo đơn vị",
    heading="TỶ LỆ HOÀN THÀNH CHỈ TIÊU CỦA TỪNG ĐƠN VỊ",
    signature=("number", "code", "unit_name", "met_count"),
    has_codes=True,
    columns=(
        _NUMBERING,
        Column("code", "Mã", Kind.CODE, width=10),
        _UNIT,
        Column("met_count", "Số đạt", Kind.COUNT, width=7),
        Column("missed_count", "Số chưa đạt", Kind.COUNT, width=8),
        Column("behind_count", "Số chậm tiến độ", Kind.COUNT, width=8),
        Column("at_risk_count", "Số có nguy cơ vượt", Kind.COUNT, width=8),
    ),
)

# Only where several years are consolidated as one.
BY_YEAR = OutputSheet(
    name="by_year",
    title="Theo năm",
    heading="KẾT QUẢ TỪNG NĂM",
    signature=("code", "year", "plan", "actual"),
    columns=(
        *(_CODE, _INDICATOR, _MEASURE, Column("year", "Năm số liệu", Kind.CODE, width=9)),
        *(_PLAN, _ACTUAL, _COMPLETION, _RATING, Column("reported", "Báo cáo", width=11)),
    ),
)

SUBMISSIONS = OutputSheet(
    name="submissions",
    title="Tình hình nộp",
    heading="TÌNH HÌNH NỘP BÁO CÁO",
    signature=("number", "code", "unit_name", "status"),
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

ISSUES = OutputSheet(
    name="issues",
    title="Lỗi số liệu",
    heading="LỖI VÀ CẢNH BÁO VỀ SỐ LIỆU",
    signature=("severity", "message", "remedy"),
    is_signed=False,
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

SOURCES = OutputSheet(
    name="sources",
    title="Nguồn số liệu",
    heading="NGUỒN CỦA TỪNG SỐ TỔNG HỢP",
    signature=("code", "unit_name", "value", "sha256"),
    is_signed=False,
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

# Every register has its blocks there.
TRACKING = OutputSheet(
    name="tracking",
    title="Sổ theo dõi",
    heading="SỐ LIỆU TỪ CÁC SỔ THEO DÕI",
    signature=(),
    columns=(),
)

CHARTS = OutputSheet(
    name="charts",
    title="Biểu đồ",
    heading="BIỂU ĐỒ KẾT QUẢ THỰC HIỆN",
    signature=(),
    columns=(),
    is_signed=False,
    is_upright=True,
    is_live=False,  # charts of a changing table would be made anew every time
)

OUTPUT_SHEETS = (
    TOTALS,
    UNMET,
    BY_UNIT,
    BY_YEAR,
    SUBMISSIONS,
    ISSUES,
    SOURCES,
    TRACKING,
    CHARTS,
)
OUTPUT_TABLES = tuple(sheet for sheet in OUTPUT_SHEETS if sheet.columns)
