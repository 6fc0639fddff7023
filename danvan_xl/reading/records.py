"""What one workbook says once it is read: units, targets and figures, each with its place."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from string import ascii_uppercase, digits
from typing import NamedTuple

from danvan_xl.files.cells_xml import NO_FORMULAS, SheetFormulas
from danvan_xl.reading.entries import Entry, plain_entry
from danvan_xl.reading.figure import NO_FIGURE, NOTHING, Figure
from danvan_xl.reading.issued import Issued
from danvan_xl.reading.known_rows import NO_ROWS, KnownRows
from danvan_xl.reading.manifests import Sealed, UnreadableManifest
from danvan_xl.reading.register_table import RegisterRows
from danvan_xl.schema.columns import further_columns
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.issues import NOWHERE, Issue, Place
from danvan_xl.schema.options import Direction, PlanKind
from danvan_xl.schema.plans import Plan, StatedPlan
from danvan_xl.schema.sheets import PHASED_NAMES, REMARKS, UNITS
from danvan_xl.vietnamese.periods import Period


class Info(NamedTuple):
    """Sheet Thông tin; what is not written is empty or None.

    `further` is what stands in fields that no rule knows by name. `code_is_number` tells a code
    that was typed as a number with decimals, `prepared_place` is the cell of Ngày lập.
    """

    unit_code: str = ""
    unit_name: str = ""
    level: str = ""
    parent_code: str = ""
    parent_name: str = ""
    year: int | None = None
    period: Period | None = None
    cutoff: str = ""
    deadline: dt.date | None = None
    prepared_on: dt.date | None = None
    preparer_title: str = ""
    recipient_email: str = ""
    inbox: str = ""
    secrecy: str = ""
    template_version: str = ""
    further: Mapping[str, Entry] = NOTHING
    code_is_number: bool = False
    prepared_place: Place = NOWHERE

    def said(self, name: str) -> str | int | dt.date | Decimal | Period | None:
        """What a field says, by its name; None, or "", for nothing."""
        if name not in self._fields:
            return plain_entry(self.further.get(name))
        value: str | int | dt.date | Period | None = getattr(self, name)
        return value


class Unit(NamedTuple):
    """One line of sheet Đơn vị: a unit one level below, and the days between which it exists.

    `further` is what stands in columns that no rule knows by name.
    """

    code: str
    name: str
    row: int
    level: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    email: str = ""
    public_key: str = ""
    further: Mapping[str, Entry] = NOTHING

    def __hash__(self) -> int:
        """The same for the same line, whatever stands further on it."""
        return hash((self.code, self.name, self.row))

    def is_expected(self, day: dt.date | None) -> bool:
        """Whether the unit has to report figures up to `day`: it exists on it (None: not known)."""
        if day is None:
            return True
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or self.until >= day)

    def exists_in(self, year: int) -> bool:
        """Whether the unit exists on some day of a year."""
        begun = self.since is None or self.since.year <= year
        return begun and (self.until is None or self.until.year >= year)


# The phased plans of a row without any.
NOT_PHASED = (NO_FIGURE, NO_FIGURE, NO_FIGURE)
_NO_PHASES = (None, None, None)


class Target(NamedTuple):
    """One row of sheet Chỉ tiêu. `row` is the number Excel shows; months are T1 to T12.

    `phased` are the plans for the first quarter, six and nine months, where they are written.
    `shown` are the values the sheet's own formulas show, by column name, as they were saved;
    `left_blank` names the choices that took their default because nothing was written; `further` is
    what stands in columns that no rule knows by name, those of the indicator among them.
    `plan_kind` is how the plan is meant by the row's own Chiều; `stated` are plans, by column name,
    that say more than one number, for whoever knows another Chiều; `headings` are the names of the
    rows above that head it.
    """

    row: int
    indicator: Indicator
    last_year: Figure
    plan: Figure
    months: tuple[Figure, ...]
    shown: Mapping[str, object] = NOTHING
    left_blank: frozenset[str] = frozenset()
    further: Mapping[str, Entry] = NOTHING
    phased: tuple[Figure, Figure, Figure] = NOT_PHASED
    plan_kind: PlanKind = PlanKind.PLAIN
    stated: Mapping[str, StatedPlan] = NOTHING
    headings: tuple[str, ...] = ()

    def plan_by(self, direction: Direction) -> Plan:
        """The plan for the year, Chiều being as given."""
        if (stated := self.stated.get("plan")) is not None:
            return stated.by(direction)
        return Plan(self.plan.value, self.plan_kind)

    def phased_by(self, direction: Direction) -> tuple[Decimal | None, ...]:
        """The phased plans, Chiều being as given; None where one is not known."""
        if self.phased is NOT_PHASED:
            return _NO_PHASES
        stated = map(self.stated.get, PHASED_NAMES)
        return tuple(
            figure.value if words is None else words.by(direction).value
            for figure, words in zip(self.phased, stated, strict=True)
        )


# The fields and the columns of units that no rule knows by name.
FURTHER_FIELDS = further_columns(INFO.fields, Info._fields)
FURTHER_UNIT_COLUMNS = further_columns(UNITS.columns, {*Unit._fields, "unit_name", REMARKS})


class TargetSheet(NamedTuple):
    """The targets of one unit on one sheet; `letters` tells where each column stands."""

    title: str
    unit_code: str
    unit_name: str
    letters: Mapping[str, str]
    header_row: int
    targets: tuple[Target, ...]
    file: str = ""

    def at(self, cell: str) -> Place:
        """The place of a cell by its A1 name; of the sheet itself for ""."""
        return Place(self.file, self.title, cell, self.unit_name)

    def place(self, column: str, target: Target) -> Place:
        """The place of a target's cell."""
        return self.at(self.cell(column, target))

    def cell(self, column: str, target: Target) -> str:
        """The A1 name of a target's cell; "" when the sheet has no such column."""
        letter = self.letters.get(column)
        return f"{letter}{target.row}" if letter else ""


