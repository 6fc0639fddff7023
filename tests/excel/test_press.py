"""The buttons on an open workbook, in a real spreadsheet program."""

import datetime as dt
import re
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from danvan_xl.excel import macros
from danvan_xl.excel.areas import OUTPUT_TITLES, remember
from danvan_xl.excel.live import folder_of_book
from danvan_xl.excel.press import press
from danvan_xl.files.opening import open_unguarded
from danvan_xl.jobs.consolidate import consolidate_files, save_summary
from danvan_xl.jobs.example import run_examples
from danvan_xl.outgoing.contents import TargetRow, UnitSheet
from danvan_xl.schema.output_sheets import TOTALS
from danvan_xl.writing.template.workbook import write_workbook
from tests.live import contents, said
from tests.offices import INDICATORS, OFFICE, say_about
from tests.on_disk import xa_file

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")
D = Decimal


@pytest.fixture
def path(tmp_path) -> Path:
    """A xã's workbook with the sheets of its two thôn, filled in."""
    months = ((D(33), None, None, None, None, D(20)), (D(8), None, None, None, None, D(7)))
    rows = tuple(
        TargetRow(item._replace(plan=None), (*given, *[None] * 6))
        for item, given in zip(INDICATORS, months, strict=True)
    )
    sheets = tuple(
        UnitSheet(unit.code, unit.unit_name, unit.unit_name, rows) for unit in OFFICE.units
    )
    written = tmp_path / "Sổ xã" / "so-xa.xlsx"
    written.parent.mkdir()
    write_workbook(written, replace(OFFICE, unit_sheets=sheets))
    return written


def tables(book: Any) -> dict[str, list[list[Any]]]:
    """Return what the output sheets of an open workbook hold, by title."""
    return {sheet.name: contents(sheet) for sheet in book.sheets if sheet.name in OUTPUT_TITLES}


def inputs(book: Any) -> dict[str, list[list[Any]]]:
    return {sheet.name: contents(sheet) for sheet in book.sheets if sheet.name not in OUTPUT_TITLES}


@pytest.mark.parametrize(
    ("answer", "macro", "said"),
    [
        ("no", macros.consolidate, "nằm ở máy khác (may-la)"),
        ("no", macros.collect, "nằm ở máy khác (may-la)"),
        ("yes", macros.consolidate, "Không thấy thư mục nhận"),
    ],
)
def test_an_inbox_on_another_machine_is_asked_about(answer, macro, said, monkeypatch, tmp_path):
    written = xa_file(tmp_path, "| K | Kinh tế | K | cái | 1 | | | |", Thư_mục_nhận=r"\\may-la\x")
    (tmp_path / macros.COME).mkdir()
    asked: list[str] = []

    def alert(prompt: str, *_title: str, buttons: str) -> str:
        asked.append(f"{prompt} {buttons}")
        return answer

    book = SimpleNamespace(name=written.name, fullname=str(written), app=SimpleNamespace())
    book.app.alert = alert
    monkeypatch.setattr(macros, "read_live", lambda _book: open_unguarded(written))

    with pytest.raises(Exception, match=re.escape(said)):
        macro(book)

    assert [("\\\\may-la" in text, text.endswith("yes_no")) for text in asked] == [(True, True)]
    assert [path.name for path in tmp_path.iterdir() if "may-la" in path.name] == []


def test_tong_hop_says_the_same_as_the_command_line(office, open_book, path, tmp_path):
    book = open_book(path)

    told = press(macros.consolidate, book)

    assert told.splitlines()[0] == said(office).splitlines()[0]
    assert told.startswith("Đã tổng hợp 2/2 đơn vị; 0 chỉ tiêu chưa đạt; 0 lỗi số liệu.")
    save_summary(consolidate_files(path), tmp_path / "k.xlsx")
    summary = open_book(tmp_path / "k.xlsx")
    expected = tables(summary)
    live = tables(book)
    assert live.keys() == expected.keys()
    sources = "Nguồn số liệu"  # there the SHA-256 is that of the cells, not of a file
    for title in live.keys() - {sources}:
        assert live[title] == expected[title], title
    assert [row[:7] for row in live[sources]] == [row[:7] for row in expected[sources]]


def test_a_second_press_changes_nothing(office, open_book, path):
    book = open_book(path)
    press(macros.consolidate, book)
    before = tables(book)
    names = [sheet.name for sheet in book.sheets]

    told = press(macros.consolidate, book)

    assert "không đổi gì" in told
    assert tables(book) == before
    assert [sheet.name for sheet in book.sheets] == names


