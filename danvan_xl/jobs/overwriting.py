"""What may be written over: a summary of our own making, or a template nobody has filled in."""

from pathlib import Path

from danvan_xl.files.apart import open_book
from danvan_xl.files.cells_xml import sheet_titles
from danvan_xl.files.grid import Grid, is_blank
from danvan_xl.reading.headers import data_rows, find_header
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.output_sheets import OUTPUT_SHEETS, SOURCES, TOTALS
from danvan_xl.schema.registers import GIVEN_COLUMNS
from danvan_xl.schema.sheets import REGISTER_OF, REGISTERS
from danvan_xl.vietnamese.text import sort_key

_OUR_TITLES = frozenset(sheet.title for sheet in OUTPUT_SHEETS)


def why_not_a_summary(path: Path) -> str:
    """Why a summary must not be written over what stands at `path`, "" when it may."""
    if not path.exists():
        return ""
    titles = set(sheet_titles(path))
    own = titles - _OUR_TITLES
    if not own and titles >= {TOTALS.title, SOURCES.title}:
        return ""
    if own and len(own) < len(titles):
        return f"có trang riêng của người dùng ({', '.join(sorted(own, key=sort_key))})"
    return "không phải tệp tổng hợp do chương trình ghi"


def why_not_a_template(path: Path) -> str:
    """Why a template must not be written over what stands at `path`, "" when it may."""
    if not path.exists():
        return ""
    opened = open_book(path)
    if isinstance(opened, Issue):
        return "là tệp không đọc được"
    book = read_book(opened)
    if book.own is None:
        return "không phải sổ mẫu do chương trình ghi"
    figures = (
        figure
        for sheet in (book.own, *book.sub_sheets)
        for target in sheet.targets
        for figure in (target.last_year, target.plan, *target.months)
    )
    has_figures = any(figure.value is not None for figure in figures)
    has_entries = bool(book.units) or any(map(_has_entries, opened.grids))
    return "đã có số liệu" if has_figures or has_entries else ""


def _has_entries(grid: Grid) -> bool:
    """Whether somebody wrote into a register; the criteria a template comes with do not count."""
    header = find_header(grid, [register.sheet for register in REGISTERS])
    if header is None:
        return False
    register = REGISTER_OF[header.sheet.name]
    given = GIVEN_COLUMNS if register.reference else ()
    places = [
        header.columns[column.name]
        for column in register.sheet.columns
        if column.name in header.columns and column.name not in given and not column.computed
    ]
    return any(
        not is_blank(row[place])
        for _, row in data_rows(grid, header)
        for place in places
        if place < len(row)
    )
