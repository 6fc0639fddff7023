"""Rows that lost their code, and codes that a spreadsheet changed: which indicator they are."""

import datetime as dt

import pytest

from danvan_xl.consolidation.consolidation import CannotConsolidateError
from danvan_xl.files.grid import Cell, Grid
from danvan_xl.schema.messages import Code
from tests.sheets import consolidated, found, grid, units

HEADER = ["Mã", "Lĩnh vực", "Chỉ tiêu", "ĐVT", "Kế hoạch", "T1"]
ABOUT = (
    Code.CODE_MISSING,
    Code.CODE_REPEATED,
    Code.CODE_UNKNOWN,
    Code.CODE_BY_NAME,
    Code.NAMES_ALIKE,
    Code.NAME_OF_ANOTHER,
    Code.OWN_INDICATORS,
    Code.CODE_CHANGED,
    Code.CODE_RESTORED,
    Code.CODES_BY_NAME,
    Code.CODES_LOST,
    Code.COLUMN_MISSING,
    Code.TOTAL_ROW,
)


def outcome(own: list[list[Cell]], sent: list[list[Cell]], *, column: bool = True):
    """Return the totals by code, and the findings by code and cell, of a thôn's sheet.

    Rows are Mã, Chỉ tiêu and the figure of T1; a name alone heads others.
    """
    rows = [_row(row) if column else _row(row)[1:] for row in sent]
    header = HEADER if column else HEADER[1:]
    result = consolidated(
        Grid("Chỉ tiêu", [HEADER, *map(_row, own)]),
        units("Thôn 1"),
        Grid("Thôn 1", [["Mã đơn vị:", "A.1"], [], header, *rows]),
        period="Tháng 1",
    )
    totals = {
        line.definition.code: int(line.actual)
        for line in result.lines.values()
        if line.actual is not None
    }
    told = [item for item in result.issues if item.code in ABOUT and item.place.sheet == "Thôn 1"]
    return totals, {(item.code, item.place.cell) for item in told}, told


def _row(row: list[Cell]) -> list[Cell]:
    code, name, *rest = row
    figure, field = [*rest, None, None][:2]
    return [code, field, name, "ha" if figure is not None else None, None, figure]


AREAS: list[list[Cell]] = [
    ["A1", "Lúa", 0.0],
    ["A1.1", "- Diện tích", None, None],
    ["A2", "Ngô", 0.0],
    ["A2.1", "- Diện tích", None, None],
    ["B", "Thu ngân sách", None],
]
LUA, NGO, AREA = ["", "Lúa"], ["", "Ngô"], "- Diện tích"


@pytest.mark.parametrize(
    ("sent", "totals", "told"),
    [
        # told apart by the headings above them
        ([LUA, ["", AREA, 3.0], NGO, ["", AREA, 4.0]], {"A1.1": 3, "A2.1": 4}, Code.CODES_BY_NAME),
        ([NGO, ["", AREA, 4.0], LUA, ["", AREA, 3.0]], {"A1.1": 3, "A2.1": 4}, Code.CODES_BY_NAME),
        ([NGO, ["", "Diện tích", 4.0], LUA, ["", "Diện tích", 3.0]], {"A1.1": 3, "A2.1": 4}, ...),
        ([NGO, ["", AREA, 4.0]], {"A2.1": 4}, Code.CODE_BY_NAME),
        ([NGO, ["", "- Giống", 9.0], ["", AREA, 4.0]], {"A2.1": 4}, ...),
        # nothing, or another heading, stands above one of them: none is counted
        ([["", AREA, 3.0], ["", AREA, 4.0]], {}, Code.NAMES_ALIKE),
        ([["", AREA, 3.0]], {}, Code.NAMES_ALIKE),
        ([LUA, ["", AREA, 3.0], ["", AREA, 4.0]], {}, Code.NAMES_ALIKE),
        ([LUA, ["", AREA, 3.0], ["", "Bắp"], ["", AREA, 4.0]], {}, Code.NAMES_ALIKE),
        ([LUA, ["", "- Giống", 9.0], ["", "Bắp", 7.0], ["", AREA, 4.0]], {}, Code.NAMES_ALIKE),
        ([LUA, ["", AREA, 3.0], LUA, ["", AREA, 4.0]], {}, Code.NAMES_ALIKE),
    ],
)
def test_equal_names_are_told_apart_by_the_headings_above_them(sent, totals, told):
    found_totals, findings, _ = outcome(AREAS, sent)

    sums = {code: value for code, value in found_totals.items() if value}
    assert sums == totals
    if told is not ...:
        assert told in {code for code, _ in findings}


