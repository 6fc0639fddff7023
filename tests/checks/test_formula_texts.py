"""Formulas of the template that somebody changed are found by their text."""

from pathlib import Path

import openpyxl
import pytest

from danvan_xl.checks.formula_texts import check_formula_texts
from danvan_xl.files.opening import open_unguarded
from danvan_xl.outgoing.contents import Contents, TargetRow
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.options import Direction, MonthRule, UnitRule
from danvan_xl.schema.sheets import TARGETS
from danvan_xl.vietnamese.text import match_key
from danvan_xl.writing.template.target_lines import LETTERS, arrange
from danvan_xl.writing.template.workbook import write_workbook
from tests.sheets import assert_sayable

# The rows a register prints follow from a formula, which openpyxl does not read and says so.
pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")

LAST = MonthRule.LAST
ROWS = (
    TargetRow(Indicator("A", "", "Thu quỹ", "triệu đồng")),
    TargetRow(Indicator("B", "", "Tuyển quân", "thanh niên")),
    TargetRow(Indicator("C", "", "Vụ cháy", "vụ", Direction.LESS)),
    TargetRow(Indicator("D", "", "Số hộ", "hộ", month_rule=LAST)),
    TargetRow(Indicator("E", "", "Tỷ lệ khá", "%", month_rule=LAST, unit_rule=UnitRule.NONE)),
    TargetRow(Indicator("F", "", "Họp dân", "cuộc", source="đếm Tuyên truyền")),
    TargetRow(Indicator("G", "", "Tỷ lệ thu", "%", source="tỷ số A/B", unit_rule=UnitRule.RATIO)),
)
AT = arrange(ROWS).row_of_code


def told(
    path: Path, changes: dict[tuple[str, str], str], rows: tuple[TargetRow, ...] = ROWS
) -> dict[str, str]:
    """Return what is said of a template with these formulas changed: the cells, by column."""
    info = {"level": "Xã", "unit_code": "A", "unit_name": "Xã A", "year": 2026}
    write_workbook(path, Contents(info, rows))
    workbook = openpyxl.load_workbook(path)
    for (name, code), formula in changes.items():
        workbook[TARGETS.title][where(name, code)] = formula
    workbook.save(path)
    opened = open_unguarded(path)
    assert not isinstance(opened, Issue)
    own = read_book(opened).own
    assert own is not None
    issues = list(check_formula_texts(own, opened.formulas_of(own.title)))
    assert_sayable(issues)
    return {dict(item.values)["field"]: dict(item.values)["cells"] for item in issues}


def where(name: str, code: str) -> str:
    return f"{LETTERS[name]}{AT[match_key(code)]}"


def test_nothing_is_said_of_the_template_as_it_is(tmp_path: Path) -> None:
    assert told(tmp_path / "so.xlsx", {}) == {}


@pytest.mark.parametrize(
    ("name", "code", "formula"),
    [
        ("cumulative", "B", "=SUM({t1}:{t12})"),  # right until somebody types a later month
        ("cumulative", "A", "={t1}+{t2}"),
        ("cumulative", "C", "={t1}*1"),
        ("completion", "D", "={cumulative}/{plan}"),
        ("rating", "A", '="Đạt"'),
        ("rating", "G", '="Đạt"'),
        ("t3", "F", "=5"),
        ("t3", "F", "=COUNTA(Z1:Z9)"),
    ],
)
def test_a_formula_that_was_changed_is_named_though_it_may_show_the_right_figure(
    tmp_path: Path, name: str, code: str, formula: str
) -> None:
    row = AT[match_key(code)]
    written = formula.format(**{key: f"{letter}{row}" for key, letter in LETTERS.items()})

    assert told(tmp_path / "so.xlsx", {(name, code): written}) == (
        {TARGETS[name].header: where(name, code)}
    )


def test_ratios_of_other_measures_are_multiplied_with_something_else(tmp_path: Path) -> None:
    yields = Indicator("N", "", "Năng suất", "tạ/ha", source="tỷ số M/H", unit_rule=UnitRule.RATIO)
    rows = (
        *ROWS,
        TargetRow(Indicator("M", "", "Sản lượng", "tấn")),
        TargetRow(Indicator("H", "", "Diện tích", "ha")),
        TargetRow(yields),
        *(TargetRow(ROWS[-1].indicator._replace(code=f"G{number}")) for number in range(4)),
    )

    assert told(tmp_path / "so.xlsx", {}, rows) == {}


def test_several_of_a_column_are_one_finding(tmp_path: Path) -> None:
    changes = {("rating", code): '="Đạt"' for code in ("A", "B")}

    assert told(tmp_path / "so.xlsx", changes) == {
        "Đánh giá": f"{where('rating', 'A')}, {where('rating', 'B')}"
    }


def test_an_office_s_own_formulas_are_its_own_business(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Chỉ tiêu"
    sheet.append(["Mã", "Chỉ tiêu", "ĐVT", "Kế hoạch", "T1", "Lũy kế"])
    for number in range(2, 8):
        sheet.append([f"A{number}", "Việc", "cái", 5, 1, f"=E{number}" if number % 2 else "=1+1"])
    workbook.save(path)
    opened = open_unguarded(path)
    assert not isinstance(opened, Issue)
    own = read_book(opened).own
    assert own is not None

    assert list(check_formula_texts(own, opened.formulas_of(own.title))) == []
