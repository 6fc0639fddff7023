"""Checks on the months of one unit's sheet: columns, gaps, ends, what lies outside."""

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from danvan_xl.files.grid import cell_name, column_index
from danvan_xl.reading.records import Target, TargetSheet
from danvan_xl.reading.register_table import RegisterRows
from danvan_xl.rollup.lives import WHOLE_YEAR, Life, figures_outside, rows_outside
from danvan_xl.rollup.rhythm import MONTHS_A_QUARTER, NO_RHYTHM, Rhythm
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.rollup.tally import Scope
from danvan_xl.rollup.timing import old_words
from danvan_xl.schema.issues import NOWHERE, Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import MonthRule
from danvan_xl.schema.sheets import MONTH_NAMES, TARGETS
from danvan_xl.vietnamese.numbers import State
from danvan_xl.vietnamese.printed import listed
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import match_key

_MOST_CELLS, _MOST_FLOWS = 12, 8
_RARE = 2  # figures; what has no more happens once or twice a year
_EARLY = 3  # months in which nothing can be called rare


class MonthsSeen(NamedTuple):
    """What a check looks at: a sheet within the unit's life, what is asked, what was made of it.

    `derived` are the keys of indicators that come from a register: their cells are formulas.
    """

    sheet: TargetSheet
    scope: Scope
    derived: Container[str] = ()
    rhythm: Rhythm = NO_RHYTHM
    life: Life = WHOLE_YEAR

    @property
    def month(self) -> int:
        """The last month that is asked for."""
        return min(self.scope.month, self.life.last)


def check_months(seen: MonthsSeen) -> Iterator[Issue]:
    """Every finding about the months of a sheet within the unit's life."""
    yield from _columns_are_whole(seen)
    yield from _months_are_of_the_period(seen)
    yield from _flows_go_on(seen)
    yield from _gaps(seen)


def stocks_are_recent(
    lines: Mapping[str, SummaryLine], places: Mapping[str, Place], month: int
) -> Iterator[Issue]:
    """A note for each indicator with figures that are older than three months.

    One that the office states itself is told at its cell.
    """
    for key, line in lines.items():
        if told := old_words(line.timing, line.reported, month):
            place, code = places.get(key, NOWHERE), Ours(line.definition.code)
            if line.is_typed and line.terms:
                place = place.at(line.terms[0].cells)
            yield issue(Code.STOCK_OLD, place, code=code, told=Ours(told))


def lacks_columns(sheet: TargetSheet, month: int) -> bool:
    """Whether a table has lost months up to one: its own results are not those of all months."""
    there = sum(name in sheet.letters for name in MONTH_NAMES[:month])
    return month < there * 2 < month * 2


def lost_months(sheet: TargetSheet, life: Life, month: int) -> list[int]:
    """The months up to one whose columns a table lacks that has most of them."""
    letters = sheet.letters
    wanted = range(life.first, min(month, life.last) + 1)
    missing = [month for month in wanted if MONTH_NAMES[month - 1] not in letters]
    return missing if len(missing) * 2 < len(wanted) else []


def outside_life(
    sheet: TargetSheet, tables: Sequence[RegisterRows], life: Life, scope: Scope
) -> Iterator[Issue]:
    """A warning for the sheet, and for each register, with something outside the unit's life.

    Of one that is not there in the period at all this is told, once for everything.
    """
    if life == WHOLE_YEAR or life.last < 1 or life.first > scope.month:
        return
    if outside := figures_outside(sheet, life):
        targets = {target.row: target for target in sheet.targets}
        months = sorted({month for found in outside.values() for month in found})
        cells = [
            block
            for month in months
            for block in _blocks(
                sheet, month - 1, [targets[row] for row in outside if month in outside[row]]
            )
        ]
        values = {"months": Ours(_named(months)), "life": Ours(life.words)}
        values["cells"] = Ours(listed(cells, _MOST_CELLS, "chỗ"))
        place = sheet.at(cells[0].partition(":")[0])
        yield issue(Code.MONTH_OUTSIDE_LIFE, place, **values)
    for table in tables:
        rows = rows_outside(table, life, scope.calendar_for([table]))
        if rows:
            shown = listed([str(table.rows[row]) for row in rows], _MOST_CELLS, "dòng")
            values = {"rows": Ours(shown), "life": Ours(life.words)}
            place = table.place(table.form.date, rows[0])
            yield issue(Code.ROWS_OUTSIDE_LIFE, place, **values)


