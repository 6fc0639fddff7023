"""Ratios, weighted means and counts of units, from sheets to the summary, plainly and packed."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import pytest

from danvan_xl.consolidation.consolidation import Consolidation, consolidate_book
from danvan_xl.consolidation.many import HERE
from danvan_xl.report.remarks import completion_text, remarks_on
from danvan_xl.rollup.rating import Rating
from danvan_xl.rollup.ratios import BOTTOM, TOP, WEIGHT
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.numbers import Bound
from danvan_xl.vietnamese.periods import PERIODS, parse_period
from tests.sheets import assert_sayable, book, found, grid, info, sub_sheet, units

D = Decimal
WAYS = [HERE._replace(is_many=False), HERE._replace(is_many=True)]
ROW = "| {} | Kinh tế | {} | {} | {} | {} | {} | {} | {} | {} |\n"
HEAD = ROW.format(
    "Mã", "Chỉ tiêu", "ĐVT", "Chiều", "Cộng kỳ", "Tổng hợp", "Nguồn", "Kế hoạch", "T1"
).replace("Kinh tế", "Lĩnh vực")


class Row:
    """A row of the office's sheet; units have the same with figures of their own."""

    def __init__(
        self,
        code: str,
        measure: str,
        rules: str,
        source: str = "",
        plan: object = "",
        own: object = "",
        name: str = "",
    ) -> None:
        self.code, self.measure, self.source = code, measure, source
        self.rules, self.plan, self.own = rules.split("/"), plan, own
        self.name = name or f"Chỉ tiêu {code}"

    def line(self, plan: object, value: object) -> str:
        return ROW.format(self.code, self.name, self.measure, *self.rules, self.source, plan, value)


STOCK, FLOW = "Tăng/Cuối kỳ/Cộng", "Tăng/Cộng/Cộng"


def whole(
    rows: Sequence[Row],
    figures: Sequence[dict[str, object]],
    *,
    is_many: bool = False,
    period: str = "Năm",
) -> Consolidation:
    """Return the consolidation of units with these figures ("plan:" before a code: its plan)."""
    names = [f"Thôn {number}" for number in range(1, len(figures) + 1)]
    sheets = [
        sub_sheet(
            f"A.{number}",
            HEAD
            + "".join(
                row.line(of_unit.get(f"plan:{row.code}", ""), of_unit.get(row.code, ""))
                for row in rows
            ),
            f"T{number}",
        )
        for number, of_unit in enumerate(figures, start=1)
        if of_unit
    ]
    own = grid(HEAD + "".join(row.line(row.plan, row.own) for row in rows))
    office = info(Mã_đơn_vị="A", Tên_đơn_vị="Xã A", Năm=2026.0)
    result = consolidate_book(
        book(office, units(*names), own, *sheets),
        (),
        period=parse_period(period),
        means=WAYS[is_many],
    )
    assert_sayable(result.issues)
    return result


def note(result: Consolidation, code: str) -> str:
    return remarks_on(result.lines[code.casefold()], result)


def ratio(measures: str = "hộ hộ %", **said: object) -> list[Row]:
    top, bottom, wanted = (item.replace("_", " ").strip("-") for item in measures.split(" "))
    name = str(said.pop("name", "Tỷ lệ hộ"))
    own = {key: said.pop(key, "") for key in "ABC"}
    return [
        Row("A", top, STOCK, plan=1, own=own["A"]),
        Row("B", bottom, STOCK, plan=1, own=own["B"]),
        Row(
            "C",
            wanted,
            "Tăng/Cuối kỳ/Tỷ số",
            "tỷ số A/B",
            own=own["C"],
            name=name,
            plan=said.get("plan", 1),
        ),
    ]


def of(a: object = "", b: object = "", c: object = "") -> dict[str, object]:
    return {"A": a, "B": b, "C": c}


