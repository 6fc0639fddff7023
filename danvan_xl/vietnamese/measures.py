"""Units of measure (ĐVT): which are the same, which differ by a known factor, which are counted."""

import re
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from danvan_xl.vietnamese.text import bare_key, match_key, tidy
from danvan_xl.vietnamese.word_lists import word_lists


class Likeness(Enum):
    """How two measures stand to each other."""

    SAME = "same"
    DIFFERENT_SCALE = "different scale"
    UNKNOWN = "unknown"


# Family and size in the family's base unit. Spellings of one measure share a line.
_MONEY = "tiền"
_SIZES: dict[str, tuple[str, int]] = {
    **dict.fromkeys(("đồng", "đ", "vnđ"), (_MONEY, 1)),
    **dict.fromkeys(("nghìn đồng", "ngàn đồng", "1.000 đồng", "nghìn", "ngàn"), (_MONEY, 1_000)),
    **dict.fromkeys(("triệu đồng", "triệu", "trđ", "tr.đ", "tr.đồng"), (_MONEY, 1_000_000)),
    **dict.fromkeys(("tỷ đồng", "tỉ đồng", "tỷ", "tỉ"), (_MONEY, 1_000_000_000)),
    **dict.fromkeys(("m", "mét"), ("dài", 1)),
    **dict.fromkeys(("km", "kilômét", "cây số"), ("dài", 1_000)),
    **dict.fromkeys(("m2", "m²", "mét vuông"), ("diện tích", 1)),
    **dict.fromkeys(("ha", "héc ta", "hecta"), ("diện tích", 10_000)),
    **dict.fromkeys(("m3", "m³", "mét khối"), ("thể tích", 1)),
    **dict.fromkeys(("kg", "ki lô gam"), ("khối lượng", 1)),
    **dict.fromkeys(("tạ",), ("khối lượng", 100)),
    **dict.fromkeys(("tấn",), ("khối lượng", 1_000)),
    **dict.fromkeys(("%", "phần trăm"), ("tỷ lệ", 1)),
}
_BY_KEY = {match_key(name): size for name, size in _SIZES.items()}
# Words and letters that multiply the number before them, alone or with the thing counted.
_MAGNITUDES = {
    match_key(word): times
    for words, times in (
        (("chục",), 10),
        (("trăm",), 100),
        (("nghìn", "ngàn", "k"), 1_000),
        (("vạn",), 10_000),
        (("triệu", "tr", "tr."), 1_000_000),
        (("tỷ", "tỉ"), 1_000_000_000),
    )
    for word in words
}


@lru_cache(maxsize=4096)
def compare_measures(first: str, second: str) -> Likeness:
    """Whether two measures are the same, differ by a scale, or cannot be compared."""
    one, other = match_key(first), match_key(second)
    if one == other:
        return Likeness.SAME
    sizes = _BY_KEY.get(one), _BY_KEY.get(other)
    if None in sizes:
        return (
            Likeness.UNKNOWN
            if sizes == (None, None) or _SHARE not in sizes
            else Likeness.DIFFERENT_SCALE
        )
    return Likeness.SAME if sizes[0] == sizes[1] else Likeness.DIFFERENT_SCALE


@lru_cache(maxsize=4096)
def factor_into(measure: str, wanted: str) -> Decimal | None:
    """What a figure in `measure` is multiplied with to be in `wanted`; None: do not add.

    Only money is converted (tỷ, triệu, nghìn, đồng); m and km, m² and ha are kept apart.
    """
    if compare_measures(measure, wanted) is Likeness.SAME:
        return Decimal(1)
    sizes = _BY_KEY.get(match_key(measure)), _BY_KEY.get(match_key(wanted))
    if sizes[0] is None or sizes[1] is None or {sizes[0][0], sizes[1][0]} != {_MONEY}:
        return None
    return Decimal(sizes[0][1]) / Decimal(sizes[1][1])


def is_money(measure: str) -> bool:
    """Whether figures of this measure are sums of money."""
    size = _BY_KEY.get(match_key(measure))
    return size is not None and size[0] == _MONEY


