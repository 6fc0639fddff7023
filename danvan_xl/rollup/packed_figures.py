"""The figures of one unit made small, for consolidations of thousands of units."""

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from decimal import Decimal
from typing import Any

from danvan_xl.rollup.achieved import achieved, share_text, shares_of
from danvan_xl.rollup.packed import pack, unpack
from danvan_xl.rollup.rating import Rating
from danvan_xl.rollup.tally import UnitFigure
from danvan_xl.rollup.terms import Term

_BETWEEN = "|"
_TERMS = UnitFigure._fields.index("terms")
_RATINGS = {rating.value: rating for rating in Rating}
_KNOWN_KEYS: dict[tuple[str, ...], tuple[str, ...]] = {}


class PackedFigures(Mapping[str, UnitFigure]):
    """The figures of a unit by indicator key; every question opens all of them.

    What a table of units shows is kept by itself.
    """

    __slots__ = ("_data", "_keys", "_share_texts", "_shares", "achieved")

    def __init__(self, values: Mapping[str, UnitFigure]) -> None:
        self._keys = tuple(values)
        figures = dict(values.items())
        self._data = pack(list(map(_flat, figures.values())))
        self.achieved = achieved(figures)
        shares = shares_of(figures).values()
        self._shares = pack([(share and str(share), rating.value) for share, rating in shares])
        self._share_texts = _BETWEEN.join(share_text(share) for share, _ in shares)

    def __setstate__(self, state: tuple[None, dict[str, Any]]) -> None:
        """Take what was sent by another process; the keys of alike units are kept once."""
        for name, value in state[1].items():
            setattr(self, name, value)
        self._keys = _KNOWN_KEYS.setdefault(self._keys, self._keys)

    def open(self) -> dict[str, UnitFigure]:
        """The figures as they were."""
        return dict(zip(self._keys, map(_restored, unpack(self._data)), strict=True))

    def token(self) -> bytes:
        """Bytes that tell them from any other figures."""
        return repr(self._keys).encode() + self._data

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

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __getitem__(self, key: str) -> UnitFigure:
        return self.open()[key]

    def items(self) -> ItemsView[str, UnitFigure]:
        """Keys with figures, opened once."""
        return self.open().items()

    def values(self) -> ValuesView[UnitFigure]:
        """The figures, opened once."""
        return self.open().values()


def _flat(value: UnitFigure) -> tuple[Any, ...]:
    """A figure and its terms as plain tuples, which take half the time of named ones."""
    return (*value[:_TERMS], tuple(map(tuple, value.terms)), *value[_TERMS + 1 :])


def _restored(flat: tuple[Any, ...]) -> UnitFigure:
    """The figure that was made flat."""
    terms = tuple(map(Term._make, flat[_TERMS]))
    return UnitFigure._make((*flat[:_TERMS], terms, *flat[_TERMS + 1 :]))
