"""The summary workbook: a report as a printed Excel file of values and native formulas."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from xlsxwriter.workbook import Workbook

from danvan_xl.files.grid import column_letter
from danvan_xl.report.tables import ChartSheet, Page, Report, Table, TrackedSheet
from danvan_xl.writing.packing import packed
from danvan_xl.writing.styles import FONT, Styles
from danvan_xl.writing.summary.charts import write_charts
from danvan_xl.writing.summary.pages import write_page
from danvan_xl.writing.summary.tables import SummaryBook, table_place, write_table
from danvan_xl.writing.summary.tracking import write_tracking

# Above it the sheets are assembled on disk, so that memory stays flat.
_MOST_ROWS_IN_MEMORY = 50_000
_WRITERS: Mapping[type, Callable[[SummaryBook, Any], None]] = {
    Table: write_table,
    TrackedSheet: write_tracking,
    ChartSheet: write_charts,
    Page: write_page,
}


def write_summary(path: Path, report: Report, area_name: str = "") -> None:
    """Write the report to an .xlsx file at `path`, sheet after sheet.

    The same report always gives the same bytes. Text never becomes a formula or a link by itself.
    With an `area_name` each sheet gives that name, of its own, to the cells that were written.
    """
    with packed(path, workbook_options(report)) as workbook:
        workbook.set_properties(
            {
                "title": report.title,
                "author": report.heading.unit_name,
                "created": report.created,
            }
        )
        write_report(workbook, Styles(workbook), report)
        sheets: list[Any] = workbook.worksheets() if area_name else []
        for sheet in sheets:
            title = sheet.get_name()
            last = f"${column_letter(sheet.dim_colmax)}${sheet.dim_rowmax + 1}"
            workbook.define_name(f"'{title}'!{area_name}", f"='{title}'!$A$1:{last}")


def write_report(workbook: Workbook, styles: Styles, report: Report) -> None:
    """Write the sheets of a report into a workbook."""
    places = {table.sheet.name: table_place(table) for table in report.tables}
    book = SummaryBook(workbook, styles, report.heading, places)
    for item in report.sheets:
        _WRITERS[type(item)](book, item)


def workbook_options(report: Report) -> dict[str, Any]:
    """How XlsxWriter makes a workbook of a report."""
    row_count = sum(len(table.rows) for table in report.tables)
    return {
        "in_memory": row_count <= _MOST_ROWS_IN_MEMORY,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        # At this size a digit is as wide as the unit column widths are given in.
        "default_format_properties": {"font_name": FONT, "font_size": 11},
    }
