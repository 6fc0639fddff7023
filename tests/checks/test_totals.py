"""What does not add up is told at its place; what may well be is left alone."""

from decimal import Decimal

import pytest

from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Code
from tests.sheets import consolidated, found, grid, sub_sheet, units

D = Decimal
HEADER = "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Cộng kỳ | Tổng hợp | Nguồn | Kế hoạch | T1 |"
SUB = "| Mã | Chỉ tiêu | ĐVT | Kế hoạch | T1 |"


def issues(rows: str, *sheets, thon=(), measure="cái") -> tuple[Issue, ...]:
    """Return the findings on a xã with these rows, and its thôn (plan and figure of K)."""
    below = [
        sub_sheet(f"A.{number}", f"{SUB}\n| K | Chỉ tiêu | {measure} | {row} |", f"Thôn {number}")
        for number, row in enumerate(thon, start=1)
    ]
    names = [f"Thôn {number}" for number in range(1, len(thon) + 1)]
    listed = [units(*names)] if names else []
    return consolidated(grid(f"{HEADER}\n{rows}"), *listed, *sheets, *below).issues


def values(findings, code: Code) -> dict[str, str]:
    """Return what the only finding of this code says."""
    (one,) = [item for item in findings if item.code is code]
    return dict(one.values)


@pytest.mark.parametrize(
    ("typed", "differs"),
    [
        ("90", True),
        ("81", True),
        ("80", False),
        ("", False),
        ("trên 70", False),
        ("trên 80", False),
        ("trên 90", True),
        ("khoảng 79", True),  # 78,5 to 79,5, and things are whole
        ("khoảng 80", False),
        ("gần 90", False),
    ],
)
def test_a_typed_figure_is_held_against_what_the_units_come_to(typed, differs):
    row = f"| K | Kinh tế | Chỉ tiêu | cái | Cuối kỳ | | | 100 | {typed} |"

    told = issues(row, thon=["50 | 30", "50 | 50"])

    assert found(told, Code.OWN_DIFFERS) == (["H2"] if differs else [])


def test_a_typed_figure_that_agrees_keeps_no_other_from_being_told():
    rows = """
        | K | Kinh tế | Chỉ tiêu K | cái | Cuối kỳ | | | 100 | 80 |
        | L | Kinh tế | Chỉ tiêu L | cái | Cuối kỳ | | | 100 | 90 |
    """
    both = f"{SUB}\n| K | Chỉ tiêu K | cái | 50 | 80 |\n| L | Chỉ tiêu L | cái | 50 | 80 |"

    told = issues(rows, units("Thôn 1"), sub_sheet("A.1", both, "Thôn 1"))

    assert found(told, Code.OWN_DIFFERS) == ["H3"]


def test_the_difference_says_both_figures_and_how_many_units_have_one():
    row = "| K | Kinh tế | Chỉ tiêu | cái | Cuối kỳ | | | 100 | trên 1.000 |"

    told = issues(row, thon=["50 | 30", "50 | 50", "5 | 0"])

    assert values(told, Code.OWN_DIFFERS) == {
        "code": "K",
        "value": "≥ 1.000",
        "total": "80",
        "reported": "3/3",
    }


@pytest.mark.parametrize(
    ("rule", "typed", "thon", "differs"),
    [
        ("Cộng", "90", ["5 | 30", "5 | 50", "5 | "], False),  # the third may bring 10
        ("Cộng", "70", ["5 | 30", "5 | 50", "5 | "], True),  # it cannot bring less than nothing
        ("Lớn nhất", "90", ["5 | 30", "5 | 50", "5 | "], False),
        ("Lớn nhất", "40", ["5 | 30", "5 | 50", "5 | "], True),
        ("Nhỏ nhất", "20", ["5 | 30", "5 | 50", "5 | "], False),
        ("Nhỏ nhất", "40", ["5 | 30", "5 | 50", "5 | "], True),
        ("Bình quân", "70", ["5 | 30", "5 | 50", "5 | "], False),
        ("Bình quân", "70", ["5 | 30", "5 | 50"], True),
        ("Đếm đạt", "1", ["5 | 30", "5 | 50", "5 | "], True),
        ("Đếm đạt", "3", ["5 | 30", "5 | 50", "5 | "], False),
        ("Lớn nhất", "50", ["5 | 30", "5 | 50"], False),
    ],
)
def test_while_units_are_missing_only_what_they_cannot_mend_is_told(rule, typed, thon, differs):
    row = f"| K | Kinh tế | Chỉ tiêu | cái | Cuối kỳ | {rule} | | 100 | {typed} |"

    assert found(issues(row, thon=thon), Code.OWN_DIFFERS) == (["H2"] if differs else [])


