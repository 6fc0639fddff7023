"""xlwings' engine over LibreOffice: what the buttons need works there as in Excel."""

import datetime as dt

import pytest

from danvan_xl.excel.libreoffice.values import to_calc, to_excel
from danvan_xl.excel.live import read_live


@pytest.fixture
def book(office):
    opened = office.books.add()
    yield opened
    opened.close()


def test_values_come_back_as_they_were_written(book):
    sheet = book.sheets[0]
    rows = [["Thôn Một", 12.5, None], ["'012", dt.datetime(2026, 7, 5), "=1/0"]]

    sheet["A1"].value = rows

    assert sheet["A1:C1"].value == ["Thôn Một", 12.5, None]
    assert sheet["B2"].value == dt.datetime(2026, 7, 5)
    assert sheet["C2"].options(err_to_str=True).value == "#DIV/0!"
    assert sheet["C2"].value is None
    assert sheet["B2"].number_format.upper() == "DD/MM/YYYY"
    assert sheet.used_range.address == "$A$1:$C$2"


def test_text_beside_a_formula_stays_text(book):
    book.sheets[0]["A1"].value = [["1.507", "=1+1", "-"]]

    assert book.sheets[0]["A1:C1"].value == ["1.507", 2, "-"]


def test_a_formula_follows_over_a_range(book):
    sheet = book.sheets[0]
    sheet["A1"].value = [[1], [2], [3]]

    sheet["B1:B3"].formula = "=A1*2"

    assert sheet["B1:B3"].value == [2, 4, 6]


@pytest.mark.parametrize(
    "formula",
    [
        "='Tổng hợp'!G9*2",
        "=IF(A1>1,\"a,b;c!d\",'Sổ ''x'''!$A$1)",
        "=SUM(A1:B2,Riêng!C3)",
        "=1.5+2",
    ],
)
def test_formulas_are_written_as_in_excel(formula):
    assert to_excel(to_calc(formula)) == formula
    assert "!" not in to_calc(formula).replace("c!d", "")


def test_a_formula_finds_another_sheet(book):
    book.sheets.add("Kết quả")["B2"].value = 21

    book.sheets[-1]["A1"].formula = "=SUM('Kết quả'!B2,'Kết quả'!B2)"

    assert book.sheets[-1]["A1"].value == 42
    assert book.sheets[-1]["A1"].formula == "=SUM('Kết quả'!B2,'Kết quả'!B2)"


def test_notes_are_put_found_and_taken_away(book):
    cell = book.sheets[0]["B3"]

    cell.add_note("Ghi chú")

    (note,) = book.sheets[0].notes
    assert (note.location.address, note.text) == ("$B$3", "Ghi chú")
    note.text = "Khác"
    assert cell.note.text == "Khác"
    note.delete()
    assert len(book.sheets[0].notes) == 0


def test_a_note_stays_when_its_cell_is_emptied(book):
    cell = book.sheets[0]["B3"]
    cell.add_note("Ghi chú")

    cell.value = None

    assert cell.note.text == "Ghi chú"


def test_looks_are_kept(book):
    cells = book.sheets[0]["A1:B2"]

    cells.font.bold = True
    cells.font.color = "#FF0000"
    cells.color = (255, 255, 0)
    cells.borders.weight = "thin"
    cells.row_height = 30
    cells.horizontal_alignment = "center"
    cells.wrap_text = True
    cells.merge()

    assert cells.font.bold
    assert cells.font.color == (255, 0, 0)
    assert cells.color == (255, 255, 0)
    assert cells.borders["edge_top"].weight == "thin"
    assert cells.row_height == pytest.approx(30, abs=0.1)
    assert cells.horizontal_alignment == "center"
    assert cells.merge_cells
    cells.unmerge()
    cells.clear_formats()
    assert not cells.font.bold
    assert cells.borders["edge_top"].weight is None


def test_names_are_given_to_cells(book):
    sheet = book.sheets.add("Kết quả")

    book.names.add("DV_vung", "='Kết quả'!$A$1:$C$3")

    assert "DV_vung" in book.names
    assert book.names["DV_vung"].refers_to == "='Kết quả'!$A$1:$C$3"
    assert sheet.range("DV_vung").shape == (3, 3)
    book.names["DV_vung"].delete()
    assert "DV_vung" not in book.names


def test_cells_are_copied_within_a_workbook_and_to_another(office, book):
    book.sheets[0]["A1"].value = [["a", "=1+1"]]
    book.sheets[0]["A1:B1"].copy(book.sheets[0]["A5"])
    other = office.books.add()

    book.sheets[0]["A1:B1"].copy(other.sheets[0]["C2"])
    copied = book.sheets[0].copy(after=other.sheets[-1])

    assert book.sheets[0]["A5:B5"].value == ["a", 2]
    assert other.sheets[0]["C2:D2"].value == ["a", 2]
    assert [sheet.name for sheet in other.sheets][-1] == copied.name
    other.close()


def test_rows_move_down_for_new_ones_and_references_follow(book):
    sheet = book.sheets[0]
    sheet["A1"].value = [[1], [2]]
    sheet["C1"].formula = "=A2"

    sheet["A2:A2"].insert("down")

    assert sheet["A3"].value == 2
    assert sheet["C1"].value == 2


def test_what_is_printed_is_kept(book):
    sheet = book.sheets[0]

    sheet.page_setup.print_area = "A1:D20"

    assert sheet.page_setup.print_area == "$A$1:$D$20"
    sheet.page_setup.print_area = None
    assert sheet.page_setup.print_area is None


def test_a_workbook_is_saved_copied_and_opened_again(office, book, tmp_path):
    book.sheets[0]["A1"].value = "một"
    book.save(tmp_path / "a.xlsx")
    book.sheets[0]["A1"].value = "hai"

    book.impl.save_copy(tmp_path / "b.xlsx")

    assert book.fullname == str(tmp_path / "a.xlsx")
    copy = office.books.open(str(tmp_path / "b.xlsx"))
    assert copy.sheets[0]["A1"].value == "hai"
    copy.close()
    with pytest.raises(OSError, match="khong-co"):
        office.books.open(str(tmp_path / "khong-co.xlsx"))


def test_percentages_and_merges_of_an_open_sheet_are_seen(book):
    sheet = book.sheets[0]
    sheet["A1"].value = [["Mã", "Chỉ tiêu", "ĐVT", "T1", "T2", "T3"], ["A", "a", "%", 0.92, 93, 7]]
    sheet["D2"].number_format = "0%"
    sheet["E2"].number_format = '0"%"'
    sheet["E3:F4"].merge()
    sheet["E3"].value = 1

    looks = read_live(book).looks_of(sheet.name)

    assert list(looks.percents) == ["D2"]
    assert looks.merged == ("E3:F4",)
