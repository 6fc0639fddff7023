"""Text from outside in cells and notes that openpyxl writes: it stays text, come what may."""

import re
from typing import Any

# What XML cannot hold; openpyxl refuses some of it and writes the rest into a damaged file.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 32_000  # a cell and a note end at 32767
_LIKE_FORMULAS = ("=", "+", "-", "@")


def xml_text(text: str) -> str:
    """A text without what a workbook cannot hold."""
    return _NOT_IN_XML.sub("", text)[:_LONGEST]


def put_text(cell: Any, text: str) -> None:
    """Write a text into a cell; what looks like a formula or an error value is no such thing.

    The quote prefix keeps Excel from reading it as a formula when somebody edits the cell.
    """
    cell.value = xml_text(text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(_LIKE_FORMULAS)
