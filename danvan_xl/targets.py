"""Sheet Chỉ tiêu: rows of indicators with their figures, whatever stands around them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from danvan_xl.figures import RowFigures, read_row
from danvan_xl.forms import MONTH_NAMES, TARGETS, WORK_FIELDS
from danvan_xl.grid import Cell, Grid, cell_name, column_letter, is_blank
from danvan_xl.indicators import Indicator
from danvan_xl.issues import Issue, Place, issue
from danvan_xl.messages import Code
from danvan_xl.numbers import State
from danvan_xl.rating import Direction, MonthRule
from danvan_xl.reading import Header, data_rows, text_of
from danvan_xl.records import NO_FIGURE, Figure, Target, TargetSheet
from danvan_xl.rules import UnitRule
from danvan_xl.show import vietnamese_number
from danvan_xl.text import match_key

FIGURE_NAMES = ("last_year", "plan", *MONTH_NAMES)
SHOWN_NAMES = ("cumulative", "completion", "rating")
# Columns without which a table still counts but the officer should know.
_WANTED = ("code", "measure", "plan")
_CHOICES = ("direction", "month_rule", "unit_rule")
_TOTAL_WORDS = frozenset(map(match_key, ("Cộng", "Tổng", "Tổng cộng", "Tổng số", "Cộng chung")))
_INDEX_CELL = re.compile(r"\(?\d{1,2}\)?(?:\s*=.*)?|[A-C]|\[\d+\]")
_FIELD_KEYS = {match_key(name): name for name in WORK_FIELDS}
_FIELD_KEYS |= {match_key(f"Lĩnh vực {name}"): name for name in WORK_FIELDS}

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class ReadTargets:
    """A sheet of targets and everything that has to be said about reading it."""

    sheet: TargetSheet
    issues: tuple[Issue, ...]


@dataclass(slots=True)
class _Progress:
    """What the rows read so far have established."""

    work_field: str = ""
    targets: list[Target] = field(default_factory=list)
    rows_of_code: dict[str, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


def read_targets(
    grid: Grid, header: Header, codes_by_name: Mapping[str, str], code: str = "", name: str = ""
) -> ReadTargets:
    """Return the targets below a header of sheet Chỉ tiêu.

    `codes_by_name` maps the match key of an indicator's words to its code, for rows that have lost
    theirs; `code` and `name` are the unit's the figures belong to.
    """
    progress = _Progress(issues=list(_column_issues(grid, header)))
    rows = list(data_rows(grid, header))
    cells = [row for _, row in rows]
    for number, row in rows:
        if number == header.row + 1 and _is_index_row(row):
            continue
        _read_one(_RowReader(grid.title, header, number, row, cells), codes_by_name, progress)
    sheet = TargetSheet(
        grid.title, code, name, header.letters(), header.row, tuple(progress.targets)
    )
    return ReadTargets(sheet, tuple(progress.issues))


@dataclass(frozen=True, slots=True)
class _RowReader:
    """One row seen through its header."""

    title: str
    header: Header
    number: int
    row: Sequence[Cell]
    all_rows: Sequence[Sequence[Cell]]

    def cell(self, name: str) -> Cell:
        index = self.header.columns.get(name)
        return self.row[index] if index is not None and index < len(self.row) else None

    def text(self, name: str) -> str:
        return text_of(self.cell(name))

    def place(self, name: str) -> Place:
        index = self.header.columns.get(name, 0)
        return Place(sheet=self.title, cell=cell_name(self.number, index))

    def has_figures(self) -> bool:
        return any(not is_blank(self.cell(name)) for name in FIGURE_NAMES)

    def figures(self, measure: str) -> RowFigures:
        columns = [
            index for name in FIGURE_NAMES if (index := self.header.columns.get(name)) is not None
        ]
        return read_row(self.row, columns, (self.title, self.number), measure, self.all_rows)


def _read_one(reader: _RowReader, codes_by_name: Mapping[str, str], progress: _Progress) -> None:
    """Read one row below the header into `progress`: a target, a field heading, or neither."""
    words = reader.text("indicator")
    if heading := _heading_field(reader, words):
        progress.work_field = heading
        return
    if not reader.has_figures() and not (reader.text("code") and words):
        return
    code = _code_of(reader, words, codes_by_name, progress)
    if not code:
        return
    key = match_key(code)
    if key in progress.rows_of_code:
        place = reader.place("code")
        first = progress.rows_of_code[key]
        progress.issues.append(issue(Code.CODE_REPEATED, place, value=code, first=first))
        return
    progress.rows_of_code[key] = reader.number
    progress.targets.append(_target(reader, code, words, progress))


def _heading_field(reader: _RowReader, words: str) -> str:
    """Return the work field a heading row opens, "" when the row is no heading."""
    if reader.has_figures() or reader.text("measure"):
        return ""
    for text in (words, reader.text("work_field"), reader.text("code")):
        if text and (known := _FIELD_KEYS.get(match_key(re.sub(r"^[IVX]+[.)\s]+", "", text)))):
            return known
    return ""


def _code_of(
    reader: _RowReader, words: str, codes_by_name: Mapping[str, str], progress: _Progress
) -> str:
    """Return the code of a row with figures; without one, its words may still tell which it is."""
    code = reader.text("code")
    is_total = match_key(words or code) in _TOTAL_WORDS
    if code and not is_total:
        return code
    if not words or is_total:
        label = words or code or "không có tên chỉ tiêu"
        progress.issues.append(issue(Code.ROW_IGNORED, reader.place("indicator"), value=label))
        return ""
    by_name = codes_by_name.get(match_key(words), "")
    place = reader.place("code")
    if by_name:
        progress.issues.append(issue(Code.CODE_BY_NAME, place, value=words, code=by_name))
    else:
        progress.issues.append(issue(Code.CODE_MISSING, place, value=words))
    return by_name


def _target(reader: _RowReader, code: str, words: str, progress: _Progress) -> Target:
    """Return the target of a row, noting in `progress` what its figures and choices leave open."""
    measure = reader.text("measure")
    read = reader.figures(measure)
    progress.issues += read.issues
    columns = reader.header.columns
    by_name = {name: read.figures.get(columns.get(name, -1), NO_FIGURE) for name in FIGURE_NAMES}
    progress.issues += _plan_remarks(reader, read, by_name["plan"])
    indicator = Indicator(
        code,
        _work_field(reader, progress),
        words,
        measure,
        _choice(reader, "direction", Direction, progress),
        _choice(reader, "month_rule", MonthRule, progress),
        _choice(reader, "unit_rule", UnitRule, progress),
        reader.text("source"),
        by_name["last_year"].value,
        by_name["plan"].value,
    )
    months = tuple(by_name[name] for name in MONTH_NAMES)
    shown = {name: value for name in SHOWN_NAMES if not is_blank(value := reader.cell(name))}
    blank = frozenset(name for name in _CHOICES if not reader.text(name))
    figures = (by_name["last_year"], by_name["plan"], months)
    return Target(reader.number, indicator, *figures, shown, blank)


def _work_field(reader: _RowReader, progress: _Progress) -> str:
    """Return the row's own field, else that of the heading above it."""
    written = reader.text("work_field")
    if not written:
        return progress.work_field
    known = _FIELD_KEYS.get(match_key(written))
    if known is None:
        column = TARGETS["work_field"]
        progress.issues.append(
            issue(
                Code.CHOICE_UNKNOWN,
                reader.place("work_field"),
                value=written,
                field=column.header,
                used=progress.work_field or "chưa xếp lĩnh vực",
                choices="; ".join(column.choices),
            )
        )
    return known or progress.work_field


