"""Which columns a list of indicators has: as the form calls them, as they are meant, or unused."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from danvan_xl.schema.sheets import MONTH_NAMES, TARGETS
from danvan_xl.vietnamese.numbering_rows import NumberedColumns, is_numbering_row
from danvan_xl.vietnamese.text import match_key, tidy

# Which column a header means that is not written as in the form; "" for none.
Meaning = Callable[[str], str]

# Columns of the file: those of sheet Chỉ tiêu up to the months, and all that are handed down.
COLUMNS = tuple(
    column
    for position, column in enumerate(TARGETS.columns)
    if column.goes_down or position < TARGETS.position(MONTH_NAMES[0])
)
_NAMES = {
    match_key(label): column.name
    for column in COLUMNS
    for label in (column.header, *column.also_called)
}
_FEWEST = 3  # cells that number columns; "A;B" may be an indicator
_COUNTING = tuple(map(match_key, ("STT", "TT", "Số TT", "Số thứ tự")))


class CatalogueColumns(NamedTuple):
    """The columns of a file: those taken for one of another name, and those not used.

    `has_sources` tells of a column Nguồn.
    """

    meant: tuple[tuple[str, str], ...] = ()
    unused: tuple[str, ...] = ()
    has_sources: bool = True


def nothing_meant(_header: str) -> str:
    """No column."""
    return ""


def column_names(cells: Sequence[str]) -> list[str]:
    """The column name of each cell of a header line that says one as the form does, else ""."""
    return [_NAMES.get(match_key(cell), "") for cell in cells]


def with_meant(cells: Sequence[str], names: Sequence[str], meaning: Meaning) -> list[str]:
    """The column names with those that just one of the other headers means."""
    meant = [
        meaning(cell) if not name and tidy(cell) else ""
        for cell, name in zip(cells, names, strict=True)
    ]
    known = {column.name for column in COLUMNS} - {*names}
    only = {name for name in known if meant.count(name) == 1}
    return [
        name or (other if other in only else "") for name, other in zip(names, meant, strict=True)
    ]


def what_became(cells: Sequence[str], names: Sequence[str]) -> CatalogueColumns:
    """What became of the columns of a header line."""
    pairs = [(tidy(cell), name) for cell, name in zip(cells, names, strict=True) if tidy(cell)]
    return CatalogueColumns(
        meant=tuple(
            (cell, TARGETS[name].header)
            for cell, name in pairs
            if name and match_key(cell) not in _NAMES
        ),
        unused=tuple(cell for cell, name in pairs if not name and match_key(cell) not in _COUNTING),
        has_sources="source" in names,
    )


def lines_of_table(
    lines: Sequence[tuple[int, list[str]]], names: Sequence[str]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The numbers of the lines that say something, not just the places of the columns.

    With each stand its cells by column name.
    """
    places = {name: at for at, name in enumerate(names) if name}
    words = places["indicator"]
    codes = [places["code"]] if "code" in places else []
    numbered = NumberedColumns(words, [words], codes, max(len(places), _FEWEST))
    for number, cells in lines:
        if any(map(tidy, cells)) and not is_numbering_row(cells, numbered):
            yield number, dict(zip(names, cells, strict=False))
