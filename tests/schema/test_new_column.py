"""A column is added by declaring it; everything else follows from that.

Columns of every kind are declared on a copy of the program, which then runs as officers run it.
"""

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from danvan_xl.reading.records import FURTHER_FIELDS, FURTHER_UNIT_COLUMNS, Info
from danvan_xl.reading.target_columns import FIGURE_NAMES, SHOWN_NAMES, TEXT_NAMES
from danvan_xl.schema.indicators import CHOICE_NAMES, DEFINITION, FURTHER_COLUMNS, Indicator
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.sheets import INPUT_SHEETS, MONTH_NAMES, REGISTER_OF, TARGETS, UNITS

# The rows a register prints follow from a formula, which openpyxl does not read and says so.
pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")

ROOT = Path(__file__).resolve().parents[2]
HEADER = 6
DAY, OTHER_DAY = dt.date(2026, 3, 5), dt.date(2026, 9, 30)
SHEETS = "danvan_xl/schema/sheets.py"
# For each file the table, the first words before which columns are declared, the declarations.
DECLARED = (
    (
        SHEETS,
        "TARGETS = Sheet(",
        r'Column\(\s*"measure"',
        """
        Column("lead", "Cơ quan chủ trì", width=15, goes_down=True, shown_in_summary=True,
               help="Cơ quan lo chỉ tiêu này."),
        Column("extent", "Phạm vi", Kind.CHOICE, choices=("Toàn xã", "Làm điểm, rồi nhân rộng"),
               goes_down=True),
        Column("begins", "Bắt đầu", Kind.DATE, width=11, goes_down=True),
        Column("households", "Số hộ hưởng", Kind.COUNT, measure="hộ", goes_down=True),
""",
    ),
    (
        SHEETS,
        "TARGETS = Sheet(",
        r"\*\(\s*Column\(\s*name",
        """
        Column("first_aim", "Mốc đầu năm", Kind.NUMBER, goes_up=True, shown_in_summary=True),
""",
    ),
    (
        SHEETS,
        "TARGETS = Sheet(",
        r'Column\(\s*"note"',
        """
        Column("reason", "Vướng ở đâu", width=20, goes_up=True, shown_in_summary=True,
               help="Vì sao chậm."),
        Column("remedy", "Cách làm riêng", width=20),
        Column("people", "Số người", Kind.COUNT, measure="người", most=500, goes_up=True),
        Column("budget", "Vốn", Kind.NUMBER, goes_up=True),
        Column("degree", "Mức độ", Kind.CHOICE, choices=("Cao", "Thấp"), goes_up=True),
        Column("ends", "Hạn xong", Kind.DATE, goes_up=True, shown_in_summary=True),
        Column("paper", "Số văn bản", Kind.CODE, goes_up=True),
""",
    ),
    (
        SHEETS,
        "UNITS = Sheet(",
        r'Column\(\s*"note"',
        """
        Column("seat", "Trụ sở", width=20, shown_in_summary=True, help="Nơi làm việc."),
        Column("homes", "Số hộ dân", Kind.COUNT, shown_in_summary=True),
        Column("area", "Diện tích", Kind.NUMBER, measure="ha"),
        Column("zone", "Vùng", Kind.CHOICE, choices=("Đồng bằng", "Miền núi")),
        Column("founded", "Ngày lập thôn", Kind.DATE),
        Column("post", "Mã bưu chính", Kind.CODE),
""",
    ),
    (
        "danvan_xl/schema/info_form.py",
        "INFO = Form(",
        r'Column\(\s*"recipient_email"',
        """
        Column("style", "Thể thức", Kind.CHOICE, choices=("Đảng", "Nhà nước"), goes_down=True,
               goes_up=True, help="Cách trình bày."),
        Column("symbol", "Ký hiệu cơ quan", goes_up=True),
        Column("secret", "Việc riêng"),
        Column("staff", "Số cán bộ", Kind.COUNT, goes_up=True),
        Column("fund", "Kinh phí", Kind.NUMBER, goes_up=True),
        Column("decided", "Ngày quyết định", Kind.DATE, goes_up=True),
""",
    ),
    (
        "danvan_xl/data/so-theo-doi.toml",
        'name = "movement_models"',
        r'\{ name = "kind"',
        """
    { name = "place", header = "Địa bàn", width = 14, help = "Nơi thực hiện.", goes_up = true },
    { name = "told_by", header = "Nguồn tin", width = 14 },
    { name = "cost", header = "Chi phí", kind = "number", width = 12, measure = "triệu đồng" },
    { name = "homes", header = "Số hộ theo", kind = "count", width = 12 },
    { name = "seen", header = "Ngày kiểm tra", kind = "date", width = 12 },
    { name = "grade", header = "Xếp loại", kind = "choice", choices = ["Tốt", "Khá"], width = 12 },
    { name = "inside", header = "Nội bộ", private = true, width = 12 },
""",
    ),
)
CATALOGUE = """\
Mã,Lĩnh vực,Chỉ tiêu,ĐVT,Kế hoạch,Phạm vi,Cơ quan chủ trì,Bắt đầu,Mốc đầu năm,Số hộ hưởng
K1,Kinh tế,Thu nhập,triệu đồng,100,toàn xã,Phòng Kinh tế,05/03/2026,"20,5",30
K2,Kinh tế,Mô hình,mô hình,10,,,,,
"""
# What is typed: by the header of the column, as a person does and as it is read.
TYPED: Mapping[str, object] = {
    "Vướng ở đâu": "Mưa lũ kéo dài\nba tháng",
    "Cách làm riêng": "Nói riêng trong xã",
    "Số người": 12,
    "Vốn": "1.234,5",
    "Mức độ": "cao",
    "Hạn xong": OTHER_DAY,
    "Số văn bản": "012",
    "Mốc đầu năm": "trên 20",
}
UNIT: Mapping[str, object] = {
    "Trụ sở": "Nhà văn hóa",
    "Số hộ dân": 120,
    "Diện tích": 7.5,
    "Vùng": "miền núi",
    "Ngày lập thôn": DAY,
    "Mã bưu chính": "0570",
}
OFFICE: Mapping[str, object] = {
    "Thể thức": "nhà nước",
    "Ký hiệu cơ quan": "DVA",
    "Việc riêng": "của cơ quan",
    "Số cán bộ": 7,
    "Kinh phí": 15.5,
    "Ngày quyết định": DAY,
}
MODEL: Mapping[str, object] = {
    "Địa bàn": "Xóm trên",
    "Nguồn tin": "kể lại",
    "Chi phí": 3.5,
    "Số hộ theo": 9,
    "Ngày kiểm tra": DAY,
    "Xếp loại": "Khá",
    "Nội bộ": "chỉ trong thôn",
}
FRAMES = """
import json, sys
from danvan_xl import consolidate
result = consolidate("so.xlsx", "nhan")
unit = result.consolidation.book.units[0]
info = result.consolidation.book.info
json.dump({
    "totals": json.loads(result.totals.loc["K1"].to_json(date_format="iso")),
    "units": json.loads(result.units.loc[("A.1", "K1")].to_json(date_format="iso")),
    "submissions": json.loads(result.submissions.loc["A.1"].to_json(date_format="iso")),
    "types": {name: str(kind) for name, kind in result.totals.dtypes.items()},
    "unit": sorted(unit.further), "info": sorted(info.further),
}, sys.stdout)
"""