def _columns_are_whole(seen: MonthsSeen) -> Iterator[Issue]:
    """A table with most month columns has all of them up to the period; else it is told."""
    letters = seen.sheet.letters
    wanted = range(seen.life.first, seen.month + 1)
    there = [month for month in wanted if MONTH_NAMES[month - 1] in letters]
    missing = [month for month in wanted if month not in there]
    if not missing or not seen.sheet.targets:
        return
    values = {"months": Ours(_named(missing)), "known": Ours(_named(there))}
    if not there:
        period = Ours(seen.scope.period_label)
        yield issue(Code.MONTH_COLUMNS_NONE, seen.sheet.at(""), period=period)
        return
    if len(there) * 2 <= len(wanted):
        yield issue(Code.MONTH_COLUMNS_FEW, seen.sheet.at(""), known=values["known"])
        return
    row = seen.sheet.header_row
    before = max((month for month in there if month < missing[0]), default=0)
    if before:  # where it should stand
        column = column_index(letters[MONTH_NAMES[before - 1]]) + 1
    else:
        column = column_index(letters[MONTH_NAMES[there[0] - 1]])
    place = seen.sheet.at(cell_name(row, column))
    yield issue(Code.MONTH_COLUMN_MISSING, place, **values)


def _months_are_of_the_period(seen: MonthsSeen) -> Iterator[Issue]:
    """A figure after the period is not counted."""
    for target in seen.sheet.targets:
        if match_key(target.indicator.code) in seen.derived:
            continue
        for position in range(seen.scope.month, len(target.months)):
            if target.months[position].value is not None:
                place = seen.sheet.place(MONTH_NAMES[position], target)
                month, period = Ours(f"tháng {position + 1}"), Ours(seen.scope.period_label)
                yield issue(Code.MONTH_AFTER_PERIOD, place, month=month, period=period)


def _flows_go_on(seen: MonthsSeen) -> Iterator[Issue]:
    """One warning where the flows of a unit end before the period, or some of them stopped."""
    rhythm, sheet = seen.rhythm, seen.sheet
    if not rhythm.ended:
        return
    ended = [(target, last) for target in sheet.targets if (last := _end(target, rhythm))]
    names = listed([_name(target) for target, _ in ended], _MOST_FLOWS, "chỉ tiêu")
    last = rhythm.short_at or min(last for _, last in ended)
    if last + 1 in lost_months(sheet, seen.life, seen.month):
        return  # the column is told to be missing
    target = next(target for target, end in ended if end == last)
    place = sheet.place(MONTH_NAMES[last], target)
    code, month = (Code.UNIT_SHORT, last) if rhythm.short_at else (Code.FLOW_STOPS, last + 1)
    is_cut = seen.month < seen.scope.month
    until = MONTH_NAMES[seen.month - 1].upper() if is_cut else seen.scope.period_label
    yield issue(
        code,
        place,
        count=len(ended),
        flows=Typed(names),
        month=Ours(f"T{month}"),
        period=Ours(until),
    )


def _gaps(seen: MonthsSeen) -> Iterator[Issue]:
    """A note on the months that flows left blank, but for what is told or happens rarely."""
    gaps: dict[int, list[Target]] = {}
    for target in seen.sheet.targets:
        if not _is_flow(target, seen):
            continue
        states = [figure.state for figure in target.months[: seen.month]]
        if State.BLANK not in states:
            continue
        given = states.count(State.NUMBER) + states.count(State.NONE_OCCURRED)
        if not given or (given <= _RARE and seen.month > _EARLY):
            continue
        end = _end(target, seen.rhythm) or seen.month
        for position in range(seen.life.first - 1, end):
            if seen.rhythm.by_quarter and (position + 1) % MONTHS_A_QUARTER:
                continue
            if states[position] is State.BLANK and MONTH_NAMES[position] in seen.sheet.letters:
                gaps.setdefault(position, []).append(target)
    if gaps:
        first = min(gaps)
        place = seen.sheet.place(MONTH_NAMES[first], gaps[first][0])
        counts = (f"T{position + 1} ({len(gaps[position])})" for position in sorted(gaps))
        blocks = [block for at in sorted(gaps) for block in _blocks(seen.sheet, at, gaps[at])]
        cells = Ours(listed(blocks, _MOST_CELLS, "chỗ"))
        yield issue(Code.MONTH_BLANK, place, months=Ours(", ".join(counts)), cells=cells)


def _is_flow(target: Target, seen: MonthsSeen) -> bool:
    key = match_key(target.indicator.code)
    definition = seen.scope.definitions.get(key)
    if definition is None or key in seen.derived:
        return False
    return definition.month_rule is MonthRule.SUM and definition.adds


def _blocks(sheet: TargetSheet, position: int, targets: Sequence[Target]) -> Iterator[str]:
    """The cells of a month that follow one another, as K5:K9."""
    rows = [target.row for target in targets]
    letter = sheet.letters[MONTH_NAMES[position]]
    for _, run in groupby(enumerate(rows), key=lambda item: item[1] - item[0]):
        found = [row for _, row in run]
        first, last = found[0], found[-1]
        yield f"{letter}{first}" if first == last else f"{letter}{first}:{letter}{last}"


def _end(target: Target, rhythm: Rhythm) -> int:
    """The last month of a flow that ends too early, 0 of any other."""
    return rhythm.ended.get(match_key(target.indicator.code), 0)


def _name(target: Target) -> str:
    return target.indicator.indicator or target.indicator.code


def _named(months: Sequence[int]) -> str:
    return ", ".join(TARGETS[MONTH_NAMES[month - 1]].header for month in months)
