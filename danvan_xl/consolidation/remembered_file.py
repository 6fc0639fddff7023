"""The file of what is remembered, opened only where it is exactly as this program makes one.

It lies in a folder where others write: a database can run what stands in it (views, triggers), be
another file (a link), write into others (a journal beside it), and keep who asks it for ever.
"""

import os
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any

_TABLE = """
CREATE TABLE answers
(key BLOB PRIMARY KEY, kind TEXT NOT NULL, sealed BLOB NOT NULL, used INTEGER NOT NULL)
"""
_LARGEST_STORE = 2**29  # bytes: some thirteen thousand units, four runs
_LARGEST_ANSWER = 2**26
_LONGEST_QUERY = 5.0  # seconds
_STEPS = 10_000  # of a query, until the clock is looked at
_HEAD = b"SQLite format 3\0"
# Where the header says how it is written and read: 1 is without a log beside it (WAL).
_HOW_WRITTEN, _WITHOUT_LOG = slice(18, 20), b"\1\1"
_SCHEMA = [
    ("table", "answers", "answers", _TABLE.strip()),
    ("index", "sqlite_autoindex_answers_1", "answers", None),
]
# What other runs of ours never leave beside it.
_BESIDE = ("-journal", "-wal", "-shm")
_MAY_PASS = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOMEM,
    )
)


class NotOursError(sqlite3.DatabaseError):
    """A file that this program has not made so, or not left so."""


class TimedDatabase(sqlite3.Connection):
    """A database that gives every question up which takes too long."""

    def __init__(self, path: Path, patience: float) -> None:
        super().__init__(path, timeout=patience)
        self._until = 0.0
        self.set_progress_handler(self._is_late, _STEPS)

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Ask one question."""
        self._until = monotonic() + _LONGEST_QUERY
        return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        """Ask the same of many things."""
        self._until = monotonic() + _LONGEST_QUERY
        return super().executemany(sql, parameters)

    def _is_late(self) -> bool:
        return monotonic() > self._until


def open_database(path: Path, patience: float) -> TimedDatabase:
    """The open database, new where there was none; no journal on disk, as it may be lost.

    Another that writes is waited for so many seconds. Raises OSError where there can be none,
    NotOursError or another sqlite3.Error where what is there is no good.
    """
    is_new = _make(path)
    found = _check(path)
    database = TimedDatabase(path, patience)
    try:
        if not os.path.samestat(found, path.lstat()):
            raise NotOursError(path.name)  # another has come in its place
        _make_safe(database)
        is_new = is_new or not found.st_size
        if not is_new:
            _check_schema(database)
        for setting in ("query_only = OFF", "journal_mode = MEMORY", "synchronous = OFF"):
            database.execute(f"PRAGMA {setting}")
        if is_new:
            database.execute("PRAGMA auto_vacuum = FULL")
            database.execute(_TABLE.replace("TABLE", "TABLE IF NOT EXISTS"))  # another may have
            database.commit()
    except BaseException:
        database.close()
        raise
    return database


def may_pass(error: sqlite3.Error) -> bool:
    """Whether it is no fault of the file: another uses it, or the disk fails."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _MAY_PASS


def throw_away(path: Path) -> None:
    """Remove a store and what lies beside it; of a link, the link alone."""
    for ending in ("", *_BESIDE):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink()


def _make(path: Path) -> bool:
    """Make the file where there is none; nobody's link is followed. Return whether it was made."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return False
    _hide(path)
    return True


def _check(path: Path) -> os.stat_result:
    """Refuse what must not even be opened; return what the file is."""
    found = path.lstat()
    is_link = stat.S_ISLNK(found.st_mode) or found.st_nlink > 1
    if not is_link and not stat.S_ISREG(found.st_mode):
        raise FileExistsError(path)  # a folder, a pipe: it is left
    if is_link or any(_exists(path.with_name(path.name + ending)) for ending in _BESIDE):
        raise NotOursError(path.name)
    if os.name != "nt" and found.st_uid != os.geteuid():
        raise PermissionError(path)
    if found.st_size > _LARGEST_STORE or (found.st_size and not _has_our_head(path)):
        raise NotOursError(path.name)
    return found


def _exists(path: Path) -> bool:
    return os.path.lexists(path)


def _has_our_head(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(len(_HEAD) + 4)
    return head.startswith(_HEAD) and head[_HOW_WRITTEN] == _WITHOUT_LOG


def _make_safe(database: TimedDatabase) -> None:
    """Let nothing that stands in the file be run, and nothing be written yet."""
    database.text_factory = bytes
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_ANSWER)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    database.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 0)
    for setting in ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON"):
        database.execute(f"PRAGMA {setting}")


def _check_schema(database: TimedDatabase) -> None:
    """Refuse a file in which anything else stands than the one table."""
    rows = database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid")
    found = rows.fetchmany(len(_SCHEMA) + 1)
    wanted = [tuple(text and text.encode() for text in row) for row in _SCHEMA]
    if found != wanted:
        raise NotOursError("schema")


def _hide(path: Path) -> None:
    """Keep a file out of an officer's sight; elsewhere the dot before its name does."""
    if os.name == "nt":
        import ctypes

        hidden = 2
        ctypes.windll.kernel32.SetFileAttributesW(str(path), hidden)  # type: ignore[attr-defined]