class Ran(NamedTuple):
    code: int
    said: dict[str, Any]

    def findings(self) -> set[tuple[str, str, str]]:
        """Code, sheet and cell of all that was found."""
        issues = [item for file in self.said["files"] for item in file["issues"]]
        return {(item["code"], item["sheet"], item["cell"]) for item in issues}


class Loop(NamedTuple):
    """The workbooks of one loop from template to summary, and what was said."""

    folder: Path
    template: Workbook
    hamlet: Workbook
    wrong: Workbook
    wrong_found: Ran
    given: Workbook
    again: Workbook
    sending: Workbook
    result: Ran
    summary: Workbook
    frames: dict[str, Any]


def declared(folder: Path) -> None:
    """Put the program into a folder with the columns declared, and nothing else changed."""
    leave_out = shutil.ignore_patterns("__pycache__")
    for name in ("danvan_xl", "workbook_templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=leave_out)
    for file, table, before, columns in DECLARED:
        path = folder / file
        head, _, body = path.read_text(encoding="utf-8").partition(table)
        place = re.search(before, body)
        assert place is not None, f"{file}: {before}"
        longer = body[: place.start()] + columns.strip() + "\n" + body[place.start() :]
        path.write_text(head + table + longer, encoding="utf-8")


def python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PYTHONPATH": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def run(folder: Path, *arguments: str) -> Ran:
    done = python(folder, "-m", "danvan_xl", *arguments, "--json")
    assert done.stdout, done.stderr
    return Ran(done.returncode, json.loads(done.stdout))


def columns_of(sheet: Worksheet) -> dict[str, int]:
    """The columns of a table by their headers."""
    row = next(row for row in sheet.iter_rows(max_row=12) if len(filled(row)) > 3)
    return {str(cell.value): cell.column for cell in filled(row)}


def letters_of(sheet: Worksheet) -> dict[str, str]:
    return {name: get_column_letter(at) for name, at in columns_of(sheet).items()}


def filled(row: Any) -> list[Any]:
    return [cell for cell in row if cell.value is not None]


def row_of(sheet: Worksheet, word: str) -> int:
    """The first row with a cell of just that word."""
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == word)


