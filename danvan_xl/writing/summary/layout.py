"""How wide the columns of a report's table are, and how high its rows."""

from collections.abc import Iterable, Sequence, Set
from decimal import Decimal
from itertools import repeat
from typing import NamedTuple

from danvan_xl.report.tables import Goal, Link, PlaceLink, Points, ReportCell, Table
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.writing.styles import SHARE_FORMAT
from danvan_xl.writing.wrapping import characters_for, line_count, row_height

CODE_SIZE = 11
DIGEST = "sha256"
DIGEST_SIZE = 8

_WIDEST_FIGURE = 24.0
_NARROWEST_FIGURE = 9.5
_NARROWEST_TEXT = 8.0
_PAGE_WIDTH = 140  # characters on A4 lying, at full size
_NARROWEST_HALF = 44.0  # the right half bears place and day above, the signature below
_WIDEST_LINK = 60.0
_MOST_DIGITS = 15
_LARGEST: int = 10**_MOST_DIGITS
_DIGEST_WIDTH = 46.0
_TEXT_KINDS = (Kind.TEXT, Kind.CODE, Kind.CHOICE)
# A text of fewer characters than this part of its column's width needs no measuring.
_SURELY_FITS = 0.7

# Shares of many indicators side by side must fit one page: whole percents, and what is short of
# its plan never reads 100%.
_MANY_CODES = 20
_COMPACT_SHARE = '[>=1]0%;[>=0.995]"<100%";0%'
_COMPACT_WIDTH = 5.4
_SHARE_WIDTH = 9.0

_POINTS_WIDTH = 14.0  # "-12,5 điểm %"
_FIGURES_INSIDE = (Link, Goal, Points)

# The columns that say what a row is about end with the first of these.
_IDENTIFYING = ("indicator", "unit_name")


class ColumnFit(NamedTuple):
    """The width of a column in characters, and whether some text in it may need several lines.

    One that is hidden takes no room; it is as wide as declared when somebody shows it.
    """

    width: float
    may_wrap: bool = False
    is_hidden: bool = False


_HIDDEN = ColumnFit(0, is_hidden=True)


def first_code_column(table: Table) -> int:
    """Where the columns headed by indicator codes begin; past the end where none are."""
    return len(table.sheet.columns) if table.sheet.has_codes else len(table.columns)


def code_share_format(table: Table) -> str:
    """The number format of the shares under indicator codes."""
    return _COMPACT_SHARE if _is_crowded(table) else SHARE_FORMAT


def frozen_columns(table: Table) -> int:
    """How many columns stay in sight when the sheet is moved sideways."""
    for position, column in enumerate(table.columns):
        if column.name in _IDENTIFYING:
            return position + 1
    return 0


def fit_columns(table: Table, by_column: Sequence[Sequence[ReportCell]]) -> tuple[ColumnFit, ...]:
    """The fit of each column: wider than declared for long figures, narrower to save room.

    `by_column` are the table's cells. Only a table wider than a page gives up the room its texts
    do not need; one too narrow for the title block is widened.
    """
    first_code = first_code_column(table)
    saves_room = sum(column.width for column in table.columns[:first_code]) > _PAGE_WIDTH
    code_fit = ColumnFit(_COMPACT_WIDTH if _is_crowded(table) else _SHARE_WIDTH)
    declared = zip(table.columns[:first_code], by_column, strict=False)
    # What stands in a column many times is measured once.
    fits = [
        _HIDDEN if is_unused(column, cells) else _fit(column, set(cells), saves_room)
        for column, cells in declared
    ]
    return _wide_enough((*fits, *(code_fit for _ in table.columns[first_code:])))


def _wide_enough(fits: tuple[ColumnFit, ...]) -> tuple[ColumnFit, ...]:
    """The fits with the columns of the right half wide enough for the title block."""
    middle = (len(fits) - 1) // 2 + 1
    left, right = fits[:middle], fits[middle:]
    short = _NARROWEST_HALF - sum(fit.width for fit in right)
    seen = sum(not fit.is_hidden for fit in right)
    if short <= 0 or not seen:
        return fits
    more = short / seen
    return (
        *left,
        *(fit if fit.is_hidden else fit._replace(width=fit.width + more) for fit in right),
    )


