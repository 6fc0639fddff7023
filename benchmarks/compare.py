"""Compare whole runs of danvan-xl with what people use today, and hold them against the promises.

python -m benchmarks.compare --counts 1 100 --write docs/hieu-nang.md

Every run is a process of its own; runs of the contestants take turns, so that a noisy moment does
not fall on one of them alone. Totals are compared before a time is believed.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.answers import check_answer
from benchmarks.cases import START_UP, Case, Measured, received, start_up, unit_sheets
from benchmarks.chart import can_draw, draw
from benchmarks.contestants import CONTESTANTS, OFFICE_CSV
from benchmarks.instructions import count, counter
from benchmarks.measuring import Run, RunFailedError, peak_memory, run
from benchmarks.page import render


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what the command line asks for and print, perhaps keep, the tables."""
    given = sys.argv[1:] if arguments is None else arguments
    options = _options(given)
    up_to = {item.key: item.up_to for item in CONTESTANTS if item.up_to} | dict(options.up_to)
    if options.instructions and counter() is None:
        _tell("Máy này không đếm được số lệnh: cần perf được phép đếm, hoặc valgrind.")
        options.instructions = False
    try:
        with tempfile.TemporaryDirectory() as folder:
            measured = measure(Path(folder), options, up_to)
    except RunFailedError as error:
        sys.exit(f"Không đo được: {error}")
    command = f'make bench BENCH="{" ".join(given)}"' if given else "make bench"
    print(render(measured, up_to, command))
    if options.write:
        chart = _chart(measured, options.write)
        options.write.write_text(render(measured, up_to, command, chart), "utf-8")


def measure(folder: Path, options: argparse.Namespace, up_to: Mapping[str, int]) -> list[Measured]:
    """The measures of every job, the workbooks for them being made in `folder`."""
    measured: list[Measured] = []
    for cases in _jobs(folder, options, up_to):
        _tell(f"Đo: {cases[0].job}")
        found = _take_turns(cases)
        measured += map(_counted, found) if options.instructions else found
    return measured


def _jobs(
    folder: Path, options: argparse.Namespace, up_to: Mapping[str, int]
) -> Iterator[list[Case]]:
    """The cases of one job after another; its workbooks are made when its turn comes."""
    yield start_up(options.runs)
    for number in options.counts:
        _tell(f"Tạo {number} sổ")
        yield received(folder / str(number), number, options.runs, up_to)
    yield unit_sheets(folder / "sheets", options.runs)


def _take_turns(cases: Sequence[Case]) -> list[Measured]:
    """The measures of the cases of one job, each run in turn.

    The first turn warms up and is not counted; what runs only once is not warmed up.
    """
    runs: dict[str, list[Run]] = {case.name: [] for case in cases}
    for turn in range(max(case.runs for case in cases) + 1):
        for case in cases:
            if turn > case.runs or (turn == 0 and case.runs == 1):
                continue
            done = _run(case)
            if turn:
                runs[case.name].append(done)
    return [_measured(case, runs[case.name]) for case in cases]


def _run(case: Case) -> Run:
    """One run of a case, its answer checked."""
    case.prepare()
    if case.output:
        case.output.unlink(missing_ok=True)
    done = run(case.command, case.accepted)
    check_answer(case, done)
    return done


def _measured(case: Case, runs: Sequence[Run]) -> Measured:
    """The measures of the runs of a case, and of one more that measures memory."""
    case.prepare()
    memory = peak_memory(case.command, case.accepted)
    return Measured(
        case, tuple(done.seconds for done in runs), tuple(done.cpu for done in runs), memory
    )


def _counted(item: Measured) -> Measured:
    """The measures with the instructions of the small jobs: counting takes its time."""
    case = item.case
    if case.name == OFFICE_CSV.name or not (case.count == 1 or case.job == START_UP):
        return item
    _tell(f"Đếm lệnh: {case.job}, {case.name}")
    case.prepare()
    return replace(item, instructions=count(case.command, case.accepted))


def _chart(measured: Sequence[Measured], page: Path) -> str | None:
    """Draw the chart beside the page and return its place from there, None where it cannot be."""
    if not can_draw():
        _tell("Chưa cài matplotlib: trang không có biểu đồ.")
        return None
    place = Path("anh") / f"{page.stem}.svg"
    draw(measured, page.parent / place)
    return place.as_posix()


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="So tốc độ danvan-xl với cách làm khác.")
    add = parser.add_argument
    add("--counts", type=int, nargs="+", default=[1, 24, 100], metavar="N", help="số sổ nhận")
    add("--runs", type=int, default=5, metavar="N", help="số lần chạy mỗi bên")
    keys = ", ".join(f"{item.key} ({item.up_to or 'không hạn'})" for item in CONTESTANTS)
    add(
        "--up-to",
        type=_limit,
        nargs="+",
        default=[],
        metavar="BÊN=N",
        help=f"nhiều sổ hơn thì bỏ bên này; mặc định: {keys}",
    )
    add("--instructions", action="store_true", help="đếm cả số lệnh máy của những việc nhỏ")
    add("--write", type=Path, metavar="TỆP", help="ghi trang vào tệp này, biểu đồ bên cạnh")
    return parser.parse_args(arguments)


def _limit(text: str) -> tuple[str, int]:
    """The contestant and the number that "pandas=200" names."""
    key, _, number = text.partition("=")
    if key not in {item.key for item in CONTESTANTS} or not number.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r}: cần BÊN=N, ví dụ pandas=200")
    return key, int(number)


def _tell(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
