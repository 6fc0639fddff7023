"""A received file beside a good one, whose figures have to count whatever the other does."""

import time
from collections.abc import Callable
from pathlib import Path

from danvan_xl.jobs.consolidate import Job, consolidate_files
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.printed import vietnamese_number
from tests.cases.case import told
from tests.on_disk import HEADER, thon_file, xa_file
from tests.sheets import grid, info

BAD = "gui-den.xlsx"
# What thôn 2 sends where its file can be read, and how the sums then are.
ABOUT = info(Mã_đơn_vị="A.2", Tên_đơn_vị="Thôn 2", Năm=2026)
TARGETS = grid(f"{HEADER}\n| K | Kinh tế | Chỉ tiêu K | cái | 10 | 5 | | |")
WITHOUT, WITH = 9, 14
_OWN = "| K | Kinh tế | Chỉ tiêu K | cái | 30 | | | |"
_GOOD = "| K | Kinh tế | Chỉ tiêu K | cái | 10 | 4 | 5 | KPS |"
_LONGEST = 20.0  # seconds


def received(folder: Path, write: Callable[[Path], object], name: str = BAD) -> Job:
    """Return the consolidation of an inbox with a good file and the one that `write` makes."""
    workbook = xa_file(folder, _OWN)
    inbox = folder / "Nhan"
    thon_file(inbox, 1, _GOOD)
    write(inbox / name)
    started = time.monotonic()
    job = consolidate_files(workbook, inbox)
    assert time.monotonic() - started < _LONGEST
    return job


def answered(folder: Path, write: Callable[[Path], object], name: str = BAD) -> str:
    """Return what is said of a file, and the total with or without its figures."""
    result = received(folder, write, name).result
    total = result.lines["k"].actual
    assert total in (WITHOUT, WITH)
    found = (item for item in result.issues if item.place.file == name)
    said = told(found, leave_out=(Code.MONTH_BLANK,))
    counted = "tính cả tệp này" if total == WITH else "không tính tệp này"
    return f"{said}<br>Tổng {vietnamese_number(total)}, {counted}"
