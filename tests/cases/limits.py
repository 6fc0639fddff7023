"""What would cost more time or memory than a parcel may: it ends in its limits, and is named."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from unittest.mock import patch

from danvan_xl.consolidation import many
from danvan_xl.files import workers
from danvan_xl.files.names import STORE_NAME
from danvan_xl.inbox import budgets, collecting
from danvan_xl.inbox.collecting import CollectingOrder, collect
from danvan_xl.inbox.parcels import FoundWorkbook
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Code
from tests.cases.case import Case, Section, told
from tests.cases.inbox import ABOUT, TARGETS, answered
from tests.cases.packing import crowded
from tests.on_disk import save, thon_file
from tests.parcels import archive, mail

_GOOD = "| K | Kinh tế | Chỉ tiêu K | cái | 10 | 4 | 5 | KPS |"
_MILLIONS = 2_200_000


def _taken_in(write: Callable[[Path, bytes], object], folder: Path) -> str:
    """Return what nhan says of a folder that `write` fills, given thôn 1's workbook."""
    book = thon_file(folder, 1, _GOOD, Kỳ_báo_cáo="Quý I").read_bytes()
    come = folder / "den"
    come.mkdir()
    write(come, book)
    done = collect(CollectingOrder((come,), folder / "Nhan"))
    return f"{told(done.issues, leave_out=(Code.FILE_UNREADABLE,))}<br>Đã xếp {len(done.filed)} sổ"


def _in_an_archive(come: Path, book: bytes) -> None:
    parts = [("nhieu-phan.xlsx", crowded(_MILLIONS)), ("thon-1.xlsx", book)]
    (come / "goi.zip").write_bytes(archive(parts))


def _as_an_archive(come: Path, book: bytes) -> None:
    (come / "nhieu-tep.zip").write_bytes(crowded(_MILLIONS))
    (come / "thon-1.xlsx").write_bytes(book)


def _slow_ones(write: Callable[[Path, bytes], object], folder: Path) -> str:
    """Return what nhan says where every workbook takes as long as one may."""
    clock, take = [0.0], collecting._Run.take

    def slow(run: collecting._Run, found: FoundWorkbook | Issue) -> None:
        clock[0] += workers.LIMITS.seconds
        take(run, found)

    with (
        patch.object(budgets, "monotonic", lambda: clock[0]),
        patch.object(collecting._Run, "take", slow),
    ):
        return _taken_in(write, folder)


def _many_in_an_archive(come: Path, book: bytes) -> None:
    parts = [(f"so-{number:04}.xlsx", b"PK %d" % number) for number in range(999)]
    (come / "goi.zip").write_bytes(archive([("a-thon-1.xlsx", book), *parts]))


def _many_mails(come: Path, book: bytes) -> None:
    attached = ("thon-1.xlsx", book)
    mails = [mail(attached, (f"so-{n:04}.xlsx", b"PK %d" % n)).as_bytes() for n in range(200)]
    (come / "hop-thu.mbox").write_bytes(b"".join(b"From a\n" + text + b"\n" for text in mails))


def _received(folder: Path) -> str:
    return answered(folder, lambda path: path.write_bytes(crowded(_MILLIONS)))


def _with_store(spoil: Callable[[Path], object], folder: Path) -> str:
    """Return the answer to an inbox whose store somebody has spoilt, and what became of it."""
    with patch.object(many, "MANY", 1), patch.dict(os.environ, XDG_CACHE_HOME=str(folder)):
        answered(folder, lambda path: save(path, ABOUT, TARGETS))
        store = folder / "Nhan" / STORE_NAME
        spoil(store)
        said = answered(folder, lambda path: save(path, ABOUT, TARGETS))
    kept = [path.read_text("utf-8") for path in folder.glob("rieng.txt")]
    is_new = not store.is_symlink() and store.stat().st_size < 2**20
    return "<br>".join((said, "; ".join(("làm tệp mới" if is_new else "giữ tệp cũ", *kept))))


def _with_trigger(store: Path) -> None:
    with closing(sqlite3.connect(store)) as database:
        database.execute(
            "CREATE TRIGGER xoa AFTER INSERT ON answers BEGIN DELETE FROM answers; END"
        )


def _linked(store: Path) -> None:
    other = store.parent.with_name("rieng.txt")
    other.write_text("tệp kia còn nguyên", "utf-8")
    store.unlink()
    store.symlink_to(other)


def _huge(store: Path) -> None:
    os.truncate(store, 10 * 2**30)


SECTION = Section(
    "Giới hạn của một gói, của một lần nhận",
    "Gói gửi đến làm máy chạy rất lâu hoặc hết bộ nhớ: dừng ở giới hạn, nói rõ còn gì chưa xem; "
    "những sổ tốt đã xếp vẫn giữ.",
    [
        Case("Sổ có 2,2 triệu phần (300 KB trong tệp .zip)", partial(_taken_in, _in_an_archive)),
        Case("Tệp .zip có 2,2 triệu tệp", partial(_taken_in, _as_an_archive)),
        Case(
            "Tệp .zip có 1 sổ tốt và 999 tệp, mỗi tệp mở mất 9 giây",
            partial(_slow_ones, _many_in_an_archive),
        ),
        Case("Hộp thư 200 thư, mỗi thư có tệp mở mất 9 giây", partial(_slow_ones, _many_mails)),
        Case("Sổ 2,2 triệu phần trong thư mục nhận (lệnh tong-hop)", _received),
        Case(
            "Tệp ghi nhớ có thêm lệnh (trigger)",
            partial(_with_store, _with_trigger),
        ),
        Case("Tệp ghi nhớ là liên kết đến tệp khác", partial(_with_store, _linked)),
        Case("Tệp ghi nhớ 10 GB", partial(_with_store, _huge)),
    ],
)
