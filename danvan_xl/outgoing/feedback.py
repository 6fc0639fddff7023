"""What goes back to the sender of a checked workbook: the words of the letter, and to whom."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from danvan_xl.consolidation.one_workbook import CheckedFile
from danvan_xl.outgoing.drafts import Addresses, Attachment, Draft
from danvan_xl.outgoing.letters import (
    addresses_of,
    day_words,
    letter,
    office_of,
    period_phrase,
    sentence,
)
from danvan_xl.reading.records import Unit
from danvan_xl.reading.senders import Senders, Superior, claim_by
from danvan_xl.schema.issues import Issue, Place
from danvan_xl.schema.messages import Code, Severity
from danvan_xl.schema.sheets import SECRECY
from danvan_xl.vietnamese.text import match_key

# A file with one of these has no figures to mark: it cannot be read, or is no workbook of figures.
_WITHOUT_FIGURES = frozenset((Code.FILE_UNREADABLE, Code.FILE_ENCRYPTED, Code.FILE_IS_MARKED_COPY))
_WORTH = (Severity.ERROR, Severity.WARNING)
_LISTED = 10
_BY_THE_ORIGINAL = "sửa trong sổ gốc rồi gửi lại sổ gốc"


class Answer(NamedTuple):
    """What was done about one checked file; without copy and draft, `why_none` says why.

    `why_not_marked` tells why the copy is but a list, `why_no_draft` why no letter goes with it.
    """

    file: str
    unit_name: str
    copy: Path | None = None
    draft: Path | None = None
    addresses: Addresses = Addresses((), ())
    why_not_marked: str = ""
    why_no_draft: str = ""
    why_none: str = ""


def worth_answering(file: CheckedFile) -> tuple[Issue, ...]:
    """The errors and warnings of a file: without any, nothing goes back."""
    return tuple(item for item in file.issues if item.severity in _WORTH)


def can_be_marked(file: CheckedFile) -> bool:
    """Whether there are figures of which a marked copy can be made."""
    return file.path is not None and not any(item.code in _WITHOUT_FIGURES for item in file.issues)


def unit_of(file: CheckedFile, superior: Superior) -> Unit | None:
    """The unit of the superior's list a file is from; None where none, or two, could be meant."""
    senders = Senders(superior)
    return senders.sender(claim_by(file.info), Place(file.file)).unit


def whose_file(file: CheckedFile) -> str:
    """Whose and of when a file is: "Thôn 1, kỳ tháng 6 năm 2026"; "" when not known."""
    return ", ".join(part for part in (file.unit_name, _period(file)) if part)


def why_no_letter(file: CheckedFile, superior: Superior) -> str:
    """Why no draft is made for a file that has something to correct, "" when one is."""
    if match_key(file.info.secrecy) == match_key(SECRECY[1]):
        return "sổ ghi Độ mật 'Mật'; trả lời theo quy định bảo vệ bí mật, không qua thư điện tử"
    own = match_key(superior.info.unit_code)
    if own and match_key(file.info.unit_code) == own:
        return "đây là sổ của chính đơn vị"
    return ""


def reply(
    file: CheckedFile, superior: Superior, attachment: Attachment | None, today: dt.date
) -> Draft:
    """The letter that asks a sender to correct its figures, with the copy attached."""
    unit = unit_of(file, superior)
    name = unit.name if unit else file.unit_name
    of_file = f"tệp {_file_name(file)}"
    subject = ", ".join(part for part in (name or of_file, _period(file)) if part)
    paragraphs = _paragraphs(file, superior, attachment, name, today)
    return Draft(
        addresses_of(unit).known,
        f"Đề nghị sửa số liệu: {subject}",
        letter(name or f"đơn vị gửi {of_file}", paragraphs, superior.info),
        (attachment,) if attachment else (),
    )


def _paragraphs(
    file: CheckedFile,
    superior: Superior,
    attachment: Attachment | None,
    name: str,
    today: dt.date,
) -> Iterator[str]:
    """What was found, the first findings, and what is asked for until when."""
    found = worth_answering(file)
    yield f"{sentence(office_of(superior.info))} đã {_what_was_done(file, found)}"
    yield "\n".join((_introduced(found, attachment), *_listed(found)))
    wish = _BY_THE_ORIGINAL if can_be_marked(file) else "làm theo cách sửa nêu trên rồi gửi lại"
    yield f"Đề nghị {name or 'đơn vị'} {wish}{_until(superior.info.deadline, today)}."
    if attachment:
        yield (
            f"Tệp đính kèm {attachment.name} chỉ để xem những chỗ phải sửa; không sửa số liệu "
            "trong tệp này và không gửi lại tệp này."
        )


def _what_was_done(file: CheckedFile, found: tuple[Issue, ...]) -> str:
    name = _file_name(file)
    if not can_be_marked(file):
        return f"nhận tệp {name} nhưng chưa tính được số liệu trong tệp."
    errors = sum(item.severity is Severity.ERROR for item in found)
    warnings = len(found) - errors
    counts = (
        f"{errors} lỗi phải sửa" if errors else "",
        f"{warnings} cảnh báo cần xem lại" if warnings else "",
    )
    period = f", {_period(file)}" if _period(file) else ""
    return f"kiểm tra tệp {name}{period}: có {', '.join(filter(None, counts))}."


def _introduced(found: tuple[Issue, ...], attachment: Attachment | None) -> str:
    """The line above the findings."""
    if len(found) <= _LISTED:
        return "Cụ thể như sau:"
    where = " có trong tệp đính kèm" if attachment else ""
    return f"{_LISTED} điểm đầu như sau (đủ {len(found)} điểm{where}):"


def _listed(found: tuple[Issue, ...]) -> Iterator[str]:
    """The first findings, numbered, each with its place and its remedy."""
    for number, item in enumerate(found[:_LISTED], start=1):
        place = str(Place(sheet=item.place.sheet, cell=item.place.cell))
        where = f"{item.severity}, {place}" if place else item.severity
        yield f"{number}. {where}: {item.message} → {item.remedy}"


def _until(deadline: dt.date | None, today: dt.date) -> str:
    """The day until which, as the superior's workbook says it; "" when it does not."""
    if deadline is None:
        return ""
    if deadline < today:
        return f" ngay, vì đã quá hạn nộp ({day_words(deadline)})"
    return f", chậm nhất {day_words(deadline)}"


def _period(file: CheckedFile) -> str:
    label = file.period or (file.info.period.label if file.info.period else "")
    return period_phrase(label, file.info.year)


def _file_name(file: CheckedFile) -> str:
    """The name of a file without the superior's own folders."""
    return PurePosixPath(file.file).name
