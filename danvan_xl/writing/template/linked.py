"""Cells that follow sheet Thông tin: a formula for the spreadsheet, and the value it has now."""

import datetime as dt
from typing import NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from danvan_xl.outgoing.contents import Contents
from danvan_xl.schema.info_form import MONTH
from danvan_xl.schema.sheets import CUTOFFS, LEVELS
from danvan_xl.writing.template.info import info_cell

_UNDATED = "…… tháng …… năm ………"
_NO_PERIOD = "chưa chọn (chọn ở trang Thông tin)"
_SIGNER = "NGƯỜI LẬP BIỂU"
_COMMUNE = LEVELS[1]


class Linked(NamedTuple):
    """A formula without its "=", and its value at the time of writing."""

    formula: str
    value: str


def plain(text: str) -> Linked:
    """A text that follows nothing."""
    return Linked("", text)


def unit_code(contents: Contents) -> Linked:
    """The code of the workbook's unit."""
    return _field(contents, "unit_code")


def parent_name(contents: Contents) -> Linked:
    """The office above, as printed at the top left."""
    return _upper(contents, "parent_name")


def unit_name(contents: Contents) -> Linked:
    """The office itself, as printed below the one above."""
    return _upper(contents, "unit_name")


def title(contents: Contents, heading: str) -> Linked:
    """A sheet's title with the year of the plan."""
    year = contents.info_text("year")
    cell = info_cell("year")
    text = f"{heading} NĂM {year}" if year else heading
    return Linked(f'"{heading}"&IF({cell}="",""," NĂM "&{cell})', text)


def signer(contents: Contents) -> Linked:
    """The words over the signature."""
    cell = info_cell("preparer_title")
    written = contents.info_text("preparer_title")
    return Linked(f'IF({cell}="","{_SIGNER}",UPPER({cell}))', written.upper() or _SIGNER)


def linked_date_line(contents: Contents) -> Linked:
    """The text "Phổ Phong, ngày 05 tháng 7 năm 2026", with dots where the date is not known.

    Only a commune's name tells the place; elsewhere the line begins with "Ngày".
    """
    day, name, level = (info_cell(field) for field in ("prepared_on", "unit_name", "level"))
    is_placed = f'AND({level}="{_COMMUNE}",ISNUMBER(FIND(" ",{name})))'
    place = f'IF({is_placed},MID({name},FIND(" ",{name})+1,60)&", ngày ","Ngày ")'
    known = f'TEXT(DAY({day}),"00")&" tháng "&MONTH({day})&" năm "&YEAR({day})'
    formula = f'{place}&IF(ISNUMBER({day}),{known},"{_UNDATED}")'
    written = contents.info_text("unit_name")
    locality = written.partition(" ")[2] if contents.info_text("level") == _COMMUNE else ""
    start = f"{locality}, ngày" if locality else "Ngày"
    date = contents.info.get("prepared_on")
    if not isinstance(date, dt.date):
        return Linked(formula, f"{start} {_UNDATED}")
    return Linked(formula, f"{start} {date.day:02d} tháng {date.month} năm {date.year}")


def period_line(contents: Contents, month: int) -> Linked:
    """Which months the cumulative figures cover."""
    period, cutoff = info_cell("period"), info_cell("cutoff")
    ends = tuple(f"(lũy kế từ đầu năm đến {end} tháng " for end in ("ngày 14", "hết"))
    end = f'IF({cutoff}="{CUTOFFS[1]}"," {ends[0]}"," {ends[1]}")&{MONTH}&")"'
    formula = f'"Kỳ báo cáo: "&IF({period}="","{_NO_PERIOD}",{period}&{end})'
    shown = contents.info_text("period")
    if shown:
        shown += f" {ends[contents.info_text('cutoff') != CUTOFFS[1]]}{month})"
    return Linked(formula, f"Kỳ báo cáo: {shown or _NO_PERIOD}")


def write_linked(sheet: Worksheet, row: int, column: int, linked: Linked, style: Format) -> None:
    """Write the formula with its value, or the text that follows nothing."""
    if linked.formula:
        sheet.write_formula(row, column, f"={linked.formula}", style, linked.value)
    else:
        sheet.write_string(row, column, linked.value, style)


def span_linked(
    sheet: Worksheet, row: int, columns: tuple[int, int], linked: Linked, style: Format
) -> None:
    """Write over several columns of one row; a merge of one cell is not allowed."""
    first, last = columns
    if last > first:
        sheet.merge_range(row, first, row, last, "", style)
    write_linked(sheet, row, first, linked, style)


def _field(contents: Contents, name: str) -> Linked:
    cell = info_cell(name)
    return Linked(f'IF({cell}="","",{cell})', contents.info_text(name))


def _upper(contents: Contents, name: str) -> Linked:
    return Linked(f"UPPER({info_cell(name)})", contents.info_text(name).upper())
