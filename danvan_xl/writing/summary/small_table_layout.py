"""How the small tables of one sheet share a grid of columns, and where pages break.

The grid is one wide column, for what a table is about, and many equal ones. A figure takes one of
these, a text as many as it needs; so tables of different columns stand under each other in line,
and only texts are in merged cells.
"""

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from danvan_xl.report.tables import Estimate, PlaceLink, ReportCell, SmallTable
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.writing.styles import TEXT_ROW_HEIGHT
from danvan_xl.writing.wrapping import characters_for, line_count, row_height

FIRST_WIDTH, UNIT_WIDTH = 27.0, 11.0
_FEWEST_COLUMNS = 14
_PIXELS_PER_CHARACTER, _COLUMN_PADDING = 7, 5
_UNIT_PIXELS = UNIT_WIDTH * _PIXELS_PER_CHARACTER + _COLUMN_PADDING

# A4 lying, less the margins: pixels across, points down. Programs differ a little in both.
_PAGE_PIXELS, _PAGE_POINTS = 1026 * 0.94, 509 * 0.97

# A row of a table may give its first text two lines: so the figures of tables stay in line.
_FREE_LINES = 2
_LONGEST_WORD = 3 * UNIT_WIDTH  # a longer one is broken
_LONGEST_LINK = 4 * UNIT_WIDTH  # and this, wrapped
_FIGURE_PADDING = 1.0
_MOST_DIGITS = 24
_MOST_MEASURED = 300  # rows that decide how wide a text is; more look like these
_LOWEST_HEADER = 30
_NOTE_SIZE = 11
GAP_HEIGHT = 10

_CHART_LEFT, _CHART_RIGHT = 14, 2  # pixels from the table beside, and from the page's edge
_NARROWEST_CHART, _WIDEST_CHART = 310, 700
_BAR_HEIGHT, _AROUND_BARS = 20, 50
MOST_BARS = 25  # more would not be readable; the table has them all
_LOWEST_CHART, _HIGHEST_CHART = 130, 360  # a page holds it below the title block

_KEPT_WHOLE = 0.5  # of a page: a table up to this is not torn
_FILLED = 0.97  # of a page: what a piece of a longer table takes up at most
_KEPT_ENDS = 3  # rows of a torn table that stay with its header, and with its last row


class Fit(NamedTuple):
    """The columns of the grid that one column of a table spans."""

    first: int
    last: int

    @property
    def width(self) -> float:
        """Its width in characters."""
        inside = grid_pixels(self.first, self.last) - _COLUMN_PADDING
        return inside / _PIXELS_PER_CHARACTER


class SheetLine(NamedTuple):
    """One row of the sheet: its height in points, and whether it follows the row above it."""

    height: float
    stays: bool = True


class Frame(NamedTuple):
    """Where a chart stands: a line of its table, a column of the grid; pixels across, points down.

    `left` is how far from the left edge of that column, in pixels.
    """

    line: int
    column: int
    left: int
    width: int
    height: int


class TablePlan(NamedTuple):
    """A table in its place: what it spans, and its rows on the sheet.

    `lines` are a gap, the title, the header, the rows (or one that says there are none), the
    notes, and what room a chart needs besides.
    """

    table: SmallTable
    fits: tuple[Fit, ...]
    note_fit: Fit
    lines: tuple[SheetLine, ...]
    frame: Frame | None


TITLE_LINE, HEADER_LINE, FIRST_LINE = 1, 2, 3


def grid_pixels(first: int, last: int) -> float:
    """How wide columns `first` to `last` of the grid are together."""
    extra = (FIRST_WIDTH - UNIT_WIDTH) * _PIXELS_PER_CHARACTER if first == 0 else 0
    return (last - first + 1) * _UNIT_PIXELS + extra


def last_column(tables: Sequence[SmallTable]) -> int:
    """The last column of the grid on which all these tables find room."""
    needed = (
        sum(_least_span(table, position) for position in _positions(table)) for table in tables
    )
    return max(_FEWEST_COLUMNS, *needed, 0) - 1


def print_scale(last: int) -> int:
    """The percent at which the grid is one page wide."""
    # Page breaks of our own need a scale: a sheet fitted to its pages ignores them.
    return max(min(int(100 * _PAGE_PIXELS / grid_pixels(0, last)), 100), 10)


def page_height(last: int) -> float:
    """The points of rows that a page holds at the scale of the grid."""
    return _PAGE_POINTS * 100 / print_scale(last)


