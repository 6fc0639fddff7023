"""What a second look at a sheet's formulas tells: errors, lost values, formulas typed over."""

from collections.abc import Iterable, Iterator

from danvan_xl.checks.formula_texts import check_formula_texts
from danvan_xl.files.cells_xml import SheetFormulas
from danvan_xl.files.grid import is_blank
from danvan_xl.reading.records import Target, TargetSheet
from danvan_xl.reading.register_table import RegisterRows
from danvan_xl.reading.target_columns import FIGURE_NAMES, SHOWN_NAMES
from danvan_xl.reading.unread_cells import error_said
from danvan_xl.schema.indicators import FURTHER_COLUMNS
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import MONTH_NAMES, TARGETS
from danvan_xl.schema.sources import FromRegister, Ratio, parse_source
from danvan_xl.vietnamese.privacy import Ours

# The columns of a sheet of targets in which an error or a lost value is told.
_READ_NAMES = tuple(dict.fromkeys((*FIGURE_NAMES, *(column.name for column in FURTHER_COLUMNS))))


def is_suspect(sheet: TargetSheet, found: Iterable[Issue]) -> bool:
    """Whether a sheet's formulas deserve a second look, from its values and the findings on them.

    An error, or a formula without its value, among the months shows in the row's own rating: it is
    blank then, or wrong. A sheet whose every row shows the right results hides neither.
    """
    if any("rating" not in target.shown for target in sheet.targets):
        return True
    return any(item.code is Code.FORMULA_ALTERED for item in found)


def check_formulas(sheet: TargetSheet, formulas: SheetFormulas) -> Iterator[Issue]:
    """What the formulas of a sheet of targets give away that its values do not."""
    if not formulas.is_known:
        return
    yield from _figure_cells(sheet, formulas)
    yield from _computed_cells(sheet, formulas)
    yield from check_formula_texts(sheet, formulas)
    lost = [
        cell
        for target in sheet.targets
        for cell in _computed(sheet, target)
        if cell in formulas.uncached
    ]
    if lost:
        place = sheet.at(lost[0])
        yield issue(Code.FORMULAS_NOT_CALCULATED, place, count=len(lost))


def check_register_formulas(table: RegisterRows, formulas: SheetFormulas) -> Iterator[Issue]:
    """Cells of a register that look blank but hold an error, or a formula with no value."""
    if not formulas.errors and not formulas.uncached:
        return
    typed = (column for column in table.form.sheet.columns if not column.computed)
    letters = [table.letters[column.name] for column in typed if column.name in table.letters]
    for row in table.rows:
        for letter in letters:
            cell = f"{letter}{row}"
            place = table.at(cell)
            if cell in formulas.errors:
                yield issue(Code.NUMBER_IS_ERROR, place, value=error_said(formulas.errors[cell]))
            elif cell in formulas.uncached:
                yield issue(Code.FORMULA_WITHOUT_VALUE, place)


def _figure_cells(sheet: TargetSheet, formulas: SheetFormulas) -> Iterator[Issue]:
    """Cells for figures that look blank but hold an error, or a formula without its value."""
    if not formulas.errors and not formulas.uncached:
        return
    for target in sheet.targets:
        own = set(_computed(sheet, target))
        for name in _READ_NAMES:
            cell = sheet.cell(name, target)
            place = sheet.at(cell)
            if cell in own:
                continue
            if cell in formulas.errors:
                yield issue(Code.NUMBER_IS_ERROR, place, value=error_said(formulas.errors[cell]))
            elif cell in formulas.uncached:
                yield issue(Code.FORMULA_WITHOUT_VALUE, place)


def _computed_cells(sheet: TargetSheet, formulas: SheetFormulas) -> Iterator[Issue]:
    """Template cells whose formula somebody typed a value over.

    A sheet where no row has a formula in that column is not from the template: nothing was lost.
    """
    for name in SHOWN_NAMES:
        cells = [sheet.cell(name, target) for target in sheet.targets]
        if formulas.cells.isdisjoint(cells):
            continue
        for target, cell in zip(sheet.targets, cells, strict=True):
            typed_over = cell not in formulas.cells and not is_blank(target.shown.get(name))  # type: ignore[arg-type]
            if typed_over:
                place = sheet.at(cell)
                yield issue(Code.FORMULA_OVERWRITTEN, place, field=Ours(TARGETS[name].header))


def _computed(sheet: TargetSheet, target: Target) -> list[str]:
    """The cells of a row that the template computes: its results, and a ratio's months."""
    names = list(SHOWN_NAMES)
    if isinstance(parse_source(target.indicator.source), Ratio | FromRegister):
        names += MONTH_NAMES
    return [cell for name in names if (cell := sheet.cell(name, target))]
