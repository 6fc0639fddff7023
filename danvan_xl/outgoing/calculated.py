"""What the native formulas of a workbook show, worked out by the core.

A reader without a spreadsheet program (a phone, the next link of the chain) sees only these values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.files.grid import Cell, Grid
from danvan_xl.outgoing.contents import Contents, TargetRow
from danvan_xl.outgoing.rating_formulas import says_words
from danvan_xl.reading.figure import Figure
from danvan_xl.reading.headers import find_header
from danvan_xl.reading.records import Target, TargetSheet, last_month
from danvan_xl.reading.register_table import RegisterRows
from danvan_xl.reading.registers import read_register
from danvan_xl.reading.row_figures import ColumnHabits, read_row
from danvan_xl.rollup.derived_figures import derive_figures
from danvan_xl.rollup.from_registers import Derived
from danvan_xl.rollup.rating import SEE_SUMMARY, Rating, shown
from danvan_xl.rollup.ratios import quotient, ratio_rule
from danvan_xl.rollup.tally import Scope, UnitFigure, tally
from danvan_xl.schema.columns import CellEntry
from danvan_xl.schema.issues import Place
from danvan_xl.schema.registers import Register
from danvan_xl.schema.sheets import CUTOFFS, PHASED_NAMES, REGISTER_OF, TARGETS
from danvan_xl.schema.sources import Ratio, parse_source
from danvan_xl.vietnamese.numbers import State
from danvan_xl.vietnamese.periods import YEAR_END, parse_period
from danvan_xl.vietnamese.text import match_key


@dataclass(frozen=True, slots=True)
class Shown:
    """What the formulas of one row show; `months` is empty where months are typed."""

    cumulative: Decimal | None
    completion: Decimal | None
    rating: str
    months: tuple[Decimal | None, ...] = ()


class Registers(NamedTuple):
    """The registers of a workbook, with the year and the rule by which their days count."""

    tables: tuple[RegisterRows, ...] = ()
    year: int | None = None
    on_14th: bool = False


NO_REGISTERS = Registers()


def closing_month(contents: Contents) -> int:
    """The month up to which figures count: the period's, else the last with a figure."""
    period = parse_period(contents.info_text("period"))
    if period is not None:
        return period.month
    return last_month([_read(contents.targets)]) or YEAR_END


def work_out(
    targets: Sequence[TargetRow], month: int, registers: Registers = NO_REGISTERS
) -> tuple[Shown, ...]:
    """What the formulas of each row show at the end of `month`, in the same order.

    `registers` are those of the workbook, from which column Nguồn may take figures.
    """
    sheet = _read(targets)
    by_code = {match_key(target.indicator.code): target for target in sheet.targets}
    definitions = {key: target.indicator for key, target in by_code.items()}
    scope = Scope(definitions, month, registers.year, on_14th=registers.on_14th)
    derived = derive_figures(sheet, scope, registers.tables)
    figures = tally(sheet, scope, derived=derived)
    return tuple(_shown(row, figures, by_code, derived) for row in targets)


def registers_in(contents: Contents) -> Registers:
    """The registers of a workbook as its formulas see them."""
    year = contents.info.get("year")
    on_14th = match_key(contents.info_text("cutoff")) == match_key(CUTOFFS[1])
    tables = tuple(
        _table(REGISTER_OF[name], rows) for name, rows in contents.registers.items() if rows
    )
    return Registers(tables, year if isinstance(year, int) else None, on_14th)


def _table(register: Register, rows: Sequence[Mapping[str, CellEntry]]) -> RegisterRows:
    columns = register.sheet.columns
    header: list[Cell] = [column.header for column in columns]
    cells = [[_cell(row.get(column.name)) for column in columns] for row in rows]
    grid = Grid(register.title, [header, *cells])
    found = find_header(grid, (register.sheet,))
    assert found is not None  # a register's own headers are found
    return read_register(grid, found, register).table