def page_breaks(lines: Sequence[SheetLine], height: float) -> list[int]:
    """The lines that begin a page, so that none is torn from those it stays with."""
    breaks: list[int] = []
    used = 0.0
    for first, needed in _groups(lines):
        if used and used + needed > height:
            breaks.append(first)
            used = 0
        used += needed
        if used > height:  # what is higher than a page goes on over the next
            used %= height
    return breaks


def plan_pages(table: SmallTable, last: int) -> Iterator[TablePlan]:
    """The plan of a table; one longer than a page in pieces that each have the header."""
    plan = plan_table(table, last)
    room = page_height(last) * _FILLED
    if table.chart is not None or sum(line.height for line in plan.lines) <= room:
        yield plan
        return
    head = sum(line.height for line in plan.lines[:FIRST_LINE])
    first, used = 0, head
    for number, line in enumerate(plan.lines[FIRST_LINE : FIRST_LINE + len(table.rows)]):
        if used + line.height > room and number > first:
            yield _piece(table, first, number, last)
            first, used = number, head
        used += line.height
    yield _piece(table, first, len(table.rows), last)


def _piece(table: SmallTable, first: int, below: int, last: int) -> TablePlan:
    """The plan of some rows of a table, kept together on a page."""
    title = f"{table.title} - tiếp theo" if first else table.title
    notes = table.notes if below == len(table.rows) else ()
    piece = table._replace(title=title, rows=table.rows[first:below], notes=notes)
    plan = plan_table(piece, last)
    start, *others = plan.lines
    kept = (start, *(line._replace(stays=True) for line in others))
    return plan._replace(lines=kept)


def plan_table(table: SmallTable, last: int) -> TablePlan:
    """Where a table, its notes and its chart stand on a grid that ends at column `last`."""
    fits = _fits(table, last)
    heights: list[float] = [
        GAP_HEIGHT,
        row_height(1) + 4,
        _header_height(table, fits),
        *_row_heights(table, fits),
    ]
    frame = _frame(table, fits, last, sum(heights[HEADER_LINE:]))
    is_beside = frame is not None and frame.line == HEADER_LINE
    note_fit = Fit(0, fits[-1].last if is_beside else last)
    heights += [row_height(line_count(note, note_fit.width, _NOTE_SIZE)) for note in table.notes]
    if frame is not None and not is_beside:
        heights.append(GAP_HEIGHT / 2)
        frame = frame._replace(line=len(heights))
    heights += _room_for(frame, heights)
    return TablePlan(table, fits, note_fit, _held_together(table, heights, frame, last), frame)


def _groups(lines: Sequence[SheetLine]) -> Iterator[tuple[int, float]]:
    """The first line and the height of each group of lines that stay together."""
    firsts = [number for number, line in enumerate(lines) if not line.stays or number == 0]
    for first, below in zip(firsts, [*firsts[1:], len(lines)], strict=True):
        yield first, sum(line.height for line in lines[first:below])


def _positions(table: SmallTable) -> range:
    return range(len(table.columns))


def _fits(table: SmallTable, last: int) -> tuple[Fit, ...]:
    """What each column spans: the texts with most lines too many grow first."""
    spans = [_least_span(table, position) for position in _positions(table)]
    excess = [_excess_lines(table, position, spans[position]) for position in _positions(table)]
    while sum(spans) <= last and max(excess, default=0) > 0:
        position = excess.index(max(excess))
        spans[position] += 1
        excess[position] = _excess_lines(table, position, spans[position])
    firsts = [sum(spans[:position]) for position in _positions(table)]
    return tuple(Fit(first, first + span - 1) for first, span in zip(firsts, spans, strict=True))


def _least_span(table: SmallTable, position: int) -> int:
    """The fewest columns of the grid that keep words and figures whole."""
    needed = max(
        _longest_word(table.columns[position].header, bold=True),
        *(_least_width(row.cells[position], row.is_heading) for row in table.rows),
        0,
    )
    span = 1
    while Fit(_grid_start(position), _grid_start(position) + span - 1).width < needed:
        span += 1
    return span


def _grid_start(position: int) -> int:
    """Where a span may be measured: only that of the first column has the wide one."""
    return min(position, 1)


