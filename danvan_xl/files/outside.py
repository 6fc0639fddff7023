"""What in a workbook file leads out of it, or would run when it is opened: told, never done."""

import re
from collections.abc import Container, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from danvan_xl.vietnamese.word_lists import word_lists

_WORDS = "ham-ra-ngoai.toml"
_LONGEST = 20_000  # letters of a formula; Excel takes 8.192
_MOST_NAMES = 50  # of one kind in one file

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_QUOTED = re.compile(r"'((?:[^']|'')+)'\s*[!#]")
_IN_BRACKETS = re.compile(r"(?<![\w\]\[.@])\[([^\[\]]+)\][^\[\]'!\"(),;:+*/&=<>^ -]*!")
_NAME = re.compile(r"(?<![\w.!'])[^\W\d][\w.]*(?![\w.(!])")
_FUNCTION = r"(?<![\w.])(?:_xlfn\.|_xlws\.|com\.microsoft\.)*({})\s*\("
_BRACKETED = re.compile(r"\[([^\[\]]+)\]")
_FROM_SHEETS = re.compile(r"dummyfunction\(\"(?P<inside>(?:[^\"]|\"\")*)\"", re.IGNORECASE)
_HARMLESS = re.compile(r"\s*\"\s*(?:#|mailto:)", re.IGNORECASE)
_FORMULA = re.compile(rb"<f(?:ormula[12]?)?(?:\s[^>]*)?>([^<]+)")
_ADDRESS = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[\\/]{2})", re.IGNORECASE)
_MAIL = re.compile(r"\s*mailto:", re.IGNORECASE)


class Reach(Enum):
    """A way in which a workbook leads out of its file; the value is no word for people."""

    MACROS = "macros"
    OLD_MACROS = "old macros"
    LINKS = "links"
    CONNECTIONS = "connections"
    CALLS = "calls"
    OBJECTS = "objects"
    DDE = "dde"
    ADDRESSES = "addresses"


class Reached(NamedTuple):
    """What a formula takes its value from: another file, a program, a function of the web."""

    way: Reach
    source: str


class Outside(NamedTuple):
    """What leads out of a workbook: the ways with what is named there, and the cells that do.

    `cells` are by the title of their sheet and their name.
    """

    found: Mapping[Reach, tuple[str, ...]]
    cells: Mapping[str, Mapping[str, Reached]]


NOTHING_OUTSIDE = Outside({}, {})
ANOTHER_FILE = Reached(Reach.LINKS, "tệp khác")
NO_NAMES: Mapping[str, Reached] = MappingProxyType({})


class Finds:
    """What is found in a file, gathered way by way."""

    def __init__(self) -> None:
        self._found: dict[Reach, dict[str, None]] = {}
        self._cells: dict[str, dict[str, Reached]] = {}

    def note(self, way: Reach, name: str = "") -> None:
        """Note a way out, with what it is called, if it is."""
        names = self._found.setdefault(way, {})
        if name and len(names) < _MOST_NAMES:
            names.setdefault(name)

    def note_cell(self, title: str, cell: str, reached: Reached) -> None:
        """Note a formula that leads out."""
        self.note(reached.way, reached.source)
        self._cells.setdefault(title, {})[cell] = reached

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not self._found

    @property
    def outside(self) -> Outside:
        """All of it."""
        ways = {way: tuple(self._found[way]) for way in Reach if way in self._found}
        return Outside(ways, self._cells) if ways else NOTHING_OUTSIDE


def reach_of(
    formula: str, books: Sequence[Reached] | None = (), names: Mapping[str, Reached] = NO_NAMES
) -> Reached | None:
    """Where a formula leads out of its workbook; None where it stays within.

    `books` are what [1], [2] … stand for (None: brackets stand for cells, as in an .ods);
    `names` are the names of the workbook that lead out, in small letters.
    """
    formula = formula[:_LONGEST]
    if not names and not _signs().search(formula):
        return None
    plain = _TEXT.sub('""', formula)
    return (
        _to_file(plain, books)
        or _to_program(plain)
        or _by_function(formula, plain)
        or _through_name(plain, names)
    )


def leads_out(address: str) -> bool:
    """Whether a link leads to the web, to another machine or to a place on a disk.

    Mail addresses, places in the workbook and files beside it do not.
    """
    return bool(_ADDRESS.match(address)) and not _MAIL.match(address)


