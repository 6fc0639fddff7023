"""What a quotient of two measures is multiplied by to be in a third: tấn over ha into tạ/ha."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from danvan_xl.vietnamese.measures import is_share, magnitude, size_of
from danvan_xl.vietnamese.text import match_key, tidy

_ONE, _HUNDRED, _THOUSAND = Decimal(1), Decimal(100), Decimal(1_000)
# Measures that only ratios are made in, beside those of `measures`.
_FURTHER = {
    "km2": ("diện tích", Decimal(1_000_000)),
    "ki lô mét vuông": ("diện tích", Decimal(1_000_000)),
    "g": ("khối lượng", Decimal("0.001")),
    "gam": ("khối lượng", Decimal("0.001")),
    "yến": ("khối lượng", Decimal(10)),
    "lít": ("thể tích", Decimal("0.001")),
}
_PER_THOUSAND = ("‰", "phần nghìn", "phần ngàn")
_PLAIN = ("", "lần", "hệ số", "tỷ số")
_ANY = ("", "số", "số lượng", "tỷ lệ")
# What the years and seasons of a plan come to anyway: "kg/người/năm".
_EVERY = ("năm", "vụ")
_PEOPLE = (
    "người",
    "đầu người",
    "khẩu",
    "nhân khẩu",
    "dân",
    "dân số",
    "người dân",
    "cư dân",
    "công dân",
    "lao động",
    "người lao động",
    "cử tri",
    "trẻ",
    "trẻ em",
    "trẻ đẻ sống",
    "cháu",
    "em",
    "học sinh",
    "sinh viên",
    "phụ nữ",
    "thanh niên",
    "hội viên",
    "đoàn viên",
    "đảng viên",
    "cán bộ",
    "công chức",
    "viên chức",
    "bác sĩ",
    "y sĩ",
    "giáo viên",
    "bệnh nhân",
)
_HOUSEHOLDS = ("hộ", "hộ dân", "hộ gia đình", "gia đình")
_CASES = ("ca", "vụ", "vụ việc", "trường hợp")
_KINDS = {match_key(word): words[0] for words in (_PEOPLE, _HOUSEHOLDS, _CASES) for word in words}
_FURTHER_BY_KEY = {match_key(name): size for name, size in _FURTHER.items()}
_NUMBER = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d+)\s*(.+)")
_OVER = re.compile(r"\s*/\s*|\s+trên\s+|^trên\s+")


class _Size(NamedTuple):
    """A measure: its family, how much of it one is, and whether things are counted with it."""

    family: str
    size: Decimal
    is_counted: bool


@lru_cache(maxsize=4096)
def ratio_factor(numerator: str, denominator: str, wanted: str) -> Decimal | None:
    """What numerator over denominator is multiplied by to be in `wanted`; None: it cannot be.

    Shares (%, ‰) need two measures of one kind, or things that are counted; X/Y needs the numerator
    in X's kind of measure and, where it is written, the denominator in Y's; X alone is per thing,
    or per unit of the denominator.
    """
    top, bottom = _size(numerator), _size(denominator)
    times = _times(wanted)
    if times is not None:
        share = _share(top, bottom)
        return None if share is None else times * share
    whole, *pers = [part for part in _OVER.split(tidy(wanted)) if part is not None]
    while pers and match_key(pers[-1]) in map(match_key, _EVERY):
        pers.pop()
    if not pers and _is_per_people(whole):
        whole, pers = "", [whole]
    if len(pers) > 1:
        return None
    factors = _into(top, whole), _per(bottom, pers[0]) if pers else _alone(bottom, whole)
    return None if factors[0] is None or factors[1] is None else factors[0] * factors[1]


@lru_cache(maxsize=4096)
def is_per_whole(measure: str) -> bool:
    """Whether figures of this measure are parts of 100, or of 1.000 (%, ‰)."""
    times = _times(measure)
    return times is not None and times > 1


def _times(wanted: str) -> Decimal | None:
    """How much a whole is: 100 of "%", 1.000 of "‰", 1 where there is no measure; else None."""
    key = match_key(wanted)
    if any(match_key(word) in key for word in _PER_THOUSAND):
        return _THOUSAND
    if is_share(wanted):
        return _HUNDRED
    return _ONE if key in map(match_key, _PLAIN) else None


def _share(top: _Size | None, bottom: _Size | None) -> Decimal | None:
    """What a quotient of two measures is multiplied by to be the part one is of the other."""
    if top is None or bottom is None:
        known = top or bottom
        is_plain = known is None or not known.is_counted or known.size == 1
        return _ONE if is_plain else None
    is_alike = top.is_counted and bottom.is_counted
    return top.size / bottom.size if is_alike or top.family == bottom.family else None


def _into(top: _Size | None, wanted: str) -> Decimal | None:
    """What a numerator is multiplied by to be in the measure before the stroke."""
    if match_key(wanted) in map(match_key, _ANY):
        return _ONE if top is None else top.size if top.is_counted else None
    size = _size(wanted)
    assert size is not None
    if top is None:
        return _ONE if size.is_counted and size.size == 1 else None
    return top.size / size.size if top.family == size.family else None


def _per(bottom: _Size | None, wanted: str) -> Decimal | None:
    """What a quotient is multiplied by to be per the measure behind the stroke."""
    size = _size(wanted)
    if size is None:
        return None
    if bottom is None:
        return size.size if size.is_counted else _ONE
    return size.size / bottom.size if bottom.family == size.family else None


def _alone(bottom: _Size | None, wanted: str) -> Decimal | None:
    """The same where nothing stands behind it: per thing, or per unit of the denominator."""
    size = _size(wanted)
    if bottom is None or size is None:
        return _ONE
    if bottom.family == size.family:
        return None
    return _ONE / bottom.size if bottom.is_counted else _ONE


def _is_per_people(wanted: str) -> bool:
    """Whether a measure without a stroke says per how many people: "1.000 dân", "vạn dân"."""
    size = _size(wanted)
    return size is not None and size.size > 1 and match_key(wanted).endswith(match_key("dân"))


@lru_cache(maxsize=4096)
def _size(measure: str) -> _Size | None:
    """A measure's family and size; of things counted the kind of thing; None where blank."""
    plain = tidy(measure).casefold().removeprefix("số ")
    if not plain:
        return None
    if found := size_of(plain) or _FURTHER_BY_KEY.get(match_key(plain)):
        return _Size(found[0], Decimal(found[1]), is_counted=False)
    if (said := _multiplied(plain)) is not None:
        times, rest = said
        thing = _size(rest)
        return None if thing is None else thing._replace(size=thing.size * times)
    first = plain.split()[0]  # "tấn thóc", "km đường", and the kind of a thing: "hộ nghèo"
    if found := (size_of(first) if first != plain else None) or _FURTHER_BY_KEY.get(first):
        return _Size(found[0], Decimal(found[1]), is_counted=False)
    kind = _KINDS.get(match_key(plain)) or _KINDS.get(match_key(first)) or match_key(first)
    return _Size(f"đếm {kind}", _ONE, is_counted=True)


def _multiplied(plain: str) -> tuple[Decimal, str] | None:
    """The number before a measure, in digits or words, and the measure: "1.000 dân", "vạn dân"."""
    if match := _NUMBER.fullmatch(plain):
        return Decimal(re.sub(r"[.,]", "", match[1])), match[2]
    said = magnitude(plain)
    return (Decimal(said[0]), said[1]) if said is not None and said[1] else None
