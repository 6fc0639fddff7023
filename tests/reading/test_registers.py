"""Registers as officers leave them: what is read, what is passed over, what is said about it."""

import datetime as dt
import unicodedata

import pytest

from danvan_xl.files.grid import Grid
from danvan_xl.schema.messages import Code, Severity
from danvan_xl.vietnamese.numbers import Bound
from tests.register_sheets import TARGETS, codes, kept, lines, printed, read, tables, turned
from tests.sheets import consolidated, found, grid, sub_sheet, units

OUTREACH = "| Ngày | Hình thức | Nội dung | Số cuộc | Lượt người |"
TASKS = "| Lĩnh vực | Nhiệm vụ | Đơn vị chủ trì | Hạn | Tiến độ (%) |"
BY_MEANS = "Tuyên truyền, vận động theo hình thức"


def outreach(rows):
    return read("Tuyên truyền", f"{OUTREACH}\n{rows}")


def sessions(reading):
    return list(reading.table.columns["sessions"])


@pytest.mark.parametrize("above", [0, 1, 7, 20])
def test_the_header_is_found_at_any_row(above):
    title = "\n".join(["| SỔ THEO DÕI | | | | |"] * above)
    reading = read("Tuyên truyền", f"{title}\n{OUTREACH}\n| 05/03/2026 | Hội nghị | a | 3 | 90 |")

    assert sessions(reading) == [3]
    assert reading.table.rows == (above + 2,)


def test_columns_may_stand_in_another_order_under_other_names_among_others():
    reading = read(
        "Tuyên truyền",
        """
        | STT | Số lượt người | SỐ  CUỘC | Người ghi | Nội dung | Hình thức: | Ngày tổ chức |
        | 1   | 90            | 3        | 7         | NTM      | Hội nghị   | 05/03/2026   |
        """,
    )

    columns = reading.table.columns
    assert [columns[name][0] for name in ("held_on", "means", "topic", "sessions", "people")] == [
        dt.date(2026, 3, 5),
        "Hội nghị",
        "NTM",
        3,
        90,
    ]
    assert reading.table.place("people", 0).cell == "B2"
    assert reading.issues == ()


def test_a_choice_is_taken_as_the_form_spells_it():
    nfd = unicodedata.normalize("NFD", "Hội nghị")
    reading = outreach(f"""
        | 05/03/2026 | HỘI NGHỊ | a | 1 | |
        | 05/03/2026 | {nfd} | a | 1 | |
        | 05/03/2026 | "hội  nghị  " | a | 1 | |
    """)

    assert list(reading.table.columns["means"]) == ["Hội nghị"] * 3


def test_a_choice_without_marks_is_taken_with_a_note():
    reading = outreach("""
        | 05/03/2026 | Hội nghị | a | 1 | |
        | 06/03/2026 | Hoi nghi | b | 2 | |
        | 07/03/2026 | hoi  nghi | c | 2 | |
    """)

    assert list(reading.table.columns["means"]) == ["Hội nghị"] * 3
    assert found(reading.issues, Code.CHOICE_LOOSELY) == ["B3", "B4"]
    assert found(reading.issues, Code.REGISTER_CHOICE_UNKNOWN) == []


def test_an_unknown_choice_warns_once_at_its_first_cell_and_counts_on_its_own():
    result = kept(
        "Tuyên truyền",
        f"""
        {OUTREACH}
        | 05/03/2026 | Hội nghị   | a | 1 | |
        | 06/03/2026 | Hội nghi   | b | 2 | |
        | 07/03/2026 | Văn nghệ   | c | 4 | |
        | 08/03/2026 | Văn  nghệ  | d | 8 | |
        """,
    )

    assert found(result.issues, Code.REGISTER_CHOICE_UNKNOWN) == ["B3", "B4"]
    assert Code.REGISTER_CHOICE_UNKNOWN.severity is Severity.WARNING
    messages = [item.message for item in result.issues]
    assert any("Có phải 'Hội nghị'?" in text for text in messages)
    assert any("'Văn nghệ' (2 dòng)" in text for text in messages)
    assert printed(tables(result)[BY_MEANS]) == lines("""
        | Hình thức | Số cuộc | Lượt người |
        | Hội nghị  | 1       |            |
        | Hội nghi  | 2       |            |
        | Văn nghệ  | 12      |            |
        | Tổng cộng | 15      |            |
    """)


