"""From a unit's sheet to its figures: what counts, what of, and which cells it is from."""

import datetime as dt
from decimal import Decimal

import pytest

from danvan_xl.reading.figure import NO_FIGURE, Figure
from danvan_xl.reading.records import Target, TargetSheet
from danvan_xl.rollup.derived_figures import derive_figures
from danvan_xl.rollup.rating import Rating
from danvan_xl.rollup.ratios import quotient, ratio_source
from danvan_xl.rollup.tally import Scope, UnitFigure, rated, tally
from danvan_xl.rollup.terms import Term, counted_once, ratio_terms
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import Direction, MonthRule, UnitRule
from danvan_xl.schema.sheets import MONTH_NAMES
from danvan_xl.schema.sources import Ratio
from danvan_xl.vietnamese.numbers import Bound, State
from danvan_xl.vietnamese.ratio_measures import ratio_factor
from danvan_xl.vietnamese.text import match_key
from tests.register_sheets import read

D = Decimal
SUM, LAST, LARGEST, MEAN = MonthRule
LETTERS = {"plan": "B", **{name: "CDEFGHIJKLMN"[at] for at, name in enumerate(MONTH_NAMES)}}


def figure(text: str) -> Figure:
    """Return a figure from "5", "≥5", "KAD" or "." (blank)."""
    if text == ".":
        return NO_FIGURE
    if text == "KAD":
        return Figure(None, State.NOT_APPLICABLE)
    bound = Bound.AT_LEAST if text[0] == "≥" else Bound.EXACT
    return Figure(D(text.lstrip("≥")), State.NUMBER, bound)


def sheet(rows: str, letters=LETTERS) -> TargetSheet:
    """Return a sheet of lines "code: plan | T1 T2 …"."""
    lines = [line.strip() for line in rows.splitlines() if line.strip()]
    targets = [_target(row, line) for row, line in enumerate(lines, start=2)]
    return TargetSheet("Chỉ tiêu", "A", "Xã A", letters, 1, tuple(targets))


def _target(row: int, line: str) -> Target:
    code, _, rest = line.partition(":")
    plan, _, months = rest.partition("|")
    typed = [figure(text) for text in months.split()]
    blank = [NO_FIGURE] * (12 - len(typed))
    indicator = Indicator(code, "", code, "")
    return Target(row, indicator, figure("3"), figure(plan.strip()), (*typed, *blank))


def scope(month: int = 6, *, monthly: bool = False, **definitions: object) -> Scope:
    """Return the scope of the indicator K (its fields by name), N, H and R = N/H."""
    known = (
        Indicator("K", "", "K", "cái")._replace(**definitions),
        Indicator("N", "", "N", "hộ"),
        Indicator("H", "", "H", "hộ"),
        Indicator("R", "", "R", "%", unit_rule=UnitRule.RATIO, source="tỷ số N/H"),
    )
    by_key = {match_key(item.code): item for item in known}
    return Scope(by_key, month, 2026, monthly=monthly)


@pytest.mark.parametrize(
    ("rule", "actual", "cells", "period"),
    [
        (SUM, 16, "C2:F2", "T1-T4"),
        (LAST, 3, "F2", "T4"),
        (LARGEST, 9, "D2", "T2"),
        (MEAN, D(16) / 3, "C2:F2", "T1-T4"),
    ],
)
def test_months_that_have_come_count_by_the_rule_and_name_their_cells(rule, actual, cells, period):
    found = tally(sheet("K: 20 | 4 9 . 3 . . 99"), scope(month_rule=rule), "a.xlsx", "ab")["k"]

    assert found.actual == actual
    assert found.terms == (Term("Xã A", period, actual, "Chỉ tiêu", cells, "a.xlsx", "ab"),)
    assert (found.plan, found.last_year, found.place) == (20, 3, ("Chỉ tiêu", "B2"))


def test_the_last_month_that_counts_counts():
    found = tally(sheet("K: 20 | 4 9 . 3 . 5 99"), scope())["k"]

    assert (found.actual, found.terms[0].cells) == (21, "C2:H2")


def test_where_results_are_worked_out_their_cell_is_the_place():
    letters = {**LETTERS, "cumulative": "P"}

    assert tally(sheet("K: 20 | 4", letters), scope())["k"].place == ("Chỉ tiêu", "P2")