def test_input_sheets_are_never_written(office, open_book, path):
    book = open_book(path)
    before = inputs(book)

    press(macros.consolidate, book)
    press(macros.check, book)

    assert inputs(book) == before


def test_what_the_officer_has_put_beside_and_below_survives_a_refresh(office, open_book, path):
    book = open_book(path)
    press(macros.consolidate, book)
    sheet = book.sheets["Tổng hợp"]
    last = sheet.used_range.last_cell.row
    sheet.range("R8").value = "ghi bên cạnh"
    sheet.range((last + 3, 2)).value = "ghi bên dưới"
    sheet.range("C9").add_note("Hỏi lại thôn 1")
    sheet.range("C1").column_width = 44
    own = book.sheets.add("Riêng")
    own["A1"].formula = "='Tổng hợp'!H9*2"
    where = cell_of(book, "Chỉ tiêu", "K", "T2")
    book.sheets["Thôn 1"].range(where).value = 5

    press(macros.consolidate, book)

    assert sheet["H9"].value == 111
    assert own["A1"].value == 222
    assert sheet["R8"].value == "ghi bên cạnh"
    assert sheet.range((last + 3, 2)).value == "ghi bên dưới"
    assert [(note.location.address, note.text) for note in sheet.notes] == [
        ("$C$9", "Hỏi lại thôn 1")
    ]
    assert sheet.range("C1").column_width == pytest.approx(44, abs=0.5)


def test_columns_that_are_new_move_what_points_at_the_others(office, open_book, path):
    """A sheet written by an earlier version has fewer columns; none is hidden there."""
    book = open_book(path)
    press(macros.consolidate, book)
    sheet = book.sheets["Tổng hợp"]
    hidden = ("F", "K", "M")
    assert [sheet.range(f"{letter}1").column_width for letter in hidden] == [0, 0, 0]
    rows = sheet.range("A1:P30").value
    keep = [at for at in range(16) if at not in (5, 10, 12)]
    sheet.range("A1:P30").unmerge()
    sheet.range("A1:P30").clear()
    sheet.range("A1").value = [[row[at] for at in keep] for row in rows]
    sheet.range("A1:P1").column_width = 12
    last = max(at for at, row in enumerate(rows, start=1) if any(row))
    remember(sheet.range((1, 1), (last, 13)))
    sheet.range("O8").value = "ghi bên cạnh"
    own = book.sheets.add("Riêng")
    own["A1"].formula = "='Tổng hợp'!G9*2"
    assert own["A1"].value == 2 * 106

    press(macros.consolidate, book)

    assert sheet.range("A7:P7").value == [column.header for column in TOTALS.columns]
    assert (sheet["H9"].value, own["A1"].value) == (106, 212)
    assert own["A1"].formula.endswith("H9*2")
    assert sheet["R8"].value == "ghi bên cạnh"
    assert [sheet.range(f"{letter}1").column_width for letter in hidden] == [0, 0, 0]
    assert sheet.range("G1").column_width > 0


def cell_of(book: Any, title: str, code: str, header: str) -> str:
    """Return the cell of an indicator's row under a header."""
    rows = contents(book.sheets[title])
    (head,) = [row for row in rows if row[0] == "Mã"]
    number = next(at for at, row in enumerate(rows, start=1) if row[0] == code)
    return book.sheets[title].range((number, head.index(header) + 1)).get_address(False, False)


def test_a_longer_table_moves_down_what_stands_below(office, open_book, path, tmp_path):
    book = open_book(path)
    press(macros.consolidate, book)
    sheet = book.sheets["Lỗi số liệu"]
    below = sheet.used_range.last_cell.row + 2
    sheet.range((below, 1)).value = "giữ lại"
    for month in ("T2", "T3", "T4", "T5"):
        where = cell_of(book, "Chỉ tiêu", "K", month)
        book.sheets["Thôn 1"].range(where).value = "nhiều lắm"

    told = press(macros.consolidate, book)

    assert "4 lỗi số liệu" in told
    column = [row[0] for row in contents(sheet)]
    assert column.count("Lỗi") == 4
    assert column.index("giữ lại") > len(column) - 1 - column[::-1].index("Lỗi")


def test_what_is_typed_counts_before_it_is_saved(office, open_book, path):
    book = open_book(path)
    book.sheets["Thôn 2"].range(cell_of(book, "Chỉ tiêu", "K", "T2")).value = 7

    press(macros.consolidate, book)

    assert book.sheets["Tổng hợp"]["H9"].value == 113
    saved = openpyxl.load_workbook(path)
    assert "Tổng hợp" not in saved.sheetnames