def _cell(entry: CellEntry) -> Cell:
    return float(entry) if isinstance(entry, Decimal | int) else entry


def _shown(
    row: TargetRow,
    figures: Mapping[str, UnitFigure],
    by_code: Mapping[str, Target],
    derived: Mapping[str, Derived],
) -> Shown:
    """What one row shows; what only the core can read is left to the summary."""
    key = match_key(row.indicator.code)
    figure, found = figures[key], derived.get(key)
    months = _months(found) if found is not None else _ratio_months(row, by_code, derived)
    is_left = found is not None and bool(figure.bound)
    rating = figure.rating.value
    is_worded = says_words(row.plan_entry)
    if rating != Rating.NOT_ASSIGNED:
        is_worded |= any(isinstance(row.entry(name), str) for name in PHASED_NAMES)
    if is_worded or (is_left and rating != Rating.NOT_ASSIGNED):
        rating = SEE_SUMMARY
    if is_left:
        return Shown(None, None, rating, months)
    share = None if says_words(row.plan_entry) else shown(figure.completion)
    return Shown(figure.actual, share, rating, months)


def _months(derived: Derived) -> tuple[Decimal | None, ...]:
    """The months that come from a register; () where only the total does."""
    if not derived.is_monthly:
        return ()
    return tuple(None if figure.bound else figure.value for figure in derived.months)


def source_ratio(row: TargetRow, codes: Mapping[str, object]) -> Ratio | None:
    """The ratio a row is worked out from, by match keys, where both its parts are there."""
    source = parse_source(row.indicator.source)
    if not isinstance(source, Ratio):
        return None
    ratio = Ratio(match_key(source.numerator), match_key(source.denominator))
    return ratio if ratio.numerator in codes and ratio.denominator in codes else None


def _read(targets: Sequence[TargetRow]) -> TargetSheet:
    """The rows as the reader would see them."""
    cells = [_cells(row) for row in targets]
    read: list[Target] = []
    for number, (row, months) in enumerate(zip(targets, cells, strict=True), start=1):
        wanted = row.indicator
        place = (Place(sheet=TARGETS.title), number)
        figures = read_row(
            months, range(YEAR_END), place, wanted.measure, ColumnHabits(cells)
        ).figures
        read.append(
            Target(
                number,
                wanted,
                _figure(wanted.last_year),
                _figure(wanted.plan),
                tuple(figures[position] for position in range(YEAR_END)),
                phased=_phased(row),
            )
        )
    return TargetSheet(
        title=TARGETS.title,
        unit_code="",
        unit_name="",
        letters={},
        header_row=0,
        targets=tuple(read),
    )


def _cells(row: TargetRow) -> list[Cell]:
    return [float(entry) if isinstance(entry, Decimal) else entry for entry in row.months]


def _phased(row: TargetRow) -> tuple[Figure, Figure, Figure]:
    """The phased plans of a row, as far as they are plain numbers."""
    entries = (row.entry(name) for name in PHASED_NAMES)
    first, second, third = (
        _figure(Decimal(entry) if isinstance(entry, Decimal | int) else None) for entry in entries
    )
    return first, second, third


def _figure(value: Decimal | None) -> Figure:
    return Figure(value, State.BLANK if value is None else State.NUMBER)


def _ratio_months(
    row: TargetRow, read: Mapping[str, Target], derived: Mapping[str, Derived]
) -> tuple[Decimal | None, ...]:
    """The months of a ratio row, which its formulas work out; () for any other row."""
    definitions = {key: target.indicator for key, target in read.items()}
    ratio = ratio_rule(row.indicator, definitions)
    if ratio is None:
        return ()

    def months(key: str) -> Sequence[Decimal | None]:
        if key in derived:
            return _months(derived[key]) or (None,) * YEAR_END
        return [figure.value for figure in read[key].months]

    pairs = zip(months(ratio.numerator), months(ratio.denominator), strict=True)
    return tuple(quotient(top, bottom, ratio.factor) for top, bottom in pairs)