@pytest.mark.parametrize(
    ("rule", "bound"),
    [(SUM, Bound.AT_LEAST), (LAST, Bound.EXACT), (LARGEST, Bound.AT_LEAST)],
)
def test_an_estimate_marks_what_it_is_a_part_of(rule, bound):
    assert tally(sheet("K: 20 | 4 ≥9 3"), scope(month_rule=rule))["k"].bound is bound


@pytest.mark.parametrize(
    ("row", "actual", "not_applicable"),
    [
        ("K: 20 | .", None, False),
        ("K: 20 | 0", 0, False),
        ("K: KAD | .", None, True),
        ("K: 20 | . KAD", None, True),
        ("K: 20 | 5 KAD", 5, False),
        ("K: 20 | . . . . . . KAD", None, False),  # of a month that has not come
        ("K: . | 5", 5, False),
    ],
)
def test_blank_is_not_nought_and_kad_is_neither(row, actual, not_applicable):
    found = tally(sheet(row), scope())["k"]

    assert (found.actual, found.not_applicable) == (actual, not_applicable)
    assert bool(found.terms) is (actual is not None)


@pytest.mark.parametrize(
    ("row", "months"),
    [
        ("K: 20 | 1 . 3", ["1", ".", "3"]),
        ("K: KAD | . . .", [".", ".", "KAD"]),  # the plan's cell alone said so
        ("K: 20 | . KAD .", [".", "KAD", "KAD"]),
        ("K: 20 | 1 KAD .", ["1", "KAD", "."]),
    ],
)
def test_months_are_kept_for_a_sending_and_no_further_than_the_period(row, months):
    asked = tally(sheet(row), scope(3, monthly=True))["k"]

    assert asked.months == tuple(map(figure, months))
    assert tally(sheet(row), scope(3))["k"].months == ()


def test_an_indicator_nobody_asks_for_is_left_out():
    assert list(tally(sheet("Z: 20 | 5\nK: 20 | 5"), scope())) == ["k"]


@pytest.mark.parametrize(
    ("rows", "actual", "parts"),
    [
        ("N: . | 3\nH: . | 12\nR: 20 | .", 25, 2),
        ("N: . | 3\nH: . | 12\nR: 20 | 7", 25, 2),  # what can be worked out need not be typed
        ("N: . | 3\nH: . | 12", 25, 2),
        ("N: . | 3\nR: 20 | 7", 7, 1),
        ("N: . | 3\nH: . | 0\nR: 20 | 7", 7, 1),
        ("N: . | .\nH: . | 12\nR: 20 | 7", 7, 1),
        ("N: . | 0\nH: . | 12\nR: 20 | 7", 0, 2),
    ],
)
def test_a_ratio_is_worked_out_where_both_its_parts_are_known(rows, actual, parts):
    found = tally(sheet(rows), scope())["r"]

    assert (found.actual, len(found.terms)) == (actual, parts)


def test_a_ratio_is_rated_by_its_own_plan_and_says_what_it_is_of():
    found = tally(sheet("N: . | 3\nH: . | 12\nR: 25 | ."), scope(12))["r"]

    assert (found.rating, found.completion) == (Rating.REACHED, 1)
    assert [(term.period, term.cells) for term in found.terms] == [
        ("tử số T1", "C2"),
        ("mẫu số T1", "C3"),
    ]


def test_a_figure_is_rated_by_the_definition_of_who_consolidates():
    less = scope(12, direction=Direction.LESS)

    assert tally(sheet("K: 20 | 15"), less)["k"].rating is Rating.EXCEEDED
    assert tally(sheet("K: 20 | 15"), scope(12))["k"].rating is Rating.MISSED
    assert rated(UnitFigure("k", D(20), D(15)), less).completion == D(20) / 15
    assert rated(UnitFigure("k", D(20), D(15)), scope(12)).completion == D("0.75")
    assert tally(sheet("K: 20 | 15"), scope(9, month_rule=LAST))["k"].rating is Rating.UNDER_WAY
    assert tally(sheet("K: 20 | 15"), scope(9))["k"].rating is Rating.ON_TRACK


@pytest.mark.parametrize(
    ("top", "bottom", "measure", "ratio"),
    [
        (3, 12, "%", 25),
        (3, 12, "phần trăm", 25),
        (3, 12, "lần", D("0.25")),
        (0, 12, "%", 0),
        (3, 0, "%", None),
        (None, 12, "%", None),
        (3, None, "%", None),
    ],
)
def test_a_ratio_is_in_hundredths_where_it_is_measured_so(top, bottom, measure, ratio):
    given = [None if value is None else D(value) for value in (top, bottom)]

    assert quotient(*given, ratio_factor("hộ", "hộ", measure)) == ratio


