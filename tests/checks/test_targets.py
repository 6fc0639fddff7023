"""Every check on a unit's sheet at its borders: which cell is named, and what is said of it."""

import pytest

from danvan_xl.consolidation.consolidation import consolidate_book
from danvan_xl.files.cells_xml import SheetFormulas
from danvan_xl.files.opening import OpenedBook
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.periods import PERIODS
from tests.sheets import consolidated, found, grid, info, sub_sheet, units

HEADER = (
    "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Chiều | Cộng kỳ | Tổng hợp | Nguồn | Năm trước "
    "| Kế hoạch | T1 | T2 | T3 |"
)


def issues(*rows: str, period: str = "Quý I") -> tuple[Issue, ...]:
    """Return the findings on a xã's own sheet of these rows."""
    return consolidated(grid("\n".join([HEADER, *rows])), period=period).issues


def values(findings, code: Code) -> dict[str, str]:
    """Return what the first finding of this code says."""
    return dict(next(item for item in findings if item.code is code).values)


@pytest.mark.parametrize(
    ("measure", "name", "row", "told"),
    [
        ("cái", "Số quà", "5 | 20 | -1 | | ", {Code.NEGATIVE: ["K2"]}),
        ("cái", "Số quà", "-5 | -20 | 0 | | ", {Code.NEGATIVE: ["I2", "J2"]}),
        ("%", "Tỷ lệ hộ nghèo", "5 | 20 | 100 | | ", {}),
        ("%", "Tỷ lệ hộ nghèo", "5 | 20 | 101 | | ", {Code.SHARE_OVER_100: ["K2"]}),
        ("%", "Tỷ lệ hộ nghèo", "500 | 120 | 10 | | ", {Code.SHARE_OVER_100: ["I2", "J2"]}),
        ("%", "Tỷ lệ tăng thu", "5 | 20 | 101 | | ", {}),  # growth may pass 100 %
        ("%", "Tỷ lệ hoàn thành", "5 | 20 | 101 | | ", {}),
        ("%", "Thu so với dự toán", "5 | 20 | 101 | | ", {}),
        ("%", "Tỷ lệ hộ nghèo", "-5 | 20 | 9 | | ", {}),  # a share may fall below nothing
        # "95%" typed into a cell is kept by Excel as 0,95.
        ("%", "Tỷ lệ hộ nghèo", "5 | 20 | 0.95 | | ", {Code.SHARE_TOO_SMALL: ["K2"]}),
        ("%", "Tỷ lệ hộ nghèo", "0.95 | 20 | 9 | | ", {Code.SHARE_TOO_SMALL: ["I2"]}),
        ("%", "Tỷ lệ hộ nghèo", "5 | 20 | 2 | | ", {}),
        ("%", "Tỷ lệ hộ nghèo", "5 | 20 | 1 | | ", {}),  # a twentieth, not under it
        ("%", "Tỷ lệ hộ nghèo", "5 | 20 | 0 | | ", {}),
        ("%", "Tỷ lệ hộ nghèo", "5 | 2 | 1 | | ", {}),  # with a plan of 2 % it may be 1 %
        ("%", "Tỷ lệ hộ nghèo", "5 | | 1 | | ", {}),
        ("%", "Tỷ lệ hộ nghèo", "2.5 | 2.5 | 0.1 | | ", {}),  # small all over
        ("%", "Tỷ lệ hộ nghèo", "96 | | 0.95 | | ", {Code.SHARE_TOO_SMALL: ["K2"]}),
        ("%", "Tỷ lệ hộ nghèo", "96 | 0.95 | 95 | | ", {Code.SHARE_TOO_SMALL: ["J2"]}),
        ("%", "Tỷ lệ hộ nghèo", "9 | 10 | 0.4 | | ", {}),  # nothing is above 10
        ("%", "Tỷ lệ hộ nghèo", "5 | 1 | 9 | | ", {}),
    ],
)
def test_what_cannot_be_is_told_at_its_cell(measure, name, row, told):
    findings = issues(f"| K | Kinh tế | {name} | {measure} | | Cuối kỳ | | | {row} |")

    codes = (Code.NEGATIVE, Code.SHARE_OVER_100, Code.SHARE_TOO_SMALL)
    cells = {code: found(findings, code) for code in codes}
    assert {code: places for code, places in cells.items() if places} == told


