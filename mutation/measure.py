"""Measure how many changes of the code the tests notice, and write docs/dot-bien.md.

python -m mutation.measure --count 600 --write docs/dot-bien.md

The work tree is only read: code and tests are copied, changed and run in a temporary folder.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from mutation.mutants import (
    CannotTryError,
    Fate,
    Plan,
    Tried,
    all_mutants,
    prepare,
    sample,
    try_out,
)
from mutation.page import render, share_of
from mutation.reasons import outdated, read_reasons

_OF_SEVERAL_ROOMS = (
    *("chain", "chain_ratios", "files", "history", "months_up", "noise"),
    *("plans_through_levels", "ratios", "reasons", "register_doubts", "versions_alike"),
)
PLAN = Plan(
    modules=(
        "danvan_xl/rollup/*.py",
        "danvan_xl/checks/*.py",
        "danvan_xl/consolidation/*.py",
        "danvan_xl/reading/manifests.py",
        "danvan_xl/reading/signing.py",
    ),
    tests=(
        "tests/rollup",
        "tests/checks",
        "tests/reading",
        "tests/consolidation",
        "tests/inbox/test_versions.py",
        "tests/report/test_submissions.py",
        "tests/report/test_unmet.py",
        # What is asked of several rooms together; the rest of that folder is slow, or of doors.
        *(f"tests/whole/test_{name}.py" for name in _OF_SEVERAL_ROOMS),
    ),
    # Slow, or of other programs: they would be run again for every change.
    without=(
        "tests/rollup/test_from_registers_libreoffice.py",
        "tests/consolidation/test_cluster.py",
        "tests/consolidation/test_remembered.py",
    ),
)
COUNT = 500  # ends within 20 minutes on two processors
SEED = 1
MINUTES = 20


def main(arguments: Sequence[str] | None = None) -> None:
    """Try out a sample of mutants, print the share caught, perhaps write the page."""
    options = _options(sys.argv[1:] if arguments is None else arguments)
    reasons = read_reasons()
    for key in outdated(reasons):
        print(f"Lý do không còn dùng: {key.file}, {key.function}: {key.before}")
    with tempfile.TemporaryDirectory() as folder:
        existing, tried = measure(Path(folder), PLAN, options)
    print(f"Phép thử phát hiện {share_of(tried)} chỗ sửa.")
    for item in tried:
        if item.fate is Fate.SURVIVED:
            print(item.change)
    if options.write:
        options.write.write_text(render(tried, existing, reasons), "utf-8")


def measure(folder: Path, plan: Plan, options: argparse.Namespace) -> tuple[int, list[Tried]]:
    """How many mutants there are, and what became of a sample of them."""
    prepare(folder, plan)
    names = all_mutants(folder, plan)
    chosen = sample(names, options.count, options.seed)
    print(
        f"Thử {len(chosen)} trong {len(names)} chỗ sửa, tối đa {options.minutes:g} phút.",
        flush=True,
    )
    try:
        return len(names), try_out(folder, chosen, options.processes, options.minutes * 60)
    except CannotTryError as error:
        sys.exit(f"{error}\nKhông đo được: phép thử hỏng ngay trên mã chưa sửa.")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make dot-bien", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help="how many mutants to try")
    parser.add_argument("--seed", type=int, default=SEED, help="which of them")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="when to stop")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write", type=Path, help="the page to write")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
