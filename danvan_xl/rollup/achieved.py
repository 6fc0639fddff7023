"""What a table of units shows of the figures of one: plans reached, completions, ratings."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from danvan_xl.rollup.rating import Rating, shown
from danvan_xl.rollup.tally import UnitFigure
from danvan_xl.vietnamese.printed import show_share


class Achieved(NamedTuple):
    """How many plans a unit has reached, with how many it is behind, and if it has a figure."""

    met: int
    unmet: int
    has_actual: bool


def achieved(figures: Mapping[str, UnitFigure]) -> Achieved:
    """What a unit has achieved."""
    ratings = [figure.rating for figure in figures.values()]
    return Achieved(
        sum(rating.is_met for rating in ratings),
        sum(rating.is_unmet for rating in ratings),
        any(figure.actual is not None or figure.unadded for figure in figures.values()),
    )


def shares_of(figures: Mapping[str, UnitFigure]) -> dict[str, tuple[Decimal | None, Rating]]:
    """For each indicator the completion as it is printed, and the rating."""
    return {key: (shown(figure.completion), figure.rating) for key, figure in figures.items()}


@lru_cache(maxsize=2**14)  # of thousands of units most shares come more than once
def share_text(share: Decimal | None) -> str:
    """A completion as it is printed, "" without any."""
    return "" if share is None else show_share(share)
