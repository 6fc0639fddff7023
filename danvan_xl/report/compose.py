"""From a consolidation to the neutral report that every writer renders."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.consolidation.unit_reports import UnitReport
from danvan_xl.report.csv_text import csv_lines
from danvan_xl.report.further import SHOWN_OF_TARGETS, further_cells
from danvan_xl.report.long_tables import (
    ROOM_FOR_ISSUES,
    ROOM_FOR_SOURCES,
    ROOM_FOR_UNITS,
    cut,
    first,
    shown_terms,
)
from danvan_xl.report.remarks import last_year_notes, remarks_on
from danvan_xl.report.source_lines import SourceLines
from danvan_xl.report.submissions import submission_table
from danvan_xl.report.tables import (
    Cells,
    Chart,
    Comparison,
    Heading,
    Link,
    Locate,
    PlaceLink,
    Report,
    ReportCell,
    Share,
    Table,
    TableRow,
)
from danvan_xl.report.tracking import tracked_registers
from danvan_xl.report.unmet import named_units, unmet_table, unmet_worst_first
from danvan_xl.rollup.lines import SummaryLine
from danvan_xl.rollup.packed_figures import share_texts_of, shares_of
from danvan_xl.rollup.rating import Rating, shown
from danvan_xl.schema.columns import WORK_FIELDS, Column, Kind
from danvan_xl.schema.issues import Place
from danvan_xl.schema.messages import Severity
from danvan_xl.schema.options import Direction
from danvan_xl.schema.sheets import BY_UNIT, BY_YEAR, ISSUES, SOURCES, TOTALS
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.vietnamese.text import tidy

ROMAN = ("I", "II", "III", "IV", "V")
_NO_FIELD = "Chưa xếp lĩnh vực"
_CHARTED_UNITS = 15
# A longer list is searched and filtered, not clicked through; links would double its size.
_LINKED_SOURCES = 2_000
_LOCALITY_LEVELS = ("xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "tỉnh", "thôn")
_ROUNDING_NOTE = (
    "Tỷ lệ làm tròn đến 2 chữ số thập phân; ngoặc đơn ghi thực hiện/kế hoạch. "
    "Báo cáo: số đơn vị có số liệu/số đơn vị phải báo cáo."
)


def compose(result: Consolidation, locate: Locate = str, stem: str = "") -> Report:
    """The report of a consolidation: every output sheet, the charts, one closing sentence.

    `locate` turns the name of a read file into the path a link in the report has to use. `stem` is
    what the summary file is called, without its ending: what is too long for a sheet stands whole
    in a file beside it; "" for none.
    """
    sources = _sources(result, locate, stem)
    first_rows = _first_rows(sources)
    unmet = unmet_worst_first(result)
    tables = (
        _totals(result, first_rows, named_units(unmet)),
        unmet_table(unmet, stem),
        _by_unit(result, stem),
        *_by_year(result),
        submission_table(result, locate),
        _issues(result, locate, stem),
        sources,
    )
    return Report(
        heading=_heading(result),
        tables=tables,
        charts=_charts(result),
        message=what_was_done(result),
        created=_created(result),
        registers=tracked_registers(result.tracking, locate),
    )


def what_was_done(result: Consolidation) -> str:
    """What was done in one sentence: units, indicators not reached, errors."""
    behind = sum(line.rating.is_unmet for line in result.lines.values())
    errors = sum(item.severity is Severity.ERROR for item in result.issues)
    done = f"Đã tổng hợp {len(result.lines)} chỉ tiêu"
    if result.units:
        done = f"Đã tổng hợp {result.reported}/{len(result.units)} đơn vị"
    return f"{done}; {behind} chỉ tiêu chưa đạt; {errors} lỗi số liệu."


def by_field(result: Consolidation) -> Iterator[tuple[str, list[SummaryLine]]]:
    """Each work field that has indicators, with its lines in order."""
    for name in (*WORK_FIELDS, ""):
        lines = [line for line in result.lines.values() if line.definition.work_field == name]
        if lines:
            yield name or _NO_FIELD, lines


def _heading(result: Consolidation) -> Heading:
    info = result.book.info
    year = f" năm {info.year}" if info.year and not result.by_year else ""
    label = result.period.label
    period = f"Kỳ báo cáo: {label}{year}" if label != "Năm" else f"Kỳ báo cáo: cả{year or ' năm'}"
    return Heading(
        parent_name=info.parent_name,
        unit_name=info.unit_name,
        locality=locality_of(info.unit_name),
        date=info.prepared_on,
        period_line=period,
        signer_title=info.preparer_title,
    )


def locality_of(unit_name: str) -> str:
    """The place name in a unit's name: "Xã Phổ Phong" → "Phổ Phong"."""
    words = tidy(unit_name)
    for level in _LOCALITY_LEVELS:
        if words.casefold().startswith(level + " "):
            return words[len(level) + 1 :]
    return ""


