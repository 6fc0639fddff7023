"""Compare whole runs of danvan-xl with what people use today, and hold them against the targets.

python -m benchmarks.compare --counts 1 100 --write docs/hieu-nang.md

Every run is a process of its own; runs of the contestants take turns, so that a noisy moment does
not fall on one of them alone. Totals are compared before a time is believed.
"""

import argparse
import datetime as dt
import json
import math
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from python_calamine import CalamineWorkbook

from benchmarks.generate import INBOX, PARENT, generate, generate_with_sheets
from benchmarks.measuring import Run, RunFailedError, peak_memory, run
from danvan_xl.forms import TOTALS

_DATA_ERRORS = 1
_UNIT_SHEETS = 14
_MANY = 1000
_OURS, _PANDAS, _CALAMINE = "danvan-xl tong-hop", "pandas + openpyxl", "python-calamine, 1 luồng"


@dataclass(frozen=True, slots=True)
class Case:
    """One contestant at one job: `output` is the summary it must leave with the right totals."""

    job: str
    name: str
    command: tuple[str, ...]
    output: Path | None = None
    totals: dict[str, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """What the runs of one case took."""

    case: Case
    seconds: tuple[float, ...]
    memory: float | None

    @property
    def median(self) -> float:
        """The middle one of the times."""
        return statistics.median(self.seconds)


@dataclass(frozen=True, slots=True)
class Target:
    """One promise of the design: a measured value and the limit it must keep."""

    text: str
    value: float
    limit: float
    unit: str
    at_least: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether the value is on the right side of the limit."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what the command line asks for and print, perhaps keep, the tables."""
    options = _options(arguments)
    try:
        with tempfile.TemporaryDirectory() as folder:
            measured = measure(Path(folder), options)
    except RunFailedError as error:
        sys.exit(f"Không đo được: {error}")
    page = render(measured, options.runs)
    print(page)
    if options.write:
        options.write.write_text(page, "utf-8")


def measure(folder: Path, options: argparse.Namespace) -> list[Measured]:
    """Return the measures of every job, the workbooks for them being made in `folder`."""
    measured: list[Measured] = []
    for cases in (
        _start_up(),
        *(_received(folder / str(count), count, options) for count in options.counts),
        _unit_sheets(folder / "sheets"),
    ):
        _tell(f"Đo: {cases[0].job}")
        runs = options.runs if _received_count(cases[0].job) < _MANY else min(options.runs, 3)
        measured += _take_turns(cases, runs)
    return measured


def render(measured: Sequence[Measured], runs: int) -> str:
    """Return the page: machine, times, targets, and how to repeat it."""
    lines = [
        "# Hiệu năng",
        "",
        f"Đo ngày {dt.date.today():%d/%m/%Y} bằng `make bench`. Mỗi lần chạy là một tiến trình",
        f"mới, các bên chạy xen kẽ, {runs} lần; thời gian là trung vị của cả tiến trình, từ lúc",
        "gọi lệnh đến lúc tệp kết quả đã ghi xong. Tổng của từng chỉ tiêu được đối chiếu trước",
        "khi tính. Vòng lặp pandas chỉ đọc và cộng: không kiểm tra, không gộp sổ theo dõi,",
        "không nguồn, không ghi tệp.",
        "Bộ nhớ là mức cao nhất của mọi tiến trình cộng lại, phần dùng chung tính một lần.",
        "",
        *(f"- {line}" for line in _machine()),
        "",
        "| Việc | Cách làm | Trung vị (s) | Nhanh nhất - chậm nhất (s) | Bộ nhớ (MiB) |",
        "|---|---|---:|---:|---:|",
        *map(_table_row, measured),
        "",
        "| Mức phải đạt | Đo được | Mức | Kết quả |",
        "|---|---:|---:|---|",
        *map(_target_row, targets(measured)),
    ]
    return "\n".join(lines) + "\n"


def targets(measured: Sequence[Measured]) -> list[Target]:
    """Return the promises that these measures decide."""
    times = {(item.case.job, item.case.name): item.median for item in measured}
    memory = {item.case.job: item.memory for item in measured if item.case.name == _OURS}
    found: list[Target] = []
    for (job, name), ours in times.items():
        count = _received_count(job)
        if name == "danvan-xl --help":
            found.append(Target("`danvan-xl --help`", ours, 0.15, "s"))
        elif name != _OURS:
            continue
        elif job == _job_of_sheets():
            found.append(Target(job, ours, 1.0, "s"))
        elif count == 1:
            found.append(Target(job, ours, 0.35, "s"))
        elif count >= _MANY:
            found.append(Target(job, ours, 20.0 * count / 3321, "s"))
            if (held := memory[job]) is not None:
                found.append(Target(f"{job}, bộ nhớ", held, 300, "MiB"))
        else:
            if slow := times.get((job, _PANDAS)):
                found.append(Target(f"{job}, so với pandas", slow / ours, 12, "lần", at_least=True))
            floor = times[job, _CALAMINE]
            found.append(Target(f"{job}, so với chỉ đọc bằng calamine", ours / floor, 1.5, "lần"))
    return found


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="So tốc độ danvan-xl với cách làm khác.")
    parser.add_argument("--counts", type=int, nargs="+", default=[1, 100], help="số sổ nhận")
    parser.add_argument("--runs", type=int, default=5, help="số lần chạy mỗi bên")
    parser.add_argument(
        "--pandas-up-to", type=int, default=200, metavar="N", help="nhiều sổ hơn thì bỏ vòng pandas"
    )
    parser.add_argument("--write", type=Path, metavar="TỆP", help="ghi bảng kết quả vào tệp này")
    return parser.parse_args(arguments)


