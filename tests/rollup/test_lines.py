"""Lines of the summary: what is rolled up, what is stated, what goes to the level above."""

from decimal import Decimal

import pytest

from danvan_xl.reading.figure import NO_FIGURE, Figure
from danvan_xl.rollup.lines import roll_up, units_alike
from danvan_xl.rollup.parts import Coverage, Parts
from danvan_xl.rollup.rating import Edge, Rating
from danvan_xl.rollup.summary_line import as_unit_figure
from danvan_xl.rollup.tally import Scope, UnitFigure, rated
from danvan_xl.rollup.unit_plans import UnitPlans
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import Place
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import Direction, MonthRule, UnitRule
from danvan_xl.schema.plans import Plan
from danvan_xl.vietnamese.numbers import Bound, State
from tests.unit_rows import entries, scope_of

D = Decimal
MONTHS = """
    | Đơn vị | Kế hoạch | Lũy kế | T1 | T2 | T3 | Sổ    |
    | Thôn 1 | 50       | 25     | 20 | 5  |    | {sổ}  |
    | Thôn 2 | 50       | 15     | 10 | 5  |    | {sổ}  |
"""


def line_of(sheet, rule=UnitRule.SUM, *, own=None, repeated=None, parts=None, **about):
    """Return the line of units; `own` is what the unit above says itself."""
    scope = scope_of(rule, **about)
    stated = {"k": rated(UnitFigure("k", **(own or {})), scope)}
    taken_off = {} if repeated is None else {"k": repeated}
    return roll_up(scope, stated, entries(sheet, scope, parts or {}), {}, taken_off)["k"]


def values(line):
    return [month.value for month in line.months]


@pytest.mark.parametrize(
    ("repeated", "total", "months"),
    [
        (None, 40, [30, 10, None]),
        (D(4), 36, [30, 6, None]),
        (D(15), 25, [25, 0, None]),
        (D(0), 40, [30, 10, None]),
    ],
)
def test_months_of_units_go_up_one_by_one_and_come_to_the_total(repeated, total, months):
    line = line_of(MONTHS.format(sổ="gifts"), month=3, monthly=True, repeated=repeated)

    assert (line.actual, values(line)) == (total, months)


def test_months_that_come_to_less_than_the_total_go_up_as_one_figure():
    sheet = MONTHS.replace("| 20 |", "| 19 |").format(sổ="")

    assert values(line_of(sheet, month=3, monthly=True)) == [None, None, 40]


def test_what_does_not_add_up_stands_in_the_last_month_alone():
    about = {"month": 3, "monthly": True}
    sheet = MONTHS.format(sổ="")
    last = Figure(D(20), State.NUMBER, Bound.EXACT)

    assert line_of(sheet, UnitRule.MEAN, **about).months == (NO_FIGURE, NO_FIGURE, last)
    assert values(line_of(sheet, months=MonthRule.LAST, **about)) == [None, None, 40]
    assert line_of(sheet, month=3).months == ()


def test_nothing_reported_has_the_months_the_unit_wrote_itself():
    blank = (NO_FIGURE,) * 3
    sheet = "| Đơn vị | Lũy kế |\n| Thôn 1 | |"

    line = line_of(sheet, month=3, monthly=True, own={"months": blank})

    assert (line.actual, line.months) == (None, blank)


def test_what_the_unit_types_itself_stands_for_the_whole():
    own = {"actual": D(90), "plan": D(100), "bound": Bound.AT_LEAST}
    parts = {"Thôn 1": Parts(coverage=(Coverage("Tổ", 1, 2),), missing=1, missing_plan=D(60))}

    line = line_of(MONTHS.format(sổ=""), own=own, parts=parts)

    assert (line.actual, line.units_total, line.is_typed) == (90, 40, True)
    assert (line.bound, line.rating) == (Bound.AT_LEAST, Rating.MISSED)
    assert line.parts == Parts(coverage=(Coverage("đơn vị", 2, 2), Coverage("Tổ", 1, 2)))
    assert line.covered_below == line.parts.coverage
    assert line_of(MONTHS.format(sổ=""), own=own).covered_below == ()


