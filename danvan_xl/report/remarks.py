"""Column Ghi chú of the summary: what a reader must know about a figure, in a few words."""

from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.consolidation.row_identity import renaming_units
from danvan_xl.rollup.rating import Rating, shown
from danvan_xl.rollup.ratio_lines import printed_quotient
from danvan_xl.rollup.ratios import quotient, ratio_rule, ratio_source
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.rollup.timing import old_words
from danvan_xl.rollup.years import rule_over_years
from danvan_xl.schema.options import Direction, MonthRule, PlanKind, UnitRule
from danvan_xl.vietnamese.measures import is_share
from danvan_xl.vietnamese.numbers import Bound
from danvan_xl.vietnamese.printed import show_share, vietnamese_number
from danvan_xl.vietnamese.text import match_key

_NAMED_UNITS = 5
_PLANS_APART = "Kế hoạch các năm không gộp: việc kéo qua nhiều năm chỉ tính một lần"
_SHARE_NOTE = "Tỷ lệ: thực hiện/kế hoạch; chỉ tiêu Giảm: kế hoạch/thực hiện."
_OF_RATIOS = (UnitRule.RATIO, UnitRule.NONE)
_BOUND_WORDS = {
    Bound.AT_LEAST: "Có số ước, thực tế không dưới",
    Bound.AT_MOST: "Có số ước, thực tế không quá",
    Bound.ABOUT: "Có số ước, khoảng",
}


def remarks_on(line: SummaryLine, result: Consolidation) -> str:
    """The remarks on one line of the summary, "" when it speaks for itself."""
    found = (
        _remarks(line, result.lines),
        _on_names(line, result),
        _on_months(line, result),
        _on_years(line, result),
        _on_last_year(line, result),
    )
    return ". ".join(chain(*found))


def _on_names(line: SummaryLine, result: Consolidation) -> Iterator[str]:
    """Which units call the indicator by another name, of those in its figure."""
    if result.renamed and (units := result.renamed.get(match_key(line.definition.code))):
        yield f"Tên khác: {renaming_units(units)}"


def _on_months(line: SummaryLine, result: Consolidation) -> Iterator[str]:
    """From which months old stocks are, and where flows end early."""
    if told := old_words(line.timing, line.reported, result.scope.month):
        yield told[:1].upper() + told[1:]
    if line.timing.short:
        yield f"{line.timing.short} đơn vị thiếu tháng, sớm nhất đến T{line.timing.ends_early}"


def last_year_notes(result: Consolidation) -> Iterator[str]:
    """Where Năm trước comes from, when it was worked out."""
    if (found := result.last_year) is not None:
        count = vietnamese_number(found.file_count)
        yield f"Năm trước: cả năm {found.year}, tính từ {count} sổ trong thư mục {found.folder}."


def _on_last_year(line: SummaryLine, result: Consolidation) -> Iterator[str]:
    """How many units are in last year's figure, when some are missing."""
    if result.last_year is None or line.definition.last_year is not None:
        return
    found = result.last_year.coverage.get(match_key(line.definition.code))
    if found is not None and line.last_year is not None and found[0] < found[1]:
        yield f"Năm trước mới có số của {found[0]}/{found[1]} đơn vị"


def _on_years(line: SummaryLine, result: Consolidation) -> Iterator[str]:
    """What is missing of several years in a figure, and in its plan."""
    if not result.by_year:
        return
    key = match_key(line.definition.code)
    years = {year: lines[key] for year, lines in result.by_year.items()}
    missing = [year for year, item in years.items() if item.actual is None]
    known = [year for year in years if year not in missing]
    if not known:
        return
    only_last = rule_over_years(line.definition) is MonthRule.LAST
    is_ratio = ratio_source(line.definition) is not None
    if only_last and not is_ratio:
        if known[-1] != max(years):
            yield f"Chưa có số năm {max(years)}, lấy số năm {known[-1]}"
        known = known[-1:]
    elif missing:
        yield f"Chưa có số năm {_years(missing)}"
    for year in known:
        yield from _on_year(year, years[year])
    if line.edge.kind is PlanKind.UNKNOWN and all(
        item.edge.kind is not PlanKind.UNKNOWN for item in years.values()
    ):
        yield _PLANS_APART
    unplanned = [year for year in known if years[year].plan is None]
    if not only_last and unplanned and len(unplanned) < len(years):
        yield f"Chưa có kế hoạch năm {_years(unplanned)} nên không gộp kế hoạch"


def _on_year(year: int, line: SummaryLine) -> Iterator[str]:
    """Whose figures are missing in those of one year."""
    if not line.is_typed and line.reported < line.expected:
        yield f"Năm {year} mới có số của {line.reported}/{line.expected} đơn vị"
    if line.timing.short:
        yield f"Năm {year} có {line.timing.short} đơn vị thiếu tháng"


def _years(years: Sequence[int]) -> str:
    return ", ".join(map(str, years))


