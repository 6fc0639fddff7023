"""Which of several submissions of a unit counts, and what is said of all of them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from danvan_xl.consolidation.submissions import Submission
from danvan_xl.inbox.superseded import about_dated_back, about_future_day, about_superseded
from danvan_xl.inbox.versions import (
    NO_LINKS,
    Choice,
    Links,
    Superseded,
    Version,
    Why,
    choose,
    links_among,
)
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours, Typed


class Circumstances(NamedTuple):
    """What a choice depends on beside the files: the month asked for, the day, links of others.

    What lies there was received by `today` (None: not known).
    """

    month: int
    today: dt.date | None = None
    links: Links = NO_LINKS


def choose_submission(
    name: str, good: Sequence[Submission], given: Circumstances
) -> tuple[Submission | None, list[Issue]]:
    """The submission that counts of a unit of that name (None: there is none), and the findings."""
    if not good:
        return None, []
    versions = list(map(_version, good))
    issues = [
        item
        for found, version in zip(good, versions, strict=True)
        for item in about_future_day(_day_place(found, name), version, given.today)
    ]
    choice = _choice(good, versions, given)
    if choice.others:
        issues += _about_versions(name, [_place(item, name) for item in good], versions, choice)
    return good[choice.newest], issues


def _choice(
    good: Sequence[Submission], versions: Sequence[Version], given: Circumstances
) -> Choice:
    """The choice among those of one period; files of another do not count beside them."""
    months = [item.period.month for item in good if item.period and not item.sheet]
    month = max(months, key=partial(_nearness, given.month), default=0)
    kept = [
        at
        for at, item in enumerate(good)
        if item.sheet or item.period is None or item.period.month == month
    ]
    if len(kept) == len(good):
        return choose(versions, given.today, given.links)
    links = {**given.links, **links_among(versions)}
    choice = choose([versions[at] for at in kept], given.today, links)
    others = [item._replace(at=kept[item.at]) for item in choice.others]
    others += (
        Superseded(at, Why.OTHER_PERIOD, f"bản này là sổ của kỳ {item.period.label}")
        for at, item in enumerate(good)
        if item.period is not None and at not in kept
    )
    back = tuple((kept[at], kept[followed]) for at, followed in choice.dated_back)
    return Choice(kept[choice.newest], tuple(sorted(others, key=attrgetter("at"))), back)


def _nearness(wanted: int, month: int) -> tuple[bool, int]:
    """How near a month is to the one asked for: the last up to it, else the first after it."""
    return (True, month) if month <= wanted else (False, -month)


def _version(submission: Submission) -> Version:
    """What tells how new a submission is."""
    sealed = submission.sending
    known = Version(
        file=submission.file,
        sheet=submission.sheet,
        sha256=submission.sha256,
        prepared_on=submission.prepared_on,
        received_at=submission.received_at,
    )
    if sealed is None:
        return known
    manifest = sealed.manifest
    return known._replace(
        sent_at=manifest.packed_at,
        sequence=manifest.sequence,
        seal=sealed.seal,
        names=frozenset((*manifest.follows, *(source.sha256 for source in manifest.sources))),
    )


def _about_versions(
    name: str, places: Sequence[Place], versions: Sequence[Version], choice: Choice
) -> Iterator[Issue]:
    """Which of several versions of a unit is used, why the others are not, and odd dates."""
    used = versions[choice.newest]
    copies = [item.at for item in choice.others if _is_copy(versions[item.at], used)]
    count = len(versions) - len(copies)
    if count > 1:
        values = {"name": Ours(name), "count": Ours(count), "date": Ours(_dated(used))}
        yield issue(Code.UNIT_CHOSEN, places[choice.newest], **values)
    for other in choice.others:
        place = places[other.at]
        if other.at in copies:
            yield issue(Code.FILE_SAME_AS, place, other=Typed(used.title))
            continue
        yield about_superseded(Code.UNIT_SUPERSEDED, place, Ours(name), used, other)
    for at, followed in choice.dated_back:
        pair = versions[at], versions[followed]
        yield about_dated_back(Code.SENDING_DATED_BACK, places[at], *pair)


def _is_copy(version: Version, used: Version) -> bool:
    """Whether two files are the same byte for byte; sheets of one workbook are not."""
    are_files = not version.sheet and not used.sheet
    return are_files and bool(used.sha256) and version.sha256 == used.sha256


def _dated(version: Version) -> str:
    """Ngày lập as a message gives it, with the day of packing where it is not written."""
    if version.prepared_on:
        return f"{version.prepared_on:%d/%m/%Y}"
    packed = version.sent_at
    return f"không ghi, đóng gói {packed:%d/%m/%Y}" if packed else "không ghi"


def _place(submission: Submission, name: str) -> Place:
    return Place(submission.file, submission.sheet, unit_name=name)


def _day_place(submission: Submission, name: str) -> Place:
    """The cell of Ngày lập where it is written, else the file."""
    if submission.prepared_place.cell:
        return submission.prepared_place._replace(unit_name=name)
    return _place(submission, name)