def told(sheet: Worksheet, word: str) -> dict[str, object]:
    """The row with a word in it, by headers; days without a clock."""
    row = row_of(sheet, word)
    values = {name: sheet.cell(row, at).value for name, at in columns_of(sheet).items()}
    return {
        name: value.date() if isinstance(value, dt.datetime) else value
        for name, value in values.items()
    }


def cell_of(sheet: Worksheet, word: str, header: str) -> str:
    return str(sheet.cell(row_of(sheet, word), columns_of(sheet)[header]).coordinate)


def type_in(sheet: Worksheet, row: int, cells: Mapping[str, object]) -> None:
    """Type into a row by headers, as an officer does (openpyxl, in tests only)."""
    columns = columns_of(sheet)
    for header, value in cells.items():
        sheet.cell(row, columns[header], value)


def type_about(sheet: Worksheet, fields: Mapping[str, object]) -> None:
    for label, value in fields.items():
        sheet.cell(row_of(sheet, label), 2, value)


def about(sheet: Worksheet) -> dict[str, object]:
    values = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=4)}
    return {
        str(label): value.date() if isinstance(value, dt.datetime) else value
        for label, value in values.items()
    }


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    folder = tmp_path_factory.mktemp("chuong-trinh")
    declared(folder)
    (folder / "chi-tieu.csv").write_text(CATALOGUE, encoding="utf-8")
    catalogue = ("--chi-tieu", "chi-tieu.csv", "--nam", "2026")
    office = ("--ma", "A", "--ten", "Xã A", "--cap", "Xã")
    hamlet = ("--ma", "T", "--ten", "Thôn T", "--cap", "Thôn")
    assert run(folder, "mau", "-o", "so.xlsx", *office, *catalogue).code == 0
    assert run(folder, "mau", "-o", "thon.xlsx", *hamlet, *catalogue).code == 0
    template, hamlet_book = load_workbook(folder / "so.xlsx"), load_workbook(folder / "thon.xlsx")
    wrong = filled_wrongly(folder)
    wrong_found = run(folder, "kiem-tra", "sai.xlsx")
    fill_office(folder)
    given, again = given_twice(folder)
    sending = sent(folder)
    result = run(folder, "tong-hop", "so.xlsx", "nhan", "-o", "tong-hop.xlsx")
    return Loop(
        folder=folder,
        template=template,
        hamlet=hamlet_book,
        wrong=wrong,
        wrong_found=wrong_found,
        given=given,
        again=again,
        sending=sending,
        result=result,
        summary=load_workbook(folder / "tong-hop.xlsx"),
        frames=json.loads(python(folder, "-c", FRAMES).stdout),
    )


