"""The figures of one unit made small, for consolidations of thousands of units."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from danvan_xl.rollup.packed import PackedMapping, pack, unpack
from danvan_xl.rollup.rating import Rating, shown
from danvan_xl.rollup.tally import Term, UnitFigure
from danvan_xl.vietnamese.printed import show_share

_BETWEEN = "|"
_TERMS = UnitFigure._fields.index("terms")


def achieved(figures: Mapping[str, UnitFigure]) -> tuple[int, int, bool]:
    """How many plans are reached, with how many it is behind, and if there is a figure."""
    if isinstance(figures, PackedFigures):
        return figures.met, figures.unmet, figures.has_actual
    ratings = [figure.rating for figure in figures.values()]
    return (
        sum(rating.is_met for rating in ratings),
        sum(rating.is_unmet for rating in ratings),
        any(figure.actual is not None for figure in figures.values()),
    )


_RATINGS = {rating.value: rating for rating in Rating}


def shares_of(figures: Mapping[str, UnitFigure]) -> dict[str, tuple[Decimal | None, Rating]]:
    """For each indicator the completion as it is printed, and the rating."""
    if isinstance(figures, PackedFigures):
        return figures.shares()
    return {key: (shown(figure.completion), figure.rating) for key, figure in figures.items()}


def share_texts_of(figures: Mapping[str, UnitFigure]) -> dict[str, str]:
    """For each indicator the completion as it is printed, "" without any."""
    if isinstance(figures, PackedFigures):
        return figures.share_texts()
    return {key: _percent(shown(figure.completion)) for key, figure in figures.items()}


@lru_cache(maxsize=2**14)  # of thousands of units most shares come more than once
def _percent(share: Decimal | None) -> str:
    return "" if share is None else show_share(share)


class PackedFigures(PackedMapping[str, UnitFigure]):
    """The figures of a unit by indicator key.

    `met` and `unmet` are how many plans it has reached, and with how many it is behind;
    `has_actual` whether it has a figure at all. What a table of units shows is kept by itself.
    """

    __slots__ = ("_share_texts", "_shares", "has_actual", "met", "unmet")

    def __init__(self, values: Mapping[str, UnitFigure]) -> None:
        super().__init__(values)
        self.met, self.unmet, self.has_actual = achieved(values)
        shares = shares_of(values).values()
        self._shares = pack([(share and str(share), rating.value) for share, rating in shares])
        self._share_texts = _BETWEEN.join(_percent(share) for share, _ in shares)

    def share_texts(self) -> dict[str, str]:
        """For each indicator the completion as it is printed, "" without any."""
        return dict(zip(self._keys, self._share_texts.split(_BETWEEN), strict=False))

    def shares(self) -> dict[str, tuple[Decimal | None, Rating]]:
        """For each indicator the completion as it is printed, and the rating."""
        pairs = (
            (share if share is None else Decimal(share), _RATINGS[rating])
            for share, rating in unpack(self._shares)
        )
        return dict(zip(self._keys, pairs, strict=True))

    @staticmethod
    def flat(value: UnitFigure) -> Any:
        """A figure and its terms as plain tuples."""
        return (*value[:_TERMS], tuple(map(tuple, value.terms)), *value[_TERMS + 1 :])

    @staticmethod
    def restored(flat: Any) -> UnitFigure:
        """The figure that was made flat."""
        terms = tuple(map(Term._make, flat[_TERMS]))
        return UnitFigure._make((*flat[:_TERMS], terms, *flat[_TERMS + 1 :]))
