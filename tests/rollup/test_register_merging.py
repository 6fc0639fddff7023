"""Blocks of several units become one: every kind of measure, and lists too long to show."""

import datetime as dt

import pytest

from danvan_xl.rollup.register_blocks import (
    MOST_LISTED,
    Amount,
    BlockFigures,
    Days,
    Listed,
    rank,
)
from danvan_xl.rollup.register_merging import Merging, first_groups, first_listed, total_of
from danvan_xl.schema.issues import Place
from danvan_xl.schema.registers import Block, Measure, MeasureKind
from danvan_xl.vietnamese.numbers import Bound

MEASURES = {
    MeasureKind.COUNT: Measure("Số", MeasureKind.COUNT),
    MeasureKind.SUM: Measure("Tổng", MeasureKind.SUM),
    MeasureKind.LATEST: Measure("Gần nhất", MeasureKind.LATEST),
    MeasureKind.MEDIAN: Measure("Trung vị", MeasureKind.MEDIAN),
}
MARCH, MAY = dt.date(2026, 3, 1), dt.date(2026, 5, 1)
ABOUT_30 = Amount(30.0, Bound.AT_LEAST)


def block(*kinds: MeasureKind) -> Block:
    return Block("Khối", ("field",), tuple(MEASURES[kind] for kind in kinds), total=True)


def merged(found: Block, *units: BlockFigures, most=None, complete=False) -> BlockFigures:
    """Return what units come to together."""
    merging = Merging((found,), complete=complete)
    for unit in units:
        merging.add((unit,))
    return merging.result(most)[0]


def of(**groups) -> BlockFigures:
    """Return the figures of one unit: a cell for each group, _ standing for a space."""
    return BlockFigures({(name.replace("_", " "),): (cell,) for name, cell in groups.items()})


@pytest.mark.parametrize(
    ("kind", "cells", "together"),
    [
        (MeasureKind.COUNT, (2, 3, 4), 9),
        (MeasureKind.COUNT, (2, None, 4), 6),
        (MeasureKind.SUM, (0.1, 0.2, 0.3), 0.6),  # rounded once, in the end
        (MeasureKind.SUM, (1e16, 1.0, 1.0), 1e16 + 2),
        (MeasureKind.SUM, (None, 2.5, None), 2.5),
        (MeasureKind.SUM, (None, None, None), None),
        (MeasureKind.SUM, (0.5, ABOUT_30, 0.25), Amount(30.75, Bound.AT_LEAST)),
        (MeasureKind.SUM, (0.5, 0.25, ABOUT_30), Amount(30.75, Bound.AT_LEAST)),
        (MeasureKind.SUM, (ABOUT_30, ABOUT_30, 1.0), Amount(61.0, Bound.AT_LEAST)),
        (
            MeasureKind.SUM,
            (ABOUT_30, Amount(5.0, Bound.AT_MOST), 1.0),
            Amount(36.0, Bound.ABOUT),
        ),
        (MeasureKind.LATEST, (MARCH, MAY, None), MAY),
        (MeasureKind.LATEST, (MAY, MARCH, None), MAY),
        (MeasureKind.MEDIAN, (Days((9, 1)), Days(()), Days((4,))), Days((1, 4, 9))),
        (MeasureKind.MEDIAN, (None, Days((9,)), Days((4,))), Days((4, 9))),
    ],
)
def test_a_measure_of_units_is_joined_as_its_kind_asks(kind, cells, together):
    found = merged(block(kind), *(of(a=cell) for cell in cells))

    assert found.groups == {("a",): (together,)}


def test_groups_written_otherwise_are_one_and_go_by_the_first_writing():
    found = merged(
        block(MeasureKind.COUNT), of(Kinh_tế=1, Văn_hóa=2), of(KINH_TẾ=4), of(kinh_tế=8, Khác=16)
    )

    assert found.groups == {("Kinh tế",): (13,), ("Văn hóa",): (2,), ("Khác",): (16,)}
    assert (found.rest, found.rest_count) == ((), 0)