def completion_text(line: SummaryLine) -> str:
    """The text "104,17% (25/24)", the share with what it is made of; "" when there is none.

    Of what should be little it is made of the plan over the actual figure.
    """
    share = shown(line.completion)
    if share is None or line.actual is None or line.plan is None:
        return ""
    plan = f"{line.edge.kind} {vietnamese_number(line.plan)}".lstrip()
    pair = [vietnamese_number(line.actual), plan]
    if line.direction is Direction.LESS:
        pair.reverse()
    return f"{show_share(share)} ({'/'.join(pair)})"


def share_notes(directions: Container[Direction]) -> tuple[str, ...]:
    """What a table says under itself of its shares, where some are plan over actual."""
    return (_SHARE_NOTE,) if Direction.LESS in directions else ()


def _remarks(line: SummaryLine, lines: Mapping[str, SummaryLine]) -> Iterator[str]:
    if line.completion is not None and line.completion != shown(line.completion):
        yield completion_text(line)
    if line.actual is not None and line.bound is not Bound.EXACT:
        rests = "; đánh giá theo số ước" if line.rating.is_judged else ""
        yield f"{_BOUND_WORDS[line.bound]} {vietnamese_number(line.actual)}{rests}"
    yield from _on_ratio(line, lines)
    yield from _on_units(line)
    is_refused = not line.definition.adds and ratio_source(line.definition) is None
    if line.actual is None and line.has_figures and is_refused:
        if line.definition.unit_rule is UnitRule.MEAN and not line.addends.months:
            yield "Tổng trọng số bằng 0 nên không có bình quân"
        else:
            yield "Số không cộng được nên không có số chung"
    if line.is_typed and line.units_total is not None and line.units_total != line.actual:
        total = vietnamese_number(_shortened(line.units_total))
        yield f"Các đơn vị cộng lại {total} ({line.reported}/{line.expected} đơn vị)"
    if below := line.covered_below:
        levels = "; ".join(f"{item.level} {item.reported}/{item.expected}" for item in below)
        yield f"Báo cáo từng cấp: {levels}"
    lacking = {name for _, name in line.apart.lacking}
    silent = [unit.name for unit in line.missing if unit.name not in lacking]
    if silent and line.rating is not Rating.NOT_ASSIGNED:
        yield f"Chưa có số: {_names(silent)}"


def _on_ratio(line: SummaryLine, lines: Mapping[str, SummaryLine]) -> Iterator[str]:
    """What a ratio was worked out from: the two figures printed, or those of some of the units."""
    definitions = {key: item.definition for key, item in lines.items()}
    rule = ratio_rule(line.definition, definitions)
    if rule is None or line.is_typed or line.definition.unit_rule not in _OF_RATIOS:
        return
    top, bottom = lines[rule.numerator], lines[rule.denominator]
    codes = f"{top.definition.code}/{bottom.definition.code}"
    lacking = "; ".join(_lacking(line))
    if line.actual is None:
        if lacking:
            yield f"Chưa tính được {codes}: {lacking}"
    elif line.actual == quotient(top.actual, bottom.actual, rule.factor) and (
        not lacking or top.is_typed or bottom.is_typed
    ):
        yield f"Tính từ {codes}"
    elif line.actual == printed_quotient(line, rule) and line.parts.ratio is not None:
        sums = "/".join(map(vietnamese_number, line.parts.ratio))
        what = f"{vietnamese_number(_shortened(line.actual))} {line.measure}".strip()
        yield f"{what} ({sums}; {lacking})" if lacking else f"{what} ({sums})"


def _on_units(line: SummaryLine) -> Iterator[str]:
    """What units said that is not in the figure."""
    if line.apart.stated and not line.is_typed:
        values = (
            f"{name}: đơn vị ghi {vietnamese_number(value)}" for name, value in line.apart.stated
        )
        yield _names(list(values))
    if line.definition.unit_rule is UnitRule.MEAN and not line.is_typed:
        if lacking := "; ".join(_lacking(line)):
            yield f"Không tính vào bình quân: {lacking}"
        elif line.parts.weighted is None and is_share(line.measure) and line.parts.mean:
            yield f"Bình quân cộng của {vietnamese_number(line.parts.mean[1])} đơn vị"
    if line.is_count and line.apart.unplanned:
        yield f"Không đếm vì chưa có kế hoạch: {_names(line.apart.unplanned)}"


def _lacking(line: SummaryLine) -> Iterator[str]:
    """What some units lack, and which: "thiếu mẫu số: Thôn 2"."""
    kinds = dict.fromkeys(what for what, _ in line.apart.lacking)
    for kind in kinds:
        yield f"thiếu {kind}: {_names([name for what, name in line.apart.lacking if what == kind])}"


def _names(units: Sequence[str]) -> str:
    named = "; ".join(units[:_NAMED_UNITS])
    rest = len(units) - _NAMED_UNITS
    return f"{named} và {rest} đơn vị khác" if rest > 0 else named


def _shortened(value: Decimal) -> Decimal:
    """A computed figure without the long tail of a division."""
    return value if value == value.to_integral_value() else value.quantize(Decimal("0.01"))
