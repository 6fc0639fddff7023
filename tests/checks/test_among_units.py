"""A percent kept as a fraction shows by what the other units have, where no plan tells."""

import pytest

from danvan_xl.consolidation import many
from danvan_xl.schema.messages import Code
from tests.sheets import consolidated, grid, sub_sheet, units

XA = (
    "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Cộng kỳ | Tổng hợp | Kế hoạch | T1 |\n"
    "| K | Kinh tế | Tỷ lệ hộ dùng nước sạch | {} | Cuối kỳ | Bình quân | | |"
)
SUB = "| Mã | Chỉ tiêu | ĐVT | Kế hoạch | T1 |\n| K | Tỷ lệ hộ dùng nước sạch | {} | {} | {} |"


def told(*figures: str, plan: str = "", measure: str = "%") -> list[tuple[str, str]]:
    """Return the sheets and cells that are asked about."""
    names = [f"Thôn {number}" for number in range(1, len(figures) + 1)]
    sheets = [
        sub_sheet(f"A.{number}", SUB.format(measure, plan, figure), f"Thôn {number}")
        for number, figure in enumerate(figures, start=1)
    ]
    issues = consolidated(grid(XA.format(measure)), units(*names), *sheets).issues
    asked = [item.place for item in issues if item.code is Code.SHARE_TOO_SMALL]
    return [(place.sheet, place.cell) for place in asked]


@pytest.mark.parametrize("fewest", [0, 10_000])
@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (("95", "0.96", "97"), [("Thôn 2", "E4")]),
        (("0.95", "0.96", "97", "98", "99"), [("Thôn 1", "E4"), ("Thôn 2", "E4")]),
        (("0.5", "0.7", "1.1"), []),  # small everywhere
        (("0.9", "12", "15"), []),  # not under a twentieth
        (("0.4", "12", "15"), [("Thôn 1", "E4")]),
        (("0", "95", "96"), []),  # 0 is a number
        (("0.95",), []),
        (("0.95", "95"), [("Thôn 1", "E4")]),
    ],
)
def test_a_fraction_among_percents_is_asked_about(monkeypatch, fewest, figures, expected):
    monkeypatch.setattr(many, "MANY", fewest)

    assert told(*figures) == expected


def test_what_the_plan_tells_is_told_once():
    assert told("0.95", "95", "96", plan="95") == [("Thôn 1", "E4")]


def test_of_what_is_no_percent_nothing_is_asked():
    assert told("0.95", "95", "96", measure="tấn") == []