def test_a_part_of_what_can_fall_can_be_below_nothing():
    findings = issues(
        "| K | Kinh tế | Dân số tăng, giảm | người | | Cuối kỳ | | | | | -5 | | |",
        "| K.1 | Kinh tế | Nam | người | | Cuối kỳ | | | | | -9 | | |",
        "| K.2 | Kinh tế | Nữ | người | | Cuối kỳ | | | | | 4 | | |",
        "| L.1 | Kinh tế | Nam | người | | Cuối kỳ | | | | | -9 | | |",
    )

    assert found(findings, Code.NEGATIVE) == ["K5"]


def test_what_cannot_be_is_said_in_figures():
    row = "| K | Kinh tế | Tỷ lệ hộ nghèo | {} | | Cuối kỳ | | | | 20 | {} | | |"

    assert values(issues(row.format("%", "0.95")), Code.SHARE_TOO_SMALL) == {
        "value": "0,95",
        "base": "kế hoạch",
        "plan": "20",
        "guess": "95",
    }
    assert values(issues(row.format("%", "120")), Code.SHARE_OVER_100) == {"value": "120"}
    negative = values(issues(row.format("hộ", "-3")), Code.NEGATIVE)
    assert negative == {"value": "-3", "measure": "hộ"}


@pytest.mark.parametrize(
    ("measure", "name", "row", "cells"),
    [
        ("mô hình", "Mô hình", "1.5 | 2 | 0.6 | 2 | ", ["I2", "K2"]),
        ("hộ", "Hộ nghèo", "9 | 27.5 | 9 | | ", ["J2"]),
        ("thanh niên", "Tuyển quân", "9 | 9 | 3.5 | | ", ["K2"]),
        ("lượt người", "Dự họp", "9 | 9 | 3.5 | | ", ["K2"]),
        ("người", "Số người bình quân một hộ", "9 | 9 | 3.5 | | ", []),
        ("ngày công", "Ngày công", "9 | 9 | 3.5 | | ", []),
        ("điểm", "Điểm thi đua", "9 | 9 | 3.5 | | ", []),
        ("nghìn con", "Đàn gà", "9 | 9 | 3.5 | | ", []),
        ("km", "Đường", "9 | 9 | 3.5 | | ", []),
        ("hộ", "Hộ nghèo", "9 | 9 | -3.5 | | ", []),  # it cannot be below nothing either
    ],
)
def test_counted_things_are_whole(measure, name, row, cells):
    findings = issues(f"| K | Kinh tế | {name} | {measure} | | Cuối kỳ | | | {row} |")

    assert found(findings, Code.NOT_WHOLE) == cells


@pytest.mark.parametrize(("month_rule", "unit_rule"), [("Bình quân", ""), ("Cuối kỳ", "Bình quân")])
def test_a_mean_of_counted_things_need_not_be_whole(month_rule, unit_rule):
    row = f"| K | Kinh tế | Chỉ tiêu | hộ | | {month_rule} | {unit_rule} | | | 9 | 3.5 | | |"

    assert found(issues(row), Code.NOT_WHOLE) == []


def test_what_a_formula_gives_was_not_typed_by_hand():
    sheet = grid(f"{HEADER}\n| K | Kinh tế | Mô hình | mô hình | | | | | | 9 | 3.5 | 2.5 | |")
    about = info(Mã_đơn_vị="A", Năm=2026.0)
    formulas = SheetFormulas(cells=frozenset({"K2"}), is_known=True)
    opened = OpenedBook("so.xlsx", "0" * 64, (about, sheet), lambda _title: formulas)

    findings = consolidate_book(opened, (), period=PERIODS[-1]).issues

    assert found(findings, Code.NOT_WHOLE) == ["L2"]


@pytest.mark.parametrize(
    ("measure", "name", "cells"),
    [
        ("triệu đồng", "Chênh lệch thu chi", []),
        ("hộ", "Số hộ nghèo giảm", []),
        ("‰", "Mức giảm sinh", []),
        ("triệu đồng", "Thu quỹ", ["K2"]),
        ("buổi", "Buổi truyền thông giảm tảo hôn", ["K2"]),
    ],
)
def test_only_what_can_be_below_nothing_may_be(measure, name, cells):
    findings = issues(f"| K | Kinh tế | {name} | {measure} | | Cuối kỳ | | | | 9 | -4 | | |")

    assert found(findings, Code.NEGATIVE) == cells


