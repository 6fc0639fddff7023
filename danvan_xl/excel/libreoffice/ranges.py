"""Ranges of cells in LibreOffice: values and formulas in blocks, how they look, notes."""

import datetime as dt
from typing import Any

from xlwings import base_classes

from danvan_xl.excel.libreoffice.asked import AskedSheet, Corners
from danvan_xl.excel.libreoffice.looks import Borders, CalcFont, ConditionalFormats, colour, rgb_of
from danvan_xl.excel.libreoffice.notes import NOTES, Note
from danvan_xl.excel.libreoffice.values import (
    CellError,
    day_of,
    error_of,
    serial_of,
    to_calc,
    to_excel,
)
from danvan_xl.files.grid import column_letter

# What UNO's clearContents takes away.
_VALUE, _DATE, _STRING, _FORMULA, _HARD, _STYLES = 1, 2, 4, 16, 32, 64
CONTENTS = _VALUE | _DATE | _STRING | _FORMULA
FORMATS = _HARD | _STYLES
EVERYTHING = CONTENTS | FORMATS | NOTES
_ERROR_RESULTS, _ANY_RESULT = 4, 1 | 2 | 4
_IS_DATE = 2 | 4
_PIXEL = 2540 / 96  # hundredths of a millimetre
_POINT = 2540 / 72
_ALIGNMENTS = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "justify": "BLOCK",
}


