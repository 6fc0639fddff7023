"""The figures of registers' blocks of several units, added up without their rows."""

import datetime as dt
from array import array
from collections.abc import Iterable, Sequence
from decimal import Decimal
from hashlib import blake2b
from heapq import nsmallest
from operator import add

from danvan_xl.rollup.register_blocks import (
    COUNTS,
    MOST_LISTED,
    NUMBERS,
    Amount,
    BlockCell,
    BlockFigures,
    Days,
    Listed,
    as_held,
    exact_total,
    rank,
)
from danvan_xl.schema.issues import Place
from danvan_xl.schema.registers import Block, Extra
from danvan_xl.vietnamese.numbers import exact, joint_bound
from danvan_xl.vietnamese.text import match_key

_MOST_GROUPS = 4_000


class _Growing(list[int]):
    """Days of many units on their way to be one `Days`: nothing is copied for each."""


class _Addends(list[float]):
    """Figures of many units on their way to be one sum: it is rounded once."""


_Sum = BlockCell | _Growing | _Addends  # while it grows


class Merging:
    """The figures of a register's blocks, added up unit after unit.

    Lists never grow longer than can be read; nor do groups, unless they have to be `complete`.
    """

    def __init__(self, blocks: Sequence[Block], *, complete: bool = False) -> None:
        self._blocks = [_Merged(block, complete=complete) for block in blocks]

    def add(self, figures: Sequence[BlockFigures]) -> None:
        """Add what one unit has, block by block."""
        for merged, part in zip(self._blocks, figures, strict=True):
            merged.add(part)

    def result(self, most: int | None = None) -> tuple[BlockFigures, ...]:
        """The figures of all units together, with no more than `most` groups of a block."""
        return tuple(merged.result(most) for merged in self._blocks)


