"""The journal of received files: what each is, when it came, whether it counts.

It lies in the inbox as JSON, is written whole, and tells nothing the files do not tell but when
they came. What comes from outside the program is checked value by value.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from danvan_xl.inbox.versions import Version
from danvan_xl.vietnamese.periods import BY_SLUG, Period
from danvan_xl.vietnamese.text import match_key

JOURNAL_NAME = "nhat-ky-nhan.json"
_FORMAT = 1


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


def read_journal(inbox: Path) -> tuple[JournalEntry, ...]:
    """The entries whose files are still there.

    Raises JournalError when the file is no journal, OSError when it cannot be read.
    """
    path = inbox / JOURNAL_NAME
    if not path.exists():
        return ()
    if not path.is_file():  # a pipe would never end
        raise JournalError(path.name)
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
    fields = entry._asdict() | {name: list(getattr(entry, name)) for name in _LISTS}
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in fields.items()
        if value not in (None, False, [], 0, "") or name in _TEXTS
    }


def _entry(read: Mapping[str, Any]) -> JournalEntry:
    """One entry; ValueError, TypeError or LookupError when it is none."""
    texts: dict[str, Any] = {name: _text(read[name]) for name in _TEXTS}
    if texts["period"] not in BY_SLUG or not _stays_inside(texts["path"]):
        raise ValueError(read)
    return JournalEntry(
        **texts,
        **dict(_days_and_lists(read)),
        year=int(read["year"]),
        sequence=int(read.get("sequence", 0)),
        is_refused=read.get("is_refused") is True,
        is_empty=read.get("is_empty") is True,
        sent_for=int(read["sent_for"]) if "sent_for" in read else None,
        seal=_text(read.get("seal", "")),
    )


def _days_and_lists(read: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What may be missing: days, moments, and the hashes a sending names."""
    for names, parse in ((_DAYS, dt.date), (_MOMENTS, dt.datetime)):
        yield from ((name, parse.fromisoformat(read[name])) for name in names if read.get(name))
    yield from ((name, tuple(map(_text, read.get(name, ())))) for name in _LISTS)


_TEXTS = ("path", "way", "sha256", "unit_code", "unit_name", "period")
_DAYS, _MOMENTS, _LISTS = (
    ("prepared_on", "arrived_on"),
    ("sent_at", "received_at"),
    ("sources", "follows"),
)


def _text(read: object) -> str:
    if not isinstance(read, str):
        raise TypeError(read)
    return read


def _stays_inside(path: str) -> bool:
    return not Path(path).is_absolute() and ".." not in Path(path).parts
