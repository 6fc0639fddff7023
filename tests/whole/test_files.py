"""Workbooks on disk: opening, listing, choosing between versions, and what is wrong with them."""

import errno
import os
import re
import zipfile
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from danvan_xl.consolidation.consolidation import CannotConsolidateError
from danvan_xl.files import folders
from danvan_xl.files.opening import OpenedBook, open_unguarded
from danvan_xl.inbox.received import list_inbox
from danvan_xl.jobs.consolidate import Reading, consolidate_files, save_summary
from danvan_xl.outgoing.contents import Contents, TargetRow
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Code
from danvan_xl.writing.template.workbook import write_workbook
from tests.on_disk import save, thon_file, xa_file
from tests.sheets import found, grid, info, sub_sheet, units

ROW = "| K | Kinh tế | Chỉ tiêu | cái | 10 | {} | | |"
OWN = "| K | Kinh tế | Chỉ tiêu | cái | 20 | | | |"


def codes(result):
    return [issue.code for issue in result.issues]


def test_files_and_their_cells_are_the_sources_of_the_total(tmp_path):
    workbook = xa_file(tmp_path, OWN)
    thon_file(tmp_path / "Nhan", 1, ROW.format(4))
    thon_file(tmp_path / "Nhan", 2, ROW.format(7))

    result = consolidate_files(workbook, tmp_path / "Nhan").result

    assert result.lines["k"].actual == 11
    assert [(term.file, term.sheet, term.cells) for _, term in result.terms()] == [
        ("thon-1.xlsx", "Chỉ tiêu", "F2"),
        ("thon-2.xlsx", "Chỉ tiêu", "F2"),
    ]
    assert all(len(term.sha256) == 64 for _, term in result.terms())


def test_the_workbooks_own_inbox_is_read_when_no_folder_is_given(tmp_path):
    workbook = xa_file(tmp_path, OWN, Thư_mục_nhận="Nhan")
    thon_file(tmp_path / "Nhan", 1, ROW.format(4))

    assert consolidate_files(workbook).result.lines["k"].actual == 4


def test_an_inbox_on_another_machine_is_not_touched_unless_it_was_typed(tmp_path):
    """Such a path is a name like any other on Linux: a folder of that name stands there."""
    workbook = xa_file(tmp_path, OWN, Thư_mục_nhận="\\\\may-la\\nhan")
    folder = tmp_path / "\\\\may-la\\nhan"
    thon_file(folder, 1, ROW.format(4))

    with pytest.raises(CannotConsolidateError) as refused:
        consolidate_files(workbook)

    assert "tệp so.xlsx, trang 'Thông tin', ô B5: Thư mục nhận" in str(refused.value)
    assert "(may-la)" in str(refused.value)
    assert consolidate_files(workbook, folder).result.lines["k"].actual == 4
    assert consolidate_files(workbook, reading=Reading(is_alone=True)).folder is None


def test_the_newest_of_two_workbooks_of_a_unit_counts_and_both_are_listed(tmp_path):
    workbook = xa_file(tmp_path, OWN)
    inbox = tmp_path / "Nhan"
    newer = thon_file(inbox, 1, ROW.format(9), Ngày_lập="05/07/2026")
    newer.rename(inbox / "a.xlsx")
    thon_file(inbox, 1, ROW.format(4), Ngày_lập="05/06/2026")

    result = consolidate_files(workbook, inbox).result

    assert result.lines["k"].actual == 9
    assert {issue.place.file for issue in result.issues if issue.code is Code.UNIT_CHOSEN} == {
        "a.xlsx"
    }
    assert {issue.place.file for issue in result.issues if issue.code is Code.UNIT_SUPERSEDED} == {
        "thon-1.xlsx"
    }


