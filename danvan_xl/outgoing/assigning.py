"""`giao`: what the plan of a unit gives to each unit below, checked before anything is written."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from danvan_xl.checks.plans import plans_are_understood
from danvan_xl.checks.totals import check_assignment
from danvan_xl.outgoing.blank import find_level
from danvan_xl.outgoing.contents import Contents, InfoValue, TargetRow, blank_contents
from danvan_xl.outgoing.formulas import NOT_APPLICABLE
from danvan_xl.reading.records import Assignment, Book, Info, TargetSheet, Unit
from danvan_xl.reading.unread_cells import error_said
from danvan_xl.rollup.lives import WHOLE_YEAR, Life, life_of
from danvan_xl.rollup.phases import has_phases, phases_in_part
from danvan_xl.schema.columns import CellEntry, Column, Kind
from danvan_xl.schema.criteria import sets_for
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code, Severity
from danvan_xl.schema.plans import NO_PLAN, NOT_GIVEN
from danvan_xl.schema.sheets import CUTOFFS, LEVELS, PHASED_NAMES, REGISTER_OF, UNITS
from danvan_xl.schema.sources import codes_in, parse_source, register_source
from danvan_xl.vietnamese.periods import Period
from danvan_xl.vietnamese.printed import listed
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import match_key, tidy


class AssignedRows:
    """The indicators of sheet Chỉ tiêu as sheet Giao chỉ tiêu gives them; by match keys of codes.

    Given is what at least one unit has a plan for; with a ratio go its numerator and denominator.
    """

    def __init__(self, assignment: Assignment, definitions: Mapping[str, Indicator]) -> None:
        self.assignment = assignment
        self.definitions = definitions

    @cached_property
    def given(self) -> tuple[str, ...]:
        """The indicators some unit has a plan for, in the order of sheet Chỉ tiêu."""
        with_plans = {code for code, _ in self.assignment.plans}
        return tuple(key for key in self.definitions if key in with_plans)

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The indicators that stand in the units' workbooks: those given, and what these need."""
        wanted, waiting = set(self.given), list(self.given)
        while waiting:
            source = parse_source(self.definitions[waiting.pop()].source)
            for key in map(match_key, codes_in(source)):
                if key in self.definitions and key not in wanted:
                    wanted.add(key)
                    waiting.append(key)
        return tuple(key for key in self.definitions if key in wanted)

    @property
    def left_out(self) -> tuple[Indicator, ...]:
        """The indicators that stand in no unit's workbook."""
        return tuple(self.definitions[key] for key in self.definitions if key not in self.written)

    def is_open(self, code: str, unit: str) -> bool:
        """Whether a unit's cell of an indicator says nothing: neither a plan nor KAD or "-"."""
        given = self.assignment
        return not any(
            (code, unit) in said for said in (given.plans, given.exempt, given.not_given)
        )

    def of_unit(self, unit: str, level: str, life: Life = WHOLE_YEAR) -> tuple[TargetRow, ...]:
        """The lines of a unit's workbook, with its plans; `life` is when it exists."""
        return tuple(self._row(key, unit, level, life) for key in self.written)

    def _row(self, key: str, unit: str, level: str, life: Life) -> TargetRow:
        plan = self.assignment.plans.get((key, unit), NO_PLAN)
        indicator = self.definitions[key]._replace(
            last_year=None, plan=plan.value, plan_kind=plan.kind, plan_text=plan.text
        )
        source = register_source(indicator.source)
        if source is not None and level not in REGISTER_OF[source.register].levels:
            indicator = indicator._replace(source="")  # typed by hand where there is no register
        phased: dict[str, CellEntry] = {}
        if life.is_part and plan.value is not None and has_phases(indicator):
            phased = dict(zip(PHASED_NAMES, phases_in_part(plan.value, life), strict=True))
        mark = self._mark(key, unit)
        return TargetRow(indicator, plan_text=mark, is_given=True, further=phased)

    def _mark(self, key: str, unit: str) -> str:
        """What stands in a plan's cell that has no number."""
        if (key, unit) in self.assignment.exempt:
            return NOT_APPLICABLE[0]
        return NOT_GIVEN if (key, unit) in self.assignment.not_given else ""


