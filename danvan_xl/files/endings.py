"""Why a process that read a file has ended: by its exit code, and by what it said last.

A library that cannot have the memory it asks for says so and aborts, just as one that finds itself
broken does: only its last words tell the two from each other.
"""

import os
import signal
from contextlib import suppress
from enum import Enum
from pathlib import Path
from re import compile as pattern
from tempfile import mkstemp

OUT_OF_MEMORY = 41  # the exit code of a worker whose own code could not go on
_LAST_WORDS = 2**18  # bytes: a library may add all the calls it was in
# What Rust, C++ and Python say.
_WANTS_MEMORY = pattern(rb"memory allocation of \d+ bytes failed|bad_alloc|MemoryError").search
# Of Windows: STATUS_NO_MEMORY, STATUS_COMMITMENT_LIMIT, STATUS_INSUFFICIENT_RESOURCES.
_NO_MEMORY_ON_WINDOWS = (0xC0000017, 0xC000012D, 0xC000009A)
# Nobody else than a system without memory ends a worker in this way.
_KILLED = -getattr(signal, "SIGKILL", 9)


class Loss(Enum):
    """Why there is no result for a file."""

    TIME = "time"
    MEMORY = "memory"
    BROKEN = "broken"
    FAULT = "fault"


def loss_of(code: int | None, last_words: bytes = b"") -> Loss:
    """Why a process ended that had this exit code (None: it had to be ended) and said this last.

    A signal is a negative code; Windows has codes of its own, which some write as negative numbers.
    """
    if code is not None:
        wants_memory = code in (OUT_OF_MEMORY, _KILLED)
        if wants_memory or code % 2**32 in _NO_MEMORY_ON_WINDOWS:
            return Loss.MEMORY
    return Loss.MEMORY if _WANTS_MEMORY(last_words) else Loss.BROKEN


def last_words_file() -> Path | None:
    """A new file for what a process says of itself; None where there can be none."""
    try:
        handle, name = mkstemp(prefix="danvan-xl-")
    except OSError:
        return None
    os.close(handle)
    return Path(name)


def speak_into(said: Path | None) -> None:
    """Let whatever this process says of itself, in any library, go to a file, or nowhere."""
    handle = os.open(said or os.devnull, os.O_WRONLY | os.O_APPEND)
    os.dup2(handle, 2)
    os.close(handle)


def taken_words(said: Path | None) -> bytes:
    """What a process said last; its file is gone afterwards."""
    words = b""
    if said is not None:
        with suppress(OSError):
            with said.open("rb") as stream:
                stream.seek(max(0, said.stat().st_size - _LAST_WORDS))
                words = stream.read()
            said.unlink()
    return words
