"""Month columns that are headed by a day, or by a bare number; any one of them makes a table."""

import datetime as dt

import pytest

from danvan_xl.files.grid import Grid
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.messages import Code
from tests.sheets import book, consolidated, found, info

ROW = ["K", "Kinh tế", "Thu", "việc", 100.0]
HEAD = ["Mã", "Lĩnh vực", "Chỉ tiêu", "ĐVT", "Kế hoạch"]


def sheet(heads, figures, *, above=(), title="Chỉ tiêu") -> Grid:
    """Return a sheet whose month columns are headed like this."""
    return Grid(title, [*above, [*HEAD, *heads], [*ROW, *figures]])


def figures_of(*grids: Grid, year: float | None = 2026.0) -> dict[int, float]:
    """Return the figures that were read, by month."""
    fields = {"Mã_đơn_vị": "A", "Tên_đơn_vị": "Xã A"} | ({"Năm": year} if year else {})
    own = read_book(book(info(**fields), *grids)).own
    if own is None:
        return {}
    months = own.targets[0].months
    return {at: float(item.value) for at, item in enumerate(months, 1) if item.value is not None}


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ([dt.date(2026, 1, 1), dt.date(2026, 2, 1)], {1: 7, 2: 8}),
        ([dt.date(2026, 3, 31), dt.date(2026, 6, 30)], {3: 7, 6: 8}),  # any day
        ([dt.datetime(2026, 2, 1), dt.datetime(2026, 3, 1)], {2: 7, 3: 8}),
        (["01/01/2026", "01/02/2026"], {1: 7, 2: 8}),
        (["1/2026", "02/2026"], {1: 7, 2: 8}),
        (["1-2026", "2.2026"], {1: 7, 2: 8}),
        (["1/26", "02/26"], {1: 7, 2: 8}),
        (["T1/26", "Tháng 2/26"], {1: 7, 2: 8}),
        (["2026-01", "2026/2"], {1: 7, 2: 8}),
        (["202601", 202602.0], {1: 7, 2: 8}),
        (["Jan", "February"], {1: 7, 2: 8}),
        (["Jan-26", "Feb 2026"], {1: 7, 2: 8}),
        (["Sept. 2026", "Jan 2025"], {9: 7}),
        (["May", "Máy"], {}),  # a word
        (["1-31", "1-30"], {}),  # days
        (["T1", dt.date(2026, 2, 1)], {1: 7, 2: 8}),  # Excel made one of them a day
        (["T1", dt.date(2026, 1, 15)], {1: 7}),  # T1 is there
        ([dt.date(2025, 1, 1), dt.date(2026, 2, 1)], {2: 8}),  # another year
        ([dt.date(2026, 1, 5), dt.date(2026, 1, 12)], {}),  # weeks
    ],
)
def test_months_are_known_by_days_of_the_year(heads, expected):
    assert figures_of(sheet(heads, [7.0, 8.0])) == expected


def test_without_a_year_the_days_say_it_unless_they_disagree():
    same = sheet([dt.date(2026, 1, 1), dt.date(2026, 2, 1)], [7.0, 8.0])
    two = sheet([dt.date(2025, 1, 1), dt.date(2026, 2, 1)], [7.0, 8.0])

    assert figures_of(same, year=None) == {1: 7, 2: 8}
    assert figures_of(two, year=None) == {}


@pytest.mark.parametrize(
    ("heads", "above", "expected"),
    [
        ([float(at) for at in range(1, 13)], [], {1: 7, 2: 8, 3: 9}),
        ([f"{at:02d}" for at in range(1, 13)], [], {1: 7, 2: 8, 3: 9}),
        ([1.0, 2.0, 3.0], [[*[""] * 5, "Thực hiện các tháng"]], {1: 7, 2: 8, 3: 9}),
        ([1.0, 2.0, 3.0], [], {}),  # it may be thôn 1, 2, 3
        ([1.0, 2.0], [[*[""] * 5, "Tháng"]], {}),  # fewer than three
        ([2.0, 3.0, 4.0], [[*[""] * 5, "Tháng"]], {}),
        ([1.0, 2.0, 4.0], [[*[""] * 5, "Tháng"]], {}),
    ],
)
def test_months_are_known_by_their_numbers_where_nothing_else_can_be_meant(heads, above, expected):
    figures = [7.0, 8.0, 9.0, *[""] * (len(heads) - 3)]

    assert figures_of(sheet(heads, figures, above=above)) == expected


@pytest.mark.parametrize("count", [3, 12])
def test_numbers_under_headings_of_their_own_number_the_columns(count):
    heads = ["Tháng này", "Tháng trước", *(f"Cột {at}" for at in range(3, count + 1))]
    numbers = [*[""] * len(HEAD), *map(float, range(1, count + 1))]
    made = Grid("Chỉ tiêu", [[*HEAD, *heads], numbers, [*ROW, *[7.0] * count]])

    assert figures_of(made) == {}


