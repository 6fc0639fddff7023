"""The recipes of docs/kien-truc.md, followed word by word on a copy of the program."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "kien-truc.md"
# What a step says, and the block behind it; what says nothing of these is for the reader alone.
_BLOCK = r"\n\n```\w+\n(?P<block>.*?)```"
_STEPS = re.compile(
    rf"Trong `(?P<into>[^`]+)`, (?P<side>sau|trước) dòng `(?P<line>.+?)`, thêm:{_BLOCK}"
    r"|Trong `(?P<changed>[^`]+)`, thay `(?P<old>[^`]+)` bằng `(?P<new>[^`]+)`\."
    rf"|[Tt]ệp mới `(?P<made>[^`]+)`:{_BLOCK.replace('block', 'content')}"
    rf"|Cuối tệp `(?P<longer>[^`]+)`, thêm:{_BLOCK.replace('block', 'end')}"
    rf"|Chạy:{_BLOCK.replace('block', 'session')}",
    re.DOTALL,
)
_COPIED = ("danvan_xl", "workbook_templates", "docs")


class Told(NamedTuple):
    """A command of a recipe, what the page says it prints, and what it printed."""

    command: str
    expected: tuple[str, ...]
    printed: str
    code: int


def chapter_of(heading: str) -> str:
    """The text under a heading of the page."""
    text = PAGE.read_text(encoding="utf-8")
    return text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def follow(heading: str, folder: Path) -> list[Told]:
    """Do what a recipe says in a copy of the program; what its commands printed."""
    for name in _COPIED:
        leave_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=leave_out)
    told: list[Told] = []
    for step in _STEPS.finditer(chapter_of(heading)):
        if step["into"]:
            _insert(folder / step["into"], step["line"], step["block"], step["side"] == "sau")
        elif step["changed"]:
            _replace(folder / step["changed"], step["old"], step["new"])
        elif step["made"]:
            path = folder / step["made"]
            assert not path.exists(), path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step["content"], encoding="utf-8")
        elif step["longer"]:
            path = folder / step["longer"]
            path.write_text(path.read_text("utf-8") + step["end"], encoding="utf-8")
        else:
            told += _run(step["session"], folder)
    return told


def _insert(path: Path, line: str, block: str, is_behind: bool) -> None:
    """Put lines before or behind the only line that begins with some words."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    found = [number for number, text in enumerate(lines) if text.startswith(line)]
    if not found:
        found = [number for number, text in enumerate(lines) if text.lstrip().startswith(line)]
    assert len(found) == 1, f"{path.name}: {line}: {len(found)} lines"
    lines.insert(found[0] + is_behind, block)
    path.write_text("".join(lines), encoding="utf-8")


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name}: {old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def _run(session: str, folder: Path) -> Iterator[Told]:
    """Run the commands of a session in order."""
    environment = os.environ | {
        "PYTHONPATH": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }
    for part in session.split("$ ")[1:]:
        command, *expected = part.splitlines()
        program, *arguments = shlex.split(command)
        assert program == "danvan-xl", program
        done = subprocess.run(
            [sys.executable, "-m", "danvan_xl", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        yield Told(command, tuple(expected), done.stdout + done.stderr, done.returncode)