def test_days_are_read_as_dates_serial_numbers_or_text():
    day = dt.date(2026, 7, 5)
    serial = float((day - dt.date(1899, 12, 30)).days)
    typed = (day, dt.datetime(2026, 7, 5, 8, 30), serial, "05/07/2026", "5-7-2026", "5.7.2026")
    typed += ("ngày 5 tháng 7 năm 2026", "2026-07-05", " 05/07/2026 ")
    head = ["Ngày", "Hình thức", "Nội dung", "Số cuộc"]
    reading = read(
        "Tuyên truyền",
        Grid("Tuyên truyền", [head, *([cell, "Khác", "a", 1.0] for cell in typed)]),
    )

    assert list(reading.table.columns["held_on"]) == [day] * len(typed)
    assert reading.issues == ()


@pytest.mark.parametrize("typed", ["tháng 7", "31/02/2026", "12", "05/13/2026"])
def test_a_day_that_cannot_be_read_is_named_and_blank(typed):
    reading = outreach(f"| {typed} | Hội nghị | a | 1 | |")

    assert list(reading.table.columns["held_on"]) == [None]
    assert found(reading.issues, Code.REGISTER_DAY_UNREADABLE) == ["A2"]


def test_estimates_keep_their_bound():
    reading = outreach("""
        | 05/03/2026 | Hội nghị | a | 1 | trên 2.000 |
        | 05/03/2026 | Hội nghị | a | 1 | gần 50     |
        | 05/03/2026 | Hội nghị | a | 1 | khoảng 30  |
        | 05/03/2026 | Hội nghị | a | 1 | 7          |
    """)

    assert list(reading.table.columns["people"]) == [2000, 50, 30, 7]
    assert reading.table.bounds["people"] == {0: Bound.AT_LEAST, 1: Bound.AT_MOST, 2: Bound.ABOUT}
    assert found(reading.issues, Code.NUMBER_ESTIMATED) == ["E2", "E3", "E4"]


def test_a_number_typed_as_text_counts_and_one_that_is_none_is_an_error():
    reading = outreach("""
        | 05/03/2026 | Hội nghị | a | "12"    | "1.250" |
        | 05/03/2026 | Hội nghị | a | 02 cuộc | 300     |
        | 05/03/2026 | Hội nghị | a | nhiều   | 200     |
    """)

    assert sessions(reading) == [12, 2, None]
    assert reading.table.columns["people"][0] == 1250
    assert found(reading.issues, Code.NUMBER_UNREADABLE) == ["D4"]
    assert "D2" in found(reading.issues, Code.NUMBER_AS_TEXT)


def test_money_in_another_measure_than_its_column_is_read_and_said():
    reading = read(
        "Huy động",
        """
        | Ngày       | Nội dung | Loại | ĐVT        | Kết quả | Giá trị (triệu đồng) |
        | 05/03/2026 | a        | Tiền | tỷ đồng    | 2,5 tỷ  | 2 tỷ                 |
        | 05/03/2026 | b        | Tiền | triệu đồng | 2,5 tỷ  | 40 triệu             |
        """,
    )

    assert list(reading.table.columns["result"]) == [2.5, 2500]
    assert list(reading.table.columns["value"]) == [2000, 40]
    assert sorted(found(reading.issues, Code.FIGURE_CONVERTED)) == ["E3", "F2"]


def test_the_index_row_under_the_header_is_no_row():
    reading = outreach("""
        | 1 | 2 | 3 | 4 | 5 |
        | 05/03/2026 | Hội nghị | a | 3 | 90 |
    """)

    assert reading.table.rows == (3,)
    assert reading.issues == ()


@pytest.mark.parametrize("total", ["Cộng", "TỔNG CỘNG:", "Tổng số", "tổng"])
def test_a_row_of_totals_is_named_and_not_counted(total):
    reading = outreach(f"""
        | 05/03/2026 | Hội nghị | a | 3 | 90 |
        | {total}    |          |   | 3 | 90 |
    """)

    assert sessions(reading) == [3]
    assert found(reading.issues, Code.REGISTER_TOTAL_ROW) == ["A3"]


