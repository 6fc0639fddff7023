"""The blocks of sheet Sổ theo dõi: a register's rows counted, added up or listed, unit by unit.

Figures of several units are merged without their rows, so a report on many units stays small.
"""

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import fsum
from sys import float_info
from typing import NamedTuple

from danvan_xl.reading.register_table import RegisterRows, RegisterValue
from danvan_xl.rollup.register_view import View, is_filled, label_of
from danvan_xl.rollup.tally import Scope
from danvan_xl.schema.issues import Place
from danvan_xl.schema.registers import Block, Extra, Measure, MeasureKind
from danvan_xl.vietnamese.numbers import Bound, exact, joint_bound
from danvan_xl.vietnamese.text import sort_key

# More rows of a list than these are counted, not carried along.
MOST_LISTED = 150
_LARGEST = float_info.max
NUMBERS = "Q"  # of groups in `rest_keys`
_ZERO, _ONE = Decimal(0), Decimal(1)
COUNTS = (MeasureKind.COUNT, MeasureKind.FILLED, MeasureKind.ALL)
# A figure, what it is multiplied with (None: nothing), and whether it is an estimate.
Addend = tuple[float, Decimal | None, Bound]


class Amount(NamedTuple):
    """A sum with an estimate among its addends, as a spreadsheet keeps it (`exact` tells which)."""

    value: float
    bound: Bound


class Days(NamedTuple):
    """How many days each of several things took, in no order."""

    days: tuple[int, ...]


# What one measure has for one group: a count, a sum (a float where it is exact), the latest day, or
# how long things took.
BlockCell = int | float | Amount | dt.date | Days | None
# Groups of rows: what they are called, and the measures of each in the order of the block.
Groups = Mapping[tuple[str, ...], tuple[BlockCell, ...]]


class Listed(NamedTuple):
    """A row of a list: the values of the block's columns, and where it stands."""

    values: tuple[RegisterValue, ...]
    place: Place


class BlockFigures(NamedTuple):
    """What one block has to show: groups, or rows and how many there are.

    Where there are too many groups to hold, those that come last are added up in `rest`; each has
    its number in `rest_keys`, so that those of several units are counted once.
    """

    groups: Groups
    listed: tuple[Listed, ...] = ()
    listed_count: int = 0
    rest: tuple[BlockCell, ...] = ()
    rest_keys: bytes = b""

    @property
    def rest_count(self) -> int:
        """How many groups are in the rest."""
        return len(self.rest_keys) // array(NUMBERS).itemsize


def block_figures(table: RegisterRows, scope: Scope) -> tuple[BlockFigures, ...]:
    """The figures of every block of a register, of the rows that count in the period."""
    view = View(table, scope)
    return tuple(_block(block, view) for block in table.form.blocks)


def _block(block: Block, view: View) -> BlockFigures:
    positions = view.positions
    if block.where is not None:
        cells = view.column(block.where.column)
        values = block.where.values
        positions = [
            position
            for position in positions
            if (cells[position] in values if values else is_filled(cells[position]))
        ]
    if block.is_list:
        return BlockFigures({}, _listed(block, view, positions), len(positions))
    columns = [view.labels(name) for name in block.by]
    every = list(zip(*columns, strict=True))
    keys = every if len(positions) == len(every) else [every[position] for position in positions]
    group = _Grouped(view, positions, keys)
    cells_of = zip(*(group.cells(measure) for measure in block.measures), strict=True)
    return BlockFigures(dict(zip(group.sizes, cells_of, strict=True)))


