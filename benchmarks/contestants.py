"""The other ways to the same totals: each is a module of its own, run as a process of its own."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Contestant:
    """A module that adds up a folder, the packages it needs, and how many workbooks it is given.

    More than `up_to` workbooks it is not asked to add up; from `once_from` on it runs once only.
    """

    key: str
    name: str
    module: str
    needs: tuple[str, ...]
    engine: tuple[str, ...] = ()
    adds_up: bool = True
    up_to: int | None = None
    once_from: int | None = None

    def command(self, inbox: Path) -> tuple[str, ...]:
        """The command that adds up the workbooks of a folder."""
        return (sys.executable, "-m", self.module, str(inbox), *self.engine)

    @property
    def missing(self) -> list[str]:
        """What it needs that this machine does not have."""
        return [name for name in self.needs if found_version(name) is None]


OFFICE = "LibreOffice"
FLOOR = Contestant(
    "calamine",
    "python-calamine, chỉ đọc, 1 luồng",
    "benchmarks.calamine_lists",
    ("python-calamine",),
    adds_up=False,
)
LOOP = Contestant(
    "pandas",
    "pandas + openpyxl",
    "benchmarks.pandas_loop",
    ("pandas", "openpyxl"),
    ("openpyxl",),
    up_to=1000,
    once_from=1000,
)
OFFICE_CSV = Contestant(
    "libreoffice",
    "LibreOffice ra CSV + pandas",
    "benchmarks.office_csv",
    (OFFICE, "pandas"),
    up_to=24,
)
CONTESTANTS = (
    FLOOR,
    Contestant("polars", "fastexcel + polars", "benchmarks.polars_loop", ("fastexcel", "polars")),
    Contestant(
        "pandas-calamine",
        "pandas + calamine",
        "benchmarks.pandas_loop",
        ("pandas", "python-calamine"),
        ("calamine",),
    ),
    LOOP,
    OFFICE_CSV,
)


def found_version(name: str) -> str | None:
    """The version of a Python package or of LibreOffice, None where it is not installed."""
    if name == OFFICE:
        return _office_version()
    try:
        return version(name)
    except PackageNotFoundError:
        return None


@cache
def _office_version() -> str | None:
    program = shutil.which("soffice")
    if program is None:
        return None
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    words = said.stdout.split()  # "LibreOffice 7.4.7.2 40(Build:2)"
    return words[1] if len(words) > 1 else None
