"""What else officers write over the columns of sheet Chỉ tiêu."""

INDICATOR_HEADERS = (
    *("Tên chỉ tiêu", "Nội dung chỉ tiêu", "Chỉ tiêu chủ yếu", "Các chỉ tiêu"),
    "Các chỉ tiêu chủ yếu",
)
PLAN_HEADERS = (
    *("KH", "Kế hoạch năm", "Kế hoạch giao", "KH giao", "KH năm", "Kế hoạch được giao"),
    *("Chỉ tiêu giao", "Chỉ tiêu kế hoạch", "Kế hoạch cả năm"),
)
LAST_YEAR_HEADERS = (
    *("Thực hiện năm trước", "TH năm trước", "Kết quả năm trước", "KQ năm trước"),
    "Kết quả thực hiện năm trước",
)
CAUSE_HEADERS = (
    *("Nguyên nhân chưa đạt", "Nguyên nhân chậm", "Nguyên nhân không đạt", "Lý do"),
    *("Lý do chưa đạt", "Nguyên nhân, hạn chế", "Khó khăn, vướng mắc", "Nguyên nhân chủ yếu"),
    *("Lý do không đạt", "Tồn tại, nguyên nhân", "Nguyên nhân chưa đạt, chậm tiến độ"),
)
SOLUTION_HEADERS = (
    *("Giải pháp khắc phục", "Biện pháp", "Biện pháp khắc phục", "Giải pháp thực hiện"),
    *("Hướng khắc phục", "Giải pháp, thời hạn", "Phương hướng khắc phục", "Giải pháp chủ yếu"),
)
_MONTH_WORDS = (
    *("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một"),
    "mười hai",
)
_MONTH_NAMES_TOO = {1: ("giêng",), 4: ("bốn",), 7: ("bẩy",), 12: ("chạp",)}
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_QUARTERS = {3: ("quý I", "quý 1", "Q1", "QI", "quý một")}


def phased_headers(month: int) -> tuple[str, ...]:
    """How else people call the plan for the first months of the year, up to a month.

    What stands under "6 tháng cuối năm", or without a word for plan, is no such thing.
    """
    numbers = dict.fromkeys((str(month), f"{month:02d}"))
    spans = [
        form.format(number)
        for number in numbers
        for form in ("{} tháng", "{} tháng đầu năm", "{}T", "{} th", "{}TH")
    ]
    if month > 3:  # "quý III" alone is that quarter's own
        spans += ["hết quý II"] if month == 6 else ["hết quý III"]
        spans += ["hết quý 2"] if month == 6 else ["hết quý 3"]
    spans += [f"đến hết tháng {month}", f"đến tháng {month}", *_QUARTERS.get(month, ())]
    words = ("KH", "Kế hoạch", "KH giao", "Kế hoạch giao")
    return tuple(f"{word} {span}" for word in words for span in spans)


def month_headers(month: int) -> tuple[str, ...]:
    """How else people call the column of a month's own figures."""
    numbers = dict.fromkeys((str(month), f"{month:02d}"))
    ways = (
        *("Tháng {}", "T{}", "T.{}", "Th{}", "Th.{}", "Thực hiện T{}", "Thực hiện tháng {}"),
        *("Kết quả T{}", "Kết quả tháng {}", "TH T{}", "TH tháng {}", "Số tháng {}"),
        *("KQ T{}", "KQ tháng {}", "Thg {}", "Thg. {}", "Tháng thứ {}", "Trong tháng {}"),
        *("Số liệu T{}", "Số liệu tháng {}", "Phát sinh tháng {}", "Phát sinh trong tháng {}"),
    )
    words = (_MONTH_WORDS[month - 1], _NUMERALS[month - 1], *_MONTH_NAMES_TOO.get(month, ()))
    return (
        *(way.format(number) for way in ways for number in numbers),
        *(f"Tháng {word}" for word in words),
    )
