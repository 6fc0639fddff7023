"""What a Python user would write today: a pandas.read_excel loop doing the same roll-up.

python -m benchmarks.pandas_loop FOLDER [openpyxl | calamine]

Reads every sheet of every workbook, as one must who does not know where the targets are, adds up
sheet Chỉ tiêu, and prints the totals by indicator code as JSON. It checks nothing, keeps no
sources and writes no workbook, so the comparison favours it.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import pandas as pd

from benchmarks.adding import (
    CODE,
    LAST,
    MEAN,
    MONTH_RULE,
    MONTHS,
    SOURCE,
    TITLE,
    UNIT_RULE,
    with_ratios,
)

Engine = Literal["openpyxl", "calamine"]


def totals_of(folder: Path, engine: Engine) -> dict[str, float]:
    """The totals over all workbooks of a folder by indicator code."""
    return roll_up(
        pd.read_excel(path, sheet_name=None, engine=engine, header=None)[TITLE]
        for path in sorted(folder.glob("*.xlsx"))
    )


def roll_up(sheets: Iterable[pd.DataFrame]) -> dict[str, float]:
    """The totals over sheets of targets, each as it stands, by indicator code."""
    by_code = pd.concat(map(_targets, sheets)).groupby(CODE, sort=False)
    first = by_code.first()
    totals = by_code["actual"].sum()
    totals = totals.where(first[UNIT_RULE] != MEAN, by_code["actual"].mean())
    sources = first[SOURCE].dropna()
    return with_ratios(
        {str(code): float(total) for code, total in totals.items()},
        {str(code): source for code, source in sources.items()},
    )


def _targets(sheet: pd.DataFrame) -> pd.DataFrame:
    """The indicator rows of a sheet of targets, with their cumulative figure."""
    header = sheet.index[sheet[0] == CODE][0]
    table = sheet.loc[header + 1 :].set_axis(sheet.loc[header], axis=1)
    table = table[table[CODE].notna()].copy()
    months = table[MONTHS].apply(pd.to_numeric)
    is_stock = table[MONTH_RULE] == LAST
    table["actual"] = months.sum(axis=1).where(~is_stock, months.ffill(axis=1).iloc[:, -1])
    return table[[CODE, UNIT_RULE, SOURCE, "actual"]]


if __name__ == "__main__":
    engine: Engine = "calamine" if sys.argv[2:] == ["calamine"] else "openpyxl"
    print(json.dumps(totals_of(Path(sys.argv[1]), engine)))