_THON, _COMMUNE, _DISTRICT, _PROVINCE, _CENTRE, _BODY = LEVELS
_BELOW = {
    _CENTRE: _PROVINCE,
    _PROVINCE: _COMMUNE,
    _DISTRICT: _COMMUNE,
    _COMMUNE: _THON,
    _THON: _THON,
    _BODY: _BODY,
}
# To units without units below, Hạn nộp is the day on which they themselves must send.
_WITHOUT_UNITS = (_THON, _BODY)
_UNITS_ARE_WRONG = (Code.UNIT_REPEATED, Code.UNIT_INCOMPLETE, Code.DATE_UNREADABLE)
_MOST_NAMED = 10
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')


class CannotAssignError(Exception):
    """Nothing can be assigned; the text says in Vietnamese what, where and what to do."""


class UnitPlan(NamedTuple):
    """What one unit is given: its workbook as nobody has filled it in yet, and the file's name."""

    unit: Unit
    contents: Contents
    file: str

    @property
    def target_count(self) -> int:
        """How many plans the unit is given."""
        return sum(row.indicator.planned.is_given for row in self.contents.targets)


class Plans(NamedTuple):
    """What every unit that exists in the year is given, and what has to be said about it."""

    units: tuple[UnitPlan, ...]
    issues: tuple[Issue, ...]


def plan_units(book: Book, email: str = "", *, allow_difference: bool = False) -> Plans:
    """What a workbook gives to each of its units.

    `email` is where they shall send their reports. `allow_difference` lets what is given differ
    from the workbook's own plan. Raises CannotAssignError where the workbook gives nothing, or
    what has to be put right first.
    """
    own, year = _usable(book)
    definitions = {match_key(target.indicator.code): target.indicator for target in own.targets}
    rows = AssignedRows(book.assignment, definitions)
    if not rows.given:
        raise CannotAssignError(
            f"Trang Giao chỉ tiêu của {book.file} chưa giao kế hoạch nào. Mỗi đơn vị một cột giữa "
            "'Kế hoạch' và 'Cộng', đầu cột ghi mã hoặc tên đơn vị; ghi phần giao cho đơn vị đó ở "
            "từng dòng chỉ tiêu, rồi giao lại."
        )
    found = [*_reading_issues(book, own), *_broken_cells(book, own, rows.given)]
    found += plans_are_understood(own, definitions)
    found += check_assignment(book, definitions)
    _refuse(book, found, allow_difference=allow_difference)
    units = [unit for unit in book.units if unit.exists_in(year)]
    if not units:
        raise CannotAssignError(
            f"Không đơn vị nào trong trang Đơn vị của {book.file} hoạt động trong năm {year}. "
            "Xem lại Từ ngày, Đến ngày, và Năm ở trang Thông tin."
        )
    found += [*_absent(book, year), *_levels(book, units), *_gaps(book, units, rows)]
    files = _file_names(units, year)
    plans = (
        UnitPlan(unit, _contents(book, unit, rows, email), files[match_key(unit.code)])
        for unit in units
    )
    return Plans(tuple(plans), tuple(found))


def _usable(book: Book) -> tuple[TargetSheet, int]:
    """The workbook's own targets and its year."""
    if book.own is None or not book.own.targets:
        kind = "là tệp kết quả tổng hợp" if book.is_summary else "không có bảng chỉ tiêu nào"
        raise CannotAssignError(
            f"{book.file} {kind}. Chọn sổ có các trang Đơn vị, Chỉ tiêu, Giao chỉ tiêu; "
            "tạo sổ đúng mẫu bằng lệnh: danvan-xl mau -o SỔ.xlsx"
        )
    if not book.units:
        raise CannotAssignError(
            f"Trang Đơn vị của {book.file} chưa có đơn vị nào. "
            "Ghi mỗi đơn vị một dòng (Mã, Tên đơn vị), rồi giao lại."
        )
    if book.info.year is None:
        raise CannotAssignError(
            f"Chưa ghi Năm ở trang Thông tin của {book.file}. "
            "Ghi năm kế hoạch, ví dụ 2026, rồi giao lại."
        )
    return book.own, book.info.year


