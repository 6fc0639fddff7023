"""The native formulas against the core, computed by LibreOffice, over the whole rating table."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from danvan_xl.outgoing.contents import (
    Contents,
    TargetRow,
    TypedValue,
    UnitRow,
    UnitSheet,
    blank_contents,
)
from danvan_xl.rollup.phases import due_by_phases
from danvan_xl.rollup.rating import SEE_SUMMARY, Edge, Rating, completion, rate, shown
from danvan_xl.rollup.rules import combine_months
from danvan_xl.schema.indicators import Indicator, default_indicators_path, read_indicators
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.options import Direction, MonthRule, UnitRule
from danvan_xl.schema.sheets import MONTH_NAMES, TARGETS
from danvan_xl.vietnamese.periods import parse_period
from danvan_xl.writing.template.target_lines import arrange
from danvan_xl.writing.template.workbook import write_workbook
from tests.spreadsheet import Sheet, error_cells, read_values, recalculate

# The rows a register prints follow from a formula, which openpyxl does not read and says so.
pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set to Defined name")

PERIODS = ("Tháng 1", "Quý I", "6 tháng", "9 tháng", "Tháng 11", "Quý IV", "Năm")
COLUMNS = {column.name: position for position, column in enumerate(TARGETS.columns)}

D = Decimal


@dataclass(frozen=True)
class Shown:
    """What the three formulas of a row show."""

    cumulative: object
    completion: object
    rating: object


def month_patterns(month: int) -> list[tuple[TypedValue, ...]]:
    """Rows of months to try: binary noise, gaps, KPS, zeros, sizes; later months never count."""
    later: tuple[TypedValue, ...] = (D(99),) * (12 - month)
    within: list[tuple[TypedValue, ...]] = [
        (D("0.1"),) * month,
        (D("0.7"),) * month,
        (D("1234567.8"),) * month,
        (D("6938008000"),) * month,
        (D("7897797496.37"),) * month,
        tuple(D(position) / 10 for position in range(month, 0, -1)),
        (None,) * (month - 1) + (D("0.3"),),
        (D("0.3"),) + (None,) * (month - 1),
        tuple((D("0.3"), None, "KPS", D("2.5"))[position % 4] for position in range(month)),
        (D(5),) * (month - 1) + ("KPS",),
        ("KPS",) * month,
        (D(0),) * month,
        (None,) * month,
        ("KAD",) * month,
        (D(3),) * (month - 1) + ("trên 30",),
        (D(5),) * (month - 1) + ("-",),
        ("-",) * month,
    ]
    return [months + later for months in within]


def plans_around(actual: Decimal | None, month: int) -> list[Decimal | None]:
    """Plans on every side of a figure, and on every side of what is due of them by `month`."""
    if actual is None:
        return [None, D(0), D(12)]
    step = max(abs(actual), D(1)) / 1000
    due_exactly = (actual * 12 / month).quantize(D("0.0001"))
    around = [actual, actual + step, actual - step, due_exactly, due_exactly + step]
    around += [due_exactly - step, actual * 30, actual / 3, D(0), D("-0.1")]
    exact = [plan.quantize(D("0.0001")) for plan in around]
    return [None, *dict.fromkeys(exact)]


def rating_cases(month: int) -> list[TargetRow]:
    """One row for every cell of the rating table, on every side of its limits."""
    rows: list[TargetRow] = []
    for direction in Direction:
        for rule in MonthRule:
            for months in month_patterns(month):
                actual = combine_months(rule, figures(months[:month]))
                for plan in plans_around(actual, month):
                    code = f"C{len(rows):05d}"
                    indicator = Indicator(code, "", code, "hộ", direction, rule, plan=plan)
                    rows.append(TargetRow(indicator, months))
    return rows


def figures(months: tuple[TypedValue, ...]) -> list[Decimal]:
    """What the core reads in cells that hold a number, KPS, "-" or nothing."""
    values = (D(0) if entry in ("KPS", "-") else entry for entry in months)
    return [value for value in values if isinstance(value, Decimal)]


def expected(row: TargetRow, month: int) -> Shown:
    """What the core says about a row; where a formula cannot know, nothing at all."""
    wanted = row.indicator
    if "trên 30" in row.months:
        return Shown("", "", SEE_SUMMARY if wanted.plan is not None else Rating.NOT_ASSIGNED.value)
    actual = combine_months(wanted.month_rule, figures(row.months[:month]))
    share = shown(completion(actual, wanted.plan, wanted.direction))
    rating = rate(actual, wanted.plan, month, wanted.direction, wanted.month_rule)
    return Shown(_number(actual), _number(share), rating.value)


def _number(value: Decimal | None) -> object:
    return "" if value is None else pytest.approx(float(value), rel=1e-13, abs=1e-12)


def native(sheet: Sheet, row: int) -> Shown:
    cells = sheet[row - 1]
    return Shown(*(cells[COLUMNS[name]] for name in ("cumulative", "completion", "rating")))


def file_of(period: str) -> str:
    return f"{period.replace(' ', '-')}.xlsx"


def contents_of(rows: list[TargetRow], period: str = "", **info: object) -> Contents:
    values = {"level": "Xã", "unit_code": "A", "unit_name": "Xã A", "year": 2026, **info}
    if period:
        values["period"] = period
    return Contents(values, tuple(rows))  # type: ignore[arg-type]


RATIOS = [
    TargetRow(
        Indicator("R1", "", "Hộ nghèo", "hộ", Direction.LESS, MonthRule.LAST),
        ("KPS", D(7), None, D(155)) + (None,) * 8,
    ),
    TargetRow(
        Indicator("R2", "", "Số hộ", "hộ", month_rule=MonthRule.LAST),
        (D(1585), D(1585), None, D(1585)) + (None,) * 8,
    ),
    TargetRow(
        Indicator(
            "R3",
            "",
            "Tỷ lệ hộ nghèo",
            "%",
            Direction.LESS,
            MonthRule.LAST,
            UnitRule.RATIO,
            "tỷ số R1/R2",
            plan=D("9.78"),
        )
    ),
    TargetRow(Indicator("R4", "", "Không", "hộ"), (D(0),) * 12),
    TargetRow(
        Indicator(
            "R5",
            "",
            "Hộ trên một hộ",
            "lần",
            Direction.MORE,
            MonthRule.LAST,
            UnitRule.RATIO,
            "tỷ số R2/R1",
            plan=D(10),
        )
    ),
    TargetRow(Indicator("R7", "", "Hộ ước", "hộ"), ("gần 90",) + (None,) * 11),
    TargetRow(
        Indicator("R8", "", "Tử số ước", "%", source="tỷ số R7/R2", plan=D(5)),
    ),
    TargetRow(
        Indicator("R6", "", "Chia cho 0", "%", month_rule=MonthRule.LAST, source="tỷ số R1/R4")
    ),
]

PHASED = {"plan_q1": D(10), "plan_6m": D(30), "plan_9m": D(75)}


def phased_cases(month: int) -> list[TargetRow]:
    """Rows with every choice of phased plans, flows and stocks, on every side of what is due."""
    rows: list[TargetRow] = []
    names = tuple(PHASED)
    for chosen in range(1, 8):
        phases = {name: PHASED[name] for bit, name in enumerate(names) if chosen >> bit & 1}
        for direction in Direction:
            for rule in (MonthRule.SUM, MonthRule.LAST):
                for done in (0, 9, 10, 11, 15, 29, 30, 31, 50, 60, 75, 76, 100, 120, 121):
                    months = (None,) * (month - 1) + (D(done),) + (None,) * (12 - month)
                    code = f"P{len(rows):05d}"
                    wanted = Indicator(code, "", code, "hộ", direction, rule, plan=D(120))
                    rows.append(TargetRow(wanted, months, further=dict(phases)))
    return rows


def phased_rating(row: TargetRow, month: int) -> str:
    """The rating by the core of a row with phased plans."""
    wanted = row.indicator
    phases = tuple(row.further.get(name) for name in PHASED)
    due = due_by_phases(wanted.plan, phases, month, wanted.month_rule)  # type: ignore[arg-type]
    done = next(entry for entry in row.months if entry is not None)
    return rate(
        done,  # type: ignore[arg-type]
        wanted.plan,
        month,
        wanted.direction,
        wanted.month_rule,
        edge=Edge(due=due),
    ).value


# Rows whose months or plan only the core can read or add: nothing is shown, the rating says so.
LEFT_TO_CORE = {
    "S1": (Indicator("S1", "", "Tỷ lệ khá", "%", plan=D(95)), (D(90), D(92)), True),
    "S2": (Indicator("S2", "", "Tỷ lệ khá", "%", plan=D(95)), (D(90),), False),
    "S3": (
        Indicator("S3", "", "Năng suất lúa", "tạ/ha", plan=D(60)),
        (D(55), D(56)),
        True,
    ),
    "S4": (
        Indicator("S4", "", "Tỷ lệ khá", "%", month_rule=MonthRule.LAST, plan=D(95)),
        (D("0.92"),),
        True,
    ),
    "S5": (
        Indicator("S5", "", "Hộ nghèo", "%", month_rule=MonthRule.LAST, plan=D("0.9")),
        (D("0.8"),),
        False,
    ),
    "S6": (Indicator("S6", "", "Hộ", "hộ", plan=D(95)), ("25 hộ",), True),
    "S7": (Indicator("S7", "", "Hộ", "hộ", plan=D(95)), ("không",), True),
}

PLAN_TEXTS = ("trên 95", "giữ vững", "từ 85 trở lên", "-", "KAD")
TYPED = {"KT01": ("0.1", "0.2", "KPS"), "VX01": (1585,), "VX02": (160, 155), "QA01": (25,)}
PLANS = {"KT01": 1.2, "VX02": 155, "QA01": 24, "VX03": 9.78}


def fill_with_openpyxl(path: Path) -> None:
    """Type figures into a blank template the way a program would, losing every cached value."""
    contents = _blank()
    write_workbook(path, contents)
    workbook = openpyxl.load_workbook(path)
    info = workbook[INFO.title]
    for row in info.iter_rows(max_col=2):
        if row[0].value == "Kỳ báo cáo":
            row[1].value = "Quý I"
    sheet = workbook[TARGETS.title]
    for code, row in arrange(contents.targets).row_of_code.items():
        for offset, typed in enumerate(TYPED.get(code.upper(), ())):
            value = typed if typed == "KPS" else float(typed)
            sheet.cell(row, COLUMNS["t1"] + 1 + offset).value = value
        if code.upper() in PLANS:
            sheet.cell(row, COLUMNS["plan"] + 1).value = PLANS[code.upper()]
    workbook.save(path)


def _blank() -> Contents:
    indicators = read_indicators(default_indicators_path("Xã"))
    return blank_contents("Xã", "A", "Xã A", 2026, indicators)


def filled() -> Contents:
    """A workbook with every kind of sheet filled in."""
    numbers = [D("12.5"), D(30), "KPS", None, D("0.1"), D(7)] + [None] * 6
    rows = []
    for row in _blank().targets:
        indicator = row.indicator._replace(plan=D(120), last_year=D("99.5"))
        rows.append(TargetRow(indicator, (None,) * 12 if indicator.source else tuple(numbers)))
    units = (UnitRow("A.1", "Thôn Một", "Thôn"), UnitRow("A.2", "Thôn Hai", "Thôn"))
    plans = {"KT02": {"A.1": D(50), "A.2": D("69.9")}, "KT03": {"A.2": D(120)}}
    sheet = UnitSheet("A.1", "Thôn Một", "Thôn Một", tuple(rows[:9]))
    info = {"parent_name": "Tỉnh B", "prepared_on": dt.date(2026, 7, 5), "preparer_title": "Trưởng"}
    base = contents_of(rows, "6 tháng", **info)
    return replace(base, units=units, unit_sheets=(sheet,), assignment=plans)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of workbooks as the program writes them."""
    folder = tmp_path_factory.mktemp("written")
    for period in PERIODS:
        known = parse_period(period)
        assert known is not None
        write_workbook(folder / file_of(period), contents_of(rating_cases(known.month), period))
        rows = phased_cases(known.month)
        write_workbook(folder / f"phased-{file_of(period)}", contents_of(rows, period))
    write_workbook(folder / "ratios.xlsx", contents_of(RATIOS, "6 tháng"))
    write_workbook(folder / "scaled.xlsx", contents_of(SCALED, "6 tháng"))
    left = [
        TargetRow(wanted, (*months, *(None,) * (12 - len(months))))
        for wanted, months, _ in LEFT_TO_CORE.values()
    ]
    write_workbook(folder / "left.xlsx", contents_of(left, "6 tháng"))
    worded = [
        TargetRow(Indicator(f"W{at}", "", "Hộ", "hộ"), (D(5),) + (None,) * 11, plan_text=text)
        for at, text in enumerate(PLAN_TEXTS)
    ]
    write_workbook(folder / "worded.xlsx", contents_of(worded, "6 tháng"))
    last_in_august = TargetRow(
        Indicator("A", "", "A", "hộ", plan=D(12)), (None,) * 7 + (D(8),) + (None,) * 4
    )
    write_workbook(folder / "no-period.xlsx", contents_of([last_in_august]))
    write_workbook(folder / "nothing.xlsx", _blank())
    write_workbook(folder / "filled.xlsx", filled())
    fill_with_openpyxl(folder / "typed.xlsx")
    return folder


