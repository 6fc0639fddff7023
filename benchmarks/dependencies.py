"""docs/phu-thuoc.md: what is locked, how old each package is, what is newer, what is known of it.

Run by `make phu-thuoc`. Days of release and newest versions come from uv, known faults from
pip-audit in an environment of its own. A package that pip-audit could not ask about is said to be
so: no answer is not a clean answer.
"""

import datetime as dt
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LOCK, PAGE = ROOT / "requirements.lock", ROOT / "docs" / "phu-thuoc.md"
OLD_AFTER = 730  # days
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*(.*?))?\s*\\?$", re.MULTILINE)
_UNASKED, _NONE_KNOWN = "chưa hỏi được", "không"
_HEAD = """# Phụ thuộc đang khóa

Lập ngày {day} bằng `make phu-thuoc`, từ `requirements.lock`; lập lại sau mỗi lần `make khoa`.
Tuổi: số ngày từ ngày ra bản ấy đến ngày lập bảng; trên {limit} ngày thì ghi **cũ**: xem gói còn
được giữ gìn không. Mới nhất: bản mới nhất trên PyPI, để trống khi đang dùng đúng bản ấy.
Lỗ hổng: theo pip-audit; "{unasked}" nghĩa là nơi lập bảng không trả lời cho bản ấy, không phải là
không có lỗ hổng. Giấy phép: [giay-phep.md](giay-phep.md).

| Gói | Bản | Khi | Ngày ra | Tuổi (ngày) | Mới nhất | Lỗ hổng đã biết |
|---|---|---|---|---|---|---|
"""


class Locked(NamedTuple):
    """A package of the lock; `when` is the condition it is locked under, "" for always."""

    name: str
    version: str
    when: str = ""


class Release(NamedTuple):
    """A version of a package that uv knows, and the day it came out."""

    version: str
    day: dt.date


class Known(NamedTuple):
    """What others know: releases by (name, version), newest versions and faults by name."""

    releases: Mapping[tuple[str, str], Release]
    newest: Mapping[str, str]
    faults: Mapping[tuple[str, str], str]


def locked(text: str) -> tuple[Locked, ...]:
    """The packages of a lock, in its order."""
    return tuple(Locked(name, version, when) for name, version, when in _PINNED.findall(text))


def page(packages: Iterable[Locked], known: Known, day: dt.date) -> str:
    """The page as Markdown."""
    head = _HEAD.format(day=f"{day:%d/%m/%Y}", limit=OLD_AFTER, unasked=_UNASKED)
    return head + "".join(f"| {' | '.join(_row(one, known, day))} |\n" for one in packages)


def _row(one: Locked, known: Known, day: dt.date) -> Iterator[str]:
    yield from (one.name, one.version, f"`{one.when}`" if one.when else "")
    release = known.releases.get((one.name, one.version))
    age = (day - release.day).days if release else None
    yield f"{release.day:%d/%m/%Y}" if release else ""
    yield "" if age is None else f"{age} **cũ**" if age > OLD_AFTER else str(age)
    newest = known.newest.get(one.name, "")
    yield "" if newest == one.version else newest
    yield known.faults.get((one.name, one.version), _UNASKED)


def releases(pylock: str) -> Iterator[tuple[str, Release]]:
    """The packages of a pylock.toml with the day the first of their files was uploaded."""
    for package in tomllib.loads(pylock)["packages"]:
        files = [*package.get("wheels", ()), *filter(None, (package.get("sdist"),))]
        days = [file["upload-time"].date() for file in files if "upload-time" in file]
        if days:
            yield package["name"], Release(package["version"], min(days))


def faults(audit: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    """What an answer of pip-audit says of a name and version; what it skipped is left out."""
    for found in audit["dependencies"]:
        if "skip_reason" not in found:
            names = ", ".join(sorted(fault["id"] for fault in found["vulns"]))
            yield (found["name"], found["version"]), names or _NONE_KNOWN


def _ask(packages: Sequence[Locked]) -> Known:
    """What uv and pip-audit know of the packages of the lock."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        names, answer = folder / "names.in", folder / "audit.json"
        lines = (f"{one.name} ; {one.when}" if one.when else one.name for one in packages)
        names.write_text("\n".join(lines), encoding="utf-8")
        group = ["pyproject.toml", "--group", "dev", "--all-extras", "--constraint", LOCK.name]
        ours = _resolved(folder, group)
        newest = _resolved(folder, [str(names), "--no-deps"])
        # Its exit is 1 where it knows of a fault, and it calls what it could not ask clean: only
        # the answer counts.
        asked = ["-r", str(LOCK), "--no-deps", "--disable-pip", "-f", "json", "-o", str(answer)]
        _uv(["tool", "run", "pip-audit", "--progress-spinner", "off", *asked], check=False)
        told = dict(faults(json.loads(answer.read_text("utf-8")))) if answer.exists() else {}
    return Known(
        {(name, one.version): one for name, one in ours},
        {name: one.version for name, one in newest},
        told,
    )


def _resolved(folder: Path, wanted: Sequence[str]) -> tuple[tuple[str, Release], ...]:
    output = folder / "pylock.toml"
    output.unlink(missing_ok=True)
    options = ["--python-version", "3.11", "--format", "pylock.toml", "--output-file", str(output)]
    _uv(["pip", "compile", *wanted, "--universal", "--upgrade", *options])
    return tuple(releases(output.read_text("utf-8")))


def _uv(arguments: Sequence[str], *, check: bool = True) -> None:
    uv = Path(sys.executable).with_name("uv")
    loud = None if check else subprocess.DEVNULL
    subprocess.run([str(uv), "--quiet", *arguments], cwd=ROOT, check=check, stderr=loud)


def main() -> int:
    """Write the page; 1 where a fault is known of a package."""
    packages = locked(LOCK.read_text("utf-8"))
    known = _ask(packages)
    text = page(packages, known, dt.date.today())
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    bad = [
        f"{name} {version}" for (name, version), said in known.faults.items() if said != _NONE_KNOWN
    ]
    unasked = sum((one.name, one.version) not in known.faults for one in packages)
    print(f"{PAGE.name}: {len(packages)} gói, {len(bad)} có lỗ hổng, {unasked} {_UNASKED}")
    print("\n".join(bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
