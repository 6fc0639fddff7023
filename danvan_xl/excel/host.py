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


def save_copy(book: Any, path: Path) -> None:
    """Write a copy of an open workbook, which stays the one that is open."""
    if hasattr(book.impl, "save_copy"):  # LibreOffice
        book.impl.save_copy(path)
    else:
        book.api.SaveCopyAs(str(path))
