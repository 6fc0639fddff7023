"""Mutants of the package: made, sampled and tried by mutmut, in a folder of their own."""

import ast
import json
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import chdir
from difflib import SequenceMatcher
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import libcst as cst
from mutmut.configuration import reset_config
from mutmut.mutation.diff_apply import read_functions_from_index
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import get_mutant_name, orig_function_and_class_names_from_key

REPOSITORY = Path(__file__).resolve().parents[1]
_COPIED = ("danvan_xl", "tests", "workbook_templates", "docs", "pyproject.toml")
_NEVER_COPIED = shutil.ignore_patterns("__pycache__", "*.pyc")
# A mutant that never ends is stopped after this many times what its tests take otherwise.
_PATIENCE = 5


class CannotTryError(Exception):
    """The tests do not pass on the code as it is; the text is the end of what they said."""


class Fate(StrEnum):
    """What became of a mutant."""

    CAUGHT = "bị phát hiện"
    SURVIVED = "sống sót"
    UNTRIED = "chưa kịp thử"


class Change(NamedTuple):
    """What a mutant changes: its file, function, line, and the text before and after."""

    file: str
    function: str
    line: int
    before: str
    after: str


class Tried(NamedTuple):
    """A mutant that was tried; `change` is told of those that survived."""

    name: str
    file: str
    fate: Fate
    change: Change | None = None


class Plan(NamedTuple):
    """Which modules are changed, and by which tests that should be noticed."""

    modules: Sequence[str]
    tests: Sequence[str]
    without: Sequence[str] = ()


def prepare(folder: Path, plan: Plan) -> None:
    """Copy what the tests need into `folder`, with the settings of mutmut beside it."""
    for name in _COPIED:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=_NEVER_COPIED)
        else:
            shutil.copy(source, folder / name)
    settings = {
        "source_paths": ["danvan_xl"],
        "only_mutate": plan.modules,
        "also_copy": _COPIED,
        "pytest_add_cli_args_test_selection": plan.tests,
        "pytest_add_cli_args": [f"--deselect={test}" for test in plan.without],
        "timeout_multiplier": [str(_PATIENCE)],
    }
    lines = [
        line
        for key, values in settings.items()
        if values
        for line in (f"{key} =", *(f"    {v}" for v in values))
    ]
    (folder / "setup.cfg").write_text("\n".join(["[mutmut]", *lines, ""]), "utf-8")


def all_mutants(folder: Path, plan: Plan) -> list[str]:
    """The names of every mutant of the modules, sorted."""
    with chdir(folder):
        reset_config()
        names = [name for file in _files(plan) for name in _mutants_of(file)]
    reset_config()
    return sorted(names)


def _files(plan: Plan) -> Iterator[Path]:
    for pattern in plan.modules:
        yield from Path().glob(pattern)


def _mutants_of(file: Path) -> Iterator[str]:
    mutated = mutate_file_contents(str(file), file.read_text("utf-8"))
    return (get_mutant_name(file, name) for name in mutated.mutant_names)


def sample(names: Sequence[str], count: int, seed: int) -> list[str]:
    """So many of the names, the same for a seed; a greater count adds to those of a smaller."""
    shuffled = list(names)
    random.Random(seed).shuffle(shuffled)
    return sorted(shuffled[:count])


def try_out(
    folder: Path, names: Sequence[str], processes: int, seconds: float | None = None
) -> list[Tried]:
    """Run the tests for each of these mutants, for so many seconds at most.

    Raises CannotTryError when they fail on the code as it is.
    """
    program = str(Path(sys.executable).with_name("mutmut"))
    command = [program, "run", "--max-children", str(processes), *names]
    log = folder / "mutmut.log"
    with (
        log.open("wb") as told,
        subprocess.Popen(command, cwd=folder, stdout=told, stderr=told) as run,
    ):
        try:
            run.wait(seconds)
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGINT)
    if run.returncode:
        raise CannotTryError(log.read_text("utf-8", "replace")[-2_000:])
    codes: dict[str, tuple[str, int | None]] = {}
    for meta in (folder / "mutants").rglob("*.meta"):
        file = meta.relative_to(folder / "mutants").with_suffix("").as_posix()
        of_file = json.loads(meta.read_text("utf-8"))["exit_code_by_key"]
        codes |= {name: (file, code) for name, code in of_file.items()}
    with chdir(folder):
        return [_tried(name, *codes[name]) for name in names]


def _tried(name: str, file: str, exit_code: int | None) -> Tried:
    status = status_by_exit_code[exit_code]
    if status in ("not checked", "check was interrupted by user"):
        return Tried(name, file, Fate.UNTRIED)
    if status not in ("survived", "no tests"):
        return Tried(name, file, Fate.CAUGHT)
    return Tried(name, file, Fate.SURVIVED, _change(name, file))


def _change(name: str, file: str) -> Change:
    functions = read_functions_from_index(name, file)
    assert functions is not None  # the mutants were made just now
    before, after = (cst.Module([item]).code.strip().splitlines() for item in functions)
    different = [
        code for code in SequenceMatcher(None, before, after).get_opcodes() if code[0] != "equal"
    ]
    first, last, second, end = different[0][1], different[-1][2], different[0][3], different[-1][4]
    function, of_class = orig_function_and_class_names_from_key(name)
    starts = next(at for at, line in enumerate(before) if _is_head(line))
    return Change(
        file,
        f"{of_class}.{function}" if of_class else function,
        _line_of(file, function, of_class) + first - starts,
        _joined(before[first:last]),
        _joined(after[second:end]),
    )


def _is_head(line: str) -> bool:
    return line.lstrip().startswith(("def ", "async def "))


def _joined(lines: Sequence[str]) -> str:
    return " ".join(line.strip() for line in lines)


def _line_of(file: str, function: str, of_class: str | None) -> int:
    """The line on which a function, or a method of a class, begins."""
    body: Sequence[ast.stmt] = ast.parse(Path(file).read_text("utf-8")).body
    for name in of_class.split(".") if of_class else ():
        body = next(n.body for n in body if isinstance(n, ast.ClassDef) and n.name == name)
    return next(n.lineno for n in body if isinstance(n, ast.FunctionDef) and n.name == function)
