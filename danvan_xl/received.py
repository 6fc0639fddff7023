"""Which files of a folder are workbooks to read, and what is said about the others."""

from pathlib import Path
from typing import NamedTuple

from danvan_xl.issues import Issue, Place, issue
from danvan_xl.messages import Code
from danvan_xl.openers import LOCK_PREFIX, SUFFIXES
from danvan_xl.submissions import Received


class Inbox(NamedTuple):
    """The workbooks of a folder in a fixed order, and findings about the files left aside."""

    files: tuple[Received, ...]
    issues: tuple[Issue, ...]


def list_inbox(folder: Path, leave_out: tuple[Path, ...] = ()) -> Inbox:
    """Return every workbook under a folder, by name; lock files and other kinds are named.

    `leave_out` are files that happen to stand there (the parent's workbook, the output). Raises
    OSError when the folder cannot be listed.
    """
    files: list[Received] = []
    issues: list[Issue] = []
    aside = {path.resolve() for path in leave_out}
    names_aside = {path.name for path in leave_out}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        is_broken_link = path.is_symlink() and not path.exists()
        if not (path.is_file() or is_broken_link) or (
            path.name in names_aside and path.resolve() in aside
        ):
            continue
        if path.name.startswith(LOCK_PREFIX):
            opened = path.name.removeprefix(LOCK_PREFIX)
            issues.append(issue(Code.FILE_OPEN, Place(file=name), value=opened))
        elif path.suffix.lower() in SUFFIXES:
            files.append(Received(path, name))
        else:
            issues.append(issue(Code.FILE_SKIPPED, Place(file=name)))
    return Inbox(tuple(files), tuple(issues))


def find_lock(workbook: Path) -> Issue | None:
    """Return a warning when Excel has the workbook open: what is not saved is not counted."""
    if workbook.with_name(LOCK_PREFIX + workbook.name).exists():
        return issue(Code.FILE_OPEN, Place(file=workbook.name), value=workbook.name)
    return None
