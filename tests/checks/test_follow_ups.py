"""One slip, one finding: what follows from it is not told again."""

import pytest

from danvan_xl.checks.follow_ups import about_the_file, without_follow_ups
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours, Typed
from tests.sheets import consolidated, grid, sub_sheet, units

SHEET = Place("a.xlsx", "Chỉ tiêu")


def at(kind: Code, cell: str, /, **values: str) -> Issue:
    return issue(kind, SHEET.at(cell), **{name: Ours(text) for name, text in values.items()})


REFUSED = at(Code.CODE_UNKNOWN, "A8")
LISTING = at(Code.ACTUAL_WITHOUT_PLAN, "J8", cells="J8, J9")


@pytest.mark.parametrize(
    ("issues", "left"),
    [
        ([at(Code.NUMBER_UNREADABLE, "K8"), REFUSED, at(Code.NEGATIVE, "L8")], ["CT03"]),
        ([REFUSED, at(Code.CODE_REPEATED, "A8")], ["CT03", "CT02"]),
        ([REFUSED, at(Code.NUMBER_UNREADABLE, "K9")], ["CT03", "SO01"]),
        ([REFUSED, at(Code.NUMBER_UNREADABLE, "K80")], ["CT03", "SO01"]),
        ([REFUSED, LISTING], ["CT03", "KH02"]),
        (
            [REFUSED, issue(Code.NUMBER_UNREADABLE, Place("b.xlsx", "Chỉ tiêu", "K8"))],
            ["CT03", "SO01"],
        ),
        (
            [at(Code.PERIOD_UNREADABLE, ""), issue(Code.PERIOD_MISSING, Place("a.xlsx"))],
            ["DV11"],
        ),
        (
            [issue(Code.PERIOD_MISSING, Place("b.xlsx")), at(Code.PERIOD_UNREADABLE, "")],
            ["DV10", "DV11"],
        ),
        ([at(Code.COLUMN_MISSING, "A6", value="Kế hoạch"), LISTING], ["TR02"]),
        ([at(Code.COLUMN_MISSING, "A6", value="ĐVT"), LISTING], ["TR02", "KH02"]),
        (
            [at(Code.PLAN_WORDS_UNKNOWN, "J8"), at(Code.PLAN_OF_UNIT_UNKNOWN, "J8")],
            ["KH29"],
        ),
        (
            [at(Code.PLAN_WORDS_UNKNOWN, "J9"), at(Code.PLAN_OF_UNIT_UNKNOWN, "J8")],
            ["KH25", "KH29"],
        ),
        (
            [
                at(Code.PART_ABOVE_TOTAL, "J9", code="K", part="K.1", field="kế hoạch"),
                at(Code.PLAN_PARTS_DIFFER, "J8", code="K"),
                at(Code.PLAN_LOWERED, "J8", code="K"),
            ],
            ["KH28"],
        ),
        (
            [
                at(Code.PART_ABOVE_TOTAL, "W9", code="K", part="K.1", field="thực hiện"),
                at(Code.PLAN_PARTS_DIFFER, "J18", code="L"),
                at(Code.PLAN_LOWERED, "J8", code="K"),
            ],
            ["TH41", "TH40", "KH28"],
        ),
        (
            [at(Code.FORMULA_WITHOUT_VALUE, "O8"), at(Code.MONTH_BLANK, "O8", cells="O8")],
            ["CF03"],
        ),
        (
            [at(Code.FORMULA_WITHOUT_VALUE, "O8"), at(Code.MONTH_BLANK, "O8", cells="O8, P8")],
            ["CF03", "SO11"],
        ),
        ([at(Code.FORMULA_ALTERED, "W8"), at(Code.FORMULA_OVERWRITTEN, "W8")], ["CF01"]),
        (
            [at(Code.FORMULA_ALTERED, "W9"), at(Code.FORMULA_OVERWRITTEN, "W8")],
            ["CF02", "CF01"],
        ),
        ([at(Code.NAME_OF_ANOTHER, "C8"), at(Code.MEASURE_DIFFERS, "D8")], ["CT50"]),
    ],
)
def test_what_follows_from_a_slip_is_not_told_again(issues, left):
    told = without_follow_ups(issues)

    assert [item.code.label for item in told] == left


def test_of_a_file_that_does_not_count_only_that_is_told():
    why = issue(Code.YEAR_WRONG, Place("a.xlsx"), value=2025, expected=2026)
    undated = issue(Code.DATE_UNREADABLE, Place("a.xlsx", "Thông tin", "B7"), value=Typed("nay"))
    cells = [at(Code.NUMBER_UNREADABLE, "K8"), at(Code.MONTH_COLUMN_MISSING, "M6")]

    assert about_the_file([*cells, why, undated]) == (why, undated)


TOTAL = "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Kế hoạch | T1 | T2 | T3 | T4 | T5 |"
ROWS = "| K | Kinh tế | Số hộ | hộ | 100 | 9 | {} | 8 | 9 | 7 |\n{}"
PARTS = """| K.1 | Kinh tế | Số hộ loại một | hộ | 50 | 5 | 6 | 4 | 5 | 3 |
| K.2 | Kinh tế | Số hộ loại hai | hộ | 50 | 4 | 3 | 4 | 4 | 4 |"""


@pytest.mark.parametrize(
    ("header", "cell", "told"),
    [
        (TOTAL, "9", []),
        (TOTAL, "7", ["TH02"]),
        (TOTAL, "nhiều", ["SO01"]),
        (TOTAL, "-9", ["SO07"]),
        (TOTAL.replace("T2", ""), "7", ["TR32"]),
    ],
)
@pytest.mark.parametrize("is_own", [True, False], ids=["own", "unit"])
def test_a_total_with_a_fault_in_a_month_is_not_held_against_its_parts(header, cell, told, is_own):
    table = f"{header}\n{ROWS.format(cell, PARTS)}"
    parts = "\n".join(line[: line.index("50") + 2] + " | | | | | |" for line in PARTS.splitlines())
    blank = grid(f"{TOTAL}\n| K | Kinh tế | Số hộ | hộ | 100 | | | | | |\n{parts}")
    sheets = [grid(table)] if is_own else [blank, units("Thôn 1"), sub_sheet("A.1", table, "T1")]

    result = consolidated(*sheets, period="Tháng 5")

    codes = [item.code.label for item in result.issues]
    assert [code for code in codes if code not in ("TH42", "CF04")] == told


def test_the_lost_column_of_plans_is_told_and_not_every_plan():
    header = TOTAL.replace("Kế hoạch", "")

    result = consolidated(grid(f"{header}\n{ROWS.format('9', '')}"), period="Tháng 5")

    assert [item.code.label for item in result.issues] == ["TR02"]


def test_an_unreadable_period_is_told_once():
    table = grid(f"{TOTAL}\n{ROWS.format('9', '')}")

    result = consolidated(table, period="", own={"Kỳ_báo_cáo": "kỳ này"})

    assert [item.code.label for item in result.issues if item.code.label.startswith("DV")] == [
        "DV11"
    ]
