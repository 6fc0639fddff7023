"""What an open workbook holds, and what the officer was shown, for tests of the buttons."""

from typing import Any


def said(office: Any) -> str:
    """Return what the officer was shown last."""
    return str(office.impl.alerts[-1][0])


def contents(sheet: Any) -> list[list[Any]]:
    """Return the formulas of a sheet, row by row."""
    cells = sheet.range((1, 1), sheet.used_range.last_cell)
    found = cells.formula
    return [list(row) for row in found] if isinstance(found, tuple) else [[found]]
