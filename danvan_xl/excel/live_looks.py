"""How the cells of an open sheet look: which are shown as percentages, which are merged."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from danvan_xl.files.cells_xml import SheetLooks
from danvan_xl.files.grid import Cell, cell_name
from danvan_xl.files.number_formats import has_percent, may_mislead

_MOST_QUESTIONS = 4_000  # to Excel, about one sheet; each takes part of a millisecond


class _Block(NamedTuple):
    """Rows and columns of a sheet, counted from 0; the ends are not in it."""

    top: int
    left: int
    bottom: int
    right: int

    def halves(self) -> "tuple[_Block, _Block]":
        """Both halves of it, across its longer side."""
        if self.bottom - self.top > self.right - self.left:
            middle = (self.top + self.bottom) // 2
            return self._replace(bottom=middle), self._replace(top=middle)
        middle = (self.left + self.right) // 2
        return self._replace(right=middle), self._replace(left=middle)

    @property
    def is_one_cell(self) -> bool:
        """Whether it cannot be halved."""
        return self.bottom - self.top == 1 and self.right - self.left == 1


def live_looks(cells: Any, values: Sequence[Sequence[Cell]]) -> SheetLooks:
    """How the cells of a sheet from A1 on look; `values` are what they hold."""
    height, width = len(values), max(map(len, values), default=0)
    whole = _Block(0, 0, height, width)
    if not height or not width:
        return SheetLooks()
    is_calc = hasattr(cells.impl, "formats_in_use")  # LibreOffice
    found = _in_calc(cells) if is_calc else _in_excel(cells, values, whole)
    formats = [(code, block) for code, block in found if code is not None]
    is_known = len(formats) == len(found)
    percents, misleading = (
        {
            cell_name(row + 1, column): code
            for code, block in formats
            if is_wanted(code)
            for row in range(block.top, min(block.bottom, height))
            for column in range(block.left, min(block.right, width))
            if _is_number(values[row][column])
        }
        for is_wanted in (has_percent, may_mislead)
    )
    merged = tuple(dict.fromkeys(_merged(cells, whole)))
    return SheetLooks(percents=percents, merged=merged, is_known=is_known, misleading=misleading)


def _is_number(value: Cell) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _in_calc(cells: Any) -> list[tuple[str | None, _Block]]:
    return [
        (code, _Block(top, left, bottom + 1, right + 1))
        for code, (top, left, bottom, right) in cells.impl.formats_in_use()
    ]


def _in_excel(
    cells: Any, values: Sequence[Sequence[Cell]], whole: _Block
) -> list[tuple[str | None, _Block]]:
    """The formats of the blocks that hold numbers; Excel says none where a block has several.

    None is the format of a block that was too much to ask about.
    """

    def holds_numbers(block: _Block) -> bool:
        rows = values[block.top : block.bottom]
        return any(_is_number(value) for row in rows for value in row[block.left : block.right])

    asked = _asked(cells, whole, lambda part: part.number_format, holds_numbers)
    return [(code if isinstance(code, str) else None, block) for block, code in asked]


def _merged(cells: Any, whole: _Block) -> Iterator[str]:
    """The areas that are one cell. LibreOffice says so where a block has one, Excel says none."""
    is_calc = hasattr(cells.impl, "merged_area")

    def said(part: Any) -> bool | None:
        found = part.merge_cells
        is_open = is_calc and found and part.size > 1
        return None if is_open else found

    for block, is_merged in _asked(cells, whole, said, lambda _block: True):
        if not is_merged:
            continue
        first = _part(cells, block)
        if is_calc:
            top, left, bottom, right = first.impl.merged_area()
            yield f"{cell_name(top + 1, left)}:{cell_name(bottom + 1, right)}"
        else:
            yield first.merge_area.get_address(False, False)


def _part(cells: Any, block: _Block) -> Any:
    """The cells of a block; `cells` begin at A1."""
    first, last = (block.top + 1, block.left + 1), (block.bottom, block.right)
    return cells.sheet.range(first, last)


def _asked(
    cells: Any,
    whole: _Block,
    ask: Callable[[Any], Any],
    is_wanted: Callable[[_Block], bool],
) -> Iterator[tuple[_Block, Any]]:
    """The answers for blocks that are alike; those that are not (None) are halved.

    When there were too many questions the answer for what is left is None.
    """
    waiting, left = [whole], _MOST_QUESTIONS
    while waiting and left:
        block = waiting.pop()
        if not is_wanted(block):
            continue
        left -= 1
        answer = ask(_part(cells, block))
        if answer is None and not block.is_one_cell:
            waiting += block.halves()
        else:
            yield block, answer
    yield from ((block, None) for block in waiting if is_wanted(block))
