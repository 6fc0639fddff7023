"""Formulas of the template that somebody changed, found by their text.

What they show may still be right, and next month no longer. A formula is held against those of the
other rows of its column, of this or any former version of the template.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from danvan_xl.files.cells_xml import SheetFormulas
from danvan_xl.reading.records import Target, TargetSheet
from danvan_xl.reading.target_columns import SHOWN_NAMES
from danvan_xl.rollup.ratios import RatioRule, ratio_rules
from danvan_xl.schema.info_form import MONTH
from danvan_xl.schema.issues import Issue, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.sheets import MONTH_NAMES, REGISTER_OF, TARGETS
from danvan_xl.schema.sources import FromRegister, Ratio, parse_source
from danvan_xl.vietnamese.measures import is_share
from danvan_xl.vietnamese.printed import listed
from danvan_xl.vietnamese.privacy import Ours
from danvan_xl.vietnamese.text import match_key

_ROW = re.compile(r"(?<=[A-Za-z])\d+(?![\w(])")  # of a reference that moves with its row
_TEXT = re.compile(r'("(?:[^"]|"")*")')
_FEWEST = 3  # rows that say what the formula of a column is
_NAMED_CELLS = 8

_Groups = Mapping[object, Mapping[object, list[str]]]


def check_formula_texts(sheet: TargetSheet, formulas: SheetFormulas) -> Iterator[Issue]:
    """One finding for each column some of whose formulas are not those of the other rows.

    A sheet without the template's own formulas is left alone.
    """
    if not any(MONTH in text for text in formulas.texts.values()):
        return
    rows = {match_key(target.indicator.code): target.indicator for target in sheet.targets}
    ratios = ratio_rules(rows)
    for name in (*SHOWN_NAMES, *MONTH_NAMES):
        groups = _groups(sheet, formulas, name, ratios)
        odd = [cell for group in groups.values() for cell in _odd(group)]
        odd += [cell for cell in _without_its_word(sheet, formulas, name) if cell not in odd]
        if odd:
            field, cells = Ours(TARGETS[name].header), Ours(listed(odd, _NAMED_CELLS, "ô"))
            yield issue(Code.FORMULA_UNLIKE_OTHERS, sheet.at(odd[0]), field=field, cells=cells)


def _groups(
    sheet: TargetSheet, formulas: SheetFormulas, name: str, ratios: Mapping[str, RatioRule]
) -> _Groups:
    """The cells of a column by their formula, apart for each kind of row whose formulas are alike.

    Those of a register are alike in no two rows.
    """
    groups: dict[object, dict[object, list[str]]] = defaultdict(lambda: defaultdict(list))
    for target in sheet.targets:
        cell = sheet.cell(name, target)
        text = formulas.texts.get(cell, "")
        kind = _kind(target, ratios)
        if text and kind is not None:
            is_ratio = isinstance(parse_source(target.indicator.source), Ratio)
            groups[kind][_relative(text, target.row, is_ratio=is_ratio)].append(cell)
    return groups


def _kind(target: Target, ratios: Mapping[str, RatioRule]) -> object:
    """What rows have in common whose formulas are the same; None for a row from a register.

    Ratios are multiplied with what their measures ask for.
    """
    source = parse_source(target.indicator.source)
    if isinstance(source, FromRegister):
        return None
    if isinstance(source, Ratio):
        rule = ratios.get(match_key(target.indicator.code))
        return Ratio, None if rule is None else rule.factor
    return is_share(target.indicator.measure), target.indicator.adds


def _odd(cells_by_text: Mapping[object, list[str]]) -> list[str]:
    """The cells whose formula is not that of most of their kind."""
    counts = Counter({text: len(cells) for text, cells in cells_by_text.items()})
    if not counts:
        return []
    usual, count = counts.most_common(1)[0]
    if count < _FEWEST or count * 2 <= counts.total():
        return []
    return [cell for text, cells in cells_by_text.items() if text != usual for cell in cells]


def _without_its_word(sheet: TargetSheet, formulas: SheetFormulas, name: str) -> Iterator[str]:
    """The cells whose formula no longer names what it must: the period's month, the register."""
    for target in sheet.targets:
        cell = sheet.cell(name, target)
        text, word = formulas.texts.get(cell, ""), _word_of(target, name)
        if text and word.casefold() not in text.casefold():
            yield cell


def _word_of(target: Target, name: str) -> str:
    """What the formula of a cell must name; "" where nothing is certain."""
    source = parse_source(target.indicator.source)
    if name in MONTH_NAMES:
        return REGISTER_OF[source.register].title if isinstance(source, FromRegister) else ""
    is_ratio = isinstance(source, Ratio)
    return MONTH if name == "rating" or (name == "cumulative" and not is_ratio) else ""


def _relative(text: str, row: int, *, is_ratio: bool) -> object:
    """A formula as every row of its kind has it: without its row, and with which others it names.

    The rows of a ratio's parts stand anywhere. Spaces count only within a text.
    """
    plain = text if " " not in text else "".join(map(_without_spaces, _TEXT.split(text)))
    alike = _ROW.sub("#", plain.lstrip("=")).casefold()
    others = frozenset() if is_ratio else frozenset(map(int, _ROW.findall(plain))) - {row}
    return alike, frozenset(other - row for other in others)


def _without_spaces(part: str) -> str:
    return part if part.startswith('"') else part.replace(" ", "")