@pytest.mark.parametrize("is_many", [False, True])
@pytest.mark.parametrize(
    ("own", "figures", "actual", "coverage", "said"),
    [
        ({}, [of(9, 10), of(1, 90)], 10, "2/2", "Tính từ A/B"),
        # the superior's own figure covers all of its units
        ({"B": 200}, [of(9, 10), of(1, 90)], 5, "2/2", "Tính từ A/B"),
        ({"B": 200}, [of(9), of(1)], 5, "2/2", "Tính từ A/B"),
        ({"A": 50, "B": 200}, [of(9), of()], 25, "0/2", "Tính từ A/B"),
        ({"A": 50}, [of("", 10), of("", 90)], 50, "2/2", "Tính từ A/B"),
        # else only those units that gave both
        ({}, [of(9, 10), of(1)], 90, "1/2", "90 % (9/10; thiếu mẫu số: Thôn 2)"),
        ({}, [of(9, 10), of("", 90)], 90, "1/2", "90 % (9/10; thiếu tử số: Thôn 2)"),
        ({}, [of(9, 10), of("", "", 40)], 90, "1/2", "90 % (9/10; thiếu tử số, mẫu số: Thôn 2)"),
        ({"B": 200}, [of(9, 10), of("", 90)], 90, "1/2", "90 % (9/10; thiếu tử số: Thôn 2)"),
        ({}, [of(9), of("", 10)], None, "0/2", "Chưa tính được A/B: "),
        ({"B": 200}, [of(9), of("", "")], None, "0/2", "thiếu mẫu số: Thôn 1"),
        ({}, [of(9, 10), {}], 90, "1/2", "Tính từ A/B"),
        ({}, [of("KAD", 50), of(9, 10)], 90, "1/1", "90 % (9/10)"),
        ({}, [of(0, 10), of(0, 10)], 0, "2/2", "Tính từ A/B"),
        ({}, [of(5, 0), of(5, 10)], 100, "2/2", "Tính từ A/B"),
        # a typed ratio is the superior's own, and never said to be A/B
        ({"C": 70}, [of(9, 10), of(1, 90)], 70, "2/2", "Các đơn vị cộng lại 10"),
        ({"A": 9, "B": 10, "C": 95}, [of(), of()], 95, "0/2", ""),
    ],
)
def test_a_ratio_is_of_the_same_units_above_and_below(
    is_many, own, figures, actual, coverage, said
):
    result = whole(ratio(**own), figures, is_many=is_many)
    line = result.lines["c"]

    assert line.actual == actual
    assert f"{line.reported}/{line.expected}" == coverage
    assert said in note(result, "C")
    assert ("Tính từ" in note(result, "C")) is ("Tính từ" in said)


@pytest.mark.parametrize(
    ("measures", "top", "bottom", "actual"),
    [
        ("tấn ha tạ/ha", 550, 100, 55),
        ("tỷ_đồng người triệu_đồng/người", 50, 1000, 50),
        ("tỷ_đồng người triệu_đồng", 50, 1000, 50),
        ("tỷ_đồng nghìn_người triệu_đồng", 50, 1, 50),
        ("triệu_đồng km tỷ_đồng/km", 5000, 2, D("2.5")),
        ("người người ‰", 12, 1000, 12),
        ("người người bác_sĩ/vạn_dân", 9, 10000, 9),
        ("- - %", 9, 10, 90),
        ("hộ hộ -", 9, 10, D("0.9")),
        ("m km %", 500, 1, 50),
        ("tấn người tạ/ha", 550, 100, None),
        ("triệu_đồng hộ triệu_đồng/người", 50, 10, None),
    ],
)
def test_a_ratio_is_in_its_own_measure_or_there_is_none(measures, top, bottom, actual):
    rows = ratio(measures, name="Chỉ số")
    result = whole(rows, [of(top, bottom)])

    assert result.lines["c"].actual == actual
    assert (found(result.issues, Code.RATIO_MEASURES) == []) is (actual is not None)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("", []),
        (90, []),
        ("89,99", [Code.RATIO_STATED_DIFFERS]),
        (95, [Code.RATIO_STATED_DIFFERS]),
        ("trên 85", []),
        ("trên 95", [Code.RATIO_STATED_DIFFERS]),
        ("khoảng 88", []),
    ],
)
def test_a_typed_ratio_of_a_unit_is_held_against_what_it_comes_to(typed, codes):
    result = whole(ratio(), [of(9, 10, typed)])
    said = [item.code for item in result.issues if item.code.label.startswith("TH2")]

    assert result.lines["c"].actual == 90
    assert said == codes
    assert ("đơn vị ghi" in note(result, "C")) is bool(codes)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("33,3", None),
        ("33,33", None),
        (33, None),
        ("33,34", Code.RATIO_STATED_DIFFERS),
        ("66,6", Code.RATIO_STATED_CUT),
        ("66,7", None),
    ],
)
def test_a_typed_ratio_is_held_at_its_own_digits(typed, code):
    top = 2 if str(typed).startswith("66") else 1
    result = whole(ratio(), [of(top, 3, typed)])

    assert [item.code for item in result.issues if item.code.label in ("TH21", "TH22")] == (
        [code] if code else []
    )


