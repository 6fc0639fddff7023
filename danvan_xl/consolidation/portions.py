"""Thousands of units gone through portion by portion: what they bring to lines and registers.

Each portion is worked out by itself, so in several processes, and is known again by what it is made
of: where nothing changed, it need not be worked out again.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from danvan_xl.files.endings import Loss
from danvan_xl.files.workers import ReadAll, Team
from danvan_xl.reading.figure import NOTHING
from danvan_xl.rollup.joining import join_portions
from danvan_xl.rollup.open_units import AssignedPlans
from danvan_xl.rollup.packed import FlatRows, Joined, PackedRows, pack, unpack
from danvan_xl.rollup.packed_figures import PackedFigures
from danvan_xl.rollup.packed_registers import PackedReport, figures_to_merge, flat_figures
from danvan_xl.rollup.rating import PLAIN, Edge, Rating
from danvan_xl.rollup.register_reports import RegisterFigures, RegistersOfUnit, merge_figures
from danvan_xl.rollup.registers import LeftOut, Tracking, counted, tracking_of, unite_reports
from danvan_xl.rollup.tally import Scope
from danvan_xl.rollup.terms import Term
from danvan_xl.rollup.unit_totals import UnitEntry
from danvan_xl.rollup.units import Below, below_of
from danvan_xl.rollup.units_behind import Behind
from danvan_xl.schema.options import PlanKind
from danvan_xl.schema.plans import Plan
from danvan_xl.vietnamese.numbers import Bound
from danvan_xl.vietnamese.text import match_key

_RATINGS = {rating.value: rating for rating in Rating}
_SourceKey = tuple[str, str, str, str]  # the unit's name, sheet, file, SHA-256
_ROWS = Below._fields.index("behind")  # from there on
# Of so many units all is worked out anew when one of them has changed.
_SIZE = 16
# So few are worked out on all processors: who merges would wait for them.
_FEW = 64
_AT_A_TIME = 4  # portions that a process is handed
# Of a block of a register the first of so many groups are kept whole: more than anybody is shown.
_GROUPS = 64


class Portion(NamedTuple):
    """Some units: their figures, the plans they were given, and their registers.

    Of registers that have rows that count elsewhere these are told.
    """

    entries: tuple[UnitEntry, ...]
    assigned: AssignedPlans
    registers: tuple[tuple[PackedReport, LeftOut], ...]

    def token(self) -> bytes:
        """What tells the portion from any other."""
        found = hashlib.sha256()
        for unit, figures, is_expected in self.entries:
            assert isinstance(figures, PackedFigures)  # as of all, where there are many
            token = figures.token()
            found.update(repr((tuple(unit), is_expected, len(token))).encode())
            found.update(token)
        found.update(repr(sorted(self.assigned.items())).encode())
        for report, left_out in self.registers:
            rows = [(table, sorted(left_out[table])) for table in sorted(left_out)]
            found.update(repr((rows, len(report.data), len(report.keyed))).encode())
            found.update(report.data)
            found.update(report.keyed)
        return found.digest()


class Gathered(NamedTuple):
    """What a portion comes to, made small.

    `below` is what it brings to each indicator but for its units behind and its terms: these are
    `rows`; the terms are from `sources`.
    """

    below: bytes
    rows: Mapping[str, tuple[FlatRows, FlatRows]]
    sources: tuple[_SourceKey, ...]
    registers: bytes

    def of_each(self) -> dict[str, Below]:
        """What the portion brings to each indicator."""
        found: dict[str, Below] = {}
        for key, flat in unpack(self.below).items():
            rows, terms = self.rows[key]
            behind = PackedRows(rows, None, _behind) if rows.size else ()
            added = Joined([PackedRows(terms, self.sources, _term)] if terms.size else [])
            found[key] = Below._make((*flat, behind, added))
        return found

    def of_registers(self) -> Iterator[RegisterFigures]:
        """The figures of each register."""
        for name, blocks in unpack(self.registers):
            yield name, tuple(map(figures_to_merge, blocks))


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Works out portions in one scope; a class, so that it can go to another process."""

    scope: Scope

    def __call__(self, portion: Portion) -> Gathered:
        """What a portion comes to."""
        entries = [entry._replace(figures=dict(entry.figures.items())) for entry in portion.entries]
        each = {
            key: below_of(key, self.scope, entries, portion.assigned)
            for key in self.scope.definitions
        }
        terms = chain.from_iterable(item.terms for item in each.values())
        sources = tuple(dict.fromkeys(map(_source, terms)))
        registers = merge_figures(
            chain.from_iterable(
                counted(report, left_out, self.scope) for report, left_out in portion.registers
            ),
            most=_GROUPS,
        )
        return Gathered(
            pack({key: item[:_ROWS] for key, item in each.items()}),
            {key: (_flat_behind(item), _flat_terms(item, sources)) for key, item in each.items()},
            sources,
            pack([(name, [*map(flat_figures, blocks)]) for name, blocks in registers.items()]),
        )

    def here(self, portion: Portion, _loss: Loss) -> Gathered:
        """What a portion comes to that another process was lost over."""
        return self(portion)


