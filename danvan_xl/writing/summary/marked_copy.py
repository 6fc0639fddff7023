"""A copy of a received workbook in which the cells to correct are coloured and explained.

openpyxl makes it, because nothing else changes a workbook in place; what the copy loses by that
is told on its first sheet. The received file itself is only read.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname, range_boundaries

from danvan_xl.files.zips import BROKEN_ZIP, CrowdedZipError, open_zip
from danvan_xl.reading.marked_copies import CORRECTIONS_TITLE, SIGN, SIGN_ROW
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Severity
from danvan_xl.schema.sheets import MARKER_SHEET
from danvan_xl.writing.links import CELLS
from danvan_xl.writing.summary.corrections import (
    ERROR_FILL,
    WARNING_FILL,
    Corrections,
    write_corrections,
)
from danvan_xl.writing.summary.edited_cells import xml_text
from danvan_xl.writing.summary.harmless import everything_outside, load_quietly, make_harmless
from danvan_xl.writing.wrapping import line_count

AUTHOR = "danvan_xl"
# Beyond this openpyxl would need hundreds of megabytes and the better part of a minute.
MOST_XML = 32_000_000
_MARKABLE = (".xlsx", ".xlsm")
_FILLS = {Severity.ERROR: ERROR_FILL, Severity.WARNING: WARNING_FILL}
_MOST_CELLS = 200  # of one finding
_CELLS_PER_RULE = 500
# Notes are shown in a font of 9 points; sizes are in pixels.
_NOTE_WIDTH, _NOTE_SIZE, _NOTE_LINE, _HIGHEST_NOTE = 340, 10, 17, 480
_NOTE_CHARACTERS = _NOTE_WIDTH / 7


CANNOT_MARK = "tệp không mở được để đánh dấu"
_TOO_LARGE = "tệp quá lớn để đánh dấu"
_LEADS_OUT = "trong tệp còn phần nối ra ngoài sổ không bỏ được"


class MarkedCopy(NamedTuple):
    """The bytes of a marked copy, and why it is but a list of the findings ("": it is not)."""

    content: bytes
    why_not_marked: str = ""


def marked_copy(source: Path, found: Corrections) -> MarkedCopy:
    """A copy of a workbook with its errors and warnings marked and a list in front.

    Where the workbook cannot be marked, the list alone. Raises OSError when it cannot be read.
    """
    data = source.read_bytes()
    why_not = _why_not(source, data)
    workbook = None if why_not else _load(data)
    if workbook is not None and _titles(found.issues) <= set(workbook.sheetnames):
        _mark(workbook, found)
        content = _save(workbook)
        why_not = _LEADS_OUT if content and everything_outside(content, workbook).found else ""
        if content and not why_not:
            return MarkedCopy(content)
    return list_alone(found, why_not or CANNOT_MARK)


def list_alone(found: Corrections, why_not: str) -> MarkedCopy:
    """A workbook with nothing but the list, where the one it is about cannot be marked."""
    alone = Workbook()
    alone.active.title = CORRECTIONS_TITLE
    write_corrections(alone.active, found, lambda _: "", why_not)
    return MarkedCopy(_bytes_of(alone), why_not)


def _why_not(source: Path, data: bytes) -> str:
    """Why openpyxl is not even tried on a file, "" when it is."""
    suffix = source.suffix.lower()
    if suffix not in _MARKABLE:
        return f"không đánh dấu được tệp dạng {suffix}"
    try:
        with open_zip(data) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except CrowdedZipError:
        return _TOO_LARGE
    except BROKEN_ZIP:
        return "không đánh dấu được tệp dạng cũ đổi đuôi"
    return _TOO_LARGE if size > MOST_XML else ""


def _load(data: bytes) -> Any:
    """The workbook as openpyxl knows it, None when it cannot make one of the file.

    It has nothing that leads out of the file; the first sheet tells what it leaves out.
    """
    try:
        workbook = load_quietly(data)
        make_harmless(workbook, data)
    except Exception:  # noqa: BLE001  # openpyxl fails as it likes; the list is written then
        return None
    return workbook if workbook.worksheets else None  # Strict OOXML comes back empty


def _save(workbook: Any) -> bytes:
    """The bytes of a changed workbook, none when openpyxl cannot write what it read."""
    try:
        return _bytes_of(workbook)
    except Exception:  # noqa: BLE001  # likewise
        return b""


def _bytes_of(workbook: Any) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _titles(issues: Sequence[Issue]) -> set[str]:
    return {item.place.sheet for item in issues if item.place.sheet}


def _mark(workbook: Any, found: Corrections) -> None:
    """Colour and explain the cells of a workbook, put the list in front, sign it as a copy."""
    for sheet in workbook.worksheets:
        _give_notes_room(sheet)
        worth = [
            item
            for item in found.issues
            if item.severity in _FILLS and item.place.sheet == sheet.title
        ]
        if worth:
            _mark_sheet(sheet, worth)
        sheet.sheet_view.tabSelected = False  # or what is typed in one goes into the other too
    if MARKER_SHEET in workbook.sheetnames:
        workbook[MARKER_SHEET].cell(SIGN_ROW, 1).value = SIGN
    first = workbook.create_sheet(CORRECTIONS_TITLE, 0)
    write_corrections(first, found, lambda item: _location(workbook, item), "")
    workbook.active = 0
    for view in workbook.views:
        view.firstSheet = 0


def _location(workbook: Any, item: Issue) -> str:
    """Where in the workbook a finding stands, as a link says it."""
    if not item.place.sheet:
        return ""
    cells = _cells_of(workbook[item.place.sheet], item.place.cell)
    return f"{quote_sheetname(item.place.sheet)}!{cells[0] if cells else 'A1'}"


def _mark_sheet(sheet: Any, issues: Sequence[Issue]) -> None:
    """Colour the cells of the findings of one sheet, errors first, and explain them in notes."""
    severities: dict[str, Severity] = {}
    notes: dict[str, list[Issue]] = {}
    for item in issues:
        cells = _cells_of(sheet, item.place.cell)
        for cell in cells:
            severities.setdefault(cell, item.severity)
        if cells:
            notes.setdefault(cells[0], []).append(item)
    for cell, severity in severities.items():
        sheet[cell].fill = PatternFill("solid", fgColor=_FILLS[severity])
    for cell, items in notes.items():
        sheet[cell].comment = _note(items, sheet[cell].comment)
    if severities:
        _colour_over_conditions(sheet, severities)
        _unhide(sheet, severities)


def _cells_of(sheet: Any, place: str) -> list[str]:
    """The cells a place names, a cell within a merged area as its first; none for ""."""
    if not CELLS.fullmatch(place):
        return []
    left, top, right, bottom = range_boundaries(place)
    if (right - left + 1) * (bottom - top + 1) > _MOST_CELLS:
        right, bottom = left, top
    names = (
        _first_of_merged(sheet, row, column)
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    )
    return list(dict.fromkeys(names))


def _first_of_merged(sheet: Any, row: int, column: int) -> str:
    if isinstance(sheet.cell(row, column), MergedCell):
        for area in sheet.merged_cells.ranges:
            if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
                row, column = area.min_row, area.min_col
                break
    return f"{get_column_letter(column)}{row}"


def _note(issues: Sequence[Issue], earlier: Any) -> Any:
    """The note on a cell: its findings and, below them, what the officer had noted."""
    texts = [f"{item.severity}: {item.message}\nCách sửa: {item.remedy}" for item in issues]
    if earlier is not None and earlier.text:
        texts.append(f"Ghi chú có sẵn trong ô:\n{earlier.text}")
    note = Comment(xml_text("\n\n".join(texts)), AUTHOR)
    _fit(note)
    return note


def _fit(note: Any) -> None:
    """Make the box of a note as high as its text needs."""
    lines = line_count(note.text, _NOTE_CHARACTERS, _NOTE_SIZE)
    note.width, note.height = _NOTE_WIDTH, min((lines + 1) * _NOTE_LINE, _HIGHEST_NOTE)


def _give_notes_room(sheet: Any) -> None:
    """Fit the notes a workbook came with: openpyxl forgets how large they were."""
    # Its rows would come with every blank cell up to the last one made.
    for cell in list(sheet._cells.values()):  # noqa: SLF001
        if cell.comment is not None:
            _fit(cell.comment)


def _colour_over_conditions(sheet: Any, severities: Mapping[str, Severity]) -> None:
    """Lay the colours over whatever conditional formats would hide them."""
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            rule.priority += len(_FILLS)
    for priority, (severity, colour) in enumerate(_FILLS.items(), start=1):
        fill = PatternFill("solid", start_color=colour, end_color=colour)
        cells = [cell for cell, found in severities.items() if found is severity]
        for portion in _portions(cells):
            rule = FormulaRule(formula=["1=1"], fill=fill, stopIfTrue=True)
            rule.priority = priority
            sheet.conditional_formatting.add(" ".join(portion), rule)


def _portions(cells: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(cells), _CELLS_PER_RULE):
        yield cells[start : start + _CELLS_PER_RULE]


def _unhide(sheet: Any, cells: Mapping[str, Severity]) -> None:
    """Show the sheet, the rows and the columns on which a cell is marked."""
    sheet.sheet_state = "visible"
    columns = {sheet[cell].column for cell in cells}
    for row in {sheet[cell].row for cell in cells}:
        if sheet.row_dimensions[row].hidden:
            sheet.row_dimensions[row].hidden = False
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and any(dimension.min <= column <= dimension.max for column in columns):
            dimension.hidden = False
