"""Several years as one where a figure is missing, typed or from registers; a typed last year."""

from decimal import Decimal

import pytest

import danvan_xl
from danvan_xl.consolidation import many
from danvan_xl.reading.figure import NO_FIGURE
from danvan_xl.report.remarks import remarks_on
from danvan_xl.rollup.parts import Coverage, Parts
from danvan_xl.rollup.rating import Edge, Rating
from danvan_xl.rollup.tally import Scope, UnitFigure
from danvan_xl.rollup.terms import Term
from danvan_xl.rollup.years import combine_years
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import Direction, MonthRule, PlanKind, UnitRule
from danvan_xl.schema.plans import Plan
from danvan_xl.vietnamese.numbers import Bound
from tests.on_disk import save, thon_file, xa_file
from tests.sheets import grid, info, units
from tests.unit_rows import scope_of

ROW = "| K | Kinh tế | Chỉ tiêu | cái | 10 | {} | | |"
WHOLE = ROW.replace("| K |", "| M |")
OWN = "| K | Kinh tế | Chỉ tiêu | cái | 20 | | | |"
SHARES = """
    | Mã | Chỉ tiêu | ĐVT | Cộng kỳ | Tổng hợp | Kế hoạch | T1 |
    | K  | Tỷ lệ    | %   | Cộng    | Cộng     | 80       |    |
"""
STOCK = "| Mã | Chỉ tiêu | ĐVT | Cộng kỳ | Kế hoạch | T1 |\n| K | Tồn | cái | Cuối kỳ | {} | |"
RATIO = """
    | Mã | Chỉ tiêu | ĐVT | Tổng hợp | Nguồn       | Kế hoạch | T1 |
    | K  | Việc     | cái |          |             | 20       |    |
    | M  | Tất cả   | cái |          |             |          |    |
    | R  | Tỷ lệ    | %   | Tỷ số    | tỷ số K/{}  | 60       |    |
"""
MODELS = """
    | Mã | Chỉ tiêu | ĐVT     | Cộng kỳ | Nguồn                             | Kế hoạch | T1 |
    | MH | Mô hình  | mô hình | {}      | đếm Dân vận khéo [Loại = Mô hình] | {}       |    |
"""
TEAMS = "| Tên tổ | Loại | Số thành viên | TC1 |\n| Tổ 1 | Tổ dân vận | {} | Đạt |"


@pytest.fixture
def put(tmp_path):
    """Return a function that puts the workbook of a thôn and a year into the inbox."""

    def put(year, number, *rows):
        path = thon_file(tmp_path / "Nhan", number, *rows, Năm=year)
        return path.rename(path.with_name(f"{year}-{number}.xlsx"))

    return put


def xa(tmp_path, table, thon=("Thôn 1", "Thôn 2")):
    about = {"Mã_đơn_vị": "A", "Tên_đơn_vị": "Xã A", "Năm": 2026, "Kỳ_báo_cáo": "Năm"}
    return save(tmp_path / "so.xlsx", info(**about), units(*thon), grid(table))


def of_years(tmp_path, workbook, first=2025):
    inbox = tmp_path / "Nhan"
    return danvan_xl.consolidate(workbook, inbox, years=range(first, 2027)).consolidation


def found(result, code):
    return [item for item in result.issues if item.code is code]


def test_a_ratio_of_a_part_that_is_not_there_has_no_figure(put, tmp_path):
    put(2026, 1, ROW.format(5))
    result = of_years(tmp_path, xa(tmp_path, RATIO.format("ZZ")))
    assert (result.lines["k"].actual, result.lines["r"].actual) == (5, None)


def test_a_ratio_counts_the_units_that_have_both_parts_as_that_of_one_year_does(put, tmp_path):
    for year in (2025, 2026):
        put(year, 1, ROW.format(5), WHOLE.format(10))
        put(year, 2, WHOLE.format(90))
    workbook = xa(tmp_path, RATIO.format("M"))

    result = of_years(tmp_path, workbook)

    assert result.lines["r"].actual == 50
    assert result.units[0].figures["r"].actual == 50
    # Unit 2 has no numerator: it may still bring the share to its 60 %.
    assert result.lines["r"].rating is Rating.INCOMPLETE


