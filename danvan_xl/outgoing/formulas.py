"""The native formulas of the workbook, as text without the leading "=".

They say what `rules`, `rating` and `tally` say, for the officer who has nothing but a spreadsheet.
Only functions that Excel 2013, LibreOffice and WPS all know are used, and nothing that must be
entered with a special key. The text depends on nothing but where columns and rows stand, so that a
received workbook can be held against it.

Of text among the months they read KPS and "-" (0) and what leaves a month out (KAD, x). Where they
meet other text ("trên 30"), a share typed as one, or months that do not add up, they show nothing
rather than a wrong figure, and the rating says where to look.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from danvan_xl.outgoing.rating_formulas import NOT_GIVEN, rating_formula
from danvan_xl.outgoing.register_formulas import (
    Derivation,
    empty_formula,
    month_formula,
    total_formula,
    words_formula,
)
from danvan_xl.outgoing.row_cells import ColumnLetters, RowCells
from danvan_xl.schema.info_form import MONTH
from danvan_xl.schema.options import Direction, MonthRule
from danvan_xl.schema.sheets import MONTH_NAMES
from danvan_xl.vietnamese.periods import YEAR_END

# In a month: nothing occurred, which is 0; the indicator does not apply.
NONE_OCCURRED = ("KPS", "-")
NOT_APPLICABLE = ("KAD", "x")


class Nature(NamedTuple):
    """What ĐVT and name say of a row's figures.

    `adds` tells whether its months may be added up at all, `is_share` whether they are percentages,
    `factor` what a ratio is multiplied with beside the 100 of % (None: it cannot be had).
    """

    adds: bool = True
    is_share: bool = False
    factor: Decimal | None = Decimal(1)


PLAIN_NATURE = Nature()


def expected_formulas(
    row: int,
    letters: ColumnLetters,
    source_rows: tuple[int, int] | None = None,
    derivation: Derivation | None = None,
    *,
    nature: Nature = PLAIN_NATURE,
) -> dict[str, str]:
    """The formulas of one row of sheet Chỉ tiêu by column name.

    `row` is the number Excel shows, `letters` the column letters by column name. `source_rows` are
    the rows of numerator and denominator where the indicator is a ratio (`tỷ số <mã>/<mã>`): its
    months are then formulas too. So they are where `derivation` says how each month comes from a
    register; where only a total does, it stands in Lũy kế. `nature` is what the row's ĐVT and name
    say of its figures. A formula that needs a column the sheet lacks is left out.
    """
    at = RowCells(row, letters)
    unread = _left_to_core(at, nature)
    builders: dict[str, Callable[[], str]] = {
        "cumulative": partial(_cumulative, at, unread),
        "completion": partial(_completion, at),
        "rating": partial(rating_formula, at, unread),
    }
    if source_rows is not None:
        parts = RowCells(source_rows[0], letters), RowCells(source_rows[1], letters)
        of_parts = "+".join(map(_unread, parts))
        builders["rating"] = partial(rating_formula, at, f"{of_parts}>0")
        builders |= {
            name: partial(_ratio, name, at, parts, nature.factor)
            for name in (*MONTH_NAMES, "cumulative")
        }
    if derivation is not None:
        builders |= _derived(at, derivation, unread)
    formulas: dict[str, str] = {}
    for name, build in builders.items():
        if name in letters:
            with suppress(KeyError):
                formulas[name] = build()
    return formulas


def _derived(at: RowCells, derivation: Derivation, unread: str) -> dict[str, Callable[[], str]]:
    """What builds the cells that come from a register, and those they decide."""
    source, register, measure, _ = derivation
    words, unknown = words_formula(source, register, derivation.is_monthly, measure, MONTH)

    def of_month(month: int) -> str:
        return month_formula(source, register, month, at.fixed("measure"), measure)

    def at_period_end() -> str:
        """While the register is empty, months may be typed by hand."""
        total = total_formula(source, register, at.fixed("measure"), measure, MONTH)
        return f"IF({empty_formula(register)},{_cumulative(at, unread)},{total})"

    def unless_unknown() -> str:
        cumulative = _cumulative(at, unread)
        return f'IF({unknown},"",{cumulative})' if unknown else cumulative

    is_unread = f"{words},{unread}" if words else unread
    cells: dict[str, Callable[[], str]] = {"rating": partial(rating_formula, at, is_unread)}
    if not derivation.is_monthly:
        return cells | {"cumulative": at_period_end}
    cells["cumulative"] = unless_unknown
    months = enumerate(MONTH_NAMES, start=1)
    return cells | {name: partial(of_month, month) for month, name in months}


def unread_text(row: int, letters: ColumnLetters) -> str:
    """The formula that counts the months whose text only the core can read."""
    return _unread(RowCells(row, letters))


def _unread(at: RowCells) -> str:
    months = f"{at['t1']}:{at['t12']}"
    marks = "*".join(f'({months}<>"{mark}")' for mark in (*NONE_OCCURRED, *NOT_APPLICABLE))
    in_period = f"(COLUMN({months})-COLUMN({at['t1']})<{MONTH})"
    return f'SUMPRODUCT(ISTEXT({months})*(TRIM({months})<>"")*{marks}*{in_period})'


def _so_far(at: RowCells) -> str:
    """The months up to the period's last."""
    return f"{at['t1']}:INDEX({at['t1']}:{at['t12']},{MONTH})"


def _none(at: RowCells) -> str:
    """How many of these months say that nothing occurred."""
    return "+".join(f'COUNTIF({_so_far(at)},"{mark}")' for mark in NONE_OCCURRED)