def test_of_too_many_groups_the_first_are_held_and_the_rest_counted_once():
    units = (of(a=1, b=2, c=4, d=8), of(d=16, b=32, e=64))

    found = merged(block(MeasureKind.COUNT), *units, most=2)

    assert found.groups == {("a",): (1,), ("b",): (34,)}
    assert (found.rest, found.rest_count) == ((4 + 8 + 16 + 64,), 3)
    assert total_of(found) == (1 + 34 + 92,)


def test_what_is_in_the_rest_of_one_unit_is_in_that_of_all():
    count = block(MeasureKind.COUNT)
    first = merged(count, of(a=1, b=2, c=4), most=2)

    found = merged(count, first, of(c=8, d=16))
    turned = merged(count, of(c=8, d=16), first)

    assert found.groups == turned.groups == {("a",): (1,), ("b",): (2,), ("d",): (16,)}
    assert (found.rest, found.rest_count) == (turned.rest, turned.rest_count) == ((12,), 1)


def test_a_block_without_a_total_keeps_no_sum_of_the_rest():
    count = block(MeasureKind.COUNT)._replace(total=False)

    found = merged(count, of(a=1, b=2, c=4), most=1)

    assert (found.groups, found.rest, found.rest_count) == ({("a",): (1,)}, (), 2)


def test_the_total_is_of_every_measure():
    both = block(MeasureKind.COUNT, MeasureKind.SUM)
    figures = BlockFigures({("a",): (1, 0.1), ("b",): (2, 0.2), ("c",): (4, None)})

    total = total_of(merged(both, figures))

    assert total[0] == 7
    assert total[1] == pytest.approx(0.3, abs=1e-15)
    assert total_of(BlockFigures({})) == ()


def test_the_first_groups_are_those_of_the_alphabet():
    names = [("c",), ("B",), ("a",), ("b2",)]

    assert first_groups(names, 2) == [("a",), ("B",)]


LIST = Block("Quá hạn", columns=("task", "overdue_days", "place"), sort="overdue_days")


def listed(*days: int) -> BlockFigures:
    rows = tuple(Listed((f"việc {day}", float(day)), Place("a.xlsx", "s", "A2")) for day in days)
    return BlockFigures({}, rows, len(rows))


def test_rows_of_a_list_are_shown_sorted_and_all_of_them_counted():
    days = list(range(MOST_LISTED + 10))
    units = [listed(*days[at::3]) for at in range(3)]

    whole, shown = merged(LIST, *units), merged(LIST, *units, most=60)

    assert (len(whole.listed), whole.listed_count) == (len(days), len(days))
    assert (len(shown.listed), shown.listed_count) == (MOST_LISTED, len(days))
    order = [row.values[1] for row in shown.listed]
    assert order == [row.values[1] for row in first_listed(LIST, whole.listed)]
    assert order in (sorted(order), sorted(order, reverse=True))
    assert shown.listed[0].place == Place("a.xlsx", "s", "A2")


def test_what_comes_after_the_last_row_shown_of_very_many_is_let_go_of():
    many = listed(*range(8 * MOST_LISTED + 1))
    found = merged(LIST, many, listed(0, 5 * MOST_LISTED, 8 * MOST_LISTED), most=60)

    assert found.listed_count == 8 * MOST_LISTED + 4
    again = merged(LIST, listed(*range(8 * MOST_LISTED + 1), 0, 750, 1200), most=60)
    assert [row.values for row in found.listed] == [row.values for row in again.listed]


@pytest.mark.parametrize("complete", [False, True])
def test_more_groups_than_can_be_read_are_held_only_for_the_level_above(complete):
    groups = {(f"nhóm {at:05}",): (1,) for at in range(4_001)}

    whole = merged(block(MeasureKind.COUNT), BlockFigures(groups), complete=complete)

    assert len(whole.groups) == (4_001 if complete else 1_000)
    assert whole.rest_count == (0 if complete else 3_001)
    assert total_of(whole) == (4_001,)
    merging = Merging((block(MeasureKind.COUNT),))
    merging.add((BlockFigures(groups),))
    assert len(merging.result()[0].groups) == 1_000


def test_numbers_and_days_come_first_then_words_then_blanks():
    values = ["b", None, 5.0, "a", dt.date(1900, 1, 3), True, 2]

    order = sorted(values, key=rank)

    assert order[:3] == [True, 2, 5.0]
    assert order[3:] == [dt.date(1900, 1, 3), "a", "b", None]
