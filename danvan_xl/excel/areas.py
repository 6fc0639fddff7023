"""Where the program has written in an open workbook: a name for the cells of each output sheet.

The names tell the program's sheets from the officer's, and its cells from those beside and below.
"""

from typing import Any

from danvan_xl.forms import OUTPUT_SHEETS, TRACKING_TITLE

OUTPUT_TITLES = (*(sheet.title for sheet in OUTPUT_SHEETS), TRACKING_TITLE)
_PREFIX = "DV_trang"
_NAMES = {title: f"{_PREFIX}{number}" for number, title in enumerate(OUTPUT_TITLES, start=1)}


def is_output(book: Any, title: str) -> bool:
    """Whether a sheet is one the program has written into this workbook."""
    return title in _NAMES and area_of(book, title) is not None


def area_of(book: Any, title: str) -> Any | None:
    """Return the cells the program has written on a sheet; None when there are none."""
    wanted = _NAMES[title]
    if wanted not in book.names:
        return None
    return book.names[wanted].refers_to_range


def remember(book: Any, cells: Any) -> None:
    """Note that the program has written these cells."""
    title = cells.sheet.name
    quoted = title.replace("'", "''")
    book.names.add(_NAMES[title], f"='{quoted}'!{cells.address}")
