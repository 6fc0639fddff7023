"""What leads out of an .ods: its scripts, the files and programs its cells are taken from."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from danvan_xl.files.cells_ods import UNREADABLE_ODS, cells_of_table, ods_part, table_xml
from danvan_xl.files.grid import cell_name
from danvan_xl.files.outside import (
    NOTHING_OUTSIDE,
    Finds,
    Outside,
    Reach,
    file_name_in,
    leads_out,
    may_reach_at_all,
    reach_of,
)
from danvan_xl.files.zips import open_zip

_SCRIPTS = re.compile(r"(?:Basic|Scripts|Dialogs)/.+", re.IGNORECASE)
_SIGNS = {
    Reach.MACROS: re.compile(rb"<(?:script:event-listener|office:script)\s"),
    Reach.OBJECTS: re.compile(rb"<draw:(?:object-ole|plugin|applet|floating-frame)\s"),
    Reach.CONNECTIONS: re.compile(rb"<(?:table:database-source|form:connection-resource|db:)"),
}
_SOURCE = re.compile(rb'<(table:cell-range-source|table:table-source)\s[^>]*?xlink:href="([^"]*)"')
_DDE_SAID = re.compile(rb'dde-(?:application|topic)="([^"]*)"')
_DDE = re.compile(rb"<office:dde-source\s([^>]*)>")
_HREF = re.compile(rb'<(?:text:a|draw:a|draw:image|form:\w+)\s[^>]*?xlink:href="([^"]*)"')
_TITLE = re.compile(rb'<table:table\s[^>]*?table:name="([^"]*)"')
_NAMED = re.compile(rb'<table:named-expression\s[^>]*?table:expression="([^"]*)"')
_FORMULA, _MOST_CELLS = "table:formula", 20_000


def outside_of_ods(data: bytes) -> Outside:
    """What leads out of an open document."""
    try:
        with open_zip(data) as archive:
            names = archive.namelist()
            content = ods_part(archive, "content.xml")
    except UNREADABLE_ODS:
        return NOTHING_OUTSIDE
    finds = Finds()
    if any(map(_SCRIPTS.fullmatch, names)):
        finds.note(Reach.MACROS)
    for way, sign in _SIGNS.items():
        if sign.search(content):
            finds.note(way)
    _sources(content, finds)
    _formulas(content, finds)
    return finds.outside


def _sources(content: bytes, finds: Finds) -> None:
    """Note the files, programs, addresses that are named beside the formulas of cells."""
    for _, source in _SOURCE.findall(content):
        finds.note(Reach.LINKS, file_name_in(unquote(_text(source))))
    for dde in _DDE.findall(content):
        said = _DDE_SAID.findall(dde)
        finds.note(Reach.DDE, " ".join(map(_text, said))[:100])
    for href in _HREF.findall(content):
        if leads_out(address := _text(href)):
            finds.note(Reach.ADDRESSES, address[:100])
    for expression in _NAMED.findall(content):
        if reached := reach_of(_formula(_text(expression)), None):
            finds.note(reached.way, unquote(reached.source))


def _formulas(content: bytes, finds: Finds) -> None:
    """Note the formulas that lead out, sheet by sheet."""
    for title in _titles(content):
        table = table_xml(content, title)
        if not may_reach_at_all(table):
            continue
        found = 0
        for row, column, said in cells_of_table(table):
            formula = said.get(_FORMULA)
            reached = reach_of(_formula(formula), None) if formula else None
            if reached is not None:
                source = unquote(reached.source)
                finds.note_cell(title, cell_name(row, column), reached._replace(source=source))
                found += 1
            if found == _MOST_CELLS:
                break


def _formula(text: str) -> str:
    """A formula without the name of its language."""
    head, equals, rest = text.partition(":=")
    return rest if equals and head.isalpha() else text


def _titles(content: bytes) -> Iterator[str]:
    """The titles of the tables, without those that only remember what stands in other files."""
    for title in dict.fromkeys(map(_text, _TITLE.findall(content))):
        if "://" not in title:
            yield title


def _text(piece: bytes) -> str:
    return unescape(piece.decode("utf-8", "replace"))
