"""What `gui` prints: where the sending and its draft are, and what to do with them."""

from danvan_xl.jobs.submit import Submitted
from danvan_xl.outgoing.sending import error_count
from danvan_xl.report.as_json import issue_as_json
from danvan_xl.report.compose import what_was_done
from danvan_xl.schema.output_sheets import ISSUES


def render_submitted(sent: Submitted) -> str:
    """What was made, for the officer."""
    manifest = sent.sealed.manifest
    made = f"Đã làm bản gửi lần {manifest.sequence}"
    if not sent.is_new:
        made = f"Số liệu giống bản gửi lần {manifest.sequence}, không làm bản mới"
    lines = [
        what_was_done(sent.result),
        f"{made}: {sent.path}",
        f"Mã kiểm: {sent.sealed.seal}" + (" (có chữ ký số)" if sent.sealed.signature else ""),
        f"Thư nháp: {sent.draft} ({_receivers(sent)})",
        "Mở thư nháp bằng chương trình thư, xem lại rồi bấm Gửi. Chương trình không tự gửi.",
    ]
    lines += [f"Lưu ý: {item.message} {item.remedy}" for item in sent.remarks]
    if errors := error_count(sent.result):
        lines.append(
            f"Lưu ý: gửi kèm {errors} lỗi số liệu, đã ghi trong thư và trang {ISSUES.title}."
        )
    return "\n".join(lines)


def submitted_as_json(sent: Submitted) -> dict[str, object]:
    """What was made, for other programs."""
    manifest = sent.sealed.manifest
    return {
        "message": what_was_done(sent.result),
        "output": str(sent.path),
        "draft": str(sent.draft),
        "is_new": sent.is_new,
        "to": list(sent.to),
        "sequence": manifest.sequence,
        "period": manifest.period,
        "seal": sent.sealed.seal,
        "previous": manifest.previous,
        "content": manifest.content,
        "is_signed": bool(sent.sealed.signature),
        "sources": [source._asdict() for source in manifest.sources],
        "error_count": error_count(sent.result),
        "issues": list(map(issue_as_json, sent.remarks)),
    }


def _receivers(sent: Submitted) -> str:
    return f"gửi {', '.join(sent.to)}" if sent.to else "chưa có địa chỉ nơi nhận"
