"""How a marked copy of a workbook is told from one of figures, however it was saved since."""

from danvan_xl.files.grid import HEAD_ROWS, Grid
from danvan_xl.schema.sheets import MARKER_SHEET
from danvan_xl.vietnamese.text import match_key

# The first sheet of a marked copy, and what its cell A1 says.
CORRECTIONS_TITLE = "Lỗi cần sửa"
CORRECTIONS_HEADING = "BẢN ĐÁNH DẤU LỖI — KHÔNG NỘP BẢN NÀY"
# What the hidden sheet of our templates says in a marked copy, in column A of this row.
SIGN_ROW = 4
SIGN = "Bản đánh dấu lỗi"

_HEADING_KEY = match_key(CORRECTIONS_HEADING)
_SIGN_KEY = match_key(SIGN)


def is_marked_copy(grids: tuple[Grid, ...]) -> bool:
    """Whether one of the sheets says that the workbook is a marked copy."""
    return any(
        _says(grid, SIGN_ROW, _SIGN_KEY)
        if grid.title == MARKER_SHEET
        else _says(grid, 1, _HEADING_KEY)
        for grid in grids
    )


def _says(grid: Grid, row: int, key: str) -> bool:
    """Whether the first cell of a row is the words of a match key."""
    head = grid.rows[:HEAD_ROWS]  # as far as the search for headers reads every sheet
    first = head[row - 1][:1] if len(head) >= row else ()
    return any(isinstance(cell, str) and match_key(cell) == key for cell in first)
