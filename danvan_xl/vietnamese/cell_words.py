"""What people write where a figure belongs: "KPS", "-", "khoảng"; a data file holds the words."""

from collections.abc import Iterable
from functools import lru_cache

from danvan_xl.vietnamese.text import bare_key, match_key
from danvan_xl.vietnamese.word_lists import word_lists

_FILE = "cach-ghi-so.toml"


def says(text: str, name: str) -> bool:
    """Whether a text is one of the words of a list, with its marks or without any."""
    keys, bare = _entries(name)
    return match_key(text) in keys or (text.isascii() and bare_key(text) in bare)


@lru_cache(maxsize=512)
def kind_of_estimate(words: str) -> str | None:
    """The list that the words before or behind a number are in; None for other words.

    "đạt" says nothing of its own: "đạt trên 30" is "trên 30".
    """
    for kind in word_lists(_FILE)["uoc"]:
        if says(words, f"uoc.{kind}"):
            return str(kind)
    first, _, rest = words.partition(" ")
    return kind_of_estimate(rest) if rest and says(first, "uoc.dung") else None


def holds_word(text: str, name: str) -> bool:
    """Whether one of the words of a list stands in a text."""
    spaced = f" {bare_key(text, ' ')} "
    return any(f" {word} " in spaced for word in _spaced(name))


def begins_with_word(text: str, name: str) -> bool:
    """Whether a text begins with one of the words of a list."""
    spaced = f"{bare_key(text, ' ')} "
    return any(spaced.startswith(f"{word} ") for word in _spaced(name))


def without_words(text: str, name: str) -> str:
    """A text in small letters without marks, and without the words of a list."""
    spaced = f" {bare_key(text, ' ')} "
    for word in _spaced(name):
        spaced = spaced.replace(f" {word} ", " ")
    return spaced.strip()


@lru_cache(maxsize=32)
def _entries(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a list as match keys, and without marks."""
    words = _list(name)
    bare = frozenset(filter(None, map(bare_key, words)))
    return frozenset(map(match_key, words)), bare


@lru_cache(maxsize=8)
def _spaced(name: str) -> tuple[str, ...]:
    """The words of a list without marks, the longest first."""
    return tuple(sorted((bare_key(word, " ") for word in _list(name)), key=len, reverse=True))


def _list(name: str) -> Iterable[str]:
    table, _, key = name.rpartition(".")
    lists = word_lists(_FILE)
    found: Iterable[str] = (lists[table] if table else lists)[key]
    return found
