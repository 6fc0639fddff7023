"""Whose a workbook is: by code and name together, the same for every door that takes one in."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from danvan_xl.reading.issued import Issued
from danvan_xl.reading.manifests import Sealed
from danvan_xl.reading.records import Book, Info, Unit
from danvan_xl.reading.register_table import years_in
from danvan_xl.reading.unit_lookup import UnitIndex
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Attributed, Ours, Typed
from danvan_xl.vietnamese.text import match_key
from danvan_xl.vietnamese.unit_names import unit_key


class Superior(NamedTuple):
    """Who takes workbooks in: what its own says of itself, and the units it names."""

    info: Info = Info()
    units: tuple[Unit, ...] = ()


def superior_in(book: Book) -> Superior:
    """The office whose workbook it is."""
    return Superior(book.info, book.units)


class Claim(NamedTuple):
    """What a workbook says of its unit; what is not written is empty.

    `is_number` tells a code that was typed as a number with decimals: Excel takes zeros off its
    end. `issued` is the unit to which the office above gave the workbook out.
    """

    code: str = ""
    name: str = ""
    level: str = ""
    is_number: bool = False
    issued: Issued | None = None


class Sender(NamedTuple):
    """The unit a workbook is of, and what has to be said; without a unit that is why.

    `is_own` tells the workbook of the office itself; `mixed_up` are the units that a workbook of
    nobody names, one by its code and one by its name.
    """

    unit: Unit | None
    issues: tuple[Issue, ...] = ()
    is_own: bool = False
    mixed_up: tuple[Unit, ...] = ()


class Senders:
    """Whoever may send to an office; `words` is whose words the names of its units are."""

    def __init__(self, office: Superior, words: Callable[[str], Attributed] = Ours) -> None:
        self.office = office
        self._words = words
        self._index = UnitIndex(office.units)

    def knows(self, name: str) -> bool:
        """Whether a name is that of one of the units."""
        return bool(self._index.called(name))

    def sender(self, claim: Claim, place: Place) -> Sender:
        """Whose a workbook is, the steps in the order of their weight."""
        found = self._by_code_and_name(claim, place)
        issued = claim.issued and self._index.with_code(claim.issued.code)
        if issued is None or found.is_own or found.unit in (None, issued):
            return found
        values = {"name": issued.name, "code": issued.code}
        values |= {"used": found.unit.name, "written": found.unit.code}
        other = issue(Code.ISSUED_TO_ANOTHER, place, **self._told(values))
        return found._replace(issues=(*found.issues, other))

    def _by_code_and_name(self, claim: Claim, place: Place) -> Sender:
        if not claim.code and not claim.name:
            return Sender(None, (issue(Code.UNIT_MISSING, place),))
        called = self._called(claim.name)
        if (unit := _without_zeros(claim, called)) is not None:
            return self._known(Code.UNIT_CODE_LOST_ZEROS, claim, unit, place)
        if (unit := self._index.with_code(claim.code)) is not None:
            return self._with_code(unit, called, claim, place)
        if self._is_own_code(claim.code):
            return self._with_own_code(called, claim, place)
        return self._by_name(called, claim, place)

    def _by_name(self, called: Sequence[Unit], claim: Claim, place: Place) -> Sender:
        """Whose a workbook is that has no code, or one that nobody knows; it may be a name."""
        in_place_of_code = self._called(claim.code)
        if len(in_place_of_code) == 1:
            if len(called) == 1 and called[0] is not in_place_of_code[0]:
                return self._mixed_up(in_place_of_code[0], called[0], claim, place)
            called = in_place_of_code
        if len(called) == 1:
            how = Code.UNIT_BY_NAME if claim.code else Code.UNIT_WITHOUT_CODE
            return self._known(how, claim, called[0], place)
        if not claim.code and not called and self._is_own_name(claim.name):
            return _own(place)
        return self._unknown(Code.UNIT_UNKNOWN, claim, place)

    def _with_code(self, unit: Unit, called: Sequence[Unit], claim: Claim, place: Place) -> Sender:
        """Whose a workbook with a unit's code is; another unit's name contradicts it."""
        if not claim.name or unit in called:
            return Sender(unit)
        if len(called) == 1:
            return self._mixed_up(unit, called[0], claim, place)
        if claim.issued is not None and match_key(claim.issued.name) == match_key(claim.name):
            return Sender(unit)
        return self._known(Code.UNIT_NAME_UNKNOWN, claim, unit, place)

    def _with_own_code(self, called: Sequence[Unit], claim: Claim, place: Place) -> Sender:
        """Whose a workbook with the code of the office itself is."""
        level = match_key(claim.level)
        is_level = not level or level == match_key(self.office.info.level)
        is_named = self._is_own_name(claim.name)
        if len(called) == 1 and not (is_named and (is_level or not _is_exactly(claim, called[0]))):
            return self._known(Code.UNIT_HAS_OFFICE_CODE, claim, called[0], place)
        if is_named or (is_level and (level or not claim.name)):
            return _own(place)
        return self._unknown(Code.OFFICE_CODE_UNKNOWN_NAME, claim, place)

    def _unknown(self, code: Code, claim: Claim, place: Place) -> Sender:
        """Nobody; where the office gave the workbook out, to whom."""
        hint = self._index.hint(claim.code, claim.name)
        if claim.issued is not None:
            hint = f" Sổ này được giao cho '{claim.issued.name}' ({claim.issued.code})."
        return Sender(None, (self._said(code, claim, place, hint=hint),))

    def _called(self, name: str) -> Sequence[Unit]:
        """The units of a name, also where the name of the office stands behind it."""
        if name and match_key(name) == match_key(self.office.info.unit_name):
            return ()
        found = self._index.called(name)
        key = unit_key(name)
        if found or not self._office_key or not key.endswith(f" {self._office_key}"):
            return found
        words = key.removesuffix(self._office_key).split()
        ways = (words[: len(words) - level] for level in range(min(len(words), _LEVEL_WORDS + 1)))
        return next(filter(None, (self._index.called(" ".join(way)) for way in ways)), ())

    def _known(self, kind: Code, claim: Claim, unit: Unit, place: Place) -> Sender:
        """A unit, and how it is known; told under the name the office gives it."""
        at = place._replace(unit_name=unit.name)
        return Sender(unit, (self._said(kind, claim, at, name=unit.name, code=unit.code),))

    def _mixed_up(self, unit: Unit, other: Unit, claim: Claim, place: Place) -> Sender:
        """Nobody: the code names one unit, the name another."""
        values = {"name": unit.name, "other": other.code}
        why = self._said(Code.UNIT_CONTRADICTS, claim, place, **values)
        return Sender(None, (why,), mixed_up=(unit, other))

    def _said(self, kind: Code, claim: Claim, place: Place, **values: str) -> Issue:
        """A finding on what is written, the code or, without one, the name."""
        typed = {"value": Typed(claim.code or claim.name), "written": Typed(claim.name)}
        said = {name: text for name, text in typed.items() if name in _WRITTEN[kind]}
        return issue(kind, place, **said, **self._told(values))

    def _told(self, values: Mapping[str, str]) -> dict[str, Attributed]:
        return {name: self._words(text) for name, text in values.items()}

    def _is_own_code(self, code: str) -> bool:
        own = match_key(self.office.info.unit_code)
        return bool(own) and match_key(code) == own

    def _is_own_name(self, name: str) -> bool:
        return bool(self._office_key) and unit_key(name) == self._office_key

    @cached_property
    def _office_key(self) -> str:
        return unit_key(self.office.info.unit_name)


def claim_by(info: Info) -> Claim:
    """What sheet Thông tin says of its unit."""
    return Claim(info.unit_code, info.unit_name, info.level, info.code_is_number)


def claim_in(book: Book) -> Claim:
    """What a workbook says of its unit; a sending by its manifest."""
    info = book.info
    if isinstance(book.sending, Sealed):
        manifest = book.sending.manifest
        return Claim(manifest.unit_code, manifest.unit_name, info.level)
    code = info.unit_code or (book.own.unit_code if book.own else "")
    return claim_by(info)._replace(code=code, issued=book.issued)


def issued_trouble(book: Book) -> Iterator[Issue]:
    """A warning where a workbook names another unit than it was given out to."""
    issued, info = book.issued, book.info
    if issued is not None and match_key(info.unit_code) not in ("", match_key(issued.code)):
        given = {"name": Ours(issued.name), "code": Ours(issued.code)}
        written = {"used": Typed(info.unit_name), "written": Typed(info.unit_code)}
        yield issue(Code.ISSUED_TO_ANOTHER, book.place(), **given, **written)


def year_of_days(book: Book) -> int | None:
    """The year in which all days of a workbook lie; None where they lie in several, or none has."""
    years = {day.year for day in (book.info.prepared_on, book.info.deadline) if day is not None}
    if book.issued is not None and book.issued.year is not None:
        years.add(book.issued.year)
    years |= {year for table in book.registers for year in years_in(table)}
    return next(iter(years)) if len(years) == 1 else None


def year_trouble(year: int, dated_in: int | None, wanted: int, place: Place) -> Issue:
    """Why a workbook of another year is not counted; a fault where but its Năm is of that year."""
    code = Code.YEAR_MISTYPED if dated_in == wanted else Code.YEAR_WRONG
    return issue(code, place, value=year, expected=wanted)


# What the finding on a unit repeats of what is written.
_WRITTEN: Mapping[Code, tuple[str, ...]] = {
    Code.UNIT_CODE_LOST_ZEROS: ("value",),
    Code.UNIT_CONTRADICTS: ("value", "written"),
    Code.UNIT_HAS_OFFICE_CODE: ("value",),
    Code.UNIT_NAME_UNKNOWN: ("value", "written"),
    Code.UNIT_BY_NAME: ("value",),
    Code.UNIT_WITHOUT_CODE: (),
    Code.UNIT_UNKNOWN: ("value",),
    Code.OFFICE_CODE_UNKNOWN_NAME: ("value", "written"),
}
_LEVEL_WORDS = 2  # between the names of "Thôn 1, đặc khu An Lâm"


def _without_zeros(claim: Claim, called: Sequence[Unit]) -> Unit | None:
    """The unit of a name whose code is the number with zeros behind it."""
    if not claim.is_number:
        return None
    code = re.escape(match_key(claim.code))
    return next((unit for unit in called if re.fullmatch(f"{code}0+", match_key(unit.code))), None)


def _own(place: Place) -> Sender:
    return Sender(None, (issue(Code.FILE_IS_OWN, place),), is_own=True)


def _is_exactly(claim: Claim, unit: Unit) -> bool:
    return match_key(claim.name) == match_key(unit.name)
