"""Figures as people type them: "1.507,5", "trên 30", "25/24", "KPS". Never guess."""

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from danvan_xl.vietnamese.cell_words import kind_of_estimate, says
from danvan_xl.vietnamese.measures import magnitude
from danvan_xl.vietnamese.stated_shares import readings_of
from danvan_xl.vietnamese.text import match_key, tidy


class State(StrEnum):
    """What a cell for a figure says."""

    NUMBER = "number"
    BLANK = "blank"
    NONE_OCCURRED = "none occurred"
    NOT_GIVEN = "not given"
    NOT_APPLICABLE = "not applicable"
    UNREADABLE = "unreadable"


class CellRole(StrEnum):
    """What a cell is asked for: the same words mean different things in a month and a plan."""

    MONTH = "month"
    PLAN = "plan"
    LAST_YEAR = "last year"
    REGISTER = "register"


class Bound(StrEnum):
    """How an estimate stands to the true figure; shown before the number."""

    EXACT = ""
    AT_LEAST = "≥"
    AT_MOST = "≤"
    ABOUT = "≈"


def joint_bound(bounds: Iterable[Bound]) -> Bound:
    """How sure a sum is: exact figures leave it as it is, estimates of one kind stay so."""
    estimated = {bound for bound in bounds if bound}
    if not estimated:
        return Bound.EXACT
    return estimated.pop() if len(estimated) == 1 else Bound.ABOUT


def band_of(value: Decimal, bound: Bound) -> tuple[Decimal, Decimal]:
    """Between which figures an estimate lies, by the unit of its last digit that is not 0.

    "trên 30" is 30 to 40, "gần 30" 20 to 30, "khoảng 30" 25 to 35; an exact figure is itself.
    """
    if bound is Bound.EXACT:
        return value, value
    unit = Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) if value else _ONE
    below = {Bound.AT_LEAST: Decimal(0), Bound.AT_MOST: unit}.get(bound, unit / 2)
    return value - below, value - below + unit


def holds(stated: Decimal, bound: Bound, total: Decimal) -> bool:
    """Whether a stated figure agrees with a sum: "trên 1.000" and 1.014 do."""
    if bound is Bound.AT_LEAST:
        return total >= stated
    if bound is Bound.AT_MOST:
        return total <= stated
    return bound is Bound.ABOUT or total == stated


class Writing(StrEnum):
    """Which mark divides decimals: the comma (Vietnam) or the point."""

    COMMA = "comma"
    POINT = "point"


class TypedNumber(NamedTuple):
    """What one piece of typed text can mean.

    `other` is the second possible reading of "1.507"; `writing` the convention the text proves;
    `doubtful` marks a reading that breaks the Vietnamese convention ("12.5"). `planned` is the
    divisor of "25/24" (`other_planned` its second reading), `share` the percentage of the plan said
    beside it ("25/24 (104%)"), `unit` the words behind the number, `percent` whether "%" stood
    there.
    """

    state: State
    value: Decimal | None = None
    other: Decimal | None = None
    bound: Bound = Bound.EXACT
    writing: Writing | None = None
    doubtful: bool = False
    planned: Decimal | None = None
    other_planned: Decimal | None = None
    share: Decimal | None = None
    unit: str = ""
    percent: bool = False


UNREADABLE = TypedNumber(State.UNREADABLE)
BLANK = TypedNumber(State.BLANK)
NONE_OCCURRED = TypedNumber(State.NONE_OCCURRED, Decimal(0))
_NOT_GIVEN = TypedNumber(State.NOT_GIVEN)
# What the words of each list mean, by what their cell is asked for.
_MEANINGS = {
    "gach": {
        CellRole.MONTH: NONE_OCCURRED,
        CellRole.PLAN: _NOT_GIVEN,
        CellRole.LAST_YEAR: BLANK,
        CellRole.REGISTER: BLANK,
    },
    "khong_phat_sinh": dict.fromkeys(CellRole, NONE_OCCURRED),
    "khong_co": dict.fromkeys(CellRole, NONE_OCCURRED) | {CellRole.PLAN: UNREADABLE},
    "khong_giao": dict.fromkeys(CellRole, UNREADABLE) | {CellRole.PLAN: _NOT_GIVEN},
    "khong_ap_dung": dict.fromkeys(CellRole, TypedNumber(State.NOT_APPLICABLE)),
    "chua_bao_cao": dict.fromkeys(CellRole, BLANK),
}

_BOUND_OF_KIND = {
    "dung": Bound.EXACT,
    "tren": Bound.AT_LEAST,
    "gan": Bound.AT_MOST,
    "khoang": Bound.ABOUT,
}
_NOTHING_YET = re.compile(r"[.…\s]+|[-–—]{2,}")  # rows of dots or dashes keep a cell free
_LONGEST = 200  # of a text that says a figure
_MOST_DIGITS = 15  # Excel keeps no more
_DIGITS_OF_QUOTIENT = 25  # 28 are worked out, less the zeros at the end
_EXACT_INTEGERS = 1e15  # beyond, Excel shows zeros for digits it does not have

