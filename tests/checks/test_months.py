"""Checks on the months of a sheet: columns, gaps, ends, what lies outside a unit's life."""

import pytest

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.consolidation.unit_reports import Status
from danvan_xl.files.grid import Grid
from danvan_xl.rollup.rating import Rating
from danvan_xl.schema.messages import Code
from tests.sheets import consolidated, found, grid, sub_sheet, units

MONTHS = [f"T{month}" for month in range(1, 13)]


def table(*rows: str, months: list[str] = MONTHS) -> str:
    """Return a table of targets; each row is "code | Cộng kỳ | months", "." is blank."""
    head = " | ".join(["Mã", "Lĩnh vực", "Chỉ tiêu", "ĐVT", "Cộng kỳ", "Kế hoạch", *months])
    lines = [f"| {head} |"]
    for row in rows:
        code, rule, cells = (part.strip() for part in row.split("|"))
        figures = ["" if cell == "." else cell for cell in cells.split()]
        parts = [code, "Kinh tế", f"Chỉ tiêu {code}", "việc", rule, "1000"]
        lines.append(f"| {' | '.join([*parts, *figures])} |")
    return "\n".join(lines)


def own(*rows: str, period: str, months: list[str] = MONTHS) -> Consolidation:
    """Return the consolidation of a workbook without units."""
    return consolidated(grid(table(*rows, months=months)), period=period)


def below(
    *sheets: str, period: str, rule: str = "Cộng", listed: Grid | None = None
) -> Consolidation:
    """Return the consolidation of a xã that typed nothing and whose thôn have these tables."""
    codes = ("K", "L", "M", "S")
    rows = [f"{code} | {'Cuối kỳ' if code == 'S' else rule} | ." for code in codes]
    names = [f"Thôn {at}" for at, _ in enumerate(sheets, start=1)]
    subs = [sub_sheet(f"A.{at}", sheet, f"Thôn {at}") for at, sheet in enumerate(sheets, start=1)]
    return consolidated(grid(table(*rows)), listed or units(*names), *subs, period=period)


def told(result: Consolidation, code: Code) -> list[dict[str, str]]:
    """Return what is said under a code."""
    return [dict(item.values) for item in result.issues if item.code is code]


@pytest.mark.parametrize(
    ("rows", "cell", "months", "cells"),
    [
        (["K | Cộng | 1 2 3"], None, None, None),
        (["K | Cộng | 1 . 3"], "H2", "T2 (1)", "H2"),
        (["K | Cộng | KPS . 3"], "H2", "T2 (1)", "H2"),
        (["K | Cộng | . . ."], None, None, None),  # nothing reported at all is told otherwise
        (["K | Cuối kỳ | 1 . 3"], None, None, None),  # a state need not be told every month
        (["K | Cộng | 1 2 3", "L | Cộng | . 2 3"], "G3", "T1 (1)", "G3"),
        (["K | Cộng | . . 3", "L | Cộng | . 2 3"], "G2", "T1 (2), T2 (1)", "G2:G3, H2"),
        (["K | Cuối kỳ | 1 . 3", "L | Cộng | 1 . 3"], "H3", "T2 (1)", "H3"),
    ],
)
def test_months_of_flows_that_were_left_out_are_named_once_with_their_cells(
    rows, cell, months, cells
):
    result = own(*rows, period="Quý I")

    assert found(result.issues, Code.MONTH_BLANK) == ([cell] if cell else [])
    if cell:
        assert told(result, Code.MONTH_BLANK) == [{"months": months, "cells": cells}]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("K | Cộng | . 9 . . . .", None),  # once a year
        ("K | Cộng | . 9 . 7 . .", None),  # twice a year
        ("K | Cộng | 1 9 . 7 . 2", "I2, K2"),
        ("K | Cộng | 1 2 3 . . .", None),  # it is told that it ends
        ("K | Cộng | 1 2 3 KAD KAD KAD", None),  # nothing more is to come
    ],
)
def test_what_happens_rarely_and_what_is_told_elsewhere_is_no_gap(row, cells):
    said = told(own(row, period="6 tháng"), Code.MONTH_BLANK)

    assert [item["cells"] for item in said] == ([cells] if cells else [])


def test_who_reports_by_quarters_has_no_gaps_between_them():
    result = own("K | Cộng | . . 5 . . 7 . . 8", period="9 tháng")

    assert found(result.issues, Code.MONTH_BLANK) == []


