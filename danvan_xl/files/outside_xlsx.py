"""What leads out of an .xlsx, .xlsm or .xlsb: told by its list of parts, then by its formulas.

Of a workbook whose parts give no reason for it, only the sheets asked for are looked through.
"""

import re
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from html import unescape
from itertools import islice

from danvan_xl.files.cells_xml import (
    UNREADABLE_ZIP,
    attributes_of,
    formulas_in,
    small_part,
    tags_of,
    target_in_archive,
)
from danvan_xl.files.outside import (
    ANOTHER_FILE,
    NOTHING_OUTSIDE,
    Finds,
    Outside,
    Reach,
    Reached,
    file_name_in,
    leads_out,
    may_reach_at_all,
    reach_of,
)
from danvan_xl.files.zips import open_zip

_BOOK, _TYPES = "xl/workbook.xml", "[Content_Types].xml"
_BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
# What the names and kinds of parts tell.
_PARTS = {
    Reach.MACROS: re.compile(rb"vbaproject"),
    Reach.OLD_MACROS: re.compile(rb"macrosheet|dialogsheet"),
    Reach.CONNECTIONS: re.compile(rb"xl/connections|connections\+xml|querytable|xl/model/"),
    Reach.CALLS: re.compile(rb"volatiledependencies|richvaluewebimage"),
    Reach.OBJECTS: re.compile(rb"activex|/embeddings/|oleobject|webextension"),
}
_LINK = re.compile(rb"externallink")
_ANY_PART = re.compile(b"|".join(pattern.pattern for pattern in (_LINK, *_PARTS.values())))
_DATA_MASHUP = (b"DataMashup", "DataMashup".encode("utf-16-le"))
_DEFINED_NAME = re.compile(rb"<(?:\w+:)?definedName\s([^>]*)>([^<]*)<")
_DDE_LINK = re.compile(rb"<(?:\w+:)?ddeLink\s[^>]*>")
_RULE = re.compile(rb"<(?:(?:\w+:)?formula[12]?|xm:f)>([^<]+)<")
_CHART = re.compile(r"xl/charts/[^/]+\.xml", re.IGNORECASE)
_CHARTED = re.compile(rb"<(?:\w+:)?f>([^<]+)<")
_MOST_RELATIONS, _MOST_CELLS = 5_000, 20_000


def outside_of_xlsx(data: bytes, titles: Collection[str]) -> Outside:
    """What leads out of a workbook; `titles` are the sheets looked through in any case."""
    try:
        with open_zip(data) as archive:
            return _Look(archive).result(titles)
    except (*UNREADABLE_ZIP, zlib.error):
        return NOTHING_OUTSIDE


