"""Checks on indicators fed from a register: the sheet shows what the register gives."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from danvan_xl.files.cells_xml import SheetFormulas
from danvan_xl.reading.figure import Figure
from danvan_xl.reading.records import Target, TargetSheet
from danvan_xl.reading.unread_cells import measure_said
from danvan_xl.rollup.from_registers import Derived, can_be_had, differing_months
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import MONTH_NAMES, REGISTER_OF
from danvan_xl.schema.sources import register_source
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.vietnamese.privacy import Ours
from danvan_xl.vietnamese.text import match_key

FormulasOf = Callable[[str], SheetFormulas]


def check_sources(
    sheet: TargetSheet,
    derived: Mapping[str, Derived],
    formulas_of: FormulasOf,
    *,
    thorough: bool = False,
) -> Iterator[Issue]:
    """Where the months of a sheet are not what its registers give.

    Formulas are looked at where figures differ, and everywhere when `thorough`: a figure typed over
    a formula is told even if it is the right one.
    """
    for found in derived.values():
        if found.excluded:
            yield _excluded(found)
        if found.unknown:
            yield _unknown(found)
    for target in sheet.targets:
        source = register_source(target.indicator.source)
        if source is None:
            continue
        own = derived.get(match_key(target.indicator.code))
        if own is None:
            if can_be_had(source, target.indicator):
                yield from _typed_instead(sheet, target, REGISTER_OF[source.register].title)
            continue
        different = differing_months(target, own)
        if different or thorough:
            yield from _months(sheet, target, own, formulas_of(sheet.title), different)


def _typed_instead(sheet: TargetSheet, target: Target, title: str) -> Iterator[Issue]:
    """A warning where figures are typed although they are to come from an empty register."""
    for name, figure in zip(MONTH_NAMES, target.months, strict=True):
        if figure.value is not None:
            place = sheet.place(name, target)
            yield issue(Code.SOURCE_EMPTY, place, register=Ours(title))
            return


def _excluded(found: Derived) -> Issue:
    table = found.table
    column = table.form.column(found.source.column).measure_column
    letter = table.letters.get(column, "A")
    cells = ", ".join(f"{letter}{table.rows[row]}" for row in found.excluded[:8])
    return issue(
        Code.SOURCE_MEASURE_DIFFERS,
        table.place(column, found.excluded[0]),
        count=len(found.excluded),
        register=Ours(table.form.title),
        measure=measure_said(found.measure),
        cells=Ours(cells),
    )


def _unknown(found: Derived) -> Issue:
    """The rows that should be added up, none of which has a figure."""
    table, column = found.table, found.source.column
    letter = table.letters.get(column, "A")
    return issue(
        Code.SOURCE_WITHOUT_FIGURES,
        table.place(column, found.unknown[0]),
        count=len(found.unknown),
        register=Ours(table.form.title),
        field=Ours(table.form.column(column).header),
        cells=Ours(", ".join(f"{letter}{table.rows[row]}" for row in found.unknown[:8])),
    )


def _months(
    sheet: TargetSheet,
    target: Target,
    found: Derived,
    formulas: SheetFormulas,
    different: Sequence[int],
) -> Iterator[Issue]:
    """One finding for months typed over, one for formulas that show something else."""
    cells = [sheet.cell(name, target) for name in MONTH_NAMES]
    filled = [month for month, figure in enumerate(target.months) if figure.value is not None]
    has_formulas = formulas.is_known and found.is_monthly
    typed = [month for month in filled if has_formulas and cells[month] not in formulas.cells]
    stale = [month for month in different if month not in typed]
    for code, months in ((Code.SOURCE_TYPED_OVER, typed), (Code.SOURCE_DIFFERS, stale)):
        if not months:
            continue
        first = next((month for month in months if month in different), months[0])
        yield issue(
            code,
            sheet.at(cells[first]),
            register=Ours(found.table.form.title),
            value=_spoken(target.months[first]),
            read=_spoken(found.figure_at(first)),
            cells=Ours(", ".join(cells[month] for month in months)),
        )


def _spoken(figure: Figure) -> Ours:
    if figure.value is None:
        return Ours("trống")
    return Ours(f"{figure.bound} {vietnamese_number(figure.value)}".strip())
