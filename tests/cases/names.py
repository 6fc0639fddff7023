"""What lies in an inbox beside good workbooks: odd names, links, devices, what the system put."""

import datetime as dt
import os
import socket
from collections.abc import Callable, Sequence
from email.policy import SMTP
from functools import partial
from pathlib import Path
from unittest.mock import patch

from danvan_xl.files import folders
from danvan_xl.inbox.collecting import CollectingOrder, collect
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.printed import vietnamese_number
from tests.cases.case import Case, Section, told
from tests.cases.inbox import ABOUT, BAD, TARGETS, answered, received
from tests.cases.packing import part, write_zip
from tests.on_disk import save
from tests.parcels import archive, mail
from tests.spreadsheet import convert

_TODAY = dt.datetime(2026, 7, 1, 8)
APPLE_DOUBLE = b"\0\5\x16\7\0\2\0\0Mac OS X"
_WORD = [("[Content_Types].xml", part(b"<Types/>")), ("word/document.xml", part(b"<w/>"))]


def _named(name: str, folder: Path) -> str:
    """What is said of a good workbook under a name."""
    return answered(folder, lambda path: save(path, ABOUT, TARGETS), name)


def _badly_named(name: str, folder: Path) -> str:
    """What is said of a good workbook under a name that is not shown as it is."""

    def write(path: Path) -> None:
        save(path, ABOUT, TARGETS).rename(path.with_name(name))

    return _all(folder, write)


def _all(folder: Path, write: Callable[[Path], object]) -> str:
    """What is said beside the good workbook of whatever is written."""
    result = received(folder, write).result
    found = (item for item in result.issues if item.place.file not in ("so.xlsx", "thon-1.xlsx"))
    total = result.lines["k"].actual
    assert total is not None
    return f"{told(found)}<br>Tổng {vietnamese_number(total)}"


def _bytes(name: str, content: bytes, folder: Path) -> str:
    return answered(folder, lambda path: path.write_bytes(content), name)


def _link(target: str, folder: Path) -> str:
    return answered(folder, lambda path: path.symlink_to(target))


def _socket(folder: Path) -> str:
    def write(path: Path) -> None:
        before = Path.cwd()
        os.chdir(path.parent)  # an address of a socket is short
        try:
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(path.name)
        finally:
            os.chdir(before)

    return answered(folder, write)


def _of_system(folder: Path) -> str:
    def write(path: Path) -> None:
        inbox = path.parent
        for name in ("__MACOSX", "$RECYCLE.BIN"):
            (inbox / name).mkdir()
            save(inbox / name / "x.xlsx", ABOUT, TARGETS)
        (inbox / "__MACOSX" / "x.xlsx").unlink()
        (inbox / "__MACOSX" / "._thon-1.xlsx").write_bytes(APPLE_DOUBLE)
        (inbox / "._thon-1.xlsx").write_bytes(APPLE_DOUBLE)
        for name in (".DS_Store", "Thumbs.db", "desktop.ini"):
            (inbox / name).write_bytes(b"\0")

    return _all(folder, write)


def _closed(name: str, folder: Path) -> str:
    """What is said of a folder or a file that may not be read."""
    scandir, read_bytes = os.scandir, Path.read_bytes

    def refuse(path: Path | str, real: Callable[..., object]) -> object:
        if Path(path).name == name:
            raise PermissionError(13, "denied", str(path))
        return real(path)

    def write(path: Path) -> None:
        target = path.parent / name
        if not target.suffix:
            target.mkdir()
        save(target if target.suffix else target / "x.xlsx", ABOUT, TARGETS)

    with (
        patch.object(folders.os, "scandir", lambda path: refuse(path, scandir)),
        patch.object(Path, "read_bytes", lambda path: refuse(path, read_bytes)),
    ):
        return _all(folder, write)


def _twice(folder: Path) -> str:
    def write(path: Path) -> None:
        data = save(path, ABOUT, TARGETS).read_bytes()
        path.with_name("chep-lai.xlsx").write_bytes(data)

    return _all(folder, write)


