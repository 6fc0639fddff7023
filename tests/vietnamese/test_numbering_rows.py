"""Rows that only number the columns: skipped without a word, while rows of figures are not."""

import datetime as dt

import pytest

from danvan_xl.files.grid import Grid
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.messages import Code
from tests.sheets import book, info, units

ABOUT = info(Mã_đơn_vị="A", Tên_đơn_vị="Xã A", Năm=2026.0)
HEAD = ["STT", "Mã", "Chỉ tiêu", "ĐVT", "Kế hoạch", "T1", "T2", "Tỷ lệ"]
ROW = [1.0, "K", "Thu", "việc", 100.0, 1.0, 2.0, ""]
GROUP = ["I", "", "KINH TẾ", "", "", "", "", ""]
NUMBERINGS = [
    ["A", "B", "C", "D", 1.0, 2.0, 3.0, "4=3/1"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
    ["1", "2", "3", "4=3/2", "5", "6", "7", "8"],
    ["a", "b", "c", "d", "đ", "e", "g", "h"],
    ["[1]", "[2]", "[3]", "[4]", "[5]", "[6]", "[7]", "[8]=[7]:[5]"],
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"],
    ["A", "B", "C", "D", "(1)", "(2)", "(3)", "(4)=(3)/(1)"],
    ["A", "B", "C", "D", "(1)", "(2)", "(3)", "(4) = (3)/(1) x 100%"],
    [-1.0, -2.0, -3.0, -4.0, -5.0, -6.0, -7.0, -8.0],  # what Excel makes of (1)
    ["", 1.0, 2.0, "", 3.0, 4.0, 5.0, ""],
    [1.0, 2.0, 3.0, 4.0, 6.0, 7.0, 8.0, 9.0],  # the fifth column was deleted
    ["A", "B", "C", "D", 1.0, 2.0, 3.0, "=3/1"],
    ["A", "B", "C", "D", 1.0, 2.0, 3.0, "3/1"],
    ["A", "B", "C", "D", 1.0, 2.0, 3.0, dt.date(2026, 1, 3)],  # what Excel makes of 3/1
    ["01", "02", "03", "04", "05", "06", "07", "08"],
    ["1.", "2.", "3.", "4.", "5.", "6.", "7.", "8."],
    ["A", "B", "C", "D", "I", "II", "III", "IV"],
    ["cột 1", "cột 2", "cột 3", "cột 4", "cột 5", "cột 6", "cột 7", "cột 8"],
    ["", "", "", 1.0, 2.0, 3.0, 4.0, 5.0],
]


def read(*rows, title="Chỉ tiêu", head=HEAD, beside=()):
    """Return what a workbook says whose sheet has these rows below its header."""
    return read_book(book(ABOUT, *beside, Grid(title, [head, *rows])))


@pytest.mark.parametrize("numbering", NUMBERINGS)
@pytest.mark.parametrize("between", [False, True])
def test_a_row_of_numbers_is_no_indicator_and_not_spoken_of(numbering, between):
    result = read(*([GROUP, numbering] if between else [numbering, GROUP]), ROW)

    assert result.own is not None
    assert [target.indicator.code for target in result.own.targets] == ["K"]
    assert [item.code for item in result.issues] == []


def test_the_months_may_be_numbered_alone():
    head = [*"MNOPQRS", "Mã", "Chỉ tiêu", "ĐVT", *(f"T{month}" for month in range(1, 13))]
    row = [*[""] * 7, "K", "Thu", "việc", *map(float, range(1, 13))]
    result = read([*[""] * 10, *map(float, range(1, 13))], row, head=head)

    assert result.own is not None
    assert [float(figure.value) for figure in result.own.targets[0].months] == [*range(1, 13)]
    assert [item.code for item in result.issues] == [Code.COLUMN_MISSING]  # Kế hoạch


def test_the_numbers_stand_again_where_the_header_does():
    numbers = NUMBERINGS[0]
    result = read(numbers, ROW, HEAD, numbers, [2.0, "L", *ROW[2:]])

    assert result.own is not None
    assert [target.indicator.code for target in result.own.targets] == ["K", "L"]


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        ([1.0, "2", "Thu", "việc", 3.0, 4.0, 5.0, ""], "2", []),
        ([1.0, "1", "", "", 2.0, 3.0, 4.0, ""], "1", []),  # a code that is a number
        (["", "1", "", "", 2.0, 3.0, 4.0, 5.0], "1", []),
        (["", "", "", "", "", 1.0, 2.0, 3.0], None, [Code.ROW_IGNORED]),  # it lost its name
        (["", "", "Thu", "việc", 1.0, 2.0, 3.0, ""], None, [Code.CODE_MISSING]),
        (["", "A", "", "", 4.0, 2.0, 3.0, ""], "A", []),
    ],
)
def test_a_row_of_figures_that_are_one_two_three_is_read(row, code, said):
    result = read(row)

    targets = result.own.targets if result.own else ()
    assert [target.indicator.code for target in targets] == ([code] if code else [])
    assert [item.code for item in result.issues if item.code is not Code.COLUMN_MISSING] == said


@pytest.mark.parametrize(
    ("head", "numbering"),
    [
        (["Mã", "Tên đơn vị"], ["A", "B"]),
        (["Mã", "Tên đơn vị"], [1.0, 2.0]),
        (["STT", "Mã", "Tên đơn vị", "Cấp"], ["(1)", "(2)", "(3)", "(4)"]),
        (["STT", "Mã", "Tên đơn vị", "Cấp", "Email"], [1.0, 2.0, 3.0, "", 4.0]),
    ],
)
def test_a_row_of_numbers_is_no_unit(head, numbering):
    unit = dict.fromkeys(head, "") | {"Mã": "A.1", "Tên đơn vị": "Thôn 1"}
    result = read(numbering, list(unit.values()), title="Đơn vị", head=head)

    assert [item.code for item in result.units] == ["A.1"]
    assert [item.code for item in result.issues] == []


@pytest.mark.parametrize(
    "numbering",
    [
        ["A", "B", "C", 1.0, 2.0, 3.0, 4.0],
        [*map(float, range(1, 8))],
        ["", 1.0, 2.0, 3.0, 4.0, "5=3+4", ""],
    ],
)
def test_a_row_of_numbers_gives_nobody_a_plan(numbering):
    head = ["Mã", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thôn 1", "Thôn 2", "Cộng"]
    row = ["K", "Thu", "việc", 3.0, 1.0, 2.0, 3.0]
    beside = [units("Thôn 1", "Thôn 2")]
    result = read(numbering, row, title="Giao chỉ tiêu", head=head, beside=beside)

    assert sorted(result.assignment.plans) == [("k", "a.1"), ("k", "a.2")]
    assert list(result.assignment.totals) == ["k"]
    assert [item.code for item in result.issues] == []


@pytest.mark.parametrize(
    "numbering",
    [["A", "B", "C", 1.0, 2.0], [*map(float, range(1, 6))], ["", "", 1.0, 2.0, "3=2/1"]],
)
def test_a_row_of_numbers_is_in_no_register(numbering):
    head = ["Ngày", "Hình thức", "Nội dung", "Số cuộc", "Lượt người"]
    row = [dt.date(2026, 3, 5), "Hội nghị", "a", 3.0, 90.0]
    result = read(["", "I. Quý I", "", "", ""], numbering, row, title="Tuyên truyền", head=head)

    (table,) = result.registers
    assert table.rows[-1:] == (4,)
    assert list(table.columns["sessions"])[-1:] == [3]
    assert 3 not in table.rows
    assert [item.place.cell for item in result.issues if item.place.cell.endswith("3")] == []
