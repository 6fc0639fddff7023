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
# Rarer spellings; they are understood, but no formula spells them out.
_RARE_SIZES: dict[str, tuple[str, int]] = {
    **dict.fromkeys(("vnd", "đồng VN"), (_MONEY, 1)),
    **dict.fromkeys(("1.000đ", "1000đ", "1000 đồng", "nghìn đ", "ngàn đ", "ngđ"), (_MONEY, 1_000)),
    **dict.fromkeys(("nghìn vnđ", "nghìn vnd", "ngàn vnđ"), (_MONEY, 1_000)),
    **dict.fromkeys(("tr", "triệu đ", "trđồng", "triệu vnđ", "triệu vnd"), (_MONEY, 1_000_000)),
    **dict.fromkeys(("tỷ đ", "tỉ đ", "tỷ vnđ", "tỉ vnđ", "tỷ vnd"), (_MONEY, 1_000_000_000)),
}
_ALL_SIZES = {**_SIZES, **_RARE_SIZES}
KNOWN_MEASURES = tuple(_ALL_SIZES)
_BY_KEY = {match_key(name): size for name, size in _ALL_SIZES.items()}
_BY_BARE = {bare_key(name): size for name, size in _ALL_SIZES.items() if name != "%"}
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
_BARE_MAGNITUDES = {bare_key(word): times for word, times in _MAGNITUDES.items()}


@lru_cache(maxsize=4096)
def _size(measure: str) -> tuple[str, int] | None:
    """The family and size of a measure, typed with its marks or without any; None for others."""
    found = _BY_KEY.get(match_key(measure))
    if found is None and measure.isascii():
        found = _BY_BARE.get(bare_key(measure))
    return found


@lru_cache(maxsize=4096)
def compare_measures(first: str, second: str) -> Likeness:
    """Whether two measures are the same, differ by a scale, or cannot be compared."""
    one, other = match_key(first), match_key(second)
    if one == other:
        return Likeness.SAME
    sizes = _size(first), _size(second)
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
    sizes = _size(measure), _size(wanted)
    if sizes[0] is None or sizes[1] is None or {sizes[0][0], sizes[1][0]} != {_MONEY}:
        return None
    return Decimal(sizes[0][1]) / Decimal(sizes[1][1])


def size_of(measure: str) -> tuple[str, int] | None:
    """The family of a measure and its size in the family's base unit; None where not known."""
    return _BY_KEY.get(match_key(measure))


def is_money(measure: str) -> bool:
    """Whether figures of this measure are sums of money."""
    size = _size(measure)
    return size is not None and size[0] == _MONEY


def smaller_money(measure: str, factor: Decimal) -> str | None:
    """The measure of money that is `factor` times smaller: triệu đồng → đồng; else None."""
    size = _size(measure)
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
    return _size(words) is not None


@lru_cache(maxsize=4096)
def magnitude(words: str) -> tuple[int, str] | None:
    """What "nghìn hộ" multiplies by, and the thing counted; None for words that do not."""
    first, _, thing = words.strip().partition(" ")
    times = _MAGNITUDES.get(match_key(first))
    if times is None and first.isascii():
        times = _BARE_MAGNITUDES.get(bare_key(first))
    return None if times is None else (times, thing.strip())


@lru_cache(maxsize=4096)
def is_share(measure: str) -> bool:
    """Whether figures of this measure are percentages."""
    return "%" in measure or _size(measure) == _SHARE


_SHARE = ("tỷ lệ", 1)


def measures_clash(reported: str, defined: str) -> bool:
    """Whether figures in one measure must not be added to figures in the other."""
    if not reported or not defined:
        return False
    return compare_measures(reported, defined) is Likeness.DIFFERENT_SCALE


_MOST_LIKELY_MONEY = 1_000_000  # "2 triệu" in a row of people


