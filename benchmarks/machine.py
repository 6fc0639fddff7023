"""What the figures depend on: processor, memory, system, versions."""

import os
import platform
from pathlib import Path

from benchmarks.contestants import OFFICE, found_version

_PACKAGES = (
    "danvan_xl",
    "python-calamine",
    "XlsxWriter",
    "pandas",
    "numpy",
    "openpyxl",
    "fastexcel",
    "polars",
    OFFICE,
)


def describe_machine() -> list[str]:
    """A line each for the processor, the memory, the system, and the versions."""
    versions = [f"{name} {found_version(name) or 'chưa cài'}" for name in _PACKAGES]
    return [
        f"Bộ xử lý: {_processor()}, {_usable_cores()} lõi",
        f"Bộ nhớ: {_memory()}",
        f"Hệ điều hành: {_system()}",
        ", ".join([f"Python {platform.python_version()}", *versions]),
    ]


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError):
        return "không rõ"
    return f"{size / 1024**3:.0f} GiB"


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()
