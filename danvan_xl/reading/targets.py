"""Sheet Chỉ tiêu: rows of indicators with their figures, whatever stands around them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from danvan_xl.files.grid import Cell, Grid, cell_name, is_blank
from danvan_xl.reading.entries import further_in
from danvan_xl.reading.figure import NO_FIGURE, Figure
from danvan_xl.reading.headers import TOTAL_WORDS, Header, data_rows, text_of
from danvan_xl.reading.plan_cells import read_plans
from danvan_xl.reading.records import Target, TargetSheet
from danvan_xl.reading.row_figures import ColumnHabits, RowFigures
from danvan_xl.reading.stated_shares import shares_of_row
from danvan_xl.reading.target_columns import (
    FIGURE_NAMES,
    NOTHING_FURTHER,
    SHOWN_NAMES,
    TEXT_NAMES,
    Further,
    default_of,
    phased_of,
    plan_of,
    plans_in_months,
    read_further,
    roles_of,
)
from danvan_xl.reading.target_header import (
    header_issues,
    header_repeats,
    measure_above,
    measures_in,
    other_measures,
)
from danvan_xl.reading.total_rows import TOTALLED_NAMES, totals_that_differ
from danvan_xl.reading.unread_cells import measure_said
from danvan_xl.schema.choices import ChoiceT, known_field, loose_choice, loose_field, option_of
from danvan_xl.schema.columns import Column
from danvan_xl.schema.indicators import CHOICE_NAMES, FURTHER_COLUMNS, Indicator
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import Direction, MonthRule, UnitRule
from danvan_xl.schema.sheets import MONTH_NAMES, PLAN_NAMES, TARGETS
from danvan_xl.vietnamese.numbers import CellRole, State
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import bare_key, match_key, tidy

_NO_TEXTS = dict.fromkeys(TEXT_NAMES, "")
_NUMERAL = re.compile(r"[IVXLC]+|[A-ZĐ]")  # of a heading
_TOTALS = ("cong ", "tong cong", "tong so ", "tong ")


class ReadTargets(NamedTuple):
    """A sheet of targets and everything that has to be said about reading it."""

    sheet: TargetSheet
    issues: tuple[Issue, ...]


@dataclass(slots=True)
class _TargetsSoFar:
    """What the rows read so far have established."""

    work_field: str = ""
    targets: list[Target] = field(default_factory=list)
    rows_of_code: dict[str, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


def read_targets(
    grid: Grid, header: Header, codes_by_name: Mapping[str, str], code: str = ""
) -> ReadTargets:
    """The targets below a header of sheet Chỉ tiêu.

    `codes_by_name` maps the match key of an indicator's words to its code, for rows that have lost
    theirs; `code` is that of the unit the figures belong to.
    """
    progress = _TargetsSoFar(issues=list(header_issues(grid, header)))
    rows, repeats = list(data_rows(grid, header)), header_repeats(header)
    cells = [row for _, row in rows]
    layout = _TargetLayout.of(grid.place(), header, cells, measure_above(grid, header))
    for number, row in rows:
        if (again := repeats(row)) is not None:
            if again:
                continue
            place = grid.place(f"A{number}")
            progress.issues.append(issue(Code.OTHER_TABLE_BELOW, place))
            break
        _read_one(_RowReader(layout, number, row), codes_by_name, progress)
    sheet = TargetSheet(
        title=grid.title,
        unit_code=code,
        unit_name=grid.unit_name,
        letters=header.letters(),
        header_row=header.row,
        targets=tuple(progress.targets),
        file=grid.file,
    )
    return ReadTargets(sheet, tuple(progress.issues))


@dataclass(frozen=True, slots=True)
class _TargetLayout:
    """Where the columns of a sheet stand, worked out once for all its rows."""

    sheet: Place
    columns: Mapping[str, int]
    texts: Sequence[tuple[str, int]]
    figures: Sequence[int]
    plans: Sequence[int]
    roles: Mapping[int, CellRole]
    months: Sequence[int]
    habits: ColumnHabits
    measure: str
    measures: Mapping[int, str]
    further: Sequence[tuple[Column, int]]

    @classmethod
    def of(
        cls, sheet: Place, header: Header, rows: Sequence[Sequence[Cell]], measure: str
    ) -> "_TargetLayout":
        columns = header.columns
        return cls(
            sheet=sheet,
            columns=columns,
            texts=[(name, columns[name]) for name in TEXT_NAMES if name in columns],
            figures=[columns[name] for name in FIGURE_NAMES if name in columns],
            plans=[columns[name] for name in PLAN_NAMES if name in columns],
            roles=roles_of(columns),
            months=[columns.get(name, -1) for name in MONTH_NAMES],
            habits=ColumnHabits(rows),
            measure=measure,
            measures=measures_in(header),
            further=further_in(header, FURTHER_COLUMNS),
        )


class _RowReader:
    """One row seen through its sheet's layout; `text` holds its words by column name."""

    __slots__ = ("layout", "number", "row", "text")

    def __init__(self, layout: _TargetLayout, number: int, row: Sequence[Cell]) -> None:
        self.layout, self.number, self.row = layout, number, row
        self.text = dict(_NO_TEXTS)
        width = len(row)
        for name, index in layout.texts:
            if index < width and (cell := row[index]) != "":
                self.text[name] = tidy(cell) if type(cell) is str else text_of(cell)

    @property
    def measure(self) -> str:
        """The row's own measure, else the one that stands above the table, or above all months."""
        written = self.text["measure"] or self.layout.measure
        if written or not self.layout.measures:
            return written
        said = {self.layout.measures.get(index, "") for index in self.layout.months if index >= 0}
        return said.pop() if len(said) == 1 else ""

    def cell(self, name: str) -> Cell:
        index = self.layout.columns.get(name)
        return self.row[index] if index is not None and index < len(self.row) else None

    def place(self, name: str) -> Place:
        index = self.layout.columns.get(name, 0)
        return self.layout.sheet.at(cell_name(self.number, index))

    def has_figures(self) -> bool:
        row, width = self.row, len(self.row)
        return any(not is_blank(row[index]) for index in self.layout.figures if index < width)

    def figures(self) -> RowFigures:
        layout = self.layout
        place = (layout.sheet, self.number)
        read = read_plans(
            row=self.row,
            columns=layout.figures,
            plans=layout.plans,
            place=place,
            measure=self.measure,
            habits=layout.habits,
            roles=layout.roles,
        )
        return self._in_its_measure(read) if layout.measures else read

    def further(self, read: RowFigures, direction: Direction) -> Further:
        """What stands in columns that no rule knows by name; `read` are the row's figures."""
        layout = self.layout
        width = len(self.row)
        cells = (self.row[index] for _, index in layout.further if index < width)
        if all(map(is_blank, cells)):
            return NOTHING_FURTHER
        row = layout.sheet, self.number, self.row
        return read_further(layout.further, row, read, layout.habits, direction)

    def _in_its_measure(self, read: RowFigures) -> RowFigures:
        """The figures without those whose header says another measure than the row has."""
        other = other_measures(self.layout.measures, self.measure)
        lost = {
            index: words
            for index, words in other.items()
            if read.figures.get(index, NO_FIGURE).value is not None
        }
        if not lost:
            return read
        cells = ", ".join(cell_name(self.number, index) for index in lost)
        place = self.layout.sheet.at(cell_name(self.number, min(lost)))
        said = Typed("; ".join(dict.fromkeys(lost.values())))
        values = {"value": said, "measure": measure_said(self.measure), "cells": Ours(cells)}
        found = issue(Code.MEASURE_IN_HEADER, place, **values)
        figures = {**read.figures, **dict.fromkeys(lost, Figure(None, State.UNREADABLE))}
        planned = {index: said for index, said in read.planned.items() if index not in lost}
        return RowFigures(figures, (*read.issues, found), planned)


