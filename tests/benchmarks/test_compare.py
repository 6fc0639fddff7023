"""The comparison is only fair if all come to one answer, and the page says what was measured."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import cases, chart, compare, instructions
from benchmarks.answers import check_answer
from benchmarks.cases import AGAIN, HELP, OURS, Case, Measured, received
from benchmarks.contestants import CONTESTANTS, FLOOR, LOOP, Contestant
from benchmarks.generate import INBOX, Expected, generate
from benchmarks.measuring import RunFailedError, run
from benchmarks.page import render
from benchmarks.pandas_loop import totals_of
from benchmarks.promises import promises

UNITS = 2


def measured(count: int, name: str, *seconds: float, memory: float | None = 100.0) -> Measured:
    case = Case(f"Tổng hợp {count} sổ", name, (), len(seconds), count)
    return Measured(case, seconds, seconds, memory)


def kept(runs: Sequence[Measured]) -> dict[str, bool]:
    return {promise.text: promise.is_kept for promise in promises(runs)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("contestants")


@pytest.fixture(scope="module")
def expected(folder: Path) -> Expected:
    return generate(folder, UNITS)


@pytest.mark.parametrize("contestant", CONTESTANTS, ids=lambda item: item.key)
def test_every_contestant_comes_to_the_known_totals(
    contestant: Contestant, folder: Path, expected: Expected
):
    if contestant.missing:
        pytest.skip(f"not installed: {', '.join(contestant.missing)}")
    totals = expected.totals if contestant.adds_up else None
    case = Case("", contestant.name, contestant.command(folder / INBOX), 1, totals=totals)

    done = run(case.command)
    check_answer(case, done)

    assert done.output.strip()


def test_a_wrong_answer_is_not_measured(folder: Path, expected: Expected):
    totals = expected.totals | {"KT01": expected.totals["KT01"] + 1}
    case = Case("", LOOP.name, LOOP.command(folder / INBOX), 1, totals=totals)

    with pytest.raises(RunFailedError, match="KT01: "):
        check_answer(case, run(case.command))


def test_a_slow_contestant_is_left_out_where_there_are_too_many_workbooks(tmp_path: Path):
    names = [case.name for case in received(tmp_path, UNITS, 1, {LOOP.key: 1})]

    assert names[:2] == [OURS, FLOOR.name]
    assert LOOP.name not in names


def test_a_repeated_run_finds_some_workbooks_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(cases, "MANY", UNITS)
    monkeypatch.setattr(cases, "CHANGES", 1)
    first, *_, again = received(tmp_path, UNITS, 1, {})
    inbox = tmp_path / INBOX

    again.prepare()
    (inbox / ".danvan-xl.sqlite").touch()
    after = totals_of(inbox, "calamine")
    first.prepare()
    before = totals_of(inbox, "calamine")

    assert (first.name, again.name) == (OURS, AGAIN)
    assert first.totals != again.totals
    assert before == pytest.approx({code: float(sum_) for code, sum_ in first.totals.items()})
    assert after == pytest.approx({code: float(sum_) for code, sum_ in again.totals.items()})
    assert not list(inbox.glob(".danvan-xl*"))


def test_promises_of_a_hundred_workbooks_are_against_the_others():
    runs = [measured(100, OURS, 0.5), measured(100, FLOOR.name, 0.4), measured(100, LOOP.name, 5.0)]

    assert kept(runs) == {
        "Tổng hợp 100 sổ, so với pandas + openpyxl": False,
        "Tổng hợp 100 sổ, so với chỉ đọc bằng calamine": True,
    }
    assert "| 10,00 lần | ≥ 12,00 lần | Chưa đạt |" in render(runs, {})


def test_promises_of_all_communes_are_of_time_memory_growth_and_repetition():
    runs = [
        measured(100, OURS, 0.5),
        measured(3321, OURS, 19.5, memory=301.0),
        measured(3321, AGAIN, 1.9),
    ]

    assert kept(runs) == {
        "Tổng hợp 3321 sổ": True,
        "Tổng hợp 3321 sổ, bộ nhớ": False,
        "Tổng hợp 3321 sổ, so với 100 sổ, tính trên một sổ": False,  # 1.17 times
        "Tổng hợp 3321 sổ, chạy lại khi 20 sổ đổi, so với lần đầu": True,
    }


def test_the_page_gives_median_spread_and_number_of_runs():
    row = f"| Tổng hợp 24 sổ | {OURS} | 0,400 | 0,300 - 12,0 | 0,400 | không đo được | 3 |"

    assert row in render([measured(24, OURS, 12.0, 0.3, 0.4, memory=None)], {})


def test_the_page_says_who_was_left_out_and_how_to_repeat():
    page = render([measured(100, OURS, 1.0)], {LOOP.key: 24}, "make bench BENCH=1", "anh/a.svg")

    assert f"{LOOP.name} chạy lâu: chỉ đo đến 24 sổ" in page
    assert "bằng `make bench BENCH=1`" in page
    assert "](anh/a.svg)" in page


def test_instructions_have_a_table_only_when_counted():
    item = measured(1, OURS, 0.3)

    assert "Triệu lệnh" not in render([item], {})
    assert f"| {OURS} | 7106 |" in render([replace(item, instructions=7_106_400_000)], {})


def test_more_work_is_more_instructions():
    if instructions.counter() is None:
        pytest.skip("neither perf nor valgrind can count here")
    little, much = (instructions.count(["seq", number]) for number in ("10", "100000"))

    assert 0 < little < much


def test_the_chart_names_everybody(tmp_path: Path):
    if not chart.can_draw():
        pytest.skip("not installed: matplotlib")
    runs = [measured(count, name, count / 10) for name in (OURS, LOOP.name) for count in (1, 100)]

    chart.draw(runs, tmp_path / "anh" / "a.svg")

    text = (tmp_path / "anh" / "a.svg").read_text("utf-8")
    assert text.startswith("<?xml")
    for words in (OURS, LOOP.name, "Thời gian (giây)", "Bộ nhớ, mọi tiến trình (MiB)"):
        assert f"<!-- {words} -->" in text


def test_the_command_measures_and_writes_its_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    page = tmp_path / "trang.md"
    slow = [f"{item.key}=0" for item in CONTESTANTS if item is not FLOOR]

    compare.main(["--counts", "1", "--runs", "1", "--up-to", *slow, "--write", str(page)])

    text = page.read_text("utf-8")
    for name in (HELP, OURS, FLOOR.name):
        assert f"| {name} |" in text
    assert (tmp_path / "anh" / "trang.svg").exists() == ("](anh/trang.svg)" in text)
    assert "# Hiệu năng" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["pandas", "pandas=", "pandas=x", "ai-do=3", "=3"])
def test_a_limit_is_for_a_known_contestant(text: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        compare.main(["--up-to", text])

    assert "ví dụ pandas=200" in capsys.readouterr().err
