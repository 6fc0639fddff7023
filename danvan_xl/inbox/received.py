"""Which files of a folder are workbooks to read, and what is said about the others."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from danvan_xl.files.addresses import Address, RemoteFile, files_at
from danvan_xl.files.faults import reason_of
from danvan_xl.files.folders import EntryKind, FolderEntry, head_of, list_folder
from danvan_xl.files.names import LOCK_NAME, LOCK_PREFIX, STORE_NAME, TEMPORARY_PREFIX
from danvan_xl.files.opening import PackedFile, is_named_as_workbook
from danvan_xl.files.other_files import HEAD_SIZE, told_by_head
from danvan_xl.inbox.journal import JOURNAL_NAME, JournalEntry, JournalError, read_journal
from danvan_xl.inbox.layout import REASONS_NAME, UNPLACED, Filed, filed_under, is_unplaced
from danvan_xl.inbox.left_aside import sort_out
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.shown_names import shown_name


class Received(NamedTuple):
    """A received file: where it is, and how it is called relative to its folder.

    `filed` is the year and month it was filed under, if it was, but the year it was sent for where
    it says another itself; `arrived_on` the day it came by mail, if it did; `received_at` when it
    came, or was filed. `is_asked_for` tells that somebody named it: it should be a workbook.
    """

    path: Path | RemoteFile | PackedFile
    name: str
    filed: Filed | None = None
    arrived_on: dt.date | None = None
    received_at: dt.datetime | None = None
    is_asked_for: bool = False

    def told(self, found: Issue) -> Issue:
        """What is said where it cannot be read; who came upon it did not ask for a workbook."""
        is_other = found.code is Code.FILE_IS_NO_WORKBOOK and not self.is_asked_for
        return issue(Code.FILE_SKIPPED, found.place) if is_other else found


class Inbox(NamedTuple):
    """The workbooks of a folder in a fixed order, and findings about the files left aside.

    `journal` tells of every file that was filed there; it is empty where nothing was. `today` is
    the day on which it is looked into: what lies there was received by then.
    """

    files: tuple[Received, ...]
    issues: tuple[Issue, ...]
    journal: tuple[JournalEntry, ...] = ()
    today: dt.date | None = None


def list_inbox(folder: Path, leave_out: tuple[Path, ...] = ()) -> Inbox:
    """Every workbook under a folder, by name; lock files and other kinds are named.

    `leave_out` are files that happen to stand there (the parent's workbook, the output). Files
    nobody could place are counted, not read. Raises OSError when the folder cannot be listed.
    """
    entries = list(_without(list_folder(folder), leave_out))
    journal, issues = _journal(folder)  # read now it tells of all of them: `nhan` writes it first
    files, found = _sorted_out(entries, {entry.path: entry for entry in journal})
    here = {entry.name for entry in entries}
    told = tuple(entry for entry in journal if entry.path in here)
    return Inbox(files, (*issues, *found), told)


def list_address(address: Address) -> Inbox:
    """Every workbook at an address, by name; there is no journal to it.

    Raises AddressError when it cannot be listed.
    """
    entries = (FolderEntry(shown_name(name), file) for name, file in files_at(address))
    return Inbox(*_sorted_out(entries, {}))


def _sorted_out(
    entries: Iterable[FolderEntry], journal: Mapping[str, JournalEntry]
) -> tuple[tuple[Received, ...], tuple[Issue, ...]]:
    """Which files are workbooks to read; and what everything else is."""
    rest: list[FolderEntry] = []
    unplaced = 0
    for entry in entries:
        name, own_name = entry.name, entry.own_name
        if name == JOURNAL_NAME or own_name.startswith((STORE_NAME, LOCK_NAME)):
            continue
        is_whole = entry.kind is EntryKind.FILE and not own_name.startswith(TEMPORARY_PREFIX)
        if is_unplaced(name) and is_whole:
            unplaced += own_name != REASONS_NAME
        else:
            rest.append(entry)
    looked_at, issues = sort_out(rest)
    files: list[Received] = []
    for entry in looked_at:
        found = None if is_named_as_workbook(entry.own_name) else _inside(entry)
        if found is None:
            files.append(_received(entry.path, entry.name, journal.get(entry.name)))
        else:
            issues.append(found)
    if unplaced:
        place = Place(file=f"{UNPLACED}/{REASONS_NAME}")
        issues.append(issue(Code.FILES_UNPLACED, place, count=unplaced, folder=Ours(UNPLACED)))
    return tuple(files), tuple(issues)


def _inside(entry: FolderEntry) -> Issue | None:
    """What a file is whose name is not that of a workbook; None where it may be one."""
    place = Place(file=entry.name)
    try:
        head = head_of(entry.path, HEAD_SIZE)
    except OSError as error:
        if isinstance(error, PermissionError):
            return issue(Code.FILE_NOT_ALLOWED, place)
        return issue(Code.FILE_UNREADABLE, place, reason=Ours(reason_of(error)))
    return told_by_head(place, entry.own_name, head)


def _received(path: Path | RemoteFile, name: str, entry: JournalEntry | None) -> Received:
    """A workbook with what the journal tells of it."""
    filed = filed_under(name)
    if entry is None:
        return Received(path, name, filed)
    if filed is not None and entry.sent_for is not None:
        filed = filed._replace(year=entry.sent_for)
    return Received(path, name, filed, entry.arrived_on, entry.version.received_at)


def _without(entries: Iterable[FolderEntry], aside: tuple[Path, ...]) -> Iterator[FolderEntry]:
    """What lies there but the files named, however they are written."""
    paths_aside = {path.resolve() for path in aside}
    names_aside = {shown_name(path.name) for path in aside}
    for entry in entries:
        may_be = entry.kind is EntryKind.FILE and entry.own_name in names_aside
        if not (may_be and Path(str(entry.path)).resolve() in paths_aside):
            yield entry


def _journal(folder: Path) -> tuple[tuple[JournalEntry, ...], list[Issue]]:
    """The journal of an inbox; what of it cannot be used is named, and left as it is."""
    place = Place(file=JOURNAL_NAME)
    try:
        read = read_journal(folder)
    except (JournalError, OSError):
        return (), [issue(Code.JOURNAL_UNREAD, place)]
    if not read.unusable:
        return read.entries, []
    return read.entries, [issue(Code.JOURNAL_LINES_UNREAD, place, count=read.unusable)]


def find_lock(workbook: Path, unit_name: str = "") -> Issue | None:
    """A warning when Excel has the workbook open: what is not saved is not counted."""
    if workbook.with_name(LOCK_PREFIX + workbook.name).exists():
        name = shown_name(workbook.name)
        return issue(Code.FILE_OPEN, Place(name, unit_name=unit_name), value=Typed(name))
    return None