def test_received_workbooks_beside_the_open_one_count(office, open_book, tmp_path):
    workbook = tmp_path / "so.xlsx"
    write_workbook(workbook, OFFICE)
    (tmp_path / "Nhan").mkdir()
    unit = replace(
        OFFICE,
        info={**OFFICE.info, "unit_code": "21433.1", "unit_name": "Thôn 1", "level": "Thôn"},
        targets=(TargetRow(INDICATORS[0], (D(9), *[None] * 11)),),
        units=(),
        assignment={},
    )
    write_workbook(tmp_path / "Nhan" / "thon.xlsx", unit)
    book = open_book(workbook)

    told = press(macros.consolidate, book)

    assert told.startswith("Đã tổng hợp 1/2 đơn vị")
    assert book.sheets["Tổng hợp"]["H9"].value == 9


def test_a_workbook_never_saved_is_added_up_from_its_sheets(office, path):
    saved = office.books.open(str(path))
    book = office.books.add()
    for sheet in saved.sheets:
        sheet.copy(after=book.sheets[-1])
    saved.close()

    told = press(macros.consolidate, book)

    assert told.startswith("Đã tổng hợp 2/2 đơn vị")
    assert "Sổ chưa lưu vào máy" in told
    assert "Sổ chưa lưu vào máy" in press(macros.submit, book)
    book.close()


def test_a_workbook_without_targets_is_told_so_and_left_alone(office, open_book):
    book = office.books.add()
    before = [sheet.name for sheet in book.sheets]

    told = press(macros.consolidate, book)

    assert "Không tìm thấy bảng chỉ tiêu" in told
    assert [sheet.name for sheet in book.sheets] == before
    book.close()


def test_what_is_protected_is_told_before_anything_is_written(office, open_book, path):
    book = open_book(path)
    book.api.protect("")
    assert "Cấu trúc sổ đang được bảo vệ" in press(macros.consolidate, book)
    book.api.unprotect("")
    press(macros.consolidate, book)
    book.sheets["Chưa đạt"].api.protect("")
    before = tables(book)

    told = press(macros.consolidate, book)

    assert "Trang 'Chưa đạt' đang được bảo vệ" in told
    assert tables(book) == before


def test_a_protected_structure_is_no_hindrance_once_the_output_sheets_are_there(
    office, open_book, path
):
    book = open_book(path)
    press(macros.consolidate, book)
    book.sheets["Thôn 2"].range(cell_of(book, "Chỉ tiêu", "K", "T2")).value = 7
    book.api.protect("")

    told = press(macros.consolidate, book)

    assert told.startswith("Đã tổng hợp 2/2 đơn vị")
    assert book.sheets["Tổng hợp"]["H9"].value == 113


