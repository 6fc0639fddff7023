"""The registers of one unit made small, for consolidations of thousands of units."""

from array import array
from collections.abc import Set
from typing import Any, NamedTuple

from danvan_xl.reading.register_table import RegisterRows
from danvan_xl.rollup.packed import pack, unpack
from danvan_xl.rollup.register_blocks import BlockFigures, Listed
from danvan_xl.rollup.register_reports import (
    OpenFigures,
    RegisterReport,
    RegistersOfUnit,
    code_numbers,
)
from danvan_xl.schema.issues import Place


class PackedReport(NamedTuple):
    """A unit's registers made small: those of thousands of units are held, one is looked at.

    `names` are the registers whose rows have codes, table by table; `codes` are a number for the
    code of each row, 0 for none; two codes seldom have the same one.
    """

    data: bytes = b""
    keyed: bytes = b""
    names: tuple[str, ...] = ()
    codes: tuple[bytes, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no register had a row."""
        return not self.data

    def open(self) -> RegisterReport:
        """The registers; what is packed was packed by `pack_report`."""
        figures, keyed_figures = self.open_figures()
        return RegisterReport(figures, self.open_tables(), keyed_figures)

    def open_figures(self) -> OpenFigures:
        """The figures of the registers, and of those with codes."""
        if self.is_empty:
            return {}, ()
        figures, keyed_figures = unpack(self.data)
        return (
            {name: tuple(map(restored_figures, blocks)) for name, blocks in figures.items()},
            tuple(tuple(map(restored_figures, blocks)) for blocks in keyed_figures),
        )

    def open_tables(self) -> tuple[RegisterRows, ...]:
        """The registers whose rows have codes."""
        tables: tuple[RegisterRows, ...] = unpack(self.keyed) if self.keyed else ()
        return tables

    def code_numbers(self, index: int) -> "array[int]":
        """A number for the code of each row of a table, 0 for none."""
        numbers = array("I")
        numbers.frombytes(self.codes[index])
        return numbers

    def row_count(self, index: int) -> int:
        """How many rows a table with codes has."""
        return len(self.codes[index]) // array("I").itemsize

    def without(self, names: Set[str]) -> "PackedReport":
        """The report without the registers of these names, none of which has codes."""
        if self.is_empty or not names:
            return self
        figures, keyed_figures = unpack(self.data)
        left = {name: blocks for name, blocks in figures.items() if name not in names}
        return (
            self if len(left) == len(figures) else self._replace(data=pack((left, keyed_figures)))
        )


def pack_report(registers: RegistersOfUnit) -> PackedReport:
    """The registers of a unit made small."""
    if registers.is_empty:
        return PackedReport()
    report = registers.open()
    codes = tuple(code_numbers(table).tobytes() for table in report.keyed)
    figures = {name: list(map(flat_figures, blocks)) for name, blocks in report.figures.items()}
    keyed_figures = [list(map(flat_figures, blocks)) for blocks in report.keyed_figures]
    keyed = pack(report.keyed) if report.keyed else b""
    return PackedReport(pack((figures, keyed_figures)), keyed, report.names, codes)


def flat_figures(figures: BlockFigures) -> tuple[Any, ...]:
    """The figures of a block as plain tuples, which are packed in half the time."""
    listed = [(item.values, tuple(item.place)) for item in figures.listed]
    return (dict(figures.groups), listed, *figures[2:])


def restored_figures(flat: tuple[Any, ...]) -> BlockFigures:
    """The figures of a block that were made flat."""
    groups, listed, *rest = flat
    rows = tuple(Listed(values, Place(*place)) for values, place in listed)
    return BlockFigures(groups, rows, *rest)


def figures_to_merge(flat: tuple[Any, ...]) -> BlockFigures:
    """The same with its rows still flat: of most that are merged none is shown."""
    return BlockFigures(*flat)
