"""Where the program has written in an open workbook: each output sheet has a name for these cells.

The name tells the program's sheets from the officer's, and its cells from those beside and below;
it goes along when rows are inserted.
"""

from typing import Any

from danvan_xl.schema.output_sheets import OUTPUT_SHEETS

OUTPUT_TITLES = tuple(sheet.title for sheet in OUTPUT_SHEETS if sheet.is_live)
AREA_NAME = "DV_vung"  # of the sheet, not of the workbook


def is_output(sheet: Any) -> bool:
    """Whether a sheet is one the program has written into this workbook."""
    return sheet.name in OUTPUT_TITLES and area_of(sheet) is not None


def area_of(sheet: Any) -> Any | None:
    """The cells the program has written on a sheet; None when there are none."""
    return sheet.names[AREA_NAME].refers_to_range if AREA_NAME in sheet.names else None


def remember(cells: Any) -> None:
    """Note that the program has written these cells."""
    quoted = cells.sheet.name.replace("'", "''")
    cells.sheet.names.add(AREA_NAME, f"='{quoted}'!{cells.address}")
