"""Things with a code that several units report: counted once, and told when in doubt.

A mô hình "Dân vận khéo" keeps its Mã mô hình over the years and in every workbook that has it.
"""

import re
import string
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from danvan_xl.reading.register_table import RegisterRows
from danvan_xl.rollup.from_registers import row_keys
from danvan_xl.rollup.register_view import label_of
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import match_key

# Two names under one code are of one thing when they are at least so alike.
_SAME_THING = 0.6
# With so many words, a name says by its words what it is, whatever letters are mistyped in one.
_MANY_WORDS = 8
# Names under different codes are worth a question when they are at least so alike.
_ALIKE = 0.87
# Only names that begin or end with the same words are compared; words that more names share than
# this say nothing about any two of them.
_ENDS, _COMMON = 2, 20
MOST_ALIKE = 50
# Of more rows than these, names are not compared: far from each other many things are called alike.
MOST_COMPARED = 20_000
# A new name under a code is held against no more of the things that bear it.
_MOST_UNDER_A_CODE = 20
_GENERIC_WORDS = ("mo hinh", "dan van kheo", "dien hinh", "ve", "xay dung")
_GENERIC = re.compile(rf"\b(?:{'|'.join(_GENERIC_WORDS)})\b")
_NUMBER = re.compile(r"\d+")
_MARKS = dict.fromkeys(map(ord, string.punctuation), " ")


class CodedRow(NamedTuple):
    """One row with a code: how it is called, where, and in whose register."""

    code: str
    name: str
    table: RegisterRows
    position: int

    @property
    def unit(self) -> str:
        """The unit whose register has it."""
        return self.table.unit_name or self.table.unit_code or "đơn vị tổng hợp"


class UnitedRows(NamedTuple):
    """The registers of several units without what was reported before, and findings on it.

    `tables` are in the order given; `alike` are pairs that may be one thing under two codes.
    """

    tables: tuple[RegisterRows, ...]
    issues: tuple[Issue, ...]
    alike: tuple[tuple[CodedRow, CodedRow], ...]


def unite(tables: Sequence[RegisterRows], own: int = 1, *, is_compared: bool = True) -> UnitedRows:
    """The registers with every code counted once: where it stands first.

    `is_compared` also looks for things that may be one under two codes.

    The first `own` tables are the consolidating unit's: what they have is theirs, whatever a unit
    calls it. Two units that use one code for things of different names have two things.
    """
    holders: dict[str, list[CodedRow]] = {}
    kept: list[RegisterRows] = []
    coded: list[CodedRow] = []
    repeats: dict[str, list[CodedRow]] = {}
    issues: list[Issue] = []
    keys_of = [row_keys(table) for table in tables]
    shared = _shared_codes(keys_of)
    for number, (table, keys) in enumerate(zip(tables, keys_of, strict=True)):
        left_out: set[int] = set()
        doubtful = [position for position, key in enumerate(keys) if key in shared]
        for row in _coded_rows(table, None if is_compared else doubtful):
            key = keys[row.position]
            if key not in shared:
                coded.append(row)
                continue
            known = holders.setdefault(key, [])
            others = [item for item in known if item.table is not table]
            same = _same(row, others, is_ours=number < own or _is_of(others, tables[:own]))
            if same is None:
                coded.append(row)
                known.append(row)
            else:
                left_out.add(row.position)
                repeats.setdefault(key, [same]).append(row)
            if others:
                issues += _doubts(same or others[0], row, is_same=same is not None)
        rows = [row for row in range(len(table.rows)) if row not in left_out]
        kept.append(table.take(rows) if left_out else table)
    issues += _told(repeats)
    alike = tuple(near_duplicates(coded)) if is_compared else ()
    issues += _alike_issues(alike)
    return UnitedRows(tuple(kept), tuple(issues), alike)


def _shared_codes(keys_of: Sequence[Sequence[str]]) -> set[str]:
    """The codes that stand in more than one register; mostly there are few."""
    once: set[str] = set()
    more: set[str] = set()
    for written in keys_of:
        keys = set(written) - {""}
        more |= once & keys
        once |= keys
    return more


def _same(row: CodedRow, others: Sequence[CodedRow], *, is_ours: bool) -> CodedRow | None:
    """Which of the things under its code a row is; None when it is another."""
    if others and is_ours:
        return others[0]
    name = fold(row.name)
    if found := next((item for item in others if fold(item.name) == name), None):
        return found
    held = others[:_MOST_UNDER_A_CODE]
    return next((item for item in held if _are_of_one_thing(item.name, row.name)), None)


def _is_of(others: Sequence[CodedRow], tables: Sequence[RegisterRows]) -> bool:
    """Whether the first of some things stands in one of these registers."""
    return bool(others) and any(others[0].table is table for table in tables)


