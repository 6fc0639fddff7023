"""The file that goes upward: what the unit reports, its output sheets, and the manifest.

Values and native formulas only: no macro, no link out of the file, no hidden sheet but the marker.
"""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from xlsxwriter.workbook import Workbook

from danvan_xl.outgoing.calculated import closing_month
from danvan_xl.outgoing.sending import Package
from danvan_xl.reading.manifests import Sealed, manifest_rows
from danvan_xl.schema.info_form import INFO, MONTH
from danvan_xl.schema.sheets import MARKER_SHEET, REGISTERS, TARGETS
from danvan_xl.writing.formula_sheet import FormulaSheet
from danvan_xl.writing.packing import packed
from danvan_xl.writing.styles import FinalStyles, Styles
from danvan_xl.writing.summary.workbook import workbook_options, write_report
from danvan_xl.writing.template.info import write_info
from danvan_xl.writing.template.marker import MONTH_CELL, write_marker
from danvan_xl.writing.template.registers import RegisterSheet
from danvan_xl.writing.template.targets import write_target_sheet
from danvan_xl.writing.template.workbook import add_register, own_page

# Below what the template keeps on the marker sheet.
_MANIFEST_ROW = 200


def write_sending(path: Path, package: Package, sealed: Sealed | None, day: dt.date) -> None:
    """Write a sending to `path`; without its manifest as long as that is not known yet.

    `day` is the date in the file's properties. The same package always gives the same cells.
    Raises OSError when the file cannot be written.
    """
    with packed(path, workbook_options(package.report)) as workbook:
        workbook.set_properties(
            {
                "title": package.report.title,
                "author": package.report.heading.unit_name,
                "created": dt.datetime(day.year, day.month, day.day),
            }
        )
        write_report(workbook, Styles(workbook), package.report)
        _write_figures(workbook, FinalStyles(workbook), package, sealed)


def _write_figures(
    workbook: Workbook, styles: Styles, package: Package, sealed: Sealed | None
) -> None:
    """Write the sheets the level above reads, and the marker sheet."""
    contents = package.contents
    month = closing_month(contents)
    workbook.define_name(MONTH, MONTH_CELL)
    write_info(workbook.add_worksheet(INFO.title, FormulaSheet), styles, contents)
    targets = workbook.add_worksheet(TARGETS.title, FormulaSheet)
    page = replace(own_page(contents, month), is_folded=True, spare_lines=0)
    lines = write_target_sheet(targets, styles, page)
    for register in REGISTERS:
        if contents.registers.get(register.name):
            sheet = workbook.add_worksheet(register.title, RegisterSheet)
            add_register(workbook, sheet, styles, contents, register)
    marker = workbook.add_worksheet(MARKER_SHEET, FormulaSheet)
    write_marker(marker, styles, contents, lines, month)
    if sealed is not None:
        for row, texts in enumerate(manifest_rows(sealed), start=_MANIFEST_ROW):
            for column, text in enumerate(texts):
                marker.write_string(row, column, text)
