"""What a workbook from a stranger holds beside its figures, and where it would lead."""

from functools import partial
from pathlib import Path

from danvan_xl.consolidation.consolidation import CannotConsolidateError
from danvan_xl.jobs.consolidate import consolidate_files
from tests.cases.case import Case, Section, told
from tests.on_disk import xa_file

_ROW = "| K | Kinh tế | Chỉ tiêu K | cái | 30 | 5 | | |"


def _inbox(name: str, folder: Path) -> str:
    """Return the answer to a workbook that names this Thư mục nhận, typed nowhere else."""
    workbook = xa_file(folder, _ROW, Thư_mục_nhận=name)
    try:
        return told(consolidate_files(workbook).result.issues)
    except CannotConsolidateError as refused:
        return told([refused.found] if refused.found else [])


SECTION = Section(
    "Những gì đi kèm trong tệp",
    "Macro, liên kết, kết nối, đối tượng nhúng trong tệp nhận được: không chạy, không mở theo, "
    "chỉ nêu tên.",
    [
        Case("Thư mục nhận ở máy khác", partial(_inbox, r"\\may-la\nhan")),
        Case("Thư mục nhận ở máy khác, gạch lẫn", partial(_inbox, r"/\may-la/nhan")),
        Case("Thư mục nhận là thư mục web", partial(_inbox, r"\\may-la@SSL\DavWWWRoot\nhan")),
        Case("Thư mục nhận là địa chỉ mạng", partial(_inbox, "smb://may-la/nhan")),
    ],
)
