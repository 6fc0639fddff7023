"""What `nhan` prints: what was filed where, which file counts, what nobody could place."""

from collections.abc import Iterator

from danvan_xl.inbox.collecting import Collected
from danvan_xl.inbox.journal import JournalEntry
from danvan_xl.inbox.layout import UNPLACED

_COUNTS, _KEPT, _REFUSED = "tính", "lưu, không tính", "không tính (xem lỗi)"
_OTHER_YEAR = "của năm khác, không tính cho {}"


def render_collected(done: Collected, findings: list[str]) -> str:
    """What was done, for the officer; `findings` are already lines."""
    lines = [*_filed(done), *findings, *([""] if findings or done.filed else [])]
    lines.append(f"Đã xếp {len(done.filed)} sổ vào {done.inbox}{_of_counting(done)}.")
    if done.known:
        lines.append(f"{len(done.known)} tệp giống hệt sổ đã nhận, không nhận lại.")
    if done.unplaced:
        folder = done.inbox / UNPLACED
        lines.append(f"{len(done.unplaced)} sổ chưa rõ của ai, để ở '{folder}' (xem ly-do.txt).")
    if not (done.filed or done.known or done.unplaced):
        lines.append("Không thấy sổ Excel nào trong những gì đã chọn.")
    return "\n".join(lines)


def collected_as_json(done: Collected) -> dict[str, object]:
    """What was done, for other programs."""
    return {
        "inbox": str(done.inbox),
        "filed": [_as_json(entry, done) for entry in done.filed],
        "known": [_as_json(entry, done) for entry in done.known],
        "unplaced": [
            {"path": item.path, "way": item.way, "code": item.why.code.label}
            for item in done.unplaced
        ],
    }


def _filed(done: Collected) -> Iterator[str]:
    """A line for each file filed anew."""
    for entry in done.filed:
        unit = f"{entry.unit_name} ({entry.unit_code})" if entry.unit_name else entry.unit_code
        yield f"{unit}, {entry.of.label} {entry.year}: {entry.path} [{_state(entry, done)}]"


def _of_counting(done: Collected) -> str:
    counted = sum(entry.path in done.counted for entry in done.filed)
    return f", {counted} sổ được tính" if done.filed else ""


def _state(entry: JournalEntry, done: Collected) -> str:
    if entry.path in done.counted:
        return _COUNTS
    if entry.sent_for is not None:
        return _OTHER_YEAR.format(entry.sent_for)
    return _REFUSED if entry.is_refused else _KEPT


def _as_json(entry: JournalEntry, done: Collected) -> dict[str, object]:
    return {
        "path": entry.path,
        "way": entry.way,
        "unit_code": entry.unit_code,
        "unit_name": entry.unit_name,
        "year": entry.year,
        "period": entry.of.label,
        "sequence": entry.sequence,
        "counts": entry.path in done.counted,
        "sha256": entry.sha256,
    }