class _Merged:
    """One block of several units; groups go by the first way they are written.

    Of too many groups the first in the order of their keys are held, the others added up: what is
    among the others once stays there, so the first ones are always whole.
    """

    def __init__(self, block: Block, *, complete: bool) -> None:
        self._block, self._is_complete = block, complete
        self._rest: tuple[_Sum, ...] = ()
        self._in_rest: set[int] = set()
        self._is_counted = all(measure.kind in COUNTS for measure in block.measures)
        self._names: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._by_key: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._groups: dict[tuple[str, ...], tuple[_Sum, ...]] = {}
        self._listed: list[Listed] = []
        self._last: tuple[object, ...] | None = None  # what comes after it is not shown
        self._count = 0

    def add(self, part: BlockFigures) -> None:
        groups, names = self._groups, self._names
        for labels, cells in part.groups.items():
            name = names.get(labels)
            if name is None:
                key = tuple(map(match_key, labels))
                if self._in_rest and _number_of(key) in self._in_rest:
                    self._add_to_rest(cells)
                    continue
                name = names[labels] = self._by_key.setdefault(key, labels)
            known = groups.get(name)
            if known is None:
                groups[name] = cells
            elif self._is_counted and None not in known and None not in cells:
                groups[name] = tuple(map(add, known, cells))
            else:
                groups[name] = _joined(known, cells)
        if part.rest_keys:
            self._in_rest.update(array(NUMBERS, part.rest_keys))
            self._add_to_rest(part.rest)
        self._count += part.listed_count
        if self._last is None:
            self._listed += part.listed
        else:
            by = _sorted_by(self._block)
            self._listed += [row for row in part.listed if rank(row[0][by]) <= self._last]
        if len(self._listed) > 8 * MOST_LISTED:
            self._listed = first_listed(self._block, self._listed)
            self._last = rank(self._listed[-1][0][_sorted_by(self._block)])
        if len(groups) > _MOST_GROUPS and not self._is_complete:
            self._keep_first(_MOST_GROUPS // 4)

    def _keep_first(self, count: int) -> None:
        """Add up all groups but so many."""
        kept = set(nsmallest(count, self._by_key))
        self._let_go([key for key in self._by_key if key not in kept])

    def _let_go(self, keys: Iterable[tuple[str, ...]]) -> None:
        """Add up the groups with these keys."""
        for key in keys:
            self._add_to_rest(self._groups.pop(self._by_key.pop(key)))
            self._in_rest.add(_number_of(key))
        self._names = {labels: name for labels, name in self._names.items() if name in self._groups}

    def _add_to_rest(self, cells: tuple[_Sum, ...]) -> None:
        if self._block.total and cells:  # else nobody asks for it
            kept = tuple(map(_as_kept, cells))
            self._rest = _joined(self._rest, kept) if self._rest else kept

    def result(self, most: int | None) -> BlockFigures:
        if self._in_rest:  # what was held of one unit may be among the others of another
            self._let_go([key for key in self._by_key if _number_of(key) in self._in_rest])
        if most is not None and len(self._groups) > most:
            self._keep_first(most)
        groups = {name: tuple(map(_as_kept, cells)) for name, cells in self._groups.items()}
        listed, rest = self._listed, tuple(map(_as_kept, self._rest))
        if most is not None and len(listed) > MOST_LISTED:
            listed = first_listed(self._block, listed)
        numbers = array(NUMBERS, sorted(self._in_rest)).tobytes()
        rows = tuple(Listed(values, Place(*place)) for values, place in listed)
        return BlockFigures(groups, rows, self._count, rest, numbers)


def _number_of(key: tuple[str, ...]) -> int:
    """A number for a group that no other group has, in any process."""
    digest = blake2b("\n".join(key).encode(), digest_size=array(NUMBERS).itemsize).digest()
    return int.from_bytes(digest)


def first_groups(groups: Iterable[tuple[str, ...]], count: int) -> list[tuple[str, ...]]:
    """So many groups, roughly the first by the alphabet."""
    return nsmallest(count, groups, key=lambda labels: tuple(map(match_key, labels)))


def first_listed(block: Block, listed: Sequence[Listed]) -> list[Listed]:
    """The rows of a list that there is room for, sorted; of equals the first given."""
    by = _sorted_by(block)
    return sorted(listed, key=lambda row: rank(row[0][by]))[:MOST_LISTED]


def _sorted_by(block: Block) -> int:
    """Which of a row's values a list is sorted by."""
    return [name for name in block.columns if name != Extra.PLACE].index(block.sort)


def total_of(figures: BlockFigures) -> tuple[BlockCell, ...]:
    """The measures over all groups; () when there is none."""
    total: tuple[_Sum, ...] = figures.rest
    for cells in figures.groups.values():
        total = _joined(total, cells) if total else cells
    return tuple(map(_as_kept, total))


def _as_kept(cell: _Sum) -> BlockCell:
    if isinstance(cell, _Addends):
        return exact_total(cell)
    # Those of many units are sorted in the end, which is quick where each is.
    return Days(tuple(sorted(cell))) if isinstance(cell, _Growing) else cell


def _joined(first: Sequence[_Sum], second: Sequence[BlockCell]) -> tuple[_Sum, ...]:
    return tuple(_plus(one, other) for one, other in zip(first, second, strict=True))


def _plus(one: _Sum, other: BlockCell) -> _Sum:
    """Two measures together; parts of one block are alike."""
    if type(one) is type(other) is int:  # most are counts
        return one + other
    if one is None or other is None:
        return other if one is None else one
    if isinstance(one, dt.date) and isinstance(other, dt.date):
        return max(one, other)
    if isinstance(other, Days):
        assert isinstance(one, Days | _Growing)
        grown = one if isinstance(one, _Growing) else _Growing(one.days)
        grown += other.days
        return grown
    assert isinstance(one, float | _Addends | Amount)
    assert isinstance(other, float | Amount)
    return _sum_of_two(one, other)


def _sum_of_two(one: float | _Addends | Amount, other: float | Amount) -> _Sum:
    """The exact sum of two sums; an estimate stays one."""
    if isinstance(other, float) and not isinstance(one, Amount):
        addends = one if isinstance(one, _Addends) else _Addends((one,))
        addends.append(other)
        return addends
    sums = [exact_total(item) if isinstance(item, _Addends) else item for item in (one, other)]
    values = [exact(item.value if isinstance(item, Amount) else item) for item in sums]
    total = as_held(sum((value for value in values if value is not None), Decimal(0)))
    bound = joint_bound(item.bound for item in sums if isinstance(item, Amount))
    return Amount(total, bound) if bound else total
