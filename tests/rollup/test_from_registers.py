"""Indicators fed from a register: which figure they get, from which rows, and what is said."""

from decimal import Decimal
from pathlib import Path

import pytest

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.files.grid import Grid
from danvan_xl.jobs.consolidate import consolidate_files
from danvan_xl.reading.figure import NO_FIGURE, Figure
from danvan_xl.reading.records import Target
from danvan_xl.rollup.from_registers import Derived, derive, differing_months
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import MonthRule
from danvan_xl.vietnamese.numbers import Bound, State
from danvan_xl.vietnamese.periods import Calendar
from tests.on_disk import save
from tests.register_sheets import read
from tests.sheets import consolidated, found, grid, info

D = Decimal
HEAD = "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Cộng kỳ | Tổng hợp | Nguồn | Kế hoạch | T1 | T2 | T3 |"
MEETINGS = """
    | Ngày       | Hình thức | Nội dung | Số cuộc |
    | 14/12/2025 | Hội nghị  | a        | 1       |
    | 15/12/2025 | Hội nghị  | b        | 2       |
    | 31/12/2025 | Hội nghị  | c        | 4       |
    | 01/01/2026 | Hội nghị  | d        | 8       |
    | 14/01/2026 | Hội nghị  | e        | 16      |
    | 15/01/2026 | Hội nghị  | f        | 32      |
    | 31/01/2026 | Hội nghị  | g        | 64      |
    | 14/03/2026 | Khác      | h        | 128     |
    | 15/03/2026 | Hội nghị  | i        | 256     |
"""
END = """
    | Ngày       | Hình thức | Nội dung | Số cuộc |
    | 14/12/2026 | Hội nghị  | a        | 1       |
    | 15/12/2026 | Hội nghị  | b        | 2       |
    | 31/12/2026 | Hội nghị  | c        | 4       |
    | 01/01/2027 | Hội nghị  | d        | 8       |
"""
GIFTS = """
    | Ngày       | Nội dung | Loại     | ĐVT        | Kết quả |
    | 02/01/2026 | a        | Tiền     | tỷ đồng    | 1.5     |
    | 03/01/2026 | b        | Tiền     | triệu đồng | 25      |
    | 04/01/2026 | c        | Tiền     | nghìn đồng | 500     |
    | 05/01/2026 | d        | Hiến đất | m²         | 100     |
    | 06/01/2026 | e        | Hiến đất | m2         | 20      |
    | 07/01/2026 | f        | Hiến đất | ha         | 3       |
    | 08/01/2026 | g        | Hiến đất | ngày công  | 7       |
"""


def targets(*rows: str, head: str = HEAD) -> Grid:
    return grid("\n".join([head, *rows]))


def target(
    source: str,
    measure: str = "cuộc",
    rule: str = "Cộng",
    typed: str = "| | |",
    units: str = "Cộng",
) -> str:
    return f"| A | Kinh tế | Chỉ tiêu A | {measure} | {rule} | {units} | {source} | 100 | {typed} |"


def months(
    source: str, title: str, rows: str, *, on_14th: bool = False, measure: str = "cuộc"
) -> list[int | None]:
    wanted = Indicator("A", "", "Chỉ tiêu", measure, source=source)
    got = derive(wanted, [read(title, rows).table], Calendar(2026, 12, on_14th))
    assert got is not None
    return [None if item.value is None else int(item.value) for item in got.months]


def actual(result: Consolidation) -> Decimal | None:
    return result.lines["a"].actual


def fed(row: str, title: str, rows: str, period: str = "Năm", **own: object) -> Consolidation:
    return consolidated(targets(row), grid(rows, title), period=period, own=own)


def test_days_go_to_calendar_months_when_months_close_at_their_end() -> None:
    got = months("tổng Tuyên truyền.Số cuộc", "Tuyên truyền", MEETINGS)

    assert got[:4] == [8 + 16 + 32 + 64, 0, 128 + 256, None]
    assert months("tổng Tuyên truyền.Số cuộc", "Tuyên truyền", END)[10:] == [0, 1 + 2 + 4]