FLOW = "| {} | Kinh tế | Chỉ tiêu {} | cái | | {} | | | | 20 | {} |"


def test_a_figure_after_the_period_is_told_one_in_it_is_not():
    findings = issues(FLOW.format("K", "K", "Cộng", "1 | 2 | 3"), period="Tháng 2")

    assert found(findings, Code.MONTH_AFTER_PERIOD) == ["M2"]
    said = values(findings, Code.MONTH_AFTER_PERIOD)
    assert said == {"month": "tháng 3", "period": "Tháng 2"}


SHOWN = (
    "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Cộng kỳ | Kế hoạch | T1 | T2 | T3 "
    "| Lũy kế | Tỷ lệ (%) | Đánh giá |"
)


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("20 | 1 | 2 | 3 | 6 | 0.3 | Chưa đạt", []),
        ("20 | 1 | 2 | 3 | 6 | 0.3 | chưa  đạt", []),
        ("20 | 1 | 2 | 3 | | | ", []),  # nothing shown is nothing wrong
        ("20 | 1 | 2 | 3 | 7 | 0.3 | Chưa đạt", ["J2"]),
        ("20 | 1 | 2 | 3 | 6.0000001 | 0.3 | Chưa đạt", []),
        ("20 | 1 | 2 | 3 | 6.001 | 0.3 | Chưa đạt", ["J2"]),
        ("20 | 1 | 2 | 3 | 6 | 0.31 | Chưa đạt", ["K2"]),
        ("20 | 1 | 2 | 3 | 6 | 0.3 | Đạt", ["L2"]),
        ("20 | 1 | 2 | 3 | sáu | 0.3 | Chưa đạt", ["J2"]),
        ("20 | 1 | 2 | 3 | 7 | 0.35 | Đạt", ["J2", "K2", "L2"]),
        ("20 | | | | 0 | 0 | Chưa báo cáo", []),
        ("20 | | | | 5 | | Chưa báo cáo", ["J2"]),
    ],
)
def test_results_a_sheet_shows_are_those_its_figures_give(row, cells):
    sheet = grid(f"{SHOWN}\n| K | Kinh tế | Chỉ tiêu | cái | Cộng | {row} |")

    findings = consolidated(sheet, own={"Kỳ_báo_cáo": "Năm"}).issues

    assert found(findings, Code.FORMULA_ALTERED) == cells


def test_a_wrong_result_is_said_beside_the_right_one():
    row = "20 | 1 | 2 | 3 | 7,5 | 0.35 | Đạt"
    sheet = grid(f"{SHOWN}\n| K | Kinh tế | Chỉ tiêu | cái | Cộng | {row} |")

    findings = consolidated(sheet, own={"Kỳ_báo_cáo": "Năm"}).issues

    said = [dict(item.values) for item in findings if item.code is Code.FORMULA_ALTERED]
    assert [(item["value"], item["read"]) for item in said] == [
        ("'7,5'", "6"),
        ("35,00%", "30,00%"),
        ("'Đạt'", "'Chưa đạt'"),
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("20 | 1 | | ", {}),
        (" | 1 | | ", {Code.ACTUAL_WITHOUT_PLAN: ["J2"]}),
        (" | | | ", {Code.PLAN_MISSING: ["J2"]}),
        ("0 | 1 | | ", {}),
        ("KAD | | | ", {}),
        ("nhiều | 1 | | ", {}),  # that it cannot be read is told already
    ],
)
def test_a_plan_that_is_missing_is_told_for_what_it_is(row, told):
    findings = issues(f"| K | Kinh tế | Chỉ tiêu | cái | | | | | | {row} |")

    cells = {code: found(findings, code) for code in (Code.PLAN_MISSING, Code.ACTUAL_WITHOUT_PLAN)}
    assert {code: places for code, places in cells.items() if places} == told


