"""docs/tinh-huong.md: every case with its answer, written and read back."""

import re
import tempfile
from pathlib import Path

from tests.cases import (
    broken_files,
    contents,
    doubts,
    faults,
    hidden_figures,
    hostile_files,
    indicators,
    limits,
    live_text,
    meanings,
    names,
    odd_layouts,
    seals,
    two_at_once,
    typed_numbers,
    typed_words,
    versions,
    words,
)
from tests.cases.case import Case

PATH = Path(__file__).parents[2] / "docs" / "tinh-huong.md"
SECTIONS = (
    typed_numbers.SECTION,
    typed_words.SECTION,
    *meanings.SECTIONS,
    indicators.SECTION,
    odd_layouts.SECTION,
    versions.SECTION,
    doubts.SECTION,
    broken_files.SECTION,
    *names.SECTIONS,
    hostile_files.SECTION,
    limits.SECTION,
    contents.SECTION,
    live_text.SECTION,
    words.SECTION,
    two_at_once.SECTION,
    faults.SECTION,
    seals.SECTION,
    hidden_figures.SECTION,
)
_ROW = re.compile(r"\| (?P<what>(?:\\\||[^|])+) \| (?P<answer>(?:\\\||[^|])+) \|")
_INTRODUCTION = """# Tình huống và câu trả lời

Những gì người dùng thật sự gõ, và những gì người lạ có thể gửi đến; mỗi dòng là một phép kiểm thử,
cột bên phải do chính chương trình trả lời (`make tinh-huong` ghi lại, `make test` đối chiếu).
"""


def answer_of(case: Case, folder: Path) -> str:
    """Return what the program answers, as one cell of the document."""
    return _escaped(case.answer(folder))


def read_answers() -> dict[tuple[str, str], str]:
    """Return the answers of the document by section and case."""
    answers: dict[tuple[str, str], str] = {}
    section = ""
    for line in PATH.read_text("utf-8").splitlines():
        section = line.removeprefix("## ") if line.startswith("## ") else section
        match = _ROW.fullmatch(line)
        if match and match["what"] not in ("Tình huống", "---"):
            answers[section, match["what"]] = match["answer"]
    return answers


def key_of(section: str, case: Case) -> tuple[str, str]:
    """Return under what the document has the answer to a case."""
    return section, _escaped(case.what)


def write() -> None:
    """Make every case happen and write the document."""
    blocks = [_INTRODUCTION]
    for section in SECTIONS:
        rows = ["| Tình huống | Chương trình trả lời |", "|---|---|"]
        for case in section.cases:
            with tempfile.TemporaryDirectory() as folder:
                rows.append(f"| {_escaped(case.what)} | {answer_of(case, Path(folder))} |")
        blocks.append("\n".join([f"## {section.title}", "", section.about, "", *rows, ""]))
    PATH.write_text("\n".join(blocks), "utf-8")


def _escaped(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
