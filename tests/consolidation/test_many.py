"""Below `is_many` nothing is held small, and the question is asked once."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.generate import INBOX, PARENT, generate
from danvan_xl.consolidation import consolidation, many, several_years
from danvan_xl.consolidation.many import is_many
from danvan_xl.jobs.consolidate import Reading, consolidate_files
from danvan_xl.rollup.register_reports import RegisterReport

COUNT = 3
ABOVE = {
    "consolidation.packed_submissions",
    "consolidation.packed_way",
    "consolidation.portions",
    "consolidation.remembered",
    "report.packed_source_lines",
    "rollup.joining",
    "rollup.packed",
    "rollup.packed_figures",
    "rollup.packed_registers",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("so")
    generate(folder, COUNT)
    return folder


@pytest.fixture
def own_folder(tmp_path, monkeypatch) -> None:
    """Keep what is remembered out of the folder of whoever runs the tests."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "rieng"))


@pytest.fixture
def asked(monkeypatch) -> list[int]:
    """Every number of files that the question was asked of."""
    numbers: list[int] = []

    def noting(files: int) -> bool:
        numbers.append(files)
        return is_many(files)

    for module in (consolidation, several_years):
        monkeypatch.setattr(module, "is_many", noting)
    return numbers


def test_there_are_many_from_the_number_on_that_the_guide_names():
    assert [is_many(files) for files in (0, 149, 150, 3321)] == [False, False, True, True]


def test_few_units_come_as_plain_dicts_and_tuples(made):
    result = consolidate_files(made / PARENT, made / INBOX).result

    assert {type(unit.figures) for unit in result.units} == {dict}
    assert {type(unit.submission.registers) for unit in result.units} == {RegisterReport}
    assert {type(line.terms) for line in result.lines.values()} == {tuple}
    assert {type(line.behind) for line in result.lines.values()} == {tuple}


@pytest.mark.parametrize(("most", "needed"), [(150, False), (COUNT, True)])
def test_few_units_load_nothing_of_what_many_need(made, tmp_path, own_folder, most, needed):
    command = f"""
import sys
from pathlib import Path
from danvan_xl.consolidation import many
from danvan_xl.jobs.consolidate import consolidate_files, save_summary
many.MANY = {most}
job = consolidate_files(Path({str(made / PARENT)!r}), Path({str(made / INBOX)!r}))
list(job.report(Path({str(tmp_path / "a.xlsx")!r})).table("sources").rows)
save_summary(job, Path({str(tmp_path / "a.xlsx")!r}))
print(*sorted(name.removeprefix("danvan_xl.") for name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, check=True)
    loaded = set(done.stdout.decode().split()) & ABOVE

    assert bool(loaded) is needed
    if needed:  # lines of a file beside are made where a table is too long
        assert loaded == ABOVE - {"report.packed_source_lines"}


def test_the_question_is_asked_once(made, asked):
    consolidate_files(made / PARENT, made / INBOX)
    assert asked == [COUNT]


def test_of_several_years_it_is_asked_once_for_all_files(made, asked):
    consolidate_files(made / PARENT, made / INBOX, reading=Reading(years=range(2025, 2028)))
    assert len(asked) == 1


def test_of_the_files_of_a_year_the_limit_is_that_of_all_years(made, own_folder, monkeypatch):
    monkeypatch.setattr(many, "MANY", COUNT)
    reading = Reading(years=range(2025, 2028))

    result = consolidate_files(made / PARENT, made / INBOX, reading=reading).result

    assert result.is_many
