"""Every rule by which units come to one figure, at its borders."""

from decimal import Decimal

import pytest

from danvan_xl.rollup.unit_totals import copied_figure

D = Decimal


def numbers(*values):
    return [None if value is None else D(value) for value in values]


@pytest.mark.parametrize(
    ("values", "count", "plans", "copied"),
    [
        ([5], 4, [1, 2], (5, 4)),
        ([5], 3, [1, 2], None),  # three happen to be alike
        ([5, 6], 4, [1, 2], None),
        ([5], 4, [1], None),  # all were given the same
        ([5], 4, [None, 1], (5, 4)),
        ([0], 4, [1, 2], None),
        ([1], 4, [1, 2], None),
        ([2], 4, [1, 2], (2, 4)),
    ],
)
def test_a_figure_all_units_have_was_copied_unless_it_is_no_wonder(values, count, plans, copied):
    assert copied_figure({*numbers(*values)}, count, {*numbers(*plans)}) == copied
