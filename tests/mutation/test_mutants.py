"""Mutants are made and tried in a folder of their own, the same ones for the same seed."""

from pathlib import Path

import pytest

from mutation.mutants import (
    REPOSITORY,
    CannotTryError,
    Fate,
    Plan,
    all_mutants,
    prepare,
    sample,
    try_out,
)

RULES = "danvan_xl/rollup/rules.py"
PLAN = Plan((RULES,), ("tests/toy/test_toy.py",))
TOY = """
from decimal import Decimal

from danvan_xl.rollup.rules import combine_months, combine_units
from danvan_xl.schema.options import MonthRule, UnitRule


def test_the_largest():
    assert combine_units(UnitRule.LARGEST, [Decimal(2), Decimal(3)]) == {largest}


def test_the_last():
    assert combine_months(MonthRule.LAST, [Decimal(2), Decimal(3)]) == 3
"""


def with_toy_tests(folder: Path, largest: int) -> Path:
    """Return a folder with the program and two tests that look at very little of it."""
    prepare(folder, PLAN)
    (folder / "tests" / "toy").mkdir()
    (folder / "tests" / "toy" / "test_toy.py").write_text(TOY.replace("{largest}", str(largest)))
    return folder


def test_what_tests_do_not_look_at_survives_what_they_do_is_caught(tmp_path):
    before = (REPOSITORY / RULES).read_bytes()
    folder = with_toy_tests(tmp_path, 3)
    names = [name for name in all_mutants(folder, PLAN) if "x_combine_units__" in name]

    tried = try_out(folder, names, processes=1)

    assert [(item.name, item.file) for item in tried] == [(name, RULES) for name in names]
    assert {item.fate for item in tried} == {Fate.CAUGHT, Fate.SURVIVED}
    survivors = [item.change for item in tried if item.change is not None]
    assert len(survivors) == sum(item.fate is Fate.SURVIVED for item in tried)
    smallest = "return min({}) if rule is UnitRule.SMALLEST else None"
    assert (smallest.format("figures"), smallest.format("None")) in [
        (change.before, change.after) for change in survivors
    ]
    lines = (REPOSITORY / RULES).read_text("utf-8").splitlines()
    for change in survivors:
        assert (change.function, lines[change.line - 1].strip()) == ("combine_units", change.before)
    assert (REPOSITORY / RULES).read_bytes() == before


def test_tests_that_fail_on_the_code_as_it_is_end_in_a_sentence(tmp_path):
    folder = with_toy_tests(tmp_path, 4)

    with pytest.raises(CannotTryError, match="test_the_largest"):
        try_out(folder, all_mutants(folder, PLAN)[:1], processes=1)


def test_a_sample_is_the_same_for_its_seed_and_grows_with_its_count():
    names = [f"m{number}" for number in range(50)]

    some = sample(names, 5, seed=1)

    assert some == sorted(some) == sample(names, 5, seed=1)
    assert set(some) < set(sample(names, 20, seed=1))
    assert some != sample(names, 5, seed=2)
    assert sample(names, 99, seed=1) == sorted(names)
