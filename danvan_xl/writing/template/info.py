"""Sheet Thông tin: labels in column A, values in column B, help in column C."""

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from danvan_xl.outgoing.contents import Contents, InfoValue
from danvan_xl.schema.columns import FIGURE_KINDS, Column, Kind
from danvan_xl.schema.info_form import INFO
from danvan_xl.writing.styles import (
    DATE_FORMAT,
    GREY,
    GROUP_FILL,
    INPUT_FILL,
    TITLE_ROW_HEIGHT,
    Styles,
)
from danvan_xl.writing.template.inputs import (
    CHANGES_ALLOWED,
    add_year,
    figure_format,
    help_column,
    print_on_a4,
    write_entry,
)
from danvan_xl.writing.template.register_choices import choice_cells
from danvan_xl.writing.wrapping import line_count, row_height

_FIRST_ROW = 3
_VALUE_COLUMN = 1
_WIDTHS = (28, 38, 50)
_HELP_SIZE = 11
# A code like 01 is text; a year and a day are not.
_FORMATS = {Kind.DATE: DATE_FORMAT, Kind.COUNT: "0"}
_ROWS = {field.name: row for row, field in enumerate(INFO.fields, start=_FIRST_ROW)}


def info_cell(name: str) -> str:
    """The absolute reference of the value of one field, for formulas on other sheets."""
    return f"'{INFO.title}'!$B${_ROWS[name] + 1}"


def write_info(sheet: Worksheet, styles: Styles, contents: Contents) -> None:
    """Write form Thông tin with the values that are known."""
    print_on_a4(sheet, INFO.title, landscape=False)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    last = len(_WIDTHS) - 1
    title = styles(bold=True, font_size=15, align="center")
    sheet.merge_range(0, 0, 0, last, INFO.heading, title)
    sheet.set_row(0, TITLE_ROW_HEIGHT + 6)
    sheet.merge_range(1, 0, 1, last, INFO.help, styles(italic=True, align="center"))
    lists = choice_cells(contents)
    for field in INFO.fields:
        _write_field(sheet, styles, field, contents.info)
        _help_typing(sheet, styles, field, lists.get(field.choices, ""))
    sheet.print_area(0, 0, _FIRST_ROW + len(INFO.fields) - 1, last)
    sheet.protect("", CHANGES_ALLOWED)
    sheet.set_selection(_FIRST_ROW, _VALUE_COLUMN, _FIRST_ROW, _VALUE_COLUMN)


def _write_field(
    sheet: Worksheet, styles: Styles, field: Column, info: Mapping[str, InfoValue]
) -> None:
    row = _ROWS[field.name]
    sheet.write_string(row, 0, field.header, styles.cell(bold=True, bg_color=GROUP_FILL, indent=1))
    look: dict[str, object] = {
        "locked": field.computed,
        "text_wrap": True,
        "align": "left",
        "indent": 1,
    }
    is_plain = field.kind in FIGURE_KINDS and field.name != "year"
    look["num_format"] = figure_format(field) if is_plain else _FORMATS.get(field.kind, "@")
    if not field.computed:
        look["bg_color"] = INPUT_FILL
    value = info.get(field.name, field.default)
    write_entry(sheet, row, _VALUE_COLUMN, value, styles.cell(**look))
    help_look = styles.cell(
        font_size=_HELP_SIZE, font_color=GREY, italic=True, text_wrap=True, indent=1
    )
    sheet.write_string(row, 2, field.help, help_look)
    lines = line_count(field.help, _WIDTHS[2] - 2, _HELP_SIZE)
    sheet.set_row(row, max(24, row_height(lines) + 4))


def _help_typing(sheet: Worksheet, styles: Styles, field: Column, choices_at: str) -> None:
    row = _ROWS[field.name]
    area = (row, _VALUE_COLUMN, row, _VALUE_COLUMN)
    if field.computed:
        return
    if field.name == "year":
        add_year(sheet, area, field)
    else:
        help_column(sheet, styles, area, field, choices_at)
