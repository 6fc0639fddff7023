"""The benchmark is only worth something if its workbooks are the same every time and add up."""

import sys
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.calamine_lists import count_rows
from benchmarks.figures import unit_cumulative, unit_rows
from benchmarks.generate import INBOX, PARENT, Expected, generate, generate_with_sheets
from benchmarks.measuring import RunFailedError, peak_memory, run

UNITS = 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("benchmark")


@pytest.fixture(scope="module")
def expected(folder: Path) -> Expected:
    return generate(folder, UNITS)


def test_the_same_seed_gives_the_same_bytes(folder: Path, expected: Expected, tmp_path: Path):
    again = generate(tmp_path, UNITS)

    assert again == expected
    names = sorted(path.relative_to(folder) for path in folder.rglob("*.xlsx"))
    assert len(names) == UNITS + 1
    for name in names:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_another_seed_gives_other_figures():
    assert unit_rows(1, seed=1) != unit_rows(1, seed=2)


def test_a_received_workbook_is_of_the_size_the_targets_speak_of(folder: Path, expected: Expected):
    sizes = [path.stat().st_size for path in (folder / INBOX).iterdir()]

    assert 55_000 < sum(sizes) / len(sizes) < 85_000


def test_a_sum_is_the_sum_of_its_units(expected: Expected):
    units = [unit_rows(number, seed=1) for number in range(1, UNITS + 1)]

    assert expected.totals["KT01"] == sum(unit_cumulative("KT01", rows) for rows in units)
    assert expected.plans["KT01"] == sum(rows["KT01"].plan for rows in units)


def test_a_ratio_is_the_ratio_of_the_sums(expected: Expected):
    assert expected.totals["XD06"] == (
        expected.totals["XD05"] / expected.totals["XD04"] * Decimal(100)
    )


def test_the_lists_hold_every_row_of_every_sheet(folder: Path, expected: Expected):
    assert count_rows(folder / INBOX) > UNITS * (60 + 6 * 40)


def test_one_workbook_may_hold_the_sheets_of_its_units(tmp_path: Path, expected: Expected):
    assert generate_with_sheets(tmp_path, UNITS) == expected
    assert [path.name for path in tmp_path.iterdir()] == [PARENT]


def test_a_command_that_fails_is_not_measured():
    with pytest.raises(RunFailedError, match="mã thoát 3"):
        run(["sh", "-c", "exit 3"])


def test_a_run_keeps_what_was_printed():
    assert run(["sh", "-c", "echo xong"]).output == "xong\n"


def test_a_run_tells_the_processor_time_of_all_its_processes():
    busy = f'"{sys.executable}" -c "import time\nwhile time.process_time() < 0.3: pass"'
    both = run(["sh", "-c", f"{busy} & {busy}; wait"])
    idle = run(["sleep", "0.3"])

    assert idle.cpu < 0.2
    assert both.cpu >= 0.6


def test_memory_counts_the_processes_a_command_starts():
    alone = peak_memory(["sh", "-c", "sleep 0.3; true"])
    if alone is None:
        pytest.skip("this system does not tell what a process holds")

    assert 0 < alone < 50
