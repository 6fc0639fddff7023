"""The rows of indicators that are known, and which of them a name, a number or a day may mean."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from danvan_xl.vietnamese.indicator_names import is_one_name, name_key
from danvan_xl.vietnamese.text import match_key

_BETWEEN_NUMBERS = re.compile(r"[-/.]")
_DASHES = re.compile(r"[-+•–—·]+")
_AMONG = ("trong đó", "trong số")
_CENTURY = 100


class KnownRow(NamedTuple):
    """One indicator: its code, its name, and the names of the rows above it that head it.

    `issued` is the name under which it was given to units, where that is another.
    """

    code: str
    name: str
    headings: tuple[str, ...] = ()
    work_field: str = ""
    issued: str = ""

    @property
    def key(self) -> str:
        """The match key of the code."""
        return match_key(self.code)


class KnownRows(NamedTuple):
    """All indicators that are known, in their order."""

    rows: tuple[KnownRow, ...] = ()

    def with_issued(self, issued: "KnownRows") -> "KnownRows":
        """The same with the names under which a workbook was issued.

        Where nothing else is known, what was issued is.
        """
        if not issued.rows:
            return self
        names = {row.key: row.name for row in issued.rows}
        rows = tuple(row._replace(issued=names.get(row.key, "")) for row in self.rows)
        return KnownRows(rows) if rows else issued

    def joined(self, other: "KnownRows") -> "KnownRows":
        """The same with further rows, but for those of a code that is there."""
        keys = {row.key for row in self.rows}
        return KnownRows((*self.rows, *(row for row in other.rows if row.key not in keys)))

    def called(self, name: str) -> tuple[KnownRow, ...]:
        """The rows a name is that of: written alike, else with other words that say nothing.

        Only where there is none, those of which it may be a slip of the pen.
        """
        if not name:
            return ()
        known = _index(self.rows)
        found = known.by_name.get(match_key(name)) or known.by_words.get(name_key(name))
        if not found:
            found = tuple(row for row in self.rows if row.name and is_one_name(name, row.name))
        if not found:
            issued = (row for row in self.rows if row.issued and is_one_name(name, row.issued))
            found = tuple(issued)
        return found

    def coded(self, code: str) -> KnownRow | None:
        """The row with a code."""
        return _index(self.rows).by_code.get(match_key(code))

    def of_number(self, number: float) -> tuple[KnownRow, ...]:
        """The rows whose code becomes this number when it is kept as one (1.10, 01)."""
        return _index(self.rows).by_number.get(Decimal(repr(number)).normalize(), ())

    def of_day(self, day: dt.date) -> tuple[KnownRow, ...]:
        """The rows whose code may have been taken for this day (1-1, 3/2, 1.10)."""
        readings = _readings(day)
        by_parts = _index(self.rows).by_parts
        return tuple(row for parts, rows in by_parts.items() if parts in readings for row in rows)


NO_ROWS = KnownRows()


class _Index(NamedTuple):
    """Rows by what may be written of them."""

    by_name: Mapping[str, tuple[KnownRow, ...]]
    by_words: Mapping[str, tuple[KnownRow, ...]]
    by_code: Mapping[str, KnownRow]
    by_number: Mapping[Decimal, tuple[KnownRow, ...]]
    by_parts: Mapping[tuple[int, ...], tuple[KnownRow, ...]]


@lru_cache(maxsize=64)
def _index(rows: tuple[KnownRow, ...]) -> _Index:
    by_name: dict[str, tuple[KnownRow, ...]] = {}
    by_words: dict[str, tuple[KnownRow, ...]] = {}
    by_number: dict[Decimal, tuple[KnownRow, ...]] = {}
    by_parts: dict[tuple[int, ...], tuple[KnownRow, ...]] = {}
    for row in rows:
        if row.name:
            key, words = match_key(row.name), name_key(row.name)
            by_name[key] = (*by_name.get(key, ()), row)
            by_words[words] = (*by_words.get(words, ()), row)
        if (number := _number(row.code)) is not None:
            by_number[number] = (*by_number.get(number, ()), row)
        parts = _BETWEEN_NUMBERS.split(row.code)
        if len(parts) in (2, 3) and all(part.isdecimal() for part in parts):
            numbers = tuple(map(int, parts))
            by_parts[numbers] = (*by_parts.get(numbers, ()), row)
    by_code = {row.key: row for row in reversed(rows)}
    return _Index(by_name, by_words, by_code, by_number, by_parts)


def _number(code: str) -> Decimal | None:
    """The number a spreadsheet makes of a code, None of most."""
    try:
        number = Decimal(code.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number.normalize() if number.is_finite() else None


def _readings(day: dt.date) -> frozenset[tuple[int, ...]]:
    """The numbers that may have been typed for a day, in the order of any country."""
    of_year = (day.year, day.year % _CENTURY)
    found: list[tuple[int, ...]] = [(day.day, day.month), (day.month, day.day)]
    for year in of_year:
        found += [(day.day, day.month, year), (day.month, day.day, year)]
        found.append((year, day.month, day.day))
        if day.day == 1:
            found += [(day.month, year), (year, day.month)]
    return frozenset(found)


def level_of(name: str) -> int:
    """How far a name is set in by its dashes: "Lúa" 0, "- Diện tích" 1, "+ Vụ mùa" 2."""
    dashes = _DASHES.match(name)
    if dashes is None:
        return int(match_key(name).startswith(tuple(map(match_key, _AMONG))))
    return max(len(dashes.group()), 1 + dashes.group().startswith("+"))


def headings_of(row: KnownRow, known: KnownRows) -> tuple[str, ...]:
    """The names that head a row: above it on its sheet, and of the codes its own is a part of."""
    found = list(row.headings)
    code = row.code
    while "." in code:
        code = code.rpartition(".")[0]
        if (above := known.coded(code)) is not None:
            found.append(above.name)
    return tuple(dict.fromkeys(found))


def name_is_among(name: str, names: Iterable[str]) -> bool:
    """Whether a name is one of several."""
    return any(is_one_name(name, other) for other in names)
