"""Sheets in the fonts of before Unicode: read as Unicode with a note, and converted whole."""

import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from danvan_xl.files.grid import Grid
from danvan_xl.files.old_fonts import decoded
from danvan_xl.jobs.recode import CannotRecodeError, _with_capitals, recode
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.legacy_fonts import OldFont, font_habit_of, font_of, to_unicode
from tests.cases.packing import part, parts_of, write_zip
from tests.leading_out import with_macros
from tests.old_text import in_old_font, old
from tests.on_disk import save
from tests.program import running
from tests.sheets import book, consolidated, found, grid, info
from tests.spreadsheet import convert, read_values, validate

OLD_SHEETS = Path(__file__).parents[3] / "shared" / "data" / "legacy"
SHEET = """
    | Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Kế hoạch | T1 |
    | K  | Kinh tế | Thu quỹ của xã | triệu đồng | 10 | 4 |
    | V  | Văn hóa - xã hội | Hộ nghèo giảm | hộ | 5 | trên 2 |
"""


@pytest.mark.parametrize("font", OldFont)
def test_a_sheet_in_an_old_font_says_the_same_as_in_unicode_with_a_note(font):
    plain = consolidated(grid(SHEET))

    result = consolidated(old(grid(SHEET), font))

    assert {key: (line.actual, line.plan) for key, line in result.lines.items()} == {
        key: (line.actual, line.plan) for key, line in plain.lines.items()
    }
    definition = result.lines["v"].definition
    assert (definition.indicator, definition.work_field) == ("Hộ nghèo giảm", "Văn hóa - xã hội")
    (note,) = [item for item in result.issues if item.code is Code.TEXT_IN_OLD_FONT]
    assert font.value in note.message


def test_rows_typed_in_an_old_font_below_a_modern_header_are_read_too():
    sheet = grid(SHEET)
    filler: list[list[object]] = [["", "", "", "", "", ""]] * 40
    typed = old(grid("| T | Kinh tế | Tổng đàn lợn | con | 7 | 3 |"), OldFont.TCVN3)
    mixed = sheet._replace(rows=[*sheet.rows, *filler, *typed.rows])

    result = consolidated(mixed)

    assert result.lines["t"].definition.indicator == "Tổng đàn lợn"
    assert len(found(result.issues, Code.TEXT_IN_OLD_FONT)) == 1


def test_of_several_sheets_only_those_in_an_old_font_are_changed():
    modern, typed = grid(SHEET), old(grid(SHEET), OldFont.TCVN3)
    like_both = grid("| à la carte | quý |")  # neither font is proven here

    done = decoded([modern, typed, like_both])

    assert [item.font for item in done] == [None, OldFont.TCVN3, None]
    assert (done[0].grid, done[2].grid) == (modern, like_both)
    assert done[1].grid.rows == modern.rows


def test_what_stands_below_the_rows_looked_at_decides_nothing():
    typed = old(grid(SHEET), OldFont.TCVN3)
    below = typed._replace(rows=[*grid(SHEET).rows, *typed.rows])

    assert [item.font for item in decoded([typed, below], 3)] == [OldFont.TCVN3, None]
    assert [item.font for item in decoded([typed, below])] == [OldFont.TCVN3, OldFont.TCVN3]


def test_unicode_is_left_alone_without_a_note():
    result = consolidated(grid(SHEET.replace("hộ", "m² hoà")))

    assert found(result.issues, Code.TEXT_IN_OLD_FONT) == []
    assert read_book(book(info(Mã_đơn_vị="A"), grid(SHEET))).own is not None


def test_one_odd_text_does_not_turn_a_modern_sheet_into_another():
    result = consolidated(grid(SHEET.replace("Thu quỹ của xã", "BÏ")))

    assert result.lines["k"].actual == 4
    assert result.lines["v"].definition.work_field == "Văn hóa - xã hội"


def test_what_a_text_does_not_tell_those_around_it_do():
    assert font_of("Sè TT") is None
    old = ["Tªn chØ tiªu", "KÕ ho¹ch", "Sè TT"]
    assert font_habit_of(old).to_unicode("Sè TT") == "Số TT"
    mixed = font_habit_of([*old, "Chỉ tiêu"])
    assert [mixed.to_unicode(text) for text in ("Sè TT", "Mã", "KÕ ho¹ch")] == [
        "Sè TT",
        "Mã",
        "Kế hoạch",
    ]
    assert to_unicode("Tæng", OldFont.TCVN3) == "Tổng"
    assert to_unicode("Hà Nội", OldFont.TCVN3) == "Hà Nội"


@pytest.mark.skipif(
    not OLD_SHEETS.is_dir(), reason=f"old real spreadsheets are not in {OLD_SHEETS}"
)
def test_old_real_spreadsheets_come_out_as_their_transcripts():
    right = letters = 0
    for path in sorted(OLD_SHEETS.glob("*.xls")):
        transcript = squeezed(path.with_suffix(".txt").read_text(encoding="utf-8"))
        workbook = CalamineWorkbook.from_path(str(path))
        for name in workbook.sheet_names:
            grid = Grid(name, workbook.get_sheet_by_name(name).to_python())
            sheet = decoded([grid])[0].grid
            for new in (cell for row in sheet.rows for cell in row if isinstance(cell, str)):
                marked = sum(char.isalpha() and not char.isascii() for char in new)
                letters += marked
                right += marked * (squeezed(new) in transcript)

    assert letters > 10_000
    assert right / letters >= 0.995


def squeezed(text: str) -> str:
    """Return a text without spaces and capitals: the fonts of capitals tell only by their name."""
    return "".join(unicodedata.normalize("NFC", text).split()).casefold()


