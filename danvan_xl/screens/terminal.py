"""Tables and pages on the screen of a terminal: plain text in columns that stay aligned."""

import unicodedata
from collections.abc import Sequence

from danvan_xl.report.as_json import plain_text
from danvan_xl.report.tables import BigNumbers, Page, Sentences, SmallTable, Table
from danvan_xl.schema.columns import Column, Kind

_GAP = "  "
_NARROWEST = 15  # the longest rating, whole
_RIGHT = (Kind.NUMBER, Kind.SHARE, Kind.COUNT)
# Columns that give way on a narrow screen, in this order; then those at the right end.
_DISPENSABLE = (
    "note",
    "last_year",
    "growth",
    "sheet",
    "prepared_on",
    "unmet",
    "measure",
    "issue_code",
    "file",
    "reported",
    "gap",
    "number",
)


def render_table(table: Table, width: int) -> str:
    """One table as text at most `width` columns wide: title, header, rows, notes."""
    lines = [_cut(table.sheet.heading or table.sheet.title, width)]
    if table.rows:
        lines += _render_rows(table, width)
    else:
        lines.append(table.when_empty)
    return "\n".join((*lines, *table.notes))


def render_page(page: Page, width: int) -> str:
    """A page as text at most `width` columns wide: its title, then block after block."""
    lines = [_cut(page.sheet.heading or page.sheet.title, width)]
    for block in page.blocks:
        if isinstance(block, BigNumbers):
            lines += [f"{item.label}: {plain_text(item.value)}" for item in block.numbers]
            continue
        lines.append(_cut(block.title, width))
        if isinstance(block, Sentences):
            lines += [f"- {sentence}" for sentence in block.sentences]
        else:
            lines += (*_render_rows(block, width), *block.notes)
    return "\n".join(lines)


def _render_rows(table: Table | SmallTable, width: int) -> list[str]:
    """The header, a rule and the rows, with as many columns as the screen holds."""
    texts = [[plain_text(cell) for cell in row.cells] for row in table.rows]
    headers = [column.header for column in table.columns]
    in_columns = (text for text, row in zip(texts, table.rows, strict=True) if not row.is_heading)
    needed = [max(map(text_width, column)) for column in zip(headers, *in_columns, strict=True)]
    shown = _shown_columns(table.columns, needed, width)
    widths = _squeezed([needed[position] for position in shown], width)
    columns = [
        (position, column_width, table.columns[position].kind in _RIGHT)
        for position, column_width in zip(shown, widths, strict=True)
    ]
    lines = [_line(headers, columns), _GAP.join("─" * column_width for column_width in widths)]
    for row, text in zip(table.rows, texts, strict=True):
        words = " ".join(filter(None, text))  # of a heading, free of the columns
        lines.append(_cut(words, width) if row.is_heading else _line(text, columns))
    hidden = len(table.columns) - len(shown)
    return [*lines, f"… và {hidden} cột nữa trong tệp."] if hidden else lines


def _shown_columns(columns: Sequence[Column], needed: Sequence[int], width: int) -> list[int]:
    """The positions of the columns that fit the screen when long texts are cut."""
    least = [min(column_width, _NARROWEST) for column_width in needed]
    shown = list(range(len(columns)))
    ranks = {name: rank for rank, name in enumerate(_DISPENSABLE)}
    dispensable = [position for position in shown if columns[position].name in ranks]
    dispensable.sort(key=lambda position: ranks[columns[position].name])
    while len(shown) > 1 and _total([least[position] for position in shown]) > width:
        shown.remove(dispensable.pop(0) if dispensable else shown[-1])
    return shown


def _squeezed(needed: Sequence[int], width: int) -> list[int]:
    """The widths of columns on the screen, the widest giving way first."""
    widths = list(needed)
    excess = _total(widths) - width
    for _ in range(excess):
        widest = max(range(len(widths)), key=widths.__getitem__)
        widths[widest] = max(widths[widest] - 1, 1)
    return widths


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _line(texts: Sequence[str], columns: Sequence[tuple[int, int, bool]]) -> str:
    """The cells of one row; each column is its position, its width and if it ends right."""
    cells = (
        _pad(_cut(texts[position], width), width, to_right) for position, width, to_right in columns
    )
    return _GAP.join(cells).rstrip()


def text_width(text: str) -> int:
    """How many columns of the screen a text takes; marks on a letter take none."""
    return sum(map(_char_width, text))


def _char_width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _cut(text: str, width: int) -> str:
    """A text that fits `width`, its end replaced by "…" where it does not."""
    if text_width(text) <= width:
        return text
    kept, used = [], 1
    for char in text:
        used += _char_width(char)
        if used > width:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def _pad(text: str, width: int, to_right: bool) -> str:
    blanks = " " * (width - text_width(text))
    return blanks + text if to_right else text + blanks