@lru_cache(maxsize=4096)
def factor_of(words: str, measure: str) -> Decimal | None:
    """What a figure with these words behind it is multiplied with in a row of `measure`.

    "2 trăm triệu" in triệu đồng is 200, "1,5 nghìn hộ" in hộ 1.500; 1 where words say nothing that
    changes the figure. None where they say another measure, or nothing certain.
    """
    if not words:
        return _ONE
    if "/" in words + measure and not (is_counted(words) or is_counted(measure)):
        words, measure = words.partition("/")[0].strip(), measure.partition("/")[0].strip()
    if not measure:
        return _ONE if _size(words) is None and magnitude(words) is None else None
    factor = factor_into(words, measure)
    return _factor_by_words(words, measure) if factor is None else factor


def _factor_by_words(words: str, measure: str) -> Decimal | None:
    """The factor of words that are no measure themselves."""
    found = magnitude(words)
    if found is None:
        return _ONE if _says_nothing_else(words, measure) else None
    times, thing = found
    if is_money(measure):
        inner = factor_into(thing, measure) if thing else None
        return None if inner is None else times * inner
    base, counted = magnitude(measure) or (1, measure)
    is_bare_money = not thing and base == 1 and times >= _MOST_LIKELY_MONEY
    if is_share(measure) or is_bare_money or not _is_thing(thing, counted):
        return None
    return Decimal(times) / base


def _says_nothing_else(words: str, measure: str) -> bool:
    """Whether words behind a number name no measure that is known to be another."""
    if is_measure(words) or _counts_other(words, measure):
        return False
    return compare_measures(words, measure) is not Likeness.DIFFERENT_SCALE


def _is_thing(thing: str, counted: str) -> bool:
    """Whether the thing behind "nghìn" may be what a row counts."""
    if not thing or compare_measures(thing, counted) is Likeness.SAME:
        return True
    return is_counted(thing) and not is_measure(counted) and not _counts_other(thing, counted)


def _counts_other(words: str, measure: str) -> bool:
    """Whether words count households where a row counts people, places where it counts events."""
    groups = _group_of(words), _group_of(measure)
    return None not in groups and groups[0] != groups[1]


def _group_of(text: str) -> str | None:
    """The group of things that a measure counts, None for one that is in none."""
    words = _words(_IN_BRACKETS.sub(" ", text))
    if "/" in text:
        return None
    groups: dict[str, list[str]] = word_lists(_COUNTED_FILE)["nhom"]
    return next((name for name in groups if _begins(words, f"nhom.{name}")), None)


_ONE = Decimal(1)
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
    measured, counted = _length(words, "thu_do_duoc"), _length(words, "thu_dem_duoc")
    if measured and measured >= counted:  # "công", but not "công trình"
        return False
    if "/" in text and not _begins(words, "thu_dem_duoc", whole="đ/c"):
        return all(_words(part) in _known("noi_chon") for part in text.split("/"))
    return counted > 0


def _length(words: _Words, name: str) -> int:
    """How many of the first words are an entry of a list, the longest one; 0 for none."""
    known = _known(name)
    return max((n for n in range(1, len(words) + 1) if words[:n] in known), default=0)


def _begins(words: _Words, name: str, whole: str = "") -> bool:
    """Whether words begin with an entry of a list; with the one entry `whole` where it is given."""
    known = frozenset((_words(whole),)) if whole else _known(name)
    return any(words[:length] in known for length in range(1, len(words) + 1))


@lru_cache(maxsize=16)
def _known(name: str) -> frozenset[_Words]:
    """The entries of a list of words, with and without their marks."""
    table, _, key = name.rpartition(".")
    lists = word_lists(_COUNTED_FILE)
    entries = (lists[table] if table else lists)[key]
    return frozenset(map(_words, entries)) | frozenset(
        tuple(bare_key(word) for word in entry.split()) for entry in entries
    )


def _words(text: str) -> _Words:
    return tuple(map(match_key, text.split()))
