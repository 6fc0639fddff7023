"""The months of figures go up the levels with them, and both ways of adding up say the same."""

import pytest

from danvan_xl.consolidation import consolidation
from danvan_xl.consolidation.unit_reports import Status
from danvan_xl.report.compose import compose
from danvan_xl.rollup.timing import Timing
from danvan_xl.schema.messages import Code
from tests.chain import HEADER, consolidated, info_grid, office_grid, opened, units_grid
from tests.sheets import Grid
from tests.whole.test_chain import sent

BLANK = [""] * 6
PERIOD = "6 tháng"


def months(text: str) -> list:
    """Return month cells from a text in which "." is a blank one."""
    cells = ["" if cell == "." else cell if cell == "KPS" else float(cell) for cell in text.split()]
    return [*cells, *BLANK][:6]


def thon(code: str, flow: str, stock: str, name: str = ""):
    """Return the workbook of a thôn with one flow and one stock."""
    rows = [
        ["F1", "Kinh tế", "Chỉ tiêu F1", "việc", "Tăng", "Cộng", "Cộng", "", 20.0, *months(flow)],
        ["S1", "Kinh tế", "Chỉ tiêu S1", "hộ", "Tăng", "Cuối kỳ", "Cộng", "", 9.0, *months(stock)],
    ]
    title = name or f"Thôn {code}"
    return opened(f"{code}.xlsx", info_grid(code, title, "Thôn"), Grid("Chỉ tiêu", [HEADER, *rows]))


def office(code: str, level: str, units: list[tuple[str, str]], below: str):
    """Return the workbook of an office that types nothing itself."""
    plans = {"F1": 100.0, "S1": 50.0}
    head = info_grid(code, f"{level} {code}", level)
    return opened(f"{code}.xlsx", head, units_grid(units, below), office_grid(plans))


def xa(code: str, *books):
    """Return a xã's consolidation of its thôn."""
    units = [(book.grids[0].rows[0][1], book.grids[0].rows[1][1]) for book in books]
    return consolidated(office(code, "Xã", units, "Thôn"), books, monthly=True, period=PERIOD)


WHOLE, SHORT = "2 2 2 2 2 2", "2 2 2 . . ."


def up(tmp_path, *communes):
    """Return what a province and the nation make of the sendings of communes."""
    names = [(item.book.info.unit_code, item.book.info.unit_name) for item in communes]
    sendings = [
        sent(item, tmp_path / f"{code}.xlsx")
        for item, (code, _) in zip(communes, names, strict=True)
    ]
    province = office("T", "Tỉnh", names, "Xã")
    middle = consolidated(province, sendings, monthly=True, period=PERIOD)
    top = office("Q", "Trung ương", [("T", "Tỉnh T")], "Tỉnh")
    return middle, consolidated(top, [sent(middle, tmp_path / "T.xlsx")], period=PERIOD)


def told(result, code):
    return [dict(item.values) for item in result.issues if item.code is code]


def test_a_stock_goes_up_with_its_month(tmp_path):
    first = xa("X1", thon("X1.1", WHOLE, ". 3 . . . ."), thon("X1.2", WHOLE, ". 4 . . . ."))
    second = xa("X2", thon("X2.1", WHOLE, "1 . . . . ."), thon("X2.2", WHOLE, ". . . . 5 ."))

    middle, top = up(tmp_path, first, second)

    said = "2/2 đơn vị dùng số trước T3, cũ nhất T{}: {}"
    assert told(first, Code.STOCK_OLD) == [{"code": "S1", "told": said.format(2, "Thôn X1.1")}]
    assert told(middle, Code.STOCK_OLD) == [{"code": "S1", "told": said.format(1, "Xã X2")}]
    (at_the_top,) = told(top, Code.STOCK_OLD)
    assert at_the_top["told"] == "1/1 đơn vị dùng số trước T3, cũ nhất T1: Tỉnh T"
    assert [item.lines["s1"].actual for item in (first, second, middle, top)] == [7, 6, 13, 13]
    sending = next(
        grid for grid in sent(first, tmp_path / "b.xlsx").grids if grid.title == "Chỉ tiêu"
    )
    row = next(row for row in sending.rows if row and row[0] == "S1")
    head = next(row for row in sending.rows if "T2" in row)
    assert row[list(head).index("T2")] == 7  # in the month all are from


def with_total(code: str, total: float, *parts: float):
    """Return the workbook of a thôn that counts S1 with parts of it."""
    rows = [[*row] for row in thon(code, WHOLE, ". . . . . .").grids[-1].rows[:1]]
    for at, figure in enumerate((total, *parts)):
        name = f"S1.{at}" if at else "S1"
        rules = ["hộ", "Tăng", "Cuối kỳ", "Cộng", "", ""]
        rows.append([name, "Kinh tế", f"Hộ {name}", *rules, *months(f". . . . . {figure}")])
    return opened(f"{code}.xlsx", info_grid(code, f"Thôn {code}", "Thôn"), Grid("Chỉ tiêu", rows))


