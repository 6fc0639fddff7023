"""Units gone through in portions bring what they bring when they are gone through at once."""

import csv
import io
import random
import subprocess
import sys
from decimal import Decimal

import pytest

from danvan_xl.consolidation import portions
from danvan_xl.consolidation.portions import Portion, in_portions
from danvan_xl.files.endings import Loss
from danvan_xl.reading.records import Unit
from danvan_xl.report.packed_source_lines import PackedSourceLines
from danvan_xl.report.source_lines import SourceLines
from danvan_xl.rollup.joining import join_portions
from danvan_xl.rollup.lines import roll_up, summary_lines
from danvan_xl.rollup.packed import FlatRows, Joined, PackedRows
from danvan_xl.rollup.packed_figures import PackedFigures
from danvan_xl.rollup.packed_registers import PackedReport
from danvan_xl.rollup.parts import Coverage, Parts
from danvan_xl.rollup.rating import Rating
from danvan_xl.rollup.register_reports import RegisterReport
from danvan_xl.rollup.tally import Scope, UnitFigure, rated
from danvan_xl.rollup.terms import Term
from danvan_xl.rollup.total_of_units import units_last_year, units_total
from danvan_xl.rollup.unit_totals import UnitEntry
from danvan_xl.rollup.units import below_of
from danvan_xl.rollup.units_behind import Behind, worst_first, worst_key
from danvan_xl.schema.indicators import Indicator
from danvan_xl.schema.options import Direction, MonthRule, UnitRule
from danvan_xl.schema.plans import Plan
from danvan_xl.vietnamese.numbers import Bound

KEYS = ("k", "m", "r")
LEVELS = ("xã", "phường", "")


def scope_with(rule: UnitRule, direction: Direction, *, monthly: bool = False) -> Scope:
    def indicator(code: str, **fields: object) -> Indicator:
        blank = Indicator(code, "", code, "cái", direction, MonthRule.SUM, UnitRule.SUM)
        return blank._replace(**fields)

    definitions = {
        "k": indicator("K", unit_rule=rule),
        "m": indicator("M"),
        "r": indicator("R", unit_rule=UnitRule.RATIO, source="tỷ số K/M", measure="%"),
    }
    return Scope(definitions, 12, 2026, monthly=monthly)


def entries_of(rng: random.Random, scope: Scope, count: int) -> list[UnitEntry]:
    """Return units of every kind: without figures, ended, rolled up, from registers, typed."""
    entries = []
    for number in range(count):
        unit = Unit(f"A.{number}", f"Đơn vị {number % 7}", number, rng.choice(LEVELS))
        keys = [key for key in KEYS if rng.random() < 0.8] if rng.random() < 0.9 else []
        figures = {key: rated(figure_of(rng, key), scope) for key in keys}
        entries.append(UnitEntry(unit, figures, rng.random() < 0.9))
    return entries


def figure_of(rng: random.Random, key: str) -> UnitFigure:
    def number() -> Decimal | None:
        return Decimal(rng.randrange(0, 4000)) / 10 if rng.random() < 0.8 else None

    actual = number()
    terms = (Term("x", "T1", actual, "Chỉ tiêu", "K1", "x.xlsx", "ab"),) if actual else ()
    parts = None
    if actual is not None and rng.random() < 0.3:
        parts = Parts(
            (actual, Decimal(rng.randrange(1, 9))) if key == "r" else None,
            (actual * 3, 3),
            Decimal(rng.randrange(4)),
            (Coverage("thôn", 2, 3), Coverage("tổ", 1, 1)),
            1,
            rng.choice((None, Decimal(40))),
        )
    return UnitFigure(
        key,
        number(),
        actual,
        number(),
        rng.choice((Bound.EXACT, Bound.EXACT, Bound.AT_LEAST)),
        not_applicable=actual is None and rng.random() < 0.2,
        terms=terms,
        register=rng.choice(("", "teams")),
        parts=parts,
        ends_early=rng.choice((0, 0, 3)),
    )


@pytest.mark.parametrize("rule", UnitRule)
@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("seed", range(4))
def test_portions_joined_are_what_all_units_bring(rule, direction, seed):
    rng = random.Random(f"{rule}{direction}{seed}")
    scope = scope_with(rule, direction)
    entries = entries_of(rng, scope, 40)
    cuts = sorted(rng.sample(range(41), 3))
    some = [entries[a:b] for a, b in zip([0, *cuts], [*cuts, 40], strict=True)]

    for key, definition in scope.definitions.items():
        whole = below_of(key, scope, entries, {})
        joined = join_portions(
            definition, [below_of(key, scope, part, {}) for part in some], scope.month
        )

        assert tuple(joined.behind) == whole.behind
        assert sorted(joined.terms) == sorted(whole.terms)
        assert len(joined.values) == len(whole.values)
        assert len(joined.plans) == len(whole.plans)
        rest = {"behind": (), "terms": (), "values": (), "plans": ()}
        assert joined._replace(**rest) == whole._replace(**rest)
        assert units_total(definition, joined) == units_total(definition, whole)
        assert units_last_year(definition, joined) == units_last_year(definition, whole)


