"""What a plan gives to the units below, and what is refused before anything is written."""

import datetime as dt
from decimal import Decimal

import pytest

from danvan_xl.files.cells_xml import SheetFormulas
from danvan_xl.files.grid import Grid
from danvan_xl.outgoing.assigning import CannotAssignError, Plans, file_name, plan_units
from danvan_xl.outgoing.contents import TargetRow
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.messages import Code
from tests.sheets import book, found, grid, info, units

D = Decimal
OWN = """
    | Mã   | Lĩnh vực| Chỉ tiêu      | ĐVT | Cộng kỳ | Tổng hợp | Nguồn            | Kế hoạch | T1 |
    | K    | Kinh tế | Thu quỹ       | cái | Cộng    | Cộng     |                  | 100      | 7  |
    | T    | Kinh tế | Đường bê tông | km  | Cuối kỳ | Cộng     |                  |          |    |
    | M    | Kinh tế | Đường         | km  | Cuối kỳ | Cộng     |                  |          |    |
    | R    | Kinh tế | Tỷ lệ         | %   | Cuối kỳ | Tỷ số    | tỷ số T/M        | 70       |    |
    | V    | Kinh tế | Nhiệm vụ      | cái | Cộng    | Cộng     | đếm Nhiệm vụ     | 4        |    |
    | H    | Kinh tế | Hội nghị      | cái | Cộng    | Cộng     | đếm Tuyên truyền | 4        |    |
    | N    | Kinh tế | Không giao    | cái | Cộng    | Cộng     |                  | 9        |    |
"""
GIVEN = """
    | Mã | Chỉ tiêu | ĐVT | Kế hoạch | A.1 | A.2 | Cộng |
    | K  | Thu quỹ  | cái | 100      | 60  | 40  | 100  |
"""


def planned(
    given: str = GIVEN,
    *,
    own: str = OWN,
    listed: Grid | None = None,
    allow: bool = False,
    email: str = "",
    **fields: object,
) -> Plans:
    """Return the plans of xã A with thôn A.1 and A.2."""
    about = {"Mã_đơn_vị": "A", "Tên_đơn_vị": "Xã A", "Cấp": "Xã", "Năm": 2026.0} | fields
    sheets = [info(**about), listed or units("Thôn 1", "Thôn 2"), grid(own)]
    opened = book(*sheets, *([grid(given, "Giao chỉ tiêu")] if given else []))
    return plan_units(read_book(opened), email, allow_difference=allow)


def rows(plans: Plans, position: int = 0) -> dict[str, TargetRow]:
    """Return the lines of one unit's workbook by code."""
    return {row.indicator.code: row for row in plans.units[position].contents.targets}


def unit_list(*lines: str) -> Grid:
    return grid("\n".join(["| Mã | Tên đơn vị | Cấp | Từ ngày | Đến ngày |", *lines]), "Đơn vị")


def test_a_unit_gets_its_plan_and_no_figure_of_the_office_above():
    plans = planned()

    assert [plan.file for plan in plans.units] == ["DV_A.1_2026.xlsx", "DV_A.2_2026.xlsx"]
    assert [rows(plans, at)["K"].indicator.plan for at in (0, 1)] == [60, 40]
    given = rows(plans)["K"]
    assert (given.is_given, given.months, given.indicator.last_year) == (True, (None,) * 12, None)
    assert plans.units[0].target_count == 1


def test_only_what_is_given_stands_in_the_units_workbooks_and_the_rest_is_named():
    plans = planned()

    assert list(rows(plans)) == ["K"]
    left = next(item for item in plans.issues if item.code is Code.INDICATORS_NOT_ASSIGNED)
    assert "6 chỉ tiêu" in left.message
    assert "T, M, R, V, H, N" in left.message


def test_with_a_ratio_go_its_numerator_and_its_denominator_without_a_plan():
    plans = planned(GIVEN + "| R | Tỷ lệ | % | 70 | 70 | 65 | |")

    assert [(row.indicator.code, row.indicator.plan) for row in rows(plans).values()] == [
        ("K", 60),
        ("T", None),
        ("M", None),
        ("R", 70),
    ]
    assert found(plans.issues, Code.PLAN_NOT_ASSIGNED) == []


def test_a_blank_cell_stays_blank_and_is_named_and_kad_is_handed_on():
    plans = planned(
        """
        | Mã | Chỉ tiêu | ĐVT | Kế hoạch | A.1 | A.2             | Cộng |
        | K  | Thu quỹ  | cái | 100      | 100 |                 | 100  |
        | H  | Hội nghị | cái | 4        | 4   | không áp dụng   | 4    |
        """
    )

    assert (rows(plans, 1)["K"].indicator.plan, rows(plans, 1)["K"].plan_text) == (None, "")
    assert (rows(plans, 1)["H"].indicator.plan, rows(plans, 1)["H"].plan_text) == (None, "KAD")
    assert found(plans.issues, Code.PLAN_NOT_ASSIGNED) == ["F2"]


