"""What the buttons do, as plain functions of an open workbook; each returns what is to be said.

Everything is read first, as it stands on the screen, saved or not; then output sheets alone are
written.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import Any

from danvan_xl.excel.host import is_locked
from danvan_xl.excel.live import folder_of_book, read_live
from danvan_xl.excel.marks import mark, next_mark, unmark
from danvan_xl.excel.output import live_titles, refresh
from danvan_xl.excel.press import TITLE, CannotPressError
from danvan_xl.files.faults import log_path
from danvan_xl.files.opening import OpenedBook
from danvan_xl.jobs.consolidate import Job, Reading, consolidate_files
from danvan_xl.jobs.inbox_folders import NamedInbox, named_inbox
from danvan_xl.reading.info import inbox_of
from danvan_xl.report.compose import compose, what_was_done
from danvan_xl.report.tables import HERE
from danvan_xl.schema.messages import Severity

ASSIGNED, RECEIVED, COME, SENT = "Giao", "Nhan", "Den", "Gui"
_NOT_SAVED = (
    "Sổ chưa lưu vào máy nên không có thư mục để làm việc. "
    "Lưu sổ vào một thư mục trên máy (Tệp > Lưu) rồi bấm lại."
)
_STEP = 5  # files between two looks at the status bar


def consolidate(book: Any) -> str:
    """Tổng hợp: bring the output sheets of an open workbook up to date."""
    opened = read_live(book)
    job = _consolidated(book, opened)
    report = compose(job.result, _locate(job, opened))
    _refuse_protected(book, live_titles(report))
    changed = refresh(book, report)
    lines = [what_was_done(job.result)]
    if not changed:
        lines.append("Các trang kết quả đã đúng như vậy, không đổi gì.")
    if job.folder is None:
        lines.append(_why_no_inbox(book, opened))
    return "\n".join(lines)


def check(book: Any) -> str:
    """Kiểm tra: mark the faulty cells of an open workbook with notes."""
    opened = read_live(book)
    job = consolidate_files(Path(book.name), reading=Reading(is_alone=True), opened=opened)
    unmark(book)
    found = mark(book, job.result.issues)
    errors, warnings = (
        sum(item.severity is severity for item in job.result.issues)
        for severity in (Severity.ERROR, Severity.WARNING)
    )
    text = f"Kiểm tra xong: {errors} lỗi, {warnings} cảnh báo; đã ghi chú {found.marked} ô."
    if found.elsewhere:
        text += "\nNgoài ra:\n" + "\n".join(f"- {line}" for line in found.elsewhere)
    if found.marked:
        text += "\nBấm 'Đi tới ô lỗi' để xem từng ô. Kiểm tra lại thì các ghi chú này tự mất."
    return text


def next_fault(book: Any) -> str:
    """Đi tới ô lỗi: select the next cell with a note of ours."""
    cell = next_mark(book)
    if cell is None:
        return "Không còn ô nào có ghi chú lỗi. Bấm Kiểm tra để kiểm tra lại sổ."
    cell.sheet.activate()
    cell.select()
    return ""


def show(title: str) -> Callable[[Any], str]:
    """The macro that goes to an output sheet."""

    def go(book: Any) -> str:
        if title not in [sheet.name for sheet in book.sheets]:
            return f"Sổ chưa có trang '{title}'. Bấm Tổng hợp trước."
        book.sheets[title].activate()
        return ""

    return go


def assign(book: Any) -> str:
    """Giao chỉ tiêu: one workbook per unit in the folder Giao beside the open one."""
    from danvan_xl.jobs.assign import assign_files
    from danvan_xl.screens.assigned import render_assigned

    folder = _folder(book)
    assigned = assign_files(Path(book.fullname), folder / ASSIGNED, opened=read_live(book))
    return render_assigned(assigned)


def collect(book: Any) -> str:
    """Nhận báo cáo: file what lies in the folder Den into the folder of received reports."""
    from danvan_xl.inbox.collecting import CollectingOrder
    from danvan_xl.inbox.collecting import collect as collect_files
    from danvan_xl.reading.senders import superior_in
    from danvan_xl.reading.workbook import read_book
    from danvan_xl.screens.collected import render_collected
    from danvan_xl.screens.findings import findings_folded

    folder = _folder(book)
    if not (folder / COME).is_dir():
        raise CannotPressError(
            f"Chưa có thư mục '{folder / COME}'. Tạo thư mục {COME} cạnh sổ, lưu thư và tệp nhận "
            "được vào đó rồi bấm lại."
        )
    opened = read_live(book)
    inbox = _allowed_inbox(book, opened, folder).folder
    own = read_book(opened)
    office = superior_in(own) if own.units else None
    done = collect_files(CollectingOrder((folder / COME,), inbox, office=office))
    return render_collected(done, findings_folded(done.issues))


def submit(book: Any) -> str:
    """Gửi cấp trên: the sending and its draft in the folder Gui; the draft is opened."""
    from danvan_xl.jobs.submit import SendingOrder
    from danvan_xl.jobs.submit import submit as make_sending
    from danvan_xl.outgoing.mail_programs import open_draft
    from danvan_xl.screens.submitted import render_submitted

    folder = _folder(book)
    opened = read_live(book)
    wanted = SendingOrder(Path(book.fullname), folder / SENT, _inbox(book, opened))
    sent = make_sending(wanted, dt.datetime.now(), opened)
    remark = open_draft(sent.draft)
    return "\n".join(line for line in (render_submitted(sent), remark) if line)


def make(app: Any, level: str) -> str:
    """Tạo sổ: a blank workbook of a level in the officer's documents, opened to be filled in."""
    from danvan_xl.files.names import safe_name
    from danvan_xl.outgoing.blank import BlankOrder, blank_book
    from danvan_xl.writing.template.workbook import write_workbook

    home = Path.home()
    folder = home / "Documents" if (home / "Documents").is_dir() else home
    year = dt.date.today().year
    path = _free(folder / f"So-ke-hoach-{safe_name(level)}-{year}.xlsx")
    write_workbook(path, blank_book(BlankOrder(level=level, year=year)).contents)
    app.books.open(str(path))
    return f"Đã tạo sổ {path}. Điền trang Thông tin trước, rồi đến trang Chỉ tiêu."


