"""Columns that no rule knows by name, in the tables that show them and for other programs."""

from collections.abc import Iterable, Mapping

from danvan_xl.reading.entries import Entry, plain_entry
from danvan_xl.reading.figure import Figure
from danvan_xl.report.tables import ReportCell
from danvan_xl.schema.columns import Column
from danvan_xl.schema.sheets import TARGETS, UNITS
from danvan_xl.vietnamese.printed import vietnamese_number

SHOWN_OF_TARGETS = tuple(column for column in TARGETS.columns if column.shown_in_summary)
SHOWN_OF_UNITS = tuple(column for column in UNITS.columns if column.shown_in_summary)


def further_cells(columns: Iterable[Column], further: Mapping[str, Entry]) -> dict[str, ReportCell]:
    """The cells of such columns in a row, by name."""
    return {column.name: _cell(further.get(column.name)) for column in columns}


def _cell(entry: Entry | None) -> ReportCell:
    if isinstance(entry, Figure) and entry.value is not None and entry.bound:
        return f"{entry.bound} {vietnamese_number(entry.value)}"
    return plain_entry(entry)
