"""The folder to copy on a USB stick, for computers without a network: Python, libraries, add-in.

Everything but Windows' own Python is put together here; that one is a zip somebody has to supply.
"""

import argparse
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "build" / "goi-usb" / "DanVan"
EXTRAS = "excel,edit,ky-so,msg"
_PLATFORM, _VERSION = "x86_64-pc-windows-msvc", "3.11"
_PATHS = "python311._pth"
# Where the embedded Python looks for modules; pywin32 comes in several folders.
_ON_PATH = ("..\\app", "..\\app\\win32", "..\\app\\win32\\lib", "..\\app\\Pythonwin")
_BESIDE_PYTHON = ("xlwings64-*.dll", "pywin32_system32/*.dll")
# Never used, and not under a free licence like the rest: LGPL; xlwings PRO (docs/giay-phep.md).
_LEFT_OUT = ("adodbapi", "xlwings/pro")
_WHAT_TO_SUPPLY = (
    "Chưa có Python cho Windows. Tải tệp python-3.11.x-embed-amd64.zip (Windows embeddable "
    "package, 64-bit) ở https://www.python.org/downloads/windows/ rồi chạy lại: "
    "make goi-usb PYTHON=python-3.11.x-embed-amd64.zip"
)
_BATCH = """@echo off
chcp 65001 >nul
if /I not "%~dp0"=="C:\\DanVan\\" xcopy /E /I /Y /Q "%~dp0." "C:\\DanVan" >nul
"C:\\DanVan\\python\\python.exe" -m danvan_xl cai-dat
"C:\\DanVan\\python\\python.exe" -m danvan_xl cai-dat --kiem-tra
pause
"""
_GUIDE = """Cài danvan_xl vào máy không có mạng

1. Chép cả thư mục DanVan này vào ổ C: (thành C:\\DanVan), hoặc để nguyên trên USB.
2. Đóng hết Excel, bấm đúp cai-dat.bat. Không cần quyền quản trị.
3. Mở Excel: thẻ "Dân vận" nằm cạnh thẻ Trang đầu.

Gỡ: C:\\DanVan\\python\\python.exe -m danvan_xl cai-dat --go, rồi xóa thư mục C:\\DanVan.
"""
Install = Callable[[Path], None]


def bundle(output: Path, python: Path | None, install: Install) -> list[str]:
    """Lay the folder out, anew; return what is still to be done, in Vietnamese."""
    shutil.rmtree(output, ignore_errors=True)
    app, home = output / "app", output / "python"
    for folder in (app, home, output / "tmp"):
        folder.mkdir(parents=True)
    install(app)
    for unwanted in _LEFT_OUT:
        shutil.rmtree(app / unwanted, ignore_errors=True)
    (output / "cai-dat.bat").write_text(_BATCH, encoding="ascii", newline="\r\n")
    (output / "HUONG-DAN.txt").write_text(_GUIDE, encoding="utf-8-sig", newline="\r\n")
    problem = _WHAT_TO_SUPPLY if python is None else _unpack_python(python, home)
    for pattern in _BESIDE_PYTHON:
        for library in app.glob(pattern):
            shutil.move(library, home / library.name)
    return [problem] if problem else []


def _unpack_python(python: Path, home: Path) -> str:
    """Unpack Windows' Python and let it find our modules; return what is wrong with the file."""
    try:
        with zipfile.ZipFile(python) as packed:
            names = set(packed.namelist())
            if not names >= {"python.exe", "python311.dll", _PATHS}:
                return f"'{python}' không phải gói Python 3.11 embeddable. {_WHAT_TO_SUPPLY}"
            packed.extractall(home)
    except (OSError, zipfile.BadZipFile):
        return f"Không mở được '{python}'. {_WHAT_TO_SUPPLY}"
    paths = home / _PATHS
    lines = paths.read_text(encoding="utf-8").splitlines()
    paths.write_text("\n".join((*lines, *_ON_PATH, "")), encoding="utf-8", newline="\r\n")
    return ""


def install_for_windows(app: Path) -> None:
    """Build our wheel and put it with its libraries for Windows into a folder."""
    with TemporaryDirectory() as folder:
        _run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder])
        (wheel,) = Path(folder).glob("*.whl")
        uv = Path(sys.executable).with_name("uv")
        target = ["--target", str(app), "--python-platform", _PLATFORM]
        options = ["--python-version", _VERSION, "--only-binary", ":all:", "--quiet"]
        _run(
            [
                str(uv),
                "pip",
                "install",
                *target,
                *options,
                f"danvan_xl[{EXTRAS}] @ {wheel.as_uri()}",
            ]
        )


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - programs of this very environment


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the folder; 1 while something is missing."""
    parser = argparse.ArgumentParser(description="Làm thư mục cài danvan_xl cho máy không có mạng.")
    parser.add_argument("--python", type=Path, help="tệp python-3.11.x-embed-amd64.zip")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="thư mục kết quả")
    wanted = parser.parse_args(arguments)
    remarks = bundle(wanted.output, wanted.python, install_for_windows)
    files = [path for path in wanted.output.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 2**20
    print(f"{wanted.output}: {len(files)} tệp, {size:.0f} MB")
    print("\n".join(remarks))
    return 1 if remarks else 0


if __name__ == "__main__":
    sys.exit(main())