_NUMBER = r"[+\-−]?\d[\d.,]*(?:[ \u00a0]\d{3}(?!\d))*(?:,\d+)?"
_TYPED = re.compile(
    rf"(?P<bound>[^\d+\-−]*?)\s*(?P<number>{_NUMBER})\s*(?P<percent>%)?"
    rf"(?:(?P<mid>[^\d/%]*)/\s*(?P<planned>{_NUMBER}))?(?P<unit>[^\d]*(?:m[23])?)"
)
_MIXED = re.compile(r"(?:\d[\d.,]*\s*[^\d]+?\s*){2,}")
_MIXED_PART = re.compile(r"(\d[\d.,]*)\s*([^\d]*)")
_POINT_GROUPS = re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_COMMA_GROUPS = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
# A sign behind the number, a letter that stands where a zero belongs ("1O").
_STRAY = ("-", "–", "—", "/")
_LIKE_ZERO = ("o", "O")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def is_beyond_cells(number: Decimal) -> bool:
    """Whether a figure has more digits than a cell of Excel keeps: it would be rounded there.

    The endless decimals of a quotient, which a sending says in full beside a word, are no such.
    """
    digits = number.normalize().as_tuple()
    count, exponent = len(digits.digits), int(digits.exponent)
    is_quotient = count >= _DIGITS_OF_QUOTIENT and exponent < 0
    return (count > _MOST_DIGITS and not is_quotient) or count + exponent > _MOST_DIGITS


def exact(number: float) -> Decimal | None:
    """The Decimal Excel shows for a float (15 digits); None for inf and nan."""
    if number.is_integer() and -_EXACT_INTEGERS < number < _EXACT_INTEGERS:
        return Decimal(int(number))
    return Decimal(f"{number:.15g}") if math.isfinite(number) else None


@lru_cache(maxsize=8192)
def parse_typed(raw: str, role: CellRole = CellRole.MONTH) -> TypedNumber:
    """What typed text means by itself in such a cell, before its column is asked."""
    text = tidy(raw)
    if not text:
        return BLANK
    if (said := _state_said(text, role)) is not None:
        return said
    return _parse_number(text) if len(text) <= _LONGEST else UNREADABLE


def _state_said(text: str, role: CellRole) -> TypedNumber | None:
    """What words without a figure say in such a cell; None for other text."""
    if _NOTHING_YET.fullmatch(text) and not says(text, "gach"):
        return BLANK
    if text[0].isdigit():
        return None
    found = next((name for name in _MEANINGS if says(text, name)), None)
    return None if found is None else _MEANINGS[found][role]


class NumberHabit(NamedTuple):
    """How the rest of a column is written: its decimal mark; whether it holds decimals, or none."""

    writing: Writing | None = None
    decimals: bool | None = None


def settle(
    typed: TypedNumber, row: Iterable[Decimal], column: NumberHabit, *, is_whole: bool = False
) -> TypedNumber:
    """The text `typed` with its ambiguity decided.

    The row speaks first: what it counts may be whole, or `row`, figures the cell should resemble
    (plan, last year, other months), may be of one size; then the column, then the Vietnamese
    convention. A reading that goes against that convention or against its column, or that only a
    comma of three digits supports, is doubtful.
    """
    first, second = typed.value, typed.other
    if first is None or second is None:
        return typed
    larger = max(first, second, key=abs)
    by_size = _nearer(first, second, row)
    by_row = larger if is_whole else by_size
    by_column = None
    if column.writing is not None:
        by_column = first if column.writing is Writing.COMMA else second
    elif column.decimals is not None:
        by_column = (min if column.decimals else max)(first, second, key=abs)
    backed = by_column if by_row is None else by_row
    read = first if backed is None else backed
    doubtful = read == second or (backed is None and abs(first) < abs(second))
    doubtful = doubtful or any(other not in (None, read) for other in (by_column, by_size))
    planned = typed.planned
    if read == second and typed.other_planned is not None:
        planned = typed.other_planned
    return typed._replace(
        value=read, other=None, planned=planned, other_planned=None, doubtful=doubtful
    )


def _parse_number(text: str) -> TypedNumber:
    match = _TYPED.fullmatch(text)
    if match is not None and (read := _assemble(match)).state is State.NUMBER:
        return read
    if "%" in text:
        for said in readings_of(text):
            read = _parse_number(said.figure)
            if read.state is State.NUMBER and read.share is None:
                return _with_share(read, said.share)
    return _mixed(text) if match is None else UNREADABLE


def _with_share(read: TypedNumber, share: str) -> TypedNumber:
    """The figure with the percentage of its plan that was worked out beside it."""
    percent = _parse_body(share) if share else None
    if percent is None:
        return read if not share else UNREADABLE
    known = [value for value in (percent.value, percent.other) if value is not None]
    return read._replace(share=min(known))


