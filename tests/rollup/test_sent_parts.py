"""What a sending carries beside its sheets: read back as written, and never trusted."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_xl.consolidation.unit_reports import Status
from danvan_xl.reading.figure import NO_FIGURE, Figure
from danvan_xl.rollup.parts import Coverage, Parts, summed_months
from danvan_xl.rollup.register_blocks import BlockFigures
from danvan_xl.rollup.sent_parts import parts_text, read_parts
from danvan_xl.schema.issues import Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.numbers import State
from danvan_xl.vietnamese.privacy import HIDDEN
from tests.chain import consolidated, info_grid, office_grid, opened, units_grid
from tests.sheets import grid

D = Decimal
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


def figure(**said: object) -> str:
    return json.dumps({"figures": {"K": said}, "registers": {}})


def test_parts_are_read_back_as_they_were_written():
    text = figure(
        ratio=["7", "8.5"], mean=["10", 3], met="4", coverage=[["Thôn", 22, 24]], missing=[2, "9"]
    )

    (found,) = read_parts(text).figures.values()

    assert found.parts == Parts(
        (D(7), D("8.5")), (D(10), 3), D(4), (Coverage("Thôn", 22, 24),), 2, D(9)
    )
    assert read_parts(parts_text((), {})).figures == {}


@pytest.mark.parametrize(
    "said",
    [
        {"ratio": ["7"]},
        {"ratio": ["7", "NaN"]},
        {"ratio": ["7", "1e999999"]},
        {"mean": ["1", 0]},
        {"met": 4},
        {"met": "Infinity"},
        {"coverage": [["Thôn", -1, 2]]},
        {"coverage": [["Thôn", True, 2]]},
        {"missing": [10**12, "1"]},
        {"register": 5},
    ],
)
def test_what_the_program_would_not_write_is_refused(said):
    assert is_refused(figure(**said))


def is_refused(text: str) -> bool:
    try:
        read_parts(text)
    except ValueError:
        return True
    return False


@given(JSON)
def test_whatever_json_stands_there_is_read_or_refused(value):
    is_refused(json.dumps(value))
    is_refused(json.dumps({"figures": value, "registers": value}))


@given(st.text(max_size=60))
def test_text_that_is_no_json_of_ours_is_refused(text):
    assert is_refused(text)


def test_registers_of_another_version_are_left_out_and_named():
    one = {"groups": [], "listed": [], "count": 0}
    text = json.dumps({"figures": {}, "registers": {"gifts": [one], "outreach": [one] * 9}})

    sent = read_parts(text)

    assert sent.registers == {}
    assert sent.left_out == ("gifts", "Tuyên truyền")


def test_blocks_without_rows_are_carried():
    assert parts_text((), {"outreach": (BlockFigures({}, (), 0),)}).count("groups") == 1


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Nguyễn Văn A", HIDDEN),
        ("12x", "12x"),
        ("nhiều", "nhiều"),
        ("079 123 456 789", HIDDEN),
    ],
)
def test_what_was_typed_goes_up_only_where_it_cannot_be_a_name(typed, shown):
    found = issue(Code.NUMBER_UNREADABLE, Place(cell="K1"), value=typed).anonymous()

    assert dict(found.values)["value"] == shown
    assert typed == shown or typed not in found.message


def test_months_of_units_add_up_less_what_was_counted_twice():
    def row(*values: str) -> list[Figure]:
        return [Figure(D(v), State.NUMBER) if v else NO_FIGURE for v in values]

    rows = (row("1", "", "3"), row("2", "5", ""))

    assert [month.value for month in summed_months(rows, D(0), 3)] == [3, 5, 3]
    assert [month.value for month in summed_months(rows, D(4), 3)] == [3, 4, 0]
    assert summed_months((row("1"), row("")), D(0), 2)[1].value is None


ASSIGNED = """
    | Mã | Chỉ tiêu    | ĐVT  | Kế hoạch | 100.1 | 100.2 | Cộng |
    | F1 | Chỉ tiêu F1 | việc | 5        | 5     | {}    |      |
"""


@pytest.mark.parametrize(("silent_plan", "missing_plan"), [("0", D(0)), ("3", D(3)), ("", None)])
def test_the_plan_of_a_silent_unit_is_kept_also_where_it_is_nought(silent_plan, missing_plan):
    office = opened(
        "xa.xlsx",
        info_grid("100", "Xã Một", "Xã"),
        units_grid((("100.1", "Thôn 1"), ("100.2", "Thôn 2")), "Thôn"),
        grid("| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | T1 |\n| F1 | Kinh tế | Chỉ tiêu F1 | việc | |"),
        grid(ASSIGNED.format(silent_plan), "Giao chỉ tiêu"),
    )
    unit = opened(
        "1.xlsx",
        info_grid("100.1", "Thôn 1", "Thôn"),
        grid("| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | T1 |\n| F1 | Kinh tế | Chỉ tiêu F1 | việc | 4 |"),
    )
    result = consolidated(office, [unit])

    (sent,) = read_parts(parts_text(result.lines.values(), {})).figures.values()

    assert sent.parts == result.lines["f1"].parts
    assert (sent.parts.missing, sent.parts.missing_plan) == (1, missing_plan)


DISTRICT_UNITS = """
    | Mã | Tên đơn vị | Cấp   | Từ ngày    | Đến ngày   |
    | H1 | Huyện Một  | Huyện |            | 30/06/2026 |
    | X1 | Xã Một     | Xã    | 01/07/2026 |            |
    | X2 | Xã Hai     | Xã    | 01/07/2026 |            |
"""


@pytest.mark.parametrize(
    ("period", "expected", "total"),
    [("6 tháng", ["Huyện Một"], 60), ("9 tháng", ["Xã Một", "Xã Hai"], 60 + 7 + 9)],
)
def test_a_tree_of_three_levels_becomes_one_of_two_on_its_day(period, expected, total):
    header = "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Kế hoạch | T1 | T6 | T7 |"
    flow = "| F1 | Kinh tế | Chỉ tiêu F1 | việc | 100 | {} | {} | {} |"

    def book(code: str, name: str, level: str, *months: str):
        sheet = grid(f"{header}\n{flow.format(*months)}")
        return opened(f"{code}.xlsx", info_grid(code, name, level), sheet)

    top = opened(
        "T.xlsx",
        info_grid("T", "Tỉnh T", "Tỉnh"),
        grid(DISTRICT_UNITS, "Đơn vị"),
        office_grid({"F1": 300.0}),
    )
    result = consolidated(
        top,
        [
            book("H1", "Huyện Một", "Huyện", "20", "40", ""),
            book("X1", "Xã Một", "Xã", "", "", "7"),
            book("X2", "Xã Hai", "Xã", "", "", "9"),
        ],
        period=period,
    )

    assert [unit.unit.name for unit in result.units] == expected
    assert result.lines["f1"].actual == total
    assert {unit.status for unit in result.units} <= {Status.SUBMITTED}
