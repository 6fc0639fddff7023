"""What is remembered of received workbooks: quicker, and never anything but the same."""

import os
import pickle
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

import danvan_xl
from benchmarks.generate import INBOX, PARENT, generate
from danvan_xl.consolidation import many, portions, remembered
from danvan_xl.files.names import STORE_NAME
from danvan_xl.jobs import consolidate as jobs
from danvan_xl.jobs.consolidate import Reading, consolidate_files, save_summary
from danvan_xl.vietnamese.periods import parse_period
from tests.program import running

COUNT = 6


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("so")
    generate(folder, COUNT)
    return folder


@pytest.fixture
def folder(made, tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(many, "MANY", 2)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "rieng"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "rieng"))
    return Path(shutil.copytree(made, tmp_path / "so"))


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """The names of the files that are read, not remembered."""
    names: list[str] = []
    apart = jobs._read_apart

    def noting(function, items, lost):
        names.extend(item.name for item in items)
        return apart(function, items, lost)

    monkeypatch.setattr(jobs, "_read_apart", noting)
    return names


def summary(folder: Path, period: str = "", *, is_anew: bool = False) -> bytes:
    job = consolidate_files(
        folder / PARENT,
        folder / INBOX,
        parse_period(period) if period else None,
        reading=Reading(is_anew=is_anew),
    )
    save_summary(job, folder / "tong-hop.xlsx")
    return (folder / "tong-hop.xlsx").read_bytes()


def test_a_second_run_reads_nothing_and_writes_the_same_bytes(folder, read):
    first = summary(folder)
    assert len(read) == COUNT
    read.clear()

    assert summary(folder) == first
    assert read == []


def test_only_what_changed_is_read_again_and_the_total_follows(folder, read):
    summary(folder)
    other = folder / "khac"
    generate(other, 2, seed=2)
    changed = sorted((folder / INBOX).glob("*.xlsx"))[1]
    shutil.copy(other / INBOX / changed.name, changed)
    read.clear()

    remembering = summary(folder)

    assert read == [changed.name]
    assert remembering == summary(folder, is_anew=True)


def test_of_very_many_units_only_the_portion_of_the_changed_one_is_gathered_again(
    folder, monkeypatch
):
    monkeypatch.setattr(portions, "_SIZE", 2)
    gathered: list[str] = []
    apart = jobs._gather

    def noting(function, items, lost):
        gathered.extend(item.entries[0].unit.code for item in items)
        return apart(function, items, lost)

    monkeypatch.setattr(jobs, "_gather", noting)
    first = summary(folder)
    assert len(gathered) == COUNT // 2
    gathered.clear()
    assert summary(folder) == first
    assert gathered == []
    other = folder / "khac"
    generate(other, 2, seed=2)
    changed = sorted((folder / INBOX).glob("*.xlsx"))[1]
    shutil.copy(other / INBOX / changed.name, changed)

    remembering = summary(folder)

    assert len(gathered) == 1
    assert remembering == summary(folder, is_anew=True) != first


def test_a_file_of_another_name_or_another_period_is_read_again(folder, read):
    summary(folder)
    first = min((folder / INBOX).glob("*.xlsx"))
    first.rename(first.with_name("doi-ten.xlsx"))
    read.clear()

    summary(folder)
    assert read == ["doi-ten.xlsx"]
    read.clear()
    summary(folder, "Tháng 3")
    assert len(read) == COUNT


def test_a_change_in_any_room_makes_another_program():
    package = Path(danvan_xl.__file__).parent
    state = remembered._program().decode()

    rooms = {path.parent for path in package.rglob("*.py")} | {
        path.parent for path in (package / "data").rglob("*.*")
    }
    assert len(rooms) > 15
    for room in rooms:
        assert f"{room.relative_to(package).as_posix().removeprefix('.')}" in state
        some = next(path for path in sorted(room.iterdir()) if path.is_file())
        assert repr(str(some.relative_to(package))) in state


def test_another_version_of_the_program_trusts_nothing(folder, read, monkeypatch):
    summary(folder)
    read.clear()
    monkeypatch.setattr(remembered, "_version", lambda name: "99")

    summary(folder)
    assert len(read) == COUNT


