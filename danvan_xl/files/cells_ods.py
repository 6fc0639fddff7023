"""A look at the XML of an .ods: what it shows as percentages, what is merged, is it encrypted.

The XML is scanned as text, so no entity is expanded and nothing is run.
"""

import re
import zipfile
from collections.abc import Iterator
from html import unescape

from danvan_xl.files.cells_xml import PLAIN_LOOKS, SheetLooks
from danvan_xl.files.grid import cell_name
from danvan_xl.files.zips import BROKEN_ZIP, open_zip

_LARGEST = 100 * 2**20  # bytes, unpacked
_FAR_DOWN, _FAR_RIGHT = 20_000, 300  # beyond, no table of ours stands
UNREADABLE_ODS = (*BROKEN_ZIP, OSError)
_PERCENTAGE = re.compile(rb'<number:percentage-style\s[^>]*?style:name="([^"]*)"')
_STYLE = re.compile(rb"<style:style\s[^>]*>")
_TABLE = re.compile(rb"<table:table\s[^>]*>")
_ITEM = re.compile(
    rb"<table:(table-row|table-column|table-cell|covered-table-cell)(?=[\s/>])[^>]*>"
)
_ATTRIBUTE = re.compile(rb'([\w:-]+)\s*=\s*"([^"]*)"')
_PERCENT = "0%"


def look_at_ods(data: bytes, title: str) -> SheetLooks:
    """What a sheet of an .ods shows as percentages and has merged; nothing where it is lost."""
    try:
        with open_zip(data) as archive:
            content, styles = (ods_part(archive, name) for name in ("content.xml", "styles.xml"))
    except UNREADABLE_ODS:
        return PLAIN_LOOKS
    table = table_xml(content, title)
    if not table:
        return PLAIN_LOOKS
    shown = _percent_styles(styles + content)
    if not shown and b'"percentage"' not in table and b"-spanned" not in table:
        return PLAIN_LOOKS
    percents: dict[str, str] = {}
    merged: list[str] = []
    for row, column, cell in cells_of_table(table):
        style = cell.get("table:style-name", "")
        if cell.get("office:value-type") == "percentage" or style in shown:
            percents[cell_name(row, column)] = _PERCENT
        rows, columns = _number(cell, "rows-spanned"), _number(cell, "columns-spanned")
        if rows * columns > 1:
            last = cell_name(row + rows - 1, column + columns - 1)
            merged.append(f"{cell_name(row, column)}:{last}")
    return SheetLooks(percents=percents, merged=tuple(merged))


def has_password(data: bytes) -> bool:
    """Whether a part of an open document is encrypted, as its list of parts says."""
    try:
        with open_zip(data) as archive:
            return b"encryption-data" in ods_part(archive, "META-INF/manifest.xml")
    except UNREADABLE_ODS:
        return False


def ods_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part of an open document; KeyError where it is not there, nothing where it is too large."""
    part = archive.getinfo(name)
    return archive.read(part) if part.file_size <= _LARGEST else b""


def table_xml(content: bytes, title: str) -> bytes:
    """The XML of the table that is called so; none where there is none."""
    for tag in _TABLE.finditer(content):
        if _attributes(tag[0]).get("table:name") == title:
            return content[tag.end() : content.find(b"</table:table>", tag.end())]
    return b""


def _percent_styles(xml: bytes) -> frozenset[str]:
    """The styles of cells that show percentages, their own or inherited."""
    numbers = {unescape(name.decode("utf-8", "replace")) for name in _PERCENTAGE.findall(xml)}
    if not numbers:
        return frozenset()
    styles = [_attributes(tag) for tag in _STYLE.findall(xml)]
    shown = {
        style.get("style:name", "")
        for style in styles
        if style.get("style:data-style-name") in numbers
    }
    heirs = (
        style.get("style:name", "")
        for style in styles
        if style.get("style:parent-style-name") in shown and "style:data-style-name" not in style
    )
    return frozenset(shown | set(heirs))


def cells_of_table(table: bytes) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Row and column (1 and 0 first) of the cells that hold something, with what they say.

    What a cell does not say, its column does.
    """
    row, column, times = 1, 0, 0
    defaults: list[str] = []
    for match in _ITEM.finditer(table):
        said = _attributes(match[0])
        if match[1] == b"table-column":
            style = said.get("table:default-cell-style-name", "")
            room = _FAR_RIGHT - len(defaults)
            defaults += [style] * min(_number(said, "columns-repeated"), max(room, 0))
            continue
        if match[1] == b"table-row":
            row, column = row + times, 0
            times = _number(said, "rows-repeated")
            continue
        count = _number(said, "columns-repeated")
        holds = "office:value-type" in said or "table:number-columns-spanned" in said
        if holds and match[1] == b"table-cell":
            for down in range(min(times, _FAR_DOWN)):
                for across in range(min(count, _FAR_RIGHT)):
                    at = column + across
                    usual = defaults[at] if at < len(defaults) else ""
                    yield row + down, at, {"table:style-name": usual} | said
        column += count


def _number(said: dict[str, str], name: str) -> int:
    text = said.get(f"table:number-{name}", "1")
    return int(text) if text.isdecimal() and len(text) < 8 else 1


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        name.decode(): unescape(value.decode("utf-8", "replace"))
        for name, value in _ATTRIBUTE.findall(tag)
    }