@pytest.mark.parametrize("seed", range(4))
def test_the_quick_way_to_sort_is_by_the_same_key(seed):
    rng = random.Random(seed)
    names = ("Thôn 10", "Thôn 2", "thôn 2", "Đồng", "Dương", "Áng")
    shares = (None, Decimal("0.5"), Decimal("0.50"), Decimal(0), Decimal("-0.1"), Decimal(1))
    items = [
        Behind(rng.choice(names), Decimal(at), None, rng.choice(shares), Rating.MISSED)
        for at in range(60)
    ]

    assert worst_first(items) == sorted(
        items, key=lambda item: worst_key(item.completion, item.unit_name)
    )


def test_lines_of_odd_texts_are_read_back_as_they_were():
    common = (("=Xã; Một", 'Trang "1"', "a;b.xlsx", "ab"), ("Xã\nHai", "Chỉ tiêu", "-c.xlsx", "cd"))
    rows = [(0, "T6", "-1234.5", "K12"), (1, "T1-T6", "7", "=A1")]
    packed = PackedRows(FlatRows.of(rows), common, portions._term)

    one = "".join(PackedSourceLines().of("@k", Joined([packed])))
    other = "".join(SourceLines().of("@k", tuple(packed)))

    assert one == other
    assert list(csv.reader(io.StringIO(one, newline=""), delimiter=";")) == [
        ["'@k", "'=Xã; Một", "T6", "-1234,5", "a;b.xlsx", 'Trang "1"', "K12", "ab"],
        ["'@k", "Xã\nHai", "T1-T6", "7", "'-c.xlsx", "Chỉ tiêu", "'=A1", "cd"],
    ]


def pack(entry):
    return entry._replace(figures=PackedFigures(entry.figures))


def gather_here(function, items, _lost):
    return map(function, items)


def lines(scope, entries, gather=gather_here):
    below, _ = in_portions(
        own=RegisterReport(),
        units=[PackedReport()] * len(entries),
        entries=entries,
        assigned={("k", "a.3"): Plan(Decimal(7))},
        scope=scope,
        gather=gather,
    )
    return summary_lines(scope, {}, below)


def test_what_is_made_small_is_opened_as_it_was(monkeypatch):
    monkeypatch.setattr(portions, "_SIZE", 5)
    scope = scope_with(UnitRule.SUM, Direction.MORE, monthly=True)
    entries = entries_of(random.Random(1), scope, 33)
    packed = list(map(pack, entries))

    usual = roll_up(scope, {}, entries, {("k", "a.3"): Plan(Decimal(7))})
    found = lines(scope, packed)

    for key, line in usual.items():
        assert found[key].unmet == line.unmet
        assert sorted(found[key].terms) == sorted(line.terms)
        assert found[key]._replace(behind=(), terms=()) == line._replace(behind=(), terms=())


def test_a_portion_another_process_was_lost_over_is_worked_out_here():
    scope = scope_with(UnitRule.SUM, Direction.MORE)
    entries = list(map(pack, entries_of(random.Random(2), scope, 20)))

    def lose(_function, items, lost):
        return [lost(item, Loss.TIME) for item in items]

    found = lines(scope, entries, lose)
    assert {key: line.actual for key, line in found.items()} == {
        key: line.actual for key, line in lines(scope, entries).items()
    }


def test_whatever_may_change_a_portion_changes_its_token():
    scope = scope_with(UnitRule.SUM, Direction.MORE)
    first, *others = map(pack, entries_of(random.Random(3), scope, 3))
    report = PackedReport(b"1", b"2", ("teams",), (b"",))
    portion = Portion((first, *others), {}, ((report, {0: frozenset((1, 2))}),))
    figures = {"k": UnitFigure("k", actual=Decimal(1))}

    tokens = [
        item.token()
        for item in (
            portion,
            portion._replace(entries=(*others, first)),
            portion._replace(entries=(first._replace(is_expected=not first.is_expected), *others)),
            portion._replace(entries=(first._replace(figures=PackedFigures(figures)), *others)),
            portion._replace(assigned={("k", "a.0"): Decimal(1)}),
            portion._replace(registers=((report, {0: frozenset((1, 3))}),)),
            portion._replace(registers=((report, {}),)),
            portion._replace(registers=((report._replace(data=b"12", keyed=b""), {}),)),
        )
    ]

    assert len(set(tokens)) == len(tokens)
    assert portion.token() == tokens[0]


TOKEN = """
from danvan_xl.consolidation.portions import Portion
from danvan_xl.reading.records import Unit
from danvan_xl.rollup.packed_figures import PackedFigures
from danvan_xl.rollup.packed_registers import PackedReport
from danvan_xl.rollup.tally import UnitFigure
from danvan_xl.rollup.unit_totals import UnitEntry

burden = [object() for _ in range({burden})]
figures = PackedFigures({{"k": UnitFigure("k")}})
portion = Portion((UnitEntry(Unit("A.1", "Xã", 7), figures),), {{}}, ((PackedReport(), {{}}),))
print(portion.token().hex(), repr(portion.entries[0].unit))
"""


def test_a_portion_is_known_again_by_another_run():
    tokens = [
        subprocess.run(
            [sys.executable, "-c", TOKEN.format(burden=burden)], capture_output=True, check=True
        ).stdout
        for burden in (0, 100_000)
    ]

    assert tokens[0] == tokens[1]
    assert b" at 0x" not in tokens[0]
