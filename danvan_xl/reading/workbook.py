"""From an opened workbook to a `Book`: whose it is, its units, its targets, its assignments."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from operator import itemgetter

from danvan_xl.files.cells_xml import SheetLooks
from danvan_xl.files.grid import HEAD_ROWS, Cell, cell_name, is_blank
from danvan_xl.files.old_fonts import Decoded, decoded
from danvan_xl.files.opening import OpenedBook
from danvan_xl.reading.assignments import read_assignment
from danvan_xl.reading.entries import further_in, read_entries
from danvan_xl.reading.figure import NOTHING
from danvan_xl.reading.found_sheets import (
    FoundSheet,
    assignment_sheets,
    find_sheets,
    sheets_of,
    titled_cell,
)
from danvan_xl.reading.headers import data_rows, date_of, is_code_cut, text_of
from danvan_xl.reading.info import read_info
from danvan_xl.reading.issued import issued_rows, read_issued
from danvan_xl.reading.known_rows import NO_ROWS, KnownRows
from danvan_xl.reading.leading_out import book_leads_out, file_leads_out
from danvan_xl.reading.manifests import read_manifest
from danvan_xl.reading.marked_copies import is_marked_copy
from danvan_xl.reading.month_bands import band_issues, with_bands
from danvan_xl.reading.records import (
    FURTHER_UNIT_COLUMNS,
    Assignment,
    Book,
    Info,
    TargetSheet,
    Unit,
)
from danvan_xl.reading.register_table import RegisterRows
from danvan_xl.reading.registers import read_register
from danvan_xl.reading.row_figures import ColumnHabits
from danvan_xl.reading.senders import Claim, Senders, Superior
from danvan_xl.reading.sendings import key_of_two
from danvan_xl.reading.sheet_looks import given_percents_unknown, looked_over, percents_unknown
from danvan_xl.reading.target_header import for_year, hidden_words, loose_columns
from danvan_xl.reading.targets import ReadTargets, known_rows, read_targets
from danvan_xl.reading.uncomputed_cells import figures_not_computed, formulas_not_computed
from danvan_xl.reading.unit_heads import with_unit_row
from danvan_xl.reading.unit_lookup import UnitIndex
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.output_sheets import OUTPUT_TABLES
from danvan_xl.schema.sheets import (
    INPUT_SHEETS,
    REGISTER_OF,
    TARGETS,
    UNITS,
)
from danvan_xl.vietnamese.measures import is_share
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import match_key

LooksOf = Callable[[str], SheetLooks]


def read_book(opened: OpenedBook, known: KnownRows = NO_ROWS) -> Book:
    """What a workbook says, with every reading problem as an issue.

    `known` are the indicators by whose names rows are found that have lost their code; without any,
    those the workbook was issued with, else its own coded rows. Of a marked copy only the sheet
    Thông tin is read.
    """
    if is_marked_copy(opened.grids):
        info = read_info(opened.grids)[0]
        told = tuple(file_leads_out(opened.outside_of(()), Place(opened.file)))
        return Book(opened.file, opened.sha256, info, issues=told, is_marked_copy=True)
    by_head = decoded(opened.grids, HEAD_ROWS)
    info, info_issues = read_info(tuple(item.grid for item in by_head), opened.file)
    here = Place(opened.file, unit_name=info.unit_name)
    by_head = [item._replace(grid=item.grid.within(here)) for item in by_head]
    found, decoded_below = _in_unicode(find_sheets(tuple(item.grid for item in by_head)))
    units, unit_issues = _read_units(found)
    issues = [*info_issues, *unit_issues]
    for done in (*by_head, *decoded_below):
        issues += _old_font(done)
    issues += formulas_not_computed(opened, here)
    issues += [issue(Code.FILE_MISNAMED, here)] if opened.is_misnamed else []
    for item in found:
        if item.header.sheet in INPUT_SHEETS and item.header.sheet is not TARGETS:
            issues += loose_columns(item.grid, item.header)
    looks_of = lru_cache(opened.looks_of)
    given = issued_rows(opened.grids)
    sheets = _target_sheets(found, info, units, (known, given), issues=issues, looks_of=looks_of)
    issues += figures_not_computed(found, sheets)
    issues += book_leads_out(opened, here, found, sheets, looks_of)
    issues += _hidden(found, looks_of)
    own, subs = _sort_out(_visible_first(found, sheets), info, units, issues)
    issues = _without_uncounted(issues)
    assignment = _read_assignment(found, units, own, issues=issues, looks_of=looks_of)
    registers = _read_registers(found, info, units, issues)
    is_summary = any(item.header.sheet in OUTPUT_TABLES for item in found)
    return Book(
        file=opened.file,
        sha256=opened.sha256,
        info=info,
        units=units,
        own=own,
        sub_sheets=subs,
        assignment=assignment,
        issues=tuple(issues),
        is_summary=is_summary and own is None and not subs,
        registers=tuple(table._replace(sha256=opened.sha256) for table in registers),
        formulas_of=opened.formulas_of,
        sending=read_manifest(opened.grids),
        issued=read_issued(opened.grids),
        given_names=given,
    )


def _in_unicode(found: list[FoundSheet]) -> tuple[list[FoundSheet], list[Decoded]]:
    """The sheets in Unicode also below their first rows, and what was done to each."""
    below = decoded([item.grid for item in found])
    pairs = zip(found, below, strict=True)
    return [item._replace(grid=done.grid) for item, done in pairs], below


def _old_font(done: Decoded) -> Iterator[Issue]:
    """A note on a sheet that was typed in an old font."""
    if done.font is not None:
        values = {"font": Ours(done.font.value), "count": Ours(done.changed)}
        yield issue(Code.TEXT_IN_OLD_FONT, done.grid.place(), **values)


def _read_units(found: list[FoundSheet]) -> tuple[tuple[Unit, ...], list[Issue]]:
    """The units of sheet Đơn vị; a code that comes twice counts once."""
    units: dict[str, Unit] = {}
    issues: list[Issue] = []
    keys: dict[str, str] = {}  # whose each public key is, by name
    for item in sheets_of(found, UNITS.name):
        rows = list(data_rows(item.grid, item.header))
        habits = ColumnHabits([row for _, row in rows])
        further = further_in(item.header, FURTHER_UNIT_COLUMNS)
        for number, row in rows:
            cells = {
                name: row[index] if index < len(row) else None
                for name, index in item.header.columns.items()
            }
            code = text_of(cells["code"])
            if not code or not text_of(cells["unit_name"]):
                if code or text_of(cells["unit_name"]):
                    place = item.grid.place(f"A{number}")
                    value = Typed(code or text_of(cells["unit_name"]))
                    issues.append(issue(Code.UNIT_INCOMPLETE, place, value=value))
                continue
            if first := units.get(match_key(code)):
                place = item.grid.place(cell_name(number, item.header.columns["code"]))
                values = {"value": Typed(code), "first": Ours(first.row)}
                issues.append(issue(Code.UNIT_REPEATED, place, **values))
                continue
            entries, said = read_entries(further, (item.grid.place(), number, row), habits)
            units[match_key(code)] = Unit(
                code=code,
                name=text_of(cells["unit_name"]),
                row=number,
                level=text_of(cells.get("level")),
                since=date_of(cells.get("since")),
                until=date_of(cells.get("until")),
                email=text_of(cells.get("email")),
                public_key=text_of(cells.get("public_key")),
                further=entries or NOTHING,
            )
            issues += _unit_date_issues(item, number, cells)
            issues += _key_issues(item, units[match_key(code)], keys)
            issues += said
    return tuple(units.values()), issues


def _key_issues(item: FoundSheet, unit: Unit, keys: dict[str, str]) -> Iterator[Issue]:
    """A warning where a unit has the public key of one above it; its own is noted."""
    if unit.public_key and (other := keys.setdefault(unit.public_key, unit.name)) != unit.name:
        place = item.grid.place(cell_name(unit.row, item.header.columns["public_key"]))
        yield key_of_two(other, unit.name, place)


def _unit_date_issues(item: FoundSheet, number: int, cells: Mapping[str, Cell]) -> Iterator[Issue]:
    """A warning for each day of a unit that is no date."""
    for name in ("since", "until"):
        value = cells.get(name)
        if is_blank(value) or date_of(value) is not None:
            continue
        place = item.grid.place(cell_name(number, item.header.columns[name]))
        values = {"value": Typed(text_of(value)), "field": Ours(UNITS[name].header)}
        yield issue(Code.DATE_UNREADABLE, place, **values)


def _target_sheets(
    found: list[FoundSheet],
    info: Info,
    units: tuple[Unit, ...],
    lists: tuple[KnownRows, KnownRows],
    *,
    issues: list[Issue],
    looks_of: LooksOf,
) -> list[TargetSheet]:
    """Every sheet of targets, each with the code its title block names (or the book's).

    `lists` are the indicators that are known, and those the workbook was issued with.
    """
    given, issued = lists
    own = NO_ROWS
    names = {match_key(unit.code): unit.name for unit in units}
    senders = Senders(Superior(info, units), words=Typed)
    sheets: list[TargetSheet] = []
    for item in sheets_of(found, TARGETS.name):
        code = _resolved(titled_cell(item) or info.unit_code, item, info, senders, issues)
        if code is None:
            continue
        name = names.get(match_key(code), info.unit_name)
        header = with_bands(item.grid, for_year(item.header, info.year))
        looks = looks_of(item.grid.title)
        seen = looked_over(item.grid._replace(unit_name=name), header, looks)
        known = (given if given.rows else own).with_issued(issued)
        read: ReadTargets = read_targets(seen.grid, header, known, code)
        sheets.append(read.sheet)
        issues += (*band_issues(item.grid, header), *seen.issues, *read.issues)
        issues += percents_unknown(read.sheet, looks)
        own = own.joined(known_rows(read.sheet))
    return sheets


def _hidden(found: list[FoundSheet], looks_of: LooksOf) -> Iterator[Issue]:
    """What is hidden of the sheets of targets, and read all the same."""
    for item in sheets_of(found, TARGETS.name):
        place = item.grid.place()
        if item.grid.hidden:
            yield issue(Code.SHEET_HIDDEN, place)
        if hidden := hidden_words(item.header, looks_of(item.grid.title).hidden):
            yield issue(Code.CELLS_HIDDEN, place, hidden=Ours(hidden))


def _resolved(
    cell: Cell, item: FoundSheet, info: Info, senders: Senders, issues: list[Issue]
) -> str | None:
    """The code meant by a title block, held against the unit its tab names; None: of nobody.

    A unit known otherwise than by its code is pointed out.
    """
    written, tab = text_of(cell), item.grid.title
    if match_key(written) == match_key(info.unit_code):
        return written
    name = tab if senders.knows(tab) else ""
    found = senders.sender(Claim(written, name, is_number=is_code_cut(cell)), item.grid.place())
    if found.unit is None and not found.mixed_up:
        return written  # who knows no such code says so
    issues += found.issues
    return None if found.unit is None else found.unit.code


def _visible_first(
    found: list[FoundSheet], sheets: list[TargetSheet]
) -> list[tuple[TargetSheet, bool]]:
    """The sheets of targets, each with whether it is hidden: of one unit the visible one counts."""
    hidden = {item.grid.title for item in found if item.grid.hidden}
    return sorted(((sheet, sheet.title in hidden) for sheet in sheets), key=itemgetter(1))


def _without_uncounted(issues: list[Issue]) -> list[Issue]:
    """The findings; of a hidden sheet beside a visible one but that it does not count."""
    beside = {item.place.sheet for item in issues if item.code is Code.SHEET_HIDDEN_BESIDE}
    return [
        item
        for item in issues
        if item.place.sheet not in beside or item.code is Code.SHEET_HIDDEN_BESIDE
    ]


def _sort_out(
    sheets: list[tuple[TargetSheet, bool]],
    info: Info,
    units: tuple[Unit, ...],
    issues: list[Issue],
) -> tuple[TargetSheet | None, tuple[TargetSheet, ...]]:
    """The unit's own sheet and its sub-units'; a second one of a unit is an issue."""
    codes = {match_key(unit.code) for unit in units}
    own: TargetSheet | None = None
    subs: dict[str, TargetSheet] = {}
    visible: set[str] = set()
    for sheet, is_hidden in sheets:
        if not is_hidden:
            visible.add(sheet.title)
        key = match_key(sheet.unit_code)
        if key in codes and key != match_key(info.unit_code):
            earlier = subs.setdefault(key, sheet)
        elif sheet.unit_code and key != match_key(info.unit_code) and info.unit_code:
            place = sheet.at("")
            values = {"value": Typed(sheet.unit_code)}
            hint = Typed(UnitIndex(units).hint(sheet.unit_code))
            issues.append(issue(Code.UNIT_UNKNOWN, place, hint=hint, **values))
            continue
        else:
            own = own or sheet
            earlier = own
        if earlier is not sheet:
            place = sheet.at("")
            values = {"name": Typed(sheet.unit_name or sheet.unit_code)}
            values["used"] = Typed(earlier.title)
            is_beside = is_hidden and earlier.title in visible
            code = Code.SHEET_HIDDEN_BESIDE if is_beside else Code.SHEET_REPEATED
            issues.append(issue(code, place, **values))
    return own, tuple(subs.values())


def _read_assignment(
    found: list[FoundSheet],
    units: tuple[Unit, ...],
    own: TargetSheet | None,
    *,
    issues: list[Issue],
    looks_of: LooksOf,
) -> Assignment:
    """Sheet Giao chỉ tiêu, the first there is; the others are named."""
    sheets = assignment_sheets(found)
    if not sheets:
        return Assignment()
    item, *others = sheets
    for other in others:
        used = Typed(item.grid.title)
        issues.append(issue(Code.ASSIGNMENT_REPEATED, other.grid.place(), used=used))
    indicators = [target.indicator for target in own.targets] if own else []
    looks = looks_of(item.grid.title)
    header = with_unit_row(item.grid, item.header, UnitIndex(units))
    seen = looked_over(item.grid, header, looks)
    read = read_assignment(seen.grid, header, units, indicators)
    shares = {match_key(one.code) for one in indicators if is_share(one.measure)}
    unknown = given_percents_unknown(read.assignment, shares, looks, item.grid.place())
    issues += (*seen.issues, *read.issues, *unknown)
    return read.assignment


def _read_registers(
    found: list[FoundSheet], info: Info, units: tuple[Unit, ...], issues: list[Issue]
) -> list[RegisterRows]:
    """The registers of the unit and of its sub-units; a second one of a unit is an issue.

    A hidden one beside a visible one does not count, though nothing be written in the other.
    """
    names = {match_key(unit.code): unit.name for unit in units}
    senders = Senders(Superior(info, units), words=Typed)
    tables: dict[tuple[str, str], RegisterRows] = {}
    visible: dict[tuple[str, str], str] = {}
    for item in sorted(found, key=lambda item: item.grid.hidden):
        register = REGISTER_OF.get(item.header.sheet.name)
        if register is None:
            continue
        titled = titled_cell(item)
        place = item.grid.place()
        code: str | None = info.unit_code
        if titled not in (None, ""):
            code = _resolved(titled, item, info, senders, issues)
        if code is None:
            continue
        key = match_key(code)
        is_own = key == match_key(info.unit_code) or not info.unit_code
        if titled == "":
            issues.append(issue(Code.UNIT_MISSING, place))
            continue
        if not is_own and key not in names:
            values = {"value": Typed(code), "hint": Typed(UnitIndex(units).hint(code))}
            issues.append(issue(Code.UNIT_UNKNOWN, place, **values))
            continue
        name = info.unit_name if is_own else names[key]
        read = read_register(item.grid._replace(unit_name=name), item.header, register, code)
        told = {"register": Ours(register.title), "name": Typed(name or code)}
        shown = visible.setdefault((register.name, key), "" if item.grid.hidden else place.sheet)
        if item.grid.hidden and shown:
            beside = issue(Code.REGISTER_HIDDEN_BESIDE, place, used=Typed(shown), **told)
            issues += [beside] if read.table.rows else []
            continue
        issues += read.issues
        if not read.table.rows:
            continue
        earlier = tables.setdefault((register.name, key), read.table)
        if earlier is not read.table:
            used = Typed(earlier.title)
            issues.append(issue(Code.REGISTER_REPEATED, place, used=used, **told))
    return list(tables.values())
