"""Which of several versions of a unit's figures counts: one answer for `nhan` and `tong-hop`.

What a sending says it was made after, or of, goes before every date.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import PurePosixPath
from typing import NamedTuple

from danvan_xl.vietnamese.text import sort_key

# What a file names, by its own seal and by its SHA-256.
Links = Mapping[str, frozenset[str]]
NO_LINKS: Links = {}
_NO_DAY, _NO_MOMENT = dt.date.min, dt.datetime(1, 1, 1)
_ONE_DAY = dt.timedelta(days=1)


class Version(NamedTuple):
    """A file, or a sheet in the superior's own workbook, and what tells how new it is.

    `sent_at` and `sequence` (lần) are those of a sending, else None and 0. `received_at` is the
    moment of the mail that brought it, or of its filing. `seal` and `sha256` are what others may
    name it by, `names` what it names itself.
    """

    file: str
    sheet: str = ""
    sha256: str = ""
    prepared_on: dt.date | None = None
    sent_at: dt.datetime | None = None
    sequence: int = 0
    received_at: dt.datetime | None = None
    seal: str = ""
    names: frozenset[str] = frozenset()

    @property
    def stated_day(self) -> dt.date | None:
        """Ngày lập, else the day of packing, as it is stated."""
        return self.prepared_on or (self.sent_at.date() if self.sent_at else None)

    @property
    def known_by(self) -> tuple[str, ...]:
        """What others may name it by; a sheet is not its workbook."""
        return () if self.sheet else tuple(filter(None, (self.seal, self.sha256)))

    @property
    def title(self) -> str:
        """How a message calls it."""
        return f"{self.file} ({self.sheet})" if self.sheet else self.file

    def received_by(self, today: dt.date | None) -> dt.date | None:
        """The day it was there at the latest."""
        return self.received_at.date() if self.received_at else today

    def is_of_the_future(self, today: dt.date | None) -> bool:
        """Whether it states a day more than a day after it was received."""
        stated, received = self.stated_day, self.received_by(today)
        return stated is not None and received is not None and stated - received > _ONE_DAY


class Why(Enum):
    """Why a version does not count beside the one that does; UNSURE: nothing but names tells."""

    OTHER_PERIOD = "other period"
    FOLLOWED = "followed"
    SAME = "same"
    OLDER = "older"
    UNDATED = "undated"
    OF_THE_FUTURE = "of the future"
    SHEET = "sheet"
    SEQUENCE = "sequence"
    RECEIVED = "received"
    PACKED = "packed"
    UNSURE = "unsure"

    @property
    def is_doubtful(self) -> bool:
        """Whether the version that does not count may be the newer one all the same."""
        return self in (Why.UNDATED, Why.OF_THE_FUTURE, Why.UNSURE)


class Superseded(NamedTuple):
    """A version that does not count, where it stands among the others, and why."""

    at: int
    why: Why
    reason: str


class Choice(NamedTuple):
    """The version that counts and the others, by position.

    `dated_back` are pairs: a version and the one it follows, though dated before it.
    """

    newest: int
    others: tuple[Superseded, ...]
    dated_back: tuple[tuple[int, int], ...]


_ALONE = Choice(0, (), ())


class _Age(NamedTuple):
    """What tells how new a version is that no other follows; the newest is the greatest."""

    day: dt.date
    is_file: bool
    sequence: int
    received_at: dt.datetime
    sent_at: dt.datetime
    order: tuple[object, ...]


def choose(
    versions: Sequence[Version], today: dt.date | None = None, links: Links = NO_LINKS
) -> Choice:
    """The version that counts of one unit and period, of at least one.

    Of what no other follows: by day (Ngày lập, else of packing; none, or one after it was received,
    is the oldest), a sheet before a file, then lần, receipt, packing. What follows another is of no
    earlier day. `links` are those of files that are not among the versions.
    """
    if len(versions) == 1:
        return _ALONE
    followed = _followed(versions, links)
    own = [_day(version, today) for version in versions]
    days = [
        max([own[at], *(own[other] for other in earlier)]) for at, earlier in enumerate(followed)
    ]
    ages = [_age(version, day) for version, day in zip(versions, days, strict=True)]
    passed = frozenset().union(*followed)
    heads = [at for at in range(len(versions)) if at not in passed]  # a hash names no later one
    newest = max(heads, key=ages.__getitem__)
    others: list[Superseded] = []
    for at, version in enumerate(versions):
        if at == newest:
            continue
        pair = _Pair(version, versions[newest], ages[at], ages[newest])
        why = Why.FOLLOWED if at in passed else _why(pair, today)
        others.append(Superseded(at, why, _reason(why, pair, today)))
    return Choice(newest, tuple(others), tuple(_dated_back(versions, followed)))


def links_among(versions: Iterable[Version]) -> Links:
    """What each file names, by what others may name it by."""
    return {key: item.names for item in versions if item.names for key in item.known_by}


def _followed(versions: Sequence[Version], links: Links) -> list[frozenset[int]]:
    """The versions that each follows, directly or through others."""
    if not any(version.names for version in versions):
        return [frozenset()] * len(versions)
    among = links_among(versions)
    found: list[frozenset[int]] = []
    for at, version in enumerate(versions):
        reached = _reached(version, among, links)
        found.append(
            frozenset(
                other
                for other, item in enumerate(versions)
                if other != at and not reached.isdisjoint(item.known_by)
            )
        )
    return found


def _reached(version: Version, *links: Links) -> set[str]:
    """Everything a version names, and what that names."""
    reached: set[str] = set()
    ahead = set(version.names)
    while ahead:
        key = ahead.pop()
        reached.add(key)
        for named in links:
            ahead |= named.get(key, frozenset()) - reached
    return reached


def _day(version: Version, today: dt.date | None) -> dt.date:
    stated = version.stated_day
    return _NO_DAY if stated is None or version.is_of_the_future(today) else stated


def _age(version: Version, day: dt.date) -> _Age:
    return _Age(
        day=day,
        is_file=not version.sheet,
        sequence=version.sequence,
        received_at=version.received_at or _NO_MOMENT,
        sent_at=version.sent_at or _NO_MOMENT,
        order=(sort_key(PurePosixPath(version.file).stem), version.file),
    )


class _Pair(NamedTuple):
    """A version that does not count and the one that does, and how new each is."""

    other: Version
    used: Version
    age: _Age
    age_used: _Age


def _why(pair: _Pair, today: dt.date | None) -> Why:
    """Why a version that none follows does not count: the first thing in which the two differ."""
    if not set(pair.other.known_by).isdisjoint(pair.used.known_by):
        return Why.SAME
    if pair.age.day == pair.age_used.day:
        return _why_of_one_day(pair)
    if pair.age.day != _NO_DAY:
        return Why.OLDER
    return Why.OF_THE_FUTURE if pair.other.is_of_the_future(today) else Why.UNDATED


def _why_of_one_day(pair: _Pair) -> Why:
    other, used, age, age_used = pair
    if age.is_file != age_used.is_file:
        return Why.SHEET
    if age.sequence != age_used.sequence:
        return Why.SEQUENCE
    if age.received_at != age_used.received_at:
        return Why.RECEIVED if other.received_at and used.received_at else Why.UNSURE
    is_packed_apart = other.sent_at and used.sent_at and other.sent_at != used.sent_at
    return Why.PACKED if is_packed_apart else Why.UNSURE


def _reason(why: Why, pair: _Pair, today: dt.date | None) -> str:
    """The reason in words; of what nothing tells, in what the two are alike."""
    other, used = pair.other, pair.used
    if why is Why.OLDER:
        days = f"{pair.age.day:%d/%m/%Y}", f"{pair.age_used.day:%d/%m/%Y}"
        return "bản này cũ hơn (ngày {}, bản kia {})".format(*days)
    if why is Why.UNDATED:
        blank = "trang trong sổ không có" if other.sheet else "bản này không ghi"
        return f"{blank} Ngày lập nên coi là cũ nhất"
    if why is Why.OF_THE_FUTURE:
        return f"bản này ghi ngày {other.stated_day:%d/%m/%Y}, sau ngày nhận, nên coi là cũ nhất"
    if why is Why.SEQUENCE:
        times = f"bản này gửi lần {other.sequence}, bản kia lần {used.sequence}"
        told = times if other.sequence else "bản này không phải bản gửi (lệnh gui)"
        return f"{_alike(pair, today)}, {told}"
    return _REASONS[why].format(alike=_alike(pair, today))


_REASONS = {
    Why.FOLLOWED: "đã có bản gửi làm tiếp sau bản này",
    Why.SAME: "hai bản giống hệt nhau",
    Why.SHEET: "{alike}, tệp nhận được dùng trước trang trong sổ",
    Why.RECEIVED: "{alike}, bản này nhận trước",
    Why.PACKED: "{alike}, bản này đóng gói trước",
    Why.UNSURE: "{alike}",
}


def _alike(pair: _Pair, today: dt.date | None) -> str:
    """What two versions have in common where no day tells them apart."""
    if pair.age.day != _NO_DAY:
        return f"hai bản cùng ngày {pair.age.day:%d/%m/%Y}"
    ahead = [item.is_of_the_future(today) for item in (pair.other, pair.used)]
    if any(ahead):
        return "không bản nào có Ngày lập dùng được"
    return "không bản nào ghi Ngày lập"


def _dated_back(
    versions: Sequence[Version], followed: Sequence[frozenset[int]]
) -> Iterator[tuple[int, int]]:
    """Each version that is dated before one it follows, with the latest of these."""
    for at, earlier in enumerate(followed):
        later = [other for other in earlier if is_dated_back(versions[at], versions[other])]
        if later:
            yield at, max(later, key=lambda other: _day(versions[other], None))


def is_dated_back(version: Version, followed: Version) -> bool:
    """Whether a version was packed, or says it was made, before one that it follows."""
    packed, packed_before = version.sent_at, followed.sent_at
    made, made_before = version.prepared_on, followed.prepared_on
    by_clock = packed is not None and packed_before is not None and packed < packed_before
    return by_clock or (made is not None and made_before is not None and made < made_before)
