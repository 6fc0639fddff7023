"""Registers written as Markdown tables inside tests, and their figures printed the same way."""

import datetime as dt
from decimal import Decimal

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.files.grid import Grid
from danvan_xl.reading.headers import find_header
from danvan_xl.reading.registers import ReadRegister, read_register
from danvan_xl.report.tables import Estimate, Link, PlaceLink, ReportCell, Share, SmallTable, Table
from danvan_xl.report.tracking import tracked_registers
from danvan_xl.schema.messages import Code
from danvan_xl.schema.registers import find_register
from danvan_xl.schema.sheets import REGISTERS
from danvan_xl.vietnamese.printed import show_date, show_share
from tests.sheets import assert_sayable, consolidated, grid, sub_sheet

TARGETS = grid("| Mã | Chỉ tiêu | Kế hoạch | T1 |\n| K | Chỉ tiêu | 1 | 1 |")


def read(title: str, sheet: Grid | str) -> ReadRegister:
    """Return the register of this title read from its sheet."""
    cells = grid(sheet, title) if isinstance(sheet, str) else sheet
    register = find_register(REGISTERS, title)
    assert register is not None
    header = find_header(cells, [register.sheet])
    assert header is not None
    reading = read_register(cells, header, register)
    assert_sayable(reading.issues)
    return reading


def codes(reading: ReadRegister) -> list[Code]:
    """Return the codes of what was said about reading a register."""
    return [item.code for item in reading.issues]


def kept(title: str, markdown: str, *grids: Grid, **scope: object) -> Consolidation:
    """Return the consolidation of a workbook that keeps one register, and these other sheets."""
    return consolidated(TARGETS, grid(markdown, title), *grids, **scope)  # type: ignore[arg-type]


def of_unit(number: int, title: str, markdown: str) -> list[Grid]:
    """Return a sub-unit's sheet of targets and its register, inside the workbook above it."""
    blank = "| Mã | Chỉ tiêu | T1 |\n| K | Chỉ tiêu | |"
    code = f"A.{number}"
    return [sub_sheet(code, blank, code), sub_sheet(code, markdown, f"{title} {code}")]


def tables(result: Consolidation) -> dict[str, SmallTable]:
    """Return every table of sheet Sổ theo dõi by its title."""
    registers = tracked_registers(result.tracking)
    return {table.title: table for register in registers for table in register.tables}


def printed(table: SmallTable | Table) -> str:
    """Return a table as Markdown, a row a line."""
    return _markdown(_cells(table))


def turned(table: SmallTable | Table) -> str:
    """Return a table as Markdown with a column for each of its rows: its headers are long."""
    return _markdown([list(line) for line in zip(*_cells(table), strict=True)])


def lines(markdown: str) -> str:
    """Return Markdown as `printed` writes it, whatever its indent and padding."""
    rows = [line.strip() for line in markdown.splitlines() if line.strip()]
    return _markdown([[cell.strip() for cell in row[1:-1].split("|")] for row in rows])


def everything_said(result: Consolidation) -> str:
    """Return every message and every text of sheet Sổ theo dõi."""
    said = [f"{item.message} {item.remedy}" for item in result.issues]
    for table in tables(result).values():
        bars = table.chart.bars if table.chart else ()
        said += [table.title, printed(table), *table.notes, *(label for label, _ in bars)]
    return "\n".join(said)


def _cells(table: SmallTable | Table) -> list[list[str]]:
    heads = [column.header for column in table.columns]
    return [heads, *([_text(cell) for cell in row.cells] for row in table.rows)]


def _text(cell: ReportCell) -> str:
    """Return a cell as it is written in the tests: 12.5, ≥ 30, 66,67%, 05/07/2026."""
    cell = cell.value if isinstance(cell, Link) else cell
    if isinstance(cell, Estimate):
        return f"{cell.bound} {_text(cell.value)}"
    if isinstance(cell, Share):
        return "" if cell.value is None else show_share(cell.value)
    if isinstance(cell, PlaceLink):
        return cell.text
    if isinstance(cell, Decimal):
        return f"{cell:f}".rstrip("0").rstrip(".") if "." in f"{cell:f}" else f"{cell:f}"
    if isinstance(cell, dt.date):
        return show_date(cell)
    return "" if cell is None else str(cell)


def _markdown(rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