@pytest.fixture(scope="module")
def computed(
    written: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Sheet]]:
    """The values of those workbooks once LibreOffice has computed them, by file and sheet."""
    paths = recalculate(sorted(written.glob("*.xlsx")), tmp_path_factory.mktemp("computed"))
    assert [error for path in paths for error in error_cells(path)] == []
    return {path.name: read_values(path) for path in paths}


@pytest.mark.parametrize("period", PERIODS)
def test_native_formulas_say_what_the_core_says_for_every_cell_of_the_rating_table(
    computed: dict[str, dict[str, Sheet]], period: str
) -> None:
    known = parse_period(period)
    assert known is not None
    rows = rating_cases(known.month)
    stands_at = arrange(rows).row_of_code
    sheet = computed[file_of(period)][TARGETS.title]

    differing = [
        (row, found, wanted)
        for row in rows
        if (found := native(sheet, stands_at[row.indicator.code.casefold()]))
        != (wanted := expected(row, known.month))
    ]

    assert differing[:5] == []


@pytest.mark.parametrize("period", PERIODS)
def test_native_formulas_follow_phased_plans(
    computed: dict[str, dict[str, Sheet]], period: str
) -> None:
    known = parse_period(period)
    assert known is not None
    rows = phased_cases(known.month)
    stands_at = arrange(rows).row_of_code
    sheet = computed[f"phased-{file_of(period)}"][TARGETS.title]

    differing = [
        (row, found, wanted)
        for row in rows
        if (found := native(sheet, stands_at[row.indicator.code.casefold()]).rating)
        != (wanted := phased_rating(row, known.month))
    ]

    assert differing[:5] == []


