"""Whatever stands in the cells, a workbook is read, checked, rolled up and shown."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_xl.cells_xml import NO_FORMULAS
from danvan_xl.compose import compose
from danvan_xl.consolidation import consolidate_book
from danvan_xl.forms import INFO, TARGETS, UNITS
from danvan_xl.grid import Grid
from danvan_xl.openers import OpenedBook
from danvan_xl.text import match_key
from danvan_xl.writing.screens import result_as_json

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


@settings(max_examples=150, deadline=None)
@given(books())
def test_anything_in_the_cells_is_read_or_named(book):
    result = consolidate_book(book, ())

    assert match_key("K1") in result.lines
    assert all(item.message and item.remedy for item in result.issues)
    assert compose(result).table("totals").rows
    assert result_as_json(result, Path("a.xlsx"))["indicators"]
