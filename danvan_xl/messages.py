"""The catalogue of everything the program may say about a workbook: severity, message, remedy.

`label` is what the officer sees in column "Mã lỗi". Placeholders in braces are filled by the
check. docs/huong-dan.md lists every code; a test keeps the two together.
"""

from enum import Enum, StrEnum


class Severity(StrEnum):
    """Mức: an error may make totals wrong, a warning should be looked at, a note is for the record."""

    ERROR = "Lỗi"
    WARNING = "Cảnh báo"
    NOTE = "Ghi nhận"


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Code(Enum):
    """One kind of finding: label, severity, message, remedy."""

    # Tệp
    FILE_UNREADABLE = (
        "TEP01",
        _E,
        "Không đọc được tệp: {reason}.",
        "Mở tệp bằng Excel, lưu lại dạng .xlsx rồi gửi lại.",
    )
    FILE_ENCRYPTED = (
        "TEP02",
        _E,
        "Tệp đặt mật khẩu nên không đọc được.",
        "Mở tệp, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ sổ), lưu rồi gửi lại.",
    )
    FILE_OPEN = (
        "TEP03",
        _W,
        "Sổ '{value}' đang mở trong Excel; số liệu lấy từ bản lưu gần nhất.",
        "Lưu và đóng sổ, rồi tổng hợp lại.",
    )
    FILE_SKIPPED = (
        "TEP04",
        _N,
        "Không phải sổ Excel nên không đọc.",
        "Nếu tệp này có số liệu, chuyển sang .xlsx rồi gửi lại.",
    )
    FILE_WITHOUT_TARGETS = (
        "TEP05",
        _E,
        "Không tìm thấy bảng chỉ tiêu (hàng tiêu đề phải có cột 'Chỉ tiêu' và cột 'T1').",
        "Chép số liệu vào mẫu do cấp trên gửi rồi gửi lại.",
    )
    FILE_IS_SUMMARY = (
        "TEP06",
        _N,
        "Đây là tệp kết quả tổng hợp, không phải sổ số liệu; không tính.",
        "Để tệp kết quả ở thư mục khác.",
    )
    FILE_IS_OWN = (
        "TEP07",
        _N,
        "Đây là sổ của chính đơn vị tổng hợp; không tính hai lần.",
        "Không cần làm gì.",
    )
    # Đơn vị và kỳ
    UNIT_MISSING = (
        "DV01",
        _E,
        "Chưa ghi Mã đơn vị nên không biết số liệu của ai; không tính.",
        "Ghi Mã đơn vị ở trang Thông tin (hoặc cạnh chữ 'Mã đơn vị:' đầu trang).",
    )
    UNIT_UNKNOWN = (
        "DV02",
        _E,
        "Mã đơn vị '{value}' không có trong trang Đơn vị; số liệu không được tính.{hint}",
        "Sửa lại mã, hoặc thêm đơn vị này vào trang Đơn vị.",
    )
    UNIT_BY_NAME = (
        "DV03",
        _W,
        "Mã đơn vị '{value}' không có trong trang Đơn vị; nhận ra theo tên là '{name}' ({code}).",
        "Sửa Mã đơn vị thành {code}.",
    )
    UNIT_SUPERSEDED = (
        "DV04",
        _W,
        "'{name}' có nhiều bản số liệu; bản này không tính vì đã có bản mới hơn: {used}.",
        "Nếu bản này mới đúng, sửa Ngày lập cho mới hơn hoặc bỏ bản kia.",
    )
    UNIT_CHOSEN = (
        "DV05",
        _N,
        "'{name}' có {count} bản số liệu; bản này được tính (ngày lập {date}).",
        "Kiểm tra xem có đúng bản cuối cùng không.",
    )
    UNIT_REPEATED = (
        "DV06",
        _E,
        "Mã '{value}' đã có ở dòng {first}; dòng này không tính.",
        "Mỗi đơn vị một mã; sửa mã hoặc xóa dòng thừa.",
    )
    UNIT_NOT_EXPECTED = (
        "DV07",
        _W,
        "'{name}' không còn (hoặc chưa) hoạt động trong kỳ này; số liệu không được tính.",
        "Kiểm tra Từ ngày, Đến ngày của đơn vị ở trang Đơn vị.",
    )
    YEAR_WRONG = (
        "DV08",
        _E,
        "Sổ của năm {value}, đang tổng hợp năm {expected}; số liệu không được tính.",
        "Gửi sổ của năm {expected}, hoặc sửa ô Năm nếu ghi nhầm.",
    )
    YEAR_MISSING = (
        "DV09",
        _W,
        "Chưa ghi Năm (hoặc ghi không phải là năm) ở trang Thông tin.",
        "Ghi năm kế hoạch, ví dụ 2026.",
    )
    PERIOD_MISSING = (
        "DV10",
        _W,
        "Chưa ghi Kỳ báo cáo; tính đến {used}, tháng cuối cùng có số liệu.",
        "Chọn Kỳ báo cáo ở trang Thông tin.",
    )
    PERIOD_UNREADABLE = (
        "DV11",
        _W,
        "Kỳ báo cáo '{value}' không rõ; tính đến {used}.",
        "Chọn lại trong danh sách: Tháng 1 … Tháng 12, Quý I … Quý IV, 6 tháng, 9 tháng, Năm.",
    )
    PERIOD_DIFFERS = (
        "DV12",
        _W,
        "Sổ báo cáo kỳ '{value}', đang tổng hợp kỳ '{expected}'.",
        "Kiểm tra xem đơn vị đã cập nhật số liệu đến kỳ này chưa.",
    )
    DATE_UNREADABLE = (
        "DV13",
        _W,
        "'{value}' ở mục {field} không phải là ngày; coi như chưa ghi.",
        "Ghi dạng ngày/tháng/năm, ví dụ 05/07/2026.",
    )
    INFO_CHOICE_UNKNOWN = (
        "DV14",
        _W,
        "'{value}' ở mục {field} không có trong danh sách.",
        "Chọn một trong: {choices}.",
    )
    # Trang và cột
    SHEET_REPEATED = (
        "TR01",
        _E,
        "Trang này cũng là bảng chỉ tiêu của '{name}' như trang '{used}'; không tính.",
        "Nếu là số của đơn vị cấp dưới, ghi mã đơn vị đó cạnh chữ 'Mã đơn vị:' đầu trang.",
    )
    COLUMN_MISSING = (
        "TR02",
        _W,
        "Bảng không có cột '{value}'.",
        "Thêm cột '{value}' vào hàng tiêu đề như trong mẫu.",
    )
    COLUMN_REPEATED = (
        "TR03",
        _E,
        "Có hai cột '{value}'; chỉ đọc cột đứng trước.",
        "Đổi tên hoặc xóa cột thừa.",
    )
    # Dòng chỉ tiêu
    CODE_MISSING = (
        "CT01",
        _E,
        "Dòng '{value}' có số nhưng không có mã chỉ tiêu; không tính.",
        "Ghi mã chỉ tiêu ở cột Mã.",
    )
    CODE_REPEATED = (
        "CT02",
        _E,
        "Mã '{value}' đã có ở dòng {first}; dòng này không tính.",
        "Mỗi chỉ tiêu một mã; sửa mã hoặc gộp hai dòng.",
    )
    CODE_UNKNOWN = (
        "CT03",
        _E,
        "Mã chỉ tiêu '{value}' không có trong sổ của đơn vị tổng hợp; không tính.{hint}",
        "Sửa lại mã theo mẫu cấp trên, hoặc đề nghị cấp trên thêm chỉ tiêu này.",
    )
    CODE_BY_NAME = (
        "CT04",
        _W,
        "Dòng '{value}' không có mã; nhận ra theo tên là chỉ tiêu {code}.",
        "Ghi {code} vào cột Mã.",
    )
    MEASURE_INCOMPATIBLE = (
        "CT05",
        _E,
        "ĐVT '{value}' khác ĐVT '{expected}' của đơn vị tổng hợp; số liệu không được tính.",
        "Đổi số liệu về '{expected}' và sửa ĐVT.",
    )
    MEASURE_DIFFERS = (
        "CT06",
        _W,
        "ĐVT '{value}' khác ĐVT '{expected}' của đơn vị tổng hợp; vẫn cộng.",
        "Kiểm tra và dùng thống nhất một ĐVT.",
    )
    CHOICE_UNKNOWN = (
        "CT07",
        _W,
        "'{value}' không có trong danh sách của cột {field}; hiểu là '{used}'.",
        "Chọn một trong: {choices}.",
    )
    DEFINITION_DIFFERS = (
        "CT08",
        _W,
        "Cột {field} ghi '{value}', đơn vị tổng hợp quy định '{expected}'; tính theo '{expected}'.",
        "Sửa lại cho giống mẫu cấp trên.",
    )
    ROW_IGNORED = (
        "CT09",
        _N,
        "Dòng này có số nhưng không phải dòng chỉ tiêu ('{value}'); không tính.",
        "Nếu là số liệu, ghi mã chỉ tiêu ở cột Mã.",
    )
    SOURCE_UNREADABLE = (
        "CT10",
        _E,
        "Không hiểu '{value}' ở cột Nguồn: {reason}. Dùng số gõ trong các ô tháng.",
        "Để trống (gõ tay), hoặc ghi: tỷ số <mã>/<mã>.",
    )
    RATIO_WITHOUT_PARTS = (
        "CT11",
        _E,
        "Cột Tổng hợp ghi 'Tỷ số' nhưng cột Nguồn không có tử số và mẫu số; không gộp được.",
        "Ghi ở cột Nguồn: tỷ số <mã tử số>/<mã mẫu số>.",
    )
    WORK_FIELD_MISSING = (
        "CT12",
        _W,
        "Chỉ tiêu chưa xếp vào lĩnh vực nào; in ở cuối bảng.",
        "Chọn lĩnh vực ở cột Lĩnh vực.",
    )
    # Số liệu
    NUMBER_UNREADABLE = (
        "SO01",
        _E,
        "'{value}' không phải là số; coi như chưa báo cáo.",
        "Nhập số theo dạng 1.234,5; không có thì ghi KPS, không áp dụng thì ghi KAD.",
    )
    NUMBER_AS_TEXT = (
        "SO02",
        _N,
        "Số ghi dưới dạng chữ, đọc là: {read}.",
        "Gõ lại thành số để các công thức trong sổ tính đúng.",
    )
    NUMBER_DOUBTFUL = (
        "SO03",
        _W,
        "'{value}' có thể hiểu hai cách; đọc là {read}.",
        "Gõ lại: dấu chấm ngăn hàng nghìn, dấu phẩy ngăn phần thập phân.",
    )
    NUMBER_ESTIMATED = (
        "SO04",
        _N,
        "'{value}' là số ước; tính là {read} và đánh dấu ước.",
        "Thay bằng số chính xác khi có.",
    )
    NUMBER_IS_DATE = (
        "SO05",
        _E,
        "Ô chứa ngày {value}, không phải số (có thể Excel tự đổi 1/2 thành ngày).",
        "Định dạng ô là Số rồi gõ lại.",
    )
    NUMBER_IS_ERROR = (
        "SO06",
        _E,
        "Công thức trong ô báo lỗi {value}; coi như chưa báo cáo.",
        "Sửa công thức hoặc gõ số trực tiếp.",
    )
    NEGATIVE = (
        "SO07",
        _E,
        "Số âm ({value}) ở chỉ tiêu tính bằng '{measure}'.",
        "Kiểm tra lại; số đếm không thể âm.",
    )
    SHARE_OVER_100 = (
        "SO08",
        _E,
        "Tỷ lệ {value}% lớn hơn 100%.",
        "Kiểm tra lại số và đơn vị tính.",
    )
    SHARE_TOO_SMALL = (
        "SO09",
        _W,
        "Ghi {value} ở dòng tính bằng %, kế hoạch là {plan}%; có phải định ghi {guess}%?",
        "Nếu đúng là {guess}%, gõ {guess}; nếu thật là {value}%, để nguyên.",
    )
    MONTH_AFTER_PERIOD = (
        "SO10",
        _W,
        "Có số của {month}, sau kỳ báo cáo {period}; chưa tính.",
        "Kiểm tra Kỳ báo cáo, hoặc số ghi nhầm tháng.",
    )
    MONTH_BLANK = (
        "SO11",
        _N,
        "Tháng để trống (số chỉ tiêu chưa báo cáo trong ngoặc): {months}.",
        "Không phát sinh thì ghi KPS; có thì ghi số.",
    )
    PERCENT_NOT_FIGURE = (
        "SO12",
        _E,
        "Ô ghi tỷ lệ '{value}', cần số thực hiện tính bằng '{measure}'; coi như chưa báo cáo.",
        "Ghi số thực hiện; tỷ lệ do sổ tự tính.",
    )
    MEASURE_IN_CELL = (
        "SO13",
        _E,
        "Ô ghi '{value}' nhưng dòng này tính bằng '{measure}'; coi như chưa báo cáo.",
        "Đổi ra '{measure}' và chỉ ghi số.",
    )
    PLAN_IN_CELL = (
        "SO14",
        _W,
        "Ô ghi '{value}' (thực hiện/kế hoạch) nhưng cột Kế hoạch ghi {plan}; kế hoạch tính theo cột.",
        "Sửa cột Kế hoạch nếu kế hoạch đúng là {read}.",
    )
    NONE_OCCURRED = (
        "SO15",
        _N,
        "Ghi không phát sinh ở {months}; tính là 0.",
        "Không cần làm gì.",
    )
    # Công thức
    FORMULA_OVERWRITTEN = (
        "CF01",
        _W,
        "Ô công thức của cột {field} đã bị ghi đè bằng giá trị; chương trình tự tính lại.",
        "Chép lại công thức từ dòng trên hoặc dưới.",
    )
    FORMULA_ALTERED = (
        "CF02",
        _W,
        "Cột {field} trong sổ hiện {value}, tính lại là {read}; dùng số tính lại.",
        "Nếu ô tháng ghi bằng chữ thì gõ lại thành số; nếu không, chép lại công thức từ dòng khác.",
    )
    FORMULA_WITHOUT_VALUE = (
        "CF03",
        _E,
        "Ô có công thức nhưng tệp không lưu giá trị; coi như chưa báo cáo.",
        "Mở sổ bằng Excel, bấm Lưu, rồi gửi lại.",
    )
    FORMULAS_NOT_CALCULATED = (
        "CF04",
        _N,
        "{count} ô công thức của mẫu chưa được tính (tệp do chương trình khác ghi); đã tự tính lại.",
        "Không cần làm gì; mở bằng Excel rồi lưu thì công thức hiện số.",
    )
    # Kế hoạch
    PLAN_MISSING = (
        "KH01",
        _W,
        "Chưa có kế hoạch.",
        "Ghi kế hoạch năm ở cột Kế hoạch, hoặc xóa dòng nếu không giao.",
    )
    ACTUAL_WITHOUT_PLAN = (
        "KH02",
        _W,
        "Có kết quả {value} nhưng chưa có kế hoạch nên không đánh giá được.",
        "Ghi kế hoạch năm ở cột Kế hoạch.",
    )
    PLAN_NOT_AS_ASSIGNED = (
        "KH03",
        _W,
        "Kế hoạch {value} khác kế hoạch được giao {expected}.",
        "Thống nhất lại với trang Giao chỉ tiêu của cấp trên.",
    )
    PLANS_DO_NOT_ADD = (
        "KH04",
        _W,
        "Chỉ tiêu {code}: kế hoạch {value}, các đơn vị cộng lại {total}; chênh {difference}.",
        "Xem lại kế hoạch giao cho từng đơn vị.",
    )
    ASSIGNMENT_DOES_NOT_ADD = (
        "KH05",
        _W,
        "Chỉ tiêu {code}: cột Cộng ghi {value}, các cột đơn vị cộng lại {total}.",
        "Sửa cột Cộng hoặc số giao cho đơn vị.",
    )
    # Tổng hợp
    OWN_DIFFERS = (
        "TH01",
        _W,
        "Chỉ tiêu {code}: đơn vị tự ghi {value}, các đơn vị cộng lại {total} ({reported} đơn vị).",
        "Kiểm tra xem số nào đúng; đang dùng số tự ghi {value}.",
    )
    PARTS_DIFFER = (
        "TH02",
        _W,
        "Chỉ tiêu {code}: tổng ghi {value}, các phần {parts} cộng lại {total}; chênh {difference}.",
        "Sửa tổng hoặc sửa các phần cho khớp.",
    )
    RATIO_UNDEFINED = (
        "TH03",
        _N,
        "Chỉ tiêu {code}: mẫu số bằng 0 nên không có tỷ số.",
        "Kiểm tra chỉ tiêu mẫu số {divisor}.",
    )

    def __init__(self, label: str, severity: Severity, text: str, remedy: str) -> None:
        self.label = label
        self.severity = severity
        self.text = text
        self.remedy = remedy
