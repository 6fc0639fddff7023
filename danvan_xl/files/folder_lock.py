"""A folder into which only one run at a time writes; whoever comes second waits a while.

It is the lock of the operating system: that of a run that was killed is gone with it. Over a
network it holds as far as the server hands locks on; see docs/decisions.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from danvan_xl.files.leftovers import clear_leftovers
from danvan_xl.files.names import LOCK_NAME

WAITING = 30.0  # seconds
_BETWEEN_TRIES = 0.02


class FolderBusyError(Exception):
    """Another run has been writing into a folder all the time; the text says so in Vietnamese."""


@contextmanager
def folder_lock(folder: Path, waiting: float = WAITING) -> Iterator[None]:
    """Nobody else writes into the folder while the block runs, as long as all ask here.

    What a killed run has left half-written in it is removed. Raises FolderBusyError after so many
    seconds, OSError where the folder cannot be written into.
    """
    from filelock import FileLock, Timeout  # 40 ms that only writers wait for

    path = folder / LOCK_NAME
    try:
        with FileLock(path, timeout=waiting, poll_interval=_BETWEEN_TRIES):
            clear_leftovers(folder)
            try:
                yield
            finally:
                if os.name != "nt":  # there the library does; who waits notices that it is gone
                    path.unlink(missing_ok=True)
    except Timeout as error:
        raise FolderBusyError(
            f"Thư mục '{folder}' đang có lệnh khác ghi vào (đã chờ {waiting:.0f} giây). "
            "Đợi lệnh kia xong rồi làm lại."
        ) from error
