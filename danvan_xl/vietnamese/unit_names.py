"""Names of units as people write them: the words of level and office aside, numbers as numbers."""

import re
from functools import lru_cache
from types import MappingProxyType

from danvan_xl.vietnamese.text import bare_key, match_key, tidy
from danvan_xl.vietnamese.word_lists import word_lists

_FILE = "ten-don-vi.toml"
_WORDS = re.compile(r"\w+")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_TENS = "mươi"


@lru_cache(maxsize=16384)
def unit_key(raw: str) -> str:
    """The form under which two names of one unit are equal: "Chi bộ thôn số 01" and "Thôn I".

    Without the words of level and office it begins with; a name of nothing else keeps them.
    """
    words = _WORDS.findall(tidy(raw).replace("-", " "))
    keys = [match_key(word) for word in words]
    start = 0
    while length := _leading(tuple(keys[start : start + _longest()])):
        start += length
    if start >= len(words):
        start = 0
    number = _number(words[start:], keys[start:])
    return number if number is not None else " ".join(map(_without_zeros, keys[start:]))


def bare_unit_key(raw: str) -> str:
    """The same without marks, for a name that was typed without any."""
    return bare_key(unit_key(raw), " ")


@lru_cache(maxsize=4096)
def _leading(keys: tuple[str, ...]) -> int:
    """How many of the words are one of level or office, the longest first."""
    known = _level_words()
    for length in range(len(keys), 0, -1):
        if keys[:length] in known:
            return length
    return 0


@lru_cache(maxsize=1)
def _level_words() -> frozenset[tuple[str, ...]]:
    written = [text.split() for text in word_lists(_FILE)["cap_va_co_quan"]]
    with_marks = {tuple(map(match_key, words)) for words in written}
    # One word without marks may be a name ("Ban"); several, or letters that need none, are not.
    without = {tuple(map(bare_key, words)) for words in written if len(words) > 1}
    return frozenset(with_marks | without | _TYPED_BARE)


# Words so short on their own that they are taken without marks as well, as typed where there are
# none ("Thon 1").
_TYPED_BARE = frozenset({("thon",), ("xa",), ("phuong",), ("to",), ("xom",), ("so",), ("ap",)})


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _level_words()))


@lru_cache(maxsize=1)
def _digits() -> MappingProxyType[str, int]:
    said = word_lists(_FILE)["so"].items()
    return MappingProxyType({match_key(word): int(value) for word, value in said})


def _number(words: list[str], keys: list[str]) -> str | None:
    """The number that all words together are, None where they are none."""
    if len(words) == 1 and words[0] and _ROMAN.fullmatch(words[0]):
        return str(_roman(words[0]))
    values = [_digits().get(key) for key in keys if key != match_key(_TENS)]
    if not keys or None in values or len(keys) > 3:  # "hai mươi mốt" has three
        return None
    tens, ones = 0, 0
    for key in keys:
        if key == match_key(_TENS):
            tens, ones = ones * 10, 0
        elif _digits()[key] == 10:
            tens, ones = 10, 0
        elif ones:
            return None
        else:
            ones = _digits()[key]
    return str(tens + ones)


def _roman(word: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in word]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < behind else value for value, behind in pairs)


def _without_zeros(key: str) -> str:
    """A word with a number in it as a number: "01" and "1", "1a" and "01a"."""
    return key.lstrip("0") or "0" if key[:1].isdecimal() else key
