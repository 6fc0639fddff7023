"""An output sheet is added by a declaration and one function; everything else follows from them.

The example is the recipe of docs/kien-truc.md, followed on a copy of the program.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook

from danvan_xl.schema.output_sheets import OUTPUT_SHEETS
from tests.on_disk import save
from tests.recipes import follow
from tests.report.xa import OWN, thon
from tests.sheets import info, units

TITLE = "Theo lĩnh vực"
HEADER = ["Lĩnh vực", "Số chỉ tiêu", "Chưa đạt"]
ROWS = [["Kinh tế", 1, 0], ["Văn hóa - xã hội", 1, 1]]
PRESSED = """
import json
from danvan_xl.excel import macros
from danvan_xl.excel.libreoffice import install_engine
app = install_engine().App(visible=False, add_book=False)
book = app.books.open("xa.xlsx")
macros.consolidate(book)
cells = book.sheets["Theo lĩnh vực"].range("A4:C9").value
print(json.dumps([[sheet.name for sheet in book.sheets], cells]))
app.quit()
"""


class Made(NamedTuple):
    """The summary file, what was said in JSON, the tabs of the open workbook and its new sheet."""

    summary: Workbook
    said: dict[str, Any]
    titles: list[str]
    cells: list[list[Any]]


def run(folder: Path, *arguments: str) -> Any:
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("chuong-trinh")
    follow("Thêm một trang kết quả", folder)
    about = info(Mã_đơn_vị="A", Tên_đơn_vị="Xã A", Năm=2026, Kỳ_báo_cáo="Năm")
    sheets = (thon(1, "Thôn Một", "60 | 90", "10 | 8"), thon(2, "Thôn Hai", "40 | 20", "10 | 25"))
    save(folder / "xa.xlsx", about, units("Thôn Một", "Thôn Hai"), OWN, *sheets)
    said = run(folder, "-m", "danvan_xl", "tong-hop", "xa.xlsx", "-o", "k.xlsx", "--json")
    titles, cells = run(folder, "-c", PRESSED)
    return Made(load_workbook(folder / "k.xlsx"), said, titles, cells)


def test_the_program_does_not_know_the_sheet_of_the_document_yet() -> None:
    assert TITLE not in [sheet.title for sheet in OUTPUT_SHEETS]


def test_the_summary_has_the_sheet_at_its_place(made: Made) -> None:
    rows = [list(row)[:3] for row in made.summary[TITLE].iter_rows(values_only=True)]

    assert made.summary.sheetnames[:3] == ["Tổng hợp", "Chưa đạt", TITLE]
    assert rows[3][0] == "CHỈ TIÊU CỦA TỪNG LĨNH VỰC"
    assert rows[6:9] == [HEADER, *ROWS]


def test_the_open_workbook_has_the_sheet_at_its_place(made: Made) -> None:
    behind = made.titles.index("Chưa đạt")

    assert made.titles[behind + 1] == TITLE
    assert made.cells[0][0] == "CHỈ TIÊU CỦA TỪNG LĨNH VỰC"
    assert made.cells[3:] == [HEADER, *ROWS]


def test_programs_are_told_the_sheet(made: Made) -> None:
    assert made.said["sheets"] == [
        {
            "name": "by_field",
            "title": TITLE,
            "columns": HEADER,
            "rows": [dict(zip(HEADER, row, strict=True)) for row in ROWS],
        }
    ]