@pytest.mark.parametrize(("silent", "rating"), [(False, "Đạt"), (True, "Chưa đủ báo cáo")])
def test_a_plan_without_that_of_a_silent_unit_is_not_reached(put, tmp_path, silent, rating):
    for year, number in ((2025, 1), (2026, 1), (2026, 2), (2025, 2))[: 3 if silent else 4]:
        put(year, number, ROW.format(10))
    table = "| Mã | Chỉ tiêu | ĐVT | Kế hoạch | T1 |\n| K | Việc | cái | 20 | |"

    line = of_years(tmp_path, xa(tmp_path, table)).lines["k"]

    assert (line.actual, line.plan) == ((30, 30) if silent else (40, 40))
    assert line.rating == rating


def test_a_ratio_of_which_a_year_is_missing_is_not_called_missed(put, tmp_path):
    for number in (1, 2):
        put(2026, number, ROW.format(5), WHOLE.format(10))
    result = of_years(tmp_path, xa(tmp_path, RATIO.format("M")))
    line = result.lines["r"]
    assert (line.actual, line.rating) == (50, Rating.INCOMPLETE)
    assert "Chưa có số năm 2025" in remarks_on(line, result)


def test_shares_that_were_typed_are_not_added_up(put, tmp_path):
    for year, share in ((2025, 70), (2026, 60)):
        put(year, 1, ROW.format(share).replace("cái", "%"))

    line = of_years(tmp_path, xa(tmp_path, SHARES, ["Thôn 1"])).lines["k"]

    assert (line.actual, line.plan, line.rating) == (60, 80, Rating.MISSED)


def test_a_stock_without_its_last_year_is_that_of_the_year_before_and_says_so(put, tmp_path):
    put(2025, 1, ROW.format(9))

    result = of_years(tmp_path, xa(tmp_path, STOCK.format(5), ["Thôn 1"]))

    line = result.lines["k"]
    assert (line.actual, line.rating) == (9, Rating.INCOMPLETE)
    assert "Chưa có số năm 2026, lấy số năm 2025" in remarks_on(line, result)
    assert result.units[0].figures["k"].rating is Rating.INCOMPLETE


def test_a_stock_whose_last_year_is_there_does_not_ask_for_the_years_before(put, tmp_path):
    put(2026, 1, ROW.format(9))
    result = of_years(tmp_path, xa(tmp_path, STOCK.format(10), ["Thôn 1"]))
    assert result.lines["k"].rating is Rating.MISSED
    assert "Chưa có số năm" not in remarks_on(result.lines["k"], result)


def test_the_plan_of_a_year_without_anything_is_not_needed_but_waited_for(put, tmp_path):
    for year in (2024, 2026):
        put(year, 1, ROW.format(4))
        put(year, 2, ROW.format(6))

    result = of_years(tmp_path, xa_file(tmp_path, OWN), 2024)

    line = result.lines["k"]
    assert (line.plan, line.actual, line.rating) == (40, 20, Rating.INCOMPLETE)
    assert remarks_on(line, result).startswith("Chưa có số năm 2025")
    assert [item.place.file for item in found(result, Code.YEAR_WITHOUT_FIGURES)] == ["so.xlsx"]


def test_what_is_reached_is_not_called_so_while_the_plan_of_a_year_is_not_known(put, tmp_path):
    for year in (2025, 2026):
        put(year, 1, ROW.format(90))
        put(year, 2, ROW.format(90))
    workbook = xa_file(tmp_path, OWN)

    assert of_years(tmp_path, workbook, 2024).lines["k"].rating is Rating.INCOMPLETE
    assert of_years(tmp_path, workbook, 2025).lines["k"].rating is Rating.EXCEEDED


def test_a_unit_that_brought_nothing_in_a_year_leaves_its_total_open(put, tmp_path):
    for year, number in ((2025, 1), (2025, 2), (2026, 1)):
        put(year, number, ROW.format(4))

    result = of_years(tmp_path, xa_file(tmp_path, OWN))

    assert result.lines["k"].rating is Rating.INCOMPLETE
    assert remarks_on(result.lines["k"], result) == "Năm 2026 mới có số của 1/2 đơn vị"
    assert [unit.figures["k"].rating for unit in result.units] == [
        Rating.MISSED,
        Rating.INCOMPLETE,
    ]


