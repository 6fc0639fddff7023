"""The registers as an officer finds them in the workbook, and as a printer does."""

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from danvan_xl.files.grid import column_letter
from danvan_xl.outgoing.contents import Contents
from danvan_xl.outgoing.register_formulas import FIRST_ROW, LAST_ROW
from danvan_xl.schema.columns import CellEntry, Kind
from danvan_xl.schema.registers import Register, load_registers
from danvan_xl.schema.sheets import LEVELS, MARKER_SHEET, REGISTER_OF, REGISTERS
from danvan_xl.writing.template import register_choices
from danvan_xl.writing.template.guide import GUIDE_TITLE
from danvan_xl.writing.template.heading import HEADER_ROW
from danvan_xl.writing.template.registers import PREPARED_ROWS
from danvan_xl.writing.template.workbook import write_workbook
from tests.spreadsheet import convert, read_values, validate
from tests.workbooks import blank

# The rows a register prints follow from a formula, which openpyxl does not read and says so.
pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")

D = Decimal
Opened = Callable[[Contents], "openpyxl.Workbook"]
AT_COMMUNES = [register for register in REGISTERS if "Xã" in register.levels]

PROJECTS: tuple[dict[str, CellEntry], ...] = (
    {"project": "Đường tránh", "measure": "thửa", "total": D(8), "completed": D(2)},
    {"project": "Kè sông", "measure": "m", "total": D(0), "completed": D(0)},
    {"project": "Khu tái định cư", "measure": "hộ", "total": 12},
    {"project": "=HYPERLINK(1)", "measure": "km", "total": "trên 30", "completed": D(3)},
)


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    def write_and_open(contents: Contents) -> "openpyxl.Workbook":
        path = tmp_path / "so.xlsx"
        write_workbook(path, contents)
        return openpyxl.load_workbook(path)

    return write_and_open


def cell_of(register: Register, name: str, row: int = FIRST_ROW) -> str:
    return f"{column_letter(register.sheet.position(name))}{row}"


def rule_of(sheet: Worksheet, cell: str) -> DataValidation:
    (rule,) = [item for item in sheet.data_validations.dataValidation if cell in item.sqref]
    return rule


def with_registers(**rows: tuple[dict[str, CellEntry], ...]) -> Contents:
    return replace(blank("Xã"), registers=rows)


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_has_its_registers_and_no_other(level: str, opened: Opened) -> None:
    titles = opened(blank(level)).sheetnames

    assert [title for title in titles if title in {item.title for item in REGISTERS}] == [
        register.title for register in REGISTERS if level in register.levels
    ]


def test_a_register_that_is_filled_in_is_written_at_any_level(opened: Opened) -> None:
    filled = replace(blank("Thôn"), registers={"projects": PROJECTS})

    assert "Dự án" in opened(filled).sheetnames


def test_the_header_row_is_that_of_the_declaration(opened: Opened) -> None:
    workbook = opened(blank("Xã"))

    for register in AT_COMMUNES:
        header = [cell.value for cell in workbook[register.title][HEADER_ROW + 1]]
        assert header == [column.header for column in register.sheet.columns]
        assert workbook[register.title].freeze_panes == f"A{FIRST_ROW}"
        assert workbook[register.title].auto_filter.ref.startswith(f"A{HEADER_ROW + 1}:")


def test_every_choice_has_its_dropdown(opened: Opened) -> None:
    workbook = opened(blank("Xã"))

    for register in AT_COMMUNES:
        for column in register.sheet.columns:
            if column.kind is Kind.CHOICE:
                sheet = workbook[register.title]
                rule = rule_of(sheet, cell_of(register, column.name, LAST_ROW))
                assert choices_of(workbook, rule) == list(column.choices)


def choices_of(workbook: "openpyxl.Workbook", rule: DataValidation) -> list[str]:
    """Return what a dropdown offers, be it a list of its own or cells of the hidden sheet."""
    if rule.formula1.startswith('"'):
        return str(rule.formula1.strip('"')).split(",")
    title, _, cells = rule.formula1.partition("!")
    return [cell.value for (cell,) in workbook[title][cells.replace("$", "")]]


def test_choices_with_a_comma_stand_in_cells_of_the_hidden_sheet(opened: Opened) -> None:
    rule = rule_of(opened(blank("Xã"))["Tuyên truyền"], "B7")

    assert rule.formula1 == f"{MARKER_SHEET}!$H$1:$H$7"


DECLARED = """
[[register]]
name = "visits"
title = "Thăm hỏi"
heading = "SỔ THEO DÕI THĂM HỎI"
help = "Mỗi dòng một lần thăm."
levels = ["Xã"]
signature = ["where", "count"]
columns = [
    { name = "where", header = "Nơi đến", kind = "choice", choices = [CHOICES], required = true },
    { name = "count", header = "Số suất", kind = "count" },
    { name = "word", header = "Lời nhắn", private = true, help = "Ghi ngắn." },
]
"""


