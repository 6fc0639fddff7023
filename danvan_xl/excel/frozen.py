"""A copy of an open workbook in which the program's own functions are but their values.

Who receives it has no add-in: there the functions would show #NAME?.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from danvan_xl.excel.host import save_copy
from danvan_xl.excel.live import whole

_FUNCTION = re.compile(r"\bDV_[A-Z]+\s*\(", re.IGNORECASE)


def freeze(book: Any, path: Path) -> int:
    """Write the copy and return how many cells have become values; the open workbook stays."""
    found = {sheet.name: list(_functions(sheet)) for sheet in book.sheets}
    save_copy(book, path)
    copy = book.app.books.open(str(path), update_links=False)
    try:
        for title, cells in found.items():
            for address, value in cells:
                copy.sheets[title].range(address).value = value
        copy.save()
    finally:
        copy.close()
        book.activate()
    return sum(map(len, found.values()))


def _functions(sheet: Any) -> Iterator[tuple[tuple[int, int], Any]]:
    """Row and column of every cell with such a function, and its value."""
    cells = whole(sheet)
    texts = cells.formula
    rows = ((texts,),) if isinstance(texts, str) else texts
    values = cells.options(ndim=2, err_to_str=True).value
    for row, line in enumerate(rows, start=1):
        for column, text in enumerate(line, start=1):
            if isinstance(text, str) and text.startswith("=") and _FUNCTION.search(text):
                yield (row, column), values[row - 1][column - 1]