def _reading_issues(book: Book, own: TargetSheet) -> Iterator[Issue]:
    """What was said about the units, about what is given, and about the plan itself."""
    columns = {own.letters.get("code", ""), own.letters.get("plan", "")} - {""}
    for found in book.issues:
        sheet, cell = found.place.sheet, found.place.cell
        is_plan = sheet == own.title and cell.rstrip("0123456789") in columns
        if is_plan or sheet == book.assignment.title or found.code in _UNITS_ARE_WRONG:
            yield found


def _broken_cells(book: Book, own: TargetSheet, given: Collection[str]) -> Iterator[Issue]:
    """The cells of plans whose formula shows an error or was saved without a value."""
    assignment = book.assignment
    units = [match_key(unit.code) for unit in book.units]
    plans = [
        own.cell("plan", target)
        for target in own.targets
        if match_key(target.indicator.code) in given
    ]
    shares = [assignment.cell(code, unit) for code in assignment.codes for unit in units]
    for title, cells in ((own.title, plans), (assignment.title, shares)):
        formulas = book.formulas_of(title)
        for cell in cells:
            place = book.place(title, cell)
            if cell in formulas.errors:
                yield issue(Code.NUMBER_IS_ERROR, place, value=error_said(formulas.errors[cell]))
            elif cell in formulas.uncached:
                yield issue(Code.FORMULA_WITHOUT_VALUE, place)


def _refuse(book: Book, found: Iterable[Issue], *, allow_difference: bool) -> None:
    """Raise for what must be put right before anything is written."""
    differences = [item for item in found if item.code is Code.ASSIGNMENT_NOT_THE_PLAN]
    errors = [
        item
        for item in found
        if item.severity is Severity.ERROR and item.code not in _UNITS_ARE_WRONG
    ]
    wrong = [*errors, *([] if allow_difference else differences)]
    if not wrong:
        return
    remedy = ""
    if not allow_difference and differences:
        remedy = " Nếu cố ý giao lệch với kế hoạch, chạy lại với --cho-phep-lech."
    lines = (f"- {item.place}: {item.message} → {item.remedy}" for item in wrong)
    raise CannotAssignError(
        "\n".join(
            (
                f"Chưa giao được, chưa ghi tệp nào: {book.file} có {len(wrong)} chỗ phải sửa trước."
                + remedy,
                *lines,
            )
        )
    )


def _absent(book: Book, year: int) -> Iterator[Issue]:
    """The units that do not exist in the year, and what they are given all the same."""
    assignment = book.assignment
    for unit in book.units:
        if unit.exists_in(year):
            continue
        key = match_key(unit.code)
        cells = [assignment.cell(code, of) for code, of in assignment.plans if of == key]
        place = book.place(UNITS.title, f"A{unit.row}")
        if cells:
            given = book.place(assignment.title, cells[0])
            yield issue(
                Code.UNIT_NOT_IN_YEAR_ASSIGNED,
                given,
                cells=Ours(listed(cells, _MOST_NAMED, "ô")),
                name=Ours(unit.name),
                year=year,
            )
        else:
            yield issue(Code.UNIT_NOT_IN_YEAR, place, name=Ours(unit.name), year=year)


def _levels(book: Book, units: Iterable[Unit]) -> Iterator[Issue]:
    """The units whose Cấp is none."""
    for unit in units:
        if unit.level and find_level(unit.level) is None:
            yield issue(
                Code.UNIT_LEVEL_UNKNOWN,
                book.place(UNITS.title, f"A{unit.row}"),
                value=Typed(unit.level),
                name=Ours(unit.name),
                used=Ours(_level_of(book, unit)),
                choices=Ours("; ".join(LEVELS)),
            )


