"""From a consolidation to the neutral report that every writer renders."""

import datetime as dt
from collections.abc import Callable, Mapping

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.report.by_unit import by_unit_table
from danvan_xl.report.by_year import by_year_table
from danvan_xl.report.charts import chart_sheet
from danvan_xl.report.heading import report_heading
from danvan_xl.report.issues import issue_table
from danvan_xl.report.material import Material
from danvan_xl.report.sources import source_table
from danvan_xl.report.submissions import submission_table
from danvan_xl.report.tables import Locate, Report, ReportSheet
from danvan_xl.report.totals import totals_table
from danvan_xl.report.tracking import tracking_sheet
from danvan_xl.report.unmet import unmet_table
from danvan_xl.rollup.achieved import count_unmet
from danvan_xl.schema.messages import Severity
from danvan_xl.schema.output_sheets import (
    BY_UNIT,
    BY_YEAR,
    CHARTS,
    ISSUES,
    OUTPUT_SHEETS,
    SOURCES,
    SUBMISSIONS,
    TOTALS,
    TRACKING,
    UNMET,
    OutputSheet,
)

# What makes each sheet; None where this report has none. Their order is that of OUTPUT_SHEETS.
MAKERS: Mapping[OutputSheet, Callable[[Material], ReportSheet | None]] = {
    TOTALS: totals_table,
    UNMET: unmet_table,
    BY_UNIT: by_unit_table,
    BY_YEAR: by_year_table,
    SUBMISSIONS: submission_table,
    ISSUES: issue_table,
    SOURCES: source_table,
    TRACKING: tracking_sheet,
    CHARTS: chart_sheet,
}
_TITLE = "TỔNG HỢP KẾT QUẢ THỰC HIỆN CHỈ TIÊU"


def compose(result: Consolidation, locate: Locate = str, stem: str = "") -> Report:
    """The report of a consolidation: every output sheet, one closing sentence.

    What `locate` and `stem` are is told of Material.
    """
    material = Material(result, locate, stem)
    made = (MAKERS[sheet](material) for sheet in OUTPUT_SHEETS)
    return Report(
        heading=report_heading(result),
        title=_TITLE,
        sheets=tuple(item for item in made if item is not None),
        message=what_was_done(result),
        created=_created(result),
    )


def what_was_done(result: Consolidation) -> str:
    """What was done in one sentence: units, indicators not reached, errors."""
    unmet = str(count_unmet(line.rating for line in result.lines.values()))
    done = f"{len(result.lines)} chỉ tiêu: {unmet or '0 chưa đạt'}"
    if result.units:
        unmet = f"chỉ tiêu: {unmet}" if unmet else "0 chỉ tiêu chưa đạt"
        done = f"{result.reported}/{len(result.units)} đơn vị; {unmet}"
    errors = sum(item.severity is Severity.ERROR for item in result.issues)
    return f"Đã tổng hợp {done}; {errors} lỗi số liệu."


def _created(result: Consolidation) -> dt.datetime:
    """The date stamped into the file: that of the figures, so that a rerun is identical."""
    date = result.book.info.prepared_on or dt.date(result.book.info.year or 2000, 1, 1)
    return dt.datetime(date.year, date.month, date.day)  # a day without a clock
