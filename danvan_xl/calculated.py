"""What the native formulas of a workbook show, worked out by the core.

A reader without a spreadsheet program (a phone, the next link of the chain) sees only these values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from danvan_xl.contents import Contents, TargetRow
from danvan_xl.figures import read_row
from danvan_xl.forms import TARGETS
from danvan_xl.grid import Cell
from danvan_xl.numbers import State
from danvan_xl.periods import YEAR_END, parse_period
from danvan_xl.rating import shown
from danvan_xl.records import Figure, Target, TargetSheet
from danvan_xl.sources import Ratio, parse_source
from danvan_xl.submissions import last_month
from danvan_xl.tally import Scope, ratio_of, tally
from danvan_xl.text import match_key


@dataclass(frozen=True, slots=True)
class Shown:
    """What the formulas of one row show; `months` is empty where months are typed."""

    cumulative: Decimal | None
    completion: Decimal | None
    rating: str
    months: tuple[Decimal | None, ...] = ()


def closing_month(contents: Contents) -> int:
    """Return the month up to which figures count: the period's, else the last with a figure."""
    period = parse_period(contents.info_text("period"))
    if period is not None:
        return period.month
    return last_month([_read(contents.targets)]) or YEAR_END


def work_out(targets: Sequence[TargetRow], month: int) -> tuple[Shown, ...]:
    """Return what the formulas of each row show at the end of `month`, in the same order."""
    sheet = _read(targets)
    by_code = {match_key(target.indicator.code): target for target in sheet.targets}
    definitions = {key: target.indicator for key, target in by_code.items()}
    figures = tally(sheet, Scope(definitions, month))
    return tuple(
        Shown(
            (figure := figures[match_key(row.indicator.code)]).actual,
            shown(figure.completion),
            figure.rating.value,
            _ratio_months(row, by_code),
        )
        for row in targets
    )


def source_ratio(row: TargetRow, codes: Mapping[str, object]) -> Ratio | None:
    """Return the ratio a row is worked out from, by match keys, where both its parts are there."""
    source = parse_source(row.indicator.source)
    if not isinstance(source, Ratio):
        return None
    ratio = Ratio(match_key(source.numerator), match_key(source.denominator))
    return ratio if ratio.numerator in codes and ratio.denominator in codes else None


def _read(targets: Sequence[TargetRow]) -> TargetSheet:
    """Return the rows as the reader would see them."""
    cells = [_cells(row) for row in targets]
    read: list[Target] = []
    for number, (row, months) in enumerate(zip(targets, cells, strict=True), start=1):
        wanted = row.indicator
        place = (TARGETS.title, number)
        figures = read_row(months, range(YEAR_END), place, wanted.measure, cells).figures
        read.append(
            Target(
                number,
                wanted,
                _figure(wanted.last_year),
                _figure(wanted.plan),
                tuple(figures[position] for position in range(YEAR_END)),
            )
        )
    return TargetSheet(TARGETS.title, "", "", {}, 0, tuple(read))


def _cells(row: TargetRow) -> list[Cell]:
    return [float(entry) if isinstance(entry, Decimal) else entry for entry in row.months]


def _figure(value: Decimal | None) -> Figure:
    return Figure(value, State.BLANK if value is None else State.NUMBER)


def _ratio_months(row: TargetRow, read: Mapping[str, Target]) -> tuple[Decimal | None, ...]:
    """Return the months of a ratio row, which its formulas work out; () for any other row."""
    ratio = source_ratio(row, read)
    if ratio is None:
        return ()
    tops, bottoms = read[ratio.numerator].months, read[ratio.denominator].months
    return tuple(
        ratio_of(top.value, bottom.value, row.indicator)
        for top, bottom in zip(tops, bottoms, strict=True)
    )
