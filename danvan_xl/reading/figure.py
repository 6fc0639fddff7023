"""One figure as read, and what stands where there is none."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from danvan_xl.vietnamese.numbers import Bound, State


class _Nothing(Mapping[Any, Any]):
    """A mapping nobody filled; it cannot be filled by mistake, and can go to another process."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> Any:
        raise KeyError(key)

    def get(self, _key: Any, default: Any = None, /) -> Any:  # quicker than by an exception
        return default

    def __contains__(self, key: object) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __reduce__(self) -> str:
        return "NOTHING"

    def __repr__(self) -> str:
        return "NOTHING"  # the same in every process: what is remembered goes by it


NOTHING: Mapping[Any, Any] = _Nothing()


class Figure(NamedTuple):
    """One cell for a figure: its value where it has one, what the cell says, whether estimated."""

    value: Decimal | None
    state: State
    bound: Bound = Bound.EXACT


NO_FIGURE = Figure(None, State.BLANK)
