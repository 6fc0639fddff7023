"""What guides eye and hand on a sheet of targets: dropdowns, checks, colours that follow."""

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from danvan_xl.outgoing.formulas import NONE_OCCURRED, NOT_APPLICABLE, unread_text
from danvan_xl.reading.target_columns import FIGURE_NAMES
from danvan_xl.rollup.rating import SEE_SUMMARY
from danvan_xl.schema.columns import Kind
from danvan_xl.schema.indicators import FURTHER_COLUMNS
from danvan_xl.schema.info_form import MONTH
from danvan_xl.schema.sheets import MONTH_NAMES, TARGETS
from danvan_xl.writing.styles import MUTE_INK, WAIT_FILL, WAIT_INK, Styles
from danvan_xl.writing.template.heading import HEADER_ROW
from danvan_xl.writing.template.info import info_cell
from danvan_xl.writing.template.inputs import (
    Area,
    add_choices,
    add_figure,
    add_unique_code,
    help_column,
    show_decimals,
    show_when,
)
from danvan_xl.writing.template.target_lines import LETTERS, Lines
from danvan_xl.writing.tones import RATING_TONES, WAIT

_FIRST_MONTH, _LAST_MONTH = MONTH_NAMES[0], MONTH_NAMES[-1]


def _runs(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The first and the last of each run of columns that stand side by side, months apart."""
    first = last = names[0]
    for name in names[1:]:
        is_next = TARGETS.position(name) == TARGETS.position(last) + 1
        if not is_next or (name in MONTH_NAMES) != (last in MONTH_NAMES):
            yield first, last
            first = name
        last = name
    yield first, last


_FIGURE_RUNS = tuple(_runs(FIGURE_NAMES))
_DUE_FILL = "#9DC3E6"
_TYPED_DECIMALS, _COMPUTED_DECIMALS = 4, 2


def help_typing(
    sheet: Worksheet, styles: Styles, lines: Lines, lists: Mapping[tuple[str, ...], str]
) -> None:
    """Give the cells of every line their dropdowns and checks; `lists` are cells of choices."""
    for column in TARGETS.columns:
        if column.kind is Kind.CHOICE:
            area = _area(lines, column.name)
            add_choices(sheet, area, column, lists.get(column.choices, ""))
    code = LETTERS["code"]
    codes = f"${code}${lines.first_row}:${code}${lines.last_row}"
    add_unique_code(sheet, _area(lines, "code"), f"{code}{lines.first_row}", codes)
    for first, last in _FIGURE_RUNS:
        cell = f"{LETTERS[first]}{lines.first_row}"
        add_figure(sheet, _area(lines, first, last), cell, marks=first == _FIRST_MONTH)
    for column in FURTHER_COLUMNS:
        if column.kind is not Kind.CHOICE and column.name not in FIGURE_NAMES:
            help_column(sheet, styles, _area(lines, column.name), column)
    everything = f"A{lines.first_row}:{LETTERS[TARGETS.columns[-1].name]}{lines.last_row}"
    sheet.ignore_errors({"number_stored_as_text": everything, "formula_range": everything})


def show_states(sheet: Worksheet, styles: Styles, lines: Lines, ratio_rows: Sequence[int]) -> None:
    """Colour ratings and odd figures as they come and go; words carry the meaning, not colour."""
    _show_ratings(sheet, styles, lines)
    _show_months(sheet, styles, lines)
    _show_decimals(sheet, styles, lines, ratio_rows)


def _show_ratings(sheet: Worksheet, styles: Styles, lines: Lines) -> None:
    for rating, tone in {**RATING_TONES, SEE_SUMMARY: WAIT}.items():
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{rating}"',
            "format": styles.tone(**tone),
        }
        sheet.conditional_format(*_area(lines, "rating"), rule)


def _show_months(sheet: Worksheet, styles: Styles, lines: Lines) -> None:
    """Mark the month that is due, figures of months after it, and text no formula reads."""
    first, cell = LETTERS[_FIRST_MONTH], f"{LETTERS[_FIRST_MONTH]}{lines.first_row}"
    month = f"COLUMN({cell})-COLUMN(${first}{lines.first_row})+1"
    due = styles.tone(bg_color=_DUE_FILL)
    header = (HEADER_ROW, TARGETS.position(_FIRST_MONTH), HEADER_ROW, TARGETS.position(_LAST_MONTH))
    show_when(sheet, header, f'AND({info_cell("period")}<>"",{month}={MONTH})', due)
    area = _area(lines, _FIRST_MONTH, _LAST_MONTH)
    later = styles.tone(font_color=MUTE_INK, italic=True, font_strikeout=True)
    show_when(sheet, area, f'AND({cell}<>"",{month}>{MONTH})', later)
    marks = ",".join(f'{cell}<>"{mark}"' for mark in ("", *NONE_OCCURRED, *NOT_APPLICABLE))
    odd = styles.tone(bg_color=WAIT_FILL, font_color=WAIT_INK, italic=True)
    show_when(sheet, area, f"AND(ISTEXT({cell}),{marks})", odd)
    results = _area(lines, "cumulative", "completion")
    unread = unread_text(lines.first_row, {name: f"${letter}" for name, letter in LETTERS.items()})
    show_when(sheet, results, f"{unread}>0", odd)


def _show_decimals(
    sheet: Worksheet, styles: Styles, lines: Lines, ratio_rows: Sequence[int]
) -> None:
    """Show decimals where a figure has some: as typed, or two where it is worked out."""
    for row in ratio_rows:
        area = (row - 1, TARGETS.position(_FIRST_MONTH), row - 1, TARGETS.position("cumulative"))
        show_decimals(sheet, styles, area, _COMPUTED_DECIMALS)
    typed = _area(lines, "last_year", _LAST_MONTH)
    show_decimals(sheet, styles, typed, _TYPED_DECIMALS)
    for name in FIGURE_NAMES:
        if not typed[1] <= TARGETS.position(name) <= typed[3]:
            show_decimals(sheet, styles, _area(lines, name), _TYPED_DECIMALS)
    show_decimals(sheet, styles, _area(lines, "cumulative"), _COMPUTED_DECIMALS)


def _area(lines: Lines, first: str, last: str = "") -> Area:
    """The cells of all lines in one column, or from one column to another."""
    positions = TARGETS.position(first), TARGETS.position(last or first)
    return lines.first_row - 1, positions[0], lines.last_row - 1, positions[1]
