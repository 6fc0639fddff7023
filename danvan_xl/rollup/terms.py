"""What a total is made of: its addends, with the cells they come from."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan_xl.reading.records import Target, TargetSheet
from danvan_xl.rollup.ratios import BOTTOM, TOP
from danvan_xl.schema.sheets import MONTH_NAMES


class Term(NamedTuple):
    """One addend of a total: whose, for which months, from which cells of which sheet."""

    unit_name: str
    period: str
    value: Decimal
    sheet: str
    cells: str
    file: str = ""
    sha256: str = ""


def counted_once(repeated: Decimal) -> Term:
    """The term that takes off what was reported more than once under one code."""
    return Term("Trùng mã, tính một lần", "", -repeated, "", "")


def term_of(
    sheet: TargetSheet,
    target: Target,
    span: tuple[int, int],
    value: Decimal,
    source: tuple[str, str],
) -> Term:
    """The term of a row's months `span` (0-based, both included); `source` is (file, SHA-256)."""
    first, last = span
    cells = sheet.cell(MONTH_NAMES[first], target)
    period = f"T{first + 1}"
    if last != first:
        cells += f":{sheet.cell(MONTH_NAMES[last], target)}"
        period += f"-T{last + 1}"
    file, sha256 = source
    return Term(
        unit_name=sheet.unit_name,
        period=period,
        value=value,
        sheet=sheet.title,
        cells=cells,
        file=file,
        sha256=sha256,
    )


def ratio_terms(top: Sequence[Term], bottom: Sequence[Term]) -> tuple[Term, ...]:
    """What a ratio is made of: the terms of its numerator, then of its denominator."""
    return tuple(
        term._replace(period=f"{part} {term.period}".strip())
        for part, terms in ((TOP, top), (BOTTOM, bottom))
        for term in terms
    )
