"""A second look at a sheet's XML: formulas, errors, formulas without a value, formats, merges.

The reader of values returns "" for all three. Only .xlsx and .xlsm are looked at; the XML is
scanned as text, so no entity is expanded and nothing is run.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from danvan_xl.files.grid import column_letter
from danvan_xl.files.number_formats import BUILT_IN, has_percent, may_mislead
from danvan_xl.files.outside import may_reach
from danvan_xl.files.zips import BROKEN_ZIP, open_zip


@dataclass(frozen=True, slots=True)
class SheetFormulas:
    """The cells of a sheet that hold a formula, those of them without a saved value, and errors.

    `texts` are the formulas as written, without the sign before them; "" in a cell that shares the
    formula of another.
    """

    cells: frozenset[str] = frozenset()
    uncached: frozenset[str] = frozenset()
    errors: Mapping[str, str] = field(default_factory=dict)
    is_known: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)


NO_FORMULAS = SheetFormulas()


class FormulaText(NamedTuple):
    """A formula as it is written; `shared` is the number under which others repeat it, or it them.

    The text of a repeated one is "".
    """

    cell: str
    text: str
    shared: str = ""


class Hidden(NamedTuple):
    """The hidden rows and columns of a sheet, as Excel names them."""

    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


NOTHING_HIDDEN = Hidden()


class SheetLooks(NamedTuple):
    """How a sheet looks, as far as it changes what people see.

    `percents` are the formats, by cell, that show values as percentages; `merged` the areas that
    are one cell (A1:B2); `is_known` tells whether the file's formats could be read; `may_reach`
    whether a formula may lead out of the workbook; `misleading` are the formats, by cell, that may
    show another figure than the value, or none.
    """

    hidden: Hidden = NOTHING_HIDDEN
    percents: Mapping[str, str] = MappingProxyType({})
    merged: tuple[str, ...] = ()
    is_known: bool = True
    may_reach: bool = False
    misleading: Mapping[str, str] = MappingProxyType({})


PLAIN_LOOKS = SheetLooks()
UNKNOWN_LOOKS = SheetLooks(is_known=False)

_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
_PREFIX = re.compile(rb"<(\w+:)?sheetData")
# Damaged, encrypted or unusual in a way that the reader of values could live with.
UNREADABLE_ZIP = (*BROKEN_ZIP, OSError)
_IS_HIDDEN = b'hidden="1"'
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*hidden="1"[^>]*>')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\s[^>]*hidden="1"[^>]*>')
_NUMBER_FORMAT = re.compile(rb'<(?:\w+:)?numFmt\s(?:[^>"]|"[^"]*")*>')
_CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf(?:\s[^>]*|/)?>")
_FORMAT_ID = re.compile(rb'\snumFmtId="(\d+)"')
_WITHOUT_FORMAT = re.compile(rb'<(?:\w+:)?c\s(?![^>]*\ss=")[^>]*>')
_SHARED = re.compile(rb'\ssi="(\d+)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
_MOST_MERGES = 20_000
_FAR_RIGHT = 60
_LARGEST = 100 * 2**20  # bytes, unpacked
_Relations = list[dict[str, str]]
_IS_ERROR = b't="e"'
_EMBEDDED = {
    "biểu đồ": r"xl/charts/chart\d+\.xml",
    "hình": r"xl/media/",
    "bảng tổng hợp kiểu Pivot": r"xl/pivotTables/",
    "macro": r"xl/vbaProject",
}


def look_at_formulas(data: bytes, title: str) -> SheetFormulas:
    """What the sheet called `title` computes; empty when its XML cannot be found."""
    xml = _parts(data, title).sheet
    return NO_FORMULAS if xml is None else _scan(xml)


def look_at(data: bytes, title: str) -> SheetLooks:
    """What a sheet hides, shows as percentages, and has merged; nothing where its XML is lost."""
    xml, styles = _parts(data, title)
    if xml is None:
        return PLAIN_LOOKS
    formats = percent_styles(styles) if styles else {}
    misleading = _misleading_styles(styles) if styles else {}
    below = max(xml.rfind(b"sheetData"), 0)  # where areas are listed
    merged = islice(_MERGED.finditer(xml, below), _MOST_MERGES)
    return SheetLooks(
        hidden=_hidden_in(xml),
        percents=dict(_cells_in(xml, formats)) if formats else {},
        misleading=dict(_cells_in(xml, misleading)) if misleading else {},
        merged=tuple(match[1].decode() for match in merged),
        may_reach=may_reach(xml),
    )


def _hidden_in(xml: bytes) -> Hidden:
    """Which rows and columns of a sheet are hidden or filtered out."""
    if _IS_HIDDEN not in xml:
        return NOTHING_HIDDEN
    rows = tuple(attributes_of(tag).get("r", "?") for tag in _HIDDEN_ROW.findall(xml))
    spans = [attributes_of(tag) for tag in _HIDDEN_COLUMN.findall(xml)]
    return Hidden(rows, tuple(letter for span in spans for letter in _letters(span)))


@lru_cache(maxsize=64)
def percent_styles(styles: bytes) -> Mapping[str, str]:
    """The formats of styles.xml that show percentages, by the number cells name them by."""
    return {number: code for number, code in _cell_styles(styles).items() if has_percent(code)}


@lru_cache(maxsize=64)
def _misleading_styles(styles: bytes) -> Mapping[str, str]:
    """The formats of styles.xml that may show another figure, by the number cells name them by."""
    return {number: code for number, code in _cell_styles(styles).items() if may_mislead(code)}


@lru_cache(maxsize=8)  # both questions are asked of the same one
def _cell_styles(styles: bytes) -> Mapping[str, str]:
    codes = dict(BUILT_IN)
    for tag in _NUMBER_FORMAT.findall(styles):
        attributes = attributes_of(tag)
        codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
    wanted = {name.encode(): code for name, code in codes.items()}
    start, end = (styles.find(mark) for mark in (b"cellXfs", b"/cellXfs"))
    if end < 0:  # with a prefix on every tag, or no formats of cells
        end = styles.rfind(b"cellXfs")
    named = (_FORMAT_ID.search(tag) for tag in _CELL_FORMAT.findall(styles, start, max(end, 0)))
    ids = (b"" if match is None else match[1] for match in named)
    return {str(number): wanted[name] for number, name in enumerate(ids) if name in wanted}


def _cells_in(xml: bytes, formats: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The cells in one of these formats, with the format."""
    codes = {number.encode(): code for number, code in formats.items()}
    wanted = b"|".join(codes)
    usual = rb'r="([A-Z]+\d+)"(?: t="\w+")? s="(%b)"' % wanted
    for name, number in re.findall(usual, xml):
        yield name.decode(), codes[number]
    if b'c s="' in xml:  # few programs write the format before the name
        for number, name in re.findall(rb'c s="(%b)"[^>]*? r="([A-Z]+\d+)"' % wanted, xml):
            yield name.decode(), codes[number]
    if "0" in formats:  # a cell that names no format has the first
        for tag in _WITHOUT_FORMAT.findall(xml):
            yield attributes_of(tag).get("r", ""), formats["0"]


