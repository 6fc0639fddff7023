"""Work on foreign files in processes of its own: one that dies or hangs costs its own file only."""

import os
import pickle
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from danvan_xl.files.endings import (
    OUT_OF_MEMORY,
    Loss,
    last_words_file,
    loss_of,
    speak_into,
    taken_words,
)
from danvan_xl.files.faults import write_down

Progress = Callable[[int, int], None]  # told how many are done, of how many
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

# With fewer files for each, another process costs more than it saves (docs/hieu-nang.md).
_WORTH_A_WORKER = 8
# Small portions, so that no process is left waiting for the last one.
_PORTIONS_PER_WORKER = 24
_LARGEST_PORTION = 32
_PATIENCE = 5.0  # seconds a process may take to end
# Said aloud: a forked process of another team may hold a copy of the line, so that closing is mute.
_THE_END = None


class Limits(NamedTuple):
    """What one file may cost: seconds, and bytes of memory."""

    seconds: float = 9.0
    memory: int = 768 * 2**20


LIMITS = Limits()


class _Fault(NamedTuple):
    """What a worker answers when our own code failed on an item."""

    trace: str


@dataclass(slots=True)
class _Worker:
    """A process, the line to it, and the items it has been given; it is at work on the first."""

    process: BaseProcess
    line: Connection
    said: Path | None
    portion: deque[int] = field(default_factory=deque)
    since: float = 0.0
    done: int = 0


# Applies a function to items, in order; the last argument makes up for one that was lost.
ReadAll = Callable[
    [Callable[[Any], object], Sequence[Any], Callable[[Any, Loss], object]], Iterable[object]
]


