"""The percentage said beside a figure ("25/24, đạt 104%"), and whether it is the right one."""

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import Enum
from typing import NamedTuple

from danvan_xl.vietnamese.cell_words import holds_word, without_words

_HUNDRED = Decimal(100)
_DIGITS = r"\d[\d.,]*"
# Where what is said of a figure begins: a bracket, a comma before a space or a word, "đạt", "bằng".
_BEGINNING = re.compile(
    r"\s*[;(=]|\s*,(?!\d)|\s[-–—](?=\s*[^\W\d])|\s(?=(?:đạt|bằng|tăng|giảm|tương đương|chiếm)\s)",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"[;()=]|,(?!\d)|\s[-–—]\s|\svà\s")
_CLAUSE = re.compile(
    rf"(?P<before>[^\d%]*)(?P<share>{_DIGITS})\s*%"
    r"(?P<after>[^%\d]*(?:(?:năm|tháng|quý)\s*[\d/]+)?[^%\d]*)",
    re.IGNORECASE,
)
_SHARE_FIRST = re.compile(rf"(?:đạt\s+)?(?P<share>{_DIGITS})\s*%\s*\((?P<figure>[^()%]+)\)")
_LIKE_DECIMALS = re.compile(r",\s*\d{1,2}\s*%")


class FigureAndShare(NamedTuple):
    """The text of a figure, and that of the share of its plan beside it ("" without one)."""

    figure: str
    share: str


def readings_of(text: str) -> Iterator[FigureAndShare]:
    """The ways to take a text apart into a figure and what is said of it in percent.

    Growth, and a comparison with another year, are no shares of the plan and are left out.
    """
    if match := _SHARE_FIRST.fullmatch(text):
        yield FigureAndShare(match["figure"].strip(), match["share"])
    for beginning in _BEGINNING.finditer(text):
        figure, rest = text[: beginning.start()].strip(), text[beginning.start() :]
        if not figure or _may_be_decimals(figure, rest):
            continue
        shares = _shares_in(rest)
        if shares is not None:
            yield FigureAndShare(figure, next(filter(None, shares), ""))


def _may_be_decimals(figure: str, rest: str) -> bool:
    """Whether "25, 4%" may be 25,4% with a space too many."""
    return figure[-1].isdigit() and _LIKE_DECIMALS.fullmatch(rest) is not None


def _shares_in(rest: str) -> list[str] | None:
    """The shares of the plan among what is said, "" for others; None where other figures are."""
    shares: list[str] = []
    for clause in filter(None, map(str.strip, _CLAUSES.split(rest))):
        match = _CLAUSE.fullmatch(clause)
        if match is not None:
            is_of_plan = _is_of_plan(f"{match['before']} {match['after']}")
            shares.append(match["share"] if is_of_plan else "")
        elif any(char.isdigit() for char in clause):
            return None
    return shares


def _is_of_plan(words: str) -> bool:
    """Whether words around a share leave no doubt that it is one of the year's plan."""
    rest = without_words(words, "ty_le.chu_dem")
    names_plan = holds_word(rest, "ty_le.ke_hoach")
    rest = without_words(rest, "ty_le.ke_hoach")
    if not names_plan and holds_word(rest, "ty_le.can_ke_hoach"):
        return False
    return not re.sub(r"\d", "", without_words(rest, "ty_le.can_ke_hoach")).strip()


class Agreement(Enum):
    """How a stated share stands to what its figure comes to."""

    SAME = "same"
    CUT = "cut off"
    DIFFERENT = "different"


def agreement(stated: Decimal, low: Decimal, high: Decimal) -> Agreement:
    """Whether a share, in percent with its own digits, is that of a figure between two bounds.

    `low` and `high` are shares in percent; they are equal for a figure that is no estimate.
    """
    step = Decimal(1).scaleb(int(stated.as_tuple().exponent))
    if _at(low, step, ROUND_HALF_UP) <= stated <= _at(high, step, ROUND_HALF_UP):
        return Agreement.SAME
    return Agreement.CUT if _at(low, step, ROUND_DOWN) == stated else Agreement.DIFFERENT


def share_of(value: Decimal, plan: Decimal) -> Decimal:
    """What a figure comes to of a plan, in percent."""
    return value / plan * _HUNDRED


def _at(share: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (share / step).to_integral_value(rounding) * step
