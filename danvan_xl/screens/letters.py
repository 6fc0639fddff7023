"""What the command line says about letters that were written; none of them is ever sent."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from danvan_xl.outgoing.feedback import Answer
from danvan_xl.outgoing.reminders import Reminder

_TO_BE_SENT = "Chưa thư nào được gửi: mở từng thư nháp (.eml), xem lại rồi gửi."
_WITHOUT_ADDRESS = "chưa có địa chỉ"


def render_feedback(answers: Sequence[Answer], folder: Path) -> str:
    """What goes back to each sender, with a closing count."""
    lines = [f"Phản hồi trong thư mục {folder}:"]
    for answer in answers:
        name = f"{answer.file} ({answer.unit_name})" if answer.unit_name else answer.file
        lines.append(f"  {name}: {'; '.join(_done(answer))}.")
    copies = sum(answer.copy is not None for answer in answers)
    drafts = sum(answer.draft is not None for answer in answers)
    lines.append(f"Đã ghi {copies} bản đánh dấu, {drafts} thư nháp.")
    return "\n".join([*lines, _TO_BE_SENT] if drafts else lines)


def feedback_as_json(answers: Sequence[Answer], folder: Path) -> dict[str, object]:
    """The same for other programs."""
    files = [
        {
            "file": answer.file,
            "unit_name": answer.unit_name,
            "copy": _path(answer.copy),
            "marked": answer.copy is not None and not answer.why_not_marked,
            "draft": _path(answer.draft),
            "to": list(answer.addresses.known),
            "remarks": [
                remark
                for remark in (answer.why_none, answer.why_not_marked, answer.why_no_draft)
                if remark
            ],
        }
        for answer in answers
    ]
    return {"folder": str(folder), "files": files}


def render_reminders(written: Sequence[tuple[Reminder, Path]], folder: Path) -> str:
    """Which units get a reminder, and which of them have no address yet."""
    if not written:
        return "Không có đơn vị nào chưa nộp, nộp trống; không ghi thư nhắc."
    lines = [f"Thư nhắc trong thư mục {folder}:"]
    for reminder, path in written:
        unit = f"{reminder.unit_code} {reminder.unit_name}"
        address = _address(reminder.draft.to, reminder.wrong_addresses)
        lines.append(f"  {unit} ({reminder.status}): {path.name}, {address}.")
    missing = [item.unit_name for item, _ in written if not item.draft.to]
    lines.append(f"Đã ghi {len(written)} thư nhắc. {_TO_BE_SENT}")
    if missing:
        lines.append(
            f"{len(missing)} đơn vị chưa có địa chỉ ({', '.join(missing)}): "
            "ghi Email ở trang Đơn vị, hoặc điền người nhận khi gửi."
        )
    return "\n".join(lines)


def reminders_as_json(written: Sequence[tuple[Reminder, Path]], folder: Path) -> dict[str, object]:
    """The same for other programs."""
    letters = [
        {
            "unit_code": reminder.unit_code,
            "unit_name": reminder.unit_name,
            "status": reminder.status.value,
            "draft": str(path),
            "to": list(reminder.draft.to),
        }
        for reminder, path in written
    ]
    return {"folder": str(folder), "letters": letters}


def _done(answer: Answer) -> Iterator[str]:
    """What was written about one file, and why something was not."""
    if answer.why_none:
        yield answer.why_none
    if answer.copy is not None:
        alone = f" (chỉ có danh sách lỗi: {answer.why_not_marked})" if answer.why_not_marked else ""
        yield f"{answer.copy.name}{alone}"
    if answer.draft is not None:
        yield f"{answer.draft.name}, {_address(answer.addresses.known, answer.addresses.wrong)}"
    if answer.why_no_draft:
        yield f"không làm thư: {answer.why_no_draft}"


def _address(known: Sequence[str], wrong: Sequence[str]) -> str:
    """The address of a draft, and what in column Email is none."""
    to = f"gửi {', '.join(known)}" if known else _WITHOUT_ADDRESS
    if not wrong:
        return to
    words = ", ".join(f"'{word}'" for word in wrong)
    return f"{to} ({words} ở cột Email không phải địa chỉ thư)"


def _path(path: Path | None) -> str:
    return "" if path is None else str(path)
