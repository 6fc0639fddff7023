"""What must not leave a commune: rows of digits that look like a citizen's number or telephone."""

import re
from collections.abc import Container, Sequence

from danvan_xl.vietnamese.text import match_key

# What people put between the groups of such a number, NBSP from Word and Zalo among it.
_GAP = r"[ .\-()\u00a0\u202f]{0,2}"
# A figure with its ĐVT behind it is none, nor is a day, nor money with marks between its groups.
_NO_FIGURE = r"(?!\s*(?:đồng|đ\b|vnđ|triệu|nghìn|tỷ|m2|m3|m²|m³|ha\b|km|kg|tấn))"
_PERSONAL = re.compile(
    # căn cước (12 digits) or chứng minh (9) in one
    rf"(?<!\d)(?<!\d[.,])(?:\d{{12}}|\d{{9}})(?![.,]?\d){_NO_FIGURE}"
    # what begins with 0 or +84, a telephone or a căn cước, however it is spaced
    rf"|(?<!\d)(?<!\d\.)(?!\d{{1,2}}[-./]\d{{1,2}}[-./]\d{{4}})"
    rf"\(?(?:\+?84|0)(?:{_GAP}\d){{8,11}}(?!\d)"
    # three digits at a time
    rf"|(?<!\d)(?<!\d[ .,])\d{{3}}(?:[ \u00a0]\d{{3}}){{2,3}}(?![ .,]?\d){_NO_FIGURE}",
    re.IGNORECASE,
)
HIDDEN = "…"
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_DIGITS, _MOST_DIGITS = 9, 12
_DIGITS = frozenset(b"0123456789")
_NO_DIGITS = bytes(set(range(256)) - _DIGITS)
_MANY_DIGITS = re.compile(rb"\d{%d}" % _FEWEST_DIGITS)
_NO_DIGITS_OF_LINES = bytes(set(range(256)) - _DIGITS - {ord("\n")})


class Attributed(str):
    """A text of which is known whose words it holds."""

    __slots__ = ()


class Typed(Attributed):
    """What somebody typed, a cell, a tab or the name of a file: it may name a person."""

    __slots__ = ()


class Ours(Attributed):
    """Words of the program's own, and those that go upward in any case: titles of units, codes."""

    __slots__ = ()


def without_names(text: str, known: Container[str] = ()) -> str:
    """A typed text when it is one word or a figure; several words may be a name.

    Those that are `known`, by match key, name nobody; several of them may be listed.
    """
    is_known = all(match_key(part) in known for part in text.split(", "))
    is_name = len(_WORD.findall(text)) > 1 and not is_known
    return HIDDEN if is_name else without_personal_numbers(text)


def has_personal_number(text: str) -> bool:
    """Whether a text holds digits like those of an identity card or a telephone."""
    return _has_many_digits(text) and _PERSONAL.search(text) is not None


def any_personal_number(texts: Sequence[str]) -> bool:
    """Whether one of many texts does; takes hardly any time where none has many digits."""
    lines = "\n".join(texts).encode("utf-8", "replace").translate(None, _NO_DIGITS_OF_LINES)
    return bool(_MANY_DIGITS.search(lines)) and any(map(has_personal_number, texts))


def is_personal_number(number: float) -> bool:
    """Whether a number typed where words belong has the digits of one; Excel drops a first 0."""
    return 10 ** (_FEWEST_DIGITS - 1) <= abs(number) < 10**_MOST_DIGITS and number == int(number)


def without_personal_numbers(text: str) -> str:
    """A text with such digits left out."""
    return _PERSONAL.sub(HIDDEN, text) if _has_many_digits(text) else text


def _has_many_digits(text: str) -> bool:
    return len(text.encode("utf-8", "replace").translate(None, _NO_DIGITS)) >= _FEWEST_DIGITS