def test_a_file_counts_before_a_sheet_of_the_same_unit(tmp_path):
    workbook = xa_file(tmp_path, OWN)
    thon_file(tmp_path / "Nhan", 1, ROW.format(4))

    assert consolidate_files(workbook, tmp_path / "Nhan").result.units[0].submission.sheet == ""


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"Năm": 2025}, Code.YEAR_WRONG),
        ({"Mã_đơn_vị": "A.7", "Tên_đơn_vị": "Thôn Lạ"}, Code.UNIT_UNKNOWN),
        ({"Mã_đơn_vị": "", "Tên_đơn_vị": ""}, Code.UNIT_MISSING),
        ({"Mã_đơn_vị": "A", "Tên_đơn_vị": ""}, Code.FILE_IS_OWN),
        ({"Tên_đơn_vị": "Thôn 2"}, Code.UNIT_CONTRADICTS),
    ],
)
def test_a_file_that_cannot_count_is_listed_and_left_out(tmp_path, fields, code):
    workbook = xa_file(tmp_path, OWN)
    thon_file(tmp_path / "Nhan", 1, ROW.format(4), **fields)

    result = consolidate_files(workbook, tmp_path / "Nhan").result

    assert result.lines["k"].actual is None
    assert codes(result).count(code) == 1


def test_a_unit_whose_only_file_was_turned_down_is_faulty_and_findings_bear_its_name(tmp_path):
    workbook = xa_file(tmp_path, OWN)
    thon_file(tmp_path / "Nhan", 1, ROW.format(4), Năm=2025, Tên_đơn_vị="Thôn Một (cũ)")

    result = consolidate_files(workbook, tmp_path / "Nhan").result

    assert [unit.status for unit in result.units] == ["Có lỗi", "Chưa nộp"]
    assert {issue.unit_name for issue in result.issues if issue.code is Code.YEAR_WRONG} == {
        "Thôn 1"
    }


def test_a_unit_is_recognised_by_its_name_with_a_warning(tmp_path):
    workbook = xa_file(tmp_path, OWN)
    thon_file(tmp_path / "Nhan", 1, ROW.format(4), Mã_đơn_vị="A-1", Tên_đơn_vị="THÔN  1")

    result = consolidate_files(workbook, tmp_path / "Nhan").result

    assert result.lines["k"].actual == 4
    assert Code.UNIT_BY_NAME in codes(result)


def test_late_and_in_time_are_told_by_the_deadline(tmp_path):
    workbook = xa_file(tmp_path, OWN, Hạn_nộp="05/07/2026")
    thon_file(tmp_path / "Nhan", 1, ROW.format(4), Ngày_lập="06/07/2026")
    thon_file(tmp_path / "Nhan", 2, ROW.format(4), Ngày_lập="05/07/2026")

    result = consolidate_files(workbook, tmp_path / "Nhan").result

    assert [unit.status for unit in result.units] == ["Nộp chậm", "Đã nộp"]


def test_a_file_of_another_period_is_named_but_counts(tmp_path):
    workbook = xa_file(tmp_path, OWN)
    thon_file(tmp_path / "Nhan", 1, ROW.format(4), Kỳ_báo_cáo="Tháng 2")

    result = consolidate_files(workbook, tmp_path / "Nhan").result

    assert result.lines["k"].actual == 4
    assert Code.PERIOD_DIFFERS in codes(result)


def test_files_that_are_no_workbooks_and_locks_are_named(tmp_path):
    workbook = xa_file(tmp_path, OWN)
    inbox = tmp_path / "Nhan"
    thon_file(inbox, 1, ROW.format(4))
    (inbox / "~$thon-1.xlsx").write_bytes(b"lock")
    (inbox / "ghi chú.docx").write_bytes(b"PK")

    result = consolidate_files(workbook, inbox).result

    assert result.lines["k"].actual == 4
    assert Code.FILE_OPEN in codes(result)
    assert Code.FILE_SKIPPED in codes(result)


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", Code.FILE_UNREADABLE, "tệp rỗng"),
        (b"%PDF-1.7 ...", Code.FILE_UNREADABLE, "PDF"),
        (b"<html><table></table></html>", Code.FILE_UNREADABLE, "trang web"),
        (b"PK\x03\x04 cut off", Code.FILE_UNREADABLE, "hỏng"),
        (b"a;b;c\n1;2;3", Code.FILE_UNREADABLE, "không phải sổ Excel"),
        (
            b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            Code.FILE_ENCRYPTED,
            "mật khẩu",
        ),
    ],
)
def test_a_broken_file_costs_a_message_and_nothing_else(tmp_path, content, code, words):
    workbook = xa_file(tmp_path, OWN)
    inbox = tmp_path / "Nhan"
    thon_file(inbox, 1, ROW.format(4))
    (inbox / "thon-2.xlsx").write_bytes(content)

    result = consolidate_files(workbook, inbox).result
    (issue,) = [issue for issue in result.issues if issue.code is code]

    assert result.lines["k"].actual == 4
    assert issue.place.file == "thon-2.xlsx"
    assert words in issue.message


