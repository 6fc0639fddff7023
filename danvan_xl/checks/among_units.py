"""Figures of one unit that only those of the others show to be unlikely."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median_low

from danvan_xl.checks.unlikely import is_fraction_of
from danvan_xl.rollup.tally import Scope, UnitFigure
from danvan_xl.rollup.unit_totals import UnitEntry
from danvan_xl.rollup.units import Below
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours

_HUNDRED = Decimal(100)


def fractions_among_units(
    scope: Scope, below: Mapping[str, Below], entries: Sequence[UnitEntry]
) -> Iterator[Issue]:
    """Percents of single units that seem to be kept as fractions: those of others are far above.

    What their own plan or last year shows is told on their sheets.
    """
    for key, item in below.items():
        if not item.tiny or len(item.shares) < 2:
            continue
        definition = scope.definitions[key]
        for entry in entries:
            figure = entry.figures.get(key) if entry.is_expected else None
            if figure is None or figure.actual is None or not 0 < figure.actual <= 1:
                continue
            others = list(item.shares)
            if figure.actual in others:
                others.remove(figure.actual)
            usual, value = median_low(others), figure.actual
            known = figure.plan, figure.last_year, definition.plan, definition.last_year
            is_told = any(base is not None and is_fraction_of(value, base) for base in known)
            if is_told or not is_fraction_of(value, usual):
                continue
            values = {"value": value, "plan": usual, "guess": value * _HUNDRED}
            words = Ours("ở các đơn vị khác thường")
            yield issue(Code.SHARE_TOO_SMALL, _place(figure, entry), **values, base=words)


def _place(figure: UnitFigure, entry: UnitEntry) -> Place:
    """The cell of the last month that counts."""
    if not figure.terms:
        return Place(unit_name=entry.unit.name)
    term = figure.terms[-1]
    return Place(term.file, term.sheet, term.cells.rpartition(":")[2], entry.unit.name)
