"""The workbook as an officer, a reader and a printer find it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from danvan_xl.files.grid import column_letter
from danvan_xl.files.opening import OpenedBook, open_unguarded
from danvan_xl.outgoing.contents import Contents, TargetRow, UnitRow
from danvan_xl.outgoing.formulas import expected_formulas
from danvan_xl.outgoing.register_formulas import derivation_of
from danvan_xl.reading.records import Book
from danvan_xl.reading.workbook import read_book
from danvan_xl.rollup.rating import SEE_SUMMARY, Rating
from danvan_xl.schema.columns import Kind
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.plans import Plan
from danvan_xl.schema.sheets import (
    ASSIGNMENT,
    LEVELS,
    MARKER_SHEET,
    MONTH_NAMES,
    PHASED_NAMES,
    REGISTERS,
    TARGETS,
    TEMPLATE_VERSION,
    UNITS,
)
from danvan_xl.writing.template.guide import GUIDE_TITLE
from danvan_xl.writing.template.heading import HEADER_ROW
from danvan_xl.writing.template.target_lines import LETTERS, SPARE_LINES
from danvan_xl.writing.template.workbook import write_workbook
from tests.spreadsheet import read_values, validate
from tests.workbooks import blank, indicator, with_units

# The rows a register prints follow from a formula, which openpyxl does not read and says so.
pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")

D = Decimal
FIRST_ROW = HEADER_ROW + 2  # as Excel numbers it: the first work field's heading
Opened = Callable[[Contents], "openpyxl.Workbook"]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    def write_and_open(contents: Contents) -> "openpyxl.Workbook":
        path = tmp_path / "so.xlsx"
        write_workbook(path, contents)
        return openpyxl.load_workbook(path)

    return write_and_open


def read_back(path: Path) -> Book:
    book = open_unguarded(path)
    assert isinstance(book, OpenedBook)
    return read_book(book)


def validations(sheet: Worksheet, cell: str) -> list[DataValidation]:
    return [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]


def header(sheet: Worksheet) -> list[str]:
    return [cell.value for cell in sheet[HEADER_ROW + 1]]


@pytest.mark.parametrize("level", LEVELS)
def test_the_reader_has_nothing_to_say_about_an_untouched_template(
    level: str, tmp_path: Path
) -> None:
    path = tmp_path / "so.xlsx"
    contents = blank(level)
    write_workbook(path, contents)

    book = read_back(path)

    assert book.issues == ()
    assert book.own is not None
    assert [target.indicator for target in book.own.targets] == [
        row.indicator for row in contents.targets
    ]
    assert (book.info.unit_code, book.info.level, book.info.year) == ("PP", level, 2026)


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    write_workbook(path, with_units())

    book = read_back(path)

    assert [unit.code for unit in book.units] == ["PP.01", "PP.02"]
    assert book.assignment.plans == {("a", "pp.01"): Plan(D(40)), ("a", "pp.02"): Plan(D("59.5"))}
    assert book.assignment.totals["a"][0] == D("99.5")
    assert [(sheet.title, sheet.unit_code) for sheet in book.sub_sheets] == [("Thôn Một", "PP.01")]
    assert book.own is not None
    months = [figure.value for figure in book.own.targets[0].months]
    assert months == [D("12.5"), D(30), D(0), *[None] * 9]


def test_the_value_beside_a_formula_counts_estimates_as_the_core_does(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    write_workbook(path, with_units())

    row = read_values(path)[TARGETS.title][FIRST_ROW]

    assert row[TARGETS.position("cumulative")] == 42.5
    assert row[TARGETS.position("completion")] == 0.425


def test_sheets_stand_in_the_order_they_are_used(opened: Opened) -> None:
    workbook = opened(with_units())

    assert workbook.sheetnames == [
        "Hướng dẫn",
        INFO.title,
        UNITS.title,
        TARGETS.title,
        ASSIGNMENT.title,
        *(register.title for register in REGISTERS if "Xã" in register.levels),
        "Thôn Một",
        MARKER_SHEET,
    ]
    assert workbook[MARKER_SHEET].sheet_state == "veryHidden"
    assert workbook[MARKER_SHEET]["B1"].value == TEMPLATE_VERSION


def test_the_guide_explains_every_word_that_column_danh_gia_shows(opened: Opened) -> None:
    workbook = opened(with_units())

    formula = workbook[TARGETS.title].cell(FIRST_ROW + 1, TARGETS.position("rating") + 1).value
    shown = {word for word in [*Rating, SEE_SUMMARY] if f'"{word}"' in formula}
    labels = "; ".join(str(row[0].value) for row in workbook[GUIDE_TITLE].iter_rows(max_col=1))
    assert {Rating.BEHIND, SEE_SUMMARY} <= shown
    assert [word for word in shown if word not in labels] == []


def test_a_thon_has_no_sheets_for_units_below_it(opened: Opened) -> None:
    workbook = opened(blank("Thôn"))

    registers = [register.title for register in REGISTERS if "Thôn" in register.levels]
    assert workbook.sheetnames == [
        "Hướng dẫn",
        INFO.title,
        TARGETS.title,
        *registers,
        MARKER_SHEET,
    ]


def test_the_header_rows_are_those_of_the_forms(opened: Opened) -> None:
    workbook = opened(with_units())

    assert header(workbook[TARGETS.title]) == [column.header for column in TARGETS.columns]
    assert header(workbook["Thôn Một"]) == [column.header for column in TARGETS.columns]
    assert header(workbook[UNITS.title]) == [
        column.header for column in UNITS.columns if not column.optional
    ]
    assert header(workbook[ASSIGNMENT.title]) == [
        "Mã",
        "Chỉ tiêu",
        "ĐVT",
        "Kế hoạch",
        "PP.01",
        "PP.02",
        "Cộng",
        "Chênh lệch",
    ]


def test_every_choice_has_its_dropdown(opened: Opened) -> None:
    workbook = opened(blank("Xã"))

    for column in TARGETS.columns:
        if column.kind is Kind.CHOICE:
            cell = f"{LETTERS[column.name]}{FIRST_ROW + 1}"
            rule = validations(workbook[TARGETS.title], cell)[0]
            assert rule.formula1 == f'"{",".join(column.choices)}"'
            assert rule.promptTitle == column.header
    for field, row in zip(INFO.fields, range(4, 99), strict=False):
        if field.kind is Kind.CHOICE:
            rule = validations(workbook[INFO.title], f"B{row}")[0]
            assert rule.formula1 == f'"{",".join(field.choices)}"'


def test_an_odd_figure_is_questioned_but_not_refused(opened: Opened) -> None:
    sheet = opened(blank("Xã"))[TARGETS.title]

    (rule,) = validations(sheet, f"N{FIRST_ROW + 1}")

    assert rule.errorStyle == "warning"
    assert rule.formula1 == 'OR(ISNUMBER(N7),N7="KPS",N7="-",N7="KAD",N7="x")'


def test_no_message_is_longer_than_excel_allows(opened: Opened) -> None:
    for sheet in opened(with_units()).worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.error or "") <= 225
            assert len(rule.prompt or "") <= 225
            assert len(rule.formula1) <= 255
            assert max(len(rule.errorTitle or ""), len(rule.promptTitle or "")) <= 32


def test_header_cells_carry_the_help_of_their_column(opened: Opened) -> None:
    sheet = opened(blank("Xã"))[TARGETS.title]

    for cell, column in zip(sheet[HEADER_ROW + 1], TARGETS.columns, strict=True):
        assert (cell.comment.text if cell.comment else "") == column.help


def test_what_is_typed_is_open_and_the_rest_is_locked_without_a_password(opened: Opened) -> None:
    sheet = opened(blank("Thôn"))[TARGETS.title]
    row = sheet[FIRST_ROW + 1]
    is_open = {
        column.name
        for column, cell in zip(TARGETS.columns, row, strict=True)
        if not cell.protection.locked
    }

    assert sheet.protection.sheet
    assert sheet.protection.password is None
    typed = {"last_year", "plan", *PHASED_NAMES, *MONTH_NAMES, "cause", "solution", "note"}
    assert is_open == typed


def test_the_office_that_keeps_the_list_may_change_its_definitions(opened: Opened) -> None:
    sheet = opened(blank("Xã"))[TARGETS.title]

    assert not sheet[f"{LETTERS['indicator']}{FIRST_ROW + 1}"].protection.locked
    assert sheet[f"{LETTERS['cumulative']}{FIRST_ROW + 1}"].protection.locked


def test_there_are_spare_lines_with_formulas_that_wait(opened: Opened) -> None:
    contents = with_units()
    sheet = opened(contents)[TARGETS.title]
    first = FIRST_ROW + 1 + len(contents.targets)

    for row in range(first, first + SPARE_LINES):
        for name, formula in expected_formulas(row, LETTERS).items():
            assert sheet[f"{LETTERS[name]}{row}"].value == f"={formula}"
        assert not sheet[f"A{row}"].protection.locked
    assert sheet[f"{LETTERS['rating']}{first + SPARE_LINES}"].value is None


def test_ratio_rows_compute_their_months_and_lock_them(opened: Opened) -> None:
    rows = tuple(
        TargetRow(item)
        for item in (
            indicator("A"),
            indicator("B"),
            indicator("C", source="tỷ số A/B")._replace(measure="%"),
        )
    )
    sheet = opened(replace(with_units(), targets=rows))[TARGETS.title]
    top, row = FIRST_ROW + 1, FIRST_ROW + 3

    for name, formula in expected_formulas(row, LETTERS, (top, top + 1)).items():
        cell = sheet[f"{LETTERS[name]}{row}"]
        assert cell.value == f"={formula}"
        assert cell.protection.locked


@pytest.mark.parametrize(
    ("parts", "measure", "times"),
    [
        (("tấn", "ha"), "tạ/ha", ",100,1)*10),"),
        (("tỷ đồng", "người"), "triệu đồng/người", ",100,1)*1000),"),
        (("hộ", "hộ"), "%", ",100,1)),"),
        (("tỷ đồng", "triệu đồng"), "%", ",100,1)*1000),"),
    ],
)
def test_ratio_rows_come_to_their_own_measure(
    opened: Opened, parts: tuple[str, str], measure: str, times: str
) -> None:
    rows = tuple(
        TargetRow(indicator(code, source=source)._replace(measure=said))
        for code, said, source in zip("ABC", (*parts, measure), ("", "", "tỷ số A/B"), strict=True)
    )
    sheet = opened(replace(with_units(), targets=rows))[TARGETS.title]

    formula = str(sheet[f"{LETTERS['cumulative']}{FIRST_ROW + 3}"].value)
    assert times in formula


def test_rows_fed_from_a_register_compute_what_they_can_and_may_be_typed_over(
    opened: Opened,
) -> None:
    flow = TargetRow(indicator("A", source="đếm Kiến nghị"))
    stock = TargetRow(indicator("B", source="đếm Tổ dân vận"))
    lost = TargetRow(indicator("C", source="đếm Sổ lạ"), (D(5), *[None] * 11))
    unit = replace(with_units().unit_sheets[0], targets=(flow,))
    rows = (flow, stock, lost)
    workbook = opened(replace(with_units(), targets=rows, unit_sheets=(unit,)))
    sheet, first = workbook[TARGETS.title], FIRST_ROW + 1

    for row, given in zip(range(first, first + 3), rows, strict=True):
        source = derivation_of(given.indicator, REGISTERS)
        for name, formula in expected_formulas(row, LETTERS, None, source).items():
            assert sheet[f"{LETTERS[name]}{row}"].value == f"={formula}"
    months = [sheet[f"{LETTERS['t1']}{row}"] for row in range(first, first + 3)]
    assert not any(cell.protection.locked for cell in months)
    assert [cell.value for cell in months[1:]] == [None, 5]
    # The registers are the unit's own: they say nothing about the units below it.
    assert not workbook[unit.title][f"{LETTERS['t1']}{first}"].protection.locked


def test_technical_columns_are_folded_away_where_nobody_changes_them(opened: Opened) -> None:
    for level, hidden in (("Thôn", True), ("Khối/Đoàn thể", True), ("Xã", False), ("Tỉnh", False)):
        sheet = opened(blank(level))[TARGETS.title]
        folded = {
            TARGETS.columns[index - 1].name
            for dimension in sheet.column_dimensions.values()
            if dimension.hidden
            for index in range(dimension.min, dimension.max + 1)
        }
        technical = {column.name for column in TARGETS.columns if column.technical}
        assert folded == (technical if hidden else set()) | {*PHASED_NAMES}, level


def test_phased_plans_are_seen_where_one_of_them_is_written(opened: Opened) -> None:
    phased = TargetRow(indicator("A"), further={"plan_6m": D(0), "cause": "Mưa lũ"})
    sheet = opened(replace(with_units(), targets=(phased,)))[TARGETS.title]

    hidden = [name for name in PHASED_NAMES if sheet.column_dimensions[LETTERS[name]].hidden]
    assert hidden == ["plan_q1", "plan_9m"]
    assert sheet[f"{LETTERS['plan_6m']}{FIRST_ROW + 1}"].value == 0
    assert sheet[f"{LETTERS['cause']}{FIRST_ROW + 1}"].alignment.wrap_text
    assert "KH 6 tháng" in sheet[f"{LETTERS['plan']}{FIRST_ROW - 1}"].comment.text


def test_rows_of_one_field_stand_together_under_a_roman_numeral(opened: Opened) -> None:
    fields = ("Quốc phòng - an ninh", "", "Kinh tế", "Quốc phòng - an ninh")
    rows = tuple(
        TargetRow(Indicator(code, field, f"Tên {code}", "hộ"))
        for code, field in zip("ABCD", fields, strict=True)
    )
    sheet = opened(replace(with_units(), targets=rows))[TARGETS.title]

    lines = [(sheet[f"A{row}"].value, sheet[f"C{row}"].value) for row in range(7, 13)]

    assert lines == [
        ("B", "Tên B"),
        ("I", "Kinh tế"),
        ("C", "Tên C"),
        ("II", "Quốc phòng - an ninh"),
        ("A", "Tên A"),
        ("D", "Tên D"),
    ]


def test_sheets_print_on_a4_one_page_wide_with_the_header_on_every_page(opened: Opened) -> None:
    workbook = opened(with_units())

    for title in (UNITS.title, TARGETS.title, ASSIGNMENT.title, "Thôn Một"):
        sheet = workbook[title]
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth in (None, 1)  # 1 when it is not said
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == f"${HEADER_ROW + 1}:${HEADER_ROW + 1}"
        assert sheet.print_area
        assert sheet.freeze_panes


def test_no_row_is_low_enough_to_clip_stacked_diacritics(opened: Opened) -> None:
    workbook = opened(with_units())

    for sheet in workbook.worksheets[:-1]:
        for row in sheet.iter_rows():
            sizes = [cell.font.size for cell in row if isinstance(cell.value, str)]
            height = sheet.row_dimensions[row[0].row].height
            assert not sizes or height is None or height >= 1.4 * max(sizes), (sheet, row[0].row)


def test_everything_is_set_in_times_new_roman(opened: Opened) -> None:
    for sheet in opened(with_units()).worksheets[:-1]:
        fonts = {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value}
        assert fonts == {"Times New Roman"}, sheet


def test_text_from_outside_is_never_taken_for_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    rows = (
        TargetRow(
            Indicator("=A", "", '=HYPERLINK("x")', "=1"),
            ("=2",) + (None,) * 11,
            "=3",
            further={"cause": "=4"},
        ),
    )
    units = (UnitRow("=1+1", "=2+2", email="=3+3"),)
    write_workbook(path, replace(with_units(), targets=rows, units=units, unit_sheets=()))

    sheet = openpyxl.load_workbook(path)[TARGETS.title]

    assert [sheet[f"{letter}7"].data_type for letter in ("A", "C", "D", "N", "AC", "AE")] == [
        "s"
    ] * 6
    assert validate(path) == []


def test_the_letters_of_the_template_are_those_of_the_forms() -> None:
    assert {
        column.name: column_letter(index) for index, column in enumerate(TARGETS.columns)
    } == LETTERS
