"""How reading on a Dask cluster grows with its workers: 1 and 2 on this computer, and none.

python -m benchmarks.cluster --count 400 --runs 3
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from benchmarks.generate import INBOX, PARENT, Expected, generate
from danvan_xl.jobs.consolidate import Reading, consolidate_files
from danvan_xl.vietnamese.printed import vietnamese_number


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print the table; the cluster itself is started before the clock."""
    parser = argparse.ArgumentParser(description="Đo đọc bằng cụm máy Dask.")
    parser.add_argument("--count", type=int, default=400, help="số sổ nhận")
    parser.add_argument("--runs", type=int, default=3, help="số lần đo")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        expected = generate(folder, options.count, workers=2)
        print("| Cách đọc | Trung vị (s) | Sổ mỗi giây |")
        print("|---|---:|---:|")
        for workers in (0, 1, 2):
            seconds = [_measured(folder, workers, expected) for _ in range(options.runs)]
            median = statistics.median(seconds)
            way = f"cụm {workers} tiến trình" if workers else "máy này, không cụm"
            rate = options.count / median
            print(f"| {way} | {_shown(median)} | {_shown(rate)} |")


def _shown(number: float) -> str:
    return vietnamese_number(round(Decimal(number), 1))


def _measured(folder: Path, workers: int, expected: Expected) -> float:
    """The seconds to consolidate; the totals have to be right."""
    if workers == 0:
        return _consolidated(folder, "", expected)
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None
    ) as started:
        return _consolidated(folder, started.scheduler_address, expected)


def _consolidated(folder: Path, address: str, expected: Expected) -> float:
    begun = time.perf_counter()
    reading = Reading(is_anew=True, cluster=address)
    result = consolidate_files(folder / PARENT, folder / INBOX, reading=reading).result
    seconds = time.perf_counter() - begun
    if any(line.actual != expected.totals[line.definition.code] for line in result.lines.values()):
        sys.exit("Tổng không đúng.")
    return seconds


if __name__ == "__main__":
    main()