def test_equal_names_of_two_fields_are_told_apart_by_the_field():
    own = [
        ["K1", "Số mô hình", None, "Kinh tế"],
        ["V1", "Số mô hình", None, "Văn hóa - xã hội"],
    ]
    sent = [["II", "Văn hóa - xã hội"], ["", "Mô hình", 2.0], ["X", "Khác", 1.0]]

    totals, findings, _ = outcome(own, sent)

    assert totals == {"V1": 2}
    assert (Code.CODE_BY_NAME, "A5") in findings


LIST: list[list[Cell]] = [
    ["KT01", "Thu ngân sách trên địa bàn"],
    ["VH01", "Hộ nghèo"],
    ["VH02", "Tổng số hộ cận nghèo"],
]


@pytest.mark.parametrize("column", [True, False])
def test_a_column_without_codes_is_one_finding(column):
    sent = [["", "Thu ngân sách", 1.0], ["", "Ho ngheo", 2.0], ["", "Tổng số hộ cận nghèo", 3.0]]

    totals, findings, told = outcome(LIST, sent, column=column)

    assert totals == {"KT01": 1, "VH01": 2, "VH02": 3}
    assert findings == {(Code.CODES_BY_NAME, "A4")}
    assert dict(told[0].values)["rows"] == "dòng 4 là KT01, dòng 5 là VH01, dòng 6 là VH02"


@pytest.mark.parametrize("column", [True, False])
def test_a_column_without_codes_names_the_rows_nobody_knows(column):
    sent = [["", "Thu ngân sách", 1.0], ["", "Hộ khá", 2.0]]

    totals, findings, told = outcome(LIST, sent, column=column)

    assert totals == {"KT01": 1}
    assert findings == {(Code.CODES_LOST, "A5")}
    assert "dòng 5 'Hộ khá'. Nhận ra theo tên: dòng 4 là KT01." in told[0].message


def test_a_workbook_without_codes_is_told_what_it_lacks():
    with pytest.raises(CannotConsolidateError, match="cột Mã") as error:
        consolidated(grid("| Chỉ tiêu | ĐVT | Kế hoạch | T1 |\n| Hộ nghèo | hộ | 5 | 4 |"))

    assert error.value.found is not None
    assert error.value.found.code is Code.CODES_LOST
    assert error.value.account == ()


def test_a_row_by_name_gives_way_to_the_row_with_the_code():
    sent = [["", "Hộ nghèo", 9.0], ["VH01", "Hộ nghèo", 2.0]]

    totals, findings, _ = outcome(LIST, sent)

    assert totals == {"VH01": 2}
    assert findings == {(Code.CODE_REPEATED, "A4")}


def test_a_row_of_totals_is_none_of_a_name_that_is_like_it():
    totals, findings, _ = outcome(
        LIST, [["VH01", "Hộ nghèo", 2.0], ["", "Tổng thu ngân sách", 9.0]]
    )

    assert totals == {"VH01": 2}
    assert findings == {(Code.TOTAL_ROW, "C5")}


FIRST, NEW_YEAR = dt.datetime(2026, 2, 1), dt.datetime(2026, 1, 1)
DATES: list[list[Cell]] = [["1-1", "Thu ngân sách"], ["1-2", "Hộ kinh doanh"], ["1.10", "Mô hình"]]
BOTH: list[list[Cell]] = [["1.1", "Thu"], ["1.10", "Chi"]]
TURNED: list[list[Cell]] = [["1-2", "Thu"], ["2-1", "Chi"]]