def test_a_year_with_figures_and_no_plan_leaves_no_plan_and_says_so(put, tmp_path):
    put(2025, 1, ROW.format(4).replace("10", ""))
    for year, number in ((2025, 2), (2026, 1), (2026, 2)):
        put(year, number, ROW.format(4))
    put(2025, 2, ROW.format(4).replace("10", ""))

    result = of_years(tmp_path, xa_file(tmp_path, OWN))

    line = result.lines["k"]
    assert (line.plan, line.actual, line.rating) == (None, 16, Rating.NOT_ASSIGNED)
    assert "Chưa có kế hoạch năm 2025 nên không gộp kế hoạch" in remarks_on(line, result)


def test_a_plan_of_units_in_words_is_not_known_over_years_either(put, tmp_path):
    put(2025, 1, ROW.format(4))
    put(2026, 1, ROW.format(40).replace("10", "theo thực tế"))

    line = of_years(tmp_path, xa_file(tmp_path, OWN.replace("20", "", 1))).lines["k"]

    assert (line.plan, line.actual, line.rating) == (None, 44, Rating.PLAN_UNKNOWN)


def test_a_workbook_of_no_year_is_named_and_does_not_count(put, tmp_path):
    put(2026, 1, ROW.format(4))
    put("", 2, ROW.format(100)).rename(tmp_path / "Nhan" / "khong-nam.xlsx")
    (tmp_path / "Nhan" / "hong.xlsx").write_bytes(b"not a workbook")

    result = of_years(tmp_path, xa_file(tmp_path, OWN))

    assert result.lines["k"].actual == 4
    (told,) = found(result, Code.FILE_WITHOUT_YEAR)
    assert told.place.file == "khong-nam.xlsx"
    assert "hong.xlsx" in [item.place.file for item in result.issues]


def models_of(tmp_path, year, *names, rule="", plan=""):
    header = "| Mã mô hình | Tên mô hình | Lĩnh vực | Loại | Trạng thái | Số hộ tham gia |"
    rows = [f"| {name[:2]} | {name} | Kinh tế | Mô hình | Hiệu quả | 4 |" for name in names]
    about = info(Mã_đơn_vị="A.1", Tên_đơn_vị="Thôn 1", Năm=year)
    register = grid("\n".join([header, *rows]), "Dân vận khéo")
    (tmp_path / "Nhan").mkdir(exist_ok=True)
    save(tmp_path / "Nhan" / f"{year}.xlsx", about, grid(MODELS.format(rule, plan)), register)


@pytest.mark.parametrize("fewest", [0, 10_000])
@pytest.mark.parametrize("rule", ["Cộng", "Cuối kỳ"])
def test_a_model_of_several_years_counts_once_for_its_unit_too(tmp_path, monkeypatch, rule, fewest):
    monkeypatch.setattr(many, "MANY", fewest)
    models_of(tmp_path, 2025, "M1 Camera", "M2 Heo đất")
    models_of(tmp_path, 2026, "M1 Camera", "M3 Đường hoa")

    result = of_years(tmp_path, xa(tmp_path, MODELS.format(rule, ""), ["Thôn 1"]))

    line = result.lines["mh"]
    assert line.actual == 3
    assert sum(term.value for term in line.terms) == 3
    assert result.units[0].figures["mh"].actual == 3


@pytest.mark.parametrize("fewest", [0, 10_000])
def test_plans_of_years_are_not_those_of_models_that_count_once(tmp_path, monkeypatch, fewest):
    monkeypatch.setattr(many, "MANY", fewest)
    for year, *names in ((2025, "M1 A", "M2 B"), (2026, "M1 A", "M3 C")):
        models_of(tmp_path, year, *names, rule="Cuối kỳ", plan=2)

    result = of_years(tmp_path, xa(tmp_path, MODELS.format("Cuối kỳ", 2), ["Thôn 1"]))

    for figure in (result.lines["mh"], result.units[0].figures["mh"]):
        assert (figure.actual, figure.plan, figure.rating) == (3, None, Rating.PLAN_UNKNOWN)
    said = remarks_on(result.lines["mh"], result)
    assert said == "Kế hoạch các năm không gộp: việc kéo qua nhiều năm chỉ tính một lần"


