"""What was consolidated or checked, for other programs: one JSON object."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.consolidation.unit_reports import UnitReport
from danvan_xl.reading.entries import Entry, plain_entry
from danvan_xl.reading.records import FURTHER_UNIT_COLUMNS
from danvan_xl.reading.sendings import NO_SENDING, SealCheck
from danvan_xl.report.as_json import issue_as_json
from danvan_xl.report.compose import what_was_done
from danvan_xl.report.remarks import completion_text
from danvan_xl.report.tables import Report
from danvan_xl.report.tracking import tracked_registers
from danvan_xl.rollup.achieved import count_unmet
from danvan_xl.rollup.rating import shown
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.schema.columns import Column
from danvan_xl.schema.indicators import FURTHER_COLUMNS
from danvan_xl.schema.messages import Severity
from danvan_xl.screens.sheets_as_json import (
    cell_as_json,
    number_as_json,
    registers_as_json,
    sheets_as_json,
)
from danvan_xl.vietnamese.text import match_key

if TYPE_CHECKING:
    from danvan_xl.consolidation.one_workbook import CheckedFiles


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
        "unmet": count_unmet(line.rating for line in result.lines.values())._asdict(),
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
            **_seal_as_json(file.seal or NO_SENDING),
            "issues": [issue_as_json(item) for item in file.issues],
        }
        for file in checked.files
    ]
    return {"files": files, "others": [issue_as_json(item) for item in checked.others]}


def _seal_as_json(check: SealCheck) -> dict[str, str]:
    return {
        "seal": check.seal.value,
        "signature": check.signature.value,
        "signed_by": check.known_as,
    }


def _line_as_json(line: SummaryLine) -> dict[str, object]:
    definition = line.definition
    return {
        "code": definition.code,
        "work_field": definition.work_field,
        "indicator": definition.indicator,
        "measure": line.measure,
        "last_year": number_as_json(line.last_year),
        "same_period": None,
        "plan": number_as_json(line.plan),
        "plan_kind": line.edge.kind.value,
        "actual": number_as_json(line.actual),
        "is_estimate": bool(line.bound),
        "completion": number_as_json(shown(line.completion)),
        "completion_text": completion_text(line),
        "period_growth": None,
        "rating": line.rating.value,
        "forecast": None,
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
        "unmet": report.unmet_counts._asdict(),
        **(over_year._asdict() if over_year else {}),
        **_further_as_json(FURTHER_UNIT_COLUMNS, report.unit.further),
    }
