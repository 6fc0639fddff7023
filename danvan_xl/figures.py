"""The figures of a row of cells: what is certain is read, the rest is an issue at its place."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from danvan_xl.grid import Cell, cell_name, is_blank
from danvan_xl.issues import Issue, Place, issue
from danvan_xl.measures import Likeness, compare_measures, is_measure, is_share
from danvan_xl.messages import Code
from danvan_xl.numbers import Bound, Habit, State, Typed, Writing, exact, parse_typed, settle
from danvan_xl.records import NO_FIGURE, NOTHING, Figure
from danvan_xl.show import vietnamese_number
from danvan_xl.text import tidy

_ERRORS = ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
_DITTO = re.compile(
    r"[\"'〃″”“’´`]+|[-\s]*(?:nt|n\.t\.?|như trên|như tháng trước)[-\s]*", re.IGNORECASE
)
_LOST = Figure(None, State.UNREADABLE)


class CellText(NamedTuple):
    """A cell that needs a second thought: text, date, boolean, or a number that is none."""

    column: int
    raw: Cell
    typed: Typed | None


class RowFigures(NamedTuple):
    """The figures of one row by 0-based column, and what is to be said about them.

    `planned` holds the divisor where a cell says "25/24" (actual/plan), with the text as typed.
    """

    figures: Mapping[int, Figure]
    issues: tuple[Issue, ...] = ()
    planned: Mapping[int, tuple[Decimal, str]] = NOTHING


class ColumnHabits:
    """How the columns of a table write decimals, each worked out once, when somebody asks."""

    def __init__(self, rows: Sequence[Sequence[Cell]]) -> None:
        self._rows = rows
        self._known: dict[int, Habit] = {}

    def of(self, column: int) -> Habit:
        """Return the habit of one column."""
        if column not in self._known:
            self._known[column] = habit_of(self._rows, column)
        return self._known[column]


def read_row(
    row: Sequence[Cell],
    columns: Sequence[int],
    place: tuple[str, int],
    measure: str,
    habits: ColumnHabits,
) -> RowFigures:
    """Return the figures at `columns` of one row.

    `place` is the sheet's tab and the row number Excel shows; `habits` are those of the table's
    columns, asked only when a figure can be read in two ways.
    """
    figures: dict[int, Figure] = {}
    texts: list[CellText] = []
    for column in columns:
        cell = row[column] if column < len(row) else None
        if cell == "" or cell is None:
            figures[column] = NO_FIGURE
        elif type(cell) is float and (figure := _plain(cell)) is not None:
            figures[column] = figure
        elif is_blank(cell):
            figures[column] = NO_FIGURE
        elif type(cell) is int:
            figures[column] = Figure(Decimal(cell), State.NUMBER)
        else:
            texts.append(
                CellText(column, cell, parse_typed(cell) if isinstance(cell, str) else None)
            )
    if not texts:
        return RowFigures(figures)
    return _with_texts(figures, texts, place, measure, habits)


@lru_cache(maxsize=65536)
def _plain(number: float) -> Figure | None:
    """Return the figure of a cell that holds a number; None for inf and nan."""
    value = exact(number)
    return None if value is None else Figure(value, State.NUMBER)


def _with_texts(
    figures: dict[int, Figure],
    texts: list[CellText],
    place: tuple[str, int],
    measure: str,
    habits: ColumnHabits,
) -> RowFigures:
    """Read the cells that are not plain numbers, with the certain figures of the row as support."""
    certain = [figure.value for figure in figures.values() if figure.value is not None]
    certain += [
        text.typed.value
        for text in texts
        if text.typed and text.typed.value is not None and text.typed.other is None
    ]
    read = dict(figures)
    issues: list[Issue] = []
    texts = [_settled(text, certain, habits) for text in texts]
    for text in texts:
        typed = text.typed
        at = Place(sheet=place[0], cell=cell_name(place[1], text.column))
        problem = _problem(text, typed, measure, at)
        if problem is not None:
            read[text.column] = _LOST
            issues.append(problem)
        elif typed is not None:
            read[text.column] = Figure(typed.value, typed.state, typed.bound)
            issues += _remarks(text, typed, at)
    issues += _gathered(texts, read, place)
    planned = {
        text.column: (text.typed.planned, str(text.raw).strip())
        for text in texts
        if text.typed is not None and text.typed.planned is not None
    }
    return RowFigures(read, tuple(issues), planned)


def _settled(text: CellText, certain: Sequence[Decimal], habits: ColumnHabits) -> CellText:
    """Return a text with its ambiguity decided; one against the habit of its column is doubtful."""
    typed = text.typed
    if typed is None or (typed.other is None and typed.writing is None):
        return text
    habit = habits.of(text.column)
    if typed.other is not None:
        return text._replace(typed=settle(typed, certain, habit))
    breaks = habit.writing not in (None, typed.writing)
    return text._replace(typed=typed._replace(doubtful=typed.doubtful or breaks))


def habit_of(rows: Sequence[Sequence[Cell]], column: int) -> Habit:
    """Return how the cells of a column write decimals, from those that leave no doubt."""
    commas = points = whole = broken = 0
    for row in rows:
        cell = row[column] if column < len(row) else None
        if isinstance(cell, str):
            writing = parse_typed(cell).writing
            commas += writing is Writing.COMMA
            points += writing is Writing.POINT
        elif isinstance(cell, float):
            whole += cell.is_integer()
            broken += not cell.is_integer()
    writing = None if commas == points else Writing.COMMA if commas > points else Writing.POINT
    decimals = True if broken > whole else False if whole and not broken else None
    return Habit(writing, decimals)


def _problem(text: CellText, typed: Typed | None, measure: str, at: Place) -> Issue | None:
    """Return why a cell gives no figure, None when it gives one."""
    raw = text.raw
    if isinstance(raw, dt.date):
        meant = f"{raw.day}/{raw.month} hoặc {raw.day}-{raw.month}"
        return issue(Code.NUMBER_IS_DATE, at, value=raw.strftime("%d/%m/%Y"), meant=meant)
    if typed is None or typed.state is State.UNREADABLE:
        value = ("ĐÚNG" if raw else "SAI") if isinstance(raw, bool) else str(raw).strip()
        if value.upper() in _ERRORS:
            return issue(Code.NUMBER_IS_ERROR, at, value=value)
        is_ditto = _DITTO.fullmatch(tidy(value)) is not None
        return issue(Code.NUMBER_IS_DITTO if is_ditto else Code.NUMBER_UNREADABLE, at, value=value)
    if typed.percent and not is_share(measure):
        return issue(Code.PERCENT_NOT_FIGURE, at, value=raw, measure=measure)
    if typed.unit and _is_other_measure(typed.unit, measure):
        return issue(Code.MEASURE_IN_CELL, at, value=raw, measure=measure)
    return None


def _is_other_measure(unit: str, measure: str) -> bool:
    """Whether the words behind a number name another measure than the row's."""
    likeness = compare_measures(unit, measure)
    if likeness is Likeness.UNKNOWN:
        return is_measure(unit)
    return likeness is Likeness.DIFFERENT_SCALE