class Team(Generic[ItemT, ResultT]):
    """Processes that do one thing to many items; `lost` makes the result of an item that was lost.

    They start when there is work and end with the `with` block; they are no more than processors,
    or than `most`; they are handed at least so many items `at_a_time`. What there is to be done
    `meanwhile` is done when they have begun.
    """

    def __init__(
        self,
        function: Callable[[ItemT], ResultT],
        lost: Callable[[ItemT, Loss], ResultT],
        limits: Limits | None = None,
        most: int | None = None,
        at_a_time: int = 1,
        meanwhile: Callable[[], object] = lambda: None,
    ) -> None:
        self._function, self._lost, self._limits = function, lost, limits or LIMITS
        self._most = most or os.cpu_count() or 1
        self._at_a_time, self._meanwhile = at_a_time, meanwhile
        self._workers: list[_Worker] = []

    def __enter__(self) -> "Team[ItemT, ResultT]":
        return self

    def __exit__(self, *_error: object) -> None:
        for worker in list(self._workers):
            self._dismiss(worker, 0 if worker.portion else _PATIENCE)

    def map(self, items: Sequence[ItemT]) -> Iterator[ResultT]:
        """The result for each item, in the order of the items."""
        wanted = max(1, min(self._most, len(items) // _WORTH_A_WORKER))
        waiting = _portions(len(items), wanted, self._at_a_time)
        retried: set[int] = set()
        answers: dict[int, ResultT] = {}
        self._hand_out(waiting, items, wanted)
        self._meanwhile()
        for index in range(len(items)):
            while index not in answers:
                self._hand_out(waiting, items, wanted)
                for worker, answer in self._heard():
                    if not isinstance(answer, Loss):
                        number = worker.portion.popleft()
                        answers[number] = self._taken(items[number], answer)
                        continue
                    number, *rest = worker.portion
                    if rest:
                        waiting.appendleft(deque(rest))
                    if answer is Loss.MEMORY and worker.done and number not in retried:
                        retried.add(number)  # those before it may have filled the memory
                        waiting.appendleft(deque((number,)))
                    else:
                        answers[number] = self._lost(items[number], answer)
            yield answers.pop(index)

    def do(self, item: ItemT) -> ResultT:
        """The result for one item."""
        return next(self.map((item,)))

    def _hand_out(self, waiting: deque[deque[int]], items: Sequence[ItemT], wanted: int) -> None:
        """Give a portion to everybody who has none, taking on as many as are wanted."""
        idle = [worker for worker in self._workers if not worker.portion]
        while waiting and (idle or len(self._workers) < wanted):
            worker = idle.pop() if idle else self._take_on()
            worker.portion, worker.since = waiting.popleft(), time.monotonic()
            with suppress(OSError):  # it has died: that is heard next
                worker.line.send([items[number] for number in worker.portion])

    def _heard(self) -> Iterator[tuple[_Worker, Any]]:
        """What those at work answer, or how they were lost; wait until there is something."""
        busy = {worker.line: worker for worker in self._workers if worker.portion}
        first = min(worker.since for worker in busy.values())
        left = first + self._limits.seconds - time.monotonic()
        ready = wait(list(busy), max(0.0, left))
        for line in ready:
            worker = busy[line]  # type: ignore[index]  # only connections were waited for
            try:
                answer = worker.line.recv()
            except (EOFError, OSError):
                yield worker, self._dismiss(worker, _PATIENCE)
                continue
            worker.done += 1
            worker.since = time.monotonic()
            yield worker, answer
        if not ready:
            for worker in busy.values():
                if time.monotonic() - worker.since >= self._limits.seconds:
                    self._dismiss(worker, 0)
                    yield worker, Loss.TIME

    def _taken(self, item: ItemT, answer: Any) -> ResultT:
        if isinstance(answer, _Fault):
            write_down(answer.trace)
            return self._lost(item, Loss.FAULT)
        result: ResultT = answer
        return result

    def _take_on(self) -> _Worker:
        from multiprocessing import get_context  # costs 10 ms

        context = get_context()
        ours, theirs = context.Pipe()
        others = [worker.line for worker in self._workers] + [ours]
        if context.get_start_method() != "fork":
            others = []  # nothing is inherited
        said = last_words_file()
        arguments = (theirs, others, said, self._function, self._limits.memory)
        process = context.Process(target=_serve, args=arguments, daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours, said)
        self._workers.append(worker)
        return worker

    def _dismiss(self, worker: _Worker, patience: float) -> Loss:
        """End a process, by force after `patience` seconds; return how it had ended by itself."""
        self._workers.remove(worker)
        if patience:
            with suppress(OSError):  # it is gone already
                worker.line.send(_THE_END)
        worker.line.close()
        worker.process.join(patience)
        code = worker.process.exitcode
        if code is None:
            worker.process.kill()
            worker.process.join(_PATIENCE)
        return loss_of(code, taken_words(worker.said))


def _portions(count: int, workers: int, least: int) -> deque[deque[int]]:
    size = max(least, min(_LARGEST_PORTION, count // (workers * _PORTIONS_PER_WORKER)))
    return deque(deque(range(start, min(start + size, count))) for start in range(0, count, size))


def _serve(
    line: Connection,
    others: Sequence[Connection],
    said: Path | None,
    function: Callable[[Any], Any],
    memory: int,
) -> None:
    """Do what is asked over the line until it is closed; this is all a worker process does."""
    import faulthandler

    from danvan_xl.files.limits import limit_memory

    for other in others:
        other.close()  # else nobody hears when the process that asks is gone
    faulthandler.disable()
    speak_into(said)
    limit_memory(memory)
    with suppress(EOFError, OSError):
        for portion in iter(line.recv, _THE_END):
            for item in portion:
                line.send_bytes(_answer(function, item))


def _answer(function: Callable[[Any], Any], item: Any) -> bytes:
    """The result packed, or what our own code stumbled over; anything worse is the end."""
    try:
        return pickle.dumps(function(item), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception:  # noqa: BLE001 - whatever it is, it must cost this file alone
        import traceback

        return pickle.dumps(_Fault(traceback.format_exc()))
    except BaseException:  # noqa: BLE001 - a panic in the reader of workbooks is no Exception
        os._exit(1)
