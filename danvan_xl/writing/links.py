"""Where a cell of the summary leads: a row of another table, or a cell of a workbook on disk."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from danvan_xl.report.tables import HERE, Link, PlaceLink
from danvan_xl.vietnamese.shown_names import can_be_named

# What Excel itself escapes in the address of a file, and what no address may hold.
_ESCAPED = re.compile(r'[\x00-\x20%#"<>\[\]^`{}]')
_LONGEST_ADDRESS = 2_000  # letters: Excel repairs a workbook with a link of more than 2.079
_DRIVE = re.compile("[A-Za-z]:/")
CELLS = re.compile("[A-Z]{1,3}[1-9][0-9]*(:[A-Z]{1,3}[1-9][0-9]*)?")


class TablePlace(NamedTuple):
    """Where the rows of a table stand: its tab, the row number of the first, and how many."""

    title: str
    first_row: int
    row_count: int


def row_location(link: Link, places: Mapping[str, TablePlace]) -> str:
    """The cell a link leads to, as `'Tab'!A9`; "" where that row is not in the report."""
    place = places.get(link.table)
    if place is None or not 0 <= link.row < place.row_count:
        return ""
    return f"{_quoted(place.title)}!A{place.first_row + link.row}"


def place_location(link: PlaceLink) -> str:
    """The cell within a file that a link leads to; "" for the file as a whole."""
    cells = CELLS.match(link.cell)
    return f"{_quoted(link.sheet)}!{cells.group() if cells else 'A1'}" if link.sheet else ""


def leads_to_file(link: PlaceLink) -> bool:
    """Whether a link is worth drawing: its file can be found under the name that is shown."""
    is_named = bool(link.file and link.text) and can_be_named(link.file)
    return is_named and len(file_address(link.file)) <= _LONGEST_ADDRESS


@lru_cache(maxsize=4096)
def file_address(file: str) -> str:
    """The address of a file, given with "/", as Excel's own hyperlinks write it.

    It is "" for a place in the report's own workbook.
    """
    if file == HERE:
        return ""
    address = _ESCAPED.sub(lambda found: f"%{ord(found.group()):02X}", file)
    if address.startswith("//"):  # a folder of a network
        return "file:///" + address.replace("/", "\\")
    if address.startswith("/") or _DRIVE.match(address):
        return "file:///" + address.lstrip("/")
    return address.replace(":", "%3A")


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"
