"""What is said when files of one unit replace one another, and of what was made of the old ones."""

from collections.abc import Iterator, Mapping, Sequence

from danvan_xl.inbox.journal import JournalEntry
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Typed

_NAMED = 5
CountedFiles = Mapping[tuple[str, int, int], JournalEntry]


def about_arrival(
    entry: JournalEntry, entries: Sequence[JournalEntry], counted: CountedFiles
) -> Iterator[Issue]:
    """What is odd about a file that was just filed, held against those that were there."""
    place = Place(entry.path, unit_name=entry.unit_name)
    used = counted.get(entry.group)
    if not entry.is_refused and used is not None and used.sha256 != entry.sha256:
        yield issue(Code.OLDER_AFTER_NEWER, place, used=Typed(used.path))
    for other in entries:
        is_twin = (other.group[:2], other.sequence) == (entry.group[:2], entry.sequence)
        if entry.sequence and is_twin and other.sha256 != entry.sha256:
            sequence, name = entry.sequence, Typed(other.path)
            yield issue(Code.SEQUENCE_REUSED, place, sequence=sequence, other=name)
            return


def stale_sendings(
    entries: Sequence[JournalEntry],
    counted: CountedFiles,
    own: Sequence[tuple[Place, tuple[str, ...]]] = (),
) -> Iterator[Issue]:
    """A warning for each sending made of files that newer ones have replaced.

    Of what was received only the sendings that count are looked at; `own` are places and sources of
    the office's own, which are looked at instead where they are given.
    """
    replaced = {
        entry.sha256: entry
        for entry in entries
        if (used := counted.get(entry.group)) and used.sha256 != entry.sha256
    }
    received = [
        (Place(entry.path, unit_name=entry.unit_name), entry.sources)
        for entry in counted.values()
        if entry.sources
    ]
    for place, sources in own or received:
        stale = [replaced[sha256] for sha256 in sources if sha256 in replaced]
        if not stale:
            continue
        files = "; ".join(f"{entry.unit_name} ({entry.path})" for entry in stale[:_NAMED])
        more = f"; và {len(stale) - _NAMED} tệp nữa" if len(stale) > _NAMED else ""
        told = Typed(f"{files}{more}")
        yield issue(Code.BUILT_FROM_SUPERSEDED, place, count=len(stale), files=told)
