"""The registers as they go upward: figures, days, choices and public words; people's own stay."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from danvan_xl.reading.register_table import RegisterValue
from danvan_xl.rollup.register_blocks import BlockCell, BlockFigures, Listed
from danvan_xl.rollup.register_merging import Merging
from danvan_xl.schema.columns import CellEntry, Column, Kind
from danvan_xl.schema.criteria import criteria_sets
from danvan_xl.schema.registers import EXTRA_COLUMNS, Block, MeasureKind, Register
from danvan_xl.schema.sheets import REGISTER_OF
from danvan_xl.vietnamese.numbers import exact
from danvan_xl.vietnamese.privacy import HIDDEN, without_personal_numbers
from danvan_xl.vietnamese.public_words import OTHER, PublicList, public_word
from danvan_xl.vietnamese.text import match_key, sort_key

_WORDS = (Kind.TEXT, Kind.CODE)
BlocksOfRegisters = Mapping[str, tuple[BlockFigures, ...]]


class Upward:
    """What of the registers goes to the level above.

    `titles` are those of units, which go up in any case; `unit_name` is that of the sender, by
    which things without their words are told apart from those of others.
    """

    def __init__(self, titles: Iterable[str], unit_name: str) -> None:
        official = (item.name for given in criteria_sets() for item in given.criteria)
        self._known = {match_key(name): name for name in chain(official, titles) if name}
        self._unit_name = unit_name

    def figures(self, registers: BlocksOfRegisters) -> BlocksOfRegisters:
        """The figures of the blocks; groups that differ by private words alone are one."""
        return {
            name: tuple(self._blocks(REGISTER_OF[name], blocks))
            for name, blocks in registers.items()
        }

    def entry(self, column: Column, value: RegisterValue) -> CellEntry:
        """A cell of a row that goes up; None where its words stay at home."""
        if value is None or isinstance(value, dt.date):
            return value
        if isinstance(value, float) and not isinstance(value, bool):
            return exact(value)
        text = str(value)
        if column.kind in _WORDS and not (column.goes_up or column.public):
            return None
        return self._told(column, text, "") if column.kind in (*_WORDS, Kind.CHOICE) else None

    def _blocks(
        self, register: Register, blocks: tuple[BlockFigures, ...]
    ) -> Iterator[BlockFigures]:
        numbers = _numbered(register, blocks)
        for block, figures in zip(register.blocks, blocks, strict=True):
            if block.is_list:
                listed = (self._listed(register, block, row, numbers) for row in figures.listed)
                yield figures._replace(listed=tuple(listed))
            else:
                yield self._groups(register, block, figures, numbers)

    def _groups(
        self,
        register: Register,
        block: Block,
        figures: BlockFigures,
        numbers: Mapping[tuple[str, str], int],
    ) -> BlockFigures:
        columns = [register.column(name) for name in block.by]
        merging = Merging((block,), complete=True)
        for labels, cells in figures.groups.items():
            told = tuple(
                self._label(column, label, numbers)
                for column, label in zip(columns, labels, strict=True)
            )
            kept = _that_can_be_told(register, block, told, cells)
            merging.add((BlockFigures({told: kept}),))
        return figures._replace(groups=merging.result()[0].groups)

    def _listed(
        self,
        register: Register,
        block: Block,
        row: Listed,
        numbers: Mapping[tuple[str, str], int],
    ) -> Listed:
        """A row of a list; where words stay at home it says that there were some."""
        columns = (register.column(name) for name in block.columns)
        values = (
            self._label(column, value, numbers, HIDDEN) if isinstance(value, str) else value
            for column, value in zip(columns, row.values, strict=False)
        )
        return row._replace(values=tuple(values))

    def _label(
        self,
        column: Column,
        label: str,
        numbers: Mapping[tuple[str, str], int],
        private: str = OTHER,
    ) -> str:
        if label and column.numbered:
            return f"{column.header} {numbers[column.name, match_key(label)]} ({self._unit_name})"
        return self._told(column, label, private)

    def _told(self, column: Column, label: str, private: str) -> str:
        if not label or column.goes_up or column.name in EXTRA_COLUMNS:
            return without_personal_numbers(label)
        if column.public is not None:
            return public_word(column.public, label, self._known)
        if column.kind is Kind.CHOICE:
            return label if label in column.choices else OTHER
        return self._known.get(match_key(label)) or private


def _numbered(register: Register, blocks: Iterable[BlockFigures]) -> Mapping[tuple[str, str], int]:
    """A number for each thing whose words stay at home, by column and match key."""
    found: dict[str, dict[str, str]] = {}
    for block, figures in zip(register.blocks, blocks, strict=True):
        names = block.by or tuple(block.columns)
        rows = chain(figures.groups, (row.values for row in figures.listed))
        at = [i for i, name in enumerate(names) if register.column(name).numbered]
        for row in rows if at else ():
            for i in at:
                if isinstance(label := row[i], str) and label:
                    found.setdefault(names[i], {}).setdefault(match_key(label), label)
    return {
        (name, key): number
        for name, labels in found.items()
        for number, key in enumerate(sorted(labels, key=lambda key: sort_key(labels[key])), 1)
    }


def _that_can_be_told(
    register: Register, block: Block, told: tuple[str, ...], cells: tuple[BlockCell, ...]
) -> tuple[BlockCell, ...]:
    """The measures of a group; sums of an ĐVT that is not named would be added to other things."""
    unnamed = {
        name
        for name, label in zip(block.by, told, strict=True)
        if label == OTHER and register.column(name).public is PublicList.MEASURES
    }
    return tuple(
        None
        if measure.kind is MeasureKind.SUM
        and register.column(measure.columns[0]).measure_column in unnamed
        else cell
        for measure, cell in zip(block.measures, cells, strict=True)
    )