class Assignment(NamedTuple):
    """Sheet Giao chỉ tiêu: plans by indicator and unit code, stated totals, their cells.

    A plan in `plans` may be one that is not known. `not_given` are the cells that say "-".
    `codes` and `unit_codes` tell what is written at the head of its rows and columns, and where;
    columns go by their unit's code though its name may head them. `exempt` are the cells (indicator
    and unit) that say KAD.
    """

    title: str = ""
    plans: Mapping[tuple[str, str], Plan] = NOTHING
    totals: Mapping[str, tuple[Decimal, str]] = NOTHING
    codes: Mapping[str, tuple[str, str]] = NOTHING
    unit_codes: Mapping[str, tuple[str, str]] = NOTHING
    exempt: frozenset[tuple[str, str]] = frozenset()
    not_given: frozenset[tuple[str, str]] = frozenset()

    def total_of(self, code: str) -> Decimal | None:
        """Σ of what the units are given of an indicator; None where one plan is not known."""
        given = [plan.value for (key, _), plan in self.plans.items() if key == code]
        known = [value for value in given if value is not None]
        return sum(known, Decimal(0)) if given and len(known) == len(given) else None

    def count_of(self, code: str) -> int:
        """How many units are given something of an indicator."""
        return sum(key == code for key, _ in self.plans)

    def total_in_numbers(self, code: str) -> Decimal:
        """What a formula adds up of it: a plan in words ("> 95") is none of its numbers."""
        given = (plan for (key, _), plan in self.plans.items() if key == code)
        numbers = (plan.value for plan in given if plan.kind is PlanKind.PLAIN)
        return sum((value for value in numbers if value is not None), Decimal(0))

    def cell(self, code: str, unit: str) -> str:
        """The A1 name of what a unit is given of an indicator; "" without such a column."""
        if code not in self.codes or unit not in self.unit_codes:
            return ""
        column = self.unit_codes[unit][1].rstrip(digits)
        return column + self.codes[code][1].lstrip(ascii_uppercase)


def no_formulas(_title: str) -> SheetFormulas:
    """What nobody can look up: no cell of any sheet has a formula."""
    return NO_FORMULAS


class Book(NamedTuple):
    """One workbook as read. `own` is the unit's own sheet, `sub_sheets` those of its sub-units.

    `registers` are its registers, the unit's own and those whose title block names a sub-unit.

    `sending` is its manifest where it is a sending; `issued` tells to whom it was given out.

    `formulas_of` looks again at a sheet, by its title, for what values do not tell. `given_names`
    are the indicators the office above has given, under the names it gave them by.
    """

    file: str
    sha256: str
    info: Info
    units: tuple[Unit, ...] = ()
    own: TargetSheet | None = None
    sub_sheets: tuple[TargetSheet, ...] = ()
    assignment: Assignment = Assignment()
    issues: tuple[Issue, ...] = ()
    is_summary: bool = False
    registers: tuple[RegisterRows, ...] = ()
    formulas_of: Callable[[str], SheetFormulas] = no_formulas
    is_marked_copy: bool = False
    sending: Sealed | UnreadableManifest | None = None
    issued: Issued | None = None
    given_names: KnownRows = NO_ROWS

    def place(self, sheet: str = "", cell: str = "") -> Place:
        """A place in it; the workbook itself without a sheet."""
        return Place(self.file, sheet, cell, self.info.unit_name)


def last_month(sheets: Iterable[TargetSheet | None]) -> int | None:
    """The last month (1 to 12) in which a sheet has a figure; None when none has."""
    months = (
        position
        for sheet in sheets
        if sheet is not None
        for target in sheet.targets
        for position, figure in enumerate(target.months, start=1)
        if figure.value is not None
    )
    return max(months, default=None)