@pytest.mark.parametrize(
    ("measure", "typed", "thon", "differs"),
    [
        ("tỷ đồng", "187.6", ["5 | 93.81", "5 | 93.81"], False),  # 187,62
        ("tỷ đồng", "187.6", ["5 | 93.84", "5 | 93.84"], True),  # 187,68
        ("km", "12", ["5 | 6.3", "5 | 6.3"], False),  # 0,6 of 0,6
        ("km", "12", ["5 | 6.3", "5 | 6.4"], True),
        ("km", "13", ["5 | 6.3", "5 | 6.3"], False),
        ("hộ", "12", ["5 | 6", "5 | 7"], True),  # things are whole
        ("triệu đồng", "trên 30", ["5 | 18", "5 | 19"], False),  # 30 to 40
        ("triệu đồng", "trên 30", ["5 | 22", "5 | 22"], True),  # 44
        ("triệu đồng", "40", ["5 | trên 30", "5 | gần 10"], False),
        ("triệu đồng", "53", ["5 | trên 30", "5 | gần 10"], True),  # 30 to 50
    ],
)
def test_a_figure_of_ones_own_may_be_rounded(measure, typed, thon, differs):
    row = f"| K | Kinh tế | Chỉ tiêu | {measure} | Cuối kỳ | | | 100 | {typed} |"

    told = issues(row, thon=thon, measure=measure)

    assert found(told, Code.OWN_DIFFERS) == (["H2"] if differs else [])


@pytest.mark.parametrize(
    ("plan", "thon", "told"),
    [
        ("100", ["60 | 1", "40 | 1"], []),
        ("100", ["60 | 1", "50 | 1"], ["H2"]),
        ("100", ["60 | 1", "39 | 1"], ["H2"]),
        ("100", ["60 | 1", " | 1"], []),  # one plan is not known
        ("", ["60 | 1", "40 | 1"], []),
    ],
)
def test_plans_of_the_units_are_held_against_the_plan(plan, thon, told):
    row = f"| K | Kinh tế | Chỉ tiêu | cái | Cuối kỳ | | | {plan} | |"

    assert found(issues(row, thon=thon), Code.PLANS_DO_NOT_ADD) == told


def test_the_difference_of_plans_is_said_without_a_sign():
    row = "| K | Kinh tế | Chỉ tiêu | cái | Cuối kỳ | | | 100 | |"
    for thon, total in ((["60 | 1", "50 | 1"], "110"), (["60 | 1", "30 | 1"], "90")):
        said = values(issues(row, thon=thon), Code.PLANS_DO_NOT_ADD)

        assert said == {"code": "K", "value": "100", "total": total, "difference": "10"}


@pytest.mark.parametrize(
    ("total", "parts", "told"),
    [
        ("98", {"D.1": "26", "D.2": "72"}, []),
        ("101", {"D.1": "26", "D.2": "72"}, ["H2"]),
        ("95", {"D.1": "26", "D.2": "72"}, ["H2"]),
        ("trên 90", {"D.1": "26", "D.2": "72"}, []),
        ("", {"D.1": "26", "D.2": "72"}, []),
        ("101", {"D.1": "26", "D.2": ""}, []),  # a part is not known
        ("101", {"D.1.1": "26", "D.1.2": "72"}, []),  # parts of another level
        ("101", {"D1": "26", "E.2": "72"}, []),
        ("101", {}, []),
    ],
)
def test_a_total_is_held_against_its_direct_parts(total, parts, told):
    row = "| {} | Kinh tế | Mô hình {} | cái | Cuối kỳ | Không | | | {} |"
    rows = [row.format(code, code, figure) for code, figure in {"D": total, **parts}.items()]

    assert found(issues("\n".join(rows)), Code.PARTS_DIFFER) == told


def test_parts_in_another_measure_are_not_added():
    row = "| {} | Kinh tế | Mô hình {} | {} | Cuối kỳ | Không | | | {} |"
    parts = (("D", "cái", 101), ("D.1", "cái", 26), ("D.2", "người", 72))
    rows = "\n".join(row.format(code, code, measure, figure) for code, measure, figure in parts)

    assert found(issues(rows), Code.PARTS_DIFFER) == []


def test_what_is_wrong_with_a_total_says_its_parts():
    row = "| {} | Kinh tế | Mô hình {} | cái | Cuối kỳ | Không | | | {} |"
    figures = {"D": 95, "D.1": 26, "D.2": 72}
    rows = "\n".join(row.format(code, code, figure) for code, figure in figures.items())

    assert values(issues(rows), Code.PARTS_DIFFER) == {
        "code": "D",
        "value": "95",
        "parts": "26 + 72",
        "total": "98",
        "difference": "3",
    }


@pytest.mark.parametrize(
    ("top", "bottom", "typed", "told"),
    [
        (5, 0, "", True),
        (5, 10, "", False),
        (5, "", "", False),
        (5, 0, 7, False),  # what is typed stands
    ],
)
def test_a_ratio_without_a_value_says_why(top, bottom, typed, told):
    rows = f"""
        | N | Kinh tế | Hộ nghèo | hộ | Cuối kỳ | Không | | | {top} |
        | H | Kinh tế | Số hộ | hộ | Cuối kỳ | Không | | | {bottom} |
        | R | Kinh tế | Tỷ lệ | % | Cuối kỳ | Tỷ số | tỷ số N/H | 20 | {typed} |
    """

    findings = issues(rows)

    assert bool([item for item in findings if item.code is Code.RATIO_UNDEFINED]) is told
    if told:
        assert values(findings, Code.RATIO_UNDEFINED) == {"code": "R", "divisor": "H"}


