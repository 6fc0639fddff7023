"""From a consolidation to what goes upward: the contents of a sending, its sources, its letter.

What people wrote in words stays at home but for what a form declares public, and so do the rows of
every register but those with a code of their own; counts go up.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.consolidation.submissions import Submission
from danvan_xl.outgoing.contents import NO_MONTHS, Contents, InfoValue, TargetRow, TypedValue
from danvan_xl.outgoing.nameless import known_words, nameless, nameless_source
from danvan_xl.outgoing.upward_registers import Upward
from danvan_xl.reading.entries import Entry
from danvan_xl.reading.figure import Figure
from danvan_xl.reading.manifests import SourceFile
from danvan_xl.reading.records import FURTHER_UNIT_COLUMNS, Unit
from danvan_xl.reading.register_table import RegisterRows
from danvan_xl.report.compose import compose
from danvan_xl.report.tables import Report
from danvan_xl.rollup.ratios import ratio_rule
from danvan_xl.rollup.registers import join_reports
from danvan_xl.rollup.sent_parts import parts_text
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.schema.columns import CellEntry, Column
from danvan_xl.schema.indicators import FURTHER_COLUMNS
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.messages import Severity
from danvan_xl.schema.options import PlanKind
from danvan_xl.schema.sheets import TEMPLATE_VERSION
from danvan_xl.schema.sources import codes_in, parse_source
from danvan_xl.vietnamese.numbers import Bound, State
from danvan_xl.vietnamese.periods import YEAR_END, Period
from danvan_xl.vietnamese.plans import is_plan_language
from danvan_xl.vietnamese.text import match_key

_BOUND_WORDS = {Bound.AT_LEAST: "trên", Bound.AT_MOST: "không quá", Bound.ABOUT: "khoảng"}
_UNKNOWN_PLAN = "không rõ"
_NOT_APPLICABLE, _NONE_OCCURRED = "KAD", "KPS"
_NEEDED = ("unit_code", "unit_name", "year")
_ALLOWED_SECRECY = "Thường"
_TITLE = "Báo cáo công tác dân vận"


class Package(NamedTuple):
    """What a sending is written from: its sheets, what it carries, the files it was made of."""

    contents: Contents
    report: Report
    parts: str
    sources: tuple[SourceFile, ...]


def package(result: Consolidation) -> Package:
    """What goes upward of a consolidation whose scope keeps the months (`monthly`)."""
    own, *units = result.tracking.reports
    registers = join_reports(own.open(), units, result.scope)
    titles = _titles(result)
    upward = Upward(titles.values(), result.book.info.unit_name)
    contents = Contents(
        _info(result),
        tuple(_target(line, result) for line in result.lines.values()),
        registers=_models(registers.keyed, titles, upward),
        issued=tuple((row.code, row.name) for row in result.book.given_names.rows),
    )
    known = known_words(result, contents)
    told = replace(
        result,
        lines={key: _as_sent(line) for key, line in result.lines.items()},
        units=tuple(replace(item, unit=_unit_as_sent(item.unit)) for item in result.units),
        issues=tuple(item.anonymous(known) for item in result.issues),
        # pairs of names that are alike may be people's
        tracking=result.tracking._replace(
            figures=upward.figures(result.tracking.figures), alike={}
        ),
        renamed={key: (f"{len(units)} đơn vị",) for key, units in result.renamed.items()},
    )
    parts = parts_text(result.lines.values(), upward.figures(registers.figures))
    report = nameless(replace(compose(told, _nowhere), title=_TITLE), known)
    sources = tuple(nameless_source(item, known) for item in _sources(result))
    return Package(contents, report, parts, sources)


def why_not_to_send(result: Consolidation) -> str:
    """Why a workbook must not be sent by mail at all, "" when it may be.

    Only what is not secret may be (Luật Bảo vệ bí mật nhà nước 2018).
    """
    info = result.book.info
    if not info.secrecy:
        return "chưa ghi Độ mật ở trang Thông tin; chọn Thường nếu số liệu không mật"
    if info.secrecy != _ALLOWED_SECRECY:
        return (
            f"Độ mật ghi '{info.secrecy}' ở trang Thông tin; theo Luật Bảo vệ bí mật nhà nước, "
            "chỉ gửi theo đường văn bản mật"
        )
    missing = [INFO[name].header for name in _NEEDED if not info.said(name)]
    return f"chưa ghi {', '.join(missing)} ở trang Thông tin" if missing else ""


def error_count(result: Consolidation) -> int:
    """How many Lỗi there are in what would go upward."""
    return sum(item.severity is Severity.ERROR for item in result.issues)


def _nowhere(_file: str) -> str:
    """No link leads out of a sending: the receiver does not have the sender's files."""
    return ""


def _info(result: Consolidation) -> dict[str, InfoValue]:
    info = result.book.info
    values: dict[str, InfoValue] = {}
    for field in INFO.fields:
        value = info.said(field.name) if field.goes_up else ""
        if value is not None and not isinstance(value, Period):
            values[field.name] = value
    return values | {"period": result.period.label, "template_version": TEMPLATE_VERSION}


