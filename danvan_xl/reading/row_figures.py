"""The figures of a row of cells: what is certain is read, the rest is an issue at its place."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from danvan_xl.files.grid import Cell, ShownAsPercent, cell_name, is_blank
from danvan_xl.reading.figure import NO_FIGURE, NOTHING, Figure
from danvan_xl.reading.unread_cells import measure_said, problem_of, quoted
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.plans import StatedPlan
from danvan_xl.vietnamese.measures import factor_of, is_counted, is_share
from danvan_xl.vietnamese.numbers import (
    Bound,
    CellRole,
    NumberHabit,
    State,
    TypedNumber,
    Writing,
    exact,
    is_beyond_cells,
    parse_typed,
    settle,
)
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.vietnamese.privacy import Ours, Typed

_LOST = Figure(None, State.UNREADABLE)


_TINY = Decimal("0.01")  # nobody reports less of a measure; "1000đ" in triệu đồng is a slip
_HUNDRED = Decimal(100)
_AS_IT_STANDS = Decimal(1)


class Worded(str):
    """The number in a cell that says more: it shows as the whole of what is `said`.

    `is_told` tells that what it says is told, so that nobody has to say it is a text.
    """

    said: str
    is_told: bool

    def __new__(cls, number: str, said: str, *, is_told: bool) -> "Worded":
        """The number of a text."""
        made = super().__new__(cls, number)
        made.said, made.is_told = said, is_told
        return made

    def __str__(self) -> str:
        return self.said


class CellText(NamedTuple):
    """A cell that needs a second thought: text, date, boolean, or a number that is none.

    `factor` is what its words multiply it with; None where they name another measure.
    """

    column: int
    raw: Cell
    typed: TypedNumber | None
    factor: Decimal | None = _AS_IT_STANDS


class StatedShare(NamedTuple):
    """A cell that says what share of the plan its figure is, and the plan it says itself.

    `read` is what counts where that is the share and not the figure beside it.
    """

    raw: str
    share: Decimal
    value: Decimal
    bound: Bound = Bound.EXACT
    planned: Decimal | None = None
    read: Decimal | None = None


class RowFigures(NamedTuple):
    """The figures of one row by 0-based column, and what is to be said about them.

    `planned` holds the divisor where a cell says "25/24" (actual/plan), with the text as typed,
    `shares` what a cell says in percent beside its figure, `stated` the plans that say more than
    one number.
    """

    figures: Mapping[int, Figure]
    issues: tuple[Issue, ...] = ()
    planned: Mapping[int, tuple[Decimal, str]] = NOTHING
    shares: Mapping[int, StatedShare] = NOTHING
    stated: Mapping[int, StatedPlan] = NOTHING


class ColumnHabits:
    """How the columns of a table write decimals, each worked out once, when somebody asks."""

    def __init__(self, rows: Sequence[Sequence[Cell]]) -> None:
        self._rows = rows
        self._known: dict[int, NumberHabit] = {}

    def of(self, column: int) -> NumberHabit:
        """The habit of one column."""
        if column not in self._known:
            self._known[column] = number_habit_of(self._rows, column)
        return self._known[column]


def read_row(
    row: Sequence[Cell],
    columns: Sequence[int],
    place: tuple[Place, int],
    measure: str,
    habits: ColumnHabits,
    *,
    roles: Mapping[int, CellRole] = NOTHING,
    role: CellRole = CellRole.MONTH,
) -> RowFigures:
    """The figures at `columns` of one row.

    `place` is the sheet and the row number Excel shows; `habits` are those of the table's
    columns, asked only when a figure can be read in two ways. `roles` tells what single columns
    are asked for, `role` what all others are.
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
        elif type(cell) is int and not is_beyond_cells(Decimal(cell)):
            figures[column] = Figure(Decimal(cell), State.NUMBER)
        else:
            texts.append(_text_of(column, cell, measure, roles.get(column, role)))
    if not texts:
        return RowFigures(figures)
    return _with_texts(figures, texts, place, measure, habits)


def _text_of(column: int, cell: Cell, measure: str, role: CellRole) -> CellText:
    """What a text means before its row and column are asked, in the measure of its row."""
    if isinstance(cell, ShownAsPercent):
        value = exact(cell)
        shown = None if value is None else _scaled(value, _HUNDRED)
        typed = TypedNumber(State.NUMBER, shown, percent=True)
        return CellText(column, cell, None if shown is None else typed)
    if not isinstance(cell, str):
        return CellText(column, cell, None)
    typed = parse_typed(cell, role)
    factor = factor_of(typed.unit, measure) if typed.unit and not typed.percent else _AS_IT_STANDS
    if factor is None or factor == 1 or typed.value is None:
        return CellText(column, cell, typed, factor)
    if abs(typed.value * factor) < _TINY and typed.value:
        return CellText(column, cell, typed, None)
    value, other, planned, other_planned = (
        None if number is None else _scaled(number, factor)
        for number in (typed.value, typed.other, typed.planned, typed.other_planned)
    )
    scaled = typed._replace(value=value, other=other, planned=planned, other_planned=other_planned)
    return CellText(column, cell, scaled, factor)


def _scaled(value: Decimal, factor: Decimal) -> Decimal:
    """A figure times a factor, with no more digits than it was written with."""
    product = (value * factor).normalize()
    return product if int(product.as_tuple().exponent) <= 0 else Decimal(int(product))


@lru_cache(maxsize=65536)
def _plain(number: float) -> Figure | None:
    """The figure of a cell that holds a number; None for inf, nan and what is too large."""
    value = exact(number)
    return None if value is None or is_beyond_cells(value) else Figure(value, State.NUMBER)


