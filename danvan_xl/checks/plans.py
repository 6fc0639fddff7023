"""Checks on the plans of a sheet: what their words mean is decided by Chiều of who consolidates."""

from collections.abc import Iterator, Mapping

from danvan_xl.reading.plan_cells import plan_remarks
from danvan_xl.reading.records import Target, TargetSheet
from danvan_xl.rollup.phases import PHASE_MONTHS, falls
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import MonthRule
from danvan_xl.schema.sheets import PHASED_NAMES, TARGETS
from danvan_xl.vietnamese.periods import YEAR_END
from danvan_xl.vietnamese.privacy import Ours
from danvan_xl.vietnamese.text import match_key

_NAME_OF = {**dict(zip(PHASE_MONTHS, PHASED_NAMES, strict=True)), YEAR_END: "plan"}


def check_plans(sheet: TargetSheet, definitions: Mapping[str, Indicator]) -> Iterator[Issue]:
    """Every finding on the plans of a sheet."""
    yield from plans_are_understood(sheet, definitions)
    yield from phases_rise(sheet, definitions)


def plans_are_understood(
    sheet: TargetSheet, definitions: Mapping[str, Indicator]
) -> Iterator[Issue]:
    """Every plan says one number that is to be reached; which of two is told."""
    for target in sheet.targets:
        own = target.indicator
        for name, stated in target.stated.items():
            decisive = definitions.get(match_key(own.code), own).direction
            at, field = sheet.place(name, target), TARGETS[name].header
            yield from plan_remarks(stated, decisive, field, own.measure, at)


def phases_rise(sheet: TargetSheet, definitions: Mapping[str, Indicator]) -> Iterator[Issue]:
    """What is due of a flow never falls, and does not pass the plan of the year."""
    for target in sheet.targets:
        if any(figure.value is not None for figure in target.phased):
            own = target.indicator
            definition = definitions.get(match_key(own.code), own)
            if definition.month_rule is MonthRule.SUM:
                yield from _falls(sheet, target, definition)


def _falls(sheet: TargetSheet, target: Target, definition: Indicator) -> Iterator[Issue]:
    direction = definition.direction
    for fall in falls(target.plan_by(direction).value, target.phased_by(direction)):
        name, later = _NAME_OF[fall.month], _NAME_OF[fall.later]
        fields = {"field": TARGETS[name].header, "later": TARGETS[later].header}
        said = {key: Ours(header) for key, header in fields.items()}
        at = sheet.place(name, target)
        yield issue(Code.PHASES_FALL, at, **said, value=fall.value, expected=fall.less)
