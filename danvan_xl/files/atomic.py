"""Files are written whole or not at all."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from danvan_xl.files.leftovers import temporary_prefix

_BETWEEN_TRIES = 0.05  # seconds


@contextmanager
def replacing(path: Path, patience: float = 0) -> Iterator[Path]:
    """A temporary path beside `path`, which takes its place when the block ends well.

    When the block fails, what stood at `path` is still there and nothing else is. A folder that
    does not exist, may not be written to, or a file held open by Excel raises OSError, which names
    `path`. For `patience` seconds a file somebody is just reading is waited for.
    """
    with _temporary(path) as temporary:
        yield temporary
        temporary.chmod(_mode_of(path))
        _move(temporary, path, time.monotonic() + patience)


@contextmanager
def creating(path: Path) -> Iterator[Path]:
    """A temporary path beside `path`, which becomes it unless somebody has made one meanwhile.

    Raises FileExistsError then, and OSError as `replacing` does.
    """
    with _temporary(path) as temporary:
        yield temporary
        temporary.chmod(_mode_of(path))
        _move_beside(temporary, path)


@contextmanager
def _temporary(path: Path) -> Iterator[Path]:
    """A new file beside `path` that is gone in the end; errors about it name `path`."""
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(
            prefix=temporary_prefix(), suffix=path.suffix, dir=path.parent
        )
        os.close(handle)
        temporary = Path(name)
        yield temporary
    except OSError as error:
        if error.filename is None or Path(str(error.filename)).name.startswith(temporary_prefix()):
            error.filename = str(path)  # else nobody would know which file it was
        raise
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _move(temporary: Path, path: Path, until: float) -> None:
    """Put a file in the place of another; on Windows nobody may be reading that one."""
    while True:
        try:
            temporary.replace(path)
            return
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(_BETWEEN_TRIES)


def _move_beside(temporary: Path, path: Path) -> None:
    """Put a file where none is, whoever else does the same at this moment."""
    if os.name == "nt":
        temporary.rename(path)  # which refuses to replace there, and only there
        return
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no links, such as a memory stick's
        with path.open("xb") as stream:
            stream.write(temporary.read_bytes())


def _mode_of(path: Path) -> int:
    """The permissions the file has, or those a new file gets."""
    with suppress(FileNotFoundError):
        return path.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
