"""Writes the workbook "Sổ kế hoạch công tác dân vận", blank or filled in."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from danvan_xl.files.atomic import replacing
from danvan_xl.outgoing.calculated import closing_month, registers_in
from danvan_xl.outgoing.contents import Contents, UnitSheet
from danvan_xl.schema.info_form import INFO, MONTH
from danvan_xl.schema.registers import Register
from danvan_xl.schema.sheets import ASSIGNMENT, MARKER_SHEET, TARGETS, UNITS
from danvan_xl.writing.formula_sheet import FormulaSheet
from danvan_xl.writing.packing import packed
from danvan_xl.writing.styles import Styles
from danvan_xl.writing.template.assignment import write_assignment
from danvan_xl.writing.template.guide import GUIDE_TITLE, write_guide
from danvan_xl.writing.template.heading import heading_of
from danvan_xl.writing.template.info import write_info
from danvan_xl.writing.template.linked import (
    period_line,
    plain,
    signer,
    unit_code,
    unit_name,
)
from danvan_xl.writing.template.marker import MONTH_CELL, write_marker
from danvan_xl.writing.template.register_choices import choice_cells, registers_of
from danvan_xl.writing.template.registers import RegisterSheet, print_area, write_register
from danvan_xl.writing.template.targets import LAST_COLUMN, TargetPage, write_target_sheet
from danvan_xl.writing.template.units import write_units

# A fixed day, so that the same contents give the same bytes.
_CREATED = dt.datetime(2026, 1, 1)
_OPTIONS = {"in_memory": True}
_PROPERTIES = {
    "title": "Sổ kế hoạch công tác dân vận",
    "author": "danvan_xl",
    "created": _CREATED,
}
_TAB_COLOURS: Mapping[str, str] = {
    GUIDE_TITLE: "#7F7F7F",
    INFO.title: "#FFC000",
    UNITS.title: "#FFC000",
    TARGETS.title: "#C00000",
    ASSIGNMENT.title: "#2F5597",
}
_UNIT_TAB_COLOUR = "#70AD47"
_REGISTER_TAB_COLOUR = "#7030A0"
# Columns of the title block on sheets of targets: end of the left half, start of the right half.
_HALVES = TARGETS.position("measure"), TARGETS.position("t4"), LAST_COLUMN


def write_workbook(path: Path, contents: Contents) -> None:
    """Write `contents` as a workbook at `path`, whole or not at all; OSError when it cannot be."""
    with replacing(path) as temporary, packed(temporary, _OPTIONS, Workbook) as workbook:
        _write_sheets(workbook, contents)


def _write_sheets(workbook: Workbook, contents: Contents) -> None:
    workbook.set_properties(_PROPERTIES)
    workbook.define_name(MONTH, MONTH_CELL)
    styles = Styles(workbook)
    month = closing_month(contents)
    sheets = _add_sheets(workbook, contents)
    write_guide(sheets[GUIDE_TITLE], styles, contents)
    write_info(sheets[INFO.title], styles, contents)
    lines = write_target_sheet(sheets[TARGETS.title], styles, own_page(contents, month))
    if contents.has_units:
        write_units(sheets[UNITS.title], styles, contents)
        write_assignment(sheets[ASSIGNMENT.title], styles, contents, lines)
    for register in registers_of(contents):
        add_register(workbook, sheets[register.title], styles, contents, register)
    for unit in contents.unit_sheets:
        write_target_sheet(sheets[unit.title], styles, _unit_page(contents, unit, month))
    write_marker(sheets[MARKER_SHEET], styles, contents, lines, month)


def add_register(
    workbook: Workbook,
    sheet: Worksheet,
    styles: Styles,
    contents: Contents,
    register: Register,
) -> None:
    """Write a register on its sheet, printed as far as it is filled."""
    assert isinstance(sheet, RegisterSheet)
    write_register(sheet, styles, contents, register)
    workbook.define_name(f"'{register.title}'!_xlnm.Print_Area", print_area(contents, register))


def _add_sheets(workbook: Workbook, contents: Contents) -> dict[str, Worksheet]:
    """The sheets by tab title, in the order of the tabs."""
    with_units = {UNITS.title, ASSIGNMENT.title} if contents.has_units else set()
    order = (GUIDE_TITLE, INFO.title, UNITS.title, TARGETS.title, ASSIGNMENT.title)
    titles = [
        name for name in order if name not in (UNITS.title, ASSIGNMENT.title) or name in with_units
    ]
    registers = [register.title for register in registers_of(contents)]
    colours = {**_TAB_COLOURS, **dict.fromkeys(registers, _REGISTER_TAB_COLOUR)}
    sheets: dict[str, Worksheet] = {}
    for name in (*titles, *registers, *(unit.title for unit in contents.unit_sheets)):
        kind = RegisterSheet if name in registers else FormulaSheet
        sheets[name] = workbook.add_worksheet(name, kind)
        sheets[name].set_tab_color(colours.get(name, _UNIT_TAB_COLOUR))
    sheets[MARKER_SHEET] = workbook.add_worksheet(MARKER_SHEET, FormulaSheet)
    return sheets


def own_page(contents: Contents, month: int) -> TargetPage:
    """The sheet of the workbook's own targets."""
    line = period_line(contents, month)
    return TargetPage(
        title=TARGETS.title,
        block=heading_of(contents, TARGETS.heading, line, _HALVES),
        code=unit_code(contents),
        signer=signer(contents),
        targets=contents.targets,
        month=month,
        is_folded=contents.is_folded,
        registers=registers_of(contents),
        figures=registers_in(contents),
        lists=choice_cells(contents),
    )


def _unit_page(contents: Contents, unit: UnitSheet, month: int) -> TargetPage:
    block = replace(
        heading_of(contents, TARGETS.heading, period_line(contents, month), _HALVES),
        parent_name=unit_name(contents),
        unit_name=plain(unit.unit_name.upper()),
    )
    code = plain(unit.code)
    words = plain("NGƯỜI LẬP BIỂU")
    return TargetPage(
        title=unit.title,
        block=block,
        code=code,
        signer=words,
        targets=unit.targets,
        month=month,
        is_folded=True,
        lists=choice_cells(contents),
    )
