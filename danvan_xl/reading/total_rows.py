"""Rows of totals in sheet Chỉ tiêu: they do not count, and are held against what they add up."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from danvan_xl.reading.figure import Figure
from danvan_xl.reading.records import Target
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import MONTH_NAMES
from danvan_xl.vietnamese.privacy import Typed

TOTALLED_NAMES = ("plan", *MONTH_NAMES)


def totals_that_differ(
    rows: Sequence[Target],
    stated: Mapping[str, Figure],
    words: str,
    place: Callable[[str], Place],
) -> Iterator[Issue]:
    """A warning for each figure of a row of totals that is not the sum of the rows above it.

    `stated` are its figures by column name, `words` is what it is called, `place` tells where a
    column of it stands.
    """
    for name in TOTALLED_NAMES:
        cells = [
            target.plan if name == "plan" else target.months[MONTH_NAMES.index(name)]
            for target in rows
        ]
        parts = [figure.value for figure in cells if figure.value is not None]
        total = stated[name].value
        if total is not None and parts and sum(parts) != total:
            values = {"stated": total, "total": sum(parts, Decimal(0))}
            yield issue(Code.TOTAL_ROW_DIFFERS, place(name), value=Typed(words), **values)
