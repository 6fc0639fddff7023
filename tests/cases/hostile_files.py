"""Files made to break whoever opens them."""

import struct
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from unittest import mock

from danvan_xl.files import workers
from danvan_xl.inbox.parcels import open_parcel
from danvan_xl.schema.issues import Issue
from tests.cases.case import Case, Section, told
from tests.cases.inbox import ABOUT, TARGETS, answered
from tests.cases.packing import (
    SHEET,
    STRINGS,
    STYLES,
    Part,
    part,
    parts_of,
    repeated,
    workbook_with,
    write_zip,
)
from tests.on_disk import save
from tests.spreadsheet import convert

_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_MEGABYTE = 2**20
_MEASURE = "<t>cái</t>".encode()

Changes = Callable[[Mapping[str, bytes]], Mapping[str, Part | bytes]]


def _changed(changes: Changes, folder: Path) -> str:
    """Return the answer to thôn 2's workbook with some parts changed."""

    def write(path: Path) -> None:
        honest = parts_of(save(path, ABOUT, TARGETS))
        workbook_with(path, changes(honest), ABOUT, TARGETS)

    return answered(folder, write)


def _in_sheet(old: bytes, new: bytes, folder: Path) -> str:
    """Return the answer to the workbook with something else in the sheet of targets."""

    def changes(parts: Mapping[str, bytes]) -> dict[str, Part | bytes]:
        assert old in parts[SHEET]
        return {SHEET: parts[SHEET].replace(old, new, 1)}

    return _changed(changes, folder)


def _swollen(piece: bytes, count: int, parts: Mapping[str, bytes]) -> dict[str, Part | bytes]:
    """Return the sheet of targets with a piece many times at the end of its data."""
    head, middle, tail = parts[SHEET].partition(b"</sheetData>")
    return {SHEET: repeated(head, piece, count, middle + tail)}


def _many_cells(folder: Path) -> str:
    """Return the answer to a sheet too large for the memory, with time enough on any machine."""
    with mock.patch.object(workers, "LIMITS", workers.LIMITS._replace(seconds=60)):
        return _changed(partial(_swollen, _CELLS, 2500), folder)


def _long_string(count: int, cells: int, parts: Mapping[str, bytes]) -> dict[str, Part | bytes]:
    """Return shared strings with one of `count` megabytes, and cells that all show it."""
    number = parts[STRINGS].count(b"<si>")
    head, tail = parts[STRINGS].replace(b"</sst>", b"<si><t>"), b"</t></si></sst>"
    row = b'<row><c t="s"><v>%d</v></c></row>' % number
    return {
        STRINGS: repeated(head, b"x" * _MEGABYTE, count, tail),
        SHEET: parts[SHEET].replace(b"</sheetData>", row * cells + b"</sheetData>"),
    }


def _entities(parts: Mapping[str, bytes]) -> dict[str, Part | bytes]:
    """Return shared strings in which ten entities unfold to a thousand million words."""
    doubled = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    dtd = f'<!DOCTYPE sst [<!ENTITY l0 "ha">{doubled}]>'.encode()
    return {STRINGS: _with_dtd(parts[STRINGS], dtd, b"&l9;")}


def _outside(parts: Mapping[str, bytes]) -> dict[str, Part | bytes]:
    """Return shared strings that ask for a file of the computer."""
    dtd = b'<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return {STRINGS: _with_dtd(parts[STRINGS], dtd, b"&x;")}


def _with_dtd(strings: bytes, dtd: bytes, entity: bytes) -> bytes:
    head, opening, rest = strings.partition(b"<sst")
    assert _MEASURE in rest
    return head + dtd + opening + rest.replace(_MEASURE, b"<t>" + entity + b"</t>")


def _styles(parts: Mapping[str, bytes]) -> dict[str, Part | bytes]:
    head, middle, tail = parts[STYLES].partition(b"</cellXfs>")
    style = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    return {STYLES: repeated(head, style * 1000, 1000, middle + tail)}


