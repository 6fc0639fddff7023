"""Notes on faulty cells: put there by Kiểm tra, found by Đi tới ô lỗi, taken away again.

Ours begin with a mark; a note of the officer's is never touched, nor written over.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from danvan_xl.excel.press import TITLE
from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Severity
from danvan_xl.screens.findings import findings_folded
from danvan_xl.writing.links import CELLS

_MARK = f"[{TITLE}] "
_WORTH = (Severity.ERROR, Severity.WARNING)
_MOST_LINES = 8


class Marked(NamedTuple):
    """How many cells bear a note now, and what is said about other places, a line each."""

    marked: int
    elsewhere: tuple[str, ...]


def unmark(book: Any) -> None:
    """Take every note of ours away."""
    for sheet in book.sheets:
        for note in reversed(list(sheet.notes)):
            if note.text.startswith(_MARK):
                note.delete()


def mark(book: Any, issues: Iterable[Issue]) -> Marked:
    """Put a note on each faulty cell of an open workbook."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    by_cell: dict[tuple[str, str], list[Issue]] = {}
    unmarked: list[Issue] = []
    for item in issues:
        cell = CELLS.match(item.place.cell)
        if item.severity in _WORTH and item.place.sheet in sheets and cell is not None:
            first = cell.group().partition(":")[0]
            by_cell.setdefault((item.place.sheet, first), []).append(item)
        else:
            unmarked.append(item)
    taken = {
        (title, note.location.get_address(False, False))
        for title, sheet in sheets.items()
        for note in sheet.notes
    }
    marked, elsewhere = 0, list[str]()
    for (title, address), items in by_cell.items():
        if (title, address) in taken:
            where = f"{title}!{address} (ô đã có ghi chú riêng)"
            elsewhere += (f"{where}: {_line(item)}" for item in items)
            continue
        sheets[title].range(address).add_note(_MARK + "\n".join(map(_line, items)))
        marked += 1
    elsewhere += findings_folded(unmarked)
    if (rest := len(elsewhere) - _MOST_LINES) > 0:
        elsewhere[_MOST_LINES:] = [f"… và {rest} loại nữa ở trang Lỗi số liệu khi tổng hợp."]
    return Marked(marked, tuple(elsewhere))


def next_mark(book: Any) -> Any | None:
    """The next cell with a note of ours after the selected one; the first after the last."""
    cells = list(_marked_cells(book))
    here = _here(book)
    later = (cell for cell in cells if _position(cell) > here)
    return next(later, cells[0] if cells else None)


def _marked_cells(book: Any) -> Iterator[Any]:
    for sheet in book.sheets:
        notes = [note.location for note in sheet.notes if note.text.startswith(_MARK)]
        yield from sorted(notes, key=_position)


def _position(cell: Any) -> tuple[int, int, int]:
    return cell.sheet.index, cell.row, cell.column


def _here(book: Any) -> tuple[int, int, int]:
    selection = book.app.selection
    return (0, 0, 0) if selection is None else _position(selection)


def _line(item: Issue) -> str:
    return f"{item.severity.value} {item.code.label}: {item.message} → {item.remedy}"
