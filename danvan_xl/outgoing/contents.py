"""What a workbook is to hold when the program writes one; a blank template has no months."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal

from danvan_xl.schema.columns import CellEntry
from danvan_xl.schema.criteria import CriteriaSet
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.registers import GIVEN_COLUMNS
from danvan_xl.schema.sheets import LEVELS, REGISTERS
from danvan_xl.vietnamese.periods import YEAR_END

# Levels whose officers fill in what they are given: the technical columns are folded away there.
FOLDED_LEVELS = ("Thôn", "Khối/Đoàn thể")
LEVELS_WITHOUT_UNITS = ("Thôn",)

# What one cell for a figure gets: a number, text as a person types it ("trên 30"), or nothing.
TypedValue = Decimal | str | None
InfoValue = str | int | Decimal | dt.date
NO_MONTHS: tuple[TypedValue, ...] = (None,) * YEAR_END


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One line of sheet Chỉ tiêu; `months` are T1 to T12.

    `plan_text` and `last_year_text` stand in their cells in place of the indicator's figures, what
    is in `further` (by column name) in place of what the indicator says further. What
    `is_given` by the office above is locked. In a line that `is_mixed`, the months nobody typed
    follow column Nguồn all the same.
    """

    indicator: Indicator
    months: tuple[TypedValue, ...] = NO_MONTHS
    note: str = ""
    plan_text: str = ""
    last_year_text: str = ""
    is_given: bool = False
    is_mixed: bool = False
    further: Mapping[str, CellEntry] = field(default_factory=dict)

    @property
    def plan_entry(self) -> TypedValue:
        """What stands in the cell of the plan: a number, or words."""
        return self.plan_text or self.indicator.planned.entry

    @property
    def has_plan(self) -> bool:
        """Whether anything stands there."""
        return self.plan_entry not in (None, "")

    def entry(self, name: str) -> CellEntry:
        """What stands in a column that no rule knows by name, or in one handed down."""
        return self.further.get(name, self.indicator.said(name))


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of sheet Đơn vị; a day may be text that is none.

    `further` is what stands in columns that no rule knows by name.
    """

    code: str
    unit_name: str
    level: str = ""
    email: str = ""
    since: dt.date | str | None = None
    until: dt.date | str | None = None
    note: str = ""
    public_key: str = ""
    further: Mapping[str, CellEntry] = field(default_factory=dict)

    def entry(self, name: str) -> CellEntry:
        """What stands in a column of the sheet, by its name."""
        entry: CellEntry = getattr(self, name) if name in _UNIT_NAMES else self.further.get(name)
        return entry


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """The sheet on which the office above keeps the figures of a unit that has no computer.

    `title` is the words on the tab.
    """

    code: str
    unit_name: str
    title: str
    targets: tuple[TargetRow, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything a workbook says.

    `info` maps names of the fields of form Thông tin to values; a missing field takes its default.
    `assignment` maps indicator code → unit code → plan; the columns follow `units`. `registers`
    maps the name of a register to its rows, each by column name. `issued` are the codes and names
    of what was given before, where the lines do not tell.
    """

    info: Mapping[str, InfoValue]
    targets: tuple[TargetRow, ...]
    units: tuple[UnitRow, ...] = ()
    unit_sheets: tuple[UnitSheet, ...] = ()
    assignment: Mapping[str, Mapping[str, TypedValue]] = field(default_factory=dict)
    registers: Mapping[str, tuple[Mapping[str, CellEntry], ...]] = field(default_factory=dict)
    issued: tuple[tuple[str, str], ...] = ()

    @property
    def level(self) -> str:
        """The level of the unit whose workbook this is; xã when it is not said."""
        return str(self.info.get("level") or LEVELS[1])

    @property
    def has_units(self) -> bool:
        """Whether the level has units below it, and so the sheets Đơn vị and Giao chỉ tiêu."""
        return self.level not in LEVELS_WITHOUT_UNITS

    @property
    def plans_are_given(self) -> bool:
        """Whether the office above has given the unit its plans."""
        return any(row.is_given for row in self.targets)

    @property
    def is_folded(self) -> bool:
        """Whether the columns that define an indicator are hidden: nobody here changes them."""
        return self.level in FOLDED_LEVELS

    def info_text(self, name: str) -> str:
        """A field of form Thông tin as text, its default where nothing is said."""
        return str(self.info.get(name, _DEFAULTS[name]))


_UNIT_NAMES = frozenset(item.name for item in fields(UnitRow))
_DEFAULTS = {column.name: column.default for column in INFO.fields}


def blank_contents(
    level: str,
    code: str,
    name: str,
    year: int,
    indicators: Sequence[Indicator],
    criteria: CriteriaSet | None = None,
) -> Contents:
    """The contents of a workbook that nobody has filled in yet.

    `criteria` are those its register of criteria already lists, for somebody to judge.
    """
    info: dict[str, InfoValue] = {"level": level, "year": year}
    if code:
        info["unit_code"] = code
    if name:
        info["unit_name"] = name
    targets = tuple(TargetRow(indicator) for indicator in indicators)
    return Contents(info, targets, registers=_given_criteria(criteria))


def _given_criteria(
    criteria: CriteriaSet | None,
) -> dict[str, tuple[Mapping[str, CellEntry], ...]]:
    """The rows of the registers that list official criteria."""
    if criteria is None:
        return {}
    rows: tuple[Mapping[str, CellEntry], ...] = tuple(
        dict(zip(GIVEN_COLUMNS, (criteria.name, item.number, item.name), strict=True))
        for item in criteria.criteria
    )
    return {register.name: rows for register in REGISTERS if register.reference}
