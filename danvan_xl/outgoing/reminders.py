"""Reminders: a letter for every unit that has handed in nothing, or a workbook without figures."""

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.consolidation.unit_reports import Status, UnitReport
from danvan_xl.files.names import safe_name
from danvan_xl.outgoing.drafts import Draft
from danvan_xl.outgoing.letters import (
    addresses_of,
    day_words,
    letter,
    office_of,
    period_words,
    sentence,
)

_SEND_FILE = (
    "gửi tệp sổ (.xlsx) bằng cách trả lời thư này. Trang Thông tin ghi đúng Kỳ báo cáo và Ngày lập."
)
_SEND_FIGURES = "gửi số liệu bằng cách trả lời thư này."
_LEAVE_NO_BLANKS = (
    "Chỉ tiêu không phát sinh thì ghi KPS, không áp dụng thì ghi KAD, không để trống."
)
_IF_SENT = "Nếu đã gửi, đề nghị báo lại ngày gửi để chúng tôi kiểm tra hộp thư."


class Reminder(NamedTuple):
    """A letter to one unit, the name of its file without suffix, and words that are no address."""

    unit_code: str
    unit_name: str
    status: Status
    name: str
    draft: Draft
    wrong_addresses: tuple[str, ...]


def reminders_of(result: Consolidation, today: dt.date) -> tuple[Reminder, ...]:
    """A reminder for every unit whose state is Chưa nộp or Nộp trống, in their order."""
    return tuple(
        _reminder(report, result, today)
        for report in result.units
        if report.status in (Status.NOT_SUBMITTED, Status.EMPTY)
    )


def _reminder(report: UnitReport, result: Consolidation, today: dt.date) -> Reminder:
    unit = report.unit
    sender = result.book.info
    addresses = addresses_of(unit)
    subject = f"Nhắc nộp báo cáo {_period(result)}: {unit.name}"
    body = letter(unit.name, _paragraphs(report, result, today), sender)
    draft = Draft(addresses.known, subject, body)
    name = f"nhac_{safe_name(unit.code)}"
    return Reminder(
        unit_code=unit.code,
        unit_name=unit.name,
        status=report.status,
        name=name,
        draft=draft,
        wrong_addresses=addresses.wrong,
    )


def _paragraphs(report: UnitReport, result: Consolidation, today: dt.date) -> Iterator[str]:
    """What is missing, what to send and where; nothing is said that is not known."""
    office, name = office_of(result.book.info), report.unit.name
    deadline = _deadline(result, today)
    submission = report.submission
    if submission is None:
        missing = f"{office} chưa nhận được báo cáo {_period(result)} của {name}."
        yield f"Đến {day_words(today)}, {missing}{deadline}"
        yield f"Đề nghị {name} điền số liệu rồi {_SEND_FILE} {_LEAVE_NO_BLANKS}"
        yield _IF_SENT
    elif submission.sheet:
        place = f"Trang '{submission.sheet}' trong sổ của {office}"
        yield f"{place} chưa có số liệu {_period(result)} của {name}.{deadline}"
        yield f"Đề nghị {name} {_SEND_FIGURES} {_LEAVE_NO_BLANKS}"
    else:
        got = f"{sentence(office)} đã nhận tệp {PurePosixPath(submission.file).name} của {name}"
        yield f"{got}, nhưng tệp chưa có số liệu nào của báo cáo {_period(result)}.{deadline}"
        yield f"Đề nghị {name} điền số liệu rồi {_SEND_FILE} {_LEAVE_NO_BLANKS}"


def _deadline(result: Consolidation, today: dt.date) -> str:
    """A sentence on the deadline, and on how far it is from today; "" when not known.

    The workbook states one deadline, that of its own Kỳ báo cáo.
    """
    info = result.book.info
    deadline = info.deadline
    if deadline is None or info.period not in (None, result.period):
        return ""
    days = (deadline - today).days
    far = f", còn {days} ngày" if days > 0 else f", đã quá hạn {-days} ngày" if days else ""
    return f" Hạn nộp là {day_words(deadline)}{far}."


def _period(result: Consolidation) -> str:
    return period_words(result.period.label, result.book.info.year)