@pytest.mark.parametrize("is_many", [False, True])
def test_a_ratio_without_its_parts_stays_the_units_own(is_many):
    result = whole(ratio(plan=50), [of(9, 10), of("", "", 40)], is_many=is_many)
    (asked,) = [item for item in result.issues if item.code is Code.RATIO_PARTS_MISSING]

    assert asked.place.unit_name == "Thôn 2"
    assert "đơn vị ghi 40" in asked.message
    assert result.units[1].figures["c"].actual == 40
    assert {term.unit_name for term in result.lines["c"].terms} == {"Thôn 1"}


@pytest.mark.parametrize(
    ("top", "bottom", "bound"),
    [
        ("trên 9", 10, Bound.AT_LEAST),
        (9, "trên 10", Bound.AT_MOST),
        ("trên 9", "trên 10", Bound.ABOUT),
        ("gần 9", 10, Bound.AT_MOST),
        (9, "gần 10", Bound.AT_LEAST),
        ("khoảng 9", 10, Bound.ABOUT),
        (9, 10, Bound.EXACT),
    ],
)
def test_estimates_carry_through_a_ratio(top, bottom, bound):
    result = whole(ratio(), [of(top, bottom), of(10, 10)])

    assert result.units[0].figures["c"].bound is bound
    assert result.lines["c"].bound is bound


@pytest.mark.parametrize(
    ("name", "figures", "own", "count"),
    [
        ("Tỷ lệ hộ có nước sạch", [of(12, 10), of(5, 10)], {}, 1),
        ("Tỷ lệ hộ có nước sạch", [of(9, 10), of(9, 10)], {"B": 10}, 1),
        ("Tỷ lệ hộ có nước sạch", [of(10, 10)], {}, 0),
        ("Tỷ lệ thu so với cùng kỳ", [of(12, 10)], {}, 0),
        ("Tỷ lệ đạt kế hoạch thu", [of(12, 10)], {}, 0),
        ("Tỷ lệ tăng đàn lợn", [of(12, 10)], {}, 0),
        ("Tỷ lệ thu ngân sách", [of(12, 10)], {}, 0),
        ("Hệ số sử dụng", [of(12, 10)], {}, 0),
    ],
)
def test_a_computed_share_of_a_whole_above_100_percent_is_asked_about(name, figures, own, count):
    result = whole(ratio(name=name, **own), figures)

    assert len(found(result.issues, Code.RATIO_OVER_100)) == count


def test_a_share_may_fall_where_it_is_worked_out():
    result = consolidate_book(
        book(
            info(Mã_đơn_vị="A", Tên_đơn_vị="Xã A", Năm=2026.0),
            grid("""
                | Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Cộng kỳ  | Tổng hợp | Nguồn     | T1 | T2 |
                | A  | Kinh tế  | Hộ A     | hộ  | Cuối kỳ  | Cộng     |           | 9  | 9  |
                | B  | Kinh tế  | Hộ B     | hộ  | Cuối kỳ  | Cộng     |           | 10 | 12 |
                | C  | Kinh tế  | Tỷ lệ    | %   | Cuối kỳ  | Tỷ số    | tỷ số A/B | 90 | 75 |
            """),
        ),
        (),
        period=PERIODS[-1],
    )

    assert found(result.issues, Code.STOCK_FALLS) == []
    assert result.lines["c"].actual == 75


MEAN_RULES = "Tăng/Cuối kỳ/Bình quân"


