"""The jobs that are measured: who does what, on which made-up workbooks, to which known totals."""

import os
import shutil
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from benchmarks.contestants import CONTESTANTS
from benchmarks.generate import (
    CHANGED,
    INBOX,
    PARENT,
    generate,
    generate_changed,
    generate_with_sheets,
)
from benchmarks.measuring import RunFailedError

OURS, HELP = "danvan-xl tong-hop", "danvan-xl --help"
CHANGES = 20
AGAIN = f"danvan-xl tong-hop, chạy lại, {CHANGES} sổ đổi"
MANY = 1000
START_UP = "Khởi động"
UNIT_SHEETS = 14
SHEETS_JOB = f"Một sổ có {UNIT_SHEETS} trang đơn vị"
_FIRST = "ban-dau"
_KEPT = ".danvan-xl*"  # what a run keeps in the received folder for the next one
_DATA_ERRORS = 1
_RUNS_OF_MANY = 3


def _nothing() -> None:
    """Do nothing: most runs need nothing made ready."""


@dataclass(frozen=True, slots=True)
class Case:
    """One contestant at one job: `output` is the summary it must leave with the right totals.

    `count` is how many received workbooks there are, 0 for another kind of job; `prepare` is called
    before every run, outside the time.
    """

    job: str
    name: str
    command: tuple[str, ...]
    runs: int
    count: int = 0
    output: Path | None = None
    totals: dict[str, Decimal] | None = None
    prepare: Callable[[], None] = _nothing

    @property
    def accepted(self) -> tuple[int, ...]:
        """The exit codes of work done: the program has one for doubtful figures."""
        return (0, _DATA_ERRORS) if self.output else (0,)


@dataclass(frozen=True, slots=True)
class Measured:
    """What the runs of one case took: seconds by the clock and of processor, MiB, instructions."""

    case: Case
    seconds: tuple[float, ...]
    cpu: tuple[float, ...]
    memory: float | None
    instructions: int | None = None

    @property
    def median(self) -> float:
        """The middle one of the times."""
        return statistics.median(self.seconds)


def start_up(runs: int) -> list[Case]:
    """The start of the program, and of a Python that does nothing."""
    python = (sys.executable, "-c", "pass")
    return [
        Case(START_UP, HELP, (_program(), "--help"), runs),
        Case(START_UP, "python (không làm gì)", python, runs),
    ]


def unit_sheets(folder: Path, runs: int) -> list[Case]:
    """The roll-up of the unit sheets of one workbook."""
    totals = generate_with_sheets(folder, UNIT_SHEETS).totals
    output = folder / "tong-hop.xlsx"
    command = (_program(), "tong-hop", str(folder / PARENT), "-o", str(output))
    return [Case(SHEETS_JOB, OURS, command, runs, output=output, totals=totals)]


def received(folder: Path, count: int, runs: int, up_to: Mapping[str, int]) -> list[Case]:
    """The contestants at adding up `count` received workbooks, made in `folder`.

    `up_to` says, by the key of a contestant, for how many workbooks it still runs.
    """
    totals = generate(folder, count, workers=os.cpu_count() or 1).totals
    job, inbox, output = f"Tổng hợp {count} sổ", folder / INBOX, folder / "tong-hop.xlsx"
    command = (_program(), "tong-hop", str(folder / PARENT), str(inbox), "-o", str(output))
    runs = runs if count < MANY else min(runs, _RUNS_OF_MANY)

    def forget() -> None:
        for kept in inbox.glob(_KEPT):
            kept.unlink()

    cases = [Case(job, OURS, command, runs, count, output, totals, forget)]
    for item in CONTESTANTS:
        if not item.missing and count <= up_to.get(item.key, count):
            own_runs = 1 if item.once_from and count >= item.once_from else runs
            known = totals if item.adds_up else None
            cases.append(Case(job, item.name, item.command(inbox), own_runs, count, totals=known))
    return cases if count < MANY else _and_again(cases, folder)


def _and_again(cases: list[Case], folder: Path) -> list[Case]:
    """The cases with, last in each turn, a run of ours that finds some workbooks replaced.

    It has what the first run of the turn kept; that one begins with all workbooks as they were.
    """
    ours, *others = cases
    inbox, changed, first = folder / INBOX, folder / CHANGED, folder / _FIRST
    totals = generate_changed(folder, ours.count, CHANGES).totals
    names = [path.name for path in changed.iterdir()]
    _copy(names, inbox, first)

    def begin() -> None:
        _copy(names, first, inbox)
        ours.prepare()

    def send_again() -> None:
        _copy(names, changed, inbox)

    again = replace(ours, name=AGAIN, totals=totals, prepare=send_again)
    return [replace(ours, prepare=begin), *others, again]


def _copy(names: Sequence[str], source: Path, target: Path) -> None:
    """Copy workbooks as if they had just been received: with a date of today."""
    target.mkdir(exist_ok=True)
    for name in names:
        shutil.copyfile(source / name, target / name)


def _program() -> str:
    """The danvan-xl installed beside the running Python."""
    path = Path(sys.executable).with_name("danvan-xl")
    if not path.exists():
        raise RunFailedError(
            f"chưa có {path.name} bên cạnh Python đang chạy; chạy make python trước."
        )
    return str(path)