def _start_up() -> tuple[Case, ...]:
    job = "Khởi động"
    python = (sys.executable, "-c", "pass")
    return (
        Case(job, "danvan-xl --help", (_program(), "--help")),
        Case(job, "python (không làm gì)", python),
    )


def _received(folder: Path, count: int, options: argparse.Namespace) -> tuple[Case, ...]:
    """Return the contestants at adding up `count` received workbooks."""
    _tell(f"Tạo {count} sổ")
    totals = generate(folder, count, workers=os.cpu_count() or 1).totals
    job, inbox, output = f"Tổng hợp {count} sổ", str(folder / INBOX), folder / "tong-hop.xlsx"
    ours = (_program(), "tong-hop", str(folder / PARENT), inbox, "-o", str(output))
    cases = [
        Case(job, _OURS, ours, output, totals),
        Case(job, _CALAMINE, (sys.executable, "-m", "benchmarks.calamine_lists", inbox)),
    ]
    if count <= options.pandas_up_to:
        loop = (sys.executable, "-m", "benchmarks.pandas_loop", inbox)
        cases.append(Case(job, _PANDAS, loop, totals=totals))
    return tuple(cases)


def _unit_sheets(folder: Path) -> tuple[Case, ...]:
    totals = generate_with_sheets(folder, _UNIT_SHEETS).totals
    output = folder / "tong-hop.xlsx"
    command = (_program(), "tong-hop", str(folder / PARENT), "-o", str(output))
    return (Case(_job_of_sheets(), _OURS, command, output, totals),)


def _job_of_sheets() -> str:
    return f"Một sổ có {_UNIT_SHEETS} trang đơn vị"


def _received_count(job: str) -> int:
    """Return how many received workbooks a job has, 0 when it is another kind of job."""
    words = job.split()
    return int(words[2]) if words[:2] == ["Tổng", "hợp"] else 0


def _program() -> str:
    """Return the danvan-xl installed beside the running Python."""
    path = Path(sys.executable).with_name("danvan-xl")
    if not path.exists():
        raise RunFailedError(
            f"chưa có {path.name} bên cạnh Python đang chạy; chạy make python trước."
        )
    return str(path)


