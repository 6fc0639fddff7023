"""Two runs in one folder at the same moment: nothing is overwritten, nothing filed twice."""

import json
import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from danvan_xl.files.atomic import creating, replacing
from danvan_xl.files.folder_lock import FolderBusyError, folder_lock
from danvan_xl.files.leftovers import clear_leftovers, temporary_prefix
from danvan_xl.files.names import LOCK_NAME, TEMPORARY_PREFIX
from danvan_xl.inbox.collecting import CollectingOrder, collect
from danvan_xl.inbox.journal import JOURNAL_NAME, read_journal
from danvan_xl.inbox.received import list_inbox
from danvan_xl.inbox.store import InboxStore
from danvan_xl.writing.template.workbook import write_workbook
from tests.offices import OFFICE
from tests.on_disk import thon_file, xa_file
from tests.program import running

ROW = "| K | Kinh tế | Chỉ tiêu K | cái | 10 | {} | | |"
SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def run(monkeypatch, capsys):
    return running(monkeypatch, capsys)


def parcel(folder: Path, units: range, figure: int) -> Path:
    """A folder with a workbook of each unit."""
    folder.mkdir()
    for number in units:
        thon_file(folder, number, ROW.format(figure), Kỳ_báo_cáo="Tháng 1")
    return folder


def take_in(sources: list[Path], inbox: Path, ready: object, go: object) -> None:
    """File the sources, all runs at the same moment."""
    ready.release()  # type: ignore[attr-defined]  # a semaphore
    go.wait()  # type: ignore[attr-defined]  # an event
    collect(CollectingOrder(tuple(sources), inbox))


def at_once(jobs: list[tuple[list[Path], Path]]) -> None:
    ready, go = SPAWN.Semaphore(0), SPAWN.Event()
    runs = [SPAWN.Process(target=take_in, args=(*job, ready, go)) for job in jobs]
    for process in runs:
        process.start()
    for _ in runs:
        assert ready.acquire(timeout=60)
    go.set()
    for process in runs:
        process.join(60)
        assert process.exitcode == 0


def test_two_runs_with_different_mail_lose_nothing(tmp_path):
    inbox = tmp_path / "Nhan"
    one, other = parcel(tmp_path / "a", range(1, 7), 1), parcel(tmp_path / "b", range(1, 7), 2)

    at_once([([one], inbox), ([other], inbox)])

    filed = list(inbox.rglob("*.xlsx"))
    received = [*one.glob("*"), *other.glob("*")]
    assert sorted(p.read_bytes() for p in filed) == sorted(p.read_bytes() for p in received)
    assert len(read_journal(inbox).entries) == 12
    assert {path.name for path in inbox.iterdir()} == {"2026", JOURNAL_NAME}


def test_two_runs_with_the_same_mail_file_it_once(tmp_path):
    inbox, mail = tmp_path / "Nhan", parcel(tmp_path / "a", range(1, 7), 1)

    at_once([([mail], inbox), ([mail], inbox)])

    assert len(list(inbox.rglob("*.xlsx"))) == 6
    assert len(read_journal(inbox).entries) == 6


def test_a_run_beside_a_summary_disturbs_neither(run, tmp_path):
    inbox = tmp_path / "Nhan"
    workbook = xa_file(tmp_path, ROW.format(""))
    first, second = parcel(tmp_path / "a", range(1, 3), 1), parcel(tmp_path / "b", range(1, 3), 2)
    collect(CollectingOrder((first,), inbox))
    ready, go = SPAWN.Semaphore(0), SPAWN.Event()
    filing = SPAWN.Process(target=take_in, args=([second], inbox, ready, go))
    filing.start()
    assert ready.acquire(timeout=60)
    go.set()

    for _ in range(3):
        code, _out, said = run("tong-hop", workbook, inbox, "-o", tmp_path / "th.xlsx")
        assert code in (0, 1), said

    filing.join(60)
    assert filing.exitcode == 0
    assert len(read_journal(inbox).entries) == 4


