"""A worksheet that takes the rows of a table as finished XML, many times faster than cell by cell.

Everything around the table goes through XlsxWriter's own methods. What is used of its inside
(the rows, the dimensions, the shared strings, the hyperlinks) is held by the tests of the summary.
"""

import re
from collections.abc import Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767  # Excel's limit for one cell
MOST_HYPERLINKS = 65_530  # Excel's limit for one sheet
LONGEST_ADDRESS = 2_079

_USES_STRING = ' t="s"><v>'


class LeanSheet(Worksheet):
    """A worksheet with a body of rows that are already XML."""

    # XlsxWriter declares these None and sets them later.
    str_table: Any
    fh: Any
    dim_rowmin: Any
    dim_rowmax: Any

    def __init__(self) -> None:
        super().__init__()
        self._body = ""
        self._body_first = self._row_count = 0
        self._indexes: dict[str, int] = {}
        self._links: list[tuple[str, str, str, str]] = []

    def set_body(self, first_row: int, rows: Sequence[str], last_column: int) -> None:
        """Put finished `<row>` elements at `first_row` (0-based) and below."""
        self._body, self._body_first = "".join(rows), first_row
        self._row_count = len(rows)
        # The table of shared strings tells how often the cells of all sheets use it.
        self.str_table.count += self._body.count(_USES_STRING)
        self._check_dimensions(first_row, 0)
        self._check_dimensions(first_row + len(rows) - 1, last_column)

    def string_index(self, text: str) -> int:
        """The place of a text among the workbook's shared strings."""
        index = self._indexes.get(text)
        if index is None:
            # There is no public way to a shared string.
            index = int(self.str_table._get_shared_string_index(_storable(text)))  # noqa: SLF001
            self.str_table.count -= 1  # set_body counts
            self._indexes[text] = index
        return index

    def add_link(self, cell: str, location: str, file: str = "", tip: str = "") -> None:
        """Make a cell of the body a hyperlink, unless it is beyond what Excel takes."""
        too_long = len(location) > LONGEST_ADDRESS or len(file) > LONGEST_ADDRESS
        if not too_long and len(self._links) < MOST_HYPERLINKS:
            self._links.append((cell, location, file, tip))

    def _write_rows(self) -> None:
        """Write the rows above the body, the body and the rows below it, in that order."""
        first, last = self.dim_rowmin, self.dim_rowmax
        if self._body:
            self.dim_rowmax = self._body_first - 1
            super()._write_rows()
            self.fh.write(self._body)
            self.dim_rowmin, self.dim_rowmax = self._body_first + self._row_count, last
        super()._write_rows()
        self.dim_rowmin = first

    def _write_hyperlinks(self) -> None:
        """Write the links of the body; all cells that lead to one file share its relationship."""
        if not self._links:
            return
        targets: dict[str, str] = {"": ""}
        parts = []
        for cell, location, file, tip in self._links:
            if file not in targets:
                self.rel_count += 1
                self.external_hyper_links.append(["/hyperlink", _safe(file), "External"])
                targets[file] = f' r:id="rId{self.rel_count}"'
            where = f' location="{_attribute(location)}"' if location else ""
            hint = f' tooltip="{_attribute(tip)}"' if tip else ""
            parts.append(f'<hyperlink ref="{cell}"{targets[file]}{where}{hint}/>')
        self.fh.write(f"<hyperlinks>{''.join(parts)}</hyperlinks>")


def style_index(style: Format) -> int:
    """The number by which the XML of a cell names its format."""
    index: int = style._get_xf_index()  # noqa: SLF001 - XlsxWriter shows it to its sheets only
    return index


def _storable(text: str) -> str:
    """A text that every reader of the file can take."""
    units = text.encode("utf-16-le", "replace")
    if len(units) > 2 * LONGEST_TEXT:
        units = units[: 2 * LONGEST_TEXT - 2] + "…".encode("utf-16-le")
    text = units.decode("utf-16-le", "replace")
    # XlsxWriter would take such a text for markup of its own.
    return text + " " if text.startswith("<r>") and text.endswith("</r>") else text


def _attribute(text: str) -> str:
    """A text as the value of an XML attribute."""
    return text if _HARMLESS(text) else _safe(text).translate(_ESCAPES)


def _safe(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text).encode("utf-8", "replace").decode("utf-8")


_HARMLESS = re.compile(r"[\w !'.,()-]*").fullmatch
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})
_FORBIDDEN = re.compile("[\x00-\x1f\ufffe\uffff]")
