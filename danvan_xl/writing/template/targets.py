"""Sheet Chỉ tiêu, the unit's own or that of a unit below."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from danvan_xl.outgoing.calculated import NO_REGISTERS, Registers, Shown, source_ratio, work_out
from danvan_xl.outgoing.contents import NO_MONTHS, TargetRow
from danvan_xl.outgoing.formulas import Nature, expected_formulas, shows_percent
from danvan_xl.outgoing.register_formulas import derivation_of
from danvan_xl.rollup.ratios import ratio_rule, ratio_source
from danvan_xl.schema.columns import CellEntry, Column, Kind
from danvan_xl.schema.indicators import DEFINITION, FURTHER_COLUMNS, Indicator
from danvan_xl.schema.registers import Register
from danvan_xl.schema.sheets import MONTH_NAMES, TARGETS
from danvan_xl.vietnamese.measures import is_share
from danvan_xl.vietnamese.text import match_key
from danvan_xl.writing.styles import (
    GREY,
    GROUP_FILL,
    INPUT_FILL,
    INTEGER_FORMAT,
    SHARE_FORMAT,
    Styles,
)
from danvan_xl.writing.template.heading import (
    HEADER_ROW,
    HeadingBlock,
    write_heading_block,
    write_signature_block,
    write_unit_code,
)
from danvan_xl.writing.template.inputs import (
    CHANGES_ALLOWED,
    explain_headers,
    look_of_kind,
    print_on_a4,
    write_entry,
)
from danvan_xl.writing.template.linked import Linked
from danvan_xl.writing.template.target_helps import help_typing, show_states
from danvan_xl.writing.template.target_lines import (
    LETTERS,
    MEASURE_SIZE,
    SPARE_LINES,
    HeadingLine,
    Lines,
    TargetLine,
    arrange,
)
from danvan_xl.writing.wrapping import line_count, row_height

_POSITIONS = {column.name: index for index, column in enumerate(TARGETS.columns)}
LAST_COLUMN = len(TARGETS.columns) - 1
# What a unit types into columns that no rule knows by name.
_TYPED_FURTHER = tuple(column for column in FURTHER_COLUMNS if not column.goes_down)
_SMALL, _SMALL_LINE = 8, 11
_NOTE_SIZE = 11
_HEADER_HEIGHT = 38
_LOWEST_ROW = 21


@dataclass(frozen=True, slots=True)
class TargetPage:
    """What one sheet of targets shows.

    `block` are the words above, `code` the unit's code beside "Mã đơn vị:", `month` the last month
    that counts. `is_folded` hides the technical columns and locks what defines an indicator.
    `registers` are those with a sheet in the workbook, from which figures may be taken, `figures`
    what stands in them. `spare_lines` stand below the targets. `lists` are the cells of choices too
    many for a dropdown of their own.
    """

    title: str
    block: HeadingBlock
    code: Linked
    signer: Linked
    targets: tuple[TargetRow, ...]
    month: int
    is_folded: bool
    registers: tuple[Register, ...] = ()
    figures: Registers = NO_REGISTERS
    spare_lines: int = SPARE_LINES
    lists: Mapping[tuple[str, ...], str] = field(default_factory=dict)


def write_target_sheet(sheet: Worksheet, styles: Styles, page: TargetPage) -> Lines:
    """Write a sheet of targets with its formulas and their values; return where its lines stand."""
    lines = arrange(page.targets, page.spare_lines)
    print_on_a4(sheet, page.title)
    _set_columns(sheet, page)
    write_heading_block(sheet, styles, page.block)
    code_columns = _POSITIONS["measure"], _POSITIONS["plan"]
    write_unit_code(sheet, styles, _POSITIONS["indicator"], code_columns, page.code)
    _write_header(sheet, styles, page)
    writer = _TargetRowWriter(
        sheet, styles, page, lines, work_out(page.targets, page.month, page.figures)
    )
    for row, line in enumerate(lines.lines, start=lines.first_row):
        if isinstance(line, HeadingLine):
            writer.heading(row, line)
        else:
            writer.target(row, line)
    help_typing(sheet, styles, lines, page.lists)
    show_states(sheet, styles, lines, writer.ratio_rows())
    signature = _POSITIONS["cumulative"], LAST_COLUMN
    last = write_signature_block(sheet, styles, lines.last_row, signature, page.signer)
    _set_view(sheet, last)
    return lines


def _set_columns(sheet: Worksheet, page: TargetPage) -> None:
    for position, column in enumerate(TARGETS.columns):
        is_unused = column.optional and not _stands_in(column, page.targets)
        hidden = {"hidden": is_unused or (page.is_folded and column.technical)}
        sheet.set_column(position, position, column.width, None, hidden)


def _stands_in(column: Column, targets: Sequence[TargetRow]) -> bool:
    """Whether something stands in a column of some line."""
    return any(row.entry(column.name) not in (None, "") for row in targets)


def _write_header(sheet: Worksheet, styles: Styles, page: TargetPage) -> None:
    for position, column in enumerate(TARGETS.columns):
        small = {"font_size": 9, "font_color": GREY} if column.technical else {}
        sheet.write_string(HEADER_ROW, position, column.header, styles.header(**small))
    sheet.set_row(HEADER_ROW, _HEADER_HEIGHT)
    is_given = any(row.is_given for row in page.targets)
    helped = (
        column._replace(help=_GIVEN_HELP) if is_given and column.name == "plan" else column
        for column in TARGETS.columns
    )
    explain_headers(sheet, HEADER_ROW, tuple(helped))


def _set_view(sheet: Worksheet, last_row: int) -> None:
    sheet.repeat_rows(HEADER_ROW)
    sheet.print_area(0, 0, last_row, LAST_COLUMN)
    sheet.freeze_panes(HEADER_ROW + 1, _POSITIONS["measure"])
    sheet.set_zoom(90)
    sheet.protect("", CHANGES_ALLOWED)
    sheet.set_selection(HEADER_ROW + 2, _POSITIONS["plan"], HEADER_ROW + 2, _POSITIONS["plan"])


@dataclass(frozen=True, slots=True)
class _TargetRowWriter:
    """Writes one line after the other; rows are as Excel numbers them."""

    sheet: Worksheet
    styles: Styles
    page: TargetPage
    lines: Lines
    shown: Sequence[Shown]

    def heading(self, row: int, line: HeadingLine) -> None:
        """Write the line that opens a work field."""
        words = {"code": line.numeral, "indicator": line.work_field}
        for position, column in enumerate(TARGETS.columns):
            align = "center" if column.name == "code" else "left"
            look = self.styles.group(align=align)
            self._entry(row, position, words.get(column.name, ""), look)
        self.sheet.set_row(row - 1, _LOWEST_ROW)

    def target(self, row: int, line: TargetLine) -> None:
        """Write the line of an indicator, or a spare one."""
        if line.index is None:
            given, shown = _SPARE, _NOTHING
        else:
            given, shown = self.page.targets[line.index], self.shown[line.index]
        ratio_rows = self._ratio_rows_of(given)
        derivation = None  # what somebody typed is not written over
        if given.months == NO_MONTHS or given.is_mixed:
            derivation = derivation_of(given.indicator, self.page.registers)
        is_typed = ratio_rows is None and derivation is None
        self._definition(row, given, is_spare=line.index is None)
        # Of a register's figures, months may be typed over: a unit may keep no such register.
        month = _COMPUTED_MONTH if derivation is None else _DERIVED_MONTH
        self._figures(row, given, _TYPED_MONTH if is_typed else month)
        nature = Nature(
            given.indicator.adds,
            is_typed and is_share(given.indicator.measure),
            self._factor(given),
        )
        formulas = expected_formulas(row, LETTERS, ratio_rows, derivation, nature=nature)
        if given.is_mixed:
            months = dict(zip(MONTH_NAMES, given.months, strict=True))
            formulas = {name: text for name, text in formulas.items() if months.get(name) is None}
        self._formulas(row, shown, formulas, month)
        self._remarks(row, given)
        self.sheet.set_row(row - 1, _height(given, self.page.is_folded))

    def _factor(self, given: TargetRow) -> Decimal | None:
        """What a ratio is multiplied with beside the 100 of %, which its formula finds itself."""
        if ratio_source(given.indicator) is None:
            return Decimal(1)
        rows = {match_key(row.indicator.code): row.indicator for row in self.page.targets}
        rule = ratio_rule(given.indicator, rows)
        if rule is None or rule.factor is None:
            return Decimal(1) if rule is None else None
        is_percent = shows_percent(given.indicator.measure)
        return rule.factor / 100 if is_percent else rule.factor

    def ratio_rows(self) -> tuple[int, ...]:
        """The rows whose months are worked out from two other rows."""
        return tuple(
            self.lines.row_of_code[match_key(given.indicator.code)]
            for given in self.page.targets
            if self._ratio_rows_of(given) is not None
        )

    def _ratio_rows_of(self, given: TargetRow) -> tuple[int, int] | None:
        rows = self.lines.row_of_code
        ratio = source_ratio(given, rows)
        return None if ratio is None else (rows[ratio.numerator], rows[ratio.denominator])

    def _definition(self, row: int, given: TargetRow, is_spare: bool) -> None:
        indicator = given.indicator
        is_open = is_spare or not self.page.is_folded
        for column in DEFINITION:
            entry = None if is_spare else given.entry(column.name)
            # Where a figure comes from is the unit's business if nobody above has said it.
            is_decided = given.is_given and not (column.name == "source" and not entry)
            look = _definition_look(column) | {"locked": is_decided or not is_open}
            if column.name == "indicator" and "." in indicator.code:  # a part of a total
                look["indent"] = 1
            if is_spare:
                look["bg_color"] = INPUT_FILL
            self._entry(row, _POSITIONS[column.name], entry, self.styles.cell(**look))

    def _figures(self, row: int, given: TargetRow, month: Mapping[str, object]) -> None:
        """Write what is typed, months with the look of `month`."""
        typed, look = self.styles.cell(**_TYPED_MONTH), self.styles.cell(**month)
        last_year = given.last_year_text or given.indicator.last_year
        self._entry(row, _POSITIONS["last_year"], last_year, typed)
        plan = self.styles.cell(**_GIVEN_PLAN) if given.is_given else typed
        self._entry(row, _POSITIONS["plan"], given.plan_entry, plan)
        for name, entry in zip(MONTH_NAMES, given.months, strict=True):
            self._entry(row, _POSITIONS[name], entry, look)

    def _remarks(self, row: int, given: TargetRow) -> None:
        """Write what is typed into the columns that no rule knows by name, and the remarks."""
        for column in _TYPED_FURTHER:
            look = self.styles.cell(**{**_INPUT, **look_of_kind(column), **_small_words(column)})
            self._entry(row, _POSITIONS[column.name], given.entry(column.name), look)
        note = self.styles.cell(**_INPUT, text_wrap=True, font_size=_NOTE_SIZE)
        self._entry(row, _POSITIONS["note"], given.note, note)

    def _formulas(
        self, row: int, shown: Shown, formulas: Mapping[str, str], month: Mapping[str, object]
    ) -> None:
        values: dict[str, Decimal | str | None] = dict(zip(MONTH_NAMES, shown.months, strict=False))
        values |= {
            "cumulative": shown.cumulative,
            "completion": shown.completion,
            "rating": shown.rating,
        }
        for name, formula in formulas.items():
            value = values.get(name)
            cached = "" if value is None else float(value) if isinstance(value, Decimal) else value
            look = self.styles.cell(**_COMPUTED_LOOKS.get(name, month))
            self.sheet.write_formula(row - 1, _POSITIONS[name], f"={formula}", look, cached)

    def _entry(self, row: int, position: int, entry: CellEntry, look: Format) -> None:
        write_entry(self.sheet, row - 1, position, entry, look)


_SPARE = TargetRow(Indicator("", "", "", ""))
_NOTHING = Shown(None, None, "")
_INPUT: dict[str, object] = {"bg_color": INPUT_FILL, "locked": False}
# Whatever is typed must stay readable: a figure too wide for its cell is made smaller, not ####.
_NUMBER: dict[str, object] = {"num_format": INTEGER_FORMAT, "align": "right", "shrink": True}
_COMPUTED_MONTH: dict[str, object] = {**_NUMBER, "bg_color": GROUP_FILL}
_DERIVED_MONTH: dict[str, object] = {**_COMPUTED_MONTH, "locked": False}
_TYPED_MONTH: dict[str, object] = {**_INPUT, **_NUMBER}
_GIVEN_PLAN = _COMPUTED_MONTH
_GIVEN_HELP = "Cấp trên giao, đã khóa. Cần điều chỉnh thì đề nghị cấp trên giao lại."
_COMPUTED_LOOKS: dict[str, dict[str, object]] = {
    "cumulative": {**_NUMBER, "bold": True},
    "completion": {**_NUMBER, "num_format": SHARE_FORMAT},
    "rating": {"align": "center", "shrink": True, "font_size": 11},
}


def _definition_look(column: Column) -> dict[str, object]:
    """How a column that defines the indicator looks."""
    look: dict[str, object] = {"text_wrap": True}
    if column in FURTHER_COLUMNS:
        look = look_of_kind(column)
    if column.kind in (Kind.CODE, Kind.CHOICE) or column.name == "measure":
        look["align"] = "center"
    if column.name == "measure":
        look["font_size"] = MEASURE_SIZE
    if column.kind is Kind.CODE:
        look |= {"num_format": "@", "text_wrap": False, "shrink": True}
    if column.technical:
        look |= {"font_size": _SMALL, "font_color": GREY}
    return look


def _small_words(column: Column) -> dict[str, object]:
    return {"font_size": _NOTE_SIZE} if column.kind is Kind.TEXT else {}


def _height(given: TargetRow, is_folded: bool) -> float:
    """A row height that shows the whole of every text, stacked diacritics included."""
    lines = max(
        line_count(given.indicator.indicator, TARGETS["indicator"].width),
        line_count(given.indicator.measure, TARGETS["measure"].width, MEASURE_SIZE),
        line_count(given.note, TARGETS["note"].width, _NOTE_SIZE),
        *_lines_further(given, is_folded),
    )
    if is_folded:
        return max(_LOWEST_ROW, row_height(lines) + 2)
    source = line_count(given.indicator.source, TARGETS["source"].width, _SMALL)
    return max(_LOWEST_ROW, row_height(lines) + 2, row_height(source, _SMALL_LINE) + 2)


def _lines_further(given: TargetRow, is_folded: bool) -> Iterator[int]:
    """How many lines the words take that no rule knows by name, where they are seen."""
    for column in FURTHER_COLUMNS:
        text = given.entry(column.name)
        if isinstance(text, str) and not (column.technical and is_folded):
            size = _SMALL if column.technical else _NOTE_SIZE
            yield line_count(text, column.width, size)
