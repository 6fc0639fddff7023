"""Sheet Nguồn số liệu: every addend of every total, with the cells it was read from."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, islice

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.report.long_tables import ROOM_FOR_SOURCES, cut, first, shown_terms
from danvan_xl.report.material import Material
from danvan_xl.report.source_lines import SourceLines
from danvan_xl.report.tables import Cells, CellsOf, PlaceLink, Table
from danvan_xl.schema.output_sheets import SOURCES
from danvan_xl.vietnamese.printed import vietnamese_number

# A longer list is searched and filtered, not clicked through; links would double its size.
_LINKED_SOURCES = 2_000
_WHEN_EMPTY = "Chưa có số liệu nào được tổng hợp."
_cells = CellsOf(SOURCES.columns)


def source_table(material: Material) -> Table:
    """The addends, those of one indicator together; of many, so many of each."""
    counts = _counts(material.result)
    most = shown_terms(counts, ROOM_FOR_SOURCES, material.stem)
    table = Table(SOURCES, SOURCES.columns, first(_rows(material, most)), _WHEN_EMPTY)
    which = f", mỗi chỉ tiêu tối đa {vietnamese_number(most)} dòng"
    return cut(table, lambda: _lines(material.result), sum(counts), material.stem, which)


def first_rows(material: Material) -> dict[str, int]:
    """By code the row of the table at which an indicator's addends begin."""
    counts = _counts(material.result)
    most = shown_terms(counts, ROOM_FOR_SOURCES, material.stem)
    shown = [min(count, most) for count in counts]
    starts = accumulate(shown, initial=0)
    codes = (line.definition.code for line in material.result.lines.values())
    return {code: start for code, start, count in zip(codes, starts, shown, strict=False) if count}


def _counts(result: Consolidation) -> Sequence[int]:
    return [len(line.terms) for line in result.lines.values()]


def _rows(material: Material, most: int) -> Iterator[Cells]:
    locate = material.locate
    is_linked = sum(_counts(material.result)) <= _LINKED_SOURCES
    for line in material.result.lines.values():
        code = line.definition.code
        for term in islice(line.terms, most):
            cells = term.cells
            place = PlaceLink(cells, locate(term.file), term.sheet, cells) if is_linked else cells
            yield _cells(
                code=code,
                unit_name=term.unit_name,
                period=term.period,
                value=term.value,
                file=term.file,
                sheet=term.sheet,
                cell=place,
                sha256=term.sha256,
            )


def _lines(result: Consolidation) -> Iterator[str]:
    """The lines of the file beside, of all addends."""
    made = _made_of(result)
    for line in result.lines.values():
        yield from made.of(line.definition.code, line.terms)


def _made_of(result: Consolidation) -> SourceLines:
    """What makes the lines, as the addends are held."""
    if not result.is_many:
        return SourceLines()
    from danvan_xl.report.packed_source_lines import PackedSourceLines  # few need none of it

    return PackedSourceLines()