def _merges(parts: Mapping[str, bytes]) -> dict[str, Part | bytes]:
    merges = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (row, row) for row in range(100, 200_100))
    closing = b"</sheetData>"
    merged = closing + b"<mergeCells>" + merges + b"</mergeCells>"
    return {SHEET: parts[SHEET].replace(closing, merged)}


def _many_sheets(parts: Mapping[str, bytes]) -> dict[str, Part | bytes]:
    """Return 20,000 further sheets, all of the same part."""
    sheets = b"".join(
        b'<sheet name="S%d" sheetId="%d" r:id="rId2"/>' % (number, number)
        for number in range(10, 20_010)
    )
    book = parts["xl/workbook.xml"].replace(b"</sheets>", sheets + b"</sheets>")
    return {"xl/workbook.xml": book}


def _strict(parts: Mapping[str, bytes]) -> dict[str, Part | bytes]:
    main = _MAIN.split(b'"')[1]
    return {
        name: data.replace(main, _STRICT).replace(_RELATIONS, _STRICT_RELATIONS)
        for name, data in parts.items()
    }


def _in_utf16(parts: Mapping[str, bytes]) -> dict[str, Part | bytes]:
    """Return the parts with cells in UTF-16."""
    text = {name: parts[name].decode().replace("UTF-8", "UTF-16") for name in (SHEET, STRINGS)}
    return {name: data.encode("utf-16") for name, data in text.items()}


def _macro_sheet(parts: Mapping[str, bytes]) -> dict[str, Part | bytes]:
    """Return the workbook with a sheet of Excel 4 macros that would run when it is opened."""
    macros = (
        b"<xm:macrosheet xmlns:xm='http://schemas.microsoft.com/office/excel/2006/main' "
        + _MAIN
        + b'><sheetData><row r="1"><c r="A1"><f>EXEC("calc.exe")</f><v>0</v></c></row>'
        b"</sheetData></xm:macrosheet>"
    )
    kind = b"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    relation = b'<Relationship Id="rId99" Type="%s" Target="macrosheets/sheet1.xml"/>' % kind
    name = b'<sheet name="Macro1" sheetId="99" r:id="rId99"/></sheets>'
    relations = "xl/_rels/workbook.xml.rels"
    return {
        "xl/macrosheets/sheet1.xml": macros,
        relations: parts[relations].replace(b"</Relationships>", relation + b"</Relationships>"),
        "xl/workbook.xml": parts["xl/workbook.xml"].replace(b"</sheets>", name),
    }


def _lying(size: int, folder: Path) -> str:
    """Return the answer to a sheet that states another size than it has."""

    def write(path: Path) -> None:
        parts = {name: part(data) for name, data in parts_of(save(path, ABOUT, TARGETS)).items()}
        write_zip(path, (parts | {SHEET: parts[SHEET]._replace(size=size)}).items())

    return answered(folder, write)


def _twice(folder: Path) -> str:
    """Return the answer to a workbook with two sheets of targets under one name."""

    def write(path: Path) -> None:
        parts = parts_of(save(path, ABOUT, TARGETS))
        other = parts[SHEET].replace(b"<v>5</v>", b"<v>500</v>")
        pairs = [*parts.items(), (SHEET, other)]
        write_zip(path, [(name, part(data)) for name, data in pairs])

    return answered(folder, write)


def _leading_out(folder: Path) -> str:
    """Return the answer to a workbook with parts that lead out of it; none may be written."""

    def write(path: Path) -> None:
        parts = parts_of(save(path, ABOUT, TARGETS))
        pairs = [*parts.items(), ("../../thoat-ra.txt", b"x"), ("/tmp/thoat-ra.txt", b"x")]
        write_zip(path, [(name, part(data)) for name, data in pairs])

    answer = answered(folder, write)
    assert not list(folder.rglob("thoat-ra.txt"))
    return answer


def _looping_xls(folder: Path) -> str:
    """Return the answer to an .xls whose table of sectors leads back to where it began."""

    def write(path: Path) -> None:
        (made,) = convert([save(folder / "thon-2.xlsx", ABOUT, TARGETS)], folder / "lo", "xls")
        data = bytearray(made.read_bytes())
        first = struct.unpack_from("<I", data, 76)[0]  # the sector that holds the table
        table = 512 * (first + 1)
        for sector in range(128):
            struct.pack_into("<I", data, table + 4 * sector, max(0, sector - 1))
        path.write_bytes(data)

    return answered(folder, write, "gui-den.xls")


