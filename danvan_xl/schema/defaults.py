"""What blank cells of Chiều, Cộng kỳ and Tổng hợp were taken for, said the same way everywhere."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from danvan_xl.schema.adding import named_direction
from danvan_xl.schema.indicators import CHOICE_NAMES, DefaultedRow, Indicator
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import MonthRule, UnitRule
from danvan_xl.schema.sheets import TARGETS
from danvan_xl.vietnamese.privacy import Ours

_LONGEST = 560  # letters of a list of rows; codes alone beyond
_SUMS: dict[str, str] = {"month_rule": MonthRule.SUM, "unit_rule": UnitRule.SUM}


class Told(NamedTuple):
    """What is to be said about some rows; the first of them, and the column it is about."""

    code: Code
    rows: Ours
    first: DefaultedRow
    column: str


def defaults_told(rows: Iterable[DefaultedRow]) -> Iterator[Told]:
    """What the words of rows that left a choice blank have decided."""
    blank = [row for row in rows if row.left_blank]
    asked = [row for row in blank if _is_asked(row)]
    if asked:
        listed = _by_choice(asked, ["direction"])
        yield Told(Code.DIRECTION_BY_NAME, listed, asked[0], "direction")
    unadded = [row for row in blank if _is_unadded(row)]
    if unadded:
        column = next(name for name in CHOICE_NAMES[1:] if name in unadded[0].left_blank)
        yield Told(Code.ADDED_BY_NAME, _by_choice(unadded, CHOICE_NAMES[1:]), unadded[0], column)


def sums_that_cannot_be(indicators: Iterable[Indicator]) -> Ours | None:
    """The indicators that do not add and say Cộng all the same, None without any."""
    rows = [
        DefaultedRow(0, indicator, frozenset(columns))
        for indicator in indicators
        if not indicator.adds and not indicator.source
        if (columns := [name for name in _SUMS if indicator.said(name) == _SUMS[name]])
    ]
    return Ours(_groups(rows, CHOICE_NAMES, with_numbers=False)) if rows else None


def plain_defaults(rows: Iterable[DefaultedRow]) -> str:
    """The rows of which a blank choice means what it always does, "" without any."""
    plain = [
        row._replace(left_blank=frozenset(_plain_choices(row))) for row in rows if row.left_blank
    ]
    return _groups(plain, CHOICE_NAMES, with_numbers=True)


def _plain_choices(row: DefaultedRow) -> Iterator[str]:
    for name in row.left_blank:
        is_told = _is_asked(row) if name == "direction" else _is_unadded(row)
        if not is_told:
            yield name


def _is_asked(row: DefaultedRow) -> bool:
    return "direction" in row.left_blank and named_direction(row.indicator.indicator).is_asked


def _is_unadded(row: DefaultedRow) -> bool:
    return bool(row.left_blank & set(CHOICE_NAMES[1:])) and not row.indicator.adds


def _by_choice(rows: Sequence[DefaultedRow], names: Sequence[str]) -> Ours:
    listed = _groups(rows, names, with_numbers=True)
    return Ours(listed if len(listed) < _LONGEST else _groups(rows, names, with_numbers=False))


def _groups(rows: Sequence[DefaultedRow], names: Sequence[str], *, with_numbers: bool) -> str:
    """The rows of each choice: "Cộng kỳ là Cuối kỳ: VX03 (dòng 5); Tổng hợp là Không: …"."""
    groups: dict[str, list[str]] = {}
    for name in names:
        for row in rows:
            if name in row.left_blank:
                label = f"{TARGETS[name].header} là {row.indicator.said(name)}"
                number = f" (dòng {row.number})" if with_numbers else ""
                groups.setdefault(label, []).append(f"{row.indicator.code}{number}")
    return "; ".join(f"{label}: {', '.join(codes)}" for label, codes in groups.items())