class _Grouped:
    """The rows of a block by group: what each measure has for each group, group by group."""

    def __init__(
        self, view: View, positions: Sequence[int], keys: Sequence[tuple[str, ...]]
    ) -> None:
        self.view, self.positions, self.keys = view, positions, keys
        self.sizes = Counter(keys)
        self._counted: dict[str, Counter[tuple[tuple[str, ...], RegisterValue]]] = {}

    def cells(self, measure: Measure) -> Sequence[BlockCell]:
        """A measure for every group; None for what is worked out in the end."""
        if measure.kind in COUNTS:
            return self._counts(measure)
        if measure.kind is MeasureKind.SUM:
            return self._sums(measure.columns[0])
        if measure.kind is MeasureKind.LATEST:
            days = self._values(self.view.column(measure.columns[0]))
            return [max(group, default=None) for group in days]  # type: ignore[misc,type-var]  # days
        if measure.kind in (MeasureKind.MEDIAN, MeasureKind.LONGEST):
            return [Days(tuple(group)) for group in self._values(self.view.days)]  # type: ignore[arg-type]
        return [None] * len(self.sizes)

    def _values(self, values: Sequence[RegisterValue]) -> Sequence[list[RegisterValue]]:
        """The values of each group that are there."""
        groups: dict[tuple[str, ...], list[RegisterValue]] = {key: [] for key in self.sizes}
        for key, position in zip(self.keys, self.positions, strict=True):
            if (value := values[position]) is not None:
                groups[key].append(value)
        return list(groups.values())

    def _counts(self, measure: Measure) -> list[BlockCell]:
        """How many rows of each group have what is counted in every column."""
        if not measure.columns:
            return list(self.sizes.values())
        if len(measure.columns) == 1 and measure.kind is not MeasureKind.FILLED:
            found = self._found(measure.columns[0])
            return [
                sum(found[key, value] for value in measure.values)
                if found[key, None] < size  # nobody judged is not the same as none
                else None
                for key, size in self.sizes.items()
            ]
        columns = [self.view.column(name) for name in measure.columns]
        wanted = measure.values
        met: Counter[tuple[str, ...]] = Counter()
        judged = set()
        for key, position in zip(self.keys, self.positions, strict=True):
            cells = [values[position] for values in columns]
            if any(cell is not None for cell in cells):
                judged.add(key)
            met[key] += all(cell in wanted if wanted else is_filled(cell) for cell in cells)
        return [met[key] if key in judged or not wanted else None for key in self.sizes]

    def _found(self, name: str) -> Counter[tuple[tuple[str, ...], RegisterValue]]:
        """How often each value of a column stands in each group."""
        if name not in self._counted:
            values = self.view.column(name)
            pairs = zip(self.keys, (values[row] for row in self.positions), strict=True)
            self._counted[name] = Counter(pairs)
        return self._counted[name]

    def _sums(self, name: str) -> Sequence[float | Amount | None]:
        """The exact sum of a column for each group, money in one ĐVT; None without any."""
        if self.view.table.bounds.get(name) or self.view.factors(name):
            return [_sum(figures) for figures in self._addends(name)]
        values = self.view.figures(name)
        if len(self.sizes) == len(self.keys):  # every row is a group of its own
            return [values[row] for row in self.positions]  # type: ignore[misc]  # figures
        return [exact_total(group) if group else None for group in self._values(values)]  # type: ignore[arg-type]

    def _addends(self, name: str) -> Sequence[list[Addend]]:
        """The figures of each group that are estimates or in another ĐVT."""
        groups: dict[tuple[str, ...], list[Addend]] = {key: [] for key in self.sizes}
        values, factors = self.view.figures(name), self.view.factors(name)
        bounds = self.view.table.bounds.get(name, {})
        for key, position in zip(self.keys, self.positions, strict=True):
            value = values[position]
            if type(value) is float:
                factor = factors[position] if factors else None
                groups[key].append((value, factor, bounds.get(position, Bound.EXACT)))
        return list(groups.values())


def exact_total(figures: Sequence[float]) -> float:
    """The exact sum."""
    try:
        return fsum(figures)
    except OverflowError:
        return as_held(sum((Decimal(figure) for figure in figures), _ZERO))


def as_held(total: Decimal) -> float:
    """A sum as a cell holds it: no more than the largest number there is."""
    return max(-_LARGEST, min(float(total), _LARGEST))


def _sum(figures: Sequence[Addend]) -> float | Amount | None:
    """The exact sum; None when there is no figure."""
    if not figures:
        return None
    bound = joint_bound(bound for _, _, bound in figures)
    if all(factor is None for _, factor, _ in figures):
        total = exact_total([value for value, _, _ in figures])
    else:
        scaled = ((exact(value) or _ZERO) * (factor or _ONE) for value, factor, _ in figures)
        total = as_held(sum(scaled, _ZERO))
    return Amount(total, bound) if bound else total


def _listed(block: Block, view: View, positions: Sequence[int]) -> tuple[Listed, ...]:
    """The rows of a list, sorted, no more than can be read."""
    ranks = view.column(block.sort)
    ordered = sorted(positions, key=lambda row: rank(ranks[row]))[:MOST_LISTED]
    columns = [view.column(name) for name in block.columns if name != Extra.PLACE]
    shown = [[_shown(values[row]) for row in ordered] for values in columns]
    places = [view.table.place(block.sort, row) for row in ordered]
    return tuple(map(Listed, zip(*shown, strict=True), places))


def rank(value: RegisterValue) -> tuple[object, ...]:
    """A key that sorts numbers and days first, then words, then blanks."""
    if isinstance(value, dt.date):
        return 0, value.toordinal()
    if isinstance(value, Decimal | int | float):
        return 0, float(value)
    return (2,) if value is None else (1, sort_key(str(value)))


def _shown(value: RegisterValue) -> RegisterValue:
    return label_of(value) if isinstance(value, str) else value
