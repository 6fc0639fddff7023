"""What a cell chooses from a list, though written without marks, in short, or with i for y."""

from collections.abc import Iterable

from danvan_xl.schema.columns import WORK_FIELDS
from danvan_xl.vietnamese.text import bare_key, match_key

_, _CULTURE, _DEFENCE, _PARTY = WORK_FIELDS
_SHORT = {
    _CULTURE: ("VH-XH", "VHXH"),
    _DEFENCE: ("QP-AN", "QPAN", "An ninh - quốc phòng", "ANQP"),
    _PARTY: (
        *("Xây dựng Đảng", "Xây dựng Đảng, hệ thống chính trị", "XD Đảng"),
        *("XD Đảng và HTCT", "Xây dựng Đảng, chính quyền và hệ thống chính trị"),
    ),
}
_FIELDS = {
    match_key(f"{before} {name}"): name for name in WORK_FIELDS for before in ("", "Lĩnh vực")
}
_LOOSE_FIELDS = {
    bare_key(f"{before} {written}"): name
    for name in WORK_FIELDS
    for written in (name, *_SHORT.get(name, ()))
    for before in ("", "Lĩnh vực")
}


def known_field(written: str) -> str | None:
    """Return the Lĩnh vực that is written as the form has it."""
    return _FIELDS.get(match_key(written))


def loose_field(written: str) -> str | None:
    """Return the Lĩnh vực meant by a text without marks, or in a usual short form."""
    return _LOOSE_FIELDS.get(bare_key(written)) if written else None


def loose_choice(written: str, choices: Iterable[str]) -> str | None:
    """Return the only choice meant by a text without marks, or with i for y ("cuối kì")."""
    key = _loose_key(written)
    found = [choice for choice in choices if key and _loose_key(choice) == key]
    return found[0] if len(found) == 1 else None


def _loose_key(text: str) -> str:
    return bare_key(text).replace("y", "i")
