"""Half-written files that a killed run left behind: the next run removes them, and only those."""

import ctypes
import os
import platform
import re
import sys
import time
import zlib
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from danvan_xl.files.names import OPEN_ELSEWHERE, TEMPORARY_PREFIX

_NAME = re.compile(rf"{re.escape(TEMPORARY_PREFIX)}([0-9a-f]{{8}})-(\d+)-")
_OLD = 24 * 3600  # seconds: nobody writes a file that long
_QUERY, _DENIED, _STILL_RUNNING = 0x1000, 5, 259


def temporary_prefix() -> str:
    """How the temporary files of this process begin: they tell whose they are."""
    return f"{TEMPORARY_PREFIX}{_computer()}-{os.getpid()}-"


def clear_leftovers(folder: Path, *, below: bool = False) -> None:
    """Remove from a folder (and from those `below`) the half-written files of runs that are gone.

    Those of a run that goes on stay; of another computer's nobody can tell until they are a day
    old.
    """
    pattern = f"{TEMPORARY_PREFIX}*"
    with suppress(OSError):  # nothing that is asked for depends on it
        paths: Iterable[Path] = folder.rglob(pattern) if below else folder.glob(pattern)
        for path in list(paths):
            with suppress(OSError):
                if _is_left_over(path):
                    path.unlink()


def _is_left_over(path: Path) -> bool:
    is_ours = not path.name.startswith(OPEN_ELSEWHERE) and path.is_file()
    if path.is_symlink() or not is_ours:
        return False
    if time.time() - path.stat().st_mtime > _OLD:
        return True
    made = _NAME.match(path.name)
    return made is not None and made[1] == _computer() and not _is_running(int(made[2]))


@cache
def _computer() -> str:
    return f"{zlib.crc32(platform.node().encode('utf-8', 'replace')):08x}"


if sys.platform == "win32":

    def _is_running(process: int) -> bool:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = ctypes.c_void_p(kernel.OpenProcess(_QUERY, 0, process))
        if not handle:
            return ctypes.get_last_error() == _DENIED
        code = ctypes.c_uint32()
        is_known = kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return not is_known or code.value == _STILL_RUNNING

else:

    def _is_running(process: int) -> bool:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        except OSError:
            return True
        return True
