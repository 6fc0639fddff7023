"""Which of the files of a journal count, and the others of the same unit and period."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from danvan_xl.inbox.journal import JournalEntry
from danvan_xl.inbox.versions import Choice, choose, links_among

GroupKey = tuple[str, int, int]  # the unit's code, the year, the month


class Group(NamedTuple):
    """The files of one unit and period that may count, and which of them does."""

    entries: tuple[JournalEntry, ...]
    choice: Choice

    @property
    def counted(self) -> JournalEntry:
        """The file that counts."""
        return self.entries[self.choice.newest]


CountedGroups = Mapping[GroupKey, Group]


def groups_in(entries: Sequence[JournalEntry], today: dt.date | None = None) -> CountedGroups:
    """The files of every unit and month; none where all are refused, or of another year."""
    found: dict[GroupKey, list[JournalEntry]] = {}
    for entry in entries:
        if not entry.is_refused and entry.sent_for is None:
            found.setdefault(entry.group, []).append(entry)
    links = links_among(entry.version for entry in entries if entry.seal)
    return {
        key: Group(tuple(group), choose([item.version for item in group], today, links))
        for key, group in found.items()
    }


def replaced_by_sha256(
    entries: Sequence[JournalEntry], groups: CountedGroups
) -> Mapping[str, JournalEntry]:
    """The files beside which another counts, by their SHA-256."""
    return {
        entry.sha256: entry
        for entry in entries
        if (group := groups.get(entry.group)) and group.counted.sha256 != entry.sha256
    }
