"""The catalogue of indicators: what a unit is asked to plan and report, and its CSV file."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, TypeVar

from danvan_xl.schema.adding import default_choice, row_adds
from danvan_xl.schema.catalogue_columns import (
    COLUMNS,
    CatalogueColumns,
    Meaning,
    column_names,
    lines_of_table,
    nothing_meant,
    what_became,
    with_meant,
)
from danvan_xl.schema.choices import ChoiceT
from danvan_xl.schema.columns import (
    FIGURE_KINDS,
    WORK_FIELDS,
    CellEntry,
    Column,
    Kind,
    further_columns,
)
from danvan_xl.schema.options import Direction, MonthRule, PlanKind, UnitRule
from danvan_xl.schema.plans import Plan, StatedPlan, stated_plan
from danvan_xl.schema.sheets import MONTH_NAMES, PLAN_NAMES, REMARKS, TARGETS
from danvan_xl.schema.sources import SourceError, codes_in, parse_source
from danvan_xl.vietnamese.days import parse_day
from danvan_xl.vietnamese.measures import factor_of
from danvan_xl.vietnamese.numbers import CellRole, NumberHabit, State, parse_typed, settle
from danvan_xl.vietnamese.plans import written_plan
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.vietnamese.text import match_key, tidy

OptionT = TypeVar("OptionT", bound=str)


class Indicator(NamedTuple):
    """One line of sheet Chỉ tiêu up to its plan, as the unit that consolidates defines it.

    `further` is what stands in columns that are handed down and that no rule knows by name.
    `plan_text` is what is written where the plan is not known; `phased` are the plans for the first
    quarter, six and nine months.
    """

    code: str
    work_field: str
    indicator: str
    measure: str
    direction: Direction = Direction.MORE
    month_rule: MonthRule = MonthRule.SUM
    unit_rule: UnitRule = UnitRule.SUM
    source: str = ""
    last_year: Decimal | None = None
    plan: Decimal | None = None
    further: Mapping[str, CellEntry] = {}
    plan_kind: PlanKind = PlanKind.PLAIN
    plan_text: str = ""
    phased: tuple[Decimal | None, ...] = (None, None, None)

    @property
    def planned(self) -> Plan:
        """The plan as it is meant."""
        return Plan(self.plan, self.plan_kind, self.plan_text)

    def said(self, name: str) -> CellEntry:
        """What the indicator says in a column, by the column's name; None for nothing."""
        value: CellEntry = getattr(self, name) if name in self._fields else self.further.get(name)
        return value

    @property
    def adds(self) -> bool:
        """Whether its figures may be added over months and units (design: what adds)."""
        return row_adds(self.measure, self.indicator, self.source)


class CatalogueError(Exception):
    """A list of indicators that cannot be used; the text says what, where and what to do."""


# What an indicator is: the columns of sheet Chỉ tiêu that are handed down.
DEFINITION = tuple(column for column in TARGETS.columns if column.goes_down)
# The columns of sheet Chỉ tiêu that no rule knows by name.
FURTHER_COLUMNS = further_columns(TARGETS.columns, {*Indicator._fields, *MONTH_NAMES, REMARKS})
# The columns that say which way is better and what is added: blank, the row's words decide.
CHOICE_NAMES = ("direction", "month_rule", "unit_rule")
_FURTHER = tuple(column for column in COLUMNS if column in FURTHER_COLUMNS)
_FIGURES = tuple(column.name for column in COLUMNS if column.kind in FIGURE_KINDS)
_ONE = Decimal(1)
_DELIMITERS = ",;\t"
_FILES = {
    "Thôn": "chi_tieu_thon.csv",
    "Xã": "chi_tieu_xa.csv",
    "Khối/Đoàn thể": "chi_tieu_doan_the.csv",
}
_FILE_OF_HIGHER_LEVELS = "chi_tieu_tinh.csv"
_FIELDS = {match_key(name): name for name in WORK_FIELDS}


