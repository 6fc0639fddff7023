"""No time is believed before the answer is: the totals a run came to, against the known ones."""

import json
import math
from pathlib import Path

from python_calamine import CalamineWorkbook

from benchmarks.cases import Case
from benchmarks.measuring import Run, RunFailedError
from danvan_xl.schema.output_sheets import TOTALS


def check_answer(case: Case, done: Run) -> None:
    """Raise RunFailedError when a contestant did not come to the known totals."""
    if case.totals is None:
        return
    if "Traceback" in done.errors:  # Python's own exit code 1 is also the one for data errors
        raise RunFailedError(f"{case.name} dừng vì lỗi chương trình.\n{done.errors}")
    if case.output and not case.output.exists():
        raise RunFailedError(f"{case.name} không ghi tệp kết quả.\n{done.errors}")
    found = _totals_in(case.output) if case.output else json.loads(done.output)
    wrong = [
        f"{code}: {found.get(code)} thay vì {total:f}"
        for code, total in case.totals.items()
        if not math.isclose(found.get(code, math.nan), float(total), rel_tol=1e-9)
    ]
    if wrong:
        raise RunFailedError(f"{case.name} cộng khác tổng đã biết: {'; '.join(wrong[:3])}")


def _totals_in(path: Path) -> dict[str, float]:
    """Column Thực hiện of sheet Tổng hợp by indicator code."""
    code, actual = TOTALS["code"].header, TOTALS["actual"].header
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(TOTALS.title).to_python()
    start = next(index for index, row in enumerate(rows) if code in row and actual in row)
    code_index, actual_index = rows[start].index(code), rows[start].index(actual)
    return {
        str(row[code_index]): value
        for row in rows[start + 1 :]
        if isinstance(value := row[actual_index], float)
    }