def test_settings_and_the_place_are_put_back_whatever_happens(
    office, open_book, path, tmp_path, monkeypatch
):
    book = open_book(path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    book.sheets["Thông tin"].activate()
    book.sheets["Thông tin"]["B5"].select()
    during = {}

    def fails(book: Any) -> str:
        during["screen"] = book.app.screen_updating
        book.sheets["Chỉ tiêu"].activate()
        raise RuntimeError("our mistake")

    told = press(fails, book)

    assert during == {"screen": False}
    assert book.app.screen_updating is True
    assert book.app.status_bar is False
    assert "Traceback" not in told
    assert str(tmp_path / "danvan-xl-loi.log") in told
    assert "our mistake" in (tmp_path / "danvan-xl-loi.log").read_text(encoding="utf-8")
    assert book.sheets.active.name == "Thông tin"
    assert book.app.selection.address == "$B$5"


def test_kiem_tra_marks_cells_and_takes_only_its_own_marks_away(office, open_book, path):
    book = open_book(path)
    sheet = book.sheets["Thôn 1"]
    first, second, third = (
        cell_of(book, "Chỉ tiêu", code, month)
        for code, month in (("K", "T2"), ("H", "T3"), ("K", "T4"))
    )
    for cell in (first, second, third):
        sheet.range(cell).value = "nhiều lắm"
    sheet.range(third).add_note("của tôi")

    told = press(macros.check, book)

    assert "3 lỗi" in told
    assert "ô đã có ghi chú riêng" in told
    notes = {note.location.get_address(False, False): note.text for note in sheet.notes}
    assert notes[first].startswith("[Dân vận] Lỗi SO01: 'nhiều lắm' không phải là số")
    assert notes[third] == "của tôi"
    book.sheets["Thông tin"].activate()
    assert press(macros.next_fault, book, stays=False) == ""
    assert (book.sheets.active.name, book.app.selection.get_address(False, False)) == (
        "Thôn 1",
        first,
    )
    press(macros.next_fault, book, stays=False)
    assert book.app.selection.get_address(False, False) == second
    press(macros.next_fault, book, stays=False)
    assert book.app.selection.get_address(False, False) == first
    for cell in (first, second, third):
        sheet.range(cell).value = None
    assert "đã ghi chú 0 ô" in press(macros.check, book)
    left = [note.text for note in sheet.notes]
    assert "của tôi" in left
    assert not [text for text in left if text.startswith("[Dân vận]")]
    assert "Không còn ô nào" in press(macros.next_fault, book, stays=False)


def test_kiem_tra_tells_what_it_marks_nowhere_folded_by_kind(office, open_book, path):
    book = open_book(path)
    for month in ("T2", "T3"):
        for sheet in ("Thôn 1", "Thôn 2"):
            book.sheets[sheet].range(cell_of(book, "Chỉ tiêu", "K", month)).value = "trên 30"

    told = press(macros.check, book)

    assert told.count("- Ghi nhận SO04") == 1
    assert "- Ghi nhận SO04 (4 chỗ): 'trên 30' là số ước" in told


def test_the_guide_is_the_one_in_the_workbook(office, open_book, path):
    book = open_book(path)
    book.sheets["Chỉ tiêu"].activate()

    press(macros.open_guide, book, stays=False)
    assert book.sheets.active.name == "Hướng dẫn"

    book.sheets["Hướng dẫn"].delete()
    assert "không có trang Hướng dẫn" in press(macros.open_guide, book, stays=False)


def test_a_folder_that_is_not_there_is_named_as_the_workbook_names_it(office, open_book, tmp_path):
    book = open_book(xa_file(tmp_path, "| K | Kinh tế | K | hộ | 9 | 4 | | |", Thư_mục_nhận="Đến"))

    assert "Không có thư mục nhận 'Đến' cạnh sổ" in press(macros.consolidate, book)


def test_buttons_go_to_output_sheets_once_they_are_there(office, open_book, path):
    book = open_book(path)
    assert "Bấm Tổng hợp trước" in press(macros.show("Chưa đạt"), book, stays=False)
    press(macros.consolidate, book)

    press(macros.show("Chưa đạt"), book, stays=False)

    assert book.sheets.active.name == "Chưa đạt"


def test_gui_makes_the_sending_of_what_is_on_the_screen(office, open_book, path):
    book = open_book(path)
    book.sheets["Thôn 2"].range(cell_of(book, "Chỉ tiêu", "K", "T2")).value = 7

    told = press(macros.submit, book)

    (sent,) = (path.parent / "Gui").glob("*.xlsx")
    assert f"Đã làm bản gửi lần 1: {sent}" in told
    assert sent.with_suffix(".eml").exists()
    rows = list(openpyxl.load_workbook(sent)["Tổng hợp"].values)
    assert [row[7] for row in rows if row[1] == "K"] == [113]
    book.sheets["Thôn 1"].range(cell_of(book, "Chỉ tiêu", "K", "T3")).value = "nhiều lắm"
    assert "Chưa gửi: số liệu còn 1 lỗi" in press(macros.submit, book)


def test_giao_and_nhan_work_in_folders_beside_the_workbook(office, open_book, path):
    book = open_book(path)

    told = press(macros.assign, book)

    made = sorted(item.name for item in (path.parent / "Giao").iterdir())
    assert made == ["DV_21433.1_2026.xlsx", "DV_21433.2_2026.xlsx"]
    assert "2 mới" in told
    assert "Tạo thư mục Den" in press(macros.collect, book)
    (path.parent / "Den").mkdir()
    say_about(path.parent / "Giao" / made[0], Kỳ_báo_cáo="6 tháng")
    (path.parent / "Giao" / made[0]).rename(path.parent / "Den" / "ten-gi-cung-duoc.xlsx")
    told = press(macros.collect, book)
    assert "Đã xếp 1 sổ" in told
    assert (path.parent / "Nhan/2026/6T/21433.1").is_dir()


def test_chot_so_lieu_writes_a_copy_without_functions_of_the_add_in(office, open_book, path):
    book = open_book(path)
    own = book.sheets.add("Riêng")
    own["A1"].value = [[1, 2], ["=DV_TYLE(A1,B1)", "=A1+B1"]]

    told = press(macros.freeze_functions, book)

    copy = path.with_name("so-xa_chot.xlsx")
    assert f"Đã ghi bản chốt {copy}: 1 ô" in told
    sheet = openpyxl.load_workbook(copy)["Riêng"]
    assert not str(sheet["A2"].value).startswith("=")
    assert sheet["B2"].value == "=A1+B1"
    assert own["A2"].formula.upper().startswith("=DV_TYLE")
    assert "đã có" in press(macros.freeze_functions, book)


def test_tao_so_opens_a_blank_workbook(office, tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    (tmp_path / "Documents").mkdir()

    told = macros.make(office, "Khối/Đoàn thể")
    macros.make(office, "Khối/Đoàn thể")

    year = dt.date.today().year
    names = sorted(item.name for item in (tmp_path / "Documents").glob("*.xlsx"))
    assert names == [
        f"So-ke-hoach-Khối-Đoàn thể-{year} (2).xlsx",
        f"So-ke-hoach-Khối-Đoàn thể-{year}.xlsx",
    ]
    assert names[1] in told
    assert "Chỉ tiêu" in [sheet.name for sheet in office.books.active.sheets]
    for book in list(office.books):
        book.close()


def test_the_real_example_is_added_up_in_place_as_in_its_summary(office, open_book, tmp_path):
    example = next(item for item in run_examples(tmp_path) if "Phổ Phong" in item.title)
    book = open_book(example.workbook)

    press(macros.consolidate, book)

    summary = open_book(example.output)
    live, expected = tables(book), tables(summary)
    assert live["Tổng hợp"] == expected["Tổng hợp"]
    assert live["Chưa đạt"] == expected["Chưa đạt"]


def test_a_chart_of_the_officer_over_an_output_sheet_survives(office, open_book, path):
    book = open_book(path)
    press(macros.consolidate, book)
    sheet = book.sheets["Tổng hợp"]
    uno = office.impl.office.uno
    place = uno.createUnoStruct("com.sun.star.awt.Rectangle")
    place.X, place.Y, place.Width, place.Height = 1000, 1000, 8000, 5000
    area = sheet.range("H8:H10").impl.cells_of_uno.RangeAddress
    sheet.api.Charts.addNewByName("Của tôi", place, (area,), False, False)
    book.sheets["Thôn 2"].range(cell_of(book, "Chỉ tiêu", "K", "T2")).value = 7

    press(macros.consolidate, book)

    assert sheet["H9"].value == 113
    chart = sheet.api.Charts.getByName("Của tôi")
    assert [(found.StartRow, found.EndRow) for found in chart.Ranges] == [(7, 9)]


def test_a_file_that_may_only_be_read_is_worked_on_all_the_same(office, open_book, path):
    path.chmod(0o444)
    before = path.read_bytes()

    told = press(macros.consolidate, open_book(path))

    assert told.startswith("Đã tổng hợp 2/2 đơn vị")
    assert path.read_bytes() == before


def test_a_workbook_that_lies_online_has_no_folder(path):
    class Online:
        @property
        def fullname(self) -> str:
            raise RuntimeError("no local folder for https://d.docs.live.net/x")

    assert folder_of_book(Online()) is None
    assert folder_of_book(SimpleNamespace(fullname="https://d.docs.live.net/so.xlsx")) is None
    assert folder_of_book(SimpleNamespace(fullname=str(path))) == path.parent


def test_what_was_pressed_is_printed_page_by_page(office, open_book, path, tmp_path):
    book = open_book(path)
    press(macros.consolidate, book)

    book.to_pdf(tmp_path / "k.pdf")

    (count,) = re.findall(r"Pages:\s+(\d+)", printed("pdfinfo", tmp_path / "k.pdf"))
    assert int(count) >= len(book.sheets) - 1
    assert "TỔNG HỢP KẾT QUẢ" in printed("pdftotext", tmp_path / "k.pdf", "-")


def printed(*command: object) -> str:
    run = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    return run.stdout


def test_what_was_pressed_and_saved_is_read_again_without_its_output(office, open_book, path):
    book = open_book(path)
    press(macros.consolidate, book)
    book.save()

    result = consolidate_files(path).result

    assert result.lines["k"].actual == 106
    assert [item.code.label for item in result.issues if item.place.sheet in OUTPUT_TITLES] == []
