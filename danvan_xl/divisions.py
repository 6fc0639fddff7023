"""Codes and names of the 34 provinces and 3,321 communes, from a package somebody installed.

The package vietnam-provinces is under the GPL, so it is neither imported nor shipped: only its data
file is read, as data, where it is found. Codes are written as the State does: 2 digits for a
province, 5 for a commune.
"""

import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from danvan_xl.suggestions import closest
from danvan_xl.text import match_key, tidy

_PACKAGE, _DATA = "vietnam_provinces", Path("data") / "nested-divisions.json"
_PROVINCE_KIND = "Tỉnh"
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
    """Return every province; DivisionsError where the package is not installed."""
    return tuple(_province(entry) for entry in json.loads(_data_file().read_text("utf-8")))


def find_province(code: str, name: str) -> Province:
    """Return the province with a code, else of a name; DivisionsError when none or several fit."""
    found = _find(provinces(), code, name)
    assert isinstance(found, Province)  # one of those it was looked for in
    return found


def find_commune(code: str, name: str) -> Commune:
    """Return the commune with a code, else of a name; DivisionsError when none or several fit."""
    communes = tuple(commune for province in provinces() for commune in province.communes)
    found = _find(communes, code, name)
    assert isinstance(found, Commune)  # likewise
    return found


def _data_file() -> Path:
    """Return the data file of the package, which is looked for but not imported."""
    spec = find_spec(_PACKAGE)
    for folder in (spec.submodule_search_locations if spec else None) or ():
        if (path := Path(folder) / _DATA).is_file():
            return path
    raise DivisionsError(
        "Chưa cài danh mục đơn vị hành chính. Cài bằng lệnh: "
        'pip install "danvan_xl[don-vi]" rồi chạy lại.'
    )


def _province(entry: dict[str, object]) -> Province:
    code, name = f"{entry['code']:02d}", tidy(str(entry["name"]))
    if match_key(str(entry["division_type"])) == match_key(_PROVINCE_KIND):
        name = f"{_PROVINCE_KIND} {name}"  # cities of that rank are called so already
    wards = entry["wards"]
    assert isinstance(wards, list)  # so the data file has them
    communes = (Commune(f"{ward['code']:05d}", tidy(ward["name"]), code, name) for ward in wards)
    return Province(code, name, tuple(communes))


def _find(known: Sequence[Province | Commune], code: str, name: str) -> Province | Commune:
    """Return the one with a code, zeros in front or not; without a code, the one of a name."""
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
    """Return those of a name; "Phổ Phong" alone is enough where nothing is called just that."""
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