def filled_wrongly(folder: Path) -> Workbook:
    """A workbook in which every declared column of a kind that can be wrong is."""
    workbook = load_workbook(folder / "so.xlsx")
    targets, units = workbook["Chỉ tiêu"], workbook["Đơn vị"]
    wrong = {
        "Cơ quan chủ trì": "ông A 0912345678",
        "Phạm vi": "Toàn huyện",
        "Bắt đầu": "hôm nọ",
        "Số hộ hưởng": "nhiều",
        "Mốc đầu năm": "25/24",
        "Vướng ở đâu": "gọi 0912345678",
        "Số người": 501,
        "Vốn": "nhiều",
        "Mức độ": "Vừa",
        "Hạn xong": "cuối năm",
    }
    type_in(targets, row_of(targets, "K1"), wrong | {"T1": 1})
    line = {"Mã": "A.1", "Tên đơn vị": "Thôn 1", "Trụ sở": "nhà ông B 0912345678"}
    line |= {"Số hộ dân": -3, "Diện tích": "rộng", "Vùng": "Biển", "Ngày lập thôn": "xưa"}
    type_in(units, HEADER + 1, line)
    fields = {"Kỳ báo cáo": "Quý I", "Thể thức": "Khác", "Ký hiệu cơ quan": "gọi 0912345678"}
    fields |= {"Số cán bộ": 1.5, "Kinh phí": "ít", "Ngày quyết định": "hôm qua"}
    type_about(workbook["Thông tin"], fields)
    models = workbook["Dân vận khéo"]
    row = {"Tên mô hình": "M", "Địa bàn": "hỏi 0912345678", "Chi phí": "ít", "Số hộ theo": -1}
    type_in(models, HEADER + 1, row | {"Ngày kiểm tra": "mai", "Xếp loại": "Kém"})
    workbook.save(folder / "sai.xlsx")
    return workbook


def fill_office(folder: Path) -> None:
    """Fill in the workbook of the commune: its office, its unit, its plan, its own words."""
    workbook = load_workbook(folder / "so.xlsx")
    type_about(workbook["Thông tin"], OFFICE | {"Kỳ báo cáo": "Quý I", "Ngày lập": DAY})
    units = workbook["Đơn vị"]
    type_in(units, HEADER + 1, {"Mã": "A.1", "Tên đơn vị": "Thôn 1", "Cấp": "Thôn"} | UNIT)
    targets = workbook["Chỉ tiêu"]
    type_in(targets, row_of(targets, "K1"), TYPED)
    plans = workbook["Giao chỉ tiêu"]
    columns = columns_of(plans)
    plans.insert_cols(columns["Cộng"])
    plans.cell(HEADER, columns["Cộng"], "A.1")
    for code, plan in (("K1", 100), ("K2", 10)):
        plans.cell(row_of(plans, code), 1, code)
        plans.cell(row_of(plans, code), columns["Cộng"], plan)
    workbook.save(folder / "so.xlsx")


def given_twice(folder: Path) -> tuple[Workbook, Workbook]:
    """What the unit is given; then, with its words in it and another lead, given again."""
    assert run(folder, "giao", "so.xlsx", "-o", "giao", "--cho-phep-lech").code == 0
    path = folder / "giao" / "DV_A.1_2026.xlsx"
    given = load_workbook(path)
    workbook = load_workbook(path)
    targets = workbook["Chỉ tiêu"]
    type_in(targets, row_of(targets, "K1"), TYPED | {"T1": 30, "T2": 1, "T3": 2})
    models = workbook["Dân vận khéo"]
    model = {"Mã mô hình": "M1", "Tên mô hình": "Tuyến đường hoa"}
    type_in(models, HEADER + 1, model | MODEL)
    fields = {"Kỳ báo cáo": "Quý I", "Ngày lập": DAY, "Ký hiệu cơ quan": "T1", "Số cán bộ": 2}
    fields |= {"Kinh phí": "1,5", "Ngày quyết định": DAY, "Việc riêng": "của thôn"}
    type_about(workbook["Thông tin"], fields)
    workbook.save(path)
    office = load_workbook(folder / "so.xlsx")
    type_in(office["Chỉ tiêu"], row_of(office["Chỉ tiêu"], "K1"), {"Cơ quan chủ trì": "Phòng Mới"})
    office.save(folder / "so.xlsx")
    before = set(path.parent.iterdir())
    assert run(folder, "giao", "so.xlsx", "-o", "giao", "--cho-phep-lech").code == 0
    (new,) = {item for item in path.parent.iterdir() if item.suffix == ".xlsx"} - before
    shutil.copy(new, folder / "cap-nhat.xlsx")
    return given, load_workbook(new)


