"""Headings around the month columns: what is planned, or of another year, is no actual figure."""

import pytest

from danvan_xl.files.grid import Grid
from danvan_xl.schema.messages import Code
from tests.reading.test_month_headers import HEAD, ROW, figures_of, sheet
from tests.sheets import consolidated, found

BLANK = [""] * len(HEAD)


def below(heads, under, figures) -> Grid:
    """Return a sheet with headings below its months."""
    return Grid("Chỉ tiêu", [[*HEAD, *heads], [*BLANK, *under], [*ROW, *figures]])


def over(groups, heads, figures) -> Grid:
    """Return a sheet with headings above its months."""
    return Grid("Chỉ tiêu", [[*HEAD, *groups], [*BLANK, *heads], [*ROW, *figures]])


TWO = ["Tháng 1", "", "Tháng 2", ""]


@pytest.mark.parametrize(
    ("heads", "under", "expected", "said"),
    [
        (TWO, ["KH", "TH", "KH", "TH"], {1: 2, 2: 4}, [Code.MONTHS_IN_BANDS]),
        (
            TWO,
            ["Kế hoạch", "Thực hiện", "Kế hoạch", "Kết quả"],
            {1: 2, 2: 4},
            [Code.MONTHS_IN_BANDS],
        ),
        (TWO, ["Trong tháng", "Lũy kế", "Trong tháng", "Lũy kế"], {1: 1, 2: 3}, []),
        (TWO, ["TH", "%", "TH", "%"], {1: 1, 2: 3}, []),
        (TWO, ["KH", "TH", "", ""], {1: 2, 2: 3}, [Code.MONTHS_IN_BANDS]),
        (TWO, ["KH", "Lũy kế", "KH", "TH"], {2: 4}, [Code.MONTHS_IN_BANDS, Code.MONTHS_UNCLEAR]),
        (["T1", "T2"], ["KH", "KH"], {}, [Code.MONTHS_UNCLEAR]),
        (["T1", "T2"], ["TH", "TH"], {1: 1, 2: 2}, []),
    ],
)
def test_a_month_is_read_where_the_heading_below_says_what_was_done(heads, under, expected, said):
    made = below(heads, under, [1.0, 2.0, 3.0, 4.0][: len(heads)])
    issues = consolidated(made, period="Tháng 2").issues

    assert figures_of(made) == expected
    told = (Code.MONTHS_IN_BANDS, Code.MONTHS_UNCLEAR, Code.ROW_IGNORED)
    assert {item.code for item in issues if item.code in told} == set(said)


@pytest.mark.parametrize(
    ("groups", "expected", "said"),
    [
        (["Kế hoạch", "", "Thực hiện", ""], {1: 3, 2: 4}, [Code.MONTHS_IN_BANDS]),
        (["KH giao theo tháng", "", "Kết quả", ""], {1: 3, 2: 4}, [Code.MONTHS_IN_BANDS]),
        (["Thực hiện", "", "Kế hoạch", ""], {1: 1, 2: 2}, []),
        (["Năm 2025", "", "Năm 2026", ""], {1: 3, 2: 4}, [Code.MONTHS_IN_BANDS]),
        (
            ["Thực hiện năm 2025", "", "Thực hiện năm 2026", ""],
            {1: 3, 2: 4},
            [Code.MONTHS_IN_BANDS],
        ),
        (["Kế hoạch", "", "Kế hoạch sửa đổi", ""], {}, [Code.MONTHS_UNCLEAR]),
        (["Thực hiện", "", "Khác", ""], {1: 1, 2: 2}, [Code.COLUMN_REPEATED] * 2),
    ],
)
def test_months_under_a_heading_of_plans_or_of_another_year_are_not_read(groups, expected, said):
    made = over(groups, ["T1", "T2", "T1", "T2"], [1.0, 2.0, 3.0, 4.0])
    issues = consolidated(made, period="Tháng 2").issues

    assert figures_of(made) == expected
    told = (Code.MONTHS_IN_BANDS, Code.MONTHS_UNCLEAR, Code.COLUMN_REPEATED)
    assert [item.code for item in issues if item.code in told] == said


@pytest.mark.parametrize(
    "above",
    [
        "KẾ HOẠCH VÀ KẾT QUẢ THỰC HIỆN",
        "Phổ Phong, ngày 5 tháng 1 năm 2025",
        "Thực hiện năm 2026",
        "Kế hoạch công tác dân vận và giao các chỉ tiêu cho các đơn vị",
    ],
)
def test_a_title_or_a_day_above_the_months_says_nothing_of_them(above):
    made = sheet(["T1", "T2"], [1.0, 2.0], above=[[*BLANK, above]])

    assert figures_of(made) == {1: 1, 2: 2}
    assert found(consolidated(made, period="Tháng 2").issues, Code.MONTHS_UNCLEAR) == []
