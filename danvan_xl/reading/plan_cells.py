"""Cells that say a plan: their words are taken apart, their number is read like any other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from danvan_xl.files.grid import Cell
from danvan_xl.reading.figure import NO_FIGURE, NOTHING, Figure
from danvan_xl.reading.row_figures import ColumnHabits, RowFigures, Worded, read_row
from danvan_xl.reading.unread_cells import measure_said, quoted
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import Direction
from danvan_xl.schema.plans import StatedPlan, stated_plan
from danvan_xl.vietnamese.numbers import CellRole, State
from danvan_xl.vietnamese.plans import PlanDoubt, WrittenPlan, written_plan
from danvan_xl.vietnamese.privacy import Ours, Typed

_NOT_KNOWN = Figure(None, State.UNREADABLE)
_NOT_GIVEN = Figure(None, State.NOT_GIVEN)


def read_plans(
    row: Sequence[Cell],
    columns: Sequence[int],
    plans: Iterable[int],
    place: tuple[Place, int],
    measure: str,
    habits: ColumnHabits,
    roles: Mapping[int, CellRole] = NOTHING,
) -> RowFigures:
    """The figures at `columns` of one row, of which those at `plans` may be said in words.

    The others are as for `read_row`; without `roles` all columns are of plans.
    """
    read_as = partial(read_row, roles=roles, role=CellRole.PLAN)
    written = _written(row, plans, measure)
    if not written:
        return read_as(row, columns, place, measure, habits)
    numbers = {column: (apart, apart.number) for column, apart in written.items()}
    read = read_as(_replaced(row, numbers), columns, place, measure, habits)
    ends = {column: (apart, apart.upper) for column, apart in written.items() if apart.upper}
    upper = read_as(_replaced(row, ends), list(ends), place, measure, habits)
    figures = dict(read.figures)
    stated: dict[int, StatedPlan] = {}
    for column, apart in written.items():
        if apart.is_not_given:
            figures[column] = _NOT_GIVEN
            continue
        value, end = figures[column].value, upper.figures.get(column, NO_FIGURE).value
        if apart.doubt is None and value is None:
            continue  # what is wrong with its number is told
        plan = stated_plan(apart, value, end, quoted(row[column]))
        if plan.word or plan.doubt or plan.upper is not None:
            stated[column] = plan
        if plan.doubt is not None:
            figures[column] = _NOT_KNOWN
    planned = {column: said for column, said in read.planned.items() if column not in written}
    return read._replace(figures=figures, stated=stated, planned=planned)


def plan_remarks(
    stated: StatedPlan, direction: Direction, field: str, measure: str, at: Place
) -> Iterator[Issue]:
    """What has to be said about a plan in column `field`, its row's Chiều and ĐVT known."""
    said = {"field": Ours(field), "value": Typed(stated.text)}
    if stated.doubt is PlanDoubt.PERCENT:
        measured = measure_said(measure) if measure else Ours("(ĐVT để trống)")
        yield issue(Code.PLAN_IS_PERCENT, at, **said, measure=measured)
    elif stated.doubt is not None:
        yield issue(_DOUBTS[stated.doubt], at, **said)
    elif stated.is_against(direction):
        yield issue(Code.PLAN_AGAINST_DIRECTION, at, **said, direction=Ours(direction.value))
    elif stated.upper is not None and (used := stated.by(direction).value) is not None:
        yield issue(Code.PLAN_IS_RANGE, at, **said, read=used)


_DOUBTS = {
    PlanDoubt.NO_NUMBER: Code.PLAN_WITHOUT_NUMBER,
    PlanDoubt.CHANGE: Code.PLAN_IS_CHANGE,
    PlanDoubt.EACH: Code.PLAN_FOR_EACH,
    PlanDoubt.SEVERAL: Code.PLAN_OF_SEVERAL,
    PlanDoubt.WORDS: Code.PLAN_WORDS_UNKNOWN,
}


def _written(row: Sequence[Cell], columns: Iterable[int], measure: str) -> dict[int, WrittenPlan]:
    """The plans of a row that say more than a figure does, by column."""
    written: dict[int, WrittenPlan] = {}
    for column in columns:
        cell = row[column] if 0 <= column < len(row) else None
        if isinstance(cell, str) and cell:
            apart = written_plan(cell, measure)
            if apart != WrittenPlan(cell):
                written[column] = apart
    return written


def _replaced(row: Sequence[Cell], texts: Mapping[int, tuple[WrittenPlan, str]]) -> list[Cell]:
    """The row with a part of some texts in their place, "" for none."""
    cells = list(row)
    for column, (apart, part) in texts.items():
        said, is_told = str(row[column]), bool(apart.word or apart.upper)
        cells[column] = Worded(part, said, is_told=is_told) if part else ""
    return cells
