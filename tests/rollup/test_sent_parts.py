"""What a sending carries beside its sheets: read back as written, and never trusted."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_xl.consolidation.unit_reports import Status
from danvan_xl.reading.figure import NO_FIGURE, Figure
from danvan_xl.rollup.lines import roll_up
from danvan_xl.rollup.parts import Coverage, Parts, summed_months
from danvan_xl.rollup.rating import Rating
from danvan_xl.rollup.register_blocks import Amount, BlockFigures, Days, Listed
from danvan_xl.rollup.sent_parts import SentFigure, parts_text, read_parts, with_parts
from danvan_xl.rollup.tally import Scope, UnitFigure, rated
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import UnitRule
from danvan_xl.schema.output_sheets import TRACKING
from danvan_xl.schema.registers import Block, Extra, MeasureKind
from danvan_xl.schema.sheets import REGISTERS
from danvan_xl.vietnamese.numbers import Bound, State
from danvan_xl.vietnamese.privacy import HIDDEN
from tests.chain import consolidated, info_grid, office_grid, opened, units_grid
from tests.sheets import grid
from tests.unit_rows import entries, scope_of

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
        ratio=["7", "8.5"],
        mean=["10", 3],
        met="4",
        coverage=[["Thôn", 22, 24]],
        missing=[2, "9"],
        weighted=["30.5", "4", "vx07"],
        uneven=True,
    )

    (found,) = read_parts(text).figures.values()

    assert found.parts == Parts(
        ratio=(D(7), D("8.5")),
        mean=(D(10), 3),
        met=D(4),
        coverage=(Coverage("Thôn", 22, 24),),
        missing=2,
        missing_plan=D(9),
        weighted=(D("30.5"), D(4), "vx07"),
        is_uneven=True,
    )
    assert read_parts(parts_text((), {})).figures == {}


@pytest.mark.parametrize(
    "said",
    [
        {"ratio": ["7"]},
        {"ratio": ["7", "NaN"]},
        {"ratio": ["7", "1e999999"]},
        {"mean": ["1", 0]},
        {"weighted": ["1", "2"]},
        {"weighted": ["1", 2, "vx07"]},
        {"weighted": ["1", "NaN", "vx07"]},
        {"met": 4},
        {"met": "Infinity"},
        {"coverage": [["Thôn", -1, 2]]},
        {"coverage": [["Thôn", True, 2]]},
        {"missing": [10**12, "1"]},
        {"register": 5},
        {"as_of": 13},
        {"as_of": "3"},
        {"ends_early": -1},
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
        ("5 tỷ", "5 tỷ"),
        ("khoảng 30 hộ", "khoảng 30 hộ"),
        ("KPS", "KPS"),
        ("#REF!", "#REF!"),
        ("Hùng", HIDDEN),  # one word may be a name as well
        ("nhiều", HIDDEN),
        ("5 hộ ông Hùng", HIDDEN),
        ("KPS Hùng", HIDDEN),
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


@pytest.mark.parametrize(
    ("silent_plan", "missing", "missing_plan"), [("0", 1, D(0)), ("3", 1, D(3)), ("", 0, D(0))]
)
def test_the_plan_of_a_silent_unit_is_kept_also_where_it_is_nought(
    silent_plan, missing, missing_plan
):
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
    assert (sent.parts.missing, sent.parts.missing_plan) == (missing, missing_plan)


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


CELLS = {
    MeasureKind.COUNT: 3,
    MeasureKind.FILLED: 2,
    MeasureKind.ALL: 1,
    MeasureKind.LATEST: dt.date(2026, 7, 5),
    MeasureKind.MEDIAN: Days((1, 4)),
    MeasureKind.LONGEST: Days((9,)),
}


def filled(block: Block, amount: float | Amount) -> BlockFigures:
    """Return figures of a block with a cell of every kind, or with a row of every kind."""
    if block.is_list:
        values = ("việc", 5.0, 7, dt.date(2026, 7, 5), None, True)
        shown = [name for name in block.columns if name != Extra.PLACE]
        row = tuple(values[at % len(values)] for at in range(len(shown)))
        return BlockFigures({}, (Listed(row, Place(sheet=TRACKING.title)),), 12)
    cells = tuple(
        amount if measure.kind is MeasureKind.SUM else CELLS.get(measure.kind)
        for measure in block.measures
    )
    label = tuple(f"nhóm {at}" for at in range(len(block.by)))
    return BlockFigures({label: cells, ("",) * len(label): (None,) * len(cells)})


@pytest.mark.parametrize("amount", [2.5, Amount(30.0, Bound.AT_LEAST)])
def test_every_register_is_read_back_as_it_was_written(amount):
    written = {
        register.name: tuple(filled(block, amount) for block in register.blocks)
        for register in REGISTERS
    }

    sent = read_parts(parts_text((), written))

    assert sent.registers == written
    assert sent.left_out == ()


def lines_of(sheet: str, rule: UnitRule, parts=None, *, own=None):
    """Return the line of an indicator of units that is sent."""
    scope = scope_of(rule)
    figures = {"k": UnitFigure("k", plan=D(9), **(own or {}))}
    return roll_up(scope, figures, entries(sheet, scope, parts or {}), {}).values()


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (UnitRule.SUM, {}),
        (UnitRule.MEAN, {"mean": ["12", 2]}),
        (UnitRule.COUNT_MET, {"met": "1"}),
        (UnitRule.LARGEST, {}),
    ],
)
def test_a_figure_is_sent_with_what_the_level_above_needs_to_add_up(rule, said):
    sheet = """
        | Đơn vị | Cấp  | Kế hoạch | Lũy kế | Sổ    |
        | Thôn 1 | Thôn | 5        | 5      | gifts |
        | Thôn 2 | Thôn | 9        | 7      | gifts |
    """
    written = json.loads(parts_text(lines_of(sheet, rule), {}))

    assert written == {
        "figures": {"K": {"coverage": [["Thôn", 2, 2]], "register": "gifts", **said}},
        "registers": {},
    }


def test_what_is_missing_and_could_still_come_is_sent_too():
    sheet = """
        | Đơn vị | Cấp  | Kế hoạch | Lũy kế |
        | Thôn 1 | Thôn | 5        | 5      |
        | Thôn 2 | Thôn | 4        |        |
    """
    (sent,) = read_parts(parts_text(lines_of(sheet, UnitRule.SUM), {})).figures.values()

    assert sent == SentFigure(
        Parts(coverage=(Coverage("Thôn", 1, 2),), missing=1, missing_plan=D(4)), "", True
    )


@pytest.mark.parametrize(
    ("parts", "actual", "rating"),
    [
        (Parts(ratio=(D(3), D(12))), 25, Rating.REACHED),
        (Parts(ratio=(D(3), D(0))), None, Rating.NOT_REPORTED),
        (Parts(mean=(D(10), 4)), D("2.5"), Rating.MISSED),
        (Parts(met=D(3)), 9, Rating.PLAN_UNKNOWN),  # 25 is no number of its units
        (Parts(), 9, Rating.MISSED),
    ],
)
def test_what_a_figure_is_made_of_says_it_more_exactly_than_its_cell(parts, actual, rating):
    definition = Indicator("K", "", "K", "%", source="tỷ số A/B", plan=D(25))
    parts_of_it = {key: Indicator(key.upper(), "", key, "hộ") for key in "ab"}
    scope = Scope({"k": definition, **parts_of_it}, 12, 2026)
    read = {"k": rated(UnitFigure("k", D(25), D(9)), scope), **dict.fromkeys("ab", UnitFigure(""))}

    found = with_parts(read, "k", SentFigure(parts, "gifts"), scope, month=12)

    assert (found.actual, found.rating) == (actual, rating)
    assert (found.parts, found.register) == (parts, "gifts")


@pytest.mark.parametrize(
    ("is_incomplete", "is_same_month", "rating"),
    [
        (True, True, Rating.INCOMPLETE),
        (True, False, Rating.MISSED),  # of another month it was said
        (False, True, Rating.MISSED),
    ],
)
def test_a_figure_sent_as_incomplete_is_so_for_its_month(is_incomplete, is_same_month, rating):
    scope = scope_of()
    read = rated(UnitFigure("k", D(25), D(9)), scope)
    sent = SentFigure(Parts(), "", is_incomplete)

    month = 12 if is_same_month else 6

    assert with_parts({"k": read}, "k", sent, scope, month=month).rating is rating


@pytest.mark.parametrize(
    "said",
    [
        {"missing": [-1, "0"]},
        {"missing": [True, "0"]},
        {"missing": [1, 5]},
        {"mean": ["1", 10_000_001]},
        {"mean": ["1", 1.0]},
        {"mean": [1, 2]},
        {"ratio": [7, 8]},
        {"ratio": ["1e301", "1"]},
        {"ratio": ["1e-301", "1"]},
        {"coverage": [[5, 1, 2]]},
        {"coverage": [["Thôn", 1]]},
    ],
)
def test_what_is_of_another_kind_or_absurd_is_refused(said):
    assert is_refused(figure(**said))


def test_the_largest_that_is_not_absurd_is_read():
    (found,) = read_parts(
        figure(ratio=["1e300", "1e-300"], mean=["0", 10_000_000])
    ).figures.values()

    assert found.parts.ratio == (D("1e300"), D("1e-300"))
    assert found.parts.mean == (0, 10_000_000)
    assert found.parts.missing_plan == 0
    assert not found.is_incomplete


@pytest.mark.parametrize("truth", [1, "true", "có", [1]])
def test_only_true_is_incomplete(truth):
    (found,) = read_parts(figure(incomplete=truth)).figures.values()

    assert not found.is_incomplete


def with_cell(kind: MeasureKind, cell: object) -> str:
    """Return registers in which one cell of this kind says something else."""
    register = next(
        item
        for item in REGISTERS
        if any(measure.kind is kind for block in item.blocks for measure in block.measures)
    )
    written = json.loads(
        parts_text((), {register.name: tuple(filled(block, 2.5) for block in register.blocks)})
    )
    at, block = next(
        (at, block)
        for at, block in enumerate(register.blocks)
        if any(measure.kind is kind for measure in block.measures)
    )
    column = [measure.kind for measure in block.measures].index(kind)
    written["registers"][register.name][at]["groups"][0][1][column] = cell
    return json.dumps(written)


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (MeasureKind.COUNT, 2.5),
        (MeasureKind.COUNT, -1),
        (MeasureKind.COUNT, True),
        (MeasureKind.SUM, 5),
        (MeasureKind.SUM, "5"),
        (MeasureKind.SUM, float("inf")),
        (MeasureKind.SUM, {"amount": [5.0, "gì"]}),
        (MeasureKind.SUM, {"amount": [5.0]}),
        (MeasureKind.LATEST, {"date": "05/07/2026"}),
        (MeasureKind.LATEST, "2026-07-05"),
        (MeasureKind.MEDIAN, {"days": [1.5]}),
        (MeasureKind.MEDIAN, [1]),
        (MeasureKind.SHARE, 5),
    ],
)
def test_a_cell_of_a_register_that_is_of_another_kind_is_refused(kind, cell):
    assert is_refused(with_cell(kind, cell))
    assert not is_refused(with_cell(kind, None))


def test_what_is_sent_is_the_same_text_however_it_was_gone_through():
    one, other = (BlockFigures({}, (), count) for count in (1, 2))

    text = parts_text((), {"outreach": (one,), "gifts": (other,)})

    assert text == parts_text((), {"gifts": (other,), "outreach": (one,)})
    assert "\n" not in text
