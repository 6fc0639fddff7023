"""Sheet Chỉ tiêu: rows of indicators with their figures, whatever stands around them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from danvan_xl.files.grid import Grid, is_blank
from danvan_xl.reading.figure import NO_FIGURE
from danvan_xl.reading.headers import TOTAL_WORDS, Header, data_rows
from danvan_xl.reading.known_rows import KnownRow, KnownRows, level_of
from danvan_xl.reading.records import Target, TargetSheet
from danvan_xl.reading.row_codes import AS_WRITTEN, NamedRow, RowCodes, codes_of_rows
from danvan_xl.reading.stated_shares import shares_of_row
from danvan_xl.reading.target_columns import (
    SHOWN_NAMES,
    default_of,
    phased_of,
    plan_of,
    plans_in_months,
)
from danvan_xl.reading.target_header import header_issues, header_repeats, measure_above
from danvan_xl.reading.target_rows import RowReader, TargetLayout
from danvan_xl.reading.total_rows import TOTALLED_NAMES, totals_that_differ
from danvan_xl.schema.choices import ChoiceT, known_field, loose_choice, loose_field, option_of
from danvan_xl.schema.indicators import CHOICE_NAMES, Indicator
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import Direction, MonthRule, UnitRule
from danvan_xl.schema.sheets import TARGETS
from danvan_xl.vietnamese.indicator_names import is_one_name
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import bare_key, match_key

_NUMERAL = re.compile(r"[IVXLC]+|[A-ZĐ]")  # of a heading
_TOTALS = ("cong ", "tong cong", "tong so ", "tong ")
_HEADS_ALL = -1  # the level of a row that only heads others
_ACCOUNTS = (Code.CODES_LOST, Code.CODES_BY_NAME)


class ReadTargets(NamedTuple):
    """A sheet of targets and everything that has to be said about reading it."""

    sheet: TargetSheet
    issues: tuple[Issue, ...]


class _SeenRow(NamedTuple):
    """A row below the header: the field it opens ("" for none), and whether it has figures.

    `is_total` tells that it adds up others.
    """

    reader: RowReader
    heading: str
    has_figures: bool
    is_total: bool

    @property
    def is_target(self) -> bool:
        """Whether it may be an indicator: it has figures, or a code and a name."""
        text = self.reader.text
        return not self.heading and (self.has_figures or bool(text["code"] and text["indicator"]))


@dataclass(slots=True)
class _TargetsSoFar:
    """What the rows read so far have established; `heads` are the names above, with their level."""

    known: KnownRows
    codes: RowCodes = AS_WRITTEN
    work_field: str = ""
    heads: tuple[tuple[int, str], ...] = ()
    targets: list[Target] = field(default_factory=list)
    rows_of_code: dict[str, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


def read_targets(grid: Grid, header: Header, known: KnownRows, code: str = "") -> ReadTargets:
    """The targets below a header of sheet Chỉ tiêu.

    `known` are the indicators by whose names rows are found that have lost their code; `code` is
    that of the unit the figures belong to.
    """
    rows, issues = _rows_of_table(grid, header, known)
    progress = _TargetsSoFar(known, _codes(rows, known, has_column="code" in header.columns))
    is_told = any(item.code in _ACCOUNTS for item in progress.codes.issues)
    progress.issues += header_issues(grid, header, without=("code",) if is_told else ())
    progress.issues += (*progress.codes.issues, *issues)
    for row in rows:
        _read_one(row, progress)
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


def known_rows(sheet: TargetSheet | None) -> KnownRows:
    """The indicators of a sheet, as those by which others are found."""
    targets = sheet.targets if sheet else ()
    return KnownRows(
        tuple(
            KnownRow(item.code, item.indicator, target.headings, item.work_field)
            for target in targets
            for item in (target.indicator,)
        )
    )


def _rows_of_table(
    grid: Grid, header: Header, known: KnownRows
) -> tuple[list[_SeenRow], list[Issue]]:
    """The rows below a header as far as its table goes, and what is said of another below it."""
    rows, repeats = list(data_rows(grid, header)), header_repeats(header)
    cells = [row for _, row in rows]
    layout = TargetLayout.of(grid.place(), header, cells, measure_above(grid, header))
    seen: list[_SeenRow] = []
    for number, row in rows:
        if (again := repeats(row)) is not None:
            if again:
                continue
            return seen, [issue(Code.OTHER_TABLE_BELOW, grid.place(f"A{number}"))]
        reader = RowReader(layout, number, row)
        has_figures = reader.has_figures()
        heading = "" if has_figures else _heading_field(reader, reader.text["indicator"])
        is_total = not heading and _is_total(reader, known)
        seen.append(_SeenRow(reader, heading, has_figures, is_total))
    return seen, []


def _is_total(reader: RowReader, known: KnownRows) -> bool:
    """Whether a row adds up others; an indicator may be called "Tổng số hộ" too."""
    code, words = reader.text["code"], reader.text["indicator"]
    if match_key(words or code) in TOTAL_WORDS:
        return True
    if code or not bare_key(words, " ").startswith(_TOTALS):
        return False
    return not any(bare_key(row.name, " ").startswith(_TOTALS) for row in known.called(words))


def _codes(rows: Sequence[_SeenRow], known: KnownRows, *, has_column: bool) -> RowCodes:
    """The codes of the rows that do not have theirs as somebody typed it."""
    if not any(_has_changed(row) for row in rows):
        return AS_WRITTEN
    named: list[NamedRow] = []
    work_field = ""
    for row in rows:
        reader, text = row.reader, row.reader.text
        work_field = row.heading or work_field
        if row.is_total or not (text["indicator"] or text["code"]):
            continue
        named.append(
            NamedRow(
                number=reader.number,
                code=reader.cell("code"),
                name=text["indicator"],
                at=reader.place("code"),
                has_figures=row.has_figures,
                work_field=known_field(text["work_field"]) or work_field,
                is_field=bool(row.heading),
            )
        )
    return codes_of_rows(named, known, has_column=has_column)


def _has_changed(row: _SeenRow) -> bool:
    """Whether a row with figures has no code, or one that may be no text as it was typed."""
    if not row.has_figures or row.is_total:
        return False
    cell = row.reader.cell("code")
    return type(cell) is not str or is_blank(cell) or cell[:1].isdigit()


def _read_one(row: _SeenRow, progress: _TargetsSoFar) -> None:
    """Read one row below the header into `progress`: a target, a field heading, or neither."""
    reader, words = row.reader, row.reader.text["indicator"]
    if row.heading:
        progress.work_field, progress.heads = row.heading, ()
        return
    if row.is_total and row.is_target:
        progress.issues += _total_row(reader, words or reader.text["code"], progress)
        return
    if not row.is_target:
        if words and not row.is_total:
            _heads_above(level_of(words) or _HEADS_ALL, words, progress)
        return
    code = _code_of(reader, words, progress)
    headings = _heads_above(level_of(words), words, progress)
    if not code:
        return
    key = match_key(code)
    if (first := progress.rows_of_code.get(key)) is not None:
        is_first_right = not _is_rather(words, first, progress)
        out, kept = (reader.number, first) if is_first_right else (first, reader.number)
        place = reader.layout.place("code", out)
        progress.issues.append(issue(Code.CODE_REPEATED, place, value=Typed(code), first=kept))
        if is_first_right:
            return
        progress.targets = [target for target in progress.targets if target.row != first]
    progress.rows_of_code[key] = reader.number
    progress.targets.append(_target(reader, code, words, progress)._replace(headings=headings))


def _is_rather(words: str, first: int, progress: _TargetsSoFar) -> bool:
    """Whether words name the indicator of a code that an earlier row has under another name."""
    earlier = next(item.indicator for item in progress.targets if item.row == first)
    known = progress.known.coded(earlier.code)
    if known is None or not known.name or not words or not earlier.indicator:
        return False
    is_this, was_that = (is_one_name(name, known.name) for name in (words, earlier.indicator))
    return is_this and not was_that


def _heads_above(level: int, words: str, progress: _TargetsSoFar) -> tuple[str, ...]:
    """The names that head a row, of which those below it may be heads in turn."""
    heads = tuple(item for item in progress.heads if item[0] < level)
    progress.heads = (*heads, (level, words))
    return tuple(name for _, name in heads)


def _heading_field(reader: RowReader, words: str) -> str:
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


def _code_of(reader: RowReader, words: str, progress: _TargetsSoFar) -> str:
    """The code of a row with figures; where it has lost it, the one its words are known by."""
    code = reader.text["code"]
    if not code and not words:
        place, unnamed = reader.place("indicator"), Ours("không có tên chỉ tiêu")
        progress.issues.append(issue(Code.ROW_IGNORED, place, value=unnamed))
        return ""
    return progress.codes.codes.get(reader.number, code)


def _total_row(reader: RowReader, words: str, progress: _TargetsSoFar) -> Iterator[Issue]:
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


def _target(reader: RowReader, code: str, words: str, progress: _TargetsSoFar) -> Target:
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


def _work_field(reader: RowReader, progress: _TargetsSoFar) -> str:
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
    reader: RowReader, name: str, options: type[ChoiceT], progress: _TargetsSoFar
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


def _read_loosely(reader: RowReader, name: str, used: str) -> Issue:
    """The note on a choice that is written without its marks."""
    value, field_name = Typed(reader.text[name]), Ours(TARGETS[name].header)
    at = reader.place(name)
    return issue(Code.CHOICE_LOOSELY, at, value=value, field=field_name, used=Ours(used))