def test_errors_of_two_sendings_do_not_offset(tmp_path):
    def without_months(book):
        return Grid(
            "Chỉ tiêu", [row[:9] if at else row for at, row in enumerate(book.grids[-1].rows)]
        )

    sendings, names = [], [("X1", "Xã X1"), ("X2", "Xã X2")]
    for (code, name), total in zip(names, (13, 15), strict=True):
        below = with_total(f"{code}.1", total, 4, 10)
        units, empty = units_grid([(f"{code}.1", f"Thôn {code}.1")], "Thôn"), without_months(below)
        own = opened(f"{code}.xlsx", info_grid(code, name, "Xã"), units, empty)
        commune = consolidated(own, [below], monthly=True, period=PERIOD)
        sendings.append(sent(commune, tmp_path / f"{code}.xlsx"))
    province = opened("T.xlsx", info_grid("T", "Tỉnh T", "Tỉnh"), units_grid(names, "Xã"), empty)

    result = consolidated(province, sendings, period=PERIOD)

    assert [result.lines[key].actual for key in ("s1", "s1.1", "s1.2")] == [28, 8, 20]
    said = [(item["value"], item["total"]) for item in told(result, Code.PARTS_DIFFER)]
    assert said == [("13", "14"), ("15", "14")]


def test_a_recent_stock_is_not_told(tmp_path):
    commune = xa("X1", thon("X1.1", WHOLE, ". . 3 . . ."), thon("X1.2", WHOLE, ". . . . . 4"))

    for result in (commune, *up(tmp_path, commune)):
        assert told(result, Code.STOCK_OLD) == []


def test_that_months_are_missing_goes_up_with_a_flow(tmp_path):
    whole = xa("X1", thon("X1.1", WHOLE, "1"), thon("X1.2", WHOLE, "1"))
    part = xa("X2", thon("X2.1", WHOLE, "1"), thon("X2.2", SHORT, "1"))

    middle, top = up(tmp_path, whole, part)

    assert [unit.status for unit in part.units] == [Status.SUBMITTED, Status.SHORT]
    assert part.lines["f1"].timing == Timing(short=1, ends_early=3)
    assert [unit.status for unit in middle.units] == [Status.SUBMITTED] * 2  # it sent all it has
    assert [unit.figures["f1"].ends_early for unit in middle.units] == [0, 3]
    assert middle.lines["f1"].timing.short == top.lines["f1"].timing.short == 1


def test_a_commune_of_which_all_units_are_short_is_short_itself(tmp_path):
    part = xa("X1", thon("X1.1", SHORT, "1"), thon("X1.2", SHORT, "1"))

    middle, _ = up(tmp_path, part)

    assert [unit.status for unit in middle.units] == [Status.SHORT]
    assert told(middle, Code.UNIT_SHORT)[0]["month"] == "T3"


@pytest.mark.parametrize("many", [False, True])
def test_few_and_many_say_the_same_of_months(monkeypatch, many):
    monkeypatch.setattr(consolidation, "is_many", lambda _files: many)
    books = [
        thon("X.1", WHOLE, "3 . . . . ."),
        thon("X.2", SHORT, ". 5 . . . ."),
        thon("X.3", "2 2 . . . .", ". . . . . 5"),
    ]

    result = xa("X", *books)

    assert result.is_many is many
    report = compose(result)
    rows = [row.cells for row in report.table("totals").rows]
    header = [column.name for column in report.table("totals").columns]
    coverage, note = header.index("reported"), header.index("note")
    shown = {row[1]: (row[coverage], row[note]) for row in rows if row[1]}
    assert shown["F1"][0] == "3/3 (1 thiếu tháng)"
    assert "1 đơn vị thiếu tháng, sớm nhất đến T3" in shown["F1"][1]
    assert shown["S1"][0] == "3/3"
    assert "2/3 đơn vị dùng số trước T3, cũ nhất T1: Thôn X.1" in shown["S1"][1]
    assert [unit.status.value for unit in result.units] == ["Đã nộp", "Thiếu tháng", "Đã nộp"]


@pytest.mark.parametrize(("second", "status"), [(SHORT, Status.SHORT), (WHOLE, Status.SHORT)])
def test_a_received_workbook_whose_own_sheets_are_short_is_short(second, status):
    subs = [("X1.1", SHORT), ("X1.2", second)]
    sheets = [
        Grid(name, [["Mã đơn vị:", code], [], *thon(code, flow, "1").grids[1].rows])
        for name, (code, flow) in zip(("Thôn 1", "Thôn 2"), subs, strict=True)
    ]
    units = [(code, f"Thôn {code}") for code, _ in subs]
    commune = office("X1", "Xã", units, "Thôn")
    book = opened("X1.xlsx", *commune.grids, *sheets)

    result = consolidated(office("T", "Tỉnh", [("X1", "Xã X1")], "Xã"), [book], period=PERIOD)

    assert [unit.status for unit in result.units] == [status]
    assert result.lines["f1"].timing.short == 1
    assert result.lines["f1"].actual == (12 if second == SHORT else 18)