def _least_width(cell: ReportCell, bold: bool) -> float:
    if isinstance(cell, PlaceLink):  # not every program wraps a link
        return min(characters_for(cell.text, bold=bold), _LONGEST_LINK)
    if isinstance(cell, str):
        return min(_longest_word(cell, bold), _LONGEST_WORD)
    if isinstance(cell, Estimate):
        return _figure_width(f"{cell.bound} {vietnamese_number(cell.value)}")
    return _figure_width(vietnamese_number(cell)) if isinstance(cell, (int, Decimal)) else 0


@lru_cache(maxsize=4096)
def _figure_width(digits: str) -> float:
    """The width of a figure as it is shown; one of absurd size is shrunk instead."""
    return characters_for(digits[:_MOST_DIGITS], bold=True) + _FIGURE_PADDING


@lru_cache(maxsize=4096)
def _longest_word(text: str, bold: bool = False) -> float:
    return max((characters_for(word, bold=bold) for word in text.split()), default=0)


def _excess_lines(table: SmallTable, position: int, span: int) -> int:
    """How many lines too many the texts of a column take if it spans so many columns."""
    start = _grid_start(position)
    width, free = Fit(start, start + span - 1).width, 1 if position else _FREE_LINES
    texts = (cell_text(row.cells[position]) for row in table.rows[:_MOST_MEASURED])
    return sum(max(line_count(text, width) - free, 0) for text in texts if text)


def _header_height(table: SmallTable, fits: Sequence[Fit]) -> float:
    pairs = zip(table.columns, fits, strict=True)
    lines = max(line_count(column.header, fit.width, bold=True) for column, fit in pairs)
    return max(row_height(lines) + 6, _LOWEST_HEADER)


def _row_heights(table: SmallTable, fits: Sequence[Fit]) -> list[float]:
    if not table.rows:
        return [TEXT_ROW_HEIGHT]
    return [
        row_height(
            max(
                line_count(cell_text(cell), fit.width, bold=row.is_heading)
                for cell, fit in zip(row.cells, fits, strict=True)
            )
        )
        for row in table.rows
    ]


def _frame(table: SmallTable, fits: Sequence[Fit], last: int, table_height: float) -> Frame | None:
    """The place of a table's chart: beside it if there is room, else below it."""
    if table.chart is None or not table.chart.bars:
        return None
    drawn = min(len(table.chart.bars), MOST_BARS) * _BAR_HEIGHT + _AROUND_BARS
    column = fits[-1].last + 1
    free = int(grid_pixels(column, last)) - _CHART_LEFT - _CHART_RIGHT
    if free < _NARROWEST_CHART:
        return Frame(HEADER_LINE + 1, 0, 0, _WIDEST_CHART, _chart_height(drawn))
    height = _chart_height(max(drawn, table_height))
    return Frame(HEADER_LINE, column, _CHART_LEFT, min(free, _WIDEST_CHART), height)


def _chart_height(wanted: float) -> int:
    return int(max(min(wanted, _HIGHEST_CHART), _LOWEST_CHART))


def _room_for(frame: Frame | None, heights: Sequence[float]) -> list[float]:
    """The heights of the lines that a chart needs beyond those it has beside it."""
    if frame is None:
        return []
    missing = frame.height - sum(heights[frame.line :])
    return [TEXT_ROW_HEIGHT] * max(math.ceil(missing / TEXT_ROW_HEIGHT), 0)


def _held_together(
    table: SmallTable, heights: Sequence[float], frame: Frame | None, last: int
) -> tuple[SheetLine, ...]:
    """The lines of a table, free to begin a page where nothing is torn by that."""
    whole = sum(heights) <= page_height(last) * _KEPT_WHOLE
    below = FIRST_LINE + len(table.rows)
    free = set() if whole else set(range(FIRST_LINE + _KEPT_ENDS, below - _KEPT_ENDS))
    free = (free - _covered(frame, heights)) | {0}
    return tuple(SheetLine(height, number not in free) for number, height in enumerate(heights))


def _covered(frame: Frame | None, heights: Sequence[float]) -> set[int]:
    """The lines beside a chart, or under it."""
    if frame is None:
        return set()
    tops = accumulate(heights[frame.line :], initial=0)
    return {line for line, top in enumerate(tops, frame.line) if top < frame.height}


def cell_text(cell: ReportCell) -> str:
    """What may wrap in a cell: its text, or that of its link."""
    if isinstance(cell, PlaceLink):
        return cell.text
    return cell if isinstance(cell, str) else ""
