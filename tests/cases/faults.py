"""What goes wrong around the work: disks, rights, networks, the power."""

import errno
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest.mock import patch

from danvan_xl.jobs.consolidate import consolidate_files
from tests.cases.case import Case, Section, told
from tests.on_disk import thon_file, xa_file

_OWN = "| K | Kinh tế | Chỉ tiêu K | cái | 30 | | | |"
_ROW = "| K | Kinh tế | Chỉ tiêu K | cái | 10 | 4 | 5 | KPS |"
_NAME = "tong-hop.xlsx"
_DONE = "tệp kết quả cũ còn nguyên, không có tệp dở, sổ và thư mục nhận không đổi"


def _office(folder: Path) -> dict[Path, bytes]:
    """Write a workbook, an inbox and an old summary; return everything that is there."""
    workbook = xa_file(folder, _OWN)
    for number in (1, 2):
        thon_file(folder / "Nhan", number, _ROW)
    _run(folder)
    assert (workbook.parent / _NAME).exists()
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _run(folder: Path, limit: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "danvan_xl", "tong-hop", "so.xlsx", "Nhan", "-o", _NAME]
    return _answered(command, folder, limit)


def _answered(
    command: list[str], folder: Path, limit: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
        env=_env(),
    )


def _env() -> dict[str, str]:
    here = str(Path(__file__).parents[2])
    return os.environ | {"PYTHONPATH": here, "PYTHONUTF8": "1"}


def _unchanged(folder: Path, before: dict[Path, bytes]) -> str:
    now = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert now == before
    return _DONE


def _no_room(folder: Path) -> str:
    """Return the answer when no file may grow beyond 2 KB, as on a disk with so much left."""
    before = _office(folder)
    small = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (2048, 2048))
    done = _run(folder, small)
    assert done.returncode == 2
    return f"{done.stderr.strip()}<br>{_unchanged(folder, before)}"


def _refused(number: int, folder: Path) -> str:
    """Return the answer when the system refuses to put the new summary in its place."""
    before = _office(folder)
    script = (
        "import pathlib, sys\n"
        f"def refuse(path, target): raise OSError({number}, '', str(target))\n"
        "pathlib.Path.replace = refuse\n"
        f"sys.argv = ['danvan-xl', 'tong-hop', 'so.xlsx', 'Nhan', '-o', '{_NAME}']\n"
        "from danvan_xl.cli.main import console\n"
        "console()\n"
    )
    command = [sys.executable, "-c", script]
    done = _answered(command, folder)
    assert done.returncode == 2
    return f"{done.stderr.strip()}<br>{_unchanged(folder, before)}"


def _unread(number: int, folder: Path) -> str:
    """Return the answer when one received file cannot be read any more."""
    before = _office(folder)
    reading = Path.read_bytes

    def read(path: Path) -> bytes:
        if path.name == "thon-2.xlsx":
            raise OSError(number, "", str(path))
        return reading(path)

    with patch.object(Path, "read_bytes", read):
        result = consolidate_files(folder / "so.xlsx", folder / "Nhan").result
    assert result.lines["k"].actual == 9
    said = told(item for item in result.issues if item.place.file == "thon-2.xlsx")
    return f"{said}<br>Tổng 9, không tính tệp này<br>{_unchanged(folder, before)}"


def _gone(folder: Path) -> str:
    """Return the answer when the folder of received files is not there."""
    before = _office(folder)
    (folder / "Nhan").rename(folder / "mat")
    done = _run(folder)
    (folder / "mat").rename(folder / "Nhan")
    assert done.returncode == 2
    return f"{done.stderr.strip()}<br>{_unchanged(folder, before)}"


def _killed(folder: Path) -> str:
    """Return what is left when the program is killed at any moment, and run once more."""
    before = _office(folder)
    command = [sys.executable, "-m", "danvan_xl", "tong-hop", "so.xlsx", "Nhan", "-o", _NAME]
    for delay in (0.02, 0.08, 0.14, 0.2, 0.26):
        running = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_env()
        )
        time.sleep(delay)
        running.send_signal(signal.SIGKILL)
        running.wait()
        inputs = {path: data for path, data in before.items() if path.name != _NAME}
        assert {path: path.read_bytes() for path in inputs} == inputs
    assert _run(folder).returncode == 0
    assert (folder / _NAME).read_bytes()[:2] == b"PK"
    return "Sổ và thư mục nhận không đổi; chạy lại thì có tệp kết quả trọn vẹn"


def _half_file(folder: Path) -> str:
    """Return what is said of the half file that a killed run of nhan left in the inbox."""
    _office(folder)
    (folder / "Nhan" / ".~k3jx9.xlsx").write_bytes(b"PK\3\4 half")
    result = consolidate_files(folder / "so.xlsx", folder / "Nhan").result
    assert result.lines["k"].actual == 18
    return told(item for item in result.issues if item.place.file.startswith(".~"))


SECTION = Section(
    "Trục trặc của máy",
    "Đang tổng hợp thì máy gặp trục trặc; mỗi trục trặc được gây ra thật trong phép thử.",
    [
        Case("Ổ đĩa không còn chỗ khi ghi kết quả", _no_room),
        Case("Ổ đĩa đầy khi thay tệp kết quả", partial(_refused, errno.ENOSPC)),
        Case("Không có quyền ghi, hoặc tệp kết quả đang mở", partial(_refused, errno.EACCES)),
        Case("Ổ đĩa chỉ cho đọc", partial(_refused, errno.EROFS)),
        Case("Thư mục mạng mất giữa chừng khi ghi", partial(_refused, errno.ENOTCONN)),
        Case("Thư mục mạng mất khi đọc một tệp", partial(_unread, errno.ESTALE)),
        Case("Một tệp bị chương trình khác khóa", partial(_unread, errno.EACCES)),
        Case("Một tệp bị xóa ngay trước khi đọc", partial(_unread, errno.ENOENT)),
        Case("Ổ đĩa hỏng ở chỗ có tệp", partial(_unread, errno.EIO)),
        Case("Thư mục nhận không còn", _gone),
        Case("Tắt máy (chương trình bị dừng) ở bất cứ lúc nào", _killed),
        Case("Tệp ghi dở của lần chạy bị dừng còn trong thư mục nhận", _half_file),
    ],
)