@pytest.mark.parametrize("code", LEFT_TO_CORE)
def test_what_only_the_core_can_tell_is_left_to_it(
    computed: dict[str, dict[str, Sheet]], code: str
) -> None:
    rows = [TargetRow(wanted) for wanted, _, _ in LEFT_TO_CORE.values()]
    shown_there = native(
        computed["left.xlsx"][TARGETS.title], arrange(rows).row_of_code[code.casefold()]
    )
    _, months, is_left = LEFT_TO_CORE[code]

    assert (shown_there.rating == SEE_SUMMARY) == is_left
    assert (shown_there.cumulative == "") == is_left
    assert is_left or shown_there.cumulative == pytest.approx(float(months[0]))


def test_a_plan_in_words_is_never_not_assigned(computed: dict[str, dict[str, Sheet]]) -> None:
    rows = [TargetRow(Indicator(f"W{at}", "", "Hộ", "hộ")) for at in range(len(PLAN_TEXTS))]
    stands_at = arrange(rows).row_of_code
    sheet = computed["worded.xlsx"][TARGETS.title]

    ratings = [native(sheet, stands_at[f"w{at}"]).rating for at in range(len(PLAN_TEXTS))]
    assert ratings == [SEE_SUMMARY] * 3 + [Rating.NOT_ASSIGNED.value] * 2


