"""The cells of the summary workbook, read back as other programs read them."""

import datetime as dt
import zipfile
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from danvan_xl.report.tables import (
    Comparison,
    Goal,
    Link,
    PlaceLink,
    Points,
    Share,
    Table,
    TableRow,
)
from danvan_xl.rollup.rating import Rating, completion, shown
from danvan_xl.schema.messages import Severity
from danvan_xl.schema.options import Direction, PlanKind
from danvan_xl.schema.output_sheets import (
    ISSUES,
    OUTPUT_SHEETS,
    SOURCES,
    SUBMISSIONS,
    TOTALS,
    TRACKING,
)
from danvan_xl.writing import lean
from danvan_xl.writing.summary import tables
from danvan_xl.writing.summary.workbook import write_summary
from tests.reports import (
    FIRST,
    FULL,
    HEADER,
    by_unit,
    column,
    issue,
    open_summary,
    report,
    source,
    total,
    totals,
)
from tests.spreadsheet import read_values, recalculate, validate


def test_every_table_is_a_sheet_in_order_and_the_charts_come_last(tmp_path):
    path = tmp_path / "a.xlsx"
    write_summary(path, FULL)

    titles = [sheet.title for sheet in OUTPUT_SHEETS if sheet is not TRACKING]
    assert load_workbook(path).sheetnames == titles


def test_a_report_without_charts_has_no_sheet_of_charts(tmp_path):
    assert open_summary(tmp_path, totals(total())).sheetnames == ["Tổng hợp"]


def test_every_header_stands_in_row_7_in_the_declared_order(tmp_path):
    path = tmp_path / "a.xlsx"
    write_summary(path, FULL)

    for table in FULL.tables:
        header = read_values(path)[table.sheet.title][HEADER - 1]
        assert header == [column.header for column in table.columns]


def test_the_title_block_the_measure_line_and_the_notes_are_written(tmp_path):
    sheet = open_summary(tmp_path, FULL.tables[0])["Tổng hợp"]

    assert sheet["A1"].value == "TỈNH QUẢNG NGÃI"
    assert sheet["A2"].value == "XÃ PHỔ PHONG"
    assert sheet["A4"].value == TOTALS.heading
    assert sheet["I6"].value == "ĐVT: ghi ở từng dòng"
    assert sheet[f"A{FIRST + 3}"].value == "Tỷ lệ làm tròn đến 2 chữ số thập phân."
    assert sheet[f"A{FIRST + 3}"].font.italic


def test_only_the_sheets_that_are_signed_have_a_signature(tmp_path):
    path = tmp_path / "a.xlsx"
    write_summary(path, FULL)

    signed = [
        title
        for title, rows in read_values(path).items()
        if any("TRƯỞNG BAN" in map(str, row) for row in rows)
    ]
    assert signed == ["Tổng hợp", "Chưa đạt", "Theo đơn vị", "Theo năm", "Tình hình nộp"]


def test_an_empty_table_shows_its_sentence_and_no_filter(tmp_path):
    sheet = open_summary(tmp_path, FULL.tables[1])["Chưa đạt"]

    assert sheet[f"A{FIRST}"].value == "Không có chỉ tiêu nào chưa đạt."
    assert sheet.auto_filter.ref is None


def test_figures_are_numbers_and_a_whole_number_has_no_decimal_mark(tmp_path):
    rows = [total(Decimal(value)) for value in ("1507", "1507.00", "12.5", "5.001")]
    sheet = open_summary(tmp_path, totals(*rows))["Tổng hợp"]

    cells = [column(sheet, "Kế hoạch", FIRST + step) for step in range(4)]
    assert [cell.value for cell in cells] == [1507, 1507, 12.5, 5.001]
    assert [cell.number_format for cell in cells] == [
        "#,##0",
        "#,##0",
        "#,##0.##",
        "#,##0.00##",
    ]


def test_a_figure_too_large_for_a_spreadsheet_is_written_as_text(tmp_path):
    rows = (total(Decimal("1E+400"), share=Share(Decimal(0))), total(10**400))
    sheet = open_summary(tmp_path, totals(*rows))["Tổng hợp"]

    assert column(sheet, "Kế hoạch").value == "1E+400"
    assert column(sheet, "Kế hoạch", FIRST + 1).value == "1" + "0" * 400
    assert column(sheet, "Tỷ lệ").data_type == "n"


def test_a_blank_stays_blank_and_zero_is_zero(tmp_path):
    sheet = open_summary(tmp_path, totals(total(plan=None, actual=0)))["Tổng hợp"]

    assert column(sheet, "Kế hoạch").value is None
    assert column(sheet, "Thực hiện").value == 0


