"""Whether two names are of one indicator: in any order, with slips of the pen, or as initials."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from danvan_xl.vietnamese.text import bare_key, match_key
from danvan_xl.vietnamese.word_lists import word_lists

_LISTS = "ten-chi-tieu.toml"
_FEWEST_LETTERS = 4  # of a word in which a letter may be wrong
_FEWEST_INITIALS, _FEWEST_SMALL_INITIALS = 2, 3
_MOST_LEFT = 8  # words that have no equal: names with more are not one
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBERING = re.compile(r"\s*(?:\d+(?:\.\d+)*[.)]|[a-zđ]\)|[IVX]+[.)])\s+(?=\S)")
_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONE_Y = re.compile(r"(?:qu|[bcdđghklmnprstvx]*)y")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


class _Word(NamedTuple):
    """A word of a name: letters without their tone, the tone, and the letters without marks.

    `in_capitals` tells that all of it stands in capitals.
    """

    letters: str
    tone: str
    bare: str
    in_capitals: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether it has no marks at all, as typed where there are none."""
        return self.bare == self.letters and not self.tone

    @property
    def key(self) -> str:
        """The word as it is compared."""
        return self.letters + self.tone


class _Name(NamedTuple):
    """The words of a name that say something, in their order, and the same as one sorted key."""

    words: tuple[_Word, ...]
    key: tuple[str, ...]


def is_one_name(written: str, known: str) -> bool:
    """Whether a name somebody wrote is that of a known indicator (design: who and what)."""
    if written == known or match_key(written) == match_key(known):
        return True
    first, second = _name(written), _name(known)
    return first.key == second.key or _agree(first.words, second.words)


def name_key(name: str) -> str:
    """The form under which names are equal that need no slip of the pen to be one."""
    return " ".join(_name(name).key)


@lru_cache(maxsize=8192)
def _name(text: str) -> _Name:
    """What a name says: without brackets, numbering, years and the words that say nothing."""
    whole = unicodedata.normalize("NFC", text)
    plain = _NUMBERING.sub("", _BRACKETS.sub(" ", whole), count=1)
    words = list(_words(plain)) or list(_words(whole))
    said = tuple(_without_idle(words)) or tuple(words)
    return _Name(said, tuple(sorted(word.key for word in said)))


def _words(text: str) -> Iterator[_Word]:
    for match in _WORD.finditer(text):
        yield _word(match.group())


@lru_cache(maxsize=8192)
def _word(text: str) -> _Word:
    """A word with its tone apart, so that its place does not matter, and i for a lone y."""
    small = unicodedata.normalize("NFD", text.casefold())
    tone = "".join(char for char in small if char in _TONES)
    letters = "".join(char for char in small if char not in _TONES)
    letters = unicodedata.normalize("NFC", letters)
    if _LONE_Y.fullmatch(letters):
        letters = f"{letters[:-1]}i"
    return _Word(letters, tone, bare_key(letters), text.isupper() and text.isalpha())


class _Idle(NamedTuple):
    """The words that say nothing, as keys: single ones, phrases, and what stands before a year."""

    words: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    before_year: frozenset[str]
    bare: frozenset[str]


@lru_cache(maxsize=1)
def _idle() -> _Idle:
    lists = word_lists(_LISTS)
    phrases = tuple(tuple(word.key for word in _words(text)) for text in lists["bo_qua_cum"])
    texts = " ".join((*lists["bo_qua"], *lists["bo_qua_cum"]))
    return _Idle(
        frozenset(_word(text).key for text in lists["bo_qua"]),
        phrases,
        frozenset(_word(text).key for text in lists["truoc_nam"]),
        frozenset(word.bare for word in _words(texts)),
    )