@pytest.mark.parametrize("is_many", [False, True])
@pytest.mark.parametrize(
    ("figures", "actual", "coverage", "said"),
    [
        ([{"M": 10, "W": 100}, {"M": 40, "W": 200}], 30, "2/2", ""),
        ([{"M": 10, "W": 100}, {"M": 40}], 10, "1/2", "thiếu trọng số: Thôn 2"),
        ([{"M": 10, "W": 100}, {"W": 200}], 10, "1/2", "Chưa có số: Thôn 2"),
        ([{"M": 10, "W": 0}, {"M": 40, "W": 200}], 40, "2/2", ""),
        ([{"M": 10, "W": 0}], None, "1/1", ""),
        ([{"M": 10}], None, "0/1", "thiếu trọng số: Thôn 1"),
    ],
)
def test_a_mean_is_weighed_by_another_row(is_many, figures, actual, coverage, said):
    rows = [Row("W", "người", STOCK), Row("M", "triệu đồng", MEAN_RULES, "bình quân theo W", 1)]
    result = whole(rows, figures, is_many=is_many)
    line = result.lines["m"]

    assert line.actual == actual
    assert f"{line.reported}/{line.expected}" == coverage
    assert said in note(result, "M")
    lacking = sum("M" in unit and "W" not in unit for unit in figures)
    assert len(found(result.issues, Code.WEIGHT_MISSING)) == lacking


def test_a_plain_mean_of_shares_says_so():
    rows = [Row("M", "%", MEAN_RULES), Row("N", "điểm", MEAN_RULES)]
    result = whole(rows, [{"M": 10, "N": 3}, {"M": 40, "N": 4}])

    (told,) = [item for item in result.issues if item.code is Code.MEAN_OF_SHARES]
    assert "Chỉ tiêu M: bình quân cộng của 2 đơn vị" in told.message
    assert "Bình quân cộng của 2 đơn vị" in note(result, "M")
    assert "Bình quân" not in note(result, "N")
    assert found(whole(rows, [{"M": 10}, {"N": 4}]).issues, Code.MEAN_OF_SHARES) == []


@pytest.mark.parametrize(
    ("rules", "source", "code", "actual"),
    [
        ("Tăng/Cuối kỳ/Cộng", "tỷ số W/V", Code.UNIT_RULE_BY_SOURCE, 25),
        ("Tăng/Cuối kỳ/Bình quân", "tỷ số W/V", Code.UNIT_RULE_BY_SOURCE, 25),
        ("Tăng/Cuối kỳ/Tỷ số", "tỷ số W/V", None, 25),
        ("Tăng/Cuối kỳ/Cộng", "bình quân theo W", Code.UNIT_RULE_BY_SOURCE, 30),
        ("Tăng/Cuối kỳ/Lớn nhất", "bình quân theo W", Code.WEIGHT_UNUSED, 40),
        ("Tăng/Cuối kỳ/Bình quân", "bình quân theo X", Code.SOURCE_UNREADABLE, None),
    ],
)
def test_nguon_decides_how_units_combine(rules, source, code, actual):
    rows = [
        Row("W", "người", STOCK),
        Row("V", "người", STOCK),
        Row("M", "%", rules, source),
    ]
    result = whole(rows, [{"M": 10, "W": 100, "V": 600}, {"M": 40, "W": 200, "V": 600}])
    codes = {Code.UNIT_RULE_BY_SOURCE, Code.WEIGHT_UNUSED, Code.SOURCE_UNREADABLE}

    assert result.lines["m"].actual == actual
    said = {item.code for item in result.issues if item.place.sheet == "Chỉ tiêu"} & codes
    assert said == ({code} if code else set())


@pytest.mark.parametrize(
    ("top", "bottom", "is_told"),
    [
        ("Cộng", "Cộng", False),
        ("Cộng", "Bình quân", True),
        ("Lớn nhất", "Cộng", True),
        ("Bình quân", "Bình quân", False),
        ("Đếm đạt", "Cộng", False),
        ("Cộng", "Không", False),
    ],
)
def test_a_ratio_of_a_sum_and_a_mean_is_asked_about(top, bottom, is_told):
    rows = ratio()
    rows[0].rules[2], rows[1].rules[2] = top, bottom
    result = whole(rows, [of(9, 10), of(5, 20)])

    assert bool(found(result.issues, Code.RATIO_RULES_DIFFER)) is is_told


def test_a_ratio_of_a_ratio_is_told_once():
    rows = [*ratio(), Row("D", "%", "Tăng/Cuối kỳ/Tỷ số", "tỷ số C/B")]
    result = whole(rows, [of(9, 10)])

    assert found(result.issues, Code.RATIO_MEASURES) == []
    assert len(found(result.issues, Code.SOURCE_UNREADABLE)) == 1