def _mixed(text: str) -> TypedNumber:
    """What "25 tỷ 941 triệu" says: 25,941 of the first measure; each part less than one before."""
    bound, start = Bound.EXACT, next((at for at, char in enumerate(text) if char.isdigit()), 0)
    if words := text[:start].strip():
        kind = kind_of_estimate(words)
        if kind is None:
            return UNREADABLE
        bound, text = _BOUND_OF_KIND[kind], text[start:]
    parts = _MIXED_PART.findall(text)
    if len(parts) < 2 or not _MIXED.fullmatch(text):
        return UNREADABLE
    total, first, above, thing = Decimal(0), 0, Decimal(0), ""
    for number, words in parts:
        body = _parse_body(number)
        times, said = magnitude(words.strip(" ,;.").removesuffix(" và")) or (1, words.strip(" ,;."))
        is_last = (number, words) == parts[-1]
        if body is None or body.value is None or body.other is not None:
            return UNREADABLE
        amount = body.value * times
        if first and (amount >= above or times >= above):
            return UNREADABLE
        if (said and thing and match_key(said) != match_key(thing)) or (times == 1 and not is_last):
            return UNREADABLE
        total, above, thing, first = total + amount, Decimal(times), said or thing, first or times
    words = next(word for word, size in _BIG_WORDS.items() if size == first)
    return TypedNumber(State.NUMBER, total / first, bound=bound, unit=f"{words} {thing}".strip())


_ONE = Decimal(1)
_BIG_WORDS = {"tỷ": 10**9, "triệu": 10**6, "vạn": 10**4, "nghìn": 10**3, "trăm": 100, "chục": 10}


def _assemble(match: re.Match[str]) -> TypedNumber:
    bound_words = match["bound"].strip()
    kind = kind_of_estimate(bound_words) if bound_words else "dung"
    body = _parse_body(match["number"])
    unit = match["unit"].strip(" .;()")
    if kind is None or body is None:
        return UNREADABLE
    divisor = None
    if match["planned"]:
        divisor, middle = _parse_body(match["planned"]), match["mid"].strip()
        if divisor is None or match["percent"]:
            return UNREADABLE
        if middle and match_key(middle) != match_key(unit):  # "25 hộ/80 khẩu" are two figures
            return UNREADABLE
    if unit.endswith("%") or unit in _STRAY or match["unit"].startswith(_LIKE_ZERO):
        return UNREADABLE
    if says(unit, "them_vao_so"):  # "25 rưỡi" is not 25
        return UNREADABLE
    bound = _BOUND_OF_KIND[kind]
    if unit and (behind := kind_of_estimate(unit)) is not None:
        bound, unit = _BOUND_OF_KIND[behind] or bound, ""
    if " (" in unit:
        unit = unit.partition(" (")[0]
    return body._replace(
        bound=bound,
        planned=None if divisor is None else divisor.value,
        other_planned=None if divisor is None else divisor.other,
        unit=unit,
        percent=bool(match["percent"]),
    )


def _parse_body(written: str) -> TypedNumber | None:
    """The readings of the bare number, None when its marks make no number."""
    body = written.replace("−", "-").rstrip(".,")
    sign, digits = ("-", body[1:]) if body.startswith("-") else ("", body.lstrip("+"))
    if "." not in digits and "," not in digits:
        return TypedNumber(State.NUMBER, Decimal(sign + digits.replace(" ", "")))
    digits = digits.replace(" ", ".") if "." not in digits else digits.replace(" ", "")
    with_point = Decimal(sign + digits.replace(",", "")) if digits.count(".") <= 1 else None
    with_comma = (
        Decimal(sign + digits.replace(".", "").replace(",", "."))
        if digits.count(",") <= 1
        else None
    )
    if _AMBIGUOUS.fullmatch(digits):
        return TypedNumber(State.NUMBER, with_comma, other=with_point)
    if _POINT_GROUPS.fullmatch(digits) or re.fullmatch(r"\d+,\d+", digits):
        return TypedNumber(State.NUMBER, with_comma, writing=Writing.COMMA)
    if _COMMA_GROUPS.fullmatch(digits):
        return TypedNumber(State.NUMBER, with_point, writing=Writing.POINT)
    if re.fullmatch(r"\d+\.\d+", digits):
        return TypedNumber(State.NUMBER, with_point, writing=Writing.POINT, doubtful=True)
    return None


def _nearer(first: Decimal, second: Decimal, row: Iterable[Decimal]) -> Decimal | None:
    """The reading of the same size as the row's figures, None when they do not decide."""
    sizes = sorted(abs(figure) for figure in row if figure)
    if not sizes:
        return None
    middle = sizes[len(sizes) // 2]
    near = [reading for reading in (first, second) if middle / 20 <= abs(reading) <= middle * 20]
    return near[0] if len(near) == 1 else None