def test_what_one_run_has_written_of_a_file_stays(tmp_path):
    """Late stays late: a second run that filed the same file does not say when it came."""
    inbox, mail = tmp_path / "Nhan", parcel(tmp_path / "a", range(1, 2), 1)
    inbox.mkdir()
    late = InboxStore(inbox)
    collect(CollectingOrder((mail,), inbox))
    (first,) = read_journal(inbox).entries
    with late.kept():
        data = (inbox / first.path).read_bytes()
        late.add(first._replace(arrived_on=None, received_at=None), data)

    assert read_journal(inbox).entries == (first,)
    assert len(list(inbox.rglob("*.xlsx"))) == 1


def test_two_sendings_at_once_are_two(tmp_path):
    made = tmp_path / "Gui"
    made.mkdir()
    runs = []
    for name, figure in (("a", 1), ("b", 2)):
        (tmp_path / name).mkdir()
        workbook = xa_file(tmp_path / name, ROW.format(figure), Độ_mật="Thường")
        command = [sys.executable, "-m", "danvan_xl", "gui", workbook, "-o", made, "--van-gui"]
        runs.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
    assert {one.wait(60) for one in runs} <= {0, 1}

    names = sorted(path.name for path in made.glob("*.xlsx"))
    assert [name.rpartition("_")[2] for name in names] == ["lan1.xlsx", "lan2.xlsx"]


def test_who_waits_too_long_is_told(tmp_path):
    with folder_lock(tmp_path):
        before = time.monotonic()
        with pytest.raises(FolderBusyError, match="đang có lệnh khác ghi vào"):  # noqa: SIM117
            with folder_lock(tmp_path, waiting=0.1):
                pass
        assert time.monotonic() - before < 5
    with folder_lock(tmp_path, waiting=0.1):
        pass
    assert list(tmp_path.iterdir()) == []


