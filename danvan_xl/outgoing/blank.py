"""`mau`: the blank workbook of a unit, for its level, its year and what it asks for."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from danvan_xl.outgoing.contents import Contents, blank_contents
from danvan_xl.outgoing.unit_lists import UnplacedError, place_unit
from danvan_xl.reading.target_header import meant_in_year
from danvan_xl.schema.criteria import CriteriaSet, criteria_sets, find_set, sets_for
from danvan_xl.schema.defaults import defaults_told, plain_defaults, sums_that_cannot_be
from danvan_xl.schema.indicators import Catalogue, default_indicators_path, read_catalogue
from danvan_xl.schema.issues import NOWHERE, issue
from danvan_xl.schema.messages import Code, Severity
from danvan_xl.schema.sheets import LEVELS
from danvan_xl.vietnamese.text import did_you_mean, match_key

_COMMUNE = LEVELS[1]


class CannotMakeError(Exception):
    """The workbook cannot be made; the text says in Vietnamese what and what to do."""


class BlankOrder(NamedTuple):
    """What somebody asks for; what is None takes what fits the level and the year.

    `with_units` takes code, name, parent and units from the official list of provinces and
    communes; `hamlets` is how many thôn a commune has.
    """

    code: str = ""
    name: str = ""
    level: str = _COMMUNE
    year: int | None = None
    catalogue: Path | None = None
    criteria: str | None = None
    with_units: bool = False
    hamlets: int | None = None


class BlankBook(NamedTuple):
    """The contents of the workbook, and what is to be said about the files it comes from.

    `remarks` are places to look at again, `defaults` sentences on what blank cells were taken for.
    """

    contents: Contents
    remarks: tuple[str, ...]
    criteria: CriteriaSet | None
    defaults: tuple[str, ...] = ()


def blank_book(wanted: BlankOrder) -> BlankBook:
    """The blank workbook somebody asks for.

    Raises CannotMakeError for a level, a unit or a set of criteria there is none of, CatalogueError
    for a list of indicators that cannot be read, DivisionsError where the official list does
    not have the unit.
    """
    level = find_level(wanted.level)
    if level is None:
        raise CannotMakeError(
            f"Không có cấp '{wanted.level}'; chọn một trong: {', '.join(LEVELS)}."
        )
    year = wanted.year or dt.datetime.now().year
    list_path = wanted.catalogue or default_indicators_path(level)
    read = read_catalogue(list_path, partial(meant_in_year, year=year))
    try:
        placed = place_unit(level, wanted.code, wanted.name, wanted.hamlets, wanted.with_units)
    except UnplacedError as error:
        raise CannotMakeError(str(error)) from error
    criteria = _criteria(wanted._replace(name=placed.name), level, year)
    contents = blank_contents(
        level=level,
        code=placed.code,
        name=placed.name,
        year=year,
        indicators=read.indicators,
        criteria=criteria,
    )
    contents = replace(contents, info={**contents.info, **placed.parent}, units=placed.units)
    remarks = (*read.remarks, *placed.remarks)
    return BlankBook(contents, remarks, criteria, tuple(_defaults(read)))


def _defaults(read: Catalogue) -> Iterator[str]:
    """What columns and blank cells were taken for, in the words a check has for a workbook."""
    for written, meant in read.columns.meant:
        yield f"{Severity.NOTE}: Cột '{written}' hiểu là cột {meant}."
    if read.columns.unused:
        yield f"{Severity.WARNING}: Các cột không dùng đến: {'; '.join(read.columns.unused)}."
    for told in defaults_told(read.defaulted):
        found = issue(told.code, NOWHERE, rows=told.rows)
        yield f"{found.severity}: {found.message} {found.remedy}"
    if rows := sums_that_cannot_be(read.indicators):
        found = issue(Code.CANNOT_SUM, NOWHERE, rows=rows)
        yield f"{found.severity}: {found.message} {found.remedy}"
    if plain := plain_defaults(read.defaulted):
        yield f"{Severity.NOTE}: Để trống nên lấy mặc định. {plain}."
    if not read.columns.has_sources:
        yield f"{Severity.NOTE}: Không có cột Nguồn nên mọi chỉ tiêu gõ tay."


def find_level(written: str) -> str | None:
    """The level meant, which "Đoàn thể" alone is enough to tell; None when there is none."""
    return next((known for known in LEVELS if match_key(written) in _names(known)), None)


def _names(level: str) -> set[str]:
    return {match_key(level), *(match_key(part) for part in level.split("/"))}


def _criteria(wanted: BlankOrder, level: str, year: int) -> CriteriaSet | None:
    """The set asked for; else the only one in force for such a unit, None when several."""
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
