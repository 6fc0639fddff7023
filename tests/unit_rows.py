"""Units with their figures for one indicator, written as Markdown tables inside tests."""

from collections.abc import Mapping
from decimal import Decimal

from danvan_xl.files.grid import Cell
from danvan_xl.reading.figure import NO_FIGURE, NOTHING, Figure
from danvan_xl.reading.records import Unit
from danvan_xl.rollup.parts import Parts
from danvan_xl.rollup.tally import Scope, UnitFigure, rated
from danvan_xl.rollup.terms import Term
from danvan_xl.rollup.unit_totals import UnitEntry
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import Direction, MonthRule, UnitRule
from danvan_xl.vietnamese.numbers import State, TypedNumber, exact, parse_typed
from tests.sheets import grid


def scope_of(
    rule: UnitRule = UnitRule.SUM,
    *,
    direction: Direction = Direction.MORE,
    months: MonthRule = MonthRule.SUM,
    month: int = 12,
    monthly: bool = False,
) -> Scope:
    """Return the scope of the indicator K alone."""
    definition = Indicator("K", "Kinh tế", "Chỉ tiêu K", "cái", direction, months, rule)
    return Scope({"k": definition}, month, 2026, monthly=monthly)


def entries(
    markdown: str, scope: Scope, parts: Mapping[str, Parts] = NOTHING, key: str = "k"
) -> list[UnitEntry]:
    """Return the units of a table, coded A.1, A.2, …, with their figures for an indicator.

    Its columns: Đơn vị, Cấp, Năm trước, Kế hoạch, Lũy kế, T1 …, Sổ (the register the figure is
    from), Đã hết (x: the unit has ended), Sớm (the month in which its figures end). Lũy kế may say
    KAD or "trên 30"; "không có": the unit has no row for the indicator. `parts` tells by name what
    figures were rolled up from.
    """
    head, *rows = grid(markdown).rows
    return [
        _entry(number, dict(zip(head, row, strict=True)), scope, parts, key)
        for number, row in enumerate(rows, start=1)
    ]


def _entry(
    number: int, row: Mapping[Cell, Cell], scope: Scope, parts: Mapping[str, Parts], key: str
) -> UnitEntry:
    name = str(row["Đơn vị"])
    unit = Unit(f"A.{number}", name, number + 1, str(row.get("Cấp", "")))
    is_expected = not row.get("Đã hết")
    if row["Lũy kế"] == "không có":
        return UnitEntry(unit, {}, is_expected)
    typed = _typed(row["Lũy kế"])
    months = [cell for title, cell in row.items() if str(title)[:1] == "T"]
    terms = () if typed.value is None else (Term(name, "T1", typed.value, "Chỉ tiêu", "K2"),)
    figure = UnitFigure(
        key,
        plan=_number(row.get("Kế hoạch", "")),
        actual=typed.value,
        last_year=_number(row.get("Năm trước", "")),
        bound=typed.bound,
        not_applicable=typed.state is State.NOT_APPLICABLE,
        terms=terms,
        register=str(row.get("Sổ", "")),
        parts=parts.get(name),
        months=tuple(map(_month, months)),
        ends_early=int(_number(row.get("Sớm", "")) or 0),
    )
    return UnitEntry(unit, {key: rated(figure, scope)}, is_expected)


def _typed(cell: Cell) -> TypedNumber:
    if isinstance(cell, float):
        return TypedNumber(State.NUMBER, exact(cell))
    return parse_typed(str(cell))


def _number(cell: Cell) -> Decimal | None:
    return _typed(cell).value


def _month(cell: Cell) -> Figure:
    value = _number(cell)
    return NO_FIGURE if value is None else Figure(value, State.NUMBER)
