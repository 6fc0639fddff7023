"""The summary workbook: a report as a printed Excel file of values and native formulas."""

from pathlib import Path
from typing import Any

from danvan_xl.report import Report
from danvan_xl.writing.charts import write_charts
from danvan_xl.writing.packing import QuickWorkbook
from danvan_xl.writing.styles import FONT, Styles
from danvan_xl.writing.tables import Book, table_place, write_table
from danvan_xl.writing.tracking import write_tracking

# Above it the sheets are assembled on disk, so that memory stays flat.
_MOST_ROWS_IN_MEMORY = 50_000


def write_summary(path: Path, report: Report) -> None:
    """Write the report to an .xlsx file at `path`: the tables, the registers, the charts.

    The same report always gives the same bytes. Text never becomes a formula or a link by itself.
    """
    with QuickWorkbook(str(path), _options(report)) as workbook:
        workbook.set_properties(
            {
                "title": report.tables[0].sheet.heading if report.tables else "",
                "author": report.heading.unit_name,
                "created": report.created,
            }
        )
        places = {table.sheet.name: table_place(table) for table in report.tables}
        book = Book(workbook, Styles(workbook), report.heading, places)
        for table in report.tables:
            write_table(book, table)
        if report.registers:
            write_tracking(book, report.registers)
        if report.charts:
            write_charts(book, report.charts)


def _options(report: Report) -> dict[str, Any]:
    row_count = sum(len(table.rows) for table in report.tables)
    return {
        "in_memory": row_count <= _MOST_ROWS_IN_MEMORY,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        # At this size a digit is as wide as the unit column widths are given in.
        "default_format_properties": {"font_name": FONT, "font_size": 11},
    }
