"""Up the levels: ratios, means and counts of the top are those of the bottom."""

import json
from collections.abc import Sequence
from decimal import Decimal

import pytest

from danvan_xl.files.grid import Cell, Grid
from danvan_xl.outgoing.sending import package
from danvan_xl.rollup.rating import Rating
from danvan_xl.rollup.sent_parts import parts_text, read_parts
from danvan_xl.schema.messages import Code
from tests.chain import HEADER, consolidated, info_grid, opened, units_grid
from tests.sheets import found
from tests.whole.test_chain import sent

D = Decimal
ROWS = (
    ("A", "hộ", "Tăng", "Cuối kỳ", "Cộng", ""),
    ("B", "hộ", "Tăng", "Cuối kỳ", "Cộng", ""),
    ("C", "%", "Tăng", "Cuối kỳ", "Tỷ số", "tỷ số A/B"),
    ("W", "người", "Tăng", "Cuối kỳ", "Cộng", ""),
    ("M", "triệu đồng", "Tăng", "Cuối kỳ", "Bình quân", "bình quân theo W"),
    ("D", "%", "Giảm", "Cuối kỳ", "Đếm đạt", ""),
)


def targets(plans: dict[str, Cell], figures: dict[str, Cell], unit: str = "") -> Grid:
    head: list[Sequence[Cell]] = [["Mã đơn vị:", unit], []] if unit else []
    rows: list[Sequence[Cell]] = [*head, HEADER]
    for code, measure, *rules, source in ROWS:
        months = [""] * 5 + [figures.get(code, "")]
        definition = [code, "Kinh tế", f"Chỉ tiêu {code}", measure, *rules, source]
        rows.append([*definition, plans.get(code, ""), *months])
    return Grid(unit or "Chỉ tiêu", rows)


def office(code, level, units, below, figures=None, plans=None):
    grids = info_grid(code, f"{level} {code}", level), units_grid(units, below)
    return opened(f"{code}.xlsx", *grids, targets(plans or {}, figures or {}))


def thon(code, figures):
    plans = {"D": 5.0}
    return opened(f"{code}.xlsx", info_grid(code, f"Thôn {code}", "Thôn"), targets(plans, figures))


def xa(tmp_path, code, figures, own=None, plans=None):
    """Return the sending of a xã, and what it consolidated."""
    units = [(f"{code}.{at}", f"Thôn {code}.{at}") for at in range(1, len(figures) + 1)]
    books = [thon(unit, said) for (unit, _), said in zip(units, figures, strict=True)]
    at_home = office(code, "Xã", units, "Thôn", own, plans)
    result = consolidated(at_home, books, monthly=True)
    return sent(result, tmp_path / f"BC_{code}.xlsx"), result


def tinh(*sendings, plans=None):
    units = [(f"X{at}", f"Xã X{at}") for at in range(1, len(sendings) + 1)]
    return consolidated(office("T", "Tỉnh", units, "Xã", plans=plans), sendings)


def test_a_ratio_of_units_that_gave_both_stays_so_one_level_up(tmp_path):
    one, at_home = xa(tmp_path, "X1", [{"A": 9.0, "B": 10.0}, {"A": 1.0}])
    two, _ = xa(tmp_path, "X2", [{"A": 1.0, "B": 10.0}])
    top = tinh(one, two)

    assert (at_home.lines["a"].actual, at_home.lines["c"].actual) == (10, 90)
    assert (top.lines["a"].actual, top.lines["b"].actual) == (11, 20)
    assert top.lines["c"].actual == 50  # 10/20, not 11/20
    values = [(term.period, term.value) for term in top.lines["c"].terms]
    assert values == [("tử số T6", 9), ("mẫu số T6", 10), ("tử số T6", 1), ("mẫu số T6", 10)]


def test_a_xa_whose_two_rows_are_of_other_units_brings_no_ratio(tmp_path):
    one, at_home = xa(tmp_path, "X1", [{"A": 9.0}, {}], own={"B": 200.0})
    two, _ = xa(tmp_path, "X2", [{"A": 1.0, "B": 10.0}])
    top = tinh(one, two)

    assert at_home.lines["c"].actual is None
    assert (top.lines["c"].actual, top.lines["c"].reported) == (10, 1)


def test_the_office_s_own_denominator_goes_up_with_its_ratio(tmp_path):
    one, at_home = xa(tmp_path, "X1", [{"A": 9.0}, {"A": 1.0}], own={"B": 200.0})
    top = tinh(one)

    assert (at_home.lines["c"].actual, top.lines["c"].actual) == (5, 5)
    assert found(top.issues, Code.RATIO_STATED_DIFFERS) == []


