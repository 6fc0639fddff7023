"""The result as pandas tables, for those who work in notebooks. Importing this imports pandas."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

import pandas as pd

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.consolidation.unit_reports import UnitReport
from danvan_xl.reading.entries import Entry, plain_entry
from danvan_xl.reading.records import FURTHER_UNIT_COLUMNS
from danvan_xl.report.as_json import issue_as_json, plain_text
from danvan_xl.report.tables import Estimate, ReportCell, Share
from danvan_xl.report.tracking import tracked_registers
from danvan_xl.rollup.tally import UnitFigure
from danvan_xl.schema.columns import FIGURE_KINDS, Column, Kind
from danvan_xl.schema.indicators import FURTHER_COLUMNS
from danvan_xl.schema.messages import Severity
from danvan_xl.vietnamese.text import match_key


def totals_frame(result: Consolidation) -> pd.DataFrame:
    """One row per indicator, indexed by code; no figure is NaN, a share of 1 is 100 %."""
    rows = (
        {
            "code": line.definition.code,
            "work_field": line.definition.work_field,
            "indicator": line.definition.indicator,
            "measure": line.measure,
            "last_year": _float(line.last_year),
            "plan": _float(line.plan),
            "plan_kind": line.edge.kind.value,
            "actual": _float(line.actual),
            "completion": _float(line.completion),
            "rating": line.rating.value,
            "reported": line.reported,
            "expected": line.expected,
            "is_typed": line.is_typed,
            "units_total": _float(line.units_total),
            **_further(FURTHER_COLUMNS, line.further),
        }
        for line in result.lines.values()
    )
    return _frame(rows, TOTALS_COLUMNS).set_index("code")


def units_frame(result: Consolidation) -> pd.DataFrame:
    """One row per unit and indicator that the unit brought, indexed by both codes."""
    rows = (
        {
            "unit_code": report.unit.code,
            "unit_name": report.unit.name,
            "code": result.lines[key].definition.code,
            **_figure(figure),
            **_further(_SENT_COLUMNS, figure.further),
        }
        for report in result.units
        for key, figure in report.figures.items()
        if key in result.lines
    )
    return _frame(rows, UNITS_COLUMNS).set_index(["unit_code", "code"])


def submissions_frame(result: Consolidation) -> pd.DataFrame:
    """One row per expected unit with the state of its report, indexed by unit code."""
    rows = (
        {
            "unit_code": report.unit.code,
            "unit_name": report.unit.name,
            "status": report.status.value,
            "file": report.submission.file if report.submission else "",
            "prepared_on": report.submission.prepared_on if report.submission else None,
            "error_count": report.count(Severity.ERROR),
            "warning_count": report.count(Severity.WARNING),
            **_over_year(report, result),
            **_further(FURTHER_UNIT_COLUMNS, report.unit.further),
        }
        for report in result.units
    )
    return _frame(rows, SUBMISSIONS_COLUMNS).set_index("unit_code")


def _over_year(report: UnitReport, result: Consolidation) -> dict[str, object]:
    """How regularly a unit reports; missing where files are not filed by period."""
    found = result.punctuality.get(match_key(report.unit.code))
    if found is None:
        return dict.fromkeys(_OVER_YEAR)
    return dict(zip(_OVER_YEAR, found, strict=True))


def issues_frame(result: Consolidation) -> pd.DataFrame:
    """One row per finding, worst first."""
    rows = map(issue_as_json, result.issues)
    return _frame(rows, ISSUES_COLUMNS)


def sources_frame(result: Consolidation) -> pd.DataFrame:
    """One row per addend of every total, with the cells it was read from."""
    rows = (
        {
            "code": code,
            "unit_name": term.unit_name,
            "period": term.period,
            "value": _float(term.value),
            "file": term.file,
            "sheet": term.sheet,
            "cells": term.cells,
            "sha256": term.sha256,
        }
        for code, term in result.terms()
    )
    return _frame(rows, SOURCES_COLUMNS)


_TEXT, _NUMBER, _COUNT, _DAY = "string", "float64", "int64", "datetime64[s]"
# Of what units write in columns that no rule knows by name, that which goes up.
_SENT_COLUMNS = tuple(column for column in FURTHER_COLUMNS if column.goes_up)


def _types(columns: Iterable[Column]) -> dict[str, str]:
    """The types of columns that no rule knows by name, each by its kind."""
    of_kind = dict.fromkeys(FIGURE_KINDS, _NUMBER) | {Kind.DATE: _DAY}
    return {column.name: of_kind.get(column.kind, _TEXT) for column in columns}


TOTALS_COLUMNS = {
    "code": _TEXT,
    "work_field": _TEXT,
    "indicator": _TEXT,
    "measure": _TEXT,
    "last_year": _NUMBER,
    "plan": _NUMBER,
    "plan_kind": _TEXT,
    "actual": _NUMBER,
    "completion": _NUMBER,
    "rating": _TEXT,
    "reported": _COUNT,
    "expected": _COUNT,
    "is_typed": "bool",
    "units_total": _NUMBER,
    **_types(FURTHER_COLUMNS),
}
UNITS_COLUMNS = {
    "unit_code": _TEXT,
    "unit_name": _TEXT,
    "code": _TEXT,
    "plan": _NUMBER,
    "plan_kind": _TEXT,
    "actual": _NUMBER,
    "completion": _NUMBER,
    "rating": _TEXT,
    "not_applicable": "bool",
    **_types(_SENT_COLUMNS),
}
_OVER_YEAR = ("periods_expected", "periods_submitted", "periods_on_time")
SUBMISSIONS_COLUMNS = {
    "unit_code": _TEXT,
    "unit_name": _TEXT,
    "status": _TEXT,
    "file": _TEXT,
    "prepared_on": _DAY,
    "error_count": _COUNT,
    "warning_count": _COUNT,
    **dict.fromkeys(_OVER_YEAR, _NUMBER),
    **_types(FURTHER_UNIT_COLUMNS),
}
ISSUES_COLUMNS = dict.fromkeys(
    ("severity", "code", "unit_name", "file", "sheet", "cell", "message", "remedy"), _TEXT
)
REGISTERS_COLUMNS = {
    "register": _TEXT,
    "table": _TEXT,
    "group": _TEXT,
    "measure": _TEXT,
    "value": _NUMBER,
    "text": _TEXT,
}
SOURCES_COLUMNS = {
    "code": _TEXT,
    "unit_name": _TEXT,
    "period": _TEXT,
    "value": _NUMBER,
    "file": _TEXT,
    "sheet": _TEXT,
    "cells": _TEXT,
    "sha256": _TEXT,
}


def registers_frame(result: Consolidation) -> pd.DataFrame:
    """One row per figure of sheet Sổ theo dõi; lists of rows have one row per cell.

    `group` names the row of the table, `value` is NaN where a cell is no number, `text` says what
    is printed ("≥ 30", a day, words).
    """
    rows = (
        {
            "register": register.title,
            "table": table.title,
            "group": " · ".join(filter(None, map(plain_text, row.cells[: table.group_width]))),
            "measure": column.header,
            "value": _number_of(cell),
            "text": plain_text(cell),
        }
        for register in tracked_registers(result.tracking)
        for table in register.tables
        for row in table.rows
        for column, cell in list(zip(table.columns, row.cells, strict=True))[table.group_width :]
    )
    return _frame(rows, REGISTERS_COLUMNS)


def _number_of(cell: ReportCell) -> float:
    value = cell.value if isinstance(cell, Share | Estimate) else cell
    return float(value) if isinstance(value, Decimal | int) else float("nan")


def _frame(rows: Iterable[Mapping[str, object]], types: dict[str, str]) -> pd.DataFrame:
    """Typed columns, also when there is no row."""
    return pd.DataFrame(list(rows), columns=list(types)).astype(types)


def _figure(figure: UnitFigure) -> dict[str, object]:
    return {
        "plan": _float(figure.plan),
        "plan_kind": figure.edge.kind.value,
        "actual": _float(figure.actual),
        "completion": _float(figure.completion),
        "rating": figure.rating.value,
        "not_applicable": figure.not_applicable,
    }


def _further(columns: Iterable[Column], further: Mapping[str, Entry]) -> dict[str, object]:
    """What stands in columns that no rule knows by name: a figure as a float."""
    entries = {column.name: plain_entry(further.get(column.name)) for column in columns}
    return {
        name: float(entry) if isinstance(entry, Decimal) else entry
        for name, entry in entries.items()
    }


def _float(value: Decimal | None) -> float:
    return float("nan") if value is None else float(value)