STATES = """
    | Mã | Chỉ tiêu | ĐVT | Cộng kỳ | Tổng hợp | Nguồn | T1 |
    | A  | Mô hình  | mô hình | Cuối kỳ | Cộng | đếm Dân vận khéo [Loại = Mô hình] | |
    | B  | Tốt | mô hình | Cuối kỳ | Cộng | đếm Dân vận khéo [Trạng thái = Hiệu quả; Nhân rộng] | |
    | R  | Tỷ lệ | % | Cuối kỳ | Tỷ số | tỷ số B/A | |
"""


@pytest.mark.parametrize("fewest", [0, 10_000])
def test_figures_of_registers_over_years_are_what_the_registers_come_to(
    tmp_path, monkeypatch, fewest
):
    monkeypatch.setattr(many, "MANY", fewest)
    header = "| Mã mô hình | Tên mô hình | Lĩnh vực | Loại | Trạng thái |"
    row = "| {} | Mô hình tên {} | Kinh tế | Mô hình | {} |"
    (tmp_path / "Nhan").mkdir()
    for year, models in {
        2024: {"M01": "Đăng ký", "M02": "Hiệu quả"},
        2025: {"M01": "Hiệu quả", "M03": "Đăng ký"},
        2026: {"M01": "Nhân rộng", "M03": "Dừng", "M04": "Đăng ký"},
    }.items():
        rows = [row.format(code, code * 3, state) for code, state in models.items()]
        about = info(Mã_đơn_vị="A.1", Tên_đơn_vị="Thôn 1", Năm=year)
        register = grid("\n".join([header, *rows]), "Dân vận khéo")
        save(tmp_path / "Nhan" / f"{year}.xlsx", about, grid(STATES), register)

    result = of_years(tmp_path, xa(tmp_path, STATES, ["Thôn 1"]), first=2024)

    assert [result.lines[key].actual for key in "abr"] == [4, 2, 50]
    (by_field,) = result.tracking.figures["movement_models"][0].groups.values()
    assert by_field[0] == 4
    assert sum(term.value for term in result.lines["a"].terms) == 4


def test_what_stands_in_a_register_year_after_year_is_that_of_the_newest(tmp_path):
    (tmp_path / "Nhan").mkdir()
    for year in (2025, 2026):
        about = info(Mã_đơn_vị="A.1", Tên_đơn_vị="Thôn 1", Năm=year)
        table = grid("| Mã | Chỉ tiêu | ĐVT | Kế hoạch | T1 |\n| K | Chỉ tiêu | cái | 10 | 1 |")
        teams = grid(TEAMS.format(year - 2020), "Tổ dân vận")
        save(tmp_path / "Nhan" / f"{year}.xlsx", about, table, teams)
    own = "| Mã | Chỉ tiêu | ĐVT | Nguồn          | Kế hoạch | T1 |\n{}".format(
        "| TD | Số tổ    | tổ  | đếm Tổ dân vận | 1        |    |"
    )

    result = of_years(tmp_path, xa(tmp_path, own, ["Thôn 1"]))

    assert result.lines["td"].actual == 1
    (cells,) = result.tracking.figures["teams"][0].groups.values()
    assert cells[0] == 1


def last_year(tmp_path, table, thon=("Thôn 1", "Thôn 2")):
    workbook = xa(tmp_path, table, thon)
    return danvan_xl.consolidate(workbook, last_year=tmp_path / "Nhan").consolidation


@pytest.mark.parametrize(("typed", "differs"), [("3,33", False), ("3,3", False), ("3,4", True)])
def test_last_years_figure_is_compared_as_far_as_it_is_typed(put, tmp_path, typed, differs):
    for number, figure in ((1, 3), (2, 3), (3, 4)):
        put(2025, number, ROW.format(figure))
    table = f"""
        | Mã | Chỉ tiêu | ĐVT | Cộng kỳ | Tổng hợp  | Năm trước | Kế hoạch | T1 |
        | K  | Mức      | cái | Cuối kỳ | Bình quân | {typed}   | 5        |    |
    """

    result = last_year(tmp_path, table, ["Thôn 1", "Thôn 2", "Thôn 3"])

    assert bool(found(result, Code.LAST_YEAR_DIFFERS)) is differs


