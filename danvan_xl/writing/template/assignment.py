"""Sheet Giao chỉ tiêu: what part of each target every unit is given."""

from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from danvan_xl.files.grid import column_letter
from danvan_xl.outgoing.contents import Contents, TargetRow, TypedValue, UnitRow
from danvan_xl.outgoing.formulas import assignment_formulas
from danvan_xl.outgoing.rating_formulas import says_words
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import UnitRule
from danvan_xl.schema.sheets import ASSIGNMENT, ASSIGNMENT_UNITS_AFTER, TARGETS
from danvan_xl.writing.styles import GREY, GROUP_FILL, INPUT_FILL, INTEGER_FORMAT, Styles
from danvan_xl.writing.template.heading import (
    CODE_ROW,
    HEADER_ROW,
    heading_of,
    write_heading_block,
    write_signature_block,
)
from danvan_xl.writing.template.inputs import (
    CHANGES_ALLOWED,
    add_figure,
    print_on_a4,
    show_decimals,
    show_when,
)
from danvan_xl.writing.template.linked import plain, signer
from danvan_xl.writing.template.target_lines import MEASURE_SIZE, HeadingLine, Lines, TargetLine
from danvan_xl.writing.tones import BAD
from danvan_xl.writing.wrapping import line_count, row_height

_UNIT_WIDTH = 11
_HOW_TO_ADD_UNITS = (
    "Chèn mỗi đơn vị một cột vào giữa Kế hoạch và Cộng; đầu cột ghi mã đơn vị như ở trang Đơn vị."
)
_LOWEST_ROW = 21
_FIRST_UNIT = ASSIGNMENT.position(ASSIGNMENT_UNITS_AFTER) + 1
_NUMBER: dict[str, object] = {"num_format": INTEGER_FORMAT, "align": "right", "shrink": True}


@dataclass(frozen=True, slots=True)
class _AssignmentLayout:
    """Where the columns stand once every unit has one."""

    units: tuple[UnitRow, ...]

    @property
    def last_column(self) -> int:
        return len(ASSIGNMENT.columns) + len(self.units) - 1

    @property
    def letters(self) -> dict[str, str]:
        return {
            column.name: column_letter(self.position(column.name)) for column in ASSIGNMENT.columns
        }

    @property
    def unit_letters(self) -> tuple[str, str] | None:
        if not self.units:
            return None
        return column_letter(_FIRST_UNIT), column_letter(_FIRST_UNIT + len(self.units) - 1)

    def position(self, name: str) -> int:
        position = ASSIGNMENT.position(name)
        return position if position < _FIRST_UNIT else position + len(self.units)


