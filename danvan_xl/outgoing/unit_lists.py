"""What the official list of provinces and communes fills in: a unit, its parent, its units."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from danvan_xl.outgoing.contents import UnitRow
from danvan_xl.schema.sheets import LEVELS
from danvan_xl.vietnamese.text import closest, match_key

_LIST = Path(__file__).parents[1] / "data" / "don-vi-hanh-chinh.csv"  # from: docs/giay-phep.md
_KINDS = re.compile(r"(?:tỉnh|thành phố|xã|phường|đặc khu)\s+", re.IGNORECASE)
_SHORT = re.compile(r"(tp|p|x)(?:\.\s*|\s+)", re.IGNORECASE)
_IN_FULL = {"tp": "Thành phố", "p": "Phường", "x": "Xã"}
_MOST_NAMED = 10
_CLOSE = 0.75


class DivisionsError(Exception):
    """A province or commune that cannot be told; the text says in Vietnamese what to do."""


class Commune(NamedTuple):
    """A xã, phường or đặc khu, and the province it belongs to."""

    code: str
    name: str
    province_code: str
    province_name: str


class Province(NamedTuple):
    """A province or a city of that rank, with its communes."""

    code: str
    name: str
    communes: tuple[Commune, ...]


@lru_cache(maxsize=1)
def provinces() -> tuple[Province, ...]:
    """Every province with its communes, by their codes; the list has provinces first."""
    with _LIST.open(encoding="utf-8", newline="") as stream:
        _, *rows = csv.reader(stream)
    names = {code: name for code, name, above in rows if not above}
    communes: dict[str, list[Commune]] = {code: [] for code in names}
    for code, name, above in rows:
        if above:
            communes[above].append(Commune(code, name, above, names[above]))
    return tuple(Province(code, name, tuple(communes[code])) for code, name in names.items())


def find_province(code: str, name: str) -> Province:
    """The province with a code, else of a name; DivisionsError when none or several fit."""
    found = _find(provinces(), code, name)
    assert isinstance(found, Province)  # one of those it was looked for in
    return found


def find_commune(code: str, name: str) -> Commune:
    """The commune with a code, else of a name; DivisionsError when none or several fit."""
    communes = tuple(commune for province in provinces() for commune in province.communes)
    found = _find(communes, code, name)
    assert isinstance(found, Commune)  # likewise
    return found


def _find(known: Sequence[Province | Commune], code: str, name: str) -> Province | Commune:
    """The one with a code, zeros in front or not; without a code, the one of a name."""
    if code:
        fitting = [item for item in known if item.code == code.strip().zfill(len(item.code))]
    else:
        fitting = _called(known, name)
    if len(fitting) == 1:
        return fitting[0]
    written = f"mã '{code}'" if code else f"tên '{name}'"
    if fitting:
        named = "; ".join(map(_spoken, fitting[:_MOST_NAMED]))
        more = f" và {len(fitting) - _MOST_NAMED} nơi nữa" if len(fitting) > _MOST_NAMED else ""
        raise DivisionsError(f"Có {len(fitting)} đơn vị {written}: {named}{more}. Ghi mã sau --ma.")
    raise DivisionsError(
        f"Danh mục đơn vị hành chính không có {written}.{_hint(known, code, name)} "
        "Sửa lại --ma hoặc --ten."
    )


def _called(known: Iterable[Province | Commune], name: str) -> list[Province | Commune]:
    """Those of a name; "Phổ Phong" alone is enough where nothing is called just that."""
    short = _SHORT.match(name)
    key = match_key(f"{_IN_FULL[short[1].lower()]} {name[short.end() :]}" if short else name)
    whole = [item for item in known if match_key(item.name) == key]
    return whole or [item for item in known if match_key(_bare(item.name)) == key]


def is_called(item: Province | Commune, name: str) -> bool:
    """Whether a name is that of a province or commune, with or without what kind it is."""
    return bool(_called((item,), name))


def _bare(name: str) -> str:
    return _KINDS.sub("", name, count=1)


def _hint(known: Sequence[Province | Commune], code: str, name: str) -> str:
    spelled = {(item.code if code else _bare(item.name)): item for item in known}
    if not code:
        spelled |= {item.name: item for item in known}
    meant = closest(code or name, spelled, _CLOSE)
    return "" if meant is None else f" Có phải {_spoken(spelled[meant])}?"


def _spoken(item: Province | Commune) -> str:
    where = f", {item.province_name}" if isinstance(item, Commune) else ""
    return f"'{item.name}' ({item.code}{where})"


_THON, _COMMUNE, _, _PROVINCE, _CENTRE, _ = LEVELS


class UnplacedError(Exception):
    """The unit cannot be told; the text says in Vietnamese what to add."""


class PlacedUnit(NamedTuple):
    """A unit as the official list knows it; `parent` are fields of form Thông tin."""

    code: str
    name: str
    parent: Mapping[str, str] = {}
    units: tuple[UnitRow, ...] = ()
    remarks: tuple[str, ...] = ()


def place_unit(
    level: str, code: str, name: str, hamlets: int | None, with_units: bool
) -> PlacedUnit:
    """Code, name, parent and units of a unit; as given where nothing is asked of the list.

    `hamlets` is how many thôn a commune has, coded <commune>.<number>; they need no list when the
    commune's code is given. Raises UnplacedError for a level or a call that cannot be, and
    DivisionsError where the list does not have the unit.
    """
    placed = _looked_up(level, code, name) if with_units else PlacedUnit(code, name)
    if hamlets is None:
        return placed
    if level != _COMMUNE:
        raise UnplacedError(f"--so-thon dùng cho sổ cấp Xã, không dùng cho cấp {level}.")
    if not placed.code:
        raise UnplacedError(
            "Chưa có mã xã để đặt mã thôn. Ghi thêm --ma, hoặc ghi --ten cùng với --don-vi."
        )
    units = (
        UnitRow(f"{placed.code}.{number}", f"{_THON} {number}", _THON)
        for number in range(1, hamlets + 1)
    )
    return placed._replace(units=tuple(units))


def _looked_up(level: str, code: str, name: str) -> PlacedUnit:
    if level == _CENTRE:
        below = (UnitRow(item.code, item.name, _PROVINCE) for item in provinces())
        return PlacedUnit(code, name, units=tuple(below))
    if level not in (_PROVINCE, _COMMUNE):
        raise UnplacedError(
            f"Danh mục đơn vị hành chính không có cấp {level}: "
            f"--don-vi dùng cho cấp {_CENTRE}, {_PROVINCE}, {_COMMUNE}."
        )
    if not code and not name:
        raise UnplacedError("Ghi thêm --ma hoặc --ten để tìm đơn vị trong danh mục.")
    if level == _PROVINCE:
        province = find_province(code, name)
        communes = (UnitRow(item.code, item.name, _COMMUNE) for item in province.communes)
        return _named(province, name)._replace(units=tuple(communes))
    commune = find_commune(code, name)
    parent = {"parent_code": commune.province_code, "parent_name": commune.province_name}
    return _named(commune, name)._replace(parent=parent)


def _named(found: Province | Commune, name: str) -> PlacedUnit:
    """A unit of the list; a name of another unit stays, and is pointed out."""
    if not name or is_called(found, name):
        return PlacedUnit(found.code, found.name)
    remark = f"mã {found.code} trong danh mục là '{found.name}', ở đây ghi tên '{name}'"
    return PlacedUnit(found.code, name, remarks=(remark,))
