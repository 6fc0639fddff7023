"""What adds, and what its name says of which way is better: from the words an indicator has.

A share, a mean, a yield per hectare of two months or of two units come to nothing when they are
added; numbers of things always add. The words are data (data/cong-duoc.toml).
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from danvan_xl.schema.options import Direction, MonthRule, UnitRule
from danvan_xl.schema.sources import FromRegister, Ratio, SourceError, Weighted, parse_source
from danvan_xl.vietnamese.measures import is_counted, magnitude
from danvan_xl.vietnamese.text import bare_key, match_key, tidy
from danvan_xl.vietnamese.word_lists import word_lists

_FILE = "cong-duoc.toml"
_WORD = re.compile(r"\w+")
_PER = re.compile(r"\s*[/\u2044\u2215]\s*")
_AMOUNT = re.compile(r"^\d[\d.,]*\s*")
# "1.", "2.3)", "a)", "IV.", "-" before a name.
_NUMBERING = re.compile(r"^(?:[-+*•–]\s*|(?:\d+(?:\.\d+)*|[IVX]+|[A-ZĐa-zđ])[.)]\s*)+")
_RULES: dict[str, dict[bool, str]] = {
    "month_rule": {True: MonthRule.SUM, False: MonthRule.LAST},
    "unit_rule": {True: UnitRule.SUM, False: UnitRule.NONE},
}
_RULE_OF_SOURCE: dict[type, str] = {Ratio: UnitRule.RATIO, Weighted: UnitRule.MEAN}


class NamedDirection(NamedTuple):
    """The Chiều a name speaks for; `is_asked` where it holds a word of what should be little."""

    direction: Direction
    is_asked: bool


@lru_cache(maxsize=4096)
def adds(measure: str, name: str) -> bool:
    """Whether figures of this ĐVT and name may be added over months and units."""
    if _is_share(measure) or _is_per(measure):
        return False
    if is_counted(measure) and not _says(measure, "khong_phai_thu_dem"):
        return True
    words = _words(name)
    is_mean = _holds(words, "ten_co") or _is_mean_in_capitals(name)
    return not (_begins(words, "ten_bat_dau") or is_mean)


@lru_cache(maxsize=4096)
def row_adds(measure: str, name: str, source: str) -> bool:
    """Whether a row's figures may be added: what a register counts may, a ratio may not."""
    read = parse_source(source)
    if isinstance(read, FromRegister):
        return True
    is_typed = read is None or isinstance(read, SourceError)
    return is_typed and adds(measure, name)


def default_choice(column: str, measure: str, name: str, source: str) -> str:
    """What a blank cell of Chiều, Cộng kỳ or Tổng hợp means in a row of these words."""
    if column == "direction":
        return named_direction(name).direction
    rule = _RULE_OF_SOURCE.get(type(parse_source(source)))
    if column == "unit_rule" and rule is not None:
        return rule
    return _RULES[column][row_adds(measure, name, source)]


@lru_cache(maxsize=4096)
def named_direction(name: str) -> NamedDirection:
    """Which way is better by the name alone, where nobody chose it."""
    words = _words(name)
    if not _holds(words, "xau"):
        return NamedDirection(Direction.MORE, is_asked=False)
    after = _without(_without(words, "mo_dau"), "thu_duoc_dem")
    is_less = _begins(after, "xau") and not _holds(words, "viec_lam")
    return NamedDirection(Direction.LESS if is_less else Direction.MORE, is_asked=True)


class _Words(NamedTuple):
    """The words of a name between spaces, and how words of a list are made alike to them."""

    text: str
    key: Callable[[str], str]


def _marked(word: str) -> str:
    return match_key(word).replace("y", "i")


def _bare(word: str) -> str:
    return bare_key(word).replace("y", "i")


def _words(name: str) -> _Words:
    """The words of a name; one that has no mark at all is held against words without marks."""
    plain = _NUMBERING.sub("", tidy(name))
    key = _bare if plain.isascii() else _marked
    return _Words(_spaced(plain, key), key)


def _spaced(text: str, key: Callable[[str], str]) -> str:
    words = _WORD.findall(unicodedata.normalize("NFKC", text))
    return f" {' '.join(map(key, words))} "


@lru_cache(maxsize=64)
def _listed(name: str, key: Callable[[str], str]) -> tuple[str, ...]:
    """The entries of a list as they stand between spaces."""
    return tuple(_spaced(tidy(entry), key) for entry in word_lists(_FILE)[name])


def _begins(words: _Words, name: str) -> bool:
    return words.text.startswith(_listed(name, words.key))


def _holds(words: _Words, name: str) -> bool:
    return any(entry in words.text for entry in _listed(name, words.key))


def _without(words: _Words, name: str) -> _Words:
    """The words behind any that a list has, which stand before them."""
    text = words.text
    while found := next((e for e in _listed(name, words.key) if text.startswith(e)), ""):
        text = text[len(found) - 1 :]
    return words._replace(text=text)


def _is_mean_in_capitals(name: str) -> bool:
    """Whether a word is an abbreviation that has BQ in it: TNBQ, BQĐN; not BQL."""
    lists = word_lists(_FILE)
    capitals = " ".join(filter(str.isupper, _WORD.findall(tidy(name))))
    for other in lists["viet_tat_khac"]:
        capitals = capitals.replace(other, "")
    return any(part in capitals for part in lists["viet_tat_co"])


def _is_share(measure: str) -> bool:
    plain = tidy(measure).replace("％", "%")
    if any(sign in plain for sign in word_lists(_FILE)["ky_hieu_ty_le"]):
        return True
    return _begins(_words(plain), "chu_ty_le")


def _is_per(measure: str) -> bool:
    """Whether a measure is one thing per another, of those that do not add."""
    thing, *per = _PER.split(tidy(measure).strip("()[] "))
    if not per:
        return False
    bare, is_many = zip(*map(_without_amount, per), strict=True)
    if any(many and _says(said, "dan") for said, many in zip(bare, is_many, strict=True)):
        return True
    divided = _says(thing, "duoc_chia") or _says(_without_amount(thing)[0], "duoc_chia")
    return divided and any(_says(said, "tren_moi") for said in bare)


def _without_amount(said: str) -> tuple[str, bool]:
    """A measure without the number before it ("1.000 dân"), and whether there was one."""
    rest = _AMOUNT.sub("", said)
    while (times := magnitude(rest)) is not None and times[1]:
        rest = times[1]
    return rest, rest != said


def _says(measure: str, name: str) -> bool:
    """Whether a measure begins with an entry of a list, written with marks or without."""
    return _begins(_words(measure), name)
