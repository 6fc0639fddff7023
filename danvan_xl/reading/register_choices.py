"""The cells of a register's column that choose from a list."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from danvan_xl.files.grid import Cell, is_blank
from danvan_xl.reading.headers import text_of
from danvan_xl.schema.choices import loose_choice
from danvan_xl.schema.columns import Column
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import did_you_mean, match_key, sort_key

# "Chưa đạt" is no slip of the hand for "Đạt".
_CLOSE_CHOICE = 0.75


class Chosen(NamedTuple):
    """The choices as the form spells them, None for blanks, and what is said of them.

    What is not among the choices stays as typed.
    """

    values: list[str | None]
    issues: tuple[Issue, ...]


def read_choices(column: Column, cells: Sequence[Cell], place: Callable[[int], Place]) -> Chosen:
    """What the cells of a column choose; `place` tells where a position stands.

    A text without any marks is read by its letters; one with a wrong mark is asked about.
    """
    known = _known_choices(column)
    texts = {cell: None if is_blank(cell) else text_of(cell) for cell in set(cells)}
    meant = {cell: text and known.get(match_key(text), text) for cell, text in texts.items()}
    typed = [meant[cell] for cell in cells]
    if not set(typed) - {None, *column.choices}:
        return Chosen(typed, ())
    others = dict.fromkeys(text for text in typed if text and text not in column.choices)
    unknown = sorted(others, key=sort_key)
    loose = {
        text: choice
        for text in unknown
        if text.isascii() and (choice := loose_choice(text, column.choices))
    }
    issues = _said(column, typed, unknown, loose, place)
    return Chosen([loose.get(text, text) if text else text for text in typed], tuple(issues))


def _said(
    column: Column,
    typed: Sequence[str | None],
    unknown: Sequence[str],
    loose: Mapping[str, str],
    place: Callable[[int], Place],
) -> Iterator[Issue]:
    """One finding for each value that the form does not offer, at its first cell."""
    for value in unknown:
        at = place(typed.index(value))
        if value in loose:
            used = Ours(loose[value])
            values = {"value": Typed(value), "field": Ours(column.header), "used": used}
            yield issue(Code.CHOICE_LOOSELY, at, **values)
            continue
        yield issue(
            Code.REGISTER_CHOICE_UNKNOWN,
            at,
            value=Typed(value),
            field=Ours(column.header),
            count=typed.count(value),
            hint=Ours(did_you_mean(value, column.choices, _CLOSE_CHOICE)),
            choices=Ours("; ".join(column.choices)),
        )


@lru_cache(maxsize=128)
def _known_choices(column: Column) -> dict[str, str]:
    return {match_key(choice): choice for choice in column.choices}
