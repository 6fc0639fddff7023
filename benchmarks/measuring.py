"""Running a command as its own process: how long it takes, and what all its processes hold."""

import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_SAMPLE_SECONDS = 0.02
_KIB = 1024
_MIB = 1024 * 1024


class RunFailedError(Exception):
    """A measured command did not do its work."""


@dataclass(frozen=True, slots=True)
class Run:
    """One finished run: seconds by the clock and of all its processors, what it printed where."""

    seconds: float
    cpu: float
    output: str
    errors: str


def run(command: Sequence[str], accepted: Sequence[int] = (0,)) -> Run:
    """How one whole process ran, from before its start until after its end.

    Raises RunFailedError when the exit code is none of `accepted`.
    """
    start, cpu = time.perf_counter(), _cpu_of_children()
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    seconds, cpu = time.perf_counter() - start, _cpu_of_children() - cpu
    _insist(command, done.returncode, accepted, done.stderr)
    return Run(seconds, cpu, done.stdout, done.stderr)


def peak_memory(command: Sequence[str], accepted: Sequence[int] = (0,)) -> float | None:
    """The most memory (MiB) the command and all its children held together at one time.

    Memory shared between processes counts once. Sampling slows the run down, so this is a run of
    its own. None where the system does not tell.
    """
    if not (_PROC / "self" / "smaps_rollup").exists():
        return None
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True
        )
        peak = 0
        while process.poll() is None:
            peak = max(peak, sum(map(_held, _members(process.pid))))
            time.sleep(_SAMPLE_SECONDS)
        errors.seek(0)
        _insist(command, process.returncode, accepted, errors.read().decode("utf-8", "replace"))
    return peak / _MIB


def _cpu_of_children() -> float:
    """The seconds of processor, user's and system's, of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _insist(command: Sequence[str], code: int, accepted: Sequence[int], errors: str) -> None:
    if code not in accepted:
        raise RunFailedError(f"{' '.join(command)}: mã thoát {code}\n{errors.strip()}")


def _members(session: int) -> list[int]:
    """The processes of a session: the command, and what it started."""
    members = []
    for entry in _PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if os.getsid(int(entry.name)) == session:
                members.append(int(entry.name))
        except OSError:  # it has just ended
            continue
    return members


def _held(process: int) -> int:
    """The bytes a process holds, with its part of what it shares; 0 once it has ended."""
    try:
        lines = (_PROC / str(process) / "smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * _KIB for line in lines if line.startswith("Pss:"))