def _free(path: Path) -> Path:
    """A path at which nothing stands."""
    names = (path.with_stem(f"{path.stem} ({number})") for number in count(2))
    return path if not path.exists() else next(name for name in names if not name.exists())


def open_guide(book: Any) -> str:
    """Hướng dẫn: go to the guide that every workbook of ours begins with."""
    from danvan_xl.writing.template.guide import GUIDE_TITLE

    if GUIDE_TITLE not in [sheet.name for sheet in book.sheets]:
        return f"Sổ này không có trang {GUIDE_TITLE}. Bấm Tạo sổ: mọi sổ mẫu đều có trang đó."
    book.sheets[GUIDE_TITLE].activate()
    return ""


def about_log() -> str:
    """Nhật ký: say where the log is, and what its last line was."""
    log = log_path()
    if not log.exists():
        return f"Chưa có lỗi nào được ghi. Khi có, nhật ký nằm ở {log}"
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return f"Nhật ký lỗi: {log}\nLỗi gần nhất: {lines[-1] if lines else 'không rõ'}"


def about() -> str:
    """Giới thiệu: what this is, and which version."""
    return (
        f"danvan_xl {version('danvan_xl')}\n"
        "Sổ kế hoạch công tác dân vận: giao chỉ tiêu, kiểm tra, tổng hợp, gửi báo cáo.\n"
        "Giấy phép MIT. Chương trình không gửi gì ra khỏi máy này."
    )


