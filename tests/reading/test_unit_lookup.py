"""Units told by code or by name: in what they send, in title blocks, at the head of columns."""

import pytest

from danvan_xl.reading.records import Unit
from danvan_xl.reading.unit_lookup import UnitIndex
from danvan_xl.schema.messages import Code
from danvan_xl.schema.plans import Plan
from tests.on_disk import thon_file, xa_file
from tests.sheets import consolidated, found, grid, sub_sheet, units

UNITS = (
    Unit("A.1", "Thôn Vĩnh Xuân", 2),
    Unit("A.2", "Thôn Hùng Nghĩa", 3),
    Unit("A.3", "Thôn Mới", 4),
    Unit("A.4", "Thôn Mới", 5),
)
OWN = """
    | Mã | Lĩnh vực | Chỉ tiêu    | ĐVT | Kế hoạch | T1 |
    | K  | Kinh tế  | Thu quỹ     | cái | 10       |    |
    | L  | Kinh tế  | Hội viên    | cái | 10       |    |
"""


@pytest.mark.parametrize(
    ("code", "name", "unit", "by_name"),
    [
        ("a.1", "", "A.1", False),
        ("A.1", "Thôn Hùng Nghĩa", "A.1", False),
        ("", "THÔN  HÙNG NGHĨA", "A.2", True),
        ("B.7", "Thôn Hùng Nghĩa", "A.2", True),
        ("Thôn Hùng Nghĩa", "", "A.2", True),
    ],
)
def test_a_unit_is_told_by_its_code_else_by_its_name(code, name, unit, by_name):
    looked_up = UnitIndex(UNITS).find(code, name)

    assert looked_up.unit is not None
    assert (looked_up.unit.code, looked_up.by_name) == (unit, by_name)


@pytest.mark.parametrize(
    ("code", "name", "hint"),
    [
        ("A.11", "", " Có phải 'Thôn Vĩnh Xuân' (A.1)?"),
        ("", "Thôn Vỉnh Xuân", " Có phải 'Thôn Vĩnh Xuân' (A.1)?"),
        (
            "A.11",
            "Thôn Hùng Ngĩa",
            " Có phải 'Thôn Vĩnh Xuân' (A.1) hoặc 'Thôn Hùng Nghĩa' (A.2)?",
        ),
        ("zz", "Khối phố Bạch Đằng", ""),
        ("", "Thôn Mới", " Có 2 đơn vị cùng tên 'Thôn Mới' (A.3, A.4): ghi đúng mã."),
    ],
)
def test_what_is_close_is_asked_about_and_never_taken(code, name, hint):
    looked_up = UnitIndex(UNITS).find(code, name)

    assert (looked_up.unit, looked_up.hint) == (None, hint)


def test_a_received_workbook_of_an_unknown_code_asks_for_close_names_too(tmp_path):
    from danvan_xl.jobs.consolidate import consolidate_files

    own = xa_file(tmp_path, "| K | Kinh tế | a | cái | 2 | | | |", thon=("Thôn Bắc", "Thôn Nam"))
    row = "| K | Kinh tế | a | cái | 2 | 1 | | |"
    thon_file(tmp_path / "Nhan", 1, row, Mã_đơn_vị="Z", Tên_đơn_vị="Thôn Bắcc")

    issues = consolidate_files(own, tmp_path / "Nhan").result.issues

    unknown = next(item for item in issues if item.code is Code.UNIT_UNKNOWN)
    assert "Có phải 'Thôn Bắc' (A.1)?" in unknown.message


def test_two_units_of_one_name_are_not_told_apart_by_it(tmp_path):
    from danvan_xl.jobs.consolidate import consolidate_files

    own = xa_file(tmp_path, "| K | Kinh tế | a | cái | 2 | | | |", thon=("Thôn Bắc", "Thôn Bắc"))
    row = "| K | Kinh tế | a | cái | 2 | 1 | | |"
    thon_file(tmp_path / "Nhan", 1, row, Mã_đơn_vị="Z", Tên_đơn_vị="Thôn Bắc")

    result = consolidate_files(own, tmp_path / "Nhan").result

    assert result.lines["k"].actual is None
    unknown = next(item for item in result.issues if item.code is Code.UNIT_UNKNOWN)
    assert "Có 2 đơn vị cùng tên" in unknown.message


def test_of_two_versions_made_on_one_day_the_later_name_counts(tmp_path):
    from danvan_xl.jobs.consolidate import consolidate_files

    own = xa_file(tmp_path, "| K | Kinh tế | a | cái | 9 | | | |", thon=("Thôn 1",))
    inbox = tmp_path / "Nhan"
    for name, figure in (("", 1), ("_cap-nhat", 2), ("_cap-nhat-2", 3), ("_cap-nhat-10", 4)):
        path = thon_file(inbox, 1, f"| K | Kinh tế | a | cái | 9 | {figure} | | |")
        path.rename(inbox / f"DV_A.1_2026{name}.xlsx")

    assert consolidate_files(own, inbox).result.lines["k"].actual == 4


def test_a_title_block_may_name_its_unit_in_words():
    sheet = sub_sheet("Thôn Nam", "| Mã | Chỉ tiêu | ĐVT | T1 |\n| K | Thu quỹ | cái | 4 |", "X")

    result = consolidated(grid(OWN), units("Thôn Bắc", "Thôn Nam"), sheet)

    assert result.lines["k"].actual == 4
    assert found(result.issues, Code.UNIT_BY_NAME) == [""]


