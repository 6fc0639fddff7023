"""The title block of the printed sheets, as sheet Thông tin has it."""

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.report.tables import Heading
from danvan_xl.vietnamese.text import tidy

_LOCALITY_LEVELS = ("xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "tỉnh", "thôn")


def report_heading(result: Consolidation) -> Heading:
    """The offices, the place and day, the period, and who signs."""
    info = result.book.info
    year = f" năm {info.year}" if info.year and not result.by_year else ""
    label = result.period.label
    period = f"Kỳ báo cáo: {label}{year}" if label != "Năm" else f"Kỳ báo cáo: cả{year or ' năm'}"
    return Heading(
        parent_name=info.parent_name,
        unit_name=info.unit_name,
        locality=locality_of(info.unit_name),
        date=info.prepared_on,
        period_line=period,
        signer_title=info.preparer_title,
    )


def locality_of(unit_name: str) -> str:
    """The place name in a unit's name: "Xã Phổ Phong" → "Phổ Phong"."""
    words = tidy(unit_name)
    for level in _LOCALITY_LEVELS:
        if words.casefold().startswith(level + " "):
            return words[len(level) + 1 :]
    return ""
