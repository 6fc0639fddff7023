"""The worksheet functions DV_…: on single cells and on whole ranges at once.

A range comes as rows of cells; a single cell counts for every cell of the other arguments. What
cannot be worked out is "", or a short sentence: never an exception, and a blank is never 0.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from danvan_xl.files.grid import Cell, CellRows, is_blank
from danvan_xl.rollup.rating import Edge, Rating, completion, gap, rate
from danvan_xl.schema.options import Direction, MonthRule, PlanKind
from danvan_xl.schema.plans import NO_PLAN, Plan, stated_plan
from danvan_xl.vietnamese.legacy_fonts import font_habit_of
from danvan_xl.vietnamese.measures import factor_into, is_money, magnitude
from danvan_xl.vietnamese.numbers import Bound, CellRole, State, exact, parse_typed
from danvan_xl.vietnamese.periods import YEAR_END, parse_period
from danvan_xl.vietnamese.plans import written_plan
from danvan_xl.vietnamese.text import match_key

NAMES = (
    "DV_TYLE",
    "DV_DANHGIA",
    "DV_CONTHIEU",
    "DV_SOSANH",
    "DV_TONG",
    "DV_SO",
    "DV_CHUADAT",
    "DV_UNICODE",
)
CellAnswer = str | float
_WRONG_SHAPE = "Hai vùng không cùng cỡ"
_WRONG_CHOICE = "Chọn một trong: {}"
_WRONG_MONTH = "Tháng từ 1 đến 12"
_NO_HEADER = "Vùng cần hàng tiêu đề có cột Đánh giá, hoặc cột Kế hoạch và cột Thực hiện (Lũy kế)"
_SEVERAL_MEASURES = "Các ô ghi tiền bằng nhiều đơn vị"
_FIRST_OF_MONEY = 1_000_000  # "triệu", "tỷ" without more are of money
_NONE_UNMET = "Không có chỉ tiêu chưa đạt"
_DIRECTIONS = {match_key(item.value): item for item in Direction}
_RULES = {match_key(item.value): item for item in MonthRule}
_UNMET = frozenset(match_key(item.value) for item in Rating if item.is_unmet)
_RATING, _PLAN = match_key("Đánh giá"), match_key("Kế hoạch")
_ACTUALS = tuple(map(match_key, ("Thực hiện", "Lũy kế", "Kết quả")))
_DIRECTION, _RULE = match_key("Chiều"), match_key("Cộng kỳ")
_DUE = match_key("Phải đạt đến kỳ")


def figure_of_cell(cell: Cell, role: CellRole = CellRole.MONTH) -> Decimal | None:
    """The figure a cell says, KPS and "-" being 0; None for blank, KAD, and what is no figure.

    "-" where a plan belongs is none; "2 trăm" and "3 vạn" are 200 and 30.000, money is in the
    measure that stands behind it.
    """
    if isinstance(cell, bool) or is_blank(cell):
        return None
    if isinstance(cell, int | float):
        return exact(float(cell))
    if not isinstance(cell, str):
        return None
    typed = parse_typed(cell, role)
    if typed.state not in (State.NUMBER, State.NONE_OCCURRED):
        return None
    if typed.value is None:
        return None
    return typed.value / 100 if typed.percent else typed.value * _times(typed.unit)


def _times(words: str) -> int:
    """What "trăm" or "nghìn hộ" multiplies a number with; money stays in the measure it says."""
    found = None if is_money(words) else magnitude(words)
    return found[0] if found is not None and found[0] < _FIRST_OF_MONEY else 1


def _measure_of_money(cell: Cell) -> str:
    """The measure of money a text says, by its size; "" for none."""
    typed = parse_typed(cell) if isinstance(cell, str) else None
    factor = factor_into("đồng", typed.unit) if typed is not None and typed.unit else None
    return "" if factor is None else f"{factor}"


def bound_of_cell(cell: Cell) -> Bound:
    """How the estimate of a cell stands to the true figure: "trên 30", "gần 30"."""
    return parse_typed(cell).bound if isinstance(cell, str) else Bound.EXACT


def plan_of_cell(cell: Cell, way: Direction) -> Plan:
    """The plan a cell says, by Chiều; words that say no one number are not known."""
    if not isinstance(cell, str) or is_blank(cell):
        return Plan(figure_of_cell(cell, CellRole.PLAN))
    apart = written_plan(cell, "%" if "%" in cell else "")
    is_none = parse_typed(cell, CellRole.PLAN).state not in (State.UNREADABLE, State.NUMBER)
    if apart.is_not_given or (is_none and apart.doubt is None):
        return NO_PLAN
    value, upper = (figure_of_cell(part, CellRole.PLAN) for part in (apart.number, apart.upper))
    plan = stated_plan(apart, value, upper, cell).by(way)
    return plan if plan.is_given else Plan(None, PlanKind.UNKNOWN, cell)


_WHOLE, _CERTAIN = 1, 10  # 0,95 may be a share as Excel keeps it; 80 beside "95%" is in percent


def _pair(actual: Cell, plan: Cell, way: Direction) -> tuple[Decimal | None, Plan]:
    """The figure and the plan of two cells, in one measure.

    A text in percent is kept as 0,95 like any share. Beside a number above 10 it is in percent, as
    in rows of %; beside another one above 1 nobody knows.
    """
    figure, planned = figure_of_cell(actual), plan_of_cell(plan, way)
    is_share = isinstance(actual, str) and parse_typed(actual).percent
    is_planned_share = isinstance(plan, str) and "%" in plan
    if figure is None or planned.value is None or is_share is is_planned_share:
        return figure, planned
    number = abs(figure if is_planned_share else planned.value)
    if number <= _WHOLE:
        return figure, planned
    if number <= _CERTAIN:
        return figure, Plan(None, PlanKind.UNKNOWN, str(plan))
    if is_planned_share:
        return figure, planned._replace(value=planned.value * 100)
    return figure * 100, planned


def share(actual: CellRows, plan: CellRows, direction: CellRows) -> list[list[CellAnswer]]:
    """DV_TYLE: the share of the plan that is done (1 is 100 %)."""

    def one(cells: Sequence[Cell]) -> CellAnswer:
        way = _choice(cells[2], _DIRECTIONS, Direction.MORE)
        if not isinstance(way, Direction):
            return str(way)
        figure, planned = _pair(cells[0], cells[1], way)
        return _shown(completion(figure, planned.value, way))

    return _each(one, actual, plan, direction)


def rating(
    actual: CellRows,
    plan: CellRows,
    month: CellRows,
    direction: CellRows,
    rule: CellRows,
    due: CellRows,
) -> list[list[CellAnswer]]:
    """DV_DANHGIA: the rating at the end of a month, in the words of the report.

    `due` is what a phased plan asks by then; blank where there is none.
    """

    def one(cells: Sequence[Cell]) -> CellAnswer:
        way = _choice(cells[3], _DIRECTIONS, Direction.MORE)
        how = _choice(cells[4], _RULES, MonthRule.SUM)
        until = _month(cells[2])
        if not isinstance(way, Direction):
            return str(way)
        if not isinstance(how, MonthRule):
            return str(how)
        if until is None:
            return _WRONG_MONTH
        found = _rate(cells[0], cells[1], cells[5], month=until, way=way, how=how)
        return found.value

    return _each(one, actual, plan, month, direction, rule, due)


def _rate(
    actual: Cell, plan: Cell, due: Cell, *, month: int, way: Direction, how: MonthRule
) -> Rating:
    figure, planned = _pair(actual, plan, way)
    edge = Edge(planned.kind, figure_of_cell(due), bound_of_cell(actual))
    return rate(figure, planned.value, month, way, how, edge=edge)


def missing(actual: CellRows, plan: CellRows, direction: CellRows) -> list[list[CellAnswer]]:
    """DV_CONTHIEU: how much is still missing; 0 where the plan is reached, "" where unknown."""

    def one(cells: Sequence[Cell]) -> CellAnswer:
        way = _choice(cells[2], _DIRECTIONS, Direction.MORE)
        if not isinstance(way, Direction):
            return str(way)
        figure, planned = _pair(cells[0], cells[1], way)
        return _shown(gap(figure, planned.value, way))

    return _each(one, actual, plan, direction)


def growth(now: CellRows, before: CellRows) -> list[list[CellAnswer]]:
    """DV_SOSANH: this year over last year (1 is 100 %)."""

    def one(cells: Sequence[Cell]) -> CellAnswer:
        this, last = figure_of_cell(cells[0]), figure_of_cell(cells[1])
        return _shown(this / last) if this is not None and last else ""

    return _each(one, now, before)


def total(cells: CellRows) -> CellAnswer:
    """DV_TONG: the sum of what people typed; "" where nobody has typed a figure."""
    figures = [
        figure for row in cells for cell in row if (figure := figure_of_cell(cell)) is not None
    ]
    if len({_measure_of_money(cell) for row in cells for cell in row} - {""}) > 1:
        return _SEVERAL_MEASURES
    return float(sum(figures, Decimal(0))) if figures else ""


def numbers(cells: CellRows) -> list[list[CellAnswer]]:
    """DV_SO: the number a text says."""
    return _each(lambda one: _shown(figure_of_cell(one[0])), cells)


def unicode_text(cells: CellRows) -> list[list[CellAnswer]]:
    """DV_UNICODE: text in old fonts (TCVN3, VNI) as Unicode; figures stay."""
    habit = font_habit_of(cell for row in cells for cell in row if isinstance(cell, str))

    def one(cell: Sequence[Cell]) -> CellAnswer:
        value = cell[0]
        if isinstance(value, str):
            return habit.to_unicode(value)
        return (
            "" if value is None else float(value) if isinstance(value, int | float) else str(value)
        )

    return _each(one, cells)


def unmet(table: CellRows) -> list[list[Cell]]:
    """DV_CHUADAT: the header and the rows of a table that are rated unmet.

    Rated are they by the table's own column Đánh giá; where it is blank, or there is none, by the
    other columns: by what is due where these say it, else as at the year's end.
    """
    header = next((at for at, row in enumerate(table) if _columns(row)), None)
    if header is None:
        return [[_NO_HEADER]]
    columns = _columns(table[header])
    rows = [row for row in table[header + 1 :] if _is_unmet(row, columns)]
    if not rows:
        return [[_NONE_UNMET]]
    return [["" if cell is None else cell for cell in row] for row in (table[header], *rows)]


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    """The columns a row of headers names, if they are enough to tell what is unmet."""
    named = [(match_key(cell), at) for at, cell in enumerate(row) if isinstance(cell, str)]
    keys = dict(reversed(named))
    actual = next((keys[name] for name in _ACTUALS if name in keys), None)
    found = {"rating": keys[_RATING]} if _RATING in keys else {}
    if _PLAN not in keys or actual is None:
        return found
    found |= {"plan": keys[_PLAN], "actual": actual}
    others = {"direction": _DIRECTION, "rule": _RULE, "due": _DUE}
    return found | {name: keys[key] for name, key in others.items() if key in keys}


def _is_unmet(row: Sequence[Cell], columns: dict[str, int]) -> bool:
    stated = row[columns["rating"]] if "rating" in columns else None
    if not is_blank(stated) or "plan" not in columns:
        return match_key(str(stated or "")) in _UNMET
    said = {name: row[at] for name, at in columns.items()}
    way = _choice(said.get("direction"), _DIRECTIONS, Direction.MORE)
    how = _choice(said.get("rule"), _RULES, MonthRule.SUM)
    if not isinstance(way, Direction) or not isinstance(how, MonthRule):
        return False
    due = said.get("due")
    month = YEAR_END if figure_of_cell(due) is None else YEAR_END - 1
    return _rate(said["actual"], said["plan"], due, month=month, way=way, how=how).is_unmet


def _each(one: Callable[[Sequence[Cell]], CellAnswer], *ranges: CellRows) -> list[list[CellAnswer]]:
    """A function of one cell of each range for every cell; a single cell counts for all."""
    height = max(len(rows) for rows in ranges)
    width = max((len(rows[0]) if rows else 0) for rows in ranges)
    if any(not _fits(rows, height, width) for rows in ranges):
        return [[_WRONG_SHAPE]]
    wide = [_stretched(rows, height, width) for rows in ranges]
    return [
        [one(cells) for cells in zip(*(rows[at] for rows in wide), strict=True)]
        for at in range(height)
    ]


def _fits(rows: CellRows, height: int, width: int) -> bool:
    shape = len(rows), len(rows[0]) if rows else 0
    return shape in ((height, width), (1, 1))


def _stretched(rows: CellRows, height: int, width: int) -> list[Sequence[Cell]]:
    if len(rows) == height and len(rows[0]) == width:
        return list(rows)
    return [[rows[0][0]] * width for _ in range(height)]


def _choice(cell: Cell, choices: dict[str, Any], default: Any) -> Any:
    """The choice a cell names, the default where it is blank, else what to choose from."""
    if is_blank(cell):
        return default
    found = choices.get(match_key(str(cell)))
    return found or _WRONG_CHOICE.format(", ".join(item.value for item in choices.values()))


def _month(cell: Cell) -> int | None:
    """The last month that counts: 6, "6", "Tháng 6", "Quý II"; the whole year when blank."""
    if is_blank(cell):
        return YEAR_END
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return int(cell) if cell in range(1, YEAR_END + 1) else None
    period = parse_period(str(cell))
    return period.month if period else None


def _shown(value: Decimal | None) -> CellAnswer:
    return "" if value is None else float(value)
