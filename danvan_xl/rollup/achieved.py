"""What a table of units shows of the figures of one: plans reached, completions, ratings."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from danvan_xl.rollup.rating import Rating, shown
from danvan_xl.rollup.tally import UnitFigure
from danvan_xl.vietnamese.printed import show_share, vietnamese_number


class UnmetCounts(NamedTuple):
    """How many ratings are unmet, each kind by itself."""

    missed: int = 0
    behind: int = 0
    at_risk: int = 0

    @property
    def total(self) -> int:
        """All that are unmet."""
        return sum(self)

    def __str__(self) -> str:
        """The text "2 chưa đạt, 17 chậm tiến độ"; "" where nothing is unmet."""
        named = zip(self, _UNMET, strict=True)
        return ", ".join(
            f"{vietnamese_number(count)} {rating.value.lower()}" for count, rating in named if count
        )


NONE_UNMET = UnmetCounts()


def count_unmet(ratings: Iterable[Rating]) -> UnmetCounts:
    """How many ratings are unmet, each kind by itself."""
    counted = Counter(ratings)
    return UnmetCounts(*(counted[rating] for rating in _UNMET))


class Achieved(NamedTuple):
    """How many plans a unit has reached, how many it has not, and if it has a figure."""

    met: int
    unmet: UnmetCounts
    has_actual: bool


def achieved(figures: Mapping[str, UnitFigure]) -> Achieved:
    """What a unit has achieved."""
    ratings = [figure.rating for figure in figures.values()]
    return Achieved(
        sum(rating.is_met for rating in ratings),
        count_unmet(ratings),
        any(figure.actual is not None or figure.unadded for figure in figures.values()),
    )


def shares_of(figures: Mapping[str, UnitFigure]) -> dict[str, tuple[Decimal | None, Rating]]:
    """For each indicator the completion as it is printed, and the rating."""
    return {key: (shown(figure.completion), figure.rating) for key, figure in figures.items()}


@lru_cache(maxsize=2**14)  # of thousands of units most shares come more than once
def share_text(share: Decimal | None) -> str:
    """A completion as it is printed, "" without any."""
    return "" if share is None else show_share(share)


_UNMET = (Rating.MISSED, Rating.BEHIND, Rating.AT_RISK)
