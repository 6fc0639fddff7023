"""Workbooks of template 1.1, with their letters, count as they did."""

from decimal import Decimal
from pathlib import Path
from shutil import copy

import pytest
from openpyxl import load_workbook

from danvan_xl.jobs.assign import assign_files
from danvan_xl.jobs.consolidate import consolidate_files, save_summary
from danvan_xl.schema.messages import Code, Severity
from danvan_xl.schema.sheets import TARGETS, TEMPLATE_VERSION
from danvan_xl.vietnamese.numbers import Bound
from danvan_xl.vietnamese.periods import parse_period
from tests.program import running

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")
D = Decimal
# Made by the program when its template was 1.1, without registers: a xã, and a thôn of it.
XA, THON = (Path(__file__).parent / "mau-1.1" / name for name in ("xa.xlsx", "thon.xlsx"))
WARNINGS = {Code.PLAN_MISSING, Code.ACTUAL_WITHOUT_PLAN}


@pytest.fixture
def inbox(tmp_path) -> Path:
    folder = tmp_path / "Nhan"
    folder.mkdir()
    copy(THON, folder)
    return folder


def test_they_come_to_the_same_figures(inbox):
    result = consolidate_files(XA, inbox, parse_period("6 tháng")).result

    assert {
        line.definition.code: (line.actual, line.plan, line.reported, line.expected)
        for line in result.lines.values()
    } == {
        "KT01": (D("85.5"), 100, 2, 2),
        "KT02": (33, 20, 2, 2),
        "VH01": (155, 160, 2, 2),
        "VH02": (D("77.5"), 90, 2, 2),
        "VH03": (200, None, 2, 2),
    }
    assert result.lines["kt01"].bound is Bound.AT_LEAST
    assert result.lines["kt01"].last_year is not None
    assert all(not line.further for line in result.lines.values())
    assert not result.has_errors


def test_nothing_is_said_of_their_formulas_or_columns(monkeypatch, capsys):
    code, said, _ = running(monkeypatch, capsys)("kiem-tra", XA, THON)

    assert code == 0
    found = [item for file in said["files"] for item in file["issues"]]
    loud = {item["code"] for item in found if item["severity"] != Severity.NOTE.value}
    assert loud <= {code.label for code in WARNINGS}
    assert not any(item["code"].startswith(("CF", "CT")) for item in found)


def test_giao_carries_them_into_the_new_letters(tmp_path):
    folder = tmp_path / "giao"
    folder.mkdir()
    filled = folder / "DV_PP.02_2026.xlsx"
    copy(THON, filled)
    plan = tmp_path / "xa.xlsx"
    copy(XA, plan)
    workbook = load_workbook(plan)
    sheet = workbook["Giao chỉ tiêu"]
    head = next(row for row in sheet.iter_rows(max_row=10) if "PP.02" in [c.value for c in row])
    at = [cell.value for cell in head].index("PP.02") + 1
    (row,) = (cell.row for cell in sheet["A"] if cell.value == "KT01")
    sheet.cell(row, at).value = 45
    workbook.save(plan)

    assign_files(plan, folder, allow_difference=True)

    (updated,) = folder.glob("DV_PP.02_2026_cap-nhat*.xlsx")
    sheet = load_workbook(updated)["Chỉ tiêu"]
    headers = [cell.value for cell in sheet[6]]
    assert headers == [column.header for column in TARGETS.columns]
    (row,) = (cell.row for cell in sheet["A"] if cell.value == "KT01")
    of = dict(zip(headers, [cell.value for cell in sheet[row]], strict=True))
    assert (of["Năm trước"], of["Kế hoạch"]) == (80, 45)
    assert [of[f"T{month}"] for month in range(1, 8)] == [5, 5, 5, 2, 1, 2, None]
    assert (of["KH 6 tháng"], of["Nguyên nhân"]) == (None, None)
    assert of["Ghi chú"] == "Số của tổ vay vốn"
    assert str(load_workbook(updated)["_danvan"]["B1"].value) == TEMPLATE_VERSION == "1.2"


def test_what_a_unit_typed_in_the_new_columns_stays_when_it_is_given_again(tmp_path):
    folder = tmp_path / "giao"
    assign_files(XA, folder)
    path = folder / "DV_PP.02_2026.xlsx"
    workbook = load_workbook(path)
    sheet = workbook["Chỉ tiêu"]
    headers = [cell.value for cell in sheet[6]]
    (row,) = (cell.row for cell in sheet["A"] if cell.value == "KT01")
    typed = {
        "KH quý I": 8,
        "KH 6 tháng": 0,
        "KH 9 tháng": "trên 20",
        "Nguyên nhân": "Mưa lũ\nba tháng",
        "Giải pháp": "Thu bù trước 30/9",
    }
    for header, value in typed.items():
        sheet.cell(row, headers.index(header) + 1).value = value
    workbook.save(path)
    plan = tmp_path / "xa.xlsx"
    copy(XA, plan)
    workbook = load_workbook(plan)
    workbook["Chỉ tiêu"]["J8"].value = 101
    given = workbook["Giao chỉ tiêu"]
    (row,) = (cell.row for cell in given["A"] if cell.value == "KT01")
    head = next(row for row in given.iter_rows(max_row=10) if "PP.02" in [c.value for c in row])
    given.cell(row, [cell.value for cell in head].index("PP.02") + 1).value = 41
    workbook.save(plan)

    assign_files(plan, folder, allow_difference=True)

    (updated,) = folder.glob("DV_PP.02_2026_cap-nhat*.xlsx")
    sheet = load_workbook(updated)["Chỉ tiêu"]
    (row,) = (cell.row for cell in sheet["A"] if cell.value == "KT01")
    of = dict(zip(headers, [cell.value for cell in sheet[row]], strict=True))
    assert {header: of[header] for header in typed} == typed
    assert of["Kế hoạch"] == 41
    assert not sheet.column_dimensions["K"].hidden


def test_the_places_of_what_comes_later_are_hidden_and_blank(inbox, tmp_path, monkeypatch, capsys):
    path = tmp_path / "k.xlsx"
    save_summary(consolidate_files(XA, inbox, parse_period("6 tháng")), path)

    sheet = load_workbook(path)["Tổng hợp"]
    head = {cell.value: cell.column_letter for cell in sheet[7]}
    assert list(head)[:9] == [
        *("STT", "Mã", "Chỉ tiêu", "ĐVT", "Năm trước", "Cùng kỳ", "Kế hoạch", "Thực hiện"),
        "Tỷ lệ",
    ]
    assert list(head)[9:] == [
        *("So năm trước", "So cùng kỳ", "Đánh giá", "Dự kiến năm", "Báo cáo", "Chưa đạt"),
        "Ghi chú",
    ]
    hidden = [name for name, letter in head.items() if sheet.column_dimensions[letter].hidden]
    assert hidden == ["Cùng kỳ", "So cùng kỳ", "Dự kiến năm"]
    run = running(monkeypatch, capsys)
    _, said, _ = run("tong-hop", XA, inbox, "-o", tmp_path / "j.xlsx")
    for line in said["indicators"]:
        assert [line[name] for name in ("same_period", "period_growth", "forecast")] == [None] * 3
