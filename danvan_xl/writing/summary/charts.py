"""The sheet "Biểu đồ": for each chart a small table and, beside it, its native bar chart."""

from xlsxwriter.chart_bar import ChartBar
from xlsxwriter.worksheet import Worksheet

from danvan_xl.report.tables import Chart, ChartSheet
from danvan_xl.schema.output_sheets import OutputSheet
from danvan_xl.writing.styles import (
    FONT,
    INTEGER_FORMAT,
    SHARE_FORMAT,
    TEXT_ROW_HEIGHT,
    set_up_page,
    write_heading,
)
from danvan_xl.writing.summary.tables import SummaryBook, write_across
from danvan_xl.writing.wrapping import line_count, row_height

_LABEL_WIDTH, _VALUE_WIDTH, _GAP_WIDTH = 34, 12, 2
_CHART_COLUMN, _LAST_COLUMN, _CHART_COLUMN_WIDTH = 3, 8, 13
_CHART_PIXELS = (_LAST_COLUMN - _CHART_COLUMN + 1) * (_CHART_COLUMN_WIDTH * 7 + 5)
_FIRST_ROW = 6
# Upright A4 holds the width at this scale, some programs' wider columns too, and this height.
_PRINT_SCALE = 67
_HEADING_HEIGHT = 120
_PAGE_HEIGHT = 1080
_LOWEST_CHART, _HIGHEST_CHART = 180, 960
# The title of a sheet, then the first row, its column, the last row, its column.
CellRange = tuple[str, int, int, int, int]

# More bars than this do not fit a page; the table beside shows all.
MOST_BARS = 40
_LABEL_ROOM = 1.2
_BAR_COLOUR = "#44546A"
_DECIMAL_LABELS = "#,##0.00"


def write_charts(book: SummaryBook, drawn: ChartSheet) -> None:
    """Write the sheet of all charts of the report, a page break before one that would be cut."""
    sheet = book.workbook.add_worksheet(drawn.sheet.title)
    _set_up(sheet, drawn.sheet)
    write_heading(sheet, book.styles, book.heading, drawn.sheet.heading, _LAST_COLUMN)
    row, used = _FIRST_ROW, float(_HEADING_HEIGHT)
    breaks = []
    for chart in drawn.charts:
        height = sum(_row_heights(chart)) + 4 * TEXT_ROW_HEIGHT
        if used + height > _PAGE_HEIGHT and used > _HEADING_HEIGHT:
            breaks.append(row)
            used = 0
        row = _write_chart(book, sheet, chart, row)
        used += height
    sheet.set_h_pagebreaks(breaks)


def _set_up(sheet: Worksheet, output: OutputSheet) -> None:
    """Prepare the page: bars below each other need height; page breaks a scale, not a fit."""
    set_up_page(sheet, _FIRST_ROW, output.title, is_upright=output.is_upright)
    sheet.set_print_scale(_PRINT_SCALE)
    sheet.repeat_row_range = ""
    sheet.set_column(0, 0, _LABEL_WIDTH)
    sheet.set_column(1, 1, _VALUE_WIDTH)
    sheet.set_column(2, 2, _GAP_WIDTH)
    sheet.set_column(_CHART_COLUMN, _LAST_COLUMN, _CHART_COLUMN_WIDTH)


