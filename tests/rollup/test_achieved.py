"""What a table of units shows of one: what is reached and what is not, told apart."""

from decimal import Decimal

import pytest

from danvan_xl.rollup.achieved import UnmetCounts, achieved, count_unmet
from danvan_xl.rollup.rating import Rating
from danvan_xl.rollup.tally import UnitFigure


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        ([], ""),
        ([Rating.UNDER_WAY, Rating.WITHIN, Rating.PLAN_UNKNOWN, Rating.INCOMPLETE], ""),
        ([Rating.MISSED] * 2 + [Rating.BEHIND] * 17, "2 chưa đạt, 17 chậm tiến độ"),
        ([Rating.AT_RISK] * 3 + [Rating.REACHED], "3 có nguy cơ vượt"),
        ([Rating.MISSED] * 1200, "1.200 chưa đạt"),
        (list(Rating), "1 chưa đạt, 1 chậm tiến độ, 1 có nguy cơ vượt"),
    ],
)
def test_what_is_unmet_is_told_apart(ratings, said):
    counts = count_unmet(ratings)

    assert str(counts) == said
    assert counts.total == sum(rating.is_unmet for rating in ratings)


def test_what_is_open_or_not_known_is_neither_reached_nor_unmet():
    figures = {
        rating.name: UnitFigure(rating.name, actual=Decimal(1), rating=rating) for rating in Rating
    }

    found = achieved(figures)

    assert (found.met, found.unmet, found.has_actual) == (2, UnmetCounts(1, 1, 1), True)
