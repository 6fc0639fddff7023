"""The official sets of criteria (bộ tiêu chí) that a commune or a ward is measured against.

They are data: data/tieu_chi/bo-tieu-chi.csv lists the sets with the decision and the years each is
in force, one file beside it the criteria of each.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from danvan_xl.vietnamese.text import match_key

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_FOLDER = Path(__file__).parents[1] / "data" / "tieu_chi"
_WARD = match_key("Phường")


CRITERION, INDICATOR = "Tiêu chí", "Chỉ tiêu"


class Criterion(NamedTuple):
    """One criterion of a set."""

    number: str
    name: str


class CriteriaSet(NamedTuple):
    """A set of criteria, the decision it comes from, and whom it is for.

    `indicator_count` is how many indicators (chỉ tiêu) the criteria are made of, None where it is
    not known; their names are not part of the data.
    """

    name: str
    decision: str
    since: int
    until: int | None
    for_wards: bool
    indicator_count: int | None
    file: str

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Its criteria in order."""
        return _criteria(self.file)

    def size(self, rank: str) -> int | None:
        """How many criteria there are, or indicators they are made of."""
        return len(self.criteria) if rank == CRITERION else self.indicator_count


@lru_cache(maxsize=1)
def criteria_sets() -> tuple[CriteriaSet, ...]:
    """Every set the program knows, in the order of the file."""
    return tuple(
        CriteriaSet(
            name=line["Bộ tiêu chí"],
            decision=line["Căn cứ"],
            since=int(line["Từ năm"]),
            until=int(line["Đến năm"]) if line["Đến năm"] else None,
            for_wards=match_key(line["Áp dụng"]) == _WARD,
            indicator_count=int(line["Số chỉ tiêu"]) if line["Số chỉ tiêu"] else None,
            file=line["Tệp"],
        )
        for line in _lines("bo-tieu-chi.csv")
    )


def find_set(name: str) -> CriteriaSet | None:
    """The set of this name, however it is written; None when there is none."""
    key = match_key(name)
    return next((item for item in criteria_sets() if match_key(item.name) == key), None)


def sets_for(unit_name: str, year: int) -> tuple[CriteriaSet, ...]:
    """The sets a unit may be measured against in a year: a ward's, or a commune's."""
    is_ward = match_key(unit_name).startswith(_WARD)
    return tuple(
        item
        for item in criteria_sets()
        if item.for_wards == is_ward
        and item.since <= year
        and (item.until is None or year <= item.until)
    )


def criterion_number(written: str) -> str:
    """The number of a criterion however it is written: "Tiêu chí 04" is 4, "7,1" is 7.1."""
    match = _NUMBER.search(written)
    return ".".join(str(int(part)) for part in re.split("[.,]", match[0])) if match else ""


def rank_of(number: str) -> str:
    """The text "Tiêu chí" for "7" and "Chỉ tiêu" for "7.1", a part of it."""
    return INDICATOR if "." in criterion_number(number) else CRITERION


@lru_cache(maxsize=8)
def _criteria(file: str) -> tuple[Criterion, ...]:
    return tuple(Criterion(line["Số"], line["Tên tiêu chí"]) for line in _lines(file))


def _lines(name: str) -> Iterator[Mapping[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
