"""A second look at a sheet's XML: which cells hold formulas, errors, or formulas without a value.

The reader of values returns "" for all three. Only .xlsx and .xlsm are looked at; the XML is
scanned as text, so no entity is expanded and nothing is run.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape


@dataclass(frozen=True, slots=True)
class SheetFormulas:
    """The cells of a sheet that hold a formula, those of them without a saved value, and errors."""

    cells: frozenset[str] = frozenset()
    uncached: frozenset[str] = frozenset()
    errors: Mapping[str, str] = field(default_factory=dict)
    is_known: bool = False


NO_FORMULAS = SheetFormulas()

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
_PREFIX = re.compile(rb"<(\w+:)?sheetData")
_IS_ERROR = b't="e"'


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
    prefix = match[1] if (match := _PREFIX.search(xml)) else None
    computed_cell, error_cell = _patterns(prefix or b"")
    computed = computed_cell.findall(xml)
    errors = error_cell.findall(xml) if _IS_ERROR in xml else []
    return SheetFormulas(
        frozenset(cell.decode() for cell, _ in computed),
        frozenset(cell.decode() for cell, value in computed if not value),
        {cell.decode(): value.decode("ascii", "replace") for cell, value in errors},
        is_known=True,
    )


@lru_cache(maxsize=8)
def _patterns(prefix: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Return what finds cells with a formula (and its value, if saved), and cells with an error."""
    cell = rb'<%bc r="([A-Z]+[0-9]+)"[^>]*' % prefix
    formula = rb"<%bf(?:\s[^>]*)?(?:/>|>[^<]*</%bf>)" % (prefix, prefix)
    value = rb"<%bv(?:\s[^>]*)?>" % prefix
    return (
        re.compile(cell + rb"(?<!/)>" + formula + rb"(" + value + rb")?"),
        re.compile(cell + _IS_ERROR + rb"[^>]*>(?:" + formula + rb")?" + value + rb"([^<]*)<"),
    )
