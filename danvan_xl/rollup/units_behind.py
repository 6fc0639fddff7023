"""The units that are behind with an indicator, worst first."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple, Protocol, TypeVar

from danvan_xl.reading.entries import Entry
from danvan_xl.rollup.rating import PLAIN, Edge, Rating
from danvan_xl.vietnamese.text import sort_key

_Rated = TypeVar("_Rated", bound="_IsRated")


class _IsRated(Protocol):
    """What can be sorted by how far it is behind."""

    @property
    def unit_name(self) -> str: ...

    @property
    def completion(self) -> Decimal | None: ...

    @property
    def rating(self) -> Rating: ...


class Behind(NamedTuple):
    """A unit that is behind with an indicator: how far, why, and what it will do.

    `is_count` tells that its figure is a number of its own units.
    """

    unit_name: str
    plan: Decimal | None
    actual: Decimal | None
    completion: Decimal | None
    rating: Rating
    edge: Edge = PLAIN
    cause: str = ""
    solution: str = ""
    is_count: bool = False


def worst_key(share: Decimal | None, name: str) -> tuple[object, ...]:
    """A key that sorts the least complete first, then by name in Vietnamese order."""
    return (share is not None, share if share is not None else Decimal(0), sort_key(name))


def worst_first(items: Iterable[_Rated]) -> list[_Rated]:
    """Items sorted: those not reached before those merely behind, each by `worst_key`.

    Of equals the first given comes first. There may be many: names, shares and ratings are sorted
    one after the other, and each name is looked at once.
    """
    found = list(items)
    keys = {name: sort_key(name) for name in {item.unit_name for item in found}}
    at = {key: rank for rank, key in enumerate(sorted({*keys.values()}))}
    ranks = {name: at[key] for name, key in keys.items()}
    by_name = sorted(found, key=lambda item: ranks[item.unit_name])
    unknown = [item for item in by_name if item.completion is None]
    known = [item for item in by_name if item.completion is not None]
    by_share = unknown + sorted(known, key=lambda item: item.completion or Decimal(0))
    return sorted(by_share, key=lambda item: item.rating is not Rating.MISSED)


def reasons_in(further: Mapping[str, Entry]) -> tuple[str, str]:
    """What a row says in Nguyên nhân and Giải pháp, each "" for nothing."""
    cause, solution = further.get("cause"), further.get("solution")
    return (
        cause if isinstance(cause, str) else "",
        solution if isinstance(solution, str) else "",
    )
