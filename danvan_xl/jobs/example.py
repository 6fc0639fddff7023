"""`vi-du`: four localities' published figures, made into workbooks, filled in and consolidated.

The figures of the localities are real (reports of 2018, 2022 and 2023); how they divide among the
thôn, the months and the rows of a register is not published, so that is marked as illustration.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from danvan_xl.jobs.consolidate import Job, consolidate_files, save_summary
from danvan_xl.outgoing.contents import (
    NO_MONTHS,
    Contents,
    InfoValue,
    TargetRow,
    TypedValue,
    UnitRow,
    UnitSheet,
)
from danvan_xl.reading.headers import date_of
from danvan_xl.report.tables import Report
from danvan_xl.schema.columns import CellEntry, Column, Kind
from danvan_xl.schema.indicators import Indicator, read_indicators
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.registers import Register
from danvan_xl.schema.sheets import REGISTERS
from danvan_xl.vietnamese.numbers import Bound, parse_typed
from danvan_xl.vietnamese.periods import YEAR_END
from danvan_xl.writing.template.workbook import write_workbook

_DATA = Path(__file__).parents[1] / "data" / "vi_du"
_LOCALITIES = "dia-phuong.csv"
_INBOX = "Nhan"
_THON = "Thôn"
ILLUSTRATION = "Số liệu minh họa"

CsvLine = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """One locality: its workbook on disk, what was consolidated, and the summary written."""

    title: str
    workbook: Path
    output: Path
    job: Job
    report: Report


def run_examples(folder: Path) -> Iterator[Example]:
    """Make, fill and consolidate each locality under `folder`, yielding them one by one."""
    for locality in _read(_LOCALITIES):
        yield _run(locality, folder / locality["Tệp"])


def _run(locality: CsvLine, folder: Path) -> Example:
    slug = locality["Tệp"]
    inbox = folder / _INBOX
    inbox.mkdir(parents=True, exist_ok=True)
    contents, files = _contents(locality)
    workbook = folder / _file_name(contents.info)
    write_workbook(workbook, contents)
    for unit in files:
        write_workbook(inbox / _file_name(unit.info), unit)
    job = consolidate_files(workbook, inbox)
    output = folder / f"Tong-hop-{slug}.xlsx"
    return Example(locality["Tiêu đề"], workbook, output, job, save_summary(job, output))


def _contents(locality: CsvLine) -> tuple[Contents, tuple[Contents, ...]]:
    """The locality's workbook, and those of the units that send a file of their own."""
    slug = locality["Tệp"]
    info = _info(locality)
    indicators = {item.code: item for item in read_indicators(_DATA / f"{slug}.csv")}
    targets = tuple(
        TargetRow(indicators[line["Mã"]], _in_month(YEAR_END, line["Thực hiện"]), line["Ghi chú"])
        for line in _read(f"{slug}.csv")
    )
    lines = list(_read(f"{slug}-thon.csv")) if (_DATA / f"{slug}-thon.csv").is_file() else []
    units = {line["Mã đơn vị"]: line for line in lines}
    rows = tuple(UnitRow(code, line["Tên đơn vị"], _THON) for code, line in units.items())
    sheets = tuple(
        UnitSheet(
            code, line["Tên đơn vị"], line["Tên đơn vị"], _unit_targets(code, lines, indicators)
        )
        for code, line in units.items()
        if line["Nơi ghi"] == "Trang"
    )
    files = tuple(
        _unit_file(code, line["Tên đơn vị"], info, _unit_targets(code, lines, indicators))
        for code, line in units.items()
        if line["Nơi ghi"] == "Tệp"
    )
    registers = {register.name: _register(slug, register) for register in REGISTERS}
    filled = {name: lines for name, lines in registers.items() if lines}
    return Contents(info, targets, rows, sheets, registers=filled), files


def _register(slug: str, register: Register) -> tuple[Mapping[str, CellEntry], ...]:
    """The rows of a locality's register: figures and days as such, words as written."""
    path = _DATA / slug / f"{register.name}.csv"
    if not path.is_file():
        return ()
    return tuple(
        {
            column.name: _entry(column, line[column.header])
            for column in register.sheet.columns
            if line.get(column.header)
        }
        for line in _read(f"{slug}/{path.name}")
    )


def _entry(column: Column, text: str) -> CellEntry:
    if column.kind is Kind.DATE:
        return date_of(text)
    return _typed(text) if column.kind in (Kind.NUMBER, Kind.COUNT) else text


def _typed(text: str) -> Decimal | str | None:
    """A figure as a number where it is one, else as written ("trên 30")."""
    read = parse_typed(text)
    return read.value if read.bound is Bound.EXACT and not read.unit and not read.percent else text


def _unit_targets(
    unit: str, lines: Iterable[CsvLine], indicators: Mapping[str, Indicator]
) -> tuple[TargetRow, ...]:
    """What one thôn was given and did, every row marked as illustration."""
    return tuple(
        TargetRow(
            indicators[line["Mã"]]._replace(plan=parse_typed(line["Kế hoạch"]).value, source=""),
            _in_month(int(line["Tháng"]), line["Thực hiện"]),
            ILLUSTRATION,
        )
        for line in lines
        if line["Mã đơn vị"] == unit
    )


def _unit_file(
    code: str, name: str, parent: Mapping[str, InfoValue], targets: tuple[TargetRow, ...]
) -> Contents:
    info = {
        **{key: parent[key] for key in ("year", "period", "prepared_on")},
        "unit_code": code,
        "unit_name": name,
        "level": _THON,
        "parent_code": parent["unit_code"],
        "parent_name": parent["unit_name"],
        "preparer_title": "Trưởng thôn",
    }
    return Contents(info, targets)


def _info(locality: CsvLine) -> dict[str, InfoValue]:
    """The fields of Thông tin that the list of localities states."""
    values: dict[str, InfoValue] = {}
    for column in INFO.fields:
        text = locality.get(column.header, "")
        if text:
            date = date_of(text) if column.kind is Kind.DATE else None
            values[column.name] = date or (int(text) if column.name == "year" else text)
    return values


def _in_month(month: int, typed: str) -> tuple[TypedValue, ...]:
    """The twelve month cells with one of them filled: a number, or words as written."""
    months = list(NO_MONTHS)
    months[month - 1] = _typed(typed)
    return tuple(months)


def _file_name(info: Mapping[str, InfoValue]) -> str:
    return f"DV_{info['unit_code']}_{info['year']}.xlsx"


def _read(name: str) -> Iterator[CsvLine]:
    with (_DATA / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
