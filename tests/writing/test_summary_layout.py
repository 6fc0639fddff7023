"""The look of the summary workbook: pages, widths, heights, charts; the same bytes every time."""

import os
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from danvan_xl.report.tables import Chart, Share, Table, TableRow
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.schema.output_sheets import SUBMISSIONS, TOTALS, OutputSheet
from danvan_xl.writing.summary import workbook as summary
from danvan_xl.writing.summary.workbook import write_summary
from danvan_xl.writing.wrapping import characters_for, line_count
from tests.reports import (
    FIRST,
    FULL,
    HEADING,
    MADE,
    by_unit,
    column,
    open_summary,
    report,
    source,
    total,
    totals,
)
from tests.spreadsheet import validate


def test_the_title_rows_and_the_identifying_columns_stay_in_sight(tmp_path):
    path = tmp_path / "a.xlsx"
    write_summary(path, FULL)

    book = load_workbook(path)
    frozen = {sheet.title: sheet.freeze_panes for sheet in book if sheet.title != "Biểu đồ"}
    assert frozen == {
        "Tổng hợp": "D8",
        "Chưa đạt": "C8",
        "Theo đơn vị": "D8",
        "Theo năm": "C8",
        "Tình hình nộp": "D8",
        "Lỗi số liệu": "C8",
        "Nguồn số liệu": "C8",
    }


def test_lists_can_be_filtered_but_not_a_table_whose_rows_belong_to_headings(tmp_path):
    path = tmp_path / "a.xlsx"
    write_summary(path, FULL)

    book = load_workbook(path)
    assert book["Nguồn số liệu"].auto_filter.ref == "A7:H9"
    assert book["Tổng hợp"].auto_filter.ref is None


def test_a_page_is_a4_lying_one_page_wide_with_the_header_on_each(tmp_path):
    path = tmp_path / "a.xlsx"
    write_summary(path, FULL)

    for sheet in list(load_workbook(path))[:-1]:
        page = sheet.page_setup
        assert (page.orientation, page.paperSize, page.fitToWidth) == ("landscape", 9, None)
        assert page.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$7:$7"


def test_every_letter_is_times_new_roman(tmp_path):
    path = tmp_path / "a.xlsx"
    write_summary(path, FULL)

    for sheet in load_workbook(path):
        fonts = {cell.font.name for row in sheet.iter_rows() for cell in row}
        assert fonts == {"Times New Roman"}
    with zipfile.ZipFile(path) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert 'typeface="Times New Roman"' in chart
    assert "Calibri" not in chart


def test_a_row_is_as_high_as_its_longest_text_needs(tmp_path):
    units = "; ".join(["Thôn Nghĩa Thắng Thượng (58,44%)"] * 9)
    rows = (total(), total(unmet=units), total(note="a\nb\nc"), total(unmet="Ế " * 9000))
    sheet = open_summary(tmp_path, totals(*rows))["Tổng hợp"]

    heights = [sheet.row_dimensions[FIRST + step].height for step in range(4)]
    assert heights[0] == 18
    assert heights[1] >= 10 * 16
    assert heights[2] == 3 * 16 + 2
    assert heights[3] == 409


def width_of(sheet: Worksheet, position: int) -> float:
    """Return a column's width; openpyxl keeps equal neighbours under the first of them."""
    return next(
        dimension.width
        for dimension in sheet.column_dimensions.values()
        if dimension.min <= position <= dimension.max
    )


def test_a_long_figure_widens_its_column_and_an_empty_note_narrows_its_own(tmp_path):
    widths = []
    for plan in (Decimal(24), Decimal("7897797496.25"), Decimal("1E+30")):
        sheet = open_summary(tmp_path, totals(total(plan)))["Tổng hợp"]
        widths.append(width_of(sheet, TOTALS.position("plan") + 1))
        assert width_of(sheet, TOTALS.position("note") + 1) < 10

    assert widths[0] < 13
    assert 16 < widths[1] < widths[2] < 26


def test_a_table_that_fits_a_page_keeps_its_declared_widths(tmp_path):
    sheet = open_summary(tmp_path, FULL.table("submissions"))["Tình hình nộp"]

    for position, column_ in enumerate(SUBMISSIONS.columns, start=1):
        assert width_of(sheet, position) >= column_.width