def _deep(folder: Path) -> str:
    """What a workbook counts that lies 1,500 folders deep."""
    ways = ["/".join("d" * depth) for depth in range(1, 1_501)]

    def write(path: Path) -> None:
        for way in ways:
            (path.parent / way).mkdir()
        save(path, ABOUT, TARGETS).rename(path.parent / ways[-1] / path.name)

    result = received(folder, write).result
    inbox = folder / "Nhan"
    (inbox / ways[-1] / BAD).unlink()
    for way in reversed(ways):  # who clears up after tests does it by recursion
        (inbox / way).rmdir()
    total = result.lines["k"].actual
    assert total is not None
    return f"Tổng {vietnamese_number(total)}"


def _old(folder: Path) -> str:
    """What is said of a workbook of WPS, which is made as an .xls is."""

    def write(path: Path) -> None:
        (made,) = convert([save(folder / "thon-2.xlsx", ABOUT, TARGETS)], folder / "lo", "xls")
        made.rename(path)

    return answered(folder, write, "gui-den.et")


def _filed(folder: Path, write: Callable[[Path], object]) -> str:
    """What `nhan` says of a folder that things have come in, and which workbooks it files."""
    come = folder / "den"
    come.mkdir()
    write(come)
    done = collect(CollectingOrder((come,), folder / "Nhan", now=_TODAY))
    said = told(done.issues, leave_out=(Code.PERIOD_GUESSED,))
    filed = "; ".join(f"{entry.way} → {entry.path}" for entry in done.filed)
    return f"{said}<br>Đã xếp: {filed or 'không sổ nào'}"


def _book(folder: Path) -> bytes:
    path = save(folder / "x.xlsx", ABOUT, TARGETS)
    data = path.read_bytes()
    path.unlink()
    return data


def _attached(names: Sequence[str], folder: Path) -> str:
    """What `nhan` says of a mail with a workbook attached under each of the names."""

    def write(come: Path) -> None:
        letter = mail(*((name, _book(come)) for name in names))
        (come / "thu.eml").write_bytes(letter.as_bytes(policy=SMTP))

    return _filed(folder, write)


def _without_name(folder: Path) -> str:
    def write(come: Path) -> None:
        raw = mail(("bo.xlsx", _book(come))).as_bytes()
        (come / "thu.eml").write_bytes(raw.replace(b'; filename="bo.xlsx"', b""))

    return _filed(folder, write)


def _pictures(folder: Path) -> str:
    def write(come: Path) -> None:
        files = (("logo.png", b"\x89PNG"), ("cong-van.pdf", b"%PDF-1.7"), ("bo.xlsx", _book(come)))
        (come / "thu.eml").write_bytes(mail(*files).as_bytes())

    return _filed(folder, write)


def _packed_on_a_mac(folder: Path) -> str:
    def write(come: Path) -> None:
        files = (
            ("Bao cao/bo.xlsx", _book(come)),
            ("__MACOSX/Bao cao/._bo.xlsx", APPLE_DOUBLE),
            ("Bao cao/.DS_Store", b"\0"),
        )
        (come / "bao-cao.zip").write_bytes(archive(files))

    return _filed(folder, write)


def _beside(folder: Path) -> str:
    def write(come: Path) -> None:
        (come / "bo.xlsx").write_bytes(_book(come))
        (come / "~$bo.xlsx").write_bytes(b"lock")
        (come / ".~bo.xlsx").write_bytes(b"PK")
        (come / "lac.xlsx").symlink_to("khong-co")
        (come / "vong").symlink_to(".")
        os.mkfifo(come / "ong.xlsx")

    return _filed(folder, write)


def _came_as(name: str, folder: Path) -> str:
    return _filed(folder, lambda come: (come / name).write_bytes(_book(come)))