def held_by_one_killed(folder: Path) -> None:
    """Let another process take the folder and write a file into it, and kill it meanwhile."""
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from danvan_xl.files.atomic import replacing\n"
        "from danvan_xl.files.folder_lock import folder_lock\n"
        "folder = Path(sys.argv[1])\n"
        "with folder_lock(folder), replacing(folder / 'x.xlsx') as temporary:\n"
        "    temporary.write_bytes(b'PK')\n"
        "    print('now', flush=True)\n"
        "    time.sleep(60)\n"
    )
    command = [sys.executable, "-c", program, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as held:
        assert held.stdout is not None
        held.stdout.readline()
        held.kill()
    assert len(list(folder.glob(f"{TEMPORARY_PREFIX}*"))) == 1


def test_a_lock_whose_run_was_killed_stops_nobody(tmp_path):
    held_by_one_killed(tmp_path)

    with folder_lock(tmp_path, waiting=0.5):
        left = [path.name for path in tmp_path.iterdir()]

    assert left == [LOCK_NAME]


@pytest.mark.parametrize("verb", ["nhan", "giao", "gui", "tong-hop"])
def test_the_next_run_removes_what_a_killed_one_left(run, tmp_path, verb):
    folder = tmp_path / "Ra"
    folder.mkdir()
    held_by_one_killed(folder)
    workbook = tmp_path / "so.xlsx"
    write_workbook(workbook, OFFICE)
    mail = parcel(tmp_path / "a", range(1, 2), 1)
    verbs = {
        "nhan": ("nhan", mail, "--vao", folder),
        "giao": ("giao", workbook, "-o", folder),
        "gui": ("gui", workbook, "-o", folder, "--van-gui"),
        "tong-hop": ("tong-hop", workbook, "-o", folder / "th.xlsx"),
    }

    code, _, said = run(*verbs[verb])

    assert code in (0, 1), said
    assert list(folder.rglob(f"{TEMPORARY_PREFIX}*")) == []


def test_what_another_run_is_writing_stays(tmp_path):
    mine = tmp_path / f"{temporary_prefix()}x.xlsx"
    theirs = tmp_path / f"{TEMPORARY_PREFIX}00000000-1-x.xlsx"  # of another computer
    office = tmp_path / ".~lock.so.xlsx#"
    old = tmp_path / f"{TEMPORARY_PREFIX}k3jx9a2b.xlsx"
    for path in (mine, theirs, office, old):
        path.write_bytes(b"PK")
    for path in (office, old):
        os.utime(path, (1, 1))

    clear_leftovers(tmp_path)

    assert sorted(tmp_path.iterdir()) == sorted((mine, theirs, office))


def test_a_new_file_never_takes_the_place_of_another(tmp_path):
    path = tmp_path / "x.xlsx"

    def two() -> None:
        with creating(path) as temporary:
            temporary.write_bytes(b"second")
            path.write_bytes(b"first")

    with pytest.raises(FileExistsError):
        two()

    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


def test_a_reader_is_waited_for(tmp_path, monkeypatch):
    path, tries = tmp_path / "x.json", []
    replace = Path.replace

    def refused_twice(self: Path, target: Path) -> Path:
        tries.append(target)
        if len(tries) < 3:
            raise PermissionError(13, "in use", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refused_twice)
    with replacing(path, patience=5) as temporary:
        temporary.write_text("{}")
    assert path.read_text() == "{}"

    tries.clear()
    with pytest.raises(PermissionError) as refused, replacing(path) as temporary:
        temporary.write_text("new")
    assert refused.value.filename == str(path)
    assert path.read_text() == "{}"


LINE = {
    "path": "2026/T01/A.1/01_thon-1.xlsx",
    "way": "thon-1.xlsx",
    "sha256": "ab" * 32,
    "unit_code": "A.1",
    "unit_name": "Thôn 1",
    "period": "T01",
    "year": 2026,
}
ODD_VALUES = [
    ("path", "x/" * 3_000),
    ("path", "../ngoai.xlsx"),
    ("path", "C:\\ngoai.xlsx"),
    ("path", "\\\\may\\o\\ngoai.xlsx"),
    ("path", "a\0b"),
    ("path", ""),
    ("unit_name", "\ud800"),
    ("unit_code", None),
    ("year", float("inf")),
    ("year", float("nan")),
    ("year", True),
    ("year", "2026"),
    ("year", 10**30),
    ("sequence", -1),
    ("sequence", 1.5),
    ("sent_at", "hôm qua"),
    ("sent_at", 5),
    ("sent_at", "0001-01-01T00:00:00+14:00"),
    ("arrived_on", "2026-02-30"),
    ("sources", "ab"),
    ("sources", [1]),
    ("follows", {"a": 1}),
    ("period", "T13"),
]


@pytest.mark.parametrize(("name", "value"), ODD_VALUES, ids=[repr(v)[:25] for v in ODD_VALUES])
def test_a_line_that_cannot_be_used_costs_itself_alone(run, tmp_path, name, value):
    inbox, mail = tmp_path / "Nhan", parcel(tmp_path / "a", range(1, 3), 1)
    workbook = xa_file(tmp_path, ROW.format(1))
    collect(CollectingOrder((mail,), inbox))
    journal = inbox / JOURNAL_NAME
    read = json.loads(journal.read_text("utf-8"))
    read["files"].append({**LINE, "sha256": "cd" * 32, name: value})
    journal.write_text(json.dumps(read), "utf-8")

    code, out, _ = run("tong-hop", workbook, inbox, "-o", tmp_path / "th.xlsx")
    assert code in (0, 1)
    assert [item["code"] for item in out["issues"] if item["code"].startswith("GN")] == ["GN41"]

    code, out, _ = run("nhan", mail, "--vao", inbox)
    assert code in (0, 1)
    assert [item["code"] for item in out["issues"] if item["code"].startswith("GN")] == ["GN40"]
    assert len(read_journal(inbox).entries) == 2
    assert (inbox / "nhat-ky-nhan-hong.json").exists()
    assert run("nhan", mail, "--vao", inbox)[1]["issues"] == []


@pytest.mark.parametrize("text", ["[" * 100_000, "{}", '{"format": 1, "files": 5}', "\xff", "NaN"])
def test_a_journal_that_is_none_is_put_aside(run, tmp_path, text):
    inbox, mail = tmp_path / "Nhan", parcel(tmp_path / "a", range(1, 2), 1)
    collect(CollectingOrder((mail,), inbox))
    (inbox / JOURNAL_NAME).write_text(text, "latin-1")

    code, out, _ = run("nhan", mail, "--vao", inbox)

    assert code in (0, 1)
    assert "GN14" in [item["code"] for item in out["issues"]]
    assert len(read_journal(inbox).entries) == 1


def test_moments_of_several_zones_are_compared_by_one_clock(tmp_path):
    inbox, mail = tmp_path / "Nhan", parcel(tmp_path / "a", range(1, 2), 1)
    collect(CollectingOrder((mail,), inbox))
    journal = inbox / JOURNAL_NAME
    read = json.loads(journal.read_text("utf-8"))
    read["files"][0]["received_at"] = "2026-01-31T23:30:00+00:00"
    journal.write_text(json.dumps(read), "utf-8")

    (entry,) = read_journal(inbox).entries

    assert str(entry.received_at) == "2026-02-01 06:30:00"


def test_an_output_that_is_open_is_told_by_its_name_before_any_work(run, tmp_path, monkeypatch):
    workbook, output = xa_file(tmp_path, ROW.format(1)), tmp_path / "ket-qua.xlsx"
    run("tong-hop", workbook, "-o", output)
    monkeypatch.setattr("danvan_xl.jobs.consolidate.open_book", None)
    for marker in ("~$ket-qua.xlsx", ".~lock.ket-qua.xlsx#"):
        (tmp_path / marker).write_bytes(b"")

        code, _, said = run("tong-hop", workbook, "-o", output)

        assert code == 2
        assert "ket-qua.xlsx' đang mở trong Excel" in said
        assert marker in said
        (tmp_path / marker).unlink()


def test_an_output_windows_does_not_let_go_is_told_by_its_name(run, tmp_path, monkeypatch):
    workbook, output = xa_file(tmp_path, ROW.format(1)), tmp_path / "ket-qua.xlsx"
    run("tong-hop", workbook, "-o", output)
    monkeypatch.setattr("danvan_xl.files.in_use._can_be_written", lambda path: False)

    code, _, said = run("tong-hop", workbook, "-o", output)

    assert (code, "ket-qua.xlsx' đang mở" in said) == (2, True)


def test_no_reader_finds_a_file_of_which_the_journal_does_not_tell(tmp_path, monkeypatch):
    """Else what came late would be on time for as long as `nhan` is at work."""
    inbox, mail = tmp_path / "Nhan", parcel(tmp_path / "a", range(1, 9), 1)
    monkeypatch.setattr("danvan_xl.inbox.store._MOST_WAITING", 3)
    seen: list[tuple[int, int]] = []

    def look(path: Path, _mark: bytes, **_: object) -> None:
        files = [item.path for item in read_journal(inbox).entries]
        found = list_inbox(inbox)
        seen.append((len(found.files), len(found.journal)))
        assert path.relative_to(inbox).as_posix() in files

    monkeypatch.setattr("danvan_xl.inbox.collecting.put_mark", look)
    collect(CollectingOrder((mail,), inbox))

    assert len(seen) == 8
    assert all(files == told for files, told in seen)


def test_what_another_run_was_quicker_with_is_known_not_filed(tmp_path):
    inbox, mail = tmp_path / "Nhan", parcel(tmp_path / "a", range(1, 3), 1)
    inbox.mkdir()
    begun = InboxStore(inbox)
    done = collect(CollectingOrder((mail,), inbox))
    with begun.kept():
        for entry in done.filed:
            begun.add(entry, (inbox / entry.path).read_bytes())

    assert begun.filed_elsewhere == {entry.sha256 for entry in done.filed}
    assert len(list(inbox.rglob("*.xlsx"))) == 2


def test_a_name_that_is_taken_without_asking_costs_no_file(tmp_path, monkeypatch):
    """Another program, or a drive whose locks are of no use, puts a file where ours was to be."""
    inbox, mail = tmp_path / "Nhan", parcel(tmp_path / "a", range(1, 2), 1)
    numbered = InboxStore._numbered
    others: list[Path] = []

    def taken_at_once(self: InboxStore, *asked: object) -> Path:
        path = numbered(self, *asked)  # type: ignore[arg-type]
        if not others:
            path.parent.mkdir(parents=True)
            path.write_bytes(b"another")
            others.append(path)
        return path

    monkeypatch.setattr(InboxStore, "_numbered", taken_at_once)
    collect(CollectingOrder((mail,), inbox))

    (entry,) = read_journal(inbox).entries
    assert others[0].read_bytes() == b"another"
    assert entry.path == "2026/T01/A.1/02_thon-1.xlsx"
    assert (inbox / entry.path).read_bytes() == (mail / "thon-1.xlsx").read_bytes()
