"""Whether each row of a unit is the indicator its code says, and what rows are its own."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from danvan_xl.reading.known_rows import KnownRow, KnownRows
from danvan_xl.reading.records import Target, TargetSheet
from danvan_xl.reading.row_codes import is_day
from danvan_xl.rollup.rules import combine_months
from danvan_xl.rollup.tally import Scope
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.indicator_names import is_one_name, is_one_off, name_key
from danvan_xl.vietnamese.numbers import State
from danvan_xl.vietnamese.printed import listed, vietnamese_number
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import match_key

_MOST_NAMED = 8


class IdentifiedRows(NamedTuple):
    """A sheet without the rows that do not count, and what has to be said."""

    sheet: TargetSheet
    issues: tuple[Issue, ...]


def identify(sheet: TargetSheet, scope: Scope, issued: KnownRows) -> IdentifiedRows:
    """The rows of a unit's sheet held against the indicators that are asked for.

    `issued` are the indicators under the names its workbook was issued with.
    """
    issues: list[Issue] = []
    out: set[int] = set()
    own: list[Target] = []
    for target in sheet.targets:
        indicator = target.indicator
        definition = scope.definitions.get(match_key(indicator.code))
        if definition is not None and indicator.indicator == definition.indicator:
            continue  # as of most
        if _says_nothing(target):
            continue
        if definition is not None:
            known = KnownRow(definition.code, definition.indicator)
            found = _of_its_name(sheet, target, known, scope.known, issued)
        elif is_day(indicator.code):  # told where it was read
            continue
        elif (found := _meant(sheet, target, scope.known)) is None:
            own.append(target)
        if found is not None:
            issues.append(found)
            if found.code is not Code.NAME_DIFFERS:
                out.add(target.row)
    issues += _own_indicators(sheet, own, scope)
    if out:
        kept = tuple(target for target in sheet.targets if target.row not in out)
        sheet = sheet._replace(targets=kept)
    return IdentifiedRows(sheet, tuple(issues))


def rows_as_issued(sheet: TargetSheet, issued: KnownRows) -> Iterator[Issue]:
    """The findings on rows that are not as they were given: what the office above will say."""
    for target in sheet.targets if issued.rows else ():
        known = issued.coded(target.indicator.code)
        if _says_nothing(target):
            continue
        if known is not None:
            found = _of_its_name(sheet, target, known, issued, issued)
        elif is_day(target.indicator.code):
            continue
        else:
            found = _meant(sheet, target, issued)
        if found is not None:
            yield found


def told_together(
    issues: Sequence[Issue], renamed: Mapping[str, Sequence[str]]
) -> tuple[Issue, ...]:
    """The findings with one line for each indicator whose name differs in some units.

    `renamed` are those units with what they write, by indicator key.
    """
    folded: dict[str, Issue] = {}
    others: list[Issue] = []
    for item in issues:
        if item.code is Code.NAME_DIFFERS:
            folded.setdefault(match_key(dict(item.values)["code"]), item)
        else:
            others.append(item)
    for key, item in folded.items():
        values = {name: Typed(text) for name, text in item.values}
        if units := renamed.get(key):
            values["units"] = Typed(renaming_units(units))
        others.append(issue(item.code, item.place, **values))
    return tuple(others)


def units_that_differ(issues: Sequence[Issue]) -> dict[str, tuple[str, ...]]:
    """The units that call an indicator by another name, with that name, by its key."""
    found: dict[str, dict[str, None]] = {}
    for item in issues:
        if item.code is Code.NAME_DIFFERS:
            values = dict(item.values)
            found.setdefault(match_key(values["code"]), {})[values["units"]] = None
    return {key: tuple(units) for key, units in found.items()}


def renaming_units(units: Sequence[str]) -> str:
    """The first of the units that call an indicator by another name, and how many more."""
    return listed(units, _MOST_NAMED, "đơn vị")


def _says_nothing(target: Target) -> bool:
    """Whether a row has no figure at all, as those of an untouched template."""
    figures = (target.plan, *target.months)
    return all(figure.state is State.BLANK for figure in figures)


def _of_its_name(
    sheet: TargetSheet, target: Target, known: KnownRow, rows: KnownRows, issued: KnownRows
) -> Issue | None:
    """The finding on a row whose code is known, None where its name is no contradiction."""
    written = target.indicator.indicator
    if not written or not known.name or name_key(written) == name_key(known.name):
        return None
    others = [row for row in rows.called(written) if row.key != known.key]
    is_own = is_one_name(written, known.name)
    if others and (not is_own or _is_written_as(written, others)):
        other = others[0]
        values = {"code": Typed(known.code), "name": Typed(known.name)}
        values |= {"value": Typed(written), "other": Typed(other.code)}
        return issue(Code.NAME_OF_ANOTHER, sheet.place("indicator", target), **values)
    if is_own:
        return None
    given = issued.coded(known.code)
    if rows is not issued and given is not None and is_one_name(written, given.name):
        return None
    values = {"code": Typed(known.code), "name": Typed(known.name)}
    values["units"] = Typed(f"{sheet.unit_name or 'đơn vị'} ghi '{written}'")
    return issue(Code.NAME_DIFFERS, sheet.place("indicator", target), **values)


def _is_written_as(written: str, rows: Sequence[KnownRow]) -> bool:
    return any(match_key(row.name) == match_key(written) for row in rows)


def _meant(sheet: TargetSheet, target: Target, known: KnownRows) -> Issue | None:
    """The finding on a code that nobody knows, None where the row is the unit's own."""
    code, name = target.indicator.code, target.indicator.indicator
    meant = [row.code for row in known.called(name)]
    if not name:
        there = {match_key(other.indicator.code) for other in sheet.targets}
        key = match_key(code)
        meant = [
            row.code for row in known.rows if row.key not in there and is_one_off(key, row.key)
        ]
    if not meant:
        return None
    asked = " hoặc ".join(f"'{code}'" for code in meant)
    hint = Typed(f" Có phải {asked}?")
    return issue(Code.CODE_UNKNOWN, sheet.place("code", target), value=Typed(code), hint=hint)


def _own_indicators(sheet: TargetSheet, own: Sequence[Target], scope: Scope) -> Iterator[Issue]:
    """One note on the unit's own indicators, each with its code and what it comes to."""
    if own:
        said = [_said(target, scope.month) for target in own]
        rows = Typed(listed(said, _MOST_NAMED, "chỉ tiêu"))
        place = sheet.place("code", own[0])
        yield issue(Code.OWN_INDICATORS, place, count=Ours(len(own)), rows=rows)


def _said(target: Target, month: int) -> str:
    """An indicator with its figure: "R1 'Số hộ trồng sen': 5 hộ"."""
    indicator = target.indicator
    values = [figure.value for figure in target.months[:month] if figure.value is not None]
    total = combine_months(indicator.month_rule, values)
    figure = "chưa có số" if total is None else f"{vietnamese_number(total)} {indicator.measure}"
    name = f" '{indicator.indicator}'" if indicator.indicator else ""
    return f"{indicator.code}{name}: {figure.rstrip()}"
