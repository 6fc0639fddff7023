"""A workbook as openpyxl knows it, without what leads out of its file.

Formulas that take from outside become the values they had last; links to outside, queries and the
names that stand for them go. What was made is looked through again before anybody gets it.
"""

import io
import warnings
from typing import Any

from openpyxl import load_workbook

from danvan_xl.files.outside import Outside, leads_out, reach_of
from danvan_xl.files.outside_xlsx import outside_of_xlsx
from danvan_xl.writing.summary.edited_cells import put_text


def load_quietly(data: bytes, *, values: bool = False) -> Any:
    """A workbook without its links to other files; `values` has what formulas gave last."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what is left out; who uses it tells that
        return load_workbook(io.BytesIO(data), keep_links=False, data_only=values)


def make_harmless(workbook: Any, data: bytes) -> None:
    """Take out of a workbook what leads out of the file it was loaded from."""
    outside = everything_outside(data, workbook)
    if not outside.found:
        return
    _freeze(workbook, data, outside)
    _without_names(workbook)
    for sheet in workbook.worksheets:
        _without_names(sheet)
        _without_links(sheet)
        sheet._pivots = []  # noqa: SLF001 - what they were made of may stand elsewhere
        for table in sheet.tables.values():
            table.tableType = table.connectionId = None
            for column in table.tableColumns:
                column.queryTableFieldId = None


def everything_outside(data: bytes, workbook: Any) -> Outside:
    """What leads out of the bytes of a workbook, all its sheets looked through."""
    return outside_of_xlsx(data, workbook.sheetnames)


def _freeze(workbook: Any, data: bytes, outside: Outside) -> None:
    """Put the last values in place of the formulas that lead out."""
    if not any(outside.cells.values()):
        return
    values = load_quietly(data, values=True)
    for title, cells in outside.cells.items():
        for name in cells:
            last = values[title][name].value
            if isinstance(last, str):
                put_text(workbook[title][name], last)
            else:
                workbook[title][name].value = last


def _without_names(owner: Any) -> None:
    """Take out the names of a workbook or a sheet that stand for something outside of it."""
    for name, defined in list(owner.defined_names.items()):
        if reach_of(defined.attr_text or ""):
            del owner.defined_names[name]


def _without_links(sheet: Any) -> None:
    # Its rows would come with every blank cell up to the last one made.
    for cell in list(sheet._cells.values()):  # noqa: SLF001
        link = getattr(cell, "hyperlink", None)
        if link is not None and leads_out(link.target or ""):
            cell.hyperlink = None