def _target(line: SummaryLine, result: Consolidation) -> TargetRow:
    """A line as a row of Chỉ tiêu; what names other rows keeps its source, others stay at home.

    But of a ratio that is not that of the two rows sent no formula may say so.
    """
    source = line.definition.source
    if not codes_in(parse_source(source)) or not _is_of_rows(line, result):
        source = ""
    indicator = line.definition._replace(
        plan=line.plan,
        last_year=line.last_year,
        source=source,
        further={},
        plan_kind=line.edge.kind,
        plan_text=_plan_text(line),
    )
    months = tuple(map(_entry, line.months))
    sent = _that_goes_up(FURTHER_COLUMNS, line.further)
    further = {name: _further(entry) for name, entry in sent.items()}
    return TargetRow(indicator, (*months, *NO_MONTHS)[:YEAR_END], further=further)


def _plan_text(line: SummaryLine) -> str:
    """A plan that is not known, as it is written; words that are no plan's stay at home."""
    if line.edge.kind is not PlanKind.UNKNOWN:
        return ""
    written = line.definition.plan_text
    return written if written and is_plan_language(written) else _UNKNOWN_PLAN


def _is_of_rows(line: SummaryLine, result: Consolidation) -> bool:
    """Whether a ratio is that of its two rows; whatever is none is no other either."""
    rule = ratio_rule(line.definition, result.scope.definitions)
    if rule is None:
        return True
    pair = tuple(result.lines[key].actual for key in rule[:2])
    if None in pair:
        return line.actual is None
    return not line.is_typed and line.parts.ratio == pair


def _as_sent(line: SummaryLine) -> SummaryLine:
    """A line without what stays at home."""
    further = _that_goes_up(FURTHER_COLUMNS, line.further)
    return line._replace(further=further) if line.further else line


def _unit_as_sent(unit: Unit) -> Unit:
    further = _that_goes_up(FURTHER_UNIT_COLUMNS, unit.further)
    return unit._replace(further=further) if unit.further else unit


def _that_goes_up(columns: Iterable[Column], entries: Mapping[str, Entry]) -> Mapping[str, Entry]:
    return {
        column.name: entries[column.name]
        for column in columns
        if column.goes_up and column.name in entries
    }


def _further(entry: Entry) -> CellEntry:
    return _entry(entry) if isinstance(entry, Figure) else entry


def _entry(figure: Figure) -> TypedValue:
    """A figure as a person types it: a number, KPS, KAD, or an estimate in words."""
    if figure.state is State.NOT_APPLICABLE:
        return _NOT_APPLICABLE
    if figure.value is None:
        return None
    if figure.state is State.NONE_OCCURRED:
        return _NONE_OCCURRED
    if figure.bound:
        return f"{_BOUND_WORDS[figure.bound]} {figure.value:f}".replace(".", ",")
    return figure.value


def _titles(result: Consolidation) -> dict[str, str]:
    """The title of every unit by match key of its code, whatever it calls itself."""
    info = result.book.info
    titles = {match_key(unit.code): unit.name for unit in result.book.units}
    return {match_key(info.unit_code): info.unit_name} | titles


def _models(
    tables: Sequence[RegisterRows], titles: Mapping[str, str], upward: Upward
) -> dict[str, tuple[Mapping[str, CellEntry], ...]]:
    """The rows of registers with a code; a code of several things bears its unit's."""
    rows: dict[str, tuple[Mapping[str, CellEntry], ...]] = {}
    for name in dict.fromkeys(table.register for table in tables):
        alike = [table for table in tables if table.register == name]
        key = alike[0].form.key
        used = Counter(code for table in alike for code in table.columns[key])
        rows[name] = tuple(
            _model(table, row, (titles, upward), is_shared=used[table.columns[key][row]] > 1)
            for table in alike
            for row in range(len(table.rows))
        )
    return rows


def _model(
    table: RegisterRows, row: int, known: tuple[Mapping[str, str], Upward], *, is_shared: bool
) -> Mapping[str, CellEntry]:
    form = table.form
    titles, upward = known
    cells = {
        name: upward.entry(form.sheet[name], values[row]) for name, values in table.columns.items()
    }
    code = cells[form.key]
    if _is_of_a_person(table, row):
        cells[form.name_column] = (
            f"{code} ({titles.get(match_key(table.unit_code), table.unit_code)})"
        )
    if is_shared and table.unit_code:
        cells[form.key] = f"{table.unit_code}/{code}"
    return cells


def _is_of_a_person(table: RegisterRows, row: int) -> bool:
    """Whether a row is about one person, whose name may stand where a title belongs."""
    persons = table.form.persons
    return persons is not None and table.columns[persons.column][row] in persons.values


def _sources(result: Consolidation) -> Iterator[SourceFile]:
    """Every file whose figures are in the result, the unit's own workbook first."""
    book = result.book
    yield SourceFile(book.file, book.sha256, book.info.unit_code, book.info.unit_name)
    seen = {book.sha256}
    for report in result.units:
        found = report.submission
        if found is None or found.sha256 in seen or found.refused is not None:
            continue
        seen.add(found.sha256)
        yield SourceFile(found.file, found.sha256, report.unit.code, report.unit.name, _seal(found))
    for _, term in result.terms():  # of units that ended within the year
        if term.sha256 and term.sha256 not in seen:
            seen.add(term.sha256)
            yield SourceFile(term.file, term.sha256, "", term.unit_name)


def _seal(found: Submission) -> str:
    return found.sending.seal if found.sending is not None else ""
