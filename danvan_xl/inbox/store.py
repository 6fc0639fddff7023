"""The files of an inbox: written whole, never over another, and named in its journal."""

import hashlib
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from danvan_xl.files.atomic import creating, replacing
from danvan_xl.files.folder_lock import folder_lock
from danvan_xl.files.leftovers import clear_leftovers
from danvan_xl.inbox.journal import (
    JOURNAL_NAME,
    JournalEntry,
    JournalError,
    journal_text,
    read_journal,
)
from danvan_xl.inbox.layout import REASONS_NAME, UNPLACED
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Typed
from danvan_xl.vietnamese.text import sort_key

_BROKEN_NAME = f"{Path(JOURNAL_NAME).stem}-hong.json"
_MOST_WAITING, _MOST_BYTES = 100, 64 * 2**20
_PATIENCE = 2.0  # seconds for somebody who is just reading
_NUMBERED = re.compile(r"(\d+)_")


class _Waiting(NamedTuple):
    """A file that is filed but not written yet: its entry, its bytes, the mark it is to bear."""

    entry: JournalEntry
    data: bytes
    mark: bytes


def _nothing_more(_path: Path, _mark: bytes) -> None:
    """Nothing is done about a file but to write it."""


class InboxStore:
    """An inbox and its journal; `issues` are those of the journal itself.

    `filed_elsewhere` are the SHA-256 of files that another run has filed before this one could.
    """

    def __init__(self, inbox: Path, placed: Callable[[Path, bytes], None] = _nothing_more) -> None:
        """Read the journal of an inbox; one that cannot be read is kept under another name.

        `placed` is told of every new file and the mark it is to bear.
        """
        self._inbox = inbox
        self.issues: list[Issue] = []
        clear_leftovers(inbox, below=True)
        with folder_lock(inbox):
            read = self._journal()
        self._entries = {entry.sha256: entry for entry in read}
        self._as_read = dict(self._entries)
        self._waiting: dict[str, _Waiting] = {}
        self._placed = placed
        self.filed_elsewhere: set[str] = set()
        self._hashes: dict[Path, dict[Path, str]] = {}

    def _journal(self) -> tuple[JournalEntry, ...]:
        """The journal as it stands; what cannot be used is kept under another name."""
        place, path = Place(file=JOURNAL_NAME), self._inbox / JOURNAL_NAME
        try:
            read = read_journal(self._inbox)
        except JournalError:
            kept = self._free(_BROKEN_NAME)
            path.rename(kept)
            self.issues.append(issue(Code.JOURNAL_UNREADABLE, place, kept=Typed(kept.name)))
            return ()
        if read.unusable:
            kept = self._free(_BROKEN_NAME)
            shutil.copyfile(path, kept)
            code, name = Code.JOURNAL_LINES_UNUSABLE, Typed(kept.name)
            self.issues.append(issue(code, place, count=read.unusable, kept=name))
            self._write_journal(read.entries)  # said once
        return read.entries

    @property
    def entries(self) -> tuple[JournalEntry, ...]:
        """Every file of the journal, in the order of receiving."""
        return tuple(self._entries.values())

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Write the journal when the block ends, also when it is stopped halfway.

        What others have filed meanwhile stays in it; of a file that both have filed it tells what
        the first has written, so that late stays late.
        """
        try:
            yield
        finally:
            self._settle()

    def _settle(self) -> None:
        """Write the journal and then the files that wait: no reader finds one it does not name."""
        with folder_lock(self._inbox):
            theirs = {entry.sha256: entry for entry in self._journal()}
            new = self._to_place(theirs)
            self._entries = self._with_others(theirs)
            self._write_journal(self.entries)
            if [self._put(path, item) for path, item in new] != [path for path, _ in new]:
                self._write_journal(self.entries)
            self._as_read = dict(self._entries)
        self._waiting.clear()

    def _put(self, wanted: Path, item: _Waiting) -> Path:
        """Put a file in its place, or in the next one where one who asks for no lock was first."""
        name = wanted.name.partition("_")[2]
        names = chain((wanted,), iter(lambda: self._numbered(wanted.parent, name), None))
        path = self._write(lambda: next(names), item.data, item.entry.sha256)
        if path != wanted:
            name = path.relative_to(self._inbox).as_posix()
            self._entries[item.entry.sha256] = item.entry._replace(path=name)
        self._placed(path, item.mark)
        return path

    def _to_place(self, theirs: Mapping[str, JournalEntry]) -> list[tuple[Path, _Waiting]]:
        """Where each waiting file goes, but for what others have filed since."""
        new: list[tuple[Path, _Waiting]] = []
        for sha256, item in self._waiting.items():
            if theirs.get(sha256) not in (None, self._as_read.get(sha256)):
                self.filed_elsewhere.add(sha256)
                continue
            wanted = PurePosixPath(item.entry.path)
            folder = self._inbox / wanted.parent
            path = self._with_bytes(folder, sha256)
            if path is None:
                path = self._numbered(folder, wanted.name, [other for other, _ in new])
                new.append((path, item))
            filed = item.entry._replace(path=path.relative_to(self._inbox).as_posix())
            self._entries[sha256] = filed
        return new

    def _write_journal(self, entries: Sequence[JournalEntry]) -> None:
        with replacing(self._inbox / JOURNAL_NAME, _PATIENCE) as temporary:
            temporary.write_text(journal_text(entries), encoding="utf-8")

    def _with_others(self, theirs: Mapping[str, JournalEntry]) -> dict[str, JournalEntry]:
        """The entries of the journal as it stands now, and those of this run."""
        ours = {
            sha256: entry
            for sha256, entry in self._entries.items()
            if entry != self._as_read.get(sha256)
            and theirs.get(sha256) in (None, self._as_read.get(sha256))
        }
        return {**theirs, **ours}

    def complete(self, with_seal: Callable[[Path, JournalEntry], JournalEntry]) -> None:
        """Let the sendings of the journal without a seal be looked at once more."""
        for entry in self.entries:
            if entry.sent_at is not None and not entry.seal:
                self._entries[entry.sha256] = with_seal(self._inbox / entry.path, entry)

    def by_sha256(self, sha256: str) -> JournalEntry | None:
        """The file with these bytes, None when there is none yet."""
        return self._entries.get(sha256)

    def add(self, entry: JournalEntry, data: bytes, mark: bytes = b"") -> None:
        """File a workbook beside the others of its unit, numbered; it may wait for some more."""
        self._entries[entry.sha256] = entry
        self._waiting[entry.sha256] = _Waiting(entry, data, mark)
        size = sum(len(item.data) for item in self._waiting.values())
        if len(self._waiting) >= _MOST_WAITING or size > _MOST_BYTES:
            self._settle()

    def put_aside(self, data: bytes, sha256: str, name: str, mark: bytes = b"") -> str:
        """Keep a file nobody could place, once; return where, relative to the inbox."""
        with folder_lock(self._inbox):
            path = self._with_bytes(self._inbox / UNPLACED, sha256)
            if path is None:
                path = self._write(lambda: self._free(f"{UNPLACED}/{name}"), data, sha256)
                self._placed(path, mark)
        return path.relative_to(self._inbox).as_posix()

    def forget_unplaced(self, filed: set[str]) -> None:
        """Remove the files among the unplaced whose bytes have been filed since."""
        if not filed:
            return
        with folder_lock(self._inbox):
            for path in self._unplaced():
                if _sha256(path) in filed:
                    path.unlink()

    def write_reasons(self, reasons: Mapping[str, str]) -> None:
        """Write for the officer why each unplaced file is one; of files no longer there nothing."""
        path = self._inbox / UNPLACED / REASONS_NAME
        if not path.parent.is_dir():
            return
        with folder_lock(self._inbox):
            told = {**self._reasons(path), **reasons}
            here = {file.name for file in self._unplaced()}
            named = sorted(here & told.keys(), key=lambda name: (sort_key(name), name))
            lines = [f"{name}: {told[name]}" for name in named]
            with replacing(path, _PATIENCE) as temporary:
                temporary.write_text("\n".join((*lines, "")), encoding="utf-8-sig")

    def _reasons(self, path: Path) -> dict[str, str]:
        """The reasons written before, by the name of the file."""
        if not path.is_file():
            return {}
        lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
        pairs = (line.partition(": ") for line in lines)
        return {name: why for name, colon, why in pairs if colon}

    def _unplaced(self) -> list[Path]:
        folder = self._inbox / UNPLACED
        if not folder.is_dir():
            return []
        files = (path for path in sorted(folder.iterdir()) if path.is_file())
        return [path for path in files if path.name != REASONS_NAME]

    def _with_bytes(self, folder: Path, sha256: str) -> Path | None:
        """The file in a folder that has just these bytes: others file too, and may be stopped."""
        known = self._hashes.setdefault(folder, {})
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path not in known and path.is_file():
                known[path] = _sha256(path)
        return next((path for path, found in known.items() if found == sha256), None)

    def _numbered(self, folder: Path, name: str, taken: Iterable[Path] = ()) -> Path:
        """A name with the next number of a folder: "02_so-thon.xlsx"; `taken` are to be there."""
        here = (*folder.glob("*_*"), *(path for path in taken if path.parent == folder))
        used = (_NUMBERED.match(path.name) for path in here)
        number = max((int(match[1]) for match in used if match), default=0) + 1
        return folder / f"{number:02d}_{name}"

    def _free(self, name: str) -> Path:
        """A path in the inbox at which nothing stands yet."""
        path = self._inbox / name
        number = 1
        while path.exists():
            number += 1
            path = self._inbox / Path(name).with_stem(f"{Path(name).stem} ({number})")
        return path

    def _write(self, free: Callable[[], Path], data: bytes, sha256: str) -> Path:
        """Write a new file under the next free name, also where somebody asks for no lock."""
        while True:
            path = free()
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with creating(path) as temporary:
                    temporary.write_bytes(data)
            except FileExistsError:
                continue
            self._hashes[path.parent][path] = sha256
            return path


def _sha256(path: Path) -> str:
    """The hash of a file, "" where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
