"""Sheets written as Markdown tables inside tests, and the workbooks made of them."""

from collections.abc import Iterable, Mapping, Sequence

from danvan_xl.consolidation.consolidation import Consolidation, consolidate_book
from danvan_xl.files.cells_xml import NO_FORMULAS
from danvan_xl.files.grid import Cell, Grid
from danvan_xl.files.opening import OpenedBook
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.periods import Period, parse_period


def grid(markdown: str, title: str = "Chỉ tiêu") -> Grid:
    """Return a sheet from a Markdown table; its first line is row 1, numbers become floats.

    A cell in "double quotes" stays text.
    """
    lines = [line.strip() for line in markdown.splitlines() if line.strip()]
    return Grid(title, [[_cell(cell) for cell in line.strip("|").split("|")] for line in lines])


def book(*grids: Grid, file: str = "so.xlsx") -> OpenedBook:
    """Return an opened workbook of these sheets."""
    return OpenedBook(file, "0" * 64, grids, lambda title: NO_FORMULAS)


def info(**fields: object) -> Grid:
    """Return a sheet Thông tin; keyword names are labels with _ for a space."""
    rows = [[label.replace("_", " "), value] for label, value in fields.items()]
    return Grid("Thông tin", rows)  # type: ignore[arg-type]


def units(*names: str) -> Grid:
    """Return a sheet Đơn vị whose units are coded A.1, A.2, …"""
    rows: list[Sequence[Cell]] = [["Mã", "Tên đơn vị"]]
    rows += [[f"A.{number}", name] for number, name in enumerate(names, start=1)]
    return Grid("Đơn vị", rows)


def sub_sheet(code: str, markdown: str, title: str) -> Grid:
    """Return a sheet of a sub-unit: its code in the title block, its table from row 3."""
    table = grid(markdown, title)
    return Grid(title, [["Mã đơn vị:", code], [], *table.rows])


def consolidated(
    *grids: Grid, period: str = "Năm", own: Mapping[str, object] | None = None
) -> Consolidation:
    """Return the consolidation of a workbook of unit A, 2026, with these sheets."""
    fields = {"Mã_đơn_vị": "A", "Tên_đơn_vị": "Xã A", "Năm": 2026.0} | dict(own or {})
    result = consolidate_book(book(info(**fields), *grids), (), period=_period(period))
    assert_sayable(result.issues)
    return result


def assert_sayable(issues: Iterable[Issue]) -> None:
    """Every finding can be said: nothing is left open in its sentences."""
    for item in issues:
        said = f"{item.message} {item.remedy}"
        assert "None" not in said, said


def found(issues: Sequence[Issue], code: Code) -> list[str]:
    """Return the cells at which an issue of this code stands."""
    assert_sayable(issues)
    return [item.place.cell for item in issues if item.code is code]


def _period(text: str) -> Period | None:
    return parse_period(text) if text else None


def _cell(text: str) -> Cell:
    text = text.strip()
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        return text[1:-1]
    try:
        return float(text)
    except ValueError:
        return text
