"""Lines of a CSV file that Excel opens by a double click, where it is set up for Vietnamese.

It takes ";" between cells; a text that begins like a formula would be worked out as one, so it
gets a "'" before it, as Excel itself writes it. What is but a number stays one.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any

from danvan_xl.report.tables import (
    POINTS,
    Cells,
    Estimate,
    Goal,
    Link,
    PlaceLink,
    Points,
    ReportCell,
    Share,
)
from danvan_xl.rollup.rating import Rating
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.vietnamese.printed import plain_figure, show_date, show_share, vietnamese_number

BETWEEN, LINE_END = ";", "\r\n"
# Also as full-width letters, behind blanks and letters nobody sees, which some programs skip.
_FORMULA_SIGNS = frozenset("=+-@|＝＋－＠｜﹦﹢﹣﹫")
_SKIPPED = (
    " \t\r\n\v\f\x00\x1c\x1d\x1e\x1f\x85\xa0\xad\u061c\u1680\u180e\u2028\u2029\u202f\u205f"
    "\u2060\u3000\ufeff" + "".join(map(chr, (*range(0x2000, 0x2010), *range(0x202A, 0x202F))))
)
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)*\s?%?")
_AT_ONCE = 2_000
_NEED_QUOTES = frozenset(';"\r\n')


def csv_lines(columns: Sequence[Column], rows: Iterable[Cells]) -> Iterator[str]:
    """The lines of rows, many at once, however many there are."""
    rows = iter(rows)
    while some := tuple(islice(rows, _AT_ONCE)):
        by_column = map(_texts, zip(*some, strict=True), columns)
        texts = tuple(zip(*by_column, strict=True))
        joined = LINE_END.join(map(BETWEEN.join, texts)) + LINE_END
        yield joined if _is_plain(joined, texts) else _quoted(texts)


def header_line(columns: Iterable[Column]) -> str:
    """The first line of a table."""
    return _quoted([[column.header for column in columns]])


@lru_cache(maxsize=4096)
def one_text(text: str) -> str:
    """A text as it stands between its separators, in quotes where it needs them."""
    guarded = _guarded(text)
    return guarded if _NEED_QUOTES.isdisjoint(guarded) else _quoted([[guarded]]).rstrip(LINE_END)


def _quoted(texts: Iterable[Sequence[str]]) -> str:
    """Lines with quotes where a text needs them: the writer looks at every letter."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=BETWEEN).writerows(texts)
    return stream.getvalue()


def _is_plain(joined: str, texts: Sequence[Sequence[str]]) -> bool:
    """Whether rows that were simply joined need no quotes."""
    ends = len(texts)
    return (
        joined.count(BETWEEN) == sum(map(len, texts)) - ends
        and joined.count("\n") == joined.count("\r") == ends
        and '"' not in joined
    )


def _texts(cells: Sequence[ReportCell], column: Column) -> Iterable[str]:
    """The cells of a column as they are to be read back.

    Most columns are all texts that need nothing done to them; so are figures that were printed.
    """
    kind, *others = {*map(type, cells)}
    if others:
        return map(_text, cells)
    if kind is str and (column.kind is Kind.NUMBER or not any(map(_may_be_formula, {*cells}))):
        return cells  # type: ignore[return-value]  # all are texts
    return map(_TEXT_OF[kind], cells)


def _text(cell: ReportCell) -> str:
    """A cell as it is to be read back: figures without points between their digits."""
    return _TEXT_OF[type(cell)](cell)


@lru_cache(maxsize=2**14)  # most shares of many units come more than once
def _percent(share: Decimal) -> str:
    return _guarded(show_share(share))


def points_text(points: Points) -> str:
    """Points between percentages as printed: "1,5 điểm %", "+1,5 điểm %"."""
    sign = "+" if points.is_signed and points.value > 0 else ""
    return f"{sign}{vietnamese_number(points.value)} {POINTS}"


def _guarded(text: str) -> str:
    return f"'{text}" if _may_be_formula(text) else text


def _may_be_formula(text: Any) -> bool:
    if text[:1] in "\t\r\n":
        return bool(text)
    return text.lstrip(_SKIPPED)[:1] in _FORMULA_SIGNS and not _NUMBER.fullmatch(text)


_TEXT_OF: Mapping[type, Callable[[Any], str]] = {
    str: _guarded,
    int: str,
    Rating: str,
    Decimal: plain_figure,
    Share: lambda share: "" if share.value is None else _percent(share.value),
    Link: lambda link: _text(link.value),
    PlaceLink: lambda link: _guarded(link.text),
    Estimate: lambda estimate: _text(estimate.value),
    Goal: lambda goal: f"{goal.kind} {plain_figure(goal.value)}",
    Points: lambda points: _guarded(points_text(points)),
    dt.date: show_date,
    type(None): lambda _: "",
}
