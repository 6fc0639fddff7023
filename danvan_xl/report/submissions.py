"""Sheet Tình hình nộp: the state of every expected unit's report."""

from decimal import Decimal

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.consolidation.unit_reports import UnitReport
from danvan_xl.report.further import SHOWN_OF_UNITS, further_cells
from danvan_xl.report.material import Material
from danvan_xl.report.tables import CellsOf, Locate, PlaceLink, ReportCell, Table, TableRow
from danvan_xl.rollup.rating import shown
from danvan_xl.schema.messages import Severity
from danvan_xl.schema.output_sheets import SUBMISSIONS, YEAR_COLUMNS
from danvan_xl.vietnamese.printed import show_share
from danvan_xl.vietnamese.text import match_key

_WHEN_EMPTY = "Sổ không có đơn vị trực thuộc."


def submission_table(material: Material) -> Table:
    """The units; with the year's reporting where files are filed by period."""
    result = material.result
    is_over_year = bool(result.punctuality)
    over_year = YEAR_COLUMNS if is_over_year else ()
    columns = (*SUBMISSIONS.columns, *over_year, *SHOWN_OF_UNITS)
    cells = CellsOf(columns)
    rows = (
        cells(
            **_state(number, report, material.locate),
            **_over_the_year(report, result),
            **further_cells(SHOWN_OF_UNITS, report.unit.further),
        )
        for number, report in enumerate(result.units, start=1)
    )
    return Table(
        sheet=SUBMISSIONS,
        columns=columns,
        rows=tuple(map(TableRow, rows)),
        when_empty=_WHEN_EMPTY,
        notes=(rates_of(result),) if is_over_year else (),
    )


def _state(number: int, report: UnitReport, locate: Locate) -> dict[str, ReportCell]:
    """What is known of a unit's report, by column."""
    submission = report.submission
    return {
        "number": number,
        "code": report.unit.code,
        "unit_name": report.unit.name,
        "status": report.status.value,
        "file": _submitted_file(report, locate),
        "prepared_on": submission.prepared_on if submission else None,
        "error_count": report.count(Severity.ERROR) if submission else None,
        "warning_count": report.count(Severity.WARNING) if submission else None,
    }


def _over_the_year(report: UnitReport, result: Consolidation) -> dict[str, ReportCell]:
    """How regularly a unit reports, by column; nothing where that is not known."""
    if not result.punctuality:
        return {}
    found = result.punctuality[match_key(report.unit.code)]
    is_known = found.on_time is not None and found.submitted
    return {
        "submitted": f"{found.submitted}/{found.expected}",
        "on_time": f"{found.on_time}/{found.submitted}" if is_known else "",
    }


def rates_of(result: Consolidation) -> str:
    """The share of reports handed in over the year, and on time, in one sentence."""
    found = result.punctuality.values()
    expected = sum(item.expected for item in found)
    submitted = sum(item.submitted for item in found)
    told = f"Trong năm đã nộp {_part_of(submitted, expected)} lượt báo cáo"
    if all(item.on_time is not None for item in found):
        on_time = sum(item.on_time or 0 for item in found)
        told += f"; nộp đúng hạn {_part_of(on_time, submitted)} lượt đã nộp"
    return f"{told}."


def _part_of(part: int, whole: int) -> str:
    """The text "22/24 (91,67%)"."""
    share = shown(Decimal(part) / whole) if whole else None
    return f"{part}/{whole}" + (f" ({show_share(share)})" if share is not None else "")


def _submitted_file(report: UnitReport, locate: Locate) -> ReportCell:
    submission = report.submission
    if submission is None:
        return ""
    text = f"{submission.file} ({submission.sheet})" if submission.sheet else submission.file
    return PlaceLink(text, locate(submission.file), submission.sheet)