_IN_AN_INBOX = Section(
    "Tên lạ và thứ không phải sổ trong thư mục nhận",
    "Thứ gì nằm trong thư mục nhận cũng được gọi tên; không thứ nào làm dừng việc tổng hợp.",
    [
        Case("Tên tệp không phải UTF-8", partial(_badly_named, os.fsdecode(b"th\xf4n-2.xlsx"))),
        Case("Tên tệp có ký tự điều khiển", partial(_badly_named, "thôn\t2\x1b[31m.xlsx")),
        Case("Tên tệp có dấu đảo chiều chữ", partial(_badly_named, "thon-2\u202exslx.xlsx")),
        Case("Liên kết tới chính nó", partial(_link, "gui-den.xlsx")),
        Case("Liên kết không dẫn tới đâu", partial(_link, "khong-co.xlsx")),
        Case("Liên kết tới một thư mục", partial(_link, ".")),
        Case("Liên kết tới một thiết bị", partial(_link, "/dev/zero")),
        Case("Lối tắt của Windows thay cho sổ", partial(_bytes, "thon-2.xlsx.lnk", b"L\0\0\0")),
        Case("Ống dẫn dữ liệu (FIFO)", lambda folder: answered(folder, os.mkfifo)),
        Case("Ổ cắm (socket)", _socket),
        Case("Thư mục con không cho đọc", partial(_closed, "kin")),
        Case("Sổ không cho đọc", partial(_closed, "kin.xlsx")),
        Case("Tệp do máy Mac, Windows, thùng rác để lại", _of_system),
        Case("Sổ chép thành hai tệp giống hệt nhau", _twice),
        Case("Sổ nằm sâu 1.500 thư mục", _deep),
        Case(
            "Tệp nén .zip trong thư mục nhận",
            partial(_bytes, "nen.zip", archive([("a.xlsx", b"PK")])),
        ),
        Case("Thư .eml trong thư mục nhận", partial(_bytes, "thu.eml", mail().as_bytes())),
        Case("Tệp nén .rar trong thư mục nhận", partial(_bytes, "nen.rar", b"Rar!\x1a\7\0")),
        Case("Sổ không có đuôi", partial(_named, "thon-2")),
        Case("Sổ mang đuôi .zip", partial(_named, "thon-2.zip")),
        Case("Sổ mang đuôi .docx", partial(_named, "thon-2.docx")),
        Case("Sổ lưu thành mẫu .xltx", partial(_named, "thon-2.xltx")),
        Case("Sổ .et của WPS", _old),
        Case("Sổ Numbers của máy Apple", partial(_bytes, "thon-2.numbers", b"PK\3\4")),
        Case("Ảnh chụp, đúng đuôi", partial(_bytes, "anh.jpg", b"\xff\xd8\xff\xe0")),
        Case("Tệp PDF, đúng đuôi", partial(_bytes, "bieu.pdf", b"%PDF-1.7")),
        Case(
            "Tệp Word, đúng đuôi",
            lambda folder: answered(folder, lambda path: write_zip(path, _WORD), "bieu.docx"),
        ),
    ],
)
_THAT_CAME = Section(
    "Tên lạ và thứ không phải sổ trong thư, gói gửi đến (lệnh nhan)",
    "Nguồn là một thư mục; sổ nào nhận ra thì xếp, thứ khác được gọi tên, không dừng việc nhận.",
    [
        Case("Thư kèm sổ không có tên tệp", _without_name),
        Case("Thư kèm sổ, ảnh, PDF", _pictures),
        Case("Thư kèm cùng một sổ hai lần", partial(_attached, ["a.xlsx", "b.xlsx"])),
        Case("Tên tệp kèm trỏ ra ngoài", partial(_attached, ["../../etc/a.xlsx"])),
        Case("Tên tệp kèm dài 5.000 chữ", partial(_attached, ["x" * 5_000 + ".xlsx"])),
        Case("Tên tệp kèm có dấu đảo chiều chữ", partial(_attached, ["a\u202exslx.xlsx"])),
        Case("Tệp nén do máy Mac tạo", _packed_on_a_mac),
        Case("Thư mục có khóa, tệp ghi dở, liên kết, ống dẫn", _beside),
        Case("Tên tệp không phải UTF-8", partial(_came_as, os.fsdecode(b"th\xf4n.xlsx"))),
        Case("Sổ không có đuôi", partial(_came_as, "thon-2")),
        Case("Sổ lưu thành mẫu .xltx", partial(_came_as, "thon-2.xltx")),
    ],
)
SECTIONS = (_IN_AN_INBOX, _THAT_CAME)