def default_indicators_path(level: str) -> Path:
    """The list of indicators that comes with the program for a level (Thôn, Xã, …)."""
    name = _FILES.get(level, _FILE_OF_HIGHER_LEVELS)
    package = Path(__file__).resolve().parents[1]
    installed = package / "workbook_templates" / name
    return installed if installed.exists() else package.parent / "workbook_templates" / name


class DefaultedRow(NamedTuple):
    """A row, the number its file shows for it, and the choices it left blank."""

    number: int
    indicator: Indicator
    left_blank: frozenset[str]


class Catalogue(NamedTuple):
    """The indicators of a file, and how figures that could be read in two ways were read.

    `defaulted` are the rows that left a choice blank.
    """

    indicators: tuple[Indicator, ...]
    remarks: tuple[str, ...] = ()
    defaulted: tuple[DefaultedRow, ...] = ()
    columns: CatalogueColumns = CatalogueColumns()


def read_indicators(path: Path) -> tuple[Indicator, ...]:
    """The indicators of a catalogue file; see `read_catalogue`."""
    return read_catalogue(path).indicators


def read_catalogue(path: Path, meaning: Meaning = nothing_meant) -> Catalogue:
    """What a UTF-8 CSV file with the columns of sheet Chỉ tiêu up to Kế hoạch says.

    Columns may stand in any order and be called by any name the form knows; what is missing takes
    its default, missing codes are made up. Raises CatalogueError for what cannot be read, OSError
    when there is no such file. `meaning` tells of a header that is not written as in the form
    which column it means, "" for none.
    """
    lines = _lines(path)
    header, names = _header(path, lines, meaning)
    rows = [
        _CsvLine(path.name, number, cells)
        for number, cells in lines_of_table(lines[header + 1 :], names)
    ]
    placed = list(_under_headings(rows))
    if not placed:
        raise CatalogueError(
            f"Tệp {path.name}: không có chỉ tiêu nào dưới hàng tiêu đề. Ghi mỗi chỉ tiêu một dòng."
        )
    codes = _codes([line for line, _ in placed])
    habits = {name: _habit([line[name] for line in rows]) for name in _FIGURES}
    indicators = tuple(
        _indicator(line, code, field, habits)
        for (line, field), code in zip(placed, codes, strict=True)
    )
    _check_sources([line for line, _ in placed], indicators)
    remarks = tuple(remark for line, _ in placed for remark in _doubts(line, habits))
    defaulted = tuple(
        DefaultedRow(line.number, indicator, blank)
        for (line, _), indicator in zip(placed, indicators, strict=True)
        if (blank := frozenset(name for name in CHOICE_NAMES if not line[name]))
    )
    return Catalogue(indicators, remarks, defaulted, what_became(lines[header][1], names))


