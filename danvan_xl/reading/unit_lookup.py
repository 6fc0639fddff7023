"""Which unit of a list a code or a name means; what is only close is asked about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from danvan_xl.reading.records import Unit
from danvan_xl.vietnamese.text import closest, match_key
from danvan_xl.vietnamese.unit_names import bare_unit_key, unit_key


class Lookup(NamedTuple):
    """The unit meant, and whether only its name told it; without a unit, what to ask.

    `hint` begins with a space, so that it may follow a sentence.
    """

    unit: Unit | None
    by_name: bool = False
    hint: str = ""


class UnitIndex:
    """A list of units, by their codes and by their names as people write them."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units

    def with_code(self, code: str) -> Unit | None:
        """The unit with this code."""
        return self._by_code.get(match_key(code))

    def called(self, name: str) -> Sequence[Unit]:
        """The units of a name: written the same, else the same but for words of level and office.

        One typed without any marks goes by its letters.
        """
        if not name:
            return ()
        found = self._by_name.get(match_key(name)) or self._by_key.get(unit_key(name))
        if found is None and match_key(name).isascii():
            found = self._by_bare_key.get(bare_unit_key(name))
        return found or ()

    def find(self, code: str, name: str = "") -> Lookup:
        """The unit with this code, else the only one of this name.

        A name may also have been written where the code belongs. Two units of one name are not told
        apart by it.
        """
        if (unit := self.with_code(code)) is not None:
            return Lookup(unit)
        called = self.called(name) or self.called(code)
        if len(called) == 1:
            return Lookup(called[0], by_name=True)
        return Lookup(None, hint=self.hint(code, name))

    def hint(self, code: str, name: str = "") -> str:
        """What to ask where neither a code nor a name tells the unit."""
        called = self.called(name) or self.called(code)
        if len(called) > 1:
            codes = ", ".join(unit.code for unit in called)
            return f" Có {len(called)} đơn vị cùng tên '{called[0].name}' ({codes}): ghi đúng mã."
        return self._below(match_key(code)) or self._close((code, name))

    def _below(self, key: str) -> str:
        """Whose own unit a code belongs to: "21421.1" is one of 21421, by its dot."""
        starts = (key[:at] for at in range(len(key) - 1, 0, -1) if key[at] == ".")
        above = next(filter(None, map(self._by_code.get, starts)), None)
        return f" Mã này là của đơn vị trực thuộc '{above.name}' ({above.code})." if above else ""

    def _close(self, written: Iterable[str]) -> str:
        """The text " Có phải 'Thôn Một' (A.1)?" for the units whose code or name is close."""
        spelled = {unit.name: unit for unit in reversed(self.units)}
        spelled |= {unit.code: unit for unit in reversed(self.units)}
        close = (closest(text, spelled) for text in written if text)
        meant = dict.fromkeys(spelled[text] for text in close if text is not None)
        asked = " hoặc ".join(f"'{unit.name}' ({unit.code})" for unit in meant)
        return f" Có phải {asked}?" if asked else ""

    @cached_property
    def _by_code(self) -> Mapping[str, Unit]:
        found = {match_key(unit.code): unit for unit in reversed(self.units)}
        return {key: unit for key, unit in found.items() if key}

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Unit]]:
        return self._grouped(match_key(unit.name) for unit in self.units)

    @cached_property
    def _by_key(self) -> Mapping[str, Sequence[Unit]]:
        return self._grouped(unit_key(unit.name) for unit in self.units)

    @cached_property
    def _by_bare_key(self) -> Mapping[str, Sequence[Unit]]:
        return self._grouped(bare_unit_key(unit.name) for unit in self.units)

    def _grouped(self, keys: Iterable[str]) -> Mapping[str, Sequence[Unit]]:
        found: dict[str, list[Unit]] = defaultdict(list)
        for key, unit in zip(keys, self.units, strict=True):
            found[key].append(unit)
        return dict(found)
