"""Sheets of a workbook in LibreOffice: their cells, notes, frozen panes and what is printed."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import xlwings
from xlwings import base_classes

from danvan_xl.excel.libreoffice.asked import AskedBook
from danvan_xl.excel.libreoffice.names import Names
from danvan_xl.excel.libreoffice.notes import Note
from danvan_xl.excel.libreoffice.ranges import CONTENTS, EVERYTHING, FORMATS, Range

_LAST_ROW = 1_048_575
_MOST_COPIES = 999
# What a page is like, in the order UNO wants.
_PAGE = (
    "BottomMargin",
    "FooterIsOn",
    "HeaderIsOn",
    "Height",
    "IsLandscape",
    "LeftMargin",
    "RightMargin",
    "RightPageFooterContent",
    "ScaleToPagesX",
    "ScaleToPagesY",
    "TopMargin",
    "Width",
)


class Sheets(base_classes.Sheets):
    """The sheets of a workbook."""

    def __init__(self, book: AskedBook) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        """The sheets of UNO."""
        return self.book.document.Sheets

    @property
    def active(self) -> "CalcSheet":
        """The sheet that is shown."""
        controller = self.book.document.CurrentController
        shown = controller.ActiveSheet if controller else self.api.getByIndex(0)
        return CalcSheet(self.book, shown.Name)

    def __call__(self, key: int | str) -> "CalcSheet":
        """A sheet by its place or by the words on its tab."""
        names = self.api.ElementNames
        if isinstance(key, int):
            return CalcSheet(self.book, names[key - 1])
        for name in names:
            if name.casefold() == key.casefold():
                return CalcSheet(self.book, name)
        raise KeyError(key)

    def __len__(self) -> int:
        return int(self.api.Count)

    def __iter__(self) -> Iterator["CalcSheet"]:
        return (CalcSheet(self.book, name) for name in self.api.ElementNames)

    def add(self, before: Any = None, after: Any = None, name: str | None = None) -> "CalcSheet":
        """Insert a sheet, before the active one when it is not said where."""
        if before is not None:
            position = before.index - 1
        else:
            position = after.index if after is not None else self.active.index - 1
        title = name or self.free_name("Sheet{}")
        self.api.insertNewByName(title, position)
        return CalcSheet(self.book, title)

    def free_name(self, pattern: str) -> str:
        """The first numbered name no sheet bears yet."""
        taken = set(self.api.ElementNames)
        names = (pattern.format(number) for number in range(1, _MOST_COPIES))
        return next(name for name in names if name not in taken)


class CalcSheet(base_classes.Sheet):
    """One sheet; it is asked of UNO only when something is done with it."""

    def __init__(self, book: AskedBook, name: str) -> None:
        self._book = book
        self._name = name

    @cached_property
    def api(self) -> Any:
        """The sheet of UNO."""
        return self._book.document.Sheets.getByName(self._name)

    @property
    def book(self) -> AskedBook:
        """The workbook it belongs to."""
        return self._book

    @property
    def name(self) -> str:
        """The words on its tab."""
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self.api.Name = value
        self._name = value

    @property
    def index(self) -> int:
        """Its place among the sheets, from 1."""
        return int(self.api.RangeAddress.Sheet) + 1

    @property
    def visible(self) -> bool:
        """Whether its tab is shown."""
        return bool(self.api.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.api.IsVisible = value

    def box(self, top: int, left: int, bottom: int, right: int) -> Range:
        """The cells between two corners, counted from 0."""
        return Range(self, (top, left, bottom, right))

    def range(self, first: Any, last: Any = None) -> Range:
        """Cells by name ("A1:B2"), by row and column from 1, or between two corners."""
        start = self._corners(first)
        end = start if last is None else self._corners(last)
        return self.box(
            min(start[0], end[0]),
            min(start[1], end[1]),
            max(start[2], end[2]),
            max(start[3], end[3]),
        )

    def _corners(self, where: Any) -> tuple[int, int, int, int]:
        if isinstance(where, xlwings.Range):
            where = where.impl
        if isinstance(where, Range):
            return where.corners
        if isinstance(where, tuple):
            row, column = where
            if not (row and column):
                raise IndexError("Rows and columns count from 1.")
            return row - 1, column - 1, row - 1, column - 1
        if self._book.names.contains(where):
            corners: tuple[int, int, int, int] = self._book.names(where).refers_to_range.corners
            return corners
        address = self.api.getCellRangeByName(where.replace("$", "")).RangeAddress
        return address.StartRow, address.StartColumn, address.EndRow, address.EndColumn

    @property
    def cells(self) -> Range:
        """All cells."""
        return self.box(0, 0, _LAST_ROW, self.api.Columns.Count - 1)

    @property
    def used_range(self) -> Range:
        """The cells between the first and the last that hold something."""
        cursor = self.api.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        address = cursor.RangeAddress
        return self.box(address.StartRow, address.StartColumn, address.EndRow, address.EndColumn)

    @property
    def selection(self) -> Range:
        """The cells that are selected; A1 where nothing can be, without a window."""
        controller = self._book.document.CurrentController
        chosen = controller.Selection if controller else None
        if chosen is None or not hasattr(chosen, "RangeAddress"):
            return self.box(0, 0, 0, 0)
        address = chosen.RangeAddress
        return self.box(address.StartRow, address.StartColumn, address.EndRow, address.EndColumn)

    def clear(self) -> None:
        """Empty the sheet."""
        self.api.clearContents(EVERYTHING)

    def clear_contents(self) -> None:
        """Take values and formulas away."""
        self.api.clearContents(CONTENTS)

    def clear_formats(self) -> None:
        """Take formats away."""
        self.api.clearContents(FORMATS)

    def activate(self) -> None:
        """Show the sheet."""
        controller = self._book.document.CurrentController
        if controller:
            controller.setActiveSheet(self.api)

    select = activate

    def delete(self) -> None:
        """Take the sheet away."""
        self._book.document.Sheets.removeByName(self.name)

    def copy(self, before: "CalcSheet | None", after: "CalcSheet | None") -> None:
        """Copy the sheet beside another one, in this workbook or in another."""
        beside = before or after
        if beside is None:
            raise ValueError("It has to be said beside which sheet.")
        position = beside.index - (1 if before else 0)
        sheets = beside.book.document.Sheets
        if beside.book is not self._book:
            sheets.importSheet(self._book.document, self.name, position)
            imported = sheets.getByIndex(position)
            beside.book.before_printing.append(_page_of(self, imported, beside.book.document))
            return
        sheets.copyByName(self.name, beside.book.sheets.free_name(f"{self.name} ({{}})"), position)

    def autofit(self, axis: str | None = None) -> None:
        """Fit columns, rows or both to what they hold."""
        self.used_range.autofit(axis)

    @property
    def names(self) -> Names:
        """The names that are this sheet's own."""
        return Names(self._book, self.api)

    @property
    def notes(self) -> list[Note]:
        """The notes on its cells."""
        return [Note(self, item) for item in self.api.Annotations]

    @property
    def freeze_panes(self) -> "FreezePanes":
        """What stays in view."""
        return FreezePanes(self)

    @property
    def page_setup(self) -> "PageSetup":
        """What is printed."""
        return PageSetup(self)


