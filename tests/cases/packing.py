"""Zip files and workbooks written byte by byte, as no honest program writes them."""

import struct
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from danvan_xl.files.grid import Grid
from tests.on_disk import save

SHEET, STRINGS, STYLES = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/styles.xml"
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DEFLATED, _VERSION, _DAY = 8, 20, 0x5A21


class Part(NamedTuple):
    """A part of a zip file: what it states of itself and what it holds, deflated."""

    packed: bytes
    crc: int
    size: int


def part(content: bytes) -> Part:
    """Return an honest part."""
    return repeated(b"", content, 1, b"")


def repeated(head: bytes, piece: bytes, count: int, tail: bytes) -> Part:
    """Return a part that unpacks to `piece` many times between a head and a tail.

    The piece is deflated once, so that gigabytes are made in no time.
    """
    deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
    first = deflater.compress(head) + deflater.flush(zlib.Z_FULL_FLUSH)
    middle = deflater.compress(piece) + deflater.flush(zlib.Z_FULL_FLUSH)
    last = deflater.compress(tail) + deflater.flush(zlib.Z_FINISH)
    crc = zlib.crc32(head)
    for _ in range(count):
        crc = zlib.crc32(piece, crc)
    size = len(head) + len(piece) * count + len(tail)
    return Part(first + middle * count + last, zlib.crc32(tail, crc), size)


def write_zip(path: Path, parts: Iterable[tuple[str, Part]]) -> Path:
    """Write parts under their names, whatever names and however often."""
    directory = b""
    count = 0
    with path.open("wb") as stream:
        for name, item in parts:
            coded, at = name.encode(), stream.tell()
            about = (_DEFLATED, 0, _DAY, item.crc, len(item.packed), item.size)
            stream.write(_LOCAL.pack(b"PK\3\4", _VERSION, 0, *about, len(coded), 0))
            stream.write(coded + item.packed)
            fields = (b"PK\1\2", _VERSION, _VERSION, 0, *about, len(coded), 0, 0, 0, 0, 0, at)
            directory += _CENTRAL.pack(*fields) + coded
            count += 1
        at = stream.tell()
        stream.write(directory)
        stream.write(_END.pack(b"PK\5\6", 0, 0, count, count, len(directory), at, 0))
    return path


def crowded(count: int) -> bytes:
    """Return a zip file with so many parts of no bytes; its list packs to a thousandth."""
    fields = (b"PK\1\2", _VERSION, _VERSION, 0, _DEFLATED, 0, _DAY, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0)
    directory = (_CENTRAL.pack(*fields) + b"a") * count
    stated = min(count, 0xFFFF)
    start = b"PK\3\4"
    end = _END.pack(b"PK\5\6", 0, 0, stated, stated, len(directory), len(start), 0)
    return start + directory + end


def parts_of(path: Path) -> dict[str, bytes]:
    """Return the parts of a zip file."""
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def workbook_with(path: Path, changes: Mapping[str, Part | bytes], *grids: Grid) -> Path:
    """Write a workbook of these sheets in which some parts are others."""
    parts = parts_of(save(path, *grids)) | dict(changes)
    pairs = ((name, item if isinstance(item, Part) else part(item)) for name, item in parts.items())
    return write_zip(path, pairs)
