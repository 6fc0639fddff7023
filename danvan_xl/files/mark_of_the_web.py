"""The Mark of the Web: by it Windows and Excel know a file from outside, and open it guarded.

It stands in a stream beside the bytes of a file, which only Windows' own file system has. Where
there is none (Linux, a memory stick, some shares) nothing is written and nothing is left behind.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

FROM_MAIL = b"[ZoneTransfer]\r\nZoneId=3\r\n"  # zone 3: the internet
_STREAM = ":Zone.Identifier"
_LONGEST = 4096  # bytes; a real one has some hundred


class Streams(NamedTuple):
    """How a stream of a file is read and written, by its path; either may raise OSError."""

    read: Callable[[str], bytes]
    write: Callable[[str, bytes], object]


def mark_on(path: Path, streams: Streams | None) -> bytes:
    """The mark a file has, none where it has none or there are no streams."""
    if streams is not None:
        with suppress(OSError, ValueError):
            return streams.read(f"{path}{_STREAM}")[:_LONGEST]
    return b""


def put_mark(path: Path, mark: bytes, streams: Streams | None) -> None:
    """Give a file a mark, if there is one to give and the file can have it."""
    if not mark or streams is None:
        return
    with suppress(OSError, ValueError):
        streams.write(f"{path}{_STREAM}", mark)
    with suppress(OSError):
        _remove_lookalike(path)


def _remove_lookalike(path: Path) -> None:
    """Remove a file that came to be where a stream was meant; a stream is listed in no folder."""
    name = f"{path.name}{_STREAM}"
    if name in os.listdir(path.parent):  # noqa: PTH208 - a path would find the stream too
        path.with_name(name).unlink()


def _read(path: str) -> bytes:
    with Path(path).open("rb") as stream:
        return stream.read(_LONGEST)


def _write(path: str, mark: bytes) -> None:
    Path(path).write_bytes(mark)


STREAMS_HERE = Streams(_read, _write) if sys.platform == "win32" else None
