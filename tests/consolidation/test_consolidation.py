"""Units rolled up: rules, coverage, parents and children, parts, plans."""

from decimal import Decimal

import pytest

from danvan_xl.consolidation.consolidation import CannotConsolidateError, consolidate_book
from danvan_xl.consolidation.unit_reports import Status
from danvan_xl.jobs.consolidate import consolidate_files
from danvan_xl.rollup.rating import Rating
from danvan_xl.schema.messages import Code
from tests.on_disk import xa_file
from tests.sheets import book, consolidated, found, grid, info, sub_sheet, units

HEADER = (
    "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Chiều | Cộng kỳ | Tổng hợp | Nguồn "
    "| Năm trước | Kế hoạch | T1 |"
)
SUB = "| Mã | Chỉ tiêu | ĐVT | Năm trước | Kế hoạch | T1 |"


def own(*rows):
    return grid("\n".join([HEADER, *rows]))


def thon(number, *rows):
    return sub_sheet(f"A.{number}", "\n".join([SUB, *rows]), f"Thôn {number}")


def one_indicator(rule, figures, *, plan="100", direction="Tăng", months="Cuối kỳ", **extra):
    """Consolidate one indicator over one thôn for each (plan, actual) pair."""
    sheets = [
        thon(number, f"| K | Chỉ tiêu | cái | | {unit_plan} | {actual} |")
        for number, (unit_plan, actual) in enumerate(figures, start=1)
    ]
    names = [f"Thôn {number}" for number in range(1, len(figures) + extra.pop("silent", 0) + 1)]
    row = f"| K | Kinh tế | Chỉ tiêu | cái | {direction} | {months} | {rule} | | | {plan} | |"
    return consolidated(own(row), units(*names), *sheets, **extra).lines["k"]


@pytest.mark.parametrize(
    ("rule", "total"),
    [
        ("Cộng", 12),
        ("Bình quân", 4),
        ("Lớn nhất", 7),
        ("Nhỏ nhất", 2),
        ("Đếm đạt", 2),
        ("Không", None),
    ],
)
def test_units_combine_by_the_rule_of_the_indicator(rule, total):
    line = one_indicator(rule, [(2, 2), (9, 3), (5, 7)])

    assert line.actual == total


def test_a_sum_of_floats_is_exact():
    line = one_indicator("Cộng", [(1, 0.1), (1, 0.2)], plan="0.3")

    assert line.actual == Decimal("0.3")
    assert line.rating is Rating.REACHED


def test_a_ratio_is_rolled_up_from_its_parts_never_as_a_mean():
    result = consolidated(
        own(
            "| H | Kinh tế | Số hộ | hộ | | Cuối kỳ | | | | | |",
            "| N | Kinh tế | Hộ nghèo | hộ | Giảm | Cuối kỳ | | | | | |",
            "| R | Kinh tế | Tỷ lệ hộ nghèo | % | Giảm | Cuối kỳ | Tỷ số | tỷ số N/H | | 20 | |",
        ),
        units("Thôn Một", "Thôn Hai"),
        thon(1, "| H | Số hộ | hộ | | | 100 |", "| N | Hộ nghèo | hộ | | | 50 |"),
        thon(2, "| H | Số hộ | hộ | | | 900 |", "| N | Hộ nghèo | hộ | | | 90 |"),
    )

    assert result.lines["r"].actual == 14
    assert (result.lines["r"].reported, result.lines["r"].expected) == (2, 2)


def test_coverage_counts_units_with_a_figure_and_names_those_without():
    line = one_indicator("Cộng", [(50, 50), (25, "")], silent=1)

    assert (line.reported, line.expected) == (1, 3)
    assert [unit.name for unit in line.missing] == ["Thôn 2", "Thôn 3"]


def test_all_blank_sums_are_blank():
    line = one_indicator("Cộng", [(50, ""), (25, "")])

    assert line.actual is None
    assert line.rating is Rating.NOT_REPORTED


def test_a_unit_to_which_an_indicator_does_not_apply_is_not_expected():
    line = one_indicator("Cộng", [(50, 50), ("", "KAD"), ("", "x")])

    assert (line.reported, line.expected) == (1, 1)