@pytest.mark.parametrize(
    ("rule", "source", "told", "says"),
    [
        ("Tỷ số", "tỷ số N/H", None, ""),
        ("Tỷ số", "", Code.RATIO_WITHOUT_PARTS, ""),
        ("", "tỷ số N/Z", Code.SOURCE_UNREADABLE, "không có chỉ tiêu mã 'Z'"),
        ("", "tỷ số N/R", Code.SOURCE_UNREADABLE, "chỉ tiêu 'R' chia chính nó"),
        ("", "tỷ số N/S", Code.SOURCE_UNREADABLE, "chỉ tiêu 'S' cũng là một tỷ số"),
        ("", "gì đó", Code.SOURCE_UNREADABLE, ""),
        ("", "đếm Tổ dân vận", None, ""),
    ],
)
def test_a_source_has_to_be_one_the_indicator_can_be_had_from(rule, source, told, says):
    rows = (
        "| N | Kinh tế | Hộ nghèo | hộ | | Cuối kỳ | | | | 1 | 1 | | |",
        "| H | Kinh tế | Số hộ | hộ | | Cuối kỳ | | | | 1 | 1 | | |",
        "| S | Kinh tế | Tỷ lệ khác | % | | Cuối kỳ | Tỷ số | tỷ số N/H | | 1 | | | |",
        f"| R | Kinh tế | Tỷ lệ | % | | Cuối kỳ | {rule} | {source} | | 1 | | | |",
    )

    findings = issues(*rows)

    for code in (Code.RATIO_WITHOUT_PARTS, Code.SOURCE_UNREADABLE):
        assert found(findings, code) == (["H5"] if code is told else [])
    if says:
        assert values(findings, Code.SOURCE_UNREADABLE)["reason"] == says
        assert values(findings, Code.SOURCE_UNREADABLE)["value"] == source


def test_an_indicator_without_its_field_is_told_at_its_name():
    findings = issues("| K | | Chỉ tiêu | cái | | | | | | 20 | 1 | | |")

    assert found(findings, Code.WORK_FIELD_MISSING) == ["C2"]


SUB = "| Mã | Chỉ tiêu | ĐVT | Chiều | Cộng kỳ | Kế hoạch | T1 |"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("K | Thu | triệu đồng | Tăng | Cuối kỳ", {}),
        ("K | Thu | | Tăng | Cuối kỳ", {}),
        ("K | Thu | triệu đồng | | ", {}),  # what is left blank is as the office says
        ("K | Thu | tỷ đồng | Tăng | Cuối kỳ", {Code.MEASURE_INCOMPATIBLE: "C4"}),
        ("K | Thu | hộ | Tăng | Cuối kỳ", {Code.MEASURE_DIFFERS: "C4"}),
        ("K | Thu | triệu đồng | Giảm | Cuối kỳ", {Code.DEFINITION_DIFFERS: "D4"}),
        ("K | Thu | triệu đồng | Tăng | Cộng", {Code.DEFINITION_DIFFERS: "E4"}),
        ("Z | Số thu | triệu đồng | Tăng | Cuối kỳ", {Code.CODE_UNKNOWN: "A4"}),
        ("Z | Khác | triệu đồng | Tăng | Cuối kỳ", {Code.OWN_INDICATORS: "A4"}),
    ],
)
def test_a_row_of_a_unit_is_held_against_what_the_office_defines(row, told):
    own = grid(f"{HEADER}\n| K | Kinh tế | Thu | triệu đồng | Tăng | Cuối kỳ | | | | 20 | | | |")

    findings = consolidated(
        own, units("Thôn 1"), sub_sheet("A.1", f"{SUB}\n| {row} | 20 | 1 |", "Thôn 1")
    ).issues

    codes = (
        Code.MEASURE_INCOMPATIBLE,
        Code.MEASURE_DIFFERS,
        Code.DEFINITION_DIFFERS,
        Code.CODE_UNKNOWN,
        Code.OWN_INDICATORS,
    )
    cells = {code: found(findings, code) for code in codes}
    assert {code: places for code, places in cells.items() if places} == {
        code: [cell] for code, cell in told.items()
    }


def test_what_differs_from_the_office_says_both():
    own = grid(f"{HEADER}\n| K | Kinh tế | Thu | triệu đồng | Tăng | Cuối kỳ | | | | 20 | | | |")
    row = "| K | Thu | hộ | Giảm | Cuối kỳ | 20 | 1 |"

    findings = consolidated(
        own, units("Thôn 1"), sub_sheet("A.1", f"{SUB}\n{row}", "Thôn 1")
    ).issues

    differs = values(findings, Code.DEFINITION_DIFFERS)
    assert differs == {"field": "Chiều", "value": "Giảm", "expected": "Tăng"}
    measure = values(findings, Code.MEASURE_DIFFERS)
    assert measure == {"value": "hộ", "expected": "triệu đồng"}


