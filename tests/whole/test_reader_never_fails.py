"""Whatever stands in the cells, a workbook is read, checked, rolled up and shown."""

import datetime as dt
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from danvan_xl.consolidation.consolidation import consolidate_book
from danvan_xl.files.cells_xml import NO_FORMULAS
from danvan_xl.files.grid import Grid
from danvan_xl.files.opening import OpenedBook
from danvan_xl.report.compose import compose
from danvan_xl.schema.columns import Kind
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.sheets import REGISTERS, TARGETS, UNITS
from danvan_xl.screens.consolidated_as_json import result_as_json
from danvan_xl.vietnamese.text import match_key
from tests.broken_workbooks import MORE

CELLS = st.one_of(
    st.none(),
    st.floats(),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.text(max_size=12),
    st.sampled_from(
        (
            *("KPS", "KAD", "x", "-", "trên 30", "1.507", "25/24", "104%", "2 triệu", "#N/A"),
            *("Tỷ số", "Đếm đạt", "Cuối kỳ", "tỷ số K1/K2", "tỷ số K1/K1", "%", "Kinh tế"),
        )
    ),
)
CODES = st.sampled_from(["K1", "K2", "K3", "k1", "K1.1", "K1.2", "", None])


@st.composite
def target_sheets(draw, title="Chỉ tiêu", code=None):
    """A sheet of targets whose cells hold anything."""
    header = [column.header for column in TARGETS.columns]
    width = len(header) + 2
    rows = draw(st.lists(st.lists(CELLS, min_size=0, max_size=width), min_size=1, max_size=6))
    rows = [[draw(CODES), *row] for row in rows]
    block = [["Mã đơn vị:", code], []] if code else []
    return Grid(title, [*block, header, ["K1", "Kinh tế", "Gốc", "hộ"], *rows])


@st.composite
def register_sheets(draw, register, code=None):
    """A register whose cells hold anything, what its form expects among it."""
    columns = register.sheet.columns
    expected = [choice for column in columns for choice in column.choices]
    cells = st.one_of(CELLS, st.dates(), st.sampled_from([*expected, "05/07/2026", "Cộng", ""]))
    header = draw(st.permutations([column.header for column in columns]))
    rows = draw(st.lists(st.lists(cells, max_size=len(header) + 2), max_size=6))
    block = [["Mã đơn vị:", code], []] if code else []
    title = f"{register.title} {code}" if code else register.title
    return Grid(title, [*block, header, *rows])


SOURCES = [
    ["R1", "Kinh tế", "Mô hình", "mô hình", "", "Cuối kỳ", "", "đếm Dân vận khéo [Loại = Mô hình]"],
    ["R2", "Kinh tế", "Cuộc", "cuộc", "", "", "", "tổng Tuyên truyền.Số cuộc"],
    ["R3", "Kinh tế", "Tiền", "tỷ đồng", "", "", "", "tổng Huy động.Kết quả [Loại = Tiền]"],
    ["R4", "Kinh tế", "Xong", "việc", "", "", "", "đếm Kiến nghị theo Ngày giải quyết"],
    ["R5", "Kinh tế", "Đạt", "tiêu chí", "", "Cuối kỳ", "", "đếm Tiêu chí [Kết quả = Đạt]"],
]


@st.composite
def books_with_registers(draw):
    """A workbook with anything in its registers, its own and a sub-unit's."""
    header = [column.header for column in TARGETS.columns]
    info = [["Mã đơn vị", "A"], ["Tên đơn vị", "Xã A"], ["Năm", draw(st.sampled_from([2026, ""]))]]
    info += [["Chốt số liệu", draw(st.sampled_from(["Ngày 14", "Cuối tháng", 3]))]]
    grids = [
        Grid("Thông tin", info),
        Grid("Đơn vị", [["Mã", "Tên đơn vị"], ["A.1", "Thôn 1"]]),
        Grid("Chỉ tiêu", [header, *SOURCES]),
    ]
    for register in REGISTERS:
        grids.append(draw(register_sheets(register)))
        grids.append(draw(register_sheets(register, "A.1")))
    return OpenedBook("so.xlsx", "0" * 64, tuple(grids), lambda _: NO_FORMULAS)


# Making so large a workbook smaller takes minutes and tells little more than the traceback.
_WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(
    max_examples=40 * MORE,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=_WITHOUT_SHRINKING,
)
@given(books_with_registers())
def test_anything_in_the_registers_is_read_or_named(book):
    result = consolidate_book(book, ())

    assert set(result.lines) == {"r1", "r2", "r3", "r4", "r5"}
    assert all(item.message and item.remedy for item in result.issues)
    assert compose(result).table("totals").rows
    assert result_as_json(result, compose(result), Path("a.xlsx"))["indicators"]


@st.composite
def books(draw):
    """A workbook with anything in its sheets."""
    info = [[column.header, draw(CELLS)] for column in INFO.fields]
    info[0][1] = "A"
    units = [[column.header for column in UNITS.columns], ["A.1", "Thôn 1"]]
    units += draw(st.lists(st.lists(CELLS, max_size=7), max_size=3))
    grids = (
        Grid("Thông tin", info),
        Grid("Đơn vị", units),
        draw(target_sheets()),
        draw(target_sheets("Thôn 1", "A.1")),
    )
    return OpenedBook("so.xlsx", "0" * 64, grids, lambda _: NO_FORMULAS)


@settings(max_examples=150 * MORE, deadline=None)
@given(books())
def test_anything_in_the_cells_is_read_or_named(book):
    result = consolidate_book(book, ())

    assert match_key("K1") in result.lines
    assert all(item.message and item.remedy for item in result.issues)
    assert compose(result).table("totals").rows
    assert result_as_json(result, compose(result), Path("a.xlsx"))["indicators"]


def test_a_day_in_the_year_1_does_not_tell_the_year_of_a_workbook_without_one():
    info = [["Mã đơn vị", "A"], ["Tên đơn vị", "Xã A"], ["Năm", ""], ["Chốt số liệu", "Ngày 14"]]
    grids = [Grid("Thông tin", info), Grid("Đơn vị", [["Mã", "Tên đơn vị"], ["A.1", "Thôn 1"]])]
    grids.append(Grid("Chỉ tiêu", [[column.header for column in TARGETS.columns], *SOURCES]))
    for register in REGISTERS:
        columns = register.sheet.columns
        row = [dt.date(1, 3, 5) if column.kind is Kind.DATE else "x" for column in columns]
        rows = [["Mã đơn vị:", "A.1"], [], [column.header for column in columns], row]
        grids.append(Grid(f"{register.title} A.1", rows))
    book = OpenedBook("so.xlsx", "0" * 64, tuple(grids), lambda _: NO_FORMULAS)

    assert set(consolidate_book(book, ()).lines) == {"r1", "r2", "r3", "r4", "r5"}
