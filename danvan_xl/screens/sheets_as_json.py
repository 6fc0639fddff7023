"""The sheets of a report for other programs, as they are said in JSON."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from danvan_xl.report.tables import (
    POINTS,
    BigNumbers,
    Estimate,
    Goal,
    Link,
    Page,
    PageBlock,
    PlaceLink,
    Points,
    Report,
    ReportCell,
    Sentences,
    Share,
    SmallTable,
    Table,
    TableRow,
    TrackedRegister,
)
from danvan_xl.schema.columns import Column
from danvan_xl.schema.output_sheets import (
    BY_UNIT,
    BY_YEAR,
    ISSUES,
    SOURCES,
    SUBMISSIONS,
    TOTALS,
    UNMET,
)

# What they hold is told as indicators, years, units and issues, or is in the file alone.
_TOLD_ELSEWHERE = (TOTALS, UNMET, BY_UNIT, BY_YEAR, SUBMISSIONS, ISSUES, SOURCES)


def registers_as_json(registers: Sequence[TrackedRegister]) -> list[dict[str, object]]:
    """The tables of the registers for other programs, each row by the headers of its table.

    Dates are ISO texts, shares and figures numbers, a link its text; an estimate is
    `{"value": 2000, "bound": "≥"}`. A row that is the total of those above has `"total": true`
    besides.
    """
    return [
        {
            "title": register.title,
            "tables": [_small_table(table) for table in register.tables],
        }
        for register in registers
    ]


def sheets_as_json(report: Report) -> list[dict[str, object]]:
    """The sheets that are told under no name of their own, in order.

    A table has `columns` and `rows` (a row that groups those below it has `"heading": true`
    besides), a page has `blocks`.
    """
    return [
        {"name": item.sheet.name, "title": item.sheet.title, **_contents(item)}
        for item in report.sheets
        if isinstance(item, Table | Page) and item.sheet not in _TOLD_ELSEWHERE
    ]


def _contents(item: Table | Page) -> dict[str, object]:
    if isinstance(item, Page):
        return {"blocks": [_block_as_json(block) for block in item.blocks]}
    return _table_as_json(item.columns, item.rows, "heading")


def _block_as_json(block: PageBlock) -> dict[str, object]:
    if isinstance(block, Sentences):
        return {"title": block.title, "sentences": list(block.sentences)}
    if isinstance(block, BigNumbers):
        return {"numbers": {item.label: cell_as_json(item.value) for item in block.numbers}}
    return _small_table(block)


def _small_table(table: SmallTable) -> dict[str, object]:
    return {"title": table.title, **_table_as_json(table.columns, table.rows, "total")}


def _table_as_json(
    columns: Sequence[Column], rows: Sequence[TableRow], heading: str
) -> dict[str, object]:
    """The headers and the rows by header; `heading` tells the rows that are one."""
    headers = [column.header for column in columns]
    return {"columns": headers, "rows": [_row_as_json(headers, row, heading) for row in rows]}


def _row_as_json(headers: Sequence[str], row: TableRow, heading: str) -> dict[str, object]:
    cells = dict(zip(headers, map(cell_as_json, row.cells), strict=True))
    return {**cells, heading: True} if row.is_heading else cells


def cell_as_json(cell: ReportCell) -> object:
    """A cell of a report for other programs."""
    if isinstance(cell, Link):
        return cell_as_json(cell.value)
    if isinstance(cell, (Estimate, Goal, Points)):
        return {"value": number_as_json(cell.value), **_words_beside(cell)}
    if isinstance(cell, Share):
        return number_as_json(cell.value)
    if isinstance(cell, PlaceLink):
        return cell.text
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return number_as_json(cell) if isinstance(cell, Decimal) else cell


def _words_beside(cell: Estimate | Goal | Points) -> dict[str, str]:
    """What is said of a figure beside it."""
    if isinstance(cell, Points):
        return {"measure": POINTS}
    return {"bound": (cell.bound if isinstance(cell, Estimate) else cell.kind).value}


def number_as_json(value: Decimal | None) -> int | float | None:
    """A figure for other programs: whole where it is, None where there is none."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
