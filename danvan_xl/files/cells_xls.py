"""A look at the records of an .xls: which formula cells hold a 0 that nobody worked out.

Programs that save the old format without computing write 0 for every such formula, also where it
says a text. The sectors and records are walked as bytes (MS-CFB, MS-XLS); nothing is run.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from danvan_xl.files.grid import Uncomputed

_STREAMS = ("Workbook", "Book")
_MOST_SECTORS = 2**18  # 128 MB of 512 bytes
_FREE = 0xFFFFFFFA  # and above: no sector
_ENTRY = 128
_SIZES, _SMALL = (512, 4096), 64  # bytes of a sector
# Records.
_BEGIN, _END, _SHEET, _FORMULA, _PROTECTED = 0x0809, 0x000A, 0x0085, 0x0006, 0x002F
_LATEST = 0x0600  # the version whose tokens we know
_NO_NUMBER = b"\xff\xff"
_EMPTY_TEXT = 3
# Tokens of a formula, which stand in the order they are worked out in, and how long each is.
_CONCATENATE, _PARENTHESES, _TEXT, _ATTRIBUTE, _CLASSED = 0x08, 0x15, 0x17, 0x19, 0x20
_CHOICE = 0x04
_FUNCTIONS = {0x21: 0, 0x22: 1}  # and where their number stands
_LENGTHS = {
    **dict.fromkeys(range(0x03, 0x17), 0),
    **dict.fromkeys((0x1C, 0x1D), 1),
    **dict.fromkeys((0x1E, 0x21, 0x29), 2),
    0x22: 3,
    **dict.fromkeys((0x01, 0x02, 0x23, 0x24, 0x2A, 0x2C), 4),
    **dict.fromkeys((0x26, 0x27, 0x28, 0x39, 0x3A, 0x3C), 6),
    0x20: 7,
    **dict.fromkeys((0x1F, 0x25, 0x2B, 0x2D), 8),
    **dict.fromkeys((0x3B, 0x3D), 10),
}
# REPT, MID, TEXT, CHAR, LOWER, UPPER, PROPER, LEFT, RIGHT, TRIM, REPLACE, SUBSTITUTE, CONCATENATE
_SAYING_TEXT = frozenset((30, 31, 48, 111, 112, 113, 114, 115, 116, 118, 119, 120, 336))


class _Formula(NamedTuple):
    at: tuple[int, int]
    is_zero: bool
    is_empty: bool
    is_text: bool


def uncomputed_in(data: bytes) -> Mapping[int, Uncomputed] | None:
    """The formula cells of an .xls whose values are none, by the number of the sheet from 0.

    A stored 0 is none where any formula of the file that says a text has one, and in a sheet of
    which no formula has any other value. None where the file cannot be looked into.
    """
    try:
        stream = xls_stream(data)
        starts = list(_sheet_starts(stream))
        sheets = {number: list(_formulas(stream, at)) for number, at in enumerate(starts)}
    except (struct.error, IndexError, ValueError):
        return None
    found = [formula for formulas in sheets.values() for formula in formulas]
    is_unknown = any(formula.is_zero and formula.is_text for formula in found)
    return {
        number: Uncomputed(
            frozenset(
                formula.at
                for formula in formulas
                if formula.is_zero
                and (is_unknown or all(one.is_zero or one.is_empty for one in formulas))
            ),
            frozenset(formula.at for formula in formulas if formula.is_empty),
        )
        for number, formulas in sheets.items()
    }


def xls_stream(data: bytes) -> bytes:
    """The stream of the workbook in a compound file; ValueError where there is none."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in _SIZES:
        raise ValueError(size)
    first, _, least, small = struct.unpack_from("<4I", data, 48)
    body = data[size:]
    table = _sector_table(data, size)
    entries = _chain(body, size, table, first)
    root = struct.unpack_from("<I", entries, 116)[0]
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        begin, long = struct.unpack_from("<II", entries, at + 116)
        if name not in _STREAMS:
            continue
        if long >= least:
            return _chain(body, size, table, begin)[:long]
        # What is short stands in the small sectors of the first entry.
        links = _chain(body, size, table, small)
        following = struct.unpack(f"<{len(links) // 4}I", links)
        return _chain(_chain(body, size, table, root), _SMALL, following, begin)[:long]
    raise ValueError("no workbook")


