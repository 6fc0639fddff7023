"""Sheet Giao chỉ tiêu as read: which part of a plan each unit is given, and where that stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.files.grid import Cell, Grid, cell_name, is_blank
from danvan_xl.reading.headers import TOTAL_WORDS, Header, data_rows, text_of
from danvan_xl.reading.records import Assignment, Unit
from danvan_xl.reading.row_figures import ColumnHabits, read_row
from danvan_xl.reading.unit_lookup import find_unit
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.numbers import CellRole, State
from danvan_xl.vietnamese.privacy import Typed
from danvan_xl.vietnamese.text import match_key


class ReadAssignment(NamedTuple):
    """The sheet and everything that has to be said about reading it."""

    assignment: Assignment
    issues: tuple[Issue, ...]


def read_assignment(
    grid: Grid, header: Header, units: Sequence[Unit], codes_by_name: Mapping[str, str]
) -> ReadAssignment:
    """What sheet Giao chỉ tiêu gives; a column is headed by a unit's code or its name.

    `codes_by_name` maps the match key of an indicator's words to its code, for rows that have lost
    theirs.
    """
    columns = _unit_columns(grid, header, units)
    progress = _AssignmentSoFar(issues=list(columns.issues))
    coded = list(_coded_rows(grid, header, codes_by_name, progress))
    habits = ColumnHabits([row for _, _, row in coded])
    total = header.columns["total"]
    for code, number, row in coded:
        places = [*columns.known, total]
        measure = text_of(_cell(row, header.columns.get("measure", -1)))
        at = (grid.place(), number)
        read = read_row(row, places, at, measure, habits, role=CellRole.PLAN)
        progress.issues += read.issues
        for index, unit in columns.known.items():
            if (value := read.figures[index].value) is not None:
                progress.plans[code, unit] = value
            elif read.figures[index].state in (State.NOT_APPLICABLE, State.NOT_GIVEN):
                progress.exempt.add((code, unit))
        if (stated := read.figures[total].value) is not None:
            progress.totals[code] = (stated, cell_name(number, total))
    for index, unit in columns.unknown.items():
        _read_unknown(grid, index, unit, coded, progress)
    assignment = Assignment(
        title=grid.title,
        plans=progress.plans,
        totals=progress.totals,
        codes=progress.codes,
        unit_codes=columns.written,
        exempt=frozenset(progress.exempt),
    )
    return ReadAssignment(assignment, tuple(progress.issues))


@dataclass(slots=True)
class _AssignmentSoFar:
    """What the rows read so far have established."""

    plans: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    totals: dict[str, tuple[Decimal, str]] = field(default_factory=dict)
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    exempt: set[tuple[str, str]] = field(default_factory=set)
    issues: list[Issue] = field(default_factory=list)


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
    for index, text in header.extras.items():
        unit = find_unit(units, text).unit
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
    grid: Grid, header: Header, codes_by_name: Mapping[str, str], progress: _AssignmentSoFar
) -> list[tuple[str, int, Sequence[Cell]]]:
    """The rows of indicators with the match key of their code and their row number.

    A row of totals is none, and of two rows with figures and one code the first counts.
    """
    found: list[tuple[str, int, Sequence[Cell]]] = []
    rows_of_code: dict[str, int] = {}
    at = header.columns["code"]
    for number, row in data_rows(grid, header):
        written = _row_code(grid, header, (number, row), codes_by_name, progress)
        key = match_key(written)
        if not key or key in TOTAL_WORDS:
            continue
        has_figures = _has_figures(header, row)
        if has_figures and key in rows_of_code:
            place = grid.place(cell_name(number, at))
            value, first = Typed(written), rows_of_code[key]
            progress.issues.append(issue(Code.CODE_REPEATED, place, value=value, first=first))
            continue
        if has_figures:
            rows_of_code[key] = number
        if has_figures or key not in progress.codes:
            progress.codes[key] = (written, cell_name(number, at))
        found.append((key, number, row))
    return found


def _row_code(
    grid: Grid,
    header: Header,
    numbered: tuple[int, Sequence[Cell]],
    codes_by_name: Mapping[str, str],
    progress: _AssignmentSoFar,
) -> str:
    """The code of a row; where figures have lost it, the one its words are known by."""
    number, row = numbered
    code = text_of(_cell(row, header.columns["code"]))
    words = text_of(_cell(row, header.columns.get("indicator", -1)))
    if code or not words or match_key(words) in TOTAL_WORDS or not _has_figures(header, row):
        return code
    by_name = codes_by_name.get(match_key(words), "")
    place = grid.place(cell_name(number, header.columns["code"]))
    if by_name:
        values = {"value": Typed(words), "code": Typed(by_name)}
        progress.issues.append(issue(Code.CODE_BY_NAME, place, **values))
    else:
        progress.issues.append(issue(Code.CODE_MISSING, place, value=Typed(words)))
    return by_name


def _read_unknown(
    grid: Grid,
    index: int,
    unit: str,
    coded: Sequence[tuple[str, int, Sequence[Cell]]],
    progress: _AssignmentSoFar,
) -> None:
    """Read a column that no unit is known by; one without any figure is somebody's remarks."""
    habits = ColumnHabits([row for _, _, row in coded])
    reads = [
        (code, read_row(row, [index], (grid.place(), number), "", habits, role=CellRole.PLAN))
        for code, number, row in coded
    ]
    plans = {
        (code, unit): value
        for code, read in reads
        if (value := read.figures[index].value) is not None
    }
    if plans:
        progress.plans |= plans
        progress.issues += [item for _, read in reads for item in read.issues]


def _has_figures(header: Header, row: Sequence[Cell]) -> bool:
    return any(not is_blank(_cell(row, index)) for index in header.extras)


def _cell(row: Sequence[Cell], index: int) -> Cell:
    return row[index] if 0 <= index < len(row) else None