def test_nothing_occurred_is_a_report_of_zero():
    line = one_indicator("Cộng", [(50, 50), (50, "KPS")])

    assert (line.actual, line.reported) == (50, 2)


def test_missing_units_that_could_close_the_gap_make_the_report_incomplete():
    line = one_indicator("Cộng", [(60, 60), (40, "")])

    assert line.rating is Rating.INCOMPLETE


def test_missing_units_that_could_not_close_the_gap_leave_the_rating():
    line = one_indicator("Cộng", [(60, 50), (40, "")])

    assert line.rating is Rating.MISSED


def test_missing_units_whose_plan_is_not_known_make_the_report_incomplete():
    line = one_indicator("Cộng", [(60, 50)], silent=1)

    assert line.rating is Rating.INCOMPLETE


def test_a_total_that_is_reached_is_rated_although_units_are_missing():
    line = one_indicator("Cộng", [(60, 100)], silent=1)

    assert line.rating is Rating.REACHED


def test_missing_reports_cannot_mend_a_total_that_is_too_high():
    line = one_indicator("Cộng", [(60, 120)], silent=1, direction="Giảm")

    assert line.rating is Rating.MISSED


def test_before_year_end_the_gap_is_the_one_to_what_is_due():
    behind = one_indicator("Cộng", [(60, 30), (15, "")], months="Cộng", period="Tháng 6")
    closable = one_indicator("Cộng", [(60, 40), (15, "")], months="Cộng", period="Tháng 6")
    on_track = one_indicator("Cộng", [(60, 50), (15, "")], months="Cộng", period="Tháng 6")

    assert [line.rating for line in (behind, closable, on_track)] == [
        Rating.BEHIND,
        Rating.INCOMPLETE,
        Rating.ON_TRACK,
    ]


def test_units_behind_are_named_worst_first():
    line = one_indicator("Cộng", [(10, 9), (10, 2), (10, 10), (10, 5)])

    assert [item.unit_name for item in line.unmet] == ["Thôn 2", "Thôn 4", "Thôn 1"]


def test_a_parents_own_figure_stands_and_the_sum_is_held_against_it():
    result = consolidated(
        own("| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | 90 |"),
        units("Thôn 1"),
        thon(1, "| K | Chỉ tiêu | cái | | 100 | 80 |"),
    )

    assert (result.lines["k"].actual, result.lines["k"].units_total) == (90, 80)
    assert [issue.code for issue in result.issues].count(Code.OWN_DIFFERS) == 1


def test_an_estimate_of_the_parent_is_no_contradiction():
    result = consolidated(
        own("| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | trên 1.000 |"),
        units("Thôn 1"),
        thon(1, "| K | Chỉ tiêu | cái | | 100 | 1014 |"),
    )

    assert found(result.issues, Code.OWN_DIFFERS) == []


def test_a_total_is_held_against_its_parts():
    result = consolidated(
        own(
            "| D | Kinh tế | Mô hình | mô hình | | Cuối kỳ | Không | | | | 101 |",
            "| D.1 | Kinh tế | Mô hình kinh tế | mô hình | | Cuối kỳ | Không | | | | 26 |",
            "| D.2 | Kinh tế | Mô hình văn hóa | mô hình | | Cuối kỳ | Không | | | | 36 |",
            "| D.3 | Kinh tế | Mô hình an ninh | mô hình | | Cuối kỳ | Không | | | | 04 |",
            "| D.4 | Kinh tế | Mô hình xây dựng Đảng | mô hình | | Cuối kỳ | Không | | | | 32 |",
        )
    )
    (difference,) = [issue for issue in result.issues if issue.code is Code.PARTS_DIFFER]

    assert "101" in difference.message
    assert "26 + 36 + 4 + 32 cộng lại 98; chênh 3" in difference.message


def test_plans_of_units_are_held_against_the_parents_plan():
    result = consolidated(
        own("| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | |"),
        units("Thôn 1", "Thôn 2"),
        thon(1, "| K | Chỉ tiêu | cái | | 60 | 80 |"),
        thon(2, "| K | Chỉ tiêu | cái | | 50 | 80 |"),
    )

    assert found(result.issues, Code.PLANS_DO_NOT_ADD) == ["J2"]


