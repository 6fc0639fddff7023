"""From the registers of all units to the neutral tables of sheet Sổ theo dõi."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from danvan_xl.report.material import Material
from danvan_xl.report.tables import (
    CellsOf,
    Chart,
    Estimate,
    Locate,
    PlaceLink,
    ReportCell,
    Share,
    SmallTable,
    TableRow,
    TrackedRegister,
    TrackedSheet,
)
from danvan_xl.rollup.rating import shown
from danvan_xl.rollup.register_blocks import Amount, BlockCell, BlockFigures, Days, Groups, Listed
from danvan_xl.rollup.register_keys import CodedRow
from danvan_xl.rollup.register_merging import first_groups, first_listed, total_of
from danvan_xl.rollup.registers import Tracking
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.schema.criteria import find_set
from danvan_xl.schema.issues import Place
from danvan_xl.schema.output_sheets import TRACKING
from danvan_xl.schema.registers import EXTRA_COLUMNS, Block, Extra, Measure, MeasureKind, Register
from danvan_xl.schema.sheets import REGISTERS
from danvan_xl.vietnamese.numbers import exact
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.vietnamese.text import sort_key

UNNAMED = "(chưa ghi)"
TOTAL = "Tổng cộng"
_CHARTED = 15
_GROUPS = 60  # more are no longer read on paper
_TEXT_WIDTH, _NUMBER_WIDTH = 26, 11
_KINDS = {
    MeasureKind.SUM: Kind.NUMBER,
    MeasureKind.MEDIAN: Kind.NUMBER,
    MeasureKind.SHARE: Kind.SHARE,
    MeasureKind.LATEST: Kind.DATE,
}


def tracking_sheet(material: Material) -> TrackedSheet | None:
    """The registers that have a row, each with its tables; None where none has."""
    registers = tracked_registers(material.result.tracking, material.locate)
    return TrackedSheet(TRACKING, registers) if registers else None


def tracked_registers(tracking: Tracking, locate: Locate = str) -> tuple[TrackedRegister, ...]:
    """What the summary shows of every register that has a row, in the declared order."""
    return tuple(
        TrackedRegister(register.title, tuple(_tables(register, tracking, locate)))
        for register in REGISTERS
        if register.name in tracking.figures
    )


def listed_counts(tracking: Tracking) -> tuple[tuple[str, int], ...]:
    """The title of each list that has rows (what is overdue, what stands in the way)."""
    return tuple(
        (block.title, figures.listed_count)
        for register in REGISTERS
        for block, figures in zip(
            register.blocks, tracking.figures.get(register.name, ()), strict=False
        )
        if figures.listed_count
    )


def _tables(register: Register, tracking: Tracking, locate: Locate) -> Iterable[SmallTable]:
    for block, figures in zip(register.blocks, tracking.figures[register.name], strict=True):
        if block.is_list:
            if figures.listed_count:
                yield _list(register, block, figures, locate)
        elif figures.groups:
            yield _groups(register, block, figures)
    if alike := tracking.alike.get(register.name, ()):
        yield _alike(alike, locate)


def _groups(register: Register, block: Block, figures: BlockFigures) -> SmallTable:
    groups = sorted(_shown_groups(figures.groups), key=_order(register, block))
    every = [_worked_out(block, labels, figures.groups[labels]) for labels in groups]
    kept = [
        position
        for position, measure in enumerate(block.measures)
        if not _is_idle(register, measure, [cells[position] for cells in every])
    ]
    rows = [
        TableRow((*(label or UNNAMED for label in labels), *(_printed(cells[i]) for i in kept)))
        for labels, cells in zip(groups, every, strict=True)
    ]
    hidden = len(figures.groups) - len(rows) + figures.rest_count
    if block.total and len(groups) > 1:
        cells = _worked_out(block, (), total_of(figures))
        blanks = ("",) * (len(block.by) - 1)
        total = (TOTAL, *blanks, *(_printed(cells[i]) for i in kept))
        rows.append(TableRow(total, is_heading=True))
    columns = (
        *(register.column(name)._replace(width=_TEXT_WIDTH) for name in block.by),
        *(_measure_column(block.measures[i]) for i in kept),
    )
    return SmallTable(
        block.title, columns, tuple(rows), _hidden(hidden), _chart(block, groups, every)
    )


def _hidden(count: int) -> tuple[str, ...]:
    """The note on rows that are not shown, none where all are."""
    if not count:
        return ()
    return (f"Còn {vietnamese_number(count)} dòng nữa không ghi ở đây; xem sổ của từng đơn vị.",)


def _shown_groups(groups: Groups) -> Iterable[tuple[str, ...]]:
    """The groups there is room for: all, or the first, roughly by the alphabet."""
    return groups if len(groups) <= _GROUPS else first_groups(groups, _GROUPS)


def _measure_column(measure: Measure) -> Column:
    kind = _KINDS.get(measure.kind, Kind.COUNT)
    return Column(measure.label, measure.label, kind, width=_NUMBER_WIDTH)


def _order(register: Register, block: Block) -> Callable[[Sequence[str]], tuple[object, ...]]:
    """The key that sorts groups: choices as the form lists them, words by the alphabet."""
    choices = [register.column(name).choices for name in block.by]

    def key(labels: Sequence[str]) -> tuple[object, ...]:
        return tuple(_place_of(*pair) for pair in zip(labels, choices, strict=True))

    return key


def _place_of(label: str, known: Sequence[str]) -> tuple[object, ...]:
    if not label:
        return 2, ()
    return (0, (known.index(label),)) if label in known else (1, sort_key(label))


Worked = BlockCell | Decimal | Share


def _worked_out(
    block: Block, labels: Sequence[str], cells: Sequence[BlockCell]
) -> tuple[Worked, ...]:
    """The measures of a group with those that follow from others worked out."""
    values: dict[str, Worked] = {}
    for measure, cell in zip(block.measures, cells, strict=True):
        values[measure.label] = _value(measure, cell, block, labels, values)
    return tuple(values[measure.label] for measure in block.measures)


def _value(
    measure: Measure,
    cell: BlockCell,
    block: Block,
    labels: Sequence[str],
    values: dict[str, Worked],
) -> Worked:
    if measure.kind is MeasureKind.SIZE:
        return _size(block, labels)
    if isinstance(cell, Days):
        if not cell.days:
            return None
        return max(cell.days) if measure.kind is MeasureKind.LONGEST else _median(sorted(cell.days))
    if measure.kind is MeasureKind.SHARE:
        top, bottom = (_plain(values[part]) for part in measure.parts)
        return Share(shown(top / bottom) if top is not None and bottom else None)
    if measure.kind is MeasureKind.MINUS:
        whole, part = (_plain(values[part]) for part in measure.parts)
        return None if whole is None or part is None else whole - part
    return cell


def _size(block: Block, labels: Sequence[str]) -> int | None:
    """How many criteria the set of a group has; None where the set is not known."""
    words = dict(zip(block.by, labels, strict=False))
    known = find_set(words.get("criteria_set", ""))
    return known.size(words.get(Extra.RANK, "")) if known else None


def _median(days: Sequence[int]) -> Decimal:
    middle = len(days) // 2
    if len(days) % 2:
        return Decimal(days[middle])
    return Decimal(days[middle - 1] + days[middle]) / 2


def _plain(value: Worked) -> Decimal | None:
    if isinstance(value, float | Amount):
        return exact(value.value if isinstance(value, Amount) else value)
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _is_idle(register: Register, measure: Measure, cells: Sequence[Worked]) -> bool:
    """Whether a column of "done, without a deadline" has nothing to show."""
    deadline = register.deadline
    if deadline is None or measure.columns != (Extra.STATUS,):
        return False
    return measure.values == (deadline.labels[2],) and not any(cells)


def _printed(value: Worked) -> ReportCell:
    if isinstance(value, Amount):
        return Estimate(exact(value.value) or Decimal(0), value.bound)
    if isinstance(value, float):
        return exact(value)
    assert not isinstance(value, Days)  # worked out by now
    return value


def _chart(
    block: Block, groups: Sequence[Sequence[str]], every: Sequence[Sequence[Worked]]
) -> Chart | None:
    """The bars of the measure a block is to be drawn by; None where there are not two."""
    position = next((i for i, item in enumerate(block.measures) if item.label == block.chart), None)
    if position is None:
        return None
    bars: list[tuple[str, Decimal | int]] = []
    for labels, cells in zip(groups, every, strict=True):
        cell = cells[position]
        value = cell.value if isinstance(cell, Share) else _plain(cell)
        if value is not None:
            bars.append((" · ".join(filter(None, labels)) or UNNAMED, value))
    if len(bars) < 2:
        return None
    is_share = block.measures[position].kind is MeasureKind.SHARE
    title = f"{block.title}: {block.chart.lower()}"
    return Chart(title, block.chart, tuple(bars[:_CHARTED]), is_share)


def _list(register: Register, block: Block, figures: BlockFigures, locate: Locate) -> SmallTable:
    names = [name for name in block.columns if name != Extra.PLACE]
    rows = tuple(
        TableRow((*map(_listed_cell, names, item.values), _link(item, locate)))
        for item in first_listed(block, figures.listed)
    )
    notes = _hidden(figures.listed_count - len(rows))
    columns = (*(register.column(name) for name in names), EXTRA_COLUMNS[Extra.PLACE])
    return SmallTable(f"{block.title} ({figures.listed_count})", columns, rows, notes)


def _listed_cell(name: str, value: object) -> ReportCell:
    """A value of a row; a year is a name, not a figure with a mark between its digits."""
    if name.endswith("_year") and isinstance(value, float):
        return str(int(value))
    return _cell(value)


def _cell(value: object) -> ReportCell:
    if isinstance(value, float):
        return int(value) if value.is_integer() else Decimal(str(value))
    if isinstance(value, str | int | Decimal | dt.date) or value is None:
        return value
    return str(value)


def _link(item: Listed, locate: Locate) -> PlaceLink:
    return _place_link(item.place, locate)


def _place_link(place: Place, locate: Locate) -> PlaceLink:
    text = f"{place.sheet}!{place.cell}" if place.cell else place.sheet
    return PlaceLink(text, locate(place.file), place.sheet, place.cell)


_ALIKE_COLUMNS = (
    Column("name", "Tên mô hình", width=34),
    Column("unit", "Đơn vị", width=20),
    Column("code", "Mã", Kind.CODE, width=12),
    Column("other", "Tên gần giống", width=34),
    Column("other_unit", "Đơn vị kia", width=20),
    Column("other_code", "Mã kia", Kind.CODE, width=12),
    EXTRA_COLUMNS[Extra.PLACE],
)


def _alike(pairs: Sequence[tuple[CodedRow, CodedRow]], locate: Locate) -> SmallTable:
    """The table of names that may be one thing; they are listed, never merged."""
    cells = CellsOf(_ALIKE_COLUMNS)
    rows = tuple(
        TableRow(
            cells(
                name=one.name,
                unit=one.unit,
                code=one.code,
                other=other.name,
                other_unit=other.unit,
                other_code=other.code,
                place=_place_link(_place_of_name(other), locate),
            )
        )
        for one, other in pairs
    )
    title = f"Tên gần giống nhau, có thể là một (đang tính riêng) ({len(rows)})"
    return SmallTable(title, _ALIKE_COLUMNS, rows)


def _place_of_name(row: CodedRow) -> Place:
    return row.table.place(row.table.form.name_column, row.position)
