"""Column Nguồn: where an indicator's figure comes from when it is not typed by hand.

    đếm <trang> [theo <cột ngày>] [<cột> = <giá trị>; <giá trị>, <cột> = <giá trị>]
    tổng <trang>.<cột> [theo <cột ngày>] [<cột> = <giá trị>]
    tỷ số <mã>/<mã>
    bình quân theo <mã>

The conditions stand in square brackets; a comma joins them, a semicolon separates alternatives.
`theo` chooses the day that decides the month where it is not the register's usual one.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import prod
from typing import NamedTuple

from danvan_xl.schema.columns import Column, Kind
from danvan_xl.schema.registers import Condition, Register, find_register
from danvan_xl.schema.sheets import REGISTERS
from danvan_xl.vietnamese.numbers import parse_typed
from danvan_xl.vietnamese.text import did_you_mean, match_key, tidy

USAGE = (
    "đếm <trang> [<cột> = <giá trị>]; tổng <trang>.<cột> [<cột> = <giá trị>]; tỷ số <mã>/<mã>; "
    "bình quân theo <mã>"
)
# Every combination of alternatives is a COUNTIFS of its own in the native formula.
MOST_COMBINATIONS = 12

_SOURCE = re.compile(r"(?P<verb>đếm|tổng|t[ỷỉ] số|bình quân theo)\s+(?P<rest>.+)", re.IGNORECASE)
_PARTS = re.compile(
    r"(?P<what>[^\[\]]+?)(?:\s+theo\s+(?P<by>[^\[\]]+?))?\s*(?:\[(?P<conditions>[^\[\]]*)\])?",
    re.IGNORECASE,
)
_FIGURES = (Kind.NUMBER, Kind.COUNT)


class Ratio(NamedTuple):
    """`tỷ số <mã>/<mã>`: the figure is numerator over denominator, both indicator codes."""

    numerator: str
    denominator: str


class Weighted(NamedTuple):
    """`bình quân theo <mã>`: the units' figures are averaged, each weighing what the other says."""

    weight: str


class FromRegister(NamedTuple):
    """`đếm` or `tổng`: rows of a register counted, or one of its columns added up.

    `register`, `column` ("" counts rows) and `by` (the column of the day that decides the month; ""
    where the register has none) are names of the forms; values of choices are as the form has them.
    """

    register: str
    column: str = ""
    conditions: tuple[Condition, ...] = ()
    by: str = ""


class SourceError(NamedTuple):
    """Why a source cannot be understood, naming the part that is wrong, and what is possible."""

    reason: str
    possible: str = f"Ghi một trong: {USAGE}."


Source = Ratio | Weighted | FromRegister


class _WrongPartError(Exception):
    """A part of a source that means nothing; carries the SourceError."""

    def __init__(self, reason: str, possible: str) -> None:
        super().__init__(reason)
        self.error = SourceError(reason, possible)


@lru_cache(maxsize=1024)
def parse_source(text: str) -> Source | SourceError | None:
    """What a cell of column Nguồn means; None for an empty one (typed by hand)."""
    plain = tidy(text)
    if not plain:
        return None
    match = _SOURCE.fullmatch(plain)
    if match is None:
        return _no_source(plain)
    verb = match["verb"].casefold()
    if verb == "bình quân theo":
        return Weighted(match["rest"].strip())
    if verb not in ("đếm", "tổng"):
        return _ratio(match["rest"])
    try:
        return _from_register(match["rest"], is_sum=verb == "tổng")
    except _WrongPartError as error:
        return error.error


def _no_source(plain: str) -> SourceError:
    if _SOURCE.fullmatch(f"{plain} x"):
        return SourceError(f"sau '{plain}' chưa ghi lấy từ đâu")
    return SourceError(f"phần '{plain.split(maxsplit=1)[0]}' không thuộc các cách lấy số đã có")


def register_source(text: str) -> FromRegister | None:
    """The register a cell of column Nguồn takes its figure from; None when it does not."""
    source = parse_source(text)
    return source if isinstance(source, FromRegister) else None


def codes_in(source: Source | SourceError | None) -> tuple[str, ...]:
    """The codes of the other indicators that a source names."""
    return tuple(source) if isinstance(source, Ratio | Weighted) else ()


def _ratio(rest: str) -> Ratio | SourceError:
    parts = [part.strip() for part in rest.split("/")]
    if len(parts) != 2 or not all(parts):
        return SourceError(f"phần '{rest}' phải có dạng <mã>/<mã>")
    if match_key(parts[0]) == match_key(parts[1]):
        return SourceError(f"tử số và mẫu số đều là '{parts[0]}'")
    return Ratio(*parts)


