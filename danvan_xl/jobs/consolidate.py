"""The jobs behind every door: read files from disk, consolidate, write the summary."""

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from danvan_xl.consolidation.consolidation import (
    CannotConsolidateError,
    Consolidation,
    book_in,
    consolidate_read,
)
from danvan_xl.consolidation.many import Means
from danvan_xl.files.addresses import Address, AddressError
from danvan_xl.files.apart import open_book, why_not_opened
from danvan_xl.files.endings import Loss
from danvan_xl.files.faults import reason_of
from danvan_xl.files.opening import OpenedBook
from danvan_xl.files.workers import Progress, ReadAll, Team
from danvan_xl.inbox.received import Inbox, find_lock, list_address, list_inbox
from danvan_xl.jobs.inbox_folders import own_inbox
from danvan_xl.report.tables import Report
from danvan_xl.schema.issues import Issue
from danvan_xl.vietnamese.periods import Period
from danvan_xl.vietnamese.shown_names import shown_name

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


class Reading(NamedTuple):
    """How received files are read: who is told (done, all), and whether even known ones are.

    `cluster` is the address of the Dask cluster that reads them, "" for this computer. `last_year`
    is the folder of last year's workbooks; `years` are several that are consolidated as one.
    `today` is the day on which it is done (None: by the clock). `is_alone` reads the workbook
    without its Thư mục nhận.
    """

    progress: Progress | None = None
    is_anew: bool = False
    cluster: str = ""
    last_year: Path | None = None
    years: range | None = None
    today: dt.date | None = None
    is_alone: bool = False


AS_USUAL = Reading()


class Job(NamedTuple):
    """A consolidation on disk: the result, and where its files stand."""

    result: Consolidation
    workbook: Path
    folder: Path | Address | None

    def report(self, output: Path) -> Report:
        """The report with links that lead from `output` to the files it was made of."""
        from danvan_xl.report.compose import compose  # loaded while others read

        start, folder = output.parent.resolve(), self.folder or Path()
        base = _way(folder.resolve(), start) if isinstance(folder, Path) else str(folder)
        own = shown_name(self.workbook.name)

        def locate(name: str) -> str:
            if name == own:
                return _way(self.workbook.resolve(), start)
            return name if base == "." else f"{base}/{name}"

        return compose(self.result, locate, shown_name(output.stem))


def _way(path: Path, start: Path) -> str:
    """The way from a folder to a file; the whole path when it is on another drive."""
    try:
        return shown_name(Path(os.path.relpath(path, start)).as_posix())
    except ValueError:
        return shown_name(path.as_posix())


def consolidate_files(
    workbook: Path,
    folder: Path | Address | None = None,
    period: Period | None = None,
    leave_out: Sequence[Path] = (),
    reading: Reading = AS_USUAL,
    *,
    monthly: bool = False,
    opened: OpenedBook | None = None,
) -> Job:
    """The consolidation of a workbook and of every workbook in a folder, or at an address.

    Without a folder, the workbook's own Thư mục nhận is read where it exists, on this machine or
    that of the workbook. `leave_out` are files
    not to read (the output of an earlier run). `monthly` keeps the figures of single months.
    `opened` is the workbook as it stands open in a spreadsheet program,
    saved or not. Raises CannotConsolidateError with a sentence for the officer.
    """
    read = opened or open_book(workbook)
    if isinstance(read, Issue):
        raise CannotConsolidateError(why_not_opened(workbook, read))
    folder = folder or (None if reading.is_alone else own_inbox(read, workbook))
    today = reading.today or dt.date.today()
    inbox = _list(folder, (workbook, *leave_out))._replace(today=today)
    lock = None if opened else find_lock(workbook)
    found = [*inbox.issues, *([lock] if lock else [])]
    inbox = inbox._replace(issues=tuple(found))
    means = _means(folder, reading)
    if reading.years is not None:
        from danvan_xl.consolidation.several_years import consolidate_years

        return Job(consolidate_years(book_in(read), inbox, reading.years, means), workbook, folder)
    result = consolidate_read(book_in(read), inbox, period, means, monthly=monthly)
    if reading.last_year is not None:
        result = _with_last_year(result, reading.last_year, (workbook, *leave_out), reading)
    return Job(result, workbook, folder)


