"""Plans in words, phased plans and plans given: how each kind of row is rated by them."""

import datetime as dt
from decimal import Decimal

import pytest

from danvan_xl.consolidation.consolidation import Consolidation, consolidate_book
from danvan_xl.consolidation.many import HERE
from danvan_xl.files.grid import Grid
from danvan_xl.rollup.rating import Rating
from danvan_xl.schema.messages import Code, Severity
from danvan_xl.schema.options import PlanKind
from danvan_xl.vietnamese.periods import parse_period
from tests.sheets import book, consolidated, found, grid, info, sub_sheet, units

OWN = (
    "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Chiều | Cộng kỳ | Tổng hợp "
    "| Kế hoạch | KH quý I | KH 6 tháng | KH 9 tháng | T1 |\n"
)
D = Decimal
UNIT = "| Mã | Chỉ tiêu | ĐVT | Chiều | Kế hoạch | KH quý I | KH 6 tháng | KH 9 tháng | T1 |\n"


def one_row(plan: str, actual: float, *, measure: str = "%", rules: str = "Tăng | Cuối kỳ") -> Grid:
    return grid(f"{OWN}| K | Kinh tế | a | {measure} | {rules} | Không | {plan} | | | | {actual} |")


def rating(sheet: Grid, period: str = "Năm") -> Rating:
    return consolidated(sheet, period=period).lines["k"].rating


@pytest.mark.parametrize(
    ("plan", "direction", "actual", "year", "june"),
    [
        ("≥ 95", "Tăng", 95, "Đạt", "Đạt"),
        ("từ 95% trở lên", "Tăng", 96, "Vượt", "Vượt"),
        ("95% số hộ", "Tăng", 95, "Đạt", "Đạt"),
        ("trên 95% số thôn", "Tăng", 95, "Chưa đạt", "Đang thực hiện"),
        ("trên 95", "Tăng", 95, "Chưa đạt", "Đang thực hiện"),
        ("> 95", "Tăng", 95.5, "Vượt", "Vượt"),
        ("dưới 5%", "Giảm", 5, "Chưa đạt", "Đang thực hiện"),
        ("dưới 5%", "Giảm", 4.9, "Vượt", "Vượt"),
        ("không quá 5%", "Giảm", 5, "Đạt", "Đạt"),
        ("85-90%", "Tăng", 85, "Đạt", "Đạt"),
        ("5-6%", "Giảm", 6, "Đạt", "Đạt"),
        ("giữ vững 19", "Bằng", 19, "Đạt", "Đạt"),
        ("≥ 95", "Giảm", 95, "Không rõ kế hoạch", "Không rõ kế hoạch"),
        ("dưới 5%", "Tăng", 9, "Không rõ kế hoạch", "Không rõ kế hoạch"),
        ("≥ 95", "Bằng", 95, "Không rõ kế hoạch", "Không rõ kế hoạch"),
        ("tăng 5%", "Tăng", 9, "Không rõ kế hoạch", "Không rõ kế hoạch"),
        ("giữ vững", "Tăng", 9, "Không rõ kế hoạch", "Không rõ kế hoạch"),
        ("-", "Tăng", 9, "Không giao", "Không giao"),
        ("không giao", "Tăng", 9, "Không giao", "Không giao"),
    ],
)
def test_a_stock_is_rated_by_what_the_words_of_its_plan_ask_for(
    plan, direction, actual, year, june
):
    sheet = one_row(plan, actual, rules=f"{direction} | Cuối kỳ")

    assert (rating(sheet), rating(sheet, "6 tháng")) == (year, june)


@pytest.mark.parametrize(
    ("plan", "rules", "actual", "june"),
    [
        ("trên 30", "Tăng | Cộng", 30, "Đúng tiến độ"),
        ("trên 30", "Tăng | Cộng", 15, "Đúng tiến độ"),
        ("trên 30", "Tăng | Cộng", 14, "Chậm tiến độ"),
        ("dưới 12", "Giảm | Cộng", 6, "Trong mức"),
        ("dưới 12", "Giảm | Cộng", 7, "Có nguy cơ vượt"),
        ("dưới 12", "Giảm | Cộng", 12, "Chưa đạt"),
        ("không quá 12", "Giảm | Cộng", 12, "Có nguy cơ vượt"),
    ],
)
def test_a_flow_keeps_its_pace_to_a_strict_plan(plan, rules, actual, june):
    sheet = one_row(plan, actual, measure="vụ", rules=rules)

    assert rating(sheet, "6 tháng") == june