def test_how_the_months_were_known_is_noted_once():
    days = [dt.date(2026, at, 1) for at in range(1, 4)]
    numbers = [float(at) for at in range(1, 13)]

    by_days = consolidated(sheet(days, [1.0, 2.0, 3.0]), period="Quý I").issues
    by_numbers = consolidated(sheet(numbers, [1.0, 2.0, 3.0]), period="Quý I").issues

    assert found(by_days, Code.MONTHS_BY_DATE) == ["F1"]
    assert found(by_numbers, Code.MONTHS_BY_NUMBER) == ["F1"]
    assert found(by_days, Code.COLUMN_LOOSELY) == found(by_days, Code.MONTH_COLUMNS_FEW) == []


@pytest.mark.parametrize(
    ("head", "month"),
    [
        *((head, 2) for head in ("T2", "Tháng 2", "TH T2", "Tháng 2/2026", "thang 2", "T.2")),
        *((head, 2) for head in ("Tháng Hai", "tháng hai", "THÁNG II", "thang hai", "Thg 2")),
        *((head, 2) for head in ("KQ T2", "Số liệu tháng 02", "Tháng thứ 2", "T02", "T. 2")),
        *(("Tháng Một", 1), ("tháng giêng", 1), ("Tháng tư", 4), ("Tháng IV", 4), ("T6", 6)),
        *(("Tháng mười", 10), ("Tháng Mười một", 11), ("Tháng chạp", 12), ("T12", 12)),
    ],
)
def test_any_month_column_is_enough(head, month):
    assert figures_of(sheet([head], [7.0])) == {month: 7}


@pytest.mark.parametrize(
    "head", ["Tháng 1, 2", "Tháng 1 + 2", "T1-2", "Tháng 1-2", "T1; 2", "T1/2"]
)
def test_two_months_in_one_header_are_no_twelfth(head):
    assert figures_of(sheet([head, "T3"], [7.0, 8.0])) == {3: 8}


@pytest.mark.parametrize(
    ("heads", "read", "said"),
    [
        ([dt.date(2025, 1, 1), dt.date(2025, 2, 1)], {}, ["F1"]),
        (["T1/2025", "Tháng 2 năm 2025"], {}, ["F1"]),
        (["T1/2026", "T2/2025"], {1: 7}, ["G1"]),  # mistyped
        ([dt.date(2026, 1, 1), dt.date(2025, 2, 1)], {1: 7}, ["G1"]),
        (["T1/2025", "T1/2026"], {1: 8}, []),  # last year's beside it
        ([dt.date(2025, 1, 1), dt.date(2026, 1, 1)], {1: 8}, []),
        ([dt.date(2026, 1, 1), dt.date(2025, 1, 1)], {1: 7}, []),
        (["Tháng 1 năm 2026", "Tháng 1 (2025)"], {1: 7}, []),
        (["T1", "T2"], {1: 7, 2: 8}, []),
    ],
)
def test_months_of_another_year_are_said_not_to_be_read(heads, read, said):
    made = sheet(heads, [7.0, 8.0])
    issues = consolidated(made, period="Tháng 2").issues

    assert figures_of(made) == read
    assert found(issues, Code.MONTHS_OF_OTHER_YEARS) == said
    assert found(issues, Code.COLUMN_UNREAD) == []


def test_a_table_of_a_few_months_is_no_table_beside_the_whole_one():
    whole = sheet(["T1", "T2"], [7.0, 8.0])
    few = sheet(["T2"], [80.0], title="Theo dõi")

    assert figures_of(few, whole) == figures_of(whole, few) == {1: 7, 2: 8}
    issues = consolidated(few, whole, period="Tháng 2").issues
    assert found(issues, Code.SHEET_REPEATED) == []


def test_numbers_that_may_be_anything_are_named_where_no_table_is_found():
    from danvan_xl.consolidation.consolidation import CannotConsolidateError

    with pytest.raises(CannotConsolidateError) as caught:
        consolidated(sheet([1.0, 2.0, 3.0], [7.0, 8.0, 9.0]))

    assert "có các cột ghi số 1, 2, 3" in str(caught.value)
    assert "nếu các số là tháng, ghi T1, T2… vào đầu cột" in str(caught.value)


def test_the_header_once_more_below_is_no_row():
    days = [dt.date(2026, 1, 1), dt.date(2026, 2, 1)]
    rows = [[*HEAD, *days], [*ROW, 7.0, 8.0], [*HEAD, *days], ["L", *ROW[1:], 1.0, 2.0]]

    assert figures_of(Grid("Chỉ tiêu", rows)) == {1: 7, 2: 8}
    read = read_book(book(info(Năm=2026.0), Grid("Chỉ tiêu", rows)))
    assert read.own is not None
    assert [target.indicator.code for target in read.own.targets] == ["K", "L"]


def test_units_that_are_numbered_are_no_months():
    codes = [f"{at:02d}" for at in range(1, 13)]
    assigned = Grid("Giao chỉ tiêu", [["Mã", "Chỉ tiêu", "ĐVT", "Kế hoạch", *codes, "Cộng"]])
    whole = sheet(["T2"], [7.0])

    assert figures_of(assigned, whole) == {2: 7}
    assert figures_of(assigned) == {}
