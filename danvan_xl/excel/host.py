"""What xlwings does not ask its programs for: whether something is protected, saving a copy."""

from pathlib import Path
from typing import Any

_SWITCHES = ("ProtectStructure", "ProtectContents")  # of Excel's workbooks, and of its sheets


def is_locked(thing: Any) -> bool:
    """Whether a workbook lets no sheet be added, or a sheet no cell be changed."""
    native = thing.api
    if any(getattr(native, name, False) is True for name in _SWITCHES):
        return True
    asks = getattr(native, "isProtected", None)  # LibreOffice
    return bool(asks()) if asks is not None else False


def formula_positions(cells: Any) -> list[tuple[int, int]]:
    """Row and column, from 0 in a range, of every cell with a formula."""
    if hasattr(cells.impl, "formula_positions"):  # LibreOffice
        found: list[tuple[int, int]] = cells.impl.formula_positions()
        return found
    texts = cells.formula
    return [
        (row, column)
        for row, line in enumerate(((texts,),) if isinstance(texts, str) else texts)
        for column, text in enumerate(line)
        if isinstance(text, str) and text.startswith("=")
    ]


def save_copy(book: Any, path: Path) -> None:
    """Write a copy of an open workbook, which stays the one that is open."""
    if hasattr(book.impl, "save_copy"):  # LibreOffice
        book.impl.save_copy(path)
    else:
        book.api.SaveCopyAs(str(path))