def _with_texts(
    figures: dict[int, Figure],
    texts: list[CellText],
    place: tuple[Place, int],
    measure: str,
    habits: ColumnHabits,
) -> RowFigures:
    """Read the cells that are not plain numbers, with the certain figures of the row as support."""
    certain = [figure.value for figure in figures.values() if figure.value is not None]
    for text in texts:
        if text.typed is not None:
            known = _certain(text.typed)
            certain += [value for value in known if value is not None]
    read = dict(figures)
    issues: list[Issue] = []
    understood: list[CellText] = []
    for text in texts:
        typed = _settled(text, certain, measure, habits)
        at = place[0].at(cell_name(place[1], text.column))
        problem = problem_of(text.raw, text.typed, measure, text.factor, at)
        if problem is not None:
            read[text.column] = _LOST
            issues.append(problem)
        elif typed is not None:
            read[text.column] = Figure(typed.value, typed.state, typed.bound)
            understood.append(text._replace(typed=typed))
            issues += _remarks(text, typed, measure, at)
    issues += _gathered(understood, issues, place)
    planned = {
        text.column: (text.typed.planned, quoted(text.raw))
        for text in understood
        if text.typed is not None and text.typed.planned is not None
    }
    return RowFigures(read, tuple(issues), planned, _shares(understood, texts))


def _certain(typed: TypedNumber) -> tuple[Decimal | None, Decimal | None]:
    """The figure and the plan that a text says for certain."""
    value = typed.value if typed.other is None else None
    return value, typed.planned if typed.other_planned is None else None


def _shares(understood: Sequence[CellText], texts: Sequence[CellText]) -> dict[int, StatedShare]:
    """The shares said beside figures that were read; those of a pair in a row of % as well."""
    typed_as = {text.column: text.typed for text in texts}
    shares: dict[int, StatedShare] = {}
    for text in understood:
        typed, said = text.typed, typed_as[text.column]
        if typed is None or typed.share is None or said is None:
            continue
        pair = typed if typed.planned is not None or said.planned is None else said
        if pair.value is not None:
            shares[text.column] = StatedShare(
                raw=quoted(text.raw),
                share=typed.share,
                value=pair.value,
                bound=typed.bound,
                planned=pair.planned,
                read=None if pair is typed else typed.value,
            )
    return shares


def _settled(
    text: CellText, certain: Sequence[Decimal], measure: str, habits: ColumnHabits
) -> TypedNumber | None:
    """What a text means in its row and column, None where the cell holds none.

    Its ambiguity is decided; a text against the habit of its column is doubtful.
    """
    typed = text.typed
    if typed is None:
        return None
    if typed.share is not None and not typed.percent and is_share(measure):
        share = None if typed.planned is None else typed.share  # that of a pair is held against it
        return typed._replace(
            value=typed.share, share=share, planned=None, other=None, other_planned=None
        )
    if typed.other is None and typed.writing is None:
        return typed
    habit = habits.of(text.column)
    if typed.other is not None:
        return settle(typed, certain, habit, is_whole=is_counted(measure))
    breaks = habit.writing not in (None, typed.writing) and typed.value != _whole(typed.value)
    return typed._replace(doubtful=typed.doubtful or breaks)


def _whole(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.to_integral_value()


def number_habit_of(rows: Sequence[Sequence[Cell]], column: int) -> NumberHabit:
    """How the cells of a column write decimals, from those that leave no doubt."""
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
    return NumberHabit(writing, decimals)


def _remarks(text: CellText, typed: TypedNumber, measure: str, at: Place) -> Iterator[Issue]:
    """What has to be said about a figure that was read."""
    if typed.value is None or typed.state is not State.NUMBER:
        return
    value, read = Typed(quoted(text.raw)), typed.value
    if typed.doubtful:
        yield issue(Code.NUMBER_DOUBTFUL, at, value=value, read=read)
    if typed.bound is not Bound.EXACT:
        yield issue(Code.NUMBER_ESTIMATED, at, value=value, read=read)
    if text.factor != 1:
        yield issue(
            Code.FIGURE_CONVERTED, at, value=value, measure=measure_said(measure), read=read
        )


def _gathered(
    texts: Sequence[CellText], told: Sequence[Issue], place: tuple[Place, int]
) -> Iterator[Issue]:
    """One note for all cells of the row that merely hold a number as text, or "KPS".

    Cells of which something is `told` already are left out.
    """
    sheet, row = place
    cells = {item.place.cell for item in told}
    plain: dict[str, str] = {}
    percents: list[str] = []
    none: list[str] = []
    for text in texts:
        cell, typed = cell_name(row, text.column), text.typed
        is_told = cell in cells or (isinstance(text.raw, Worded) and text.raw.is_told)
        if typed is None or typed.value is None or is_told:
            continue
        if isinstance(text.raw, ShownAsPercent):
            percents.append(f"{cell} = {vietnamese_number(typed.value)}")
        elif typed.state is State.NUMBER:
            plain[cell] = f"'{quoted(text.raw)}' = {vietnamese_number(typed.value)}"
        elif typed.state is State.NONE_OCCURRED:
            none.append(cell)
    if plain:
        read = Typed("; ".join(f"{cell} {reading}" for cell, reading in plain.items()))
        yield issue(Code.NUMBER_AS_TEXT, sheet.at(next(iter(plain))), read=read)
    if percents:
        at = sheet.at(percents[0].partition(" ")[0])
        yield issue(Code.PERCENT_CELL_READ, at, read=Ours("; ".join(percents)))
    if none:
        at = sheet.at(none[0])
        yield issue(Code.NONE_OCCURRED, at, months=Ours(", ".join(none)))