def _choice(reader: _RowReader, name: str, options: type[Choice], progress: _Progress) -> Choice:
    """Return the choice a cell makes; the column's default when it is empty or unknown."""
    column = TARGETS[name]
    default = options(column.default)
    written = reader.text(name)
    if not written:
        return default
    key = match_key(written)
    for option in options:
        if match_key(option) == key:
            return option
    progress.issues.append(
        issue(
            Code.CHOICE_UNKNOWN,
            reader.place(name),
            value=written,
            field=column.header,
            used=default.value,
            choices="; ".join(column.choices),
        )
    )
    return default


def _plan_remarks(reader: _RowReader, read: RowFigures, plan: Figure) -> Iterator[Issue]:
    """Yield a warning where a cell says "25/24" and the plan column does not say 24."""
    for column, (planned, raw) in read.planned.items():
        if plan.value == planned and plan.state is State.NUMBER:
            continue
        yield issue(
            Code.PLAN_IN_CELL,
            Place(sheet=reader.title, cell=cell_name(reader.number, column)),
            value=raw,
            plan="trống" if plan.value is None else vietnamese_number(plan.value),
            read=vietnamese_number(planned),
        )


def _is_index_row(row: Sequence[Cell]) -> bool:
    """Whether a row under the header only numbers the columns: 1 2 3 4=3/2, or A B 1 2 3."""
    texts = [text_of(cell) for cell in row if not is_blank(cell)]
    if len(texts) < 3 or not all(_INDEX_CELL.fullmatch(text) for text in texts):
        return False
    numbers = [int(match[0]) for text in texts if (match := re.search(r"\d+", text))]
    return all(later == earlier + 1 for earlier, later in pairwise(numbers))


def _column_issues(grid: Grid, header: Header) -> Iterator[Issue]:
    """Yield what is wrong with the header row itself."""
    for name in _WANTED:
        if name not in header.columns:
            place = Place(sheet=grid.title, cell=f"A{header.row}")
            yield issue(Code.COLUMN_MISSING, place, value=TARGETS[name].header)
    for name, index in header.repeated:
        place = Place(sheet=grid.title, cell=f"{column_letter(index)}{header.row}")
        yield issue(Code.COLUMN_REPEATED, place, value=TARGETS[name].header)
