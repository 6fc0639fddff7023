"""What is said of an .xls with formulas that nobody worked out: they are blank, not 0."""

from collections.abc import Iterable, Iterator, Sequence

from danvan_xl.files.grid import cell_name
from danvan_xl.files.opening import OpenedBook
from danvan_xl.reading.found_sheets import FoundSheet
from danvan_xl.reading.records import TargetSheet
from danvan_xl.schema.columns import FIGURE_KINDS
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import ASSIGNMENT, INPUT_SHEETS
from danvan_xl.vietnamese.printed import listed
from danvan_xl.vietnamese.privacy import Ours, Typed

_MOST_SHEETS, _MOST_CELLS = 5, 12


def formulas_not_computed(opened: OpenedBook, book: Place) -> Iterator[Issue]:
    """A warning on a file that has such formulas, or may have some."""
    if opened.is_unseen:
        yield issue(Code.FORMULAS_UNSEEN, book)
    grids = [grid for grid in opened.grids if grid.uncomputed and not grid.hidden]
    if grids:
        count = Ours(sum(len(grid.uncomputed) for grid in grids))
        titles = Typed(listed([grid.title for grid in grids], _MOST_SHEETS, "trang"))
        yield issue(Code.FILE_NOT_COMPUTED, book, count=count, sheets=titles)


def figures_not_computed(
    found: Sequence[FoundSheet], sheets: Iterable[TargetSheet]
) -> Iterator[Issue]:
    """A warning on each sheet in which figures are lost so; what has a Nguồn is worked out anew."""
    worked_out = {
        sheet.title: {target.row for target in sheet.targets if target.indicator.source}
        for sheet in sheets
    }
    for grid, header in found:
        if not grid.uncomputed or header.sheet not in INPUT_SHEETS:
            continue
        rows = worked_out.get(grid.title, ())
        columns = {
            at
            for name, at in header.columns.items()
            if (column := header.sheet[name]).kind in FIGURE_KINDS and not column.computed
        }
        if header.sheet is ASSIGNMENT:
            columns |= header.extras.keys()
        cells = [
            cell_name(row + 1, column)
            for row, column in sorted(grid.uncomputed)
            if row >= header.row and column in columns and row + 1 not in rows
        ]
        if cells:
            named = Ours(listed(cells, _MOST_CELLS, "ô"))
            yield issue(Code.FIGURES_NOT_COMPUTED, grid.place(cells[0]), cells=named)