def test_days_go_to_the_month_that_closes_on_the_14th() -> None:
    got = months("tổng Tuyên truyền.Số cuộc", "Tuyên truyền", MEETINGS, on_14th=True)

    assert got[:5] == [2 + 4 + 8 + 16, 32 + 64, 128, 256, None]
    end = months("tổng Tuyên truyền.Số cuộc", "Tuyên truyền", END, on_14th=True)
    assert end[10:] == [0, 1]


@pytest.mark.parametrize(
    ("period", "cutoff", "figure"),
    [
        ("Tháng 1", "Cuối tháng", 120),
        ("Tháng 2", "Cuối tháng", 120),
        ("Quý I", "Cuối tháng", 376),
        ("Tháng 1", "Ngày 14", 30),
        ("Tháng 3", "Ngày 14", 126),
        ("Năm", "Ngày 14", 382),
    ],
)
def test_a_flow_accumulates_to_the_end_of_the_period(period: str, cutoff: str, figure: int) -> None:
    row = target("tổng Tuyên truyền.Số cuộc [Hình thức = Hội nghị]")

    result = fed(row, "Tuyên truyền", MEETINGS, period, Chốt_số_liệu=cutoff)

    assert actual(result) == figure


def test_the_source_of_the_figure_is_the_block_of_rows_it_comes_from() -> None:
    (term,) = (
        fed(target("đếm Tuyên truyền [Hình thức = Khác]"), "Tuyên truyền", MEETINGS)
        .lines["a"]
        .terms
    )

    assert (term.value, term.sheet, term.cells) == (1, "Tuyên truyền", "A9:D9")


STAGES = """
    | Bộ tiêu chí     | Số  | Tên tiêu chí | Kết quả  | Ngày đạt   |
    | Đô thị văn minh | 1   | a            | Đạt      |            |
    | Đô thị văn minh | 2   | b            | Đạt      | 14/03/2026 |
    | Đô thị văn minh | 3   | c            | Đạt      | 15/03/2026 |
    | Đô thị văn minh | 3.1 | d            | Đạt      | 01/01/2026 |
    | Đô thị văn minh | 4   | e            | Chưa đạt |            |
    | Đô thị văn minh | 5   | g            |          |            |
"""


@pytest.mark.parametrize(
    ("period", "cutoff", "figure"),
    [
        ("Tháng 2", "Cuối tháng", 1),
        ("Tháng 3", "Cuối tháng", 3),
        ("Tháng 3", "Ngày 14", 2),
        ("Tháng 4", "Ngày 14", 3),
    ],
)
def test_a_stock_is_as_it_stands_at_the_end_of_the_period(
    period: str, cutoff: str, figure: int
) -> None:
    row = target("đếm Tiêu chí [Kết quả = Đạt]", "tiêu chí", "Cuối kỳ")

    assert actual(fed(row, "Tiêu chí", STAGES, period, Chốt_số_liệu=cutoff)) == figure


def test_a_criterion_nobody_judged_yet_is_no_mistake_even_with_a_year_planned() -> None:
    rows = """
        | Bộ tiêu chí     | Số | Tên tiêu chí | Kế hoạch đạt (năm) | Kết quả |
        | Đô thị văn minh | 1  | a            |                    | Đạt     |
        | Đô thị văn minh | 2  | b            | 2027               |         |
    """
    result = fed(target("đếm Tiêu chí", "tiêu chí", "Cuối kỳ"), "Tiêu chí", rows)

    assert actual(result) == 1
    assert not found(result.issues, Code.REGISTER_ROW_IGNORED)


def test_a_register_without_days_is_counted_as_it_stands() -> None:
    rows = """
        | Tên tổ | Loại       | Số thành viên | TC1 |
        | Tổ 1   | Tổ dân vận | 5             | Đạt |
        | Tổ 2   | Tổ tự quản | 9             |     |
        | Tổ 3   | Tổ tự quản | 12            | Đạt |
    """

    assert actual(fed(target("đếm Tổ dân vận"), "Tổ dân vận", rows, "Tháng 2")) == 3
    row = target("tổng Tổ dân vận.Số thành viên [Loại = Tổ tự quản]", "người", "Cuối kỳ")
    assert actual(fed(row, "Tổ dân vận", rows, "Tháng 2")) == 21


