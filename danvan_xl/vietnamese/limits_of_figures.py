"""Which figures can be below nothing, and which shares cannot be above 100 %: by words, as data."""

import csv
import re
from functools import lru_cache
from pathlib import Path

from danvan_xl.vietnamese.text import match_key, tidy

_NOT_A_WORD = re.compile(r"[^\w%‰°]+")
_BRACKETS = re.compile(r"\([^)]*\)")


@lru_cache(maxsize=4096)
def can_be_negative(measure: str, name: str) -> bool:
    """Whether a figure of this ĐVT and name can be below 0: a share, a difference, a growth.

    "tăng", "giảm" make it so where the name begins or ends with them: "Số hộ nghèo giảm" can rise;
    "Buổi truyền thông giảm tảo hôn" are counted.
    """
    words = _phrases("duoi-khong.csv")
    if any(match_key(sign) in match_key(measure) for sign in words["ĐVT"]):
        return True
    said = _words(name)
    if any(_holds(part, phrase) for part in (said, _words(measure)) for phrase in words["mọi chỗ"]):
        return True
    for phrase in words["trừ"]:
        said = said.replace(_spaced(phrase), " ")
    said = _stripped(said, words["đầu"], words["đuôi"])
    return any(
        said.startswith(_spaced(word)) or said.endswith(_spaced(word)) for word in words["chữ"]
    )


@lru_cache(maxsize=4096)
def is_of_a_whole(name: str) -> bool:
    """Whether a % is a share of a whole, which cannot pass 100: no growth, no plan surpassed."""
    words, said = _phrases("phan-cua-toan-the.csv"), _words(name)
    begins = any(said.startswith(_spaced(phrase)) for phrase in words["đầu"])
    return begins and not any(_holds(said, phrase) for phrase in words["trừ"])


@lru_cache(maxsize=4)
def _phrases(file: str) -> dict[str, tuple[str, ...]]:
    """The phrases of a word list by their kind, each in small letters."""
    path = Path(__file__).parents[1] / "data" / file
    kinds: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for kind, phrase in list(csv.reader(lines))[1:]:
            kinds.setdefault(kind, []).append(phrase)
    return {kind: tuple(phrases) for kind, phrases in kinds.items()}


def _words(text: str) -> str:
    """The words of a text as they are compared, with a space before and behind each."""
    plain = _BRACKETS.sub(" ", tidy(text))
    keys = (match_key(word) for word in _NOT_A_WORD.split(plain) if word)
    return f" {' '.join(keys)} "


@lru_cache(maxsize=512)
def _spaced(phrase: str) -> str:
    return _words(phrase)


def _holds(said: str, phrase: str) -> bool:
    return _spaced(phrase) in said


def _stripped(said: str, heads: tuple[str, ...], tails: tuple[str, ...]) -> str:
    """The words without what may stand before or behind what they say."""
    while head := next((one for one in heads if said.startswith(_spaced(one))), None):
        said = said[len(_spaced(head)) - 1 :]
    while tail := next((one for one in tails if said.endswith(_spaced(one))), None):
        said = said[: -len(_spaced(tail)) + 1]
    return said