def sent(folder: Path) -> Workbook:
    """What the unit sends, which then lies in the inbox of the commune."""
    (folder / "trong").mkdir()
    arguments = ("cap-nhat.xlsx", "trong", "-o", "gui", "--van-gui")
    ran = run(folder, "gui", *arguments)
    assert ran.code in (0, 1), ran.said
    (path,) = (folder / "gui").glob("*.xlsx")
    (folder / "nhan").mkdir()
    shutil.copy(path, folder / "nhan")
    return load_workbook(path)


def test_the_program_does_not_know_the_columns_yet() -> None:
    typed = {TARGETS: TYPED, UNITS: UNIT, REGISTER_OF["movement_models"].sheet: MODEL}

    for sheet, cells in typed.items():
        assert {column.header for column in sheet.columns}.isdisjoint(cells)
    assert {field.header for field in INFO.fields}.isdisjoint(OFFICE)


def test_every_level_has_the_columns_with_help_width_format_and_choices(loop: Loop) -> None:
    for workbook in (loop.template, loop.hamlet):
        sheet = workbook["Chỉ tiêu"]
        columns = columns_of(sheet)
        letters = letters_of(sheet)
        row = row_of(sheet, "K1")

        assert {*TYPED, "Cơ quan chủ trì", "Phạm vi", "Bắt đầu"} <= set(columns)
        assert sheet.cell(HEADER, columns["Vướng ở đâu"]).comment.text == "Vì sao chậm."
        assert sheet.column_dimensions[letters["Vướng ở đâu"]].width == pytest.approx(20, abs=1)
        looks = {name: sheet.cell(row, columns[name]).number_format for name in columns}
        assert (looks["Mốc đầu năm"], looks["Hạn xong"]) == ("#,##0", "dd/mm/yyyy")
        assert (looks["Số văn bản"], looks["Số người"]) == ("@", "#,##0")
        kinds = {
            name: {rule.type for rule in rules_at(sheet, f"{letter}{row}")}
            for name, letter in letters.items()
        }
        assert kinds["Mức độ"] == kinds["Phạm vi"] == {"list"}
        assert kinds["Hạn xong"] == kinds["Bắt đầu"] == {"date"}
        assert kinds["Số người"] == kinds["Mốc đầu năm"] == kinds["Vốn"] == {"custom"}
        (long,) = rules_at(sheet, f"{letters['Phạm vi']}{row}")
        assert "_danvan!" in long.formula1  # a comma would split it


def rules_at(sheet: Worksheet, cell: str) -> list[Any]:
    return [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]


def test_units_and_the_office_have_theirs_too(loop: Loop) -> None:
    units, office = loop.template["Đơn vị"], loop.template["Thông tin"]
    letters = letters_of(units)

    assert set(UNIT) <= set(letters)
    assert {rule.type for rule in rules_at(units, f"{letters['Vùng']}{HEADER + 1}")} == {"list"}
    assert {rule.type for rule in rules_at(units, f"{letters['Số hộ dân']}{HEADER + 1}")} == {
        "custom"
    }
    assert set(OFFICE) <= set(about(office))
    assert {rule.type for rule in rules_at(office, f"B{row_of(office, 'Thể thức')}")} == {"list"}
    assert office.cell(row_of(office, "Thể thức"), 3).value == "Cách trình bày."
    assert set(MODEL) <= set(columns_of(loop.template["Dân vận khéo"]))


