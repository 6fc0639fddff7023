"""A store that is not exactly ours is not opened: it goes, or stays and nothing is remembered."""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from danvan_xl.consolidation import remembered, remembered_file
from danvan_xl.consolidation.remembered import Store
from danvan_xl.consolidation.remembered_file import TimedDatabase
from danvan_xl.files.names import STORE_NAME

KEPT = "what was remembered"


@pytest.fixture(autouse=True)
def inbox(tmp_path, monkeypatch) -> Path:
    """An inbox in which something is remembered."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "rieng"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "rieng"))
    folder = tmp_path / "Nhan"
    folder.mkdir()
    remember(folder)
    assert recalled(folder) == KEPT
    return folder


def remember(folder: Path) -> None:
    store = Store.open(folder, b"question", "file")
    assert store is not None
    with store:
        store.put(b"token", KEPT)


def recalled(folder: Path) -> object:
    """What is remembered; None where nothing is, or can be."""
    store = Store.open(folder, b"question", "file")
    if store is None:
        return None
    with store:
        key = store.known(b"token")
        return store.get(key) if key is not None else None


def told(*statements: str):
    """A change to the database in its own language."""

    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as database:
            for statement in statements:
                database.execute(statement)
            database.commit()

    return change


def linked_to_another(path: Path) -> None:
    other = path.rename(path.with_name("so-cua-nguoi-khac.db"))
    path.symlink_to(other)


def linked_twice(path: Path) -> None:
    path.with_name("so-cua-nguoi-khac.db").hardlink_to(path)


def with_a_journal(path: Path) -> None:
    path.with_name(path.name + "-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" * 99)


def as_view(path: Path) -> None:
    """The same answers, from a view that asks something else."""
    told(
        "ALTER TABLE answers RENAME TO others",
        "CREATE VIEW answers AS SELECT key, kind, sealed, used FROM others",
    )(path)


FOREIGN = {
    "view": as_view,
    "view beside": told("CREATE VIEW v AS SELECT load_extension('x')"),
    "trigger": told("CREATE TRIGGER t AFTER INSERT ON answers BEGIN DELETE FROM answers; END"),
    "table beside": told("CREATE TABLE more (x)"),
    "index": told("CREATE INDEX i ON answers (kind)"),
    "column": told("ALTER TABLE answers ADD COLUMN more TEXT"),
    "log": told("PRAGMA journal_mode = WAL"),
    "renamed column": told("ALTER TABLE answers RENAME COLUMN used TO used_on"),
    "schema that is none": told(
        "PRAGMA writable_schema = ON", "UPDATE sqlite_master SET sql = 'CREATE TABLE answers (a,'"
    ),
    "other root": told("PRAGMA writable_schema = ON", "UPDATE sqlite_master SET rootpage = 99"),
    "link": linked_to_another,
    "hard link": linked_twice,
    "journal": with_a_journal,
    "wal beside": lambda path: path.with_name(path.name + "-wal").write_bytes(b"x" * 99),
    "huge": lambda path: os.truncate(path, remembered_file._LARGEST_STORE + 1),
    "no database": lambda path: path.write_bytes(b"a letter"),
    "cut off": lambda path: os.truncate(path, 5000),
}


@pytest.mark.parametrize("how", list(FOREIGN))
def test_a_store_not_as_we_made_it_goes_and_a_new_one_is_made(inbox, how):
    store = inbox / STORE_NAME
    FOREIGN[how](store)
    before = {path: path.read_bytes() for path in inbox.glob("*.db")}

    assert recalled(inbox) is None
    remember(inbox)

    assert recalled(inbox) == KEPT
    assert not store.is_symlink()
    assert store.stat().st_size < 2**20
    assert [path.name for path in inbox.glob(f"{STORE_NAME}*")] == [STORE_NAME]
    assert {path: path.read_bytes() for path in inbox.glob("*.db")} == before


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def as_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


LEFT = {"folder": as_folder, "pipe": as_pipe, "other owner": lambda path: os.chown(path, 4711, -1)}


@pytest.mark.parametrize("how", list(LEFT))
def test_what_is_somebody_elses_or_no_file_is_left_and_nothing_remembered(inbox, how):
    if how != "folder" and (os.name == "nt" or os.geteuid() != 0):
        pytest.skip("not here")
    store = inbox / STORE_NAME
    LEFT[how](store)
    before = store.lstat()

    assert Store.open(inbox, b"question", "file") is None
    assert store.lstat() == before


def test_more_entries_than_are_ever_made_are_not_read(inbox, monkeypatch):
    monkeypatch.setattr(remembered, "_MOST_ENTRIES", 3)
    told(
        "INSERT INTO answers WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n LIMIT 9) "
        "SELECT randomblob(32), 'file', x'00', 1 FROM n"
    )(inbox / STORE_NAME)

    assert recalled(inbox) is None
    assert Store.open(inbox, b"question", "file") is not None


def test_entries_of_another_shape_are_not_looked_at(inbox):
    told(
        "INSERT INTO answers VALUES ('text', 'file', 'x', 'y'), (NULL, 'file', 1, 2)",
        "INSERT INTO answers VALUES (CAST(x'ff' AS TEXT), 'file', x'', 1)",
        "INSERT INTO answers VALUES (zeroblob(9000000), 'file', x'', 1)",
    )(inbox / STORE_NAME)

    assert recalled(inbox) == KEPT


def test_a_question_without_end_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(remembered_file, "_LONGEST_QUERY", 0.1)
    begun = time.monotonic()
    with closing(TimedDatabase(tmp_path / "a", 1)) as database:
        with pytest.raises(sqlite3.OperationalError) as given_up:
            database.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT max(i) FROM n"
            )
        assert database.execute("SELECT 1").fetchone() == (1,)

    assert time.monotonic() - begun < 5
    assert not remembered_file.may_pass(given_up.value)


def test_a_store_of_two_runs_at_once_is_one(inbox):
    (inbox / STORE_NAME).write_bytes(b"")

    remember(inbox)
    remember(inbox)

    assert recalled(inbox) == KEPT
