"""Which files of a folder are workbooks to read, and what is said about the others."""

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from danvan_xl.files.addresses import Address, RemoteFile, files_at
from danvan_xl.files.faults import reason_of
from danvan_xl.files.names import STORE_NAME, TEMPORARY_PREFIX
from danvan_xl.files.opening import LOCK_PREFIX, SUFFIXES, PackedFile
from danvan_xl.inbox.journal import JOURNAL_NAME, JournalEntry, JournalError, read_journal
from danvan_xl.inbox.layout import REASONS_NAME, UNPLACED, Filed, filed_under, is_unplaced
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours, Typed


class Received(NamedTuple):
    """A received file: where it is, and how it is called relative to its folder.

    `filed` is the year and month it was filed under, if it was, but the year it was sent for where
    it says another itself; `arrived_on` the day it came by mail, if it did; `received_at` when it
    came, or was filed.
    """

    path: Path | RemoteFile | PackedFile
    name: str
    filed: Filed | None = None
    arrived_on: dt.date | None = None
    received_at: dt.datetime | None = None


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
    journal, issues = _journal(folder)
    paths, closed = _paths(folder, leave_out)
    files, found = _sorted_out(paths, {entry.path: entry for entry in journal})
    return Inbox(files, (*issues, *closed, *found), journal)


def list_address(address: Address) -> Inbox:
    """Every workbook at an address, by name; there is no journal to it.

    Raises AddressError when it cannot be listed.
    """
    return Inbox(*_sorted_out(files_at(address), {}))


def _sorted_out(
    paths: Iterable[tuple[str, Path | RemoteFile]], journal: Mapping[str, JournalEntry]
) -> tuple[tuple[Received, ...], tuple[Issue, ...]]:
    """Which files, each with its name, are workbooks to read; and what the others are."""
    files: list[Received] = []
    issues: list[Issue] = []
    unplaced = 0
    for name, path in paths:
        if name == JOURNAL_NAME or path.name.startswith(STORE_NAME):
            continue
        if path.name.startswith(TEMPORARY_PREFIX):
            issues.append(issue(Code.FILE_HALF_WRITTEN, Place(file=name)))
            continue
        if is_unplaced(name):
            unplaced += path.name != REASONS_NAME
        elif path.name.startswith(LOCK_PREFIX):
            opened = path.name.removeprefix(LOCK_PREFIX)
            issues.append(issue(Code.FILE_OPEN, Place(file=name), value=Typed(opened)))
        elif path.suffix.lower() in SUFFIXES:
            files.append(_received(path, name, journal.get(name)))
        else:
            issues.append(issue(Code.FILE_SKIPPED, Place(file=name)))
    if unplaced:
        place = Place(file=f"{UNPLACED}/{REASONS_NAME}")
        issues.append(issue(Code.FILES_UNPLACED, place, count=unplaced, folder=Ours(UNPLACED)))
    return tuple(files), tuple(issues)


def _received(path: Path | RemoteFile, name: str, entry: JournalEntry | None) -> Received:
    """A workbook with what the journal tells of it."""
    filed = filed_under(name)
    if entry is None:
        return Received(path, name, filed)
    if filed is not None and entry.sent_for is not None:
        filed = filed._replace(year=entry.sent_for)
    return Received(path, name, filed, entry.arrived_on, entry.version.received_at)


def _paths(folder: Path, leave_out: tuple[Path, ...]) -> tuple[list[tuple[str, Path]], list[Issue]]:
    """The files under a folder with their names, in order, and the folders left closed."""
    aside = {path.resolve() for path in leave_out}
    names_aside = {path.name for path in leave_out}
    start = len(os.path.join(folder, ""))  # noqa: PTH118  # it is cut from texts
    closed: dict[str, OSError] = {}

    def name_of(path: str) -> str:
        return path[start:].replace(os.sep, "/")

    found = [(name_of(path), Path(path)) for path in _files(folder, closed)]
    paths = [
        (name, path)
        for name, path in sorted(found, key=lambda item: item[0].split("/"))
        if not (path.name in names_aside and path.resolve() in aside)
    ]
    issues = [
        issue(Code.FOLDER_CLOSED, Place(file=name_of(path)), reason=Ours(reason_of(error)))
        for path, error in sorted(closed.items())
    ]
    return paths, issues


def _files(folder: Path | os.DirEntry[str], closed: dict[str, OSError]) -> Iterator[str]:
    """The files under a folder, also links that lead nowhere, which have to be named.

    Folders below it that cannot be listed are noted in `closed`.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                try:
                    yield from _files(entry, closed)
                except OSError as error:
                    closed[entry.path] = error
            elif entry.is_file() or (entry.is_symlink() and not os.path.exists(entry)):  # noqa: PTH110
                yield entry.path


def _journal(folder: Path) -> tuple[tuple[JournalEntry, ...], list[Issue]]:
    """The journal of an inbox; one that cannot be read is named, and left as it is."""
    try:
        return read_journal(folder), []
    except JournalError:
        place = Place(file=JOURNAL_NAME)
        return (), [issue(Code.JOURNAL_UNREAD, place)]


def find_lock(workbook: Path, unit_name: str = "") -> Issue | None:
    """A warning when Excel has the workbook open: what is not saved is not counted."""
    if workbook.with_name(LOCK_PREFIX + workbook.name).exists():
        place = Place(workbook.name, unit_name=unit_name)
        return issue(Code.FILE_OPEN, place, value=Typed(workbook.name))
    return None
