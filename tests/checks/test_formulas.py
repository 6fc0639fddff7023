"""What a second look at formulas tells: errors, lost values, formulas typed over."""

import pytest

from danvan_xl.checks.formulas import check_formulas, check_register_formulas, is_suspect
from danvan_xl.files.cells_xml import NO_FORMULAS, SheetFormulas
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.issues import Place, issue
from danvan_xl.schema.messages import Code
from tests.register_sheets import read
from tests.sheets import assert_sayable, book, grid

SHEET = """
    | Mã | Chỉ tiêu | ĐVT | Nguồn          | Kế hoạch | T1 | T2 | Lũy kế | Đánh giá |
    | K  | Việc     | cái |                | 5        | 1  |    | 1      | Đạt      |
    | R  | Tỷ lệ    | %   | tỷ số K/M      | 5        |    |    | 2      |          |
    | D  | Tổ       | tổ  | đếm Tổ dân vận | 5        |    |    |        |          |
"""
PLACE = Place("so.xlsx", "Chỉ tiêu", "E2")
RESULTS = frozenset({"H2", "H3", "H4", "I2", "I3", "I4"})


def sheet(markdown=SHEET):
    return read_book(book(grid(markdown))).own


def said(formulas: SheetFormulas, markdown=SHEET) -> list[tuple[Code, str]]:
    """Return what is said of a sheet with these formulas, and of which cell of it."""
    issues = list(check_formulas(sheet(markdown), formulas))
    assert_sayable(issues)
    assert {item.place.sheet for item in issues} <= {"Chỉ tiêu"}
    return [(item.code, item.place.cell) for item in issues]


@pytest.mark.parametrize(
    ("formulas", "told"),
    [
        (SheetFormulas(RESULTS, is_known=True), []),
        (SheetFormulas(errors={"F2": "#N/A"}, is_known=True), [(Code.NUMBER_IS_ERROR, "F2")]),
        (SheetFormulas(errors={"E2": "#N/A"}, is_known=True), [(Code.NUMBER_IS_ERROR, "E2")]),
        (SheetFormulas(errors={"A2": "#N/A"}, is_known=True), []),  # no figure stands there
        (
            SheetFormulas(uncached=frozenset({"G2"}), is_known=True),
            [(Code.FORMULA_WITHOUT_VALUE, "G2")],
        ),
        # An error goes before a value that was lost.
        (
            SheetFormulas(uncached=frozenset({"F2"}), errors={"F2": "#REF!"}, is_known=True),
            [(Code.NUMBER_IS_ERROR, "F2")],
        ),
        # The months of a ratio and of a register are worked out: what is lost is told once.
        (
            SheetFormulas(RESULTS, frozenset({"F3", "F4", "H2"}), is_known=True),
            [(Code.FORMULAS_NOT_CALCULATED, "H2")],
        ),
        (
            SheetFormulas(RESULTS - {"H2", "I2", "I3"}, is_known=True),
            [(Code.FORMULA_OVERWRITTEN, "H2"), (Code.FORMULA_OVERWRITTEN, "I2")],
        ),
        (SheetFormulas(frozenset({"I2"}), is_known=True), []),  # the sheet has none in column H
        (SheetFormulas(errors={"F2": "#N/A"}), []),  # nobody knows which cells are formulas
        (NO_FORMULAS, []),
    ],
)
def test_cells_that_look_blank_or_were_typed_over_are_told(formulas, told):
    assert said(formulas) == told


def test_how_many_results_are_not_worked_out_is_said_at_the_first():
    (found,) = check_formulas(
        sheet(), SheetFormulas(RESULTS, frozenset({"I2", "H3", "F3", "G4"}), is_known=True)
    )

    assert dict(found.values) == {"count": "4"}
    assert found.place.cell == "I2"


def test_a_formula_that_was_typed_over_is_named_by_its_column():
    (found,) = check_formulas(sheet(), SheetFormulas(RESULTS - {"H3"}, is_known=True))

    assert dict(found.values) == {"field": "Lũy kế"}


REGISTER = """
    | Nhiệm vụ | Đơn vị chủ trì | Hạn        | Tiến độ (%) |
    | Họp dân  | MTTQ           | 05/03/2026 |             |
    | Rà soát  | MTTQ           |            | 50          |
"""


@pytest.mark.parametrize(
    ("formulas", "told"),
    [
        (SheetFormulas(errors={"D2": "#N/A"}), [(Code.NUMBER_IS_ERROR, "D2")]),
        (SheetFormulas(uncached=frozenset({"C3"})), [(Code.FORMULA_WITHOUT_VALUE, "C3")]),
        (
            SheetFormulas(uncached=frozenset({"C3"}), errors={"C3": "#N/A"}),
            [(Code.NUMBER_IS_ERROR, "C3")],
        ),
        (SheetFormulas(errors={"D9": "#N/A", "Z2": "#N/A"}), []),  # beyond the table
        (NO_FORMULAS, []),
    ],
)
def test_cells_of_a_register_that_look_blank_are_told(formulas, told):
    issues = list(check_register_formulas(read("Nhiệm vụ", REGISTER).table, formulas))

    assert_sayable(issues)
    assert {item.place.sheet for item in issues} <= {"Nhiệm vụ"}
    assert [(item.code, item.place.cell) for item in issues] == told


def test_a_sheet_is_looked_at_again_where_a_rating_is_blank_or_wrong():
    whole = SHEET.replace("|          |\n", "| Đạt      |\n")

    assert is_suspect(sheet(SHEET), [])
    assert not is_suspect(sheet(whole), [issue(Code.PLAN_MISSING, PLACE)])
    assert is_suspect(
        sheet(whole), [issue(Code.PLAN_MISSING, PLACE), issue(Code.FORMULA_ALTERED, PLACE)]
    )
