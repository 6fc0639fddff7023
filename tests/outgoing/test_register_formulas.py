"""What column Nguồn becomes in the workbook: the formulas, and what LibreOffice makes of them."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from danvan_xl.outgoing.contents import Contents, TargetRow
from danvan_xl.outgoing.formulas import expected_formulas
from danvan_xl.outgoing.register_formulas import (
    Derivation,
    derivation_of,
    month_bounds_cells,
    month_formula,
    total_formula,
)
from danvan_xl.rollup.rating import Rating
from danvan_xl.schema.columns import CellEntry
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.info_form import MONTH
from danvan_xl.schema.options import MonthRule
from danvan_xl.schema.registers import Condition
from danvan_xl.schema.sheets import MARKER_SHEET, MONTH_NAMES, REGISTER_OF, REGISTERS, TARGETS
from danvan_xl.schema.sources import MOST_COMBINATIONS, FromRegister, register_source
from danvan_xl.writing.template.target_lines import LETTERS, arrange
from danvan_xl.writing.template.workbook import write_workbook
from tests.spreadsheet import Sheet, error_cells, read_values, recalculate, validate

D = Decimal
EXCELS_LIMIT = 8192
NO_PLAN = Rating.NOT_ASSIGNED.value
Rows = Sequence[dict[str, CellEntry]]


def indicator(
    source: str, measure: str = "cuộc", rule: MonthRule = MonthRule.SUM, code: str = "A"
) -> Indicator:
    return Indicator(code, "", f"Chỉ tiêu {code}", measure, month_rule=rule, source=source)


def derivation(source: str, measure: str = "cuộc", rule: MonthRule = MonthRule.SUM) -> Derivation:
    found = derivation_of(indicator(source, measure, rule), REGISTERS)
    assert found is not None
    return found


def of_month(source: str, month: int = 1, measure: str = "cuộc") -> str:
    found = derivation(source, measure)
    return month_formula(found.source, found.register, month, "$D9", measure)


def of_period(source: str, measure: str = "cuộc") -> str:
    found = derivation(source, measure)
    return total_formula(found.source, found.register, "$D9", measure, MONTH)


def test_a_count_goes_to_the_month_of_its_day_and_is_blank_in_an_empty_register() -> None:
    assert month_bounds_cells(1) == ("_danvan!$E$6", "_danvan!$F$6")
    assert of_month("đếm Kiến nghị [Nguồn tiếp nhận = Tiếp dân]") == (
        "IF(OR(MAX('Kiến nghị'!$A$7:$A$1006)<_danvan!$E$6,"
        "COUNTA('Kiến nghị'!$A$7:$A$1006)>COUNT('Kiến nghị'!$A$7:$A$1006)),\"\","
        "COUNTIFS('Kiến nghị'!$D$7:$D$1006,\"Tiếp dân\","
        "'Kiến nghị'!$A$7:$A$1006,\">=\"&_danvan!$E$6,"
        "'Kiến nghị'!$A$7:$A$1006,\"<\"&_danvan!$F$6))"
    )


def test_alternatives_stand_in_a_list_and_are_added_up() -> None:
    formula = of_month("đếm Tuyên truyền [Hình thức = Hội nghị; Khác]", 12)

    assert 'SUMPRODUCT(COUNTIFS(\'Tuyên truyền\'!$B$7:$B$1006,{"Hội nghị","Khác"},' in formula
    assert formula.endswith('"<"&_danvan!$F$17)))')


def test_two_lists_of_alternatives_are_laid_across_each_other() -> None:
    formula = of_period("đếm Tổ dân vận [TC1 = Đạt; Không, Loại = Tổ dân vận; Tổ tự quản]")

    assert '{"Đạt","Không"}' in formula
    assert '{"Tổ dân vận";"Tổ tự quản"}' in formula


def test_a_third_list_of_alternatives_is_written_out() -> None:
    lists = "TC1 = Đạt; Không, TC2 = Đạt; Không, TC3 = Đạt; Không"

    assert of_period(f"đếm Tổ dân vận [{lists}]").count("COUNTIFS(") == 2


def test_a_register_without_days_gives_a_total() -> None:
    assert of_period("đếm Tổ dân vận [Loại = Tổ tự quản]") == (
        "COUNTIFS('Tổ dân vận'!$B$7:$B$1006,\"Tổ tự quản\")"
    )
    assert of_period("đếm Tổ dân vận") == "COUNTA('Tổ dân vận'!$A$7:$A$1006)"


def test_a_stock_leaves_out_what_came_after_the_period() -> None:
    after = f"INDEX(_danvan!$F$6:$F$17,{MONTH})"
    resolved = "'Kiến nghị'!$G$7:$G$1006"
    source = "đếm Kiến nghị theo Ngày giải quyết [Nguồn tiếp nhận = Tiếp dân]"

    assert of_period(source) == (
        f'IF(OR({after}="",COUNTA({resolved})>COUNT({resolved})),"",'
        "COUNTIFS('Kiến nghị'!$D$7:$D$1006,\"Tiếp dân\")"
        f'-COUNTIFS(\'Kiến nghị\'!$D$7:$D$1006,"Tiếp dân",{resolved},">="&{after}))'
    )


def test_a_part_of_a_criterion_and_one_nobody_judged_are_not_counted() -> None:
    formula = of_period("đếm Tiêu chí [Kết quả = Đạt]")

    conditions = "'Tiêu chí'!$B$7:$B$1006,\"<>*.*\",'Tiêu chí'!$E$7:$E$1006,\"<>\""
    assert formula.count(conditions) == 2


def test_months_without_anything_resolved_show_zero_while_petitions_come_in() -> None:
    formula = of_month("đếm Kiến nghị theo Ngày giải quyết")

    assert "MAX('Kiến nghị'!$G$7:$G$1006,'Kiến nghị'!$A$7:$A$1006)<" in formula


def test_a_sum_counts_the_rows_of_its_own_measure_however_it_is_written() -> None:
    formula = of_month("tổng Huy động.Kết quả [Loại = Hiến đất]", measure="m²")

    values, measures = "'Huy động'!$F$7:$F$1006", "'Huy động'!$D$7:$D$1006"
    assert f"SUMIFS({values},{measures},$D9," in formula
    # Excel may take m2 for m²; counted twice it must not be.
    assert f'($D9<>"m2")*1*SUMIFS({values},{measures},"m2",' in formula
    assert f'SUMIFS({values},{measures},"mét vuông",' in formula


def test_money_is_converted() -> None:
    formula = of_month("tổng Huy động.Kết quả [Loại = Tiền]", measure="triệu đồng")

    assert '"tỷ đồng"' in formula
    assert ",1000," in formula
    assert "0.000001" in formula


def test_a_column_of_money_is_converted_as_a_whole() -> None:
    assert of_period("tổng Dân vận khéo.Kinh phí (triệu đồng)", "tỷ đồng").endswith("*0.001)")


def test_a_column_that_cannot_be_had_in_the_measure_is_left_to_be_typed() -> None:
    wanted = indicator("tổng Dân vận khéo.Kinh phí (triệu đồng)", "hộ")

    assert derivation_of(wanted, REGISTERS) is None


def test_a_source_that_means_nothing_or_has_no_sheet_is_left_to_be_typed() -> None:
    assert derivation_of(indicator("đếm Sổ lạ"), REGISTERS) is None
    assert derivation_of(indicator("đếm Nhiệm vụ"), [REGISTER_OF["teams"]]) is None
    assert derivation_of(indicator(""), REGISTERS) is None


@pytest.mark.parametrize(
    ("value", "criterion"),
    [
        ('Mô hình "5 không*"?', '"Mô hình ""5 không~*""~?"'),
        ("a~b", '"a~~b"'),
        ("<3 tháng", '"=<3 tháng"'),
    ],
)
def test_what_a_spreadsheet_would_take_for_a_pattern_is_taken_literally(
    value: str, criterion: str
) -> None:
    source = FromRegister("teams", conditions=(Condition("grade", (value,)),))

    formula = total_formula(source, REGISTER_OF["teams"], "$D9", "tổ", MONTH)

    assert f"'Tổ dân vận'!$N$7:$N$1006,{criterion})" in formula


def test_numbers_are_compared_as_numbers_and_no_value_means_any() -> None:
    assert ",2026)" in of_period("đếm Dân vận khéo [Năm đăng ký = 2026]")
    source = FromRegister("teams", conditions=(Condition("grade"),))
    assert ',"<>")' in total_formula(source, REGISTER_OF["teams"], "$D9", "tổ", MONTH)


def test_no_formula_is_too_long_for_excel() -> None:
    kinds = "Loại = Tiền; Hiến đất; Ngày công; Hiện vật"
    source = register_source(f"tổng Huy động.Kết quả [{kinds}, Số hộ = 1; 2; 3]")
    assert source is not None
    assert len(source.conditions[0].values) * len(source.conditions[1].values) == MOST_COMBINATIONS

    for rule in (MonthRule.SUM, MonthRule.LAST):
        found = Derivation(source, REGISTER_OF[source.register], "triệu đồng", rule)
        formulas = expected_formulas(10_000, LETTERS, None, found)
        assert max(map(len, formulas.values())) < EXCELS_LIMIT


def test_a_flow_fills_the_months_and_anything_else_the_cumulative_figure() -> None:
    usual = expected_formulas(9, LETTERS)
    flow = expected_formulas(9, LETTERS, None, derivation("đếm Kiến nghị"))
    stock = expected_formulas(9, LETTERS, None, derivation("đếm Kiến nghị", rule=MonthRule.LAST))
    undated = expected_formulas(9, LETTERS, None, derivation("đếm Tổ dân vận"))

    assert set(flow) == {*MONTH_NAMES, *usual}
    # A day typed as text is read by the core alone: until then the row shows nothing.
    typed_days = "COUNTA('Kiến nghị'!$A$7:$A$1006)>COUNT('Kiến nghị'!$A$7:$A$1006)"
    assert flow["cumulative"] == f'IF({typed_days},"",{usual["cumulative"]})'
    assert flow["rating"] == usual["rating"].replace("IF(OR(SUM", f"IF(OR({typed_days},SUM")
    assert flow["completion"] == usual["completion"]
    assert flow["t12"] == of_month("đếm Kiến nghị", 12)
    assert set(stock) == set(undated) == set(usual)
    for formulas, source, first in (
        (stock, "đếm Kiến nghị", "'Kiến nghị'!$A$7:$A$1006"),
        (undated, "đếm Tổ dân vận", "'Tổ dân vận'!$A$7:$A$1006"),
    ):  # an empty register leaves the months to be typed
        by_hand = f"IF(COUNTA({first})=0,{usual['cumulative']},"
        assert formulas["cumulative"] == f"{by_hand}{of_period(source)})"


def outreach(day: str, means: str, sessions: int) -> dict[str, CellEntry]:
    return {"held_on": dt.date.fromisoformat(day), "means": means, "sessions": sessions}


def gift(day: str, kind: str, measure: str, result: Decimal | int | str) -> dict[str, CellEntry]:
    return {
        "received_on": dt.date.fromisoformat(day),
        "content": "Đường thôn",
        "kind": kind,
        "measure": measure,
        "result": result,
    }


OUTREACH = (
    outreach("2025-12-14", "Hội nghị", 100),
    outreach("2025-12-15", "Hội nghị", 1),
    outreach("2026-01-14", "Khác", 2),
    outreach("2026-01-15", "Mạng xã hội, trang tin", 4),
    outreach("2026-01-31", "Hội nghị", 8),
    outreach("2026-03-14", "Hội nghị", 16),
    outreach("2026-03-31", "Khác", 32),
)
GIFTS = (
    gift("2026-01-10", "Hiến đất", "m²", D("100.5")),
    gift("2026-01-11", "Hiến đất", "m2", 20),
    gift("2026-01-12", "Hiến đất", "mét vuông", 3),
    gift("2026-01-12", "Hiến đất", "ngày công", 1000),
    gift("2026-01-13", "Ngày công", "ngày công", 7),
    gift("2026-01-13", "Tiền", "tỷ đồng", D("1.5")),
    gift("2026-01-13", "Tiền", "triệu đồng", 25),
    gift("2026-01-13", "Hiện vật", "nghìn đồng", 500),
    gift("2026-02-02", "Hiến đất", "m²", "trên 2.000"),
    gift("2026-02-02", "Tiền", "triệu đồng", 40),
)
TEAMS = (
    {"team": "Tổ 1", "kind": "Tổ dân vận", "tc1": "Đạt", "tc2": "Đạt", "grade": "5 không*"},
    {"team": "Tổ 2", "kind": "Tổ dân vận", "tc1": "Đạt", "tc2": "Không", "grade": "5 không ba"},
    {"team": "Tổ 3", "kind": "Tổ tự quản", "tc1": "Không", "tc2": "Không", "members": 9},
    {"team": "Tổ 4", "kind": "Tổ tự quản", "tc1": "Đạt", "tc2": "", "members": 12},
)
CRITERIA = tuple(
    {
        "criteria_set": "Đô thị văn minh",
        "number": str(number),
        "outcome": outcome,
        "reached_on": day,
    }
    for number, (outcome, day) in enumerate(
        (
            ("Đạt", None),
            ("Đạt", dt.date(2026, 2, 14)),
            ("Đạt", dt.date(2026, 3, 14)),
            ("Đạt", dt.date(2026, 3, 15)),
            ("Đạt", dt.date(2026, 4, 1)),
            ("Chưa đạt", None),
        ),
        start=1,
    )
)
FILLED: dict[str, Rows] = {
    "outreach": OUTREACH,
    "contributions": GIFTS,
    "teams": TEAMS,
    "criteria": CRITERIA,
}
LAST = MonthRule.LAST
TARGETS_FROM_REGISTERS = {
    "SUM": indicator("tổng Tuyên truyền.Số cuộc", code="SUM"),
    "COUNT": indicator("đếm Tuyên truyền [Hình thức = Hội nghị; Khác]", code="COUNT"),
    "COMMA": indicator("đếm Tuyên truyền [Hình thức = Mạng xã hội, trang tin]", code="COMMA"),
    "EMPTY": indicator("đếm Kiến nghị", code="EMPTY"),
    "LAND": indicator("tổng Huy động.Kết quả [Loại = Hiến đất]", "m²", code="LAND"),
    "WORK": indicator("tổng Huy động.Kết quả [Loại = Ngày công]", "ngày công", code="WORK"),
    "MONEY": indicator("tổng Huy động.Kết quả [Loại = Tiền; Hiện vật]", "triệu đồng", code="MONEY"),
    "PEOPLE": indicator("tổng Tuyên truyền.Lượt người", "lượt", code="PEOPLE"),
    "REACHED": indicator("đếm Tiêu chí [Kết quả = Đạt]", "tiêu chí", LAST, "REACHED"),
    "TEAMS": indicator("đếm Tổ dân vận [TC1 = Đạt; Không, TC2 = Đạt; Không]", "tổ", LAST, "TEAMS"),
    "STAR": indicator("đếm Tổ dân vận [Xếp loại = 5 không*]", "tổ", LAST, "STAR"),
    "MEMBERS": indicator("tổng Tổ dân vận.Số thành viên", "người", LAST, "MEMBERS"),
    "NOTHING": indicator("đếm Nhiệm vụ", "việc", LAST, "NOTHING"),
}


def contents(cutoff: str, year: int | None = 2026) -> Contents:
    info = {"level": "Xã", "unit_code": "A", "unit_name": "Xã A", "period": "Tháng 3"}
    info |= {"cutoff": cutoff} | ({"year": year} if year else {})  # type: ignore[dict-item]
    rows = tuple(TargetRow(item) for item in TARGETS_FROM_REGISTERS.values())
    return Contents(info, rows, registers={name: tuple(rows) for name, rows in FILLED.items()})


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Sheet]]:
    """The values of three workbooks as LibreOffice computes them, by name and sheet."""
    folder = tmp_path_factory.mktemp("registers")
    for name, given in {
        "cuoi-thang": contents("Cuối tháng"),
        "ngay-14": contents("Ngày 14"),
        "khong-nam": contents("Ngày 14", None),
    }.items():
        write_workbook(folder / f"{name}.xlsx", given)
    written = sorted(folder.glob("*.xlsx"))
    assert [error for path in written for error in validate(path)] == []
    paths = recalculate(written, folder / "computed")
    assert [error for path in paths for error in error_cells(path)] == []
    return {path.stem: read_values(path) for path in paths}


def cells(sheets: dict[str, Sheet], code: str, first: str, last: str = "") -> list[object]:
    rows = arrange([TargetRow(item) for item in TARGETS_FROM_REGISTERS.values()]).row_of_code
    row = sheets[TARGETS.title][rows[code.casefold()] - 1]
    return row[TARGETS.position(first) : TARGETS.position(last or first) + 1]


def test_months_that_end_with_the_calendar_month(computed: dict[str, dict[str, Sheet]]) -> None:
    sheets = computed["cuoi-thang"]

    assert cells(sheets, "SUM", "t1", "t4") == [14, 0, 48, ""]
    assert cells(sheets, "COUNT", "t1", "t4") == [2, 0, 2, ""]
    assert cells(sheets, "COMMA", "t1", "t4") == [1, 0, 0, ""]
    assert cells(sheets, "SUM", "cumulative") == [62]
    assert cells(sheets, "REACHED", "cumulative") == [4]


def test_months_that_end_on_the_14th(computed: dict[str, dict[str, Sheet]]) -> None:
    sheets = computed["ngay-14"]

    assert cells(sheets, "SUM", "t1", "t5") == [3, 12, 16, 32, ""]
    assert cells(sheets, "COUNT", "t1", "t5") == [2, 1, 1, 1, ""]
    assert cells(sheets, "SUM", "cumulative") == [31]
    assert cells(sheets, "REACHED", "cumulative") == [3]


@pytest.mark.parametrize("name", ["cuoi-thang", "ngay-14"])
def test_an_empty_register_shows_nothing(computed: dict[str, dict[str, Sheet]], name: str) -> None:
    assert cells(computed[name], "EMPTY", "t1", "cumulative") == [""] * 13
    assert cells(computed[name], "NOTHING", "t1", "cumulative") == [""] * 13


def test_measures_are_kept_apart_and_money_is_converted(
    computed: dict[str, dict[str, Sheet]],
) -> None:
    sheets = computed["cuoi-thang"]

    # February's "trên 2.000" is text: no formula makes a figure of it.
    assert cells(sheets, "LAND", "t1", "t3") == [123.5, "", ""]
    assert cells(sheets, "WORK", "t1", "t3") == [7, 0, ""]
    assert cells(sheets, "MONEY", "t1", "t3") == [pytest.approx(1525.5), 40, ""]
    assert cells(sheets, "MONEY", "cumulative", "rating") == [pytest.approx(1565.5), "", NO_PLAN]


def test_a_total_with_a_figure_no_formula_reads_shows_nothing_rather_than_a_part(
    computed: dict[str, dict[str, Sheet]],
) -> None:
    # On the 14th of March all of it counts; a gift of square metres does not hide the days.
    for name in ("cuoi-thang", "ngay-14"):
        assert cells(computed[name], "LAND", "cumulative", "rating") == ["", "", NO_PLAN]
        assert cells(computed[name], "WORK", "cumulative", "rating") == [7, "", NO_PLAN]


def test_a_column_nobody_filled_in_is_not_zero(computed: dict[str, dict[str, Sheet]]) -> None:
    assert cells(computed["cuoi-thang"], "PEOPLE", "t1", "t4") == ["", 0, "", ""]


def test_registers_without_days_are_counted_as_they_stand(
    computed: dict[str, dict[str, Sheet]],
) -> None:
    sheets = computed["cuoi-thang"]

    assert cells(sheets, "TEAMS", "t1", "cumulative") == [*[""] * 12, 3]
    assert cells(sheets, "STAR", "cumulative") == [1]
    assert cells(sheets, "MEMBERS", "cumulative") == [21]


def test_without_a_year_nothing_is_counted(computed: dict[str, dict[str, Sheet]]) -> None:
    sheets = computed["khong-nam"]

    assert cells(sheets, "SUM", "t1", "cumulative") == [""] * 13
    assert cells(sheets, "REACHED", "cumulative") == [""]
    assert cells(sheets, "MEMBERS", "cumulative") == [21]


@pytest.mark.parametrize(
    ("cutoff", "first", "last"),
    [
        ("Cuối tháng", ("2026-01-01", "2026-02-01"), ("2026-12-01", "2027-01-01")),
        ("Ngày 14", ("2025-12-15", "2026-01-15"), ("2026-11-15", "2026-12-15")),
    ],
)
def test_the_table_of_months_says_the_same_before_and_after_it_is_computed(
    computed: dict[str, dict[str, Sheet]],
    tmp_path: Path,
    cutoff: str,
    first: tuple[str, str],
    last: tuple[str, str],
) -> None:
    path = tmp_path / "so.xlsx"
    write_workbook(path, contents(cutoff))
    name = "ngay-14" if cutoff == "Ngày 14" else "cuoi-thang"

    for sheets in (read_values(path), computed[name]):
        months = [row[4:6] for row in sheets[MARKER_SHEET][5:17]]
        assert [str(day) for day in months[0]] == list(first)
        assert [str(day) for day in months[11]] == list(last)
