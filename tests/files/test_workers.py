"""Workers: one that dies, hangs or stumbles costs its own item only."""

import ctypes
import os
import signal
import tempfile
import time
from functools import partial

import pytest

from danvan_xl.files import endings, workers
from danvan_xl.files.endings import Loss
from danvan_xl.files.limits import BasicLimits, ExtendedLimits
from danvan_xl.files.workers import Limits, Team

ITEMS = [str(number) for number in range(40)]


def shout(item: str) -> str:
    """Return an item with its mark; what it is called makes things go wrong."""
    if item == "hang":
        time.sleep(60)
    if item == "panic":
        raise SystemExit
    if item == "fault":
        raise KeyError(item)
    if item == "abort":
        os.kill(os.getpid(), signal.SIGABRT)
    if item == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if item == "exit":
        os._exit(7)
    if item == "refused":  # as a library in Rust that cannot have its memory
        os.write(2, b"memory allocation of 123456 bytes failed\n" + b" 1: <unknown>\n" * 5_000)
        os.kill(os.getpid(), signal.SIGABRT)
    if item == "memory":
        return "x" * 10**10
    if item == "unsent":
        return lambda: item  # type: ignore[return-value]
    return f"{item}!"


def lost(item: str, loss: Loss) -> str:
    return f"{item}: {loss.value}"


def team(seconds: float = 20.0) -> Team[str, str]:
    return Team(shout, lost, Limits(seconds, 256 * 2**20))


@pytest.mark.parametrize("count", [0, 1, 7, 40])
def test_results_come_in_the_order_of_the_items(count):
    with team() as workers:
        assert list(workers.map(ITEMS[:count])) == [f"{item}!" for item in ITEMS[:count]]


@pytest.mark.parametrize(
    ("trouble", "loss"),
    [
        ("panic", "broken"),
        ("fault", "fault"),
        ("unsent", "fault"),
        ("abort", "broken"),
        ("crash", "broken"),
        ("exit", "broken"),
        ("refused", "memory"),
        ("memory", "memory"),
    ],
)
def test_an_item_that_goes_wrong_is_lost_alone(trouble, loss):
    items = [*ITEMS[:20], trouble, *ITEMS[20:]]

    with team() as workers:
        results = list(workers.map(items))

    assert results.pop(20) == f"{trouble}: {loss}"
    assert results == [f"{item}!" for item in ITEMS]


def test_an_item_that_hangs_is_given_up_and_the_others_are_not():
    with team(seconds=1.0) as workers:
        results = list(workers.map(["1", "hang", "2"]))

    assert results == ["1!", "hang: time", "2!"]


def test_a_team_goes_on_after_a_loss():
    with team() as workers:
        assert [workers.do(item) for item in ("1", "abort", "2")] == ["1!", "abort: broken", "2!"]


@pytest.mark.parametrize(
    ("code", "last_words", "loss"),
    [
        (endings.OUT_OF_MEMORY, b"", Loss.MEMORY),
        (-9, b"", Loss.MEMORY),  # a system without memory
        (-6, b"memory allocation of 4294967296 bytes failed\n", Loss.MEMORY),
        (-6, b"terminate called after throwing an instance of 'std::bad_alloc'\n", Loss.MEMORY),
        (-6, b"free(): invalid pointer\n", Loss.BROKEN),
        (-6, b"", Loss.BROKEN),
        (-7, b"", Loss.BROKEN),
        (-11, b"", Loss.BROKEN),
        (0, b"", Loss.BROKEN),
        (1, b"", Loss.BROKEN),
        (None, b"", Loss.BROKEN),
        # Windows: access violation, fail-fast (an abort too), stack overflow.
        (0xC0000005, b"", Loss.BROKEN),
        (0xC0000409, b"", Loss.BROKEN),
        (0xC0000409, b"memory allocation of 800000000 bytes failed\r\n", Loss.MEMORY),
        (0xC00000FD, b"", Loss.BROKEN),
        # Windows: no memory, no room for more, no resources.
        (0xC0000017, b"", Loss.MEMORY),
        (0xC0000017 - 2**32, b"", Loss.MEMORY),
        (0xC000012D, b"", Loss.MEMORY),
        (0xC000009A, b"", Loss.MEMORY),
    ],
)
def test_how_a_process_ended_tells_why(code, last_words, loss):
    assert endings.loss_of(code, last_words) is loss


def test_what_a_process_said_is_not_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(endings, "mkstemp", partial(tempfile.mkstemp, dir=tmp_path))
    with team() as workers:
        assert [workers.do(item) for item in ("1", "refused")] == ["1!", "refused: memory"]
        assert len(list(tmp_path.iterdir())) <= 1

    assert list(tmp_path.iterdir()) == []


def test_without_a_place_for_last_words_files_are_read_all_the_same(monkeypatch):
    monkeypatch.setattr(endings, "mkstemp", no_room)
    with team() as workers:
        assert [workers.do(item) for item in ("1", "abort", "2")] == ["1!", "abort: broken", "2!"]


def no_room(**_options: str) -> None:
    raise OSError(28, "No space left on device")


def test_who_asks_does_something_else_when_the_others_have_begun():
    begun = []
    with Team(shout, lost, meanwhile=lambda: begun.append(len(workers._workers))) as workers:
        assert list(workers.map(ITEMS[:3])) == ["0!", "1!", "2!"]

    assert begun == [1]


def test_a_team_ends_by_itself_while_another_is_at_work():
    with team() as longer:
        with team() as shorter:
            shorter.do("1")
            longer.do("1")  # its process inherits what the other has open
            process = shorter._workers[0].process

        assert process.exitcode == 0


class MuchAtFirst:
    """Takes a good part of the memory it may have, and keeps it."""

    kept: list[str] = []  # noqa: RUF012 - a process has one

    def __call__(self, _item: str) -> int:
        self.kept.append("x" * (150 * 2**20))
        return len(self.kept)


def test_an_item_is_not_lost_for_the_memory_of_those_before_it():
    with Team(MuchAtFirst(), lambda _item, _loss: -1, Limits(20.0, 256 * 2**20)) as workers:
        assert list(workers.map(ITEMS[:3])) == [1, 1, 1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="asks for fork and /proc")
def test_workers_end_with_whoever_asked_them(tmp_path):
    read, write = os.pipe()
    if not (asking := os.fork()):
        with team() as workers:
            workers.do("1")
            os.write(write, str(workers._workers[0].process.pid).encode())
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(asking, 0)
    worker = int(os.read(read, 20))

    for _ in range(100):
        if not is_running(worker):
            return
        time.sleep(0.05)
    pytest.fail("the worker is still there")


def is_running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:  # noqa: PTH123 - may vanish
            return stat.read().split()[2] != "Z"
    except OSError:
        return False


def test_what_is_told_to_windows_has_the_size_it_expects():
    assert ctypes.sizeof(BasicLimits) == 64
    assert ctypes.sizeof(ExtendedLimits) == 144


def test_items_may_be_handed_several_at_a_time():
    assert [len(portion) for portion in workers._portions(10, 2, 4)] == [4, 4, 2]
    assert [len(portion) for portion in workers._portions(10, 2, 1)] == [1] * 10