def row_heights(
    table: Table, by_column: Sequence[Sequence[ReportCell]], fits: Sequence[ColumnFit]
) -> list[float]:
    """The height of every row under these columns; a heading's text is bold."""
    bold = [row.is_heading for row in table.rows]
    lines: Iterable[int] = repeat(1, len(bold))
    for cells, fit in zip(by_column, fits, strict=True):
        if fit.may_wrap:
            lines = map(max, lines, _lines_down(cells, bold, fit.width))
    counts = list(lines)
    height_of = {count: row_height(count) for count in set(counts)}
    return [height_of[count] for count in counts]


def _lines_down(cells: Sequence[ReportCell], bold: Sequence[bool], width: float) -> Iterable[int]:
    """How many lines each cell of a column takes."""
    if any(bold):
        return [
            _lines(cell, width, bold=is_bold) for cell, is_bold in zip(cells, bold, strict=True)
        ]
    needed = {cell: _lines(cell, width) for cell in set(cells)}
    return map(needed.__getitem__, cells)


def _lines(cell: ReportCell, width: float, bold: bool = False) -> int:
    text = _text(cell)
    surely_fits = len(text) <= width * _SURELY_FITS and "\n" not in text
    return 1 if surely_fits else line_count(text, width, bold=bold)


def header_height(table: Table, fits: Sequence[ColumnFit]) -> float:
    """The height of the header row, codes standing upright in it."""
    first_code = first_code_column(table)
    lines = max(
        line_count(column.header, fit.width, bold=True)
        for column, fit in zip(table.columns[:first_code], fits, strict=False)
        if not fit.is_hidden
    )
    upright = (characters_for(column.header, CODE_SIZE) for column in table.columns[first_code:])
    # The button of the filter stands below an upright code.
    return max(row_height(lines) + 6, *(length * 7 * 0.75 + 30 for length in upright), 36)


def is_unused(column: Column, cells: Iterable[ReportCell]) -> bool:
    """Whether nothing stands in a column that is shown only where something does."""
    return column.optional and all(cell is None or cell == "" for cell in cells)


def _is_crowded(table: Table) -> bool:
    return len(table.columns) - first_code_column(table) > _MANY_CODES


def _fit(column: Column, cells: Set[ReportCell], saves_room: bool) -> ColumnFit:
    if column.name == DIGEST:
        return ColumnFit(_DIGEST_WIDTH)
    if column.kind is Kind.NUMBER:
        return ColumnFit(_figure_width(column, cells, saves_room))
    if column.kind not in _TEXT_KINDS:
        return ColumnFit(column.width)
    texts = set(map(_text, cells))
    # Not by length alone: the same report must give the same bytes.
    longest = max(texts, key=lambda text: (len(text), text), default="")
    needed = max(_header_width(column), 1.1 * characters_for(longest, bold=True))
    # A text that is a link to a file is not wrapped by every program.
    leads_to_file = any(isinstance(cell, PlaceLink) for cell in cells)
    most = max(column.width, _WIDEST_LINK) if leads_to_file else column.width
    least = _NARROWEST_TEXT if saves_room and column.kind is Kind.TEXT else column.width
    width = min(max(needed, least), most)
    has_breaks = any("\n" in text for text in texts)
    return ColumnFit(width, has_breaks or len(longest) > width * _SURELY_FITS)


def _figure_width(column: Column, cells: Set[ReportCell], saves_room: bool) -> float:
    """The width that shows the longest figure of a column."""
    values = (cell.value if isinstance(cell, _FIGURES_INSIDE) else cell for cell in cells)
    figures = [value for value in values if isinstance(value, (Decimal, int))]
    least = max(_NARROWEST_FIGURE if saves_room else column.width, _header_width(column))
    if any(isinstance(cell, Points) for cell in cells):
        least = max(least, _POINTS_WIDTH)
    if not all(map(_is_common, figures)):
        return _WIDEST_FIGURE
    if not figures:
        return least
    longest = max((min(figures), max(figures)), key=lambda value: len(vietnamese_number(value)))
    has_decimals = any(value != int(value) for value in figures)
    shown = vietnamese_number(int(longest)) + (",00" if has_decimals else "")
    return min(max(least, characters_for(shown, bold=True) + 1), _WIDEST_FIGURE)


def _is_common(value: Decimal | int) -> bool:
    """Whether a figure is of a size that a spreadsheet keeps exactly."""
    if isinstance(value, int):
        return abs(value) < _LARGEST
    return value.is_finite() and value.adjusted() < _MOST_DIGITS


def _header_width(column: Column) -> float:
    """The width that keeps every word of the header whole."""
    return max(characters_for(word, bold=True) + 1 for word in column.header.split())


def _text(cell: ReportCell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, PlaceLink):
        return cell.text
    return _text(cell.value) if isinstance(cell, Link) else ""
