"""The roll-up alone: 64,000 units × 60 indicators × 12 months, made as tables, level by level.

python -m benchmarks.rollup --units 64000

Thôn are added up to xã, xã to tỉnh, tỉnh to the nation, as the workbooks go; a level is let go of
when it is added up. The same figures as one wide table of pandas are the peer. Both answers are
held against plain sums of whole numbers.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from benchmarks.catalogue import INDICATORS
from danvan_xl.reading.figure import Figure
from danvan_xl.reading.records import Target, TargetSheet, Unit
from danvan_xl.rollup.lines import roll_up
from danvan_xl.rollup.summary_line import as_unit_figure
from danvan_xl.rollup.tally import Scope, UnitFigure, tally
from danvan_xl.rollup.terms import Term
from danvan_xl.rollup.unit_totals import UnitEntry
from danvan_xl.schema.options import MonthRule, UnitRule
from danvan_xl.schema.sheets import MONTH_NAMES
from danvan_xl.vietnamese.numbers import State
from danvan_xl.vietnamese.periods import month_period
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.vietnamese.text import match_key

_MONTHS = 12
_COMMUNES, _PROVINCES = 3321, 34
_PLAN = Figure(Decimal(1500), State.NUMBER)
_FIGURES = tuple(Figure(Decimal(number), State.NUMBER) for number in range(256))
_LETTERS = {name: chr(ord("K") + place) for place, name in enumerate(MONTH_NAMES)}
_ADDED = [
    place
    for place, item in enumerate(INDICATORS)
    if (item.month_rule, item.unit_rule) == (MonthRule.SUM, UnitRule.SUM)
]
Figures = Mapping[str, UnitFigure]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure both ways, each in a process of its own, and print the table."""
    parser = argparse.ArgumentParser(description="Đo riêng phần cộng gộp, không đọc tệp.")
    parser.add_argument("--units", type=int, nargs="+", default=[8000, 64000], help="số thôn")
    parser.add_argument("--child", choices=_WAYS, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child:
        print(json.dumps(_measured(_WAYS[options.child], options.units[0])))
        return
    print("| Số thôn × 60 chỉ tiêu × 12 tháng | Cách làm | Thời gian (s) | Bộ nhớ (MiB) |")
    print("|---|---|---:|---:|")
    for units in options.units:
        for way in _WAYS:
            command = (sys.executable, "-m", __spec__.name, "--units", str(units), "--child", way)
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            seconds, memory = json.loads(done.stdout)
            time_taken = vietnamese_number(round(Decimal(seconds), 1))
            print(f"| {vietnamese_number(units)} | {way} | {time_taken} | {memory:.0f} |")


def _measured(way: Callable[[int], list[int]], units: int) -> tuple[float, float]:
    """The seconds a way takes and the MiB it needs; its answer has to be the right one."""
    begun = time.perf_counter()
    found = way(units)
    seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if found != _expected(units):
        sys.exit("Tổng không đúng.")
    return seconds, memory


def by_level(units: int) -> list[int]:
    """The nation's totals of the indicators that add up, by the program's own roll-up."""
    definitions = {match_key(item.code): item for item in INDICATORS}
    scope = Scope(definitions, _MONTHS, 2026, month_period(_MONTHS).label)
    communes = (
        _together(f"Xã {number}", (_hamlet(unit, scope) for unit in members), scope)
        for number, members in enumerate(_split(range(units), min(_COMMUNES, units)))
    )
    provinces = (
        _together(f"Tỉnh {number}", members, scope)
        for number, members in enumerate(_groups(communes, min(_COMMUNES, units), _PROVINCES))
    )
    nation = _together("Cả nước", provinces, scope)
    return [int(nation[match_key(INDICATORS[place].code)].actual or 0) for place in _ADDED]


def by_pandas(units: int) -> list[int]:
    """The same totals from one wide table."""
    import pandas as pd

    rows = (list(_table(unit)) for unit in range(units))
    frame = pd.DataFrame(rows, dtype="uint8")
    sums = frame.sum(axis=0).to_numpy().reshape(len(INDICATORS), _MONTHS)
    return [int(sums[place].sum()) for place in _ADDED]


def _expected(units: int) -> list[int]:
    totals = [0] * len(INDICATORS)
    for unit in range(units):
        table = _table(unit)
        for place in _ADDED:
            totals[place] += sum(table[place * _MONTHS : (place + 1) * _MONTHS])
    return [totals[place] for place in _ADDED]


def _table(unit: int) -> bytes:
    """The months of every indicator of a unit, one after the other."""
    return random.Random(unit).randbytes(len(INDICATORS) * _MONTHS)


def _hamlet(unit: int, scope: Scope) -> Figures:
    """The figures of one unit, from its table to what it has to show."""
    table = _table(unit)
    targets = tuple(
        Target(
            place + 10,
            item,
            _FIGURES[0],
            _PLAN,
            tuple(_FIGURES[month] for month in table[place * _MONTHS : (place + 1) * _MONTHS]),
        )
        for place, item in enumerate(INDICATORS)
    )
    name = f"Thôn {unit}"
    return tally(TargetSheet("Chỉ tiêu", name, name, _LETTERS, 9, targets), scope, f"{unit}.xlsx")


def _together(name: str, members: Iterator[Figures] | Sequence[Figures], scope: Scope) -> Figures:
    """What units come to, as the one figure each that goes upward."""
    entries = [
        UnitEntry(Unit(str(row), f"Đơn vị {row}", row), figures)
        for row, figures in enumerate(members, start=1)
    ]
    lines = roll_up(scope, {}, entries, {})
    return {
        key: as_unit_figure(key, line)._replace(
            terms=(Term(name, "T12", line.actual, "Chỉ tiêu", "K10", f"{name}.xlsx"),)
            if line.actual is not None
            else ()
        )
        for key, line in lines.items()
    }


def _split(items: range, count: int) -> Iterator[range]:
    """So many runs of items, as even as can be."""
    for number in range(count):
        yield items[len(items) * number // count : len(items) * (number + 1) // count]


def _groups(items: Iterator[Figures], total: int, count: int) -> Iterator[list[Figures]]:
    """So many groups of items, which are made as they are asked for."""
    for run in _split(range(total), min(count, total)):
        yield [next(items) for _ in run]


_WAYS = {"danvan_xl, từng cấp": by_level, "pandas, một bảng rộng": by_pandas}

if __name__ == "__main__":
    main()
