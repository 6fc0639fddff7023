"""How a figure is rated against its plan. Every comparison is exact, in Decimal."""

from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from danvan_xl.schema.options import Direction, MonthRule
from danvan_xl.vietnamese.periods import YEAR_END


class Rating(StrEnum):
    """Đánh giá, in the words printed on the report."""

    EXCEEDED = "Vượt"
    REACHED = "Đạt"
    ON_TRACK = "Đúng tiến độ"
    UNDER_WAY = "Đang thực hiện"
    BEHIND = "Chậm tiến độ"
    MISSED = "Chưa đạt"
    INCOMPLETE = "Chưa đủ báo cáo"
    NOT_REPORTED = "Chưa báo cáo"
    NOT_ASSIGNED = "Không giao"

    @property
    def is_unmet(self) -> bool:
        """Whether the figure belongs on the list of what is not reached."""
        return self in (Rating.MISSED, Rating.BEHIND)

    @property
    def is_met(self) -> bool:
        """Whether the plan is reached or passed."""
        return self in (Rating.EXCEEDED, Rating.REACHED)


_SHOWN = Decimal("0.0001")
_WIDE = Context(prec=400)
_LONGEST = 300  # a share of absurd size must still be printable; it has no decimals left to round


def rate(
    actual: Decimal | None,
    plan: Decimal | None,
    month: int,
    direction: Direction = Direction.MORE,
    month_rule: MonthRule = MonthRule.SUM,
) -> Rating:
    """The rating of a cumulative figure at the end of `month` (1 to 12)."""
    if plan is None:
        return Rating.NOT_ASSIGNED
    if actual is None:
        return Rating.NOT_REPORTED
    year_end = month == YEAR_END
    if actual == plan and not (direction is Direction.LESS and _is_flow(month_rule, year_end)):
        return Rating.REACHED
    if direction is Direction.EQUAL:
        return _open(year_end)
    if _is_flow(month_rule, year_end):
        return _rate_flow(actual, plan, month, direction)
    better = actual > plan if direction is Direction.MORE else actual < plan
    return Rating.EXCEEDED if better else _open(year_end)


def due(plan: Decimal, month: int, direction: Direction, month_rule: MonthRule) -> Decimal:
    """What is due by the end of `month`: a flow's share of the year, else the plan."""
    if direction is not Direction.EQUAL and _is_flow(month_rule, month == YEAR_END):
        return plan * month / YEAR_END
    return plan


def completion(
    actual: Decimal | None, plan: Decimal | None, direction: Direction = Direction.MORE
) -> Decimal | None:
    """The share of the plan that is done (1 = 100 %), unrounded and uncapped.

    Tăng a/p, Giảm p/a, Bằng the smaller over the larger. None where a figure is missing or the
    divisor is 0.
    """
    if actual is None or plan is None:
        return None
    if direction is Direction.EQUAL:
        if actual == plan:
            return Decimal(1)
        dividend, divisor = sorted((actual, plan), key=abs)
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


def reaches(actual: Decimal, plan: Decimal, direction: Direction) -> bool:
    """Whether a unit counts as having reached its plan (Tổng hợp = Đếm đạt)."""
    if direction is Direction.MORE:
        return actual >= plan
    return actual <= plan if direction is Direction.LESS else actual == plan


def _is_flow(month_rule: MonthRule, year_end: bool) -> bool:
    return month_rule is MonthRule.SUM and not year_end


def _open(year_end: bool) -> Rating:
    return Rating.MISSED if year_end else Rating.UNDER_WAY


def _rate_flow(actual: Decimal, plan: Decimal, month: int, direction: Direction) -> Rating:
    """Rate a flow before year end, when only a part of the plan is due."""
    elapsed, planned = actual * YEAR_END, plan * month
    if direction is Direction.LESS:
        if actual > plan:
            return Rating.MISSED
        return Rating.BEHIND if elapsed > planned else Rating.ON_TRACK
    if actual > plan:
        return Rating.EXCEEDED
    return Rating.ON_TRACK if elapsed >= planned else Rating.BEHIND
