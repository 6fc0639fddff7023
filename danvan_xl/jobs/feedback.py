"""For each sender with something to correct: a marked copy and a letter, in a folder of ours."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from danvan_xl.consolidation.one_workbook import CheckedFile
from danvan_xl.files.endings import Loss
from danvan_xl.files.names import safe_stem
from danvan_xl.files.workers import Team
from danvan_xl.outgoing.drafts import Attachment, draft_as_eml
from danvan_xl.outgoing.feedback import (
    Answer,
    can_be_marked,
    reply,
    unit_of,
    whose_file,
    why_no_letter,
    worth_answering,
)
from danvan_xl.outgoing.letter_files import DRAFT_SUFFIX, free_stem, write_whole
from danvan_xl.outgoing.letters import addresses_of
from danvan_xl.reading.senders import Superior
from danvan_xl.writing.summary.corrections import Corrections
from danvan_xl.writing.summary.marked_copy import CANNOT_MARK, MarkedCopy, list_alone, marked_copy

COPY_ENDING = "_danh-dau.xlsx"
REPLY_ENDING = f"_phan-hoi{DRAFT_SUFFIX}"
_NOTHING_TO_CORRECT = "không có lỗi, cảnh báo nên không phải sửa"


def write_feedback(
    files: Sequence[CheckedFile], folder: Path, superior: Superior, today: dt.date
) -> list[Answer]:
    """Write copies and letters for the files that need them; return what was done about each."""
    to_mark = [file for file in files if worth_answering(file) and can_be_marked(file)]
    with Team(_copy_of, _list_alone) as team:
        return _write_all(files, folder, superior, today, team.map(to_mark))


def _write_all(
    files: Sequence[CheckedFile],
    folder: Path,
    superior: Superior,
    today: dt.date,
    copies: Iterator[MarkedCopy],
) -> list[Answer]:
    taken: set[str] = set()
    answers: list[Answer] = []
    for file in files:
        if not worth_answering(file):
            answers.append(Answer(file.file, file.unit_name, why_none=_NOTHING_TO_CORRECT))
            continue
        copy = next(copies) if can_be_marked(file) else None
        stem = free_stem(folder, safe_stem(file.file), (COPY_ENDING, REPLY_ENDING), taken)
        taken.add(stem.casefold())
        answers.append(_write(file, folder / stem, copy, superior, today))
    return answers


def _copy_of(file: CheckedFile) -> MarkedCopy:
    assert file.path is not None  # else it is not to be marked
    return marked_copy(file.path, Corrections(file.file, whose_file(file), file.issues))


def _list_alone(file: CheckedFile, _loss: Loss) -> MarkedCopy:
    return list_alone(Corrections(file.file, whose_file(file), file.issues), CANNOT_MARK)


def _write(
    file: CheckedFile, start: Path, copy: MarkedCopy | None, superior: Superior, today: dt.date
) -> Answer:
    """Write the copy and the letter about one file; `start` is their path without the ending."""
    unit = unit_of(file, superior)
    name = unit.name if unit else file.unit_name
    answer = Answer(file.file, name, why_no_draft=why_no_letter(file, superior))
    attachment = None
    if copy is not None:
        path = write_whole(start.with_name(f"{start.name}{COPY_ENDING}"), copy.content)
        attachment = Attachment(path.name, copy.content)
        answer = answer._replace(copy=path, why_not_marked=copy.why_not_marked)
    if answer.why_no_draft:
        return answer
    draft = draft_as_eml(reply(file, superior, attachment, today))
    path = write_whole(start.with_name(f"{start.name}{REPLY_ENDING}"), draft)
    return answer._replace(draft=path, addresses=addresses_of(unit))
