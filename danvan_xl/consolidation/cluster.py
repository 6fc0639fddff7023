"""Received files read by the machines of a Dask cluster, as they are read here. Extra `cluster`.

Nothing of a consolidation but the reading is done there: results come back in the order of the
files, whoever read them. A worker that dies is made up for by the others; a file that ends several
workers is lost, as one that ends its process here.
"""

import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from danvan_xl.consolidation.cluster_worker import (
    pack_portion,
    program_version,
    read_portion,
    sees,
)
from danvan_xl.consolidation.consolidation import CannotConsolidateError
from danvan_xl.files.endings import Loss
from danvan_xl.inbox.received import Received

HOW_TO_INSTALL = 'pip install "danvan_xl[cluster]"'
_PATIENCE = 10  # seconds to wait for the scheduler, then for a worker
# A worker that its own machine starts anew is back within ten seconds, a machine that is started
# anew within two minutes; who is away for longer does not come back to this run.
_LONGEST_ABSENCE = 120.0  # seconds without a single worker
_LOOK = 2.0  # seconds between two looks at who is there
# To start a portion takes a fifth of a second, to read a file a fiftieth.
_LARGEST_PORTION, _PORTIONS_PER_WORKER = 64, 4


def read_on_cluster(
    address: str,
    function: Callable[[Received], object],
    items: Sequence[Received],
    lost: Callable[[Received, Loss], object],
) -> Iterator[object]:
    """What a function makes of each file, worked out by the workers at an address.

    Raises CannotConsolidateError when the cluster cannot be had, or is lost on the way.
    """
    if not items:
        return
    items = [_everywhere(item) for item in items]
    with _client(address) as client:
        workers = _check(client, address, items)
        portions = list(_portions(items, workers))
        futures = [_submit(client, function, portion, lost) for portion in portions]
        for portion, future in zip(portions, futures, strict=True):
            yield from _results(client, future, portion, (function, lost))
            future.release()


def _everywhere(item: Received) -> Received:
    """A file by a path that means the same on every machine."""
    return item._replace(path=item.path.resolve()) if isinstance(item.path, Path) else item


@contextmanager
def _client(address: str) -> Iterator[Any]:
    """The client of a cluster; whatever it says of itself becomes a sentence."""
    try:
        from distributed import Client
        from distributed.client import CancelledError
    except ImportError as error:
        raise CannotConsolidateError(
            f"Chưa cài phần dùng cụm máy. Chạy: {HOW_TO_INSTALL}"
        ) from error
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CannotConsolidateError(
            f"Không nối được tới cụm máy {address}. Kiểm tra địa chỉ và máy điều phối "
            "(dask scheduler) đang chạy."
        ) from error
    try:
        yield client
    except (CancelledError, TimeoutError, ConnectionError) as error:
        raise CannotConsolidateError(
            f"Mất liên lạc với cụm máy {address} khi đang đọc. Chạy lại, hoặc bỏ --cum."
        ) from error
    finally:
        client.close(timeout=_PATIENCE)


def _check(client: Any, address: str, items: Sequence[Received]) -> int:
    """How many workers there are; refuse those that would read otherwise, or nothing."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        raise CannotConsolidateError(
            f"Cụm máy {address} chưa có máy nào làm việc. Chạy trên từng máy: dask worker {address}"
        ) from error
    ours = program_version()
    try:
        versions = client.run(program_version)
    except ImportError as error:
        raise CannotConsolidateError(
            f"Máy trong cụm {address} chưa cài danvan_xl. Cài trên từng máy: {HOW_TO_INSTALL}"
        ) from error
    for worker, theirs in sorted(versions.items()):
        if theirs != ours:
            raise CannotConsolidateError(
                f"Máy {worker} trong cụm dùng {theirs}, máy này dùng {ours}. "
                "Cài cùng phiên bản trên mọi máy."
            )
    first = items[0].path
    if isinstance(first, Path):
        for worker, is_there in sorted(client.run(sees, str(first)).items()):
            if not is_there:
                raise CannotConsolidateError(
                    f"Máy {worker} trong cụm không thấy tệp {first}. Thư mục nhận phải là thư mục "
                    "chung, cùng đường dẫn trên mọi máy, hoặc một địa chỉ như s3://…"
                )
    return len(versions)


def _portions(items: Sequence[Received], workers: int) -> Iterator[Sequence[Received]]:
    size = max(1, min(_LARGEST_PORTION, len(items) // (workers * _PORTIONS_PER_WORKER)))
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _submit(
    client: Any,
    function: Callable[[Received], object],
    portion: Sequence[Received],
    lost: Callable[[Received, Loss], object],
) -> Any:
    return client.submit(read_portion, pack_portion(function, portion, lost), pure=False)


def _results(
    client: Any,
    future: Any,
    portion: Sequence[Received],
    how: tuple[Callable[[Received], object], Callable[[Received, Loss], object]],
) -> Iterator[object]:
    """The results of a portion; where it ends workers, of one file after the other."""
    from subprocess import CalledProcessError, TimeoutExpired

    from distributed.scheduler import KilledWorker

    try:
        results = _result_of(client, future)
        yield from pickle.loads(results)  # noqa: S301  # from our own workers
        return
    except (KilledWorker, CalledProcessError, TimeoutExpired):
        if len(portion) == 1:
            yield how[1](portion[0], Loss.BROKEN)
            return
    for item in portion:
        yield from _results(client, _submit(client, how[0], [item], how[1]), [item], how)


def _result_of(client: Any, future: Any) -> bytes:
    """What comes of a portion; TimeoutError where for too long nobody is there to work on it."""
    seen = time.monotonic()
    while True:
        try:
            result: bytes = future.result(timeout=min(_LOOK, _LONGEST_ABSENCE))
        except TimeoutError:
            now = time.monotonic()
            if client.scheduler_info()["workers"]:
                seen = now
            elif now - seen >= _LONGEST_ABSENCE:
                raise
        else:
            return result
