"""What went wrong: the system's refusals in an officer's words, the unexpected in a log."""

import errno
import tempfile
from contextlib import suppress
from pathlib import Path

_DISK_FULL = "ổ đĩa đầy"
_NOT_ALLOWED = "không có quyền đọc"
_NO_ANSWER = "ổ đĩa hoặc thư mục mạng không trả lời"
_REASONS = {
    errno.ENOENT: "không thấy tệp hoặc thư mục",
    errno.EISDIR: "đây là thư mục",
    errno.ENOTDIR: "đây không phải thư mục",
    errno.EACCES: "không có quyền, hoặc tệp đang mở trong Excel hay chương trình khác",
    errno.EPERM: "không có quyền, hoặc tệp đang mở trong Excel hay chương trình khác",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: _DISK_FULL,
    errno.EFBIG: "ổ đĩa không nhận tệp lớn như vậy",
    errno.ENAMETOOLONG: "tên tệp hoặc đường dẫn quá dài",
    errno.ELOOP: "liên kết chỉ vòng quanh",
}
# Not every system knows all of these.
_REASONS |= {
    number: words
    for name, words in {
        "EDQUOT": _DISK_FULL,
        "EIO": _NO_ANSWER,
        "ENOTCONN": _NO_ANSWER,
        "ESTALE": _NO_ANSWER,
        "ETIMEDOUT": _NO_ANSWER,
        "EHOSTDOWN": _NO_ANSWER,
        "ENETDOWN": _NO_ANSWER,
        "ENETUNREACH": _NO_ANSWER,
        "ENODEV": _NO_ANSWER,
        "ENXIO": _NO_ANSWER,
    }.items()
    if (number := getattr(errno, name, None)) is not None
}


def log_path() -> Path:
    """Where what nobody expected is written down."""
    return Path(tempfile.gettempdir()) / "danvan-xl-loi.log"


def write_down(trace: str) -> Path:
    """Keep a trace of what went wrong, in place of the last one; return where it is."""
    path = log_path()
    with suppress(OSError):  # a full disk must not hide what went wrong first
        path.write_text(trace, encoding="utf-8")
    return path


def why_unlisted(error: OSError) -> str:
    """Why a folder could not be listed, in a few words: nobody holds one open."""
    return _NOT_ALLOWED if isinstance(error, PermissionError) else reason_of(error)


def reason_of(error: OSError) -> str:
    """Why something could not be read or written, in a few words."""
    unknown = f"máy báo lỗi {error.errno or 'không rõ'}"
    return _REASONS.get(error.errno or 0, unknown)