@pytest.mark.parametrize("codes", [0, 1, 4])
def test_a_narrow_table_is_widened_until_its_title_and_signature_fit(tmp_path, codes):
    table = by_unit(*[Share(Decimal(1))] * codes, codes=codes)
    sheet = open_summary(tmp_path, table)["Theo đơn vị"]

    widths = [width_of(sheet, position) for position in range(1, len(table.columns) + 1)]
    right = sum(widths[(len(widths) - 1) // 2 + 1 :])
    assert right >= characters_for("TRƯỞNG BAN CHỈ ĐẠO CÔNG TÁC", bold=True)
    assert sum(widths) >= characters_for(table.sheet.heading, 15, bold=True)


def test_long_names_of_offices_get_the_lines_they_need(tmp_path):
    name = "Ban Chỉ đạo công tác dân vận và thực hiện quy chế dân chủ ở cơ sở " * 3
    path = tmp_path / "a.xlsx"
    long_names = replace(HEADING, parent_name=name)
    write_summary(path, replace(report(FULL.table("submissions")), heading=long_names))

    sheet = load_workbook(path).active
    assert sheet.row_dimensions[1].height >= 3 * 16
    assert sheet.row_dimensions[2].height < 21


def test_each_chart_is_a_bar_chart_over_its_own_table(tmp_path):
    path = tmp_path / "a.xlsx"
    write_summary(path, FULL)

    sheet = load_workbook(path)["Biểu đồ"]
    with zipfile.ZipFile(path) as archive:
        charts = [archive.read(f"xl/charts/chart{n}.xml").decode() for n in (1, 2)]
    assert "'Biểu đồ'!$A$23:$A$24" in charts[1]
    assert 'formatCode="0.00%"' in charts[0]
    assert '<c:barDir val="bar"/>' in charts[1]
    assert (sheet["A9"].value, sheet["B9"].value) == ("Kinh tế", 0.75)
    assert sheet["B9"].number_format == "0.00%"


def test_a_chart_that_would_be_cut_starts_a_page_and_a_long_one_says_what_it_shows(tmp_path):
    bars = tuple((f"Thôn {n}", n) for n in range(50))
    charts = (Chart("Ngắn", "Số", bars[:30]), Chart("Dài", "Số", bars), Chart("Trống", "Số", ()))
    sheet = open_summary(tmp_path, charts=charts)["Biểu đồ"]

    texts = [cell.value for cell in sheet["A"] if isinstance(cell.value, str)]
    assert "Biểu đồ vẽ 40 dòng đầu trong 50 dòng của bảng." in texts
    assert texts[-2:] == ["Trống", "Chưa có số liệu."]
    first_break = sheet.row_breaks.brk[0].id
    assert sheet[f"A{first_break + 1}"].value == "Dài"


@pytest.mark.parametrize("in_memory_rows", [0, 50_000])
def test_a_summary_is_the_same_bytes_in_every_run(tmp_path, monkeypatch, in_memory_rows):
    monkeypatch.setattr(summary, "_MOST_ROWS_IN_MEMORY", in_memory_rows)
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_summary(first, FULL)
    write_summary(second, FULL)

    assert first.read_bytes() == second.read_bytes()
    assert load_workbook(first).properties.created == MADE
    assert validate(first) == []


def test_the_order_of_sets_does_not_reach_the_bytes(tmp_path):
    made = []
    for seed in "12":
        path = tmp_path / f"{seed}.xlsx"
        code = (
            "import pathlib, sys; from tests.reports import FULL, write_summary; "
            "write_summary(pathlib.Path(sys.argv[1]), FULL)"
        )
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": "."}
        subprocess.run([sys.executable, "-c", code, str(path)], env=environment, check=True)
        made.append(path.read_bytes())

    assert made[0] == made[1]


def test_an_empty_report_is_still_a_workbook(tmp_path):
    assert len(open_summary(tmp_path).sheetnames) == 1


def test_a_table_of_a_sheet_the_writer_does_not_know_is_written_too(tmp_path):
    form = OutputSheet(
        "own", "Sổ theo dõi", (Column("a", "Nội dung"), Column("b", "Số", Kind.COUNT)), ()
    )
    table = Table(form, form.columns, (TableRow(("Kiến nghị quá hạn", 3)),), measure_line="ĐVT: vụ")
    sheet = open_summary(tmp_path, table)["Sổ theo dõi"]

    assert [cell.value for cell in sheet[FIRST]] == ["Kiến nghị quá hạn", 3]
    assert sheet["B6"].value == "ĐVT: vụ"
    assert sheet.freeze_panes == "A8"


def test_a_value_of_an_unknown_kind_is_our_fault_and_is_named(tmp_path):
    broken = replace(FULL.table("sources"), rows=(source(value=1.5),))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="float"):
        write_summary(tmp_path / "a.xlsx", report(broken))


def test_a_text_takes_the_same_lines_however_its_marks_are_typed():
    text = "Tỷ lệ tổ tự quản về an ninh trật tự hoạt động hiệu quả"
    apart = unicodedata.normalize("NFD", text)

    assert line_count(text, 38) == line_count(apart, 38) == 2
    assert line_count(text, 38, bold=True) >= line_count(text, 38, size=7) == 1
    assert line_count("x" * 400, 10) > 40
    assert line_count("2026/6T/21421.1/01_BC_21421.1_2026_6T_lan1.xlsx", 30) == 3


def test_a_unit_without_a_share_has_no_colour(tmp_path):
    sheet = open_summary(tmp_path, by_unit(Share(None)))["Theo đơn vị"]

    assert column(sheet, "KT01").value is None
    assert column(sheet, "KT01").fill.fgColor.rgb == "00000000"
