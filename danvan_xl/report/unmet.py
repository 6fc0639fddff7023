"""Sheet Chưa đạt: every plan that is not reached, and who is behind with it."""

from collections.abc import Iterator

from danvan_xl.report.csv_text import csv_lines
from danvan_xl.report.long_tables import ROOM_FOR_UNMET, cut, first
from danvan_xl.report.material import Material
from danvan_xl.report.tables import Cells, CellsOf, Share, Table
from danvan_xl.rollup.rating import gap, shown
from danvan_xl.schema.output_sheets import UNMET

_WHEN_EMPTY = "Không có chỉ tiêu nào chưa đạt hoặc chậm tiến độ."
_cells = CellsOf(UNMET.columns)


def unmet_table(material: Material) -> Table:
    """The plans that are not reached, the least complete first."""
    count, stem = len(material.unmet), material.stem
    shown_rows = first(_rows(material), ROOM_FOR_UNMET.rows(count, stem))
    table = Table(UNMET, UNMET.columns, shown_rows, _WHEN_EMPTY)
    which = ", tỷ lệ thấp nhất trước"
    return cut(table, lambda: csv_lines(table.columns, _rows(material)), count, stem, which)


def _rows(material: Material) -> Iterator[Cells]:
    for number, item in enumerate(material.unmet, start=1):
        definition = item.line.definition
        yield _cells(
            number=number,
            unit_name=item.unit_name,
            code=definition.code,
            indicator=definition.indicator,
            measure=definition.measure,
            plan=item.plan,
            actual=item.actual,
            gap=gap(item.actual, item.plan, definition.direction),
            completion=Share(shown(item.completion), direction=definition.direction),
            rating=item.rating,
        )