def _with_last_year(
    result: Consolidation, folder: Path, leave_out: tuple[Path, ...], reading: Reading
) -> Consolidation:
    from danvan_xl.consolidation.last_year import with_last_year

    inbox = _list(folder, leave_out)._replace(today=reading.today or dt.date.today())
    means = _means(folder, reading._replace(progress=None))
    return with_last_year(result, inbox, folder.resolve().name, means)


def save_summary(job: Job, output: Path) -> Report:
    """Write the summary workbook, whole or not at all, and return what it shows.

    Tables too long for a sheet are written whole beside it. Raises CannotConsolidateError where
    somebody else's file has such a name.
    """
    from danvan_xl.files.atomic import replacing  # 50 ms that kiem-tra saves
    from danvan_xl.files.leftovers import clear_leftovers
    from danvan_xl.writing.summary.csv_beside import besides_of, why_not_beside, write_beside
    from danvan_xl.writing.summary.workbook import write_summary

    report = job.report(output)
    for beside in besides_of(report):
        if why := why_not_beside(output.parent, beside):
            path = output.parent / beside.file
            raise CannotConsolidateError(f"Không ghi đè {path}: {why}. Đổi tên tệp đó.")
    clear_leftovers(output.parent)
    with replacing(output) as temporary:
        write_summary(temporary, report)
        for beside in besides_of(report):
            write_beside(output.parent, beside)
    return report


def _list(folder: Path | Address | None, leave_out: tuple[Path, ...]) -> Inbox:
    if folder is None:
        return Inbox((), ())
    if isinstance(folder, Address):
        try:
            return list_address(folder)
        except AddressError as error:
            raise CannotConsolidateError(str(error)) from error
    if not folder.is_dir():
        raise CannotConsolidateError(f"Không thấy thư mục nhận '{folder}'. Kiểm tra lại đường dẫn.")
    try:
        return list_inbox(folder, leave_out)
    except OSError as error:
        raise CannotConsolidateError(
            f"Không đọc được thư mục nhận '{folder}' ({reason_of(error)}). "
            "Kiểm tra quyền truy cập hoặc ổ đĩa mạng."
        ) from error


def _means(folder: Path | Address | None, reading: Reading) -> Means:
    """Who reads received files; where there are many, what is known of a folder's is not read."""
    read: ReadAll = _read_apart
    if reading.cluster:
        from danvan_xl.consolidation.cluster import read_on_cluster

        read = partial(read_on_cluster, reading.cluster)
    read_many: ReadAll = read
    gather: ReadAll = _gather
    if isinstance(folder, Path) and not reading.is_anew:
        read_many = partial(_read_changed, folder, read)
        gather = partial(_gather_changed, folder)
    told = partial(partial, _told, reading.progress)
    return Means(told(read), told(read_many), gather)


def _read_changed(folder: Path, read: ReadAll, *asked: Any) -> Iterable[object]:
    from danvan_xl.consolidation.remembered import read_changed  # 10 ms that few files save

    return read_changed(folder, read, *asked)


def _gather(*asked: Any) -> Iterable[object]:
    from danvan_xl.consolidation.portions import gather_apart  # likewise

    return gather_apart(*asked)


def _gather_changed(folder: Path, *asked: Any) -> Iterable[object]:
    from danvan_xl.consolidation.remembered import gather_changed  # likewise

    return gather_changed(folder, _gather, *asked)


def _read_apart(
    function: Callable[[ItemT], ResultT],
    items: Sequence[ItemT],
    lost: Callable[[ItemT, Loss], ResultT],
) -> Iterator[ResultT]:
    """What a function makes of each file, worked out in other processes."""
    with Team(function, lost, meanwhile=_get_ready) as team:
        yield from team.map(items)


def _get_ready() -> None:
    """Import what makes the summary: 40 ms of which nobody notices anything while others read."""
    import danvan_xl.report.compose
    import danvan_xl.writing.summary.workbook  # noqa: F401


def _told(
    progress: Progress | None,
    read_all: ReadAll,
    function: Callable[[Any], object],
    items: Sequence[Any],
    lost: Callable[[Any, Loss], object],
) -> Iterator[object]:
    """What a reader yields, telling how many files it has read."""
    for done, result in enumerate(read_all(function, items, lost), start=1):
        if progress is not None:
            progress(done, len(items))
        yield result
