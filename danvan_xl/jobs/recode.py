"""`chuyen-ma`: a whole workbook from the fonts of before Unicode to Unicode, its looks kept.

Texts and font names are changed inside the parts of the .xlsx file; everything else in it stays
byte for byte. Nothing is computed and nothing is run.
"""

import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from itertools import count
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from danvan_xl.files.cells_xml import sheet_titles
from danvan_xl.files.outside_xlsx import outside_of_xlsx
from danvan_xl.files.zips import BROKEN_ZIP, CrowdedZipError, open_zip
from danvan_xl.reading.leading_out import file_leads_out
from danvan_xl.schema.issues import Place
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.legacy_fonts import (
    FontHabit,
    OldFont,
    font_habit_of,
    font_of,
    from_tcvn3,
    from_vni,
    to_unicode,
)

_STRINGS, _STYLES, _BOOK = "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_TEXT_PARTS = re.compile(
    r"xl/(?:sharedStrings|comments\d*|worksheets/[^/]+|drawings/[^/]+|charts/[^/]+)\.xml"
)
_NAME_PARTS = re.compile(r"xl/(?:workbook|tables/[^/]+|worksheets/[^/]+|charts/[^/]+)\.xml")
_TEXT = re.compile(
    r"(<(?:a:)?t(?: [^>]*)?>|<(?:odd|even|first)(?:Header|Footer)>)(.*?)(</)", re.DOTALL
)
# What other parts refer to by its letters: formulas, names of sheets and of columns of tables.
_FORMULA = re.compile(r"(<(?:c:)?f(?: [^>]*)?>|<definedName [^>]*>)(.*?)(</)", re.DOTALL)
_NAMED = re.compile(r'(<(?:sheet|tableColumn|table) [^>]*?\b(?:name|displayName)=")([^"]*)(")')
_ITEM = re.compile(r"<si>(.*?)</si>|<si/>", re.DOTALL)
_CELL = re.compile(r'<c r="[A-Z]+\d+"(?: s="(\d+)")? t="s"[^>]*><v>(\d+)</v>')
_FONT = re.compile(r"<font>(.*?)</font>|<font/>", re.DOTALL)
_FONT_NAME = re.compile(r'(<(?:name|rFont|family_name|latin)\b[^>]*?(?:val|typeface)=")([^"]*)(")')
_XF = re.compile(r"<xf [^>]*?fontId=\"(\d+)\"")
_OLD_FONT = re.compile(r"\.?vn|vni-", re.IGNORECASE)
_SANS = re.compile(r"arial|helve|avant", re.IGNORECASE)
_LARGEST = 200 * 2**20  # bytes, unpacked; it is all held in memory, as text


class CannotRecodeError(Exception):
    """A workbook cannot be converted; the text says in Vietnamese why and what to do."""


class Recoded(NamedTuple):
    """How many texts were changed, and the font most of them were in (None: nothing to change)."""

    changed: int
    font: OldFont | None


def recode(source: Path, target: Path) -> Recoded:
    """Write a workbook in Unicode to `target`; the source is only read.

    Raises CannotRecodeError for what is no .xlsx, OSError when a file cannot be read or written.
    """
    from danvan_xl.files.atomic import replacing

    texts = _texts(source)
    habit = font_habit_of(_all_texts(texts))
    if habit.font is None:
        return Recoded(0, None)
    _refuse_leading_out(source)
    capitals = _capital_items(texts)
    changed: dict[str, bytes] = {}
    total = 0
    for name, text in texts.items():
        new, found = _recoded(name, text, habit, capitals)
        total += found
        changed[name] = new.encode("utf-8")
    with replacing(target) as temporary:
        _write(source, temporary, changed)
    return Recoded(total, habit.font)


def _texts(source: Path) -> dict[str, str]:
    """The parts of a workbook in which text may have to be changed."""
    try:
        with source.open("rb") as stream, open_zip(stream) as packed:
            if sum(info.file_size for info in packed.infolist()) > _LARGEST:
                raise CannotRecodeError(_too_large(source))
            parts = {name: packed.read(name) for name in packed.namelist() if _is_text(name)}
        texts = {name: data.decode("utf-8") for name, data in parts.items()}
    except CrowdedZipError as error:
        raise CannotRecodeError(_too_large(source)) from error
    except BROKEN_ZIP as error:
        raise CannotRecodeError(_not_xlsx(source)) from error
    if _BOOK not in texts:
        raise CannotRecodeError(_not_xlsx(source))
    return texts


def _too_large(source: Path) -> str:
    return f"'{source}' mở ra quá lớn; không đổi. Hỏi lại người gửi."


