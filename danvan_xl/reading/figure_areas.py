"""Where on a sheet people type figures, for what is said of single cells there."""

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from danvan_xl.files.grid import Grid
from danvan_xl.reading.found_sheets import FoundSheet
from danvan_xl.reading.records import TargetSheet
from danvan_xl.schema.columns import FIGURE_KINDS
from danvan_xl.schema.sheets import ASSIGNMENT, INPUT_SHEETS


class FigureArea(NamedTuple):
    """The columns of figures of a sheet (from 0), below a header row (from 1).

    `worked_out` are the rows (from 1) whose figures follow from their Nguồn, whatever stands there.
    """

    grid: Grid
    header_row: int
    columns: Set[int]
    worked_out: Set[int]

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell (row from 1, column from 0) is one for a figure that counts."""
        is_below = row > self.header_row and row not in self.worked_out
        return is_below and column in self.columns


def figure_areas(
    found: Sequence[FoundSheet], sheets: Iterable[TargetSheet]
) -> Iterator[FigureArea]:
    """The area of each sheet that is filled in."""
    worked_out = {
        sheet.title: {target.row for target in sheet.targets if target.indicator.source}
        for sheet in sheets
    }
    for grid, header in found:
        if header.sheet not in INPUT_SHEETS:
            continue
        columns = {
            at
            for name, at in header.columns.items()
            if (column := header.sheet[name]).kind in FIGURE_KINDS and not column.computed
        }
        if header.sheet is ASSIGNMENT:
            columns |= header.extras.keys()
        yield FigureArea(grid, header.row, columns, worked_out.get(grid.title, set()))
