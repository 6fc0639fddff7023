"""The same roll-up with fastexcel and polars, the quickest pair a Python user can reach for.

python -m benchmarks.polars_loop FOLDER

Like benchmarks.pandas_loop: every sheet of every workbook is read, sheet Chỉ tiêu is added up,
nothing is checked or written; prints the totals by indicator code as JSON.
"""

import json
import sys
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl

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


def totals_of(folder: Path) -> dict[str, float]:
    """The totals over all workbooks of a folder by indicator code."""
    tables = [_targets(_sheets(path)[TITLE]) for path in sorted(folder.glob("*.xlsx"))]
    actual = pl.col("actual")
    totals = (
        pl.concat(tables)
        .group_by(CODE, maintain_order=True)
        .agg(
            pl.when(pl.col(UNIT_RULE).first() == MEAN).then(actual.mean()).otherwise(actual.sum()),
            pl.col(SOURCE).first(),
        )
    )
    rows = list(totals.select(CODE, "actual", SOURCE).iter_rows())
    return with_ratios(
        {code: total for code, total, _ in rows},
        {code: source for code, _, source in rows if source},
    )


def _sheets(path: Path) -> dict[str, Any]:
    """Every sheet of a workbook as it stands, all cells as text, by name."""
    workbook = fastexcel.read_excel(path)
    return {
        name: workbook.load_sheet(name, header_row=None, dtypes="string").to_polars()
        for name in workbook.sheet_names
    }


def _targets(sheet: Any) -> Any:
    """The indicator rows of a sheet of targets, with their cumulative figure."""
    codes = sheet.to_series(0)
    header = codes.index_of(CODE)
    table = sheet.rename(dict(zip(sheet.columns, sheet.row(header), strict=True)))
    table = table.slice(header + 1).filter(pl.col(CODE).is_not_null())
    months = [pl.col(month).cast(pl.Float64) for month in MONTHS]
    actual = (
        pl.when(pl.col(MONTH_RULE) == LAST)
        .then(pl.coalesce(months[::-1]))
        .otherwise(pl.sum_horizontal(months))
    )
    return table.select(CODE, UNIT_RULE, SOURCE, actual.alias("actual"))


if __name__ == "__main__":
    print(json.dumps(totals_of(Path(sys.argv[1]))))
