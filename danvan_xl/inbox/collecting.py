"""`nhan` on disk: file the workbooks in what was received by what they say, and say which count.

Sources are only read. A file is written whole before the journal names it, so that a run that was
stopped can be run again: what is there already is known by its bytes.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from danvan_xl.files.apart import open_book, why_lost, why_not_opened
from danvan_xl.files.endings import Loss
from danvan_xl.files.folders import FolderEntry
from danvan_xl.files.mark_of_the_web import STREAMS_HERE, Streams, mark_on, put_mark
from danvan_xl.files.names import safe_stem, safe_suffix
from danvan_xl.files.opening import SUFFIXES, open_bytes_unguarded
from danvan_xl.files.other_files import ENCRYPTED, OLE
from danvan_xl.files.workers import Progress, Team
from danvan_xl.inbox.budgets import SOURCE, Budget
from danvan_xl.inbox.counted import CountedGroups, groups_in
from danvan_xl.inbox.journal import JournalEntry
from danvan_xl.inbox.layout import folder_of
from danvan_xl.inbox.parcels import FoundWorkbook, list_sources, open_parcel
from danvan_xl.inbox.recognition import Recognised, recognise
from danvan_xl.inbox.store import InboxStore
from danvan_xl.inbox.superseded import about_arrivals, stale_sendings
from danvan_xl.reading.accounts import account
from danvan_xl.reading.leading_out import about_leading_out
from danvan_xl.reading.manifests import Sealed, read_manifest
from danvan_xl.reading.senders import Senders, Superior, superior_in
from danvan_xl.reading.sendings import Signed, shared_keys
from danvan_xl.reading.workbook import read_book
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Typed


class CannotCollectError(Exception):
    """Nothing can be filed; the text says in Vietnamese why and what to do."""


class CollectingOrder(NamedTuple):
    """What to file where.

    `workbook` is that of the office, unless `office` is given; `own_sendings` is the folder of
    the office's own sendings, which may turn out to be made of files since replaced. `now` is when
    it is done (None: by the clock); `streams` hold the marks of what came from outside.
    """

    sources: tuple[Path, ...]
    inbox: Path
    workbook: Path | None = None
    own_sendings: Path | None = None
    office: Superior | None = None
    now: dt.datetime | None = None
    streams: Streams | None = STREAMS_HERE


class Unplaced(NamedTuple):
    """A workbook nobody could place, where it was put, why, and what its sheets look like."""

    path: str
    way: str
    why: Issue
    account: tuple[Issue, ...] = ()


class Collected(NamedTuple):
    """What a run did: files filed anew, those known before, those not placed, every finding.

    `counted` are the paths that count for their unit and period, of all that is in the inbox.
    """

    inbox: Path
    filed: tuple[JournalEntry, ...]
    known: tuple[JournalEntry, ...]
    unplaced: tuple[Unplaced, ...]
    counted: frozenset[str]
    issues: tuple[Issue, ...]


def collect(wanted: CollectingOrder, progress: Progress | None = None) -> Collected:
    """File every workbook in the sources, and return what was done.

    Raises CannotCollectError, or OSError when a file cannot be written.
    """
    office = _check(wanted)
    sources = [(source, list_sources((source,))) for source in wanted.sources]
    wanted.inbox.mkdir(exist_ok=True)
    store = InboxStore(wanted.inbox, partial(put_mark, streams=wanted.streams))
    now = wanted.now or dt.datetime.now()
    with Team(_Recogniser(office and Senders(office), now), _lost) as team, store.kept():
        store.complete(_with_seal)
        run = _Run(store, team, now, office.info.year if office else None)
        told = _Told(progress, sum(len(listed.files) for _, listed in sources))
        for source, listed in sources:
            run.issues += listed.issues
            _take_in(run, wanted, (source, listed.files), told)
    run.tidy_up()
    filed = run.filed
    groups = groups_in(store.entries, now.date())
    issues = [*store.issues, *run.issues, *shared_keys(run.signed)]
    issues += about_arrivals(filed, store.entries, groups)
    issues += stale_sendings(store.entries, groups)
    issues += _own_sendings(wanted.own_sendings, store.entries, groups)
    return Collected(
        inbox=wanted.inbox,
        filed=tuple(filed),
        known=tuple(run.known),
        unplaced=tuple(run.unplaced),
        counted=frozenset(group.counted.path for group in groups.values()),
        issues=tuple(dict.fromkeys(issues)),
    )


@dataclass(slots=True)
class _Told:
    """Who is told how many files are done."""

    progress: Progress | None
    total: int
    done: int = 0

    def one_more(self) -> None:
        """Tell that one more is."""
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, self.total)


def _take_in(
    run: "_Run",
    wanted: CollectingOrder,
    listed: tuple[Path, Sequence[FolderEntry]],
    told: _Told,
) -> None:
    """File what is in the files of one source, as far as its budget goes."""
    source, files = listed
    budget = Budget(SOURCE, source.name)
    for entry in files:
        assert isinstance(entry.path, Path)  # what is received lies on a disk
        if not budget.leaves(entry.name):
            mark = mark_on(entry.path, wanted.streams)
            for found in open_parcel(entry.path, entry.name, budget, mark):
                run.take(found)
        told.one_more()
    run.issues += budget.given_up()


def _check(wanted: CollectingOrder) -> Superior | None:
    """Refuse what cannot be done before any work; return the office that takes in, if named."""
    inbox = wanted.inbox
    if inbox.exists() and not inbox.is_dir():
        raise CannotCollectError(f"'{inbox}' là tệp; ghi tên một thư mục sau --vao.")
    if not inbox.exists() and not inbox.parent.is_dir():
        raise CannotCollectError(
            f"Không có thư mục '{inbox.parent}'. Tạo thư mục trước hoặc sửa đường dẫn sau --vao."
        )
    for source in wanted.sources:
        if not source.exists():
            raise CannotCollectError(f"Không thấy '{source}'. Kiểm tra lại đường dẫn.")
        if source.is_dir() and inbox.resolve().is_relative_to(source.resolve()):
            raise CannotCollectError(
                f"Thư mục nhận '{inbox}' nằm trong '{source}' đang lấy tệp; để thư, tệp nhận được "
                "ở một thư mục khác."
            )
    if wanted.own_sendings is not None and not wanted.own_sendings.is_dir():
        raise CannotCollectError(f"Không thấy thư mục bản gửi '{wanted.own_sendings}'.")
    return wanted.office if wanted.workbook is None else _office(wanted.workbook)


def _office(workbook: Path) -> Superior:
    """The office whose workbook it is."""
    opened = open_book(workbook)
    if isinstance(opened, Issue):
        raise CannotCollectError(why_not_opened(workbook, opened))
    book = read_book(opened)
    if not book.units:
        raise CannotCollectError(
            f"{workbook}: trang Đơn vị chưa có đơn vị nào. Ghi các đơn vị gửi báo cáo vào trang "
            "Đơn vị, hoặc bỏ --so."
        )
    return superior_in(book)


class _NotPlaced(NamedTuple):
    """Why a workbook could not be placed, and what its sheets were taken for."""

    why: Issue
    account: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class _Recogniser:
    """Tells whose a found workbook is; a class, so that it can go to another process."""

    senders: Senders | None
    now: dt.datetime

    def __call__(self, found: FoundWorkbook) -> Recognised | _NotPlaced:
        opened = open_bytes_unguarded(found.data, found.way)
        if isinstance(opened, Issue):
            return _NotPlaced(opened)
        opened = opened.looked_through()
        read = recognise(opened, self.senders, found.received_at(self.now))
        if not isinstance(read, Issue):
            return read
        is_foreign = read.code is Code.FILE_WITHOUT_TARGETS
        book = read_book(opened)
        told = account(opened.grids, book) if is_foreign else ()
        return _NotPlaced(read, (*about_leading_out(book.issues), *told))


def _lost(found: FoundWorkbook, loss: Loss) -> _NotPlaced:
    return _NotPlaced(why_lost(found.way, loss))


class _Run:
    """One run: what has been done so far."""

    def __init__(
        self,
        store: InboxStore,
        team: Team[FoundWorkbook, Recognised | _NotPlaced],
        now: dt.datetime,
        year: int | None,
    ) -> None:
        self._store, self._team, self._now, self._year = store, team, now, year
        self._ways: dict[str, str] = {}  # where bytes were first found
        self._added: list[str] = []
        self._again: list[str] = []
        self.unplaced: list[Unplaced] = []
        self.issues: list[Issue] = []
        self.signed: list[Signed] = []

    @property
    def filed(self) -> list[JournalEntry]:
        """What was filed, once it is written; not what another run was quicker with."""
        return [self._entry(one) for one in self._added if one not in self._store.filed_elsewhere]

    @property
    def known(self) -> list[JournalEntry]:
        """What was there before, or came twice."""
        return [self._entry(one) for one in (*self._again, *sorted(self._store.filed_elsewhere))]

    def _entry(self, sha256: str) -> JournalEntry:
        entry = self._store.by_sha256(sha256)
        assert entry is not None  # it was filed
        return entry

    def take(self, found: FoundWorkbook | Issue) -> None:
        """File one workbook, or keep what is said about another file."""
        if isinstance(found, Issue):
            self.issues.append(found)
            return
        sha256 = hashlib.sha256(found.data).hexdigest()
        entry = self._store.by_sha256(sha256)
        if entry is not None and (self._year is None or entry.sent_for in (None, self._year)):
            self._about_copy(found.way, sha256)
            self._again.append(sha256)  # what came for another year may be meant for this one
            return
        if self._about_copy(found.way, sha256):
            return
        read = self._team.do(found)
        if isinstance(read, _NotPlaced):
            self._put_aside(found, sha256, read)
            return
        self._store.add(_entry(found, sha256, read, self._now), found.data, found.mark)
        self._added.append(sha256)
        self.issues += read.remarks
        if read.signed is not None:
            self.signed.append(read.signed)
        if read.trouble is not None:
            self.issues.append(read.trouble)

    def _about_copy(self, way: str, sha256: str) -> bool:
        """Whether these bytes came before in this run, which is then said of the later ones."""
        first = self._ways.setdefault(sha256, way)
        if first == way:
            return False
        self.issues.append(issue(Code.FILE_SAME_AS, Place(file=way), other=Typed(first)))
        return True

    def tidy_up(self) -> None:
        """Take what has been filed since from among the unplaced, and write why the others are."""
        self._store.forget_unplaced({entry.sha256 for entry in self.filed})
        self._store.write_reasons(dict(map(_reason, self.unplaced)))

    def _put_aside(self, found: FoundWorkbook, sha256: str, read: _NotPlaced) -> None:
        name = f"{safe_stem(found.name)}{_suffix(found)}"
        path = self._store.put_aside(found.data, sha256, name, found.mark)
        if path not in (item.path for item in self.unplaced):
            self.unplaced.append(Unplaced(path, found.way, read.why, read.account))
            self.issues += (read.why, *read.account)


def _entry(found: FoundWorkbook, sha256: str, read: Recognised, now: dt.datetime) -> JournalEntry:
    """The entry of a workbook, with the name it would like in its unit's folder."""
    folder = folder_of(read.year, read.period, read.unit_code)
    return JournalEntry(
        path=f"{folder}/{safe_stem(found.name)}{_suffix(found)}",
        way=found.way,
        sha256=sha256,
        unit_code=read.unit_code,
        unit_name=read.unit_name,
        year=read.year,
        period=read.period.slug,
        sequence=read.sequence,
        sent_at=read.sent_at,
        prepared_on=read.prepared_on,
        arrived_on=found.arrived_on,
        is_refused=read.trouble is not None,
        is_empty=read.is_empty,
        sent_for=read.sent_for,
        sources=read.sources,
        received_at=found.received_at(now),
        seal=read.seal,
        follows=read.follows,
    )


