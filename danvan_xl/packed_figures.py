"""The figures of one unit made small, for consolidations of thousands of units."""

from collections.abc import Mapping
from typing import Any

from danvan_xl.packed import PackedMapping
from danvan_xl.tally import Term, UnitFigure

_TERMS = UnitFigure._fields.index("terms")


def achieved(figures: Mapping[str, UnitFigure]) -> tuple[int, int, bool]:
    """Return how many plans are reached, with how many it is behind, and if there is a figure."""
    if isinstance(figures, PackedFigures):
        return figures.met, figures.unmet, figures.has_actual
    ratings = [figure.rating for figure in figures.values()]
    return (
        sum(rating.is_met for rating in ratings),
        sum(rating.is_unmet for rating in ratings),
        any(figure.actual is not None for figure in figures.values()),
    )


class PackedFigures(PackedMapping[str, UnitFigure]):
    """The figures of a unit by indicator key.

    `met` and `unmet` are how many plans it has reached, and with how many it is behind;
    `has_actual` whether it has a figure at all.
    """

    __slots__ = ("has_actual", "met", "unmet")

    def __init__(self, values: Mapping[str, UnitFigure]) -> None:
        super().__init__(values)
        self.met, self.unmet, self.has_actual = achieved(values)

    @staticmethod
    def flat(value: UnitFigure) -> Any:
        """Return a figure and its terms as plain tuples."""
        return (*value[:_TERMS], tuple(map(tuple, value.terms)), *value[_TERMS + 1 :])

    @staticmethod
    def restored(flat: Any) -> UnitFigure:
        """Return the figure that was made flat."""
        terms = tuple(map(Term._make, flat[_TERMS]))
        return UnitFigure._make((*flat[:_TERMS], terms, *flat[_TERMS + 1 :]))