def test_a_summary_left_in_the_inbox_is_not_counted(tmp_path):
    workbook = xa_file(tmp_path, OWN)
    inbox = tmp_path / "Nhan"
    thon_file(inbox, 1, ROW.format(4))
    save_summary(consolidate_files(workbook, inbox), inbox / "tong-hop-cu.xlsx")

    result = consolidate_files(workbook, inbox).result

    assert result.lines["k"].actual == 4
    assert Code.FILE_IS_SUMMARY in codes(result)


def test_formulas_without_values_and_errors_are_lost_figures_and_said_so(tmp_path):
    path = tmp_path / "so.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Chỉ tiêu")
        sheet.write_row(0, 0, ["Mã", "Chỉ tiêu", "Kế hoạch", "T1", "T2", "Lũy kế"])
        sheet.write_row(1, 0, ["K", "Chỉ tiêu", 10])
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 4, "=B9+1", None, "")
        sheet.write_formula(1, 5, "=SUM(D2:E2)", None, 0)
        sheet.write_row(2, 0, ["L", "Khác", 10, 4, 5, 9])

    result = consolidate_files(path).result

    assert found(result.issues, Code.NUMBER_IS_ERROR) == ["D2"]
    assert found(result.issues, Code.FORMULA_OVERWRITTEN) == ["F3"]


@pytest.mark.parametrize("suffix", [".xls", ".xlsb", ".ods", ".xlsm"])
def test_the_type_of_a_workbook_is_told_by_its_bytes(tmp_path, suffix):
    path = save(tmp_path / "a.xlsx", grid("| Mã | Chỉ tiêu | T1 |"))
    renamed = path.rename(tmp_path / f"a{suffix}")

    opened = open_unguarded(renamed)

    assert isinstance(opened, OpenedBook)
    assert opened.grids[0].rows[0] == ["Mã", "Chỉ tiêu", "T1"]


def test_a_workbook_that_does_not_exist_is_an_issue(tmp_path):
    opened = open_unguarded(tmp_path / "không có.xlsx")

    assert isinstance(opened, Issue)
    assert "không thấy tệp" in opened.message


def test_a_folder_that_does_not_exist_is_said(tmp_path):
    with pytest.raises(CannotConsolidateError, match="Không thấy thư mục nhận"):
        consolidate_files(xa_file(tmp_path, OWN), tmp_path / "khong-co")


def test_inputs_are_never_touched(tmp_path):
    workbook = xa_file(tmp_path, OWN)
    thon_file(tmp_path / "Nhan", 1, ROW.format(4))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.xlsx")}

    save_summary(consolidate_files(workbook, tmp_path / "Nhan"), tmp_path / "ra.xlsx")

    assert {path: path.read_bytes() for path in before} == before


def test_many_files_give_the_same_result_as_one_after_the_other(tmp_path):
    names = [f"Thôn {number}" for number in range(1, 25)]
    workbook = xa_file(tmp_path, OWN, thon=names)
    for number in range(1, 25):
        thon_file(tmp_path / "Nhan", number, ROW.format(number))
    seen = []

    many = consolidate_files(
        workbook, tmp_path / "Nhan", reading=Reading(lambda done, count: seen.append((done, count)))
    ).result
    for number in range(6, 25):
        (tmp_path / "Nhan" / f"thon-{number}.xlsx").unlink()
    few = consolidate_files(workbook, tmp_path / "Nhan").result

    assert many.lines["k"].actual == sum(range(1, 25))
    assert few.lines["k"].actual == sum(range(1, 6))
    assert seen[-1] == (24, 24)


