"""The lines of file Nguồn số liệu, one for every addend of every total."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from danvan_xl.report.csv_text import BETWEEN, LINE_END, one_text
from danvan_xl.rollup.terms import Term
from danvan_xl.vietnamese.printed import plain_figure


class SheetPieces(NamedTuple):
    """What all lines from one sheet of a unit have in common: what stands before, between, last."""

    head: str
    middle: str
    tail: str


class SourceLines:
    """Makes the lines of the addends of indicator after indicator."""

    def of(self, code: str, terms: Sequence[Term]) -> Iterator[str]:
        """The lines of the addends of an indicator, many at once."""
        start = one_text(code) + BETWEEN
        yield "".join(_line(start, term) for term in terms)


def sheet_pieces(unit_name: str, sheet: str, file: str, sha256: str) -> SheetPieces:
    """What the lines from one sheet of a unit have in common."""
    return SheetPieces(
        f"{one_text(unit_name)}{BETWEEN}",
        f"{BETWEEN}{one_text(file)}{BETWEEN}{one_text(sheet)}{BETWEEN}",
        f"{BETWEEN}{one_text(sha256)}{LINE_END}",
    )


def _line(start: str, term: Term) -> str:
    source = sheet_pieces(term.unit_name, term.sheet, term.file, term.sha256)
    figure = plain_figure(term.value)
    period, cells = one_text(term.period), one_text(term.cells)
    return f"{start}{source.head}{period}{BETWEEN}{figure}{source.middle}{cells}{source.tail}"
