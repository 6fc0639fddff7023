"""How a figure is rated against its plan. Every comparison is exact, in Decimal."""

from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from typing import NamedTuple

from danvan_xl.schema.options import STRICT, Direction, MonthRule, PlanKind
from danvan_xl.vietnamese.numbers import Bound
from danvan_xl.vietnamese.periods import YEAR_END


class Rating(StrEnum):
    """Đánh giá, in the words printed on the report."""

    EXCEEDED = "Vượt"
    REACHED = "Đạt"
    ON_TRACK = "Đúng tiến độ"
    WITHIN = "Trong mức"
    UNDER_WAY = "Đang thực hiện"
    AT_RISK = "Có nguy cơ vượt"
    BEHIND = "Chậm tiến độ"
    MISSED = "Chưa đạt"
    INCOMPLETE = "Chưa đủ báo cáo"
    NOT_REPORTED = "Chưa báo cáo"
    PLAN_UNKNOWN = "Không rõ kế hoạch"
    NOT_ASSIGNED = "Không giao"

    @property
    def is_unmet(self) -> bool:
        """Whether the figure belongs on the list of what is not reached."""
        return self in (Rating.MISSED, Rating.BEHIND, Rating.AT_RISK)

    @property
    def is_met(self) -> bool:
        """Whether the plan is reached or passed."""
        return self in (Rating.EXCEEDED, Rating.REACHED)

    @property
    def is_on_course(self) -> bool:
        """Whether the plan is reached, or nothing is behind so far."""
        return self.is_met or self in (Rating.ON_TRACK, Rating.WITHIN)

    @property
    def is_judged(self) -> bool:
        """Whether it says how a figure stands to its plan; other words say why none does."""
        return self.is_on_course or self.is_unmet or self is Rating.UNDER_WAY


# What the formulas of a sheet show for a rating that only the program can tell.
SEE_SUMMARY = "Xem tổng hợp"


class Edge(NamedTuple):
    """What decides beside the two figures.

    `kind` is how the plan is meant. `due` is what a phased plan asks by the month, None where there
    is none; of a stock it is given only where the plan names exactly this period. `bound` tells of
    an estimate, whose word decides where the number itself equals the plan or what is due.
    """

    kind: PlanKind = PlanKind.PLAIN
    due: Decimal | None = None
    bound: Bound = Bound.EXACT


PLAIN = Edge()
_SHOWN = Decimal("0.0001")
_WIDE = Context(prec=400)
_LONGEST = 300  # a share of absurd size must still be printable; it has no decimals left to round


def rate(
    actual: Decimal | None,
    plan: Decimal | None,
    month: int,
    direction: Direction = Direction.MORE,
    month_rule: MonthRule = MonthRule.SUM,
    *,
    edge: Edge = PLAIN,
) -> Rating:
    """The rating of a cumulative figure at the end of `month` (1 to 12)."""
    if edge.kind is PlanKind.UNKNOWN:
        return Rating.PLAN_UNKNOWN
    if plan is None or actual is None:
        return Rating.NOT_ASSIGNED if plan is None else Rating.NOT_REPORTED
    is_open = month < YEAR_END
    better = _better(actual, plan, direction, edge)
    if is_open and direction is Direction.LESS and month_rule is MonthRule.SUM:
        # It only rises: above the plan it stays so, and below nothing is kept yet.
        return Rating.MISSED if better < 0 else _by_pace(actual, plan, month, direction, edge)
    if better >= 0:  # by how much "trên N" passes the plan N nobody says
        return Rating.EXCEEDED if better and actual != plan else Rating.REACHED
    if is_open and direction is not Direction.EQUAL and has_pace(month_rule, edge):
        return _by_pace(actual, plan, month, direction, edge)
    return Rating.UNDER_WAY if is_open else Rating.MISSED


def has_pace(month_rule: MonthRule, edge: Edge = PLAIN) -> bool:
    """Whether something is due before the year ends: of a flow, or where a phased plan says so."""
    return month_rule is MonthRule.SUM or edge.due is not None


