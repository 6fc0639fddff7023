"""A picture of the tab drawn from its XML, to look at without Excel: an SVG on standard output."""

import base64
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html import escape

from addin.build import HERE
from addin.icons import png

_SPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"
_SVG, _LINKS = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_LARGE, _SMALL, _HEIGHT, _ROW = 96, 140, 126, 28
_FONT = 'font-family="Carlito, Calibri, sans-serif" font-size="13"'


def preview() -> str:
    """The tab as an SVG: groups side by side, large buttons, then small ones in rows."""
    ribbon = ET.parse(HERE / "customUI14.xml").getroot()  # noqa: S314 - a file of our own
    tab = next(ribbon.iter(f"{_SPACE}tab"))
    parts: list[str] = []
    left = 8.0
    for group in tab:
        width = _width(group)
        parts += _group(group, left, width)
        left += width + 13
    spaces = f'xmlns="{_SVG}" xmlns:xlink="{_LINKS}"'
    head = f'<svg {spaces} width="{left:.0f}" height="{_HEIGHT + 34}">'
    frame = (
        f'<rect width="100%" height="100%" fill="#F3F2F1"/>'
        f'<text x="16" y="21" {_FONT} font-weight="bold" fill="#1F4E79">{tab.get("label")}</text>'
        f'<rect x="14" y="27" width="52" height="3" fill="#1F4E79"/>'
        f'<rect x="4" y="32" width="{left - 8:.0f}" height="{_HEIGHT - 2}" rx="6" fill="#FFFFFF"/>'
    )
    return "\n".join((head, frame, *parts, "</svg>"))


def _large(group: ET.Element) -> list[ET.Element]:
    return [item for item in group if item.get("size") == "large"]


def _small(group: ET.Element) -> list[ET.Element]:
    return [item for item in group if item.get("size") != "large"]


def _width(group: ET.Element) -> float:
    columns = -(-len(_small(group)) // 3)
    return len(_large(group)) * _LARGE + columns * _SMALL


def _group(group: ET.Element, left: float, width: float) -> Iterator[str]:
    """One group: its buttons, its name below, the line behind it."""
    for number, item in enumerate(_large(group)):
        middle = left + number * _LARGE + _LARGE / 2
        yield _icon(item, middle - 16, 42, 32)
        yield _text(item.get("label", ""), middle, 96, "middle")
    start = left + len(_large(group)) * _LARGE
    for number, item in enumerate(_small(group)):
        column, row = divmod(number, 3)
        x, y = start + column * _SMALL + 8, 42 + row * _ROW
        yield _icon(item, x, y, 18)
        yield _text(item.get("label", ""), x + 26, y + 14, "start")
    yield _text(group.get("label", ""), left + width / 2, _HEIGHT + 22, "middle", "#666666")
    end = left + width + 6
    yield f'<line x1="{end}" y1="40" x2="{end}" y2="{_HEIGHT + 22}" stroke="#D0D0D0"/>'


def _icon(item: ET.Element, x: float, y: float, size: int) -> str:
    data = base64.b64encode(png(item.get("image", ""))).decode()
    place = f'x="{x}" y="{y}" width="{size}" height="{size}"'
    return f'<image {place} xlink:href="data:image/png;base64,{data}"/>'


def _text(words: str, x: float, y: float, anchor: str, colour: str = "#222222") -> str:
    place = f'x="{x}" y="{y}" text-anchor="{anchor}"'
    return f'<text {place} {_FONT} fill="{colour}">{escape(words)}</text>'


if __name__ == "__main__":
    sys.stdout.write(preview())