@pytest.mark.parametrize(("figure", "differs"), [(40, True), (20, False)])
def test_some_units_bringing_more_than_the_typed_whole_is_told(put, tmp_path, figure, differs):
    put(2025, 1, ROW.format(figure))
    table = (
        "| Mã | Chỉ tiêu | ĐVT | Năm trước | Kế hoạch | T1 |\n"
        "| K  | Việc     | cái | 30        | 20       |    |"
    )
    assert bool(found(last_year(tmp_path, table), Code.LAST_YEAR_DIFFERS)) is differs


def test_an_unreadable_file_of_last_year_is_named(put, tmp_path):
    put(2025, 1, ROW.format(4))
    (tmp_path / "Nhan" / "hong.xlsx").write_bytes(b"not a workbook")
    result = last_year(tmp_path, SHARES)
    assert "Nhan/hong.xlsx" in [item.place.file for item in result.issues]


D = Decimal
MORE, LESS, EQUAL = Direction.MORE, Direction.LESS, Direction.EQUAL
SUM, LAST, LARGEST, MEAN = MonthRule


def joined(table, *, months=SUM, direction=MORE, repeated=None, parts=None, **definition):
    """Return the figure of several years of a table: Năm, Kế hoạch, Lũy kế, Sổ, Trên."""
    scope = scope_of(months=months, direction=direction)
    indicator = scope.definitions["k"]._replace(**definition)
    scope = scope._replace(definitions={"k": indicator})
    head, *rows = grid(table).rows
    figures = {}
    for row in rows:
        said = dict(zip(head, row, strict=True))
        year = int(said["Năm"])
        typed = said["Lũy kế"]
        actual = D(int(typed)) if isinstance(typed, float) else None
        figures[year] = {
            "k": UnitFigure(
                "k",
                plan=D(int(said["Kế hoạch"])) if said["Kế hoạch"] != "" else None,
                actual=actual,
                last_year=D(1),
                bound=Bound.AT_LEAST if said.get("Trên") else Bound.EXACT,
                not_applicable=typed == "KAD",
                terms=() if actual is None else (Term("A", "T1", actual, "Chỉ tiêu", "K2"),),
                register=str(said.get("Sổ", "")),
                parts=(parts or {}).get(year),
                months=(NO_FIGURE,),
            )
        }
    taken_off = {} if repeated is None else {"k": repeated}
    return combine_years(figures, scope, taken_off)["k"]


BOTH = """
    | Năm  | Kế hoạch | Lũy kế |
    | 2025 | 10       | 4      |
    | 2026 | 20       | 7      |
"""


@pytest.mark.parametrize(
    ("months", "about", "figure", "plan"),
    [
        (SUM, {}, 11, 30),
        (LAST, {}, 7, 20),
        (LARGEST, {}, 7, 20),
        (MEAN, {}, D("5.5"), 20),
        (SUM, {"measure": "%"}, 7, 20),  # shares do not add up
        (SUM, {"source": "đếm Tổ dân vận"}, 7, 20),  # what stands there does so every year anew
        (SUM, {"source": "đếm Tuyên truyền"}, 11, 30),
    ],
)
def test_years_become_one_figure_as_months_do(months, about, figure, plan):
    found = joined(BOTH, months=months, **about)

    assert (found.actual, found.plan) == (figure, plan)
    assert (found.last_year, found.parts, found.months) == (None, None, ())


def test_every_year_that_counts_is_a_term_with_its_year():
    summed, last = joined(BOTH), joined(BOTH, months=LAST)

    assert [(term.period, term.value) for term in summed.terms] == [
        ("2025: T1", 4),
        ("2026: T1", 7),
    ]
    assert [term.period for term in last.terms] == ["2026: T1"]


KEPT = """
    | Năm  | Kế hoạch | Lũy kế | Sổ       |
    | 2025 | 10       | 4      | outreach |
    | 2026 | 20       | 7      | {}       |
"""


