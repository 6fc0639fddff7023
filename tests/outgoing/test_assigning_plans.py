"""What goes down of plans that are said in words, and to units that exist part of the year."""

from decimal import Decimal

import pytest

from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import PHASED_NAMES
from tests.outgoing.test_assigning import planned, rows, unit_list
from tests.sheets import found

OWN = """
    | Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Chiều | Cộng kỳ | Tổng hợp | Kế hoạch | T1 |
    | K  | Kinh tế  | Thu quỹ  | cái | {chiều} | {cộng kỳ} | Không | 100 | |
"""
GIVEN = """
    | Mã | Chỉ tiêu | ĐVT | Kế hoạch | A.1 | A.2 | Cộng |
    | K  | Thu quỹ  | cái | 100      | {given} | 40 | |
"""


def own(direction: str = "Tăng", rule: str = "Cộng") -> str:
    return OWN.replace("{chiều}", direction).replace("{cộng kỳ}", rule)


@pytest.mark.parametrize(
    ("given", "direction", "entry"),
    [
        ("60", "Tăng", 60),
        ("≥ 60", "Tăng", 60),
        ("từ 60 cái trở lên", "Tăng", 60),
        ("trên 60", "Tăng", "> 60"),
        ("dưới 60", "Giảm", "< 60"),
        ("50-60", "Tăng", 50),
        ("50-60", "Giảm", 60),
        ("giữ vững", "Tăng", "giữ vững"),
        ("dưới 60", "Tăng", "dưới 60"),
        ("KAD", "Tăng", "KAD"),
        ("-", "Tăng", "-"),
    ],
)
def test_a_plan_goes_down_as_it_is_meant(given, direction, entry):
    plans = planned(GIVEN.replace("{given}", given), own=own(direction))

    assert rows(plans)["K"].plan_entry == entry
    assert plans.units[0].target_count == (entry not in ("KAD", "-"))
    assert found(plans.issues, Code.PLAN_NOT_ASSIGNED) == []


@pytest.mark.parametrize(
    ("given", "direction", "code"),
    [
        ("giữ vững", "Tăng", Code.PLAN_WITHOUT_NUMBER),
        ("tăng 5", "Tăng", Code.PLAN_IS_CHANGE),
        ("dưới 60", "Tăng", Code.PLAN_AGAINST_DIRECTION),
        ("50-60", "Tăng", Code.PLAN_IS_RANGE),
    ],
)
def test_what_is_given_in_words_is_asked_about_at_its_cell(given, direction, code):
    plans = planned(GIVEN.replace("{given}", given), own=own(direction))

    assert found(plans.issues, code) == ["E2"]


@pytest.mark.parametrize(
    ("days", "phased"),
    [
        ("01/07/2026 |", ["0", "0", "30"]),
        ("15/05/2026 |", ["0", "15", "37.5"]),
        ("| 30/06/2026", ["30", "60", "60"]),
        ("01/03/2026 | 31/10/2026", ["7.5", "30", "52.5"]),
        ("01/07/2025 |", [None, None, None]),
        ("|", [None, None, None]),
    ],
)
def test_a_unit_that_exists_part_of_the_year_gets_phased_plans(days, phased):
    listed = unit_list(f"| A.1 | Thôn 1 | | {days} |", "| A.2 | Thôn 2 | | | |")
    plans = planned(GIVEN.replace("{given}", "60"), own=own(), listed=listed)

    given = [rows(plans)["K"].entry(name) for name in PHASED_NAMES]
    assert given == [value and Decimal(value) for value in phased]
    assert [rows(plans, 1)["K"].entry(name) for name in PHASED_NAMES] == [None] * 3


@pytest.mark.parametrize(
    ("given", "direction", "rule"),
    [("60", "Tăng", "Cuối kỳ"), ("60", "Bằng", "Cộng"), ("giữ vững", "Tăng", "Cộng")],
)
def test_what_does_not_grow_by_the_month_has_no_phased_plans(given, direction, rule):
    listed = unit_list("| A.1 | Thôn 1 | | 01/07/2026 | |", "| A.2 | Thôn 2 | | | |")
    plans = planned(GIVEN.replace("{given}", given), own=own(direction, rule), listed=listed)

    assert [rows(plans)["K"].entry(name) for name in PHASED_NAMES] == [None] * 3


def test_with_the_rule_of_the_14th_the_second_half_of_june_is_july():
    listed = unit_list("| A.1 | Thôn 1 | | 15/06/2026 | |", "| A.2 | Thôn 2 | | | |")
    given = GIVEN.replace("{given}", "60")
    plans = planned(given, own=own(), listed=listed, Chốt_số_liệu="Ngày 14")

    assert [rows(plans)["K"].entry(name) for name in PHASED_NAMES] == [0, 0, 30]