def _take_turns(cases: Sequence[Case], runs: int) -> list[Measured]:
    """Return the measures of the cases of one job, each run in turn, after one run to warm up."""
    seconds: dict[str, list[float]] = {case.name: [] for case in cases}
    for turn in range(runs + 1):
        for case in cases:
            if case.output:
                case.output.unlink(missing_ok=True)
            done = run(case.command, _accepted(case))
            _check_totals(case, done)
            if turn:
                seconds[case.name].append(done.seconds)
    return [
        Measured(case, tuple(seconds[case.name]), peak_memory(case.command, _accepted(case)))
        for case in cases
    ]


def _accepted(case: Case) -> tuple[int, ...]:
    return (0, _DATA_ERRORS) if case.name == _OURS else (0,)


def _check_totals(case: Case, done: Run) -> None:
    """Raise RunFailedError when a contestant did not come to the known totals."""
    if case.totals is None:
        return
    if "Traceback" in done.errors:  # Python's own exit code 1 is also the one for data errors
        raise RunFailedError(f"{case.name} dừng vì lỗi chương trình.\n{done.errors}")
    if case.output and not case.output.exists():
        raise RunFailedError(f"{case.name} không ghi tệp kết quả.\n{done.errors}")
    found = _totals_in(case.output) if case.output else json.loads(done.output)
    wrong = [
        f"{code}: {found.get(code)} thay vì {total:f}"
        for code, total in case.totals.items()
        if not math.isclose(found.get(code, math.nan), float(total), rel_tol=1e-9)
    ]
    if wrong:
        raise RunFailedError(f"{case.name} cộng khác tổng đã biết: {'; '.join(wrong[:3])}")


def _totals_in(path: Path) -> dict[str, float]:
    """Return column Thực hiện of sheet Tổng hợp by indicator code."""
    code, actual = TOTALS["code"].header, TOTALS["actual"].header
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(TOTALS.title).to_python()
    start = next(index for index, row in enumerate(rows) if code in row and actual in row)
    code_index, actual_index = rows[start].index(code), rows[start].index(actual)
    return {
        str(row[code_index]): value
        for row in rows[start + 1 :]
        if isinstance(value := row[actual_index], float)
    }


def _machine() -> list[str]:
    """Return what the figures depend on: processor, memory, system, versions."""
    names = ("danvan_xl", "python-calamine", "XlsxWriter", "pandas", "openpyxl")
    packages = ", ".join(f"{name} {_version(name)}" for name in names)
    return [
        f"Bộ xử lý: {_processor()}, {_usable_cores()} lõi",
        f"Bộ nhớ: {_memory()}",
        f"Hệ điều hành: {_system()}",
        f"Python {platform.python_version()}, {packages}",
    ]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # the package is being run from its folder
        return "chưa cài"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError):
        return "không rõ"
    return f"{size / 1024**3:.0f} GiB"


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()


def _table_row(item: Measured) -> str:
    memory = "không đo được" if item.memory is None else _figure(item.memory, 0)
    spread = f"{_figure(min(item.seconds), 3)} - {_figure(max(item.seconds), 3)}"
    times = f"{_figure(item.median, 3)} | {spread}"
    return f"| {item.case.job} | {item.case.name} | {times} | {memory} |"


def _target_row(target: Target) -> str:
    sign = "≥" if target.at_least else "≤"
    places = 0 if target.unit == "MiB" else 2
    value, limit = _figure(target.value, places), _figure(target.limit, places)
    kept = "Đạt" if target.is_kept else "Chưa đạt"
    return f"| {target.text} | {value} {target.unit} | {sign} {limit} {target.unit} | {kept} |"


def _figure(value: float, places: int) -> str:
    return f"{value:.{places}f}".replace(".", ",")


def _tell(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
