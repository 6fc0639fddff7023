"""The whole of a table too long for its sheet, as a CSV file beside the summary."""

import csv
from pathlib import Path

from danvan_xl.files.atomic import replacing
from danvan_xl.report.csv_text import BETWEEN, header_line
from danvan_xl.report.tables import Beside, Report

_UTF8_MARK = "\ufeff"  # tells Excel that the text is UTF-8


def besides_of(report: Report) -> list[Beside]:
    """The files that belong beside a summary, of the tables that were cut."""
    return [table.beside for table in report.tables if table.beside is not None]


def write_beside(folder: Path, beside: Beside) -> None:
    """Write the file, whole or not at all; line after line, however many there are."""
    with (
        replacing(folder / beside.file) as temporary,
        temporary.open("w", encoding="utf-8", newline="") as stream,
    ):
        stream.write(_UTF8_MARK + header_line(beside.columns))
        stream.writelines(beside.lines())


def why_not_beside(folder: Path, beside: Beside) -> str:
    """Why a file must not be written over what stands there, "" when it may."""
    path = folder / beside.file
    if not path.exists():
        return ""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        first = next(csv.reader(stream, delimiter=BETWEEN), [])
    ours = [column.header for column in beside.columns]
    return "" if first[:3] == ours[:3] else "không phải tệp do chương trình ghi"