def _sector_table(data: bytes, size: int) -> list[int]:
    """Which sector follows each sector."""
    count = min(len(data) // size, _MOST_SECTORS)
    places = list(struct.unpack_from("<109I", data, 76))
    more, left = struct.unpack_from("<II", data, 68)
    for _ in range(min(left, count)):
        if more >= _FREE:
            break
        *further, more = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        places += further
    table: list[int] = []
    for place in places:
        if place >= _FREE or len(table) > count:
            break
        table += struct.unpack_from(f"<{size // 4}I", data, (place + 1) * size)
    return table


def _chain(body: bytes, size: int, table: Sequence[int], sector: int) -> bytes:
    """The bytes of the sectors that follow one another; ValueError where they go in circles."""
    parts: list[bytes] = []
    most = len(body) // size + 1
    while sector < _FREE:
        if len(parts) > most:
            raise ValueError(sector)
        parts.append(body[sector * size : (sector + 1) * size])
        sector = table[sector]
    return b"".join(parts)


def xls_records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """The kind of each record from `at` on, where it begins and where it ends."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, at + 4 + length
        at += 4 + length


def _sheet_starts(stream: bytes) -> Iterator[int]:
    """Where the records of each sheet begin; ValueError where the workbook is protected."""
    for kind, begin, _ in xls_records(stream, 0):
        if kind == _PROTECTED:
            raise ValueError(kind)
        if kind == _SHEET:
            yield struct.unpack_from("<I", stream, begin)[0]
        elif kind == _BEGIN and begin > 4:
            return


def _formulas(stream: bytes, start: int) -> Iterator[_Formula]:
    """The formulas of a sheet, not those of the charts in it."""
    depth = 0
    has_tokens = struct.unpack_from("<H", stream, start + 4)[0] == _LATEST
    for kind, begin, end in xls_records(stream, start):
        if kind == _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
        elif kind == _FORMULA and depth == 1:
            yield _formula(stream[begin:end], has_tokens=has_tokens)
        if depth == 0:
            return


def _formula(record: bytes, *, has_tokens: bool) -> _Formula:
    row, column = struct.unpack_from("<HH", record)
    value = record[6:14]
    is_number = value[6:8] != _NO_NUMBER
    is_zero = is_number and not any(value[:7])
    length = struct.unpack_from("<H", record, 20)[0]
    return _Formula(
        at=(row, column),
        is_zero=is_zero,
        is_empty=not is_number and value[0] == _EMPTY_TEXT,
        is_text=is_zero and has_tokens and _says_text(record[22 : 22 + length]),
    )


def xls_tokens(tokens: bytes) -> Iterator[tuple[int, int]]:
    """The kind of each token of a formula, of whatever class, and where what it says begins.

    It ends at a kind we do not know the length of, which is told as -1.
    """
    at = 0
    while at < len(tokens):
        token, at = tokens[at], at + 1
        kind = token if token < _CLASSED else token % _CLASSED + _CLASSED
        if kind == _ATTRIBUTE:
            is_choice = tokens[at] & _CHOICE
            at += 3 + (2 * struct.unpack_from("<H", tokens, at + 1)[0] + 2 if is_choice else 0)
            continue
        is_known = kind == _TEXT or kind in _LENGTHS
        yield (kind if is_known else -1), at
        if kind == _TEXT:
            at += 2 + tokens[at] * (1 + (tokens[at + 1] & 1))
        elif is_known:
            at += _LENGTHS[kind]
        else:
            return


def _says_text(tokens: bytes) -> bool:
    """Whether what a formula does last can only give a text."""
    is_text = False
    for kind, at in xls_tokens(tokens):
        if kind == _PARENTHESES:
            continue
        is_text = kind in (_CONCATENATE, _TEXT)
        if kind in _FUNCTIONS:
            is_text = struct.unpack_from("<H", tokens, at + _FUNCTIONS[kind])[0] in _SAYING_TEXT
    return is_text
