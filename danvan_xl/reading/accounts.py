"""What was made of the sheets of a workbook in which no targets were found."""

from collections.abc import Iterator, Sequence

from danvan_xl.files.grid import HEAD_ROWS, Cell, Grid, is_blank
from danvan_xl.reading.header_words import loose_name
from danvan_xl.reading.headers import find_header, has_one_of, read_form, text_of
from danvan_xl.reading.month_headers import numbers_in
from danvan_xl.reading.records import Book
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import MONTH_NAMES, SHEETS, TARGETS
from danvan_xl.vietnamese.printed import listed
from danvan_xl.vietnamese.privacy import Typed

_FEWEST_CELLS = 3
_NEEDED = ("code", "indicator", "measure", "plan")
_MOST_SHOWN = 12


def account(grids: Sequence[Grid], book: Book) -> tuple[Issue, ...]:
    """A note on each sheet: what it was taken for, or what is missing in it."""
    return tuple(
        issue(Code.SHEET_ACCOUNT, book.place(grid.title), account=_sentence(_of_sheet(grid)))
        for grid in grids
        if not grid.hidden
    )


def _sentence(words: str) -> Typed:
    return Typed(words[:1].upper() + words[1:])


def _of_sheet(grid: Grid) -> str:
    header = find_header(grid, SHEETS)
    if header is not None:
        rows = sum(not all(map(is_blank, row)) for row in grid.rows[header.row :])
        return f"là trang {header.sheet.title}, tiêu đề ở hàng {header.row}, {rows} dòng"
    if len(read_form(grid, INFO)) >= _FEWEST_CELLS:
        return f"là trang {INFO.title}"
    if all(is_blank(cell) for row in grid.rows for cell in row):
        return "không có ô nào có chữ hay số (có thể chỉ có ảnh, hộp chữ)"
    best = max(_candidates(grid), key=lambda found: (len(found[1]), len(found[2])), default=None)
    if best is None:
        return "không thấy hàng nào giống tiêu đề bảng"
    number, known, other = best
    missing = [TARGETS[name].header for name in _NEEDED if name not in known]
    if not has_one_of(TARGETS, known):
        missing.append(TARGETS[MONTH_NAMES[0]].header)
    parts = [f"hàng {number} giống tiêu đề nhất"]
    if known:
        parts.append(f"nhận ra cột {_listed(TARGETS[name].header for name in known)}")
    if other:
        parts.append(f"không nhận ra {_listed(other)}")
    parts.append(f"còn thiếu {_listed(missing)}")
    if numbers := numbers_in(grid.rows[number - 1]):
        shown = ", ".join(map(str, numbers.values()))
        parts.append(f"các cột ghi số {shown}: nếu là tháng, ghi T1, T2… vào đầu cột")
    return "; ".join(parts)


def _candidates(grid: Grid) -> Iterator[tuple[int, list[str], list[str]]]:
    """Rows that may be headers: their number, the columns they name, and other texts."""
    for number, row in enumerate(grid.rows[:HEAD_ROWS], start=1):
        texts = [text_of(cell) for cell in row if _is_label(cell)]
        if len(texts) < _FEWEST_CELLS:
            continue
        names = [loose_name(TARGETS, text) for text in texts]
        known = list(dict.fromkeys(name for name in names if name is not None))
        yield number, known, [text for text, name in zip(texts, names, strict=True) if name is None]


def _is_label(cell: Cell) -> bool:
    return isinstance(cell, str) and not is_blank(cell)


def _listed(texts: Iterator[str] | Sequence[str]) -> str:
    return listed([f"'{text[:40]}'" for text in texts], _MOST_SHOWN, "cột")
