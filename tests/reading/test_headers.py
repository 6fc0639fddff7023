"""Finding sheets by their header row, whatever stands around it."""

import datetime as dt

from danvan_xl.reading.headers import data_rows, date_of, find_header, read_form, text_of
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.sheets import SHEETS, TARGETS
from tests.sheets import grid


def test_the_header_is_found_below_a_title_block():
    sheet = grid("""
        | XÃ A |  |  |  |
        |      |  |  |  |
        | Mã | Chỉ tiêu | Kế hoạch | T1 |
        | KT01 | Thu ngân sách | 10 | 1 |
    """)

    header = find_header(sheet, SHEETS)

    assert header is not None
    assert header.row == 3
    assert [number for number, _ in data_rows(sheet, header)] == [4]


def test_columns_may_stand_in_any_order_with_others_between():
    header = find_header(grid("| T1 | Nhận xét | CHỈ TIÊU | Đơn vị tính | mã chỉ tiêu |"), SHEETS)

    assert header is not None
    assert header.sheet is TARGETS
    assert header.columns == {"t1": 0, "indicator": 2, "measure": 3, "code": 4}
    assert header.extras == {1: "Nhận xét"}


def test_a_column_that_comes_twice_counts_once():
    header = find_header(grid("| Mã | Chỉ tiêu | T1 | T1 |"), SHEETS)

    assert header is not None
    assert header.columns["t1"] == 2
    assert header.repeated == (("t1", 3),)


def test_a_row_number_is_the_one_excel_shows():
    sheet = grid("""
        | Mã | Chỉ tiêu | T1 |
        |    |          |    |
        | KT01 | Thu | 1 |
    """)
    header = find_header(sheet, SHEETS)

    assert header is not None
    assert [number for number, _ in data_rows(sheet, header)] == [3]


def test_a_sheet_without_a_header_is_none_of_ours():
    assert find_header(grid("| Họp | ngày 5 |\n| a | b |"), SHEETS) is None


def test_a_form_is_read_by_its_labels():
    entries = read_form(grid("|  | Năm | 2026 |\n|  | Tên  đơn vị: | Xã A |", "x"), INFO)

    assert entries["year"].value == 2026
    assert (entries["unit_name"].value, entries["unit_name"].cell) == ("Xã A", "C2")


def test_a_date_is_read_as_typed_in_vietnam():
    assert date_of("05/07/2026") == dt.date(2026, 7, 5)
    assert date_of("5-7-2026") == dt.date(2026, 7, 5)
    assert date_of(dt.datetime(2026, 7, 5, 8, 30)) == dt.date(2026, 7, 5)
    assert date_of("2026-07-05") == dt.date(2026, 7, 5)
    assert date_of("Ngày 05 tháng 7 năm 2026") == dt.date(2026, 7, 5)
    assert date_of(46208.0) == dt.date(2026, 7, 5)
    assert date_of(12.0) is None
    assert date_of("31/02/2026") is None
    assert date_of("hôm qua") is None


def test_a_whole_number_is_a_code_without_its_decimal_part():
    assert text_of(12.0) == "12"
    assert text_of(None) == ""
