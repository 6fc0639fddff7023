"""The two rows of a ratio: of which units each is, and how sure what they come to is."""

from decimal import Decimal

import pytest

from danvan_xl.rollup.ratio_lines import side_of
from danvan_xl.rollup.ratios import ratio_bound
from danvan_xl.rollup.tally import UnitFigure
from danvan_xl.vietnamese.numbers import Bound
from tests.sheets import consolidated, grid

EXACT, ABOUT, LEAST, MOST = Bound.EXACT, Bound.ABOUT, Bound.AT_LEAST, Bound.AT_MOST


@pytest.mark.parametrize(
    ("top", "bottom", "bound"),
    [
        (EXACT, EXACT, EXACT),
        (EXACT, ABOUT, ABOUT),
        (ABOUT, EXACT, ABOUT),
        (LEAST, EXACT, LEAST),
        (EXACT, LEAST, MOST),  # over more there is less
        (EXACT, MOST, LEAST),
        (LEAST, MOST, LEAST),
        (LEAST, LEAST, ABOUT),
    ],
)
def test_a_ratio_is_as_sure_as_its_two_rows(top, bottom, bound):
    assert ratio_bound(top, bottom) is bound


def test_a_row_has_a_part_of_the_office_s_own_only_beside_those_of_its_units():
    typed = grid("| Mã | Chỉ tiêu | ĐVT | T1 |\n| A | Hộ | hộ | 3 |")
    line = consolidated(typed).lines["a"]
    own = UnitFigure("a", actual=Decimal(3))

    beside = line._replace(is_typed=False)
    assert [side_of(beside, found).has_own_part for found in (own, UnitFigure("a"), None)] == [
        True,
        False,
        False,
    ]
    assert not side_of(line._replace(is_typed=True), own).has_own_part
