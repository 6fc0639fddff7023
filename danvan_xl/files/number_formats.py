"""Number formats as spreadsheet programs write them: percentages, and what shows other figures."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

# What stands between quotes or brackets, and what one character makes literal, is no format.
_PIECE = re.compile(r'"[^"]*"?|\[[^\]]*\]?|[\\_*].?|.', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|=|<|>)\s*(-?\d+(?:[.,]\d+)?)\]")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "=": eq,
    "<>": ne,
}
# A comma behind the last place for a digit divides by 1000; 1-9 stand for themselves, and so do
# digits in quotes, but those behind a letter ("m2") belong to a word.
_DIVIDES = re.compile(r"[0#?],+(?![0#?,])")
_OWN_DIGIT, _FRACTION = re.compile(r"[1-9]"), re.compile(r"/\s*\d+")
_WRITTEN_DIGIT = re.compile(r"(?<![^\W\d_])\d")
_SHOWS = re.compile(r"[0#?@A-Za-zĐđ]")
# Formats that files name by number alone.
BUILT_IN = {"9": "0%", "10": "0.00%"}
_LONGEST = 1000  # characters; Excel takes 255


@lru_cache(maxsize=512)
def has_percent(code: str) -> bool:
    """Whether a format shows some values as percentages."""
    return "%" in code and any("%" in section.marks for section in _sections(code))


def is_percent_for(code: str, value: float) -> bool:
    """Whether a format shows this value as a percentage: the section that applies decides."""
    section = _applying(code, value)
    return section is not None and "%" in section.marks


@lru_cache(maxsize=512)
def may_mislead(code: str) -> bool:
    """Whether a format shows some values as other figures than they are, or not at all."""
    return bool(code) and any(section.misleads or section.hides for section in _sections(code)[:3])


def is_misleading_for(code: str, value: float) -> bool:
    """Whether a format shows this value as another figure, or not at all; 0 may be hidden."""
    section = _applying(code, value)
    return section is not None and (section.misleads or (section.hides and value != 0))


def _applying(code: str, value: float) -> "_Section | None":
    """The section of a format that shows a value; None where none does."""
    sections = _sections(code)[:3]
    if not any(section.condition for section in sections):
        return sections[_usual_section(len(sections), value)]
    for at, section in enumerate(sections):
        if section.condition is None:
            applies = at != 1 or len(sections) < 3 or value < 0
        else:
            applies = section.condition(value)
        if applies:
            return section
    return None


class _Section:
    """One section of a format: what in it is no literal text, and when it applies.

    `misleads` tells digits written into it, or commas that divide by thousands; `hides` that it
    shows nothing of the value.
    """

    __slots__ = ("condition", "hides", "marks", "misleads")

    def __init__(self, pieces: list[str]) -> None:
        self.marks = "".join(piece for piece in pieces if len(piece) == 1)
        literal = (piece for piece in pieces if piece[:1] in '"\\')
        self.hides = _SHOWS.search(self.marks) is None
        self.misleads = (
            _DIVIDES.search(self.marks) is not None
            or _OWN_DIGIT.search(_FRACTION.sub("", self.marks)) is not None
            or any(map(_WRITTEN_DIGIT.search, literal))
        )
        found = next(filter(None, map(_CONDITION.fullmatch, pieces)), None)
        self.condition: Callable[[float], bool] | None = None
        if found is not None:
            compare, limit = _COMPARE[found[1]], float(found[2].replace(",", "."))
            self.condition = lambda value: compare(value, limit)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    return tuple(map(_Section, _split(code[:_LONGEST])))


def _split(code: str) -> Iterator[list[str]]:
    pieces: list[str] = []
    for piece in _PIECE.findall(code):
        if piece == ";":
            yield pieces
            pieces = []
        else:
            pieces.append(piece)
    yield pieces


def _usual_section(count: int, value: float) -> int:
    """Which of so many sections without conditions a value is shown by."""
    if count == 1 or value > 0:
        return 0
    if value < 0:
        return 1
    return 2 if count > 2 else 0