def in_portions(
    own: RegistersOfUnit,
    units: Sequence[PackedReport],
    entries: Sequence[UnitEntry],
    assigned: AssignedPlans,
    scope: Scope,
    gather: ReadAll,
) -> tuple[dict[str, Below], Tracking]:
    """What units bring to each indicator, and the registers of all.

    `own` are the registers of the consolidating unit, `units` those of every entry. `gather` works
    the portions out, in order.
    """
    reports = (own, *units)
    united = unite_reports(reports, [scope] * len(reports))
    left_out = [united.left_out.get(position, NOTHING) for position in range(len(reports))]
    gatherer = Gatherer(scope)
    registers = list(zip(units, left_out[1:], strict=True))
    portions = _portions(entries, registers, assigned)
    gathered: list[Gathered] = []

    def of_registers() -> Iterator[RegisterFigures]:
        yield from counted(own, left_out[0], scope)
        for item in gather(gatherer, portions, gatherer.here):
            assert isinstance(item, Gathered)  # `gather` keeps the type
            gathered.append(item)
            yield from item.of_registers()

    tracking = tracking_of(united, of_registers())  # goes on while others work portions out
    return _joined(gathered, scope), tracking


def gather_apart(
    gatherer: Callable[[Any], Any], portions: Sequence[Any], lost: Callable[[Any, Loss], Any]
) -> Iterator[object]:
    """What portions come to, worked out in other processes.

    Who takes them merges them meanwhile: where there are many, one processor is left to it.
    """
    others = max(1, (os.cpu_count() or 1) - 1)
    most = others if len(portions) > _FEW else None
    with Team(gatherer, lost, most=most, at_a_time=_AT_A_TIME) as team:
        yield from team.map(portions)


def _portions(
    entries: Sequence[UnitEntry],
    registers: Sequence[tuple[PackedReport, LeftOut]],
    assigned: AssignedPlans,
) -> list[Portion]:
    given: dict[str, dict[tuple[str, str], Plan]] = {}
    for (key, unit), plan in assigned.items():
        given.setdefault(unit, {})[key, unit] = plan
    portions: list[Portion] = []
    for start in range(0, len(entries), _SIZE):
        some = tuple(entries[start : start + _SIZE])
        plans = [given.get(match_key(entry.unit.code), {}) for entry in some]
        their_plans = {pair: plan for of_unit in plans for pair, plan in of_unit.items()}
        portions.append(Portion(some, their_plans, tuple(registers[start : start + _SIZE])))
    return portions


def _joined(gathered: Sequence[Gathered], scope: Scope) -> dict[str, Below]:
    each = [item.of_each() for item in gathered]
    return {
        key: join_portions(definition, [of_portion[key] for of_portion in each], scope.month)
        for key, definition in scope.definitions.items()
    }


def _source(term: Term) -> _SourceKey:
    return term.unit_name, term.sheet, term.file, term.sha256


def _flat_terms(below: Below, sources: Sequence[_SourceKey]) -> FlatRows:
    at = {source: position for position, source in enumerate(sources)}
    return FlatRows.of(
        [(at[_source(term)], term.period, f"{term.value:f}", term.cells) for term in below.terms]
    )


def _term(sources: Sequence[_SourceKey], row: Any) -> Term:
    at, period, value, cells = row
    unit_name, sheet, file, sha256 = sources[at]
    return Term(
        unit_name=unit_name,
        period=period,
        value=Decimal(value),
        sheet=sheet,
        cells=cells,
        file=file,
        sha256=sha256,
    )


def _flat_behind(below: Below) -> FlatRows:
    return FlatRows.of(
        [
            (
                item.unit_name,
                *map(_text, item[1:4]),
                item.rating.value,
                _flat_edge(item.edge),
                item.cause,
                item.solution,
                item.is_count,
            )
            for item in below.behind
        ]
    )


def _behind(_common: None, row: Any) -> Behind:
    unit_name, plan, actual, completion, rating, edge, *reasons = row
    figures = _figure(plan), _figure(actual), _figure(completion)
    return Behind(unit_name, *figures, _RATINGS[rating], _edge(edge), *reasons)


def _flat_edge(edge: Edge) -> tuple[str, str | None, str] | None:
    return None if edge == PLAIN else (edge.kind.value, _text(edge.due), edge.bound.value)


def _edge(flat: tuple[str, str | None, str] | None) -> Edge:
    if flat is None:
        return PLAIN
    kind, due, bound = flat
    return Edge(PlanKind(kind), _figure(due), Bound(bound))


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _figure(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