def test_a_unit_whose_flows_end_early_is_short_of_months_and_stays_in_the_sum():
    whole = table("K | Cộng | 2 2 2 2 2 2", "L | Cộng | 1 1 1 1 1 1", "S | Cuối kỳ | 9 . . . . 9")
    short = table("K | Cộng | 3 3 3 . . .", "L | Cộng | 0 0 0 0 0 0", "S | Cuối kỳ | 5 . . . . .")

    result = below(whole, short, period="6 tháng")

    assert [unit.status for unit in result.units] == [Status.SUBMITTED, Status.SHORT]
    assert found(result.issues, Code.UNIT_SHORT) == ["J4"]
    said = {"count": "1", "flows": "Chỉ tiêu K", "month": "T3", "period": "6 tháng"}
    assert told(result, Code.UNIT_SHORT) == [said]
    line = result.lines["k"]
    assert (line.actual, line.reported, line.expected) == (21, 2, 2)
    assert (line.timing.short, line.timing.ends_early) == (1, 3)
    assert [result.lines[key].timing.short for key in ("l", "s")] == [0, 0]
    ends = [unit.figures["k"].ends_early for unit in result.units]
    assert ends == [0, 3]


@pytest.mark.parametrize(
    ("row", "period", "status"),
    [
        ("K | Cộng | 3 . .", "Tháng 2", Status.SHORT),  # nothing is regular yet
        ("K | Cộng | 3 KPS .", "Tháng 2", Status.SUBMITTED),
        ("K | Cộng | 3 0 .", "Tháng 2", Status.SUBMITTED),
        ("K | Cộng | . 7 . . . .", "6 tháng", Status.SUBMITTED),  # tuyển quân
        ("K | Cộng | . . 7 . . 7 . . .", "Tháng 8", Status.SUBMITTED),  # by quarters
        ("K | Cộng | . . 7 . . 7 . . 7 . . .", "Năm", Status.SHORT),
        ("K | Cuối kỳ | 3 3 3 . . .", "6 tháng", Status.SUBMITTED),  # a stock
        ("K | Cộng | 1 2 3 nhiều . .", "6 tháng", Status.FAULTY),  # the first that holds
    ],
)
def test_when_a_unit_is_short_of_months(row, period, status):
    rule = row.split("|")[1].strip()

    (unit,) = below(table(row), period=period, rule=rule).units

    assert unit.status is status


def test_flows_that_stop_while_the_unit_goes_on_are_one_warning():
    sheet = table("K | Cộng | 1 2 3 4 . .", "L | Cộng | 1 1 1 1 1 1", "M | Cộng | 2 2 2 2 2 2")

    result = below(sheet, period="6 tháng")

    assert result.units[0].status is Status.SUBMITTED
    assert found(result.issues, Code.FLOW_STOPS) == ["K4"]
    said = {"count": "1", "flows": "Chỉ tiêu K", "month": "T5", "period": "6 tháng"}
    assert told(result, Code.FLOW_STOPS) == [said]
    assert result.units[0].figures["k"].ends_early == 4


def test_the_workbook_itself_is_told_but_its_figure_is_whole():
    result = own("K | Cộng | 1 2 3 . . .", period="6 tháng")

    assert found(result.issues, Code.UNIT_SHORT) == ["J2"]
    assert result.lines["k"].timing.short == 0


def test_figures_from_registers_and_ratios_have_no_rhythm():
    register = grid(
        """
        | Ngày       | Hình thức       | Nội dung | Số cuộc | Lượt người |
        | 05/01/2026 | Hội nghị        | a        | 1       | 10         |
        | 05/02/2026 | Hội nghị        | a        | 1       | 10         |
        | 05/03/2026 | Hội nghị        | a        | 1       | 10         |
        """,
        "Tuyên truyền",
    )
    months = " | ".join(MONTHS)
    head = f"| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Nguồn | Kế hoạch | {months} |"
    sheet = grid(f"{head}\n| K | Kinh tế | Hội nghị | cuộc | tổng Tuyên truyền.Số cuộc | 9 |")

    result = consolidated(sheet, register, period="6 tháng")

    assert result.lines["k"].actual == 3
    assert found(result.issues, Code.UNIT_SHORT) == []


LISTED = grid(
    """
    | Mã  | Tên đơn vị | Từ ngày    | Đến ngày   |
    | A.1 | Thôn 1     |            | 20/06/2026 |
    | A.2 | Thôn 2     | 10/07/2026 |            |
    """,
    "Đơn vị",
)


