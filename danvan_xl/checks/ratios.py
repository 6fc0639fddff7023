"""Checks on rows that are worked out from others: ratios, weighted means, counts of units."""

from collections.abc import Iterator, Mapping, Sequence

from danvan_xl.reading.figure import Figure
from danvan_xl.reading.records import Target, TargetSheet
from danvan_xl.rollup.counts import is_unit_word
from danvan_xl.rollup.ratio_lines import printed_quotient
from danvan_xl.rollup.ratios import (
    Definitions,
    RatioRule,
    can_be,
    closeness,
    ratio_rule,
    ratio_source,
    rule_by_source,
    weight_key,
)
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.rollup.tally import HUNDRED, Scope, UnitFigure
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.issues import NOWHERE, Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.schema.options import UnitRule
from danvan_xl.schema.sources import Weighted, codes_in, parse_source
from danvan_xl.vietnamese.limits_of_figures import is_of_a_whole
from danvan_xl.vietnamese.measures import is_share
from danvan_xl.vietnamese.numbers import State
from danvan_xl.vietnamese.printed import vietnamese_number
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import match_key

_NAMED = 5
# What has the size of one unit, whatever there are.
_OF_ONE = frozenset((UnitRule.MEAN, UnitRule.LARGEST, UnitRule.SMALLEST))


def check_ratios(
    sheet: TargetSheet, figures: Mapping[str, UnitFigure], scope: Scope
) -> Iterator[Issue]:
    """What a unit typed where its figure is worked out from others, or lacks what weighs it."""
    for target in sheet.targets:
        key = match_key(target.indicator.code)
        figure, definition = figures.get(key), scope.definitions.get(key)
        if figure is None or definition is None or not definition.source:
            continue
        if (rule := ratio_rule(definition, scope.definitions)) is not None:
            place = _place(sheet, target, figure)
            yield from _ratio(place, figure, rule, figures, scope.definitions)
        elif (weight := weight_key(definition)) is not None and figure.actual is not None:
            found = figures.get(weight)
            is_sent = figure.parts is not None and figure.parts.weighted is not None
            if not is_sent and (found is None or found.actual is None or found.actual < 0):
                yield issue(
                    Code.WEIGHT_MISSING,
                    _place(sheet, target, figure),
                    code=Ours(definition.code),
                    value=figure.actual,
                    weight=Ours(_code(weight, scope.definitions)),
                )


def _ratio(
    place: Place,
    figure: UnitFigure,
    rule: RatioRule,
    figures: Mapping[str, UnitFigure],
    definitions: Definitions,
) -> Iterator[Issue]:
    """What is odd about one ratio of a unit."""
    code = Ours(definitions[figure.code].code)
    missing = [part for part in rule[:2] if (f := figures.get(part)) is None or f.actual is None]
    if figure.stated is not None and figure.actual is not None:
        if figure.actual == figure.stated:
            names = ", ".join(_code(part, definitions) for part in missing or rule[:2])
            yield issue(
                Code.RATIO_PARTS_MISSING, place, code=code, value=figure.stated, parts=Ours(names)
            )
        else:
            yield _stated(place, figure, rule, definitions)
    is_whole = is_of_a_whole(definitions[figure.code].indicator)
    if not missing and is_whole and _is_over(figure, definitions[figure.code]):
        values = {"code": code, "top": Ours(_code(rule.numerator, definitions))}
        values["bottom"] = Ours(_code(rule.denominator, definitions))
        yield issue(Code.RATIO_OVER_100, place, value=_shortened(figure), **values)


def _stated(place: Place, figure: UnitFigure, rule: RatioRule, definitions: Definitions) -> Issue:
    """A finding that tells a typed share from what its two rows come to."""
    assert figure.stated is not None
    assert figure.actual is not None
    is_cut = not figure.bound and closeness(figure.stated, figure.actual).is_cut
    return issue(
        Code.RATIO_STATED_CUT if is_cut else Code.RATIO_STATED_DIFFERS,
        place,
        code=Ours(definitions[figure.code].code),
        value=figure.stated,
        top=Ours(_code(rule.numerator, definitions)),
        bottom=Ours(_code(rule.denominator, definitions)),
        read=_shortened(figure),
    )


