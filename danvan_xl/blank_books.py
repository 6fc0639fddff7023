"""`mau`: the blank workbook of a unit, for its level, its year and what it asks for."""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from danvan_xl.contents import Contents, blank_contents
from danvan_xl.criteria import CriteriaSet, criteria_sets, find_set, sets_for
from danvan_xl.forms import LEVELS
from danvan_xl.indicators import default_indicators_path, read_catalogue
from danvan_xl.suggestions import did_you_mean
from danvan_xl.text import match_key

_COMMUNE = LEVELS[1]


class CannotMakeError(Exception):
    """The workbook cannot be made; the text says in Vietnamese what and what to do."""


class Wanted(NamedTuple):
    """What somebody asks for; what is None takes what fits the level and the year."""

    code: str = ""
    name: str = ""
    level: str = _COMMUNE
    year: int | None = None
    catalogue: Path | None = None
    criteria: str | None = None


class BlankBook(NamedTuple):
    """The contents of the workbook, and what is to be said about the files it comes from."""

    contents: Contents
    remarks: tuple[str, ...]
    criteria: CriteriaSet | None


def blank_book(wanted: Wanted) -> BlankBook:
    """Return the blank workbook somebody asks for.

    Raises CannotMakeError for a level or a set of criteria there is none of, CatalogueError for a
    list of indicators that cannot be read.
    """
    level = next((known for known in LEVELS if match_key(wanted.level) in _names(known)), None)
    if level is None:
        raise CannotMakeError(
            f"Không có cấp '{wanted.level}'; chọn một trong: {', '.join(LEVELS)}."
        )
    read = read_catalogue(wanted.catalogue or default_indicators_path(level))
    year = wanted.year or dt.datetime.now().year
    criteria = _criteria(wanted, level, year)
    contents = blank_contents(level, wanted.code, wanted.name, year, read.indicators, criteria)
    return BlankBook(contents, read.remarks, criteria)


def _names(level: str) -> set[str]:
    return {match_key(level), *(match_key(part) for part in level.split("/"))}


def _criteria(wanted: Wanted, level: str, year: int) -> CriteriaSet | None:
    """Return the set asked for; else the only one in force for such a unit, None when several."""
    if wanted.criteria is None:
        sets = sets_for(wanted.name, year) if level == _COMMUNE and wanted.name else ()
        return sets[0] if len(sets) == 1 else None
    found = find_set(wanted.criteria)
    if found is None:
        names = [item.name for item in criteria_sets()]
        hint = did_you_mean(wanted.criteria, names)
        raise CannotMakeError(
            f"Không có bộ tiêu chí '{wanted.criteria}'.{hint} Các bộ: {'; '.join(names)}."
        )
    return found