@pytest.mark.parametrize("total", ["Cộng", "CỘNG", "tổng số", "Ｃộng"])
def test_a_row_of_totals_is_one_too_where_every_row_says_what_it_must(total):
    header = "| Số, ký hiệu | Ngày ban hành | Cơ quan ban hành | Trích yếu |"
    document = "05/03/2026 | Đảng ủy | Kế hoạch |"
    reading = read("Văn bản", f"{header}\n| Công 1 | {document}\n| {total} | {document}")

    assert found(reading.issues, Code.REGISTER_TOTAL_ROW) == ["A3"]
    assert reading.table.rows == (2,)


def test_a_row_of_totals_is_one_too_where_its_word_stands_beside_the_required_columns():
    reading = read("Nhiệm vụ", f"{TASKS}\n| | Họp dân | MTTQ | 05/03/2026 | 40 |\n| Cộng ||||40|")

    assert found(reading.issues, Code.REGISTER_TOTAL_ROW) == ["A3"]
    assert Code.REGISTER_ROW_IGNORED not in codes(reading)


def test_a_row_with_figures_that_names_nothing_is_named_and_not_counted():
    reading = read(
        "Nhiệm vụ",
        f"""
        {TASKS}
        | Kinh tế | Họp dân | MTTQ | 05/03/2026 | 40 |
        | Kinh tế |         | MTTQ |            | 60 |
        """,
    )

    assert reading.table.rows == (2,)
    assert found(reading.issues, Code.REGISTER_ROW_IGNORED) == ["B3"]


def test_a_row_with_figures_that_names_nothing_is_named_although_it_is_the_only_one():
    result = kept("Nhiệm vụ", f"{TASKS}\n| Kinh tế | | MTTQ | | 60 |")

    assert found(result.issues, Code.REGISTER_ROW_IGNORED) == ["B2"]


def test_notes_and_signatures_below_are_passed_over_in_silence():
    reading = read(
        "Nhiệm vụ",
        f"""
        {TASKS}
        | Kinh tế | Họp dân | MTTQ | 05/03/2026 | 40 |
        | | | | | |
        | Ghi chú: số liệu đến 15/3 | | | | |
        | | | | | TRƯỞNG KHỐI |
        """,
    )

    assert reading.table.rows == (2,)
    assert {item.code for item in reading.issues} <= {Code.COLUMN_MISSING}


@pytest.mark.parametrize("note", ["Ghi chú: số liệu đến 15/3", "NGƯỜI LẬP BIỂU", "Nơi nhận: Lưu"])
def test_a_note_below_is_no_row_although_it_stands_in_a_required_column(note):
    reading = read(
        "Văn bản",
        f"""
        | Số, ký hiệu | Ngày ban hành | Cơ quan ban hành | Hạn        |
        | 02-CV/ĐU    | 05/03/2026    | Đảng ủy          | 30/03/2026 |
        |             |               |                  |            |
        | {note}      |               |                  |            |
        """,
    )

    assert reading.table.rows == (2,)
    assert {item.code for item in reading.issues} <= {Code.COLUMN_MISSING}


def test_a_cell_cleared_with_the_space_bar_is_blank():
    head = ["Nhiệm vụ", "Đơn vị chủ trì", "Hạn"]
    rows = [["Họp dân", "MTTQ", "05/03/2026"], [" ", "", " "], ["\u00a0", " ", ""]]
    reading = read("Nhiệm vụ", Grid("Nhiệm vụ", [head, *rows]))

    assert reading.table.rows == (2,)


def test_scratch_figures_beside_and_below_the_table_do_not_matter():
    reading = outreach("""
        | 05/03/2026 | Hội nghị | a | 3 | 90 | | 999 |
        | | | | | | | 888 |
    """)

    assert reading.table.rows == (2,)
    assert {item.code for item in reading.issues} <= {Code.COLUMN_MISSING}


def test_rows_may_be_shorter_or_longer_than_the_header():
    rows = [
        ["Ngày", "Hình thức", "Nội dung", "Số cuộc", "Lượt người"],
        ["05/03/2026", "Hội nghị", "a", 3.0],
        [],
        ["05/03/2026"],
        ["05/03/2026", "Khác", "b", 4.0, 50.0, None, "x"],
    ]
    reading = read("Tuyên truyền", Grid("Tuyên truyền", rows))

    assert reading.table.rows == (2, 4, 5)
    assert sessions(reading) == [3, None, 4]
    assert list(reading.table.columns["people"]) == [None, None, 50]


