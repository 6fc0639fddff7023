"""Workbooks of others opened in a process of its own, under limits of time and memory."""

import os
from pathlib import Path

from danvan_xl.files.endings import Loss
from danvan_xl.files.faults import log_path
from danvan_xl.files.opening import OpenedBook, open_unguarded
from danvan_xl.files.workers import LIMITS, Team
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.shown_names import shown_name


def open_book(path: Path, name: str = "") -> OpenedBook | Issue:
    """The grids of a workbook file, or the issue that tells why it cannot be read.

    `name` is how the file is called in messages; its own name by default.
    """
    with Team(_open_whole, _lost) as team:
        return team.do((path, name or shown_name(path.name)))


def why_not_opened(path: Path, found: Issue) -> str:
    """The sentence on a workbook somebody asked for that cannot be read: it may not be there."""
    if not os.path.lexists(path):
        return f"Không thấy '{path}'. Kiểm tra lại đường dẫn."
    return f"{path}: {found.message} {found.remedy}"


def why_lost(name: str, loss: Loss) -> Issue:
    """What is said of a file whose reading was given up."""
    place = Place(file=name)
    if loss is Loss.FAULT:
        return issue(Code.FILE_STUMBLED_OVER, place, log=Typed(log_path()))
    if loss is Loss.BROKEN:
        reason = Ours("tệp hỏng đến mức chương trình đọc phải dừng")
        return issue(Code.FILE_UNREADABLE, place, reason=reason)
    seconds = Ours(f"đọc hơn {LIMITS.seconds:.0f} giây chưa xong")
    reason = seconds if loss is Loss.TIME else Ours("mở ra quá lớn so với một sổ số liệu")
    return issue(Code.FILE_TOO_MUCH, place, reason=reason)


def _open_whole(asked: tuple[Path, str]) -> OpenedBook | Issue:
    """A workbook with all its rows, and all that leads out, for the process that asked."""
    opened = open_unguarded(*asked)
    if isinstance(opened, Issue):
        return opened
    grids = tuple(grid._replace(rows=list(grid.rows)) for grid in opened.grids)
    return opened.looked_through()._replace(grids=grids)


def _lost(asked: tuple[Path, str], loss: Loss) -> Issue:
    return why_lost(asked[1], loss)