def _page_of(source: CalcSheet, imported: Any, document: Any) -> Callable[[], None]:
    """What lets a sheet that came from another document be printed as there.

    Paper and margins are a style of the document, which does not come along.
    """
    name = f"danvan {source.name}"
    there = source.book.document.StyleFamilies.getByName("PageStyles")
    values = there.getByName(source.api.PageStyle).getPropertyValues(_PAGE)
    titles = source.api.getTitleRows() if source.api.getPrintTitleRows() else None

    def bring() -> None:
        styles = document.StyleFamilies.getByName("PageStyles")
        if not styles.hasByName(name):
            styles.insertByName(name, document.createInstance("com.sun.star.style.PageStyle"))
        styles.getByName(name).setPropertyValues(_PAGE, values)
        imported.PageStyle = name
        if titles is not None:
            imported.setTitleRows(titles)

    return bring


class FreezePanes(base_classes.FreezePanes):
    """The rows and columns that stay in view; there are none without a view of the document."""

    def __init__(self, sheet: CalcSheet) -> None:
        self._sheet = sheet

    def freeze_at(self, frozen_range: Any) -> None:
        """Keep the rows and columns down to the end of a range in view."""
        cells = self._sheet.range(frozen_range)
        controller = self._sheet.book.document.CurrentController
        if controller:
            controller.setActiveSheet(self._sheet.api)
            controller.freezeAtPosition(cells.corners[3] + 1, cells.corners[2] + 1)

    def unfreeze(self) -> None:
        """Let everything scroll."""
        controller = self._sheet.book.document.CurrentController
        if controller:
            controller.setActiveSheet(self._sheet.api)
            controller.freezeAtPosition(0, 0)


class PageSetup(base_classes.PageSetup):
    """Which cells are printed."""

    def __init__(self, sheet: CalcSheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Any:
        """The sheet of UNO."""
        return self._sheet.api

    @property
    def print_area(self) -> str | None:
        """The cells that are printed; None for all that hold something."""
        areas = self.api.getPrintAreas()
        if not areas:
            return None
        area = areas[0]
        cells = self._sheet.box(area.StartRow, area.StartColumn, area.EndRow, area.EndColumn)
        return cells.address

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        areas = (self._sheet.range(value).cells_of_uno.RangeAddress,) if value else ()
        self.api.setPrintAreas(areas)
