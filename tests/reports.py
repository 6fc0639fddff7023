"""Small reports built by hand, and the summaries written of them, for tests."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from danvan_xl.report.tables import (
    CellsOf,
    Chart,
    ChartSheet,
    Heading,
    Link,
    PlaceLink,
    Report,
    ReportCell,
    ReportSheet,
    Share,
    Table,
    TableRow,
    TrackedRegister,
    TrackedSheet,
)
from danvan_xl.rollup.rating import Rating
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.schema.messages import Severity
from danvan_xl.schema.output_sheets import (
    BY_UNIT,
    BY_YEAR,
    CHARTS,
    ISSUES,
    SOURCES,
    SUBMISSIONS,
    TOTALS,
    TRACKING,
    UNMET,
)
from danvan_xl.writing.summary.workbook import write_summary

HEADING = Heading(
    "Tỉnh Quảng Ngãi",
    "Xã Phổ Phong",
    "Phổ Phong",
    dt.date(2026, 7, 5),
    "Kỳ báo cáo: 6 tháng năm 2026",
    "Trưởng ban",
)
MADE = dt.datetime(2026, 7, 5, 8, 0)
HEADER, FIRST = 7, 8  # Excel's row numbers
LATER = "T" * 64


def totals(*rows: TableRow, **words: object) -> Table:
    return Table(TOTALS, TOTALS.columns, rows, **words)


def total(
    plan: ReportCell = Decimal(24),
    actual: ReportCell = Decimal(25),
    share: ReportCell = Share(Decimal("1.0417")),  # noqa: B008 - a frozen value
    growth: ReportCell = None,
    last_year: ReportCell = None,
    **words: ReportCell,
) -> TableRow:
    cells = {
        "number": 1,
        "code": "KT01",
        "indicator": "Số hộ hiến đất",
        "measure": "hộ",
        "last_year": last_year,
        "plan": plan,
        "actual": actual,
        "completion": share,
        "growth": growth,
        "same_period": None,
        "period_growth": None,
        "forecast": None,
        "rating": Rating.EXCEEDED,
        "reported": "22/24",
        "unmet": "",
        "note": "",
    } | words
    return TableRow(CellsOf(TOTALS.columns)(**cells))


def source(code: str = "KT01", value: ReportCell = 1, cell: ReportCell = "K12") -> TableRow:
    return TableRow(
        CellsOf(SOURCES.columns)(
            code=code,
            unit_name="Thôn An",
            period="Tháng 6",
            value=value,
            file="a.xlsx",
            sheet="Chỉ tiêu",
            cell=cell,
            sha256=LATER,
        )
    )


def issue(message: str, severity: Severity = Severity.ERROR) -> TableRow:
    place = PlaceLink("K12", "Nhan/a.xlsx", "Chỉ tiêu", "K12")
    return TableRow(
        CellsOf(ISSUES.columns)(
            severity=severity.value,
            unit_name="Thôn An",
            file="a.xlsx",
            sheet="Chỉ tiêu",
            cell=place,
            message=message,
            remedy="Sửa.",
            issue_code="SO01",
        )
    )


def by_unit(*shares: Share, codes: int = 1) -> Table:
    extra = tuple(
        Column(f"c{n}", f"KT{n:02d}", Kind.SHARE, help=f"Chỉ tiêu {n}") for n in range(1, codes + 1)
    )
    row = TableRow((1, "A.1", "Thôn An", 1, 0, 0, 0, *shares))
    return Table(BY_UNIT, (*BY_UNIT.columns, *extra), (row,))


def report(*sheets: ReportSheet, charts: tuple[Chart, ...] = ()) -> Report:
    drawn = (ChartSheet(CHARTS, charts),) if charts else ()
    return Report(HEADING, "BÁO CÁO", (*sheets, *drawn), "Xong.", MADE)


def with_registers(shown: Report, *registers: TrackedRegister) -> Report:
    """The report with the sheet of registers behind its tables, before its charts."""
    behind = [item for item in shown.sheets if isinstance(item, ChartSheet)]
    return replace(shown, sheets=(*shown.tables, TrackedSheet(TRACKING, registers), *behind))


def open_summary(folder: Path, *sheets: ReportSheet, charts: tuple[Chart, ...] = ()) -> Workbook:
    path = folder / "tong-hop.xlsx"
    write_summary(path, report(*sheets, charts=charts))
    return load_workbook(path)


def column(sheet: Worksheet, name: str, row: int = FIRST) -> object:
    letters = {cell.value: cell.column_letter for cell in sheet[HEADER]}
    return sheet[f"{letters[name]}{row}"]


BY_YEAR_ROW = TableRow(
    (
        *("K1", "Chỉ tiêu", "cái", "2025"),
        *(Decimal(24), Decimal(25), Share(Decimal("1.0417")), Rating.EXCEEDED, "2/2"),
    )
)
FULL = report(
    totals(
        TableRow(("I", "", "KINH TẾ", *[""] * 13), is_heading=True),
        total(actual=Link(Decimal(25), "sources", 1), last_year=Decimal(20)),
        total(Decimal("7897797496"), Decimal("95.5"), Share(Decimal("0.0000"))),
        notes=("Tỷ lệ làm tròn đến 2 chữ số thập phân.",),
        measure_line="ĐVT: ghi ở từng dòng",
    ),
    Table(UNMET, UNMET.columns, (), when_empty="Không có chỉ tiêu nào chưa đạt."),
    by_unit(Share(Decimal("1.2")), Share(None), codes=2),
    Table(BY_YEAR, BY_YEAR.columns, (BY_YEAR_ROW,)),
    Table(
        SUBMISSIONS,
        SUBMISSIONS.columns,
        (
            TableRow(
                (
                    1,
                    "A.1",
                    "Thôn An",
                    "Nộp chậm",
                    PlaceLink("a 100%.xlsx", "Nhan/a 100%.xlsx"),
                    dt.date(2026, 7, 5),
                    0,
                    2,
                )
            ),
        ),
    ),
    Table(ISSUES, ISSUES.columns, (issue("=1+1"), issue("Gần", Severity.WARNING))),
    Table(SOURCES, SOURCES.columns, (source(), source(value=Decimal("0.5")))),
    charts=(
        Chart("Theo lĩnh vực", "Tỷ lệ", (("Kinh tế", Decimal("0.75")),), is_share=True),
        Chart("Theo đơn vị", "Số chỉ tiêu", (("Thôn An", 3), ("Thôn Bình", 2))),
    ),
)