def test_a_date_is_a_date_and_one_before_excels_calendar_is_text(tmp_path):
    dates = (dt.date(2026, 7, 5), dt.datetime(2026, 7, 5, 9), dt.date(1890, 1, 2))
    rows = tuple(TableRow((1, "A.1", "Thôn An", "Đã nộp", "", date, 0, 0)) for date in dates)
    sheet = open_summary(tmp_path, Table(SUBMISSIONS, SUBMISSIONS.columns, rows))["Tình hình nộp"]

    cells = [column(sheet, "Ngày lập", FIRST + step) for step in range(3)]
    assert [cell.value for cell in cells[:2]] == [dt.datetime(2026, 7, 5)] * 2
    assert cells[0].number_format == "dd/mm/yyyy"
    assert cells[2].value == "1890-01-02"


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@A1", '=HYPERLINK("http://x")', "http://x"])
def test_text_never_becomes_a_formula_a_number_or_a_link(tmp_path, text):
    sheet = open_summary(tmp_path, Table(ISSUES, ISSUES.columns, (issue(text),)))["Lỗi số liệu"]

    cell = column(sheet, "Nội dung")
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a < b & c > d", "a < b & c > d"),
        ("a\x01b", "a_x0001_b"),  # so Excel writes what XML cannot hold
        ("<r><t>x</r>", "<r><t>x</r> "),
        ("tệp \udce1.xlsx", "tệp ?.xlsx"),
        ("x" * 40_000, "x" * 32_766 + "…"),
    ],
)
def test_any_text_at_all_leaves_the_file_whole(tmp_path, text, read):
    path = tmp_path / "a.xlsx"
    write_summary(path, report(Table(ISSUES, ISSUES.columns, (issue(text),))))

    with zipfile.ZipFile(path) as archive:
        strings = archive.read("xl/sharedStrings.xml").decode("utf-8")
    escaped = read.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert escaped in strings
    assert validate(path) == []


SHARES = [
    (Direction.MORE, "25", "24"),
    (Direction.MORE, "2606273173.68", "7897797496"),
    (Direction.MORE, "0", "3"),
    (Direction.MORE, "5", "0"),
    (Direction.LESS, "3", "4"),
    (Direction.LESS, "0", "4"),
    (Direction.EQUAL, "95.5", "95.5"),
    (Direction.EQUAL, "0", "0"),
    (Direction.EQUAL, "3", "4"),
    (Direction.EQUAL, "4", "3"),
    (Direction.EQUAL, "-4", "3"),
    (Direction.EQUAL, "4", "0"),
]


def shares_table() -> Table:
    rows = []
    for direction, done, planned in SHARES:
        actual, plan = Decimal(done), Decimal(planned)
        share = Share(shown(completion(actual, plan, direction)), direction=direction)
        growth = Share(shown(completion(actual, plan)), Comparison.LAST_YEAR, direction)
        rows.append(total(plan, Link(actual, "sources", 0), share, growth, last_year=plan))
    return totals(*rows)


def test_a_share_is_a_native_formula_over_its_own_row(tmp_path):
    sheet = open_summary(tmp_path, shares_table())["Tổng hợp"]

    formulas = [column(sheet, "Tỷ lệ", FIRST + step).value for step in (0, 4, 6)]
    assert formulas == [
        '=IF(OR(G8=0,MIN(H8,G8)<0),"",ROUND(H8/G8,4))',
        '=IF(OR(H12=0,MIN(H12,G12)<0),"",ROUND(G12/H12,4))',
        '=IF(MIN(H14,G14)<0,"",IF(H14=G14,1,ROUND(MIN(H14,G14)/MAX(H14,G14),4)))',
    ]
    growth = column(sheet, "So năm trước", FIRST + 4)
    assert growth.value == '=IF(OR(E12=0,MIN(H12,E12)<0),"",ROUND(H12/E12,4))'
    assert growth.number_format == "0.00%"


def test_the_saved_value_of_a_share_is_what_libreoffice_computes(tmp_path):
    path = tmp_path / "a.xlsx"
    write_summary(path, report(shares_table()))

    saved = read_values(path)["Tổng hợp"]
    computed = read_values(recalculate([path], tmp_path / "out")[0])["Tổng hợp"]
    rows = slice(FIRST - 1, FIRST - 1 + len(SHARES))
    assert [row[8:10] for row in saved[rows]] == [row[8:10] for row in computed[rows]]
    assert saved[FIRST - 1][8] == 1.0417
    assert saved[FIRST + 2][8] == ""


def test_a_share_whose_figures_are_missing_is_blank(tmp_path):
    sheet = open_summary(tmp_path, totals(total(actual=None, share=Share(None))))["Tổng hợp"]

    assert column(sheet, "Tỷ lệ").value is None


