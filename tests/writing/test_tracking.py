"""The sheet "Sổ theo dõi" of the summary: the small tables of the registers on one grid."""

import datetime as dt
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from danvan_xl.report.tables import (
    Chart,
    Estimate,
    PlaceLink,
    Report,
    ReportCell,
    Share,
    SmallTable,
    TableRow,
    TrackedRegister,
)
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.schema.output_sheets import TRACKING
from danvan_xl.vietnamese.numbers import Bound
from danvan_xl.writing.summary.small_table_cells import SmallTablePen
from danvan_xl.writing.summary.small_table_layout import SheetLine, page_breaks
from danvan_xl.writing.summary.workbook import write_summary
from tests.reports import FULL, HEADING, report, with_registers
from tests.spreadsheet import validate
from tests.tracked import REGISTERS, STATES, UNIT, by_field, counts, overdue


def one(*tables: SmallTable) -> Report:
    return with_registers(report(), TrackedRegister("Nhiệm vụ", tables))


def small(*cells: ReportCell, kind: Kind = Kind.NUMBER, name: str = "figure") -> SmallTable:
    columns = (UNIT, Column(name, "Số", kind))
    return SmallTable("Bảng", columns, tuple(TableRow(("Thôn An", cell)) for cell in cells))


def write(folder: Path, content: Report) -> Path:
    path = folder / "tong-hop.xlsx"
    write_summary(path, content)
    return path


def tracking(folder: Path, content: Report) -> Worksheet:
    return load_workbook(write(folder, content))[TRACKING.title]


def everything() -> Report:
    return with_registers(FULL, *REGISTERS)


def find(sheet: Worksheet, text: str) -> Cell:
    """The only cell of this text below the title block and its contents."""
    (found,) = (cell for row in sheet.iter_rows(min_row=8) for cell in row if cell.value == text)
    return found


def figures(sheet: Worksheet) -> list[Cell]:
    """The cells under the header "Số"."""
    header = find(sheet, "Số")
    below = sheet.iter_rows(min_row=header.row + 1, min_col=header.column, max_col=header.column)
    cells = [cell for (cell,) in below]
    end = next(number for number, cell in enumerate(cells) if not cell.border.left.style)
    return cells[:end]


def test_the_sheet_stands_between_the_sources_and_the_charts(tmp_path):
    titles = load_workbook(write(tmp_path, everything())).sheetnames

    assert titles[-3:] == ["Nguồn số liệu", "Sổ theo dõi", "Biểu đồ"]


def test_a_report_without_registers_has_no_such_sheet(tmp_path):
    assert TRACKING.title not in load_workbook(write(tmp_path, FULL)).sheetnames


def test_the_registers_are_numbered_in_order_and_the_contents_lead_to_them(tmp_path):
    sheet = tracking(tmp_path, everything())

    assert sheet["A4"].value == TRACKING.heading
    links = [cell for cell in sheet[7] if cell.hyperlink]
    assert [cell.value for cell in links] == ["Nhiệm vụ", "Huy động", "Tổ dân vận", "Văn bản"]
    led_to = [sheet[cell.hyperlink.location.split("!")[1]].value for cell in links]
    assert led_to == ["1. Nhiệm vụ", "2. Huy động", "3. Tổ dân vận", "4. Văn bản"]


def test_a_single_register_needs_no_contents_and_more_than_a_line_holds_take_two(tmp_path):
    alone = tracking(tmp_path, one(small(1)))
    assert not [cell for row in alone.iter_rows() for cell in row if cell.hyperlink]

    many = tuple(TrackedRegister(f"Sổ {number}", (small(1),)) for number in range(15))
    sheet = tracking(tmp_path, with_registers(report(), *many))
    assert [sheet["B8"].value, sheet["C8"].value, sheet["D8"].value] == ["Sổ 13", "Sổ 14", None]


def test_figures_shares_and_dates_are_numbers_in_their_formats(tmp_path):
    cells = (1507, Decimal("12.5"), Share(Decimal("1.0417")), dt.date(2026, 7, 5))
    found = figures(tracking(tmp_path, one(small(*cells))))

    assert [cell.value for cell in found] == [1507, 12.5, 1.0417, dt.datetime(2026, 7, 5)]
    formats = [cell.number_format for cell in found]
    assert formats == ["#,##0", "#,##0.##", "0.00%", "dd/mm/yyyy"]


