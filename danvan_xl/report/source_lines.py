"""The lines of file Nguồn số liệu: hundreds of thousands, made of addends as they are packed."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from danvan_xl.report.csv_text import BETWEEN, LINE_END, one_text
from danvan_xl.rollup.packed import Joined, PackedRows
from danvan_xl.rollup.tally import Term
from danvan_xl.vietnamese.printed import plain_figure


class _SheetPieces(NamedTuple):
    """What all lines from one sheet of a unit have in common: what stands before, between, last."""

    head: str
    middle: str
    tail: str


class SourceLines:
    """Makes the lines of the addends of indicator after indicator."""

    def __init__(self) -> None:
        self._sources: dict[int, list[_SheetPieces]] = {}

    def of(self, code: str, terms: Sequence[Term]) -> Iterator[str]:
        """The lines of the addends of an indicator, many at once."""
        start = one_text(code) + BETWEEN
        for part in terms.parts() if isinstance(terms, Joined) else (terms,):
            if isinstance(part, PackedRows):
                yield self._packed(start, part)
            else:
                yield "".join(_line(start, term) for term in part)

    def _packed(self, start: str, part: PackedRows[Term]) -> str:
        common, rows = part.raw()
        # Portions of units keep theirs as long as they live, so no other has the same identity.
        sources = self._sources.get(id(common))
        if sources is None:
            sources = self._sources[id(common)] = [_source(*source) for source in common]
        return "".join(
            [
                f"{start}{sources[at].head}{one_text(period)}{BETWEEN}{figure.replace('.', ',')}"
                f"{sources[at].middle}{one_text(cells)}{sources[at].tail}"
                for at, period, figure, cells in rows
            ]
        )


def _line(start: str, term: Term) -> str:
    source = _source(term.unit_name, term.sheet, term.file, term.sha256)
    figure = plain_figure(term.value)
    period, cells = one_text(term.period), one_text(term.cells)
    return f"{start}{source.head}{period}{BETWEEN}{figure}{source.middle}{cells}{source.tail}"


def _source(unit_name: str, sheet: str, file: str, sha256: str) -> _SheetPieces:
    return _SheetPieces(
        f"{one_text(unit_name)}{BETWEEN}",
        f"{BETWEEN}{one_text(file)}{BETWEEN}{one_text(sheet)}{BETWEEN}",
        f"{BETWEEN}{one_text(sha256)}{LINE_END}",
    )