def freeze_functions(book: Any) -> str:
    """Chốt số liệu: a copy in which the values of DV_ functions stand for themselves."""
    from danvan_xl.excel.frozen import freeze

    folder = _folder(book)
    path = folder / f"{Path(book.name).stem}_chot{Path(book.name).suffix}"
    if path.exists():
        raise CannotPressError(f"'{path}' đã có. Đổi tên hoặc xóa tệp đó rồi bấm lại.")
    count = freeze(book, path)
    return f"Đã ghi bản chốt {path}: {count} ô dùng hàm DV_ nay là giá trị. Gửi bản này."


def _consolidated(book: Any, opened: OpenedBook) -> Job:
    """The consolidation of an open workbook and the files received."""
    inbox = _inbox(book, opened)
    reading = Reading(_on_status_bar(book))
    return consolidate_files(_path(book), inbox, reading=reading, opened=opened)


def _path(book: Any) -> Path:
    folder = folder_of_book(book)
    return Path(book.name) if folder is None else folder / book.name


def _inbox(book: Any, opened: OpenedBook) -> Path | None:
    """The folder of received workbooks beside an open one, where it is there."""
    folder = folder_of_book(book)
    if folder is None:
        return None
    inbox = _allowed_inbox(book, opened, folder)
    return inbox.folder if inbox.elsewhere or inbox.folder.is_dir() else None


def _allowed_inbox(book: Any, opened: OpenedBook, folder: Path) -> NamedInbox:
    """The folder of received workbooks, as the workbook says or as usual.

    One on another machine is asked about before it is touched.
    """
    named = named_inbox(opened, folder / book.name, RECEIVED)
    assert named is not None  # there is a usual one
    if (found := named.elsewhere) is not None:
        asked = f"{found.place}: {found.message}\n\nMở thư mục này?"
        if book.app.alert(asked, TITLE, buttons="yes_no") != "yes":
            raise CannotPressError(f"{found.place}: {found.message} {found.remedy}")
    return named


def _folder(book: Any) -> Path:
    folder = folder_of_book(book)
    if folder is None:
        raise CannotPressError(_NOT_SAVED)
    return folder


def _why_no_inbox(book: Any, opened: OpenedBook) -> str:
    if folder_of_book(book) is None:
        return "Sổ chưa lưu vào máy nên chưa đọc thư mục nhận; mới tính các trang trong sổ."
    name = inbox_of(opened).name or RECEIVED
    return f"Không có thư mục nhận '{name}' cạnh sổ; mới tính các trang trong sổ."


def _locate(job: Job, opened: OpenedBook) -> Callable[[str], str]:
    """Where a link leads: into this workbook, or to a file in the folder."""
    folder = (job.folder if isinstance(job.folder, Path) else Path()).absolute()
    return lambda name: HERE if name == opened.file else (folder / name).as_posix()


def _on_status_bar(book: Any) -> Callable[[int, int], None]:
    def progress(done: int, count: int) -> None:
        if done % _STEP == 0 or done == count:
            book.app.status_bar = f"Dân vận: đang đọc {done}/{count} sổ"

    return progress


def _refuse_protected(book: Any, wanted: Sequence[str]) -> None:
    """Refuse what could not be written, before anything is; `wanted` are the sheets to write."""
    titles = {sheet.name for sheet in book.sheets}
    if not titles.issuperset(wanted) and is_locked(book):
        raise CannotPressError(
            "Cấu trúc sổ đang được bảo vệ nên không thêm được trang kết quả. "
            "Bỏ bảo vệ (Xem lại > Bảo vệ sổ) rồi bấm lại."
        )
    for title in wanted:
        if title in titles and is_locked(book.sheets[title]):
            raise CannotPressError(
                f"Trang '{title}' đang được bảo vệ nên không ghi được. "
                "Bỏ bảo vệ (Xem lại > Bảo vệ trang tính) rồi bấm lại."
            )
