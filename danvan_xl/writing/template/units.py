"""Sheet Đơn vị: the units one level below."""

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from danvan_xl.files.grid import column_letter
from danvan_xl.outgoing.contents import Contents, UnitRow
from danvan_xl.schema.columns import FIGURE_KINDS, Column, Kind
from danvan_xl.schema.sheets import UNITS
from danvan_xl.writing.styles import DATE_FORMAT, INPUT_FILL, Styles
from danvan_xl.writing.template.heading import HEADER_ROW, heading_of, write_heading_block
from danvan_xl.writing.template.inputs import (
    CHANGES_ALLOWED,
    Area,
    add_unique_code,
    explain_headers,
    help_column,
    look_of_kind,
    print_on_a4,
    write_entry,
)
from danvan_xl.writing.template.linked import plain
from danvan_xl.writing.template.register_choices import choice_cells
from danvan_xl.writing.wrapping import line_count, row_height

_FEWEST_LINES = 16  # with the title block, one printed page
_SPARE_LINES = 5
_LOWEST_ROW = 21


def write_units(sheet: Worksheet, styles: Styles, contents: Contents) -> None:
    """Write the list of units with lines to spare."""
    print_on_a4(sheet, UNITS.title)
    columns = _columns(contents)
    last = len(columns) - 1
    block = heading_of(contents, UNITS.heading, plain(UNITS.help), (1, 3, last))
    write_heading_block(sheet, styles, block)
    # Beside the table an officer may begin one of the optional columns.
    sheet.set_column(last + 1, len(UNITS.columns), None, styles.cell(locked=False))
    for position, column in enumerate(columns):
        sheet.set_column(position, position, column.width)
        sheet.write_string(HEADER_ROW, position, column.header, styles.header())
    sheet.set_row(HEADER_ROW, 26)
    explain_headers(sheet, HEADER_ROW, columns)
    count = max(_FEWEST_LINES, len(contents.units) + _SPARE_LINES)
    blank = UnitRow("", "")
    for index in range(count):
        unit = contents.units[index] if index < len(contents.units) else blank
        _write_unit(sheet, styles, HEADER_ROW + 1 + index, unit, columns)
    _help_typing(sheet, styles, (HEADER_ROW + count, columns), choice_cells(contents))
    sheet.repeat_rows(HEADER_ROW)
    sheet.print_area(0, 0, HEADER_ROW + count, last)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.protect("", CHANGES_ALLOWED)
    sheet.set_selection(HEADER_ROW + 1, 0, HEADER_ROW + 1, 0)


def _columns(contents: Contents) -> tuple[Column, ...]:
    """The columns of the sheet; optional ones only where a unit has something there."""
    return tuple(
        column
        for column in UNITS.columns
        if not column.optional or any(unit.entry(column.name) for unit in contents.units)
    )


def _write_unit(
    sheet: Worksheet, styles: Styles, row: int, unit: UnitRow, columns: tuple[Column, ...]
) -> None:
    for position, column in enumerate(columns):
        write_entry(sheet, row, position, unit.entry(column.name), styles.cell(**_look(column)))
    texts = ((unit.entry(column.name), column.width) for column in columns)
    lines = max(line_count(text, width) for text, width in texts if isinstance(text, str))
    sheet.set_row(row, max(_LOWEST_ROW, row_height(lines) + 2))


def _look(column: Column) -> dict[str, object]:
    look: dict[str, object] = {"bg_color": INPUT_FILL, "locked": False, "text_wrap": True}
    if column.kind is not Kind.TEXT:
        look["align"] = "center"
    if column.kind in (Kind.DATE, Kind.CODE):
        look["num_format"] = DATE_FORMAT if column.kind is Kind.DATE else "@"
    if column.kind in FIGURE_KINDS:
        look |= {**look_of_kind(column), "text_wrap": False}
    return look


def _help_typing(
    sheet: Worksheet,
    styles: Styles,
    table: tuple[int, tuple[Column, ...]],
    lists: Mapping[tuple[str, ...], str],
) -> None:
    """Give the columns of a table, down to its last row, their dropdowns and checks."""
    first_row, (last_row, columns) = HEADER_ROW + 1, table
    for position, column in enumerate(columns):
        area: Area = (first_row, position, last_row, position)
        if column.name != "code":
            help_column(sheet, styles, area, column, lists.get(column.choices, ""))
        else:
            letter = column_letter(position)
            codes = f"${letter}${first_row + 1}:${letter}${last_row + 1}"
            add_unique_code(sheet, area, f"{letter}{first_row + 1}", codes)
            sheet.ignore_errors({"number_stored_as_text": codes.replace("$", "")})