def test_a_column_of_the_assignment_may_be_headed_by_a_name():
    assignment = grid(
        """
        | Mã | Chỉ tiêu | ĐVT | Kế hoạch | thôn bắc | A.2 | Cộng |
        | K  | Thu quỹ  | cái | 10       | 4        | 6   | 10   |
        """,
        "Giao chỉ tiêu",
    )

    result = consolidated(grid(OWN), units("Thôn Bắc", "Thôn Nam"), assignment)

    assert result.book.assignment.plans == {("k", "a.1"): Plan(4), ("k", "a.2"): Plan(6)}
    assert [item.code for item in result.issues if item.code.label.startswith("KH")] == []


def test_an_unknown_column_and_an_unknown_row_are_asked_about():
    assignment = grid(
        """
        | Mã | Chỉ tiêu | ĐVT | Kế hoạch | Thôn Băc | A.2 | Cộng |
        | K1 | Thu quỹ  | cái | 10       | 4        | 6   | 10   |
        """,
        "Giao chỉ tiêu",
    )

    issues = consolidated(grid(OWN), units("Thôn Bắc", "Thôn Nam"), assignment).issues

    said = {item.code: item.message for item in issues}
    assert "Có phải 'Thôn Bắc' (A.1)?" in said[Code.ASSIGNMENT_UNIT_UNKNOWN]
    assert "Có phải 'K'?" in said[Code.ASSIGNMENT_CODE_UNKNOWN]


def test_a_unit_with_two_columns_keeps_the_first_and_is_told():
    assignment = grid(
        """
        | Mã | Chỉ tiêu | ĐVT | Kế hoạch | A.1 | Thôn Bắc | Cộng |
        | K  | Thu quỹ  | cái | 10       | 4   | 6        | 10   |
        """,
        "Giao chỉ tiêu",
    )

    result = consolidated(grid(OWN), units("Thôn Bắc"), assignment)

    assert result.book.assignment.plans == {("k", "a.1"): Plan(4)}
    assert found(result.issues, Code.COLUMN_REPEATED) == ["F1"]


def test_rows_of_the_assignment_are_read_like_rows_of_indicators():
    assignment = grid(
        """
        | Mã   | Chỉ tiêu  | ĐVT | Kế hoạch | A.1 | Ghi chú  | Cộng |
        |      | Hội viên  | cái | 10       | 4   | xem lại  | 4    |
        |      | Việc khác | cái | 10       | 5   |          | 5    |
        | K    | Thu quỹ   | cái | 10       | KAD |          |      |
        | K    | Thu quỹ   | cái | 10       | 3   |          | 3    |
        | Cộng |           |     |          | 12  |          | 12   |
        """,
        "Giao chỉ tiêu",
    )

    result = consolidated(grid(OWN), units("Thôn Bắc"), assignment)

    assert result.book.assignment.plans == {("l", "a.1"): Plan(4)}
    assert result.book.assignment.exempt == {("k", "a.1")}
    assert found(result.issues, Code.CODE_BY_NAME) == ["A2"]
    assert found(result.issues, Code.CODE_MISSING) == ["A3"]
    assert found(result.issues, Code.CODE_REPEATED) == ["A5"]
    assert found(result.issues, Code.NUMBER_UNREADABLE) == []
    assert found(result.issues, Code.ASSIGNMENT_UNIT_UNKNOWN) == []


@pytest.mark.parametrize(
    ("code", "tab", "counted", "told"),
    [
        ("A.1", "Thôn Bắc", True, None),
        ("A.1", "số liệu", True, None),  # a tab that names no unit says nothing
        ("A.1", "Thôn Nam", False, Code.UNIT_CONTRADICTS),  # copied, the code forgotten
        ("X.9", "Thôn Nam", True, Code.UNIT_BY_NAME),
    ],
)
def test_the_tab_of_a_unit_s_sheet_is_held_against_its_code(code, tab, counted, told):
    sheet = sub_sheet(code, "| Mã | Chỉ tiêu | ĐVT | T1 |\n| K | Thu quỹ | cái | 4 |", tab)

    result = consolidated(grid(OWN), units("Thôn Bắc", "Thôn Nam"), sheet)

    assert (result.lines["k"].actual == 4) is counted
    about_units = [item.code for item in result.issues if item.code.label.startswith("DV")]
    assert about_units == ([told] if told else [])


@pytest.mark.parametrize("hidden", [False, True])
def test_of_two_sheets_that_assign_the_one_that_is_seen_counts_and_the_other_is_told(hidden):
    row = "| Mã | Chỉ tiêu | ĐVT | Kế hoạch | A.1 | Cộng |\n| K | Thu quỹ | cái | 10 | {0} | {0} |"
    first = grid(row.format(10), "Giao chỉ tiêu")._replace(hidden=hidden)
    second = grid(row.format(9), "Giao lại")

    result = consolidated(grid(OWN), units("Thôn Bắc"), first, second)

    assert result.book.assignment.plans == {("k", "a.1"): Plan(9 if hidden else 10)}
    (told,) = [item for item in result.issues if item.code is Code.ASSIGNMENT_REPEATED]
    assert told.place.sheet == ("Giao chỉ tiêu" if hidden else "Giao lại")
