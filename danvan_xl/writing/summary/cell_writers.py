"""The XML of a table's cells: one writer for each column and type of value, made when first met.

A writer gives back what follows the name of the cell: `<c r="A9` stands before it.
"""

import datetime as dt
import math
from collections.abc import Callable, Mapping, Set
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from danvan_xl.files.grid import column_letter
from danvan_xl.report.tables import (
    POINTS,
    Cells,
    Comparison,
    Goal,
    Link,
    PlaceLink,
    Points,
    ReportCell,
    Share,
    Table,
)
from danvan_xl.rollup.rating import Rating
from danvan_xl.schema.columns import Kind
from danvan_xl.schema.options import Direction
from danvan_xl.writing.lean import LeanSheet, style_index
from danvan_xl.writing.links import (
    TablePlace,
    file_address,
    leads_to_file,
    place_location,
    row_location,
)
from danvan_xl.writing.styles import DATE_FORMAT, SHARE_FORMAT, Styles, number_format
from danvan_xl.writing.summary.layout import DIGEST, DIGEST_SIZE
from danvan_xl.writing.tones import PLAIN, RATING_TONES, WORD_TONES, Tone, share_tone

# Takes a value, the row number Excel shows for it, and all cells of its row.
CellWriter = Callable[[Any, int, Cells], str]

LINK_INK = "#1F3864"
_CENTRED = frozenset(
    (
        "number",
        "measure",
        "reported",
        "cell",
        "rating",
        "severity",
        "status",
        "issue_code",
        "period",
    )
)
SHARES = frozenset((Share, type(None)))
_PLAIN_KINDS = frozenset((str, int, Decimal, dt.date, Rating))
_DAY_ZERO = dt.date(1899, 12, 30)
_FIRST_DAY = dt.date(1900, 3, 1)  # before it Excel's calendar has a day too many
_COMPARED_WITH = {Comparison.PLAN: "plan", Comparison.LAST_YEAR: "last_year"}


class Pen(NamedTuple):
    """What the writers of one table need; `places` tells where the report's tables stand."""

    sheet: LeanSheet
    styles: Styles
    table: Table
    places: Mapping[str, TablePlace]
    has_headings: bool


class Look(NamedTuple):
    """How the cells of a column look: what all share, and how a share on its own is shown."""

    base: Tone
    share_format: str = SHARE_FORMAT
    shares_toned: bool = False


class ColumnWriters(dict[type, CellWriter]):
    """The writers of one column by type of value."""

    def __init__(self, pen: Pen, position: int, look: Look) -> None:
        super().__init__()
        self.pen = pen
        self.position = position
        self.look = look
        self.column = pen.table.columns[position]

    def __missing__(self, kind: type) -> CellWriter:
        """Make the writer of a type: that of the nearest type it derives from."""
        for known in kind.__mro__:
            if known in _MAKERS:
                self[kind] = _MAKERS[known](self)
                return self[kind]
        raise TypeError(f"no way to write a {kind.__name__}")

    def text_style(self, tone: Tone = PLAIN) -> int:
        """The style number of a text: wrapped, and centred where it is a code or a word."""
        if self.column.name == DIGEST:
            return self._style(tone, font_size=DIGEST_SIZE, shrink=True)
        return self._style(tone, text_wrap=True, align="center" if self._is_centred else "left")

    def figure_style(self, num_format: str, tone: Tone = PLAIN) -> int:
        """The style number of a figure: shrunk rather than shown as ####."""
        align = "center" if self._is_centred else "right"
        return self._style(tone, num_format=num_format, align=align, shrink=True)

    def linked(self) -> "ColumnWriters":
        """The writers of this column's cells that lead somewhere."""
        base = {**self.look.base, "font_color": LINK_INK}
        return ColumnWriters(self.pen, self.position, Look(base, self.look.share_format))

    @property
    def _is_centred(self) -> bool:
        kinds = (Kind.CODE, Kind.COUNT, Kind.DATE)
        return self.column.kind in kinds or self.column.name in _CENTRED

    def _style(self, tone: Tone, **properties: object) -> int:
        return style_index(self.pen.styles.cell(**{**properties, **self.look.base, **tone}))


class Remembered(dict[ReportCell, str]):
    """The XML of a column's values, each made once."""

    def __init__(self, writers: ColumnWriters) -> None:
        super().__init__()
        self._writers = writers

    def __missing__(self, value: ReportCell) -> str:
        """Make the XML of a value that was not met before."""
        self[value] = xml = self._writers[value.__class__](value, 0, ())
        return xml


