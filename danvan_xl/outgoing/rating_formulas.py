"""The native formula of column Đánh giá: the table of `rollup.rating`, or "Xem tổng hợp".

What only the core can read or decide (words in a plan, an estimate, a figure typed as a share) is
left to the summary: a sheet shows the right rating or says where it stands.
"""

from danvan_xl.outgoing.row_cells import RowCells
from danvan_xl.rollup.rating import SEE_SUMMARY, Rating
from danvan_xl.schema.info_form import MONTH
from danvan_xl.schema.options import Direction, MonthRule
from danvan_xl.schema.sheets import PHASED_NAMES
from danvan_xl.vietnamese.periods import YEAR_END
from danvan_xl.vietnamese.text import tidy

NOT_GIVEN = ("", "-", "KAD", "x")


def says_words(plan: object) -> bool:
    """Whether a plan's cell says words of which formulas read no number."""
    return isinstance(plan, str) and tidy(plan) not in NOT_GIVEN


def rating_formula(at: RowCells, unread: str) -> str:
    """Đánh giá of a row; "" in one that names no indicator.

    `unread` is the test whether its months hold what only the core can read.
    """
    actual, plan = at["cumulative"], at["plan"]
    not_given = ",".join(f'TRIM({plan})="{mark}"' for mark in NOT_GIVEN)
    unclear = [unread, f"ISTEXT({plan})"]
    if at.has(*PHASED_NAMES):
        phases = ",".join(at[name] for name in PHASED_NAMES)
        unclear.append(f"COUNTA({phases})>COUNT({phases})")
    return (
        f'IF({at["indicator"]}="","",'
        f'IF(OR({not_given}),"{Rating.NOT_ASSIGNED}",'
        f'IF(OR({",".join(unclear)}),"{SEE_SUMMARY}",'
        f'IF(NOT(ISNUMBER({actual})),"{Rating.NOT_REPORTED}",'
        f"{_rated(at, actual, plan)}))))"
    )


def difference(actual: str, goal: str, plan: str) -> str:
    """Actual less goal, relative to their size, without the noise of binary fractions."""
    return f"ROUND(({actual}-{goal})/MAX(ABS({actual}),ABS({plan}),1),14)"


def _rated(at: RowCells, actual: str, plan: str) -> str:
    """The rating of two numbers, up to the last month that counts."""
    rule = at["month_rule"]
    stocks = (f'{rule}="{name}"' for name in MonthRule if name is not MonthRule.SUM)
    is_stock = f"OR({','.join(stocks)})"
    less = f'{at["direction"]}="{Direction.LESS}"'
    equal = f'{at["direction"]}="{Direction.EQUAL}"'
    only_rises = f"AND({less},NOT({is_stock}),{MONTH}<{YEAR_END})"
    above_plan = difference(actual, plan, plan)
    has_pace, wanted = _pace(at, plan, is_stock)
    behind = f"{difference(actual, wanted, plan)}*IF({less},-1,1)<0"
    return (
        f'IF(AND({only_rises},{above_plan}>0),"{Rating.MISSED}",'
        f'IF(AND(NOT({only_rises}),{above_plan}=0),"{Rating.REACHED}",'
        f"IF(AND(NOT({only_rises}),NOT({equal}),({above_plan}<0)=({less})),"
        f'"{Rating.EXCEEDED}",'
        f'IF({MONTH}={YEAR_END},"{Rating.MISSED}",'
        f'IF(OR({equal},NOT({has_pace})),"{Rating.UNDER_WAY}",'
        f'IF({behind},IF({less},"{Rating.AT_RISK}","{Rating.BEHIND}"),'
        f'IF({less},"{Rating.WITHIN}","{Rating.ON_TRACK}")))))))'
    )


def _pace(at: RowCells, plan: str, is_stock: str) -> tuple[str, str]:
    """Whether something is due before the year ends, and what.

    Of a stock it is the phased plan of exactly this period.
    """
    even = f"{plan}*{MONTH}/{YEAR_END}"
    if not at.has(*PHASED_NAMES):
        return f"NOT({is_stock})", even
    cells = ",".join(at[name] for name in PHASED_NAMES)
    exactly = '""'
    for name, month in PHASED_NAMES.items():
        exactly = f"IF(AND({MONTH}={month},ISNUMBER({at[name]})),{at[name]},{exactly})"
    has_pace = f"OR(NOT({is_stock}),ISNUMBER({exactly}))"
    wanted = f"IF(COUNT({cells})=0,{even},IF({is_stock},N({exactly}),{_between(at, plan)}))"
    return has_pace, wanted


def _between(at: RowCells, plan: str) -> str:
    """What phased plans ask by the month: on straight lines from point to point."""
    month_before, plan_before = "0", "0"
    for name, month in PHASED_NAMES.items():
        known = f"AND({MONTH}>={month},ISNUMBER({at[name]}))"
        month_before = f"IF({known},{month},{month_before})"
        plan_before = f"IF({known},{at[name]},{plan_before})"
    month_after, plan_after = f"{YEAR_END}", plan
    for name, month in reversed(PHASED_NAMES.items()):
        known = f"AND({MONTH}<{month},ISNUMBER({at[name]}))"
        month_after = f"IF({known},{month},{month_after})"
        plan_after = f"IF({known},{at[name]},{plan_after})"
    rise = f"({plan_after}-{plan_before})*({MONTH}-{month_before})"
    return f"{plan_before}+{rise}/({month_after}-{month_before})"