def test_what_stands_in_registers_of_two_years_is_taken_off_once():
    found = joined(KEPT.format("outreach"), repeated=D(3))

    assert found.actual == 8
    assert [term.value for term in found.terms] == [4, 7, -3]
    assert joined(KEPT.format("outreach"), repeated=D(0)).actual == 11
    # Of what somebody typed nobody knows what is in it; a state is that of one year alone.
    assert joined(KEPT.format(""), repeated=D(3)).actual == 11
    assert joined(KEPT.format("outreach"), repeated=D(3), months=LAST).actual == 7


MODELS_OF_YEARS = """
    | Năm  | Kế hoạch | Lũy kế | Sổ              |
    | 2025 | {}       | 2      | movement_models |
    | 2026 | {}       | 2      | {}              |
"""


@pytest.mark.parametrize(
    ("months", "plans", "repeated", "plan", "rating"),
    [
        (LAST, (2, 2), 1, None, Rating.PLAN_UNKNOWN),
        (LAST, (2, 2), 0, None, Rating.PLAN_UNKNOWN),
        (LAST, ("", 3), 1, 3, Rating.REACHED),
        (LAST, (4, ""), 1, 4, Rating.MISSED),
        (LAST, ("", ""), 1, None, Rating.NOT_ASSIGNED),
        (SUM, (2, 2), 1, None, Rating.PLAN_UNKNOWN),
        (SUM, (2, 2), 0, 4, Rating.REACHED),  # none of them is in two years
    ],
)
def test_plans_of_things_that_count_once(months, plans, repeated, plan, rating):
    table = MODELS_OF_YEARS.format(*plans, "movement_models")
    figure = joined(table, months=months, repeated=D(repeated), source="đếm Dân vận khéo")

    assert (figure.actual, figure.plan, figure.rating) == (4 - repeated, plan, rating)


def test_of_typed_figures_the_last_year_and_its_plan_count():
    table = MODELS_OF_YEARS.format(2, 3, "")
    figure = joined(table, months=LAST, repeated=D(1), source="đếm Dân vận khéo")

    assert (figure.actual, figure.plan) == (2, 3)


@pytest.mark.parametrize(
    ("months", "old_plan", "old_figure", "plan"),
    [
        (SUM, "10", "4", 30),
        (SUM, "", "", 20),  # nothing is known of the year: it is left out
        (SUM, "", "4", None),
        (SUM, "0", "4", 20),
        (LAST, "", "4", 20),
    ],
)
def test_plans_of_a_flow_add_up_unless_one_of_them_is_not_known(months, old_plan, old_figure, plan):
    table = BOTH.replace("| 10       | 4      |", f"| {old_plan} | {old_figure} |")

    assert joined(table, months=months).plan == plan


@pytest.mark.parametrize(
    ("direction", "months", "old", "new", "rating"),
    [
        # (plan, figure) of 2025, of 2026.
        (MORE, SUM, "10 | 4", "20 | 26", Rating.REACHED),
        (MORE, SUM, "10 | 4", "20 | 25", Rating.MISSED),
        (MORE, SUM, "10 | ", "20 | 30", Rating.REACHED),  # more can only be better
        (MORE, SUM, "10 | ", "20 | 29", Rating.INCOMPLETE),
        (MORE, SUM, " | ", "20 | 30", Rating.INCOMPLETE),  # nobody knows what 2025 asked for
        (MORE, SUM, "10 | KAD", "20 | 29", Rating.MISSED),
        (LESS, SUM, "10 | ", "20 | 31", Rating.MISSED),  # more can only be worse
        (LESS, SUM, "10 | ", "20 | 30", Rating.INCOMPLETE),
        (EQUAL, SUM, "10 | ", "20 | 30", Rating.INCOMPLETE),
        (EQUAL, SUM, "10 | 10", "20 | 20", Rating.REACHED),
        (MORE, LARGEST, "10 | ", "20 | 20", Rating.REACHED),
        (MORE, LARGEST, "10 | ", "20 | 19", Rating.INCOMPLETE),
        (MORE, MEAN, "10 | ", "20 | 25", Rating.INCOMPLETE),
        (MORE, LAST, "10 | ", "20 | 19", Rating.MISSED),
        (MORE, LAST, "10 | 30", "20 | ", Rating.INCOMPLETE),
        (MORE, LAST, "10 | 30", "20 | KAD", Rating.EXCEEDED),
        (MORE, SUM, " | 4", "20 | 26", Rating.NOT_ASSIGNED),
        (MORE, SUM, "10 | ", "20 | ", Rating.NOT_REPORTED),
    ],
)
def test_years_are_rated_unless_what_is_missing_could_change_it(
    direction, months, old, new, rating
):
    table = f"| Năm | Kế hoạch | Lũy kế |\n| 2025 | {old} |\n| 2026 | {new} |"

    assert joined(table, direction=direction, months=months).rating is rating