def smaller_money(measure: str, factor: Decimal) -> str | None:
    """The measure of money that is `factor` times smaller: triệu đồng → đồng; else None."""
    size = _BY_KEY.get(match_key(measure))
    if size is None or size[0] != _MONEY:
        return None
    wanted = size[1] / factor
    sizes = ((name, found) for name, (family, found) in _SIZES.items() if family == _MONEY)
    return next((name for name, found in sizes if found == wanted), None)


@lru_cache(maxsize=256)
def measure_spellings(measure: str) -> tuple[tuple[str, Decimal], ...]:
    """Every spelling whose figures may be added to `measure`, with the factor for each."""
    known = {name: factor for name in _SIZES if (factor := factor_into(name, measure)) is not None}
    if match_key(measure) not in map(match_key, known):
        known = {measure: Decimal(1)} | known
    return tuple(known.items())


@lru_cache(maxsize=4096)
def is_measure(words: str) -> bool:
    """Whether words behind a number are a measure or a magnitude ("tỷ", "km"), no thing counted."""
    return match_key(words) in _BY_KEY


@lru_cache(maxsize=4096)
def magnitude(words: str) -> tuple[int, str] | None:
    """What "nghìn hộ" multiplies by, and the thing counted; None for words that do not."""
    first, _, thing = words.strip().partition(" ")
    times = _MAGNITUDES.get(match_key(first))
    return None if times is None else (times, thing.strip())


@lru_cache(maxsize=4096)
def is_share(measure: str) -> bool:
    """Whether figures of this measure are percentages."""
    return "%" in measure or _BY_KEY.get(match_key(measure)) == _SHARE


_SHARE = ("tỷ lệ", 1)


def measures_clash(reported: str, defined: str) -> bool:
    """Whether figures in one measure must not be added to figures in the other."""
    if not reported or not defined:
        return False
    return compare_measures(reported, defined) is Likeness.DIFFERENT_SCALE


_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_SEVERAL = re.compile(r"\s*(?:[,;+&]|\s-\s|\s(?:và|hoặc)\s)\s*")
_COUNTED_FILE = "vat-dem.toml"
_Words = tuple[str, ...]


@lru_cache(maxsize=4096)
def is_counted(measure: str) -> bool:
    """Whether what this measure counts comes in whole ones: người, hộ, cuộc, mô hình.

    What is measured (ngày công, giờ, điểm), what is a share or one thing per another (người/hộ),
    and thousands of things (nghìn con) are not.
    """
    said = _IN_BRACKETS.findall(measure)
    if any(is_measure(words) for words in said):
        return False
    text = tidy(_IN_BRACKETS.sub(" ", measure)).rstrip(".:")
    if not text or "%" in text or "‰" in text:
        return False
    return all(_is_counted_thing(part) for part in _SEVERAL.split(text) if part)


def _is_counted_thing(text: str) -> bool:
    """Whether one thing is counted; of "thôn/bản" both name the same kind of place."""
    words = _words(text)
    if _begins(words, "thu_do_duoc"):
        return False
    if "/" in text and not _begins(words, "thu_dem_duoc", whole="đ/c"):
        return all(_words(part) in _known("noi_chon") for part in text.split("/"))
    return _begins(words, "thu_dem_duoc")


def _begins(words: _Words, name: str, whole: str = "") -> bool:
    """Whether words begin with an entry of a list; with the one entry `whole` where it is given."""
    known = frozenset((_words(whole),)) if whole else _known(name)
    return any(words[:length] in known for length in range(1, len(words) + 1))


@lru_cache(maxsize=8)
def _known(name: str) -> frozenset[_Words]:
    """The entries of a list of words, with and without their marks."""
    entries = word_lists(_COUNTED_FILE)[name]
    return frozenset(map(_words, entries)) | frozenset(
        tuple(bare_key(word) for word in entry.split()) for entry in entries
    )


def _words(text: str) -> _Words:
    return tuple(map(match_key, text.split()))
