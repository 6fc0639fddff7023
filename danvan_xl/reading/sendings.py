"""Whether a sending can be trusted: its seal, its manifest against its sheets, its signature."""

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from danvan_xl.files.opening import OpenedBook
from danvan_xl.reading.info import places_of_info
from danvan_xl.reading.manifests import Manifest, Sealed, UnreadableManifest, is_unchanged
from danvan_xl.reading.records import Book, Info, Unit
from danvan_xl.reading.signing import is_installed, is_signed_by
from danvan_xl.schema.info_form import INFO
from danvan_xl.schema.issues import Issue, Place, issue
from danvan_xl.schema.messages import Code
from danvan_xl.vietnamese.privacy import Ours, Typed
from danvan_xl.vietnamese.text import match_key
from danvan_xl.vietnamese.unit_names import unit_key


class Checked(Enum):
    """What a seal or a signature was found to be."""

    RIGHT = "đúng"
    WRONG = "sai"
    NONE = "không có"
    UNKNOWN = "chưa kiểm tra được"


class SealCheck(NamedTuple):
    """What checking a sending came to; `known_as` is the unit whose listed key signed it."""

    seal: Checked
    signature: Checked
    known_as: str = ""


NO_SENDING = SealCheck(Checked.NONE, Checked.NONE)


def sending_trouble(book: Book, opened: OpenedBook) -> Issue | None:
    """Why a sending counts for nothing, whoever sent it; None when it can count, or is none."""
    sending, place = book.sending, book.place()
    if isinstance(sending, UnreadableManifest):
        return issue(Code.SENDING_UNREADABLE, place, reason=Typed(sending.reason))
    if sending is None:
        return None
    if not is_unchanged(opened.grids, sending):
        return issue(Code.SENDING_ALTERED, place)
    return _contradiction(sending.manifest, book, opened)


def _contradiction(manifest: Manifest, book: Book, opened: OpenedBook) -> Issue | None:
    """Where sheet Thông tin says another unit, year or period than the manifest: never of ours."""
    differing = [name for name, differs in _COMPARED if differs(manifest, book.info)]
    if not differing:
        return None
    places = places_of_info(opened.grids, book.file)
    told = "; ".join(
        f"{INFO[name].header} '{_of_manifest(manifest, name)}', {places[name].cell} ghi "
        f"'{_of_sheet(book.info, name)}'"
        for name in differing
    )
    at = places[differing[0]]._replace(unit_name=book.info.unit_name)
    return issue(Code.MANIFEST_CONTRADICTS, at, told=Typed(told))


# What is not written on the sheet contradicts nothing.
_COMPARED: tuple[tuple[str, Callable[[Manifest, Info], bool]], ...] = (
    (
        "unit_code",
        lambda said, info: match_key(info.unit_code) not in ("", match_key(said.unit_code)),
    ),
    (
        "unit_name",
        lambda said, info: unit_key(info.unit_name) not in ("", unit_key(said.unit_name)),
    ),
    ("year", lambda said, info: info.year not in (None, said.year)),
    ("period", lambda said, info: info.period is not None and info.period.label != said.period),
)


def _of_manifest(manifest: Manifest, name: str) -> str:
    return str(getattr(manifest, name))


def _of_sheet(info: Info, name: str) -> str:
    return info.period.label if name == "period" and info.period else str(getattr(info, name))


def check_sending(book: Book, opened: OpenedBook) -> SealCheck:
    """The state of the seal of a sending, and of its signature by the key in the file."""
    sending = book.sending
    if not isinstance(sending, Sealed):
        return SealCheck(Checked.UNKNOWN, Checked.UNKNOWN)
    seal = Checked.RIGHT if sending_trouble(book, opened) is None else Checked.WRONG
    return SealCheck(seal if sending.stated_seal else Checked.NONE, *signed_by(sending))


def signed_by(sending: Sealed, unit: Unit | None = None) -> tuple[Checked, str]:
    """The state of a signature, and the unit whose listed key it was made with."""
    if not sending.signature:
        return Checked.NONE, ""
    if not is_installed():
        return Checked.UNKNOWN, ""
    listed = unit.public_key if unit else ""
    if is_signed_by(sending.text, sending.signature, listed or sending.public_key):
        return Checked.RIGHT, unit.name if unit and listed else ""
    return Checked.WRONG, ""


class Signed(NamedTuple):
    """A public key, and the unit that used it."""

    public_key: str
    unit: Unit
    place: Place


def shared_keys(used: Iterable[Signed], *, is_list_told: bool = False) -> Iterator[Issue]:
    """A warning for each unit that signs with a key another unit signed with before.

    `is_list_told` tells that two units listed with one key are told where they are listed.
    """
    first: dict[str, Signed] = {}
    told: set[tuple[str, str]] = set()
    for one in used:
        before = first.setdefault(one.public_key, one)
        pair = match_key(before.unit.code), match_key(one.unit.code)
        if pair[0] == pair[1] or pair in told:
            continue
        told.add(pair)
        listed = {before.unit.public_key, one.unit.public_key}
        if not (is_list_told and listed == {one.public_key}):
            yield key_of_two(before.unit.name, one.unit.name, one.place)


def key_of_two(name: str, other: str, place: Place) -> Issue:
    """The warning that two units have one key."""
    return issue(Code.KEY_OF_TWO_UNITS, place, name=Ours(name), other=Ours(other))
