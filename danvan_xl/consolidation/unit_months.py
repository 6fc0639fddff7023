"""What the months of a unit's sheet come to: within its life, and by the rhythm of its flows."""

from collections.abc import Callable, Container, Iterable, Sequence

from danvan_xl.checks.months import lost_months
from danvan_xl.reading.records import Book, TargetSheet
from danvan_xl.reading.register_table import RegisterRows
from danvan_xl.rollup.lives import Life, life_in, lives_of, rows_within
from danvan_xl.rollup.part_sums import sum_parts
from danvan_xl.rollup.ratios import ratio_source
from danvan_xl.rollup.rhythm import Rhythm, filled_months, rhythm_of
from danvan_xl.rollup.tally import Scope, UnitFigure, rated
from danvan_xl.schema.options import MonthRule
from danvan_xl.vietnamese.text import match_key

_QUARTER = "Quý"


def life_of_sheet(sheet: TargetSheet, book: Book, scope: Scope) -> Life:
    """The months in which the unit of a sheet exists, as the office above it says.

    That is who consolidates, for the workbook itself; for the sheets in it, the workbook.
    """
    if sheet.unit_code and match_key(sheet.unit_code) != match_key(book.info.unit_code):
        lives = lives_of(book.units, scope.year, on_14th=scope.on_14th)
        return life_in(lives, sheet.unit_code)
    return life_in(scope.lives, book.info.unit_code or sheet.unit_code, book.info.unit_name)


def registers_within(
    tables: Iterable[RegisterRows], life: Life, scope: Scope
) -> list[RegisterRows]:
    """The registers of a unit without what happened outside its life."""
    return [rows_within(table, life, scope.calendar_for([table])) for table in tables]


def rhythm_in(
    sheet: TargetSheet, book: Book, scope: Scope, life: Life, computed: Container[str]
) -> Rhythm:
    """The rhythm of the flows a unit typed; `computed` are keys of those it did not.

    Where the column of a month is lost, none of them is whole.
    """
    month = min(scope.month, life.last)
    flows: dict[str, tuple[int, ...]] = {}
    for target in sheet.targets:
        key = match_key(target.indicator.code)
        definition = scope.definitions.get(key)
        if definition is None or definition.month_rule is not MonthRule.SUM or key in computed:
            continue
        if not definition.adds or (definition.source and ratio_source(definition) is not None):
            continue  # no flow, whatever Cộng kỳ says
        flows[key] = filled_months(target.months, month)
    by_quarter = book.info.period is not None and book.info.period.label.startswith(_QUARTER)
    rhythm = rhythm_of(flows, month, by_quarter=by_quarter)
    if lost := lost_months(sheet, life, month):
        last = max(lost[0] - 1, 1)
        return rhythm._replace(cut={key: last for key, found in flows.items() if found})
    return rhythm


def completing(rhythm: Rhythm) -> Callable[[dict[str, UnitFigure], Scope], None]:
    """What completes a unit's figures: where flows end early, then totals from their parts."""

    def complete(figures: dict[str, UnitFigure], scope: Scope) -> None:
        for key, last in rhythm.ends.items():
            if key in figures:
                figures[key] = rated(figures[key]._replace(ends_early=last), scope)
        sum_parts(figures, scope)

    return complete


def most_short(months: Sequence[int], count: int) -> int:
    """The first month after which at least half of `count` units are short, 0 where fewer are."""
    return min(months) if months and len(months) * 2 >= count else 0
