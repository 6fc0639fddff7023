"""`cai-dat`: the add-in put where Excel starts it for this user, and its settings; nothing else.

No right of an administrator is needed: a file in the user's start-up folder of Excel, and a file of
settings that xlwings' VBA reads (<home>/.danvan/danvan.conf).
"""

import csv
import io
from pathlib import Path
from typing import NamedTuple

from danvan_xl.jobs.machine import Machine

ADDIN = "danvan.xlam"
_OURS = ("INTERPRETER_WIN", "PYTHONPATH", "TEMP DIR")
_ON_LINUX = (
    "Phần bổ trợ Excel chỉ cài được trên Windows. Ở máy này hãy dùng dòng lệnh: "
    "danvan-xl --help (các lệnh giao, kiem-tra, nhan, tong-hop, gui làm đúng việc của từng nút)."
)


class CannotInstallError(Exception):
    """The add-in cannot be installed; the text says in Vietnamese why and what to do."""


class Installed(NamedTuple):
    """What was put where, and what the officer should know."""

    addin: Path
    settings: Path
    remarks: tuple[str, ...] = ()


def addin_file() -> Path:
    """The add-in that comes with the program; CannotInstallError when it does not."""
    here = Path(__file__).resolve().parents[1]
    for folder in (here / "addin", here.parent / "addin"):
        if (folder / ADDIN).is_file():
            return folder / ADDIN
    raise CannotInstallError(
        f"Bản cài này thiếu tệp {ADDIN}. Cài lại: pip install --force-reinstall danvan_xl"
    )


def startup_file(machine: Machine) -> Path:
    """Where Excel starts an add-in from for this user."""
    return machine.appdata / "Microsoft" / "Excel" / "XLSTART" / ADDIN


def settings_file(machine: Machine) -> Path:
    """Where the add-in's VBA looks for the settings of this user."""
    return machine.home / ".danvan" / "danvan.conf"


def install(machine: Machine) -> Installed:
    """Put the add-in and its settings in place, over those of an earlier version.

    Raises CannotInstallError elsewhere than on Windows, OSError when Excel holds the file open.
    """
    from danvan_xl.files.atomic import replacing

    _refuse_elsewhere(machine)
    source, target, settings = addin_file(), startup_file(machine), settings_file(machine)
    temporary_folder = _temporary_folder(machine)
    for folder in (target.parent, settings.parent, temporary_folder):
        folder.mkdir(parents=True, exist_ok=True)
    with replacing(target) as temporary:
        temporary.write_bytes(source.read_bytes())
    values = (str(machine.python), str(_application_folder()), str(temporary_folder))
    lines = {**read_settings(settings), **dict(zip(_OURS, values, strict=True))}
    with replacing(settings) as temporary:
        temporary.write_text(_as_text(lines), encoding="utf-8")
    return Installed(target, settings, tuple(_remarks(machine)))


def uninstall(machine: Machine) -> tuple[Path, ...]:
    """Take away what `install` has put in place and nothing else; return what was taken away."""
    from danvan_xl.files.atomic import replacing

    _refuse_elsewhere(machine)
    removed: list[Path] = []
    target, settings = startup_file(machine), settings_file(machine)
    if target.exists():
        target.unlink()
        removed.append(target)
    if settings.exists():
        others = {key: text for key, text in read_settings(settings).items() if key not in _OURS}
        if others:
            with replacing(settings) as temporary:
                temporary.write_text(_as_text(others), encoding="utf-8")
        else:
            settings.unlink()
        removed.append(settings)
    return tuple(removed)


def read_settings(path: Path) -> dict[str, str]:
    """The settings in a file, empty when there is none."""
    if not path.exists():
        return {}
    rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8", errors="replace")))
    return {row[0]: row[1] for row in rows if len(row) >= 2}


def _as_text(settings: dict[str, str]) -> str:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(settings.items())
    return stream.getvalue()


def _refuse_elsewhere(machine: Machine) -> None:
    if not machine.is_windows:
        raise CannotInstallError(_ON_LINUX)


def _application_folder() -> Path:
    """The folder Python finds the package in."""
    return Path(__file__).resolve().parents[2]


def _temporary_folder(machine: Machine) -> Path:
    """A folder for xlwings' notes; its VBA knows ASCII paths alone."""
    own = machine.home / ".danvan" / "tmp"
    return own if str(own).isascii() else machine.spare / "tmp"


def _remarks(machine: Machine) -> list[str]:
    """What may keep the add-in from working here."""
    wrong = [path for path in (machine.python, settings_file(machine)) if not str(path).isascii()]
    return [
        f"Đường dẫn '{path}' có dấu nên nút có thể không chạy: chép bộ cài vào {machine.spare} "
        "rồi cài từ đó."
        for path in wrong
    ]