def test_what_is_remembered_may_be_deleted_damaged_or_somebody_elses(folder, read):
    first = summary(folder)
    store = folder / INBOX / STORE_NAME
    for spoil in (
        store.unlink,
        lambda: store.write_bytes(b"no database at all" * 100),
        lambda: store.write_bytes(store.read_bytes()[:5000]),
        lambda: store.write_bytes(store.read_bytes().replace(b"\x00\x01", b"\x01\x00")),
    ):
        spoil()
        assert summary(folder) == first
    assert not list((folder / INBOX).glob(f"{STORE_NAME}-*"))


class _Evil:
    """What runs a program when it is unpacked."""

    def __reduce__(self):
        return os.mkdir, ("da-chay",)


def test_what_somebody_else_put_there_is_never_unpacked(folder, read, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first = summary(folder)
    database = sqlite3.connect(folder / INBOX / STORE_NAME)
    evil = pickle.dumps(_Evil())
    with database:
        database.execute("UPDATE answers SET sealed = ? || substr(sealed, 33)", (b"x" * 32,))
        database.execute("UPDATE answers SET sealed = substr(sealed, 1, 32) || ?", (evil,))
    database.close()
    read.clear()

    assert summary(folder) == first
    assert len(read) == COUNT
    assert not (tmp_path / "da-chay").exists()


def test_another_user_reads_for_himself(folder, read, tmp_path, monkeypatch):
    first = summary(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "nguoi-khac"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "nguoi-khac"))
    read.clear()

    assert summary(folder) == first
    assert len(read) == COUNT


def test_a_store_in_use_costs_nothing_but_time(folder, read, monkeypatch):
    monkeypatch.setattr(remembered, "_PATIENCE", 0.05)
    first = summary(folder)
    held = sqlite3.connect(folder / INBOX / STORE_NAME)
    held.execute("BEGIN EXCLUSIVE")

    assert summary(folder) == first
    held.close()


@pytest.mark.parametrize("held", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_another_run_that_writes_is_waited_for_once(folder, read, monkeypatch, held):
    first = summary(folder)
    store = folder / INBOX / STORE_NAME
    for path in (folder / INBOX).glob("*.xlsx"):
        path.rename(path.with_name(f"moi-{path.name}"))
    renamed = summary(folder, is_anew=True)
    other = sqlite3.connect(store, check_same_thread=False)
    known = remembered.Store.known

    def lock_first(self, item):
        if not other.in_transaction:
            other.execute(held)
        return known(self, item)

    monkeypatch.setattr(remembered.Store, "known", lock_first)
    monkeypatch.setattr(remembered, "_PATIENCE", 1.0)
    begun = time.monotonic()

    assert summary(folder) == renamed != first
    assert time.monotonic() - begun < 1.0 * COUNT
    other.close()


def test_a_file_that_cannot_be_read_is_told_every_time(folder, read):
    (folder / INBOX / "hong.xlsx").write_bytes(b"PK no workbook")
    summary(folder)
    read.clear()

    told = consolidate_files(folder / PARENT, folder / INBOX).result.issues
    assert read == ["hong.xlsx"]
    assert [item.code.value for item in told if item.place.file == "hong.xlsx"] == ["TEP01"]


def test_few_files_leave_nothing_behind(folder, monkeypatch):
    monkeypatch.setattr(many, "MANY", COUNT + 1)
    summary(folder)

    assert not (folder / INBOX / STORE_NAME).exists()


def test_old_entries_are_let_go_of(folder, monkeypatch):
    monkeypatch.setattr(remembered, "_FEWEST_KEPT", COUNT)
    monkeypatch.setattr(remembered, "_KEPT_RUNS", 1)
    for period in ("Tháng 1", "Tháng 2", "Tháng 3"):
        summary(folder, period)
    database = sqlite3.connect(folder / INBOX / STORE_NAME)

    (kept,) = database.execute("SELECT count(*) FROM answers WHERE kind = 'file'").fetchone()
    assert kept == COUNT
    database.close()


def test_the_command_reads_everything_anew_when_asked(folder, monkeypatch, capsys):
    run = running(monkeypatch, capsys)
    ours = folder / PARENT, folder / INBOX, "-o", folder / "a.xlsx"

    code, _, _ = run("tong-hop", *ours, "--doc-lai")
    assert code == 0
    assert not (folder / INBOX / STORE_NAME).exists()
    run("tong-hop", *ours)
    assert (folder / INBOX / STORE_NAME).exists()