class _Look:
    """One look at a file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = archive.namelist()
        self._finds = Finds()
        self._has_links = False

    def result(self, titles: Collection[str]) -> Outside:
        self._parts()
        self._relations()
        self._queries()
        if titles or self._has_links or not self._finds.is_empty:
            self._formulas(titles)
        return self._finds.outside

    def _parts(self) -> None:
        """What the names of the parts tell, and the kinds they are said to be of."""
        listed = "\n".join(self._names).encode() + (small_part(self._archive, _TYPES) or b"")
        listed = listed.lower()
        if _ANY_PART.search(listed):
            for way, pattern in _PARTS.items():
                if pattern.search(listed):
                    self._finds.note(way)
            self._has_links = _LINK.search(listed) is not None

    def _relations(self) -> None:
        """What parts are related to that is not in the file."""
        for name in self._names:
            if name.endswith(".rels") and name != _BOOK_RELATIONS:
                for relation in islice(self._of(name), _MOST_RELATIONS):
                    self._outer(relation)

    def _of(self, name: str) -> Iterator[dict[str, str]]:
        """The relations of one part that leave the file."""
        xml = small_part(self._archive, name) or b""
        if b"External" in xml:
            for tag in tags_of(xml, "Relationship"):
                if tag.get("TargetMode") == "External":
                    yield tag

    def _outer(self, relation: Mapping[str, str]) -> None:
        target, kind = relation.get("Target", ""), relation.get("Type", "").rpartition("/")[2]
        if kind != "hyperlink":
            self._finds.note(Reach.LINKS, file_name_in(target))
        elif leads_out(target):
            self._finds.note(Reach.ADDRESSES, target[:100])

    def _queries(self) -> None:
        """Power Query keeps what it asks for in a part of its own."""
        for name in self._names:
            if name.lower().startswith("customxml/item"):
                xml = small_part(self._archive, name) or b""
                if any(mark in xml for mark in _DATA_MASHUP):
                    self._finds.note(Reach.CONNECTIONS, "Power Query")

    def _formulas(self, titles: Collection[str]) -> None:
        """The formulas that lead out: of all sheets where the file leads out, else of those named.

        Where those do, the others are looked through too.
        """
        book = small_part(self._archive, _BOOK) or b""
        related = {
            tag.get("Id", ""): target_in_archive(tag.get("Target", ""))
            for tag in tags_of(small_part(self._archive, _BOOK_RELATIONS) or b"", "Relationship")
        }
        books = self._books(book, related)
        names = self._defined(book, books)
        sheets: dict[str, str] = {}
        for tag in tags_of(book, "sheet"):
            part = related.get(_relation_id(tag), "")
            sheets.setdefault(tag.get("name", ""), part)
        is_all = self._has_links or not self._finds.is_empty
        first = [title for title in sheets if is_all or title in titles]
        for title in first:
            self._sheet(title, sheets[title], books, names)
        if self._finds.is_empty:
            return
        for title in sheets.keys() - set(first):
            self._sheet(title, sheets[title], books, names)
        for chart in filter(_CHART.fullmatch, self._names):
            for text in _CHARTED.findall(small_part(self._archive, chart) or b""):
                self._rule(text, books, names)

    def _books(self, book: bytes, related: Mapping[str, str]) -> list[Reached]:
        """The files, or programs, that [1], [2] … stand for."""
        books: list[Reached] = []
        for tag in islice(tags_of(book, "externalReference"), _MOST_RELATIONS):
            part = related.get(_relation_id(tag), "")
            folder, _, name = part.rpartition("/")
            outer = next(self._of(f"{folder}/_rels/{name}.rels"), {}).get("Target", "")
            reached = Reached(Reach.LINKS, file_name_in(outer)) if outer else ANOTHER_FILE
            if program := _DDE_LINK.search(small_part(self._archive, part) or b""):
                about = attributes_of(program[0])
                said = f"{about.get('ddeService', '')} {about.get('ddeTopic', '')}".strip()
                reached = Reached(Reach.DDE, said[:100])
            books.append(reached)
        for reached in books or ([ANOTHER_FILE] if self._has_links else []):
            self._finds.note(reached.way, reached.source)
        return books

    def _defined(self, book: bytes, books: list[Reached]) -> dict[str, Reached]:
        """The names of the workbook that stand for something outside of it."""
        names: dict[str, Reached] = {}
        for said, text in _DEFINED_NAME.findall(book):
            if reached := reach_of(unescape(text.decode("utf-8", "replace")), books):
                name = attributes_of(b" " + said).get("name", "")
                names[name.lower()] = reached
                self._finds.note(reached.way, reached.source)
        return names

    def _sheet(
        self, title: str, part: str, books: list[Reached], names: Mapping[str, Reached]
    ) -> None:
        xml = small_part(self._archive, part) or b""
        if not (names or may_reach_at_all(xml)):
            return
        shared: dict[str, Reached] = {}
        found = 0
        for formula in formulas_in(xml):
            if formula.text:
                reached = reach_of(formula.text, books, names)
                if reached and formula.shared:
                    shared[formula.shared] = reached
            else:
                reached = shared.get(formula.shared)
            if reached:
                self._finds.note_cell(title, formula.cell, reached)
                found += 1
            if found == _MOST_CELLS:
                break
        for text in _RULE.findall(xml):
            self._rule(text, books, names)

    def _rule(self, text: bytes, books: list[Reached], names: Mapping[str, Reached]) -> None:
        """Note what a list to choose from, a conditional format, a chart takes from outside."""
        reached = reach_of(unescape(text.decode("utf-8", "replace")), books, names)
        if reached:
            self._finds.note(reached.way, reached.source)


def _relation_id(tag: Mapping[str, str]) -> str:
    return next((value for key, value in tag.items() if key.endswith(":id")), "")