def test_the_cases_cover_every_rating_a_single_unit_can_get() -> None:
    ratings = {
        expected(row, month).rating for month in (1, 3, 6, 9, 11, 12) for row in rating_cases(month)
    }

    not_of_numbers = {Rating.INCOMPLETE, Rating.PLAN_UNKNOWN}
    of_one_unit = {rating.value for rating in Rating if rating not in not_of_numbers}
    assert ratings - {SEE_SUMMARY} == of_one_unit


def test_a_ratio_is_numerator_over_denominator_in_each_month_and_in_total(
    computed: dict[str, dict[str, Sheet]],
) -> None:
    sheet = computed["ratios.xlsx"][TARGETS.title]
    rows = arrange(RATIOS).row_of_code
    months = sheet[rows["r3"] - 1][COLUMNS["t1"] : COLUMNS["t12"] + 1]

    assert months == [0, pytest.approx(700 / 1585), "", pytest.approx(15500 / 1585), *[""] * 8]
    assert native(sheet, rows["r3"]) == Shown(
        pytest.approx(15500 / 1585), pytest.approx(1.0001), "Vượt"
    )
    assert native(sheet, rows["r5"]) == Shown(
        pytest.approx(1585 / 155), pytest.approx(1.0226), "Vượt"
    )
    assert native(sheet, rows["r6"]) == Shown("", "", "Không giao")
    assert native(sheet, rows["r8"]) == Shown("", "", SEE_SUMMARY)