@dataclass(frozen=True, slots=True)
class _CsvLine:
    """One line of the file below its header, by column name."""

    file: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return tidy(self.cells.get(name, ""))

    def error(self, name: str, reason: str) -> CatalogueError:
        """The error about one cell of this line."""
        header = TARGETS[name].header
        return CatalogueError(f"Tệp {self.file}, dòng {self.number}, cột {header}: {reason}")


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """The cells of every line with the number an editor shows for it."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CatalogueError(
            f"Tệp {path.name} không ghi theo bảng mã UTF-8. "
            "Trong Excel, chọn Lưu thành > CSV UTF-8 rồi chạy lại."
        ) from None
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    try:
        return [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise CatalogueError(
            f"Tệp {path.name}, dòng {reader.line_num}: không tách được cột ({error}). "
            "Lưu lại tệp bằng Excel theo dạng CSV UTF-8."
        ) from None


def _header(
    path: Path, lines: Sequence[tuple[int, list[str]]], meaning: Meaning
) -> tuple[int, list[str]]:
    """The position of the header line and the column names of its cells, "" for others."""
    for position, (_, cells) in enumerate(lines):
        names = column_names(cells)
        if "indicator" not in names:
            continue
        for name in filter(None, names):
            if names.count(name) > 1:
                raise CatalogueError(
                    f"Tệp {path.name}, dòng {lines[position][0]}: có hai cột "
                    f"'{TARGETS[name].header}'. Đổi tên hoặc xóa cột thừa."
                )
        return position, with_meant(cells, names, meaning)
    raise CatalogueError(
        f"Tệp {path.name}: không có cột 'Chỉ tiêu'. Ghi hàng đầu là tên cột: "
        f"{', '.join(column.header for column in COLUMNS)}."
    )


def _under_headings(lines: Sequence[_CsvLine]) -> Iterator[tuple[_CsvLine, str]]:
    """The lines that are indicators, with the field whose heading line stands above them."""
    field = ""
    for line in lines:
        heading = _FIELDS.get(match_key(line["indicator"]), "")
        if heading and not line["measure"]:
            field = heading
        else:
            yield line, field


def _codes(lines: Sequence[_CsvLine]) -> list[str]:
    """The code of every line; one that is missing becomes the next free CT01, CT02."""
    taken: dict[str, int] = {}
    for line in lines:
        if code := line["code"]:
            first = taken.setdefault(match_key(code), line.number)
            if first != line.number:
                reason = f"mã '{code}' đã có ở dòng {first}. Mỗi chỉ tiêu một mã."
                raise line.error("code", reason)
    free = (
        code for number in range(1, 10_000) if match_key(code := f"CT{number:02d}") not in taken
    )
    return [line["code"] or next(free) for line in lines]


def _indicator(
    line: _CsvLine, code: str, field: str, habits: Mapping[str, NumberHabit]
) -> Indicator:
    """The indicator of one line."""
    if not line["indicator"]:
        raise line.error("indicator", "chưa ghi tên chỉ tiêu. Ghi tên, hoặc xóa dòng này.")
    direction = _choice(line, "direction", Direction)
    plan = _planned(line, "plan", habits["plan"]).by(direction)
    return Indicator(
        code=code,
        work_field=_work_field(line) or field,
        indicator=line["indicator"],
        measure=line["measure"],
        direction=direction,
        month_rule=_choice(line, "month_rule", MonthRule),
        unit_rule=_choice(line, "unit_rule", UnitRule),
        source=line["source"],
        last_year=_figure(line, "last_year", habits["last_year"]),
        plan=plan.value,
        further=_further(line, habits),
        plan_kind=plan.kind,
        plan_text=plan.text,
    )


def _further(line: _CsvLine, habits: Mapping[str, NumberHabit]) -> Mapping[str, CellEntry]:
    """What a line says in columns that no rule knows by name, each read by its kind."""
    said = {column.name: _entry(line, column, habits) for column in _FURTHER if line[column.name]}
    return {name: entry for name, entry in said.items() if entry is not None}


def _entry(line: _CsvLine, column: Column, habits: Mapping[str, NumberHabit]) -> CellEntry:
    written = line[column.name]
    if column.name in PLAN_NAMES:
        direction = _choice(line, "direction", Direction)
        return _planned(line, column.name, habits[column.name]).by(direction).value
    if column.kind in FIGURE_KINDS:
        return _figure(line, column.name, habits[column.name])
    if column.kind is Kind.CHOICE:
        return _one_of(line, column, column.choices)
    if column.kind is not Kind.DATE:
        return written
    day = parse_day(written)
    if day is None:
        reason = f"'{written}' không phải là ngày. Ghi ngày/tháng/năm, ví dụ 05/07/2026."
        raise line.error(column.name, reason)
    return day


def _work_field(line: _CsvLine) -> str:
    written = line["work_field"]
    if written and match_key(written) not in _FIELDS:
        raise line.error("work_field", _unknown(written, TARGETS["work_field"]))
    return _FIELDS.get(match_key(written), "")


def _choice(line: _CsvLine, name: str, options: type[ChoiceT]) -> ChoiceT:
    """The choice a cell makes; when it is empty, what the row's words speak for."""
    words = line["measure"], line["indicator"], line["source"]
    return _one_of(line, TARGETS[name], tuple(options), default_choice(name, *words))


