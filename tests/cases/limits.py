"""What would cost more time or memory than a parcel may: it ends in its limits, and is named."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from danvan_xl.inbox.collecting import CollectingOrder, collect
from tests.cases.case import Case, Section, told
from tests.cases.inbox import answered
from tests.cases.packing import crowded
from tests.on_disk import thon_file
from tests.parcels import archive

_GOOD = "| K | Kinh tế | Chỉ tiêu K | cái | 10 | 4 | 5 | KPS |"
_MILLIONS = 2_200_000


def _taken_in(write: Callable[[Path, bytes], object], folder: Path) -> str:
    """Return what nhan says of a folder that `write` fills, given thôn 1's workbook."""
    book = thon_file(folder, 1, _GOOD, Kỳ_báo_cáo="Quý I").read_bytes()
    come = folder / "den"
    come.mkdir()
    write(come, book)
    done = collect(CollectingOrder((come,), folder / "Nhan"))
    return f"{told(done.issues)}<br>Đã xếp {len(done.filed)} sổ"


def _in_an_archive(come: Path, book: bytes) -> None:
    parts = [("nhieu-phan.xlsx", crowded(_MILLIONS)), ("thon-1.xlsx", book)]
    (come / "goi.zip").write_bytes(archive(parts))


def _as_an_archive(come: Path, book: bytes) -> None:
    (come / "nhieu-tep.zip").write_bytes(crowded(_MILLIONS))
    (come / "thon-1.xlsx").write_bytes(book)


def _received(folder: Path) -> str:
    return answered(folder, lambda path: path.write_bytes(crowded(_MILLIONS)))


SECTION = Section(
    "Giới hạn của một gói, của một lần nhận",
    "Gói gửi đến làm máy chạy rất lâu hoặc hết bộ nhớ: dừng ở giới hạn, nói rõ còn gì chưa xem; "
    "những sổ tốt đã xếp vẫn giữ.",
    [
        Case("Sổ có 2,2 triệu phần (300 KB trong tệp .zip)", partial(_taken_in, _in_an_archive)),
        Case("Tệp .zip có 2,2 triệu tệp", partial(_taken_in, _as_an_archive)),
        Case("Sổ 2,2 triệu phần trong thư mục nhận (lệnh tong-hop)", _received),
    ],
)