@pytest.mark.parametrize(
    ("plan", "measure", "code"),
    [
        ("theo thực tế", "hộ", Code.PLAN_WITHOUT_NUMBER),
        ("tăng 5", "hộ", Code.PLAN_IS_CHANGE),
        ("mỗi thôn 01", "mô hình", Code.PLAN_FOR_EACH),
        ("2 cuộc/tháng", "cuộc", Code.PLAN_FOR_EACH),
        ("100%", "hộ", Code.PLAN_IS_PERCENT),
        ("56,4/66,5", "tỷ đồng", Code.PLAN_OF_SEVERAL),
        ("90-85%", "%", Code.PLAN_OF_SEVERAL),
        ("vùng III 95", "hộ", Code.PLAN_WORDS_UNKNOWN),
        ("tối đa 95", "hộ", Code.PLAN_AGAINST_DIRECTION),
    ],
)
def test_a_plan_that_is_not_known_is_asked_about_once_and_rates_nothing(plan, measure, code):
    result = consolidated(one_row(plan, 3, measure=measure), period="Tháng 1")

    line = result.lines["k"]
    assert (line.plan, line.edge.kind, line.completion) == (None, PlanKind.UNKNOWN, None)
    assert line.rating is Rating.PLAN_UNKNOWN
    assert not line.rating.is_unmet
    asked = [item for item in result.issues if item.place.cell == "H2"]
    assert [(item.code, item.severity) for item in asked] == [(code, Severity.WARNING)]


def test_words_of_a_plan_are_no_estimate():
    result = consolidated(one_row("từ 1.500 hộ trở lên", 1500, measure="hộ"), period="Tháng 1")

    assert result.lines["k"].rating is Rating.REACHED
    assert found(result.issues, Code.NUMBER_ESTIMATED) == []
    assert [item.code for item in result.issues if item.place.cell == "H2"] == []


def test_what_is_noted_of_a_plan_quotes_the_whole_cell():
    result = consolidated(one_row("giữ vững 19", 19, measure="tiêu chí"), period="Tháng 1")

    (note,) = [item for item in result.issues if item.place.cell == "H2"]
    assert "'giữ vững 19' = 19" in note.message


def test_a_range_is_noted_with_the_end_that_counts():
    (note,) = [
        item
        for item in consolidated(one_row("85-90%", 85)).issues
        if item.code is Code.PLAN_IS_RANGE
    ]

    assert (note.severity, note.place.cell) == (Severity.NOTE, "H2")
    assert "'85-90%', lấy 85" in note.message


def of_unit(plan: str, actual: float, *, direction: str = "", phased: str = "| | |") -> Grid:
    row = f"| K | a | | {direction} | {plan} {phased} | {actual} |"
    return sub_sheet("A.1", UNIT + row, "Thôn 1")


def with_unit(
    unit: Grid,
    given: str = "",
    *,
    rules: str = "Tăng | Cộng | Cộng",
    plan: str = "100 | | |",
    listed: Grid | None = None,
    period: str = "Năm",
) -> Consolidation:
    own = grid(f"{OWN}| K | Kinh tế | a | cái | {rules} | {plan} | |")
    sheets = [listed or units("Thôn 1", "Thôn 2"), own, unit]
    if given:
        text = (
            f"| Mã | Chỉ tiêu | ĐVT | Kế hoạch | A.1 | A.2 | Cộng |\n| K | a | cái | | {given} | |"
        )
        sheets.append(grid(text, "Giao chỉ tiêu"))
    return consolidated(*sheets, period=period)


