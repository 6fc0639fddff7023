"""The least a reader can take: python-calamine turns every sheet into lists, in one thread.

python -m benchmarks.calamine_lists FOLDER

Nothing is understood, added up or written; it prints the number of rows.
"""

import sys
from pathlib import Path

from python_calamine import CalamineWorkbook


def count_rows(folder: Path) -> int:
    """How many rows all sheets of all workbooks of a folder have."""
    rows = 0
    for path in sorted(folder.glob("*.xlsx")):
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            rows += len(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
    return rows


if __name__ == "__main__":
    print(count_rows(Path(sys.argv[1])))