def test_the_list_of_indicators_fills_what_is_handed_down(loop: Loop) -> None:
    row = told(loop.template["Chỉ tiêu"], "K1")

    assert (row["Cơ quan chủ trì"], row["Phạm vi"]) == ("Phòng Kinh tế", "Toàn xã")
    assert (row["Bắt đầu"], row["Mốc đầu năm"], row["Số hộ hưởng"]) == (DAY, 20.5, 30)


def test_wrong_cells_are_told_at_their_place(loop: Loop) -> None:
    found = loop.wrong_found.findings()
    targets, units, office = (loop.wrong[name] for name in ("Chỉ tiêu", "Đơn vị", "Thông tin"))
    models = loop.wrong["Dân vận khéo"]
    of_targets = {
        "Cơ quan chủ trì": "TD08",
        "Phạm vi": "CT07",
        "Bắt đầu": "DV13",
        "Số hộ hưởng": "SO01",
        "Mốc đầu năm": "SO01",
        "Vướng ở đâu": "TD08",
        "Số người": "TD12",
        "Vốn": "SO01",
        "Mức độ": "CT07",
        "Hạn xong": "DV13",
    }
    of_units = {"Trụ sở": "TD08", "Số hộ dân": "TD12", "Diện tích": "SO01", "Vùng": "CT07"}
    of_units |= {"Ngày lập thôn": "DV13"}
    of_office = {"Thể thức": "CT07", "Ký hiệu cơ quan": "TD08", "Số cán bộ": "TD12"}
    of_office |= {"Kinh phí": "SO01", "Ngày quyết định": "DV13"}
    of_models = {"Địa bàn": "TD08", "Chi phí": "SO01", "Số hộ theo": "TD12", "Xếp loại": "TD03"}
    of_models |= {"Ngày kiểm tra": "DV13"}

    assert {
        *((code, "Chỉ tiêu", cell_of(targets, "K1", name)) for name, code in of_targets.items()),
        *((code, "Đơn vị", cell_of(units, "A.1", name)) for name, code in of_units.items()),
        *((code, "Thông tin", f"B{row_of(office, name)}") for name, code in of_office.items()),
        *((code, "Dân vận khéo", cell_of(models, "M", name)) for name, code in of_models.items()),
    } <= found
    assert "0912345678" not in json.dumps(loop.wrong_found.said)


def test_a_unit_is_given_what_is_handed_down_and_no_more(loop: Loop) -> None:
    sheet = loop.given["Chỉ tiêu"]
    row = told(sheet, "K1")
    locked = {
        name: sheet.cell(row_of(sheet, "K1"), at).protection.locked
        for name, at in columns_of(sheet).items()
    }

    assert (row["Cơ quan chủ trì"], row["Phạm vi"]) == ("Phòng Kinh tế", "Toàn xã")
    assert (row["Bắt đầu"], row["Số hộ hưởng"]) == (DAY, 30)
    assert {row[name] for name in TYPED} == {None}
    assert locked["Cơ quan chủ trì"]
    assert not any(locked[name] for name in TYPED)
    office = about(loop.given["Thông tin"])
    assert office["Thể thức"] == "Nhà nước"
    assert {office[name] for name in OFFICE if name != "Thể thức"} == {None}


def test_what_the_unit_typed_is_there_when_it_is_given_again(loop: Loop) -> None:
    row = told(loop.again["Chỉ tiêu"], "K1")
    office = about(loop.again["Thông tin"])

    assert {name: row[name] for name in TYPED} == TYPED
    assert row["Cơ quan chủ trì"] == "Phòng Mới"
    assert (row["Phạm vi"], row["T1"]) == ("Toàn xã", 30)
    model = told(loop.again["Dân vận khéo"], "Tuyến đường hoa")
    assert {name: model[name] for name in MODEL} == MODEL
    assert (office["Số cán bộ"], office["Kinh phí"]) == (2, "1,5")
    assert (office["Việc riêng"], office["Ngày quyết định"]) == ("của thôn", DAY)


