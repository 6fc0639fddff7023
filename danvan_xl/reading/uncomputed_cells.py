"""What is said of an .xls with formulas that nobody worked out: they are blank, not 0."""

from collections.abc import Iterable, Iterator, Sequence

from danvan_xl.files.grid import cell_name
from danvan_xl.files.opening import OpenedBook
from danvan_xl.reading.figure_areas import figure_areas
from danvan_xl.reading.found_sheets import FoundSheet
from danvan_xl.reading.records import TargetSheet
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
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
    lost = [item for item in found if item.grid.uncomputed]  # hardly ever any
    for area in figure_areas(lost, sheets) if lost else ():
        cells = [
            cell_name(row + 1, column)
            for row, column in sorted(area.grid.uncomputed)
            if area.holds(row + 1, column)
        ]
        if cells:
            named = Ours(listed(cells, _MOST_CELLS, "ô"))
            yield issue(Code.FIGURES_NOT_COMPUTED, area.grid.place(cells[0]), cells=named)
