"""A second look at a sheet's XML: which cells hold formulas, errors, or formulas without a value.

The reader of values returns "" for all three. Only .xlsx and .xlsm are looked at; the XML is
scanned as text, so no entity is expanded and nothing is run.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape


@dataclass(frozen=True, slots=True)
class SheetFormulas:
    """Formula text by cell ("" when shared with another cell), error values, and uncached cells."""

    texts: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    uncached: frozenset[str] = frozenset()
    is_known: bool = False


NO_FORMULAS = SheetFormulas()

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
_CELL_START = re.compile(rb"<(?:\w+:)?c\s")
_COMPUTED = re.compile(rb't="e"|<(?:\w+:)?f[\s/>]')
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>(?P<text>[^<]*)</)")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>(?P<text>[^<]*)</")


def look_at_formulas(data: bytes, title: str) -> SheetFormulas:
    """Return what the sheet called `title` computes; empty when its XML cannot be found."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            xml = archive.read(_sheet_part(archive, title))
    except (zipfile.BadZipFile, KeyError, NotImplementedError, EOFError, OSError):
        return NO_FORMULAS
    return _scan(xml)


def _sheet_part(archive: zipfile.ZipFile, title: str) -> str:
    """Return the archive name of a sheet; KeyError when the workbook does not name it."""
    relations = {}
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        attributes = _attributes(tag)
        relations[attributes.get("Id", "")] = attributes.get("Target", "")
    for tag in _SHEET.findall(archive.read("xl/workbook.xml")):
        attributes = _attributes(tag)
        if attributes.get("name") == title:
            relation = next(v for k, v in attributes.items() if k.endswith(":id"))
            target = relations[relation]
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(title)


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        name.decode(): unescape(value.decode("utf-8", "replace"))
        for name, value in _ATTRIBUTE.findall(tag)
    }


def _scan(xml: bytes) -> SheetFormulas:
    texts: dict[str, str] = {}
    errors: dict[str, str] = {}
    uncached: set[str] = set()
    for chunk in _CELL_START.split(xml)[1:]:
        if not _COMPUTED.search(chunk):
            continue
        attributes, _, inside = chunk.partition(b">")
        cell = _attributes(attributes).get("r", "")
        formula = _FORMULA.search(inside)
        value = _VALUE.search(inside)
        if b't="e"' in attributes and value is not None:
            errors[cell] = value["text"].decode("ascii", "replace")
        if formula is not None:
            texts[cell] = unescape((formula["text"] or b"").decode("utf-8", "replace"))
            if value is None:
                uncached.add(cell)
    return SheetFormulas(texts, errors, frozenset(uncached), is_known=True)