def test_only_what_is_declared_to_go_up_does(loop: Loop) -> None:
    row = told(loop.sending["Chỉ tiêu"], "K1")

    assert row["Vướng ở đâu"] == "Mưa lũ kéo dài ba tháng"
    assert (row["Số người"], row["Vốn"], row["Mốc đầu năm"]) == (12, 1234.5, "trên 20")
    assert (row["Mức độ"], row["Hạn xong"], row["Số văn bản"]) == ("Cao", OTHER_DAY, "012")
    assert (row["Cách làm riêng"], row["Cơ quan chủ trì"]) == (None, None)
    office = about(loop.sending["Thông tin"])
    assert (office["Ký hiệu cơ quan"], office["Số cán bộ"]) == ("T1", 2)
    assert (office["Kinh phí"], office["Ngày quyết định"]) == (1.5, DAY)
    assert office["Việc riêng"] is None
    model = told(loop.sending["Dân vận khéo"], "M1")
    assert {name: model[name] for name in MODEL} == {
        **MODEL,
        "Nguồn tin": None,
        "Nội bộ": None,
    }


def test_the_summary_shows_what_is_declared_to_be_shown(loop: Loop) -> None:
    row = told(loop.summary["Tổng hợp"], "K1")
    unit = told(loop.summary["Tình hình nộp"], "A.1")

    assert row["Cơ quan chủ trì"] == "Phòng Mới"
    assert row["Vướng ở đâu"] == "Mưa lũ kéo dài ba tháng"
    assert row["Hạn xong"] == OTHER_DAY
    assert "20" in str(row["Mốc đầu năm"])
    assert "Cách làm riêng" not in row
    assert (unit["Trụ sở"], unit["Số hộ dân"]) == ("Nhà văn hóa", 120)
    assert "Vùng" not in unit
    assert row["Báo cáo"] == "1/1"


def test_programs_read_the_columns_by_their_names(loop: Loop) -> None:
    (line,) = (item for item in loop.result.said["indicators"] if item["code"] == "K1")
    frames = loop.frames

    assert (line["lead"], line["people"], line["budget"]) == ("Phòng Mới", 12, 1234.5)
    assert (line["ends"], line["remedy"]) == ("2026-09-30", "Nói riêng trong xã")
    assert loop.result.said["units"][0]["zone"] == "Miền núi"
    assert (frames["totals"]["reason"], frames["totals"]["first_aim"]) == (line["reason"], 20)
    assert frames["totals"]["begins"].startswith("2026-03-05")
    assert (frames["types"]["budget"], frames["types"]["ends"]) == ("float64", "datetime64[s]")
    assert (frames["units"]["degree"], frames["units"]["people"]) == ("Cao", 12)
    assert "remedy" not in frames["units"]
    assert (frames["submissions"]["homes"], frames["submissions"]["post"]) == (120, "0570")
    assert frames["unit"] == ["area", "founded", "homes", "post", "seat", "zone"]
    assert frames["info"] == ["decided", "fund", "secret", "staff", "style", "symbol"]


def test_every_column_has_its_place_in_a_record_or_is_read_by_its_kind() -> None:
    named = {*TEXT_NAMES, *FIGURE_NAMES, *SHOWN_NAMES, "note"}
    further = {column.name for column in FURTHER_COLUMNS}

    assert {column.name for column in TARGETS.columns} == named | further
    assert set(CHOICE_NAMES) < set(TEXT_NAMES) <= set(Indicator._fields)
    assert {column.name for column in DEFINITION} >= set(TEXT_NAMES)
    assert set(MONTH_NAMES) < set(FIGURE_NAMES)
    assert {field.name for field in INFO.fields} == {
        *(set(Info._fields) - {"further", "code_is_number", "prepared_place"}),
        *(field.name for field in FURTHER_FIELDS),
    }
    assert [column.name for column in FURTHER_UNIT_COLUMNS] == []


@pytest.mark.parametrize("sheet", INPUT_SHEETS, ids=lambda sheet: sheet.name)
def test_no_two_columns_of_a_sheet_are_called_alike(sheet: Any) -> None:
    names = [column.name for column in sheet.columns]
    headers = [column.header for column in sheet.columns]

    assert len({*names}) == len(names)
    assert len({*headers}) == len(headers)
