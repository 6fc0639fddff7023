"""What is said of versions that do not count, of odd dates, and of what was made of old files."""

import datetime as dt
from collections.abc import Iterator, Sequence

from danvan_xl.inbox.counted import CountedGroups, Group, replaced_by_sha256
from danvan_xl.inbox.journal import JournalEntry
from danvan_xl.inbox.versions import Choice, Superseded, Version, Why
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Attributed, Ours, Typed

_NAMED = 5
_PACKED = "Ngày đóng gói"


def about_superseded(
    code: Code, place: Place, name: Attributed, used: Version, other: Superseded
) -> Issue:
    """The finding on a version that does not count; without a doubt it bears the code given."""
    said = {"name": name, "used": Typed(used.title), "why": Ours(other.reason)}
    if other.why is not Why.UNSURE:
        return issue(code, place, **said)
    mine = f"{place.file} ({place.sheet})" if place.sheet else place.file
    return issue(Code.VERSIONS_UNSURE, place, other=Typed(mine), **said)


def about_dated_back(code: Code, place: Place, version: Version, followed: Version) -> Issue:
    """The warning on a sending that is dated before the one it follows."""
    return issue(code, place, other=Typed(followed.title), **_dates(version, followed))


def _dates(version: Version, followed: Version) -> dict[str, Ours]:
    """The two dates that are the wrong way round: by the clock, else as typed."""
    mine, theirs = version.sent_at, followed.sent_at
    if mine is not None and theirs is not None and mine < theirs:
        shape = "%H:%M %d/%m/%Y"
        return {"date": Ours(f"{mine:{shape}}"), "other_date": Ours(f"{theirs:{shape}}")}
    made, before = version.prepared_on, followed.prepared_on
    return {"date": Ours(f"{made:%d/%m/%Y}"), "other_date": Ours(f"{before:%d/%m/%Y}")}


def about_future_day(place: Place, version: Version, today: dt.date | None) -> Iterator[Issue]:
    """A warning at the cell (or file) that states a day more than a day after it was received."""
    if not version.is_of_the_future(today):
        return
    stated, received = version.stated_day, version.received_by(today)
    field = INFO["prepared_on"].header if version.prepared_on else _PACKED
    when = "ngày nhận" if version.received_at else "hôm nay"
    yield issue(
        Code.DAY_IN_FUTURE,
        place,
        field=Ours(field),
        date=Ours(f"{stated:%d/%m/%Y}"),
        when=Ours(f"{when} ({received:%d/%m/%Y})"),
    )


def about_arrivals(
    filed: Sequence[JournalEntry], entries: Sequence[JournalEntry], groups: CountedGroups
) -> Iterator[Issue]:
    """What is odd about files that were just filed, held against those that were there."""
    new = {entry.sha256 for entry in filed}
    for key in dict.fromkeys(entry.group for entry in filed):
        if key in groups:
            yield from _of_group(groups[key], new)
    for entry in filed:
        yield from _sequence_reused(entry, entries)


def _of_group(group: Group, new: set[str]) -> Iterator[Issue]:
    """What is said of a unit's versions: of new ones, and where a new one counts by a doubt."""
    versions = [entry.version for entry in group.entries]
    choice: Choice = group.choice
    used = versions[choice.newest]
    for other in choice.others:
        entry = group.entries[other.at]
        is_doubt = other.why.is_doubtful and group.counted.sha256 in new
        if entry.sha256 in new or is_doubt:
            place, name = _place(entry), Typed(entry.unit_name or entry.unit_code)
            yield about_superseded(Code.OLDER_AFTER_NEWER, place, name, used, other)
    for at, followed in choice.dated_back:
        if not new.isdisjoint((versions[at].sha256, versions[followed].sha256)):
            pair = versions[at], versions[followed]
            yield about_dated_back(Code.SENDING_DATED_BACK, _place(group.entries[at]), *pair)


def _sequence_reused(entry: JournalEntry, entries: Sequence[JournalEntry]) -> Iterator[Issue]:
    for other in entries:
        is_twin = (other.group[:2], other.sequence) == (entry.group[:2], entry.sequence)
        if entry.sequence and is_twin and other.sha256 != entry.sha256:
            sequence, name = entry.sequence, Typed(other.path)
            yield issue(Code.SEQUENCE_REUSED, _place(entry), sequence=sequence, other=name)
            return


def _place(entry: JournalEntry) -> Place:
    return Place(entry.path, unit_name=entry.unit_name)


def stale_sendings(
    entries: Sequence[JournalEntry],
    groups: CountedGroups,
    own: Sequence[tuple[Place, tuple[str, ...]]] = (),
) -> Iterator[Issue]:
    """A warning for each sending made of files beside which others now count.

    Of what was received only the sendings that count are looked at; `own` are places and sources of
    the office's own, which are looked at instead where they are given.
    """
    replaced = replaced_by_sha256(entries, groups)
    counted = (group.counted for group in groups.values())
    received = [(_place(entry), entry.sources) for entry in counted if entry.sources]
    for place, sources in own or received:
        stale = [replaced[sha256] for sha256 in sources if sha256 in replaced]
        if not stale:
            continue
        files = "; ".join(f"{entry.unit_name} ({entry.path})" for entry in stale[:_NAMED])
        more = f"; và {len(stale) - _NAMED} tệp nữa" if len(stale) > _NAMED else ""
        told = Typed(f"{files}{more}")
        yield issue(Code.BUILT_FROM_SUPERSEDED, place, count=len(stale), files=told)