class _Parts(NamedTuple):
    """The XML of a sheet and of its workbook's formats; None for what cannot be had."""

    sheet: bytes | None = None
    styles: bytes | None = None


@lru_cache(maxsize=1)  # looks and formulas of one sheet are asked for one after the other
def _parts(data: bytes, title: str) -> _Parts:
    try:
        with open_zip(data) as archive:
            relations = _relations(archive)
            sheet = small_part(archive, _sheet_part(archive, title, relations))
            return _Parts(sheet, small_part(archive, _styles_part(relations)))
    except UNREADABLE_ZIP:
        return _Parts()


def small_part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """A part of the archive; None when it is not there, or larger than any of ours."""
    try:
        part = archive.getinfo(name)
    except KeyError:
        return None
    return archive.read(part) if part.file_size <= _LARGEST else None


def _letters(span: Mapping[str, str]) -> Iterator[str]:
    """The letters of a run of columns, of those that stand where a table may be."""
    first, last = span.get("min", ""), span.get("max", "")
    if first.isdecimal() and last.isdecimal():
        yield from map(column_letter, range(int(first) - 1, min(int(last), _FAR_RIGHT)))


def sheet_titles(path: Path) -> tuple[str, ...]:
    """The tab titles of an .xlsx without reading its sheets; none when it is not one."""
    try:
        with path.open("rb") as stream, open_zip(stream) as archive:
            book = small_part(archive, "xl/workbook.xml") or b""
    except UNREADABLE_ZIP:
        return ()
    return tuple(tag.get("name", "") for tag in tags_of(book, "sheet"))


def embedded_things(path: Path) -> dict[str, int]:
    """How many charts, pictures and macros an .xlsx holds, by what a person calls them."""
    try:
        with path.open("rb") as stream, open_zip(stream) as archive:
            names = archive.namelist()
    except UNREADABLE_ZIP:
        return {}
    counts = {
        word: sum(re.match(pattern, name) is not None for name in names)
        for word, pattern in _EMBEDDED.items()
    }
    return {word: count for word, count in counts.items() if count}


