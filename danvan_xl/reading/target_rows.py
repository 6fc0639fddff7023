"""One row of sheet Chỉ tiêu seen through its sheet's layout: words, cells, figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from danvan_xl.files.grid import Cell, cell_name, is_blank
from danvan_xl.reading.entries import further_in
from danvan_xl.reading.figure import NO_FIGURE, Figure
from danvan_xl.reading.headers import Header, text_of
from danvan_xl.reading.plan_cells import read_plans
from danvan_xl.reading.row_figures import ColumnHabits, RowFigures
from danvan_xl.reading.target_columns import (
    FIGURE_NAMES,
    NOTHING_FURTHER,
    TEXT_NAMES,
    Further,
    read_further,
    roles_of,
)
from danvan_xl.reading.target_header import measures_in, other_measures
from danvan_xl.reading.unread_cells import measure_said
from danvan_xl.schema.columns import Column
from danvan_xl.schema.indicators import FURTHER_COLUMNS
from danvan_xl.schema.issues import Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import Direction
from danvan_xl.schema.sheets import MONTH_NAMES, PLAN_NAMES
from danvan_xl.vietnamese.numbers import CellRole, State
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import tidy

_NO_TEXTS = dict.fromkeys(TEXT_NAMES, "")


@dataclass(frozen=True, slots=True)
class TargetLayout:
    """Where the columns of a sheet stand, worked out once for all its rows."""

    sheet: Place
    columns: Mapping[str, int]
    texts: Sequence[tuple[str, int]]
    figures: Sequence[int]
    plans: Sequence[int]
    roles: Mapping[int, CellRole]
    months: Sequence[int]
    habits: ColumnHabits
    measure: str
    measures: Mapping[int, str]
    further: Sequence[tuple[Column, int]]

    @classmethod
    def of(
        cls, sheet: Place, header: Header, rows: Sequence[Sequence[Cell]], measure: str
    ) -> "TargetLayout":
        """The layout of the rows below a header."""
        columns = header.columns
        return cls(
            sheet=sheet,
            columns=columns,
            texts=[(name, columns[name]) for name in TEXT_NAMES if name in columns],
            figures=[columns[name] for name in FIGURE_NAMES if name in columns],
            plans=[columns[name] for name in PLAN_NAMES if name in columns],
            roles=roles_of(columns),
            months=[columns.get(name, -1) for name in MONTH_NAMES],
            habits=ColumnHabits(rows),
            measure=measure,
            measures=measures_in(header),
            further=further_in(header, FURTHER_COLUMNS),
        )

    def place(self, name: str, row: int) -> Place:
        """The place of a row's cell in a column, by its name; in the first without the column."""
        return self.sheet.at(cell_name(row, self.columns.get(name, 0)))


class RowReader:
    """One row seen through its sheet's layout; `text` holds its words by column name."""

    __slots__ = ("layout", "number", "row", "text")

    def __init__(self, layout: TargetLayout, number: int, row: Sequence[Cell]) -> None:
        self.layout, self.number, self.row = layout, number, row
        self.text = dict(_NO_TEXTS)
        width = len(row)
        for name, index in layout.texts:
            if index < width and (cell := row[index]) != "":
                self.text[name] = tidy(cell) if type(cell) is str else text_of(cell)

    @property
    def measure(self) -> str:
        """The row's own measure, else the one that stands above the table, or above all months."""
        written = self.text["measure"] or self.layout.measure
        if written or not self.layout.measures:
            return written
        said = {self.layout.measures.get(index, "") for index in self.layout.months if index >= 0}
        return said.pop() if len(said) == 1 else ""

    def cell(self, name: str) -> Cell:
        """What stands in a column of the row, by its name; None without the column."""
        index = self.layout.columns.get(name)
        return self.row[index] if index is not None and index < len(self.row) else None

    def place(self, name: str) -> Place:
        """The place of its cell in a column."""
        return self.layout.place(name, self.number)

    def has_figures(self) -> bool:
        """Whether anything stands where figures belong."""
        row, width = self.row, len(self.row)
        return any(not is_blank(row[index]) for index in self.layout.figures if index < width)

    def figures(self) -> RowFigures:
        """The figures of the row, by column."""
        layout = self.layout
        place = (layout.sheet, self.number)
        read = read_plans(
            row=self.row,
            columns=layout.figures,
            plans=layout.plans,
            place=place,
            measure=self.measure,
            habits=layout.habits,
            roles=layout.roles,
        )
        return self._in_its_measure(read) if layout.measures else read

    def further(self, read: RowFigures, direction: Direction) -> Further:
        """What stands in columns that no rule knows by name; `read` are the row's figures."""
        layout = self.layout
        width = len(self.row)
        cells = (self.row[index] for _, index in layout.further if index < width)
        if all(map(is_blank, cells)):
            return NOTHING_FURTHER
        row = layout.sheet, self.number, self.row
        return read_further(layout.further, row, read, layout.habits, direction)

    def _in_its_measure(self, read: RowFigures) -> RowFigures:
        """The figures without those whose header says another measure than the row has."""
        other = other_measures(self.layout.measures, self.measure)
        lost = {
            index: words
            for index, words in other.items()
            if read.figures.get(index, NO_FIGURE).value is not None
        }
        if not lost:
            return read
        cells = ", ".join(cell_name(self.number, index) for index in lost)
        place = self.layout.sheet.at(cell_name(self.number, min(lost)))
        said = Typed("; ".join(dict.fromkeys(lost.values())))
        values = {"value": said, "measure": measure_said(self.measure), "cells": Ours(cells)}
        found = issue(Code.MEASURE_IN_HEADER, place, **values)
        figures = {**read.figures, **dict.fromkeys(lost, Figure(None, State.UNREADABLE))}
        planned = {index: said for index, said in read.planned.items() if index not in lost}
        return RowFigures(figures, (*read.issues, found), planned)
