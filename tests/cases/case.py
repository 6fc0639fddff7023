"""A case: what happens, in an officer's words, and how to make it happen."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from danvan_xl.schema.issues import Issue
from danvan_xl.schema.messages import Code


class Case(NamedTuple):
    """One situation; `answer` makes it happen in an empty folder and returns what is answered.

    `what` is unique within its section, in Vietnamese, as an officer would say it.
    """

    what: str
    answer: Callable[[Path], str]


class Section(NamedTuple):
    """The cases of one kind; `about` tells in a sentence what they have in common."""

    title: str
    about: str
    cases: Sequence[Case]


def told(issues: Iterable[Issue], leave_out: Sequence[Code] = ()) -> str:
    """Return findings as a table shows them: place, message and code of each."""
    lines = (
        " ".join(filter(None, (_place(item), f"{item.message} ({item.code.label})")))
        for item in issues
        if item.code not in leave_out
    )
    return "<br>".join(lines) or "(không có ghi nhận nào)"


def _place(item: Issue) -> str:
    where = "!".join(filter(None, (item.place.sheet, item.place.cell)))
    words = ", ".join(filter(None, (item.place.file, where)))
    return f"{words}:" if words else ""