def test_assigned_plans_stand_in_for_blank_ones_and_are_checked():
    assignment = grid(
        """
        | Mã | Chỉ tiêu | ĐVT | Kế hoạch | A.1 | A.2 | Cộng | Chênh lệch |
        | K | Chỉ tiêu | cái | 100 | 60 | 30 | 100 | 0 |
        """,
        "Giao chỉ tiêu",
    )
    result = consolidated(
        own("| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | |"),
        units("Thôn 1", "Thôn 2"),
        assignment,
        thon(1, "| K | Chỉ tiêu | cái | | | 60 |"),
        thon(2, "| K | Chỉ tiêu | cái | | 35 | 35 |"),
    )

    assert result.units[0].figures["k"].rating is Rating.REACHED
    assert found(result.issues, Code.ASSIGNMENT_DOES_NOT_ADD) == ["G2"]
    assert len(found(result.issues, Code.PLAN_NOT_AS_ASSIGNED)) == 1


def test_last_year_is_rolled_up_only_when_every_unit_has_it():
    full = consolidated(
        own("| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | |"),
        units("Thôn 1"),
        thon(1, "| K | Chỉ tiêu | cái | 70 | 60 | 60 |"),
    )
    partly = consolidated(
        own("| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | |"),
        units("Thôn 1", "Thôn 2"),
        thon(1, "| K | Chỉ tiêu | cái | 70 | 60 | 60 |"),
    )

    assert (full.lines["k"].last_year, partly.lines["k"].last_year) == (70, None)


def test_every_addend_has_its_cell():
    result = consolidated(
        own("| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | |"),
        units("Thôn 1"),
        sub_sheet(
            "A.1",
            "| Mã | Chỉ tiêu | T1 | T2 | T3 |\n| K | Chỉ tiêu | 1 | | 3 |",
            "Thôn 1",
        ),
    )

    ((code, term),) = result.terms()
    assert (code, term.unit_name, term.sheet, term.cells, term.value) == (
        "K",
        "Thôn 1",
        "Thôn 1",
        "C4:E4",
        4,
    )


def test_an_unknown_indicator_of_a_unit_is_an_error_with_a_suggestion():
    result = consolidated(
        own("| KT01 | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | |"),
        units("Thôn 1"),
        thon(1, "| KT0l | | cái | | 60 | 60 |"),
    )
    (error,) = [issue for issue in result.issues if issue.code is Code.CODE_UNKNOWN]

    assert (error.unit_name, error.place.cell) == ("Thôn 1", "A4")
    assert "Có phải 'KT01'?" in error.message


def test_a_unit_in_another_scale_does_not_count():
    result = consolidated(
        own("| K | Kinh tế | Thu | tỷ đồng | | | | | | 100 | |"),
        units("Thôn 1", "Thôn 2"),
        thon(1, "| K | Thu | triệu đồng | | 60 | 60000 |"),
        thon(2, "| K | Thu | Tỷ đồng | | 40 | 40 |"),
    )

    assert result.lines["k"].actual == 40
    assert found(result.issues, Code.MEASURE_INCOMPATIBLE) == ["C4"]


def test_states_of_the_units():
    result = consolidated(
        own("| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | |"),
        units("Thôn 1", "Thôn 2", "Thôn 3", "Thôn 4"),
        thon(1, "| K | Chỉ tiêu | cái | | 60 | 60 |"),
        thon(2, "| K | Chỉ tiêu | cái | | 60 | |"),
        thon(3, "| K | Chỉ tiêu | cái | | 60 | nhiều |"),
    )

    assert [unit.status for unit in result.units] == [
        Status.SUBMITTED,
        Status.EMPTY,
        Status.FAULTY,
        Status.NOT_SUBMITTED,
    ]
    assert result.reported == 1


def test_a_unit_is_expected_only_while_it_exists():
    sheet = grid(
        """
        | Mã | Tên đơn vị | Từ ngày | Đến ngày |
        | A.1 | Thôn cũ | | 30/06/2026 |
        | A.2 | Thôn mới | 01/07/2026 | |
        """,
        "Đơn vị",
    )
    row = "| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | |"
    names = {
        period: [unit.unit.name for unit in consolidated(own(row), sheet, period=period).units]
        for period in ("Tháng 6", "Tháng 7")
    }

    assert names == {"Tháng 6": ["Thôn cũ"], "Tháng 7": ["Thôn mới"]}