def test_chieu_of_the_office_above_decides_what_a_units_words_mean():
    result = with_unit(of_unit("≤ 5", 5), rules="Giảm | Cuối kỳ | Cộng")

    assert result.units[0].figures["k"].rating is Rating.REACHED
    assert found(result.issues, Code.PLAN_AGAINST_DIRECTION) == []

    against = with_unit(of_unit("≤ 5", 5, direction="Giảm"), rules="Tăng | Cuối kỳ | Cộng")

    assert against.units[0].figures["k"].rating is Rating.PLAN_UNKNOWN
    assert found(against.issues, Code.PLAN_AGAINST_DIRECTION) == ["E4"]


@pytest.mark.parametrize(
    ("own", "given", "rules", "code", "rated_by"),
    [
        ("8", "10", "Tăng | Cộng | Cộng", Code.PLAN_LOWERED, 10),
        ("12", "10", "Tăng | Cộng | Cộng", Code.PLAN_NOT_AS_ASSIGNED, 12),
        ("12", "10", "Giảm | Cộng | Cộng", Code.PLAN_LOWERED, 10),
        ("8", "10", "Giảm | Cộng | Cộng", Code.PLAN_NOT_AS_ASSIGNED, 8),
        ("8", "10", "Bằng | Cộng | Cộng", Code.PLAN_LOWERED, 10),
        ("giữ vững", "10", "Tăng | Cộng | Cộng", Code.PLAN_OF_UNIT_UNKNOWN, 10),
        ("10", "> 10", "Tăng | Cộng | Cộng", Code.PLAN_LOWERED, 10),
        ("-", "10", "Tăng | Cộng | Cộng", Code.GIVEN_DECLINED, 10),
        ("không giao", "10", "Tăng | Cộng | Cộng", Code.GIVEN_DECLINED, 10),
        ("10", "10", "Tăng | Cộng | Cộng", None, 10),
        ("", "10", "Tăng | Cộng | Cộng", None, 10),
        ("10", "giữ vững", "Tăng | Cộng | Cộng", None, 10),
        ("", "giữ vững", "Tăng | Cộng | Cộng", None, None),
    ],
)
def test_a_lowered_plan_does_not_rate_the_unit(own, given, rules, code, rated_by):
    result = with_unit(of_unit(own, 3), f"{given} | 90", rules=rules)

    asked = (Code.PLAN_LOWERED, Code.PLAN_NOT_AS_ASSIGNED, Code.PLAN_OF_UNIT_UNKNOWN)
    asked += (Code.GIVEN_DECLINED, Code.GIVEN_NOT_APPLICABLE)
    told = [item for item in result.issues if item.code in asked]
    assert [(item.code, item.place.cell) for item in told] == ([(code, "E4")] if code else [])
    assert result.units[0].figures["k"].plan == rated_by


@pytest.mark.parametrize(
    ("own", "given", "code", "expected"),
    [
        ("-", "10", Code.GIVEN_DECLINED, 2),  # it has to report all the same
        ("KAD", "10", Code.GIVEN_NOT_APPLICABLE, 1),
        ("-", "-", None, 1),
        ("KAD", "KAD", None, 1),
        ("-", "giữ vững", None, 1),
    ],
)
def test_who_says_that_nothing_was_given_is_told_of_what_was(own, given, code, expected):
    result = with_unit(of_unit(own, ""), f"{given} | 90")

    told = [item for item in result.issues if item.code in (Code.GIVEN_DECLINED, code)]
    assert [(item.code, item.place.cell) for item in told] == ([(code, "E4")] if code else [])
    assert result.lines["k"].expected == expected


@pytest.mark.parametrize("given", ["giữ vững | 90", "100% | 90"])
def test_a_sum_of_plans_with_one_unknown_is_not_compared(given):
    result = with_unit(of_unit("", 3), given)

    assert result.lines["k"].units_plan is None
    compared = (Code.PLANS_DO_NOT_ADD, Code.ASSIGNMENT_NOT_THE_PLAN)
    assert not [item for item in result.issues if item.code in compared]


def test_a_dash_gives_a_unit_nothing_and_a_strict_plan_is_added():
    result = with_unit(of_unit("", 3), "> 100 | -")

    assert result.units[0].figures["k"].edge.kind is PlanKind.ABOVE
    assert result.book.assignment.not_given == {("k", "a.2")}
    assert not [item for item in result.issues if item.code is Code.ASSIGNMENT_NOT_THE_PLAN]


