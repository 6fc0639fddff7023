"""Files that are broken, or are not what their names say."""

from functools import partial
from pathlib import Path

from tests.cases.case import Case, Section
from tests.cases.inbox import ABOUT, TARGETS, answered
from tests.cases.packing import part, write_zip
from tests.on_disk import save
from tests.spreadsheet import convert

_ENCRYPTED = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
_CSV = "Mã;Chỉ tiêu;T1\nK;Chỉ tiêu K;5\n".encode()
_PAGE = b"<html><table><tr><td>K</td><td>5</td></tr></table></html>"


def _bytes(content: bytes, folder: Path) -> str:
    return answered(folder, lambda path: path.write_bytes(content))


def _open_document_with_password(folder: Path) -> str:
    parts = [
        ("mimetype", part(b"application/vnd.oasis.opendocument.spreadsheet")),
        ("content.xml", part(b"\x07\x12\xf3")),
        ("META-INF/manifest.xml", part(b"<manifest:encryption-data/>")),
    ]
    return answered(folder, lambda path: write_zip(path, parts), "gui-den.ods")


def _word(folder: Path) -> str:
    parts = [("[Content_Types].xml", part(b"<Types/>")), ("word/document.xml", part(b"<w/>"))]
    return answered(folder, lambda path: write_zip(path, parts))


def _cut(share: float, folder: Path) -> str:
    def write(path: Path) -> None:
        data = save(path, ABOUT, TARGETS).read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    return answered(folder, write)


def _converted(kind: str, name: str, folder: Path) -> str:
    def write(path: Path) -> None:
        (made,) = convert([save(folder / "thon-2.xlsx", ABOUT, TARGETS)], folder / "lo", kind)
        made.rename(path)

    return answered(folder, write, name)


def _renamed(name: str, folder: Path) -> str:
    return answered(folder, lambda path: save(path, ABOUT, TARGETS), name)


SECTION = Section(
    "Tệp hỏng, tệp không đúng loại",
    "Mỗi tệp dưới đây nằm trong thư mục nhận cùng một sổ tốt của thôn khác; sổ tốt luôn được tính.",
    [
        Case("Tệp rỗng (0 byte)", partial(_bytes, b"")),
        Case("Tệp PDF đổi đuôi thành .xlsx", partial(_bytes, b"%PDF-1.7 ...")),
        Case("Trang web lưu với đuôi .xlsx", partial(_bytes, _PAGE)),
        Case("Tệp CSV đổi đuôi thành .xlsx", partial(_bytes, _CSV)),
        Case("Ảnh chụp đổi đuôi thành .xlsx", partial(_bytes, b"\xff\xd8\xff\xe0\0\x10JFIF")),
        Case("Tệp nén .rar đổi đuôi thành .xlsx", partial(_bytes, b"Rar!\x1a\x07\0 ...")),
        Case("Tệp Word đổi đuôi thành .xlsx", _word),
        Case("Sổ đặt mật khẩu", partial(_bytes, _ENCRYPTED)),
        Case("Sổ .ods đặt mật khẩu", _open_document_with_password),
        Case("Sổ tải về mới được nửa", partial(_cut, 0.5)),
        Case("Sổ tải về thiếu đoạn cuối", partial(_cut, 0.98)),
        Case("Sổ .xls đổi đuôi thành .xlsx", partial(_converted, "xls", "gui-den.xlsx")),
        Case("Sổ .xlsx đổi đuôi thành .xls", partial(_renamed, "gui-den.xls")),
        Case("Sổ .ods đổi đuôi thành .xlsx", partial(_converted, "ods", "gui-den.xlsx")),
    ],
)