def test_a_year_in_which_units_are_missing_leaves_the_rating_open():
    parts = {2025: Parts(missing=1, missing_plan=D(18))}
    too_few = {2025: Parts(missing=1, missing_plan=D(9))}

    assert joined(BOTH, parts=parts).rating is Rating.MISSED
    assert joined(BOTH, parts={2025: Parts(missing=1, missing_plan=D(19))}).rating is (
        Rating.INCOMPLETE
    )
    assert joined(BOTH, parts=too_few, direction=LESS).rating is Rating.INCOMPLETE
    assert joined(BOTH, parts={2025: Parts()}).rating is Rating.MISSED
    assert joined(BOTH, parts={2025: Parts(), 2026: Parts(missing=1)}).parts is None
    assert joined(BOTH.replace("| 7 ", "| 26 "), parts=parts).rating is Rating.REACHED


def test_a_year_in_which_it_does_not_apply_is_told_only_where_it_never_does():
    never = BOTH.replace("| 4 ", "| KAD ").replace("| 7 ", "| KAD ")

    assert joined(never).not_applicable
    assert not joined(BOTH.replace("| 4 ", "| KAD ")).not_applicable
    assert joined(BOTH.replace("| 7 ", "| KAD ")).bound is Bound.EXACT


def test_an_estimate_of_a_year_that_counts_makes_the_whole_one():
    estimated = """
        | Năm  | Kế hoạch | Lũy kế | Trên |
        | 2025 | 10       | 4      | x    |
        | 2026 | 20       | 7      |      |
    """

    assert joined(estimated).bound is Bound.AT_LEAST
    assert joined(estimated, months=LAST).bound is Bound.EXACT


def ratio_of_two(*years, months=(SUM, SUM), measure="%"):
    """Return the ratio R = K/M of years, each (K, M, what was typed for R, parts)."""
    top, bottom = (
        Indicator(code, "", code, "cái", MORE, rule)
        for code, rule in zip("KM", months, strict=True)
    )
    ratio = Indicator("R", "", "R", measure, MORE, SUM, UnitRule.RATIO, "tỷ số K/M", plan=D(1))
    scope = Scope({"k": top, "m": bottom, "r": ratio}, 12, 2026)
    figures = {}
    for year, (numerator, denominator, typed, parts) in enumerate(years, start=2025):
        known = {"k": numerator, "m": denominator, "r": typed}
        figures[year] = {
            key: UnitFigure(key, actual=None if value is None else D(value))
            for key, value in known.items()
        }
        terms = (Term("A", "T1", D(1), "Chỉ tiêu", "K2"),)
        figures[year]["r"] = figures[year]["r"]._replace(parts=parts, terms=terms)
    return combine_years(figures, scope)["r"]


@pytest.mark.parametrize(
    ("years", "months", "ratio"),
    [
        ([(5, 10, None, None), (5, 40, None, None)], (SUM, SUM), 20),  # never the mean of shares
        ([(5, 10, None, None), (5, 40, None, None)], (LAST, LAST), D("12.5")),
        ([(5, 10, None, None), (5, 40, None, None)], (SUM, LAST), 25),
        ([(5, 10, None, None), (5, None, None, None)], (SUM, SUM), 50),
        ([(5, 10, 50, None), (5, 40, D("12.5"), None)], (SUM, SUM), 20),  # as it was worked out
        ([(5, 10, 51, None), (5, 40, None, None)], (SUM, SUM), 51),  # typed otherwise: it stands
        ([(None, None, 70, None), (5, 40, None, None)], (SUM, SUM), 70),
        ([(None, None, None, None), (None, None, None, None)], (SUM, SUM), None),
        # Sums that a unit sent go before its two figures: of the units that have both.
        ([(5, 10, None, Parts(ratio=(D(1), D(10)))), (5, 40, None, None)], (SUM, SUM), 12),
        ([(5, 0, None, None), (0, 0, None, None)], (SUM, SUM), None),
    ],
)
def test_a_ratio_of_years_is_that_of_their_sums(years, months, ratio):
    assert ratio_of_two(*years, months=months).actual == ratio


