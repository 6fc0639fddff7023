"""What lies beside received files and is none of them: links, devices, locks, the system's own."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from danvan_xl.files.addresses import RemoteFile
from danvan_xl.files.faults import why_unlisted
from danvan_xl.files.folders import EntryKind, FolderEntry, head_of
from danvan_xl.files.names import LOCK_PREFIX, OPEN_ELSEWHERE, TEMPORARY_PREFIX
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.word_lists import word_lists

_LOCKS_AND_SCRAPS = (LOCK_PREFIX, TEMPORARY_PREFIX)
_WORKBOOK_STARTS = (b"PK", b"\xd0\xcf\x11\xe0")
_LONGEST_START = 4


class SortedOut(NamedTuple):
    """The files to look at, and what is said of the rest; what the system put is said once."""

    files: list[FolderEntry]
    issues: list[Issue]


def sort_out(entries: Iterable[FolderEntry]) -> SortedOut:
    """Tell files to look at from everything else; only names are looked at, next to nothing."""
    files: list[FolderEntry] = []
    issues: list[Issue] = []
    of_system: list[str] = []
    for entry in entries:
        if found := _left_aside(entry):
            issues.append(found)
        elif entry.kind is EntryKind.OF_SYSTEM or is_of_system(entry.own_name, entry.path):
            of_system.append(entry.name)
        else:
            files.append(entry)
    return SortedOut(files, [*issues, *about_system(of_system)])


def _left_aside(entry: FolderEntry) -> Issue | None:
    """What is said of something that is not to be opened."""
    name = entry.own_name
    if entry.kind is EntryKind.FILE and not name.startswith(_LOCKS_AND_SCRAPS):
        return None
    place = Place(file=entry.name)
    if entry.error is not None:
        reason = Ours(why_unlisted(entry.error))
        return issue(Code.FOLDER_CLOSED, place, reason=reason)
    if entry.kind is EntryKind.SPECIAL:
        return issue(Code.FILE_SPECIAL, place)
    if reason_of_link := _LINKS.get(entry.kind):
        return issue(Code.FILE_IS_LINK, place, reason=Ours(reason_of_link))
    if opened := _locked(name):
        return issue(Code.FILE_OPEN, place, value=Typed(opened))
    is_scrap = name.startswith(TEMPORARY_PREFIX)
    return issue(Code.FILE_HALF_WRITTEN, place) if is_scrap else None


_LINKS = {
    EntryKind.LINK_NOWHERE: "không dẫn tới tệp nào",
    EntryKind.LINK_TO_FOLDER: "dẫn tới một thư mục",
}


def _locked(name: str) -> str:
    """The name of the workbook that a lock file tells is open, "" for other files."""
    if name.startswith(LOCK_PREFIX):
        return name.removeprefix(LOCK_PREFIX)
    is_lock = name.startswith(OPEN_ELSEWHERE)
    return name.removeprefix(OPEN_ELSEWHERE).rstrip("#") if is_lock else ""


def is_of_system(name: str, path: Path | RemoteFile | bytes) -> bool:
    """Whether the system put a file there; a workbook that only bears such a name it did not.

    `path` is where its bytes are, or the bytes.
    """
    name = name.rpartition("/")[2].casefold()
    files, prefixes = _names_of_system()
    if name in files:
        return True
    return name.startswith(prefixes) and not _start_of(path).startswith(_WORKBOOK_STARTS)


def about_system(names: Sequence[str]) -> list[Issue]:
    """The note on all that the system put somewhere, at the first of it."""
    if not names:
        return []
    return [issue(Code.FILES_OF_SYSTEM, Place(file=names[0]), count=len(names))]


@lru_cache(maxsize=1)
def _names_of_system() -> tuple[frozenset[str], tuple[str, ...]]:
    lists = word_lists("tep-la.toml")
    return frozenset(map(str.casefold, lists["files"])), tuple(lists["prefixes"])


def _start_of(path: Path | RemoteFile | bytes) -> bytes:
    if isinstance(path, bytes):
        return path
    try:
        return head_of(path, _LONGEST_START)
    except OSError:
        return b""