def _from_register(rest: str, *, is_sum: bool) -> FromRegister:
    match = _PARTS.fullmatch(rest)
    if match is None:
        raise _WrongPartError(
            f"phần '{rest}' thiếu hoặc thừa dấu ngoặc vuông",
            "Điều kiện ghi trong một cặp ngoặc vuông: [<cột> = <giá trị>].",
        )
    title, dot, header = match["what"].partition(".")
    register = _register(title.strip())
    column = ""
    if is_sum:
        if not header.strip():
            raise _WrongPartError(
                f"phần '{title}' chưa ghi cột cần cộng",
                f"Ghi: tổng {register.title}.<cột>; {_listed_columns(register, _FIGURES)}",
            )
        column = _column(register, header, _FIGURES).name
    elif dot:
        raise _WrongPartError(
            f"đếm không cần cột '{header.strip()}'", f"Ghi: đếm {register.title} [<cột> = …]."
        )
    by = _column(register, match["by"], (Kind.DATE,)).name if match["by"] else register.date
    return FromRegister(register.name, column, _conditions(register, match["conditions"]), by)


def _register(title: str) -> Register:
    register = find_register(REGISTERS, title)
    if register is None:
        titles = [item.title for item in REGISTERS]
        raise _WrongPartError(
            f"không có sổ theo dõi '{title}'",
            f"{did_you_mean(title, titles)} Các sổ: {'; '.join(titles)}.".strip(),
        )
    return register


def _column(register: Register, header: str, kinds: Iterable[Kind]) -> Column:
    """The column of a register that goes by a header; only one of these kinds will do."""
    key = match_key(header)
    for column in register.sheet.columns:
        if key in map(match_key, (column.header, *column.also_called)) and not column.computed:
            if column.kind in kinds:
                return column
            what = "cột ngày" if tuple(kinds) == (Kind.DATE,) else "cột số"
            reason = f"cột '{column.header}' của sổ {register.title} không phải {what}"
            if column.kind is Kind.DATE and tuple(kinds) != _FIGURES:
                reason = f"không đặt được điều kiện cho cột ngày '{column.header}'"
            raise _WrongPartError(reason, _listed_columns(register, kinds))
    hint = did_you_mean(header, _headers(register, kinds))
    raise _WrongPartError(
        f"sổ {register.title} không có cột '{header.strip()}' để dùng ở đây",
        f"{hint} {_listed_columns(register, kinds)}".strip(),
    )


def _headers(register: Register, kinds: Iterable[Kind]) -> list[str]:
    return [
        column.header
        for column in register.sheet.columns
        if column.kind in kinds and not column.computed
    ]


def _listed_columns(register: Register, kinds: Iterable[Kind]) -> str:
    headers = _headers(register, kinds)
    return f"Các cột dùng được: {'; '.join(headers)}." if headers else "Sổ này không có cột đó."


_CONDITIONAL = tuple(kind for kind in Kind if kind not in (Kind.DATE, Kind.SHARE))


def _conditions(register: Register, text: str | None) -> tuple[Condition, ...]:
    if text is None:
        return ()
    conditions = tuple(_condition(register, part) for part in _split(text))
    names = [item.column for item in conditions]
    for name in names:
        if names.count(name) > 1:
            raise _WrongPartError(
                f"cột '{register.column(name).header}' ghi hai lần",
                "Các giá trị của một cột ghi cách nhau bằng dấu chấm phẩy.",
            )
    if prod(len(item.values) for item in conditions) > MOST_COMBINATIONS:
        raise _WrongPartError(
            f"phần '[{text}]' có quá nhiều cách kết hợp",
            f"Ghi ít giá trị hơn (nhiều nhất {MOST_COMBINATIONS} cách kết hợp).",
        )
    return conditions


def _split(text: str) -> Sequence[str]:
    """The conditions of a list; a comma within a value ("Mạng xã hội, trang tin") stays."""
    parts: list[str] = []
    for piece in text.split(","):
        if "=" in piece or not parts:
            parts.append(piece)
        else:
            parts[-1] += f",{piece}"
    return parts


def _condition(register: Register, text: str) -> Condition:
    header, equals, values = text.partition("=")
    written = [part for part in values.split(";") if part.strip()]
    if not equals or not written:
        raise _WrongPartError(
            f"điều kiện '{text.strip()}' thiếu dấu = hoặc thiếu giá trị",
            "Ghi: <cột> = <giá trị>; các giá trị cách nhau bằng dấu chấm phẩy.",
        )
    column = _column(register, header, _CONDITIONAL)
    return Condition(column.name, tuple(_value(column, part) for part in written))


def _value(column: Column, written: str) -> str:
    """A value as the form has it; any text will do where the form has no choices."""
    value = tidy(written)
    if column.kind in _FIGURES and parse_typed(value).value is None:
        raise _WrongPartError(
            f"cột '{column.header}' là cột số, '{value}' không phải là số", "Ghi một con số."
        )
    if not column.choices:
        return value
    for choice in column.choices:
        if match_key(choice) == match_key(value):
            return choice
    raise _WrongPartError(
        f"cột '{column.header}' không có giá trị '{value}'",
        f"{did_you_mean(value, column.choices)} Các giá trị: {'; '.join(column.choices)}.".strip(),
    )