def test_months_outside_a_units_life_do_not_count_and_are_one_warning():
    old = table("K | Cộng | 1 1 1 1 1 1 5 0 KPS . . .", "S | Cuối kỳ | 1 . . . . 1")
    new = table("K | Cộng | 9 9 . . . . 2 2 2 2 2 2", "L | Cộng | 9 . . . . . 1 1 1 1 1 1")

    result = below(old, new, period="Năm", listed=LISTED)

    assert result.lines["k"].actual == 6 + 12
    assert result.lines["l"].actual == 6
    assert found(result.issues, Code.MONTH_OUTSIDE_LIFE) == ["M4", "G4"]
    assert told(result, Code.MONTH_OUTSIDE_LIFE) == [
        {"months": "T7", "cells": "M4", "life": "đến 20/06/2026"},
        {"months": "T1, T2", "cells": "G4:G5, H4", "life": "từ 10/07/2026"},
    ]
    for code in (Code.MONTH_BLANK, Code.UNIT_SHORT, Code.FLOW_STOPS, Code.FORMULA_ALTERED):
        assert found(result.issues, code) == []


@pytest.mark.parametrize(
    ("cutoff", "since", "total"),
    [
        ("Cuối tháng", "31/03/2026", 3 + 4),  # one day of March lies inside
        ("Cuối tháng", "01/04/2026", 4),
        ("Ngày 14", "14/03/2026", 3 + 4),  # March runs from 15/2 to 14/3
        ("Ngày 14", "15/03/2026", 4),
    ],
)
def test_a_month_counts_when_one_day_of_it_lies_inside(cutoff, since, total):
    listed = grid(f"| Mã | Tên đơn vị | Từ ngày |\n| A.1 | Thôn 1 | {since} |", "Đơn vị")
    sheet = sub_sheet("A.1", table("K | Cộng | 1 2 3 4"), "Thôn 1")
    parent = grid(table("K | Cộng | ."))

    result = consolidated(parent, listed, sheet, period="Tháng 4", own={"Chốt_số_liệu": cutoff})

    assert result.lines["k"].actual == total


def test_rows_of_a_register_outside_a_units_life_count_nowhere():
    months = " | ".join(MONTHS)
    head = f"| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Nguồn | Kế hoạch | {months} |"
    source = "| K | Kinh tế | Hội nghị | cuộc | tổng Tuyên truyền.Số cuộc | 9 |"
    rows = """
        | Ngày       | Hình thức | Nội dung | Số cuộc | Lượt người |
        | 05/01/2026 | Hội nghị  | a        | 5       | 10         |
        | 05/08/2026 | Hội nghị  | b        | 2       | 20         |
    """
    sheets = (
        sub_sheet("A.2", f"{head}\n{source}", "Thôn 2"),
        sub_sheet("A.2", rows, "Tuyên truyền 2"),
    )

    result = consolidated(grid(f"{head}\n{source}"), LISTED, *sheets, period="Năm")

    assert result.lines["k"].actual == 2
    assert found(result.issues, Code.ROWS_OUTSIDE_LIFE) == ["A4"]


@pytest.mark.parametrize(
    ("months", "period", "code", "cell", "values"),
    [
        (["T1", "T2", "T4", "T5", "T6"], "6 tháng", Code.MONTH_COLUMN_MISSING, "I1", "T3"),
        (["T1", "T2", "", "T4", "T5", "T6"], "6 tháng", Code.MONTH_COLUMN_MISSING, "I1", "T3"),
        (["T2", "T3"], "Quý I", Code.MONTH_COLUMN_MISSING, "G1", "T1"),
        (["T1", "T2"], "Quý I", Code.MONTH_COLUMN_MISSING, "I1", "T3"),
        (["T6"], "6 tháng", Code.MONTH_COLUMNS_FEW, "", "T6"),
        (["T1", "T2", "T3"], "6 tháng", Code.MONTH_COLUMNS_FEW, "", "T1, T2, T3"),
        (["T9"], "6 tháng", Code.MONTH_COLUMNS_NONE, "", "6 tháng"),
        (["T1", "T2", "T3"], "Quý I", None, None, None),  # all there are up to the period
    ],
)
def test_month_columns_that_are_missing_are_named(months, period, code, cell, values):
    result = own(f"K | Cộng | {'1 ' * len(months)}", period=period, months=months)

    codes = (Code.MONTH_COLUMN_MISSING, Code.MONTH_COLUMNS_FEW, Code.MONTH_COLUMNS_NONE)
    for one in codes:
        assert found(result.issues, one) == ([cell] if one is code else [])
    if code is Code.MONTH_COLUMN_MISSING:
        assert told(result, code)[0]["months"] == values
    elif code is not None:
        name = "period" if code is Code.MONTH_COLUMNS_NONE else "known"
        assert told(result, code) == [{name: values}]
    assert (result.lines["k"].actual is None) is (code is Code.MONTH_COLUMNS_NONE)


