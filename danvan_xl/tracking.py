"""The registers of a unit and of all its units together: what goes upward, and what is one."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.blocks import BlockFigures, block_figures, merge
from danvan_xl.derived import derive
from danvan_xl.forms import REGISTERS
from danvan_xl.issues import Issue
from danvan_xl.models import Model, unite
from danvan_xl.records import NOTHING
from danvan_xl.register_rows import RegisterRows
from danvan_xl.registers import Register
from danvan_xl.rules import UnitRule
from danvan_xl.schema import Kind
from danvan_xl.sources import register_source
from danvan_xl.tally import Scope


class RegisterReport(NamedTuple):
    """What a unit's registers come to, by name of the register.

    `figures` are those of its blocks; registers whose rows have a code that other units may report
    too are carried whole (`keyed`), without the columns nobody asks for.
    """

    figures: Mapping[str, tuple[BlockFigures, ...]] = NOTHING
    keyed: tuple[RegisterRows, ...] = ()


class Tracking(NamedTuple):
    """The registers of all units together.

    `repeated` is, by indicator key, how much the units' figures count more than once; `alike` are
    pairs of names that may be one thing. `reports` are what it was made of, the unit's own first.
    """

    figures: Mapping[str, tuple[BlockFigures, ...]] = NOTHING
    repeated: Mapping[str, Decimal] = NOTHING
    issues: tuple[Issue, ...] = ()
    alike: Mapping[str, tuple[tuple[Model, Model], ...]] = NOTHING
    reports: tuple[RegisterReport, ...] = ()


def report_registers(tables: Sequence[RegisterRows], scope: Scope) -> RegisterReport:
    """Return what the registers of one unit come to in the period."""
    figures: dict[str, tuple[BlockFigures, ...]] = {}
    keyed: list[RegisterRows] = []
    for table in tables:
        if table.form.key:
            keyed.append(_carried(table, scope))
            continue
        known = figures.get(table.register)
        found = block_figures(table, scope)
        figures[table.register] = found if known is None else _merged((known, found))
    return RegisterReport(figures, tuple(keyed))


def combine(own: RegisterReport, units: Iterable[RegisterReport], scope: Scope) -> Tracking:
    """Return the registers of a unit and of those below it; what has a code counts once."""
    reports = [own, *units]
    figures: dict[str, tuple[BlockFigures, ...]] = {}
    repeated: dict[str, Decimal] = {}
    issues: list[Issue] = []
    alike: dict[str, tuple[tuple[Model, Model], ...]] = {}
    for register in REGISTERS:
        name = register.name
        if not register.key:
            parts = [report.figures[name] for report in reports if name in report.figures]
            if parts:
                figures[name] = _merged(parts)
            continue
        tables = [table for report in reports for table in report.keyed if table.register == name]
        if not tables:
            continue
        ours = sum(table.register == name for table in own.keyed)
        union = unite(tables, ours)
        figures[name] = _merged([block_figures(table, scope) for table in union.tables])
        repeated |= _repeated(register, tables, union.tables, scope)
        issues += union.issues
        alike[name] = union.alike
    return Tracking(figures, repeated, tuple(issues), alike, tuple(reports))


def join(own: RegisterReport, units: Sequence[RegisterReport]) -> RegisterReport:
    """Return the registers of a unit and of those below it as one report to the level above.

    What is in it more than once is taken out, so that nobody takes it off a second time.
    """
    reports = [own, *units]
    names = dict.fromkeys(name for report in reports for name in report.figures)
    figures = {
        name: _merged([report.figures[name] for report in reports if name in report.figures])
        for name in names
    }
    keyed: list[RegisterRows] = []
    for name in dict.fromkeys(table.register for report in reports for table in report.keyed):
        tables = [table for report in reports for table in report.keyed if table.register == name]
        ours = sum(table.register == name for table in own.keyed)
        keyed += unite(tables, ours).tables
    return RegisterReport(figures, tuple(keyed))


def _merged(parts: Sequence[tuple[BlockFigures, ...]]) -> tuple[BlockFigures, ...]:
    return tuple(map(merge, zip(*parts, strict=True)))


def _carried(table: RegisterRows, scope: Scope) -> RegisterRows:
    """Return a register without the texts that no block, no rule and no indicator asks for."""
    form = table.form
    wanted = {form.key, form.name_column, form.state_column}
    wanted |= {column.name for column in form.sheet.columns if column.kind is not Kind.TEXT}
    for block in form.blocks:
        wanted |= {*block.by, *block.columns, *([block.where.column] if block.where else [])}
        wanted |= {name for measure in block.measures for name in measure.columns}
    for definition in scope.definitions.values():
        if (source := register_source(definition.source)) and source.register == form.name:
            wanted |= {condition.column for condition in source.conditions}
    private = {column.name for column in form.sheet.columns if column.private}
    columns = {
        name: list(cells)
        for name, cells in table.columns.items()
        if name in wanted and name not in private
    }
    return table._replace(columns=columns)


def _repeated(
    register: Register,
    tables: Sequence[RegisterRows],
    kept: Sequence[RegisterRows],
    scope: Scope,
) -> dict[str, Decimal]:
    """Return by how much the sum over units passes what there is, for each indicator it feeds."""
    changed = [
        pair for pair in zip(tables, kept, strict=True) if len(pair[0].rows) != len(pair[1].rows)
    ]
    amounts: dict[str, Decimal] = {}
    for key, definition in scope.definitions.items():
        source = register_source(definition.source)
        if source is None or source.register != register.name:
            continue
        if definition.unit_rule is not UnitRule.SUM:
            continue
        amount = sum(
            (_value(key, whole, scope) - _value(key, rest, scope) for whole, rest in changed),
            Decimal(0),
        )
        if amount:
            amounts[key] = amount
    return amounts


def _value(key: str, table: RegisterRows, scope: Scope) -> Decimal:
    """Return what a register gives an indicator up to the end of the period."""
    calendar = scope.calendar_for((table,))
    found = derive(scope.definitions[key], (table,), calendar)
    if found is None:
        return Decimal(0)
    months = found.months[: scope.month]
    return sum((figure.value for figure in months if figure.value is not None), Decimal(0))