def test_a_share_of_a_table_without_its_figures_is_a_plain_number(tmp_path):
    sheet = open_summary(tmp_path, by_unit(Share(Decimal("1.2"))))["Theo đơn vị"]

    cell = column(sheet, "KT01")
    assert (cell.value, cell.number_format) == (1.2, "0.00%")


def test_in_a_crowd_of_indicators_what_is_short_of_its_plan_never_reads_100_percent(tmp_path):
    shares = [Share(Decimal("0.9999"))] * 40
    sheet = open_summary(tmp_path, by_unit(*shares, codes=40))["Theo đơn vị"]

    cell = column(sheet, "KT40")
    assert (cell.value, cell.number_format) == (0.9999, '[>=1]0%;[>=0.995]"<100%";0%')


def test_an_indicators_code_stands_upright_with_its_name_on_it_and_below_the_table(tmp_path):
    sheet = open_summary(tmp_path, by_unit(Share(None), Share(None), codes=2))["Theo đơn vị"]

    header = sheet["H7"]
    assert (header.value, header.alignment.textRotation) == ("KT01", 90)
    assert "Chỉ tiêu 1" in header.comment.text
    assert sheet[f"A{FIRST + 2}"].value == "KT01: Chỉ tiêu 1; KT02: Chỉ tiêu 2."


@pytest.mark.parametrize(
    ("share", "fill"),
    [
        (Share(Decimal("0.3"), rating=Rating.ON_TRACK), "FFE2EFDA"),
        (Share(Decimal("0.3"), rating=Rating.BEHIND), "FFF8CBAD"),
        (Share(Decimal("1.01")), "FFE2EFDA"),
        (Share(Decimal("0.6")), "FFEDEDED"),
        (Share(Decimal("0.49")), "FFF8CBAD"),
    ],
)
def test_a_units_share_has_the_colour_of_its_rating_or_else_of_its_size(tmp_path, share, fill):
    sheet = open_summary(tmp_path, by_unit(share))["Theo đơn vị"]

    assert column(sheet, "KT01").fill.fgColor.rgb == fill


@pytest.mark.parametrize("rating", list(Rating))
def test_a_rating_is_its_words_on_its_colour(tmp_path, rating):
    sheet = open_summary(tmp_path, totals(total(rating=rating)))["Tổng hợp"]

    cell = column(sheet, "Đánh giá")
    assert cell.value == rating.value
    assert cell.fill.fgColor.rgb != "00000000"
    assert cell.font.bold == rating.is_unmet


def test_severities_and_states_are_coloured_and_other_words_are_not(tmp_path):
    rows = tuple(issue("x", severity) for severity in Severity)
    unknown = TableRow(("Khác", *rows[0].cells[1:]))
    table = Table(ISSUES, ISSUES.columns, (*rows, unknown))
    sheet = open_summary(tmp_path, table)["Lỗi số liệu"]

    fills = [column(sheet, "Mức", FIRST + step).fill.fgColor.rgb for step in range(4)]
    assert len(set(fills)) == 4
    assert fills[3] == "00000000"


def test_a_heading_row_is_bold_and_filled_from_end_to_end(tmp_path):
    sheet = open_summary(tmp_path, FULL.tables[0])["Tổng hợp"]

    cells = sheet[FIRST]
    assert len(cells) == len(TOTALS.columns)
    assert {cell.fill.fgColor.rgb for cell in cells} == {"FFF2F2F2"}
    assert cells[2].font.bold


def test_a_linked_figure_stays_a_number_and_leads_to_the_row_of_the_other_table(tmp_path):
    sheet = open_summary(tmp_path, FULL.tables[0], FULL.table("sources"))["Tổng hợp"]

    cell = column(sheet, "Thực hiện", FIRST + 1)
    assert (cell.value, cell.number_format) == (25, "#,##0")
    assert cell.hyperlink.location == "'Nguồn số liệu'!A9"
    assert cell.hyperlink.tooltip == "Bấm để xem trang Nguồn số liệu"


def test_a_link_to_a_row_that_is_not_there_is_a_plain_figure(tmp_path):
    sheet = open_summary(tmp_path, FULL.tables[0])["Tổng hợp"]

    cell = column(sheet, "Thực hiện", FIRST + 1)
    assert (cell.value, cell.hyperlink) == (25, None)