def test_what_flowed_through_a_unit_until_it_ended_counts_although_it_is_not_expected():
    sheet = grid(
        """
        | Mã | Tên đơn vị | Từ ngày | Đến ngày |
        | A.1 | Thôn cũ | | 30/06/2026 |
        | A.2 | Thôn mới | 01/07/2026 | |
        """,
        "Đơn vị",
    )
    flow, stock = (
        consolidated(
            own(f"| K | Kinh tế | Chỉ tiêu | cái | | {rule} | | | | 100 | |"),
            sheet,
            thon(1, "| K | Chỉ tiêu | cái | | 10 | 6 |"),
            sub_sheet(
                "A.2",
                "| Mã | Chỉ tiêu | ĐVT | Kế hoạch | T7 |\n| K | Chỉ tiêu | cái | 10 | 7 |",
                "Thôn 2",
            ),
        )
        for rule in ("Cộng", "Cuối kỳ")
    )

    assert [
        (line.actual, line.reported, line.expected) for line in (flow.lines["k"], stock.lines["k"])
    ] == [
        (13, 1, 1),
        (7, 1, 1),
    ]
    assert Code.UNIT_ENDED in [issue.code for issue in flow.issues]


def test_a_ratio_can_be_followed_to_the_cells_of_its_parts():
    result = consolidated(
        own(
            "| H | Kinh tế | Số hộ | hộ | | Cuối kỳ | | | | | |",
            "| N | Kinh tế | Hộ nghèo | hộ | Giảm | Cuối kỳ | | | | | |",
            "| R | Kinh tế | Tỷ lệ | % | Giảm | Cuối kỳ | Tỷ số | tỷ số N/H | | 20 | |",
        ),
        units("Thôn 1"),
        thon(1, "| H | Số hộ | hộ | | | 100 |", "| N | Hộ nghèo | hộ | | | 50 |"),
    )

    assert [(term.period, term.value, term.cells) for term in result.lines["r"].terms] == [
        ("tử số T1", 50, "F5"),
        ("mẫu số T1", 100, "F4"),
    ]


def test_what_is_given_out_is_held_against_units_indicators_and_plans():
    assignment = grid(
        """
        | Mã | Chỉ tiêu | ĐVT | Kế hoạch | A.1 | A.9 | Cộng | Chênh lệch |
        | K | Chỉ tiêu | cái | 100 | 60 | 30 | 90 | 10 |
        | L | Lạ | cái | 100 | 60 | | 60 | 40 |
        """,
        "Giao chỉ tiêu",
    )
    row = own("| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | |")
    issues = consolidated(row, units("Thôn 1"), assignment).issues

    assert found(issues, Code.ASSIGNMENT_UNIT_UNKNOWN) == ["F1"]
    assert found(issues, Code.ASSIGNMENT_CODE_UNKNOWN) == ["A3"]
    assert found(issues, Code.ASSIGNMENT_NOT_THE_PLAN) == ["A2"]


def test_a_line_of_units_without_a_code_or_a_name_is_an_error():
    sheet = grid("| Mã | Tên đơn vị |\n| A.1 | Thôn 1 |\n| | Thôn 2 |\n| A.3 | |", "Đơn vị")
    row = own("| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | |")

    assert found(consolidated(row, sheet).issues, Code.UNIT_INCOMPLETE) == ["A3", "A4"]


def test_the_14th_closes_a_month_where_the_workbook_says_so():
    sheet = grid("| Mã | Tên đơn vị | Từ ngày |\n| A.1 | Thôn mới | 15/06/2026 |", "Đơn vị")
    row = own("| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | |")

    by_month = consolidated(row, sheet, period="Tháng 6")
    by_14th = consolidated(row, sheet, period="Tháng 6", own={"Chốt_số_liệu": "Ngày 14"})

    assert (len(by_month.units), len(by_14th.units)) == (1, 0)


