"""Money that stands a thousand times apart is asked about, and how it may have been written."""

import pytest

from danvan_xl.schema.messages import Code
from tests.sheets import consolidated, found, grid

HEADER = "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Cộng kỳ | Năm trước | Kế hoạch | T1 | T2 |"


def issues(row: str, measure: str = "triệu đồng"):
    sheet = grid(f"{HEADER}\n| K | Kinh tế | Thu | {measure} | Cuối kỳ | {row} |")
    return consolidated(sheet, period="Tháng 2").issues


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        # A month against the plan: a part of a thousand times, or up to five times that.
        (" | 300 | 9999 | ", []),
        (" | 300 | 10000 | ", ["H2"]),
        (" | 300 | 1500000 | ", ["H2"]),
        (" | 300 | 9 | 10000 ", ["I2"]),
        ("300 |  | 10000 | ", ["H2"]),
        # The plan against last year: a fifth of a thousand times, or five times that.
        ("10 | 1999 | | ", []),
        ("10 | 2000 | | ", ["G2"]),
        ("2000 | 10 | | ", ["F2"]),
        # The plan against what has come so far: a factor of a million, not of a thousand.
        (" | 20000 | 10 | ", []),
        (" | 2000000 | 10 | ", ["G2"]),
        (" | 0 | 10000 | ", []),
        (" | -5 | 10000 | ", []),
        ("300 | 0 | 300000 | ", ["H2"]),
    ],
)
def test_the_borders_of_another_measure(row, cells):
    assert found(issues(row), Code.FIGURE_OFF_SCALE) == cells


@pytest.mark.parametrize(
    ("measure", "told"),
    [("triệu đồng", True), ("tỷ đồng", True), ("đồng", False), ("người", False)],
)
def test_only_money_that_has_a_smaller_measure_is_looked_at(measure, told):
    assert bool(found(issues(" | 300 | 300000 | ", measure), Code.FIGURE_OFF_SCALE)) is told


def test_it_is_said_how_it_may_have_been_written():
    (one,) = [i for i in issues(" | 300 | 300000 | ") if i.code is Code.FIGURE_OFF_SCALE]

    assert dict(one.values) == {
        "what": "T1",
        "value": "300.000",
        "times": "1.000",
        "base": "kế hoạch",
        "other": "300",
        "written": "nghìn đồng",
        "measure": "triệu đồng",
    }
