"""What received workbooks brought, remembered beside them, so that only changed ones are read anew.

One SQLite file in the Thư mục nhận: in every Python, nothing to start, safe to delete at any time.
An entry counts for the same content, name, question (indicators, period) and program alone, and it
is sealed with a key that only this user has: a file that somebody else put there is never trusted.
"""

import datetime as dt
import hashlib
import hmac
import os
import pickle
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from danvan_xl.consolidation.portions import Portion
from danvan_xl.consolidation.remembered_file import (
    NotOursError,
    TimedDatabase,
    may_pass,
    open_database,
    throw_away,
)
from danvan_xl.consolidation.submissions import Submission
from danvan_xl.files.endings import Loss
from danvan_xl.files.names import STORE_NAME
from danvan_xl.files.workers import ReadAll
from danvan_xl.inbox.received import Received

_LARGEST_FILE = 50 * 2**20
_SEAL = hashlib.sha256().digest_size
# Entries of so many runs are kept: of other months, of files that are put back.
_KEPT_RUNS, _FEWEST_KEPT = 4, 2_000
_PATIENCE = 1.0  # seconds to wait for another process that writes
_SECRET_BYTES = 32
_MOST_ENTRIES = 200_000  # of a kind


def read_changed(
    folder: Path,
    read_all: ReadAll,
    reader: Callable[[Any], object],
    files: Sequence[Any],
    lost: Callable[[Any, Loss], object],
) -> Iterator[object]:
    """What each received file brings, in order; those known by their content are not read again.

    `read_all` reads the others; where nothing can be remembered, all.
    """
    return _with_memory(_FILE, folder, read_all, reader, files, lost=lost)


def gather_changed(
    folder: Path,
    gather: ReadAll,
    gatherer: Callable[[Any], object],
    portions: Sequence[Any],
    lost: Callable[[Any, Loss], object],
) -> Iterator[object]:
    """What each portion of units comes to, in order; those known are not worked out again."""
    return _with_memory(_PORTION, folder, gather, gatherer, portions, lost=lost)


class _KindOfResult(NamedTuple):
    """What is remembered: the token of an item, and of a result (None: not to be remembered)."""

    name: str
    token: Callable[[Any], bytes | None]
    token_of: Callable[[Any, Any], bytes | None]
    given: Callable[[Any, Any], object]


def _with_memory(
    kind: _KindOfResult,
    folder: Path,
    work_out: ReadAll,
    function: Callable[[Any], object],
    items: Sequence[Any],
    *,
    lost: Callable[[Any, Loss], object],
) -> Iterator[object]:
    store = Store.open(folder, pickle.dumps(function), kind.name)
    if store is None:
        yield from work_out(function, items, lost)
        return
    with store:
        keys = [store.known(kind.token(item)) for item in items]
        unknown = [item for item, key in zip(items, keys, strict=True) if key is None]
        fresh = iter(work_out(function, unknown, lost))
        is_reliable = True
        for at, (item, key) in enumerate(zip(items, keys, strict=True)):
            result = store.get(key) if is_reliable and key is not None else None
            if result is not None:
                yield kind.given(result, item)
                continue
            if is_reliable and key is not None:  # vanished, or the disk fails: read all that follow
                is_reliable, fresh = False, iter(work_out(function, items[at:], lost))
            new = next(fresh)
            store.put(kind.token_of(new, item), new)
            yield new


def _file_token(item: Received) -> bytes | None:
    if not isinstance(item.path, Path):
        return None
    try:
        if item.path.stat().st_size > _LARGEST_FILE:
            return None
        return _token(item.name, hashlib.sha256(item.path.read_bytes()).hexdigest())
    except OSError:
        return None  # reading it tells why


def _submission_token(found: Submission) -> bytes | None:
    """The token of what was read, whatever the file has become since; None: unreadable."""
    return _token(found.file, found.sha256) if found.sha256 else None


def _token(name: str, sha256: str) -> bytes:
    return f"{sha256}/{name}".encode()


def _arrived(found: Submission, item: Received) -> Submission:
    return found.as_received(item)


_FILE = _KindOfResult("file", _file_token, lambda found, _: _submission_token(found), _arrived)
_PORTION = _KindOfResult(
    "portion", Portion.token, lambda _, item: item.token(), lambda found, _: found
)