@pytest.mark.parametrize(
    ("own", "sent", "totals", "told"),
    [
        # one code can be meant, and the name agrees
        (DATES, [[NEW_YEAR, "Số thu ngân sách", 5.0]], {"1-1": 5}, Code.CODE_RESTORED),
        (DATES, [["01/01/2026", "Thu ngân sách", 5.0]], {"1-1": 5}, Code.CODE_RESTORED),
        (DATES, [[46023.0, "Thu ngân sách", 5.0]], {"1-1": 5}, Code.CODE_RESTORED),
        (DATES, [[FIRST, "Hộ kinh doanh", 5.0]], {"1-2": 5}, Code.CODE_RESTORED),
        ([["3/2", "Thu"]], [[dt.date(2026, 3, 2), "Thu", 5.0]], {"3/2": 5}, Code.CODE_RESTORED),
        ([["3.2", "Thu"]], [[dt.date(2026, 2, 3), "Thu", 5.0]], {"3.2": 5}, Code.CODE_RESTORED),
        ([["2-30", "Thu"]], [[dt.date(2030, 2, 1), "Thu", 5.0]], {"2-30": 5}, Code.CODE_RESTORED),
        ([["1.2.3", "Thu"]], [[dt.date(2003, 2, 1), "Thu", 5.0]], {"1.2.3": 5}, Code.CODE_RESTORED),
        # the name is another, or none; the code is there; two can be meant; none
        (DATES, [[NEW_YEAR, "Chi ngân sách", 5.0]], {}, Code.CODE_CHANGED),
        (DATES, [[NEW_YEAR, "", 5.0]], {}, Code.CODE_CHANGED),
        (DATES, [["1-1", "Thu ngân sách", 4.0], [NEW_YEAR, "Thu ngân sách", 5.0]], {"1-1": 4}, ...),
        (TURNED, [[FIRST, "Thu", 5.0]], {}, Code.CODE_CHANGED),
        (LIST, [[NEW_YEAR, "Hộ nghèo", 5.0]], {}, Code.CODE_CHANGED),
        # changed in the list as well: the same cell
        ([[NEW_YEAR, "Thu"]], [[NEW_YEAR, "Thu", 5.0]], {"01/01/2026": 5}, None),
        # numbers
        (DATES, [[1.1, "Mô hình", 5.0]], {"1.10": 5}, Code.CODE_RESTORED),
        ([["01", "Thu"]], [[1.0, "Thu", 5.0]], {"01": 5}, Code.CODE_RESTORED),
        (DATES, [[1.1, "Hộ kinh doanh", 5.0]], {}, Code.CODE_CHANGED),
        ([["1.1", "Thu"]], [[1.1, "Thu khác", 5.0]], {"1.1": 5}, None),
        (BOTH, [[1.1, "Thu", 5.0], ["1.10", "Chi", 6.0]], {"1.1": 5, "1.10": 6}, None),
        (BOTH, [[1.1, "Thu", 5.0], [1.1, "Chi", 6.0]], {"1.1": 5}, Code.CODE_CHANGED),
        (BOTH, [[1.1, "", 5.0]], {}, Code.CODE_CHANGED),
        (BOTH, [["1.1", "", 5.0]], {"1.1": 5}, None),
    ],
)
def test_a_code_that_a_spreadsheet_changed_counts_only_where_nothing_else_is_meant(
    own, sent, totals, told
):
    found_totals, findings, _ = outcome(own, sent)

    assert found_totals == totals
    codes = {code for code, _ in findings if code in (Code.CODE_CHANGED, Code.CODE_RESTORED)}
    if told is not ...:
        assert codes == ({told} if told else set())
    assert Code.OWN_INDICATORS not in {code for code, _ in findings}


@pytest.mark.parametrize(
    ("own", "code", "name", "said"),
    [
        (DATES, NEW_YEAR, "", "Excel đổi 1-1 thành ngày 01/01/2026"),
        (DATES, NEW_YEAR, "", "Có phải '1-1'?"),
        (LIST, FIRST, "", "Excel đổi mã dạng 1-2 thành ngày 01/02/2026"),
        (LIST, FIRST, "Số hộ nghèo", "Có phải 'VH01'?"),
        (TURNED, FIRST, "Chi", "Có phải '2-1'?"),
        (TURNED, FIRST, "", "Có phải '1-2' hoặc '2-1'?"),
        (BOTH, 1.1, "Chi", "Excel đổi 1.10 thành số 1.1"),
    ],
)
def test_what_a_changed_code_may_have_been_is_asked(own, code, name, said):
    *_, told = outcome(own, [[code, name, 5.0]])

    (changed,) = [item for item in told if item.code is Code.CODE_CHANGED]
    assert said in changed.message


def test_a_code_that_became_a_day_is_told_in_the_list_itself_too():
    result = consolidated(Grid("Chỉ tiêu", [HEADER, _row([NEW_YEAR, "Thu", 5.0])]))

    assert found(result.issues, Code.CODE_CHANGED) == ["A2"]
    assert result.lines["01/01/2026"].actual == 5


@pytest.mark.parametrize(
    ("rows", "plans", "told"),
    [
        ("| | Lúa | |\n| | - Diện tích | 3 |\n| | Ngô | |\n| | - Diện tích | 4 |", "34", ...),
        ("| B | Thu | 1 |\n| | - Diện tích | 3 |", "", Code.NAMES_ALIKE),
        ("| A1.1 | | 3 |\n| A2.1 | | 4 |", "34", ...),
    ],
)
def test_rows_of_the_assignment_are_known_as_those_of_indicators_are(rows, plans, told):
    given = grid(f"| Mã | Chỉ tiêu | A.1 | Kế hoạch | Cộng |\n{rows}", "Giao chỉ tiêu")
    given = given._replace(rows=[[*row, None, None] for row in given.rows])

    result = consolidated(Grid("Chỉ tiêu", [HEADER, *map(_row, AREAS)]), units("Thôn 1"), given)

    found_plans = result.book.assignment.plans
    areas = [found_plans[key, "a.1"] for key in ("a1.1", "a2.1") if (key, "a.1") in found_plans]
    assert "".join(str(plan.value) for plan in areas) == plans
    if told is not ...:
        assert found(result.issues, told) == ["A3"]
