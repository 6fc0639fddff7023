"""Many cells named in one finding, those that stand together as a range."""

import re
from collections.abc import Iterable

_CELL = re.compile(r"([A-Z]+)(\d+)")


def listed_cells(cells: Iterable[str]) -> str:
    """Cells as an officer reads them: "K5:K9, K12"; what is no cell stands as it is."""
    runs: list[list[str]] = []
    for cell in cells:
        if runs and _is_below(runs[-1][-1], cell):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}:{run[-1]}" for run in runs)


def _is_below(first: str, second: str) -> bool:
    """Whether the second cell stands right under the first."""
    above, below = _CELL.fullmatch(first), _CELL.fullmatch(second)
    if above is None or below is None or above[1] != below[1]:
        return False
    return int(below[2]) == int(above[2]) + 1
