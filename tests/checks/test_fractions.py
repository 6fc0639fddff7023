"""A plan of 95 % that is kept as 0,95 is asked about at its own cell, wherever it is written."""

import pytest

from danvan_xl.consolidation import many
from danvan_xl.files.grid import Grid
from danvan_xl.schema.messages import Code
from tests.sheets import consolidated, found, grid, sub_sheet, units

HEAD = (
    "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Cộng kỳ | Tổng hợp | Năm trước | Kế hoạch "
    "| KH quý I | KH 6 tháng | KH 9 tháng | T1 | T6 |\n"
)
ROW = "| K | Kinh tế | Tỷ lệ hộ dùng nước sạch | {} | Cuối kỳ | Bình quân | {} |"
SUB = (
    "| Mã | Chỉ tiêu | ĐVT | Năm trước | Kế hoạch | T1 |\n| K | Tỷ lệ hộ dùng nước sạch | % | {} |"
)
GIVEN = ["Mã", "Chỉ tiêu", "ĐVT", "Kế hoạch", "A.1", "A.2", "A.3", "Cộng", "Chênh lệch"]


def asked(*sheets: Grid, period: str = "Năm") -> list[tuple[str, str, str]]:
    """Return what is asked about: the sheet, the cell, what it is held against."""
    issues = consolidated(*sheets, period=period).issues
    told = [item for item in issues if item.code is Code.SHARE_TOO_SMALL]
    assert not (told and found(issues, Code.FIGURE_FAR_OFF))  # it is asked once
    return [(i.place.sheet, i.place.cell, dict(i.values)["base"]) for i in told]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("| 0.95 | | | | 95 |", [("H2", "thực hiện")]),
        ('| "0,95" | | | | 95 |', [("H2", "thực hiện")]),
        ('| "≥ 0,95" | | | | 95 |', [("H2", "thực hiện")]),
        ("94 | 0.95 | | | | 95 |", [("H2", "năm trước")]),
        ("0.94 | 0.95 | | | | 95 |", [("G2", "thực hiện"), ("H2", "thực hiện")]),
        ("0.94 | | | | | 95 |", [("G2", "thực hiện")]),
        ("| 95 | 0.5 | 0.8 | 90 | 60 |", [("I2", "kế hoạch"), ("J2", "kế hoạch")]),
        ("| 0.5 | | | | 9 |", []),  # nothing is above 10
        ("| 0.95 | | | | 0.9 |", []),  # small all over
        ("| 1 | | | | 15 |", []),  # not under a twentieth
    ],
)
def test_a_fraction_in_the_year_of_a_row_is_asked_about(cells, expected):
    sheet = grid(HEAD + ROW.format("%", cells))

    assert asked(sheet) == [("Chỉ tiêu", cell, base) for cell, base in expected]


def test_of_what_is_no_percent_no_plan_is_asked_about():
    assert asked(grid(HEAD + ROW.format("tấn", "| 0.95 | | | | 9 |"))) == []


@pytest.mark.parametrize("fewest", [0, 10_000])
@pytest.mark.parametrize(
    ("own", "subs", "expected"),
    [
        # who consolidates has no figure of its own: what the units come to tells
        (0.95, [" | | 95"] * 3, [("Chỉ tiêu", "H2", "các đơn vị tổng hợp lại")]),
        (95, ["| 0.95 | 96"], [("Thôn 1", "E4", "kế hoạch của đơn vị tổng hợp")]),
        ("", ["| 0.95 | 96"], [("Thôn 1", "E4", "thực hiện")]),
        ("", ["| 0.95 | ", "| | 95", "| | 96"], [("Thôn 1", "E4", "ở các đơn vị khác thường")]),
        ("", ["| 0.5 | 0.4", "| | 0.6", "| | 0.7"], []),
        (5, ["| 0.5 | 0.4", "| 5 | 4", "| 20 | 19"], []),  # a small one among small ones
    ],
)
def test_units_tell_of_plans(monkeypatch, fewest, own, subs, expected):
    monkeypatch.setattr(many, "MANY", fewest)
    sheets = [
        sub_sheet(f"A.{number}", SUB.format(figures), f"Thôn {number}")
        for number, figures in enumerate(subs, start=1)
    ]
    names = [f"Thôn {number}" for number in range(1, 4)]

    assert asked(grid(HEAD + ROW.format("%", f"| {own} | | | | |")), units(*names), *sheets) == (
        expected
    )


@pytest.mark.parametrize(
    ("plan", "given", "expected"),
    [
        (95, [95, 0.95, 95], [("F2", "kế hoạch")]),
        ("", [95, 0.95, 96], [("F2", "giao cho các đơn vị khác thường")]),
        ("", [0.5, 0.7, 0.6], []),
        (95, ["≥ 95", "> 95", 95], []),
    ],
)
def test_a_fraction_among_what_is_given_is_asked_about(plan, given, expected):
    sheet = Grid("Giao chỉ tiêu", [GIVEN, ["K", "Tỷ lệ hộ dùng nước sạch", "%", plan, *given]])
    own = grid(HEAD + ROW.format("%", f"| {plan} | | | | |"))

    told = asked(own, units("Thôn 1", "Thôn 2", "Thôn 3"), sheet)

    assert told == [("Giao chỉ tiêu", cell, base) for cell, base in expected]


@pytest.mark.parametrize(
    ("measure", "given", "code"),
    [
        ("hộ", 2.5, Code.NOT_WHOLE),
        ("hộ", -2.0, Code.NEGATIVE),
        ("ha", 2.5, None),
        ("điểm %", -2.0, None),
    ],
)
def test_what_is_given_is_possible(measure, given, code):
    row = f"| K | Kinh tế | Chỉ tiêu | {measure} | Cuối kỳ | Cộng | | | | | | | |"
    sheet = Grid("Giao chỉ tiêu", [GIVEN, ["K", "Chỉ tiêu", measure, "", given, 3.0, 3.0]])

    issues = consolidated(grid(HEAD + row), units("Thôn 1", "Thôn 2", "Thôn 3"), sheet).issues

    codes = {item.code for item in issues if item.place.cell == "E2"}
    assert codes == ({code} if code else set())


def test_a_phased_plan_may_be_broken_but_not_below_nothing():
    row = "| K | Kinh tế | Hộ thoát nghèo | hộ | Cộng | Cộng | | 25 | 12.5 | -3 | | 4 | 5 |"

    issues = consolidated(grid(HEAD + row)).issues

    assert (found(issues, Code.NOT_WHOLE), found(issues, Code.NEGATIVE)) == ([], ["J2"])
