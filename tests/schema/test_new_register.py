"""A register is added by editing one data file; everything else follows from it.

The example is the one in docs/kien-truc.md, tried on a copy of the program.
"""

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

# The rows a register prints follow from a formula, which openpyxl does not read and says so.
pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")

ROOT = Path(__file__).resolve().parents[2]
GIFTS = "Quà tặng"
HEADER = 6
SOURCE = "tổng Quà tặng.Số suất [Loại quà = Tiền]"
CATALOGUE = f"""Mã,Lĩnh vực,Chỉ tiêu,ĐVT,Cộng kỳ,Nguồn,Kế hoạch
QT01,Văn hóa - xã hội,Suất quà bằng tiền,suất,Cộng,{SOURCE},100
QT02,Văn hóa - xã hội,Đợt tặng quà,đợt,Cộng,đếm Quà tặng,4
"""
ROWS = (
    (dt.date(2026, 1, 20), "Tiền", 30),
    (dt.date(2026, 2, 5), "Hiện vật", 45),
    (dt.date(2026, 2, 10), "Tiền", 12),
    (dt.date(2026, 4, 30), "Gạo", 7),
)


class Ran(NamedTuple):
    code: int
    said: dict[str, Any]


class Made(NamedTuple):
    """A blank workbook, the same filled in, what the summary says, and what was said meanwhile."""

    template: Workbook
    summary: Workbook
    result: Ran
    refused: Ran


def example() -> str:
    """The register that the document shows."""
    text = (ROOT / "docs" / "kien-truc.md").read_text(encoding="utf-8")
    chapter = text.split("## Thêm một sổ theo dõi", 1)[1].split("\n## ", 1)[0]
    (block,) = re.findall(r"```toml\n(.*?)```", chapter, re.DOTALL)
    return block


def copied(folder: Path) -> None:
    """Put the program into a folder with one register more."""
    leave_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "danvan_xl", folder / "danvan_xl", ignore=leave_out)
    shutil.copytree(ROOT / "workbook_templates", folder / "workbook_templates", ignore=leave_out)
    with (folder / "danvan_xl/data/so-theo-doi.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{example()}")


def run(folder: Path, *arguments: str) -> Ran:
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "danvan_xl", *arguments, "--json"]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    return Ran(done.returncode, json.loads(done.stdout))


def fill_in(path: Path, rows: Sequence[tuple[object, ...]], **about: object) -> None:
    """Fill in the template as an officer does (openpyxl, in tests only)."""
    workbook = load_workbook(path)
    fields = {"Kỳ báo cáo": "6 tháng"} | {key.replace("_", " "): v for key, v in about.items()}
    for row in workbook["Thông tin"].iter_rows():
        for cell in row:
            if cell.value in fields:
                workbook["Thông tin"].cell(cell.row, cell.column + 1, fields[cell.value])
    for number, row in enumerate(rows, start=HEADER + 1):
        for column, value in enumerate(row, start=1):
            workbook[GIFTS].cell(number, column, value)
    workbook.save(path)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("chuong-trinh")
    copied(folder)
    (folder / "chi-tieu.csv").write_text(CATALOGUE, encoding="utf-8")
    wrong = CATALOGUE.replace("Loại quà = Tiền", "Loại quà = Tiến")
    (folder / "sai.csv").write_text(wrong, encoding="utf-8")
    about = ["--ma", "A", "--ten", "Xã A", "--cap", "Xã", "--nam", "2026"]
    assert run(folder, "mau", "-o", "so.xlsx", *about, "--chi-tieu", "chi-tieu.csv").code == 0
    refused = run(folder, "mau", "-o", "sai.xlsx", *about, "--chi-tieu", "sai.csv")
    template = load_workbook(folder / "so.xlsx")
    fill_in(folder / "so.xlsx", ROWS)
    result = run(folder, "tong-hop", "so.xlsx", "-o", "tong-hop.xlsx")
    return Made(template, load_workbook(folder / "tong-hop.xlsx"), result, refused)


