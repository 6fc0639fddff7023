"""Values made small while there are thousands of them, and opened again when somebody asks."""

import pickle
import zlib
from collections.abc import (
    Callable,
    ItemsView,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    ValuesView,
)
from itertools import chain, repeat
from typing import Any, NamedTuple, TypeVar, overload

MOST_HELD = 400
Key = TypeVar("Key")
ValueT = TypeVar("ValueT")
Common = TypeVar("Common")

_QUICKLY = 1  # of zlib; a third smaller would take thrice as long


def pack(value: object) -> bytes:
    """A value of the program's own made small."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), _QUICKLY)


def unpack(data: bytes) -> Any:
    """What `pack` made small; never to be called with bytes from elsewhere."""
    return pickle.loads(zlib.decompress(data))  # noqa: S301  # packed by this very program


class PackedMapping(Mapping[Key, ValueT]):
    """A mapping made small. Every question opens it: `opened` is for those who ask many."""

    __slots__ = ("_data", "_keys")

    def __init__(self, values: Mapping[Key, ValueT]) -> None:
        self._keys = tuple(values)
        self._data = pack(list(map(self.flat, values.values())))

    def __setstate__(self, state: tuple[None, dict[str, Any]]) -> None:
        """Take what was sent by another process; the keys of alike mappings are kept once."""
        for name, value in state[1].items():
            setattr(self, name, value)
        self._keys = _KNOWN_KEYS.setdefault(self._keys, self._keys)

    def open(self) -> dict[Key, ValueT]:
        """The mapping as it was."""
        return dict(zip(self._keys, map(self.restored, unpack(self._data)), strict=True))

    def token(self) -> bytes:
        """Bytes that tell it from any other mapping."""
        return repr(self._keys).encode() + self._data

    @staticmethod
    def flat(value: ValueT) -> Any:
        """A value as it is packed; plain tuples take half the time of named ones."""
        return value

    @staticmethod
    def restored(flat: Any) -> ValueT:
        """A value as it was."""
        value: ValueT = flat
        return value

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __getitem__(self, key: Key) -> ValueT:
        return self.open()[key]

    def items(self) -> ItemsView[Key, ValueT]:
        """Keys with values, opened once."""
        return self.open().items()

    def values(self) -> ValuesView[ValueT]:
        """The values, opened once."""
        return self.open().values()


_KNOWN_KEYS: dict[Any, Any] = {}


def opened(values: Mapping[Key, ValueT]) -> Mapping[Key, ValueT]:
    """A mapping that answers quickly."""
    return values.open() if isinstance(values, PackedMapping) else values


def held(values: Sequence[ValueT]) -> Sequence[ValueT]:
    """A sequence as it is best held: as it is, or made small where it is long."""
    if len(values) <= MOST_HELD or isinstance(values, PackedSequence | Joined):
        return values
    return PackedSequence(values)


def chained(parts: Iterable[Sequence[ValueT]]) -> Sequence[ValueT]:
    """Sequences one after the other, as they are best held."""
    filled = [part for part in parts if len(part)]
    if any(isinstance(part, PackedSequence | Joined) for part in filled):
        return Joined(filled)
    return held(tuple(chain.from_iterable(filled)))


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


class PackedSequence(_Opened[ValueT]):
    """A long sequence made small; it is opened to be gone through."""

    __slots__ = ("_count", "_data")

    def __init__(self, values: Sequence[ValueT]) -> None:
        self._data, self._count = pack(tuple(values)), len(values)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[ValueT]:
        return iter(unpack(self._data))


class FlatRows(NamedTuple):
    """Some rows of plain values, made small: too few of them for zlib to be worth its time."""

    size: int
    data: bytes

    @classmethod
    def of(cls, rows: Sequence[Any]) -> "FlatRows":
        """Rows made small."""
        return cls(len(rows), pickle.dumps(rows, pickle.HIGHEST_PROTOCOL))


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


def unordered(values: Sequence[ValueT]) -> Iterable[ValueT]:
    """The values of a sequence as they come quickest, for who sorts them anyway."""
    return values.unordered() if isinstance(values, Joined) else values


class Joined(_Opened[ValueT]):
    """Sequences one after the other, or, with `ordered`, all in its order, as each of them is."""

    __slots__ = ("_ordered", "_parts")

    def __init__(
        self,
        parts: Sequence[Sequence[ValueT]],
        ordered: Callable[[Iterable[ValueT]], Iterable[ValueT]] = iter,
    ) -> None:
        self._parts, self._ordered = parts, ordered

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def __iter__(self) -> Iterator[ValueT]:
        return iter(self._ordered(self.unordered()))

    def unordered(self) -> Iterable[ValueT]:
        """The values as they come."""
        return chain.from_iterable(self._parts)

    def parts(self) -> Iterator[Sequence[ValueT]]:
        """The sequences it was joined of, none of which was joined."""
        for part in self._parts:
            if isinstance(part, Joined):
                yield from part.parts()
            else:
                yield part