@pytest.mark.parametrize(
    ("file", "target"),
    [
        ("Nhan/a.xlsx", "Nhan/a.xlsx"),
        ("../Nhận về/a 100% #1.xlsx", "../Nhận%20về/a%20100%25%20%231.xlsx"),
        ("C:/Dân vận/a.xlsx", "file:///C:/Dân%20vận/a.xlsx"),
        ("/home/a.xlsx", "file:///home/a.xlsx"),
        ("//may/chung/a.xlsx", "file:///\\\\may\\chung\\a.xlsx"),
        ("a:b.xlsx", "a%3Ab.xlsx"),
    ],
)
def test_a_place_leads_to_the_cell_of_a_file(tmp_path, file, target):
    place = PlaceLink("K12:M12", file, "Chỉ 'tiêu' & x", "K12:M12")
    path = tmp_path / "a.xlsx"
    write_summary(path, report(Table(SOURCES, SOURCES.columns, (source(cell=place),))))

    cell = column(load_workbook(path)["Nguồn số liệu"], "Ô")
    assert (cell.value, cell.data_type) == ("K12:M12", "s")
    assert cell.hyperlink.target == target
    assert cell.hyperlink.location == "'Chỉ ''tiêu'' & x'!K12:M12"
    assert validate(path) == []


def test_a_place_without_a_file_is_text_and_one_without_a_sheet_is_the_whole_file(tmp_path):
    cells = (PlaceLink("K12", ""), PlaceLink("x", "a.xlsx"), PlaceLink("?", "a.xlsx", "T", "?"))
    rows = tuple(source(cell=cell) for cell in cells)
    sheet = open_summary(tmp_path, Table(SOURCES, SOURCES.columns, rows))["Nguồn số liệu"]

    links = [column(sheet, "Ô", FIRST + step).hyperlink for step in range(3)]
    assert links[0] is None
    assert (links[1].target, links[1].location) == ("a.xlsx", None)
    assert links[2].location == "'T'!A1"


def test_beyond_excels_limits_a_link_is_plain_text(tmp_path, monkeypatch):
    monkeypatch.setattr(lean, "MOST_HYPERLINKS", 2)
    far = PlaceLink("xa", "a" * 2100 + ".xlsx")
    cells = (far, *(PlaceLink(f"K{n}", "a.xlsx", "T", f"K{n}") for n in range(1, 4)))
    rows = tuple(source(cell=cell) for cell in cells)
    sheet = open_summary(tmp_path, Table(SOURCES, SOURCES.columns, rows))["Nguồn số liệu"]

    found = [column(sheet, "Ô", FIRST + step) for step in range(4)]
    assert [cell.value for cell in found] == ["xa", "K1", "K2", "K3"]
    assert [cell.hyperlink is not None for cell in found] == [False, True, True, False]


def test_a_list_longer_than_a_sheet_is_cut_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    rows = tuple(source(value=n) for n in range(1237))
    linked = totals(total(actual=Link(25, "sources", 3)))
    book = open_summary(tmp_path, linked, Table(SOURCES, SOURCES.columns, rows))

    sheet = book["Nguồn số liệu"]
    assert sheet.max_row == FIRST + 3
    assert sheet[f"A{FIRST + 3}"].value.startswith("Còn 1.234 dòng nữa không ghi ở đây")
    assert column(book["Tổng hợp"], "Thực hiện").hyperlink is None


def test_a_table_wider_than_a_sheet_keeps_the_columns_that_fit(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MOST_COLUMNS", 8)
    sheet = open_summary(tmp_path, by_unit(*[Share(None)] * 9, codes=9))["Theo đơn vị"]

    assert [cell.value for cell in sheet[HEADER]][-1] == "KT01"
    assert sheet.max_column == 8


def test_a_strict_plan_shows_its_mark_and_stays_a_figure(tmp_path):
    row = total(plan=Goal(Decimal("95.5"), PlanKind.ABOVE), share=Share(Decimal("0.2618")))
    sheet = open_summary(tmp_path, totals(row))["Tổng hợp"]

    plan = column(sheet, "Kế hoạch")
    assert (plan.value, plan.number_format) == (95.5, '"> "#,##0.##')
    assert str(column(sheet, "Tỷ lệ").value).startswith("=IF(")


@pytest.mark.parametrize(
    ("points", "shown_as"),
    [
        (Points(Decimal("2.5")), '#,##0.##" điểm %"'),
        (Points(Decimal(5)), '#,##0" điểm %"'),
        (
            Points(Decimal("-1.5"), is_signed=True),
            '+#,##0.##" điểm %";-#,##0.##" điểm %";#,##0.##" điểm %"',
        ),
    ],
)
def test_points_say_what_they_are(tmp_path, points, shown_as):
    cell = column(open_summary(tmp_path, totals(total(growth=points)))["Tổng hợp"], "So năm trước")

    assert (cell.value, cell.number_format) == (float(points.value), shown_as)


def test_a_column_of_something_later_is_shown_once_something_stands_in_it(tmp_path):
    sheet = open_summary(tmp_path, totals(total(same_period=Decimal(7))))["Tổng hợp"]

    hidden = {
        cell.value for cell in sheet[HEADER] if sheet.column_dimensions[cell.column_letter].hidden
    }
    assert hidden == {"So cùng kỳ", "Dự kiến năm"}
