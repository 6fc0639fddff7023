"""Figures taken from random registers, against the same figures counted by hand."""

import datetime as dt
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from danvan_xl.files.grid import Cell, Grid
from danvan_xl.rollup.from_registers import derive
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import MonthRule
from danvan_xl.vietnamese.periods import Calendar
from tests.register_sheets import read

MEANS = ("Hội nghị", "Khác", "Vận động cá biệt")
DAYS = st.one_of(
    st.dates(dt.date(2025, 11, 1), dt.date(2027, 2, 1)),
    st.builds(dt.date, st.just(2026), st.integers(1, 12), st.sampled_from([1, 13, 14, 15, 28])),
    st.sampled_from(
        [
            dt.date(2025, 12, 14),
            dt.date(2025, 12, 15),
            dt.date(2025, 12, 31),
            dt.date(2026, 12, 14),
            dt.date(2026, 12, 15),
            dt.date(2026, 12, 31),
            dt.date(2027, 1, 1),
        ]
    ),
)
OUTREACH_ROWS = st.lists(
    st.tuples(DAYS, st.sampled_from(MEANS), st.integers(0, 500)), min_size=1, max_size=12
)
GIFT_ROWS = st.lists(
    st.tuples(DAYS, st.sampled_from(("m²", "M2", "mét vuông", "ha", "triệu đồng")), st.integers(0)),
    min_size=1,
    max_size=12,
)


def sheet(title: str, header: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> Grid:
    return Grid(title, [header, *rows])


def first_and_last(month: int, on_14th: bool) -> tuple[dt.date, dt.date]:
    """The first and the last day of a month of 2026, by hand."""
    if not on_14th:
        after = dt.date(2027, 1, 1) if month == 12 else dt.date(2026, month + 1, 1)
        return dt.date(2026, month, 1), after - dt.timedelta(days=1)
    first = dt.date(2025, 12, 15) if month == 1 else dt.date(2026, month - 1, 15)
    return first, dt.date(2026, month, 14)


@given(rows=OUTREACH_ROWS, on_14th=st.booleans(), until=st.integers(1, 12))
def test_meetings_are_counted_as_one_counts_by_hand(
    rows: list[tuple[dt.date, str, int]], on_14th: bool, until: int
) -> None:
    cells = [[day, means, "Họp", float(number)] for day, means, number in rows]
    table = read(
        "Tuyên truyền", sheet("Tuyên truyền", ["Ngày", "Hình thức", "Nội dung", "Số cuộc"], cells)
    ).table
    calendar = Calendar(2026, until, on_14th)
    wanted = Indicator("A", "", "", "cuộc", source="tổng Tuyên truyền.Số cuộc [Hình thức = Khác]")

    got = derive(wanted, [table], calendar)
    stock = derive(
        wanted._replace(source="đếm Tuyên truyền", month_rule=MonthRule.LAST), [table], calendar
    )

    latest = max(day for day, _, _ in rows)
    assert got is not None
    for month, figure in enumerate(got.months, start=1):
        first, last = first_and_last(month, on_14th)
        right = sum(n for day, means, n in rows if first <= day <= last and means == "Khác")
        assert figure.value == (None if latest < first else right)
    end = first_and_last(until, on_14th)[1]
    assert stock is not None
    assert stock.months[until - 1].value == sum(day <= end for day, _, _ in rows)


@given(rows=GIFT_ROWS, on_14th=st.booleans())
def test_gifts_of_land_are_added_up_as_one_adds_them_by_hand(
    rows: list[tuple[dt.date, str, int]], on_14th: bool
) -> None:
    rows = [(day, measure, number % 100_000) for day, measure, number in rows]
    cells = [[day, "Đường", "Hiến đất", measure, float(number)] for day, measure, number in rows]
    header = ["Ngày", "Nội dung", "Loại", "ĐVT", "Kết quả"]
    table = read("Huy động", sheet("Huy động", header, cells)).table
    source = "tổng Huy động.Kết quả [Loại = Hiến đất]"

    got = derive(Indicator("A", "", "", "m²", source=source), [table], Calendar(2026, 12, on_14th))

    land = [(day, number) for day, name, number in rows if name not in ("ha", "triệu đồng")]
    latest = max(day for day, _, _ in rows)
    assert got is not None
    assert len(got.excluded) == len(rows) - len(land)
    for month, figure in enumerate(got.months, start=1):
        first, last = first_and_last(month, on_14th)
        right = sum(number for day, number in land if first <= day <= last)
        assert figure.value == (None if latest < first else right)
