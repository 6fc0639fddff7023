"""A plan that changed, and what a unit has typed meanwhile: both in one workbook."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.outgoing.carrying import TypedContent, mixed
from danvan_xl.outgoing.contents import Contents, InfoValue, TargetRow
from danvan_xl.schema.columns import CellEntry, Kind
from danvan_xl.schema.indicators import DEFINITION, FURTHER_COLUMNS
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import PlanKind
from danvan_xl.schema.registers import GIVEN_COLUMNS
from danvan_xl.schema.sheets import ASSIGNMENT, MONTH_NAMES, TARGETS, UNITS
from danvan_xl.vietnamese.printed import show_date, vietnamese_number
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import match_key, tidy

_BLANK = "trống"
# Follows the office above, but is no reason for a new workbook: it changes with every report.
_NO_REASON = ("deadline",)
_WORDS = tuple(column for column in DEFINITION if column.name != "code")
_OWN = tuple(column.name for column in FURTHER_COLUMNS if not column.goes_down)


class Change(NamedTuple):
    """What is different for a unit: of which indicator (or of sheet Thông tin), in words."""

    subject: str
    words: str

    def __str__(self) -> str:
        """The change as a person reads it: "KT01: Kế hoạch 40 → 45"."""
        return f"{self.subject}: {self.words}"


class Update(NamedTuple):
    """A workbook with the new plan that holds what was typed, and what is different in it.

    `lost` tells what could not be put into it. `is_filled` tells whether somebody has typed more
    than sheet Thông tin.
    """

    contents: Contents
    changes: tuple[Change, ...]
    issues: tuple[Issue, ...]
    lost: tuple[str, ...]
    is_filled: bool


def update(given: Contents, typed: TypedContent, place: Place) -> Update:
    """The workbook of a unit with what it is given now and what it had typed before, at `place`."""
    old = {_key(row): row for row in typed.contents.targets}
    new = {_key(row): row for row in given.targets}
    others = [row for key, row in old.items() if key not in new]
    kept = [row for row in others if _is_kept(row, typed)]
    rows = (
        *(_merged(row, old.get(key)) for key, row in new.items()),
        *(_no_longer_given(row) if _was_given(row, typed) else row for row in kept),
    )
    filled = {name: rows for name, rows in typed.contents.registers.items() if rows}
    contents, lost = _fitted(
        replace(
            typed.contents,
            info={**typed.contents.info, **given.info},
            targets=rows,
            registers={**given.registers, **filled},
        )
    )
    changes = (
        *_info_changes(given.info, typed.contents.info),
        *(change for key, row in new.items() for change in _changes(row, old.get(key))),
        *(
            _taken_away(row, is_kept=row in kept)
            for row in others
            if _was_given(row, typed) or row not in kept
        ),
    )
    is_filled = _is_filled(typed.contents) or any(not _was_given(row, typed) for row in kept)
    return Update(contents, changes, tuple(_measure_issues(new, old, place)), lost, is_filled)


def _key(row: TargetRow) -> str:
    return match_key(row.indicator.code)


def _was_given(row: TargetRow, typed: TypedContent) -> bool:
    """Whether the workbook says that an indicator came from the office above."""
    return typed.given is not None and _key(row) in typed.given


def _is_kept(row: TargetRow, typed: TypedContent) -> bool:
    """Whether a line that is not given stays: the unit's own, or one it has typed into.

    In a workbook that does not tell what was given, lines without any figure are the template's.
    """
    if _has_entries(row):
        return True
    if typed.given is None:
        return row.has_plan
    return not _was_given(row, typed)


def _has_entries(row: TargetRow) -> bool:
    """Whether the unit typed into a line, plan aside."""
    is_typed = any(entry is not None for entry in row.months)
    has_last_year = row.indicator.last_year is not None or row.last_year_text != ""
    has_further = not row.further.keys().isdisjoint(_OWN)
    return is_typed or has_last_year or has_further or row.note != ""


def _no_longer_given(row: TargetRow) -> TargetRow:
    bare = row.indicator._replace(plan=None, plan_kind=PlanKind.PLAIN, plan_text="")
    return replace(row, indicator=bare, plan_text="")


def _merged(given: TargetRow, old: TargetRow | None) -> TargetRow:
    """A given line with what the unit typed into it."""
    if old is None:
        return given
    indicator = given.indicator._replace(
        last_year=old.indicator.last_year,
        source=given.indicator.source or old.indicator.source,
    )
    return mixed(
        replace(
            given,
            indicator=indicator,
            months=old.months,
            note=old.note,
            last_year_text=old.last_year_text,
            further={
                **{name: entry for name, entry in old.further.items() if name in _OWN},
                **given.further,
            },
        )
    )


def _fitted(contents: Contents) -> tuple[Contents, tuple[str, ...]]:
    """What the sheets of the workbook can hold, and in words what they cannot."""
    lost: list[str] = []
    if not contents.has_units and (contents.units or contents.assignment):
        lost.append(f"trang {UNITS.title}, trang {ASSIGNMENT.title}")
        contents = replace(contents, units=(), assignment={})
    codes = {_key(row): row.indicator.code for row in contents.targets}
    plans = {
        codes[match_key(code)]: given
        for code, given in contents.assignment.items()
        if match_key(code) in codes
    }
    lost += [
        f"dòng {code} của trang {ASSIGNMENT.title}"
        for code in contents.assignment
        if match_key(code) not in codes
    ]
    return replace(contents, assignment=plans), tuple(lost)


def _is_filled(contents: Contents) -> bool:
    """Whether somebody typed more into a workbook than sheet Thông tin."""
    has_rows = any(
        name not in GIVEN_COLUMNS
        for rows in contents.registers.values()
        for row in rows
        for name in row
    )
    has_figures = any(map(_has_entries, contents.targets))
    below = contents.units or contents.unit_sheets or contents.assignment
    return has_figures or has_rows or bool(below)


def _info_changes(given: Mapping[str, InfoValue], old: Mapping[str, InfoValue]) -> Iterator[Change]:
    for field in INFO.fields:
        if field.name not in given or field.name in _NO_REASON:
            continue
        before, after = (_text(values.get(field.name)) for values in (old, given))
        if before != after:
            yield Change(INFO.title, f"{field.header} {before or _BLANK} → {after}")


def _text(value: CellEntry) -> str:
    """What a cell says, as a person reads it."""
    if value is None or isinstance(value, str):
        return tidy(value or "")
    if isinstance(value, Decimal):
        return vietnamese_number(value)
    return str(value) if isinstance(value, int) else show_date(value)


def _changes(given: TargetRow, old: TargetRow | None) -> Iterator[Change]:
    """What is different in a given line."""
    code = given.indicator.code
    if old is None:
        words = f"thêm chỉ tiêu '{given.indicator.indicator}', Kế hoạch {_plan(given)}"
        yield Change(code, words)
        return
    if tidy(old.indicator.code) != tidy(code):
        yield Change(code, f"Mã {old.indicator.code} → {code}")
    for column in _WORDS:
        before, after = (_text(row.entry(column.name)) for row in (old, given))
        # What the office above leaves open, the unit may say.
        if before != after and (after or column.name != "source"):
            yield Change(code, f"{column.header} {before or _BLANK} → {after or _BLANK}")
    if _plan(old) != _plan(given):
        yield Change(code, f"Kế hoạch {_plan(old)} → {_plan(given)}")


def _plan(row: TargetRow) -> str:
    """What the plan's cell says; two plans that read alike are one."""
    return tidy(row.plan_text) or row.indicator.planned.words or _BLANK


