"""The registers of a unit and of all its units together: what goes upward, and what is one."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.reading.figure import NOTHING
from danvan_xl.reading.register_table import RegisterRows
from danvan_xl.rollup.from_registers import derive
from danvan_xl.rollup.register_blocks import BlockFigures, block_figures
from danvan_xl.rollup.register_keys import MOST_COMPARED, CodedRow, UnitedRows, unite
from danvan_xl.rollup.register_reports import (
    RegisterFigures,
    RegisterReport,
    RegistersOfUnit,
    coded_figures,
    merge_figures,
)
from danvan_xl.rollup.tally import Scope
from danvan_xl.schema.issues import NOWHERE, Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import UnitRule
from danvan_xl.schema.registers import Register
from danvan_xl.schema.sheets import REGISTERS
from danvan_xl.schema.sources import register_source
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.vietnamese.privacy import Ours

LeftOut = Mapping[int, frozenset[int]]  # rows of a report's tables with codes
_At = tuple[int, int]  # whose report, which of its tables


class Tracking(NamedTuple):
    """The registers of all units together.

    `repeated` is, by indicator key, how much the units' figures count more than once; `alike` are
    pairs of names that may be one thing. `reports` are what it was made of: the unit's own, then
    one for every unit below, empty where it has none.
    """

    figures: Mapping[str, tuple[BlockFigures, ...]] = NOTHING
    repeated: Mapping[str, Decimal] = NOTHING
    issues: tuple[Issue, ...] = ()
    alike: Mapping[str, tuple[tuple[CodedRow, CodedRow], ...]] = NOTHING
    reports: tuple[RegistersOfUnit, ...] = ()


def combine(
    own: RegistersOfUnit,
    units: Sequence[RegistersOfUnit],
    scope: Scope,
    scopes: Sequence[Scope] = (),
) -> Tracking:
    """The registers of a unit and of those below it; what has a code counts once.

    `scopes` are those of the single reports, the unit's own first, where they are of several years.
    One report is open at a time, and those with codes that other units have too.
    """
    reports = (own, *units)
    scopes = scopes or [scope] * len(reports)
    united = unite_reports(reports, scopes)
    found = (
        figures
        for position, report in enumerate(reports)
        for figures in counted(report, united.left_out.get(position, NOTHING), scopes[position])
    )
    return tracking_of(united, found)._replace(reports=reports)


class UnitedRegisters(NamedTuple):
    """The registers of all units with every code counted once.

    `left_out` are rows that count elsewhere, by the position of the report; `repeated`, `issues`
    and `alike` as in `Tracking`.
    """

    left_out: Mapping[int, LeftOut]
    repeated: Mapping[str, Decimal]
    issues: tuple[Issue, ...]
    alike: Mapping[str, tuple[tuple[CodedRow, CodedRow], ...]]


def unite_reports(reports: Sequence[RegistersOfUnit], scopes: Sequence[Scope]) -> UnitedRegisters:
    """What has to change in reports, each with its scope, so that every code counts once."""
    unions = {
        register.name: _united(register, reports, scopes)
        for register in REGISTERS
        if any(register.name in report.names for report in reports)
    }
    left_out: dict[int, dict[int, frozenset[int]]] = {}
    for union in unions.values():
        for (position, table), rows in union.left_out.items():
            left_out.setdefault(position, {})[table] = rows
    return UnitedRegisters(
        left_out,
        {key: value for union in unions.values() for key, value in union.repeated.items()},
        tuple(found for union in unions.values() for found in union.issues),
        {name: union.alike for name, union in unions.items()},
    )


def tracking_of(united: UnitedRegisters, found: Iterable[RegisterFigures]) -> Tracking:
    """The registers of all units from the figures of each, in their order."""
    figures = merge_figures(found)
    return Tracking(figures, united.repeated, united.issues, united.alike)


def counted(report: RegistersOfUnit, left_out: LeftOut, scope: Scope) -> Iterator[RegisterFigures]:
    """The figures of each register of a unit, without what counts elsewhere."""
    figures, keyed_figures = report.open_figures()
    yield from figures.items()
    for index, (name, whole) in enumerate(zip(report.names, keyed_figures, strict=True)):
        if index in left_out:
            table = _without(report.open_tables()[index], left_out[index])
            yield name, block_figures(table, scope)
        else:
            yield name, whole


class _UnitedRegister(NamedTuple):
    """One register over all units: `left_out` are rows of tables that count elsewhere, by table."""

    left_out: Mapping[_At, frozenset[int]]
    repeated: Mapping[str, Decimal]
    issues: tuple[Issue, ...]
    alike: tuple[tuple[CodedRow, CodedRow], ...]


def _united(
    register: Register, reports: Sequence[RegistersOfUnit], scopes: Sequence[Scope]
) -> _UnitedRegister:
    """What has to change so that every code counts once.

    Where there are too many rows to compare their names, only those with a shared code are opened.
    """
    places = _places(register, reports)
    is_compared = sum(reports[at].row_count(index) for at, index in places) <= MOST_COMPARED
    tables = (
        {(at, index): reports[at].open_tables()[index] for at, index in places}
        if is_compared
        else _doubtful_tables(places, reports)
    )
    ours = sum(position == 0 for position, _ in tables)
    union: UnitedRows = unite(tuple(tables.values()), ours, is_compared=is_compared)
    pairs = zip(tables.items(), union.tables, strict=True)
    left_out = {
        at: frozenset(table.rows) - frozenset(left.rows)
        for (at, table), left in pairs
        if left is not table
    }
    whole = {at: reports[at[0]].open_tables()[at[1]] for at in left_out}
    changed = [(table, _without(table, left_out[at]), scopes[at[0]]) for at, table in whole.items()]
    issues = union.issues
    if not is_compared:
        values = {"register": Ours(register.title), "most": Ours(vietnamese_number(MOST_COMPARED))}
        issues += (issue(Code.NAMES_NOT_COMPARED, NOWHERE, **values),)
    return _UnitedRegister(left_out, _repeated(register, changed), issues, union.alike)


def _places(register: Register, reports: Sequence[RegistersOfUnit]) -> list[_At]:
    """Where the tables of a register are."""
    return [
        (position, index)
        for position, report in enumerate(reports)
        for index, name in enumerate(report.names)
        if name == register.name
    ]


def _doubtful_tables(
    places: Sequence[_At], reports: Sequence[RegistersOfUnit]
) -> dict[_At, RegisterRows]:
    """Of each table the rows with a code that another table has too."""
    codes = {(at, index): reports[at].code_numbers(index) for at, index in places}
    shared = _shared(codes.values())
    return {
        (at, index): _doubtful(reports[at].open_tables()[index], numbers, shared)
        for (at, index), numbers in codes.items()
        if not shared.isdisjoint(numbers)
    }


def _shared(tables: Iterable["array[int]"]) -> set[int]:
    """The numbers of codes that stand in more than one table."""
    once: set[int] = set()
    more: set[int] = set()
    for numbers in map(set, tables):
        more |= once & numbers
        once |= numbers
    return more - {0}


def _doubtful(table: RegisterRows, numbers: Sequence[int], shared: Set[int]) -> RegisterRows:
    """The rows of a register with a shared code, with no more than tells one from another.

    `numbers` are those of the codes, row by row.
    """
    form = table.form
    wanted = {form.key, form.name_column, form.state_column}
    columns = {name: cells for name, cells in table.columns.items() if name in wanted}
    slim = table._replace(columns=columns, bounds=NOTHING)
    return slim.take([position for position, number in enumerate(numbers) if number in shared])


def _without(table: RegisterRows, rows: Set[int]) -> RegisterRows:
    return table.take([at for at, row in enumerate(table.rows) if row not in rows])


def join_reports(
    own: RegisterReport, units: Sequence[RegistersOfUnit], scope: Scope
) -> RegisterReport:
    """The registers of a unit and of those below it as one report to the level above.

    What is in it more than once is taken out, so that nobody takes it off a second time.
    """
    reports = [own, *(unit.open() for unit in units)]
    found = (figures for report in reports for figures in report.figures.items())
    figures = merge_figures(found, complete=True)
    keyed: list[RegisterRows] = []
    for name in dict.fromkeys(table.register for report in reports for table in report.keyed):
        tables = [table for report in reports for table in report.keyed if table.register == name]
        ours = sum(table.register == name for table in own.keyed)
        keyed += unite(tables, ours, is_compared=False).tables
    return RegisterReport(figures, tuple(keyed), coded_figures(keyed, scope))


def _repeated(
    register: Register, changed: Sequence[tuple[RegisterRows, RegisterRows, Scope]]
) -> dict[str, Decimal]:
    """By how much the sum over units passes what there is, for each indicator it feeds."""
    amounts: dict[str, Decimal] = {}
    definitions = changed[0][2].definitions if changed else {}
    for key, definition in definitions.items():
        source = register_source(definition.source)
        if source is None or source.register != register.name:
            continue
        if definition.unit_rule is not UnitRule.SUM:
            continue
        amount = sum(
            (
                _value(key, whole, scope) - _value(key, rest, scope)
                for whole, rest, scope in changed
            ),
            Decimal(0),
        )
        if amount:
            amounts[key] = amount
    return amounts


def _value(key: str, table: RegisterRows, scope: Scope) -> Decimal:
    """What a register gives an indicator up to the end of the period."""
    calendar = scope.calendar_for((table,))
    found = derive(scope.definitions[key], (table,), calendar)
    if found is None:
        return Decimal(0)
    months = found.months[: scope.month]
    return sum((figure.value for figure in months if figure.value is not None), Decimal(0))