@pytest.mark.parametrize(
    ("own", "plan", "actual", "rules", "rating_", "period"),
    [
        ("| | 20 |", "100 | | |", 20, "Tăng | Cộng | Cộng", "Đúng tiến độ", "6 tháng"),
        ("| | 20 |", "100 | | |", 19, "Tăng | Cộng | Cộng", "Chậm tiến độ", "6 tháng"),
        ("| | 20 |", "100 | | |", 10, "Tăng | Cộng | Cộng", "Đúng tiến độ", "Quý I"),
        # Of the office above: 30 of 100 by June, so 12 of 40.
        ("| | |", "100 | | 30 |", 12, "Tăng | Cộng | Cộng", "Đúng tiến độ", "6 tháng"),
        ("| | |", "100 | | 30 |", 11, "Tăng | Cộng | Cộng", "Chậm tiến độ", "6 tháng"),
        ("| | |", "100 | | |", 19, "Tăng | Cộng | Cộng", "Chậm tiến độ", "6 tháng"),
        # A stock: of exactly this period, or not at all.
        ("| | 20 |", "100 | | |", 20, "Tăng | Cuối kỳ | Cộng", "Đúng tiến độ", "6 tháng"),
        ("| | 20 |", "100 | | |", 19, "Tăng | Cuối kỳ | Cộng", "Chậm tiến độ", "6 tháng"),
        ("| | 20 |", "100 | | |", 19, "Tăng | Cuối kỳ | Cộng", "Đang thực hiện", "Tháng 7"),
        ("| | 50 |", "100 | | |", 50, "Giảm | Cuối kỳ | Cộng", "Trong mức", "6 tháng"),
        ("| | 50 |", "100 | | |", 51, "Giảm | Cuối kỳ | Cộng", "Có nguy cơ vượt", "6 tháng"),
        # What cannot be read is said and not used.
        ("| | theo thực tế |", "100 | | |", 20, "Tăng | Cộng | Cộng", "Đúng tiến độ", "6 tháng"),
        ("| | ≥ 25 |", "100 | | |", 20, "Tăng | Cộng | Cộng", "Chậm tiến độ", "6 tháng"),
    ],
)
def test_phased_plans_say_what_is_due(own, plan, actual, rules, rating_, period):
    unit_plan = "45" if "Giảm" in rules else "40"

    result = with_unit(
        of_unit(unit_plan, actual, phased=own), rules=rules, plan=plan, period=period
    )

    assert result.units[0].figures["k"].rating == rating_


def test_a_phased_plan_that_is_no_number_is_asked_about_at_its_cell():
    result = with_unit(of_unit("40", 20, phased="| | theo thực tế |"), period="6 tháng")

    (asked,) = [item for item in result.issues if item.code is Code.PLAN_WITHOUT_NUMBER]
    assert asked.place.cell == "G4"
    assert asked.message.startswith("KH 6 tháng ghi 'theo thực tế'")


def test_phased_plans_that_fall_are_warned_of():
    own = grid(f"{OWN}| K | Kinh tế | a | cái | Tăng | Cộng | Không | 100 | 50 | 120 | | 3 |")

    result = consolidated(own)

    assert found(result.issues, Code.PHASES_FALL) == ["J2"]


