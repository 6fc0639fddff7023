"""Whose a received workbook is and of which period: what it says inside decides, not its name."""

import datetime as dt
from typing import NamedTuple

from danvan_xl.files.opening import OpenedBook
from danvan_xl.inbox.superseded import about_future_day
from danvan_xl.inbox.versions import Version
from danvan_xl.reading.leading_out import about_leading_out
from danvan_xl.reading.manifests import Sealed, UnreadableManifest
from danvan_xl.reading.records import Book, Unit, last_month
from danvan_xl.reading.senders import (
    Sender,
    Senders,
    claim_in,
    year_of_days,
    year_trouble,
)
from danvan_xl.reading.sendings import Signed, sending_trouble
from danvan_xl.reading.signing import signature_trouble
from danvan_xl.reading.workbook import read_book
from danvan_xl.rollup.sent_parts import read_parts
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.numbers import State
from danvan_xl.vietnamese.periods import Period, month_period, parse_period
from danvan_xl.vietnamese.privacy import Ours


class Recognised(NamedTuple):
    """What a workbook says of itself; `trouble` tells why it never counts, `remarks` the rest.

    `sent_for` is the year of the office it was sent to, where its own is another; `signed` is
    the key of a signed sending.
    """

    unit_code: str
    unit_name: str
    year: int
    period: Period
    sequence: int = 0
    sent_at: dt.datetime | None = None
    prepared_on: dt.date | None = None
    is_empty: bool = False
    sent_for: int | None = None
    sources: tuple[str, ...] = ()
    seal: str = ""
    follows: tuple[str, ...] = ()
    signed: Signed | None = None
    trouble: Issue | None = None
    remarks: tuple[Issue, ...] = ()


def recognise(
    opened: OpenedBook, senders: Senders | None, received_at: dt.datetime | None = None
) -> Recognised | Issue:
    """Whose a workbook is and of when, or the issue that tells why that is not known.

    `senders` are those who may send; without them every code is taken as it is written.
    `received_at` is when it was received, where that is known.
    """
    book = read_book(opened)
    if why := _not_figures(book):
        return sending_trouble(book, opened) or issue(why, book.place())
    sender = _sender(book, senders)
    unit, found = sender.unit, [*sender.issues, *about_leading_out(book.issues)]
    if unit is None:
        return found[0]
    place = Place(book.file, unit_name=unit.name)
    year, period, guessed = _when(book)
    if not year:
        return issue(Code.YEAR_UNKNOWN, place)
    if period is None:
        return issue(Code.PERIOD_UNKNOWN, place)
    if guessed:
        found.append(issue(Code.PERIOD_GUESSED, place, used=Ours(period.label)))
    wanted = None if senders is None else senders.office.info.year
    if is_of_other_year := wanted is not None and wanted != year:
        assert wanted is not None
        found.append(year_trouble(year, year_of_days(book), wanted, place))
    trouble = sending_trouble(book, opened)
    if trouble is None:
        trouble = signature_trouble(unit, book.sending, place)
    else:
        trouble = trouble.of_unit(unit.name)
    if trouble is not None and trouble.code is Code.SIGNATURE_UNCHECKED:
        found.append(trouble)
        trouble = None
    known = Recognised(
        unit.code,
        unit.name,
        year,
        period,
        prepared_on=book.info.prepared_on,
        is_empty=_is_empty(book),
        sent_for=wanted if is_of_other_year else None,
        trouble=trouble,
        remarks=tuple(found),
    )
    known = _as_sent(known, book.sending)
    if isinstance(book.sending, Sealed) and book.sending.signature:
        known = known._replace(signed=Signed(book.sending.public_key, unit, place))
    version = Version(
        book.file,
        prepared_on=known.prepared_on,
        sent_at=known.sent_at,
        received_at=received_at,
    )
    at = book.info.prepared_place if known.prepared_on else place
    at = at._replace(unit_name=unit.name)
    return known._replace(remarks=(*known.remarks, *about_future_day(at, version, None)))


def _as_sent(known: Recognised, sending: Sealed | UnreadableManifest | None) -> Recognised:
    """The same with what the manifest of a sending says."""
    if not isinstance(sending, Sealed):
        return known
    manifest = sending.manifest
    return known._replace(
        sequence=manifest.sequence,
        sent_at=manifest.packed_at,
        sources=tuple(source.sha256 for source in manifest.sources),
        seal=sending.seal,
        follows=manifest.follows,
    )


def _not_figures(book: Book) -> Code | None:
    """Why a workbook holds no figures of a unit, None when it does."""
    if book.is_summary:
        return Code.FILE_IS_SUMMARY
    if book.is_marked_copy:
        return Code.FILE_IS_MARKED_COPY
    return Code.FILE_WITHOUT_TARGETS if book.own is None else None


def _sender(book: Book, senders: Senders | None) -> Sender:
    """The unit a workbook names, with remarks; without a unit, the reason."""
    claim, place = claim_in(book), book.place()
    if senders is not None:
        return senders.sender(claim, place)
    if not claim.code:
        return Sender(None, (issue(Code.UNIT_MISSING, place),))
    return Sender(Unit(claim.code, claim.name, 0))


def _when(book: Book) -> tuple[int | None, Period | None, bool]:
    """Year and period, and whether the period is but that of the last figure."""
    if isinstance(book.sending, Sealed):
        manifest = book.sending.manifest
        return manifest.year, parse_period(manifest.period), False
    if book.info.period is not None:
        return book.info.year, book.info.period, False
    month = last_month([book.own, *book.sub_sheets])
    return book.info.year, month_period(month) if month else None, True


def _is_empty(book: Book) -> bool:
    """Whether nobody has filled in a single figure, nor a row of a register."""
    has_figures = any(
        figure.value is not None or figure.state is State.NOT_APPLICABLE
        for sheet in (book.own, *book.sub_sheets)
        if sheet is not None
        for target in sheet.targets
        for figure in target.months
    )
    has_rows = any(table.rows for table in book.registers if not table.form.reference)
    return not (has_figures or has_rows or _has_counts(book.sending))


def _has_counts(sending: Sealed | UnreadableManifest | None) -> bool:
    """Whether a sending carries the counts of a register."""
    if not isinstance(sending, Sealed):
        return False
    try:
        return bool(read_parts(sending.parts).registers)
    except ValueError:
        return False
