"""Doing one thing to many files: in this process while they are few, in several when it pays."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Below this many files, starting other processes costs more than it saves (docs/hieu-nang.md).
WORTH_A_POOL = 16
# Small portions, so that no process is left waiting for the last one.
_PORTIONS_PER_WORKER = 24
_LARGEST_PORTION = 32


def read_all(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """Yield the function's result for each item, in the order of the items."""
    workers = min(os.cpu_count() or 1, len(items) // (WORTH_A_POOL // 2))
    if len(items) < WORTH_A_POOL or workers < 2:
        yield from map(function, items)
        return
    from concurrent.futures import ProcessPoolExecutor  # costs 20 ms to import

    portion = len(items) // (workers * _PORTIONS_PER_WORKER)
    size = max(1, min(_LARGEST_PORTION, portion))
    with ProcessPoolExecutor(workers, initializer=_Worker.take_up, initargs=(function,)) as pool:
        yield from pool.map(_Worker.do, items, chunksize=size)


class _Worker:
    """What a process of the pool does; it is told once, not with every portion."""

    function: Callable[[Any], Any]

    @classmethod
    def take_up(cls, function: Callable[[Any], Any]) -> None:
        cls.function = staticmethod(function)

    @classmethod
    def do(cls, item: Any) -> Any:
        return cls.function(item)