@pytest.mark.parametrize(
    ("stocks", "period", "said"),
    [
        (["7", "8"], "Tháng 4", None),  # T1 is three months old
        (["7", ". . . 8"], "Tháng 5", "1/2 đơn vị dùng số trước T2, cũ nhất T1: Thôn 1"),
        (["7", ". 8"], "Tháng 6", "2/2 đơn vị dùng số trước T3, cũ nhất T1: Thôn 1"),
        ([". . . . . . . 7", "8"], "Tháng 11", "1/2 đơn vị dùng số trước T8, cũ nhất T1: Thôn 2"),
    ],
)
def test_an_old_stock_is_told_once_an_indicator_with_its_month(stocks, period, said):
    result = below(*(table(f"S | Cuối kỳ | {months}") for months in stocks), period=period)

    values = told(result, Code.STOCK_OLD)
    assert values == ([{"code": "S", "told": said}] if said else [])


def test_a_stock_the_office_states_itself_is_told_with_its_month():
    result = own("S | Cuối kỳ | . 7", period="Năm")

    assert told(result, Code.STOCK_OLD) == [{"code": "S", "told": "số của T2"}]
    assert found(result.issues, Code.STOCK_OLD) == ["H2"]


def test_a_figure_after_the_period_is_told_one_in_it_is_not():
    result = own("K | Cộng | 1 2 3", period="Tháng 2")

    assert found(result.issues, Code.MONTH_AFTER_PERIOD) == ["I2"]


@pytest.mark.parametrize(
    ("rule", "first", "ends", "as_of"),
    [("Cộng", "1 2 3 . . .", 3, 0), ("Cuối kỳ", "9 . . . . .", 0, 1)],
)
def test_a_blank_total_is_as_short_and_as_old_as_its_parts(rule, first, ends, as_of):
    parent = grid(table(*(f"{code} | {rule} | ." for code in ("K", "K.1", "K.2"))))
    rows = (f"K | {rule} | .", f"K.1 | {rule} | {first}", f"K.2 | {rule} | 4 4 4 4 4 4")
    sheet = sub_sheet("A.1", table(*rows), "Thôn 1")

    result = consolidated(parent, units("Thôn 1"), sheet, period="6 tháng")

    (unit,) = result.units
    assert (unit.figures["k"].ends_early, unit.figures["k"].as_of) == (ends, as_of)
    assert result.lines["k"].timing.ends_early == ends


def test_what_ends_early_may_not_be_rated_and_the_sheets_own_rating_is_let_be():
    head = "| Mã | Chỉ tiêu | ĐVT | Kế hoạch | T1 | T2 | T3 | T4 | T5 | T6 | Lũy kế | Đánh giá |"
    row = "| K | Chỉ tiêu K | việc | 60 | 5 | 5 | 6 | | | | 16 | Chậm tiến độ |"
    sheet = sub_sheet("A.1", f"{head}\n{row}", "Thôn 1")

    result = consolidated(
        grid(table("K | Cộng | .")),
        units("Thôn 1"),
        sheet,
        own={"Kỳ_báo_cáo": "6 tháng"},
        period="",
    )

    (unit,) = result.units
    assert (unit.status, unit.figures["k"].rating) == (Status.SHORT, Rating.INCOMPLETE)
    assert found(result.issues, Code.FORMULA_ALTERED) == []


@pytest.mark.parametrize(
    ("direction", "first", "rating"),
    [
        ("Tăng", "200 150 150 . . .", Rating.ON_TRACK),  # 500 are due
        ("Tăng", "200 150 149 . . .", Rating.INCOMPLETE),
        ("Tăng", "500 400 100 . . .", Rating.REACHED),
        ("Giảm", "1 2 3 . . .", Rating.INCOMPLETE),  # what is missing may break it
        ("Giảm", "400 500 200 . . .", Rating.MISSED),
    ],
)
def test_a_total_with_a_flow_that_ends_early_is_rated_where_nothing_can_change_it(
    direction, first, rating
):
    head = f"| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Chiều | Kế hoạch | {' | '.join(MONTHS)} |"
    row = "| K | Kinh tế | Chỉ tiêu K | việc | {} | 1000 | {} |"
    cells = " | ".join("" if cell == "." else cell for cell in first.split())
    sheet = sub_sheet("A.1", f"{head}\n{row.format(direction, cells)}", "Thôn 1")

    result = consolidated(
        grid(f"{head}\n{row.format(direction, '')}"), units("Thôn 1"), sheet, period="6 tháng"
    )

    assert result.units[0].status is Status.SHORT
    assert result.lines["k"].rating is rating