def _refuse_leading_out(source: Path) -> None:
    """Refuse a workbook with what no copy of ours may have: macros, links, connections, objects.

    Links that somebody has to press stay.
    """
    outside = outside_of_xlsx(source.read_bytes(), sheet_titles(source))
    told = [
        item
        for item in file_leads_out(outside, Place(source.name))
        if item.code is not Code.FILE_HAS_ADDRESSES
    ]
    if told:
        said = " ".join(f"{item.message.partition('; ')[0]}." for item in told)
        raise CannotRecodeError(
            f"'{source}' không đổi được: {said} Mở bằng Excel, bỏ các phần đó, lưu dạng .xlsx rồi "
            "chạy lại."
        )


def _not_xlsx(source: Path) -> str:
    return f"'{source}' không phải sổ .xlsx. Mở bằng Excel, lưu lại dạng .xlsx rồi chạy lại."


def _is_text(name: str) -> bool:
    return bool(_TEXT_PARTS.fullmatch(name) or _NAME_PARTS.fullmatch(name) or name == _STYLES)


def _all_texts(parts: Mapping[str, str]) -> Iterator[str]:
    for name, text in parts.items():
        if _TEXT_PARTS.fullmatch(name):
            yield from (unescape(found[2]) for found in _TEXT.finditer(text))


def _recoded(name: str, text: str, habit: FontHabit, capitals: frozenset[int]) -> tuple[str, int]:
    """A part in Unicode, and how many of its texts were changed."""
    count = 0

    def change(convert: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
        def replace(found: re.Match[str]) -> str:
            nonlocal count
            old = unescape(found[2])
            new = convert(old)
            count += new != old
            quoted = escape(new, {'"': "&quot;"}) if new != old else found[2]
            return f"{found[1]}{quoted}{found[3]}"

        return replace

    if name == _STRINGS:
        text = _with_capitals(text, capitals, habit)
    if _TEXT_PARTS.fullmatch(name):
        text = _TEXT.sub(change(habit.to_unicode), text)
    if _NAME_PARTS.fullmatch(name):
        whole = from_tcvn3 if habit.font is OldFont.TCVN3 else from_vni
        for pattern in (_FORMULA, _NAMED):
            text = pattern.sub(change(lambda old: old if _is_new(old) else whole(old)), text)
    return _FONT_NAME.sub(_modern_font, text), count


def _is_new(text: str) -> bool:
    """Whether a text is Unicode already: it has letters no old font has."""
    return text.isascii() or (font_of(text) is None and to_unicode(text, OldFont.TCVN3) == text)


def _modern_font(found: re.Match[str]) -> str:
    if not _OLD_FONT.match(found[2]):
        return found[0]
    return f"{found[1]}{'Arial' if _SANS.search(found[2]) else 'Times New Roman'}{found[3]}"


def _capital_items(parts: Mapping[str, str]) -> frozenset[int]:
    """The shared texts that are shown in a font of capitals (.VnTimeH) wherever they are."""
    fonts = [found[0] for found in _FONT.finditer(parts.get(_STYLES, ""))]
    names = [match[2] if (match := _FONT_NAME.search(font)) else "" for font in fonts]
    styles = parts.get(_STYLES, "").partition("<cellXfs")[2].partition("</cellXfs>")[0]
    xfs = [int(number) for number in _XF.findall(styles)]
    shown: defaultdict[int, set[bool]] = defaultdict(set)
    for name, text in parts.items():
        if _SHEET.fullmatch(name):
            for style, item in _CELL.findall(text):
                xf = int(style or 0)
                font = names[xfs[xf]] if xf < len(xfs) and xfs[xf] < len(names) else ""
                shown[int(item)].add(font.lower().startswith(".vn") and font.endswith("H"))
    return frozenset(item for item, kinds in shown.items() if kinds == {True})


def _with_capitals(text: str, capitals: frozenset[int], habit: FontHabit) -> str:
    """The shared texts, those in a font of capitals in capitals."""
    numbers = count()

    def raise_letters(found: re.Match[str]) -> str:
        if next(numbers) not in capitals:
            return found[0]
        return _TEXT.sub(
            lambda run: run[1] + escape(habit.to_unicode(unescape(run[2])).upper()) + run[3],
            found[0],
        )

    return _ITEM.sub(raise_letters, text)


def _write(source: Path, target: Path, changed: Mapping[str, bytes]) -> None:
    """Copy a zip part by part, changed ones in their new form."""
    with (
        open_zip(source.read_bytes()) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            new.writestr(info, changed.get(info.filename) or old.read(info))
