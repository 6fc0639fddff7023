"""Files that are broken, or are not what their names say."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from danvan_xl.jobs import consolidate_files
from danvan_xl.show import vietnamese_number
from tests.cases.case import Case, Section, told
from tests.files import thon_file, xa_file

_OWN = "| K | Kinh tế | Chỉ tiêu K | cái | 30 | | | |"
_GOOD = "| K | Kinh tế | Chỉ tiêu K | cái | 10 | 4 | 5 | KPS |"
_BAD = "gui-den.xlsx"


def answered(folder: Path, write: Callable[[Path], object]) -> str:
    """Return what is said of a bad file beside a good one, whose figures have to count."""
    workbook = xa_file(folder, _OWN)
    inbox = folder / "Nhan"
    thon_file(inbox, 1, _GOOD)
    write(inbox / _BAD)
    result = consolidate_files(workbook, inbox).result
    total = result.lines["k"].actual
    assert total == 9
    said = told(item for item in result.issues if item.place.file == _BAD)
    return f"{said}<br>Tổng của các tệp khác: {vietnamese_number(total)}"


def _bytes(content: bytes, folder: Path) -> str:
    return answered(folder, lambda path: path.write_bytes(content))


SECTION = Section(
    "Tệp hỏng, tệp không đúng loại",
    "Mỗi tệp dưới đây nằm trong thư mục nhận cùng một sổ tốt của thôn khác.",
    [
        Case("Tệp rỗng (0 byte)", partial(_bytes, b"")),
        Case("Tệp PDF đổi đuôi thành .xlsx", partial(_bytes, b"%PDF-1.7 ...")),
    ],
)