def _gaps(book: Book, units: Sequence[Unit], rows: AssignedRows) -> Iterator[Issue]:
    """What is given to some units and not to others, and what nobody is given."""
    assignment = book.assignment
    keys = [match_key(unit.code) for unit in units]
    for unit, key in zip(units, keys, strict=True):
        if key not in assignment.unit_codes:
            place = book.place(assignment.title)
            values = {"name": Ours(unit.name), "code": Ours(unit.code)}
            yield issue(Code.UNIT_WITHOUT_COLUMN, place, **values)
    for code in rows.given:
        cells = [assignment.cell(code, key) for key in keys if rows.is_open(code, key)]
        if cells := [cell for cell in cells if cell]:
            place = book.place(assignment.title, cells[0])
            values = {"code": Ours(rows.definitions[code].code)}
            values["cells"] = Ours(listed(cells, _MOST_NAMED, "ô"))
            yield issue(Code.PLAN_NOT_ASSIGNED, place, count=len(cells), **values)
    if left := rows.left_out:
        codes = Ours(", ".join(indicator.code for indicator in left))
        place = book.place(assignment.title)
        yield issue(Code.INDICATORS_NOT_ASSIGNED, place, count=len(left), codes=codes)


def _contents(book: Book, unit: Unit, rows: AssignedRows, email: str) -> Contents:
    """The workbook of one unit."""
    level = _level_of(book, unit)
    year = book.info.year
    assert year is not None  # checked before
    sets = sets_for(unit.name, year) if level == _COMMUNE else ()
    blank = blank_contents(
        level=level,
        code=unit.code,
        name=unit.name,
        year=year,
        indicators=(),
        criteria=sets[0] if len(sets) == 1 else None,
    )
    info = {**blank.info, **_given_info(book, level, email)}
    on_14th = match_key(book.info.cutoff) == match_key(CUTOFFS[1])
    life = life_of(unit, year, on_14th=on_14th)
    targets = rows.of_unit(match_key(unit.code), level, life)
    return Contents(info, targets, registers=blank.registers)


def _level_of(book: Book, unit: Unit) -> str:
    """The level of a unit: as written, else the one below the level of the workbook."""
    above = find_level(book.info.level) or _COMMUNE
    return (find_level(unit.level) if unit.level else None) or _BELOW[above]


def _given_info(book: Book, level: str, email: str) -> dict[str, InfoValue]:
    """What the office above says of itself and of how to report to it."""
    ours = book.info
    info: dict[str, InfoValue] = {
        "parent_code": ours.unit_code,
        "parent_name": ours.unit_name,
        "recipient_email": email,
        **{field.name: _handed_down(field, ours) for field in INFO.fields if field.goes_down},
    }
    if ours.deadline is not None and level in _WITHOUT_UNITS:
        info["deadline"] = ours.deadline
    return {name: value for name, value in info.items() if value}


def _handed_down(field: Column, ours: Info) -> InfoValue:
    """What a field says, a choice as the form spells it; "" when nothing known is written."""
    said = ours.said(field.name) or ""
    if isinstance(said, Period):
        return said.label
    if field.kind is not Kind.CHOICE:
        return said
    key = match_key(str(said))
    return next((choice for choice in field.choices if match_key(choice) == key), "")


def _file_names(units: Iterable[Unit], year: int) -> dict[str, str]:
    """The name of each unit's file by match key of its code."""
    names: dict[str, str] = {}
    taken: dict[str, Unit] = {}
    for unit in units:
        name = file_name(unit.code, year)
        other = taken.setdefault(name.casefold(), unit)
        if other is not unit:
            raise CannotAssignError(
                f"Mã '{other.code}' ({other.name}) và mã '{unit.code}' ({unit.name}) cho cùng một "
                f"tên tệp {name}. Đổi một mã ở trang Đơn vị: tên tệp không ghi được "
                '\\ / : * ? " < > |'
            )
        names[match_key(unit.code)] = name
    return names


def file_name(code: str, year: int) -> str:
    """The name of a unit's workbook, one that Windows takes whatever the code.

    Reserved names (CON, NUL…) and a dot at the end do no harm between "DV_" and the year.
    """
    plain = _NOT_IN_FILE_NAMES.sub("-", unicodedata.normalize("NFC", tidy(code)))
    return f"DV_{plain}_{year}.xlsx"