def test_a_register_added_to_the_data_gets_its_sheet(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choices = [f"Thôn văn hóa kiểu mẫu số {number}" for number in range(20)]
    path = tmp_path / "them.toml"
    quoted = ", ".join(f'"{choice}"' for choice in choices)
    path.write_text(DECLARED.replace("CHOICES", quoted), encoding="utf-8")
    monkeypatch.setattr(register_choices, "REGISTERS", load_registers(path))

    workbook = opened(blank("Xã"))

    sheet = workbook["Thăm hỏi"]
    assert sheet["A3"].value.startswith('="SỔ THEO DÕI THĂM HỎI"')
    assert choices_of(workbook, rule_of(sheet, "A7")) == choices
    assert sheet["C6"].comment.text == "Ghi ngắn. Cột này không gửi lên cấp trên."


def test_days_are_days(opened: Opened) -> None:
    sheet = opened(blank("Xã"))["Kiến nghị"]

    assert rule_of(sheet, "A7").type == "date"
    assert sheet["A7"].number_format == "dd/mm/yyyy"


def test_an_odd_number_is_questioned_but_not_refused(opened: Opened) -> None:
    workbook = opened(blank("Xã"))
    count = rule_of(workbook["Tuyên truyền"], "D7")
    share = rule_of(workbook["Nhiệm vụ"], "H7")
    figure = rule_of(workbook["Huy động"], "F7")

    assert {count.errorStyle, share.errorStyle, figure.errorStyle} == {"warning"}
    assert count.formula1 == "IF(ISNUMBER(D7),AND(D7>=0,D7=INT(D7)),FALSE)"
    assert share.formula1 == "IF(ISNUMBER(H7),AND(H7>=0,H7<=100),FALSE)"
    assert figure.formula1 == "IF(ISNUMBER(F7),TRUE,FALSE)"
    assert "trên 2.000" in figure.error


def test_a_code_is_text_and_may_stand_there_only_once(opened: Opened) -> None:
    workbook = opened(blank("Xã"))

    assert workbook["Dân vận khéo"]["A7"].number_format == "@"
    rule = rule_of(workbook["Dân vận khéo"], "A7")
    assert (rule.formula1, rule.errorStyle) == (f"COUNTIF($A$7:$A${LAST_ROW},A7)=1", "warning")


def test_a_year_is_shown_without_thousands(opened: Opened) -> None:
    workbook = opened(blank("Xã"))

    assert workbook["Dân vận khéo"]["F7"].number_format == "0"
    assert workbook["Tiêu chí"]["D7"].number_format == "0"
    assert workbook["Dân vận khéo"]["H7"].number_format == "#,##0"


def test_headers_explain_themselves_and_say_what_is_not_sent(opened: Opened) -> None:
    workbook = opened(blank("Xã"))

    for register in AT_COMMUNES:
        for cell, column in zip(
            workbook[register.title][HEADER_ROW + 1], register.sheet.columns, strict=True
        ):
            words = cell.comment.text if cell.comment else ""
            assert words.startswith(column.help)
            assert words.count("không gửi lên cấp trên") == column.private


def test_what_is_typed_is_open_and_rows_may_come_and_go(opened: Opened) -> None:
    workbook = opened(blank("Xã"))

    for register in AT_COMMUNES:
        sheet = workbook[register.title]
        for cell, column in zip(sheet[FIRST_ROW], register.sheet.columns, strict=True):
            assert cell.protection.locked == column.computed, (register.title, column.header)
        assert sheet["A6"].protection.locked
        protection = sheet.protection
        assert protection.sheet
        assert protection.password is None
        # False: the protection does not forbid it.
        allowed = ("insertRows", "deleteRows", "sort", "autoFilter", "formatRows")
        assert {getattr(protection, name) for name in allowed} == {False}


def test_a_share_is_worked_out_where_it_can_be(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    write_workbook(path, with_registers(projects=PROJECTS))
    sheet = openpyxl.load_workbook(path)["Dự án"]

    assert sheet["F7"].value == '=IF(AND(ISNUMBER(E7),ISNUMBER(D7)),IF(D7=0,"",E7/D7),"")'
    assert sheet["F21"].data_type == "f"
    assert (sheet["F22"].value, sheet["F22"].protection.locked) == (None, False)
    assert [row[5] for row in read_values(path)["Dự án"][6:10]] == [0.25, "", "", ""]


def test_rows_are_written_as_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    day = dt.date(2026, 3, 5)
    petition = {"received_on": day, "content": "Kênh sạt lở", "agency": "=1+1", "due_on": day}
    write_workbook(path, with_registers(petitions=(petition,), projects=PROJECTS))

    workbook = openpyxl.load_workbook(path)

    assert workbook["Kiến nghị"]["A7"].value == dt.datetime(2026, 3, 5)
    assert workbook["Kiến nghị"]["E7"].data_type == "s"
    assert [workbook["Dự án"][f"D{row}"].value for row in range(7, 11)] == [8, 0, 12, "trên 30"]
    assert workbook["Dự án"]["A10"].data_type == "s"
    assert validate(path) == []


def test_there_is_always_room_for_more_rows(opened: Opened) -> None:
    many: tuple[dict[str, CellEntry], ...] = ({"team": "Tổ", "kind": "Tổ dân vận"},) * 290
    workbook = opened(with_registers(teams=many))

    assert workbook["Văn bản"].auto_filter.ref == f"A6:H{HEADER_ROW + 1 + PREPARED_ROWS}"
    assert workbook["Tổ dân vận"].auto_filter.ref == "A6:O396"


def test_rows_are_high_enough_for_their_texts_and_grow_with_them(
    opened: Opened, tmp_path: Path
) -> None:
    long = "Đề nghị sửa chữa đoạn kênh mương nội đồng bị sạt lở, nước không về đến ruộng " * 2
    workbook = opened(with_registers(petitions=({"content": long}, {"content": "Ngắn"})))
    heights = workbook["Kiến nghị"].row_dimensions

    assert heights[7].height >= 5 * 16
    assert heights[8].height == heights[9].height == 21
    with zipfile.ZipFile(tmp_path / "so.xlsx") as archive:
        number = workbook.sheetnames.index("Kiến nghị") + 1
        xml = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
    fixed = re.findall(r'<row r="(\d+)"[^>]*customHeight', xml)
    assert max(map(int, fixed)) == HEADER_ROW + 1


def test_excel_prints_a_register_as_far_as_it_is_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    write_workbook(path, blank("Xã"))
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/workbook.xml").decode()
    names = dict(
        re.findall(r'<definedName name="_xlnm.Print_Area" localSheetId="(\d+)">([^<]*)<', xml)
    )
    place = openpyxl.load_workbook(path).sheetnames.index("Dân vận khéo")

    cells = "'Dân vận khéo'!$A$7:$K$1006"
    assert names[str(place)] == (
        "'Dân vận khéo'!$A$1:INDEX('Dân vận khéo'!$K$1:$K$1006,"
        f'IF(SUMPRODUCT(MAX(({cells}&lt;&gt;"")*ROW({cells})))=0,21,'
        f'SUMPRODUCT(MAX(({cells}&lt;&gt;"")*ROW({cells})))))'
    )
    assert validate(path) == []


def short_rows(register: Register, count: int) -> tuple[dict[str, CellEntry], ...]:
    """Rows whose every text fits on one line."""
    entries: dict[Kind, CellEntry] = {Kind.DATE: dt.date(2026, 5, 4), Kind.COUNT: 12}
    row = {
        column.name: entries.get(column.kind, column.choices[0] if column.choices else "Tổ 1")
        for column in register.sheet.columns
        if not column.computed
    }
    return (row,) * count


def test_libreoffice_prints_no_empty_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It knows nothing of print areas that follow from a formula."""
    filled = {register.name: short_rows(register, 40) for register in AT_COMMUNES}
    paths = [tmp_path / f"{name}.xlsx" for name in ("blank", "filled", "none")]
    write_workbook(paths[0], blank("Xã"))
    write_workbook(paths[1], with_registers(**filled))
    monkeypatch.setattr(register_choices, "REGISTERS", ())
    write_workbook(paths[2], blank("Xã"))

    blank_pages, filled_pages, others = (
        len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))
        for pdf in convert(paths, tmp_path / "pdf", "pdf")
    )

    assert blank_pages - others == len(AT_COMMUNES)
    assert filled_pages - others <= 3 * len(AT_COMMUNES)


def test_the_guide_says_what_each_register_is_for_and_what_stays_with_the_unit(
    opened: Opened,
) -> None:
    workbook = opened(blank("Thôn"))
    lines = {row[0].value: row[1].value for row in workbook[GUIDE_TITLE].iter_rows(max_col=2)}

    for register in REGISTERS:
        shown = lines.get(register.title)
        assert shown == (register.sheet.help if "Thôn" in register.levels else None)
    assert "Kiến nghị (Nội dung, Kết quả, Ghi chú)" in lines["Không gửi lên"]
    assert "Nguồn" in lines["Tự lấy số"]


def test_a_level_without_registers_has_no_such_section(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_choices, "REGISTERS", (REGISTER_OF["projects"],))
    commune, village = opened(blank("Xã")), opened(blank("Thôn"))

    labels = [
        {row[0].value for row in workbook[GUIDE_TITLE].iter_rows(max_col=1)}
        for workbook in (commune, village)
    ]

    assert "Dự án" in labels[0]
    assert "Không gửi lên" not in labels[0]
    assert "CÁC SỔ THEO DÕI" not in labels[1]