SCALED = [
    TargetRow(Indicator("SL", "", "Sản lượng", "tấn"), (D(550),) + (None,) * 11),
    TargetRow(Indicator("DT", "", "Diện tích", "ha"), (D(100),) + (None,) * 11),
    TargetRow(Indicator("M", "", "Đường bê tông", "m"), (D(500),) + (None,) * 11),
    TargetRow(Indicator("KM", "", "Đường", "km"), (D(1),) + (None,) * 11),
    *(
        TargetRow(Indicator(code, "", code, measure, unit_rule=UnitRule.RATIO, source=source))
        for code, measure, source in (
            ("NS", "tạ/ha", "tỷ số SL/DT"),
            ("TL", "%", "tỷ số M/KM"),
            ("NO", "tạ/người", "tỷ số SL/DT"),
            ("TL2", "phan tram", "tỷ số M/KM"),
            ("PN", "‰", "tỷ số M/KM"),
        )
    ),
]


def test_a_ratio_is_shown_in_its_own_measure(computed: dict[str, dict[str, Sheet]]) -> None:
    sheet = computed["scaled.xlsx"][TARGETS.title]
    rows = arrange(SCALED).row_of_code
    shown_there = [native(sheet, rows[code]).cumulative for code in ("ns", "tl", "no", "tl2", "pn")]

    assert shown_there == [55, 50, "", 50, 500]


def test_without_a_period_the_last_month_with_a_figure_counts(
    computed: dict[str, dict[str, Sheet]],
) -> None:
    sheet = computed["no-period.xlsx"][TARGETS.title]

    assert native(
        sheet, arrange([TargetRow(Indicator("A", "", "A", ""))]).row_of_code["a"]
    ) == Shown(8, pytest.approx(0.6667), "Đúng tiến độ")


def test_an_untouched_template_shows_no_stray_zero(
    computed: dict[str, dict[str, Sheet]],
) -> None:
    sheet = computed["nothing.xlsx"][TARGETS.title]
    rows = arrange(_blank().targets)

    shown_there = {native(sheet, row) for row in range(rows.first_row, rows.last_row + 1)}

    assert shown_there == {Shown("", "", ""), Shown("", "", "Không giao")}


def test_figures_typed_into_a_template_by_another_program_are_computed(
    computed: dict[str, dict[str, Sheet]],
) -> None:
    sheet = computed["typed.xlsx"][TARGETS.title]
    rows = arrange(_blank().targets).row_of_code

    assert {code: native(sheet, rows[code]) for code in ("kt01", "vx02", "qa01")} == {
        "kt01": Shown(pytest.approx(0.3), 0.25, "Đúng tiến độ"),
        "vx02": Shown(155, 1, "Đạt"),
        "qa01": Shown(25, pytest.approx(1.0417), "Vượt"),
    }
    assert native(sheet, rows["vx03"]) == Shown(
        pytest.approx(15500 / 1585), pytest.approx(1.0001), "Vượt"
    )


@pytest.mark.parametrize("name", ["filled.xlsx", "no-period.xlsx", "nothing.xlsx"])
def test_the_values_saved_beside_the_formulas_are_those_a_spreadsheet_computes(
    written: Path, computed: dict[str, dict[str, Sheet]], name: str
) -> None:
    saved = read_values(written / name)

    for title, sheet in saved.items():
        for number, row in enumerate(sheet):
            assert row == [
                pytest.approx(value, rel=1e-12) if isinstance(value, float) else value
                for value in computed[name][title][number]
            ], f"{title}, row {number + 1}"


def test_the_months_are_where_the_tests_look_for_them() -> None:
    assert [COLUMNS[name] for name in MONTH_NAMES] == list(range(13, 25))
