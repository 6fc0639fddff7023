"""Vietnamese text as people type it: one function to match, one to sort, one to tidy."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_CLOSE = 0.6  # how alike two spellings are for one to be meant by the other
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SYLLABLE_TONE = re.compile(f"[{_TONES}]")
_WORD = re.compile(r"\S+")
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_QUOTES = re.compile("[\"'\u2018\u2019\u201c\u201d\u00ab\u00bb]")
_CLOSING = " \t\r\n:*"
_ENDING = (
    _CLOSING
    + "\"'\u2018\u2019\u201c\u201d\u00ab\u00bb\u00a0\u200b\u200c\u200d\u2060\ufeff\uff1a\uff0a"
)
_DIGITS = re.compile(r"(\d+)")

# Order of the Vietnamese alphabet and of its tones (ngang, huyền, hỏi, ngã, sắc, nặng).
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONE_ORDER = "\u0300\u0309\u0303\u0301\u0323"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_LETTERS, start=1)}
_TONE_RANK = {tone: rank for rank, tone in enumerate(_TONE_ORDER, start=1)}


@lru_cache(maxsize=65536)
def match_key(raw: str) -> str:
    """The form under which two spellings of one label are equal.

    Ignores case, spaces, line breaks, quotes, kinds of dash, a closing colon or asterisk, NFC/NFD
    and the place of the tone mark ("hoà" and "hòa").
    """
    return "".join(map(_word_key, raw.rstrip(_ENDING).split())).rstrip(_CLOSING)


@lru_cache(maxsize=16384)
def _word_key(word: str) -> str:
    """The match key of one word; Vietnamese has few, so most are known already."""
    if word.isascii():
        return word.casefold().translate(_PLAIN_QUOTES)
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKD", word).casefold())
    text = _QUOTES.sub("", _DASHES.sub("-", text))
    return _WORD.sub(_tone_last, text).translate(_SPACES)


@lru_cache(maxsize=16384)
def bare_key(raw: str, space: str = "") -> str:
    """A text in small letters without marks, as typed where there are none ("ke hoach").

    What is neither letter nor digit becomes `space`.
    """
    text = unicodedata.normalize("NFD", _INVISIBLE.sub("", raw).casefold()).replace("đ", "d")
    letters = (char for char in text if not unicodedata.combining(char))
    words = "".join(char if char.isalnum() else " " for char in letters).split()
    return space.join(words)


@lru_cache(maxsize=65536)
def tidy(raw: str) -> str:
    """The text `raw` in NFC with runs of white space (NBSP, line breaks) made one space."""
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", raw)).split())


@lru_cache(maxsize=16384)
def sort_key(raw: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """A key that sorts names as a Vietnamese dictionary does.

    ă and â come after a, đ after d; tones decide only between words of the same letters; numbers
    sort by value, so "Thôn 2" precedes "Thôn 10".
    """
    letters: list[int] = []
    tones: list[int] = []
    for part in _DIGITS.split(tidy(raw).casefold()):
        if part.isdecimal():  # "²" is a digit that is no number
            letters += (-1, int(part))
            continue
        for char in part:
            letter, tone = _ranks(char)
            letters.append(letter)
            tones.append(tone)
    return tuple(letters), tuple(tones)


_PLAIN_QUOTES = dict.fromkeys(map(ord, "\"'"))
_SPACES = dict.fromkeys(map(ord, " \t\r\n\f\v"))


def _tone_last(word: re.Match[str]) -> str:
    """Move the tone marks of a syllable to its end, so that their place no longer matters."""
    text = word.group()
    tones = "".join(_SYLLABLE_TONE.findall(text))
    return _SYLLABLE_TONE.sub("", text) + tones


@lru_cache(maxsize=1024)
def _ranks(char: str) -> tuple[int, int]:
    """The places of a letter without its tone (â stays â) and of the tone, 0 for others."""
    parts = unicodedata.normalize("NFD", char)
    tone = next((part for part in parts if part in _TONE_RANK), "")
    letter = unicodedata.normalize("NFC", parts.replace(tone, ""))
    return _LETTER_RANK.get(letter, 0), _TONE_RANK.get(tone, 0)


def did_you_mean(written: str, known: Iterable[str], cutoff: float = _CLOSE) -> str:
    """The text " Có phải 'KT01'?" for the closest known spelling, "" when none is close."""
    meant = closest(written, known, cutoff)
    return "" if meant is None else f" Có phải '{meant}'?"


def closest(written: str, known: Iterable[str], cutoff: float = _CLOSE) -> str | None:
    """The known spelling closest to what is written, None when none is close."""
    from difflib import get_close_matches  # costs 1 ms to import, and most names are known

    by_key = {match_key(name): name for name in known}
    close = get_close_matches(match_key(written), list(by_key), n=1, cutoff=cutoff)
    return by_key[close[0]] if close else None
