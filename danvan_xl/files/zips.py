"""Zip files of strangers opened: never one whose list of parts alone would fill the memory.

A list of two million parts packs down to 300 KB, and takes half a minute and a gigabyte to read.
"""

import io
import lzma
import struct
import zipfile
import zlib
from typing import BinaryIO

MOST_DIRECTORY = 2**20  # bytes: some ten thousand parts with the names they have
# What reading a .zip that is damaged, cut off or of a rare kind may end in.
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    LookupError,
    MemoryError,  # rare kinds state how much they want
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class CrowdedZipError(zipfile.BadZipFile):
    """A zip file whose list of parts is longer than is ever read."""


def open_zip(source: BinaryIO | bytes) -> zipfile.ZipFile:
    """A zip file to be read; CrowdedZipError before its list of parts is, if that is too long.

    Raises what BROKEN_ZIP names where it is none, OSError where it cannot be read.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    archive = zipfile.ZipFile(_ShortReads(stream))
    archive.fp = stream
    return archive


def is_crowded(data: bytes) -> bool:
    """Whether bytes are a zip file whose list of parts is too long to be read."""
    if len(data) <= MOST_DIRECTORY:
        return False
    try:
        open_zip(data).close()
    except CrowdedZipError:
        return True
    except BROKEN_ZIP:
        return False  # who reads it says so
    return False


class _ShortReads:
    """A stream as long as a zip file is opened: its list of parts is read from it in one piece."""

    def __init__(self, stream: BinaryIO) -> None:
        self.seek, self.tell, self._stream = stream.seek, stream.tell, stream

    def read(self, size: int = -1) -> bytes:
        """What follows; to its end after a seek to what may be the comment of the whole."""
        if size > MOST_DIRECTORY:
            raise CrowdedZipError(size)
        return self._stream.read(size)
