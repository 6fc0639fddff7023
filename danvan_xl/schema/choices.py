"""What a cell chooses from a list, though written without marks, in short, or with i for y."""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from danvan_xl.schema.columns import WORK_FIELDS
from danvan_xl.vietnamese.text import bare_key, match_key

ChoiceT = TypeVar("ChoiceT", bound=StrEnum)

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
    """The Lĩnh vực that is written as the form has it."""
    return _FIELDS.get(match_key(written))


def loose_field(written: str) -> str | None:
    """The Lĩnh vực meant by a text without marks, or in a usual short form."""
    return _LOOSE_FIELDS.get(bare_key(written)) if written else None


def loose_choice(written: str, choices: Iterable[str]) -> str | None:
    """The only choice meant by a text without marks, or with i for y ("cuối kì")."""
    key = _loose_key(written)
    found = [choice for choice in choices if key and _loose_key(choice) == key]
    return found[0] if len(found) == 1 else None


def _loose_key(text: str) -> str:
    return bare_key(text).replace("y", "i")


def option_of(options: type[ChoiceT], written: str) -> ChoiceT | None:
    """The option a cell says, as printed or in another spelling; None when it is none."""
    return _options_by_word(options).get(written) or _options_by_word(options).get(
        match_key(written)
    )


@lru_cache(maxsize=8)
def _options_by_word(options: type[ChoiceT]) -> dict[str, ChoiceT]:
    """The options by their words as printed and by match key."""
    printed = {option.value: option for option in options}
    return printed | {match_key(option): option for option in options}
