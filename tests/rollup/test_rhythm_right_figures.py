"""A year of a xã of 14 thôn with right figures: how often each rule of the months shouts at them.

Thôn write 0, leave blank or report by quarters, as officers do; one exists from 1/7. The rates are
those at which the rules were accepted: no change may make them shout more.
"""

import math
import random
from collections import Counter
from decimal import Decimal
from functools import lru_cache

import pytest

from danvan_xl.checks.running_totals import looks_like_running_total, looks_like_stock
from danvan_xl.rollup.rhythm import rhythm_of
from danvan_xl.rollup.timing import is_old

# Flows: a month's figure where something happens, and how likely that is from T1 to T12.
FLOWS = {
    "thu quỹ": (40, [0.95] * 12),
    "hội nghị": (2, [0.85] * 12),
    "lượt người": (90, [0.85] * 12),
    "hòa giải": (2, [0.55] * 12),
    "hòa giải thành": (2, [0.5] * 12),
    "vụ phạm pháp": (1, [0.2] * 12),
    "đảng viên mới": (1, [0.08] * 12),
    "hiến đất": (60, [0.1, 0.1, 0.2, 0.3, 0.3, 0.3, 0.2, 0.2, 0.2, 0.1, 0.1, 0.05]),
    "đóng góp": (15, [0.2, 0.2, 0.4, 0.5, 0.5, 0.5, 0.4, 0.4, 0.4, 0.3, 0.3, 0.2]),
    "tuyển quân": (2, [0, 1] + [0] * 10),
    "khám tuyển": (5, [0] * 10 + [0.5, 1]),
    "nhà tạm": (1, [0, 0, 0, 0, 0.2, 0.3, 0.3, 0.3, 0.2, 0.1, 0, 0]),
    "việc làm": (3, [0.6] * 12),
    "dân quân": (10, [0] * 7 + [1] + [0] * 4),
}
STOCKS = (
    (1, 6, 12),
    (1, 12),
    (1, 12),
    (1, 6, 12),
    (1, 3, 6, 9, 12),
    (1, 12),
    (1, 6, 12),
    (1, 6, 12),
)
RUNS, UNITS = 40, 14
# What a month may bring in such a xã, all units and flows together: mean over the year.
MOST_SHORT = 0.8  # units that are not late
MOST_STOPPED = 0.7  # flows
MOST_RUNNING = 0.7  # flows
MOST_OLD = 3.6  # indicators with an old stock


def _count(chance: random.Random, mean: float) -> int:
    """Return a number as often as it comes (Poisson)."""
    limit, count, product = math.exp(-mean), 0, chance.random()
    while product > limit:
        count, product = count + 1, product * chance.random()
    return count


def _year(chance: random.Random, mean: int, likely: list[float], start: int) -> list[int | None]:
    months: list[int | None] = []
    for month in range(1, 13):
        figure = 0
        if chance.random() < likely[month - 1]:
            spread = chance.gauss(mean, mean / 4) if mean > 30 else _count(chance, mean)
            figure = max(1, int(spread))
        months.append(figure if month >= start else None)
    return months


def _as_written(chance: random.Random, months: list[int | None], habit: str) -> list[int | None]:
    if habit == "zero":
        return months
    if habit == "blank":
        return [figure or None for figure in months]
    quarters: list[int | None] = [None] * 12
    for end in (3, 6, 9, 12):
        total = sum(figure or 0 for figure in months[end - 3 : end])
        quarters[end - 1] = total or (None if chance.random() < 0.7 else 0)
    return quarters


@lru_cache(maxsize=1)
def shouts() -> Counter[str]:
    """Return how often each rule shouts a month."""
    chance, found = random.Random(7), Counter[str]()
    for _ in range(RUNS):
        units = []
        for at in range(UNITS):
            (habit,) = chance.choices(["zero", "blank", "quarter"], [0.3, 0.55, 0.15])
            start = 7 if at == UNITS - 1 else 1
            years = {
                name: _as_written(chance, _year(chance, mean, likely, start), habit)
                for name, (mean, likely) in FLOWS.items()
            }
            plans = {
                name: sum(figure or 0 for figure in months) * chance.uniform(0.8, 1.2)
                for name, months in years.items()
            }
            units.append((habit, start, years, plans))
        for month in range(1, 13):
            for unit in units:
                _look(chance, unit, month, found)
            found["old"] += sum(_is_old(when, month) for when in STOCKS)
    return Counter({name: count / RUNS / 12 for name, count in found.items()})


def _look(chance: random.Random, unit, month: int, found: Counter[str]) -> None:
    habit, start, years, plans = unit
    if month < start:
        return
    is_late = chance.random() < 0.1 and month > 1
    end = month - 1 if is_late else month
    filled = {
        name: [at for at, figure in enumerate(months[:end], start=1) if figure is not None]
        for name, months in years.items()
    }
    rhythm = rhythm_of(filled, month)
    if rhythm.short_at and not is_late:
        found["short"] += 1
        found[f"short {habit}"] += 1
    elif rhythm.ended and not rhythm.short_at:
        found["stopped"] += len(rhythm.ended)
    if is_late and habit != "quarter" and month > 3:
        found["late"] += 1
        found["late, seen"] += bool(rhythm.short_at)
    for name, months in years.items():
        figures = [None if figure is None else Decimal(figure) for figure in months[:end]]
        plan = Decimal(round(plans[name]))
        found["stock"] += looks_like_stock(figures, plan)
        found["running"] += looks_like_running_total(figures, plan, plan * month / 12)


def _is_old(when: tuple[int, ...], month: int) -> bool:
    return is_old(max(at for at in when if at <= month), month)


@pytest.mark.parametrize(
    ("rule", "most"),
    [
        ("short", MOST_SHORT),
        ("short quarter", 0.1),
        ("short zero", 0.01),
        ("stopped", MOST_STOPPED),
        ("running", MOST_RUNNING),
        ("old", MOST_OLD),
        ("stock", 0),
    ],
)
def test_no_rule_shouts_more_at_right_figures_than_when_it_was_accepted(rule, most):
    assert shouts()[rule] <= most


def test_nearly_all_that_are_late_are_seen():
    assert shouts()["late, seen"] >= shouts()["late"] * 0.9