@pytest.mark.parametrize(
    ("months", "figures", "period", "early"),
    [
        (["T1", "T2", "T4", "T5", "T6"], "1 1 1 1 1", "6 tháng", 2),
        (["T1", "T2", "T3", "T4", "T5"], "1 1 1 1 1", "6 tháng", 5),  # it is not told twice
        (["T6"], "5", "6 tháng", 0),  # a half-year's form
        (["T1", "T2", "T3"], "1 1 1", "Quý I", 0),
    ],
)
def test_flows_of_a_table_that_lost_a_month_are_not_whole(months, figures, period, early):
    rows = [f"{code} | {rule} | {figures}" for code, rule in (("K", "Cộng"), ("S", "Cuối kỳ"))]

    result = below(table(*rows, months=months), period=period)

    ends = [result.units[0].figures[key].ends_early for key in ("k", "s")]
    assert ends == [early, 0]
    expected = [Code.MONTH_COLUMN_MISSING] if early else []
    asked = {Code.MONTH_COLUMN_MISSING, Code.UNIT_SHORT, Code.FLOW_STOPS}
    assert [item.code for item in result.issues if item.code in asked] == expected


def lived(since: str, until: str) -> Grid:
    """Return a list of two units, the second of which did not exist all the year."""
    rows = [["A.1", "Thôn 1", "", ""], ["A.2", "Thôn 2", since, until]]
    return Grid("Đơn vị", [["Mã", "Tên đơn vị", "Từ ngày", "Đến ngày"], *rows])


def test_a_unit_that_ended_and_left_its_last_months_out_leaves_the_total_open():
    whole, short = table("K | Cộng | 9 9 9 9 9 9"), table("K | Cộng | 3 3 3")

    result = below(whole, short, period="6 tháng", listed=lived("", "20/04/2026"))

    said = {"count": "1", "flows": "Chỉ tiêu K", "month": "T3", "period": "T4"}
    assert told(result, Code.UNIT_SHORT) == [said]
    line = result.lines["k"]
    assert (line.actual, line.expected, line.timing.short, line.parts.missing) == (63, 1, 1, 1)


@pytest.mark.parametrize(("since", "until"), [("", "31/12/2025"), ("01/07/2026", "")])
def test_of_a_unit_that_is_not_there_in_the_period_one_thing_is_told(since, until):
    sheets = [table("K | Cộng | 1 2 3 4 5 6")] * 2

    result = below(*sheets, period="6 tháng", listed=lived(since, until))

    about = {Code.UNIT_NOT_EXPECTED, Code.MONTH_OUTSIDE_LIFE}
    assert [item.code for item in result.issues if item.code in about] == [Code.UNIT_NOT_EXPECTED]


def test_a_units_ratio_is_as_open_as_the_row_that_ends_early():
    head = ["Mã", "Lĩnh vực", "Chỉ tiêu", "ĐVT", "Cộng kỳ", "Tổng hợp", "Nguồn", "Kế hoạch"]
    rows = [
        "| A | Kinh tế | Hộ đạt | hộ | Cộng | Cộng | | 20 | {} |",
        "| B | Kinh tế | Số hộ | hộ | Cộng | Cộng | | 30 | {} |",
        "| C | Kinh tế | Tỷ lệ hộ | % | Cuối kỳ | Tỷ số | tỷ số A/B | 70 | |",
    ]
    lines = [f"| {' | '.join([*head, *MONTHS])} |", *rows]
    figures = [
        ("2 | 2 | 2 | 2 | 2 | 2", "3 | 3 | 3 | 3 | 3 | 3"),
        ("2 | 1 | 1", "2 | 2 | 2 | 2 | 2 | 1"),
    ]
    sheets = [
        sub_sheet(f"A.{at}", "\n".join(lines).format(*pair), f"Thôn {at}")
        for at, pair in enumerate(figures, start=1)
    ]

    result = consolidated(
        grid("\n".join(lines).format("", "")), units("Thôn 1", "Thôn 2"), *sheets, period="6 tháng"
    )

    ratings = [unit.figures["c"].rating for unit in result.units]
    assert ratings == [Rating.UNDER_WAY, Rating.INCOMPLETE]
    line = result.lines["c"]
    assert (line.rating, line.timing.short) == (Rating.INCOMPLETE, 1)
