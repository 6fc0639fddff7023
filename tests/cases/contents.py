"""What a workbook from a stranger holds beside its figures, and where it would lead."""

import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from danvan_xl.consolidation.consolidation import CannotConsolidateError
from danvan_xl.files.grid import Grid
from danvan_xl.jobs.consolidate import consolidate_files
from tests.cases.case import Case, Section, told
from tests.cases.inbox import ABOUT, TARGETS, answered
from tests.cases.packing import parts_of, workbook_with
from tests.leading_out import (
    calling,
    with_address,
    with_book,
    with_connection,
    with_macros,
    with_object,
    with_program,
    with_query,
)
from tests.on_disk import save, xa_file
from tests.spreadsheet import convert

_ROW = "| K | Kinh tế | Chỉ tiêu K | cái | 30 | 5 | | |"


def _sent(changes: Callable[[Mapping[str, bytes]], Mapping[str, bytes]], folder: Path) -> str:
    """Return the answer to thôn 2's workbook with some parts added."""

    def write(path: Path) -> None:
        honest = parts_of(save(path, ABOUT, TARGETS))
        workbook_with(path, changes(honest), ABOUT, TARGETS)

    return answered(folder, write)


def _scratch(formula: str, folder: Path) -> str:
    """Return the answer to a formula in a sheet of scratch beside the table."""
    scratch = Grid("Nháp", [["Ghi"], [f"={formula}"]])
    return answered(folder, lambda path: save(path, ABOUT, TARGETS, scratch))


def _converted(kind: str, folder: Path) -> str:
    """Return the answer to a workbook that takes from another, as LibreOffice saves it."""

    def write(path: Path) -> None:
        honest = save(folder / "thon-2.xlsx", ABOUT, TARGETS)
        made = workbook_with(honest, with_book(parts_of(honest)), ABOUT, TARGETS)
        path.write_bytes(convert([made], folder / "lo", kind, computed=False)[0].read_bytes())

    return answered(folder, write, f"gui-den.{kind}")


def _ods_macros(folder: Path) -> str:
    """Return the answer to an .ods with a macro of LibreOffice."""

    def write(path: Path) -> None:
        (made,) = convert([save(folder / "thon-2.xlsx", ABOUT, TARGETS)], folder / "lo", "ods")
        path.write_bytes(made.read_bytes())
        with zipfile.ZipFile(path, "a") as packed:
            packed.writestr("Basic/Standard/Module1.xml", "<script:module/>")

    return answered(folder, write, "gui-den.ods")


def _inbox(name: str, folder: Path) -> str:
    """Return the answer to a workbook that names this Thư mục nhận, typed nowhere else."""
    workbook = xa_file(folder, _ROW, Thư_mục_nhận=name)
    try:
        return told(consolidate_files(workbook).result.issues)
    except CannotConsolidateError as refused:
        return told([refused.found] if refused.found else [])


_WEB = 'WEBSERVICE("http://example.vn/so")'

SECTION = Section(
    "Những gì đi kèm trong tệp",
    "Macro, liên kết, kết nối, đối tượng nhúng trong tệp nhận được: không chạy, không mở theo, "
    "chỉ nêu tên.",
    [
        Case("Sổ có macro", partial(_sent, with_macros)),
        Case(
            "Macro giấu dưới tên khác",
            partial(_sent, partial(with_macros, name="xl/theme/theme2.bin")),
        ),
        Case("Số lấy từ tệp khác", partial(_sent, with_book)),
        Case(
            "Số lấy từ tệp ở máy khác, ghi thẳng đường dẫn",
            partial(_sent, partial(calling, r"'\\may-la\so\[so-khac.xlsx]Sheet 1'!A1")),
        ),
        Case("Số lấy từ trang web", partial(_sent, partial(calling, _WEB))),
        Case("Trang nháp gọi máy chủ (RTD)", partial(_scratch, 'RTD("a.b",,"x")')),
        Case("Trang nháp gọi trang web", partial(_scratch, _WEB)),
        Case(
            "Trang nháp gọi Google Sheets",
            partial(
                _scratch,
                'IFERROR(__xludf.DUMMYFUNCTION("IMPORTRANGE(""https://example.vn"",""A1"")"),5)',
            ),
        ),
        Case("Trang nháp gọi chương trình (DDE)", partial(_scratch, "cmd|'/C calc'!A0")),
        Case("Liên kết DDE", partial(_sent, with_program)),
        Case("Kết nối cơ sở dữ liệu", partial(_sent, with_connection)),
        Case("Truy vấn Power Query", partial(_sent, with_query)),
        Case("Đối tượng nhúng (OLE)", partial(_sent, with_object)),
        Case("Liên kết trang web ở một ô", partial(_sent, with_address)),
        Case(
            "Địa chỉ thư, liên kết trong sổ",
            partial(_sent, partial(with_address, target="mailto:xa@example.vn")),
        ),
        Case("Tệp .xls lấy số từ tệp khác", partial(_converted, "xls")),
        Case("Tệp .ods lấy số từ tệp khác", partial(_converted, "ods")),
        Case("Tệp .ods có macro", _ods_macros),
        Case("Thư mục nhận ở máy khác", partial(_inbox, r"\\may-la\nhan")),
        Case("Thư mục nhận ở máy khác, gạch lẫn", partial(_inbox, r"/\may-la/nhan")),
        Case("Thư mục nhận là thư mục web", partial(_inbox, r"\\may-la@SSL\DavWWWRoot\nhan")),
        Case("Thư mục nhận là địa chỉ mạng", partial(_inbox, "smb://may-la/nhan")),
    ],
)
