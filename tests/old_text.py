"""Text as it was typed before Unicode, by the inverse of our own tables."""

import unicodedata

from danvan_xl.files.grid import Grid
from danvan_xl.vietnamese.legacy_fonts import _TCVN3, _VNI, OldFont


def in_old_font(text: str, font: OldFont) -> str:
    """Return a text as an old font writes it, by the inverse of our own tables."""
    table = _TCVN3 if font is OldFont.TCVN3 else _VNI
    inverse = {letter: written for written, letter in table.items()}
    return "".join(inverse.get(char, char) for char in unicodedata.normalize("NFC", text))


def old(sheet: Grid, font: OldFont) -> Grid:
    rows = [
        [in_old_font(cell, font) if isinstance(cell, str) else cell for cell in row]
        for row in sheet.rows
    ]
    return sheet._replace(rows=rows)
