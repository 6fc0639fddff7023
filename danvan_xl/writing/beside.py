"""The whole of a table too long for its sheet, as a CSV file that Excel opens by a double click.

Vietnamese Excel takes ";" between cells and "," before decimals; the mark at the beginning tells it
that the text is UTF-8.
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from danvan_xl.rating import Rating
from danvan_xl.report import Beside, Estimate, Link, Report, ReportCell, Share
from danvan_xl.schema import Column, Kind
from danvan_xl.show import plain_figure, show_share
from danvan_xl.writing.atomic import replacing
from danvan_xl.writing.terminal import plain_text

_UTF8_MARK = "\ufeff"
# A text that begins like this would be worked out as a formula.
_FORMULA_SIGNS = frozenset("=+-@\t")
_AT_ONCE = 2_000
_BETWEEN, _LINE_END = ";", "\r\n"


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
        writer = csv.writer(stream, delimiter=_BETWEEN)
        writer.writerow(_header(beside.columns))
        rows = iter(beside.rows())
        while some := tuple(islice(rows, _AT_ONCE)):
            columns = map(_texts, zip(*some, strict=True), beside.columns)
            texts = tuple(zip(*columns, strict=True))
            if _is_plain(joined := _LINE_END.join(map(_BETWEEN.join, texts)), texts):
                stream.write(joined + _LINE_END)
            else:
                writer.writerows(texts)


def _is_plain(joined: str, texts: Sequence[Sequence[str]]) -> bool:
    """Whether rows that were simply joined need no quotes: the writer looks at every letter."""
    ends = len(texts) - 1
    return (
        joined.count(_BETWEEN) == sum(map(len, texts)) - len(texts)
        and joined.count("\n") == joined.count("\r") == ends
        and '"' not in joined
    )


def why_not_beside(folder: Path, beside: Beside) -> str:
    """Return why a file must not be written over what stands there, "" when it may."""
    path = folder / beside.file
    if not path.exists():
        return ""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        first = next(csv.reader(stream, delimiter=_BETWEEN), [])
    ours = _header(beside.columns)
    return "" if first[:3] == ours[:3] else "không phải tệp do chương trình ghi"


def _header(columns: Iterable[Column]) -> list[str]:
    return [column.header for column in columns]


def _texts(cells: Sequence[ReportCell], column: Column) -> Iterable[str]:
    """Return the cells of a column as they are to be read back.

    Most columns are all texts that need nothing done to them; so are figures that were printed.
    """
    if {*map(type, cells)} <= {str}:
        is_printed = column.kind is Kind.NUMBER
        if is_printed or not any(map(_may_be_formula, {*cells})):
            return cells  # type: ignore[return-value]  # all are texts
    return map(_text, cells)


def _text(cell: ReportCell) -> str:
    """Return a cell as it is to be read back: figures without points between their digits."""
    if (made := _TEXT_OF.get(type(cell))) is not None:
        return made(cell)
    return _text(cell.value) if isinstance(cell, Link | Estimate) else _guarded(plain_text(cell))


def _guarded(text: str) -> str:
    return f"'{text}" if _may_be_formula(text) else text


def _may_be_formula(text: Any) -> bool:
    return text[:1] in _FORMULA_SIGNS


_TEXT_OF: Mapping[type, Callable[[Any], str]] = {
    str: _guarded,
    int: str,
    Rating: str,
    Decimal: plain_figure,
    Share: lambda share: "" if share.value is None else _guarded(show_share(share.value)),
    type(None): lambda _: "",
}
