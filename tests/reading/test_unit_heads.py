"""Columns of sheet Giao chỉ tiêu: which unit each is given to, however it is headed."""

import pytest

from danvan_xl.files.grid import Grid
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.messages import Code
from tests.sheets import book, consolidated, found, info, units

ABOUT = info(Mã_đơn_vị="A", Tên_đơn_vị="Xã A", Năm=2026.0)
HEAD = ["Mã", "Chỉ tiêu", "ĐVT", "Kế hoạch"]
ROW = ["K", "Thu", "việc", 30.0, 10.0, 20.0]
BOTH = {"a.1": 10, "a.2": 20}
TABLE = Grid("Chỉ tiêu", [[*HEAD, "T1"], ["K", "Thu", "việc", 30.0, 1.0]])


def plans(*rows, names=("Thôn 1", "Thôn 2"), title="Giao chỉ tiêu"):
    """Return what each unit is given of K, by the key of its code."""
    read = read_book(book(ABOUT, units(*names), TABLE, Grid(title, list(rows))))
    return {unit: plan.value for (_, unit), plan in read.assignment.plans.items()}


@pytest.mark.parametrize(
    ("names", "heads"),
    [
        (("Thôn 1", "Thôn 2"), ("Thôn số 1", "thôn 02")),
        (("Thôn 1", "Thôn 2"), (1.0, "II")),
        (("Thôn 1", "Thôn 2"), ("Chi bộ thôn 1", "Thôn Hai")),
        (("Thôn 1", "Thôn 2"), ("Thôn 1 (A.1)", "A.2 - Thôn 2")),
        (("Thôn 1", "Thôn 2"), ("A.1 (Thôn 1)", "Thôn 2: A.2")),
        (("Thôn 1", "Thôn 2"), ("Thôn 1\n(120 hộ)", "KH giao cho thôn 2")),
        (("TDP 3", "Tổ dân phố 4"), ("Tổ dân phố số 3", "TDP 04")),
        (("An Lâm", "Xã Bình Minh"), ("UBND xã An Lâm", "Ủy ban nhân dân xã Bình Minh")),
        (("UBND xã An Lâm", "Đảng ủy xã Bình Minh"), ("An Lâm", "xã Bình Minh")),
    ],
)
def test_a_unit_is_known_at_the_head_of_its_column(names, heads):
    assert plans([*HEAD, *heads, "Cộng"], [*ROW, 30.0], names=names) == BOTH


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("Thôn 1 (A.2)", ("Thôn 1", "Thôn 2")),
        ("A.2 - Thôn 1", ("Thôn 1", "Thôn 2")),
        ("1", ("Thôn 1", "TDP 1")),
        ("Thôn 1 - 5", ("Thôn 1", "Thôn 2")),
    ],
)
def test_a_head_that_means_two_units_gives_to_neither_and_is_said(head, names):
    rows = [[*HEAD, head, "Cộng"], [*ROW[:5], 10.0]]
    sheet = Grid("Giao chỉ tiêu", rows)

    assert {"a.1", "a.2"}.isdisjoint(plans(*rows, names=names))
    issues = consolidated(units(*names), TABLE, sheet).issues
    assert found(issues, Code.ASSIGNMENT_UNIT_UNKNOWN) == ["E1"]


@pytest.mark.parametrize(
    "rows",
    [
        [[*HEAD, "Giao cho các thôn", "", "Cộng"], ["", "", "", "", "Thôn 1", "Thôn 2", ""]],
        [[*HEAD, "Giao", "", "Cộng"], ["", "", "", "", "A.1", "A.2", ""]],
        [[*HEAD, "Thôn 1", "Thôn 2", "Cộng"], ["", "", "", "", "A.1", "A.2", ""]],
    ],
)
def test_the_units_may_stand_in_a_second_row(rows):
    assert plans(*rows, [*ROW, 30.0]) == BOTH


@pytest.mark.parametrize("total", ["Tổng", "Tổng số", "Cộng chung", None])
def test_the_total_may_be_called_otherwise_or_lack(total):
    more = [] if total is None else [total]
    figures = [] if total is None else [30.0]

    assert plans([*HEAD, "Thôn 1", "Thôn 2", *more], [*ROW, *figures]) == BOTH


def test_columns_beside_the_units_are_none():
    head = ["STT", *HEAD, "Năm trước", "Thôn 1", "Thôn 2", "Cộng", "Ghi chú"]

    assert plans(head, [1.0, *ROW[:4], 25.0, 10.0, 20.0, 30.0, 7.0]) == BOTH
