"""The native formulas of the workbook, as text without the leading "=".

They say what `rules`, `rating` and `tally` say, for the officer who has nothing but a spreadsheet.
Only functions that Excel 2013, LibreOffice and WPS all know are used, and nothing that must be
entered with a special key. The text depends on nothing but where columns and rows stand, so that a
received workbook can be held against it.

Of text among the months they read KPS (0) and what leaves a month out (KAD, x, -). Where they meet
other text ("trên 30"), which only the core can read, they show nothing rather than a wrong figure.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from danvan_xl.outgoing.register_formulas import (
    Derivation,
    empty_formula,
    month_formula,
    total_formula,
    words_formula,
)
from danvan_xl.rollup.rating import Rating
from danvan_xl.schema.options import Direction, MonthRule
from danvan_xl.schema.sheets import MONTH_NAMES
from danvan_xl.vietnamese.periods import YEAR_END

# The defined name under which every sheet finds the last month of the reporting period.
MONTH = "DV_THANG"
NONE_OCCURRED = "KPS"
NOT_APPLICABLE = ("KAD", "x", "-")

ColumnLetters = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _RowCells:
    """The cells of one row, by column name; KeyError where the sheet has no such column."""

    number: int
    letters: ColumnLetters

    def __getitem__(self, name: str) -> str:
        return f"{self.letters[name]}{self.number}"

    def fixed(self, name: str) -> str:
        """A cell whose column stays put when the formula is copied to the right."""
        return f"${self.letters[name]}{self.number}"


def expected_formulas(
    row: int,
    letters: ColumnLetters,
    source_rows: tuple[int, int] | None = None,
    derivation: Derivation | None = None,
) -> dict[str, str]:
    """The formulas of one row of sheet Chỉ tiêu by column name.

    `row` is the number Excel shows, `letters` the column letters by column name. `source_rows` are
    the rows of numerator and denominator where the indicator is a ratio (`tỷ số <mã>/<mã>`): its
    months are then formulas too. So they are where `derivation` says how each month comes from a
    register; where only a total does, it stands in Lũy kế. A formula that needs a column the sheet
    lacks is left out.
    """
    at = _RowCells(row, letters)
    builders: dict[str, Callable[[], str]] = {
        "cumulative": partial(_cumulative, at),
        "completion": partial(_completion, at),
        "rating": partial(_rating, at, (at,)),
    }
    if source_rows is not None:
        parts = _RowCells(source_rows[0], letters), _RowCells(source_rows[1], letters)
        builders["rating"] = partial(_rating, at, parts)
        builders |= {
            name: partial(_ratio, name, at, *parts) for name in (*MONTH_NAMES, "cumulative")
        }
    if derivation is not None:
        builders |= _derived(at, derivation)
    formulas: dict[str, str] = {}
    for name, build in builders.items():
        if name in letters:
            with suppress(KeyError):
                formulas[name] = build()
    return formulas


def _derived(at: _RowCells, derivation: Derivation) -> dict[str, Callable[[], str]]:
    """What builds the cells that come from a register, and those they decide."""
    source, register, measure, _ = derivation
    words, unknown = words_formula(source, register, derivation.is_monthly, measure, MONTH)

    def of_month(month: int) -> str:
        return month_formula(source, register, month, at.fixed("measure"), measure)

    def at_period_end() -> str:
        """While the register is empty, months may be typed by hand."""
        total = total_formula(source, register, at.fixed("measure"), measure, MONTH)
        return f"IF({empty_formula(register)},{_cumulative(at)},{total})"

    def unless(test: str, build: Callable[[], str]) -> Callable[[], str]:
        return lambda: f'IF({test},"",{build()})' if test else build()

    cells = {"rating": unless(words, partial(_rating, at, (at,)))}
    if not derivation.is_monthly:
        return cells | {"cumulative": at_period_end}
    cells["cumulative"] = unless(unknown, partial(_cumulative, at))
    months = enumerate(MONTH_NAMES, start=1)
    return cells | {name: partial(of_month, month) for month, name in months}


def unread_text(row: int, letters: ColumnLetters) -> str:
    """The formula that counts the months whose text only the core can read."""
    return _unread(_RowCells(row, letters))


def _unread(at: _RowCells) -> str:
    months = f"{at['t1']}:{at['t12']}"
    marks = "*".join(f'({months}<>"{mark}")' for mark in (NONE_OCCURRED, *NOT_APPLICABLE))
    in_period = f"(COLUMN({months})-COLUMN({at['t1']})<{MONTH})"
    return f'SUMPRODUCT(ISTEXT({months})*(TRIM({months})<>"")*{marks}*{in_period})'


def _cumulative(at: _RowCells) -> str:
    """Lũy kế: the months up to the period, combined by Cộng kỳ; "" when none has a figure."""
    months = f"{at['t1']}:{at['t12']}"
    so_far = f"{at['t1']}:INDEX({months},{MONTH})"
    none = f'COUNTIF({so_far},"{NONE_OCCURRED}")'
    filled = f"COUNT({so_far})+{none}"
    position = f"COLUMN({months})-COLUMN({at['t1']})"
    # LOOKUP would be shorter, but LibreOffice does not look past gaps as Excel does.
    has_figure = f'(ISNUMBER({months})+({months}="{NONE_OCCURRED}")>0)'
    last = f"SUMPRODUCT(MAX({has_figure}*({position}<{MONTH})*({position}+1)))"
    rule = at["month_rule"]
    return (
        f'IF(OR({filled}=0,{_unread(at)}>0),"",'
        f'IF({rule}="{MonthRule.LAST}",N(INDEX({months},1,{last})),'
        f'IF({rule}="{MonthRule.LARGEST}",IF({none}=0,MAX({so_far}),MAX({so_far},0)),'
        f'IF({rule}="{MonthRule.MEAN}",SUM({so_far})/({filled}),SUM({so_far})))))'
    )


def _completion(at: _RowCells) -> str:
    """Tỷ lệ: the share of the plan that is done, as printed; "" where there is none."""
    actual, plan, direction = at["cumulative"], at["plan"], at["direction"]
    return (
        f"IF(AND(ISNUMBER({actual}),ISNUMBER({plan})),"
        f'IF({direction}="{Direction.EQUAL}",'
        f"IF(AND({actual}=0,{plan}=0),1,"
        f"ROUND(IF(ABS({actual})<ABS({plan}),{actual}/{plan},{plan}/{actual}),4)),"
        f'IF({direction}="{Direction.LESS}",IF({actual}=0,"",ROUND({plan}/{actual},4)),'
        f'IF({plan}=0,"",ROUND({actual}/{plan},4)))),"")'
    )


def _rating(at: _RowCells, typed: tuple[_RowCells, ...]) -> str:
    """Đánh giá: the table of `rating.rate`; "" in a row that names no indicator.

    `typed` are the rows whose months decide whether something was reported.
    """
    actual, plan, direction, rule = (
        at[name] for name in ("cumulative", "plan", "direction", "month_rule")
    )
    stocks = (f'{rule}="{name}"' for name in MonthRule if name is not MonthRule.SUM)
    is_stock = f"OR({','.join(stocks)})"
    unread = "+".join(map(_unread, typed))
    above_plan = _difference(actual, plan, plan)
    above_due = _difference(actual, f"{plan}*{MONTH}/{YEAR_END}", plan)
    less = f'{direction}="{Direction.LESS}"'
    equal = f'{direction}="{Direction.EQUAL}"'
    flow_of_less = (
        f'IF({above_plan}>0,"{Rating.MISSED}",'
        f'IF({above_due}>0,"{Rating.AT_RISK}","{Rating.WITHIN}"))'
    )
    still_open = (
        f'IF({MONTH}={YEAR_END},"{Rating.MISSED}",'
        f'IF(OR({equal},{is_stock}),"{Rating.UNDER_WAY}",'
        f'IF({above_due}<0,"{Rating.BEHIND}","{Rating.ON_TRACK}")))'
    )
    return (
        f'IF({at["indicator"]}="","",'
        f'IF(NOT(ISNUMBER({plan})),"{Rating.NOT_ASSIGNED}",'
        f'IF(NOT(ISNUMBER({actual})),IF({unread}=0,"{Rating.NOT_REPORTED}",""),'
        f"IF(AND({less},NOT({is_stock}),{MONTH}<{YEAR_END}),{flow_of_less},"
        f'IF({above_plan}=0,"{Rating.REACHED}",'
        f'IF(AND(NOT({equal}),({above_plan}<0)=({less})),"{Rating.EXCEEDED}",'
        f"{still_open}))))))"
    )


def _difference(actual: str, goal: str, plan: str) -> str:
    """Actual less goal, relative to their size, without the noise of binary fractions."""
    return f"ROUND(({actual}-{goal})/MAX(ABS({actual}),ABS({plan}),1),14)"


def _ratio(name: str, at: _RowCells, numerator: _RowCells, denominator: _RowCells) -> str:
    """One column of a ratio row: numerator over denominator, in percent where ĐVT says so."""
    top, bottom = numerator[name], denominator[name]
    measure = at.fixed("measure")
    is_share = f'OR(ISNUMBER(FIND("%",{measure})),{measure}="phần trăm")'
    return (
        f'IF(AND(OR(ISNUMBER({top}),{top}="{NONE_OCCURRED}"),ISNUMBER({bottom})),'
        f'IF({bottom}=0,"",N({top})/{bottom}*IF({is_share},100,1)),"")'
    )


def period_month(period: str, table: str, months: str, first_month: str) -> str:
    """The formula behind DV_THANG.

    `period` is the cell Kỳ báo cáo, `table` the two columns label and month, `months` the cells T1
    to T12 of every row of Chỉ tiêu and `first_month` the first of them. Without a known period it
    is the last month that has any figure, and 12 when there is none.
    """
    excluded = "*".join(f'({months}<>"{mark}")' for mark in NOT_APPLICABLE)
    position = f"(COLUMN({months})-COLUMN({first_month})+1)"
    last = f'SUMPRODUCT(MAX((TRIM({months})<>"")*{excluded}*{position}))'
    return f"IFERROR(VLOOKUP(TRIM({period}),{table},2,FALSE),IF({last}=0,{YEAR_END},{last}))"


@dataclass(frozen=True, slots=True)
class TargetArea:
    """Rows of a sheet of targets, from row `first` to row `last` as Excel numbers them."""

    title: str
    letters: ColumnLetters
    first: int
    last: int

    def column(self, name: str) -> str:
        """The absolute reference of one column of the block."""
        letter = self.letters[name]
        return f"'{self.title}'!${letter}${self.first}:${letter}${self.last}"


def assignment_formulas(
    row: int, letters: ColumnLetters, targets: TargetArea, unit_letters: tuple[str, str] | None
) -> dict[str, str]:
    """The formulas of one row of sheet Giao chỉ tiêu by column name.

    `unit_letters` are the first and the last unit column; without any, the columns the officer
    puts between Kế hoạch and Cộng are added up.
    """
    at = _RowCells(row, letters)
    if unit_letters is None:
        width = f"COLUMN({at['total']})-COLUMN({at['plan']})-1"
        units = f"OFFSET({at['plan']},0,1,1,MAX(1,{width}))"
        total = f'IF({width}=0,"",IF(COUNT({units})=0,"",SUM({units})))'
    else:
        units = f"{unit_letters[0]}{row}:{unit_letters[1]}{row}"
        total = f'IF(COUNT({units})=0,"",SUM({units}))'
    plan, sum_ = at["plan"], at["total"]
    return {
        "indicator": _looked_up(at, targets, "indicator"),
        "measure": _looked_up(at, targets, "measure"),
        "plan": _looked_up(at, targets, "plan"),
        "total": total,
        "difference": f'IF(AND(ISNUMBER({plan}),ISNUMBER({sum_})),ROUND({sum_}-{plan},9),"")',
    }


def _looked_up(at: _RowCells, targets: TargetArea, name: str) -> str:
    """What sheet Chỉ tiêu says about the indicator of this row; "" when it says nothing."""
    code = at.fixed("code")
    position = f"MATCH({code},{targets.column('code')},0)"
    found = f"INDEX({targets.column(name)},{position})"
    return f'IF({code}="","",IFERROR(IF({found}="","",{found}),""))'
