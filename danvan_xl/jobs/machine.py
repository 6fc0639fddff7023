"""What installing asks of a computer: its system, its folders, its registry."""

import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

WINDOWS = "Windows"
# Root ("HKLM", "HKCU", "HKCR"), key and name to what stands there, "" when nothing does.
Registry = Callable[[str, str, str], str]


class Machine(NamedTuple):
    """A computer; `python` is the interpreter that is to do the work, `spare` an ASCII folder."""

    system: str
    appdata: Path
    home: Path
    python: Path
    registry: Registry
    spare: Path = Path("C:/DanVan")

    @property
    def is_windows(self) -> bool:
        """Whether Excel's add-ins can be installed here."""
        return self.system == WINDOWS


def this_machine() -> Machine:
    """The computer this runs on."""
    home = Path.home()
    appdata = Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming")
    return Machine(platform.system(), appdata, home, Path(sys.executable), _registry())


def _registry() -> Registry:
    """The reader of the registry; elsewhere than on Windows there is nothing in it."""
    if platform.system() != WINDOWS:
        return lambda _root, _key, _name: ""
    import importlib

    winreg: Any = importlib.import_module("winreg")  # Windows alone has it

    roots = {
        "HKLM": winreg.HKEY_LOCAL_MACHINE,
        "HKCU": winreg.HKEY_CURRENT_USER,
        "HKCR": winreg.HKEY_CLASSES_ROOT,
    }

    def read(root: str, key: str, name: str) -> str:
        try:
            with winreg.OpenKey(roots[root], key) as opened:
                return str(winreg.QueryValueEx(opened, name)[0])
        except OSError:
            return ""

    return read
