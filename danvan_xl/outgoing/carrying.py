"""What a unit typed into its workbook, as it typed it, so that a new workbook can hold it again."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.files.grid import Cell, is_blank
from danvan_xl.files.opening import OpenedBook
from danvan_xl.outgoing.carried_cells import Ledger, Loose
from danvan_xl.outgoing.contents import (
    Contents,
    InfoValue,
    TargetRow,
    TypedValue,
    UnitRow,
    UnitSheet,
)
from danvan_xl.outgoing.register_formulas import derivation_of
from danvan_xl.reading.entries import further_in
from danvan_xl.reading.found_sheets import (
    FoundSheet,
    assignment_sheets,
    find_sheets,
    sheets_of,
    titled_code,
)
from danvan_xl.reading.headers import data_rows, date_of, read_form, text_of
from danvan_xl.reading.issued import given_codes
from danvan_xl.reading.records import FURTHER_UNIT_COLUMNS, Book, Target, TargetSheet, Unit
from danvan_xl.reading.sheet_looks import looked_over
from danvan_xl.reading.unit_heads import unit_headed, with_unit_row
from danvan_xl.reading.unit_lookup import UnitIndex
from danvan_xl.rollup.ratios import ratio_source
from danvan_xl.schema.columns import CellEntry, Column, Kind
from danvan_xl.schema.indicators import DEFINITION, FURTHER_COLUMNS
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.issues import Place
from danvan_xl.schema.registers import Register
from danvan_xl.schema.sheets import (
    ASSIGNMENT,
    MONTH_NAMES,
    REGISTER_OF,
    TARGETS,
    UNITS,
)
from danvan_xl.schema.sources import FromRegister, Ratio, parse_source
from danvan_xl.vietnamese.numbers import exact
from danvan_xl.vietnamese.text import match_key

_WORDS = tuple(column for column in DEFINITION if column not in FURTHER_COLUMNS)
_UNIT_COLUMNS = tuple(column for column in UNITS.columns if column not in FURTHER_UNIT_COLUMNS)


class TypedContent(NamedTuple):
    """Everything a workbook holds that somebody typed, and what else stands in it.

    `given` are the match keys of the codes the office above gave, None where the workbook does not
    tell. `loose` are cells outside the tables, the words of the template itself among them;
    `as_values` are formulas of the unit's own, and days among figures, of which only what they show
    is kept.
    """

    contents: Contents
    given: frozenset[str] | None
    loose: tuple[Loose, ...]
    as_values: tuple[Place, ...]


def typed_in(opened: OpenedBook, book: Book) -> TypedContent:
    """What somebody typed into a workbook; `book` is what the reader makes of it."""
    ledger = Ledger(opened)
    found = list(_as_seen(find_sheets(opened.grids), opened, ledger))
    kept = _own_registers(found, book)
    registers = tuple(REGISTER_OF[name] for name in kept)
    unit_sheets = tuple(
        UnitSheet(sheet.unit_code, sheet.unit_name, sheet.title, _targets(sheet, found, (), ledger))
        for sheet in book.sub_sheets
    )
    contents = Contents(
        info=_info(opened, ledger),
        targets=_targets(book.own, found, registers, ledger),
        units=tuple(_units(found, ledger)),
        unit_sheets=unit_sheets,
        assignment=_assignment(found, book.units, ledger),
        registers={name: tuple(_register_rows(item, ledger)) for name, item in kept.items()},
    )
    return TypedContent(
        contents, given_codes(opened.grids), ledger.loose(found), tuple(ledger.as_values)
    )


def _as_seen(
    found: Iterable[FoundSheet], opened: OpenedBook, ledger: Ledger
) -> Iterator[FoundSheet]:
    """The tables with figures as people see them; what a merge covers is not carried over."""
    for item in found:
        if item.header.sheet.name not in (TARGETS.name, ASSIGNMENT.name):
            yield item
            continue
        seen = looked_over(item.grid, item.header, opened.looks_of(item.grid.title))
        for cell, text in seen.covered:
            ledger.lose(item.grid, cell, text)
        yield item._replace(grid=seen.grid)


def _info(opened: OpenedBook, ledger: Ledger) -> dict[str, InfoValue]:
    """What is written in sheet Thông tin."""
    values: dict[str, InfoValue] = {}
    for grid in opened.grids:
        if match_key(grid.title) != match_key(INFO.title):
            continue
        for name, entry in read_form(grid, INFO).items():
            ledger.use(grid, entry.cell)
            if not is_blank(entry.value) and not INFO[name].computed:
                values[name] = _info_value(entry.value)
    return values


def _info_value(cell: Cell) -> InfoValue:
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, float) and (value := exact(cell)) is not None:
        return value
    if isinstance(cell, dt.date | str):
        return cell
    return text_of(cell)


def _targets(
    sheet: TargetSheet | None,
    found: Sequence[FoundSheet],
    registers: Sequence[Register],
    ledger: Ledger,
) -> tuple[TargetRow, ...]:
    """The lines of a sheet of targets; `registers` are those it may take figures from."""
    if sheet is None:
        return ()
    item = next(item for item in found if item.grid.title == sheet.title)
    _use_title(item, (sheet.unit_code, sheet.unit_name), ledger)
    codes = {match_key(target.indicator.code) for target in sheet.targets}
    return tuple(
        _target(target, item, ledger, is_computed=_is_computed(target, codes, registers))
        for target in sheet.targets
    )


def _is_computed(target: Target, codes: set[str], registers: Sequence[Register]) -> bool:
    """Whether the template works out the months of a row."""
    if (ratio := ratio_source(target.indicator)) is not None:
        return codes.issuperset(ratio)
    derivation = derivation_of(target.indicator, registers)
    return derivation is not None and derivation.is_monthly


def _target(target: Target, item: FoundSheet, ledger: Ledger, *, is_computed: bool) -> TargetRow:
    """One line as it was typed; months the template works out are left to it."""
    columns, row = item.header.columns, target.row

    def entry(name: str) -> TypedValue:
        at = columns.get(name)
        return None if at is None else ledger.entry(item.grid, row, at)

    months: list[TypedValue] = []
    for name in MONTH_NAMES:
        at = columns.get(name)
        skip = at is not None and is_computed and ledger.is_formula(item.grid, row, at)
        months.append(None if skip else entry(name))
    last_year, plan, note = entry("last_year"), entry("plan"), columns.get("note")
    indicator = target.indicator._replace(
        last_year=_figure(last_year, target.last_year.value), plan=_figure(plan, target.plan.value)
    )
    _use_words(target, item, ledger)
    return mixed(
        TargetRow(
            indicator,
            tuple(months),
            "" if note is None else ledger.text(item.grid, row, note),
            plan if isinstance(plan, str) else "",
            last_year if isinstance(last_year, str) else "",
            further=_further(FURTHER_COLUMNS, item, row, ledger),
        )
    )


def _further(
    columns: Iterable[Column], item: FoundSheet, row: int, ledger: Ledger
) -> dict[str, CellEntry]:
    """What was typed into columns of a line that no rule knows by name."""
    entries = {
        column.name: ledger.entry_of_kind(column.kind, item.grid, row, at)
        for column, at in further_in(item.header, columns)
    }
    return {name: entry for name, entry in entries.items() if entry not in (None, "")}


def mixed(row: TargetRow) -> TargetRow:
    """A line marked when some of its months are typed though column Nguồn works them out."""
    source = parse_source(row.indicator.source)
    is_typed = any(entry is not None for entry in row.months)
    is_mixed = is_typed and isinstance(source, Ratio | FromRegister)
    return replace(row, is_mixed=is_mixed)


def _figure(entry: TypedValue, read: Decimal | None) -> Decimal | None:
    """The figure of a cell: the number in it, or what its text was read as."""
    return entry if isinstance(entry, Decimal) else None if entry is None else read


def _use_words(target: Target, item: FoundSheet, ledger: Ledger) -> None:
    """Count the words of a line as taken in, but for a choice that was read as another."""
    for column in _WORDS:
        name = column.name
        at = item.header.columns.get(name)
        if at is None:
            continue
        written = text_of(ledger.cell(item.grid, target.row, at))
        is_choice = column.kind is Kind.CHOICE
        if is_choice and match_key(written) != match_key(getattr(target.indicator, name)):
            continue
        ledger.take(item.grid, target.row, at)


def _units(found: Sequence[FoundSheet], ledger: Ledger) -> Iterator[UnitRow]:
    """The lines of sheet Đơn vị."""
    for item in sheets_of(found, UNITS.name):
        for number, _ in data_rows(item.grid, item.header):
            cells = {
                name: ledger.take(item.grid, number, at) for name, at in item.header.columns.items()
            }
            if all(map(is_blank, cells.values())):
                continue
            said = {
                column.name: (_day if column.kind is Kind.DATE else text_of)(cells.get(column.name))
                for column in _UNIT_COLUMNS
            }
            further = _further(FURTHER_UNIT_COLUMNS, item, number, ledger)
            yield UnitRow(**said, further=further)  # type: ignore[arg-type]  # names of its fields


def _day(cell: Cell) -> dt.date | str | None:
    """The day a cell holds, else what it says."""
    return None if is_blank(cell) else date_of(cell) or text_of(cell)


def _assignment(
    found: Sequence[FoundSheet], units: Sequence[Unit], ledger: Ledger
) -> Mapping[str, Mapping[str, TypedValue]]:
    """What sheet Giao chỉ tiêu gives to the units below, by their codes."""
    plans: dict[str, dict[str, TypedValue]] = {}
    for item in assignment_sheets(found)[:1]:
        index = UnitIndex(units)
        header = with_unit_row(item.grid, item.header, index)
        columns = {
            at: unit.code
            for at, text in header.extras.items()
            if (unit := unit_headed(index, text)) is not None
        }
        _use_title(item, [unit.name for unit in units], ledger)
        for at in columns:
            ledger.take(item.grid, header.row, at)
        for number, _ in data_rows(item.grid, header):
            code = text_of(ledger.take(item.grid, number, header.columns.get("code", 0)))
            given = {unit: ledger.entry(item.grid, number, at) for at, unit in columns.items()}
            if any(entry is not None for entry in given.values()):
                plans[code] = given
            for name in ("indicator", "measure"):
                if name in header.columns:
                    ledger.take(item.grid, number, header.columns[name])
    return plans


def _own_registers(found: Sequence[FoundSheet], book: Book) -> dict[str, FoundSheet]:
    """The unit's own registers by name, the first of each."""
    own: dict[str, FoundSheet] = {}
    for item in found:
        if item.header.sheet.name in REGISTER_OF:
            code = titled_code(item)
            if code is None or match_key(code) == match_key(book.info.unit_code):
                own.setdefault(item.header.sheet.name, item)
    return own


def _register_rows(item: FoundSheet, ledger: Ledger) -> Iterator[Mapping[str, CellEntry]]:
    """The rows of a register as typed, private columns among them."""
    form = REGISTER_OF[item.header.sheet.name]
    columns = [
        (column, item.header.columns[column.name])
        for column in form.sheet.columns
        if column.name in item.header.columns
    ]
    for number, _ in data_rows(item.grid, item.header):
        entries = {
            column.name: ledger.day_or_entry(item.grid, number, at)
            for column, at in columns
            if not column.computed
        }
        filled = {name: entry for name, entry in entries.items() if entry is not None}
        if filled:
            yield filled


def _use_title(item: FoundSheet, words: Collection[str], ledger: Ledger) -> None:
    """Count as taken over where a title block names units: it does so of itself."""
    keys = {match_key(word) for word in words if word}
    for number, row in enumerate(item.grid.rows[: item.header.row - 1], start=1):
        for at, cell in enumerate(row):
            if match_key(text_of(cell)) in keys:
                ledger.take(item.grid, number, at)
