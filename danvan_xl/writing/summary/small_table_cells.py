"""The cells of small tables, each over the columns of the grid that it spans."""

import datetime as dt
import math
from decimal import Decimal

from xlsxwriter.format import Format

from danvan_xl.files.grid import cell_name
from danvan_xl.report.tables import Estimate, PlaceLink, ReportCell, Share
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.writing.lean import LeanSheet
from danvan_xl.writing.links import file_address, leads_to_file, place_location
from danvan_xl.writing.styles import DATE_FORMAT, SHARE_FORMAT, Styles, number_format
from danvan_xl.writing.summary.cell_writers import LINK_INK
from danvan_xl.writing.summary.small_table_layout import Fit
from danvan_xl.writing.tones import PLAIN, Tone

_YEAR_NAMES, _YEAR_FORMAT = "_year", "0"  # 2027 is not 2,027
_DAY_ZERO = dt.date(1899, 12, 30)
_FIRST_DAY = dt.date(1900, 3, 1)  # before it Excel's calendar has a day too many


class SmallTablePen:
    """Writes the cells of one sheet, and counts the links it has made."""

    most_links = 2_000  # they are for following a figure, not for a whole province

    def __init__(self, sheet: LeanSheet, styles: Styles) -> None:
        self.sheet = sheet
        self.styles = styles
        self._link_count = 0

    def text(self, row: int, fit: Fit, text: str, style: Format) -> None:
        """Write a text over the columns of `fit`; it never becomes a formula or a link."""
        self._merge(row, fit, style)
        if text:
            self.sheet.write_string(row, fit.first, _plain(text), style)
        else:
            self.sheet.write_blank(row, fit.first, None, style)

    def inner_link(self, row: int, fit: Fit, text: str, location: str) -> None:
        """Write a text that leads to another cell of this workbook."""
        look: Tone = {"font_color": LINK_INK, "underline": 1, "align": "center"}
        self.text(row, fit, text, self.styles(font_size=11, shrink=True, **look))
        self.sheet.add_link(_address(row, fit), location)

    def value(
        self, row: int, fit: Fit, cell: ReportCell, column: Column, look: Tone = PLAIN
    ) -> None:
        """Write one cell of a table in the way its value asks for."""
        figure = _figure(cell)
        if figure is not None:
            align = "center" if _is_centred(column) else "right"
            shown_as = _number_format(cell, column)
            # Shrunk rather than shown as ####.
            style = self.styles.cell(num_format=shown_as, align=align, shrink=True, **look)
            self._merge(row, fit, style)
            self.sheet.write_number(row, fit.first, figure, style)
            return
        if isinstance(cell, PlaceLink) and self._leads_somewhere(cell):
            look = {**look, "font_color": LINK_INK}
            address = file_address(cell.file)
            self.sheet.add_link(_address(row, fit), place_location(cell), file=address)
        align = "center" if _is_centred(column) else "left"
        style = self.styles.cell(text_wrap=True, align=align, **look)
        self.text(row, fit, _words(cell), style)

    def _merge(self, row: int, fit: Fit, style: Format) -> None:
        if fit.last > fit.first:
            self.sheet.merge_range(row, fit.first, row, fit.last, "", style)

    def _leads_somewhere(self, link: PlaceLink) -> bool:
        if not leads_to_file(link) or self._link_count >= self.most_links:
            return False
        self._link_count += 1
        return True


def _figure(cell: ReportCell) -> float | None:
    """What a spreadsheet keeps of a value; None if that is no number."""
    if isinstance(cell, dt.date):
        day = cell.date() if isinstance(cell, dt.datetime) else cell
        return (day - _DAY_ZERO).days if day >= _FIRST_DAY else None
    value = cell.value if isinstance(cell, (Share, Estimate)) else cell
    if not isinstance(value, (int, Decimal)):
        return None
    try:
        figure = float(value)
    except OverflowError:
        return None
    return figure if math.isfinite(figure) else None


def _number_format(cell: ReportCell, column: Column) -> str:
    """The Excel format of a number: an estimate is shown with its bound before it."""
    if isinstance(cell, dt.date):
        return DATE_FORMAT
    if isinstance(cell, Share):
        return SHARE_FORMAT
    if isinstance(cell, Estimate):
        return f'"{cell.bound} "{number_format(cell.value)}'
    assert isinstance(cell, (int, Decimal))
    return _YEAR_FORMAT if column.name.endswith(_YEAR_NAMES) else number_format(cell)


def _is_centred(column: Column) -> bool:
    return column.kind in (Kind.CODE, Kind.COUNT, Kind.DATE) or column.name == "measure"


def _words(cell: ReportCell) -> str:
    """What is written of a value that is no number to a spreadsheet."""
    if cell is None or isinstance(cell, Share):
        return ""
    if isinstance(cell, PlaceLink):
        return cell.text
    if isinstance(cell, Estimate):
        return f"{cell.bound} {cell.value}"
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, (str, int, Decimal)):
        return str(cell)
    raise TypeError(f"no way to write a {type(cell).__name__}")


def _address(row: int, fit: Fit) -> str:
    return cell_name(row + 1, fit.first)


def _plain(text: str) -> str:
    """A text that every reader of the file can take; XlsxWriter cuts one too long."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    # XlsxWriter would take such a text for markup of its own.
    return text + " " if text.startswith("<r>") and text.endswith("</r>") else text
