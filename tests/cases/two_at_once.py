"""Two runs in one folder, a run that was killed, a journal somebody has touched."""

import json
from pathlib import Path

from danvan_xl.files.folder_lock import FolderBusyError, folder_lock
from danvan_xl.files.in_use import StillOpenError, refuse_if_open
from danvan_xl.files.leftovers import clear_leftovers
from danvan_xl.files.names import TEMPORARY_PREFIX
from danvan_xl.inbox.collecting import Collected, CollectingOrder, collect
from danvan_xl.inbox.journal import JOURNAL_NAME, read_journal
from danvan_xl.inbox.store import InboxStore
from tests.cases.case import Case, Section, told
from tests.on_disk import thon_file

_ROW = "| K | Kinh tế | Chỉ tiêu K | cái | 10 | 1 | | |"


def _filed(folder: Path, mail: str = "Thu", units: range = range(1, 3)) -> Collected:
    (folder / mail).mkdir()
    for number in units:
        thon_file(folder / mail, number, _ROW, Kỳ_báo_cáo="Tháng 1")
    return collect(CollectingOrder((folder / mail,), folder / "Nhan"))


def _named(folder: Path) -> str:
    return ", ".join(sorted(path.name for path in folder.rglob("*.xlsx")))


def _merged(folder: Path) -> str:
    """Return what is filed when a run ends after another that began later."""
    (folder / "Nhan").mkdir()
    begun = InboxStore(folder / "Nhan")
    _filed(folder)
    with begun.kept():
        (first, _) = read_journal(folder / "Nhan").entries
        other = first._replace(path="2026/T01/A.1/so-khac.xlsx", sha256="ab" * 32)
        begun.add(other, b"PK another")
    entries = read_journal(folder / "Nhan").entries
    return f"Tệp thứ hai thành {entries[-1].path}; nhật ký có đủ {len(entries)} dòng"


def _same_mail(folder: Path) -> str:
    (folder / "Nhan").mkdir()
    begun = InboxStore(folder / "Nhan")
    _filed(folder)
    with begun.kept():
        for entry in read_journal(folder / "Nhan").entries:
            begun.add(entry, (folder / "Nhan" / entry.path).read_bytes())
    files = list((folder / "Nhan").rglob("*.xlsx"))
    return f"{len(files)} sổ, mỗi sổ một tệp, nhật ký {len(begun.entries)} dòng"


def _busy(folder: Path) -> str:
    try:
        with folder_lock(folder), folder_lock(folder, waiting=0.0):
            raise AssertionError
    except FolderBusyError as error:
        return str(error).replace(str(folder), "Nhan")


def _leftovers(folder: Path) -> str:
    (folder / f"{TEMPORARY_PREFIX}00000000-1-a.xlsx").write_bytes(b"PK")
    clear_leftovers(folder)
    kept = len(list(folder.iterdir()))
    return f"Tệp của máy khác mới ghi: giữ ({kept}); của tiến trình đã chết ở máy này: xóa"


def _open_output(folder: Path) -> str:
    path = folder / "ket-qua.xlsx"
    path.write_bytes(b"PK")
    (folder / "~$ket-qua.xlsx").write_bytes(b"")
    try:
        refuse_if_open(path)
    except StillOpenError as error:
        return str(error).replace(f"{folder}/", "")
    raise AssertionError


def _odd_line(folder: Path) -> str:
    _filed(folder)
    journal = folder / "Nhan" / JOURNAL_NAME
    read = json.loads(journal.read_text("utf-8"))
    read["files"][0]["year"] = float("inf")
    journal.write_text(json.dumps(read), "utf-8")
    return told(_filed(folder, "Thu 2", range(1, 2)).issues)


SECTION = Section(
    "Hai người cùng làm",
    "Hai lần chạy trong một thư mục, lần chạy bị tắt, nhật ký bị ai sửa.",
    [
        Case("Hai người cùng nhận, thư khác nhau", _merged),
        Case("Hai người cùng nhận một thư", _same_mail),
        Case("Người kia ghi mãi chưa xong", _busy),
        Case("Tệp ghi dở còn lại trong thư mục", _leftovers),
        Case("Tệp kết quả còn mở trong Excel", _open_output),
        Case("Một dòng nhật ký nhận có năm là vô cực", _odd_line),
    ],
)