def _with_seal(path: Path, entry: JournalEntry) -> JournalEntry:
    """An entry with what its sending names, which an earlier program did not write down."""
    opened = open_book(path)
    sealed = None if isinstance(opened, Issue) else read_manifest(opened.grids)
    if not isinstance(sealed, Sealed):
        return entry
    return entry._replace(seal=sealed.seal, follows=sealed.manifest.follows)


def _suffix(found: FoundWorkbook) -> str:
    """The suffix of a workbook's name; bytes that are one under another name get their own."""
    suffix = safe_suffix(found.name)
    if suffix in SUFFIXES:
        return suffix
    return ".xls" if found.data.startswith(OLE) and ENCRYPTED not in found.data else ".xlsx"


def _reason(item: Unplaced) -> tuple[str, str]:
    """The name of an unplaced file, and why it is one."""
    told = [f"{item.why.message} {item.why.remedy}"]
    for at in item.account:
        sheet = f"Trang '{at.place.sheet}': " if at.place.sheet else ""
        told.append(f"{sheet}{at.message} {at.remedy}")
    return PurePosixPath(item.path).name, f"{' '.join(told)} (từ {item.way})"


def _own_sendings(
    folder: Path | None,
    entries: Sequence[JournalEntry],
    groups: CountedGroups,
) -> Iterator[Issue]:
    """A warning for the office's last sending of a period, if it needs to be made again."""
    if folder is None:
        return
    newest: dict[tuple[int, str], tuple[int, Path, Sealed]] = {}
    for path in sorted(folder.glob("*.xlsx")):
        opened = open_book(path)
        sealed = None if isinstance(opened, Issue) else read_manifest(opened.grids)
        if not isinstance(sealed, Sealed):
            continue
        key = (sealed.manifest.year, sealed.manifest.period)
        if key not in newest or newest[key][0] < sealed.manifest.sequence:
            newest[key] = (sealed.manifest.sequence, path, sealed)
    for _, path, sealed in newest.values():
        sources = tuple(source.sha256 for source in sealed.manifest.sources)
        name = sealed.manifest.unit_name
        yield from stale_sendings(entries, groups, [(Place(path.name, unit_name=name), sources)])
