"""Cells and findings as plain text, for people at a screen and for programs."""

import datetime as dt
import unicodedata
from decimal import Decimal

from danvan_xl.report.csv_text import points_text
from danvan_xl.report.tables import Estimate, Goal, Link, PlaceLink, Points, ReportCell, Share
from danvan_xl.schema.issues import Issue
from danvan_xl.vietnamese.printed import show_date, show_share, vietnamese_number


def issue_as_json(item: Issue) -> dict[str, str]:
    """One finding for other programs."""
    return {
        "severity": item.severity.value,
        "code": item.code.label,
        "unit_name": item.unit_name,
        "file": item.place.file,
        "sheet": item.place.sheet,
        "cell": item.place.cell,
        "message": item.message,
        "remedy": item.remedy,
    }


def plain_text(cell: ReportCell) -> str:
    """A cell in the words and figures a person reads, in one line."""
    if isinstance(cell, Link):
        return plain_text(cell.value)
    if isinstance(cell, PlaceLink):
        return plain_text(cell.text)
    if isinstance(cell, Share):
        return "" if cell.value is None else show_share(cell.value)
    if isinstance(cell, dt.date):
        return show_date(cell)
    return _figure(cell) or (" ".join(_printable(cell).split()) if isinstance(cell, str) else "")


def _figure(cell: ReportCell) -> str:
    """A number as printed, with the words beside it, "" for anything else."""
    if isinstance(cell, Goal):
        return f"{cell.kind} {vietnamese_number(cell.value)}"
    if isinstance(cell, Points):
        return points_text(cell)
    if isinstance(cell, Estimate):
        return f"{cell.bound} {vietnamese_number(cell.value)}"
    return vietnamese_number(cell) if isinstance(cell, Decimal | int) else ""


def _printable(text: str) -> str:
    """A text in NFC without the characters that would command the terminal."""
    return "".join(
        " " if unicodedata.category(char) == "Cc" else char
        for char in unicodedata.normalize("NFC", text)
    )
