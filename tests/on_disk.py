"""Workbooks on disk for tests, made by XlsxWriter from the same Markdown sheets."""

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from danvan_xl.files.grid import Grid
from tests.sheets import grid, info, units

HEADER = "| Mã | Lĩnh vực | Chỉ tiêu | ĐVT | Kế hoạch | T1 | T2 | T3 |"


def save(path: Path, *grids: Grid) -> Path:
    """Write sheets to a workbook and return its path; a text "=…" becomes a formula."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        for sheet in grids:
            worksheet = workbook.add_worksheet(sheet.title)
            for row, cells in enumerate(sheet.rows):
                worksheet.write_row(row, 0, [None if cell == "" else cell for cell in cells])
    return path


def thon_file(folder: Path, number: int, *rows: str, **fields: object) -> Path:
    """Write the workbook of thôn A.<number> and return its path."""
    folder.mkdir(exist_ok=True)
    about = {"Mã_đơn_vị": f"A.{number}", "Tên_đơn_vị": f"Thôn {number}", "Năm": 2026} | fields
    table = grid("\n".join([HEADER, *rows]))
    return save(folder / f"thon-{number}.xlsx", info(**about), table)


def xa_file(
    folder: Path, *rows: str, thon: Sequence[str] = ("Thôn 1", "Thôn 2"), **fields: object
) -> Path:
    """Write the workbook of xã A with its units and return its path."""
    about = {"Mã_đơn_vị": "A", "Tên_đơn_vị": "Xã A", "Năm": 2026, "Kỳ_báo_cáo": "Năm"} | fields
    table = grid("\n".join([HEADER, *rows]))
    return save(folder / "so.xlsx", info(**about), units(*thon), table)
