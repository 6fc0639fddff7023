"""Which indicators are parts of which total, and how far the parts are all there is of it.

"XD05.1" is a part of "XD05"; so are the counts of a register by every choice of one of its columns
("đếm Dân vận khéo [Lĩnh vực = Kinh tế]") of the count of them all.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from danvan_xl.rollup.tolerance import Written, is_above, is_far, sum_written
from danvan_xl.schema.adding import adds
from danvan_xl.schema.columns import WORK_FIELDS
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import Direction, MonthRule
from danvan_xl.schema.sheets import REGISTER_OF
from danvan_xl.schema.sources import FromRegister, register_source
from danvan_xl.vietnamese.limits_of_figures import (
    can_be_negative,
    holds_words,
    spaced_words,
)
from danvan_xl.vietnamese.measures import Likeness, compare_measures, is_counted, is_share
from danvan_xl.vietnamese.text import match_key
from danvan_xl.vietnamese.word_lists import word_lists

_HUNDRED, _HALF = Decimal(100), Decimal(50)
_ADDING_MONTHS = (MonthRule.SUM, MonthRule.LAST)


class Extent(Enum):
    """What the parts of a total are of it."""

    WHOLE = "whole"  # all of it: their sum is the total
    SOME = "some"  # their sum may be less
    APART = "apart"  # they may overlap: none is more than the total


class PartList(NamedTuple):
    """The parts of a total, by indicator key; `adds` is false of shares, which add up to 100 %."""

    total: str
    parts: tuple[str, ...]
    extent: Extent
    adds: bool
    is_counted: bool
    can_be_negative: bool


class Fault(NamedTuple):
    """What is wrong between a total and its parts.

    `part` is greater than the total; without one their sum is another (`is_sum`), or is greater
    though it need not be all.
    """

    part: str = ""
    is_sum: bool = False


class _Row(NamedTuple):
    """What decides about an indicator as a part or a total."""

    key: str
    name: str
    measure: str
    direction: Direction
    month_rule: MonthRule
    source: str
    work_field: str


def part_lists(definitions: Mapping[str, Indicator]) -> tuple[PartList, ...]:
    """The totals among some indicators with their parts, the deepest first."""
    return _part_lists(
        tuple(
            _Row(
                key=key,
                name=item.indicator,
                measure=item.measure,
                direction=item.direction,
                month_rule=item.month_rule,
                source=item.source,
                work_field=item.work_field,
            )
            for key, item in definitions.items()
        )
    )


def fault_in(found: PartList, figures: Callable[[str], Written | None]) -> Fault | None:
    """What contradicts between a total and its parts, None where nothing does.

    `figures` has None for what is not known: it may be anything that is not less than nothing.
    """
    total = figures(found.total)
    if total is None:
        return None
    known = {part: figure for part in found.parts if (figure := figures(part)) is not None}
    if not found.adds and not _is_a_whole_of_shares(total, tuple(known.values())):
        return None
    is_complete = len(known) == len(found.parts)
    joint = sum_written(known.values())
    if found.can_be_negative:
        is_wrong = is_complete and found.extent is Extent.WHOLE
        is_wrong = is_wrong and is_far(total, joint, counted=found.is_counted)
        return Fault(is_sum=True) if is_wrong else None
    for part, figure in known.items():
        if is_above(figure, total, counted=found.is_counted):
            return Fault(part)
    if not known or found.extent is Extent.APART:
        return None
    if found.extent is Extent.SOME:
        is_wrong = is_above(joint, total, counted=found.is_counted)
    else:
        open_or_not = joint if is_complete else joint.at_least()
        is_wrong = is_far(total, open_or_not, counted=found.is_counted)
    is_sum = is_complete and found.extent is Extent.WHOLE
    return Fault(is_sum=is_sum) if is_wrong else None


def is_whole(found: PartList) -> bool:
    """Whether a blank total is the sum of these parts."""
    return found.extent is Extent.WHOLE and found.adds


def sums_of_parts(
    lists: Iterable[PartList], is_blank: Callable[[str], bool], is_known: Callable[[str], bool]
) -> Iterator[PartList]:
    """The totals that are blank while all their parts are known, the deepest first."""
    for found in lists:
        if is_whole(found) and is_blank(found.total) and all(map(is_known, found.parts)):
            yield found


def _is_a_whole_of_shares(total: Written, parts: Sequence[Written]) -> bool:
    """Whether shares are those of one whole, its 100 %.

    Rates that are each high ("98 % of the small, 100 % of the bigger children") are of their own.
    """
    are_rates = all(part.low >= _HALF and part.high <= _HUNDRED for part in parts)
    together = sum((part.low for part in parts), Decimal(0))
    is_hundred = total.low == total.high == _HUNDRED
    return is_hundred and not (are_rates and together >= _HUNDRED + _HALF)


@lru_cache(maxsize=8)
def _part_lists(rows: tuple[_Row, ...]) -> tuple[PartList, ...]:
    by_key = {row.key: row for row in rows}
    dotted: dict[str, list[_Row]] = {}
    for row in rows:
        head, dot, tail = row.key.rpartition(".")
        if dot and tail and head in by_key:
            dotted.setdefault(head, []).append(row)
    apart = [(by_key[head], group) for head, rows in dotted.items() for group in _apart(rows)]
    found = [_dotted_list(total, parts) for total, parts in apart]
    lists = [item for item in found if item is not None]
    lists += [item for item in _by_source(rows) if item.total not in dotted]
    return tuple(sorted(lists, key=lambda item: -item.total.count(".")))


def _apart(parts: Sequence[_Row]) -> Iterator[Sequence[_Row]]:
    """The parts of a total in lists of their own: who are nữ are among the Kinh too.

    Where a list that is known stands among rows that cut across it, it is the whole by itself.
    """
    words = word_lists("tong-va-phan.toml")
    crossing = list(_crossing(parts))
    for item in words["danh_muc"] if crossing and len(parts) > 2 else ():
        called = [row for row in parts if _called(spaced_words(row.name), item["muc"]) is not None]
        rest = [row for row in parts if row not in called]
        if rest and _is_full(called, item["muc"]) and set(rest) <= set(crossing):
            yield called
            yield rest
            return
    yield parts


def _crossing(parts: Sequence[_Row]) -> Iterator[_Row]:
    """The rows that cut across the others of a list, unless the rest has a row as well."""
    words = word_lists("tong-va-phan.toml")
    names = [spaced_words(row.name) for row in parts]
    if any(holds_words(name, words["phan_con_lai"]) for name in names):
        return
    for row, name in zip(parts, names, strict=True):
        others = name
        for phrase in words["khong_cat_ngang"]:
            others = others.replace(spaced_words(phrase), " ")
        if holds_words(others, words["cat_ngang"]):
            yield row


def _dotted_list(total: _Row, parts: Sequence[_Row]) -> PartList | None:
    """What rows with a dotted code are of their total; None where nothing can be held.

    Shares may be those of one whole; of what else does not add (yields, means) nothing is known.
    """
    if not is_share(total.measure) and not all(map(_adds, (total, *parts))):
        return None
    comparable = [
        row
        for row in parts
        if compare_measures(row.measure, total.measure) is Likeness.SAME
        and row.month_rule is total.month_rule
    ]
    if not comparable:
        return None
    return _list_of(total, comparable, _extent(total, parts, comparable))


def _adds(row: _Row) -> bool:
    """Whether the figures of a row may be added, or are shares, which may come to 100 %."""
    return is_share(row.measure) or adds(row.measure, row.name)


def _list_of(total: _Row, parts: Sequence[_Row], extent: Extent) -> PartList:
    return PartList(
        total=total.key,
        parts=tuple(row.key for row in parts),
        extent=extent,
        adds=not is_share(total.measure),
        is_counted=is_counted(total.measure),
        can_be_negative=not is_share(total.measure)
        and any(can_be_negative(row.measure, row.name) for row in (total, *parts)),
    )


def _extent(total: _Row, parts: Sequence[_Row], comparable: Sequence[_Row]) -> Extent:
    words = word_lists("tong-va-phan.toml")
    names = [spaced_words(row.name) for row in (total, *parts)]
    if total.month_rule not in _ADDING_MONTHS:
        return Extent.APART  # the largest of each need not have been at one time
    is_alike = len(comparable) == len(parts) and all(
        row.direction is total.direction for row in parts
    )
    if is_alike and _is_known_list(parts):
        return Extent.WHOLE
    is_marked = any(holds_words(name, words["mot_so_phan"]) for name in names)
    if is_alike and len(parts) > 1 and not is_marked and not any(_crossing(parts)):
        return Extent.WHOLE
    overlaps = any(holds_words(name, words["co_the_chong_nhau"]) for name in names[1:])
    return Extent.APART if overlaps else Extent.SOME


def _is_known_list(parts: Sequence[_Row]) -> bool:
    """Whether parts are the full set of a list that is known: the four fields, nam and nữ."""
    fields = {match_key(row.work_field) for row in parts}
    if len(parts) == len(WORK_FIELDS) and fields == set(map(match_key, WORK_FIELDS)):
        return True
    lists = word_lists("tong-va-phan.toml")["danh_muc"]
    return any(_is_full(parts, item["muc"]) for item in lists)


def _is_full(parts: Sequence[_Row], items: Sequence[Sequence[str]]) -> bool:
    """Whether each part is called by one item of a list and each item calls one part."""
    if len(parts) != len(items):
        return False
    called = [_called(spaced_words(row.name), items) for row in parts]
    return None not in called and len(set(called)) == len(items)


def _called(said: str, items: Sequence[Sequence[str]]) -> int | None:
    """The position of the item that a name holds, by its longest words."""
    held = [
        (len(spaced_words(word)), position)
        for position, words in enumerate(items)
        for word in words
        if spaced_words(word) in said
    ]
    return max(held)[1] if held else None


def _by_source(rows: Sequence[_Row]) -> Iterator[PartList]:
    """The counts and sums of a register whose parts by all choices of a column are there too."""
    sources = [(row, source) for row in rows if (source := register_source(row.source)) is not None]
    for total, whole in sources:
        groups: dict[str, list[tuple[_Row, tuple[str, ...]]]] = {}
        for row, source in sources:
            if (more := _one_more(source, whole)) is not None and _is_alike(row, total):
                groups.setdefault(more[0], []).append((row, more[1]))
        for column, found in groups.items():
            choices = REGISTER_OF[whole.register].column(column).choices
            values = [value for _, held in found for value in held]
            if len(found) > 1 and sorted(values) == sorted(choices):
                yield _list_of(total, [row for row, _ in found], Extent.WHOLE)
                break


def _one_more(source: FromRegister, whole: FromRegister) -> tuple[str, tuple[str, ...]] | None:
    """The column and the values of the one condition that a source has and the whole has not."""
    if source._replace(conditions=()) != whole._replace(conditions=()):
        return None
    more = [one for one in source.conditions if one not in whole.conditions]
    if len(more) != 1 or len(source.conditions) != len(whole.conditions) + 1:
        return None
    return more[0].column, more[0].values


def _is_alike(row: _Row, total: _Row) -> bool:
    return row.month_rule is total.month_rule and row.direction is total.direction
