"""Workbooks broken at random: parts cut, doubled, mixed up; numbers and names made strange."""

import io
import os
import random
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.cases.packing import parts_of

# How much longer than in everyday tests is looked for trouble (make fuzz).
MORE = int(os.environ.get("DANVAN_FUZZ", "1"))
_STRANGE = (
    *(b"-1", b"0", b"99999999999", b"1e400", b"NaN", b"", b"\xff\xfe", b"&#0;", b"<", b"]]>"),
    *(b"s", b"str", b"inlineStr", b"e", b"b", b"d", b"A0", b"XFE1", b"\xc4\x90", b"../../x"),
)
_VALUE = re.compile(rb'(?<=")[^"<>]{1,40}(?=")|(?<=>)[^<>]{1,40}(?=<)')


def mutants(path: Path, seed: int, count: int) -> Iterator[bytes]:
    """Yield broken versions of a workbook, always the same for a seed."""
    chance = random.Random(seed)
    parts = parts_of(path)
    whole = path.read_bytes()
    for _ in range(count):
        if chance.random() < 0.15:
            yield bytes_changed(whole, chance)
            continue
        name = chance.choice(sorted(parts))
        yield _zipped(parts | {name: _part_changed(parts[name], parts, chance)})


def bytes_changed(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with a piece of them left out, doubled or mixed up."""
    start = chance.randrange(len(data) + 1)
    end = min(len(data), start + chance.choice((1, 4, 100, 10_000)))
    middle = (b"", data[start:end] * 2, chance.randbytes(end - start))[chance.randrange(3)]
    return data[:start] + middle + data[end:]


def _part_changed(data: bytes, parts: Mapping[str, bytes], chance: random.Random) -> bytes:
    kind = chance.randrange(6)
    if kind == 0:
        return bytes_changed(data, chance)
    if kind == 1:
        return parts[chance.choice(sorted(parts))]
    for _ in range(chance.randint(1, 5)):
        places = list(_VALUE.finditer(data))
        if not places:
            return b""
        place = chance.choice(places)
        data = data[: place.start()] + chance.choice(_STRANGE) + data[place.end() :]
    return data


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()
