"""The hidden sheet that says which template a workbook is and which month its period ends with."""

from xlsxwriter.worksheet import Worksheet

from danvan_xl.contents import Contents
from danvan_xl.forms import MARKER_SHEET, MONTH_NAMES, TARGETS, TEMPLATE_VERSION
from danvan_xl.formulas import period_month
from danvan_xl.periods import PERIODS
from danvan_xl.writing.info_sheet import info_cell
from danvan_xl.writing.target_lines import LETTERS, Lines

_MONTH_ROW = 2
_TABLE_ROW = 5
# What the defined name DV_THANG points at.
MONTH_CELL = f"={MARKER_SHEET}!$B${_MONTH_ROW + 1}"


def write_marker(sheet: Worksheet, contents: Contents, lines: Lines, month: int) -> None:
    """Write version, level, the month that counts (`month` for now) and the table of periods."""
    sheet.write_row(0, 0, ("Mẫu", TEMPLATE_VERSION))
    sheet.write_row(1, 0, ("Cấp", contents.level))
    sheet.write_string(_MONTH_ROW, 0, "Tháng")
    last = _TABLE_ROW + len(PERIODS)
    months = f"{LETTERS[MONTH_NAMES[0]]}${lines.first_row}:${LETTERS[MONTH_NAMES[-1]]}"
    formula = period_month(
        info_cell("period"),
        f"$A${_TABLE_ROW + 1}:$B${last}",
        f"'{TARGETS.title}'!${months}${lines.last_row}",
        f"'{TARGETS.title}'!${LETTERS[MONTH_NAMES[0]]}${lines.first_row}",
    )
    sheet.write_formula(_MONTH_ROW, 1, f"={formula}", None, month)
    for row, period in enumerate(PERIODS, start=_TABLE_ROW):
        sheet.write_string(row, 0, period.label)
        sheet.write_number(row, 1, period.month)
    sheet.protect()
    sheet.very_hidden()