def _created(result: Consolidation) -> dt.datetime:
    """The date stamped into the file: that of the figures, so that a rerun is identical."""
    date = result.book.info.prepared_on or dt.date(result.book.info.year or 2000, 1, 1)
    return dt.datetime(date.year, date.month, date.day)  # a day without a clock


def _totals(
    result: Consolidation, first_rows: Mapping[str, int], named: Mapping[str, str]
) -> Table:
    rows: list[TableRow] = []
    columns = (*TOTALS.columns, *SHOWN_OF_TARGETS)
    width = len(columns)
    for position, (name, lines) in enumerate(by_field(result)):
        heading: list[ReportCell] = [ROMAN[position], "", name]
        rows.append(TableRow(tuple(heading + [""] * (width - 3)), is_heading=True))
        for number, line in enumerate(lines, start=1):
            units = named.get(line.definition.code, "")
            rows.append(TableRow(_total_cells(number, line, result, first_rows, units)))
    measure_line = "ĐVT: ghi ở từng dòng"
    notes = (_ROUNDING_NOTE, *last_year_notes(result))
    return Table(
        sheet=TOTALS,
        columns=columns,
        rows=tuple(rows),
        when_empty="",
        measure_line=measure_line,
        notes=notes,
    )


def _total_cells(
    number: int, line: SummaryLine, result: Consolidation, first_rows: Mapping[str, int], units: str
) -> Cells:
    definition = line.definition
    first = first_rows.get(definition.code)
    actual: ReportCell = line.actual
    if first is not None and line.actual is not None:
        actual = Link(line.actual, SOURCES.name, first)
    growth = None
    if line.actual is not None and line.last_year:
        growth = shown(line.actual / line.last_year)
    return (
        number,
        definition.code,
        definition.indicator,
        definition.measure,
        line.last_year,
        line.plan,
        actual,
        Share(shown(line.completion), direction=definition.direction),
        Share(growth, Comparison.LAST_YEAR),
        line.rating,
        f"{line.reported}/{line.expected}" if line.expected else "",
        units,
        remarks_on(line, result),
        *further_cells(SHOWN_OF_TARGETS, line.further),
    )


def _by_unit(result: Consolidation, stem: str) -> Table:
    lines = {
        key: line
        for key, line in result.lines.items()
        if line.expected or key in result.reported_keys
    }
    extra = tuple(
        Column(key, line.definition.code, Kind.SHARE, help=line.definition.indicator, width=6.5)
        for key, line in lines.items()
    )
    directions = {key: line.definition.direction for key, line in lines.items()}

    def rows() -> Iterator[Cells]:
        for number, report in enumerate(result.units, start=1):
            share_of = share_texts_of(report.figures).get
            yield *_unit_heads(number, report), *[share_of(key, "") for key in directions]

    shown_units = enumerate(_furthest_behind(result.units, stem), start=1)

    table = Table(
        BY_UNIT,
        (*BY_UNIT.columns, *extra),
        tuple(TableRow(_unit_cells(*numbered, directions)) for numbered in shown_units),
        "Sổ không có đơn vị trực thuộc.",
        "ĐVT: % kế hoạch năm",
    )
    which = ": những đơn vị có nhiều chỉ tiêu chưa đạt nhất"
    return cut(table, lambda: csv_lines(table.columns, rows()), len(result.units), stem, which)


def _by_year(result: Consolidation) -> Iterator[Table]:
    """The table of the single years, where there are several."""
    if not result.by_year:
        return
    rows = tuple(
        TableRow(
            (
                line.definition.code,
                line.definition.indicator,
                line.definition.measure,
                str(year),
                line.plan,
                line.actual,
                Share(shown(line.completion), direction=line.definition.direction),
                line.rating,
                f"{line.reported}/{line.expected}" if line.expected else "",
            )
        )
        for key in result.lines
        for year, line in ((year, lines[key]) for year, lines in result.by_year.items())
    )
    yield Table(BY_YEAR, BY_YEAR.columns, rows)