def _repeated_ods(folder: Path) -> str:
    """Return the answer to an .ods of a few bytes whose cells repeat to thousands of millions."""
    cell = (
        b'<table:table-row table:number-rows-repeated="1048576">'
        b'<table:table-cell office:value-type="float" office:value="1" '
        b'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )

    def write(path: Path) -> None:
        (made,) = convert([save(folder / "thon-2.xlsx", ABOUT, TARGETS)], folder / "lo", "ods")
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
            for info in old.infolist():
                data = old.read(info)
                if info.filename == "content.xml":
                    data = data.replace(b"</table:table>", cell, 1)
                new.writestr(info, data)

    return answered(folder, write, "gui-den.ods")


def _endless_mail(folder: Path) -> str:
    """Return the answer of nhan to a mail of three million parts."""
    path = folder / "thu.eml"
    head = b'From: a@example.vn\nContent-Type: multipart/mixed; boundary="b"\n\n'
    path.write_bytes(head + b"--b\n\nx\n" * 3_000_000)
    return told(item for item in open_parcel(path, path.name) if isinstance(item, Issue))


_LAST_ROW = b"</row></sheetData>"
_CELLS = b"<row>" + b"<c><v>1</v></c>" * 16_384 + b"</row>"
_SPACES = b" " * _MEGABYTE
_CORNER = _LAST_ROW.replace(b"</sheetData>", b"") + (
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
)

SECTION = Section(
    "Tệp cố ý phá",
    "Sổ của thôn 2 bị sửa để làm hỏng, làm treo hoặc lừa chương trình đọc; sổ của thôn 1 luôn được "
    "tính. Mỗi tệp chỉ được 9 giây và 768 MB trong một tiến trình riêng.",
    [
        Case(
            "1 GB dấu cách trong trang",
            partial(_changed, partial(_swollen, _SPACES, 1024)),
        ),
        Case("41 triệu ô có số", _many_cells),
        Case("Một ô chứa 800 MB chữ", partial(_changed, partial(_long_string, 800, 1))),
        Case("Một chuỗi 10 MB dùng ở 5.000 ô", partial(_changed, partial(_long_string, 10, 5000))),
        Case("Hai ô ở hai góc xa nhất, A1 và XFD1048576", partial(_in_sheet, _LAST_ROW, _CORNER)),
        Case("Thực thể XML lồng nhau (billion laughs)", partial(_changed, _entities)),
        Case("XML đòi đọc tệp khác của máy (XXE)", partial(_changed, _outside)),
        Case("Tên tệp bên trong trỏ ra ngoài thư mục", _leading_out),
        Case("Hai trang trùng tên trong tệp nén", _twice),
        Case("Khai cỡ nhỏ hơn thật", partial(_lying, 10)),
        Case("Khai cỡ 4 GB", partial(_lying, 2**32 - 1)),
        Case("20.000 trang", partial(_changed, _many_sheets)),
        Case("Một triệu kiểu định dạng", partial(_changed, _styles)),
        Case("200.000 ô gộp", partial(_changed, _merges)),
        Case("Trang macro Excel 4 (XLM)", partial(_changed, _macro_sheet)),
        Case("Sổ kiểu Strict Open XML", partial(_changed, _strict)),
        Case("Phần XML ghi bằng UTF-16", partial(_changed, _in_utf16)),
        Case(
            "Ô ở cột ZZZZ hàng 99999999",
            partial(_in_sheet, b'r="F2"', b'r="ZZZZ99999999"'),
        ),
        Case("Tên ô không có số hàng", partial(_in_sheet, b'r="F2"', b'r="F"')),
        Case("Thư có 3 triệu phần (lệnh nhan)", _endless_mail),
        Case("Tệp .xls có bảng cung xoay vòng", _looping_xls),
        Case("Tệp .ods vài KB lặp ra hàng tỷ ô", _repeated_ods),
    ],
)