def speaks_for_itself(pen: Pen, kinds: Set[type]) -> bool:
    """Whether the cells of a column of these types depend on nothing but their values.

    Links and formulas have their row in them; of several types, equal values may look different.
    """
    has_formulas = Share in kinds and any(_operands_of(pen.table).values())
    if pen.has_headings or has_formulas:
        return False
    return kinds <= SHARES or (len(kinds) == 1 and kinds <= _PLAIN_KINDS)


def _blank_writer(column: ColumnWriters) -> CellWriter:
    xml = f'" s="{column.text_style()}"/>'
    return lambda _value, _number, _cells: xml


def _text_writer(column: ColumnWriters) -> CellWriter:
    tones = WORD_TONES.get(column.column.name)
    if tones is not None:
        return _word_writer(column, tones)
    start = f'" s="{column.text_style()}" t="s"><v>'
    index, blank = column.pen.sheet.string_index, column[type(None)]

    def write(value: str, number: int, cells: Cells) -> str:
        return f"{start}{index(value)}</v></c>" if value else blank(None, number, cells)

    return write


def _word_writer(column: ColumnWriters, tones: Mapping[str, Tone]) -> CellWriter:
    """The writer of words from a short list, coloured by what they mean."""
    index, blank = column.pen.sheet.string_index, column[type(None)]
    style_of = cache(lambda word: column.text_style(tones.get(word, PLAIN)))

    def write(value: str, number: int, cells: Cells) -> str:
        if not value:
            return blank(None, number, cells)
        return f'" s="{style_of(value)}" t="s"><v>{index(str(value))}</v></c>'

    return write


def _rating_writer(column: ColumnWriters) -> CellWriter:
    return _word_writer(column, RATING_TONES)


def _number_writer(column: ColumnWriters) -> CellWriter:
    whole = column.figure_style(number_format(1))
    style_of = cache(column.figure_style)

    def write(value: Decimal | int, number: int, cells: Cells) -> str:
        figure = _as_float(value)
        if figure is None:
            return column[str](str(value), number, cells)
        if figure.is_integer():
            return f'" s="{whole}"><v>{int(figure)}</v></c>'
        return f'" s="{style_of(number_format(value))}"><v>{figure!r}</v></c>'

    return write


def _goal_writer(column: ColumnWriters) -> CellWriter:
    """The writer of strict plans: figures to a formula, with their mark to a reader."""
    style_of = cache(lambda kind, shown_as: column.figure_style(f'"{kind} "{shown_as}'))

    def write(goal: Goal, number: int, cells: Cells) -> str:
        figure = _as_float(goal.value)
        if figure is None:
            return column[str](f"{goal.kind} {goal.value}", number, cells)
        style = style_of(goal.kind.value, number_format(goal.value))
        return f'" s="{style}"><v>{_digits(figure)}</v></c>'

    return write


def _points_writer(column: ColumnWriters) -> CellWriter:
    """The writer of points between percentages: figures that say what they are."""
    style_of = cache(column.figure_style)

    def write(points: Points, number: int, cells: Cells) -> str:
        figure = _as_float(points.value)
        if figure is None:
            return column[str](f"{points.value} {POINTS}", number, cells)
        shown_as = f'{number_format(points.value)}" {POINTS}"'
        if points.is_signed:
            shown_as = f"+{shown_as};-{shown_as};{shown_as}"
        return f'" s="{style_of(shown_as)}"><v>{_digits(figure)}</v></c>'

    return write


def _date_writer(column: ColumnWriters) -> CellWriter:
    style = column.figure_style(DATE_FORMAT)

    def write(value: dt.date, number: int, cells: Cells) -> str:
        day = value.date() if isinstance(value, dt.datetime) else value
        if day < _FIRST_DAY:
            return column[str](day.isoformat(), number, cells)
        return f'" s="{style}"><v>{(day - _DAY_ZERO).days}</v></c>'

    return write


