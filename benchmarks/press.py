"""The press of Tổng hợp on an open workbook with 14 unit sheets, each time in a fresh process.

python -m benchmarks.press --runs 5

LibreOffice stands in for Excel; its own start, and opening the workbook, are not counted: there
the officer has both open already. Everything else is: starting Python, imports, the press itself.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.generate import PARENT, generate_with_sheets
from danvan_xl.schema.sheets import TARGETS

_UNIT_SHEETS, _LIMIT = 14, 1.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure first and later presses and print the table."""
    parser = argparse.ArgumentParser(description="Đo nút Tổng hợp trên sổ đang mở.")
    parser.add_argument("--runs", type=int, default=5, help="số lần đo")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child:
        print(json.dumps(_press(options.child)))
        return
    with tempfile.TemporaryDirectory() as folder:
        generate_with_sheets(Path(folder), _UNIT_SHEETS)
        found = [_in_a_process(Path(folder) / PARENT) for _ in range(options.runs)]
    print(_table(found))


def _table(found: Sequence[dict[str, float]]) -> str:
    """The medians, each with the time it takes Python to be ready."""
    ready = statistics.median(item["ready"] for item in found)
    lines = [
        f"| Bấm Tổng hợp, {_UNIT_SHEETS} trang đơn vị | Trung vị (s) | Mức (s) |",
        "|---|---:|---:|",
    ]
    for name, words in (("first", "lần đầu"), ("again", "lần sau, có sửa một số")):
        median = ready + statistics.median(item[name] for item in found)
        lines.append(f"| {words} | {median:.2f} | {_LIMIT:.2f} |".replace(".", ","))
    return "\n".join(lines)


def _in_a_process(workbook: Path) -> dict[str, float]:
    """What one run took; `ready` is Python's own start and imports."""
    started = time.time()
    command = [sys.executable, "-m", "benchmarks.press", "--child", str(workbook)]
    run = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    measured: dict[str, float] = json.loads(run.stdout)
    return measured | {"ready": measured["ready"] - started}


def _press(workbook: Path) -> dict[str, float]:
    """Open the workbook and press twice; `ready` is the clock when Python was."""
    from danvan_xl.excel import macros
    from danvan_xl.excel.libreoffice import install_engine
    from danvan_xl.excel.press import press

    xlwings = install_engine()
    ready = time.time()
    app = xlwings.App(visible=False, add_book=False)
    try:
        book = app.books.open(str(workbook))
        first = _timed(lambda: press(macros.consolidate, book))
        _change_one_figure(book)
        again = _timed(lambda: press(macros.consolidate, book))
    finally:
        app.quit()
    return {"ready": ready, "first": first, "again": again}


def _change_one_figure(book: Any) -> None:
    """Type another figure into T1 of the first unit's first indicator."""
    sheet = next(
        sheet for sheet in book.sheets if _header(sheet) != (0, 0) and sheet.name != TARGETS.title
    )
    row, column = _header(sheet)
    sheet.range((row + 2, column)).value = 1


def _header(sheet: Any) -> tuple[int, int]:
    """Row and column of the header T1, (0, 0) where there is none."""
    rows = sheet.range("A1:Z12").value
    for number, row in enumerate(rows, start=1):
        if "T1" in row:
            return number, row.index("T1") + 1
    return 0, 0


def _timed(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
