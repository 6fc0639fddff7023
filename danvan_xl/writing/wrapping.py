"""How many lines a text takes in a cell: nothing fits a row's height to its text but ourselves."""

import unicodedata
from functools import lru_cache

# Advance widths of Times New Roman in thousandths of the font size, by unmarked letter.
_WIDTHS = {
    char: width
    for width, chars in (
        (180, "'"),
        (200, "|"),
        (250, " ,.·\u00a0"),
        (278, "/:;\\ijlt"),
        (333, "!()-I[]`fr"),
        (400, 'Js"'),
        (444, "?acez“”"),
        (500, "#$*0123456789_bdghknopquvxyđ–^{}"),
        (556, "FPSơư+<=>×~≥≤"),
        (611, "ELTZ"),
        (667, "BCR"),
        (722, "ADGHKNOQUVXYwĐ"),
        (800, "&mƠƯ%"),
        (1000, "MW@…‰—"),
    )
    for char in chars
}
_UNKNOWN = 800
_BOLD = 1.08
# Screens round letters to whole pixels, so text there runs wider than its design.
_SLACK = 1.06
_PIXELS_PER_CHARACTER = 7
_PIXELS_PER_POINT = 4 / 3
_CELL_PADDING = 2

LINE_HEIGHT = 16
LINE_PADDING = 2
HIGHEST_ROW = 409  # Excel's limit


@lru_cache(maxsize=65536)
def line_count(text: str, width: float, size: float = 12, bold: bool = False) -> int:
    """The lines `text` takes in a wrapped cell `width` characters wide, `size` in points."""
    room = width * _PIXELS_PER_CHARACTER - _CELL_PADDING
    return sum(_paragraph_lines(line, room, size, bold) for line in text.split("\n"))


def text_pixels(text: str, size: float = 12, bold: bool = False) -> float:
    """How wide one line of text is on a screen, in pixels, on the safe side."""
    return _units(text) * _scale(size, bold)


def characters_for(text: str, size: float = 12, bold: bool = False) -> float:
    """The column width, in characters, that shows `text` on one line."""
    return (text_pixels(text, size, bold) + _CELL_PADDING) / _PIXELS_PER_CHARACTER


def row_height(lines: int, line_height: float = LINE_HEIGHT) -> float:
    """The height in points of a row with this many lines of text."""
    return min(lines * line_height + LINE_PADDING, HIGHEST_ROW)


def _paragraph_lines(paragraph: str, room: float, size: float, bold: bool) -> int:
    """The lines of a text without line breaks, filled word by word as Excel does."""
    scale = _scale(size, bold)
    space = _WIDTHS[" "] * scale
    lines, used = 1, 0.0
    if "/" in paragraph:  # LibreOffice breaks a path that is too long behind a "/"
        words = paragraph.split(" ")
        is_long = (_units(word) * scale > room for word in words)
        pairs = zip(words, is_long, strict=True)
        paragraph = " ".join(word.replace("/", "/ ") if long else word for word, long in pairs)
    for word in paragraph.split(" "):
        width = _units(word) * scale
        if used and used + space + width > room:
            lines, used = lines + 1, width
        else:
            used += width + (space if used else 0)
        while used > room:  # a word longer than the cell is broken
            lines, used = lines + 1, used - room
    return lines


def _scale(size: float, bold: bool) -> float:
    return size * _PIXELS_PER_POINT / 1000 * _SLACK * (_BOLD if bold else 1)


@lru_cache(maxsize=16384)  # the same words come again and again
def _units(text: str) -> int:
    """The width of a text in thousandths of the font size."""
    return sum(map(_width_of, text))


@lru_cache(maxsize=4096)
def _width_of(char: str) -> int:
    """The width of a letter, whatever marks stand on it."""
    if char in _WIDTHS:
        return _WIDTHS[char]
    if unicodedata.combining(char):
        return 0
    bare = unicodedata.normalize("NFD", char)
    if len(bare) > 2 and bare[1] in "\u031b":  # the horn of ơ and ư
        bare = unicodedata.normalize("NFC", bare[:2])
    return _WIDTHS.get(bare[0], _UNKNOWN)
