"""The hidden sheet: which template a workbook is, and what its formulas and dropdowns look up."""

import datetime as dt
from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from danvan_xl.outgoing.contents import Contents
from danvan_xl.outgoing.formulas import period_month
from danvan_xl.outgoing.register_formulas import month_bounds_cells
from danvan_xl.schema.sheets import (
    CUTOFFS,
    GIVEN_HEADING,
    ISSUED_HEADINGS,
    ISSUED_LABEL,
    ISSUED_ROW,
    MARKER_SHEET,
    MONTH_NAMES,
    TARGETS,
    TEMPLATE_VERSION,
)
from danvan_xl.vietnamese.periods import PERIODS, YEAR_END
from danvan_xl.writing.styles import DATE_FORMAT, Styles
from danvan_xl.writing.template.info import info_cell
from danvan_xl.writing.template.register_choices import LISTS_COLUMN, listed_choices
from danvan_xl.writing.template.target_lines import LETTERS, Lines

_MONTH_ROW = 2
_TABLE_ROW = 5
# Between the days of the months and the lists.
_GIVEN_COLUMN = 6
_FIRST_DATE = dt.date(1899, 12, 30)  # day 0 of a spreadsheet
# What the defined name DV_THANG points at.
MONTH_CELL = f"={MARKER_SHEET}!$B${_MONTH_ROW + 1}"


def write_marker(
    sheet: Worksheet, styles: Styles, contents: Contents, lines: Lines, month: int
) -> None:
    """Write version, level, the month that counts (`month` for now) and the tables."""
    sheet.write_row(0, 0, ("Mẫu", TEMPLATE_VERSION))
    sheet.write_row(1, 0, ("Cấp", contents.level))
    sheet.write_string(_MONTH_ROW, 0, "Tháng")
    _write_given(sheet, contents)
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
    _write_months(sheet, styles, contents)
    for column, choices in enumerate(listed_choices(contents), start=LISTS_COLUMN):
        for row, choice in enumerate(choices):
            sheet.write_string(row, column, choice)
    _write_issued(sheet, contents, LISTS_COLUMN + len(listed_choices(contents)))
    sheet.protect()
    sheet.very_hidden()


def _write_given(sheet: Worksheet, contents: Contents) -> None:
    """Write whom the office above gave the workbook out to, and which codes it has given."""
    codes = [row.indicator.code for row in contents.targets if row.is_given]
    if codes:
        unit = map(contents.info_text, ("unit_code", "unit_name", "year"))
        for column, text in enumerate((ISSUED_LABEL, *unit)):
            sheet.write_string(ISSUED_ROW - 1, column, text)
        sheet.write_string(0, _GIVEN_COLUMN, GIVEN_HEADING)
        for row, code in enumerate(codes, start=1):
            sheet.write_string(row, _GIVEN_COLUMN, code)


def _write_issued(sheet: Worksheet, contents: Contents, column: int) -> None:
    """Write under which names indicators were given: an office may call them otherwise later."""
    names = contents.issued or tuple(
        (row.indicator.code, row.indicator.indicator) for row in contents.targets if row.is_given
    )
    if names:
        for row, texts in enumerate((ISSUED_HEADINGS, *names)):
            for at, text in enumerate(texts, start=column):
                sheet.write_string(row, at, text)


def _write_months(sheet: Worksheet, styles: Styles, contents: Contents) -> None:
    """Write the first day of each month, and the day after its last, by the rule of the unit."""
    look = styles(num_format=DATE_FORMAT)
    for month in range(1, YEAR_END + 1):
        for cell, bound in zip(month_bounds_cells(month), _bounds(contents, month), strict=True):
            formula, value = bound
            place = cell.partition("!")[2].replace("$", "")
            sheet.write_formula(place, f"={formula}", look, value)


def _bounds(contents: Contents, month: int) -> Iterator[tuple[str, int | str]]:
    """Formula and value of a month's first day and of the first day of the next month."""
    year, cutoff = info_cell("year"), info_cell("cutoff")
    stated = contents.info_text("year").strip()
    on_14th = contents.info_text("cutoff") == CUTOFFS[1]
    for number in (month, month + 1):
        by_14th = f"DATE({year},{number - 1},15)"
        days = f'IF({cutoff}="{CUTOFFS[1]}",{by_14th},DATE({year},{number},1))'
        value = _serial(int(stated), number, on_14th) if stated.isdecimal() else ""
        yield f'IF({year}="","",IFERROR({days},""))', value


def _serial(year: int, month: int, on_14th: bool) -> int:
    """The number a spreadsheet has for the day on which a month (1 to 13) begins."""
    index = year * YEAR_END + month - 1 - on_14th
    day = dt.date(index // YEAR_END, index % YEAR_END + 1, 15 if on_14th else 1)
    return (day - _FIRST_DATE).days
