"""Totals are held against their parts, actuals and plans; a unit's own errors do not offset."""

from decimal import Decimal

import pytest

from danvan_xl.consolidation import many
from danvan_xl.schema.messages import Code
from tests.sheets import consolidated, found, grid, sub_sheet, units

D = Decimal
HEADER = "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Cộng kỳ | Tổng hợp | Kế hoạch | T1 | Lũy kế |"
SUB = "| Mã | Chỉ tiêu | ĐVT | Kế hoạch | T1 | Lũy kế |"
CODES = (
    Code.PARTS_DIFFER,
    Code.PLAN_PARTS_DIFFER,
    Code.PART_ABOVE_TOTAL,
    Code.PARTS_ABOVE_TOTAL,
    Code.TOTAL_FROM_PARTS,
)
NAMES = {"A": "Mô hình", "A.1": "Kinh tế", "A.2": "Văn hóa - xã hội", "A.3": "Quốc phòng - an ninh"}
NAMES |= {"A.4": "Xây dựng hệ thống chính trị"}


def own(figures: dict[str, str], measure: str = "mô hình"):
    """Return a sheet of the xã with these plans and figures ("9 | 7")."""
    rows = [
        f"| {code} | Kinh tế | {NAMES[code]} | {measure} | Cuối kỳ | | {figure} | |"
        for code, figure in figures.items()
    ]
    return grid("\n".join([HEADER, *rows]))


def told(*sheets) -> dict[str, list[str]]:
    """Return the cells at which something is said of totals and parts, by code."""
    issues = consolidated(*sheets).issues
    cells = {code.label: found(issues, code) for code in CODES}
    return {code: places for code, places in cells.items() if places}


FOUR = {"A.1": "26 | 26", "A.2": "36 | 36", "A.3": "4 | 4", "A.4": "32 | 32"}


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("98 | 98", {}),
        ("98 | 101", {"TH02": ["I2"]}),
        ("101 | 98", {"TH40": ["G2"]}),
        ("101 | 101", {"TH02": ["I2"], "TH40": ["G2"]}),
        ("98 | trên 90", {}),
        ("98 | trên 100", {"TH02": ["I2"]}),
        ("98 | gần 100", {}),
        ("98 | 30", {"TH41": ["I4"]}),  # one part alone is more
        ("98 | ", {"TH42": ["I2"]}),
        (" | 98", {"TH42": ["G2"]}),
        ("98 | 3-5 chục", {}),  # something is written that is no number
        ("98 | KAD", {}),
    ],
)
def test_a_total_of_the_xa_is_held_against_its_parts(total, expected):
    assert told(own({"A": total, **FOUR})) == expected


def test_a_blank_total_becomes_the_sum_of_its_parts_with_their_sources():
    result = consolidated(own({"A": "98 | ", **FOUR}))

    line = result.lines["a"]
    assert (line.actual, line.rating.value, line.is_typed) == (D(98), "Đạt", True)
    assert [term.cells for term in line.terms] == ["H3", "H4", "H5", "H6"]
    (note,) = [item for item in result.issues if item.code is Code.TOTAL_FROM_PARTS]
    assert dict(note.values) == {
        "code": "A",
        "field": "thực hiện",
        "parts": "26 + 36 + 4 + 32",
        "total": "98",
    }


def test_a_blank_plan_becomes_the_sum_and_is_not_told_as_missing():
    result = consolidated(own({"A": " | 98", **FOUR}))

    assert result.lines["a"].plan == D(98)
    assert found(result.issues, Code.ACTUAL_WITHOUT_PLAN) == []


def test_a_part_of_the_xa_that_does_not_apply_adds_nothing():
    parts = {**FOUR, "A.4": "KAD | "}

    assert consolidated(own({"A": "98 | ", **parts})).lines["a"].actual == D(66)


@pytest.mark.parametrize("plan", ["-", "KAD", "theo thực tế"])
def test_a_plan_that_says_something_is_not_filled(plan):
    assert consolidated(own({"A": f"{plan} | 98", **FOUR})).lines["a"].plan is None


def thon(number: int, *rows: str):
    """Return the sheet of a thôn: a row of plan and figure for A, A.1, A.2."""
    names = ("A", "A.1", "A.2")
    lines = [
        f"| {code} | {NAMES[code]} | mô hình | {row} | |"
        for code, row in zip(names, rows, strict=False)
    ]
    return sub_sheet(f"A.{number}", "\n".join([SUB, *lines]), f"Thôn {number}")