def near_duplicates(coded: Sequence[CodedRow]) -> Iterator[tuple[CodedRow, CodedRow]]:
    """Pairs under different codes whose names are nearly the same, at most 50.

    Only names that begin or end alike are compared, so many thousands take no longer than their
    number.
    """
    found = 0
    for first, second in _candidates(coded):
        one, other = coded[first], coded[second]
        if not one.name or not other.name:
            continue
        if one.code and match_key(one.code) == match_key(other.code):
            continue
        if _NUMBER.findall(one.name) != _NUMBER.findall(other.name):  # thôn 1 is not thôn 2
            continue
        if are_alike(one.name, other.name, _ALIKE):
            yield one, other
            found += 1
            if found == MOST_ALIKE:
                return


def are_alike(one: str, other: str, least: float) -> bool:
    """Whether two names are alike, by at least so much (1: the same but for capitals, marks)."""
    first, second = fold(one), fold(other)
    return first == second or _similarity_reaches(first, second, least)


def _are_of_one_thing(one: str, other: str) -> bool:
    """Whether two names under one code are of one thing; long ones are compared word by word."""
    first, second = fold(one), fold(other)
    if first == second:
        return True
    words, others = tuple(first.split()), tuple(second.split())
    if min(len(words), len(others)) < _MANY_WORDS:
        return _similarity_reaches(first, second, _SAME_THING)
    return _similarity_reaches(words, others, _SAME_THING)


@lru_cache(maxsize=4096)  # the same pair is looked at to count and to tell
def _similarity_reaches(first: Sequence[str], second: Sequence[str], least: float) -> bool:
    from difflib import SequenceMatcher  # costs 1 ms to import, and most codes come once

    matcher = SequenceMatcher(None, first, second)
    quick = matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least
    return quick and matcher.ratio() >= least


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """A name in plain small letters, without words that every mô hình has."""
    plain = " ".join(" ".join(map(_plain_word, name.split())).split())
    if not any(words in plain for words in _GENERIC_WORDS):
        return plain
    return " ".join(_GENERIC.sub(" ", plain).split()) or plain


@lru_cache(maxsize=16384)  # Vietnamese has few words
def _plain_word(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold()).replace("đ", "d")
    return letters.encode("ascii", "ignore").decode().translate(_MARKS)


def _coded_rows(table: RegisterRows, positions: Sequence[int] | None) -> list[CodedRow]:
    """Rows with a code: those at some positions, all for None."""
    form = table.form
    codes = table.columns[form.key]
    names = table.columns[form.name_column] if form.name_column else [None] * len(codes)
    return [
        CodedRow(label_of(codes[position]), label_of(names[position]), table, position)
        for position in (range(len(codes)) if positions is None else positions)
    ]


def _candidates(coded: Sequence[CodedRow]) -> list[tuple[int, int]]:
    """The pairs of positions whose names begin or end with words that few others do."""
    members: dict[tuple[str, ...], list[int]] = {}
    for position, row in enumerate(coded):
        words = fold(row.name).split()
        for side, ends in (("<", words[:_ENDS]), (">", words[-_ENDS:])):
            members.setdefault((side, *ends), []).append(position)
    pairs = {
        (first, second)
        for positions in members.values()
        if len(positions) <= _COMMON
        for index, first in enumerate(positions)
        for second in positions[index + 1 :]
    }
    return sorted(pairs)


def _doubts(known: CodedRow, row: CodedRow, is_same: bool) -> Iterator[Issue]:
    """What does not agree between two reports under one code."""
    place = row.table.place(row.table.form.key, row.position)
    common = {"value": Typed(row.code)}
    common |= {"unit": Typed(known.unit), "other_unit": Typed(row.unit)}
    if not _are_of_one_thing(known.name, row.name):
        used = Ours("tính là một mô hình" if is_same else "tính là hai mô hình")
        values = {"name": Typed(known.name), "other": Typed(row.name), "used": used}
        yield issue(Code.MODEL_CODE_CLASH, place, **common, **values)
    column = row.table.form.state_column
    if not is_same or not column:
        return
    state, other = (
        Typed(known.table.text(column, known.position)),
        Typed(row.table.text(column, row.position)),
    )
    if state != other:
        yield issue(Code.MODEL_STATES_DIFFER, place, **common, state=state, other=other)


def _told(repeats: Mapping[str, Sequence[CodedRow]]) -> Iterator[Issue]:
    """One note for each code that was counted once although several units have it."""
    for coded in repeats.values():
        last = coded[-1]
        place = last.table.place(last.table.form.key, last.position)
        units = Typed(", ".join(dict.fromkeys(row.unit for row in coded)))
        values = {"value": Typed(coded[0].code), "name": Typed(coded[0].name), "units": units}
        yield issue(Code.MODEL_REPORTED_TWICE, place, **values)


def _alike_issues(alike: Sequence[tuple[CodedRow, CodedRow]]) -> Iterator[Issue]:
    for one, other in alike:
        place = other.table.place(other.table.form.name_column, other.position)
        values = {"name": Typed(one.name), "unit": Typed(one.unit)}
        values |= {"other": Typed(other.name), "other_unit": Typed(other.unit)}
        yield issue(Code.MODEL_NAMES_ALIKE, place, **values)