def _without_idle(words: Sequence[_Word]) -> Iterator[_Word]:
    """The words that say something; "năm" goes with its year."""
    idle = _idle()
    keys = [word.key for word in words]
    at = 0
    while at < len(words):
        phrase = next(
            (item for item in idle.phrases if tuple(keys[at : at + len(item)]) == item), ()
        )
        is_year = _YEAR.fullmatch(keys[at]) is not None
        is_before = keys[at] in idle.before_year and any(
            map(_YEAR.fullmatch, keys[at + 1 : at + 2])
        )
        if not (phrase or is_year or is_before or keys[at] in idle.words):
            yield words[at]
        at += len(phrase) or 1


def _agree(written: Sequence[_Word], known: Sequence[_Word]) -> bool:
    """Whether the words of two names go together one by one, whatever their order."""
    shared = Counter(word.key for word in written) & Counter(word.key for word in known)
    left, right = _without(written, shared), _without(known, shared)
    if len(left) + len(right) > _MOST_LEFT * 2 or abs(len(left) - len(right)) > _MOST_LEFT:
        return False
    if _pair_off(left, right):
        return True
    return any(
        _agree(*both)
        for both in (*_spelled_out(written, known), *map(_turned, _spelled_out(known, written)))
    )


def _turned(
    both: tuple[Sequence[_Word], Sequence[_Word]],
) -> tuple[Sequence[_Word], Sequence[_Word]]:
    return both[1], both[0]


def _without(words: Sequence[_Word], shared: Counter[str]) -> list[_Word]:
    """The words that are not among as many shared ones."""
    open_ones, rest = Counter(shared), []
    for word in words:
        if open_ones[word.key]:
            open_ones[word.key] -= 1
        else:
            rest.append(word)
    return rest


def _pair_off(left: Sequence[_Word], right: Sequence[_Word]) -> bool:
    """Whether each word has one on the other side; idle ones without marks may stay alone."""
    if not left:
        return all(_may_be_idle(word) for word in right)
    first, rest = left[0], left[1:]
    for at, other in enumerate(right):
        if _is_one_word(first, other) and _pair_off(rest, [*right[:at], *right[at + 1 :]]):
            return True
    return _may_be_idle(first) and _pair_off(rest, right)


def _may_be_idle(word: _Word) -> bool:
    return word.is_bare and word.bare in _idle().bare


def _is_one_word(written: _Word, known: _Word) -> bool:
    """Whether two words are one: one lacks its marks, or has a letter that is not as it should."""
    if written.bare == known.bare and (written.is_bare or known.is_bare):
        return True
    if len(known.letters) < _FEWEST_LETTERS or not (
        written.letters.isalpha() and known.letters.isalpha()
    ):
        return False
    if written.letters == known.letters:
        return True  # the tone is that of another word
    return written.tone == known.tone and is_one_off(written.letters, known.letters)


def is_one_off(written: str, known: str) -> bool:
    """Whether one letter is wrong, missing, or added, or two beside each other are swapped."""
    if abs(len(written) - len(known)) > 1 or written == known:
        return False
    start = next(
        (at for at, (one, other) in enumerate(zip(written, known, strict=False)) if one != other),
        min(len(written), len(known)),
    )
    one, other = written[start:], known[start:]
    if len(one) != len(other):
        longer, shorter = sorted((one, other), key=len, reverse=True)
        return longer[1:] == shorter
    return one[1:] == other[1:] or (one[1::-1] == other[:2] and one[2:] == other[2:])


def _spelled_out(
    short: Sequence[_Word], full: Sequence[_Word]
) -> Iterator[tuple[Sequence[_Word], Sequence[_Word]]]:
    """Both names without initials of the first and the words of the second they stand for."""
    keys = {word.key for word in full}
    for at, word in enumerate(short):
        fewest = _FEWEST_INITIALS if word.in_capitals else _FEWEST_SMALL_INITIALS
        size, initials = len(word.bare), word.bare.replace("y", "i")
        if word.key in keys or size < fewest or not word.bare.isalpha() or word.tone:
            continue
        for start in range(len(full) - size + 1):
            meant = full[start : start + size]
            if "".join(item.bare[:1] for item in meant).replace("y", "i") == initials:
                rest = (*full[:start], *full[start + size :])
                yield (*short[:at], *short[at + 1 :]), rest
