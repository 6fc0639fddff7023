"""Which line of a sheet of targets stands where: work fields, their indicators, spare lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from danvan_xl.files.grid import column_letter
from danvan_xl.outgoing.contents import TargetRow
from danvan_xl.outgoing.formulas import TargetArea
from danvan_xl.schema.columns import WORK_FIELDS
from danvan_xl.schema.sheets import TARGETS
from danvan_xl.vietnamese.text import match_key
from danvan_xl.writing.template.heading import HEADER_ROW

SPARE_LINES = 10
MEASURE_SIZE = 11  # points; long measures still fit on one line
LETTERS = {column.name: column_letter(index) for index, column in enumerate(TARGETS.columns)}
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A line that opens a work field, with its Roman numeral."""

    numeral: str
    work_field: str


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A line of an indicator; `index` is its place among the rows given, None for a spare line."""

    index: int | None = None


TemplateLine = HeadingLine | TargetLine


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a sheet from the row below the header on; rows are as Excel numbers them."""

    lines: tuple[TemplateLine, ...]
    row_of_code: dict[str, int]

    @property
    def first_row(self) -> int:
        """The row of the first line."""
        return HEADER_ROW + 2

    @property
    def last_row(self) -> int:
        """The row of the last line."""
        return self.first_row + len(self.lines) - 1

    def area(self, title: str) -> TargetArea:
        """The block of lines on the sheet called `title`."""
        return TargetArea(title, LETTERS, self.first_row, self.last_row)


def arrange(targets: Sequence[TargetRow], spare_lines: int = SPARE_LINES) -> Lines:
    """The lines in which rows are written: those of no field first, then field by field.

    Below them come spare ones.
    """
    fields = {match_key(name): position for position, name in enumerate(WORK_FIELDS, start=1)}
    groups: dict[str, list[int]] = {}
    for index, row in enumerate(targets):
        groups.setdefault(row.indicator.work_field, []).append(index)
    lines: list[TemplateLine] = [TargetLine(index) for index in groups.pop("", [])]
    ordered = sorted(groups, key=lambda name: fields.get(match_key(name), len(fields) + 1))
    for numeral, name in zip(_NUMERALS, ordered, strict=False):
        lines.append(HeadingLine(numeral, name))
        lines += map(TargetLine, groups[name])
    lines += [TargetLine()] * spare_lines
    rows = {
        match_key(targets[line.index].indicator.code): row
        for row, line in enumerate(lines, start=HEADER_ROW + 2)
        if isinstance(line, TargetLine) and line.index is not None
    }
    return Lines(tuple(lines), rows)