def test_a_source_goes_along_where_the_unit_keeps_the_register():
    plans = planned(GIVEN + "| V | | | 4 | 2 | 2 | |\n| H | | | 4 | 2 | 2 | |")

    assert rows(plans)["V"].indicator.source == ""  # a thôn has no sheet Nhiệm vụ
    assert rows(plans)["H"].indicator.source == "đếm Tuyên truyền"


def test_what_is_given_must_add_up_to_the_plan():
    with pytest.raises(CannotAssignError) as error:
        planned(GIVEN.replace("| 60 ", "| 70 ") + "| H | | | 4 | 2 | 1 | |")

    text = str(error.value)
    assert "2 chỗ phải sửa" in text
    assert "ô A2: Chỉ tiêu K: kế hoạch 100, tổng giao cho các đơn vị 110; chênh 10." in text
    assert "ô A3: Chỉ tiêu H: kế hoạch 4, tổng giao cho các đơn vị 3; chênh 1." in text
    assert "--cho-phep-lech" in text


def test_a_difference_may_be_meant():
    plans = planned(GIVEN.replace("| 60 ", "| 70 "), allow=True)

    assert rows(plans)["K"].indicator.plan == 70
    assert found(plans.issues, Code.ASSIGNMENT_NOT_THE_PLAN) == ["A2"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (GIVEN.replace("A.2", "B.2"), "Cột 'B.2' của trang Giao chỉ tiêu không phải mã hay tên"),
        (GIVEN + "| Z | | | | 1 | 2 | |", "Mã chỉ tiêu 'Z' của trang Giao chỉ tiêu không có"),
        (GIVEN.replace("| 60 ", "| 6O "), "'6O' có chữ cái lẫn trong số"),
        (GIVEN + "| K | | | | 1 | 2 | |", "Mã 'K' đã có ở dòng 2"),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused_whatever_is_allowed(given, sentence):
    with pytest.raises(CannotAssignError, match="chưa ghi tệp nào") as error:
        planned(given, allow=True)

    assert sentence in str(error.value)


def test_a_plan_that_a_broken_formula_shows_is_refused():
    def formulas(title: str) -> SheetFormulas:
        errors = {"E2": "#REF!"} if title == "Giao chỉ tiêu" else {}
        uncached = frozenset({"H2"}) if title == "Chỉ tiêu" else frozenset()
        return SheetFormulas(frozenset({*errors, *uncached}), uncached, errors, is_known=True)

    about = info(Mã_đơn_vị="A", Tên_đơn_vị="Xã A", Năm=2026.0)
    blanked = GIVEN.replace("| 60 ", "| ")
    sheets = about, units("Thôn 1", "Thôn 2"), grid(OWN), grid(blanked, "Giao chỉ tiêu")
    opened = book(*sheets)._replace(formulas_of=formulas)

    with pytest.raises(CannotAssignError) as error:
        plan_units(read_book(opened), allow_difference=True)

    assert "trang 'Giao chỉ tiêu', ô E2: Công thức trong ô báo lỗi #REF!" in str(error.value)
    assert "trang 'Chỉ tiêu', ô H2: Ô có công thức nhưng tệp không lưu giá trị" in str(error.value)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"given": ""}, "chưa giao kế hoạch nào"),
        ({"given": GIVEN.replace("60", "").replace("40", "")}, "chưa giao kế hoạch nào"),
        ({"own": "| a |"}, "không có bảng chỉ tiêu nào"),
        ({"listed": unit_list()}, "chưa có đơn vị nào"),
        ({"Năm": ""}, "Chưa ghi Năm ở trang Thông tin"),
        (
            {"listed": unit_list("| A.1 | Thôn 1 | | | 30/6/2025 |", "| A.2 | T | | 1/1/2027 | |")},
            "hoạt động trong năm 2026",
        ),
        (
            {"listed": unit_list("| A.1 | T1 |", "| A.2 | T2 |", "| A:1 | T3 |", "| A*1 | T4 |")},
            "Mã 'A:1' (T3) và mã 'A*1' (T4) cho cùng một tên tệp DV_A-1_2026.xlsx",
        ),
    ],
)
def test_without_what_is_needed_nothing_is_planned(changed, sentence):
    with pytest.raises(CannotAssignError) as error:
        planned(**changed)

    assert sentence in str(error.value)


