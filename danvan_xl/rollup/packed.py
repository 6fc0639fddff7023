"""Sequences made small while there are thousands of units, and opened when somebody asks."""

import pickle
import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from typing import Any, NamedTuple, TypeVar, overload

ValueT = TypeVar("ValueT")
Common = TypeVar("Common")

_QUICKLY = 1  # of zlib; a third smaller would take thrice as long


def pack(value: object) -> bytes:
    """A value of the program's own made small."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), _QUICKLY)


def unpack(data: bytes) -> Any:
    """What `pack` made small; never to be called with bytes from elsewhere."""
    return pickle.loads(zlib.decompress(data))  # noqa: S301  # packed by this very program


class FlatRows(NamedTuple):
    """Some rows of plain values, made small: too few of them for zlib to be worth its time."""

    size: int
    data: bytes

    @classmethod
    def of(cls, rows: Sequence[Any]) -> "FlatRows":
        """Rows made small."""
        return cls(len(rows), pickle.dumps(rows, pickle.HIGHEST_PROTOCOL))


class _Opened(Sequence[ValueT]):
    """A sequence that is made anew whenever somebody goes through it."""

    __slots__ = ()

    @overload
    def __getitem__(self, index: int) -> ValueT: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[ValueT]: ...

    def __getitem__(self, index: int | slice) -> ValueT | Sequence[ValueT]:
        found: ValueT | Sequence[ValueT] = tuple(self)[index]
        return found


class PackedRows(_Opened[ValueT]):
    """Values made of flat rows: `restored` makes each, with what many of them have in common."""

    __slots__ = ("_common", "_restored", "_rows")

    def __init__(
        self, rows: FlatRows, common: Common, restored: Callable[[Common, Any], ValueT]
    ) -> None:
        self._rows, self._common, self._restored = rows, common, restored

    def __len__(self) -> int:
        return self._rows.size

    def __iter__(self) -> Iterator[ValueT]:
        common, rows = self.raw()
        return map(self._restored, repeat(common), rows)

    def raw(self) -> tuple[Any, list[Any]]:
        """What the rows have in common, and the rows, for who needs no values."""
        return self._common, pickle.loads(self._rows.data)  # noqa: S301  # as `unpack`


class Joined(_Opened[ValueT]):
    """Sequences one after the other, as each of them is; it is added to as a tuple is."""

    __slots__ = ("parts",)

    def __init__(self, parts: Sequence[Sequence[ValueT]]) -> None:
        self.parts = parts

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def __iter__(self) -> Iterator[ValueT]:
        return chain.from_iterable(self.parts)

    def __add__(self, other: tuple[ValueT, ...]) -> "Joined[ValueT]":
        return Joined([*self.parts, other]) if other else self

    def __radd__(self, other: tuple[ValueT, ...]) -> "Joined[ValueT]":
        return Joined([other, *self.parts]) if other else self


def parts_of_joined(values: Sequence[ValueT]) -> Sequence[Sequence[ValueT]]:
    """The sequences that one was joined of; itself where it was not."""
    return values.parts if isinstance(values, Joined) else (values,)