def test_a_xa_workbook_with_sheets_of_its_thon_counts_one_level_up(tmp_path):
    header = "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Kế hoạch | T1 |"
    inbox = tmp_path / "Nhan"
    inbox.mkdir()
    save(
        inbox / "xa.xlsx",
        info(Mã_đơn_vị="A.1", Tên_đơn_vị="Xã Một", Năm=2026, Kỳ_báo_cáo="Năm"),
        grid("| Mã | Tên đơn vị |\n| X.1 | Thôn Đông |\n| X.2 | Thôn Tây |", "Đơn vị"),
        grid(f"{header}\n| K | Kinh tế | Chỉ tiêu | cái | 10 | |"),
        sub_sheet("X.1", f"{header}\n| K | Kinh tế | Chỉ tiêu | cái | 5 | 3 |", "Đông"),
        sub_sheet("X.2", f"{header}\n| K | Kinh tế | Chỉ tiêu | cái | 5 | 4 |", "Tây"),
    )
    workbook = save(
        tmp_path / "tinh.xlsx",
        info(Mã_đơn_vị="T", Tên_đơn_vị="Tỉnh T", Năm=2026, Kỳ_báo_cáo="Năm"),
        units("Xã Một"),
        grid(f"{header}\n| K | Kinh tế | Chỉ tiêu | cái | 10 | |"),
    )

    result = consolidate_files(workbook, inbox).result

    assert result.lines["k"].actual == 7
    assert [(term.unit_name, term.sheet) for _, term in result.terms()] == [
        ("Thôn Đông", "Đông"),
        ("Thôn Tây", "Tây"),
    ]


def test_a_formula_typed_over_is_found_when_its_value_has_become_wrong(tmp_path):
    workbook = xa_file(tmp_path, OWN)
    (tmp_path / "Nhan").mkdir()
    indicators = [
        Indicator(code, "Kinh tế", f"Chỉ tiêu {code}", "cái", plan=Decimal(10)) for code in "KL"
    ]
    about = {"unit_code": "A.1", "unit_name": "Thôn 1", "level": "Thôn", "year": 2026}
    rows = tuple(TargetRow(item, (Decimal(4), *[None] * 11)) for item in indicators)
    path = tmp_path / "Nhan" / "thon-1.xlsx"
    write_workbook(path, Contents(about | {"period": "Năm"}, rows))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name, data in parts.items() if b'<c r="Z8"' in data)
    typed = re.compile(rb'(<c r="Z8"[^>]*>)<f>.*?</f><v>.*?</v>')
    parts[name] = typed.sub(rb"\1<v>99</v>", parts[name])
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)

    result = consolidate_files(workbook, tmp_path / "Nhan").result

    assert result.lines["k"].actual == 4
    assert found(result.issues, Code.FORMULA_OVERWRITTEN) == ["Z8"]
    assert found(result.issues, Code.FORMULA_ALTERED) == []  # what follows is not told again


def test_a_folder_is_listed_in_the_order_of_names_with_links_that_lead_nowhere(tmp_path):
    for name in ("b.xlsx", "a/2.xlsx", "a/1.xlsx", "a b.xlsx", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    links = {"lac.xlsx": "khong-co.xlsx", "vong": "."}
    with suppress(OSError):  # Windows lets only some make links
        for name, target in links.items():
            (tmp_path / name).symlink_to(target)

    found = list_inbox(tmp_path)

    assert [item.name for item in found.files] == ["a/1.xlsx", "a/2.xlsx", "a b.xlsx", "b.xlsx"]
    told = {item.place.file: item.code.label for item in found.issues}
    made = {name: "TEP30" for name in links if (tmp_path / name).is_symlink()}
    assert told == {"c.txt": "TEP04"} | made


def test_a_folder_below_that_cannot_be_listed_is_named_and_the_rest_is_read(tmp_path, monkeypatch):
    for name in ("a.xlsx", "kin/b.xlsx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    scandir = os.scandir

    def refuse(path):
        if Path(path).name == "kin":
            raise PermissionError(errno.EACCES, "denied", str(path))
        return scandir(path)

    monkeypatch.setattr(folders.os, "scandir", refuse)
    found = list_inbox(tmp_path)

    assert [item.name for item in found.files] == ["a.xlsx"]
    assert [(item.code.label, item.place.file) for item in found.issues] == [("TEP15", "kin")]
    assert "sổ trong đó chưa được đọc" in found.issues[0].message

    monkeypatch.setattr(folders.os, "scandir", lambda path: refuse(Path(path) / "kin"))
    with pytest.raises(PermissionError):
        list_inbox(tmp_path)


def test_what_is_left_out_of_a_folder_is_known_however_it_is_written(tmp_path, monkeypatch):
    (tmp_path / "so.xlsx").touch()
    monkeypatch.chdir(tmp_path)

    assert list_inbox(Path(), (tmp_path / "so.xlsx",)).files == ()
    assert [item.name for item in list_inbox(Path()).files] == ["so.xlsx"]