def _sheet_part(archive: zipfile.ZipFile, title: str, relations: _Relations) -> str:
    """The archive name of a sheet; KeyError when the workbook does not name it."""
    for attributes in tags_of(small_part(archive, "xl/workbook.xml") or b"", "sheet"):
        if attributes.get("name") == title:
            wanted = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            found = (item for item in relations if item.get("Id") == wanted)
            return target_in_archive(next(found, {})["Target"])
    raise KeyError(title)


def _styles_part(relations: _Relations) -> str:
    """The archive name of the workbook's formats; "" when it has none."""
    found = (item for item in relations if item.get("Type", "").endswith("/styles"))
    return target_in_archive(next(found, {}).get("Target", ""))


def _relations(archive: zipfile.ZipFile) -> _Relations:
    """What the parts of the workbook are to it."""
    xml = small_part(archive, "xl/_rels/workbook.xml.rels") or b""
    return list(tags_of(xml, "Relationship"))


def target_in_archive(target: str) -> str:
    """The archive name of what the workbook is related to."""
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def tags_of(xml: bytes, name: str) -> Iterator[dict[str, str]]:
    """What each tag of a name says, from the first on."""
    for match in re.finditer(rb"<(?:\w+:)?%b\s[^>]*>" % name.encode(), xml):
        yield attributes_of(match[0])


def attributes_of(tag: bytes) -> dict[str, str]:
    """What a tag says, by the name of each attribute."""
    return {
        name.decode(): unescape(value.decode("utf-8", "replace"))
        for name, value in _ATTRIBUTE.findall(tag)
    }


def formulas_in(xml: bytes) -> Iterator[FormulaText]:
    """The formulas of a sheet as they are written, from the first on."""
    for cell, inside in _formula_pieces(xml, _prefix_in(xml)):
        shared = _SHARED.search(inside, 0, inside.find(b">") + 1)
        name = shared[1].decode("ascii", "replace") if shared else ""
        yield FormulaText(cell.decode("ascii", "replace"), _formula(inside), name)


def _prefix_in(xml: bytes) -> bytes:
    """What stands before the name of each tag."""
    return (match[1] if (match := _PREFIX.search(xml)) else None) or b""


def _formula_pieces(xml: bytes, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The name of each cell with a formula, and its XML from there on."""
    opening, closing = b'<%bc r="' % prefix, b"</%bc>" % prefix
    for match in re.finditer(rb"<%bf[ />]" % prefix, xml):
        at = match.start()
        start = xml.rfind(opening, 0, at) + len(opening)
        yield xml[start : xml.find(b'"', start)], xml[at : xml.find(closing, at)]


def _scan(xml: bytes) -> SheetFormulas:
    """Go from formula to formula; the cell of each is the last one opened before it."""
    prefix = _prefix_in(xml)
    opening, value = b'<%bc r="' % prefix, b"<%bv" % prefix
    cells: list[bytes] = []
    uncached: list[bytes] = []
    texts: dict[str, str] = {}
    for cell, inside in _formula_pieces(xml, prefix):
        cells.append(cell)
        if not _has_value(inside, value):
            uncached.append(cell)
        texts[cell.decode("ascii", "replace")] = _formula(inside)
    errors = dict(_errors(xml, opening, value)) if _IS_ERROR in xml else {}
    return SheetFormulas(_names(cells), _names(uncached), errors, is_known=True, texts=texts)


def _names(cells: list[bytes]) -> frozenset[str]:
    return frozenset(b" ".join(cells).decode("ascii", "replace").split())


def _formula(inside: bytes) -> str:
    """The text of the formula with which a piece of XML begins."""
    opening, _, rest = inside.partition(b">")
    if opening.endswith(b"/"):
        return ""
    return unescape(rest.partition(b"<")[0].decode("utf-8", "replace"))


def _has_value(inside: bytes, value: bytes) -> bool:
    """Whether a saved value stands behind a formula: <v></v> is an empty text, <v/> is none."""
    start = inside.find(value)
    return start >= 0 and inside[inside.find(b">", start) - 1 :][:1] != b"/"


def _errors(xml: bytes, opening: bytes, value: bytes) -> Iterator[tuple[str, str]]:
    """The cells that show an error, with what they show (#DIV/0!, #N/A, …)."""
    for piece in xml.split(opening)[1:]:
        attributes, _, inside = piece.partition(b">")
        if _IS_ERROR in attributes and value in inside:
            shown = inside.partition(value)[2].partition(b">")[2].partition(b"<")[0]
            name = attributes.partition(b'"')[0]
            yield name.decode("ascii", "replace"), shown.decode("ascii", "replace")
