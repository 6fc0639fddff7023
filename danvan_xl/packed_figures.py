"""The figures of one unit made small, for consolidations of thousands of units."""

from typing import Any

from danvan_xl.packed import PackedMapping
from danvan_xl.tally import Term, UnitFigure

_TERMS = UnitFigure._fields.index("terms")


class PackedFigures(PackedMapping[str, UnitFigure]):
    """The figures of a unit by indicator key."""

    __slots__ = ()

    @staticmethod
    def flat(value: UnitFigure) -> Any:
        """Return a figure and its terms as plain tuples."""
        return (*value[:_TERMS], tuple(map(tuple, value.terms)), *value[_TERMS + 1 :])

    @staticmethod
    def restored(flat: Any) -> UnitFigure:
        """Return the figure that was made flat."""
        terms = tuple(map(Term._make, flat[_TERMS]))
        return UnitFigure._make((*flat[:_TERMS], terms, *flat[_TERMS + 1 :]))
