"""Sheet Tổng hợp: every indicator with its plan, what was done of it, and how it is rated."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.report.behind import named_units
from danvan_xl.report.further import SHOWN_OF_TARGETS, further_cells
from danvan_xl.report.material import Material
from danvan_xl.report.remarks import last_year_notes, remarks_on
from danvan_xl.report.sources import first_rows
from danvan_xl.report.tables import (
    Cells,
    CellsOf,
    Comparison,
    Link,
    Points,
    ReportCell,
    Share,
    Table,
    TableRow,
    plan_cell,
)
from danvan_xl.rollup.rating import completion, shown
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.schema.columns import WORK_FIELDS
from danvan_xl.schema.output_sheets import SOURCES, TOTALS
from danvan_xl.vietnamese.measures import is_share
from danvan_xl.vietnamese.periods import YEAR_END

ROMAN = ("I", "II", "III", "IV", "V")
_NO_FIELD = "Chưa xếp lĩnh vực"
_ROUNDING_NOTE = (
    "Tỷ lệ làm tròn đến 2 chữ số thập phân; ngoặc đơn ghi thực hiện/kế hoạch "
    "(chỉ tiêu Giảm: kế hoạch/thực hiện). "
    "Báo cáo: số đơn vị có số liệu/số đơn vị phải báo cáo."
)
_COLUMNS = (*TOTALS.columns, *SHOWN_OF_TARGETS)
_cells = CellsOf(_COLUMNS)


class _Known(NamedTuple):
    """What a row says that is not in its line.

    By code of the indicator: where its addends begin in sheet Nguồn số liệu, the units behind.
    """

    result: Consolidation
    first_rows: Mapping[str, int]
    named: Mapping[str, str]


def totals_table(material: Material) -> Table:
    """The indicators, each work field under its heading."""
    known = _Known(material.result, first_rows(material), named_units(material.unmet))
    return Table(
        sheet=TOTALS,
        columns=_COLUMNS,
        rows=tuple(_rows(known)),
        measure_line="ĐVT: ghi ở từng dòng",
        notes=(_ROUNDING_NOTE, *last_year_notes(material.result)),
    )


def by_field(result: Consolidation) -> Iterator[tuple[str, list[SummaryLine]]]:
    """Each work field that has indicators, with its lines in order."""
    for name in (*WORK_FIELDS, ""):
        lines = [line for line in result.lines.values() if line.definition.work_field == name]
        if lines:
            yield name or _NO_FIELD, lines


def coverage(line: SummaryLine) -> str:
    """The text "22/24", units that have reported of those that have to; "" where none has.

    Those that sent, but not all their months, are told: "24/24 (1 thiếu tháng)".
    """
    short = f" ({line.timing.short} thiếu tháng)" if line.timing.short else ""
    return f"{line.reported}/{line.expected}{short}" if line.expected else ""


def _rows(known: _Known) -> Iterator[TableRow]:
    for position, (field, lines) in enumerate(by_field(known.result)):
        yield _cells.heading(number=ROMAN[position], indicator=field)
        for number, line in enumerate(lines, start=1):
            yield TableRow(_row(number, line, known))


def _row(number: int, line: SummaryLine, known: _Known) -> Cells:
    definition = line.definition
    return _cells(
        number=number,
        code=definition.code,
        indicator=definition.indicator,
        measure=line.measure,
        last_year=line.last_year,
        same_period=None,
        plan=plan_cell(line.plan, line.edge.kind),
        actual=_actual(line, known.first_rows),
        completion=Share(shown(line.completion), direction=line.direction),
        growth=_growth(line, known.result.scope.month),
        period_growth=None,
        rating=line.rating,
        forecast=None,
        reported=coverage(line),
        unmet=known.named.get(definition.code, ""),
        note=remarks_on(line, known.result),
        **further_cells(SHOWN_OF_TARGETS, line.further),
    )


def _growth(line: SummaryLine, month: int) -> Share | Points | None:
    """The year's figure against last year's: a share, of percentages the points between them.

    Before the year ends the two say nothing of each other.
    """
    if month < YEAR_END or line.is_count:
        return None
    if line.actual is None or line.last_year is None:
        return None
    if is_share(line.definition.measure):
        return Points(line.actual - line.last_year, is_signed=True)
    share = completion(line.actual, line.last_year)
    return Share(shown(share), Comparison.LAST_YEAR)


def _actual(line: SummaryLine, first_rows: Mapping[str, int]) -> ReportCell:
    """The figure, leading to its addends where they are shown."""
    first = first_rows.get(line.definition.code)
    if first is None or line.actual is None:
        return line.actual
    return Link(line.actual, SOURCES.name, first)
