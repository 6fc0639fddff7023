"""Doing one thing to many files: in this process while they are few, in several when it pays."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Below this many files, starting other processes costs more than it saves (docs/hieu-nang.md).
WORTH_A_POOL = 16
_CHUNKS_PER_WORKER = 8


def read_all(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """Yield the function's result for each item, in the order of the items."""
    workers = min(os.cpu_count() or 1, len(items) // (WORTH_A_POOL // 2))
    if len(items) < WORTH_A_POOL or workers < 2:
        yield from map(function, items)
        return
    from concurrent.futures import ProcessPoolExecutor  # costs 20 ms to import

    size = max(1, min(32, len(items) // (workers * _CHUNKS_PER_WORKER)))
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(function, items, chunksize=size)