def _share_writer(column: ColumnWriters) -> CellWriter:
    """The writer of shares: a formula over the figures of the row where it has them."""
    operands, lone = _operands_of(column.pen.table), _lone_share_writer(column)
    style = column.figure_style(SHARE_FORMAT)

    def write(share: Share, number: int, cells: Cells) -> str:
        pair = operands[share.comparison]
        if pair is None or not (_is_figure(cells[pair[0]]) and _is_figure(cells[pair[1]])):
            return lone(share, number, cells)
        formula = _share_formula(share.comparison, share.direction, pair).replace("#", str(number))
        if share.value is None:
            return f'" s="{style}" t="str"><f>{formula}</f><v></v></c>'
        return f'" s="{style}"><f>{formula}</f><v>{share.value}</v></c>'

    return write


def _lone_share_writer(column: ColumnWriters) -> CellWriter:
    """The writer of shares whose figures are not in their row."""
    share_format, blank = column.look.share_format, column[type(None)]
    plain = column.figure_style(share_format)
    style_of = cache(lambda rating: column.figure_style(share_format, RATING_TONES[rating]))

    def write(share: Share, number: int, cells: Cells) -> str:
        if share.value is None:
            return blank(None, number, cells)
        style = plain
        if column.look.shares_toned and share.rating:
            style = style_of(share.rating)
        elif column.look.shares_toned:
            style = column.figure_style(share_format, share_tone(share.value))
        return f'" s="{style}"><v>{share.value}</v></c>'

    return write


def _link_writer(column: ColumnWriters) -> CellWriter:
    linked, pen, letter = column.linked(), column.pen, column_letter(column.position)

    def write(link: Link, number: int, cells: Cells) -> str:
        location = row_location(link, pen.places)
        if not location or link.value is None:
            return column[type(link.value)](link.value, number, cells)
        tip = f"Bấm để xem trang {pen.places[link.table].title}"
        pen.sheet.add_link(f"{letter}{number}", location, tip=tip)
        return linked[type(link.value)](link.value, number, cells)

    return write


def _place_writer(column: ColumnWriters) -> CellWriter:
    linked, sheet, letter = column.linked(), column.pen.sheet, column_letter(column.position)

    def write(link: PlaceLink, number: int, cells: Cells) -> str:
        if not leads_to_file(link):
            return column[str](link.text, number, cells)
        sheet.add_link(f"{letter}{number}", place_location(link), file=file_address(link.file))
        return linked[str](link.text, number, cells)

    return write


_MAKERS: Mapping[type, Callable[[ColumnWriters], CellWriter]] = {
    type(None): _blank_writer,
    str: _text_writer,
    int: _number_writer,
    Decimal: _number_writer,
    dt.date: _date_writer,
    Rating: _rating_writer,
    Goal: _goal_writer,
    Points: _points_writer,
    Share: _share_writer,
    Link: _link_writer,
    PlaceLink: _place_writer,
}


def _operands_of(table: Table) -> dict[Comparison, tuple[int, int] | None]:
    """Where a table has the actual figure and the one it is compared with."""
    names = [column.name for column in table.columns]
    return {
        comparison: (names.index("actual"), names.index(other))
        if "actual" in names and other in names
        else None
        for comparison, other in _COMPARED_WITH.items()
    }


@cache
def _share_formula(comparison: Comparison, direction: Direction, pair: tuple[int, int]) -> str:
    """The formula of a share, "#" for its row, escaped for XML.

    It works out what the core worked out: nothing of what is below 0.
    """
    actual, other = (f"{column_letter(position)}#" for position in pair)
    lower, upper = f"MIN({actual},{other})", f"MAX({actual},{other})"
    if direction is Direction.EQUAL and comparison is Comparison.PLAN:
        return f'IF({lower}&lt;0,"",IF({actual}={other},1,ROUND({lower}/{upper},4)))'
    top, bottom = actual, other
    if direction is Direction.LESS and comparison is Comparison.PLAN:
        top, bottom = other, actual
    return f'IF(OR({bottom}=0,{lower}&lt;0),"",ROUND({top}/{bottom},4))'


def _is_figure(cell: ReportCell) -> bool:
    value = cell.value if isinstance(cell, (Link, Goal)) else cell
    return isinstance(value, (Decimal, int)) and _as_float(value) is not None


def _digits(figure: float) -> str:
    """A figure as the XML of a sheet has it."""
    return str(int(figure)) if figure.is_integer() else repr(figure)


def _as_float(value: Decimal | int) -> float | None:
    """A figure as a spreadsheet keeps it; None if it is too large for one."""
    try:
        figure = float(value)
    except OverflowError:
        return None
    return figure if math.isfinite(figure) else None