def test_a_unit_is_given_a_workbook_while_it_exists():
    listed = unit_list(
        "| A.1 | Thôn 1 | Thôn | | 30/6/2026 |",
        "| A.2 | Thôn 2 | Thôn | 1/7/2026 | |",
        "| A.3 | Thôn 3 | Thôn | | 31/12/2025 |",
        "| A.4 | Thôn 4 | Thôn | 1/1/2027 | |",
    )
    plans = planned(
        """
        | Mã | Chỉ tiêu | ĐVT | Kế hoạch | A.1 | A.2 | A.3 | Cộng |
        | K  | Thu quỹ  | cái | 100      | 50  | 40  | 10  | 100  |
        """,
        listed=listed,
    )

    assert [plan.unit.code for plan in plans.units] == ["A.1", "A.2"]
    assert found(plans.issues, Code.UNIT_NOT_IN_YEAR_ASSIGNED) == ["G2"]
    assert found(plans.issues, Code.UNIT_NOT_IN_YEAR) == ["A5"]


def test_a_unit_without_a_column_is_named_once():
    plans = planned(listed=units("Thôn 1", "Thôn 2", "Thôn 3"))

    said = [item for item in plans.issues if item.code is Code.UNIT_WITHOUT_COLUMN]
    assert [item.message[:16] for item in said] == ["'Thôn 3' (A.3) k"]
    assert found(plans.issues, Code.PLAN_NOT_ASSIGNED) == []


@pytest.mark.parametrize(
    ("above", "written", "level"),
    [
        ("Trung ương", "", "Tỉnh"),
        ("Tỉnh", "", "Xã"),
        ("Tỉnh", "Huyện", "Huyện"),
        ("Huyện", "", "Xã"),
        ("Xã", "", "Thôn"),
        ("Xã", "đoàn thể", "Khối/Đoàn thể"),
        ("Khối/Đoàn thể", "", "Khối/Đoàn thể"),
        ("", "", "Thôn"),
    ],
)
def test_the_level_is_the_one_written_else_the_one_below(above, written, level):
    listed = unit_list(f"| A.1 | Thôn 1 | {written} |", f"| A.2 | Thôn 2 | {written} |")

    assert planned(listed=listed, Cấp=above).units[0].contents.level == level


def test_an_unknown_level_is_told():
    plans = planned(listed=unit_list("| A.1 | Thôn 1 | Ấp | |", "| A.2 | Thôn 2 | | |"))

    assert plans.units[0].contents.level == "Thôn"
    assert found(plans.issues, Code.UNIT_LEVEL_UNKNOWN) == ["A2"]


def test_sheet_thong_tin_says_who_is_above_and_how_to_report():
    fields = {"Chốt_số_liệu": "ngày 14", "Độ_mật": "Mật", "Hạn_nộp": dt.date(2026, 7, 5)}
    listed = unit_list("| A.1 | Thôn 1 | Thôn |", "| A.2 | Xã con | Xã |")
    plans = planned(listed=listed, email="xa.a@example.vn", **fields)

    thon, xa = (plan.contents.info for plan in plans.units)
    assert thon == {
        "level": "Thôn",
        "year": 2026,
        "unit_code": "A.1",
        "unit_name": "Thôn 1",
        "parent_code": "A",
        "parent_name": "Xã A",
        "cutoff": "Ngày 14",
        "secrecy": "Mật",
        "recipient_email": "xa.a@example.vn",
        "deadline": dt.date(2026, 7, 5),
    }
    # There it would be the day on which the units below must send.
    assert "deadline" not in xa


def test_a_commune_gets_the_only_criteria_it_may_be_measured_against():
    ward = planned(listed=unit_list("| A.1 | Phường Một | Xã |", "| A.2 | Thôn 2 | |"))

    assert len(ward.units[0].contents.registers["criteria"]) > 0
    assert dict(ward.units[1].contents.registers) == {}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("A.1", "DV_A.1_2026.xlsx"),
        ('a\\b/c:d*e?f"g<h>i|j', "DV_a-b-c-d-e-f-g-h-i-j_2026.xlsx"),
        ("CON", "DV_CON_2026.xlsx"),
        ("NUL.1 ", "DV_NUL.1_2026.xlsx"),
        ("A. ", "DV_A._2026.xlsx"),
        ("Đ\tHòa", "DV_Đ Hòa_2026.xlsx"),
    ],
)
def test_a_code_becomes_a_file_name_that_windows_takes(code, name):
    assert file_name(code, 2026) == name
