"""What may be written over: a summary of our own making, or a template nobody has filled in."""

from pathlib import Path

from danvan_xl.cells_xml import sheet_titles
from danvan_xl.forms import CHARTS_TITLE, OUTPUT_SHEETS, SOURCES, TOTALS, TRACKING_TITLE
from danvan_xl.issues import Issue
from danvan_xl.openers import open_book
from danvan_xl.register_rows import RegisterRows
from danvan_xl.registers import GIVEN_COLUMNS
from danvan_xl.workbook import read_book

_OUR_TITLES = frozenset((*(sheet.title for sheet in OUTPUT_SHEETS), TRACKING_TITLE, CHARTS_TITLE))


def why_not_a_summary(path: Path) -> str:
    """Return why a summary must not be written over what stands at `path`, "" when it may."""
    if not path.exists():
        return ""
    titles = set(sheet_titles(path))
    own = titles - _OUR_TITLES
    if not own and titles >= {TOTALS.title, SOURCES.title}:
        return ""
    if own and len(own) < len(titles):
        return f"có trang riêng của người dùng ({', '.join(sorted(own))})"
    return "không phải tệp tổng hợp do chương trình ghi"


def why_not_a_template(path: Path) -> str:
    """Return why a template must not be written over what stands at `path`, "" when it may."""
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
    return "đã có số liệu" if has_figures or any(map(_has_entries, book.registers)) else ""


def _has_entries(table: RegisterRows) -> bool:
    """Whether somebody wrote into a register; the criteria a template comes with do not count."""
    given = GIVEN_COLUMNS if table.form.reference else ()
    return any(
        value is not None and value != ""
        for name, values in table.columns.items()
        if name not in given
        for value in values
    )