def _read_one(
    reader: _RowReader, codes_by_name: Mapping[str, str], progress: _TargetsSoFar
) -> None:
    """Read one row below the header into `progress`: a target, a field heading, or neither."""
    words = reader.text["indicator"]
    if heading := _heading_field(reader, words):
        progress.work_field = heading
        return
    if not reader.has_figures() and not (reader.text["code"] and words):
        return
    code = _code_of(reader, words, codes_by_name, progress)
    if not code:
        return
    key = match_key(code)
    if key in progress.rows_of_code:
        place, first = reader.place("code"), progress.rows_of_code[key]
        progress.issues.append(issue(Code.CODE_REPEATED, place, value=Typed(code), first=first))
        return
    progress.rows_of_code[key] = reader.number
    progress.targets.append(_target(reader, code, words, progress))


def _heading_field(reader: _RowReader, words: str) -> str:
    """The work field a heading row opens, "" when the row is no heading."""
    if reader.has_figures() or reader.text["measure"]:
        return ""
    field, code = reader.text["work_field"], reader.text["code"]
    is_named = words and code and not _NUMERAL.fullmatch(code)  # an indicator without its ĐVT
    for text in (words, "" if is_named else field, code):
        plain = re.sub(r"^[IVX]+[.)\s]+", "", text)
        if known := known_field(plain) or loose_field(plain):
            return known
    return ""


def _code_of(
    reader: _RowReader, words: str, codes_by_name: Mapping[str, str], progress: _TargetsSoFar
) -> str:
    """The code of a row with figures; without one, its words may still tell which it is."""
    code = reader.text["code"]
    is_total = match_key(words or code) in TOTAL_WORDS
    if code and not is_total:
        return code
    if is_total or bare_key(words, " ").startswith(_TOTALS):
        progress.issues += _total_row(reader, words or code, progress)
        return ""
    if not words:
        place, unnamed = reader.place("indicator"), Ours("không có tên chỉ tiêu")
        progress.issues.append(issue(Code.ROW_IGNORED, place, value=unnamed))
        return ""
    by_name = codes_by_name.get(match_key(words), "")
    place = reader.place("code")
    if by_name:
        values = {"value": Typed(words), "code": Typed(by_name)}
        progress.issues.append(issue(Code.CODE_BY_NAME, place, **values))
    else:
        progress.issues.append(issue(Code.CODE_MISSING, place, value=Typed(words)))
    return by_name