def _remarks(text: CellText, typed: Typed, at: Place) -> Iterator[Issue]:
    """Yield what has to be said about a figure that was read."""
    if typed.value is None:
        return
    read = vietnamese_number(typed.value)
    if typed.doubtful:
        yield issue(Code.NUMBER_DOUBTFUL, at, value=text.raw, read=read)
    if typed.bound is not Bound.EXACT:
        yield issue(Code.NUMBER_ESTIMATED, at, value=text.raw, read=read)


def _gathered(
    texts: list[CellText], read: Mapping[int, Figure], place: tuple[str, int]
) -> Iterator[Issue]:
    """Yield one note for all cells of the row that merely hold a number as text, or "KPS"."""
    sheet, row = place
    plain = [
        text
        for text in texts
        if read[text.column].state is State.NUMBER
        and text.typed is not None
        and not text.typed.doubtful
        and text.typed.bound is Bound.EXACT
    ]
    if plain:
        pairs = (
            f"{cell_name(row, text.column)} '{str(text.raw).strip()}' = {vietnamese_number(value)}"
            for text in plain
            if (value := read[text.column].value) is not None
        )
        at = Place(sheet=sheet, cell=cell_name(row, plain[0].column))
        yield issue(Code.NUMBER_AS_TEXT, at, read="; ".join(pairs))
    none = [text.column for text in texts if read[text.column].state is State.NONE_OCCURRED]
    if none:
        at = Place(sheet=sheet, cell=cell_name(row, none[0]))
        cells = ", ".join(cell_name(row, column) for column in none)
        yield issue(Code.NONE_OCCURRED, at, months=cells)