def test_another_day_decides_when_the_source_says_so() -> None:
    rows = """
        | Ngày tiếp nhận | Nguồn tiếp nhận | Cơ quan giải quyết | Hạn giải quyết | Ngày giải quyết |
        | 05/01/2026     | Tiếp dân        | UBND               | 05/02/2026     | 03/03/2026      |
        | 06/01/2026     | Đơn thư         | UBND               | 05/02/2026     |                 |
        | 07/04/2026     | Tiếp dân        | UBND               | 05/05/2026     | 08/04/2026      |
    """

    assert months("đếm Kiến nghị", "Kiến nghị", rows)[:5] == [2, 0, 0, 1, None]
    by_resolved = "đếm Kiến nghị theo Ngày giải quyết"
    assert months(by_resolved, "Kiến nghị", rows)[:5] == [0, 0, 1, 1, None]
    assert actual(fed(target(by_resolved), "Kiến nghị", rows, "Quý I")) == 1


def test_money_is_converted_into_the_measure_of_the_indicator() -> None:
    row = target("tổng Huy động.Kết quả [Loại = Tiền]", "triệu đồng")
    result = fed(row, "Huy động", GIFTS)

    assert actual(result) == D("1525.5")
    assert not found(result.issues, Code.SOURCE_MEASURE_DIFFERS)
    row = target("tổng Huy động.Kết quả [Loại = Tiền]", "đồng")
    assert actual(fed(row, "Huy động", GIFTS)) == 1_525_500_000


def test_rows_of_another_measure_are_left_out_and_told() -> None:
    row = target("tổng Huy động.Kết quả [Loại = Hiến đất]", "m²")
    result = fed(row, "Huy động", GIFTS)

    assert actual(result) == 120
    (issue,) = (item for item in result.issues if item.code is Code.SOURCE_MEASURE_DIFFERS)
    assert (issue.place.sheet, issue.place.cell) == ("Huy động", "D7")
    assert issue.message == (
        "2 dòng của sổ Huy động có ĐVT khác 'm²' (D7, D8); không cộng vào chỉ tiêu này."
    )


def test_a_row_that_does_not_say_its_measure_is_not_added_to_one() -> None:
    rows = """
        | Ngày       | Nội dung | Loại     | ĐVT | Kết quả |
        | 02/01/2026 | a        | Hiến đất | m²  | 100     |
        | 03/01/2026 | b        | Hiến đất |     | 50      |
    """
    result = fed(target("tổng Huy động.Kết quả [Loại = Hiến đất]", "m²"), "Huy động", rows)

    assert actual(result) == 100  # as the formula of the sheet says
    assert found(result.issues, Code.REGISTER_CELLS_BLANK) == ["D3"]


MODELS = """
    | Mã mô hình | Tên mô hình | Loại    | Trạng thái | Lĩnh vực | Kinh phí (triệu đồng) |
    | M1         | Chợ sạch    | Mô hình | Hiệu quả   | Kinh tế  | 1500                  |
    | M2         | Camera      | Mô hình | Đăng ký    | Kinh tế  | 250                   |
"""


def test_a_column_with_a_measure_of_its_own_is_converted_as_a_whole() -> None:
    row = target("tổng Dân vận khéo.Kinh phí (triệu đồng)", "tỷ đồng", "Cuối kỳ")

    assert actual(fed(row, "Dân vận khéo", MODELS)) == D("1.75")


def test_a_column_that_cannot_be_had_in_the_measure_is_an_error_and_typed_figures_count() -> None:
    row = target("tổng Dân vận khéo.Kinh phí (triệu đồng)", "hộ", typed="7 | |")
    result = fed(row, "Dân vận khéo", MODELS)

    assert actual(result) == 7
    (issue,) = (item for item in result.issues if item.code is Code.SOURCE_UNREADABLE)
    assert (issue.place.sheet, issue.place.cell) == ("Chỉ tiêu", "G2")
    assert "cột 'Kinh phí (triệu đồng)' tính bằng 'triệu đồng'" in issue.message
    assert "Ghi ĐVT của chỉ tiêu là 'triệu đồng'." in issue.remedy


def test_a_register_that_has_rows_is_not_said_to_be_empty() -> None:
    row = target("tổng Dân vận khéo.Kinh phí (triệu đồng)", "hộ", typed="7 | |")

    assert not found(fed(row, "Dân vận khéo", MODELS).issues, Code.SOURCE_EMPTY)