def test_an_estimate_is_a_number_that_shows_its_bound(tmp_path):
    estimates = [Estimate(Decimal(2000), bound) for bound in Bound if bound]
    found = figures(
        tracking(tmp_path, one(small(*estimates, Estimate(Decimal("0.5"), Bound.ABOUT))))
    )

    assert [cell.value for cell in found] == [2000, 2000, 2000, 0.5]
    formats = [cell.number_format for cell in found]
    assert formats == ['"≥ "#,##0', '"≤ "#,##0', '"≈ "#,##0', '"≈ "#,##0.##']


def test_what_is_not_known_is_blank_and_zero_is_zero(tmp_path):
    found = figures(tracking(tmp_path, one(small(None, Share(None), "", 0))))

    assert [cell.value for cell in found] == [None, None, None, 0]


def test_a_year_has_no_thousands(tmp_path):
    (cell,) = figures(tracking(tmp_path, one(small(2027, kind=Kind.COUNT, name="planned_year"))))

    assert (cell.value, cell.number_format) == (2027, "0")


def test_what_a_spreadsheet_cannot_keep_as_a_number_is_text(tmp_path):
    huge, old = Decimal("1E+400"), dt.date(1890, 1, 2)
    cells = (huge, 10**400, Estimate(huge, Bound.AT_LEAST), old)
    found = figures(tracking(tmp_path, one(small(*cells))))

    assert [cell.value for cell in found] == ["1E+400", "1" + "0" * 400, "≥ 1E+400", "1890-01-02"]


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@A1", '=HYPERLINK("http://x")', "http://x"])
def test_text_never_becomes_a_formula_a_number_or_a_link(tmp_path, text):
    table = SmallTable(text, (Column("a", text), UNIT), (TableRow((text, text)),), (text,))
    content = with_registers(report(), TrackedRegister(text, (table,)))
    sheet = tracking(tmp_path, content)

    cells = [cell for row in sheet.iter_rows() for cell in row if text in str(cell.value)]
    assert len(cells) == 6
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_a_value_of_an_unknown_kind_is_our_fault_and_is_named(tmp_path):
    with pytest.raises(TypeError, match="Link"):
        write(tmp_path, one(small(FULL.tables[0].rows[1].cells[7])))


def test_a_place_leads_to_the_cell_of_a_file_up_to_a_number_of_links(tmp_path, monkeypatch):
    monkeypatch.setattr(SmallTablePen, "most_links", 2)
    link = PlaceLink("B8", "Nhan/a 1.xlsx", "Nhiệm vụ", "B8")
    found = figures(tracking(tmp_path, one(small(PlaceLink("B7", ""), link, link, link))))

    assert [cell.value for cell in found] == ["B7", "B8", "B8", "B8"]
    assert [bool(cell.hyperlink) for cell in found] == [False, True, True, False]
    assert found[1].hyperlink.target == "Nhan/a%201.xlsx"
    assert found[1].hyperlink.location == "'Nhiệm vụ'!B8"


def test_the_total_is_bold_on_grey_from_end_to_end(tmp_path):
    sheet = tracking(tmp_path, one(by_field("Nhiệm vụ theo lĩnh vực", "Tổng số")))

    cells = sheet[find(sheet, "Cộng").row][:3]
    assert [cell.value for cell in cells] == ["Cộng", 10, 0.5]
    assert all(cell.font.bold and cell.fill.fgColor.rgb == "FFF2F2F2" for cell in cells)


def test_figures_stand_in_single_columns_and_only_long_texts_are_merged(tmp_path):
    sheet = tracking(tmp_path, one(by_field("Nhiệm vụ theo lĩnh vực", *STATES), overdue(3)))

    tables = find(sheet, "Nhiệm vụ theo lĩnh vực").row, find(sheet, "Nhiệm vụ quá hạn").row
    merged = [area for area in sheet.merged_cells.ranges if area.min_row > tables[0]]
    assert not [area for area in merged if tables[0] < area.min_row < tables[1] - 2]
    header = tables[1] + 1
    assert [cell.value for cell in sheet[header] if cell.value] == [
        "Đơn vị",
        "Nhiệm vụ",
        "Hạn",
        "Số ngày quá hạn",
        "Nơi ghi",
    ]
    assert {area.size["columns"] for area in merged if area.min_row == header} == {2, 9}