def test_a_ratio_the_office_states_itself_stands_beside_what_it_comes_to(tmp_path):
    one, at_home = xa(tmp_path, "X1", [{"A": 9.0, "B": 10.0}], own={"C": 95.0})
    top = tinh(one)

    assert at_home.lines["c"].actual == 95
    assert len(found(at_home.issues, Code.OWN_DIFFERS)) == 1
    assert top.lines["c"].actual == 90
    (told,) = [item for item in top.issues if item.code is Code.RATIO_STATED_DIFFERS]
    assert "đơn vị ghi 95, tính từ A/B là 90" in told.message


@pytest.mark.parametrize(
    ("second", "rating"), [({}, Rating.INCOMPLETE), ({"A": 60.0, "B": 100.0}, Rating.EXCEEDED)]
)
def test_a_stated_ratio_lacks_what_the_thon_in_the_workbook_lack(second, rating):
    units = units_grid([("X.1", "Thôn 1"), ("X.2", "Thôn 2")], "Thôn")
    own = targets({"C": 50.0}, {"C": 90.0})
    thon_sheets = targets({}, {"A": 60.0, "B": 100.0}, "X.1"), targets({}, second, "X.2")
    sending = opened("X.xlsx", info_grid("X", "Xã X", "Xã"), units, own, *thon_sheets)
    top = consolidated(office("T", "Tỉnh", [("X", "Xã X")], "Xã", plans={"C": 50.0}), [sending])
    (entry,) = top.entries

    assert (entry.figures["c"].actual, entry.figures["c"].rating) == (60, rating)
    assert top.lines["c"].rating is rating


def test_a_weighted_mean_is_that_of_all_thon_and_shows_its_weights(tmp_path):
    one, at_home = xa(tmp_path, "X1", [{"M": 10.0, "W": 100.0}, {"M": 40.0, "W": 200.0}])
    two, _ = xa(tmp_path, "X2", [{"M": 20.0, "W": 700.0}, {"M": 50.0}])
    top = tinh(one, two)

    assert at_home.lines["m"].actual == 30
    assert top.lines["m"].actual == 23  # (10·100 + 40·200 + 20·700) / 1000
    values = [(term.unit_name, term.period, term.value) for term in top.lines["m"].terms]
    assert values == [
        ("Xã X1", "T6", 30),
        ("Xã X1", "trọng số T6", 300),
        ("Xã X2", "T6", 20),
        ("Xã X2", "trọng số T6", 700),
    ]


@pytest.mark.parametrize(
    ("plan", "rating"),
    [(2.0, Rating.REACHED), (3.0, Rating.UNDER_WAY), (50.0, Rating.PLAN_UNKNOWN)],
)
def test_a_count_of_units_goes_up_as_one(tmp_path, plan, rating):
    figures = [{"D": 3.0}, {"D": 4.0}, {"D": 8.0}]
    one, at_home = xa(tmp_path, "X1", figures, plans={"D": plan})
    two, _ = xa(tmp_path, "X2", [{"D": 4.0}, {"D": 6.0}], plans={"D": 2.0})
    top = tinh(one, two, plans={"D": 5.0})
    line, unit = top.lines["d"], top.units[0].figures["d"]

    assert (at_home.lines["d"].actual, at_home.lines["d"].rating) == (2, rating)
    assert (unit.actual, unit.rating) == (2, rating)
    assert (line.actual, line.goal, line.completion) == (3, 5, D("0.6"))


def test_sendings_of_former_versions_are_read(tmp_path):
    one, at_home = xa(tmp_path, "X1", [{"A": 9.0, "B": 10.0, "M": 10.0, "W": 100.0}])
    written = json.loads(parts_text(at_home.lines.values(), {}))
    for figure in written["figures"].values():
        for name in ("weighted", "uneven", "stated"):
            figure.pop(name, None)
    sent_before = read_parts(json.dumps(written))

    assert sent_before.figures["c"].parts.ratio == (9, 10)
    assert sent_before.figures["m"].parts.weighted is None
    assert tinh(one).lines["c"].actual == 90


def test_a_sending_with_registers_of_another_version_says_which_do_not_go_on(tmp_path, monkeypatch):
    def of_another_version(result):
        wrapped = package(result)
        parts = json.loads(wrapped.parts)
        parts["registers"]["outreach"] = [{"groups": [], "listed": [], "count": 0}] * 9
        return wrapped._replace(parts=json.dumps(parts))

    monkeypatch.setattr("tests.whole.test_chain.package", of_another_version)
    one, _ = xa(tmp_path, "X1", [{"A": 9.0, "B": 10.0}])
    top = tinh(one)

    (told,) = [item for item in top.issues if item.code is Code.REGISTERS_LEFT_OUT]
    assert "Tuyên truyền" in told.message
    assert top.lines["c"].actual == 90
