"""What parts are of their total, and when the two contradict each other."""

from decimal import Decimal

import pytest

from danvan_xl.rollup.dotted import Extent, Fault, PartList, fault_in, part_lists, sums_of_parts
from danvan_xl.rollup.tolerance import written
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import Direction, MonthRule
from danvan_xl.vietnamese.text import match_key

D = Decimal
WHOLE, SOME, APART = Extent
FIELDS = ("Kinh tế", "Văn hóa - xã hội", "Quốc phòng, an ninh", "Xây dựng hệ thống chính trị")


def lists(*names: str, total: str = "Mô hình", measure: str = "mô hình") -> tuple[PartList, ...]:
    """Return what the parts A.1, A.2… of these names are of A."""
    rows = [Indicator("A", "", total, measure)]
    rows += [Indicator(f"A.{at}", "", name, measure) for at, name in enumerate(names, start=1)]
    return part_lists({match_key(row.code): row for row in rows})


@pytest.mark.parametrize(
    ("names", "extent"),
    [
        (("Lúa", "Ngô"), WHOLE),
        (("Lúa",), SOME),  # one row may be one of several
        (("Trong đó: nhân rộng",), SOME),
        (("Trong đó: lúa", "Ngô"), SOME),  # the words stand before the first only
        (("Lúa", "Tiêu biểu: ngô"), SOME),
        (tuple(f"Trong đó: {name}" for name in FIELDS), WHOLE),
        (tuple(f"Trong đó: {name}" for name in FIELDS[:3]), SOME),
        (("Trong đó: nam", "Nữ"), WHOLE),
        (("Trong đó: nữ",), APART),
        (("Trong đó: nữ", "Dân tộc thiểu số"), APART),  # some are both
        (("Trong đó: Mô hình", "Điển hình tập thể", "Điển hình cá nhân"), WHOLE),
        (("Trong đó: điển hình tập thể", "Điển hình cá nhân"), WHOLE),
        (("Trong đó: kinh tế", "Kinh tế", "Kinh tế", "Kinh tế"), SOME),
    ],
)
def test_rows_are_the_whole_list_or_some_of_it(names, extent):
    (found,) = lists(*names)

    assert found.extent is extent
    assert found.parts == tuple(f"a.{at}" for at in range(1, len(names) + 1))


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("Nam", "Nữ", "Dân tộc thiểu số"), [(WHOLE, 2), (APART, 1)]),
        (("Dân tộc Kinh", "Dân tộc thiểu số", "Nữ"), [(WHOLE, 2), (APART, 1)]),
        (("Dân tộc Kinh", "Dân tộc thiểu số"), [(WHOLE, 2)]),
        (("Nữ", "Dân tộc thiểu số"), [(APART, 2)]),
        (("Dân tộc thiểu số", "Khác"), [(WHOLE, 2)]),
        (("Hội Phụ nữ", "Hội Nông dân"), [(WHOLE, 2)]),  # organisations, not women
        ((*FIELDS, "Khác"), [(WHOLE, 5)]),
    ],
)
def test_rows_that_cut_across_the_others_are_not_added_to_them(names, found):
    assert [(item.extent, len(item.parts)) for item in lists(*names)] == found


def test_words_of_a_total_say_that_its_parts_are_some():
    (found,) = lists("Lúa", "Ngô", total="Cây trồng, trong đó")

    assert found.extent is SOME


def of(**changes: object) -> list[tuple[str, Extent]]:
    """Return the lists of A, A.1 and A.2, the last with changes."""
    row = Indicator("A", "", "Cây", "ha")
    rows = [row, row._replace(code="A.1"), row._replace(**{"code": "A.2", **changes})]
    found = part_lists({match_key(item.code): item for item in rows})
    return [(" ".join(item.parts), item.extent) for item in found]


def test_only_rows_that_are_alike_are_the_whole_list():
    assert of() == [("a.1 a.2", WHOLE)]
    assert of(measure="tấn") == [("a.1", SOME)]
    assert of(direction=Direction.LESS) == [("a.1 a.2", SOME)]
    assert of(month_rule=MonthRule.LAST) == [("a.1", SOME)]
    assert of(code="B.2") == [("a.1", SOME)]
    assert of(code="A.1.1") == [("a.1.1", SOME), ("a.1", SOME)]  # the deepest first


@pytest.mark.parametrize(
    ("measure", "name"), [("tạ/ha", "Năng suất"), ("‰", "Tỷ suất"), ("triệu đồng", "Thu nhập BQ")]
)
def test_of_what_does_not_add_nothing_is_held(measure, name):
    row = Indicator("A", "", name, measure)
    rows = [row, row._replace(code="A.1"), row._replace(code="A.2")]

    assert part_lists({match_key(item.code): item for item in rows}) == ()


