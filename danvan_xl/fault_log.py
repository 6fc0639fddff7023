"""What nobody expected, written down for the makers."""

import tempfile
from contextlib import suppress
from pathlib import Path


def log_path() -> Path:
    """Return where what nobody expected is written down."""
    return Path(tempfile.gettempdir()) / "danvan-xl-loi.log"


def write_down(trace: str) -> Path:
    """Keep a trace of what went wrong, in place of the last one; return where it is."""
    path = log_path()
    with suppress(OSError):  # a full disk must not hide what went wrong first
        path.write_text(trace, encoding="utf-8")
    return path
