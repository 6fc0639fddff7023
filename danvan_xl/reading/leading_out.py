"""What is said of a workbook that leads out of its file: its macros, links, connections, objects.

Nothing of it is followed or run; a figure that comes from outside counts as it was saved last.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from danvan_xl.files.cells_xml import SheetLooks
from danvan_xl.files.grid import position_of
from danvan_xl.files.opening import OpenedBook
from danvan_xl.files.outside import Outside, Reach
from danvan_xl.reading.figure_areas import figure_areas
from danvan_xl.reading.found_sheets import FoundSheet
from danvan_xl.reading.records import TargetSheet
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import ASSIGNMENT, MARKER_SHEET, TARGETS
from danvan_xl.vietnamese.printed import listed
from danvan_xl.vietnamese.privacy import Ours, Typed

_CODES = {
    Reach.MACROS: Code.FILE_HAS_MACROS,
    Reach.OLD_MACROS: Code.FILE_HAS_OLD_MACROS,
    Reach.LINKS: Code.FILE_LINKS_TO_FILES,
    Reach.CONNECTIONS: Code.FILE_HAS_CONNECTIONS,
    Reach.CALLS: Code.FORMULAS_CALL_OUT,
    Reach.OBJECTS: Code.FILE_HAS_OBJECTS,
    Reach.DDE: Code.FILE_HAS_DDE,
    Reach.ADDRESSES: Code.FILE_HAS_ADDRESSES,
}
_MOST_NAMED = 5
# Sheets of our template without a table: read by the hundred, they are not looked through.
_OF_EVERY_BOOK = frozenset((INFO.title, MARKER_SHEET, "Hướng dẫn"))


def file_leads_out(outside: Outside, book: Place) -> Iterator[Issue]:
    """A warning for each way in which a file leads out, at the first cell that does."""
    for way, names in outside.found.items():
        cells = [
            (title, cell)
            for title, found in outside.cells.items()
            for cell, reached in found.items()
            if reached.way is way
        ]
        place = Place(book.file, *cells[0], book.unit_name) if cells else book
        more = [f"{title}!{cell}" for title, cell in cells]
        where = Typed(f" (ô {listed(more, _MOST_NAMED, 'ô')})") if len(more) > 1 else Ours("")
        sources = Typed(f": {listed(names, _MOST_NAMED, 'chỗ')}") if names else Ours("")
        yield issue(_CODES[way], place, sources=sources, where=where)


def book_leads_out(
    opened: OpenedBook,
    book: Place,
    found: Sequence[FoundSheet],
    sheets: Iterable[TargetSheet],
    looks_of: Callable[[str], SheetLooks],
) -> Iterator[Issue]:
    """The same of a workbook whose sheets were found, and a warning at each figure from outside.

    Of its tables, those with targets and plans are looked through where they look like it; what
    has a Nguồn is worked out anew.
    """
    known = {item.grid.title: item.header.sheet for item in found}
    titles = {grid.title for grid in opened.grids if grid.title not in known}
    titles -= _OF_EVERY_BOOK
    titles |= {
        title
        for title, sheet in known.items()
        if sheet in (TARGETS, ASSIGNMENT) and looks_of(title).may_reach
    }
    outside = opened.outside_of(titles)
    yield from file_leads_out(outside, book)
    if outside.cells:
        yield from _figures_from_outside(outside, found, sheets)


def about_leading_out(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Of the findings on a workbook, those on what leads out of it."""
    codes = (*_CODES.values(), Code.FIGURE_FROM_OUTSIDE)
    return tuple(item for item in issues if item.code in codes)


def _figures_from_outside(
    outside: Outside, found: Sequence[FoundSheet], sheets: Iterable[TargetSheet]
) -> Iterator[Issue]:
    for area in figure_areas(found, sheets):
        for cell, reached in outside.cells.get(area.grid.title, {}).items():
            is_figure = area.holds(*position_of(cell))
            if is_figure and reached.way is not Reach.ADDRESSES:
                source = Typed(reached.source or "không rõ nguồn")
                yield issue(Code.FIGURE_FROM_OUTSIDE, area.grid.place(cell), source=source)