@pytest.mark.parametrize(
    ("days", "phased", "actual", "period", "rating_"),
    [
        ("01/05/2026 |", "| | |", 10, "6 tháng", "Đúng tiến độ"),
        ("31/05/2026 |", "| | |", 9, "6 tháng", "Chậm tiến độ"),
        ("01/07/2026 |", "| | |", 20, "9 tháng", "Đúng tiến độ"),
        ("01/07/2026 |", "| | |", 19, "9 tháng", "Chậm tiến độ"),
        ("01/05/2026 |", "| | 12 |", 11, "6 tháng", "Chậm tiến độ"),
        ("01/10/2025 |", "| | |", 19, "6 tháng", "Chậm tiến độ"),
        ("| 31/10/2026", "| | |", 23, "6 tháng", "Chậm tiến độ"),
        ("| 31/10/2026", "| | |", 24, "6 tháng", "Đúng tiến độ"),
    ],
)
def test_a_unit_that_exists_part_of_the_year_owes_its_plan_in_that_part(
    days, phased, actual, period, rating_
):
    lines = f"| Mã | Tên đơn vị | Từ ngày | Đến ngày |\n| A.1 | Thôn 1 | {days} |"
    month = "T9" if period == "9 tháng" else "T6"
    unit = UNIT.replace("T1 |", f"T1 | {month} |")
    sheet = sub_sheet("A.1", f"{unit}| K | a | | | 40 {phased} | | {actual} |", "Thôn 1")

    result = with_unit(sheet, listed=grid(lines, "Đơn vị"), period=period)

    (entry,) = result.entries
    assert entry.figures["k"].rating == rating_


def test_both_ways_of_holding_units_keep_plans_as_they_are_meant():
    sheets = [
        info(Mã_đơn_vị="A", Tên_đơn_vị="Xã A", Năm=2026.0),
        units("Thôn 1", "Thôn 2", "Thôn 3", "Thôn 4"),
        grid(f"{OWN}| K | Kinh tế | a | cái | Tăng | Cộng | Cộng | 100 | | 30 | | |"),
        *(
            sub_sheet(f"A.{number}", f"{UNIT}| K | a | | | {plan} | | | | 12 |", f"Thôn {number}")
            for number, plan in enumerate(("> 12", "giữ vững", "", "40"), start=1)
        ),
        grid(
            "| Mã | Chỉ tiêu | ĐVT | Kế hoạch | A.1 | A.2 | A.3 | A.4 | Cộng |\n"
            "| K | a | cái | 100 | | | > 10 | 50 | |",
            "Giao chỉ tiêu",
        ),
    ]
    period = parse_period("6 tháng")

    plain, packed = (
        consolidate_book(book(*sheets), (), period=period, means=HERE._replace(is_many=many))
        for many in (False, True)
    )

    kept = [(unit.figures["k"].planned, unit.figures["k"].edge) for unit in plain.units]
    assert kept == [(unit.figures["k"].planned, unit.figures["k"].edge) for unit in packed.units]
    assert [edge.due for _, edge in kept] == [D("3.6"), None, D(3), D(15)]
    assert [plan.words for plan, _ in kept] == ["> 12", "", "> 10", "50"]
    assert plain.issues == packed.issues
    assert plain.lines["k"]._replace(terms=(), behind=()) == packed.lines["k"]._replace(
        terms=(), behind=()
    )


@pytest.mark.parametrize(
    ("given", "days", "period", "told"),
    [
        ("60 | 40", (dt.date(2026, 7, 1), None), "6 tháng", []),  # it comes later in the year
        ("60 | 40", (None, dt.date(2026, 6, 30)), "Năm", []),  # it was there in the year
        ("100 | 40", (None, dt.date(2026, 6, 30)), "Năm", []),  # another took its part over
        ("60 | 50", (dt.date(2026, 7, 1), None), "6 tháng", ["H2"]),
        ("60 | giữ vững", (dt.date(2026, 7, 1), None), "6 tháng", []),
        ("60 | ", (dt.date(2026, 7, 1), None), "6 tháng", ["H2"]),
        ("", (dt.date(2026, 7, 1), None), "6 tháng", []),  # what it plans is not known
        ("60 | 40", (dt.date(2027, 1, 1), None), "Năm", ["H2"]),
    ],
)
def test_plans_of_units_that_exist_part_of_the_year_belong_to_it(given, days, period, told):
    rows = [["Mã", "Tên đơn vị", "Từ ngày", "Đến ngày"], ["A.1", "Thôn 1", None, None]]
    listed = Grid("Đơn vị", [*rows, ["A.2", "Thôn 2", *days]])

    result = with_unit(of_unit("60", 3), given, listed=listed, period=period)

    assert found(result.issues, Code.PLANS_DO_NOT_ADD) == told
