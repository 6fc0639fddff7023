"""Stores broken at random: what was remembered, or nothing; never a fault, never another value."""

import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from danvan_xl.consolidation import remembered
from danvan_xl.consolidation.remembered import Store
from danvan_xl.files.names import STORE_NAME
from tests.broken_workbooks import MORE, bytes_changed
from tests.whole.test_fuzz import SEED

KEPT = {f"token {number}".encode(): "x" * number * 400 for number in range(12)}
LONGEST = 20.0  # seconds
_NUMBERS = (0, 1, 2, 3, 5, 2**31, 2**32 - 1)
# Pieces of the language of databases, of which some make a change and most make none.
_NAMES = ("answers", "other", "sqlite_autoindex_answers_1", "v", "sqlite_sequence")
_CHANGES = (
    "CREATE VIEW {0} AS SELECT * FROM {1}",
    "CREATE VIEW {0} AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT 1 FROM n) SELECT 1",
    "CREATE TABLE {0} (key, kind, sealed, used)",
    "CREATE VIRTUAL TABLE {0} USING fts5(key, kind, sealed, used)",
    "CREATE TRIGGER t AFTER INSERT ON {0} BEGIN DELETE FROM {1}; END",
    "CREATE INDEX i ON {0} (kind, used)",
    "ALTER TABLE {0} RENAME TO {1}",
    "ALTER TABLE {0} ADD COLUMN more DEFAULT 1",
    "ALTER TABLE {0} RENAME COLUMN sealed TO old",
    "DROP TABLE {0}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA user_version = 7",
    "PRAGMA writable_schema = ON",
    "UPDATE sqlite_master SET rootpage = 1 WHERE name = '{0}'",
    "UPDATE sqlite_master SET rootpage = 3",
    "UPDATE sqlite_master SET sql = replace(sql, 'BLOB', 'TEXT')",
    "UPDATE sqlite_master SET name = '{0}'",
    "DELETE FROM sqlite_master WHERE name = '{0}'",
    "UPDATE {0} SET key = sealed",
    "UPDATE {0} SET sealed = substr(sealed, 1, 40)",
    "UPDATE {0} SET kind = 7",
    "UPDATE {0} SET sealed = zeroblob(1000000)",
)


@pytest.fixture
def inbox(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(remembered, "_program", lambda: b"")  # the same all the time
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "rieng"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "rieng"))
    folder = tmp_path / "Nhan"
    folder.mkdir()
    remember(folder)
    return folder


def remember(folder: Path) -> None:
    store = Store.open(folder, b"question", "file")
    if store is not None:
        with store:
            for token, value in KEPT.items():
                store.put(token, value)


def endured(folder: Path) -> None:
    """Use a store as two runs do: what it gives back is what was put in, or nothing."""
    begun = time.monotonic()
    for _ in range(2):
        store = Store.open(folder, b"question", "file")
        if store is not None:
            with store:
                for token, value in KEPT.items():
                    key = store.known(token)
                    assert key is None or store.get(key) in (None, value)
        remember(folder)
    assert time.monotonic() - begun < LONGEST
    assert {path.name for path in folder.iterdir()} <= {STORE_NAME}


def test_any_bytes_in_a_store_are_no_fault(inbox):
    chance, path = random.Random(SEED), inbox / STORE_NAME
    whole = path.read_bytes()
    for _ in range(60 * MORE):
        changed = whole
        for _ in range(chance.randint(1, 4)):
            changed = bytes_changed(changed, chance)
        path.write_bytes(changed)
        endured(inbox)


def test_numbers_of_its_pages_may_be_any(inbox):
    """Trees that lead into themselves, lists without end, cells beyond the page."""
    chance, path = random.Random(SEED), inbox / STORE_NAME
    whole = path.read_bytes()
    size = int.from_bytes(whole[16:18], "big")
    for _ in range(60 * MORE):
        changed = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            page = chance.randrange(len(whole) // size) * size
            at = page + chance.choice((*range(16), *range(28, 100, 4), chance.randrange(size)))
            changed[at : at + 4] = chance.choice(_NUMBERS).to_bytes(4, "big")
        path.write_bytes(bytes(changed[: len(whole)]))
        endured(inbox)


def test_any_change_by_its_own_language_is_no_fault(inbox):
    chance, path = random.Random(SEED), inbox / STORE_NAME
    whole = path.read_bytes()
    for _ in range(40 * MORE):
        path.write_bytes(whole)
        with closing(sqlite3.connect(path)) as database:
            for change in chance.choices(_CHANGES, k=chance.randint(1, 6)):
                try:
                    database.execute(change.format(*chance.choices(_NAMES, k=2)))
                    database.commit()
                except sqlite3.Error:
                    continue
        endured(inbox)
