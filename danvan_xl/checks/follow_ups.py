"""Findings that follow from another: one slip is told once, where it was made."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from danvan_xl.rollup.tally import UnitFigure
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import TARGETS

# A row with one of these does not count: nothing else is said about its cells.
_ROW_REFUSED = frozenset(
    (
        Code.CODE_MISSING,
        Code.CODE_REPEATED,
        Code.CODE_UNKNOWN,
        Code.CODE_CHANGED,
        Code.NAME_OF_ANOTHER,
        Code.MEASURE_INCOMPATIBLE,
        Code.ROW_IGNORED,
        Code.REGISTER_ROW_IGNORED,
        Code.REGISTER_CODE_REPEATED,
        Code.UNIT_REPEATED,
        Code.UNIT_INCOMPLETE,
    )
)
# Of a file that does not count this is still said: why, what it was taken for, and that numbers of
# people have to go.
_OF_FILES = ("TEP", "DV", "GN", Code.SHEET_ACCOUNT.label, Code.PERSONAL_NUMBER.label)
_PLAN_UNKNOWN = (
    Code.PLAN_WITHOUT_NUMBER,
    Code.PLAN_IS_CHANGE,
    Code.PLAN_FOR_EACH,
    Code.PLAN_IS_PERCENT,
    Code.PLAN_OF_SEVERAL,
    Code.PLAN_WORDS_UNKNOWN,
    Code.PLAN_AGAINST_DIRECTION,
)
_OTHER_PLAN = (Code.PLAN_LOWERED, Code.PLAN_NOT_AS_ASSIGNED, Code.PLAN_OF_UNIT_UNKNOWN)
_PLAN_OF_PARTS = (Code.PLAN_PARTS_DIFFER, Code.PART_ABOVE_TOTAL, Code.PARTS_ABOVE_TOTAL)
# A month is not known, or not what was meant: what it is added up to is not held against others.
_FIGURE_LOST = frozenset(
    (
        Code.NUMBER_UNREADABLE,
        Code.NUMBER_IS_DATE,
        Code.NUMBER_IS_ERROR,
        Code.NEGATIVE,
        Code.PERCENT_NOT_FIGURE,
        Code.MEASURE_IN_CELL,
        Code.NUMBER_IS_DITTO,
        Code.LETTER_IN_NUMBER,
        Code.PAIR_NOT_SHARE,
        Code.NOT_ONE_NUMBER,
        Code.PERCENT_CELL_NOT_READ,
        Code.FORMULA_WITHOUT_VALUE,
    )
)
_WITHOUT_PLANS = (Code.PLAN_MISSING, Code.ACTUAL_WITHOUT_PLAN, Code.SAME_EVERY_MONTH)
_ROW = re.compile(r"[A-Z]+(\d+)")


def without_follow_ups(issues: Iterable[Issue]) -> list[Issue]:
    """The findings but for those that another one of the same slip makes needless."""
    told = list(issues)
    codes = frozenset(item.code for item in told)
    for rule in _RULES:
        if not codes.isdisjoint(rule.causes):
            told = list(_apart_from(told, rule))
    return told


def about_the_file(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Of the findings on a file that does not count: why it does not, nothing about its cells."""
    return tuple(item for item in issues if item.code.label.startswith(_OF_FILES))


def faulty_indicators(
    issues: Iterable[Issue], sheets: Iterable[tuple[str, Mapping[str, UnitFigure]]]
) -> frozenset[str]:
    """The keys of indicators of which a month is told to be wrong, or its column to be lost.

    `sheets` are the figures of units, each with the file they stand in.
    """
    told = list(issues)
    rows = {row for item in told if item.code in _FIGURE_LOST for row in _row(item)}
    cut = {item.place[:2] for item in told if item.code is Code.MONTH_COLUMN_MISSING}
    if not rows and not cut:
        return frozenset()
    found = set()
    for file, figures in sheets:
        for key, figure in figures.items():
            sheet, cell = figure.place
            row = _ROW.match(cell)
            if (file, sheet) in cut or (row and (file, sheet, row[1]) in rows):
                found.add(key)
    return frozenset(found)


class _Rule(NamedTuple):
    """Findings that follow from one of `causes`: those of `codes` (None: of all) at its places.

    `is_cause` tells which findings of these codes make others needless. A finding follows where
    any of its `places` is that of a cause, or all are.
    """

    causes: Iterable[Code]
    codes: Iterable[Code] | None
    places: Callable[[Issue], tuple[object, ...]]
    is_cause: Callable[[Issue], bool] = lambda _item: True
    needs: Callable[[Iterable[object]], bool] = any


def _apart_from(issues: Sequence[Issue], rule: _Rule) -> Iterator[Issue]:
    caused = {
        place
        for item in issues
        if item.code in rule.causes and rule.is_cause(item)
        for place in rule.places(item)
    }
    for item in issues:
        is_kind = (
            item.code is not Code.PERSONAL_NUMBER
            if rule.codes is None
            else (item.code in rule.codes)
        )
        if item.code not in rule.causes and is_kind:
            places = rule.places(item)
            if places and rule.needs(place in caused for place in places):
                continue
        yield item


def _row(item: Issue) -> tuple[object, ...]:
    """The row a finding is about; what lists cells tells of many."""
    match = _ROW.match(item.place.cell)
    return ((*item.place[:2], match[1]),) if match and "cells" not in dict(item.values) else ()


def _file(item: Issue) -> tuple[object, ...]:
    return (item.place.file,)


def _sheet(item: Issue) -> tuple[object, ...]:
    return (item.place[:2],)


def _cells(item: Issue) -> tuple[object, ...]:
    """The cells a finding lists, else its own."""
    listed = dict(item.values).get("cells", item.place.cell)
    return tuple((*item.place[:2], cell) for cell in listed.split(", "))


def _indicators(item: Issue) -> tuple[object, ...]:
    """The indicators a finding on a plan is about."""
    values = dict(item.values)
    if values.get("field") not in (None, "kế hoạch"):
        return ()
    return tuple((item.place.file, values[name]) for name in ("code", "part") if values.get(name))


def _lacks_plans(item: Issue) -> bool:
    return dict(item.values).get("value") == TARGETS["plan"].header


_RULES = (
    _Rule(_ROW_REFUSED, None, _row),
    _Rule((Code.FILE_WITHOUT_TARGETS,), (Code.YEAR_MISSING,), _file),
    _Rule((Code.PERIOD_UNREADABLE,), (Code.PERIOD_MISSING,), _file),
    _Rule((Code.COLUMN_MISSING,), _WITHOUT_PLANS, _sheet, _lacks_plans),
    _Rule((Code.PLAN_OF_UNIT_UNKNOWN,), _PLAN_UNKNOWN, _cells),
    _Rule(_OTHER_PLAN, _PLAN_OF_PARTS, _indicators),
    _Rule((Code.FORMULA_WITHOUT_VALUE,), (Code.MONTH_BLANK,), _cells, needs=all),
    _Rule((Code.FORMULA_OVERWRITTEN,), (Code.FORMULA_ALTERED,), _cells, needs=all),
)