def count(direction: str, measure: str = "hộ", plan: object = "") -> list[Row]:
    return [Row("D", measure, f"{direction}/Cuối kỳ/Đếm đạt", plan=plan)]


def unit(plan: object, actual: object) -> dict[str, object]:
    return {"plan:D": plan, "D": actual}


@pytest.mark.parametrize("is_many", [False, True])
@pytest.mark.parametrize(
    ("rows", "figures", "actual", "completion", "rating"),
    [
        # more units are better, whatever Chiều says of the unit's own figures
        (count("Giảm", "%", 3), [unit(5, 3), unit(5, 4), unit(5, 8)], 2, D(2) / 3, "Chưa đạt"),
        (count("Giảm", "%", 2), [unit(5, 3), unit(5, 4), unit(5, 4)], 3, D("1.5"), "Vượt"),
        (count("Tăng", "hộ", 2), [unit(5, 3), unit(5, 5)], 1, D("0.5"), "Chưa đạt"),
        # what is no number of units is no plan for one
        (count("Giảm", "%", 5), [unit(5, 3)], 1, None, "Không rõ kế hoạch"),
        (count("Giảm", "%", "2,5"), [unit(5, 3)] * 3, 3, None, "Không rõ kế hoạch"),
        (count("Giảm", "%", 2), [unit(2, 1)] * 3, 3, None, "Không rõ kế hoạch"),
        (count("Tăng", "thôn", 5), [unit(1, 1)] * 3, 3, D("0.6"), "Chưa đạt"),
        (count("Giảm", "%"), [unit(5, 3)], 1, None, "Không giao"),
        # who has no plan is not counted
        (count("Tăng", "hộ", 1), [unit(5, 6), unit("", 9)], 1, 1, "Đạt"),
        (count("Tăng", "hộ", 2), [unit(5, 6), unit("", 9)], 1, D("0.5"), "Chưa đạt"),
        (count("Tăng", "hộ", 3), [unit(5, 6), unit("", 9)], 1, None, "Không rõ kế hoạch"),
        (count("Tăng", "hộ", 1), [unit("", 6), unit("", 9)], None, None, "Chưa báo cáo"),
    ],
)
def test_units_that_reach_their_plan_are_counted(
    is_many, rows, figures, actual, completion, rating
):
    result = whole(rows, figures, is_many=is_many)
    line = result.lines["d"]

    assert (line.actual, line.completion, line.rating) == (actual, completion, Rating(rating))
    assert line.measure == "đơn vị"


def test_who_is_not_counted_is_named():
    result = whole(count("Tăng"), [unit(5, 6), unit("", 9), unit(5, 1)])
    line = result.lines["d"]

    assert (line.actual, line.reported, line.expected) == (1, 2, 2)
    (told,) = [item for item in result.issues if item.code is Code.COUNT_WITHOUT_PLANS]
    assert "1 đơn vị chưa có kế hoạch nên không đếm: Thôn 2" in told.message
    assert "Không đếm vì chưa có kế hoạch: Thôn 2" in note(result, "D")


@pytest.mark.parametrize(
    ("plan", "measure", "code"),
    [
        (2, "%", Code.COUNT_PLAN_READ),
        (2, "thôn", None),
        (9, "%", Code.COUNT_PLAN_OTHER),
        ("", "%", None),
    ],
)
def test_how_the_plan_of_a_count_is_meant_is_said(plan, measure, code):
    result = whole(count("Giảm", measure, plan), [unit(5, 3), unit(5, 3)])
    codes = {Code.COUNT_PLAN_READ, Code.COUNT_PLAN_OTHER}

    assert {item.code for item in result.issues} & codes == ({code} if code else set())


def test_a_count_the_office_states_is_told_too_what_is_no_plan_for_it():
    (row,) = count("Giảm", "%", 9)
    row.own = 2
    result = whole([row], [unit(5, 3), unit(5, 3)])

    assert result.lines["d"].rating is Rating.PLAN_UNKNOWN
    assert found(result.issues, Code.COUNT_PLAN_OTHER) == ["I2"]