def test_a_ratio_that_is_no_share_is_not_in_hundredths():
    assert ratio_of_two((5, 10, None, None), (5, 40, None, None), measure="lần").actual == D("0.2")


def test_an_indicator_nobody_defines_is_left_out_one_of_a_single_year_is_not():
    scope = scope_of()
    figures = {
        2025: {"k": UnitFigure("k", actual=D(4)), "z": UnitFigure("z", actual=D(1))},
        2026: {},
    }

    found = combine_years(figures, scope)

    assert list(found) == ["k"]
    assert found["k"].actual == 4


def test_a_ratio_names_the_years_it_is_of():
    years = [(5, 10, None, None), (5, 40, None, None)]

    assert periods(*years, months=(SUM, SUM)) == ["2025: T1", "2026: T1"]
    assert periods(*years, months=(SUM, LAST)) == ["2025: T1", "2026: T1"]
    assert periods(*years, months=(LAST, LAST)) == ["2026: T1"]
    assert periods(*years, years[0], months=(LAST, LAST)) == ["2027: T1"]


def periods(*years, months):
    return [term.period for term in ratio_of_two(*years, months=months).terms]


@pytest.mark.parametrize(
    ("plans", "rule", "plan"),
    [
        ((Plan(D(10)), Plan(D(20))), MonthRule.SUM, Plan(D(30))),
        ((Plan(D(10), PlanKind.ABOVE), Plan(D(20))), MonthRule.SUM, Plan(D(30), PlanKind.ABOVE)),
        ((Plan(D(10)), Plan(None, PlanKind.UNKNOWN)), MonthRule.SUM, Plan(None, PlanKind.UNKNOWN)),
        ((Plan(D(10)), Plan(None, PlanKind.UNKNOWN)), MonthRule.LAST, Plan(None, PlanKind.UNKNOWN)),
        ((Plan(D(9)), Plan(D(10), PlanKind.ABOVE)), MonthRule.LAST, Plan(D(10), PlanKind.ABOVE)),
        ((Plan(D(10)), Plan()), MonthRule.SUM, Plan()),
        ((Plan(), Plan(None, PlanKind.UNKNOWN)), MonthRule.SUM, Plan(None, PlanKind.UNKNOWN)),
    ],
)
def test_the_plan_of_several_years_is_meant_as_theirs(plans, rule, plan):
    figures = {
        year: {"k": UnitFigure("k", given.value, D(5), edge=Edge(given.kind))}
        for year, given in enumerate(plans, start=2025)
    }

    together = combine_years(figures, scope_of(months=rule))["k"]

    assert together.planned == plan
    is_unknown = together.rating is Rating.PLAN_UNKNOWN
    assert is_unknown is (plan.kind is PlanKind.UNKNOWN)


def test_a_number_of_units_is_that_of_the_last_year():
    count = Indicator("D", "", "D", "%", Direction.LESS, SUM, UnitRule.COUNT_MET)
    figures = {
        year: {"d": UnitFigure("d", plan=D(2), actual=D(met), parts=parts)}
        for year, met in ((2025, 3), (2026, 1))
        for parts in [Parts(met=D(met), coverage=(Coverage("Thôn", 3, 3),))]
    }

    found = combine_years(figures, Scope({"d": count}, 12, 2026))["d"]

    assert (found.actual, found.completion, found.rating) == (1, D("0.5"), Rating.MISSED)


def test_several_years_end_no_earlier_than_a_year_does():
    """That the flows of the newest year end early is told of that year."""
    ended = UnitFigure("k", plan=Decimal(4), actual=Decimal(4), ends_early=9)
    figures = {2025: {"k": ended._replace(ends_early=0)}, 2026: {"k": ended}}

    together = combine_years(figures, scope_of(months=MonthRule.SUM))["k"]

    assert (together.actual, together.ends_early) == (8, 0)
