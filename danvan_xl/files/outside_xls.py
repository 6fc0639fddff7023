"""What leads out of an .xls, as its records tell: other workbooks, programs, queries, macros.

The records are walked as bytes (MS-XLS); nothing is followed or run.
"""

import re
import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from danvan_xl.files.cells_xls import xls_records, xls_stream, xls_tokens
from danvan_xl.files.grid import cell_name
from danvan_xl.files.outside import (
    NOTHING_OUTSIDE,
    Finds,
    Outside,
    Reach,
    Reached,
    file_name_in,
    leads_out,
    reach_of,
)

_BEGIN, _END, _SHEET, _FORMULA = 0x0809, 0x000A, 0x0085, 0x0006
_BOOK, _SHEETS_OUTSIDE, _NAME, _LINK = 0x01AE, 0x0017, 0x0023, 0x01B8
_QUERIES = frozenset((0x00DC, 0x01AD, 0x0876))
_OWN, _ADD_IN = 0x0401, 0x3A01
_MACRO_SHEET = 1
_ELSEWHERE = frozenset((0x39, 0x3A, 0x3B, 0x3C, 0x3D))  # tokens that begin with a sheet's number
_IS_PATH, _PART = "\x01", "\x03"
# Names of storages in the compound file.
_STORAGES = {
    Reach.MACROS: re.compile("_VBA_PROJECT".encode("utf-16-le")),
    Reach.OBJECTS: re.compile("MBD0".encode("utf-16-le") + b"|" + "Ctls\0".encode("utf-16-le")),
}
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]{2,}:|\\\\)[\x20-\uffff]+", re.IGNORECASE)
_PATH_SIGNS = re.compile(r"[\x00-\x08]+")
_MOST_CELLS = 20_000


class _Globals(NamedTuple):
    """What the first records tell: where sheets begin, and the sheets of other files by number."""

    starts: tuple[tuple[int, str], ...]
    outside: Mapping[int, Reached]


def outside_of_xls(data: bytes) -> Outside:
    """What leads out of a workbook of the old format, as far as its records can be walked."""
    finds = Finds()
    for way, storage in _STORAGES.items():
        if storage.search(data):
            finds.note(way)
    try:
        stream = xls_stream(data)
        known = _globals(stream, finds)
        for start, title in known.starts:
            _sheet(stream, start, title, known.outside, finds)
    except (struct.error, IndexError, ValueError):
        pass  # who reads the values says what is wrong
    return finds.outside if not finds.is_empty else NOTHING_OUTSIDE


def _globals(stream: bytes, finds: Finds) -> _Globals:
    starts: list[tuple[int, str]] = []
    books: list[Reached | None] = []
    sheets: list[int] = []
    for kind, begin, end in xls_records(stream, 0):
        record = stream[begin:end]
        if kind == _SHEET:
            starts.append((struct.unpack_from("<I", record)[0], _short_text(record[6:])))
            if record[5] == _MACRO_SHEET:
                finds.note(Reach.OLD_MACROS)
        elif kind == _BOOK:
            books.append(_book(record))
            if (book := books[-1]) is not None:
                finds.note(book.way, book.source)
        elif kind == _NAME and (reached := reach_of(f"{_short_text(record[6:])}(")):
            finds.note(reached.way, reached.source)
        elif kind == _SHEETS_OUTSIDE:
            count = struct.unpack_from("<H", record)[0]
            sheets += (struct.unpack_from("<H", record, 2 + 6 * at)[0] for at in range(count))
        elif kind == _BEGIN and begin > 4:
            break
        _note_query(kind, finds)
    outside = {
        number: reached
        for number, book in enumerate(sheets)
        if book < len(books) and (reached := books[book]) is not None
    }
    return _Globals(tuple(starts), outside)


def _sheet(
    stream: bytes, start: int, title: str, outside: Mapping[int, Reached], finds: Finds
) -> None:
    depth = found = 0
    for kind, begin, end in xls_records(stream, start):
        depth += (kind == _BEGIN) - (kind == _END)
        if kind == _FORMULA and outside:
            row, column = struct.unpack_from("<HH", stream, begin)
            length = struct.unpack_from("<H", stream, begin + 20)[0]
            tokens = stream[begin + 22 : min(end, begin + 22 + length)]
            reached = next(_reached_by(tokens, outside), None)
            if reached is not None:
                finds.note_cell(title, cell_name(row + 1, column), reached)
                found += 1
        elif kind == _LINK:
            _note_link(stream[begin:end], finds)
        _note_query(kind, finds)
        if depth == 0 or found == _MOST_CELLS:
            return


def _reached_by(tokens: bytes, outside: Mapping[int, Reached]) -> Iterator[Reached]:
    """What the tokens of a formula take from other files."""
    for kind, at in xls_tokens(tokens):
        if kind in _ELSEWHERE:
            number = struct.unpack_from("<H", tokens, at)[0]
            if number in outside:
                yield outside[number]


def _note_query(kind: int, finds: Finds) -> None:
    if kind in _QUERIES:
        finds.note(Reach.CONNECTIONS)


def _note_link(record: bytes, finds: Finds) -> None:
    """Note where a link leads, as far as its address stands in it as a text."""
    text = record[32:].decode("utf-16-le", "replace")
    for shifted in (text, record[33:].decode("utf-16-le", "replace")):
        if (found := _ADDRESS.search(shifted)) and leads_out(found[0]):
            finds.note(Reach.ADDRESSES, found[0].rstrip("\x00")[:100])
            return


def _book(record: bytes) -> Reached | None:
    """The other file, or program, that a record names; None for the workbook itself."""
    count, length = struct.unpack_from("<HH", record)
    if length in (_OWN, _ADD_IN):
        return None
    path = _text(record[4:], length)
    if not count and _PART in path and not path.startswith(_IS_PATH):
        return Reached(Reach.DDE, " ".join(path.split(_PART))[:100])
    name = file_name_in(_PATH_SIGNS.sub("/", path))
    return Reached(Reach.LINKS, name) if name.strip() else None


def _short_text(piece: bytes) -> str:
    """A text whose length stands before it in one byte."""
    return _text(piece[1:], piece[0]) if piece else ""


def _text(piece: bytes, length: int) -> str:
    """A text of so many letters, each in one byte or two, as the byte before them tells."""
    if piece[:1] and piece[0] & 1:
        return piece[1 : 1 + 2 * length].decode("utf-16-le", "replace")
    return piece[1 : 1 + length].decode("latin-1")
