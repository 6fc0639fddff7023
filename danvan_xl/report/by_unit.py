"""Sheet Theo đơn vị: how complete every unit is with every indicator."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from danvan_xl.consolidation.unit_reports import UnitReport
from danvan_xl.report.csv_text import csv_lines
from danvan_xl.report.long_tables import ROOM_FOR_UNITS, cut
from danvan_xl.report.material import Material
from danvan_xl.report.remarks import share_notes
from danvan_xl.report.tables import Cells, CellsOf, Comparison, Share, Table, TableRow
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import Direction
from danvan_xl.schema.output_sheets import BY_UNIT

_CODE_WIDTH = 6.5
_cells = CellsOf(BY_UNIT.columns)


def by_unit_table(material: Material) -> Table:
    """The units; their columns on the right are the indicators that units report."""
    result, stem = material.result, material.stem
    lines = {
        key: line
        for key, line in result.lines.items()
        if line.expected or key in result.reported_keys
    }
    codes = tuple(_code_column(key, line.definition) for key, line in lines.items())
    directions = {key: line.definition.direction for key, line in lines.items()}
    shown_units = enumerate(_furthest_behind(result.units, stem), start=1)
    table = Table(
        BY_UNIT,
        (*BY_UNIT.columns, *codes),
        tuple(TableRow(_row(*numbered, directions)) for numbered in shown_units),
        "Sổ không có đơn vị trực thuộc.",
        "ĐVT: % kế hoạch năm",
        notes=share_notes(directions.values()),
    )
    which = ": những đơn vị có nhiều chỉ tiêu chưa đạt, chậm tiến độ, có nguy cơ vượt nhất"
    all_rows = partial(_rows_as_text, result.units, directions)
    return cut(table, lambda: csv_lines(table.columns, all_rows()), len(result.units), stem, which)


def _code_column(key: str, definition: Indicator) -> Column:
    return Column(key, definition.code, Kind.SHARE, help=definition.indicator, width=_CODE_WIDTH)


def _furthest_behind(units: Sequence[UnitReport], stem: str) -> Sequence[UnitReport]:
    """The units there is room for, in their own order: those with most behind."""
    room = ROOM_FOR_UNITS.rows(len(units), stem)
    ranked = sorted(range(len(units)), key=lambda position: (-units[position].unmet, position))
    return [units[position] for position in sorted(ranked[:room])]


def _row(number: int, report: UnitReport, directions: Mapping[str, Direction]) -> Cells:
    """The cells of a unit; those of the indicators follow in the order of `directions`."""
    share_of = report.shares().get
    return (
        *_heads(number, report),
        *[
            Share(found[0], Comparison.PLAN, direction, found[1]) if found is not None else None
            for found, direction in zip(map(share_of, directions), directions.values(), strict=True)
        ],
    )


def _rows_as_text(units: Sequence[UnitReport], keys: Mapping[str, Direction]) -> Iterator[Cells]:
    """The rows of all units, their shares as they are printed."""
    for number, report in enumerate(units, start=1):
        share_of = report.share_texts().get
        yield *_heads(number, report), *[share_of(key, "") for key in keys]


def _heads(number: int, report: UnitReport) -> Cells:
    return _cells(
        number=number,
        code=report.unit.code,
        unit_name=report.unit.name,
        met_count=report.met,
        missed_count=report.unmet_counts.missed,
        behind_count=report.unmet_counts.behind,
        at_risk_count=report.unmet_counts.at_risk,
    )
