"""The whole of a table too long for its sheet, as a CSV file that Excel opens by a double click.

Vietnamese Excel takes ";" between cells and "," before decimals; the mark at the beginning tells it
that the text is UTF-8.
"""

import csv
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from danvan_xl.report import Beside, Estimate, Link, Report, ReportCell
from danvan_xl.schema import Column
from danvan_xl.writing.atomic import replacing
from danvan_xl.writing.terminal import plain_text

_UTF8_MARK = "\ufeff"
# A text that begins like this would be worked out as a formula.
_FORMULA_SIGNS = frozenset("=+-@\t")


def besides_of(report: Report) -> list[Beside]:
    """Return the files that belong beside a summary, of the tables that were cut."""
    return [table.beside for table in report.tables if table.beside is not None]


def write_beside(folder: Path, beside: Beside) -> None:
    """Write the file, whole or not at all; row after row, however many there are."""
    with (
        replacing(folder / beside.file) as temporary,
        temporary.open("w", encoding="utf-8", newline="") as stream,
    ):
        stream.write(_UTF8_MARK)
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(_header(beside.columns))
        writer.writerows(map(_text, row.cells) for row in beside.rows())


def why_not_beside(folder: Path, beside: Beside) -> str:
    """Return why a file must not be written over what stands there, "" when it may."""
    path = folder / beside.file
    if not path.exists():
        return ""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        first = next(csv.reader(stream, delimiter=";"), [])
    ours = _header(beside.columns)
    return "" if first[:3] == ours[:3] else "không phải tệp do chương trình ghi"


def _header(columns: Iterable[Column]) -> list[str]:
    return [column.header for column in columns]


def _text(cell: ReportCell) -> str:
    """Return a cell as it is to be read back: figures without points between their digits."""
    if cell.__class__ is str:  # most are; a rating is one too, and is no formula
        return f"'{cell}" if cell[:1] in _FORMULA_SIGNS else cell
    value = cell.value if isinstance(cell, Link | Estimate) else cell
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, int):
        return str(value)
    text = plain_text(value)
    return f"'{text}" if text[:1] in _FORMULA_SIGNS else text