def test_a_missing_column_is_blank_throughout():
    result = kept(
        "Nhiệm vụ",
        """
        | Nhiệm vụ | Đơn vị chủ trì | Hạn        |
        | Họp dân  | MTTQ           | 05/03/2026 |
        """,
    )

    assert turned(tables(result)["Nhiệm vụ theo lĩnh vực"]) == lines("""
        | Lĩnh vực       | (chưa ghi) |
        | Tổng số        | 1          |
        | Xong đúng hạn  | 0          |
        | Xong chậm      | 0          |
        | Đang thực hiện | 0          |
        | Quá hạn        | 1          |
        | Đã xong        | 0          |
        | Tỷ lệ đã xong  | 0,00%      |
    """)


def test_rows_that_no_day_is_known_of_are_not_dropped_without_a_word():
    result = kept(
        "Tuyên truyền",
        """
        | Thời gian  | Hình thức | Nội dung | Số cuộc |
        | 05/03/2026 | Hội nghị  | a        | 3       |
        """,
    )

    said = [item for item in result.issues if item.place.sheet == "Tuyên truyền"]
    assert said or BY_MEANS in tables(result)


def test_a_register_without_rows_is_nothing_to_speak_of():
    result = kept("Tuyên truyền", OUTREACH)

    assert tables(result) == {}
    assert [item for item in result.issues if item.place.sheet == "Tuyên truyền"] == []


def test_a_sub_units_register_is_counted_as_that_units():
    petitions = "| Ngày tiếp nhận | Cơ quan giải quyết | Hạn giải quyết | Nội dung |"
    result = consolidated(
        TARGETS,
        units("Thôn Một", "Thôn Hai"),
        grid(f"{petitions}\n| 01/03/2026 | UBND xã | 20/03/2026 | a |", "Kiến nghị"),
        sub_sheet("A.2", f"{petitions}\n| 02/03/2026 | UBND xã | 10/03/2026 | b |", "Thôn Hai"),
    )

    rows = printed(tables(result)["Kiến nghị quá hạn (2)"]).splitlines()
    assert [row.split(" | ")[0] for row in rows] == ["| Đơn vị", "| Thôn Hai", "| Xã A"]
    assert [row.split(" | ")[-1] for row in rows[1:]] == ["Thôn Hai!C4 |", "Kiến nghị!C2 |"]


def test_a_second_sheet_of_the_same_register_is_an_error_and_not_counted():
    row = "| 05/03/2026 | Hội nghị | a | 3 | 90 |"
    result = consolidated(
        TARGETS,
        grid(f"{OUTREACH}\n{row}", "Tuyên truyền"),
        grid(f"{OUTREACH}\n{row}", "Tuyên truyền (2)"),
    )

    (said,) = (item for item in result.issues if item.code is Code.REGISTER_REPEATED)
    assert said.place.sheet == "Tuyên truyền (2)"
    assert printed(tables(result)[BY_MEANS]).splitlines()[-1] == "| Hội nghị | 3 | 90 |"


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(("visible", "shown"), [("4 | 80", "| Hội nghị | 4 | 80 |"), ("", "")])
def test_of_two_sheets_of_a_register_the_visible_one_counts(order, visible, shown):
    def sheet(title: str, figures: str, *, hidden: bool):
        row = f"| 05/03/2026 | Hội nghị | a | {figures} |" if figures else ""
        return grid(f"{OUTREACH}\n{row}", title)._replace(hidden=hidden)

    pair = [sheet("Cũ", "3 | 90", hidden=True), sheet("Tuyên truyền", visible, hidden=False)]
    result = consolidated(TARGETS, *pair[::order])

    (said,) = (item for item in result.issues if item.place.sheet == "Cũ")
    assert said.code is Code.REGISTER_HIDDEN_BESIDE
    found = tables(result)
    assert (printed(found[BY_MEANS]).splitlines()[-1] if BY_MEANS in found else "") == shown


def test_a_register_of_an_unknown_unit_is_an_error_and_not_counted():
    row = "| 05/03/2026 | Hội nghị | a | 3 | 90 |"
    result = consolidated(
        TARGETS, units("Thôn Một"), sub_sheet("A.9", f"{OUTREACH}\n{row}", "Tuyên truyền A.9")
    )

    (said,) = (item for item in result.issues if item.code is Code.UNIT_UNKNOWN)
    assert said.place.sheet == "Tuyên truyền A.9"
    assert tables(result) == {}
