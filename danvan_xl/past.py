"""A workbook as it asks about another year: its indicators and units, none of its figures."""

from collections.abc import Iterable, Sequence

from danvan_xl.info_sheet import read_info
from danvan_xl.issues import Issue
from danvan_xl.openers import open_book
from danvan_xl.periods import PERIODS, YEAR_END
from danvan_xl.records import NO_FIGURE, Assignment, Book, Target
from danvan_xl.submissions import Received
from danvan_xl.workers import Loss, ReadAll

WHOLE_YEAR = PERIODS[-1]
NO_YEAR = 0


def book_of(book: Book, year: int) -> Book:
    """Return the workbook as that of another year: its plans and months are those of its own."""
    assert book.own is not None
    own = book.own._replace(targets=tuple(map(_without_figures, book.own.targets)))
    info = book.info._replace(year=year, period=WHOLE_YEAR, deadline=None)
    return book._replace(
        info=info, own=own, sub_sheets=(), registers=(), assignment=Assignment(), issues=()
    )


def _without_figures(target: Target) -> Target:
    return target._replace(
        indicator=target.indicator._replace(last_year=None, plan=None),
        last_year=NO_FIGURE,
        plan=NO_FIGURE,
        months=(NO_FIGURE,) * YEAR_END,
        shown={},
    )


def by_year(files: Sequence[Received], usual: int, read_all: ReadAll) -> dict[int, list[Received]]:
    """Return the files of each year, as they were filed, else as they say.

    Those that do not say theirs are of NO_YEAR; those that cannot be read of the `usual` one.
    Of files that were filed those of a unit's last period of the year count: its figures run from
    January on.
    """
    found: dict[int, list[Received]] = {}
    loose = [item for item in files if item.filed is None]
    years = _told(read_all(year_of_file, loose, _no_year))
    for item, year in zip(loose, years, strict=True):
        found.setdefault(usual if year is None else year, []).append(item)
    last: dict[tuple[int, str], int] = {}
    for item in files:
        if item.filed is not None:
            group = item.filed.year, _unit_folder(item)
            last[group] = max(item.filed.month, last.get(group, 0))
    for item in files:
        if item.filed and item.filed.month == last[item.filed.year, _unit_folder(item)]:
            # As if it lay there: it need not be of the whole year.
            found.setdefault(item.filed.year, []).append(item._replace(filed=None))
    return found


def _unit_folder(item: Received) -> str:
    return item.name.split("/")[2]


def _told(years: Iterable[object]) -> list[int | None]:
    return [year if isinstance(year, int) else None for year in years]


def year_of_file(received: Received) -> int | None:
    """Return the year a received workbook says it is of, NO_YEAR; None when it cannot be read."""
    opened = open_book(received.path, received.name)
    return None if isinstance(opened, Issue) else read_info(opened.grids)[0].year or NO_YEAR


def _no_year(_received: Received, _loss: Loss) -> None:
    """Return the year of a file that was lost."""
