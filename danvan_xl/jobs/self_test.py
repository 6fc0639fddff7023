"""`cai-dat --kiem-tra`: what the add-in needs, looked at one by one."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from danvan_xl.jobs.install import (
    CannotInstallError,
    addin_file,
    read_settings,
    settings_file,
    startup_file,
)
from danvan_xl.jobs.machine import Machine

_CLICK_TO_RUN = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_TRIES = "import danvan_xl.excel.buttons"
_PATIENCE = 60  # seconds


class SelfCheck(NamedTuple):
    """One thing that was looked at; `is_good` is None for what is only told."""

    what: str
    is_good: bool | None
    found: str


def self_test(machine: Machine) -> tuple[SelfCheck, ...]:
    """Every check in order; what only Windows has is left out elsewhere."""
    checks = [*_python(machine)]
    if machine.is_windows:
        checks += [_excel(machine), *_addin(machine), *_settings(machine)]
    return tuple(checks)


def _python(machine: Machine) -> Iterator[SelfCheck]:
    bits = 64 if sys.maxsize > 2**32 else 32
    yield SelfCheck("Python", sys.version_info >= (3, 11), f"{sys.version.split()[0]}, {bits} bit")
    try:
        yield SelfCheck("xlwings", True, version("xlwings"))
    except PackageNotFoundError:
        yield SelfCheck("xlwings", False, 'chưa cài; cài bằng lệnh: pip install "danvan_xl[excel]"')
        return
    try:
        run = subprocess.run(  # noqa: S603 - the interpreter that was installed, a text of our own
            [str(machine.python), "-c", _TRIES],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        slow = f"không: Python chạy hơn {_PATIENCE} giây chưa xong; tắt bớt chương trình, thử lại"
        yield SelfCheck("Các nút gọi được Python", False, slow)
        return
    last = (run.stderr.strip().splitlines() or ["không rõ"])[-1]
    good = run.returncode == 0
    yield SelfCheck("Các nút gọi được Python", good, "được" if good else f"không: {last}")
    if machine.is_windows:
        has_com = find_spec("win32com") is not None
        yield SelfCheck("Nối với Excel (pywin32)", has_com, "có" if has_com else "thiếu pywin32")


def _excel(machine: Machine) -> SelfCheck:
    """Which Excel there is."""
    read = machine.registry
    number = read("HKCR", r"Excel.Application\CurVer", "")
    if not number:
        return SelfCheck("Excel", False, "không thấy Excel trên máy này")
    build = read("HKLM", _CLICK_TO_RUN, "VersionToReport")
    bits = {"x64": ", 64 bit", "x86": ", 32 bit"}.get(read("HKLM", _CLICK_TO_RUN, "Platform"), "")
    return SelfCheck("Excel", True, f"{build or number}{bits}")


def _addin(machine: Machine) -> Iterator[SelfCheck]:
    target = startup_file(machine)
    if not target.exists():
        yield SelfCheck("Phần bổ trợ", False, f"chưa cài ({target}); chạy: danvan-xl cai-dat")
        return
    try:
        is_same = target.read_bytes() == addin_file().read_bytes()
    except CannotInstallError as error:
        yield SelfCheck("Phần bổ trợ", False, str(error))
        return
    found = str(target) if is_same else "khác bản của chương trình; chạy lại: danvan-xl cai-dat"
    yield SelfCheck("Phần bổ trợ", is_same, found)
    marked = has_mark_of_the_web(target)
    words = "bị Windows đánh dấu tải từ mạng: bấm chuột phải > Thuộc tính > Bỏ chặn"
    yield SelfCheck("Dấu tệp tải từ mạng", not marked, words if marked else "không có")


def _settings(machine: Machine) -> Iterator[SelfCheck]:
    path = settings_file(machine)
    settings = read_settings(path)
    python = settings.get("INTERPRETER_WIN", "")
    is_there = bool(python) and Path(python).exists()
    yield SelfCheck("Cấu hình", is_there, python if is_there else f"{path} chưa ghi đúng Python")
    folder = Path(settings.get("TEMP DIR", ""))
    yield SelfCheck("Thư mục tạm", folder.is_dir(), str(folder))


def has_mark_of_the_web(path: Path) -> bool:
    """Whether Windows notes that a file came from the net (stream Zone.Identifier of NTFS)."""
    try:
        return Path(f"{path}:Zone.Identifier").exists()
    except OSError:
        return False
