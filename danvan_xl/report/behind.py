"""Who is behind with an indicator: every plan that is not reached, worst first."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.rollup.rating import Edge, Rating, shown
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.rollup.units_behind import reasons_in, worst_first
from danvan_xl.vietnamese.printed import show_share

_NAMED_UNITS = 10


class Unmet(NamedTuple):
    """A plan that is not reached: the unit's own (of which the line is), or one of its units'."""

    unit_name: str
    plan: Decimal | None
    actual: Decimal | None
    completion: Decimal | None
    rating: Rating
    edge: Edge
    cause: str
    solution: str
    line: SummaryLine
    is_own: bool = False
    is_count: bool = False


def unmet_worst_first(result: Consolidation) -> list[Unmet]:
    """Every plan that is not reached, then what is behind, the least complete of each first."""
    name = result.book.info.unit_name or "Đơn vị tổng hợp"
    found = [
        Unmet(
            unit_name=name,
            plan=line.plan,
            actual=line.actual,
            completion=line.completion,
            rating=line.rating,
            edge=line.edge,
            cause=cause,
            solution=solution,
            line=line,
            is_own=True,
            is_count=line.is_count,
        )
        for line in result.lines.values()
        if line.rating.is_unmet
        for cause, solution in (reasons_in(line.further),)
    ]
    found += [
        Unmet(*behind[:-1], line, is_count=behind.is_count)
        for line in result.lines.values()
        for behind in line.behind
    ]
    return worst_first(found)


def named_units(unmet: Sequence[Unmet]) -> dict[str, str]:
    """The units behind by code of the indicator, with completion; a long list is cut."""
    behind: dict[str, list[Unmet]] = {}
    for item in unmet:
        if not item.is_own:
            behind.setdefault(item.line.definition.code, []).append(item)
    named: dict[str, str] = {}
    for code, items in behind.items():
        texts = [
            f"{item.unit_name} ({show_share(share)})"
            if (share := shown(item.completion)) is not None
            else item.unit_name
            for item in items[:_NAMED_UNITS]
        ]
        if (rest := len(items) - _NAMED_UNITS) > 0:
            texts.append(f"và {rest} đơn vị khác")
        named[code] = "; ".join(texts)
    return named