def _one_of(
    line: _CsvLine, column: Column, options: Sequence[OptionT], default: str = ""
) -> OptionT:
    key = match_key(line[column.name] or default)
    for option in options:
        if match_key(option) == key:
            return option
    raise line.error(column.name, _unknown(line[column.name], column))


def _unknown(written: str, column: Column) -> str:
    return f"'{written}' không có trong danh sách. Ghi một trong: {'; '.join(column.choices)}."


def _habit(cells: Sequence[str]) -> NumberHabit:
    """The decimal mark that the cells of a column prove, when they agree on one."""
    proven = {writing for cell in cells if (writing := parse_typed(cell).writing) is not None}
    return NumberHabit(proven.pop()) if len(proven) == 1 else NumberHabit()


def _figure(line: _CsvLine, name: str, habit: NumberHabit, text: str = "") -> Decimal | None:
    """The figure of a cell, or of that part of its text; None when empty or not applicable."""
    typed = settle(parse_typed(text or line[name], _role_of(name)), (), habit)
    factor = factor_of(typed.unit, line["measure"]) if typed.unit else _ONE
    is_pair = typed.planned not in (None, typed.value)
    if typed.state is State.UNREADABLE or is_pair or factor is None:
        reason = f"'{line[name]}' không phải là số. Nhập theo dạng 1.234,5, hoặc để trống."
        raise line.error(name, reason)
    return None if typed.value is None else typed.value * factor


def _role_of(name: str) -> CellRole:
    return CellRole.PLAN if name.startswith("plan") else CellRole.LAST_YEAR


def _planned(line: _CsvLine, name: str, habit: NumberHabit) -> StatedPlan:
    """The plan of a cell, its words understood; a number that cannot be read is an error."""
    apart = written_plan(line[name], line["measure"])
    ends = (apart.number, apart.upper)
    value, upper = (_figure(line, name, habit, end) if end else None for end in ends)
    return stated_plan(apart, value, upper, line[name])


def _doubts(line: _CsvLine, habits: Mapping[str, NumberHabit]) -> Iterator[str]:
    """How the figures of a line were read that are estimates or could mean two numbers."""
    for name, habit in habits.items():
        if name in PLAN_NAMES:
            yield from _plan_doubts(line, name, habit)
            continue
        typed = settle(parse_typed(line[name], _role_of(name)), (), habit)
        if typed.value is not None and (typed.doubtful or typed.bound):
            where = f"dòng {line.number}, cột {TARGETS[name].header}"
            yield f"{where}: '{line[name]}' đọc là {vietnamese_number(typed.value)}"


def _plan_doubts(line: _CsvLine, name: str, habit: NumberHabit) -> Iterator[str]:
    """How a plan was read that is not known, has two ends or could mean two numbers."""
    stated = _planned(line, name, habit)
    plan = stated.by(_choice(line, "direction", Direction))
    where = f"dòng {line.number}, cột {TARGETS[name].header}: '{line[name]}'"
    if plan.kind is PlanKind.UNKNOWN and line[name]:
        yield f"{where} không rõ con số nào, giữ nguyên chữ; gõ mức phải đạt"
    elif plan.value is not None:
        number = written_plan(line[name], line["measure"]).number
        is_doubtful = settle(parse_typed(number, CellRole.PLAN), (), habit).doubtful
        if is_doubtful or stated.upper is not None:
            yield f"{where} đọc là {vietnamese_number(plan.value)}"


def _check_sources(lines: Sequence[_CsvLine], indicators: Sequence[Indicator]) -> None:
    """Raise CatalogueError for the first Nguồn that is not understood or names an unknown code."""
    codes = {match_key(indicator.code) for indicator in indicators}
    for line in lines:
        source = parse_source(line["source"])
        if isinstance(source, SourceError):
            raise line.error("source", f"{source.reason}. {source.possible}")
        for code in codes_in(source):
            if match_key(code) not in codes:
                reason = f"không có chỉ tiêu mã '{code}'. Sửa mã, hoặc thêm chỉ tiêu đó."
                raise line.error("source", reason)
