"""The registers of one unit as one report: what they come to, and what of them has a code."""

import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple, Protocol

from danvan_xl.reading.figure import NOTHING
from danvan_xl.reading.register_table import RegisterRows
from danvan_xl.rollup.from_registers import row_keys
from danvan_xl.rollup.register_blocks import BlockFigures, block_figures
from danvan_xl.rollup.register_merging import Merging
from danvan_xl.rollup.tally import Scope
from danvan_xl.schema.columns import Kind
from danvan_xl.schema.sheets import REGISTER_OF, REGISTERS
from danvan_xl.schema.sources import register_source

BlocksOfRegister = Mapping[str, tuple[BlockFigures, ...]]
RegisterFigures = tuple[str, tuple[BlockFigures, ...]]  # name of the register, its blocks
OpenFigures = tuple[BlocksOfRegister, tuple[tuple[BlockFigures, ...], ...]]  # those with codes last


class RegistersOfUnit(Protocol):
    """A unit's registers, however they are held."""

    @property
    def is_empty(self) -> bool:
        """Whether no register had a row."""

    @property
    def names(self) -> tuple[str, ...]:
        """The registers whose rows have codes, table by table."""

    def open(self) -> "RegisterReport":
        """All there is."""

    def open_figures(self) -> OpenFigures:
        """The figures of the registers, and of those with codes."""

    def open_tables(self) -> tuple[RegisterRows, ...]:
        """The registers whose rows have codes."""

    def code_numbers(self, index: int) -> "array[int]":
        """A number for the code of each row of a table, 0 for none."""

    def row_count(self, index: int) -> int:
        """How many rows a table with codes has."""

    def without(self, names: Set[str]) -> "RegistersOfUnit":
        """The registers but for those of these names, none of which has codes."""


class RegisterReport(NamedTuple):
    """What a unit's registers come to, by name of the register.

    `figures` are those of its blocks; registers whose rows have a code that other units may report
    too are carried whole (`keyed`), without the columns nobody asks for, each with the figures of
    its blocks (`keyed_figures`) as long as no row is left out.
    """

    figures: BlocksOfRegister = NOTHING
    keyed: tuple[RegisterRows, ...] = ()
    keyed_figures: tuple[tuple[BlockFigures, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no register had a row."""
        return not self.figures and not self.keyed

    @property
    def names(self) -> tuple[str, ...]:
        """The registers whose rows have codes, table by table."""
        return tuple(table.register for table in self.keyed)

    def open(self) -> "RegisterReport":
        """The registers."""
        return self

    def open_figures(self) -> OpenFigures:
        """The figures of the registers, and of those with codes."""
        return self.figures, self.keyed_figures

    def open_tables(self) -> tuple[RegisterRows, ...]:
        """The registers whose rows have codes."""
        return self.keyed

    def code_numbers(self, index: int) -> "array[int]":
        """A number for the code of each row of a table, 0 for none."""
        return code_numbers(self.keyed[index])

    def row_count(self, index: int) -> int:
        """How many rows a table with codes has."""
        return len(self.keyed[index].rows)

    def without(self, names: Set[str]) -> "RegisterReport":
        """The report without the registers of these names, none of which has codes."""
        left = {name: blocks for name, blocks in self.figures.items() if name not in names}
        return self._replace(figures=left)


def code_numbers(table: RegisterRows) -> "array[int]":
    """A number for the code of each row, 0 for none; two codes seldom have the same one."""
    return array("I", (zlib.crc32(key.encode()) if key else 0 for key in row_keys(table)))


def report_registers(tables: Sequence[RegisterRows], scope: Scope) -> RegisterReport:
    """What the registers of one unit come to in the period."""
    figures: dict[str, tuple[BlockFigures, ...]] = {}
    keyed: list[RegisterRows] = []
    for table in tables:
        if table.form.key:
            keyed.append(_carried(table, scope))
            continue
        known = figures.get(table.register)
        found = block_figures(table, scope)
        if known is not None:
            both = ((table.register, figures) for figures in (known, found))
            found = merge_figures(both, complete=True)[table.register]
        figures[table.register] = found
    return RegisterReport(figures, tuple(keyed), coded_figures(keyed, scope))


def coded_figures(
    keyed: Sequence[RegisterRows], scope: Scope
) -> tuple[tuple[BlockFigures, ...], ...]:
    """What each register with codes comes to, in the order given."""
    return tuple(block_figures(table, scope) for table in keyed)


def merge_figures(
    found: Iterable[RegisterFigures], *, complete: bool = False, most: int | None = None
) -> BlocksOfRegister:
    """The figures of each register, of several units together.

    They are `complete` for the level above, or have no more than `most` groups of a block.
    """
    merging: dict[str, Merging] = {}
    for name, figures in found:
        if name not in merging:
            merging[name] = Merging(REGISTER_OF[name].blocks, complete=complete)
        merging[name].add(figures)
    names = (register.name for register in REGISTERS if register.name in merging)
    return {name: merging[name].result(most) for name in names}


def _carried(table: RegisterRows, scope: Scope) -> RegisterRows:
    """A register without the texts that stay at home: no block, no rule, no indicator asks for."""
    form = table.form
    wanted = {form.key, form.name_column, form.state_column}
    columns = form.sheet.columns
    wanted |= {item.name for item in columns if item.kind is not Kind.TEXT or item.goes_up}
    for block in form.blocks:
        wanted |= {*block.by, *block.columns, *([block.where.column] if block.where else [])}
        wanted |= {name for measure in block.measures for name in measure.columns}
    for definition in scope.definitions.values():
        if (source := register_source(definition.source)) and source.register == form.name:
            wanted |= {condition.column for condition in source.conditions}
    wanted -= {column.name for column in columns if column.private}
    kept = {name: list(cells) for name, cells in table.columns.items() if name in wanted}
    return table._replace(columns=kept)