def _taken_away(row: TargetRow, *, is_kept: bool) -> Change:
    name = f"'{row.indicator.indicator}'"
    if is_kept:
        words = f"không giao nữa {name}; giữ dòng và số đã ghi, bỏ kế hoạch"
    else:
        words = f"bỏ chỉ tiêu {name}"
    return Change(row.indicator.code, words)


def _measure_issues(
    new: Mapping[str, TargetRow], old: Mapping[str, TargetRow], place: Place
) -> Iterator[Issue]:
    """A warning where figures were typed in another measure than the one given now."""
    for key, row in new.items():
        before = old.get(key)
        if before is None or tidy(before.indicator.measure) == tidy(row.indicator.measure):
            continue
        months = list(_typed_figures(before))
        if months:
            yield issue(
                Code.MEASURE_CHANGED,
                place,
                code=Ours(row.indicator.code),
                value=Typed(before.indicator.measure),
                expected=Ours(row.indicator.measure),
                months=Ours(", ".join(months)),
            )


def _typed_figures(row: TargetRow) -> Iterator[str]:
    """The headers of the cells in which the unit typed figures in the ĐVT of a line."""
    if row.indicator.last_year is not None or row.last_year_text:
        yield TARGETS["last_year"].header
    for column in FURTHER_COLUMNS:
        if column.kind is Kind.NUMBER and not column.measure and column.name in row.further:
            yield column.header
    for name, entry in zip(MONTH_NAMES, row.months, strict=True):
        if entry is not None:
            yield TARGETS[name].header
