"""What goes upward without the names of files and tabs that may be those of people.

The level above has neither: what a finding or a figure is about is told by its unit and its cell,
and the file by its SHA-256.
"""

import re
from collections.abc import Container
from dataclasses import replace

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.inbox.layout import REASONS_NAME, UNPLACED
from danvan_xl.outgoing.contents import Contents
from danvan_xl.reading.manifests import SourceFile
from danvan_xl.report.tables import (
    Cells,
    Page,
    PlaceLink,
    Report,
    ReportCell,
    ReportSheet,
    SmallTable,
    Table,
    TableRow,
    TrackedSheet,
)
from danvan_xl.schema.columns import Column
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.output_sheets import OUTPUT_SHEETS
from danvan_xl.schema.sheets import INPUT_SHEETS, REGISTER_OF
from danvan_xl.vietnamese.periods import BY_SLUG
from danvan_xl.vietnamese.privacy import HIDDEN, without_names
from danvan_xl.vietnamese.text import match_key

# Names of files as the program gives them, "01_DV_21433.1_2026.xlsx": only the code was typed.
_OUR_NAME = re.compile(
    r"(?:\d+_)?(?:DV|BC)_(?P<code>.+?)_\d{4}(?:_[0-9A-Z]{1,4}_lan\d+)?(?:_cap-nhat(?:-\d+)?)?"
)
_STEPS = re.compile("/| › ")
_SUFFIX = re.compile(r"\.\w{1,5}$")


def known_words(result: Consolidation, contents: Contents) -> frozenset[str]:
    """What goes upward in any case, by match key: titles of units and sheets, codes."""
    info = result.book.info
    words = [info.unit_code, info.unit_name, info.parent_name]
    words += [UNPLACED, _SUFFIX.sub("", REASONS_NAME)]
    words += [text for unit in result.book.units for text in (unit.code, unit.name)]
    words += [INFO.title, *(sheet.title for sheet in (*INPUT_SHEETS, *OUTPUT_SHEETS))]
    words += [line.definition.code for line in result.lines.values()]
    for name, rows in contents.registers.items():
        key = REGISTER_OF[name].key
        words += [str(row[key]) for row in rows if row.get(key) is not None]
    return frozenset(map(match_key, words))


def nameless(report: Report, known: Container[str]) -> Report:
    """The report with every file and tab that may name a person left out, by `without_names`."""
    return replace(report, sheets=tuple(_sheet(sheet, known) for sheet in report.sheets))


def nameless_source(source: SourceFile, known: Container[str]) -> SourceFile:
    """A file a sending is made of, as its manifest names it."""
    unit_name = without_names(source.unit_name, known)
    return source._replace(file=nameless_file(source.file, known), unit_name=unit_name)


def nameless_file(name: str, known: Container[str]) -> str:
    """The name of a file with the way to it; what is left of one that may name a person."""
    typed = " ".join(filter(None, (_typed_in(part, known) for part in _STEPS.split(name))))
    if without_names(typed) == typed:
        return name
    suffix = _SUFFIX.search(name)
    return HIDDEN + (suffix.group() if suffix else "")


def _typed_in(part: str, known: Container[str]) -> str:
    """What somebody typed in a step of a path, "" for what the program gives or is known."""
    stem = _SUFFIX.sub("", part)
    ours = _OUR_NAME.fullmatch(stem)
    typed = ours["code"] if ours else stem
    return "" if match_key(typed) in known or part in BY_SLUG else typed


def _sheet(sheet: ReportSheet, known: Container[str]) -> ReportSheet:
    if isinstance(sheet, Table):
        return replace(sheet, rows=_rows(sheet.rows, sheet.columns, known))
    if isinstance(sheet, TrackedSheet):
        registers = (
            item._replace(tables=tuple(_small_table(table, known) for table in item.tables))
            for item in sheet.registers
        )
        return replace(sheet, registers=tuple(registers))
    if isinstance(sheet, Page):
        blocks = (
            _small_table(block, known) if isinstance(block, SmallTable) else block
            for block in sheet.blocks
        )
        return replace(sheet, blocks=tuple(blocks))
    return sheet


def _small_table(table: SmallTable, known: Container[str]) -> SmallTable:
    return table._replace(rows=_rows(table.rows, table.columns, known))


def _rows(
    rows: tuple[TableRow, ...], columns: tuple[Column, ...], known: Container[str]
) -> tuple[TableRow, ...]:
    names = [column.name for column in columns]
    return tuple(row._replace(cells=_cells(row.cells, names, known)) for row in rows)


def _cells(cells: Cells, names: list[str], known: Container[str]) -> Cells:
    return tuple(_cell(cell, name, known) for cell, name in zip(cells, names, strict=False))


def _cell(cell: ReportCell, name: str, known: Container[str]) -> ReportCell:
    if isinstance(cell, PlaceLink):
        return _link(cell, known)
    if isinstance(cell, str) and name == "file":
        return nameless_file(cell, known)
    if isinstance(cell, str) and name == "sheet":
        return without_names(cell, known)
    return cell


def _link(link: PlaceLink, known: Container[str]) -> PlaceLink:
    """A link to a cell, to a cell of a tab, or to a file with its tab."""
    sheet = without_names(link.sheet, known)
    if link.text == link.cell:
        return link._replace(sheet=sheet)
    if link.cell:
        return link._replace(text=f"{sheet}!{link.cell}", sheet=sheet)
    behind = f" ({link.sheet})" if link.sheet else ""
    text = nameless_file(link.text.removesuffix(behind), known)
    return link._replace(text=f"{text} ({sheet})" if link.sheet else text, sheet=sheet)
