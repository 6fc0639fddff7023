"""Sheet Thông tin as read: whose the workbook is, its year and its period."""

import re
from typing import NamedTuple

from danvan_xl.files.grid import Cell, Grid, is_blank
from danvan_xl.files.opening import OpenedBook
from danvan_xl.reading.entries import Entry, Spot, read_entry
from danvan_xl.reading.figure import NOTHING
from danvan_xl.reading.headers import LabelledValue, date_of, is_code_cut, read_form, text_of
from danvan_xl.reading.records import FURTHER_FIELDS, Info
from danvan_xl.reading.row_figures import ColumnHabits
from danvan_xl.schema.choices import loose_choice
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.issues import NOWHERE, Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.periods import parse_period
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import bare_key, match_key

_TITLE, _BARE_TITLE = match_key(INFO.title), bare_key(INFO.title)
_FEWEST_FIELDS = 3
_YEARS = range(1990, 2100)


class WrittenInbox(NamedTuple):
    """What a workbook says under Thư mục nhận, "" when nothing, and the cell it stands in."""

    name: str = ""
    place: Place = NOWHERE


def inbox_of(opened: OpenedBook) -> WrittenInbox:
    """What the workbook says under Thư mục nhận."""
    entries, title = _labelled(opened.grids)
    written = entries.get("inbox")
    if written is None:
        return WrittenInbox()
    return WrittenInbox(text_of(written.value), Place(opened.file, title, written.cell))


def read_info(grids: tuple[Grid, ...], file: str = "") -> tuple[Info, list[Issue]]:
    """Sheet Thông tin: the one so called, else that with most of its labels, at least 3.

    `file` is the name of the workbook.
    """
    entries, title = _labelled(grids)
    if not entries:
        return Info(), [issue(Code.YEAR_MISSING, Place(file))]
    issues: list[Issue] = []
    values: dict[str, object] = {}
    further: dict[str, Entry] = {}
    unwritten = LabelledValue(None, "")
    sheet = Place(file, title, unit_name=text_of(entries.get("unit_name", unwritten).value))
    for column in INFO.fields:
        entry = entries.get(column.name, unwritten)
        place = sheet.at(entry.cell)
        if entry.label:
            said = {"value": Typed(entry.label), "used": Ours(column.header)}
            issues.append(issue(Code.LABEL_LOOSELY, place, **said))
        if column in FURTHER_FIELDS:
            further |= _further(column, entry, sheet, issues)
        elif not is_blank(entry.value):
            values[column.name] = _info_value(column, entry.value, place, issues)
        elif column.name == "year":
            issues.append(issue(Code.YEAR_MISSING, place))
    known = {name: value for name, value in values.items() if value is not None}
    code = entries.get("unit_code", unwritten).value
    known["code_is_number"] = is_code_cut(code)
    if "prepared_on" in known:
        known["prepared_place"] = sheet.at(entries["prepared_on"].cell)
    return Info(**known, further=further or NOTHING), issues  # type: ignore[arg-type]  # from INFO


def places_of_info(grids: tuple[Grid, ...], file: str) -> dict[str, Place]:
    """The cells of sheet Thông tin by the names of its fields, as far as it has them."""
    entries, title = _labelled(grids)
    sheet = Place(file, title)
    return {name: sheet.at(entry.cell) for name, entry in entries.items()}


def _labelled(grids: tuple[Grid, ...]) -> tuple[dict[str, LabelledValue], str]:
    """The values of the form by field name, and the tab they stand on; nothing without a form."""
    best: dict[str, LabelledValue] = {}
    title = ""
    for grid in sorted(grids, key=_rank):
        entries = read_form(grid, INFO)
        if len(entries) < len(INFO.fields) and bare_key(grid.title) == _BARE_TITLE:
            entries = read_form(grid, INFO, loosely=True) | entries
        if len(entries) >= _FEWEST_FIELDS and len(entries) > len(best):
            best, title = entries, grid.title
        if best and bare_key(title) == _BARE_TITLE:
            break
    return best, title


def _rank(grid: Grid) -> int:
    """The rank of a sheet: 0 called Thông tin, 1 called so without marks, 2 any other."""
    if match_key(grid.title) == _TITLE:
        return 0
    return 1 if bare_key(grid.title) == _BARE_TITLE else 2


def _further(
    column: Column, entry: LabelledValue, sheet: Place, issues: list[Issue]
) -> dict[str, Entry]:
    """What a field says that no rule knows by name, by its name."""
    row, at = entry.at
    spot = Spot(sheet, row, (*[None] * at, entry.value), at)
    read = read_entry(column, spot, ColumnHabits(()))
    issues += read.issues
    return {} if read.entry is None else {column.name: read.entry}


def _info_value(column: Column, value: Cell, place: Place, issues: list[Issue]) -> object:
    """The value of one field as its kind asks; None, with an issue, when it is not that."""
    name = column.name
    text = text_of(value)
    if name == "period":
        period = parse_period(text)
        if period is None:
            used = Ours("tháng có số cuối cùng")
            issues.append(issue(Code.PERIOD_UNREADABLE, place, value=Typed(text), used=used))
        return period
    if name == "year":
        match = re.fullmatch(r"(?:năm\s*)?(\d{4})", text, re.IGNORECASE)
        if match and int(match[1]) in _YEARS:
            return int(match[1])
        issues.append(issue(Code.YEAR_MISSING, place))
        return None
    if column.kind is Kind.DATE:
        date = date_of(value)
        if date is None:
            values = {"value": Typed(text), "field": Ours(column.header)}
            issues.append(issue(Code.DATE_UNREADABLE, place, **values))
        return date
    if column.kind is Kind.CHOICE and match_key(text) not in map(match_key, column.choices):
        if meant := loose_choice(text, column.choices):
            values = {"value": Typed(text), "field": Ours(column.header), "used": Ours(meant)}
            issues.append(issue(Code.CHOICE_LOOSELY, place, **values))
            return meant
        choices = Ours("; ".join(column.choices))
        values = {"value": Typed(text), "field": Ours(column.header), "choices": choices}
        issues.append(issue(Code.INFO_CHOICE_UNKNOWN, place, **values))
    return text
