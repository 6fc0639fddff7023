"""What the official list of provinces and communes fills in: a unit, its parent, its units."""

from collections.abc import Mapping
from typing import NamedTuple

from danvan_xl.contents import UnitRow
from danvan_xl.divisions import Commune, Province, find_commune, find_province, is_called, provinces
from danvan_xl.forms import LEVELS

_THON, _COMMUNE, _, _PROVINCE, _CENTRE, _ = LEVELS


class UnplacedError(Exception):
    """The unit cannot be told; the text says in Vietnamese what to add."""


class Placed(NamedTuple):
    """A unit as the official list knows it; `parent` are fields of form Thông tin."""

    code: str
    name: str
    parent: Mapping[str, str] = {}
    units: tuple[UnitRow, ...] = ()
    remarks: tuple[str, ...] = ()


def place_unit(level: str, code: str, name: str, hamlets: int | None, with_units: bool) -> Placed:
    """Return code, name, parent and units of a unit; as given where nothing is asked of the list.

    `hamlets` is how many thôn a commune has, coded <commune>.<number>; they need no list when the
    commune's code is given. Raises UnplacedError for a level or a call that cannot be, and
    DivisionsError where the list is missing or does not have the unit.
    """
    placed = _looked_up(level, code, name) if with_units else Placed(code, name)
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


def _looked_up(level: str, code: str, name: str) -> Placed:
    if level == _CENTRE:
        below = (UnitRow(item.code, item.name, _PROVINCE) for item in provinces())
        return Placed(code, name, units=tuple(below))
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


def _named(found: Province | Commune, name: str) -> Placed:
    """Return a unit of the list; a name of another unit stays, and is pointed out."""
    if not name or is_called(found, name):
        return Placed(found.code, found.name)
    remark = f"mã {found.code} trong danh mục là '{found.name}', ở đây ghi tên '{name}'"
    return Placed(found.code, name, remarks=(remark,))