def due(
    plan: Decimal,
    month: int,
    direction: Direction,
    month_rule: MonthRule,
    *,
    edge: Edge = PLAIN,
) -> Decimal:
    """What is due by the end of `month`: of a flow its phased plan or a share of the year.

    Of anything else the plan, or the phased plan of exactly this period.
    """
    if direction is Direction.EQUAL or month == YEAR_END:
        return plan
    if edge.due is not None:
        return edge.due
    return plan * month / YEAR_END if month_rule is MonthRule.SUM else plan


def due_before_end(
    plan: Decimal | None,
    month: int,
    direction: Direction,
    month_rule: MonthRule,
    edge: Edge = PLAIN,
) -> Decimal | None:
    """What a figure is held against by the end of `month`, None where nothing is due by then."""
    is_due = month == YEAR_END or (direction is not Direction.EQUAL and has_pace(month_rule, edge))
    if plan is None or not is_due:
        return None
    return due(plan, month, direction, month_rule, edge=edge)


def completion(
    actual: Decimal | None, plan: Decimal | None, direction: Direction = Direction.MORE
) -> Decimal | None:
    """The share of the plan that is done (1 = 100 %), unrounded and uncapped.

    Tăng a/p, Giảm p/a, Bằng the smaller over the larger. None where a figure is missing or below
    0, or the divisor is 0.
    """
    if actual is None or plan is None or actual < 0 or plan < 0:
        return None
    if direction is Direction.EQUAL:
        if actual == plan:
            return Decimal(1)
        dividend, divisor = sorted((actual, plan))
    else:
        dividend, divisor = (actual, plan) if direction is Direction.MORE else (plan, actual)
    return dividend / divisor if divisor else None


def gap(
    actual: Decimal | None, plan: Decimal | None, direction: Direction = Direction.MORE
) -> Decimal | None:
    """How much is still missing, for "Giảm" how much there is too much; 0 where none is.

    None where a figure is missing.
    """
    if actual is None or plan is None:
        return None
    if direction is Direction.EQUAL:
        return abs(actual - plan)
    return max(plan - actual if direction is Direction.MORE else actual - plan, Decimal(0))


def shown(share: Decimal | None) -> Decimal | None:
    """A share as it is printed: half-up to 2 decimals of a percent (1.0417 = 104,17%)."""
    if share is None or share.adjusted() >= _LONGEST:
        return share
    return share.quantize(_SHOWN, ROUND_HALF_UP, _WIDE)


def reaches(actual: Decimal, plan: Decimal, direction: Direction, edge: Edge = PLAIN) -> bool:
    """Whether a unit counts as having reached its plan (Tổng hợp = Đếm đạt)."""
    return _better(actual, plan, direction, edge) >= 0


def _better(actual: Decimal, goal: Decimal, direction: Direction, edge: Edge) -> int:
    """Whether a figure is on the good side of a goal (1), at it (0) or on the bad one (-1).

    At it the word of an estimate decides, then that of the plan. Of "Bằng" no side is good.
    """
    if actual != goal:
        above = 1 if actual > goal else -1
    elif edge.bound in _SIDES:
        above = _SIDES[edge.bound]
    else:
        return -1 if edge.kind in STRICT else 0
    if direction is Direction.EQUAL:
        return -1
    return above if direction is Direction.MORE else -above


def _by_pace(
    actual: Decimal, plan: Decimal, month: int, direction: Direction, edge: Edge
) -> Rating:
    """The rating by what is due; only the plan itself is ever strict, a point on the way is not."""
    wanted = due(plan, month, direction, MonthRule.SUM, edge=edge)
    if actual == wanted and edge.kind in STRICT:
        edge = edge._replace(kind=PlanKind.PLAIN)
    return _PACES[direction][_better(actual, wanted, direction, edge) >= 0]


_SIDES = {Bound.AT_LEAST: 1, Bound.AT_MOST: -1}
# By Chiều: behind what is due, and not.
_PACES = {
    Direction.MORE: (Rating.BEHIND, Rating.ON_TRACK),
    Direction.LESS: (Rating.AT_RISK, Rating.WITHIN),
}