def _left_to_core(at: RowCells, nature: Nature) -> str:
    """The tests, with commas between, whether the months are more than a formula can tell."""
    tests = [f"{_unread(at)}>0"]
    rule = at["month_rule"]
    summed = f'OR({rule}="{MonthRule.SUM}",{rule}="")'  # a blank cell would be added up too
    several = f"{summed},COUNT({_so_far(at)})+{_none(at)}>1"
    if not nature.adds:
        tests.append(f"AND({several})")
    elif "measure" in at.letters:  # in a line that somebody fills in later
        tests.append(f'AND(ISNUMBER(FIND("%",{at.fixed("measure")})),{several})')
    if nature.is_share:  # 0,95 beside 92: one of them is a share that was typed as one
        so_far, plan = _so_far(at), at["plan"]
        small = f'COUNTIF({so_far},"<=1")-COUNTIF({so_far},"<=0")+AND(N({plan})>0,N({plan})<=1)'
        tests.append(f"AND({small}>0,MAX({so_far},{plan})>10)")
    return ",".join(tests)


def _cumulative(at: RowCells, unread: str) -> str:
    """Lũy kế: the months up to the period, combined by Cộng kỳ; "" when none has a figure."""
    months, so_far, none = f"{at['t1']}:{at['t12']}", _so_far(at), _none(at)
    filled = f"COUNT({so_far})+{none}"
    position = f"COLUMN({months})-COLUMN({at['t1']})"
    # LOOKUP would be shorter, but LibreOffice does not look past gaps as Excel does.
    zeros = "+".join(f'({months}="{mark}")' for mark in NONE_OCCURRED)
    last = f"SUMPRODUCT(MAX((ISNUMBER({months})+{zeros}>0)*({position}<{MONTH})*({position}+1)))"
    rule = at["month_rule"]
    return (
        f'IF(OR({filled}=0,{unread}),"",'
        f'IF({rule}="{MonthRule.LAST}",N(INDEX({months},1,{last})),'
        f'IF({rule}="{MonthRule.LARGEST}",IF({none}=0,MAX({so_far}),MAX({so_far},0)),'
        f'IF({rule}="{MonthRule.MEAN}",SUM({so_far})/({filled}),SUM({so_far})))))'
    )


def _completion(at: RowCells) -> str:
    """Tỷ lệ: the share of the plan that is done, as printed; "" where there is none."""
    actual, plan, direction = at["cumulative"], at["plan"], at["direction"]
    return (
        f'IF(NOT(AND(ISNUMBER({actual}),ISNUMBER({plan}),N({actual})>=0,N({plan})>=0)),"",'
        f'IF({direction}="{Direction.EQUAL}",'
        f"IF({actual}={plan},1,ROUND(MIN({actual},{plan})/MAX({actual},{plan}),4)),"
        f'IF({direction}="{Direction.LESS}",IF({actual}=0,"",ROUND({plan}/{actual},4)),'
        f'IF({plan}=0,"",ROUND({actual}/{plan},4)))))'
    )


def _ratio(
    name: str, at: RowCells, parts: tuple[RowCells, RowCells], factor: Decimal | None
) -> str:
    """One column of a ratio row: numerator over denominator in the row's measure."""
    top, bottom = (part[name] for part in parts)
    if factor is None:
        return '""'
    measure = at.fixed("measure")
    is_share = f'OR(ISNUMBER(FIND("%",{measure})),{measure}="phần trăm")'
    occurred = ",".join(f'{top}="{mark}"' for mark in NONE_OCCURRED)
    scaled = "" if factor == 1 else f"*{factor.normalize():f}"
    return (
        f"IF(AND(OR(ISNUMBER({top}),{occurred}),ISNUMBER({bottom})),"
        f'IF({bottom}=0,"",N({top})/{bottom}*IF({is_share},100,1){scaled}),"")'
    )


def shows_percent(measure: str) -> bool:
    """Whether the formulas of a ratio multiply by 100 for its ĐVT, which they read themselves."""
    return "%" in measure or measure.strip().casefold() == "phần trăm"


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
    at = RowCells(row, letters)
    if unit_letters is None:
        width = f"COLUMN({at['total']})-COLUMN({at['plan']})-1"
        units = f"OFFSET({at['plan']},0,1,1,MAX(1,{width}))"
        total = f'IF({width}=0,"",IF({_cannot_add(units)},"",SUM({units})))'
    else:
        units = f"{unit_letters[0]}{row}:{unit_letters[1]}{row}"
        total = f'IF({_cannot_add(units)},"",SUM({units}))'
    plan, sum_ = at["plan"], at["total"]
    return {
        "indicator": _looked_up(at, targets, "indicator"),
        "measure": _looked_up(at, targets, "measure"),
        "plan": _looked_up(at, targets, "plan"),
        "total": total,
        "difference": f'IF(AND(ISNUMBER({plan}),ISNUMBER({sum_})),ROUND({sum_}-{plan},9),"")',
    }


def _cannot_add(units: str) -> str:
    """Whether nothing is given, or something in words, of which only the program reads a number."""
    marks = "*".join(f'(TRIM({units})<>"{mark}")' for mark in NOT_GIVEN)
    return f"OR(COUNT({units})=0,SUMPRODUCT(ISTEXT({units})*{marks})>0)"


def _looked_up(at: RowCells, targets: TargetArea, name: str) -> str:
    """What sheet Chỉ tiêu says about the indicator of this row; "" when it says nothing."""
    code = at.fixed("code")
    position = f"MATCH({code},{targets.column('code')},0)"
    found = f"INDEX({targets.column(name)},{position})"
    return f'IF({code}="","",IFERROR(IF({found}="","",{found}),""))'
