"""Sheet Theo năm: each indicator in each of the years that are consolidated as one."""

from danvan_xl.report.material import Material
from danvan_xl.report.remarks import share_notes
from danvan_xl.report.tables import CellsOf, Share, Table, TableRow, plan_cell
from danvan_xl.report.totals import coverage
from danvan_xl.rollup.rating import shown
from danvan_xl.schema.output_sheets import BY_YEAR

_cells = CellsOf(BY_YEAR.columns)


def by_year_table(material: Material) -> Table | None:
    """The indicators year by year; None where there is but one year."""
    result = material.result
    if not result.by_year:
        return None
    in_years = (
        (year, lines[key]) for key in result.lines for year, lines in result.by_year.items()
    )
    rows = (
        _cells(
            code=line.definition.code,
            indicator=line.definition.indicator,
            measure=line.measure,
            year=str(year),
            plan=plan_cell(line.plan, line.edge.kind),
            actual=line.actual,
            completion=Share(shown(line.completion), direction=line.direction),
            rating=line.rating,
            reported=coverage(line),
        )
        for year, line in in_years
    )
    directions = {line.direction for line in result.lines.values()}
    notes = share_notes(directions)
    return Table(BY_YEAR, BY_YEAR.columns, tuple(map(TableRow, rows)), notes=notes)
