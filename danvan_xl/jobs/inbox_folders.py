"""The folder a workbook names under Thư mục nhận, and whether it may be touched unasked.

Whoever is sent a workbook could be led to any machine by it: merely looking whether a folder is
there sends a log-on.
"""

from pathlib import Path
from typing import NamedTuple

from danvan_xl.consolidation.consolidation import CannotConsolidateError
from danvan_xl.files.machines import leads_elsewhere
from danvan_xl.files.opening import OpenedBook
from danvan_xl.reading.info import WrittenInbox, inbox_of
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Typed


class NamedInbox(NamedTuple):
    """The folder a workbook names; `elsewhere` is said where it lies on another machine."""

    folder: Path
    elsewhere: Issue | None = None


def named_inbox(opened: OpenedBook, workbook: Path, usual: str = "") -> NamedInbox | None:
    """The folder of received workbooks that a workbook names, not touched; None without one.

    `usual` is its name where the workbook is silent.
    """
    written = inbox_of(opened)
    name = written.name or usual
    if not name:
        return None
    return NamedInbox(workbook.parent / name, _elsewhere(written, workbook))


def own_inbox(opened: OpenedBook, workbook: Path) -> Path | None:
    """The folder a workbook names, where it exists.

    Raises CannotConsolidateError where it lies on another machine than the workbook.
    """
    named = named_inbox(opened, workbook)
    if named is None:
        return None
    if named.elsewhere is not None:
        found = named.elsewhere
        raise CannotConsolidateError(f"{found.place}: {found.message} {found.remedy}", found)
    return named.folder if named.folder.is_dir() else None


def _elsewhere(written: WrittenInbox, workbook: Path) -> Issue | None:
    machine = leads_elsewhere(written.name, str(workbook.absolute()))
    if not machine:
        return None
    values = {"value": Typed(written.name), "machine": Typed(machine)}
    return issue(Code.INBOX_ELSEWHERE, written.place, **values)
