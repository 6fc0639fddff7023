"""Every code of the catalogue is shown in a real situation by some test, or is listed here."""

import datetime as dt
import os
import re
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
import xlsxwriter

from danvan_xl.files.apart import open_book
from danvan_xl.jobs.assign import assign_files
from danvan_xl.jobs.consolidate import consolidate_files
from danvan_xl.outgoing.blank import BlankOrder, blank_book
from danvan_xl.outgoing.contents import Contents
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Code
from danvan_xl.writing.template.workbook import write_workbook
from tests.cases.document import PATH as CASES
from tests.offices import OFFICE, edited, fill
from tests.on_disk import HEADER, xa_file
from tests.sheets import consolidated, grid

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")
TESTS = Path(__file__).parents[1]
ROW = "| K | Kinh tế | Chỉ tiêu K | cái | 10 | 2 | 3 | 4 |"


def _units_twice(_folder: Path) -> list[str]:
    listed = grid("| Mã | Tên đơn vị |\n| A.1 | Thôn 1 |\n| A.1 | Thôn 2 |", "Đơn vị")
    return _said(consolidated(grid(f"{HEADER}\n{ROW}"), listed).issues)


def _no_year(_folder: Path) -> list[str]:
    return _said(consolidated(grid(f"{HEADER}\n{ROW}"), own={"Năm": ""}).issues)


def _another_table_below(_folder: Path) -> list[str]:
    other = "| Mã | Chỉ tiêu | ĐVT | T1 | T2 | T3 | Kế hoạch | Lĩnh vực |"
    table = grid(f"{HEADER}\n{ROW}\n{other}\n| L | Chỉ tiêu L | cái | 1 | 2 | 3 | 9 | Kinh tế |")
    return _said(consolidated(table).issues)


def _row_without_name(_folder: Path) -> list[str]:
    return _said(consolidated(grid(f"{HEADER}\n{ROW}\n| | | | | | 5 | | |")).issues)


def _thousand_alike(_folder: Path) -> list[str]:
    rows = (ROW.replace("| K |", f"| K{n} |").replace("| 3 |", "| tốt |") for n in range(1001))
    return _said(consolidated(grid("\n".join((HEADER, *rows)))).issues)


def _sum_of_shares(folder: Path) -> list[str]:
    path = folder / "danh-muc.csv"
    path.write_text(
        "Mã,Lĩnh vực,Chỉ tiêu,ĐVT,Cộng kỳ,Tổng hợp\nA,Kinh tế,Tỷ lệ A,%,Cộng,Cộng\n", "utf-8"
    )
    made = blank_book(BlankOrder(catalogue=path, year=2026))
    wanted = Code.CANNOT_SUM.text.partition(".")[0]
    return [Code.CANNOT_SUM.label for told in made.defaults if wanted in told]


def _odd_formula(folder: Path) -> list[str]:
    path = folder / "so.xlsx"
    write_workbook(path, OFFICE)
    with edited(path) as book:
        sheet = book["Chỉ tiêu"]
        header = next(row for row in sheet.iter_rows() if row[0].value == "Mã")
        column = next(cell.column for cell in header if cell.value == "Lũy kế")
        for row in range(header[0].row + 1, header[0].row + 3):
            sheet.cell(row, column).value = "=1+1" if row % 2 else "=2+2"
    return _said(consolidate_files(path).result.issues)


def _stumbled(folder: Path) -> list[str]:
    path = xa_file(folder, ROW)
    with patch("danvan_xl.files.apart.open_unguarded", side_effect=KeyError("lạ")):
        found = open_book(path)
    assert isinstance(found, Issue)
    return _said([found])


def _assigned(change: Callable[[Path], object], folder: Path) -> list[str]:
    """What is said when plans are given again after somebody has done something to a workbook."""
    office, given = folder / "xa.xlsx", folder / "giao"
    write_workbook(office, OFFICE)
    assign_files(office, given)
    change(given / "DV_21433.1_2026.xlsx")
    with edited(office) as book:
        sheet = book["Giao chỉ tiêu"]
        header = next(row for row in sheet.iter_rows() if row[0].value == "Mã")
        column = next(cell.column for cell in header if cell.value == "21433.1")
        (row,) = (row for row in sheet.iter_rows() if row[0].value == "K")
        row[column - 1].value = 61
    return _said(assign_files(office, given, allow_difference=True).issues)


def _foreign(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Khác").write("A1", "Ghi chép")


def _typed_day(path: Path) -> None:
    fill(path, K=3)
    with edited(path) as book:
        sheet = book["Chỉ tiêu"]
        (header,) = [row for row in sheet.iter_rows() if row[0].value == "Mã"]
        column = next(cell.column for cell in header if cell.value == "Ghi chú")
        (row,) = (row for row in sheet.iter_rows() if row[0].value == "K")
        row[column - 1].value = dt.datetime(2026, 1, 5)


def _own_sheet(path: Path) -> None:
    fill(path, K=3)
    with edited(path) as book:
        book.create_sheet("Riêng")["A1"] = "Tự tính"


def _older_saved_later(path: Path) -> None:
    fill(path, K=3)
    newer = path.with_stem(f"{path.stem}_cap-nhat")
    newer.write_bytes(path.read_bytes())
    os.utime(newer, (1, 1))


def _no_writing(folder: Path) -> list[str]:
    def refuse(path: Path, contents: Contents) -> None:
        if "21433.1" in path.name:
            raise PermissionError(13, "", str(path))
        write_workbook(path, contents)

    write_workbook(folder / "xa.xlsx", OFFICE)
    with patch("danvan_xl.jobs.assign.write_workbook", refuse):
        return _said(assign_files(folder / "xa.xlsx", folder / "giao").issues)


def _said(issues: object) -> list[str]:
    return [item.code.label for item in issues]


SITUATIONS: dict[str, Callable[[Path], list[str]]] = {
    "TEP11": _stumbled,
    "TEP13": _thousand_alike,
    "DV06": _units_twice,
    "DV09": _no_year,
    "TR06": _another_table_below,
    "CT09": _row_without_name,
    "CT34": _sum_of_shares,
    "CF07": _odd_formula,
    "GC07": lambda folder: _assigned(_foreign, folder),
    "GC08": _no_writing,
    "GC10": lambda folder: _assigned(_own_sheet, folder),
    "GC11": lambda folder: _assigned(_typed_day, folder),
    "GC12": lambda folder: _assigned(_older_saved_later, folder),
}


@pytest.mark.parametrize("code", list(SITUATIONS))
def test_a_code_comes_from_what_people_do(code, tmp_path):
    assert code in SITUATIONS[code](tmp_path)


def test_every_code_is_shown_by_some_test():
    """A code is named by the cases, or by a test that does not make the finding itself."""
    by_cases = set(re.findall(r"\(([A-Z]{2,3}\d\d)\)", CASES.read_text("utf-8")))
    sources = "\n".join(
        path.read_text("utf-8")
        for path in TESTS.rglob("test_*.py")
        if path.name not in ("test_messages.py", Path(__file__).name)
    )
    made = re.findall(r"(?:issue|at)\(\s*Code\.(\w+)", sources)
    named = re.findall(r"Code\.(\w+)", sources)
    labels = set(re.findall(r"[\"' ]([A-Z]{2,3}\d\d)[\"' :]", sources))

    not_shown = {
        code.label
        for code in Code
        if code.label not in by_cases | labels | set(SITUATIONS)
        and named.count(code.name) <= made.count(code.name)
    }
    assert not_shown == set()