def test_a_count_that_is_typed_goes_up_as_a_count_where_units_are_below_it():
    own = {"actual": D(3), "plan": D(2)}

    assert line_of(MONTHS.format(sổ=""), UnitRule.COUNT_MET, own=own).parts.met == 3
    assert line_of("| Đơn vị | Lũy kế |", UnitRule.COUNT_MET, own=own).parts.met is None
    assert line_of(MONTHS.format(sổ=""), own=own).parts.met is None


@pytest.mark.parametrize(
    ("rule", "own", "below", "actual", "register"),
    [
        (UnitRule.SUM, "gifts", "gifts", 47, "gifts"),  # each notes what it did itself
        (UnitRule.SUM, "gifts", "outreach", 7, "gifts"),
        (UnitRule.SUM, "gifts", "", 7, "gifts"),  # what they typed may be what is in the register
        (UnitRule.SUM, "", "gifts", 7, ""),
        (UnitRule.LARGEST, "gifts", "gifts", 7, "gifts"),
    ],
)
def test_the_units_own_figure_is_one_more_part_where_all_keep_the_register(
    rule, own, below, actual, register
):
    own_figure = {"actual": D(7), "register": own}

    line = line_of(MONTHS.format(sổ=below), rule, own=own_figure)

    assert (line.actual, line.register) == (actual, register)


def test_nothing_is_taken_off_where_somebody_typed_his_figure():
    line = line_of(MONTHS.format(sổ=""), repeated=D(4))

    assert (line.actual, len(line.terms)) == (40, 2)


def test_what_is_taken_off_is_a_term_so_that_the_terms_come_to_the_total():
    line = line_of(MONTHS.format(sổ="gifts"), repeated=D(4))

    assert [term.value for term in line.terms] == [25, 15, -4]
    assert line.register == "gifts"


def test_figures_of_several_registers_are_from_none():
    sheet = "| Đơn vị | Lũy kế | Sổ |\n| Thôn 1 | 1 | gifts |\n| Thôn 2 | 2 | outreach |"

    assert line_of(sheet).register == ""


@pytest.mark.parametrize(
    ("rule", "plan", "rating"),
    [
        # Thôn 2 has not reported; it was given 4.
        (UnitRule.SUM, 10, Rating.REACHED),
        (UnitRule.SUM, 14, Rating.INCOMPLETE),
        (UnitRule.SUM, 15, Rating.MISSED),
        (UnitRule.COUNT_MET, 1, Rating.REACHED),
        (UnitRule.COUNT_MET, 2, Rating.INCOMPLETE),
        (UnitRule.COUNT_MET, 3, Rating.PLAN_UNKNOWN),  # there are not so many units
        (UnitRule.LARGEST, 10, Rating.REACHED),
        (UnitRule.LARGEST, 11, Rating.INCOMPLETE),
        (UnitRule.SMALLEST, 11, Rating.MISSED),
        (UnitRule.SMALLEST, 10, Rating.INCOMPLETE),
        (UnitRule.MEAN, 11, Rating.INCOMPLETE),
    ],
)
def test_a_total_is_open_as_long_as_a_missing_unit_could_close_its_gap(rule, plan, rating):
    sheet = "| Đơn vị | Kế hoạch | Lũy kế |\n| Thôn 1 | 9 | 10 |\n| Thôn 2 | 4 | |"

    assert line_of(sheet, rule, own={"plan": D(plan)}).rating is rating


@pytest.mark.parametrize(
    ("direction", "plan", "rating"),
    [
        (Direction.MORE, 24, Rating.INCOMPLETE),  # half is due: 12, of which 10 and 4 make 14
        (Direction.MORE, 28, Rating.INCOMPLETE),
        (Direction.MORE, 29, Rating.BEHIND),
        (Direction.MORE, 20, Rating.ON_TRACK),
        (Direction.LESS, 19, Rating.AT_RISK),
        (Direction.LESS, 20, Rating.INCOMPLETE),  # more can only be worse
        (Direction.EQUAL, 14, Rating.INCOMPLETE),
        (Direction.EQUAL, 15, Rating.INCOMPLETE),
        (Direction.EQUAL, 9, Rating.UNDER_WAY),
    ],
)
def test_in_the_middle_of_a_year_the_gap_is_the_one_to_what_is_due(direction, plan, rating):
    sheet = "| Đơn vị | Kế hoạch | Lũy kế |\n| Thôn 1 | 9 | 10 |\n| Thôn 2 | 4 | |"

    line = line_of(sheet, own={"plan": D(plan)}, direction=direction, month=6)

    assert line.rating is rating


