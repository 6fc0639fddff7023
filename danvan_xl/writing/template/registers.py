"""The sheets of the registers (sổ theo dõi), each from its declaration alone."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from danvan_xl.files.grid import column_letter
from danvan_xl.outgoing.contents import Contents
from danvan_xl.outgoing.register_formulas import FIRST_ROW, LAST_ROW
from danvan_xl.schema.columns import FIGURE_KINDS, CellEntry, Column, Kind
from danvan_xl.schema.registers import Register
from danvan_xl.writing.formula_sheet import FormulaSheet
from danvan_xl.writing.lean import style_index
from danvan_xl.writing.styles import (
    DATE_FORMAT,
    GROUP_FILL,
    INPUT_FILL,
    Styles,
)
from danvan_xl.writing.template.heading import HEADER_ROW, heading_of, write_heading_block
from danvan_xl.writing.template.inputs import (
    ROWS_CHANGE,
    Area,
    add_unique_code,
    explain_headers,
    figure_format,
    help_column,
    print_on_a4,
    write_entry,
)
from danvan_xl.writing.template.linked import plain
from danvan_xl.writing.template.register_choices import choice_cells
from danvan_xl.writing.wrapping import line_count, row_height

PREPARED_ROWS = 300
# LibreOffice does not print empty rows from where 84 or more look the same.
_SPARE_ROWS = 100
# A formula counts as something to print there, whatever it shows: only so many rows ahead have one.
_COMPUTED_AHEAD = 3
# A sheet in which nothing is written prints its first rows, to be filled in by hand.
_PRINTED_ROWS = 15
# No eye sees the difference; to LibreOffice the rows printed in any case look unlike those below.
_LINE, _LINE_BELOW = "#7F7F7F", "#808080"
_LOWEST_ROW = 21
_FILTER_BUTTON = 14  # points below the words of a header
_PRIVATE = "Cột này không gửi lên cấp trên."
_PRIVATE_WORDS = "không gửi lên cấp trên"


class RegisterSheet(FormulaSheet):
    """A worksheet whose rows below the header grow with what is typed into them.

    Their heights are those of now; XlsxWriter would fix them for good. The rows at the end, which
    are all alike, are written in one go.
    """

    # XlsxWriter declares these None and sets them later.
    fh: Any
    dim_rowmax: Any

    def __init__(self) -> None:
        super().__init__()
        self._alike = range(0)
        self._looks: tuple[Format, Sequence[Format]]

    def add_blank_rows(self, rows: range, row_look: Format, looks: Sequence[Format]) -> None:
        """Put blank rows (0-based) below all others: one format for each cell and for the row."""
        self._alike, self._looks = rows, (row_look, looks)
        self._check_dimensions(rows[-1], len(looks) - 1)

    def _write_rows(self) -> None:
        self.dim_rowmax = self._alike[0] - 1
        super()._write_rows()
        self.dim_rowmax = self._alike[-1]
        row_look, looks = style_index(self._looks[0]), map(style_index, self._looks[1])
        cells = [(column_letter(position), look) for position, look in enumerate(looks)]
        for row in range(self._alike[0] + 1, self._alike[-1] + 2):
            blanks = "".join(f'<c r="{letter}{row}" s="{look}"/>' for letter, look in cells)
            start = f'<row r="{row}" s="{row_look}" customFormat="1" ht="{_LOWEST_ROW}">'
            self.fh.write(f"{start}{blanks}</row>")

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        if tag == "row" and dict(attributes)["r"] >= FIRST_ROW:
            attributes = [item for item in attributes if item[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


def print_area(contents: Contents, register: Register) -> str:
    """The cells to be printed: as far down as anything is written, or the first rows."""
    title, last = f"'{register.title}'", column_letter(len(register.sheet.columns) - 1)
    lowest = max(LAST_ROW, HEADER_ROW + 1 + _row_count(contents, register))
    cells = f"{title}!$A${FIRST_ROW}:${last}${lowest}"
    fewest = HEADER_ROW + 1 + _PRINTED_ROWS
    filled = f'SUMPRODUCT(MAX(({cells}<>"")*ROW({cells})))'
    end = f"IF({filled}=0,{fewest},{filled})"
    return f"={title}!$A$1:INDEX({title}!${last}$1:${last}${lowest},{end})"


def _row_count(contents: Contents, register: Register) -> int:
    """How many rows are prepared."""
    return max(PREPARED_ROWS, len(contents.registers.get(register.name, ())) + _SPARE_ROWS)


def write_register(
    sheet: RegisterSheet, styles: Styles, contents: Contents, register: Register
) -> None:
    """Write a register with its rows, and rows to be filled in."""
    columns = register.sheet.columns
    print_on_a4(sheet, register.title)
    halves = (*_halves(columns), len(columns) - 1)
    block = heading_of(contents, register.sheet.heading, plain(register.sheet.help), halves)
    write_heading_block(sheet, styles, block)
    _write_header(sheet, styles, columns)
    last_row = HEADER_ROW + _row_count(contents, register)
    _write_rows(sheet, styles, register, contents.registers.get(register.name, ()), last_row)
    _help_typing(sheet, styles, register, choice_cells(contents))
    sheet.autofilter(HEADER_ROW, 0, last_row, len(columns) - 1)
    sheet.repeat_rows(HEADER_ROW)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.protect("", ROWS_CHANGE)
    sheet.set_selection(HEADER_ROW + 1, 0, HEADER_ROW + 1, 0)


def _halves(columns: Sequence[Column]) -> tuple[int, int]:
    """The columns on either side of the line nearest to the middle of the page."""
    edges = list(accumulate(column.width for column in columns))
    left = min(range(len(columns) - 1), key=lambda position: abs(edges[position] - edges[-1] / 2))
    return left, left + 1


def _write_header(sheet: Worksheet, styles: Styles, columns: Sequence[Column]) -> None:
    for position, column in enumerate(columns):
        # Rows added below the prepared ones may be typed into as well.
        look = {name: value for name, value in _look(column).items() if name != "bg_color"}
        sheet.set_column(position, position, column.width, styles(**look))
        sheet.write_string(HEADER_ROW, position, column.header, styles.header(valign="top"))
    lines = max(line_count(column.header, column.width, bold=True) for column in columns)
    sheet.set_row(HEADER_ROW, row_height(lines) + _FILTER_BUTTON)
    explain_headers(sheet, HEADER_ROW, [_with_warning(column) for column in columns])


def _with_warning(column: Column) -> Column:
    """A column whose help says that it stays with the unit, where it does."""
    if not column.private or _PRIVATE_WORDS in column.help:
        return column
    return column._replace(help=f"{column.help} {_PRIVATE}".strip())


def _write_rows(
    sheet: RegisterSheet,
    styles: Styles,
    register: Register,
    rows: Sequence[Mapping[str, CellEntry]],
    last_row: int,
) -> None:
    """Write what is given, and blank rows down to `last_row` (0-based)."""
    columns = register.sheet.columns
    ahead = _COMPUTED_AHEAD if any(column.share for column in columns) else 0
    count = max(_PRINTED_ROWS, len(rows) + ahead)
    printed = len(rows) or _PRINTED_ROWS
    # A row can be deleted only where none of its cells is locked, right of the table as well.
    unlocked = styles(locked=False)
    writer = _RegisterRowWriter(sheet, styles, register, unlocked, printed)
    for index in range(count):
        writer.write(index, rows[index] if index < len(rows) else {})
    # Open throughout, so that a formula may be copied down.
    below = {"border": 1, "border_color": _LINE_BELOW}
    looks = [styles(**below, **{**_look(column), "locked": False}) for column in columns]
    sheet.add_blank_rows(range(HEADER_ROW + 1 + count, last_row + 1), unlocked, looks)


class _RegisterRowWriter:
    """Writes one row of a register after the other."""

    def __init__(
        self,
        sheet: Worksheet,
        styles: Styles,
        register: Register,
        row_look: Format,
        printed: int,
    ) -> None:
        self._sheet = sheet
        self._register = register
        self._looks = tuple(
            [styles(border=1, border_color=line, **_look(column)) for column in self._columns]
            for line in (_LINE, _LINE_BELOW)
        )
        self._row_look = row_look
        self._printed = printed

    @property
    def _columns(self) -> tuple[Column, ...]:
        return self._register.sheet.columns

    def write(self, index: int, entries: Mapping[str, CellEntry]) -> None:
        """Write the row at `index` of the register."""
        row = HEADER_ROW + 1 + index
        looks = self._looks[index >= self._printed]
        for position, (column, look) in enumerate(zip(self._columns, looks, strict=True)):
            if column.share:
                self._share(row, column, look, entries)
            else:
                write_entry(self._sheet, row, position, entries.get(column.name), look)
        self._sheet.set_row(row, self._height(entries), self._row_look)

    def _share(
        self, row: int, column: Column, look: Format, entries: Mapping[str, CellEntry]
    ) -> None:
        """Write the share that one column is of another; "" where it cannot be worked out."""
        place = self._register.sheet.position
        part, whole = (f"{column_letter(place(name))}{row + 1}" for name in column.share)
        is_known = f"AND(ISNUMBER({part}),ISNUMBER({whole}))"
        formula = f'=IF({is_known},IF({whole}=0,"",{part}/{whole}),"")'
        top, bottom = (entries.get(name) for name in column.share)
        value: float | str = ""
        if isinstance(top, (Decimal, int)) and isinstance(bottom, (Decimal, int)) and bottom:
            value = float(Decimal(top) / Decimal(bottom))
        self._sheet.write_formula(row, place(column.name), formula, look, value)

    def _height(self, entries: Mapping[str, CellEntry]) -> float:
        """A row height that shows the whole of every text."""
        texts = (
            (text, column.width)
            for column in self._columns
            if _wraps(column) and isinstance(text := entries.get(column.name), str)
        )
        lines = max((line_count(text, width) for text, width in texts), default=1)
        return max(_LOWEST_ROW, row_height(lines) + 2)


def _look(column: Column) -> dict[str, object]:
    """How the cells of a column look, lines aside."""
    look: dict[str, object] = {"locked": column.computed}
    look["bg_color"] = GROUP_FILL if column.computed else INPUT_FILL
    if _wraps(column):
        look["text_wrap"] = True
    if column.kind in FIGURE_KINDS:
        look |= {"align": "right", "indent": 1, "shrink": True}
        look["num_format"] = figure_format(column)
    elif column.kind is not Kind.TEXT:
        look["align"] = "center"
    if column.kind in _FORMATS:
        look["num_format"] = _FORMATS[column.kind]
    return look


_FORMATS = {Kind.DATE: DATE_FORMAT, Kind.CODE: "@"}


def _wraps(column: Column) -> bool:
    return column.kind in (Kind.TEXT, Kind.CHOICE, Kind.CODE)


def _help_typing(
    sheet: Worksheet, styles: Styles, register: Register, lists: Mapping[tuple[str, ...], str]
) -> None:
    """Give the columns their dropdowns and checks, as far down as rows may be added."""
    for position, column in enumerate(register.sheet.columns):
        area: Area = (FIRST_ROW - 1, position, LAST_ROW - 1, position)
        letter = column_letter(position)
        cell, cells = f"{letter}{FIRST_ROW}", f"${letter}${FIRST_ROW}:${letter}${LAST_ROW}"
        if column.computed:
            continue
        if column.name == register.key:
            add_unique_code(sheet, area, cell, cells)
        else:
            help_column(sheet, styles, area, column, lists.get(column.choices, ""))
    last = column_letter(len(register.sheet.columns) - 1)
    everything = f"A{FIRST_ROW}:{last}{LAST_ROW}"
    sheet.ignore_errors({"number_stored_as_text": everything, "formula_range": everything})