def _write_chart(book: SummaryBook, sheet: Worksheet, chart: Chart, row: int) -> int:
    """Write one chart and its table from `row` down; return the row where the next may begin."""
    styles = book.styles
    write_across(
        sheet=sheet,
        row=row,
        first=0,
        last=_LAST_COLUMN,
        text=chart.title,
        style=styles(bold=True, font_size=13),
    )
    if not chart.bars:
        write_across(
            sheet=sheet,
            row=row + 1,
            first=0,
            last=1,
            text="Chưa có số liệu.",
            style=styles(italic=True),
        )
        return row + 3
    sheet.write_string(row + 1, 0, "Nội dung", styles.header())
    sheet.write_string(row + 1, 1, chart.label, styles.header())
    sheet.set_row(row + 1, row_height(line_count(chart.label, _VALUE_WIDTH, bold=True)))
    first = row + 2
    below = _write_bars(book, sheet, chart, first)
    drawn = min(len(chart.bars), MOST_BARS)
    _insert(book, sheet, chart, first, drawn)
    if drawn < len(chart.bars):
        text = f"Biểu đồ vẽ {drawn} dòng đầu trong {len(chart.bars)} dòng của bảng."
        write_across(
            sheet=sheet,
            row=below,
            first=0,
            last=_LAST_COLUMN,
            text=text,
            style=styles(italic=True, font_size=11),
        )
    return max(below, first + _LOWEST_CHART // TEXT_ROW_HEIGHT) + 2


def _write_bars(book: SummaryBook, sheet: Worksheet, chart: Chart, row: int) -> int:
    """Write the table of a chart; return the row below it."""
    name = book.styles.cell(text_wrap=True)
    figure = book.styles.cell(num_format=_value_format(chart), shrink=True)
    heights = _row_heights(chart)
    for (label, value), height in zip(chart.bars, heights, strict=True):
        sheet.write_string(row, 0, label, name)
        sheet.write_number(row, 1, float(value), figure)
        sheet.set_row(row, height)
        row += 1
    return row


def _insert(book: SummaryBook, sheet: Worksheet, chart: Chart, first: int, count: int) -> None:
    """Put the native chart beside the first `count` rows of its table, as high as they are."""
    last = first + count - 1
    title = sheet.get_name()
    native = bar_chart(book, chart, (title, first, 0, last, 0), (title, first, 1, last, 1))
    points = max(sum(_row_heights(chart)[:count]) + TEXT_ROW_HEIGHT, _LOWEST_CHART)
    height = min(points, _HIGHEST_CHART) * 4 / 3
    native.set_size({"width": _CHART_PIXELS, "height": int(height)})
    sheet.insert_chart(first - 1, _CHART_COLUMN, native, {"object_position": 1})


def bar_chart(book: SummaryBook, chart: Chart, names: CellRange, figures: CellRange) -> ChartBar:
    """The native chart of bars whose names and figures stand in cells of the workbook."""
    native = book.workbook.add_chart({"type": "bar"})
    assert isinstance(native, ChartBar)
    _title, first, _column, last, _column = figures
    native.add_series(
        {
            "name": chart.label,
            "categories": list(names),
            "values": list(figures),
            "fill": {"color": _BAR_COLOUR},
            "gap": 40,
            "data_labels": {"value": True, "num_format": _value_format(chart), "font": _font(10)},
        }
    )
    native.set_title({"name": chart.title, "name_font": _font(12, bold=True), "overlay": False})
    native.set_legend({"none": True})
    native.set_y_axis({"reverse": True, "num_font": _font(10), "major_gridlines": _HIDDEN})
    bounds = _bounds(chart, last - first + 1)
    native.set_x_axis({"visible": False, "major_gridlines": _HIDDEN, **bounds})
    return native


def _bounds(chart: Chart, count: int) -> dict[str, float]:
    """The ends of the value axis: 0 always on it, room for the labels beyond the bars."""
    values = [float(value) for _label, value in chart.bars[:count]]
    least, most = min(0, *values) * _LABEL_ROOM, max(0, *values) * _LABEL_ROOM
    return {"min": least, "max": most} if most > least else {"min": 0, "max": 1}


def _row_heights(chart: Chart) -> list[float]:
    return [row_height(line_count(label, _LABEL_WIDTH)) for label, _value in chart.bars]


def _value_format(chart: Chart) -> str:
    if chart.is_share:
        return SHARE_FORMAT
    whole = all(value == int(value) for _label, value in chart.bars)
    return INTEGER_FORMAT if whole else _DECIMAL_LABELS


def _font(size: int, bold: bool = False) -> dict[str, object]:
    return {"name": FONT, "size": size, "bold": bold, "color": "#000000"}


_HIDDEN = {"visible": False}
