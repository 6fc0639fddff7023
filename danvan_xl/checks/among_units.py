"""Figures of one unit that only those of the others show to be unlikely."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from danvan_xl.checks.fractions import Base, is_fraction_of, told, usual_of
from danvan_xl.reading.figure import NOTHING
from danvan_xl.rollup.tally import Scope, UnitFigure
from danvan_xl.rollup.unit_totals import UnitEntry
from danvan_xl.rollup.units import Below
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import Issue, Place

_USUAL = "ở các đơn vị khác thường"


def fractions_among_units(
    scope: Scope,
    below: Mapping[str, Below],
    entries: Sequence[UnitEntry],
    files: Mapping[str, str] = NOTHING,
) -> Iterator[Issue]:
    """Percents of single units that seem to be kept as fractions: those of others are far above.

    What their own plan or last year shows is told on their sheets. `files` are those of units.
    """
    for key, item in below.items():
        if not item.tiny or len(item.shares) < 2:
            continue
        definition = scope.definitions[key]
        for entry in entries:
            figure = entry.figures.get(key) if entry.is_expected else None
            if figure is None:
                continue
            file = files.get(entry.unit.code, "")
            yield from _of_unit(figure, (entry, file), item.shares, definition)


def _of_unit(
    figure: UnitFigure,
    of: tuple[UnitEntry, str],
    shares: Sequence[Decimal],
    definition: Indicator,
) -> Iterator[Issue]:
    """What the figures of all, `shares`, show of one unit's figure and of the plan it wrote.

    `of` is the unit with its file.
    """
    entry, file = of
    others = list(shares)
    if figure.actual in others:
        others.remove(figure.actual)
    known = figure.plan, figure.last_year, definition.plan, definition.last_year
    written = [(figure.actual, known, _place(figure, entry))]
    if not figure.has_blank_plan:
        known = figure.actual, figure.last_year, definition.plan, definition.last_year
        place = Place(file, figure.place[0], figure.plan_cell, entry.unit.name)
        written.append((figure.plan, known, place))
    for value, bases, place in written:
        if value is None or any(base and is_fraction_of(value, base) for base in bases):
            continue
        yield from told(value, iter((Base(_USUAL, usual_of(others)),)), place)


def _place(figure: UnitFigure, entry: UnitEntry) -> Place:
    """The cell of the last month that counts."""
    if not figure.terms:
        return Place(unit_name=entry.unit.name)
    term = figure.terms[-1]
    return Place(term.file, term.sheet, term.cells.rpartition(":")[2], entry.unit.name)