@pytest.mark.parametrize(
    ("rule", "own", "last_year"),
    [
        (UnitRule.SUM, None, 14),
        (UnitRule.MEAN, None, 7),
        (UnitRule.MEAN, D(9), 9),
        (UnitRule.SUM, D(0), 0),
    ],
)
def test_last_year_is_as_the_unit_says_else_that_of_its_units(rule, own, last_year):
    sheet = "| Đơn vị | Năm trước | Lũy kế |\n| Thôn 1 | 6 | 1 |\n| Thôn 2 | 8 | 2 |"

    assert line_of(sheet, rule, own={"last_year": own}).last_year == last_year


def test_a_plan_that_was_given_stands_in_for_a_blank_one_and_rates_the_unit():
    scope = scope_of()
    sheet = """
        | Đơn vị | Kế hoạch | Lũy kế   |
        | Thôn 1 |          | 5        |
        | Thôn 2 | 9        | 5        |
        | Thôn 3 |          | KAD      |
        | Thôn 4 |          | không có |
    """
    given = {("k", f"a.{number}"): Plan(D(5)) for number in range(1, 5)}

    found = [UnitPlans(given, scope).of(entry) for entry in entries(sheet, scope)]

    assert [entry.figures["k"].plan for entry in found[:3]] == [5, 9, None]
    assert found[0].figures["k"].rating is Rating.REACHED
    assert found[3].figures == {}


def test_one_figure_in_all_units_is_warned_of_at_its_row():
    header = "| Đơn vị | Kế hoạch | Lũy kế |\n"
    rows = "\n".join(f"| Thôn {number} | {number}0 | 5 |" for number in range(1, 5))
    place = Place("so.xlsx", "Chỉ tiêu", "A2")

    (alike,) = units_alike({"k": line_of(header + rows)}, {"k": place})

    assert (alike.code, alike.place) == (Code.UNITS_ALIKE, place)
    assert dict(alike.values) == {"code": "K", "count": "4", "value": "5"}
    assert list(units_alike({"k": line_of(MONTHS.format(sổ=""))}, {})) == []


def test_a_line_goes_up_as_the_figure_of_its_unit():
    own = {"plan": D(50), "last_year": D(30)}
    sheet = MONTHS.replace("| 25     |", "| trên 25 |").format(sổ="gifts")
    line = line_of(sheet, own=own, month=3, monthly=True)

    figure = as_unit_figure("k", line)

    assert figure == UnitFigure(
        code="k",
        plan=D(50),
        actual=D(40),
        last_year=D(30),
        bound=Bound.AT_LEAST,
        terms=tuple(line.terms),
        rating=line.rating,
        completion=D("0.8"),
        register="gifts",
        parts=line.parts,
        months=line.months,
        edge=Edge(bound=Bound.AT_LEAST),
        written=line.written,
    )


def test_a_ratio_is_worked_out_of_the_lines_of_its_parts_and_rated_again():
    definitions = {
        "n": Indicator("N", "", "Hộ nghèo", "hộ"),
        "h": Indicator("H", "", "Số hộ", "hộ"),
        "r": Indicator("R", "", "Tỷ lệ", "%", unit_rule=UnitRule.RATIO, source="tỷ số N/H"),
    }
    scope = Scope(definitions, 12, 2026)
    own = {
        "n": UnitFigure("n", actual=D(3)),
        "h": UnitFigure("h", actual=D(12)),
        "r": UnitFigure("r", plan=D(20)),
    }

    line = roll_up(scope, own, [], {})["r"]

    assert (line.actual, line.completion, line.rating) == (25, D("1.25"), Rating.EXCEEDED)
    assert roll_up(scope, {**own, "h": UnitFigure("h")}, [], {})["r"].actual is None
