"""What was made of the sheets of a workbook in which no targets were found."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from danvan_xl.files.grid import HEAD_ROWS, Cell, Grid, is_blank
from danvan_xl.reading.header_words import loose_name, year_in
from danvan_xl.reading.headers import find_header, has_one_of, read_form, text_of
from danvan_xl.reading.month_headers import numbers_in
from danvan_xl.reading.records import Book
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import MONTH_NAMES, SHEETS, TARGETS
from danvan_xl.vietnamese.periods import Period, parse_period
from danvan_xl.vietnamese.printed import listed
from danvan_xl.vietnamese.privacy import Typed
from danvan_xl.vietnamese.text import bare_key

_FEWEST_CELLS = 3
_NEEDED = ("code", "indicator", "measure", "plan")
_MOST_SHOWN = 12
_MOST_LETTERS = 40
# Headers of what was done, and what tells that another time or a share is meant.
_DONE = re.compile(r"\b(thuc hien|ket qua|dat duoc)\b")
_NOT_DONE = re.compile(r"\b(uoc|nam truoc|cung ky|so|ty le|ke hoach|luy ke)\b")
_TIME = re.compile(r"\b(\d{1,2} thang|thang \d{1,2}|quy [1-4ivx]+)\b")
_LEAVE = "để nguyên trang này"
_COPY = "chép số liệu vào trang Chỉ tiêu của mẫu"


class _Account(NamedTuple):
    """What a sheet was taken for, and the smallest change by which its targets would be found.

    `change` is "" where no change of headers would do.
    """

    words: str
    change: str = ""


def account(grids: Sequence[Grid], book: Book) -> tuple[Issue, ...]:
    """A note on each sheet: what it was taken for, or what is missing in it.

    Those that could be mended come first.
    """
    seen = [(grid, _of_sheet(grid, book)) for grid in grids if not grid.hidden]
    seen.sort(key=lambda item: not item[1].change)
    otherwise = _LEAVE if any(found.change for _, found in seen) else _COPY
    return tuple(
        issue(
            Code.SHEET_ACCOUNT,
            book.place(grid.title),
            account=_sentence(found.words),
            smallest=Typed(found.change or otherwise),
        )
        for grid, found in seen
    )


def _sentence(words: str) -> Typed:
    return Typed(words[:1].upper() + words[1:])


def _of_sheet(grid: Grid, book: Book) -> _Account:
    header = find_header(grid, SHEETS)
    if header is not None:
        rows = sum(not all(map(is_blank, row)) for row in grid.rows[header.row :])
        words = f"là trang {header.sheet.title}, tiêu đề ở hàng {header.row}, {rows} dòng"
        code = TARGETS["code"].header
        if header.sheet is TARGETS and "code" not in header.columns:
            add = f"thêm cột '{code}' vào hàng {header.row} và ghi mã chỉ tiêu ở từng dòng"
            return _Account(f"{words}, không có cột '{code}'", add)
        return _Account(words)
    if len(read_form(grid, INFO)) >= _FEWEST_CELLS:
        return _Account(f"là trang {INFO.title}")
    if all(is_blank(cell) for row in grid.rows for cell in row):
        return _Account("không có ô nào có chữ hay số (có thể chỉ có ảnh, hộp chữ)")
    best = max(_candidates(grid), key=lambda found: (len(found[1]), len(found[2])), default=None)
    if best is None:
        return _Account("không thấy hàng nào giống tiêu đề bảng")
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
    numbers = numbers_in(grid.rows[number - 1])
    if numbers:
        shown = ", ".join(map(str, numbers.values()))
        parts.append(f"có các cột ghi số {shown}")
    changes = _changes(number, known, other, book, are_numbered=bool(numbers))
    return _Account("; ".join(parts), "; ".join(changes))


def _changes(
    row: int, known: Sequence[str], other: Sequence[str], book: Book, *, are_numbered: bool
) -> Iterator[str]:
    """What has to be written into a header row: the name's column, and one of the months."""
    if "indicator" not in known:
        yield f"ghi '{TARGETS['indicator'].header}' vào đầu cột tên chỉ tiêu (hàng {row})"
    if has_one_of(TARGETS, known):
        return
    first, last = (TARGETS[MONTH_NAMES[at]].header for at in (0, -1))
    add = f"thêm cột {first} … {last} vào hàng {row} và ghi số vào đó"
    if are_numbered:
        yield f"nếu các số là tháng, ghi {first}, T2… vào đầu cột thay cho 1, 2…; nếu không, {add}"
    elif found := _done_column(other, book):
        header, period = found
        month = (
            f"thành '{TARGETS[MONTH_NAMES[period.month - 1]].header}'"
            if period
            else ("thành tháng của số đó, ví dụ 'T6'")
        )
        yield f"đổi đầu cột '{header[:_MOST_LETTERS]}' {month}, hoặc {add}"
    else:
        yield add


def _done_column(headers: Sequence[str], book: Book) -> tuple[str, Period | None] | None:
    """The header of what was done this year, and until when as far as that is known."""
    years = [year for header in headers if (year := year_in(header))]
    this_year = book.info.year or max(years, default=None)
    for header in headers:
        key = bare_key(header, " ")
        if not _DONE.search(key) or _NOT_DONE.search(key):
            continue
        if year_in(header) in (None, this_year):
            time = _TIME.search(key)
            return header, (parse_period(time[0]) if time else None) or book.info.period
    return None


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
    return listed([f"'{text[:_MOST_LETTERS]}'" for text in texts], _MOST_SHOWN, "cột")