ASSIGNED = "| Mã | Chỉ tiêu | ĐVT | Kế hoạch | A.1 | A.2 | Cộng |"
ROW = "| K | Kinh tế | Chỉ tiêu | cái | Cuối kỳ | {} | | 100 | |"


def assigned(*rows: str, header: str = ASSIGNED):
    return grid("\n".join([header, *rows]), "Giao chỉ tiêu")


@pytest.mark.parametrize(
    ("row", "rule", "told"),
    [
        ("60 | 40 | 100", "", {}),
        ("60 | 40 | 99", "", {Code.ASSIGNMENT_DOES_NOT_ADD: ["G2"]}),
        ("60 | 30 | 90", "", {Code.ASSIGNMENT_NOT_THE_PLAN: ["A2"]}),
        ("60 | 50 | 110", "", {Code.ASSIGNMENT_NOT_THE_PLAN: ["A2"]}),
        ("60 | 50 | 110", "Lớn nhất", {}),  # plans of the largest do not add up to the plan
        (" | | 100", "", {}),  # nothing was given out yet
        ("60 | 40 | ", "", {}),
    ],
)
def test_what_is_given_out_adds_up_to_its_total_and_to_the_plan(row, rule, told):
    sheet = assigned(f"| K | Chỉ tiêu | cái | 100 | {row} |")

    findings = issues(ROW.format(rule), units("Thôn 1", "Thôn 2"), sheet)

    codes = (Code.ASSIGNMENT_DOES_NOT_ADD, Code.ASSIGNMENT_NOT_THE_PLAN)
    cells = {code: found(findings, code) for code in codes}
    assert {code: places for code, places in cells.items() if places} == told


def test_what_is_given_out_rightly_keeps_no_other_from_being_told():
    sheet = assigned(
        "| K | Chỉ tiêu K | cái | 100 | 60 | 40 | 100 |",
        "| L | Chỉ tiêu L | cái | 100 | 60 | 30 | 90 |",
    )
    rows = """
        | K | Kinh tế | Chỉ tiêu K | cái | Cuối kỳ | | | 100 | |
        | L | Kinh tế | Chỉ tiêu L | cái | Cuối kỳ | | | 100 | |
    """

    findings = issues(rows, units("Thôn 1", "Thôn 2"), sheet)

    assert found(findings, Code.ASSIGNMENT_NOT_THE_PLAN) == ["A3"]


def test_what_is_given_out_and_does_not_add_up_says_the_figures():
    sheet = assigned("| K | Chỉ tiêu | cái | 100 | 60 | 50 | 99 |")

    findings = issues(ROW.format(""), units("Thôn 1", "Thôn 2"), sheet)

    assert values(findings, Code.ASSIGNMENT_DOES_NOT_ADD) == {
        "code": "K",
        "value": "99",
        "total": "110",
    }
    assert values(findings, Code.ASSIGNMENT_NOT_THE_PLAN) == {
        "code": "K",
        "value": "100",
        "total": "110",
        "difference": "10",
    }


def test_a_row_and_a_column_nobody_knows_are_told_with_what_may_be_meant():
    header = ASSIGNED.replace("A.2", "A.22")
    sheet = assigned(
        "| K  | Chỉ tiêu | cái | 100 | 60 | 40 | 100 |",
        "| K1 | Lạ       | cái |     | 1  |    | 1   |",
        "| Z9 | Trống    | cái |     |    |    |     |",
        header=header,
    )

    findings = issues(ROW.format(""), units("Thôn 1", "Thôn 2"), sheet)

    assert found(findings, Code.ASSIGNMENT_UNIT_UNKNOWN) == ["F1"]
    assert values(findings, Code.ASSIGNMENT_UNIT_UNKNOWN)["value"] == "A.22"
    assert "A.2" in values(findings, Code.ASSIGNMENT_UNIT_UNKNOWN)["hint"]
    assert found(findings, Code.ASSIGNMENT_CODE_UNKNOWN) == ["A3"]
    assert values(findings, Code.ASSIGNMENT_CODE_UNKNOWN)["value"] == "K1"


def test_a_column_nobody_knows_without_any_plan_is_left_alone():
    header = ASSIGNED.replace("A.2", "A.22")
    sheet = assigned("| K | Chỉ tiêu | cái | 100 | 100 | | 100 |", header=header)

    findings = issues(ROW.format(""), units("Thôn 1", "Thôn 2"), sheet)

    assert found(findings, Code.ASSIGNMENT_UNIT_UNKNOWN) == []