def write_assignment(sheet: Worksheet, styles: Styles, contents: Contents, lines: Lines) -> None:
    """Write the sheet with a line for every line of Chỉ tiêu, which stands at `lines`."""
    layout = _AssignmentLayout(contents.units)
    print_on_a4(sheet, ASSIGNMENT.title)
    halves = 1, max(3, layout.last_column // 2), layout.last_column
    line = plain(ASSIGNMENT.help if layout.units else _HOW_TO_ADD_UNITS)
    write_heading_block(sheet, styles, heading_of(contents, ASSIGNMENT.heading, line, halves))
    _write_header(sheet, styles, layout)
    writer = _AssignmentRowWriter(sheet, styles, contents, layout, lines)
    for row, kind in enumerate(lines.lines, start=lines.first_row):
        if isinstance(kind, HeadingLine):
            writer.heading(row, kind)
        else:
            writer.target(row, kind)
    _help_typing(sheet, styles, layout, lines)
    signature = layout.last_column - 2, layout.last_column
    last = write_signature_block(sheet, styles, lines.last_row, signature, signer(contents))
    sheet.repeat_rows(HEADER_ROW)
    sheet.print_area(0, 0, last, layout.last_column)
    sheet.freeze_panes(HEADER_ROW + 1, _FIRST_UNIT)
    # Without units the officer has to put in the columns, which a protected sheet makes hard.
    if layout.units:
        sheet.protect("", {**CHANGES_ALLOWED, "insert_columns": True})


def _write_header(sheet: Worksheet, styles: Styles, layout: _AssignmentLayout) -> None:
    for column in ASSIGNMENT.columns:
        position = layout.position(column.name)
        sheet.set_column(position, position, column.width)
        sheet.write_string(HEADER_ROW, position, column.header, styles.header())
    small = styles(font_size=9, font_color=GREY, italic=True, align="center", text_wrap=True)
    for position, unit in enumerate(layout.units, start=_FIRST_UNIT):
        sheet.set_column(position, position, _UNIT_WIDTH)
        sheet.write_string(CODE_ROW, position, unit.unit_name, small)
        sheet.write_string(HEADER_ROW, position, unit.code, styles.header(num_format="@"))
    if layout.units:
        name_lines = max(line_count(unit.unit_name, _UNIT_WIDTH, 9) for unit in layout.units)
        sheet.set_row(CODE_ROW, max(18, row_height(name_lines, 12)))
    sheet.set_row(HEADER_ROW, 26)


@dataclass(frozen=True, slots=True)
class _AssignmentRowWriter:
    """Writes one line after the other; rows are as Excel numbers them."""

    sheet: Worksheet
    styles: Styles
    contents: Contents
    layout: _AssignmentLayout
    lines: Lines

    def heading(self, row: int, line: HeadingLine) -> None:
        """Write the line that opens a work field."""
        look = self.styles.group()
        for position in range(self.layout.last_column + 1):
            self.sheet.write_blank(row - 1, position, None, look)
        self.sheet.write_string(row - 1, 0, line.numeral, self.styles.group(align="center"))
        self.sheet.write_string(row - 1, 1, line.work_field, look)
        self.sheet.set_row(row - 1, _LOWEST_ROW)

    def target(self, row: int, line: TargetLine) -> None:
        """Write the line of an indicator, or a spare one."""
        given = _NOTHING if line.index is None else self.contents.targets[line.index]
        indicator = given.indicator
        plans = self.contents.assignment.get(indicator.code, {})
        code = self.styles.cell(num_format="@", align="center", **self._open(line.index is None))
        self._text(row, 0, indicator.code, code)
        look = self.styles.cell(**_NUMBER, **self._open(True))
        for position, unit in enumerate(self.layout.units, start=_FIRST_UNIT):
            self._figure(row, position, plans.get(unit.code), look)
        self._formulas(row, given, [plans.get(unit.code) for unit in self.layout.units])
        lines = max(
            line_count(indicator.indicator, ASSIGNMENT["indicator"].width),
            line_count(indicator.measure, ASSIGNMENT["measure"].width, MEASURE_SIZE),
        )
        self.sheet.set_row(row - 1, max(_LOWEST_ROW, row_height(lines) + 2))

    def _formulas(self, row: int, given: TargetRow, plans: list[TypedValue]) -> None:
        layout = self.layout
        area = self.lines.area(TARGETS.title)
        formulas = assignment_formulas(row, layout.letters, area, layout.unit_letters)
        indicator, plan = given.indicator, given.plan_entry
        known = [value for value in plans if isinstance(value, Decimal)]
        total = None if any(map(says_words, plans)) or not known else sum(known, Decimal(0))
        difference = total - plan if total is not None and isinstance(plan, Decimal) else None
        values: dict[str, Decimal | str | None] = {
            "indicator": indicator.indicator,
            "measure": indicator.measure,
            "plan": plan,
            "total": total,
            "difference": difference,
        }
        for name, formula in formulas.items():
            # Shares and the like are not added up over units.
            if name in ("total", "difference") and indicator.unit_rule is not UnitRule.SUM:
                continue
            value = values[name]
            cached = "" if value is None else float(value) if isinstance(value, Decimal) else value
            look = self.styles.cell(**_LOOKS[name])
            self.sheet.write_formula(row - 1, layout.position(name), f"={formula}", look, cached)
        if indicator.unit_rule is not UnitRule.SUM:
            for name in ("total", "difference"):
                mute = self.styles.cell(bg_color=GROUP_FILL)
                self.sheet.write_blank(row - 1, layout.position(name), None, mute)

    def _open(self, is_input: bool) -> dict[str, object]:
        return {"bg_color": INPUT_FILL, "locked": False} if is_input else {}

    def _figure(self, row: int, position: int, value: TypedValue, look: Format) -> None:
        if isinstance(value, Decimal):
            self.sheet.write_number(row - 1, position, float(value), look)
        else:
            self._text(row, position, value or "", look)

    def _text(self, row: int, position: int, text: str, look: Format) -> None:
        if text:
            self.sheet.write_string(row - 1, position, text, look)
        else:
            self.sheet.write_blank(row - 1, position, None, look)


_NOTHING = TargetRow(Indicator("", "", "", ""))
_LOOKS: dict[str, dict[str, object]] = {
    "indicator": {"text_wrap": True},
    "measure": {"text_wrap": True, "align": "center", "font_size": MEASURE_SIZE},
    "plan": {**_NUMBER, "bold": True},
    "total": {**_NUMBER, "bold": True},
    "difference": _NUMBER,
}


def _help_typing(sheet: Worksheet, styles: Styles, layout: _AssignmentLayout, lines: Lines) -> None:
    """Check what is typed for the units; show decimals; point out what is not shared out."""
    first, last = lines.first_row - 1, lines.last_row - 1
    if layout.units:
        area = first, _FIRST_UNIT, last, _FIRST_UNIT + len(layout.units) - 1
        add_figure(sheet, area, f"{column_letter(_FIRST_UNIT)}{first + 1}")
    show_decimals(sheet, styles, (first, _FIRST_UNIT - 1, last, layout.last_column))
    letter = layout.letters["difference"]
    condition = f"AND(ISNUMBER({letter}{first + 1}),{letter}{first + 1}<>0)"
    position = layout.position("difference")
    show_when(sheet, (first, position, last, position), condition, styles.tone(**BAD))