def test_a_long_figure_takes_two_columns_and_a_table_too_wide_widens_the_grid(tmp_path):
    wide = SmallTable("Rộng", (UNIT, *counts(*map(str, range(20)))), ())
    sheet = tracking(tmp_path, one(small(Decimal("7897797496.25")), wide))

    assert f"B{find(sheet, 'Số').row}:C{find(sheet, 'Số').row}" in sheet.merged_cells
    assert "$U$" in sheet.print_area
    assert sheet.page_setup.scale < 60


def test_a_row_and_a_header_are_as_high_as_their_texts_need(tmp_path):
    columns = (UNIT, *counts("Số ngày giải quyết (trung vị)"))
    rows = (TableRow(("Thôn An", 1)), TableRow(("Ế " * 9000, 1)), TableRow(("a\nb\nc", 1)))
    sheet = tracking(tmp_path, one(SmallTable("Bảng", columns, rows)))

    header = find(sheet, "Số ngày giải quyết (trung vị)").row
    heights = [sheet.row_dimensions[header + step].height for step in range(4)]
    assert heights[0] >= 3 * 16 + 6
    assert heights[1:] == [18, 408.75, 3 * 16 + 2.25]


def test_an_empty_table_says_so(tmp_path):
    sheet = tracking(tmp_path, one(small()))

    assert sheet[f"A{find(sheet, 'Số').row + 1}"].value == "Không có."


def test_notes_stand_in_italics_below_their_table(tmp_path):
    sheet = tracking(tmp_path, one(by_field("Nhiệm vụ theo lĩnh vực", "Tổng số")))

    note = sheet[f"A{find(sheet, 'Cộng').row + 1}"]
    assert note.value == "Tính đến ngày chốt số liệu."
    assert note.font.italic


def test_it_prints_on_a4_lying_at_a_scale_of_one_page_wide_and_is_signed(tmp_path):
    sheet = tracking(tmp_path, everything())

    page = sheet.page_setup
    assert (page.orientation, page.paperSize) == ("landscape", 9)
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert 70 <= page.scale <= 80
    assert sheet.freeze_panes is None
    assert sheet.oddFooter.right.text == "Trang &P/&N"
    assert find(sheet, "TRƯỞNG BAN").row > find(sheet, "Văn bản quá hạn").row


def test_long_names_of_offices_get_the_lines_they_need(tmp_path):
    name = "Ban Chỉ đạo công tác dân vận và thực hiện quy chế dân chủ ở cơ sở " * 3
    content = replace(one(small(1)), heading=replace(HEADING, parent_name=name))
    sheet = tracking(tmp_path, content)

    assert sheet.row_dimensions[1].height >= 3 * 16
    assert sheet.row_dimensions[2].height < 21


def test_no_page_begins_inside_a_small_table_or_at_the_ends_of_a_list(tmp_path):
    sheet = tracking(tmp_path, everything())

    first_of_list = find(sheet, "Nhiệm vụ quá hạn").row + 2
    between_pieces = 2 * 3  # a gap, a title and a header before the second and the third
    inside_list = range(first_of_list + 3, first_of_list + 60 + between_pieces - 3 + 1)
    breaks = [item.id + 1 for item in sheet.row_breaks.brk]
    assert len([row for row in breaks if row in inside_list]) >= 1
    for row in breaks:
        gap = [cell.value for cell in sheet[row] if cell.value is not None]
        assert row in inside_list or gap == []
        title = sheet[f"A{row + 1}"]
        assert row in inside_list or (title.font.bold and title.value)


def test_a_heading_is_not_left_behind_and_what_is_longer_than_a_page_goes_on():
    heading, row, kept = SheetLine(30, stays=False), SheetLine(10, stays=False), SheetLine(10)

    assert page_breaks([heading, kept, row, row], 60) == []
    assert page_breaks([heading, row, row, heading, kept], 60) == [3]
    assert page_breaks([heading, *[kept] * 20, row, heading, heading], 90) == [23]


def anchors(path: Path, number: int) -> list[tuple[int, int, int, int]]:
    """The first row, column and last row, column under each chart of a drawing, from 1."""
    with zipfile.ZipFile(path) as archive:
        drawing = archive.read(f"xl/drawings/drawing{number}.xml").decode()
    found = re.findall(
        r"<xdr:from><xdr:col>(\d+)</xdr:col>.*?<xdr:row>(\d+)</xdr:row>.*?"
        r"<xdr:to><xdr:col>(\d+)</xdr:col>.*?<xdr:row>(\d+)</xdr:row>",
        drawing,
    )
    return [(int(b) + 1, int(a) + 1, int(d) + 1, int(c) + 1) for a, b, c, d in found]