def _furthest_behind(units: Sequence[UnitReport], stem: str) -> Sequence[UnitReport]:
    """The units there is room for, in their own order: those with most behind."""
    room = ROOM_FOR_UNITS.rows(len(units), stem)
    ranked = sorted(range(len(units)), key=lambda position: (-units[position].unmet, position))
    return [units[position] for position in sorted(ranked[:room])]


def _unit_cells(number: int, report: UnitReport, directions: Mapping[str, Direction]) -> Cells:
    share_of = shares_of(report.figures).get
    return (
        *_unit_heads(number, report),
        *[
            Share(found[0], Comparison.PLAN, direction, found[1]) if found is not None else None
            for found, direction in zip(map(share_of, directions), directions.values(), strict=True)
        ],
    )


def _unit_heads(number: int, report: UnitReport) -> Cells:
    return number, report.unit.code, report.unit.name, report.met, report.unmet


def _issues(result: Consolidation, locate: Locate, stem: str) -> Table:
    def rows() -> Iterator[Cells]:
        for item in result.issues:
            yield (
                item.severity.value,
                item.unit_name,
                item.place.file,
                item.place.sheet,
                _place_link(item.place, locate),
                item.message,
                item.remedy,
                item.code.label,
            )

    empty = "Không có lỗi, không có cảnh báo."
    table = Table(
        ISSUES, ISSUES.columns, first(rows(), ROOM_FOR_ISSUES.rows(len(result.issues), stem)), empty
    )
    return cut(
        table, lambda: csv_lines(table.columns, rows()), len(result.issues), stem, ", lỗi trước"
    )


def _place_link(place: Place, locate: Locate) -> ReportCell:
    if not place.cell:
        return ""
    return PlaceLink(place.cell, locate(place.file), place.sheet, place.cell)


def _sources(result: Consolidation, locate: Locate, stem: str) -> Table:
    counts = [len(line.terms) for line in result.lines.values()]
    linked = sum(counts) <= _LINKED_SOURCES
    most = shown_terms(counts, ROOM_FOR_SOURCES, stem)

    def rows() -> Iterator[Cells]:
        for line in result.lines.values():
            code = line.definition.code
            for name, period, value, sheet, cells, file, sha256 in islice(line.terms, most):
                place = PlaceLink(cells, locate(file), sheet, cells) if linked else cells
                yield code, name, period, value, file, sheet, place, sha256

    def lines() -> Iterator[str]:
        made = SourceLines()
        for line in result.lines.values():
            yield from made.of(line.definition.code, line.terms)

    empty = "Chưa có số liệu nào được tổng hợp."
    table = Table(SOURCES, SOURCES.columns, first(rows()), empty)
    which = f", mỗi chỉ tiêu tối đa {vietnamese_number(most)} dòng"
    return cut(table, lines, sum(counts), stem, which)


def _first_rows(sources: Table) -> dict[str, int]:
    """The row at which each indicator's addends begin."""
    first: dict[str, int] = {}
    for position, row in enumerate(sources.rows):
        code = row.cells[0]
        if isinstance(code, str):
            first.setdefault(code, position)
    return first


def _charts(result: Consolidation) -> tuple[Chart, ...]:
    """Completion per field, and the units with most indicators behind."""
    fields = []
    for name, lines in by_field(result):
        rated = [
            line.rating
            for line in lines
            if line.rating not in (Rating.NOT_ASSIGNED, Rating.NOT_REPORTED)
        ]
        if rated:
            good = sum(not rating.is_unmet and rating is not Rating.INCOMPLETE for rating in rated)
            fields.append((name, shown(Decimal(good) / len(rated)) or Decimal(0)))
    behind = sorted(
        ((unit.unit.name, unit.unmet) for unit in result.units),
        key=lambda item: -item[1],
    )
    worst = tuple(item for item in behind if item[1])[:_CHARTED_UNITS]
    charts = (
        Chart(
            "Chỉ tiêu đạt hoặc đúng tiến độ theo lĩnh vực", "Tỷ lệ", tuple(fields), is_share=True
        ),
        Chart("Đơn vị có nhiều chỉ tiêu chưa đạt, chậm tiến độ", "Số chỉ tiêu", worst),
    )
    return tuple(chart for chart in charts if chart.bars)
