"""Whose a code or a name is: either tells the unit; what is only close is asked about."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from danvan_xl.reading.records import Unit
from danvan_xl.vietnamese.text import bare_key, closest, match_key


class Lookup(NamedTuple):
    """The unit meant, and whether only its name told it; without a unit, what to ask.

    `hint` begins with a space, so that it may follow a sentence.
    """

    unit: Unit | None
    by_name: bool = False
    hint: str = ""


def find_unit(units: Sequence[Unit], code: str, name: str = "") -> Lookup:
    """The unit with this code, else the only one of this name.

    A name may also have been written where the code belongs. Two units of one name are not told
    apart by it.
    """
    key = match_key(code)
    if key:
        for unit in units:
            if match_key(unit.code) == key:
                return Lookup(unit)
    called = _called(units, name) or _called(units, code)
    if len(called) == 1:
        return Lookup(called[0], by_name=True)
    if called:
        codes = ", ".join(unit.code for unit in called)
        hint = f" Có {len(called)} đơn vị cùng tên '{called[0].name}' ({codes}): ghi đúng mã."
        return Lookup(None, hint=hint)
    return Lookup(None, hint=_below(units, key) or _hint(units, (code, name)))


def _called(units: Sequence[Unit], name: str) -> list[Unit]:
    """The units of a name; one typed without any marks goes by its letters."""
    key = match_key(name)
    found = [unit for unit in units if key and match_key(unit.name) == key]
    if found or not key.isascii():
        return found
    bare = bare_key(name)
    return [unit for unit in units if bare and bare_key(unit.name) == bare]


def _below(units: Sequence[Unit], key: str) -> str:
    """Whose own unit a code belongs to: "21421.1" is one of 21421, by its dot."""
    above = next((unit for unit in units if key.startswith(f"{match_key(unit.code)}.")), None)
    return f" Mã này là của đơn vị trực thuộc '{above.name}' ({above.code})." if above else ""


def _hint(units: Sequence[Unit], written: Iterable[str]) -> str:
    """The text " Có phải 'Thôn Một' (A.1)?" for the units whose code or name is close."""
    spelled = {unit.name: unit for unit in reversed(units)}
    spelled |= {unit.code: unit for unit in reversed(units)}
    close = (closest(text, spelled) for text in written if text)
    meant = dict.fromkeys(spelled[text] for text in close if text is not None)
    asked = " hoặc ".join(f"'{unit.name}' ({unit.code})" for unit in meant)
    return f" Có phải {asked}?" if asked else ""