class Store:
    """The results of earlier runs; a failing disk costs what is remembered, never a run."""

    def __init__(self, database: TimedDatabase, question: bytes, secret: bytes, kind: str) -> None:
        self._database, self._secret, self._kind = database, secret, kind
        self._question = hashlib.sha256(_program() + question).digest()
        rows = database.execute(
            "SELECT key FROM answers WHERE kind = ? AND typeof(key) = 'blob' AND length(key) = ?",
            (kind, _SEAL),
        )
        self._keys = {key for (key,) in islice(rows, _MOST_ENTRIES + 1)}
        if len(self._keys) > _MOST_ENTRIES:
            raise NotOursError(kind)
        self._used: list[bytes] = []
        self._count = 0
        self._is_usable = True  # until it fails once: not every file is to wait for a lock

    @classmethod
    def open(cls, folder: Path, question: bytes, kind: str) -> "Store | None":
        """What a folder remembers of a kind; None where there can be none."""
        secret = _secret()
        if secret is None or not os.access(folder, os.W_OK):
            return None
        path = folder / STORE_NAME
        for _ in range(2):
            try:
                return cls._of(open_database(path, _PATIENCE), question, secret, kind)
            except OSError:
                return None
            except sqlite3.Error as error:
                if may_pass(error):
                    return None  # in use, or a disk that cannot lock
                throw_away(path)  # damaged, or not as we made it: nothing in it is missed
        return None

    @classmethod
    def _of(cls, database: TimedDatabase, question: bytes, secret: bytes, kind: str) -> "Store":
        try:
            return cls(database, question, secret, kind)
        except BaseException:
            database.close()
            raise

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_error: object) -> None:
        """Note what was used, let go of what was not for long, close."""
        if self._is_usable:
            self._tidy_up()
        self._database.close()

    def _tidy_up(self) -> None:
        with suppress(sqlite3.Error):  # then it is read again next time
            today = dt.date.today().toordinal()
            self._database.executemany(
                "UPDATE answers SET used = ? WHERE key = ? AND used <> ?",
                [(today, key, today) for key in self._used],
            )
            kept = max(_FEWEST_KEPT, _KEPT_RUNS * self._count)
            self._database.execute(
                "DELETE FROM answers WHERE key IN (SELECT key FROM answers WHERE kind = ? "
                "ORDER BY used DESC, rowid DESC LIMIT -1 OFFSET ?)",
                (self._kind, kept),
            )
            self._database.commit()

    def known(self, token: bytes | None) -> bytes | None:
        """The key of what is remembered under a token; None when nothing is."""
        self._count += 1
        if token is None:
            return None
        key = self._seal(self._question, token)
        return key if key in self._keys else None

    def get(self, key: bytes) -> Any:
        """What was remembered; None when it is not there any more."""
        packed = self._unsealed(key)
        if packed is None:
            return None
        self._used.append(key)
        return pickle.loads(packed)  # noqa: S301  # sealed by this user alone

    def put(self, token: bytes | None, value: object) -> None:
        """Remember a value under a token; without one, do not."""
        if token is None or not self._is_usable:
            return
        key = self._seal(self._question, token)
        packed = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        row = key, self._kind, self._seal(key, packed) + packed, dt.date.today().toordinal()
        try:
            with self._database:
                self._database.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)
        except sqlite3.Error:  # a full disk, another run: then it is read again next time
            self._is_usable = False

    def _seal(self, key: bytes, packed: bytes) -> bytes:
        return hmac.digest(self._secret, key + packed, "sha256")

    def _unsealed(self, key: bytes) -> bytes | None:
        if not self._is_usable:
            return None
        try:
            found = self._database.execute("SELECT sealed FROM answers WHERE key = ?", (key,))
            row = found.fetchone()
        except sqlite3.Error:  # damaged, or another run writes
            self._is_usable = False
            return None
        if row is None or not isinstance(row[0], bytes):
            return None
        seal, packed = row[0][:_SEAL], row[0][_SEAL:]
        return packed if hmac.compare_digest(seal, self._seal(key, packed)) else None


def _program() -> bytes:
    """What tells this program from any other: its version, and the state of its files."""
    package = Path(__file__).parents[1]
    files = sorted(
        (str(path.relative_to(package)), (state := path.stat()).st_size, state.st_mtime_ns)
        for pattern in ("**/*.py", "data/**/*.*")
        for path in package.glob(pattern)
    )
    versions = [_version(name) for name in ("danvan_xl", "python-calamine")]
    return repr((versions, files)).encode()


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # 5 ms that few files save

    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _secret() -> bytes | None:
    """The key of this user, made when it is first needed; None where none can be kept."""
    path = _own_folder() / "khoa-ghi-nho"
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError), path.open("xb") as stream:
                path.chmod(0o600)
                stream.write(secrets.token_bytes(_SECRET_BYTES))
        secret = path.read_bytes()
    except OSError:
        return None
    return secret if len(secret) == _SECRET_BYTES else None


def _own_folder() -> Path:
    """The folder for what this user's programs keep on this computer."""
    home = Path.home()
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "danvan-xl"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "danvan-xl"
