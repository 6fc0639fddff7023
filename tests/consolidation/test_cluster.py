"""Files read by a Dask cluster of two processes, and from addresses: the same as read here."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from benchmarks.generate import INBOX, PARENT, generate
from danvan_xl.consolidation import cluster, cluster_worker
from danvan_xl.consolidation.consolidation import CannotConsolidateError
from danvan_xl.files.addresses import Address, AddressError, RemoteFile, files_at
from danvan_xl.files.opening import open_unguarded
from danvan_xl.inbox.received import list_address
from danvan_xl.jobs.consolidate import Reading, consolidate_files, save_summary
from tests.program import running

pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
pytest.importorskip("fsspec", reason="the extra 'cluster' is not installed")
COUNT = 12
pytestmark = pytest.mark.filterwarnings("ignore")  # Dask's own, about ports and clocks


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("so")
    generate(folder, COUNT)
    (folder / INBOX / "hong.xlsx").write_bytes(b"PK no workbook")
    return folder


@pytest.fixture(scope="module")
def two_workers():
    """A cluster of two worker processes that start anew when they die."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as started:
        yield started


def here(folder: Path):
    return consolidate_files(folder / PARENT, folder / INBOX).result


def there(folder: Path, address: str, inbox: Path | Address | None = None):
    reading = Reading(cluster=address)
    return consolidate_files(folder / PARENT, inbox or folder / INBOX, reading=reading).result


def assert_same(one, other):
    assert one.lines == other.lines
    assert one.issues == other.issues
    assert [unit.status for unit in one.units] == [unit.status for unit in other.units]
    assert one.tracking.figures == other.tracking.figures


def test_two_workers_give_what_one_computer_gives(made, two_workers):
    assert_same(here(made), there(made, two_workers.scheduler_address))


def test_a_worker_killed_in_the_middle_loses_nothing(made, two_workers, monkeypatch):
    monkeypatch.setattr(cluster, "_LARGEST_PORTION", 1)
    victim = next(iter(two_workers.workers.values())).pid
    killed = threading.Event()

    def kill():
        time.sleep(0.7)  # in the middle: thirteen portions of a quarter of a second each
        os.kill(victim, signal.SIGKILL)
        killed.set()

    killer = threading.Thread(target=kill)
    killer.start()
    result = there(made, two_workers.scheduler_address)
    killer.join()

    assert killed.is_set()
    assert_same(here(made), result)


def test_a_file_that_ends_every_worker_costs_only_itself(made, two_workers, monkeypatch):
    portions = []
    submit = cluster._submit

    def poisoned(client, function, portion, lost):
        portions.append(len(portion))
        if any(item.name == "hong.xlsx" for item in portion):
            return client.submit(os._exit, 1, pure=False)
        return submit(client, function, portion, lost)

    monkeypatch.setattr(cluster, "_submit", poisoned)
    monkeypatch.setattr(cluster, "_LARGEST_PORTION", 3)
    result = there(made, two_workers.scheduler_address)

    told = [item for item in result.issues if item.place.file == "hong.xlsx"]
    assert [item.code.value for item in told] == ["TEP01"]
    assert "dừng" in told[0].message
    assert result.reported == COUNT
    assert 1 in portions


def test_each_file_on_a_worker_has_a_process_and_limits_of_its_own(made, monkeypatch):
    from danvan_xl.consolidation.submissions import lost_submission
    from danvan_xl.inbox.received import Received

    items = [Received(made / INBOX / "hong.xlsx", "hong.xlsx")]
    asked = cluster_worker.pack_portion(_dies, items, lost_submission)
    import pickle

    (found,) = pickle.loads(cluster_worker.read_portion(asked))
    assert found.file == "hong.xlsx"
    assert found.issues[0].code.value == "TEP01"


def _dies(_item):
    os._exit(1)


@pytest.mark.parametrize("also_the_scheduler", [False, True])
@pytest.mark.timeout(90)
def test_a_run_whose_whole_cluster_goes_ends_in_a_sentence(
    made, tmp_path, monkeypatch, capsys, also_the_scheduler
):
    monkeypatch.setattr(cluster, "_LONGEST_ABSENCE", 2.0)
    monkeypatch.setattr(cluster, "_LOOK", 0.2)
    monkeypatch.setattr(cluster, "_LARGEST_PORTION", 1)
    submit = cluster._submit

    with processes_of_a_cluster(tmp_path) as (address, scheduler, workers):

        def submitted(*args):
            if args[2][0].name == "hong.xlsx":  # the last: the others have been asked for
                for process in [*workers, *([scheduler] if also_the_scheduler else [])]:
                    process.kill()
            return submit(*args)

        monkeypatch.setattr(cluster, "_submit", submitted)
        run = running(monkeypatch, capsys)
        code, answer, told = run(
            "tong-hop", made / PARENT, made / INBOX, "-o", tmp_path / "a.xlsx", "--cum", address
        )

    assert code == 2
    assert answer["error"].startswith(f"Mất liên lạc với cụm máy {address} khi đang đọc.")
    assert "Traceback" not in told
    assert not (tmp_path / "a.xlsx").exists()


