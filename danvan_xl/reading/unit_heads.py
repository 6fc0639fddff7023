"""Which unit heads a column of sheet Giao chỉ tiêu, also where the names stand in a second row."""

import re
from collections.abc import Iterator
from dataclasses import replace

from danvan_xl.files.grid import Grid, is_blank
from danvan_xl.reading.header_words import loose_name
from danvan_xl.reading.headers import Header, text_of
from danvan_xl.reading.records import Unit
from danvan_xl.reading.unit_lookup import UnitIndex
from danvan_xl.schema.sheets import TARGETS
from danvan_xl.vietnamese.text import bare_key, tidy

_IN_BRACKETS = re.compile(r"(?P<name>.+?)\s*\((?P<rest>[^()]*)\)")
_TWO_PARTS = re.compile(r"(?P<name>.+?)\s*(?:\s[-–:]|:)\s+(?P<rest>.+)")
_BEFORE = re.compile(r"(?:(?:kh|kế hoạch|phân bổ|giao|chỉ tiêu|cho)\s+)+(?=\S)", re.IGNORECASE)
_NUMBERED = ("stt", "tt", "sott", "sothutu")
_OTHER_WORDS = ("code", "indicator", "measure", "plan")


def unit_headed(units: UnitIndex, head: str) -> Unit | None:
    """The unit a header means: by its code, its name, or both: "Thôn 1 (A.1)", "A.1 - Thôn 1".

    A code and a name of two units mean neither.
    """
    text = tidy(head)
    if (unit := units.find(text).unit) is not None:
        return unit
    if match := _IN_BRACKETS.fullmatch(text):
        return _by_both(units, match["name"], match["rest"], needs_code=False)
    if match := _TWO_PARTS.fullmatch(text):
        return _by_both(units, match["name"], match["rest"], needs_code=True)
    plain = _BEFORE.sub("", text, count=1)
    return None if plain == text else units.find(plain).unit


def heads_no_unit(head: str) -> bool:
    """Whether a header is one of a column beside the units: STT, Năm trước, Ghi chú."""
    return bare_key(head) in _NUMBERED or loose_name(TARGETS, head) is not None


def _by_both(units: UnitIndex, name: str, rest: str, *, needs_code: bool) -> Unit | None:
    """The unit of two parts of which one may be a code; `rest` may also be a remark."""
    coded = units.with_code(rest)
    named = units.called(name)
    if coded is None and (coded := units.with_code(name)) is not None:
        named = units.called(rest)
    if coded is None:
        return named[0] if len(named) == 1 and not needs_code else None
    return coded if not named or coded in named else None


def with_unit_row(grid: Grid, header: Header, units: UnitIndex) -> Header:
    """The header with the units that stand in the row below it, under "Giao cho các thôn"."""
    if header.row >= len(grid.rows):
        return header
    row = grid.rows[header.row]
    known = set(header.columns.values())
    words = {header.columns.get(name, -1) for name in _OTHER_WORDS}
    if any(0 <= at < len(row) and not is_blank(row[at]) for at in words):
        return header
    below = {
        at: text_of(cell) for at, cell in enumerate(row) if not is_blank(cell) and at not in known
    }
    in_row, in_header = (sum(_named(units, heads)) for heads in (below, header.extras))
    if in_row == 0 or in_row < in_header:
        return header
    extras = header.extras if in_row == in_header else header.extras | below
    return replace(header, extras=extras, sub_rows=1)


def _named(units: UnitIndex, heads: dict[int, str]) -> Iterator[bool]:
    return (unit_headed(units, text) is not None for text in heads.values())
