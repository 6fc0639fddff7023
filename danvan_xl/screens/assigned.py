"""What `giao` prints: a table of the units' workbooks, what is different, what to look at."""

from shutil import get_terminal_size
from typing import TYPE_CHECKING

from danvan_xl.report.as_json import issue_as_json
from danvan_xl.report.tables import CellsOf, Table, TableRow
from danvan_xl.schema.columns import Column, Kind
from danvan_xl.schema.messages import Severity
from danvan_xl.schema.output_sheets import OutputSheet
from danvan_xl.screens.findings import findings_folded
from danvan_xl.screens.terminal import render_table

if TYPE_CHECKING:
    from danvan_xl.jobs.assign import AssignedFiles, Outcome

_USUAL_WIDTH = 120
_MOST_CHANGES = 8  # of one unit; JSON has them all
_SCREEN = OutputSheet(
    name="assigned",
    title="Sổ của các đơn vị",
    heading="SỔ GIAO CHO CÁC ĐƠN VỊ",
    signature=("code", "state"),
    columns=(
        Column("code", "Mã", Kind.CODE),
        Column("unit_name", "Đơn vị"),
        Column("state", "Sổ"),
        Column("target_count", "Kế hoạch giao", Kind.COUNT),
        Column("file", "Tệp"),
    ),
)
_cells = CellsOf(_SCREEN.columns)


def render_assigned(assigned: "AssignedFiles", width: int = 0) -> str:
    """Unit by unit what became of its workbook; `width` is that of the screen (0: ask)."""
    width = width or get_terminal_size((_USUAL_WIDTH, 0)).columns
    rows = tuple(
        TableRow(
            _cells(
                code=outcome.plan.unit.code,
                unit_name=outcome.plan.unit.name,
                state=outcome.state.value,
                target_count=outcome.plan.target_count,
                file=outcome.file,
            )
        )
        for outcome in assigned.outcomes
    )
    changed = [outcome for outcome in assigned.outcomes if outcome.changes]
    parts = [render_table(Table(_SCREEN, _SCREEN.columns, rows), width)]
    if changed:
        parts += ["", "Thay đổi so với sổ trước:"]
        parts += [line for outcome in changed for line in _changes(outcome)]
    if found := findings_folded(assigned.issues):
        parts += ["", *found]
    return "\n".join((*parts, "", what_was_assigned(assigned)))


def what_was_assigned(assigned: "AssignedFiles") -> str:
    """What was done in one sentence: how many workbooks, in which state, where."""
    states = dict.fromkeys(outcome.state for outcome in assigned.outcomes)
    counts = ", ".join(f"{assigned.count(state)} {state.value}" for state in states)
    errors = sum(item.severity is Severity.ERROR for item in assigned.issues)
    ending = f"; {errors} lỗi" if errors else ""
    return f"{len(assigned.outcomes)} sổ trong {assigned.folder}: {counts}{ending}."


def assigned_as_json(assigned: "AssignedFiles") -> dict[str, object]:
    """The same for other programs, every change among it."""
    return {
        "message": what_was_assigned(assigned),
        "folder": str(assigned.folder),
        "units": [
            {
                "code": outcome.plan.unit.code,
                "unit_name": outcome.plan.unit.name,
                "file": outcome.file,
                "state": outcome.state.value,
                "target_count": outcome.plan.target_count,
                "changes": [str(change) for change in outcome.changes],
            }
            for outcome in assigned.outcomes
        ],
        "issues": [issue_as_json(item) for item in assigned.issues],
    }


def _changes(outcome: "Outcome") -> list[str]:
    """A unit's changes one a line, the first few of many."""
    lines = [f"  {outcome.plan.unit.name} ({outcome.file}):"]
    lines += [f"    {change}" for change in outcome.changes[:_MOST_CHANGES]]
    if (rest := len(outcome.changes) - _MOST_CHANGES) > 0:
        lines.append(f"    … và {rest} thay đổi nữa (xem đủ bằng --json).")
    return lines
