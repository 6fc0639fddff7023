"""The words that may go upward though somebody typed them: those of the lists of a data file.

Everything else people type stays at home; where a word has to stand, "khác" does.
"""

import re
from collections.abc import Callable, Container, Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

from danvan_xl.vietnamese.measures import KNOWN_MEASURES, is_measure
from danvan_xl.vietnamese.privacy import HIDDEN, without_personal_numbers
from danvan_xl.vietnamese.text import bare_key, match_key, tidy
from danvan_xl.vietnamese.word_lists import word_lists

OTHER = "khác"
_FILE = "tu-gui-len.toml"
_BETWEEN = re.compile(r"\s*(?:[,;&+/]|\s-\s|\bvà\b)\s*", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class PublicList(StrEnum):
    """A list of words that go upward; the values are what so-theo-doi.toml calls them."""

    BODIES = "bodies"
    GRADES = "grades"
    MEASURES = "measures"
    NUMBERS = "numbers"


def public_word(which: PublicList, text: str, known: Mapping[str, str]) -> str:
    """A typed text as the level above reads it: the word of the list it says, else "khác".

    `known` are titles of units by match key, which go up in any case.
    """
    if not text or text in (OTHER, HIDDEN):
        return text
    return known.get(match_key(text)) or _MEANT[which](text, known) or OTHER


def public_typed(text: str, known: Container[str] = ()) -> str:
    """A typed text as a message upward repeats it: figures, days, known words; else "…"."""
    is_said = all(match_key(part) in known for part in text.split(", ")) or _is_plain(text)
    return without_personal_numbers(text) if is_said else HIDDEN


@lru_cache(maxsize=4096)
def _is_plain(text: str) -> bool:
    """Whether a text is a figure with the words that go with one, or a word everybody writes."""
    if _LETTERS.search(text) is None:
        return True
    words = word_lists(_FILE)["thong_bao"]
    if match_key(text) in {match_key(word) for word in words["mot_minh"]}:
        return True
    return any(char.isdigit() for char in text) and _is_made_of(text, _beside_figures())


def _body(text: str, known: Mapping[str, str]) -> str:
    """The office or organisation a text names, with its level; several are all named or none."""
    if found := _one_body(text, known):
        return found
    parts = [_one_body(part, known) for part in _BETWEEN.split(text) if part]
    return ", ".join(dict.fromkeys(parts)) if all(parts) else ""


def _one_body(text: str, known: Mapping[str, str]) -> str:
    key = bare_key(text, " ")
    units = {bare_key(name, " ") for name in known.values()}
    for spelling, name in _bodies():
        if key == spelling:
            return name
        if key.startswith(f"{spelling} "):
            level = _level(key.removeprefix(spelling).strip(), units)
            if level is not None:
                return f"{name} {level}".strip()
    return ""


def _level(rest: str, units: set[str]) -> str | None:
    """The level that is named behind an office, alone or with a known unit's name; None for else.

    A unit may be named with its level or without.
    """
    by_spelling = _spellings("cap")
    if rest in by_spelling:
        return by_spelling[rest]
    named = {unit.partition(" ")[2] for unit in units} | units
    if rest in named:
        return by_spelling.get(rest.partition(" ")[0], "")
    for spelling, level in by_spelling.items():
        if rest.startswith(f"{spelling} ") and rest.removeprefix(f"{spelling} ") in named:
            return level
    return None


@lru_cache(maxsize=1)
def _bodies() -> tuple[tuple[str, str], ...]:
    """Every spelling of an office without marks and its name, the longest first."""
    return tuple(sorted(_spellings("co_quan").items(), key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=4)
def _spellings(table: str) -> Mapping[str, str]:
    listed = word_lists(_FILE)[table].items()
    return {bare_key(word, " "): name for name, words in listed for word in (name, *words)}


def _grade(text: str, _known: Mapping[str, str]) -> str:
    return _spellings("xep_loai").get(bare_key(text, " "), "")


def _measure(text: str, _known: Mapping[str, str]) -> str:
    return text if is_measure(text) or _is_made_of(text, _measure_words()) else ""


def _number(text: str, _known: Mapping[str, str]) -> str:
    return text if _NUMBER.fullmatch(text) and without_personal_numbers(text) == text else ""


def _is_made_of(text: str, words: Container[str]) -> bool:
    """Whether the words of a text are all of the list, some of whose entries are several words.

    They are compared with their marks; a text without any is by its letters.
    """
    typed = tidy(text).casefold()
    return _covers(tuple(_LETTERS.findall(typed)), words)


def _covers(words: tuple[str, ...], known: Container[str]) -> bool:
    """Whether words can be cut into entries of a list, each of five words at most."""
    if not words:
        return True
    return any(
        " ".join(words[:count]) in known and _covers(words[count:], known)
        for count in range(min(len(words), 5), 0, -1)
    )


def _entries(words: Iterable[str]) -> frozenset[str]:
    """Entries of a list with their marks, and without any."""
    texts = [" ".join(_LETTERS.findall(tidy(word).casefold())) for word in words]
    return frozenset(texts) | frozenset(bare_key(text, " ") for text in texts)


@lru_cache(maxsize=1)
def _measure_words() -> frozenset[str]:
    """Every word measures are made of."""
    counted = word_lists("vat-dem.toml")
    ours = word_lists(_FILE)["dvt"]["tu"]
    return _entries([*counted["thu_dem_duoc"], *counted["thu_do_duoc"], *ours, *KNOWN_MEASURES])


@lru_cache(maxsize=1)
def _beside_figures() -> frozenset[str]:
    return _measure_words() | _entries(word_lists(_FILE)["thong_bao"]["di_cung_so"])


_MEANT: Mapping[PublicList, Callable[[str, Mapping[str, str]], str]] = {
    PublicList.BODIES: _body,
    PublicList.GRADES: _grade,
    PublicList.MEASURES: _measure,
    PublicList.NUMBERS: _number,
}
