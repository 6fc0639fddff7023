"""Sheet Giao chỉ tiêu as read: which part of a plan each unit is given, and where that stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.files.grid import Cell, Grid, cell_name, is_blank
from danvan_xl.reading.headers import TOTAL_WORDS, Header, data_rows, text_of
from danvan_xl.reading.known_rows import KnownRow, KnownRows
from danvan_xl.reading.plan_cells import plan_remarks, read_plans
from danvan_xl.reading.records import Assignment, Unit
from danvan_xl.reading.row_codes import NamedRow, codes_of_rows
from danvan_xl.reading.row_figures import ColumnHabits, RowFigures
from danvan_xl.reading.unit_heads import heads_no_unit, unit_headed
from danvan_xl.reading.unit_lookup import UnitIndex
from danvan_xl.schema.choices import known_field
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import PlanKind
from danvan_xl.schema.plans import Plan
from danvan_xl.schema.sheets import TARGETS
from danvan_xl.vietnamese.numbers import State
from danvan_xl.vietnamese.privacy import Typed
from danvan_xl.vietnamese.text import match_key

_UNDEFINED = Indicator("", "", "", "")


class ReadAssignment(NamedTuple):
    """The sheet and everything that has to be said about reading it."""

    assignment: Assignment
    issues: tuple[Issue, ...]


def read_assignment(
    grid: Grid, header: Header, units: Sequence[Unit], indicators: Iterable[Indicator] = ()
) -> ReadAssignment:
    """What sheet Giao chỉ tiêu gives; a column is headed by a unit's code or its name.

    `indicators` are those of sheet Chỉ tiêu: their words tell the code of rows that have lost it,
    their Chiều and ĐVT what a plan means.
    """
    defined = {match_key(indicator.code): indicator for indicator in indicators}
    known = KnownRows(tuple(KnownRow(item.code, item.indicator) for item in defined.values()))
    columns = _unit_columns(grid, header, units)
    progress = _AssignmentSoFar(issues=list(columns.issues))
    coded = list(_coded_rows(grid, header, known, progress))
    habits = ColumnHabits([row for _, _, row in coded])
    total = header.columns.get("total", -1)
    figures = [*columns.known, *([total] if total >= 0 else [])]
    for code, number, row in coded:
        given = _GivenRow(grid, number, row, _indicator_of(code, row, header, defined))
        read = given.read(figures, columns.known, habits)
        progress.issues += read.issues
        for index, unit in columns.known.items():
            if (plan := given.plan(read, index)).is_given:
                progress.plans[code, unit] = plan
            elif read.figures[index].state is State.NOT_APPLICABLE:
                progress.exempt.add((code, unit))
            elif read.figures[index].state is State.NOT_GIVEN:
                progress.not_given.add((code, unit))
            progress.issues += given.remarks(read, index)
        if total >= 0 and (stated := read.figures[total].value) is not None:
            progress.totals[code] = (stated, cell_name(number, total))
    for index, unit in columns.unknown.items():
        rows = [
            (code, _GivenRow(grid, number, row, _indicator_of(code, row, header, defined)))
            for code, number, row in coded
        ]
        _read_unknown(index, unit, rows, progress)
    assignment = Assignment(
        title=grid.title,
        plans=progress.plans,
        totals=progress.totals,
        codes=progress.codes,
        unit_codes=columns.written,
        exempt=frozenset(progress.exempt),
        not_given=frozenset(progress.not_given),
    )
    return ReadAssignment(assignment, tuple(progress.issues))


@dataclass(slots=True)
class _AssignmentSoFar:
    """What the rows read so far have established."""

    plans: dict[tuple[str, str], Plan] = field(default_factory=dict)
    totals: dict[str, tuple[Decimal, str]] = field(default_factory=dict)
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    exempt: set[tuple[str, str]] = field(default_factory=set)
    not_given: set[tuple[str, str]] = field(default_factory=set)
    issues: list[Issue] = field(default_factory=list)


class _GivenRow(NamedTuple):
    """One row of the sheet with the indicator it is about."""

    grid: Grid
    number: int
    cells: Sequence[Cell]
    indicator: Indicator

    def read(
        self, columns: Sequence[int], plans: Iterable[int], habits: ColumnHabits
    ) -> RowFigures:
        """The figures at `columns`, of which `plans` may say theirs in words."""
        measure, place = self.indicator.measure, (self.grid.place(), self.number)
        return read_plans(
            row=self.cells,
            columns=columns,
            plans=plans,
            place=place,
            measure=measure,
            habits=habits,
        )

    def plan(self, read: RowFigures, index: int) -> Plan:
        """What the cell of a unit gives."""
        if (stated := read.stated.get(index)) is not None:
            return stated.by(self.indicator.direction)
        figure = read.figures[index]
        if figure.state is not State.UNREADABLE:
            return Plan(figure.value)
        return Plan(None, PlanKind.UNKNOWN, text_of(_cell(self.cells, index)))

    def remarks(self, read: RowFigures, index: int) -> Iterator[Issue]:
        """What has to be said about the words of a plan."""
        if (stated := read.stated.get(index)) is None:
            return
        at = self.grid.place(cell_name(self.number, index))
        direction, measure = self.indicator.direction, self.indicator.measure
        yield from plan_remarks(stated, direction, TARGETS["plan"].header, measure, at)


def _indicator_of(
    code: str, row: Sequence[Cell], header: Header, defined: Mapping[str, Indicator]
) -> Indicator:
    """The indicator of a row; where it does not say its ĐVT, that of this sheet."""
    found = defined.get(code, _UNDEFINED)
    measure = found.measure or text_of(_cell(row, header.columns.get("measure", -1)))
    return found._replace(measure=measure)


class _UnitColumns(NamedTuple):
    """The columns of units, by position: those of known units, and those nobody knows.

    `written` tells, by match key of the unit's code, what heads its column, and where.
    """

    known: Mapping[int, str]
    unknown: Mapping[int, str]
    written: Mapping[str, tuple[str, str]]
    issues: tuple[Issue, ...]


def _unit_columns(grid: Grid, header: Header, units: Sequence[Unit]) -> _UnitColumns:
    known: dict[int, str] = {}
    unknown: dict[int, str] = {}
    written: dict[str, tuple[str, str]] = {}
    issues: list[Issue] = []
    index_of_units = UnitIndex(units)
    for index, text in header.extras.items():
        unit = unit_headed(index_of_units, text)
        if unit is None and heads_no_unit(text):
            continue
        key = match_key(unit.code if unit else text)
        cell = cell_name(header.row, index)
        if unit is not None and key in written:
            place = grid.place(cell)
            issues.append(issue(Code.COLUMN_REPEATED, place, value=Typed(text)))
            continue
        (unknown if unit is None else known)[index] = key
        written.setdefault(key, (text, cell))
    return _UnitColumns(known, unknown, written, tuple(issues))


def _coded_rows(
    grid: Grid, header: Header, known: KnownRows, progress: _AssignmentSoFar
) -> list[tuple[str, int, Sequence[Cell]]]:
    """The rows of indicators with the match key of their code and their row number.

    A row of totals is none, and of two rows with figures and one code the first counts.
    """
    found: list[tuple[str, int, Sequence[Cell]]] = []
    rows_of_code: dict[str, int] = {}
    at = header.columns.get("code", -1)
    rows = list(data_rows(grid, header))
    codes = codes_of_rows(list(_named(grid, header, rows)), known, has_column=at >= 0)
    progress.issues += codes.issues
    for number, row in rows:
        written = codes.codes.get(number, text_of(_cell(row, at)))
        key = match_key(written)
        if not key or key in TOTAL_WORDS:
            continue
        has_figures = _has_figures(header, row)
        if has_figures and key in rows_of_code:
            place = grid.place(cell_name(number, max(at, 0)))
            value, first = Typed(written), rows_of_code[key]
            progress.issues.append(issue(Code.CODE_REPEATED, place, value=value, first=first))
            continue
        if has_figures:
            rows_of_code[key] = number
        if has_figures or key not in progress.codes:
            progress.codes[key] = (written, cell_name(number, max(at, 0)))
        found.append((key, number, row))
    return found


def _named(
    grid: Grid, header: Header, rows: Iterable[tuple[int, Sequence[Cell]]]
) -> Iterator[NamedRow]:
    """The rows as far as they tell which indicator they are of, without those of totals."""
    at = header.columns.get("code", -1)
    for number, row in rows:
        words = text_of(_cell(row, header.columns.get("indicator", -1)))
        if TOTAL_WORDS.isdisjoint((match_key(words), match_key(text_of(_cell(row, at))))):
            yield NamedRow(
                number=number,
                code=_cell(row, at),
                name=words,
                at=grid.place(cell_name(number, max(at, 0))),
                has_figures=_has_figures(header, row),
                is_field=known_field(words) is not None,
            )


def _read_unknown(
    index: int, unit: str, rows: Sequence[tuple[str, _GivenRow]], progress: _AssignmentSoFar
) -> None:
    """Read a column that no unit is known by; one without any figure is somebody's remarks."""
    habits = ColumnHabits([row.cells for _, row in rows])
    reads = [(code, row.read([index], [index], habits), row) for code, row in rows]
    plans = {
        (code, unit): plan
        for code, read, row in reads
        if (plan := row.plan(read, index)).value is not None
    }
    if plans:
        progress.plans |= plans
        progress.issues += [item for _, read, _ in reads for item in read.issues]


def _has_figures(header: Header, row: Sequence[Cell]) -> bool:
    return any(not is_blank(_cell(row, index)) for index in header.extras)


def _cell(row: Sequence[Cell], index: int) -> Cell:
    return row[index] if 0 <= index < len(row) else None
