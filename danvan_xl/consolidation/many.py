"""Whether there is so much that it has to be held small: one question, asked once a consolidation.

Below it figures and registers are plain dicts and tuples all the way. Above it stand packing
(`rollup.packed…`, `packed_submissions`), portions (`portions`) and remembering (`remembered`).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from danvan_xl.files.endings import Loss
from danvan_xl.files.workers import ReadAll

# As they are, so many units take some 40 MB, and are read in three seconds.
MANY = 150


def is_many(files: int) -> bool:
    """Whether so many received files are read that what they bring has to be held small."""
    return files >= MANY


def read_here(
    function: Callable[[Any], object],
    items: Sequence[Any],
    _lost: Callable[[Any, Loss], object],
) -> Iterable[object]:
    """What a function makes of each item, in this process: for files that are trusted."""
    return map(function, items)


class Means(NamedTuple):
    """Who applies a function to received files, in order; it may be done in parallel.

    Where there are many, `read_many` does so, and `gather` to portions of units: both may know from
    an earlier run what has not changed. `is_many` is the answer where it is known already.
    """

    read_all: ReadAll = read_here
    read_many: ReadAll = read_here
    gather: ReadAll = read_here
    is_many: bool | None = None


HERE = Means()
