"""Sheet Chưa đạt: every plan that is not reached, and who is behind with it."""

from collections.abc import Iterator
from decimal import Decimal

from danvan_xl.report.behind import Unmet
from danvan_xl.report.csv_text import csv_lines
from danvan_xl.report.long_tables import ROOM_FOR_UNMET, cut, first
from danvan_xl.report.material import Material
from danvan_xl.report.remarks import share_notes
from danvan_xl.report.tables import Cells, CellsOf, Points, Share, Table, plan_cell
from danvan_xl.rollup.counts import UNITS, line_direction
from danvan_xl.rollup.rating import due_before_end, gap, shown
from danvan_xl.schema.options import MonthRule
from danvan_xl.schema.output_sheets import UNMET
from danvan_xl.vietnamese.measures import is_share
from danvan_xl.vietnamese.printed import vietnamese_number

_WHEN_EMPTY = "Không có chỉ tiêu nào chưa đạt, chậm tiến độ hoặc có nguy cơ vượt."
_NAMED = 10
_cells = CellsOf(UNMET.columns)


def unmet_table(material: Material) -> Table:
    """The plans that are not reached, then those behind, the least complete of each first."""
    count, stem = len(material.unmet), material.stem
    shown_rows = first(_rows(material), ROOM_FOR_UNMET.rows(count, stem))
    directions = {item.line.definition.direction for item in material.unmet}
    notes = (*share_notes(directions), *_on_estimates(material))
    table = Table(UNMET, UNMET.columns, shown_rows, _WHEN_EMPTY, notes=notes)
    which = ", chưa đạt trước, tỷ lệ thấp nhất trước"
    return cut(table, lambda: csv_lines(table.columns, _rows(material)), count, stem, which)


def _on_estimates(material: Material) -> Iterator[str]:
    """Which ratings rest on an estimate, in one note."""
    found = [item for item in material.unmet if item.edge.bound]
    if not found:
        return
    named = [
        f"{item.unit_name} {item.line.definition.code} ({item.edge.bound} {_number(item.actual)})"
        for item in found[:_NAMED]
    ]
    rest = f" và {len(found) - _NAMED} dòng khác" if len(found) > _NAMED else ""
    yield f"Đánh giá theo số ước: {'; '.join(named)}{rest}."


def _number(actual: Decimal | None) -> str:
    return "" if actual is None else vietnamese_number(actual)


def _rows(material: Material) -> Iterator[Cells]:
    month = material.result.scope.month
    for number, item in enumerate(material.unmet, start=1):
        definition = item.line.definition
        direction = line_direction(definition, is_count=item.is_count)
        rules = direction, MonthRule.LAST if item.is_count else definition.month_rule
        yield _cells(
            number=number,
            unit_name=item.unit_name,
            code=definition.code,
            indicator=definition.indicator,
            measure=UNITS if item.is_count else definition.measure,
            plan=plan_cell(item.plan, item.edge.kind),
            due=due_before_end(item.plan, month, *rules, item.edge),
            actual=item.actual,
            gap=_gap(item),
            completion=Share(shown(item.completion), direction=direction),
            rating=item.rating,
            cause=item.cause,
            solution=item.solution,
        )


def _gap(item: Unmet) -> Decimal | Points | None:
    """What is missing to the plan of the year, of a percentage in points."""
    definition = item.line.definition
    short = gap(item.actual, item.plan, line_direction(definition, is_count=item.is_count))
    is_points = is_share(definition.measure) and not item.is_count
    return Points(short) if short is not None and is_points else short
