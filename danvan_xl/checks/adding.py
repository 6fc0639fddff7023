"""What does not add: choices its words have made, and totals that are not made for it."""

from collections.abc import Iterator, Mapping

from danvan_xl.reading.records import TargetSheet
from danvan_xl.reading.unread_cells import measure_said
from danvan_xl.rollup.ratios import ratio_source
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.schema.defaults import defaults_told
from danvan_xl.schema.indicators import DefaultedRow
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import MonthRule, UnitRule
from danvan_xl.schema.sheets import TARGETS
from danvan_xl.vietnamese.privacy import Ours
from danvan_xl.vietnamese.text import match_key


def choices_by_name(sheet: TargetSheet) -> Iterator[Issue]:
    """One finding a kind on all rows whose blank choices follow from their words."""
    targets = {target.row: target for target in sheet.targets if target.left_blank}
    rows = [
        DefaultedRow(row, target.indicator, target.left_blank) for row, target in targets.items()
    ]
    for told in defaults_told(rows):
        first = targets[told.first.number]
        cell = sheet.cell(told.column, first) or sheet.cell("indicator", first)
        yield issue(told.code, sheet.at(cell), rows=told.rows)


def what_does_not_add(lines: Mapping[str, SummaryLine], sheet: TargetSheet) -> Iterator[Issue]:
    """Where Cộng is chosen for what does not add: once a row of the consolidating workbook."""
    for target in sheet.targets:
        line = lines.get(match_key(target.indicator.code))
        if line is None or not _is_asked(line):
            continue
        columns = [name for name in ("month_rule", "unit_rule") if _sums(line, name)]
        refused = {name: said for name in columns if (said := _refused(line, name))}
        if not refused and not _has_figure(line, columns):
            continue
        named = list(refused) or columns
        cell = sheet.cell(named[0], target) or sheet.cell("indicator", target)
        values = {
            "code": Ours(line.definition.code),
            "measure": measure_said(line.definition.measure),
            "fields": Ours(", ".join(TARGETS[name].header for name in named)),
        }
        if refused:
            found = Ours("; ".join(refused.values()))
            yield issue(Code.DOES_NOT_ADD, sheet.at(cell), **values, found=found)
        else:
            yield issue(Code.ONE_FIGURE_TAKEN, sheet.at(cell), **values)


def _is_asked(line: SummaryLine) -> bool:
    """Whether a line is of what does not add, and not worked out from its parts."""
    is_worked_out = line.actual is not None and ratio_source(line.definition) is not None
    return not line.definition.adds and not is_worked_out


def _sums(line: SummaryLine, column: str) -> bool:
    sums = MonthRule.SUM if column == "month_rule" else UnitRule.SUM
    return bool(line.definition.said(column) == sums)


def _refused(line: SummaryLine, column: str) -> str:
    """What would have been added, "" where there is nothing to add."""
    added = line.addends
    if column == "unit_rule":
        return f"số của {added.units} đơn vị" if added.units > 1 else ""
    own = f"số của {added.months} tháng" if added.months else ""
    units = f"các tháng của {added.units_by_month} đơn vị" if added.units_by_month else ""
    return ", ".join(filter(None, (own, units)))


def _has_figure(line: SummaryLine, columns: list[str]) -> bool:
    """Whether there is a figure that Cộng took as the only one."""
    if "month_rule" in columns and line.actual is not None:
        return True
    return bool(columns) and line.addends.units > 0
