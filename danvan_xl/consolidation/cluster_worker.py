"""What a machine of a cluster does: read a portion of files, each in a process of its own.

Dask calls `read_portion`; it starts this module as a program, because a Dask worker is not allowed
processes of its own. There the files are read under the limits they are read under anywhere.
"""

import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from danvan_xl.files.workers import LIMITS, Team

_STARTING = 60.0  # seconds beyond those of its files that a portion may take


def read_portion(asked: bytes) -> bytes:
    """The packed results of a portion, made by `pack_portion`, in the order of its items."""
    command = (sys.executable, "-m", __name__)
    count = len(pickle.loads(asked)[1])  # noqa: S301  # from our own client, by way of Dask
    limit = _STARTING + count * LIMITS.seconds
    done = subprocess.run(  # noqa: S603  # this very module
        command, input=asked, capture_output=True, check=True, timeout=limit
    )
    return done.stdout


def pack_portion(
    function: Callable[[Any], Any], items: Sequence[Any], lost: Callable[[Any, Any], Any]
) -> bytes:
    """What `read_portion` needs to know."""
    return pickle.dumps((function, items, lost), pickle.HIGHEST_PROTOCOL)


def program_version() -> str:
    """The versions that decide what is read out of a file."""
    names = ("danvan_xl", "python-calamine")
    return ", ".join(f"{name} {_version(name)}" for name in names)


def sees(path: str) -> bool:
    """Whether a file is there on this machine."""
    return Path(path).is_file()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def read_from_client() -> None:
    """Read the portion that comes in, one file after the other, and give back what they bring."""
    function, items, lost = pickle.load(sys.stdin.buffer)  # noqa: S301  # from our own client
    with Team(function, lost, most=1) as team:
        results = list(team.map(items))
    sys.stdout.buffer.write(pickle.dumps(results, pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    read_from_client()
