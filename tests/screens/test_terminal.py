"""Reports on a screen: columns aligned, long texts cut, nothing hidden without a word."""

import datetime as dt
import unicodedata
from decimal import Decimal

from danvan_xl.report.tables import Heading, Link, PlaceLink, Share, Table, TableRow
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.schema.output_sheets import OutputSheet
from danvan_xl.screens.terminal import render_table, text_width

NAMES = OutputSheet(
    name="names",
    title="Tên",
    heading="TÊN VÀ SỐ",
    signature=("name",),
    columns=(
        Column("name", "Tên"),
        Column("plan", "Kế hoạch", Kind.NUMBER),
        Column("completion", "Tỷ lệ", Kind.SHARE),
        Column("note", "Ghi chú"),
    ),
)
HEADING = Heading("Huyện A", "Xã B", "B", dt.date(2026, 7, 5), "Kỳ báo cáo: 6 tháng năm 2026", "")


def table(*rows: TableRow, **words: object) -> Table:
    return Table(NAMES, NAMES.columns, rows, **words)


def test_a_table_is_printed_in_aligned_columns():
    text = render_table(
        table(
            TableRow(("I", "", "", ""), is_heading=True),
            TableRow(("Thôn Ấp Ổ", Decimal("1234.5"), Share(Decimal("1.0417")), "")),
            TableRow(("Thôn 2", None, Share(None), "ước")),
        ),
        80,
    )

    assert text.splitlines() == [
        "TÊN VÀ SỐ",
        "Tên        Kế hoạch    Tỷ lệ  Ghi chú",
        "─────────  ────────  ───────  ───────",
        "I",
        "Thôn Ấp Ổ   1.234,5  104,17%",
        "Thôn 2                        ước",
    ]


def test_letters_typed_with_separate_marks_are_aligned_like_the_others():
    apart = unicodedata.normalize("NFD", "Thôn Ấp Ổ")
    text = render_table(
        table(TableRow((apart, 1, None, "x")), TableRow(("Thôn Ấp Ổ", 1, None, "x"))), 80
    )

    first, second = text.splitlines()[-2:]
    assert first == second
    assert text_width(apart) == text_width("Thôn Ấp Ổ") == 9


def test_a_long_text_is_cut_with_an_ellipsis_and_the_figures_are_whole():
    text = render_table(table(TableRow(("Thôn " * 20, 7_897_797_496, None, ""))), 50)

    lines = text.splitlines()
    assert max(map(text_width, lines)) <= 50
    assert "7.897.797.496" in lines[3]
    assert "…" in lines[3]


def test_columns_that_do_not_fit_are_counted_the_least_needed_going_first():
    rows = (TableRow(("Thôn Hùng Nghĩa", 7_897_797_496, Share(Decimal("0.5")), "Ghi chú rất dài")),)
    text = render_table(table(*rows), 42)

    assert "Ghi chú" not in text
    assert "50,00%" in text
    assert text.splitlines()[-1] == "… và 1 cột nữa trong tệp."


def test_even_a_screen_of_one_column_gets_something():
    assert render_table(table(TableRow(("Thôn", 1, None, ""))), 1)


def test_a_cell_shows_what_it_links_to_as_plain_text():
    link, place = Link(Decimal(25), "sources", 3), PlaceLink("K12", "a.xlsx", "Chỉ tiêu", "K12")
    text = render_table(table(TableRow((place, link, None, dt.date(2026, 7, 5)))), 80)

    assert text.splitlines()[-1].split() == ["K12", "25", "05/07/2026"]


def test_a_text_cannot_command_the_terminal_or_break_its_row():
    text = render_table(table(TableRow(("a\x1b[31m\nb\x07", 1, None, ""))), 80)

    assert "\x1b" not in text
    assert "\x07" not in text
    assert text.splitlines()[-1].startswith("a [31m b")


def test_an_empty_table_shows_its_sentence_and_notes_follow_a_table():
    assert render_table(table(when_empty="Không có lỗi."), 80) == "TÊN VÀ SỐ\nKhông có lỗi."
    noted = render_table(table(TableRow(("a", 1, None, "")), notes=("Số ước.",)), 80)
    assert noted.splitlines()[-1] == "Số ước."