FED = "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Cộng kỳ | Nguồn | Kế hoạch | T1 | T2 | Lũy kế |"
OUTREACH = "| Ngày | Hình thức | Nội dung | Số cuộc |\n| 05/02/2026 | Hội nghị | a | 7 |"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("0 | 7 | 7", {}),
        (" | | 7", {}),
        (" | | 8", {Code.SOURCE_DIFFERS: "J2"}),
        ("0 | 8 | 8", {Code.SOURCE_DIFFERS: "I2"}),  # that its months differ says it all
    ],
)
def test_the_result_of_a_row_a_register_feeds_is_held_against_the_register(row, told):
    sheet = grid(
        f"{FED}\n| K | Kinh tế | Cuộc | cuộc | Cộng | tổng Tuyên truyền.Số cuộc | 9 | {row} |"
    )

    findings = consolidated(sheet, grid(OUTREACH, "Tuyên truyền"), own={"Kỳ_báo_cáo": "Năm"}).issues

    cells = {code: found(findings, code) for code in (Code.SOURCE_DIFFERS, Code.FORMULA_ALTERED)}
    assert {code: places for code, places in cells.items() if places} == {
        code: [cell] for code, cell in told.items()
    }


def test_a_result_that_is_not_the_registers_is_said_beside_it():
    row = "| K | Kinh tế | Cuộc | cuộc | Cộng | tổng Tuyên truyền.Số cuộc | 9 | | | 8 |"

    findings = consolidated(
        grid(f"{FED}\n{row}"), grid(OUTREACH, "Tuyên truyền"), own={"Kỳ_báo_cáo": "Năm"}
    ).issues

    assert values(findings, Code.SOURCE_DIFFERS) == {
        "register": "Tuyên truyền",
        "value": "8",
        "read": "7",
        "cells": "J2",
    }


@pytest.mark.parametrize(
    ("shown_there", "done", "is_told"),
    [
        ("Đúng tiến độ", 5, False),
        ("Chậm tiến độ", 9, False),
        ("Chậm tiến độ", 5, True),
        ("Trong mức", 5, False),
        ("Vượt", 5, True),
    ],
)
def test_the_words_of_former_templates_are_no_altered_formulas(shown_there, done, is_told):
    sheet = f"""
        | Mã | Chỉ tiêu | ĐVT | Chiều | Kế hoạch | T6     | Lũy kế | Đánh giá      |
        | K  | Vụ cháy  | vụ  | Giảm  | 12       | {done} | {done} | {shown_there} |
    """
    result = consolidated(grid(sheet), period="6 tháng", own={"Kỳ_báo_cáo": "6 tháng"})

    assert bool(found(result.issues, Code.FORMULA_ALTERED)) is is_told


@pytest.mark.parametrize(
    ("shown_there", "is_told"), [("0.93", False), ("93", False), ("9300", True)]
)
def test_a_share_may_show_as_one(shown_there, is_told):
    sheet = f"""
        | Mã | Chỉ tiêu        | ĐVT | Cộng kỳ | Kế hoạch | T6 | Lũy kế        |
        | K  | Tỷ lệ hộ có điện | %   | Cuối kỳ | 95       | 93 | {shown_there} |
    """
    result = consolidated(grid(sheet), period="6 tháng", own={"Kỳ_báo_cáo": "6 tháng"})

    assert bool(found(result.issues, Code.FORMULA_ALTERED)) is is_told


def test_of_several_rows_each_is_held_against_what_it_shows():
    """A row that is fed by a register, or shows nothing, does not end the looking."""
    rows = "| A | Kinh tế | Chỉ tiêu a | cái | Cộng | 20 | 1 | 2 | 3 | 6 | 0.3 | Chưa đạt |"
    wrong = "| B | Kinh tế | Chỉ tiêu b | cái | Cộng | 20 | 1 | 2 | 3 | 7 | 0.3 | Chưa đạt |"
    nothing = "| C | Kinh tế | Chỉ tiêu c | cái | Cộng | 20 | 1 | 2 | 3 | | | |"
    sheet = grid("\n".join((SHOWN, rows, nothing, wrong)))

    findings = consolidated(sheet, own={"Kỳ_báo_cáo": "Năm"}).issues

    assert found(findings, Code.FORMULA_ALTERED) == ["J4"]
