"""What three columns may say: Chiều, Cộng kỳ, Tổng hợp; and how a plan may be meant."""

from enum import StrEnum


class Direction(StrEnum):
    """Chiều: whether more or less of an indicator is better."""

    MORE = "Tăng"
    LESS = "Giảm"
    EQUAL = "Bằng"


class MonthRule(StrEnum):
    """Cộng kỳ: how the months of a year combine into the cumulative figure."""

    SUM = "Cộng"
    LAST = "Cuối kỳ"
    LARGEST = "Lớn nhất"
    MEAN = "Bình quân"


class UnitRule(StrEnum):
    """Tổng hợp: how units combine into the total of the level above."""

    SUM = "Cộng"
    RATIO = "Tỷ số"
    MEAN = "Bình quân"
    LARGEST = "Lớn nhất"
    SMALLEST = "Nhỏ nhất"
    COUNT_MET = "Đếm đạt"
    NONE = "Không"


class PlanKind(StrEnum):
    """How a plan is meant; the mark is printed before its number."""

    PLAIN = ""
    ABOVE = ">"  # "trên 95": the number itself does not reach it
    BELOW = "<"  # "dưới 5": the number itself does not keep it
    UNKNOWN = "?"  # something is written that says no one number


STRICT = (PlanKind.ABOVE, PlanKind.BELOW)