def _total_row(reader: _RowReader, words: str, progress: _TargetsSoFar) -> Iterator[Issue]:
    """The findings on a row of totals: it does not count; where it is not the sum above it."""
    yield issue(Code.TOTAL_ROW, reader.place("indicator"), value=Typed(words))
    is_of_field = "linh vuc" in bare_key(words, " ")
    rows = [
        target
        for target in progress.targets
        if not is_of_field or target.indicator.work_field == progress.work_field
    ]
    measures = {match_key(target.indicator.measure) for target in rows}
    if measures == {match_key(reader.measure)} and reader.measure:
        figures, columns = reader.figures().figures, reader.layout.columns
        stated = {name: figures.get(columns.get(name, -1), NO_FIGURE) for name in TOTALLED_NAMES}
        yield from totals_that_differ(rows, stated, words, reader.place)


def _target(reader: _RowReader, code: str, words: str, progress: _TargetsSoFar) -> Target:
    """The target of a row, noting in `progress` what its figures and choices leave open."""
    read = reader.figures()
    progress.issues += read.issues
    columns = reader.layout.columns
    figure_at = read.figures.get
    last_year = figure_at(columns.get("last_year", -1), NO_FIGURE)
    direction = _choice(reader, "direction", Direction, progress)
    planned = plan_of(read, columns, direction, reader.cell("plan"))
    plan = planned.figure
    row = reader.layout.sheet, reader.number
    progress.issues += plans_in_months(read, columns, planned, row)
    phased = phased_of(read, columns, direction)
    further = reader.further(read, direction)
    progress.issues += further.issues
    indicator = Indicator(
        code=code,
        work_field=_work_field(reader, progress),
        indicator=words,
        measure=reader.measure,
        direction=direction,
        month_rule=_choice(reader, "month_rule", MonthRule, progress),
        unit_rule=_choice(reader, "unit_rule", UnitRule, progress),
        source=reader.text["source"],
        last_year=last_year.value,
        plan=plan.value,
        further=further.definition,
        plan_kind=planned.kind,
        plan_text=planned.text,
        phased=tuple(figure.value for figure in phased),
    )
    months = tuple([figure_at(index, NO_FIGURE) for index in reader.layout.months])
    if read.shares:
        place = (reader.layout.sheet, reader.number)
        by_month = reader.layout.months, months
        progress.issues += shares_of_row(read.shares, place, indicator, by_month)
    shown = {name: value for name in SHOWN_NAMES if not is_blank(value := reader.cell(name))}
    blank = frozenset(name for name in CHOICE_NAMES if not reader.text[name])
    return Target(
        row=reader.number,
        indicator=indicator,
        last_year=last_year,
        plan=plan,
        months=months,
        shown=shown,
        left_blank=blank,
        further=further.entries,
        phased=phased,
        plan_kind=planned.kind,
        stated=planned.stated,
    )


def _work_field(reader: _RowReader, progress: _TargetsSoFar) -> str:
    """The row's own field, else that of the heading above it."""
    written = reader.text["work_field"]
    if not written:
        return progress.work_field
    known = known_field(written)
    if known is None and (known := loose_field(written)):
        progress.issues.append(_read_loosely(reader, "work_field", known))
    if known is None:
        column = TARGETS["work_field"]
        progress.issues.append(
            issue(
                Code.CHOICE_UNKNOWN,
                reader.place("work_field"),
                value=Typed(written),
                field=Ours(column.header),
                used=Ours(progress.work_field or "chưa xếp lĩnh vực"),
                choices=Ours("; ".join(column.choices)),
            )
        )
    return known or progress.work_field


def _choice(
    reader: _RowReader, name: str, options: type[ChoiceT], progress: _TargetsSoFar
) -> ChoiceT:
    """The choice a cell makes; when it is empty or unknown, what the row's words speak for."""
    known = option_of(options, reader.text[name] or default_of(reader.text, reader.measure, name))
    if known is not None:
        return known
    if meant := loose_choice(reader.text[name], options):
        progress.issues.append(_read_loosely(reader, name, meant))
        return options(meant)
    column = TARGETS[name]
    default = options(default_of(reader.text, reader.measure, name))
    progress.issues.append(
        issue(
            Code.CHOICE_UNKNOWN,
            reader.place(name),
            value=Typed(reader.text[name]),
            field=Ours(column.header),
            used=Ours(default.value),
            choices=Ours("; ".join(column.choices)),
        )
    )
    return default


def _read_loosely(reader: _RowReader, name: str, used: str) -> Issue:
    """The note on a choice that is written without its marks."""
    value, field_name = Typed(reader.text[name]), Ours(TARGETS[name].header)
    at = reader.place(name)
    return issue(Code.CHOICE_LOOSELY, at, value=value, field=field_name, used=Ours(used))
