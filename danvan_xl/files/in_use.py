"""Whether a file that is to be written over is open in Excel, asked before any work is done."""

import errno
import os
from pathlib import Path

from danvan_xl.files.names import LOCK_PREFIX, OPEN_ELSEWHERE


class StillOpenError(PermissionError):
    """A file that is open elsewhere; the text says so in Vietnamese."""

    def __str__(self) -> str:
        """What is in the way, where, and what to do."""
        path = Path(self.filename)
        marker = _marker(path)
        more = f" Nếu không mở ở đâu, xóa tệp '{marker.name}' bên cạnh." if marker else ""
        return f"'{path}' đang mở trong Excel hoặc chương trình khác. Đóng tệp rồi làm lại.{more}"


def refuse_if_open(path: Path) -> None:
    """Raise StillOpenError where a file is open in Excel; nothing where there is none."""
    if not path.is_file():
        return
    if _marker(path) is not None or not _can_be_written(path):
        raise StillOpenError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _marker(path: Path) -> Path | None:
    """The file by which Excel or LibreOffice says that it has another open; None without one.

    Windows itself knows better: there a marker may be left of a crash.
    """
    if os.name == "nt":
        return None
    names = f"{LOCK_PREFIX}{path.name}", f"{OPEN_ELSEWHERE}{path.name}#"
    return next((found for name in names if (found := path.with_name(name)).exists()), None)


def _can_be_written(path: Path) -> bool:
    """Whether the system lets the file be changed: Windows does not while Excel has it open."""
    try:
        with path.open("r+b"):
            return True
    except PermissionError:
        return False
