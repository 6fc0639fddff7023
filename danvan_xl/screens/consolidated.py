"""What the command line prints of what was consolidated or checked, for people."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.reading.sendings import Checked, SealCheck
from danvan_xl.report.compose import what_was_done
from danvan_xl.report.remarks import completion_text
from danvan_xl.report.submissions import rates_of
from danvan_xl.report.tables import CellsOf, Page, Report, Table, TableRow
from danvan_xl.report.totals import by_field, coverage
from danvan_xl.report.tracking import listed_counts
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.schema.columns import Column
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Severity
from danvan_xl.schema.output_sheets import TOTALS, TRACKING
from danvan_xl.screens.findings import findings_listed, findings_shown
from danvan_xl.screens.terminal import render_page, render_table
from danvan_xl.vietnamese.printed import vietnamese_number

if TYPE_CHECKING:
    from danvan_xl.consolidation.one_workbook import CheckedFiles

_USUAL_WIDTH = 120


def render_summary(
    result: Consolidation, report: Report, output: Path, width: int = 0, *, in_full: bool = False
) -> str:
    """The summary as text: pages, every indicator, what is behind, the findings, the file.

    `width` is that of the screen (0: ask the terminal); `in_full` has a line for each finding.
    """
    width = width or get_terminal_size((_USUAL_WIDTH, 0)).columns
    found = findings_shown(result.issues, in_full=in_full)
    pages = [item for item in report.sheets if isinstance(item, Page)]
    parts = [
        *(f"{render_page(page, width)}\n" for page in pages),
        render_table(_on_screen(result), width),
        *(["", *found] if found else []),
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
    Column("completion", "Tỷ lệ (Giảm: KH/TH)"),
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
            measure=line.measure,
            actual=f"{line.bound}{_figure(line.actual)}" if line.bound else line.actual,
            completion=completion_text(line),
            rating=line.rating,
            reported=coverage(line),
        )
    )


def _figure(value: Decimal | None) -> str:
    return "" if value is None else vietnamese_number(value)


def render_checked(checked: "CheckedFiles", *, in_full: bool = False) -> str:
    """How many findings each file has, the findings of all, and a closing count.

    `in_full` tells each file's findings under its name.
    """
    lines: list[str] = []
    for file in checked.files:
        name = f"{file.file} ({file.unit_name})" if file.unit_name else file.file
        lines.append(f"{name}: {_counts(file.issues)}")
        if file.seal is not None:
            lines.append(f"  {_seal_line(file.seal)}")
        if in_full:
            lines += [f"  {line}" for line in findings_listed(file.issues)]
    lines += findings_shown(checked.others if in_full else checked.issues, in_full=in_full)
    above = checked.above
    against = f" so với {above.path.name}, kỳ {above.scope.period_label}" if above else ""
    lines.append(f"Đã kiểm tra {len(checked.files)} sổ{against}: {_counts(checked.issues)}.")
    return "\n".join(lines)


def _seal_line(check: SealCheck) -> str:
    """What the seal and the signature of a sending come to, and what that does not tell."""
    signed = f"chữ ký {check.signature.value}"
    if check.known_as:
        signed += f", bằng khóa của {check.known_as}"
    elif check.signature is Checked.RIGHT:
        signed += " với khóa trong tệp, chưa so với trang Đơn vị (thêm --so)"
    elif check.signature is Checked.NONE:
        signed += " nên không biết chắc ai lập"
    return f"Dấu {check.seal.value}; {signed}."


def _counts(issues: Sequence[Issue]) -> str:
    counts = dict.fromkeys(Severity, 0)
    for item in issues:
        counts[item.severity] += 1
    return ", ".join(f"{count} {severity.value.lower()}" for severity, count in counts.items())
