"""Several workbooks of one thôn: which counts, and what is said of the others."""

import datetime as dt
import shutil
from functools import partial
from pathlib import Path
from typing import NamedTuple

from danvan_xl.jobs.consolidate import Reading, consolidate_files
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.printed import vietnamese_number
from tests.cases.case import Case, Section, told
from tests.on_disk import thon_file, xa_file

_ROW = "| K | Kinh tế | Chỉ tiêu K | cái | 10 | {} | 0 | 0 |"
_TODAY = dt.date(2026, 4, 10)
_NOT_ABOUT_IT = (Code.PLAN_MISSING, Code.ACTUAL_WITHOUT_PLAN, Code.MONTH_BLANK)


class _Brought(NamedTuple):
    """A workbook of thôn 1: its figure, its Ngày lập and its period."""

    figure: int
    day: str = ""
    period: str = "Quý I"


def _answered(brought: dict[str, _Brought], folder: Path) -> str:
    """Return which figure counts of the workbooks named, and what is said of all."""
    inbox = folder / "Nhan"
    written: dict[_Brought, Path] = {}
    for name, item in brought.items():
        if item in written:  # the same is the same to the byte, whatever the clock
            shutil.copyfile(written[item], inbox / name)
            continue
        row = _ROW.format(item.figure)
        made = thon_file(inbox, 1, row, Ngày_lập=item.day, Kỳ_báo_cáo=item.period)
        written[item] = made.rename(inbox / name)
    office = xa_file(folder, _ROW.format("").replace("| 0 | 0 |", "| | |"), Kỳ_báo_cáo="Quý I")
    result = consolidate_files(office, inbox, reading=Reading(today=_TODAY)).result
    found = (item for item in result.issues if item.place.file in brought)
    return f"Tính {vietnamese_number(result.lines['k'].actual)}<br>{told(found, _NOT_ABOUT_IT)}"


def _case(what: str, **brought: _Brought) -> Case:
    files = {f"{name.replace('_', '-')}.xlsx": item for name, item in brought.items()}
    return Case(what, partial(_answered, files))


SECTION = Section(
    "Nhiều bản của một đơn vị",
    "Thôn 1 gửi hai sổ Quý I (bản a ghi 1, bản b ghi 2); tổng hợp ngày 10/04/2026.",
    [
        _case(
            "Hai bản khác Ngày lập",
            a=_Brought(1, "05/04/2026"),
            b=_Brought(2, "04/04/2026"),
        ),
        _case(
            "Hai bản cùng Ngày lập",
            a=_Brought(1, "05/04/2026"),
            b=_Brought(2, "05/04/2026"),
        ),
        _case("Không bản nào ghi Ngày lập", a=_Brought(1), b=_Brought(2)),
        _case("Một bản không ghi Ngày lập", a=_Brought(1, "05/04/2026"), b=_Brought(2)),
        _case(
            "Một bản ghi Ngày lập sau hôm nay",
            a=_Brought(1, "05/04/2026"),
            b=_Brought(2, "05/12/2026"),
        ),
        _case("Chỉ một bản, Ngày lập sau hôm nay", b=_Brought(2, "05/12/2026")),
        _case(
            "Bản b là sổ Tháng 2 sửa lại, lập sau",
            a=_Brought(1, "05/04/2026"),
            b=_Brought(2, "08/04/2026", "Tháng 2"),
        ),
        _case("Hai bản giống hệt nhau", a=_Brought(1, "05/04/2026"), b=_Brought(1, "05/04/2026")),
    ],
)