def test_an_estimate_in_a_register_makes_the_figure_an_estimate() -> None:
    rows = """
        | Ngày       | Hình thức | Nội dung | Số cuộc |
        | 02/01/2026 | Hội nghị  | a        | 4       |
        | 03/01/2026 | Hội nghị  | b        | trên 30 |
    """
    line = fed(target("tổng Tuyên truyền.Số cuộc"), "Tuyên truyền", rows).lines["a"]

    assert (line.actual, line.bound) == (34, Bound.AT_LEAST)


EMPTY = "| Ngày | Hình thức | Nội dung | Số cuộc |"


def test_an_empty_register_leaves_the_typed_figures_and_says_so() -> None:
    row = target("tổng Tuyên truyền.Số cuộc", typed=" | 4 | 5")
    result = fed(row, "Tuyên truyền", EMPTY)

    assert actual(result) == 9
    assert found(result.issues, Code.SOURCE_EMPTY) == ["J2"]
    untyped = fed(target("tổng Tuyên truyền.Số cuộc"), "Tuyên truyền", EMPTY)
    assert actual(untyped) is None
    assert not found(untyped.issues, Code.SOURCE_EMPTY)


def test_a_month_that_shows_another_figure_than_the_register_is_told() -> None:
    row = target("tổng Tuyên truyền.Số cuộc [Hình thức = Hội nghị]", typed="120 | 5 | 300")
    result = fed(row, "Tuyên truyền", MEETINGS)

    assert actual(result) == 376
    (issue,) = (item for item in result.issues if item.code is Code.SOURCE_DIFFERS)
    assert (issue.place.sheet, issue.place.cell) == ("Chỉ tiêu", "J2")
    assert issue.message == (
        "Ô hiện 5, tính từ sổ Tuyên truyền là 0; dùng số tính từ sổ (các ô khác nhau: J2, K2)."
    )


@pytest.mark.parametrize(
    ("typed", "cells"), [("trên 100", []), ("trên 120", []), ("gần 130", []), ("trên 130", ["I2"])]
)
def test_an_estimate_that_holds_is_no_finding(typed: str, cells: list[str]) -> None:
    row = target("tổng Tuyên truyền.Số cuộc [Hình thức = Hội nghị]", typed=f"{typed} | |")
    result = fed(row, "Tuyên truyền", MEETINGS)

    assert actual(result) == 376
    assert found(result.issues, Code.SOURCE_DIFFERS) == cells


def on_disk(folder: Path, typed: str) -> Consolidation:
    """Return the consolidation of a workbook on disk; a figure "=…" is a formula saved as 0."""
    about = info(Mã_đơn_vị="A", Tên_đơn_vị="Xã A", Năm=2026, Kỳ_báo_cáo="Năm")
    row = target("tổng Tuyên truyền.Số cuộc [Hình thức = Hội nghị]", typed=typed)
    path = save(folder / "so.xlsx", about, targets(row), grid(MEETINGS, "Tuyên truyền"))
    return consolidate_files(path).result


def test_a_figure_typed_over_the_formula_is_told_even_if_it_is_right(tmp_path: Path) -> None:
    result = on_disk(tmp_path, "120 | =0 | =0")

    assert actual(result) == 376
    assert found(result.issues, Code.SOURCE_TYPED_OVER) == ["I2"]


def test_formulas_that_show_something_else_and_figures_typed_over_are_told_apart(
    tmp_path: Path,
) -> None:
    result = on_disk(tmp_path, "119 | =0 | =256")

    assert actual(result) == 376
    (typed,) = (item for item in result.issues if item.code is Code.SOURCE_TYPED_OVER)
    assert typed.place.cell == "I2"
    assert typed.message == (
        "Công thức lấy số từ sổ Tuyên truyền đã bị ghi đè bằng 119; tính từ sổ là 120, "
        "dùng số tính từ sổ (các ô bị ghi đè: I2)."
    )
    (stale,) = (item for item in result.issues if item.code is Code.SOURCE_DIFFERS)
    assert stale.place.cell == "K2"
    assert "Ô hiện 0, tính từ sổ Tuyên truyền là 256" in stale.message