def test_without_a_period_the_last_month_with_figures_is_taken_and_said():
    result = consolidated(
        grid("| Mã | Chỉ tiêu | Kế hoạch | T1 | T2 | T3 |\n| K | Chỉ tiêu | 12 | 1 | 2 | |"),
        period="",
    )

    assert result.period.month == 2
    assert [issue.code for issue in result.issues].count(Code.PERIOD_MISSING) == 1


def test_a_sheet_of_an_unknown_unit_is_an_error():
    result = consolidated(
        own("| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | 5 |"),
        units("Thôn 1"),
        sub_sheet("A.9", f"{SUB}\n| K | Chỉ tiêu | cái | | 1 | 1 |", "Lạ"),
    )

    assert [issue.code for issue in result.issues].count(Code.UNIT_UNKNOWN) == 1
    assert result.lines["k"].actual == 5


def test_a_second_sheet_of_the_same_unit_is_an_error():
    row = "| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | 5 |"
    copy = grid(f"{HEADER}\n{row}", "Chỉ tiêu (2)")

    result = consolidated(own(row), copy)

    assert result.lines["k"].actual == 5
    assert [issue.code for issue in result.issues].count(Code.SHEET_REPEATED) == 1


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("of", ["", "A.1"])
def test_of_two_sheets_of_a_unit_the_visible_one_counts_and_the_hidden_one_is_told(order, of):
    def sheet(title: str, value: object, *, hidden: bool):
        table = f"{HEADER}\n| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | {value} |"
        made = sub_sheet(of, table, title) if of else grid(table, title)
        return made._replace(hidden=hidden)

    pair = [sheet("Cũ", "nhiều", hidden=True), sheet("Mới", 5, hidden=False)][::order]

    blank = [own("| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | |")] if of else []

    result = consolidated(units("Thôn Một"), *blank, *pair)

    figures = result.units[0].figures if of else result.lines
    assert figures["k"].actual == 5
    told = [(item.code, item.place.sheet) for item in result.issues if item.place.sheet == "Cũ"]
    assert told == [(Code.SHEET_HIDDEN_BESIDE, "Cũ")]


def test_a_hidden_table_of_the_year_does_not_push_out_a_visible_one_of_half_a_year():
    row = "| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 |"
    whole = grid(f"{HEADER}\n{row} 7 |", "Cũ")._replace(hidden=True)
    half = grid(f"{HEADER.replace('T1 ', 'T6 ', 1)}\n{row} 5 |", "Mới")

    result = consolidated(whole, half)

    assert result.lines["k"].actual == 5
    assert [item.code for item in result.issues if item.place.sheet == "Cũ"] == [
        Code.SHEET_HIDDEN_BESIDE
    ]


def test_two_hidden_sheets_of_a_unit_are_one_too_many_as_visible_ones_are():
    row = "| K | Kinh tế | Chỉ tiêu | cái | | | | | | 100 | 5 |"
    sheets = (own(row)._replace(hidden=True), grid(f"{HEADER}\n{row}", "b")._replace(hidden=True))

    result = consolidated(*sheets)

    assert [item.code for item in result.issues].count(Code.SHEET_REPEATED) == 1


def test_a_workbook_without_targets_cannot_be_consolidated():
    with pytest.raises(CannotConsolidateError, match="Không tìm thấy bảng chỉ tiêu"):
        consolidate_book(book(info(Năm=2026)), ())


def test_findings_stand_in_the_order_of_names_as_vietnamese_sort_them(tmp_path):
    workbook = xa_file(tmp_path, "| K | Kinh tế | Chỉ tiêu K | cái | 30 | | | |", thon=())
    inbox = tmp_path / "Nhan"
    inbox.mkdir()
    for name in ("Đông.pdf", "Ân.pdf", "thôn 10.pdf", "Dung.pdf", "thôn 2.pdf", "An.pdf"):
        (inbox / name).write_bytes(b"%PDF-1.7 ...")
    result = consolidate_files(workbook, inbox).result

    files = [item.place.file for item in result.issues if item.code is Code.FILE_SKIPPED]
    assert files == [
        *("An.pdf", "Ân.pdf", "Dung.pdf", "Đông.pdf"),
        *("thôn 2.pdf", "thôn 10.pdf"),
    ]
