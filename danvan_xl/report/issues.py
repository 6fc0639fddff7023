"""Sheet Lỗi số liệu: every finding with its place and remedy."""

from collections.abc import Iterator

from danvan_xl.report.csv_text import csv_lines
from danvan_xl.report.long_tables import ROOM_FOR_ISSUES, cut, first
from danvan_xl.report.material import Material
from danvan_xl.report.tables import Cells, CellsOf, Locate, PlaceLink, ReportCell, Table
from danvan_xl.schema.issues import Place
from danvan_xl.schema.output_sheets import ISSUES

_WHEN_EMPTY = "Không có lỗi, không có cảnh báo."
_cells = CellsOf(ISSUES.columns)


def issue_table(material: Material) -> Table:
    """The findings, worst first."""
    count, stem = len(material.result.issues), material.stem
    shown_rows = first(_rows(material), ROOM_FOR_ISSUES.rows(count, stem))
    table = Table(ISSUES, ISSUES.columns, shown_rows, _WHEN_EMPTY)
    which = ", lỗi trước"
    return cut(table, lambda: csv_lines(table.columns, _rows(material)), count, stem, which)


def _rows(material: Material) -> Iterator[Cells]:
    for item in material.result.issues:
        yield _cells(
            severity=item.severity.value,
            unit_name=item.unit_name,
            file=item.place.file,
            sheet=item.place.sheet,
            cell=_cell_of(item.place, material.locate),
            message=item.message,
            remedy=item.remedy,
            issue_code=item.code.label,
        )


def _cell_of(place: Place, locate: Locate) -> ReportCell:
    if not place.cell:
        return ""
    return PlaceLink(place.cell, locate(place.file), place.sheet, place.cell)
