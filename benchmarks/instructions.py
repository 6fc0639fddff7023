"""Counting the machine instructions of a command: the measure that does not shake.

perf asks the processor, where the system lets it; else valgrind's cachegrind plays the processor,
some thirty times slower. Both count all processes the command starts.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from benchmarks.measuring import run

_PERF = ("perf", "stat", "-e", "instructions:u", "-x", ",")
_CACHEGRIND = (
    "valgrind",
    "--tool=cachegrind",
    "--cache-sim=no",
    "--cachegrind-out-file=/dev/null",
    "--trace-children=yes",
)


@cache
def counter() -> str | None:
    """The name of what can count on this machine, None where nothing can."""
    if shutil.which("perf"):
        tried = subprocess.run(
            [*_PERF, "true"], capture_output=True, text=True, encoding="utf-8", check=False
        )
        if re.match(r"\d", tried.stderr):  # else "<not supported>" or why it is not permitted
            return "perf"
    return "valgrind" if shutil.which("valgrind") else None


def count(command: Sequence[str], accepted: Sequence[int] = (0,)) -> int:
    """How many instructions the command and all it starts execute, by what `counter` names.

    Raises RunFailedError when the command fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder)
        if counter() == "perf":
            run((*_PERF, "-o", str(log / "perf"), "--", *command), accepted)
            pattern = r"^(\d+),"
        else:
            run((*_CACHEGRIND, f"--log-file={log / '%p'}", *command), accepted)
            pattern = r"I +refs: +([\d,]+)"
        texts = [path.read_text("utf-8", "replace") for path in log.iterdir()]
    found = [re.search(pattern, text, re.MULTILINE) for text in texts]
    return sum(int(match[1].replace(",", "")) for match in found if match)
