"""The journal of received files: what each is, when it came, whether it counts.

It lies in the inbox as JSON, is written whole, and tells nothing the files do not tell but when
they came. What comes from outside the program is checked value by value.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PureWindowsPath
from typing import Any, NamedTuple

from danvan_xl.inbox.versions import Version
from danvan_xl.vietnamese.periods import BY_SLUG, Period
from danvan_xl.vietnamese.text import match_key

JOURNAL_NAME = "nhat-ky-nhan.json"
_FORMAT = 1
_LARGEST = 64 * 2**20  # bytes; of 3,321 units' twelve months it is a third of that
_LONGEST, _LONGEST_PATH = 40_000, 4_000  # letters; a cell holds 32,767
_YEARS, _SEQUENCES = range(1900, 10_000), range(1_000_000)
_VIETNAM = dt.timezone(dt.timedelta(hours=7))


class JournalError(Exception):
    """A journal that is none the program has written."""


class JournalEntry(NamedTuple):
    """One filed workbook; `path` is relative to the inbox, in posix form.

    `period` is the slug of its period. `sequence` and `sent_at` are those of a sending (else 0 and
    None). `arrived_on` is the day of the mail that brought it, else None; `received_at` the moment
    of that mail, else of the run that filed it. `is_refused` tells a file that never counts
    (altered, not signed), `is_empty` one without a single figure. `sent_for` is the year of the
    office it was sent to, where its own is another. `sources` are the SHA-256 of the files a
    sending was made of, `seal` is its own, `follows` are the seals it names.
    """

    path: str
    way: str
    sha256: str
    unit_code: str
    unit_name: str
    year: int
    period: str
    sequence: int = 0
    sent_at: dt.datetime | None = None
    prepared_on: dt.date | None = None
    arrived_on: dt.date | None = None
    is_refused: bool = False
    is_empty: bool = False
    sent_for: int | None = None
    sources: tuple[str, ...] = ()
    received_at: dt.datetime | None = None
    seal: str = ""
    follows: tuple[str, ...] = ()

    @property
    def of(self) -> Period:
        """The period it reports on."""
        return BY_SLUG[self.period]

    @property
    def group(self) -> tuple[str, int, int]:
        """Whose and of when it is: of the files of one group, one counts."""
        return match_key(self.unit_code), self.year, self.of.month

    @property
    def version(self) -> Version:
        """What tells how new it is among the files of its group."""
        received_at = self.received_at
        if received_at is None and self.arrived_on is not None:  # filed by an earlier program
            received_at = dt.datetime.combine(self.arrived_on, dt.time())
        return Version(
            file=self.path,
            sha256=self.sha256,
            prepared_on=self.prepared_on,
            sent_at=self.sent_at,
            sequence=self.sequence,
            received_at=received_at,
            seal=self.seal,
            names=frozenset((*self.follows, *self.sources)),
        )

    @property
    def handed_in_on(self) -> dt.date | None:
        """The day it was handed in, as far as it is known."""
        return self.arrived_on or (self.sent_at.date() if self.sent_at else self.prepared_on)


class Journal(NamedTuple):
    """The entries whose files are still there, and how many lines could not be used."""

    entries: tuple[JournalEntry, ...] = ()
    unusable: int = 0


def read_journal(inbox: Path) -> Journal:
    """The journal of an inbox, each line of it checked value by value.

    Raises JournalError when the file is no journal, OSError when it cannot be read.
    """
    path = inbox / JOURNAL_NAME
    if not path.exists():
        return Journal()
    if not path.is_file():  # a pipe would never end
        raise JournalError(path.name)
    try:
        if path.stat().st_size > _LARGEST:
            raise JournalError(path.name)
        read = json.loads(path.read_text(encoding="utf-8"))
        if read["format"] != _FORMAT or not isinstance(read["files"], list):
            raise JournalError(path.name)
    except (ValueError, TypeError, LookupError, RecursionError, MemoryError) as error:
        raise JournalError(path.name) from error
    entries = tuple(map(_entry_or_none, read["files"]))
    usable = tuple(entry for entry in entries if entry is not None)
    here = tuple(entry for entry in usable if _is_there(inbox / entry.path))
    return Journal(here, len(entries) - len(usable))


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than any the system knows
        return False


def journal_text(entries: Sequence[JournalEntry]) -> str:
    """The journal as it is written, one file a line."""
    lines = (json.dumps(_as_json(entry), ensure_ascii=False) for entry in entries)
    return f'{{"format": {_FORMAT}, "files": [\n' + ",\n".join(lines) + "\n]}\n"


def _as_json(entry: JournalEntry) -> dict[str, object]:
    fields = entry._asdict() | {name: list(getattr(entry, name)) for name in _LISTS}
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in fields.items()
        if value not in (None, False, [], 0, "") or name in _TEXTS
    }


def _entry_or_none(read: Any) -> JournalEntry | None:
    try:
        return _entry(read)
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
        return None


def _entry(read: Mapping[str, Any]) -> JournalEntry:
    """One entry; an exception when a value of it is none the program writes."""
    texts: dict[str, Any] = {name: _text(read[name]) for name in _TEXTS}
    if texts["period"] not in BY_SLUG or not _stays_inside(texts["path"]):
        raise ValueError(read)
    return JournalEntry(
        **texts,
        **dict(_days_and_lists(read)),
        year=_number(read["year"], _YEARS),
        sequence=_number(read.get("sequence", 0), _SEQUENCES),
        is_refused=read.get("is_refused") is True,
        is_empty=read.get("is_empty") is True,
        sent_for=_number(read["sent_for"], _YEARS) if "sent_for" in read else None,
        seal=_text(read.get("seal", "")),
    )


def _days_and_lists(read: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What may be missing: days, moments, and the hashes a sending names."""
    yield from ((name, dt.date.fromisoformat(read[name])) for name in _DAYS if read.get(name))
    yield from ((name, _moment(read[name])) for name in _MOMENTS if read.get(name))
    for name in _LISTS:
        if not isinstance(listed := read.get(name, []), list):
            raise TypeError(listed)
        yield name, tuple(map(_text, listed))


def _moment(read: str) -> dt.datetime:
    """A moment by the clock of Vietnam, by which all are compared, whatever zone it states."""
    moment = dt.datetime.fromisoformat(read)
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(_VIETNAM).replace(tzinfo=None)


_TEXTS = ("path", "way", "sha256", "unit_code", "unit_name", "period")
_DAYS, _MOMENTS, _LISTS = (
    ("prepared_on", "arrived_on"),
    ("sent_at", "received_at"),
    ("sources", "follows"),
)


def _text(read: object) -> str:
    if not isinstance(read, str):
        raise TypeError(read)
    if "\0" in read or len(read) > _LONGEST:
        raise ValueError(read)
    read.encode()  # what is no Unicode could not be written again
    return read


def _number(read: object, allowed: range) -> int:
    if type(read) is not int or read not in allowed:
        raise ValueError(read)
    return read


def _stays_inside(path: str) -> bool:
    """Whether a path leads into the inbox as Windows reads it, where a drive leads out as well."""
    read = PureWindowsPath(path)
    is_path = 0 < len(path) <= _LONGEST_PATH
    return is_path and not read.anchor and ".." not in read.parts
