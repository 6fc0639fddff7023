"""What the command line prints: a table for people, one JSON object for programs."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.consolidation.unit_reports import UnitReport
from danvan_xl.reading.entries import Entry, plain_entry
from danvan_xl.reading.records import FURTHER_UNIT_COLUMNS
from danvan_xl.report.as_json import issue_as_json
from danvan_xl.report.compose import what_was_done
from danvan_xl.report.remarks import completion_text
from danvan_xl.report.submissions import rates_of
from danvan_xl.report.tables import CellsOf, Page, Report, Table, TableRow
from danvan_xl.report.totals import by_field, coverage
from danvan_xl.report.tracking import listed_counts, tracked_registers
from danvan_xl.rollup.lines import SummaryLine
from danvan_xl.rollup.rating import shown
from danvan_xl.schema.columns import Column
from danvan_xl.schema.indicators import FURTHER_COLUMNS
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Code, Severity
from danvan_xl.schema.output_sheets import TOTALS, TRACKING
from danvan_xl.screens.sheets_as_json import (
    cell_as_json,
    number_as_json,
    registers_as_json,
    sheets_as_json,
)
from danvan_xl.screens.terminal import render_page, render_table
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.vietnamese.text import match_key

if TYPE_CHECKING:
    from danvan_xl.consolidation.one_workbook import CheckedFiles

_SHOWN_OF_A_CODE = 3
_USUAL_WIDTH = 120


def render_summary(result: Consolidation, report: Report, output: Path, width: int = 0) -> str:
    """The summary as text: pages, every indicator, what is behind, the findings, the file.

    `width` is that of the screen (0: ask the terminal).
    """
    width = width or get_terminal_size((_USUAL_WIDTH, 0)).columns
    worth = [item for item in result.issues if item.severity is not Severity.NOTE]
    pages = [item for item in report.sheets if isinstance(item, Page)]
    parts = [
        *(f"{render_page(page, width)}\n" for page in pages),
        render_table(_on_screen(result), width),
        *(["", *findings_listed(worth)] if worth else []),
        "",
        *_from_registers(result),
        *([rates_of(result)] if result.punctuality else []),
        what_was_done(result),
        f"Kết quả: {output}",
    ]
    return "\n".join(parts)


def _from_registers(result: Consolidation) -> list[str]:
    """One line on what the registers list: overdue, missed, in the way."""
    counts = [f"{title} {count}" for title, count in listed_counts(result.tracking)]
    title = TRACKING.title
    return [f"{title}: {'; '.join(counts)} (xem trang {title})."] if counts else []


SCREEN_COLUMNS = (
    TOTALS["code"],
    TOTALS["indicator"],
    TOTALS["measure"],
    TOTALS["actual"],
    Column("completion", "Tỷ lệ (thực hiện/kế hoạch)"),
    TOTALS["rating"],
    TOTALS["reported"],
)
_cells = CellsOf(SCREEN_COLUMNS)


def _on_screen(result: Consolidation) -> Table:
    """The indicators in the few columns a screen has room for."""
    rows: list[TableRow] = []
    for name, lines in by_field(result):
        rows.append(_cells.heading(indicator=name))
        rows += map(_line_on_screen, lines)
    return Table(TOTALS, SCREEN_COLUMNS, tuple(rows))


def _line_on_screen(line: SummaryLine) -> TableRow:
    return TableRow(
        _cells(
            code=line.definition.code,
            indicator=line.definition.indicator,
            measure=line.definition.measure,
            actual=f"{line.bound}{_figure(line.actual)}" if line.bound else line.actual,
            completion=completion_text(line),
            rating=line.rating,
            reported=coverage(line),
        )
    )


def _figure(value: Decimal | None) -> str:
    return "" if value is None else vietnamese_number(value)


def render_checked(checked: "CheckedFiles") -> str:
    """The findings file by file, with a closing count."""
    lines: list[str] = []
    for file in checked.files:
        name = f"{file.file} ({file.unit_name})" if file.unit_name else file.file
        worth = [item for item in file.issues if item.severity is not Severity.NOTE]
        lines.append(f"{name}: {_counts(file.issues)}")
        lines += [f"  {line}" for line in findings_listed(worth)]
    lines += findings_listed(checked.others)
    lines.append(f"Đã kiểm tra {len(checked.files)} sổ: {_counts(checked.issues)}.")
    return "\n".join(lines)


def result_as_json(result: Consolidation, report: Report, output: Path) -> dict[str, object]:
    """The result for other programs; shares are exact to 4 decimals, figures are numbers.

    `sheets` are those of the report that have no name of their own here.
    """
    info = result.book.info
    return {
        "message": what_was_done(result),
        "output": str(output),
        "unit_code": info.unit_code,
        "unit_name": info.unit_name,
        "year": info.year,
        "period": result.period.label,
        "month": result.period.month,
        "reported": result.reported,
        "expected": len(result.units),
        "last_year": _last_year_as_json(result),
        "indicators": [_line_as_json(line) for line in result.lines.values()],
        "years": [
            {"year": year, "indicators": [_line_as_json(line) for line in lines.values()]}
            for year, lines in result.by_year.items()
        ],
        "units": [_unit_as_json(unit, result) for unit in result.units],
        "registers": registers_as_json(tracked_registers(result.tracking)),
        "sheets": sheets_as_json(report),
        "issues": [issue_as_json(item) for item in result.issues],
    }


def _last_year_as_json(result: Consolidation) -> dict[str, object] | None:
    found = result.last_year
    if found is None:
        return None
    return {"year": found.year, "folder": found.folder, "files": found.file_count}


def checked_as_json(checked: "CheckedFiles") -> dict[str, object]:
    """The findings for other programs, file by file."""
    files = [
        {
            "file": file.file,
            "unit_name": file.unit_name,
            "issues": [issue_as_json(item) for item in file.issues],
        }
        for file in checked.files
    ]
    return {"files": files, "others": [issue_as_json(item) for item in checked.others]}


def _line_as_json(line: SummaryLine) -> dict[str, object]:
    definition = line.definition
    return {
        "code": definition.code,
        "work_field": definition.work_field,
        "indicator": definition.indicator,
        "measure": definition.measure,
        "last_year": number_as_json(line.last_year),
        "plan": number_as_json(line.plan),
        "actual": number_as_json(line.actual),
        "is_estimate": bool(line.bound),
        "completion": number_as_json(shown(line.completion)),
        "completion_text": completion_text(line),
        "rating": line.rating.value,
        "reported": line.reported,
        "expected": line.expected,
        "coverage": [item._asdict() for item in line.parts.coverage],
        "unmet": [item.unit_name for item in line.unmet],
        "missing": [unit.name for unit in line.missing],
        **_further_as_json(FURTHER_COLUMNS, line.further),
    }


def _further_as_json(columns: Iterable[Column], further: Mapping[str, Entry]) -> dict[str, object]:
    """What stands in columns that no rule knows by name, null where nothing does."""
    return {c.name: cell_as_json(plain_entry(further.get(c.name))) for c in columns}


def _unit_as_json(report: UnitReport, result: Consolidation) -> dict[str, object]:
    submission = report.submission
    over_year = result.punctuality.get(match_key(report.unit.code))
    return {
        "code": report.unit.code,
        "unit_name": report.unit.name,
        "status": report.status.value,
        "file": submission.file if submission else "",
        "sheet": submission.sheet if submission else "",
        "error_count": report.count(Severity.ERROR),
        "warning_count": report.count(Severity.WARNING),
        **(over_year._asdict() if over_year else {}),
        **_further_as_json(FURTHER_UNIT_COLUMNS, report.unit.further),
    }


def findings_listed(issues: Sequence[Issue]) -> list[str]:
    """Findings one a line, each with its place and remedy, the first few of each kind."""
    lines = []
    of_code: dict[Code, list[Issue]] = {}
    for item in issues:
        of_code.setdefault(item.code, []).append(item)
    for code, items in of_code.items():
        for item in items[:_SHOWN_OF_A_CODE]:
            place = f"{item.place}: " if str(item.place) else ""
            lines.append(
                f"{code.severity.value} {code.label}: {place}{item.message} → {item.remedy}"
            )
        if (rest := len(items) - _SHOWN_OF_A_CODE) > 0:
            lines.append(f"  … và {rest} chỗ nữa cùng loại {code.label}.")
    return lines


def _counts(issues: Sequence[Issue]) -> str:
    counts = dict.fromkeys(Severity, 0)
    for item in issues:
        counts[item.severity] += 1
    return ", ".join(f"{count} {severity.value.lower()}" for severity, count in counts.items())