def test_a_mean_without_any_weight_says_why_there_is_none():
    rows = [Row("W", "người", STOCK), Row("M", "%", MEAN_RULES, "bình quân theo W")]
    result = whole(rows, [{"M": 10, "W": 0}], period="Tháng 1")

    assert result.lines["m"].actual is None
    assert note(result, "M") == "Tổng trọng số bằng 0 nên không có bình quân"


@pytest.mark.parametrize(("typed", "code"), [("116,66", "TH22"), ("0,9", "TH21"), (950, "TH21")])
def test_a_typed_ratio_that_is_told_beside_its_parts_is_not_doubted_again(typed, code):
    figures = of(7, 6, typed) if code == "TH22" else of(9, 10, typed)
    result = whole(ratio(plan=80), [figures])
    doubts = {Code.SHARE_OVER_100, Code.SHARE_TOO_SMALL}

    said = {item.code for item in result.issues}
    assert not said & doubts
    assert code in {item.label for item in said}


def worked_out(line: SummaryLine) -> Decimal | None:
    """Return the total as it follows from its rows in Nguồn số liệu alone."""
    tops = [term.value for term in line.terms if term.period.startswith(TOP)]
    bottoms = [term.value for term in line.terms if term.period.startswith(BOTTOM)]
    if tops or bottoms:
        return sum(tops, D(0)) / sum(bottoms, D(0)) * 100
    sums, weights = D(0), D(0)
    value: Decimal | None = None
    own: list[Decimal] = []
    for term in line.terms:
        if term.period.startswith(WEIGHT):
            own.append(term.value)
            continue
        if value is not None:
            sums, weights = sums + value * sum(own or [D(1)]), weights + sum(own or [D(1)])
        value, own = term.value, []
    if value is not None:
        sums, weights = sums + value * sum(own or [D(1)]), weights + sum(own or [D(1)])
    return sums / weights if weights else None


@pytest.mark.parametrize("is_many", [False, True])
def test_every_total_can_be_worked_out_again_from_its_rows(is_many):
    rows = [
        *ratio(B=500),
        Row("W", "người", STOCK),
        Row("M", "triệu đồng", MEAN_RULES, "bình quân theo W"),
        Row("P", "điểm", MEAN_RULES),
    ]
    figures: Iterable[dict[str, object]] = (
        {**of(number, 10 * number), "W": 7 * number, "M": 3 + number, "P": number}
        for number in range(1, 20)
    )
    result = whole(rows, list(figures), is_many=is_many)

    for key in ("c", "m", "p"):
        line = result.lines[key]
        assert line.actual is not None
        assert worked_out(line) == pytest.approx(line.actual, rel=D("1e-12"))


def test_a_ratio_the_office_states_is_held_against_the_two_rows_printed():
    result = whole(ratio(B=200, C=70), [of(9, 10), of(1, 90)])
    (told,) = [item for item in result.issues if item.code is Code.RATIO_STATED_DIFFERS]

    assert result.lines["c"].actual == 70
    assert "đơn vị ghi 70, tính từ A/B là 5" in told.message


@pytest.mark.parametrize(
    ("missing", "plan", "rating"),
    [
        # 45 of 50, and 5 of which nothing is known but that they are: 45/55 to 50/55
        (of("", 5), 80, "Vượt"),
        (of("", 5), 85, "Chưa đủ báo cáo"),
        (of("", 5), 95, "Chưa đạt"),
        (of(), 80, "Chưa đủ báo cáo"),  # of how many nobody knows
        (of("", "", 100), 80, "Chưa đủ báo cáo"),
    ],
)
@pytest.mark.parametrize("is_many", [False, True])
def test_a_share_while_parts_are_missing(is_many, missing, plan, rating):
    result = whole(ratio(plan=plan), [of(45, 50), missing], is_many=is_many)

    assert result.lines["c"].rating == rating


def test_a_share_of_what_is_no_part_may_become_anything():
    result = whole(ratio(plan=80), [of(55, 50), of("", 5)])

    assert result.lines["c"].rating is Rating.INCOMPLETE


def test_a_count_of_less_is_printed_as_actual_over_plan():
    result = whole(count("Giảm", "%", 3), [unit(5, 3), unit(5, 4), unit(5, 8)])

    assert completion_text(result.lines["d"]) == "66,67% (2/3)"
