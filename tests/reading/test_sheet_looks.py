"""What the look of a sheet changes: cells shown as percentages, areas merged into one cell."""

import io
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter

from danvan_xl.files.cells_ods import look_at_ods
from danvan_xl.files.cells_xml import NO_FORMULAS, UNKNOWN_LOOKS, SheetLooks, look_at
from danvan_xl.files.grid import Grid
from danvan_xl.files.opening import OpenedBook, open_bytes_unguarded
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.messages import Code, Severity
from tests.sheets import found, grid, info

HEAD = ("Mã", "Chỉ tiêu", "ĐVT", "Năm trước", "Kế hoạch", "T1", "T2", "T3")
ROW = "| Mã | Chỉ tiêu | ĐVT | Năm trước | Kế hoạch | T1 | T2 | T3 |\n"


def written(rows, formats=(), merged=()):
    """Return a read workbook of a sheet Chỉ tiêu; `formats` are (cell, value, format)."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Chỉ tiêu")
        sheet.write_row(0, 0, HEAD)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
        for area in merged:
            sheet.merge_range(area, "")
        for cell, value, code in formats:
            sheet.write(cell, value, workbook.add_format({"num_format": code} if code else {}))
    opened = open_bytes_unguarded(stream.getvalue(), "so.xlsx")
    return read_book(opened)


def looking(rows, looks):
    """Return the read workbook of a sheet in Markdown that looks so."""
    sheet = grid(ROW + rows)
    opened = OpenedBook(
        "so.xlsx",
        "0" * 64,
        (info(Năm=2026.0), sheet),
        lambda _: NO_FORMULAS,
        looks_of=lambda _: looks,
    )
    return read_book(opened)


def months(book, row=0):
    return [figure.value for figure in book.own.targets[row].months[:3]]


@pytest.mark.parametrize(
    ("value", "code", "read"),
    [
        (0.92, "0%", "92"),
        (0.925, "0%", "92.5"),
        (1.05, "0.00%", "105"),
        (10, "0%", "1000"),
        (0.5, '0.0"%"', "0.5"),
        (92, "0\\%", "92"),
        (92, "0.0", "92"),
        (0, "0%", "0"),
    ],
)
def test_a_number_shown_as_a_percentage_is_what_people_see(value, code, read):
    book = written([("A", "Tỷ lệ", "%", "", 95)], [("F2", value, code)])

    assert months(book)[0] == Decimal(read)


def test_plans_and_years_before_are_read_so_too_and_one_note_tells_all():
    cells = [("D2", 0.9, "0%"), ("E2", 0.95, "0%"), ("F2", 0.92, "0.0%")]
    book = written([("A", "Tỷ lệ", "%")], cells)

    target = book.own.targets[0]
    assert (target.last_year.value, target.plan.value, target.months[0].value) == (90, 95, 92)
    assert found(book.issues, Code.PERCENT_CELL_READ) == ["D2"]


@pytest.mark.parametrize(
    ("measure", "value"), [("%", 10.5), ("hộ", 0.5), ("hộ", 1), ("triệu đồng", 25), ("", 0.5)]
)
def test_more_than_a_thousand_or_a_row_that_is_not_of_percent_is_asked_about(measure, value):
    book = written([("A", "a", measure, "", 95)], [("F2", value, "0%")])

    assert months(book)[0] is None
    assert found(book.issues, Code.PERCENT_CELL_NOT_READ) == ["F2"]
    assert Code.PERCENT_CELL_NOT_READ.severity is Severity.WARNING


def test_the_columns_that_the_template_computes_may_be_shown_as_percentages():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        sheet = workbook.add_worksheet("Chỉ tiêu")
        sheet.write_row(0, 0, (*HEAD, "Tỷ lệ"))
        sheet.write_row(1, 0, ("A", "a", "hộ", "", 10, 5))
        sheet.write(1, 8, 0.5, workbook.add_format({"num_format": "0%"}))
    book = read_book(open_bytes_unguarded(stream.getvalue(), "so.xlsx"))

    assert months(book)[0] == 5
    assert not found(book.issues, Code.PERCENT_CELL_NOT_READ)


def test_what_a_file_does_not_tell_is_said():
    book = looking("| A | a | % | | 0.95 | 0.92 | 93 | |", UNKNOWN_LOOKS)

    assert months(book)[:2] == [Decimal("0.92"), 93]
    assert found(book.issues, Code.PERCENT_FORMAT_UNKNOWN) == ["E2"]
    assert not found(
        looking("| A | a | hộ | | 1 | 1 | | |", UNKNOWN_LOOKS).issues, Code.PERCENT_FORMAT_UNKNOWN
    )


def test_a_figure_in_merged_months_counts_in_the_first_and_is_told():
    book = looking("| A | a | hộ | | 95 | 30 | | |", SheetLooks(merged=("F2:H2",)))

    assert months(book) == [30, None, None]
    assert found(book.issues, Code.MERGED_MONTHS) == ["F2"]
    message = next(item.message for item in book.issues if item.code is Code.MERGED_MONTHS)
    assert "F2:H2 (T1:T3)" in message
    assert "tính vào T1" in message


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("F2:H2", "số 0,5 tính vào T1;"),
        ("F2:F3", "số 0,5 tính vào T1 của hàng 2;"),
        ("E2:E3", "số 95% tính vào Kế hoạch của hàng 2;"),
    ],
)
def test_whose_a_merged_figure_is_is_said_as_people_see_it(area, said):
    looks = SheetLooks(merged=(area,), percents={"E2": "0%"})
    book = looking("| A | a | % | | 0.95 | 0.5 | | |\n| B | b | % | | | | | |", looks)

    assert said in next(i.message for i in book.issues if i.code is Code.MERGED_MONTHS)


@pytest.mark.parametrize(
    ("looks", "measure", "code"),
    [
        (SheetLooks(merged=("E2:G2",)), "hộ", Code.MERGED_MONTHS),
        (SheetLooks(percents={"E2": "0%"}), "hộ", Code.PERCENT_CELL_NOT_READ),
        (SheetLooks(percents={"E2": "0%"}), "%", Code.PERCENT_CELL_NOT_READ),  # 6.000 %
        (UNKNOWN_LOOKS, "%", Code.PERCENT_FORMAT_UNKNOWN),
    ],
)
def test_what_is_given_is_looked_at_too(looks, measure, code):
    figure = 0.9 if looks is UNKNOWN_LOOKS else 60.0
    names = ["Mã", "Chỉ tiêu", "ĐVT", "Kế hoạch", "A.1", "A.2", "A.3", "Cộng", "Chênh lệch"]
    given = Grid("Giao chỉ tiêu", [names, ["A", "a", measure, "", figure, "", "", ""]])
    own = grid(f"{ROW}| A | a | {measure} | | 95 | | | |")
    units = Grid("Đơn vị", [["Mã", "Tên đơn vị"], *([f"A.{n}", f"Thôn {n}"] for n in (1, 2, 3))])
    opened = OpenedBook(
        "so.xlsx",
        "0" * 64,
        (info(Mã_đơn_vị="A", Năm=2026.0), units, own, given),
        lambda _: NO_FORMULAS,
        looks_of=lambda title: looks if title == given.title else SheetLooks(),
    )

    assert found(read_book(opened).issues, code) == ["E2"]


@pytest.mark.parametrize("area", ["F2:H2", "E2:H2", "F2:G3"])
def test_what_a_merge_covers_does_not_count_and_is_named(area):
    rows = "| A | a | hộ | | 95 | 30 | 7 | |\n| B | b | hộ | | 95 | | 9 | |"
    book = looking(rows, SheetLooks(merged=(area,)))

    assert 7 not in months(book)
    told = [item.message for item in book.issues if item.code is Code.HIDDEN_UNDER_MERGE]
    assert len(told) == 1
    assert "G2 = 7" in told[0]


def test_merges_of_headings_titles_and_signatures_are_silent():
    rows = """| | I. Kinh tế | | | | | | |
        | A | a | hộ | | 95 | 30 | 7 | |
        | | | | | | Người lập | | |"""
    book = looking(rows, SheetLooks(merged=("A2:H2", "F4:H4", "A1:B1")))

    assert months(book)[:2] == [30, 7]
    assert not {Code.MERGED_MONTHS, Code.HIDDEN_UNDER_MERGE} & {item.code for item in book.issues}


def test_a_merge_in_a_file_is_found():
    book = written([("A", "a", "hộ", "", 95)], [("F2", 30, ""), ("G2", 7, "")], merged=("F2:H2",))

    assert months(book) == [30, None, None]
    assert found(book.issues, Code.HIDDEN_UNDER_MERGE) == ["G2"]


def test_formats_are_found_though_their_marks_are_written_otherwise():
    stream = io.BytesIO()
    rels = (
        '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="/xl/s.xml"/>'
        '<Relationship Id="r2" Type="http://y/styles" Target="st.xml"/></Relationships>'
    )
    styles = (
        '<x:styleSheet><x:numFmts><x:numFmt formatCode="[&gt;1]0;0.0%" numFmtId="170"/></x:numFmts>'
        '<x:cellStyleXfs><x:xf numFmtId="9"/></x:cellStyleXfs>'
        '<x:cellXfs><x:xf/><x:xf numFmtId="170"/><x:xf numFmtId="10"/></x:cellXfs></x:styleSheet>'
    )
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", '<sheets><sheet name="S" r:id="r1"/></sheets>')
        archive.writestr("xl/_rels/workbook.xml.rels", rels)
        archive.writestr("xl/st.xml", styles)
        cells = '<x:c s="1" r="A1"/><x:c r="B1" s="2"><x:v>1</x:v></x:c><x:c r="C1" s="0"/>'
        archive.writestr("xl/s.xml", f"<x:sheetData><x:row>{cells}</x:row></x:sheetData>")

    assert look_at(stream.getvalue(), "S").percents == {"A1": "[>1]0;0.0%", "B1": "0.00%"}
    assert look_at(b"no archive", "S") == SheetLooks()


ODS = """<office:document-content><office:automatic-styles>
<number:percentage-style style:name="N11"><number:number/></number:percentage-style>
<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N11"/>
<style:style style:name="ce2" style:family="table-cell" style:parent-style-name="ce1"/>
</office:automatic-styles><table:table table:name="Khác"><table:table-row/></table:table>
<table:table table:name="Chỉ tiêu"><table:table-column table:number-columns-repeated="2"/>
<table:table-column table:default-cell-style-name="ce1"/>
<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
<table:table-row><table:table-cell table:number-columns-repeated="2"/>
<table:table-cell office:value-type="float" office:value="0.5"/>
<table:table-cell table:style-name="ce2" office:value-type="float" office:value="0.5"/>
<table:table-cell office:value-type="percentage" office:value="0.5"/>
<table:table-cell table:style-name="ce9" office:value-type="float" office:value="0.5"/>
<table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="1"/>
<table:covered-table-cell table:number-columns-repeated="2"/>
<table:table-cell office:value-type="percentage" office:value="0.5"/>
</table:table-row></table:table></office:document-content>"""


def test_an_ods_is_looked_at_too():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", ODS)
        archive.writestr("styles.xml", "<office:document-styles/>")

    looks = look_at_ods(stream.getvalue(), "Chỉ tiêu")

    assert set(looks.percents) == {"C3", "D3", "E3", "J3"}
    assert looks.merged == ("G3:I3",)
    assert look_at_ods(b"no archive", "Chỉ tiêu") == SheetLooks()
