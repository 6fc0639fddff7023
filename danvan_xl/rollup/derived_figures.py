"""What the indicators of a sheet take from the registers of its unit."""

from collections.abc import Sequence

from danvan_xl.reading.records import Target, TargetSheet
from danvan_xl.reading.register_table import RegisterRows
from danvan_xl.rollup.from_registers import Derived, derive
from danvan_xl.rollup.tally import Scope
from danvan_xl.schema.indicators import Indicator
from danvan_xl.vietnamese.numbers import State
from danvan_xl.vietnamese.text import match_key


def derive_figures(
    sheet: TargetSheet, scope: Scope, tables: Sequence[RegisterRows]
) -> dict[str, Derived]:
    """What a sheet's indicators take from the unit's registers, by key of their code.

    The unit's own Nguồn decides; where it has none and typed nothing, or lacks the indicator, that
    of the consolidating unit does: what stands in a register need not be typed.
    """
    figures: dict[str, Derived] = {}
    if not tables:
        return figures
    calendar = scope.calendar_for(tables)
    targets = {match_key(target.indicator.code): target for target in sheet.targets}
    for key, definition in scope.definitions.items():
        wanted = definition
        if (target := targets.get(key)) is not None:
            source = target.indicator.source or _given_source(target, definition)
            if not source:  # as of most
                continue
            rule = definition.month_rule
            wanted = target.indicator._replace(month_rule=rule, source=source)
        if (found := derive(wanted, tables, calendar)) is not None:
            figures[key] = found
    return figures


def _given_source(target: Target, definition: Indicator) -> str:
    """The Nguồn of the consolidating unit, "" where something is typed in the row."""
    if not definition.source:
        return ""
    is_typed = any(figure.state is not State.BLANK for figure in target.months)
    return "" if is_typed else definition.source