def file_name_in(target: str) -> str:
    """The name of the file that a path or an address ends with."""
    return target.replace("\\", "/").rstrip("/").rpartition("/")[2] or target


def may_reach(xml: bytes) -> bool:
    """Whether the XML of a sheet is worth looking through for formulas that lead out."""
    return b"[" in xml or b"|" in xml or any(word in xml for word in _quick())


def may_reach_at_all(xml: bytes) -> bool:
    """The same with every sign there is, for a file that gives reason to look closely."""
    start = max(xml.find(b"sheetData"), 0)
    is_unusual = b":f" in xml or b"<![" in xml  # prefixes (those of Excel's own lists), CDATA
    written = xml[start:] if is_unusual else b"\n".join(_FORMULA.findall(xml, start))
    written = written.lower()
    return any(sign in written for sign in _signs_in_xml())


def _to_file(plain: str, books: Sequence[Reached] | None) -> Reached | None:
    for quoted in _QUOTED.finditer(plain):
        if source := _other_file(quoted[1]):
            return _book(source, books)
    found = None if books is None else _IN_BRACKETS.search(plain)
    return _book(found[1], books) if found else None


def _to_program(plain: str) -> Reached | None:
    before, line, _ = _QUOTED.sub("!", plain).partition("|")
    return Reached(Reach.DDE, before[-40:].rpartition("=")[2].strip("( ")) if line else None


def _by_function(formula: str, plain: str) -> Reached | None:
    """What is called, or linked to; Google writes what it calls as a text."""
    if google := _FROM_SHEETS.search(formula):
        return Reached(Reach.CALLS, google["inside"].partition("(")[0].upper()[:100])
    if function := _functions().search(plain):
        way = Reach.DDE if function[1].upper() == "DDE" else Reach.CALLS
        return Reached(way, function[1].upper())
    links = (link for link in _links().finditer(formula))
    led = (link[1].upper() for link in links if not _HARMLESS.match(formula, link.end()))
    return next((Reached(Reach.ADDRESSES, word) for word in led), None)


def _other_file(quoted: str) -> str:
    """The file that stands quoted before a cell, "" where it is but a sheet."""
    if found := _BRACKETED.search(quoted):
        return found[1]
    return quoted if "://" in quoted or quoted.lower().startswith(("file:", "\\\\")) else ""


def _book(name: str, books: Sequence[Reached] | None) -> Reached:
    """What a number stands for, else the file that is named."""
    if not name.isdecimal():
        return Reached(Reach.LINKS, file_name_in(name))
    is_known = books and 0 < int(name[:6]) <= len(books)
    return books[int(name[:6]) - 1] if books and is_known else ANOTHER_FILE


def _through_name(plain: str, names: Mapping[str, Reached]) -> Reached | None:
    found = (names.get(name.lower()) for name in (_NAME.findall(plain) if names else ()))
    return next(filter(None, found), None)


@lru_cache(maxsize=1)
def _functions() -> re.Pattern[str]:
    return _one_of("ham")


@lru_cache(maxsize=1)
def _links() -> re.Pattern[str]:
    return _one_of("lien_ket")


@lru_cache(maxsize=1)
def _signs() -> re.Pattern[str]:
    """What a formula that leads out has in it, and hardly any other."""
    lists = word_lists(_WORDS)
    words = "|".join(map(re.escape, (*lists["ham"], *lists["lien_ket"])))
    return re.compile(rf"[\[|]|://|file:|\\\\|dummyfunction|(?:{words})\s*\(", re.IGNORECASE)


@lru_cache(maxsize=1)
def _signs_in_xml() -> tuple[bytes, ...]:
    """The same in small letters; to look for one after the other is faster than for one of all."""
    words: list[str] = word_lists(_WORDS)["dau_hieu"]
    return tuple(word.encode() for word in words)


def _one_of(listed: str) -> re.Pattern[str]:
    words: Container[str] = word_lists(_WORDS)[listed]
    assert isinstance(words, list)
    return re.compile(_FUNCTION.format("|".join(map(re.escape, words))), re.IGNORECASE)


@lru_cache(maxsize=1)
def _quick() -> tuple[bytes, ...]:
    return tuple(word.encode() for word in word_lists(_WORDS)["tim_nhanh"])
