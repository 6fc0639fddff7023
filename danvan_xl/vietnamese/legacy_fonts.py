"""Text in the fonts of before Unicode, TCVN3 (.VnTime, ABC) and VNI (VNI-Times), made Unicode.

TCVN3 writes one byte a letter; its capitals with marks are those of a font of their own (.VnTimeH),
in which "©" is drawn as "Â": from the text alone they come out small. VNI writes the letter, then
its marks. Text that already is Unicode is left as it is.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

_TCVN3_BYTES = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦"
_TCVN3_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TCVN3: Mapping[str, str] = dict(zip(_TCVN3_BYTES, _TCVN3_LETTERS, strict=True))

# VNI: marks behind a letter; "â" changes a, e, o into â, ê, ô, "ê" makes ă.
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_TONES = {"ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_WITH_CIRCUMFLEX = {"à": _GRAVE, "á": _ACUTE, "å": _HOOK, "ã": _TILDE, "ä": _DOT, "â": ""}
_WITH_BREVE = {"è": _GRAVE, "é": _ACUTE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT, "ê": ""}
_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "î": "ỵ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị"}


def _vni_pairs() -> dict[str, str]:
    """Every letter of VNI with its marks, small and capital."""
    pairs: dict[str, str] = dict(_ALONE)
    for letter in "aeouy":
        for mark, tone in _TONES.items():
            pairs[letter + mark] = letter + tone
    for letter in "aeo":
        for mark, tone in _WITH_CIRCUMFLEX.items():
            pairs[letter + mark] = letter + _CIRCUMFLEX + tone
    for mark, tone in _WITH_BREVE.items():
        pairs["a" + mark] = "a" + _BREVE + tone
    for base, letter in (("ô", "o"), ("ö", "u")):
        for mark, tone in _TONES.items():
            pairs[base + mark] = letter + _HORN + tone
    capitals = {key.upper(): text.upper() for key, text in pairs.items()}
    mixed = {key[0].upper() + key[1:]: text[0].upper() + text[1:] for key, text in pairs.items()}
    whole = {**mixed, **capitals, **pairs}
    return {key: unicodedata.normalize("NFC", text) for key, text in whole.items()}


_VNI = _vni_pairs()
_VNI_LETTERS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
# Letters of Unicode that neither of the old fonts can have in its text.
_UNICODE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0-\u01b0\u1ea0-\u1ef9]"
)
_LINE_WITHOUT = re.compile(f"^[^\n{_UNICODE.pattern[1:-1]}]+$", re.MULTILINE)
# Letters both old fonts and Unicode have; alone they prove nothing.
_SHARED = frozenset("àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ")
_OLD = frozenset({*_TCVN3, *"".join(_VNI)} - _SHARED)
# Vowels no Vietnamese writes one behind the other: in VNI the second is a mark.
_NEVER = re.compile("a[ùâêàáãèéú]|e[ùâàáã]|o[ùâ]|[uy]ù", re.IGNORECASE)
# Pairs of VNI that would be no Vietnamese in TCVN3 either; "uû" there is "uỷ".
_SURE = frozenset(pair for pair in _VNI if len(pair) == 2 and pair[1] in _OLD) - {"uû", "UÛ", "Uû"}
_MICRO = "µ"  # stands before units, too


class OldFont(StrEnum):
    """The two ways of writing before Unicode."""

    TCVN3 = "TCVN3 (.VnTime)"
    VNI = "VNI (VNI-Times)"


def to_unicode(text: str, usual: OldFont | None = None) -> str:
    """A text as Unicode, whichever of the three it is written in.

    `usual` is the font of the texts around it, which decides where the text itself does not.
    """
    font = font_of(text, usual)
    if font is None:
        return text
    return from_tcvn3(text) if font is OldFont.TCVN3 else from_vni(text)


@lru_cache(maxsize=16384)
def font_of(text: str, usual: OldFont | None = None) -> OldFont | None:
    """The old font a text is written in; None for Unicode, and where nothing tells."""
    if not text or text.isascii() or _UNICODE.search(text):
        return None
    is_proven = bool(_NEVER.search(text)) or any(_is_proof(text, at) for at in range(len(text)))
    if not is_proven:
        has_letters = any(_is_letter_of_old(char) for char in text)
        return usual if has_letters else None
    if not all(_fits_vni(text, at) for at, char in enumerate(text) if _is_letter_of_old(char)):
        return OldFont.TCVN3
    is_sure = _NEVER.search(text) or any(text[at : at + 2] in _SURE for at in range(len(text)))
    return OldFont.VNI if is_sure else usual or OldFont.VNI


def doubtful_lines(texts: Iterable[str]) -> list[str]:
    """The lines that are not Unicode for sure: where none is old, neither is any text."""
    return _LINE_WITHOUT.findall("\n".join(texts))


class FontHabit(NamedTuple):
    """How the texts of one place are written: mostly in `font`, and whether some are Unicode."""

    font: OldFont | None
    is_mixed: bool = False

    def to_unicode(self, text: str) -> str:
        """One of these texts as Unicode.

        A text that could be either is taken for one of the old font only where none is Unicode.
        """
        if self.font is None or (self.is_mixed and font_of(text) is None):
            return text
        return to_unicode(text, self.font)


def font_habit_of(texts: Iterable[str]) -> FontHabit:
    """How texts that stand together are written."""
    known = {text for text in texts if not text.isascii()}
    votes = Counter(font for text in known if (font := font_of(text)) is not None)
    if not votes:
        return FontHabit(None)
    return FontHabit(votes.most_common(1)[0][0], any(map(_UNICODE.search, known)))


def _is_letter_of_old(char: str) -> bool:
    return not char.isascii() and (char in _OLD or char in _SHARED)


def _is_proof(text: str, at: int) -> bool:
    """Whether a letter is one of an old font: no Unicode has it within a word, or there."""
    char = text[at]
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if char in _SHARED:
        return char.isupper() and before.islower()
    if char not in _OLD or char.isascii():
        return False
    if char == _MICRO:
        return before.isalpha()
    return any(near.isalpha() or near in _OLD for near in (before, after) if near)


def _fits_vni(text: str, at: int) -> bool:
    """Whether a letter stands where VNI has it: a mark behind its vowel, a capital not in words."""
    pair = text[max(at - 1, 0) : at + 1]
    if len(pair) == 2 and pair in _VNI:
        return True
    char = text[at]
    return char in _VNI and not (char.isupper() and pair[:1].islower() and len(pair) == 2)


def from_tcvn3(text: str) -> str:
    """A text of TCVN3 as Unicode; ASCII stays."""
    return "".join(_TCVN3.get(char, char) for char in text)


def from_vni(text: str) -> str:
    """A text of VNI as Unicode; what is no letter of it stays."""
    return _VNI_LETTERS.sub(lambda found: _VNI[found[0]], text)