def derived(source: str, title: str, rows: str, month_rule: MonthRule = MonthRule.SUM) -> Derived:
    """Return what an indicator takes from a register by the end of March."""
    wanted = Indicator("A", "", "Chỉ tiêu", "cuộc", month_rule=month_rule, source=source)
    got = derive(wanted, [read(title, rows).table], Calendar(2026, 3))
    assert got is not None
    return got


def typed(*months: str) -> Target:
    """Return a row with these months ("" is blank, "≥" an estimate)."""
    figures = [
        Figure(
            D(text.lstrip("≥")),
            State.NUMBER,
            Bound.AT_LEAST if text[0] == "≥" else Bound.EXACT,
        )
        if text
        else NO_FIGURE
        for text in months
    ]
    return Target(2, Indicator("A", "", "A", "cuộc"), NO_FIGURE, NO_FIGURE, tuple(figures))


SUMMED = "tổng Tuyên truyền.Số cuộc"


@pytest.mark.parametrize(
    ("rule", "is_by_month", "shown"),
    [
        (MonthRule.SUM, True, [8 + 16 + 32 + 64, 0, 128 + 256, None]),
        # A stock is the same in whichever month it is shown.
        (MonthRule.LAST, False, [511, 511, 511, 511]),
    ],
)
def test_a_flow_has_a_figure_for_each_month_a_stock_one_for_all(rule, is_by_month, shown) -> None:
    found = derived(SUMMED, "Tuyên truyền", MEETINGS, rule)

    assert found.is_monthly is is_by_month
    assert [found.figure_at(month).value for month in range(4)] == shown


def test_a_stock_of_which_nothing_is_known_has_no_figure() -> None:
    rows = "| Ngày | Hình thức | Nội dung | Số cuộc |\n| 05/03/2026 | Hội nghị | a | |"

    assert derived(SUMMED, "Tuyên truyền", rows, MonthRule.LAST).figure_at(0) == NO_FIGURE


@pytest.mark.parametrize(
    ("months", "differ"),
    [
        (("120", "0", "384"), []),
        (("", "", ""), []),
        (("120", "1", "385"), [1, 2]),
        (("≥100", "0", "≥400"), [2]),  # an estimate agrees with what it allows
        (("120", "0", "384", "0"), [3]),  # the register has no April yet
    ],
)
def test_months_that_were_typed_are_held_against_the_register(months, differ) -> None:
    found = derived(SUMMED, "Tuyên truyền", MEETINGS)

    assert differing_months(typed(*months), found) == differ


NO_FIGURE_YET = """
    | Ngày       | Nội dung | Loại      | ĐVT       | Kết quả         |
    | 02/01/2026 | a        | Hiến đất  | m²        | 50              |
    | 03/02/2026 | b        | Ngày công | ngày công | {typed}         |
    | 04/05/2026 | c        | Ngày công | ngày công | {later}         |
"""


@pytest.mark.parametrize(
    ("typed", "later", "period", "figure"),
    [
        ("", "", "Năm", None),
        ("hàng chục ngàn", "", "Năm", None),
        ("", "8", "Năm", 8),
        ("", "8", "Tháng 4", None),  # what comes later does not make zeros of the months before
        ("0", "", "Năm", 0),
        ("7", "", "Tháng 1", 0),  # the register is kept, and nothing has happened yet
    ],
)
def test_rows_of_which_none_has_a_figure_make_no_total(
    typed: str, later: str, period: str, figure: int | None
) -> None:
    row = target("tổng Huy động.Kết quả [Loại = Ngày công]", "ngày công")

    result = fed(row, "Huy động", NO_FIGURE_YET.format(typed=typed, later=later), period)

    assert actual(result) == figure
    told = [item for item in result.issues if item.code is Code.SOURCE_WITHOUT_FIGURES]
    assert len(told) == (figure is None)
    assert result.lines["a"].rating == ("Chưa báo cáo" if figure is None else "Chưa đạt") or (
        period != "Năm"
    )


def test_zeros_beside_what_is_not_known_do_not_go_upward() -> None:
    rows = NO_FIGURE_YET.format(typed="", later="")
    wanted = Indicator("A", "", "A", "ngày công", source="tổng Huy động.Kết quả [Loại = Ngày công]")
    found = derive(wanted, [read("Huy động", rows).table], Calendar(2026, 12))

    assert found is not None
    assert [figure.value for figure in found.counted_months] == [None] * 12
