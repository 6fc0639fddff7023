"""What the requirements bring along, and under which licence: read from what is installed."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}
COPYLEFT = re.compile(r"\b[AL]?GPL|GNU (?:LESSER |AFFERO |LIBRARY )?GENERAL PUBLIC", re.IGNORECASE)
_LICENCE_LINE = re.compile(
    r"^\s*(?:License:.*\b[AL]?GPL.*|GNU (?:LESSER |AFFERO )?GENERAL PUBLIC LICENSE)\s*$",
    re.IGNORECASE | re.MULTILINE,
)


class Package(NamedTuple):
    """A package of the closure; `licence` is "" where it is not installed on this system."""

    name: str
    asked: str
    licence: str
    found: Distribution | None


def requirements() -> dict[str, list[str]]:
    """What pyproject.toml asks for: the core under "", the extras and groups by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = project["project"]
    return {
        "": asked["dependencies"],
        **asked["optional-dependencies"],
        **project["dependency-groups"],
    }


def closure(wanted: Sequence[str]) -> dict[str, Package]:
    """Every package that requirements bring, on this system or on Windows, by its plain name."""
    direct = [Requirement(text) for text in wanted]
    asked = {
        plain(one.name): text.removeprefix(one.name)
        for one, text in zip(direct, wanted, strict=True)
    }
    found: dict[str, Package] = {}
    waiting = list(direct)
    while waiting:
        below = waiting.pop(0)
        if (name := plain(below.name)) not in found:
            found[name] = _package(name, asked.get(name, ""))
            if package := found[name].found:
                waiting += _needed(package, below.extras)
    return found


def _package(name: str, asked: str) -> Package:
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return Package(name, asked, "", None)
    return Package(name, asked, licence_of(package), package)


def _needed(package: Distribution, extras: Iterable[str]) -> Iterator[Requirement]:
    for text in package.requires or ():
        below = Requirement(text)
        around = [{"extra": extra, **system} for extra in ("", *extras) for system in ({}, WINDOWS)]
        if below.marker is None or any(map(below.marker.evaluate, around)):
            yield below


def plain(name: str) -> str:
    """A package's name as an index spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(package: Distribution) -> str:
    """The licence as the package states it: an expression, else a classifier, else its words."""
    stated = package.metadata
    if expression := stated.get("License-Expression"):
        return str(expression)
    for line in stated.get_all("Classifier") or ():
        if line.startswith("License ::") and not line.endswith("OSI Approved"):
            return line.rpartition("::")[2].strip()
    return (stated.get("License") or "").strip().partition("\n")[0]


def carried_copyleft(package: Distribution) -> set[str]:
    """The copyleft licences that the licence files of a package are, or say parts of it have."""
    return {
        " ".join(line.split())
        for path in package.files or ()
        if re.search(r"licen[cs]e|copying|notice", str(path), re.IGNORECASE)
        and path.suffix.lower() in ("", ".txt", ".md", ".rst")
        for line in _LICENCE_LINE.findall(path.read_text(encoding="utf-8"))
    }
