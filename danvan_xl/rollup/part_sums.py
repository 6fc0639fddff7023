"""Blank totals as the sum of their parts, where these are all there is and all known."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from danvan_xl.reading.figure import Figure
from danvan_xl.rollup.dotted import part_lists, sums_of_parts
from danvan_xl.rollup.parts import single_month, summed_months
from danvan_xl.rollup.tally import Scope, UnitFigure, rated, written_in
from danvan_xl.rollup.tolerance import sum_written
from danvan_xl.schema.options import MonthRule
from danvan_xl.vietnamese.numbers import State, joint_bound


def sum_parts(figures: dict[str, UnitFigure], scope: Scope) -> None:
    """Put the sum of its parts in the place of each total of which nothing is written."""

    def is_blank(key: str) -> bool:
        figure = figures.get(key)
        return figure is None or (
            figure.actual is None and figure.is_blank and not figure.not_applicable
        )

    def is_known(key: str) -> bool:
        figure = figures.get(key)
        return figure is not None and (figure.actual is not None or figure.not_applicable)

    for found in sums_of_parts(part_lists(scope.definitions), is_blank, is_known):
        if all(figures[key].not_applicable for key in found.parts):
            continue
        total = figures.get(found.total, UnitFigure(found.total))
        figures[found.total] = summed(total, [figures[key] for key in found.parts], scope)


def plans_from_parts(figures: Mapping[str, UnitFigure], scope: Scope) -> frozenset[str]:
    """The totals of which no plan is written, while all their parts have one."""
    nothing = UnitFigure("")

    def is_blank(key: str) -> bool:
        figure = figures.get(key, nothing)
        return figure.plan is None and figure.has_blank_plan and not figure.not_applicable

    def is_known(key: str) -> bool:
        return figures.get(key, nothing).plan is not None

    lists = part_lists(scope.definitions)
    return frozenset(found.total for found in sums_of_parts(lists, is_blank, is_known))


def summed(total: UnitFigure, parts: Sequence[UnitFigure], scope: Scope) -> UnitFigure:
    """A blank total as the sum of its parts, which are all known, or do not apply."""
    values = [part.actual for part in parts if part.actual is not None]
    actual, bound = sum(values, Decimal(0)), joint_bound(part.bound for part in parts)
    registers = {part.register for part in parts if part.actual is not None}
    is_flow = scope.definitions[total.code].month_rule is MonthRule.SUM
    rows = [part.months for part in parts]
    found = total._replace(
        actual=actual,
        bound=bound,
        terms=tuple(term for part in parts for term in part.terms),
        months=()
        if not scope.monthly
        else summed_months(rows, Decimal(0), scope.month)
        if is_flow
        else single_month(actual, Figure(actual, State.NUMBER, bound), _newest(rows, scope)),
        register=registers.pop() if len(registers) == 1 else "",
        written=sum_written(item for part in parts if (item := written_in(part)) is not None),
        from_parts=True,
        as_of=min((part.as_of for part in parts if part.as_of), default=0),
        ends_early=min((part.ends_early for part in parts if part.ends_early), default=0),
    )
    return rated(found, scope)


def _newest(rows: Sequence[Sequence[Figure]], scope: Scope) -> int:
    """The last month in which a part has a figure."""
    months = (at for row in rows for at, item in enumerate(row, 1) if item.value is not None)
    return max(months, default=scope.month)
