"""LibreOffice's Python bridge: found, loaded, and a process of LibreOffice to talk to."""

import atexit
import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

_BRIDGES = (
    (Path("/usr/lib/python3/dist-packages/uno.py"), Path("/usr/lib/libreoffice/program/pyuno.so")),
    (Path("/opt/libreoffice/program/uno.py"), Path("/opt/libreoffice/program/pyuno.so")),
)
_PROGRAM = "soffice"
_PATIENCE, _STEP = 60.0, 0.05
_STOPPING = 10
# What this Python was started with must not reach the Python inside LibreOffice.
_OURS = ("PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


class OfficeError(RuntimeError):
    """LibreOffice cannot be used; the text says what is missing."""


def load_uno() -> Any:
    """The module `uno`, from where LibreOffice or the system keeps it."""
    with contextlib.suppress(ImportError):
        import uno  # type: ignore[import-not-found]  # comes with LibreOffice, not from PyPI

        return uno
    for module, library in _BRIDGES:
        if module.exists() and library.exists():
            _load("pyuno", library)
            return _load("uno", module)
    raise OfficeError("Thiếu cầu nối Python của LibreOffice (gói python3-uno).")


def _load(name: str, path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class Office:
    """A process of LibreOffice with a profile of its own, gone when it is stopped."""

    def __init__(self, *, visible: bool = False) -> None:
        """Start LibreOffice and wait until it answers."""
        program = shutil.which(_PROGRAM)
        if program is None:
            raise OfficeError(f"Không thấy LibreOffice (chương trình {_PROGRAM}).")
        self.uno = load_uno()
        self._profile = tempfile.mkdtemp(prefix="danvan-lo-")
        pipe = f"danvan{os.getpid()}x{time.monotonic_ns()}"
        command = [
            program,
            *([] if visible else ["--headless"]),
            "--norestore",
            "--nologo",
            "--nodefault",
            "--nofirststartwizard",
            f"-env:UserInstallation={Path(self._profile).as_uri()}",
            f"--accept=pipe,name={pipe};urp;",
        ]
        environment = {name: text for name, text in os.environ.items() if name not in _OURS}
        self._process = subprocess.Popen(  # noqa: S603 - a program found on the path, no shell
            command,
            env=environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        atexit.register(self.stop)
        self._context = self._connect(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        services = self._context.ServiceManager
        name = "com.sun.star.frame.Desktop"
        self.desktop = services.createInstanceWithContext(name, self._context)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def _connect(self, address: str) -> Any:
        local = self.uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                return resolver.resolve(address)
            except Exception as error:
                if time.monotonic() > end or self._process.poll() is not None:
                    self.stop()
                    raise OfficeError("LibreOffice không khởi động được.") from error
                time.sleep(_STEP)

    def stop(self) -> None:
        """End the process, and what it has started, and remove its profile."""
        atexit.unregister(self.stop)
        desktop = getattr(self, "desktop", None)
        if desktop is not None and self._process.poll() is None:
            with contextlib.suppress(Exception):  # the bridge breaks off as it should
                desktop.terminate()
        try:
            self._process.wait(_STOPPING)
        except subprocess.TimeoutExpired:
            self._kill()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _kill(self) -> None:
        if hasattr(os, "killpg"):
            os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()
        self._process.wait(_STOPPING)