@pytest.fixture
def old_file(tmp_path) -> Path:
    """A workbook in TCVN3 with looks, a formula on an oddly named sheet, a heading in capitals."""
    path = tmp_path / "cu.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        plain = workbook.add_format({"font_name": ".VnTime", "bold": True, "bg_color": "#FFFF00"})
        capitals = workbook.add_format({"font_name": ".VnTimeH"})
        sheet = workbook.add_worksheet(in_old_font("Tổng hợp", OldFont.TCVN3))
        sheet.write_string("A1", in_old_font("báo cáo kết quả", OldFont.TCVN3), capitals)
        sheet.write_string("A2", in_old_font("Chỉ tiêu & kế hoạch", OldFont.TCVN3), plain)
        sheet.write_string("A3", "Đã là Unicode")
        sheet.write_number("B2", 5, plain)
        sheet.write_comment("B2", in_old_font("ghi chú của cán bộ", OldFont.TCVN3))
        sheet.set_column("A:A", 33)
        other = workbook.add_worksheet("Khac")
        other.write_formula("A1", f"='{sheet.get_name()}'!B2*2", None, 10)
    return path


@pytest.fixture
def chuyen_ma(monkeypatch, capsys):
    run = running(monkeypatch, capsys)
    return lambda *arguments: run("chuyen-ma", *arguments)


def test_a_whole_workbook_becomes_unicode_and_keeps_its_looks(chuyen_ma, old_file, tmp_path):
    before = old_file.read_bytes()

    code, out, _ = chuyen_ma(old_file, "-o", tmp_path / "moi.xlsx")

    assert (code, out["font"]) == (0, OldFont.TCVN3.value)
    assert old_file.read_bytes() == before
    new = openpyxl.load_workbook(tmp_path / "moi.xlsx")
    assert new.sheetnames == ["Tổng hợp", "Khac"]
    sheet = new["Tổng hợp"]
    assert [sheet[f"A{row}"].value for row in (1, 2, 3)] == [
        "BÁO CÁO KẾT QUẢ",
        "Chỉ tiêu & kế hoạch",
        "Đã là Unicode",
    ]
    assert sheet["A2"].font.name == "Times New Roman"
    assert sheet["A2"].font.bold
    assert sheet["A2"].fill.fgColor.rgb == "FFFFFF00"
    assert sheet["B2"].comment.text.strip() == "ghi chú của cán bộ"
    assert sheet.column_dimensions["A"].width == pytest.approx(33, abs=1)
    assert new["Khac"]["A1"].value == "='Tổng hợp'!B2*2"
    assert validate(tmp_path / "moi.xlsx") == []
    (computed,) = convert([tmp_path / "moi.xlsx"], tmp_path / "lo", "xlsx")
    assert read_values(computed)["Khac"][0][0] == 10


def test_other_parts_of_the_file_stay_byte_for_byte(chuyen_ma, old_file, tmp_path):
    chuyen_ma(old_file, "-o", tmp_path / "moi.xlsx")

    with zipfile.ZipFile(old_file) as first, zipfile.ZipFile(tmp_path / "moi.xlsx") as second:
        assert first.namelist() == second.namelist()
        same = [name for name in first.namelist() if first.read(name) == second.read(name)]
    assert {"[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/theme/theme1.xml"} <= {*same}


def test_what_cannot_be_converted_is_one_sentence(chuyen_ma, old_file, tmp_path):
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "co.xlsx").write_bytes(b"x")
    with xlsxwriter.Workbook(str(tmp_path / "moi.xlsx")) as workbook:
        workbook.add_worksheet().write_string("A1", "Chỉ tiêu")
    target = tmp_path / "ra.xlsx"
    parts = parts_of(old_file) | {"xl/sharedStrings.xml": b"\xff\xfe\xff"}
    write_zip(tmp_path / "utf16.xlsx", [(name, part(data)) for name, data in parts.items()])
    (tmp_path / "cut.xlsx").write_bytes(old_file.read_bytes()[:2000])

    cases = [
        ((tmp_path / "utf16.xlsx", "-o", target), "lưu lại dạng .xlsx"),
        ((tmp_path / "cut.xlsx", "-o", target), "lưu lại dạng .xlsx"),
        ((tmp_path / "a.xls", "-o", target), "lưu lại dạng .xlsx"),
        ((old_file, "-o", tmp_path / "co.xlsx"), "không ghi đè"),
        ((tmp_path / "khong-co.xlsx", "-o", target), "Không thấy"),
        ((old_file,), "Thiếu tệp kết quả"),
    ]
    for arguments, words in cases:
        code, out, _ = chuyen_ma(*arguments)
        assert (code, words in out["error"]) == (2, True), out
    code, out, _ = chuyen_ma(tmp_path / "moi.xlsx", "-o", target)
    assert (code, out["changed"], target.exists()) == (0, 0, False)


def test_an_empty_shared_text_does_not_shift_those_in_capitals():
    habit = font_habit_of(["Céng hoµ x· héi chñ nghÜa ViÖt Nam"])
    texts = "<sst><si/><si><t>a</t></si><si><t>b</t></si></sst>"

    assert _with_capitals(texts, frozenset({1}), habit) == texts.replace(">a<", ">A<")


def test_a_workbook_that_leads_out_is_not_copied(tmp_path):
    """A copy would carry its macros along."""
    path = save(tmp_path / "so.xlsx", old(grid(SHEET), OldFont.TCVN3))
    parts = parts_of(path)
    write_zip(path, [(name, part(data)) for name, data in (parts | with_macros(parts)).items()])

    with pytest.raises(CannotRecodeError, match="không đổi được: Tệp có macro"):
        recode(path, tmp_path / "moi.xlsx")

    assert not (tmp_path / "moi.xlsx").exists()