def _is_over(figure: UnitFigure, definition: Indicator) -> bool:
    is_over = figure.actual is not None and figure.actual > HUNDRED
    return is_over and is_share(definition.measure)


def _shortened(figure: UnitFigure | SummaryLine) -> Ours:
    """A worked out figure without the long tail of a division."""
    assert figure.actual is not None
    value = figure.actual
    value = value if value == value.to_integral_value() else round(value, 2)
    return Ours(f"{figure.bound} {vietnamese_number(value)}".strip())


def _place(sheet: TargetSheet, target: Target, figure: UnitFigure) -> Place:
    """The cell that was typed, else that of the cumulative figure."""
    if figure.stated_term is not None:
        return sheet.at(figure.stated_term.cells)
    if len(figure.terms) == 1:
        return sheet.at(figure.terms[0].cells)
    return sheet.place("cumulative", target)


def _code(key: str, definitions: Definitions) -> str:
    return definitions[key].code if key in definitions else key.upper()


def check_rules(sheet: TargetSheet, scope: Scope) -> Iterator[Issue]:
    """Where a row's Tổng hợp, or the ĐVT of its parts, do not fit its Nguồn; rows it lacks."""
    for target in sheet.targets:
        written = target.indicator
        if not written.source:
            if written.unit_rule is UnitRule.RATIO:
                yield issue(Code.RATIO_WITHOUT_PARTS, sheet.place("source", target))
            continue
        lacks = list(_parts_it_lacks(sheet, target, scope))
        yield from lacks
        used = rule_by_source(written)
        place = sheet.place("unit_rule", target)
        if used is not written.unit_rule and "unit_rule" not in target.left_blank:
            values = {"value": Ours(written.unit_rule), "used": Ours(used)}
            yield issue(Code.UNIT_RULE_BY_SOURCE, place, **values)
        elif isinstance(parse_source(written.source), Weighted) and used is not UnitRule.MEAN:
            yield issue(Code.WEIGHT_UNUSED, place, value=Ours(used))
        rule = ratio_rule(written, scope.definitions)
        if rule is None or lacks:
            continue
        top, bottom = (scope.definitions[code] for code in rule[:2])
        if used is UnitRule.RATIO and _of_other_rules(top, bottom):
            yield issue(
                Code.RATIO_RULES_DIFFER,
                place,
                code=Ours(written.code),
                top=Ours(f"{top.code} ('{top.unit_rule}')"),
                bottom=Ours(f"{bottom.code} ('{bottom.unit_rule}')"),
            )
        if rule.factor is None:
            yield issue(
                Code.RATIO_MEASURES,
                sheet.place("measure", target),
                code=Ours(written.code),
                value=Ours(written.measure),
                top=Ours(f"{top.code} ({top.measure or 'trống'})"),
                bottom=Ours(f"{bottom.code} ({bottom.measure or 'trống'})"),
            )


def _of_other_rules(top: Indicator, bottom: Indicator) -> bool:
    """Whether one of two rows is a sum of units and the other the figure of one, or a mean."""
    rules = {top.unit_rule, bottom.unit_rule}
    return UnitRule.SUM in rules and bool(rules & _OF_ONE)


def _parts_it_lacks(sheet: TargetSheet, target: Target, scope: Scope) -> Iterator[Issue]:
    """The rows that Nguồn names and that cannot be what it says."""
    written, place = target.indicator, sheet.place("source", target)
    for code in map(match_key, codes_in(parse_source(written.source))):
        reason = _wrong_part(code, written, scope.definitions)
        if reason:
            possible = Ours("Ghi mã của chỉ tiêu khác trong cột Mã của trang này.")
            values = {"value": Typed(written.source), "reason": Typed(reason)}
            yield issue(Code.SOURCE_UNREADABLE, place, **values, possible=possible)
    is_named = bool(codes_in(parse_source(written.source)))
    if written.unit_rule is UnitRule.RATIO and not is_named:
        yield issue(Code.RATIO_WITHOUT_PARTS, place)


