"""Figures as people type them: "1.507,5", "trên 30", "25/24", "KPS". Never guess."""

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from danvan_xl.vietnamese.text import match_key, tidy


class State(StrEnum):
    """What a cell for a figure says."""

    NUMBER = "number"
    BLANK = "blank"
    NONE_OCCURRED = "none occurred"
    NOT_APPLICABLE = "not applicable"
    UNREADABLE = "unreadable"


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
    divisor of "25/24", `share` the percentage said beside it ("25/24 (104%)"), `unit` the words
    behind the number, `percent` whether "%" stood there.
    """

    state: State
    value: Decimal | None = None
    other: Decimal | None = None
    bound: Bound = Bound.EXACT
    writing: Writing | None = None
    doubtful: bool = False
    planned: Decimal | None = None
    share: Decimal | None = None
    unit: str = ""
    percent: bool = False


UNREADABLE = TypedNumber(State.UNREADABLE)
BLANK = TypedNumber(State.BLANK)

_BOUNDS = {
    Bound.EXACT: ("đạt", "đã đạt"),
    Bound.AT_LEAST: (
        "trên",
        "hơn",
        "ít nhất",
        "tối thiểu",
        "không dưới",
        "trở lên",
        "+",
        ">",
        ">=",
        "≥",
    ),
    Bound.AT_MOST: ("gần", "dưới", "không quá", "tối đa", "<", "<=", "≤"),
    Bound.ABOUT: (
        "khoảng",
        "ước",
        "ước đạt",
        "ước tính",
        "xấp xỉ",
        "trên dưới",
        "~",
        "≈",
        "chừng",
        "?",
    ),
}
_BOUND_OF_WORD = {match_key(word): bound for bound, words in _BOUNDS.items() for word in words}
_NONE_OCCURRED = frozenset(
    map(match_key, ("KPS", "không phát sinh", "K.P.S", "không có phát sinh"))
)
_NOTHING_YET = re.compile(r"[.…\s]+|[-–—]{2,}")  # rows of dots or dashes keep a cell free
_NOT_REPORTED = frozenset(map(match_key, ("chưa báo cáo", "chưa có số liệu", "chưa có số")))
_NOT_APPLICABLE = frozenset(map(match_key, ("KAD", "không áp dụng", "x", "-", "K.A.D")))

_LONGEST = 200  # of a text that says a figure
_EXACT_INTEGERS = 1e15  # beyond, Excel shows zeros for digits it does not have

_NUMBER = r"[+\-−]?\d[\d.,]*(?:[ \u00a0]\d{3}(?!\d))*(?:,\d+)?"
_TYPED = re.compile(
    rf"(?P<bound>[^\d+\-−]*?)\s*(?P<number>{_NUMBER})\s*(?P<percent>%)?"
    rf"(?:\s*/\s*(?P<planned>{_NUMBER}))?(?P<unit>[^\d]*(?:m[23])?)"
)
_PAIR = rf"(?P<pair>{_NUMBER}\s*/\s*{_NUMBER}[^\d()%=]*?)"
_SHARE = r"(?P<share>[\d.,]*\d)\s*%"
_WITH_SHARE = (
    re.compile(rf"{_SHARE}\s*\(\s*{_PAIR}\)"),
    re.compile(rf"{_PAIR}\s*[,;]?\s*(?:=|\(|đạt)\s*(?:đạt\s*)?{_SHARE}\s*\)?", re.IGNORECASE),
)
_POINT_GROUPS = re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_COMMA_GROUPS = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
# A sign behind the number, a letter that stands where a zero belongs ("1O").
_STRAY = ("-", "–", "—", "/")
_LIKE_ZERO = ("o", "O")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def exact(number: float) -> Decimal | None:
    """The Decimal Excel shows for a float (15 digits); None for inf and nan."""
    if number.is_integer() and -_EXACT_INTEGERS < number < _EXACT_INTEGERS:
        return Decimal(int(number))
    return Decimal(f"{number:.15g}") if math.isfinite(number) else None


@lru_cache(maxsize=8192)
def parse_typed(raw: str) -> TypedNumber:
    """What typed text means by itself, before its column is asked."""
    text = tidy(raw)
    if not text:
        return BLANK
    key = match_key(text)
    if _NOTHING_YET.fullmatch(text) or key in _NOT_REPORTED:
        return BLANK
    if key in _NONE_OCCURRED:
        return TypedNumber(State.NONE_OCCURRED, Decimal(0))
    if key in _NOT_APPLICABLE:
        return TypedNumber(State.NOT_APPLICABLE)
    return _parse_number(text) if len(text) <= _LONGEST else UNREADABLE


class NumberHabit(NamedTuple):
    """How the rest of a column is written: its decimal mark; whether it holds decimals, or none."""

    writing: Writing | None = None
    decimals: bool | None = None


def settle(typed: TypedNumber, row: Iterable[Decimal], column: NumberHabit) -> TypedNumber:
    """The text `typed` with its ambiguity decided.

    The column speaks first, then `row`, figures the cell should resemble (its row's plan, last
    year, other months), then the Vietnamese convention. A reading that goes against that
    convention or against its row, or that only a comma of three digits supports, is doubtful.
    """
    first, second = typed.value, typed.other
    if first is None or second is None:
        return typed
    resembled = _nearer(first, second, row)
    backed = resembled
    if column.writing is not None:
        backed = first if column.writing is Writing.COMMA else second
    elif column.decimals is not None:
        backed = (min if column.decimals else max)(first, second, key=abs)
    doubtful = backed == second or (backed is None and abs(first) < abs(second))
    doubtful = doubtful or resembled not in (None, backed)
    return typed._replace(value=first if backed is None else backed, other=None, doubtful=doubtful)


def _parse_number(text: str) -> TypedNumber:
    for pattern in _WITH_SHARE if "%" in text else ():
        if both := pattern.fullmatch(text):
            return _with_share(both["pair"], both["share"])
    match = _TYPED.fullmatch(text)
    return UNREADABLE if match is None else _assemble(match)


def _with_share(pair: str, share: str) -> TypedNumber:
    """What "25/24" means, with the percentage that was worked out beside it."""
    match, percent = _TYPED.fullmatch(pair.strip()), _parse_body(share)
    if match is None or percent is None:
        return UNREADABLE
    read = _assemble(match)
    known = [value for value in (percent.value, percent.other) if value is not None]
    return read if read.state is State.UNREADABLE else read._replace(share=min(known))


def _assemble(match: re.Match[str]) -> TypedNumber:
    bound_words = match["bound"].strip()
    bound = _BOUND_OF_WORD.get(match_key(bound_words)) if bound_words else Bound.EXACT
    body = _parse_body(match["number"])
    if bound is None or body is None:
        return UNREADABLE
    planned = None
    if match["planned"]:
        divisor = _parse_body(match["planned"])
        if divisor is None or match["percent"]:
            return UNREADABLE
        planned = divisor.value
    unit = match["unit"].strip(" .;()")
    if unit.endswith("%") or unit in _STRAY or match["unit"].startswith(_LIKE_ZERO):
        return UNREADABLE
    if unit and (behind := _BOUND_OF_WORD.get(match_key(unit))) is not None:
        bound, unit = behind or bound, ""
    return body._replace(bound=bound, planned=planned, unit=unit, percent=bool(match["percent"]))


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
        return TypedNumber(
            State.NUMBER, with_point, writing=Writing.POINT, doubtful="." not in digits
        )
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