XA = own({"A": "20 | ", "A.1": "10 | ", "A.2": "10 | "})


@pytest.fixture(params=[0, 10_000], ids=["packed", "plain"])
def either_way(request, monkeypatch):
    """Hold figures small, or not."""
    monkeypatch.setattr(many, "MANY", request.param)


@pytest.mark.usefixtures("either_way")
def test_errors_of_two_units_that_offset_are_told_of_each():
    first = thon(1, "10 | 11", "5 | 5", "5 | 5")
    second = thon(2, "10 | 9", "5 | 5", "5 | 5")

    result = consolidated(XA, units("Thôn 1", "Thôn 2"), first, second)

    assert result.lines["a"].actual == D(20)
    assert result.lines["a.1"].actual == D(10)
    places = [item.place for item in result.issues if item.code is Code.PARTS_DIFFER]
    assert [(place.sheet, place.cell) for place in places] == [("Thôn 1", "F4"), ("Thôn 2", "F4")]


@pytest.mark.usefixtures("either_way")
def test_what_one_unit_says_is_not_told_of_all_again():
    first = thon(1, "10 | 11", "5 | 5", "5 | 5")
    second = thon(2, "10 | 10", "5 | 5", "5 | 5")

    assert told(XA, units("Thôn 1", "Thôn 2"), first, second) == {"TH02": ["F4"]}


@pytest.mark.usefixtures("either_way")
def test_a_unit_that_leaves_the_total_blank_is_not_missing_in_it():
    first = thon(1, "10 | ", "5 | 5", "5 | 6")
    second = thon(2, "10 | 10", "5 | 5", "5 | 5")

    result = consolidated(XA, units("Thôn 1", "Thôn 2"), first, second)

    line = result.lines["a"]
    assert (line.actual, line.reported, line.expected) == (D(21), 2, 2)
    assert [term.cells for term in line.terms] == ["E5", "E6", "E4"]
    assert found(result.issues, Code.TOTAL_FROM_PARTS) == ["F4"]
    assert found(result.issues, Code.FORMULA_ALTERED) == []


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize(("total", "actual", "code"), [("", 5, "TH42"), ("9", 9, "TH02")])
def test_a_part_that_does_not_apply_adds_nothing(total, actual, code):
    sheet = thon(1, f"10 | {total}", "5 | 5", "KAD | ")

    assert consolidated(XA, units("Thôn 1"), sheet).lines["a"].actual == D(actual)
    assert told(XA, units("Thôn 1"), sheet) == {code: ["F4"]}


@pytest.mark.usefixtures("either_way")
def test_a_unit_of_which_a_part_is_not_known_stays_missing():
    first = thon(1, "10 | ", "5 | 5", "5 | ")
    second = thon(2, "10 | 10", "5 | 5", "5 | 5")

    line = consolidated(XA, units("Thôn 1", "Thôn 2"), first, second).lines["a"]

    assert (line.actual, line.reported) == (D(10), 1)


def test_plans_of_a_unit_are_held_too():
    sheet = thon(1, "12 | 10", "5 | 5", "5 | 5")

    assert told(XA, units("Thôn 1"), sheet) == {"TH40": ["D4"]}


def test_parts_of_the_xa_are_held_against_the_roll_up_once_all_have_reported():
    xa = own({"A": "20 | ", "A.1": "10 | 6", "A.2": "10 | 6"})
    sheets = [thon(1, "10 | 5", " | ", " | "), thon(2, "10 | 5", " | ", " | ")]

    assert told(xa, units("Thôn 1", "Thôn 2"), *sheets) == {"TH02": ["I2"]}
    assert told(xa, units("Thôn 1", "Thôn 2", "Thôn 3"), *sheets) == {}


def test_rounded_figures_of_units_are_no_contradiction_when_added():
    xa = own({"A": "20 | ", "A.1": "10 | ", "A.2": "10 | "}, "tỷ đồng")
    sheets = [
        sub_sheet(
            f"A.{number}",
            f"{SUB}\n| A | Mô hình | tỷ đồng | 10 | 3.3 | |\n"
            "| A.1 | Kinh tế | tỷ đồng | 5 | 1.1 | |\n"
            "| A.2 | Văn hóa - xã hội | tỷ đồng | 5 | 2.3 | |",
            f"Thôn {number}",
        )
        for number in (1, 2, 3)
    ]

    assert told(xa, units("Thôn 1", "Thôn 2", "Thôn 3"), *sheets) == {}