def test_every_chart_covers_no_cell_with_something_in_it_and_no_page_break(tmp_path):
    path = write(tmp_path, with_registers(report(), *REGISTERS))
    sheet = load_workbook(path)[TRACKING.title]

    charts = anchors(path, 1)
    assert len(charts) == 3
    for top, left, bottom, right in charts:
        covered = [
            cell
            for row in sheet.iter_rows(top, bottom, left, right)
            for cell in row
            if cell.value is not None or cell.border.left.style
        ]
        assert covered == []
        assert not [item for item in sheet.row_breaks.brk if top <= item.id < bottom]
        assert right <= 14


@pytest.mark.parametrize("label", ["Tỷ lệ đã xong", "Không có cột này"])
def test_a_chart_draws_the_cells_of_its_table_and_else_a_copy_beyond_the_page(tmp_path, label):
    table = by_field("Theo lĩnh vực", "Tổng số")
    blank = TableRow(("Chưa ghi", 0, Share(None)))
    own = table._replace(rows=(blank, *table.rows))
    other = table._replace(chart=Chart("Khác", label, (("Thôn An", Decimal("0.1")),)))
    path = write(tmp_path, one(own, other))

    with zipfile.ZipFile(path) as archive:
        drawn = [archive.read(f"xl/charts/chart{number}.xml").decode() for number in (1, 2)]
    sheet = load_workbook(path)[TRACKING.title]
    first = find(sheet, "Chưa ghi").row
    assert f"'Sổ theo dõi'!$A${first}:$A${first + 4}" in drawn[0]
    assert f"'Sổ theo dõi'!$C${first}:$C${first + 4}" in drawn[0]
    copied = find(sheet, "Thôn An")
    assert copied.column > 14
    assert copied.coordinate.replace("P", "$P$") in drawn[1]
    assert "$P$" not in sheet.print_area


def test_a_chart_of_very_many_bars_shows_the_first_and_says_so(tmp_path):
    bars = tuple((f"Thôn {number}", number) for number in range(50))
    rows = tuple(TableRow(bar) for bar in bars)
    columns = (UNIT, *counts("Số cuộc"))
    table = SmallTable("Theo đơn vị", columns, rows, chart=Chart("Số cuộc", "Số cuộc", bars))
    path = write(tmp_path, one(table))

    with zipfile.ZipFile(path) as archive:
        drawn = archive.read("xl/charts/chart1.xml").decode()
    assert "Số cuộc (25 dòng đầu trong 50 dòng)" in drawn
    first = find(load_workbook(path)[TRACKING.title], "Thôn 0").row
    assert f"$B${first}:$B${first + 24}" in drawn


def test_the_file_is_valid_and_the_same_bytes_in_every_run(tmp_path):
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    odd = SmallTable(
        "Bảng", (UNIT,), (TableRow(("a < b\x01 & \udce1",)), TableRow(("<r><t>x</r>",)))
    )
    content = with_registers(FULL, *REGISTERS, TrackedRegister("Khác", (odd,)))
    write_summary(first, content)
    write_summary(second, content)

    assert first.read_bytes() == second.read_bytes()
    assert validate(first) == []


def test_a_long_list_has_its_header_every_page_and_loses_no_row(tmp_path: Path) -> None:
    sheet = tracking(tmp_path, one(overdue(60)))
    cells = [str(row[0].value or "") for row in sheet.iter_rows()]
    headers = [row for row, text in enumerate(cells) if text == overdue(60).columns[0].header]
    titles = [text for text in cells if text.startswith(overdue(60).title)]

    assert len(headers) == len(titles) > 2
    assert titles == [overdue(60).title, *[f"{overdue(60).title} - tiếp theo"] * (len(titles) - 1)]
    breaks = [item.id + 1 for item in sheet.row_breaks.brk]
    # A gap and a title stand between the top of a page and the header.
    assert {row + 1 - 2 for row in headers[1:]} <= set(breaks)
    numbers = {cell.value for row in sheet.iter_rows() for cell in row if cell.value in range(60)}
    assert numbers == set(range(60))
