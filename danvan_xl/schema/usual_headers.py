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


def month_headers(month: int) -> tuple[str, ...]:
    """How else people call the column of a month's own figures."""
    numbers = dict.fromkeys((str(month), f"{month:02d}"))
    ways = (
        *("Tháng {}", "T{}", "T.{}", "Th{}", "Th.{}", "Thực hiện T{}", "Thực hiện tháng {}"),
        *("Kết quả T{}", "Kết quả tháng {}", "TH T{}", "TH tháng {}", "Số tháng {}"),
    )
    return tuple(way.format(number) for way in ways for number in numbers)