class Range(base_classes.Range):
    """The cells between two corners, counted from 0: top, left, bottom, right."""

    def __init__(self, sheet: AskedSheet, corners: Corners) -> None:
        self.sheet = sheet
        self.corners = corners

    @property
    def cells_of_uno(self) -> Any:
        """The cells of UNO."""
        top, left, bottom, right = self.corners
        return self.sheet.api.getCellRangeByPosition(left, top, right, bottom)

    @property
    def api(self) -> Any:
        """The cells of UNO."""
        return self.cells_of_uno

    @property
    def row(self) -> int:
        """The number of its first row, from 1."""
        return self.corners[0] + 1

    @property
    def column(self) -> int:
        """The number of its first column, from 1."""
        return self.corners[1] + 1

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns it has."""
        top, left, bottom, right = self.corners
        return bottom - top + 1, right - left + 1

    def __len__(self) -> int:
        rows, columns = self.shape
        return rows * columns

    def __call__(self, first: int, second: int | None = None) -> "Range":
        """One cell, by row and column from 1, or counted row by row."""
        if second is None:
            row, column = divmod(first - 1, self.shape[1])
        else:
            row, column = first - 1, second - 1
        top, left = self.corners[0] + row, self.corners[1] + column
        return Range(self.sheet, (top, left, top, left))

    def get_address(self, row: bool = True, column: bool = True, external: bool = False) -> str:  # noqa: ARG002
        """The name of the cells, "$A$1:$B$2"."""
        marks = ("$" if column else "", "$" if row else "")
        top, left, bottom, right = self.corners
        names = [
            f"{marks[0]}{column_letter(across)}{marks[1]}{down + 1}"
            for down, across in ((top, left), (bottom, right))
        ]
        return names[0] if len(self) == 1 else ":".join(names)

    @property
    def address(self) -> str:
        """The name of the cells."""
        return self.get_address()

    @property
    def raw_value(self) -> Any:
        """The values, row by row; days are times, errors are errors."""
        cells = self.cells_of_uno
        rows: list[list[Any]] = [list(row) for row in cells.getDataArray()]
        for row, column in self._positions(cells.queryContentCells(_DATE)):
            rows[row][column] = day_of(rows[row][column])
        if not any(None in row for row in rows):  # so error values come
            return rows
        for row, column in self._positions(cells.queryFormulaCells(_ERROR_RESULTS)):
            top, left = self.corners[:2]
            cell = self.sheet.api.getCellByPosition(left + column, top + row)
            rows[row][column] = error_of(cell.getError())
        return rows

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        rows, columns = self.shape
        if not isinstance(data, list | tuple):
            data = [[data] * columns for _ in range(rows)]
        written = [tuple(map(_as_written, row)) for row in data]
        kept = self._notes_inside() if any("" in row for row in written) else {}
        if any(isinstance(cell, str) and cell.startswith("=") for row in written for cell in row):
            self.cells_of_uno.setFormulaArray(tuple(tuple(map(_as_typed, row)) for row in written))
        else:
            self.cells_of_uno.setDataArray(tuple(written))
        for corners in kept.keys() - self._notes_inside().keys():  # blanks took them away
            Range(self.sheet, corners).add_note(kept[corners])
        for number, row in enumerate(data):
            for position, value in enumerate(row):
                if isinstance(value, dt.date):
                    self(number + 1, position + 1).show_as_date(value)

    def _notes_inside(self) -> dict[tuple[int, int, int, int], str]:
        """The notes on these cells, by where they stand."""
        top, left, bottom, right = self.corners
        found = ((note.location.corners, note.text) for note in self.sheet.notes)
        return {
            corners: text
            for corners, text in found
            if top <= corners[0] <= bottom and left <= corners[1] <= right
        }

    def _positions(self, found: Any) -> list[tuple[int, int]]:
        """The cells of a query, counted from this range's own corner."""
        top, left = self.corners[:2]
        return [
            (row - top, column - left)
            for area in found.RangeAddresses
            for row in range(area.StartRow, area.EndRow + 1)
            for column in range(area.StartColumn, area.EndColumn + 1)
        ]

    def show_as_date(self, value: dt.date) -> None:
        """Give a cell the format of a date, unless it has one."""
        formats = self.sheet.book.document.NumberFormats
        cell = self.cells_of_uno
        if not formats.getByKey(cell.NumberFormat).Type & _IS_DATE:
            has_time = isinstance(value, dt.datetime) and value.time() != dt.time()
            self.number_format = "DD/MM/YYYY HH:MM" if has_time else "DD/MM/YYYY"

    @property
    def formula(self) -> Any:
        """The formulas, or what the cells hold instead."""
        rows = self.cells_of_uno.getFormulaArray()
        found = tuple(
            tuple([to_excel(text) if text[:1] == "=" else text for text in row]) for row in rows
        )
        return found[0][0] if len(self) == 1 else found

    @formula.setter
    def formula(self, value: Any) -> None:
        if isinstance(value, list | tuple):
            typed = tuple(tuple(to_calc(str(text)) for text in row) for row in value)
            self.cells_of_uno.setFormulaArray(typed)
            return
        first = self(1, 1).cells_of_uno
        first.getCellByPosition(0, 0).setFormula(to_calc(value))
        for row in range(1, self.shape[0] + 1):  # references follow, as in Excel
            for column in range(1, self.shape[1] + 1):
                if (row, column) != (1, 1):
                    target = self(row, column).cells_of_uno.getCellByPosition(0, 0).CellAddress
                    self.sheet.api.copyRange(target, first.RangeAddress)

    formula2 = formula

    def formula_positions(self) -> list[tuple[int, int]]:
        """Row and column, from 0 in this range, of every cell with a formula."""
        return self._positions(self.cells_of_uno.queryFormulaCells(_ANY_RESULT))

    @property
    def has_array(self) -> bool:
        """Whether it is an array formula; those are not made here."""
        return False

    def clear(self) -> None:
        """Take everything away."""
        self.cells_of_uno.clearContents(EVERYTHING)

    def clear_contents(self) -> None:
        """Take values and formulas away."""
        self.cells_of_uno.clearContents(CONTENTS)

    def clear_formats(self) -> None:
        """Take formats away, rules of conditional formats among them."""
        self.cells_of_uno.clearContents(FORMATS)
        self.conditional_formats.clear()

    def formats_in_use(self) -> list[tuple[str, Corners]]:
        """How figures are shown, area by area."""
        formats = self.sheet.book.document.NumberFormats
        alike = self.cells_of_uno.getUniqueCellFormatRanges()
        groups = (alike.getByIndex(at) for at in range(alike.getCount()))
        return [
            (
                str(formats.getByKey(group.NumberFormat).FormatString),
                (area.StartRow, area.StartColumn, area.EndRow, area.EndColumn),
            )
            for group in groups
            for area in group.RangeAddresses
        ]

    def merged_area(self) -> Corners:
        """The area that its first cell is one cell with."""
        cursor = self.sheet.api.createCursorByRange(self(1, 1).cells_of_uno)
        cursor.collapseToMergedArea()
        area = cursor.RangeAddress
        return area.StartRow, area.StartColumn, area.EndRow, area.EndColumn

    @property
    def number_format(self) -> str:
        """How figures are shown."""
        formats = self.sheet.book.document.NumberFormats
        return str(formats.getByKey(self.cells_of_uno.NumberFormat).FormatString)

    @number_format.setter
    def number_format(self, value: str | None) -> None:
        book = self.sheet.book
        formats, text = book.document.NumberFormats, value or "General"
        locale = book.app.office.uno.createUnoStruct("com.sun.star.lang.Locale")
        key = formats.queryKey(text, locale, False)
        self.cells_of_uno.NumberFormat = key if key >= 0 else formats.addNew(text, locale)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The colour behind the cells."""
        return rgb_of(self.cells_of_uno.CellBackColor)

    @color.setter
    def color(self, value: Any) -> None:
        self.cells_of_uno.CellBackColor = -1 if value is None else colour(value)

    @property
    def wrap_text(self) -> bool:
        """Whether text takes several lines."""
        return bool(self.cells_of_uno.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.cells_of_uno.IsTextWrapped = value

    @property
    def column_width(self) -> float:
        """The width in characters, as Excel counts it; 0 of a hidden column."""
        column = self.cells_of_uno.Columns.getByIndex(0)
        width = column.Width
        return 0.0 if not column.IsVisible else float(round((width / _PIXEL - 5) / 7, 2))

    @column_width.setter
    def column_width(self, value: float) -> None:
        columns = self.cells_of_uno.Columns
        columns.IsVisible = value > 0
        if value > 0:
            columns.Width = int((value * 7 + 5) * _PIXEL)

    @property
    def row_height(self) -> float:
        """The height in points."""
        return float(round(self.cells_of_uno.Rows.getByIndex(0).Height / _POINT, 2))

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.cells_of_uno.Rows.Height = round(value * _POINT)

    @property
    def horizontal_alignment(self) -> str | None:
        """Where text stands in its cell."""
        names = {name: word for word, name in _ALIGNMENTS.items()}
        return names.get(self.cells_of_uno.HoriJustify.value)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        uno = self.sheet.book.app.office.uno
        kind = "com.sun.star.table.CellHoriJustify"
        self.cells_of_uno.HoriJustify = uno.Enum(kind, _ALIGNMENTS[value])

    @property
    def font(self) -> CalcFont:
        """How letters look."""
        return CalcFont(self)

    @property
    def borders(self) -> Borders:
        """The lines around the cells."""
        return Borders(self)

    @property
    def conditional_formats(self) -> ConditionalFormats:
        """Rules by which cells change their look."""
        return ConditionalFormats(self)

    @property
    def note(self) -> Note | None:
        """The note on the first cell."""
        wanted = self(1, 1).corners
        return next((item for item in self.sheet.notes if item.location.corners == wanted), None)

    def add_note(self, text: str) -> Note | None:
        """Put a note on the first cell and return it."""
        top, left = self.corners[:2]
        address = self.sheet.api.getCellByPosition(left, top).CellAddress
        self.sheet.api.Annotations.insertNew(address, text)
        return self.note

    def autofit(self, axis: str | None = None) -> None:
        """Fit columns, rows or both to what they hold."""
        if axis in (None, "columns", "c"):
            self.cells_of_uno.Columns.OptimalWidth = True
        if axis in (None, "rows", "r"):
            self.cells_of_uno.Rows.OptimalHeight = True

    def merge(self, across: bool = False) -> None:  # noqa: ARG002 - xlwings' signature
        """Make one cell of all."""
        self.cells_of_uno.merge(True)

    def unmerge(self) -> None:
        """Make the cells several again."""
        self.cells_of_uno.merge(False)

    @property
    def merge_cells(self) -> bool:
        """Whether they are one cell."""
        return bool(self.cells_of_uno.IsMerged)

    def copy(self, destination: Any = None) -> None:
        """Copy values, formulas and formats to the cells that begin at another one."""
        if destination is None:
            raise NotImplementedError("There is no clipboard without a window.")
        destination = getattr(destination, "impl", destination)
        target = destination(1, 1).cells_of_uno.getCellByPosition(0, 0).CellAddress
        if destination.sheet.book is self.sheet.book:
            destination.sheet.api.copyRange(target, self.cells_of_uno.RangeAddress)
            return
        # Cells go from one document to another only as a whole sheet.
        sheets = destination.sheet.book.document.Sheets
        position = sheets.importSheet(self.sheet.book.document, self.sheet.name, sheets.Count)
        imported = sheets.getByIndex(position)
        top, left, bottom, right = self.corners
        source = imported.getCellRangeByPosition(left, top, right, bottom)
        destination.sheet.api.copyRange(target, source.RangeAddress)
        sheets.removeByName(imported.Name)

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:  # noqa: ARG002
        """Insert cells here, moving those that are there down or to the right."""
        mode = self._mode("CellInsertMode", "RIGHT" if shift == "right" else "DOWN")
        self.sheet.api.insertCells(self.cells_of_uno.RangeAddress, mode)

    def delete(self, shift: str | None = None) -> None:
        """Take cells away, moving others up or to the left."""
        mode = self._mode("CellDeleteMode", "LEFT" if shift == "left" else "UP")
        self.sheet.api.removeRange(self.cells_of_uno.RangeAddress, mode)

    def _mode(self, kind: str, name: str) -> Any:
        return self.sheet.book.app.office.uno.Enum(f"com.sun.star.sheet.{kind}", name)

    def select(self) -> None:
        """Select the cells, where there is a view of the document."""
        controller = self.sheet.book.document.CurrentController
        if controller:
            controller.setActiveSheet(self.sheet.api)
            controller.select(self.cells_of_uno)


def _as_written(value: Any) -> Any:
    """A value as Calc's cells hold it."""
    if isinstance(value, dt.date):
        return serial_of(value)
    if isinstance(value, bool | int):
        return float(value)
    return value.text if isinstance(value, CellError) else value


def _as_typed(value: Any) -> str:
    """A value as somebody would type it, so that text stays text."""
    if isinstance(value, float):
        return repr(value)
    return to_calc(value) if not value or value.startswith("=") else f"'{value}"