def _wrong_part(code: str, indicator: Indicator, definitions: Definitions) -> str:
    """Why a row cannot be worked out from an indicator, "" when it can."""
    part = definitions.get(code)
    if part is None:
        return f"không có chỉ tiêu mã '{code.upper()}'"
    if code == match_key(indicator.code):
        verb = "chia" if ratio_source(indicator) else "lấy trọng số là"
        return f"chỉ tiêu '{part.code}' {verb} chính nó"
    return f"chỉ tiêu '{part.code}' cũng là một tỷ số" if ratio_source(part) else ""


def check_lines(
    lines: Mapping[str, SummaryLine], places: Mapping[str, Place], scope: Scope
) -> Iterator[Issue]:
    """What must be known of totals that are no sums, and what is not in them."""
    for key, line in lines.items():
        place, code = places.get(key, NOWHERE), Ours(line.definition.code)
        if line.definition.unit_rule is UnitRule.MEAN:
            yield from _plain_mean(line, place, code)
        elif line.is_count:
            yield from _count(line, place, code)
        elif (rule := ratio_rule(line.definition, scope.definitions)) is not None:
            yield from _printed(line, rule, lines, place)


def _plain_mean(line: SummaryLine, place: Place, code: Ours) -> Iterator[Issue]:
    """A mean of shares takes a large unit for a small one."""
    count = 0 if line.parts.mean is None else line.parts.mean[1]
    if not line.is_typed and count > 1 and is_share(line.definition.measure):
        yield issue(Code.MEAN_OF_SHARES, place, code=code, count=count)


def _count(line: SummaryLine, place: Place, code: Ours) -> Iterator[Issue]:
    """A number of units is held against a number of units; who has no plan is not counted."""
    if line.apart.unplanned:
        names = _named(line.apart.unplanned)
        count = len(line.apart.unplanned)
        yield issue(Code.COUNT_WITHOUT_PLANS, place, code=code, count=count, units=Ours(names))
    if line.plan is None or line.actual is None:
        return
    if line.goal is None:
        yield issue(Code.COUNT_PLAN_OTHER, place, code=code, value=line.plan)
    elif not line.is_typed and not is_unit_word(line.definition.measure):
        yield issue(Code.COUNT_PLAN_READ, place, code=code, value=line.plan)


def _printed(
    line: SummaryLine, rule: RatioRule, lines: Mapping[str, SummaryLine], place: Place
) -> Iterator[Issue]:
    """A typed ratio is held against the two rows printed; a share of a whole against 100 %."""
    top, bottom = lines[rule.numerator], lines[rule.denominator]
    codes = {"top": Ours(top.definition.code), "bottom": Ours(bottom.definition.code)}
    codes["code"] = Ours(line.definition.code)
    if line.actual is None:
        return
    value = printed_quotient(line, rule)
    if line.is_typed and value is not None and value != line.units_total:  # that is told already
        printed = Figure(value, State.NUMBER)
        if not can_be(Figure(line.actual, State.NUMBER, line.bound), printed):
            read = _shortened(line._replace(actual=value))
            yield issue(Code.RATIO_STATED_DIFFERS, place, value=line.actual, read=read, **codes)
    is_over = is_share(line.definition.measure) and line.actual > HUNDRED
    is_over = is_over and not line.is_typed and is_of_a_whole(line.definition.indicator)
    if is_over and (line.apart.is_part or not line.expected):  # else the units are told
        yield issue(Code.RATIO_OVER_100, place, value=_shortened(line), **codes)


def _named(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    named = "; ".join(names[:_NAMED])
    return f"{named} và {rest} đơn vị khác" if rest > 0 else named
