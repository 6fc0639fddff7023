"""Which figures can be below nothing, and which shares cannot be above 100 %: by words, as data."""

import re
from functools import lru_cache
from typing import Any

from danvan_xl.vietnamese.text import match_key, tidy
from danvan_xl.vietnamese.word_lists import word_lists

_NOT_A_WORD = re.compile(r"[^\w%‰°]+")
_BRACKETS = re.compile(r"\([^)]*\)")


@lru_cache(maxsize=4096)
def can_be_negative(measure: str, name: str) -> bool:
    """Whether a figure of this ĐVT and name can be below 0: a share, a difference, a growth.

    "tăng", "giảm" make it so where the name begins or ends with them: "Số hộ nghèo giảm" can rise;
    "Buổi truyền thông giảm tảo hôn" are counted.
    """
    words = _lists()["duoi_khong"]
    if any(match_key(sign) in match_key(measure) for sign in words["don_vi_tinh"]):
        return True
    said = spaced_words(name)
    for part in (said, spaced_words(measure)):
        if holds_words(part, words["moi_cho"]):
            return True
    for phrase in words["khong_ke"]:
        said = said.replace(spaced_words(phrase), " ")
    said = _stripped(said, words["bo_o_dau"], words["bo_o_cuoi"])
    signs = [spaced_words(word) for word in words["dau_hoac_cuoi"]]
    return any(said.startswith(sign) or said.endswith(sign) for sign in signs)


@lru_cache(maxsize=4096)
def is_of_a_mean(name: str) -> bool:
    """Whether a name tells of a mean, so that even counted things need not be whole."""
    return holds_words(spaced_words(name), _lists()["trung_binh"]["moi_cho"])


@lru_cache(maxsize=4096)
def is_of_a_whole(name: str) -> bool:
    """Whether a % is a share of a whole, which cannot pass 100: no growth, no plan surpassed."""
    words, said = _lists()["phan_cua_toan_the"], spaced_words(name)
    begins = any(said.startswith(spaced_words(phrase)) for phrase in words["bat_dau"])
    return begins and not can_pass_a_whole(name)


@lru_cache(maxsize=4096)
def can_pass_a_whole(name: str) -> bool:
    """Whether a name tells of a growth, of a comparison, of a plan or budget surpassed."""
    return holds_words(spaced_words(name), _lists()["phan_cua_toan_the"]["tru"])


@lru_cache(maxsize=4096)
def spaced_words(text: str) -> str:
    """The words of a text as they are compared, with a space before and behind each."""
    plain = _BRACKETS.sub(" ", tidy(text))
    keys = (match_key(word) for word in _NOT_A_WORD.split(plain) if word)
    return f" {' '.join(keys)} "


def holds_words(said: str, phrases: list[str] | tuple[str, ...]) -> bool:
    """Whether `said`, the words of a text with spaces, holds one of the phrases."""
    return any(spaced_words(phrase) in said for phrase in phrases)


def _lists() -> dict[str, Any]:
    return word_lists("gioi-han-cua-so.toml")


def _stripped(said: str, heads: list[str], tails: list[str]) -> str:
    """The words without what may stand before or behind what they say."""
    while head := next((one for one in heads if said.startswith(spaced_words(one))), None):
        said = said[len(spaced_words(head)) - 1 :]
    while tail := next((one for one in tails if said.endswith(spaced_words(one))), None):
        said = said[: -len(spaced_words(tail)) + 1]
    return said
