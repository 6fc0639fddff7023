"""Why a unit is behind, from its row to the sheet Chưa đạt of every level, however many units."""

import pytest

from danvan_xl.report.compose import compose
from danvan_xl.report.tables import Table
from danvan_xl.rollup.rating import Edge
from danvan_xl.schema.output_sheets import UNMET
from danvan_xl.vietnamese.numbers import Bound
from tests.chain import consolidated, info_grid, opened, units_grid
from tests.sheets import grid
from tests.whole.test_chain import sent

HEADER = (
    "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Kế hoạch | KH 6 tháng | T1 | T6 | Nguyên nhân | Giải pháp "
    "| Ghi chú |"
)
ROW = "| K | Kinh tế | Thu quỹ | triệu | {} |"


def book(code: str, name: str, level: str, cells: str, *more):
    sheet = grid(f"{HEADER}\n{ROW.format(cells)}")
    return opened(f"{code}.xlsx", info_grid(code, name, level), *more, sheet)


def shown(table: Table) -> list[tuple[object, ...]]:
    names = ("unit_name", "rating", "cause", "solution")
    places = [UNMET.position(name) for name in names]
    return [tuple(row.cells[at] for at in places) for row in table.rows]


def thon(number: int):
    few = number % 9
    words = f"Mưa lũ {number} | Bù quý {number % 4} | Nói riêng"
    cells = f"100 | 50 | {few} | trên {few + 1} | {words}"
    return book(f"A.{number}", f"Thôn {number}", "Thôn", cells)


def xa(count: int, *, monthly: bool = False):
    found = [thon(number) for number in range(1, count + 1)]
    units = units_grid([(f"A.{at}", f"Thôn {at}") for at in range(1, count + 1)], "Thôn")
    own = book("A", "Xã A", "Xã", f"{count * 100} | | | | Nhiều thôn chậm | Giao ban tuần |", units)
    return consolidated(own, found, monthly=monthly)


@pytest.mark.parametrize("count", [3, 160])
def test_the_units_words_stand_beside_their_figures_packed_or_not(count):
    result = xa(count)

    rows = shown(compose(result).table("unmet"))
    assert result.is_many is (count > 100)
    assert len(rows) == count + 1
    assert ("Xã A", "Chậm tiến độ", "Nhiều thôn chậm", "Giao ban tuần") in rows
    assert ("Thôn 2", "Chậm tiến độ", "Mưa lũ 2", "Bù quý 2") in rows
    (line,) = result.lines.values()
    assert {item.edge._replace(due=None) for item in line.behind} == {Edge(bound=Bound.AT_LEAST)}


@pytest.mark.parametrize("count", [3, 160])
def test_a_sending_takes_the_words_of_the_office_up_and_leaves_its_remarks(tmp_path, count):
    found = sent(xa(count, monthly=True), tmp_path / "BC_A.xlsx")
    top = book("T", "Tỉnh T", "Tỉnh", "50000 | | | | | |", units_grid([("A", "Xã A")], "Xã"))

    rows = shown(compose(consolidated(top, [found])).table("unmet"))

    assert ("Xã A", "Chậm tiến độ", "Nhiều thôn chậm", "Giao ban tuần") in rows
    said = str([list(map(list, sheet.rows)) for sheet in found.grids])
    assert "Nói riêng" not in said
    assert "Mưa lũ 1" in said  # the office's own list of what is behind goes along