def test_the_largest_of_months_are_not_added():
    row = Indicator("A", "", "Cây", "ha", month_rule=MonthRule.LARGEST)
    rows = [row, row._replace(code="A.1"), row._replace(code="A.2")]

    (found,) = part_lists({match_key(item.code): item for item in rows})

    assert found.extent is APART


def test_counts_by_every_choice_of_a_register_are_the_parts_of_the_count():
    count = "đếm Dân vận khéo"
    kinds = ("Mô hình", "Điển hình tập thể", "Điển hình cá nhân")
    rows = [Indicator("K", "", "Tất cả", "mô hình", source=count)]
    rows += [
        Indicator(f"K{at}", "", kind, "mô hình", source=f"{count} [Loại = {kind}]")
        for at, kind in enumerate(kinds)
    ]
    every = {match_key(row.code): row for row in rows}

    (found,) = part_lists(every)

    assert (found.total, found.parts, found.extent) == ("k", ("k0", "k1", "k2"), WHOLE)
    del every["k2"]
    assert part_lists(every) == ()


def fault(found: PartList, *figures: str) -> Fault | None:
    """Return what contradicts between a total and its parts ("" is not known)."""
    keys = (found.total, *found.parts)
    known = {key: written(D(one)) for key, one in zip(keys, figures, strict=True) if one}
    return fault_in(found, known.get)


SUM, PASSED = Fault(is_sum=True), Fault()


@pytest.mark.parametrize(
    ("names", "figures", "expected"),
    [
        (("Lúa", "Ngô"), ("10", "4", "6"), None),
        (("Lúa", "Ngô"), ("10", "4", "5"), SUM),
        (("Lúa", "Ngô"), ("10", "4", "7"), SUM),
        (("Lúa", "Ngô"), ("10", "11", ""), Fault("a.1")),  # whatever the other is
        (("Lúa", "Ngô"), ("10", "4", ""), None),
        (("Lúa", "Ngô", "Sắn"), ("10", "6", "6", ""), PASSED),
        (("Lúa", "Ngô"), ("", "4", "6"), None),
        (("Lúa", "Ngô"), ("10", "", ""), None),
        (("Trong đó: nhân rộng",), ("266", "39"), None),
        (("Trong đó: nhân rộng",), ("266", "267"), Fault("a.1")),
        (("Trong đó: a", "b"), ("10", "4", "5"), None),
        (("Trong đó: a", "b"), ("10", "6", "7"), PASSED),
        (("Trong đó: nữ", "Dân tộc thiểu số"), ("10", "6", "7"), None),
        (("Trong đó: nam", "nữ"), ("10", "4", "5"), SUM),
    ],
)
def test_a_total_and_its_parts_contradict_each_other(names, figures, expected):
    (found,) = lists(*names)

    assert fault(found, *figures) == expected


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (("100", "30", "40", "30"), None),
        (("100", "30", "40", "20"), SUM),
        (("100", "33.3", "33.3", "33.3"), None),  # rounded
        (("90", "95", "80", "99"), None),  # shares of other things
        (("100", "100", "100", "100"), None),  # all of each
        (("100", "30", "102", ""), Fault("a.2")),
        (("100", "98", "100", "95"), None),  # rates of their own, each high
        (("100", "60", "30", "45"), SUM),
        (("100", "300", "70", "60"), Fault("a.1")),
    ],
)
def test_shares_are_held_only_where_they_make_a_hundred(figures, expected):
    (found,) = lists("Nông nghiệp", "Công nghiệp", "Dịch vụ", total="Cơ cấu", measure="%")

    assert fault(found, *figures) == expected


@pytest.mark.parametrize(
    ("figures", "expected"), [(("-5", "3", "-8"), None), (("-5", "3", "-7"), SUM)]
)
def test_a_part_of_a_difference_may_be_greater_than_the_whole(figures, expected):
    (found,) = lists("Quỹ", "Phí", total="Chênh lệch thu chi", measure="người")

    assert fault(found, *figures) == expected


def test_a_blank_total_is_the_sum_only_of_all_its_parts():
    whole, some = lists("Lúa", "Ngô")[0], lists("Trong đó: lúa", "Ngô")[0]

    def sums(found: PartList, *known: str) -> list[PartList]:
        return list(sums_of_parts([found], lambda _key: True, known.__contains__))

    assert sums(whole, "a.1", "a.2") == [whole]
    assert sums(whole, "a.1") == []
    assert sums(some, "a.1", "a.2") == []
    assert sums(lists("Nông", "Công", measure="%")[0], "a.1", "a.2") == []
    assert list(sums_of_parts([whole], lambda _key: False, lambda _key: True)) == []