def test_the_source_of_a_ratio_goes_by_keys():
    definition = Indicator("R", "", "R", "%")

    assert ratio_source(definition._replace(source="tỷ số N/H")) == Ratio("n", "h")
    assert ratio_source(definition._replace(source="đếm Tổ dân vận")) is None
    assert ratio_source(definition) is None


def test_terms_that_take_off_and_that_divide_are_named():
    once = counted_once(D(3))
    one = UnitFigure("n", terms=(Term("A", "T1", D(1), "s", "C2"),))

    assert (once.unit_name, once.value, once.cells) == ("Trùng mã, tính một lần", -3, "")
    assert [term.period for term in ratio_terms(one.terms, one.terms)] == ["tử số T1", "mẫu số T1"]


OUTREACH = """
    | Ngày | Hình thức | Nội dung | Số cuộc | Lượt người |
    | {}   | Hội nghị  | a        | 4       | 40         |
    | {}   | Pano      | b        | 3       |            |
"""
COUNTED = "tổng Tuyên truyền.Số cuộc"


def outreach(first="05/03/2026", second="06/04/2026"):
    """Return a register of two rows on these days."""
    return read("Tuyên truyền", OUTREACH.format(first, second)).table


@pytest.mark.parametrize(
    ("days", "year"),
    [
        (("05/03/2024", "06/04/2025"), 2025),
        (("05/03/2025", "06/04/2024"), 2025),
        (("05/03/1900", "06/04/1899"), 1900),
        (("05/03/1899", "06/04/1899"), 2000),  # before the first day that Excel knows: a slip
        (("", ""), 2000),
    ],
)
def test_without_a_year_registers_are_of_that_of_their_latest_day(days, year):
    assert Scope({}, 6).calendar_for((outreach(*days),)).year == year
    assert Scope({}, 6, 2026).calendar_for((outreach(*days),)).year == 2026


def test_a_figure_of_a_register_names_the_rows_it_is_from():
    asked = scope(source=COUNTED)
    rows = sheet("K: 20 | .")

    derived = derive_figures(rows, asked, (outreach(),))
    found = tally(rows, asked, "a.xlsx", "ab", derived)["k"]

    assert (found.actual, found.register) == (7, "outreach")
    assert found.terms == (Term("Xã A", "T1-T4", D(7), "Tuyên truyền", "A2:E3", "a.xlsx", "ab"),)
    assert (found.plan, found.place) == (20, ("Chỉ tiêu", "B2"))


def test_what_stands_in_a_register_need_not_have_a_row():
    asked = scope(source=COUNTED)
    rows = sheet("N: 20 | .")

    derived = derive_figures(rows, asked, (outreach(),))
    found = tally(rows, asked, "a.xlsx", "ab", derived)["k"]

    assert (found.actual, found.plan, found.last_year) == (7, None, None)
    assert (found.register, found.place) == ("outreach", ("Tuyên truyền", ""))
    assert found.terms[0].cells == "A2:E3"


@pytest.mark.parametrize(
    ("row", "own_source", "figure"),
    [
        ("K: 20 | .", "", 7),  # the office says where it is from
        ("K: 20 | 5", "", None),  # what is typed stands
        ("K: 20 | KAD", "", None),
        ("K: 20 | 5", COUNTED, 7),
        ("K: 20 | .", "đếm Tuyên truyền", 2),  # the unit's own word goes first
    ],
)
def test_the_units_own_source_goes_before_that_of_the_office(row, own_source, figure):
    rows = sheet(row)
    (target,) = rows.targets
    target = target._replace(indicator=target.indicator._replace(source=own_source))
    asked = scope(source=COUNTED)

    derived = derive_figures(rows._replace(targets=(target,)), asked, (outreach(),))

    months = [item.value for item in derived["k"].months if item.value] if derived else []
    assert (sum(months) if months else None) == figure


def test_without_registers_nothing_is_taken_from_any():
    assert derive_figures(sheet("K: 20 | ."), scope(source=COUNTED), ()) == {}


def test_a_calendar_without_a_year_is_that_of_no_day_of_ours():
    without = Scope({}, 6)._replace(on_14th=True)
    calendar = without.calendar_for(())

    assert (calendar.year, calendar.month) == (2000, 6)
    assert calendar.last_day == dt.date(2000, 6, 14)
    assert Scope({}, 6, 2026).calendar_for(()).last_day == dt.date(2026, 6, 30)
