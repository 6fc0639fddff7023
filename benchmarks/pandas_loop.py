"""What a Python user would write today: a pandas.read_excel loop doing the same roll-up.

python -m benchmarks.pandas_loop FOLDER

Reads every sheet of every workbook, as one must who does not know where the targets are, adds up
sheet Chỉ tiêu, and prints the totals by indicator code as JSON. It checks nothing, keeps no
sources and writes no workbook, so the comparison favours it.
"""

import json
import sys
from pathlib import Path

import pandas as pd

from benchmarks.figures import MONTHS

_TITLE = "Chỉ tiêu"
_MONTHS = [f"T{month}" for month in range(1, MONTHS + 1)]


def totals_of(folder: Path) -> dict[str, float]:
    """Return the totals over all workbooks of a folder by indicator code."""
    tables = []
    for path in sorted(folder.glob("*.xlsx")):
        sheets = pd.read_excel(path, sheet_name=None, engine="openpyxl", header=None)
        tables.append(_targets(sheets[_TITLE]))
    return _roll_up(pd.concat(tables))


def _targets(sheet: pd.DataFrame) -> pd.DataFrame:
    """Return the indicator rows of a sheet of targets, with their cumulative figure."""
    header = sheet.index[sheet[0] == "Mã"][0]
    table = sheet.loc[header + 1 :].set_axis(sheet.loc[header], axis=1)
    table = table[table["Mã"].notna()].copy()
    months = table[_MONTHS].apply(pd.to_numeric)
    is_stock = table["Cộng kỳ"] == "Cuối kỳ"
    table["actual"] = months.sum(axis=1).where(~is_stock, months.ffill(axis=1).iloc[:, -1])
    return table[["Mã", "Tổng hợp", "Nguồn", "actual"]]


def _roll_up(table: pd.DataFrame) -> dict[str, float]:
    by_code = table.groupby("Mã", sort=False)
    first = by_code.first()
    totals = by_code["actual"].sum()
    is_mean = first["Tổng hợp"] == "Bình quân"
    totals = totals.where(~is_mean, by_code["actual"].mean())
    for code, source in first["Nguồn"].dropna().items():
        top, bottom = source.removeprefix("tỷ số ").split("/")
        totals[str(code)] = totals[top] / totals[bottom] * 100
    return {str(code): float(value) for code, value in totals.items()}


if __name__ == "__main__":
    print(json.dumps(totals_of(Path(sys.argv[1]))))
