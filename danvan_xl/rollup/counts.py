"""Đếm đạt: a total that is a number of units, whatever the units' own figures are measured in."""

from decimal import Decimal

from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import Direction, UnitRule
from danvan_xl.vietnamese.text import match_key

UNITS = "đơn vị"
_UNIT_WORDS = frozenset(
    map(
        match_key,
        (
            UNITS,
            "thôn",
            "bản",
            "làng",
            "ấp",
            "buôn",
            "xóm",
            "tổ dân phố",
            "TDP",
            "khu phố",
            "khu dân cư",
            "thôn, tổ dân phố",
            "tổ",
            "xã",
            "phường",
            "xã, phường",
            "đặc khu",
            "thị trấn",
            "huyện",
            "tỉnh",
            "cơ sở",
            "chi bộ",
            "chi hội",
            "đoàn thể",
        ),
    )
)


def counts_units(definition: Indicator) -> bool:
    """Whether the total of an indicator is a number of units."""
    return definition.unit_rule is UnitRule.COUNT_MET


def is_unit_word(measure: str) -> bool:
    """Whether a measure counts units: thôn, xã, đơn vị and so on."""
    return match_key(measure) in _UNIT_WORDS


def line_direction(definition: Indicator, *, is_count: bool = True) -> Direction:
    """Which way a total is better: of units that reach their plan more are, whatever Chiều says.

    `is_count` tells that the total is such a count: a figure the unit states itself need not be.
    """
    return Direction.MORE if is_count and counts_units(definition) else definition.direction


def is_count_of_units(
    plan: Decimal, measure: str, units: int, each_plan: Decimal | None = None
) -> bool:
    """Whether a superior's plan of a row that counts units says how many are to reach theirs.

    It does where the row's ĐVT are units; else where it is whole, not more than there are units,
    and not the plan that each of them has in another measure.
    """
    if is_unit_word(measure):
        return True
    return plan == plan.to_integral_value() and 0 <= plan <= units and plan != each_plan
