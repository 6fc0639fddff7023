"""The lines of file Nguồn số liệu where there are hundreds of thousands: of addends as packed."""

from collections.abc import Iterator, Sequence

from danvan_xl.report.csv_text import BETWEEN, one_text
from danvan_xl.report.source_lines import SheetPieces, SourceLines, sheet_pieces
from danvan_xl.rollup.packed import PackedRows, parts_of_joined
from danvan_xl.rollup.terms import Term


class PackedSourceLines(SourceLines):
    """Makes the lines of addends that are packed without opening them one by one."""

    def __init__(self) -> None:
        self._sources: dict[int, list[SheetPieces]] = {}

    def of(self, code: str, terms: Sequence[Term]) -> Iterator[str]:
        """The lines of the addends of an indicator, those of many units at once."""
        start = one_text(code) + BETWEEN
        for part in parts_of_joined(terms):
            if isinstance(part, PackedRows):
                yield self._packed(start, part)
            else:  # the unit's own
                yield from super().of(code, part)

    def _packed(self, start: str, part: PackedRows[Term]) -> str:
        common, rows = part.raw()
        # Portions of units keep theirs as long as they live, so no other has the same identity.
        sources = self._sources.get(id(common))
        if sources is None:
            sources = self._sources[id(common)] = [sheet_pieces(*source) for source in common]
        return "".join(
            [
                f"{start}{sources[at].head}{one_text(period)}{BETWEEN}{figure.replace('.', ',')}"
                f"{sources[at].middle}{one_text(cells)}{sources[at].tail}"
                for at, period, figure, cells in rows
            ]
        )