def row_of(sheet: Worksheet, code: str) -> dict[str, object]:
    """The row of an indicator by the names of its columns."""
    header = next(row for row in sheet.iter_rows(values_only=True) if "Mã" in row)
    (found,) = (row for row in sheet.iter_rows(values_only=True) if code in row[:2])
    return dict(zip(header, found, strict=True))


def test_the_document_shows_ten_lines_and_the_program_does_not_know_them_yet() -> None:
    shipped = (ROOT / "danvan_xl/data/so-theo-doi.toml").read_text(encoding="utf-8")

    assert 'title = "Quà tặng"' in example()
    assert GIFTS not in shipped


def test_the_template_has_the_sheet_with_its_columns_and_headings(made: Made) -> None:
    sheet = made.template[GIFTS]

    assert [sheet.cell(HEADER, column).value for column in range(1, 4)] == [
        "Ngày tặng",
        "Loại quà",
        "Số suất",
    ]
    assert "SỔ THEO DÕI QUÀ TẶNG HỘ NGHÈO" in str(sheet["A3"].value)
    assert sheet.max_row == HEADER + 300


def test_the_template_offers_the_choices_in_every_row(made: Made) -> None:
    rules = made.template[GIFTS].data_validations.dataValidation
    (lists,) = (rule for rule in rules if rule.type == "list")
    (dates,) = (rule for rule in rules if rule.type == "date")

    assert lists.formula1 == '"Tiền,Hiện vật"' or "!" in lists.formula1
    for rule, column in ((lists, "B"), (dates, "A")):
        for row in (HEADER + 1, HEADER + 300):
            assert f"{column}{row}" in rule.sqref


def test_the_indicators_take_their_months_from_the_register(made: Made) -> None:
    row = row_of(made.template["Chỉ tiêu"], "QT01")

    assert row["Nguồn"] == SOURCE
    for month in range(1, 13):
        assert "'Quà tặng'!$C$7:" in str(row[f"T{month}"])


def test_the_register_is_read_and_the_indicators_are_right(made: Made) -> None:
    money, times = (row_of(made.summary["Tổng hợp"], code) for code in ("QT01", "QT02"))

    assert (money["Thực hiện"], money["Kế hoạch"], money["Đánh giá"]) == (42, 100, "Chậm tiến độ")
    assert (times["Thực hiện"], times["Kế hoạch"], times["Đánh giá"]) == (4, 4, "Đạt")
    sources = made.summary["Nguồn số liệu"].iter_rows(values_only=True)
    assert [row[5] for row in sources if row[0] == "QT01"] == [GIFTS]


def test_the_summary_has_the_block_of_the_register(made: Made) -> None:
    rows = [
        [cell for cell in row if cell is not None]
        for row in made.summary["Sổ theo dõi"].iter_rows(values_only=True)
    ]
    first = rows.index(["Quà tặng theo loại"])

    assert rows[first + 1 : first + 6] == [
        ["Loại quà", "Số suất"],
        ["Tiền", 42],
        ["Hiện vật", 45],
        ["Gạo", 7],
        ["Tổng cộng", 94],
    ]


def test_a_wrong_choice_is_reported_at_its_cell(made: Made) -> None:
    findings = [
        row for row in made.summary["Lỗi số liệu"].iter_rows(values_only=True) if row[7] == "TD03"
    ]

    ((level, _, file, sheet, cell, text, remedy, _),) = findings
    assert (level, file, sheet, cell) == ("Cảnh báo", "so.xlsx", GIFTS, "B10")
    assert "'Gạo' (1 dòng) không có trong danh sách của cột Loại quà" in str(text)
    assert remedy == "Chọn một trong: Tiền; Hiện vật."
    assert made.result.code == 0


def test_a_wrong_choice_in_a_list_of_indicators_is_refused(made: Made) -> None:
    assert made.refused.code == 2
    assert "dòng 2, cột Nguồn: cột 'Loại quà' không có giá trị 'Tiến'" in made.refused.said["error"]
    assert "Các giá trị: Tiền; Hiện vật." in made.refused.said["error"]