@contextmanager
def processes_of_a_cluster(folder: Path):
    """A scheduler and two workers as programs of their own, which nobody starts anew."""
    found = folder / "dieu-phoi.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    with ExitStack() as stack:

        def started(*command: object) -> subprocess.Popen[bytes]:
            process = stack.enter_context(subprocess.Popen([*map(str, command)], **quiet))
            stack.callback(process.kill)
            return process

        to_scheduler = ("--scheduler-file", found)
        scheduler = started(
            *(sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", 0),
            *("--no-dashboard", *to_scheduler),
        )
        workers = [
            started(
                *(sys.executable, "-m", "distributed.cli.dask_worker", "--no-nanny"),
                *("--nthreads", 1, "--no-dashboard", *to_scheduler),
            )
            for _ in range(2)
        ]
        while not found.exists():
            time.sleep(0.1)
        yield json.loads(found.read_text("utf-8"))["address"], scheduler, workers


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "khong-phai://dia-chi", "::"])
def test_no_cluster_is_one_sentence(made, address, monkeypatch, capsys):
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    run = running(monkeypatch, capsys)

    code, answer, told = run(
        "tong-hop", made / PARENT, made / INBOX, "-o", made / "a.xlsx", "--cum", address
    )

    assert code == 2
    assert answer["error"].startswith(f"Không nối được tới cụm máy {address}.")
    assert "Traceback" not in told
    assert not (made / "a.xlsx").exists()


def test_a_cluster_without_workers_says_what_to_start(made, monkeypatch):
    from distributed import LocalCluster

    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    with (
        LocalCluster(n_workers=0, dashboard_address=None) as empty,
        pytest.raises(CannotConsolidateError, match=r"chưa có máy nào làm việc.*dask worker"),
    ):
        there(made, empty.scheduler_address)


def test_workers_of_another_version_are_refused(made, two_workers, monkeypatch):
    monkeypatch.setattr(cluster, "program_version", _another_version)
    monkeypatch.setattr(cluster, "_client", _client_that_says(cluster._client, "danvan_xl 0.0.1"))
    with pytest.raises(CannotConsolidateError, match=r"dùng danvan_xl 0\.0\.1, máy này dùng"):
        there(made, two_workers.scheduler_address)


def _another_version() -> str:
    return "danvan_xl 9.9"


def _client_that_says(client_of, version):
    from contextlib import contextmanager

    class Says:
        def __init__(self, client):
            self._client = client

        def __getattr__(self, name):
            return getattr(self._client, name)

        def run(self, function, *args):
            return {"tcp://a": version} if not args else self._client.run(function, *args)

    @contextmanager
    def client(address):
        with client_of(address) as real:
            yield Says(real)

    return client


def test_workers_that_do_not_see_the_folder_are_told(made, two_workers, monkeypatch):
    monkeypatch.setattr(cluster, "sees", _sees_nothing)
    with pytest.raises(CannotConsolidateError, match=r"không thấy tệp .*thư mục chung"):
        there(made, two_workers.scheduler_address)


def _sees_nothing(_path: str) -> bool:
    return False


def test_the_extra_that_is_not_installed_is_named(made, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CannotConsolidateError, match="Chưa cài phần dùng cụm máy"):
        there(made, "tcp://127.0.0.1:8786")


def test_an_address_gives_what_its_folder_gives(made, two_workers, tmp_path):
    address = Address(f"file://{(made / INBOX).as_posix()}")
    embedded = consolidate_files(made / PARENT, address)

    assert_same(here(made), embedded.result)
    assert_same(here(made), there(made, two_workers.scheduler_address, address))
    report = save_summary(embedded, tmp_path / "a.xlsx")
    (link,) = {
        cell.file
        for row in report.table("submissions").rows
        for cell in row.cells
        if getattr(cell, "file", "").endswith("25123.001.xlsx")
    }
    assert link == f"{address}/25123.001.xlsx"


def test_an_address_on_the_command_line(made, tmp_path, monkeypatch, capsys):
    run = running(monkeypatch, capsys)
    address = f"file://{(made / INBOX).as_posix()}/"

    code, answer, _ = run("tong-hop", made / PARENT, address, "-o", tmp_path / "a.xlsx")

    assert code == 1  # hong.xlsx
    assert answer["reported"] == COUNT
    assert (tmp_path / "a.xlsx").exists()


def test_files_at_an_address_are_sorted_out_as_in_a_folder(tmp_path):
    import fsspec

    memory = fsspec.filesystem("memory")
    for name in ("b.xlsx", "~$b.xlsx", "a/c.xls", "ghi-chú.txt", "chưa rõ/d.xlsx"):
        memory.pipe(f"/hop/{name}", b"x")
    inbox = list_address(Address("memory://hop"))

    assert [item.name for item in inbox.files] == ["a/c.xls", "b.xlsx"]
    assert sorted(item.code.value for item in inbox.issues) == sorted(
        item.code.value for item in _as_folder(tmp_path, memory).issues
    )


def _as_folder(folder: Path, memory):
    from danvan_xl.inbox.received import list_inbox

    for path in memory.find("/hop"):
        target = folder / path.removeprefix("/hop/")
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(memory.cat(path))
    return list_inbox(folder)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("memory://khong-co", "Không thấy thư mục nhận 'memory://khong-co'"),
        ("chua-biet://a", "Không đọc được thư mục nhận 'chua-biet://a'"),
        ("smb://may/nhan", "Thiếu thư viện để mở 'smb://may/nhan'"),
    ],
)
def test_an_address_that_cannot_be_had_is_one_sentence(url, told):
    with pytest.raises(AddressError) as error:
        list(files_at(Address(url)))
    assert str(error.value).startswith(told)


def test_a_file_that_is_gone_from_its_address_is_told(made):
    gone = RemoteFile(f"file://{made.as_posix()}/khong-co.xlsx")
    assert open_unguarded(gone, "khong-co.xlsx").code.value == "TEP01"


def test_nothing_is_written_at_an_address(made, tmp_path):
    copy = Path(shutil.copytree(made / INBOX, tmp_path / "nhan"))
    before = {path.name: path.stat().st_mtime_ns for path in copy.iterdir()}

    consolidate_files(made / PARENT, Address(f"file://{copy.as_posix()}"))

    assert {path.name: path.stat().st_mtime_ns for path in copy.iterdir()} == before
