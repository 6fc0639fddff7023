"""The journal of received files: what each is, when it came, whether it counts.

It lies in the inbox as JSON, is written whole, and tells nothing the files do not tell but the day
they came. What comes from outside the program is checked value by value.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from danvan_xl.inbox.versions import Version, version_of
from danvan_xl.vietnamese.periods import BY_SLUG, Period
from danvan_xl.vietnamese.text import match_key, sort_key

JOURNAL_NAME = "nhat-ky-nhan.json"
_FORMAT = 1


class JournalError(Exception):
    """A journal that is none the program has written."""


class JournalEntry(NamedTuple):
    """One filed workbook; `path` is relative to the inbox, in posix form.

    `period` is the slug of its period. `sequence` and `sent_at` are those of a sending (else 0 and
    None). `arrived_on` is the day of the mail that brought it, else None. `is_refused` tells a file
    that never counts (altered, not signed), `is_empty` one without a single figure. `sent_for` is
    the year of the office it was sent to, where its own is another. `sources` are the SHA-256 of
    the files a sending was made of.
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
        """How new it is among the files of its group."""
        return version_of(self.prepared_on, self.sent_at, self.sequence, (sort_key(self.path),))

    @property
    def handed_in_on(self) -> dt.date | None:
        """The day it was handed in, as far as it is known."""
        return self.arrived_on or (self.sent_at.date() if self.sent_at else self.prepared_on)


def counting(entries: Sequence[JournalEntry]) -> dict[tuple[str, int, int], JournalEntry]:
    """The file that counts of every unit and month; none where all are refused."""
    chosen: dict[tuple[str, int, int], JournalEntry] = {}
    for entry in entries:
        if entry.is_refused or entry.sent_for is not None:
            continue
        other = chosen.get(entry.group)
        if other is None or entry.version > other.version:
            chosen[entry.group] = entry
    return chosen


def read_journal(inbox: Path) -> tuple[JournalEntry, ...]:
    """The entries whose files are still there.

    Raises JournalError when the file is no journal, OSError when it cannot be read.
    """
    path = inbox / JOURNAL_NAME
    if not path.exists():
        return ()
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        if read["format"] != _FORMAT:
            raise JournalError(path.name)
        entries = tuple(map(_entry, read["files"]))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise JournalError(path.name) from error
    return tuple(entry for entry in entries if (inbox / entry.path).is_file())


def journal_text(entries: Sequence[JournalEntry]) -> str:
    """The journal as it is written, one file a line."""
    lines = (json.dumps(_as_json(entry), ensure_ascii=False) for entry in entries)
    return f'{{"format": {_FORMAT}, "files": [\n' + ",\n".join(lines) + "\n]}\n"


def _as_json(entry: JournalEntry) -> dict[str, object]:
    fields = entry._asdict() | {"sources": list(entry.sources)}
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in fields.items()
        if value not in (None, False, [], 0)
    }


def _entry(read: Mapping[str, Any]) -> JournalEntry:
    """One entry; ValueError, TypeError or LookupError when it is none."""
    texts = {name: _text(read[name]) for name in _TEXTS}
    if texts["period"] not in BY_SLUG or not _stays_inside(texts["path"]):
        raise ValueError(read)
    sent_at, prepared_on, arrived_on = (read.get(name) for name in _DAYS)
    return JournalEntry(
        **texts,
        year=int(read["year"]),
        sequence=int(read.get("sequence", 0)),
        sent_at=dt.datetime.fromisoformat(sent_at) if sent_at else None,
        prepared_on=dt.date.fromisoformat(prepared_on) if prepared_on else None,
        arrived_on=dt.date.fromisoformat(arrived_on) if arrived_on else None,
        is_refused=read.get("is_refused") is True,
        is_empty=read.get("is_empty") is True,
        sent_for=int(read["sent_for"]) if "sent_for" in read else None,
        sources=tuple(map(_text, read.get("sources", ()))),
    )


_TEXTS = ("path", "way", "sha256", "unit_code", "unit_name", "period")
_DAYS = ("sent_at", "prepared_on", "arrived_on")


def _text(read: object) -> str:
    if not isinstance(read, str):
        raise TypeError(read)
    return read


def _stays_inside(path: str) -> bool:
    return not Path(path).is_absolute() and ".." not in Path(path).parts
